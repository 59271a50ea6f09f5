"""The screen Platser: asks for the day's places, shows them, and opens what can be done with them."""

from collections.abc import Sequence, Set
from dataclasses import dataclass
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from db.queries.platslista import Platslista, find_enheter_med_typ, read_platslista
from db.queries.settings import NOT_ALLOWED, load_settings, may_change_settings, read_varden
from db.queries.val import list_insats_val
from desktop.charts.picture import Picture
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.bilder import bind_chart
from desktop.screens.platser.blad import Blad
from desktop.screens.platser.figures import draw_months, draw_weeks, make_figures, make_goal
from desktop.screens.platser.oppna import GE, NY, Fortsatt, GeFranKo, VisaEnhet, VisaKo
from desktop.screens.platser.oppna import MAL as MAL_FORM
from desktop.screens.platser.panel import ACTS, Panel
from desktop.screens.platser.rows import Rad, make_rows
from desktop.screens.platser.view import PlatserView, Val
from desktop.screens.words import first_upper
from desktop.shell.command_box import Hit
from desktop.shell.screen import Screen
from desktop.widgets.boxes import column
from desktop.widgets.figures import Kpi

TABLES = (
    "enhet:", "kapacitet:", "kostnad:", "insats:", "insatstyp:", "platsko:", "installning:", "inskrivning:",
    "deltagare:",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Found:
    """Everything shown, worked out on the worker."""

    lista: Platslista
    rows: tuple[Rad, ...]
    figures: tuple[Kpi, ...]
    goal: tuple[str, str, int] | None
    months: Picture
    weeks: Picture
    typer: tuple[tuple[int, str], ...]
    varden: dict[str, Any]
    locked: str


class PlatserScreen(Screen):
    """The newest question wins; what is shown stays until its answer is there."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._found: _Found | None = None
        self._goal_wanted = False  # as soon as the goals are read
        self.view = PlatserView(context.theme, context.settings, context.today)
        self.blad = Blad(context, self, lambda: self.view.val().dag)
        self.setLayout(column(self.view, spacing=0))
        self.start_at = self.view.table
        bind_chart(context, self.view.months)
        bind_chart(context, self.view.weeks)
        self.view.asked.connect(self.refresh)
        self.view.opened.connect(lambda rad: self.blad.show_enhet(rad.enhet.id))
        self.view.new_wanted.connect(self._open_new)
        self.view.queue_wanted.connect(self.blad.show_ko)
        self.view.goal_wanted.connect(self.change_goal)
        self.view.week_wanted.connect(self.blad.show_week)
        self.view.table.fill_menu = self._fill_menu

    def open(self, argument: object) -> None:
        """Ask at every visit; an enhet or the queue may be wanted at once."""
        self.refresh()
        if isinstance(argument, VisaEnhet):
            self.blad.show_enhet(argument.enhet_id)
        elif isinstance(argument, VisaKo):
            self.blad.show_ko()
        elif isinstance(argument, GeFranKo):
            self.blad.give(None, argument.platsko_id)
        elif isinstance(argument, Fortsatt):
            self._go_on(argument)

    def _go_on(self, begun: Fortsatt) -> None:
        """Open the form of a draft again."""
        if begun.act == NY:
            self.blad.add_enhet()
        elif begun.act == MAL_FORM:
            self._goal_wanted = True
        elif begun.act == GE:
            enhet_id, platsko_id = begun.ids
            self.blad.give(enhet_id or None, platsko_id or None)
        else:
            self.blad.begin_act(begun.ids[0], begun.act)

    def concerns(self, touched: Set[str]) -> bool:
        """Places, who has them and who waits."""
        return any(name.startswith(TABLES) for name in touched)

    def refresh(self) -> None:
        """Ask again."""
        work = partial(self._read, val=self.view.val())
        self.context.runner.run(Query("platser-lista", work, self._show, owner=self))
        sheet = self.blad.sheet()
        if isinstance(sheet, Panel):
            sheet.reload()

    def may_leave(self) -> bool:
        """A form with something written asks first."""
        return self.blad.may_leave()

    def focus_filter(self) -> None:
        """Ctrl+F: the day."""
        self.view.dag.line.setFocus()
        self.view.dag.line.selectAll()

    def acts(self) -> Sequence[Hit]:
        """For the command box."""
        hits = [
            Hit(tr("Ny enhet…"), self.blad.add_enhet, "", "plus"),
            Hit(tr("Kö för plats"), self.blad.show_ko, "", "users-round"),
            Hit(tr("Ge plats från kön…"), partial(self.blad.give, None, None), "", "map-pin"),
            Hit(tr("Mål för platser…"), self.change_goal, "", "target"),
        ]
        rad = self.view.current()
        if rad is not None and rad.enhet is not None:
            for key, words, icon in self._enhet_acts():
                run = partial(self.blad.begin_act, rad.enhet.id, key)
                hits.append(Hit(f"{rad.namn}: {words}", run, "", icon))
        return hits

    def change_goal(self) -> None:
        """The goals, by those who may set them; a word to others."""
        if self._found is None:
            return
        if self._found.locked:
            self.context.messages.info(self._found.locked)
            return
        self.blad.change_goal(self._found.varden)

    def _read(self, _task: Task, *, val: Val) -> _Found:
        context, idag = self.context, self.context.today()
        with context.store.read(context.aktor) as session:
            lista = read_platslista(session, context.aktor, val.dag, idag)
            med_typ = (
                find_enheter_med_typ(session, context.aktor, val.typ, val.dag) if val.typ else frozenset()
            )
            typer = list_insats_val(session, context.aktor).typer
            troskel = load_settings(session, context.aktor).troskel
            varden = read_varden(session)
            locked = "" if may_change_settings(session, context.aktor) else tr(NOT_ALLOWED)
        counted = [
            rad for rad in lista.rader if val.regi in ("alla", rad.typ) and (not val.typ or rad.id in med_typ)
        ]
        shown = [rad for rad in counted if not val.lediga or rad.tal.lediga]
        return _Found(
            lista,
            make_rows(shown, troskel),
            make_figures(lista, counted, idag),
            make_goal(lista),
            draw_months(lista, counted),
            draw_weeks(lista, counted),
            tuple((key, first_upper(namn)) for key, namn in typer),
            varden,
            locked,
        )

    def _show(self, found: _Found) -> None:
        self._found = found
        self.view.show_choices(found.typer)
        self.view.show_figures(found.figures, found.lista.i_ko)
        self.view.show_goal(found.goal)
        self.view.show_rows(found.rows, bool(found.lista.rader))
        self.view.show_pictures(found.months, found.weeks)
        self.view.goal.set_disabled_because(found.locked)
        if self._goal_wanted:
            self._goal_wanted = False
            self.change_goal()

    def _enhet_acts(self) -> tuple[tuple[str, str, str], ...]:
        return tuple((key, tr(words), icon) for key, words, icon in ACTS)

    def _open_new(self) -> None:
        """More places where there are some, or a new enhet."""
        rad = self.view.current()
        if rad is None or rad.enhet is None:
            self.blad.add_enhet()
            return
        enhet_id = rad.enhet.id
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        menu.addAction(tr("Ny enhet…")).triggered.connect(lambda: self.blad.add_enhet())
        more = menu.addAction(f"{tr('Fler platser på')} {rad.namn}…".replace("&", "&&"))
        more.triggered.connect(lambda: self.blad.begin_act(enhet_id, "platser"))
        menu.popup(self.view.new.mapToGlobal(QPoint(0, self.view.new.height())))
        menu.setActiveAction(menu.actions()[0])

    def _fill_menu(self, menu: QMenu) -> None:
        rad = self.view.current()
        if rad is None or rad.enhet is None:
            return
        for key, words, icon in self._enhet_acts():
            act = menu.addAction(self.context.theme.icon(icon), words)
            act.triggered.connect(partial(self.blad.begin_act, rad.enhet.id, key))
