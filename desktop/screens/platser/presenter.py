"""The screen Platser: asks for the day's places, shows them, and opens what can be done with them."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QPoint
from PySide6.QtWidgets import QMenu, QWidget

from db.commands.platsko import end_platsko
from db.errors import KnownError
from db.queries.enhet import EnhetKort, KoRow, SlutarRow, list_ko, list_slutar, read_enhet
from db.queries.platslista import MAL, NYA, Platslista, find_enheter_med_typ, read_platslista
from db.queries.settings import NOT_ALLOWED, load_settings, may_change_settings, read_varden
from db.queries.val import list_insats_val
from desktop.charts.picture import Picture
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.bilder import bind_chart
from desktop.screens.formular.at_once import save_at_once
from desktop.screens.formular.presenter import FormPresenter
from desktop.screens.formular.sheet import Sheet
from desktop.screens.kort.page import Akt, draft_key
from desktop.screens.platser.figures import draw_months, draw_weeks, make_figures, make_goal
from desktop.screens.platser.oppna import GE, NY, Fortsatt, GeFranKo, VisaEnhet, VisaKo, form_key
from desktop.screens.platser.oppna import MAL as MAL_FORM
from desktop.screens.platser.panel import ACTS, EnhetPanel, KoPanel, Panel, VeckoPanel
from desktop.screens.platser.rows import Rad, make_rows
from desktop.screens.platser.view import PlatserView, Val
from desktop.screens.words import first_upper
from desktop.shell.command_box import Hit
from desktop.shell.navigation import Location
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
        self._panel_of: int | None = None  # the enhet whose panel comes back when a form closes
        self.view = PlatserView(context.theme, context.settings, context.today)
        self.setLayout(column(self.view, spacing=0))
        self.start_at = self.view.table
        bind_chart(context, self.view.months)
        bind_chart(context, self.view.weeks)
        self.view.asked.connect(self.refresh)
        self.view.opened.connect(lambda rad: self.show_enhet(rad.enhet.id))
        self.view.new_wanted.connect(self._open_new)
        self.view.queue_wanted.connect(self.show_ko)
        self.view.goal_wanted.connect(self.change_goal)
        self.view.week_wanted.connect(self.show_week)
        self.view.table.fill_menu = self._fill_menu

    def open(self, argument: object) -> None:
        """Ask at every visit; an enhet or the queue may be wanted at once."""
        self.refresh()
        if isinstance(argument, VisaEnhet):
            self.show_enhet(argument.enhet_id)
        elif isinstance(argument, VisaKo):
            self.show_ko()
        elif isinstance(argument, GeFranKo):
            self.give(None, argument.platsko_id)
        elif isinstance(argument, Fortsatt):
            self._go_on(argument)

    def _go_on(self, begun: Fortsatt) -> None:
        """Open the form of a draft again."""
        if begun.act == NY:
            self.add_enhet()
        elif begun.act == MAL_FORM:
            self._goal_wanted = True
        elif begun.act == GE:
            enhet_id, platsko_id = begun.ids
            self.give(enhet_id or None, platsko_id or None)
        else:
            self.begin_act(begun.ids[0], begun.act)

    def concerns(self, touched: Set[str]) -> bool:
        """Places, who has them and who waits."""
        return any(name.startswith(TABLES) for name in touched)

    def refresh(self) -> None:
        """Ask again."""
        work = partial(self._read, val=self.view.val())
        self.context.runner.run(Query("platser-lista", work, self._show, owner=self))
        sheet = self._sheet()
        if isinstance(sheet, Panel):
            sheet.reload()

    def may_leave(self) -> bool:
        """A form with something written asks first."""
        sheet = self._sheet()
        if sheet is not None and not sheet.may_close():
            return False
        if sheet is not None:
            self._panel_of = None
            sheet.dismiss()
        return True

    def focus_filter(self) -> None:
        """Ctrl+F: the day."""
        self.view.dag.line.setFocus()
        self.view.dag.line.selectAll()

    def acts(self) -> Sequence[Hit]:
        """For the command box."""
        hits = [
            Hit(tr("Ny enhet…"), self.add_enhet, "", "plus"),
            Hit(tr("Kö för plats"), self.show_ko, "", "users-round"),
            Hit(tr("Ge plats från kön…"), partial(self.give, None, None), "", "map-pin"),
            Hit(tr("Mål för platser…"), self.change_goal, "", "target"),
        ]
        rad = self.view.current()
        if rad is not None and rad.enhet is not None:
            for key, words, icon in self._enhet_acts():
                run = partial(self.begin_act, rad.enhet.id, key)
                hits.append(Hit(f"{rad.namn}: {words}", run, "", icon))
        return hits

    def show_enhet(self, enhet_id: int) -> None:
        """The enhet with its people and its history, beside the list."""
        if self._sheet() is not None:
            return
        panel = EnhetPanel(self.context.theme, self)
        panel.act_wanted.connect(lambda key: self._from_panel(panel, enhet_id, key))
        panel.person_wanted.connect(self._open_card)
        panel.ko_wanted.connect(lambda row, at: self._queue_menu(panel, row, at))
        dag, idag = self.view.val().dag, self.context.today()

        def show(enhet: EnhetKort) -> None:
            panel.show_enhet(enhet, dag, idag)

        def ask() -> None:
            work = partial(self._read_enhet, enhet_id=enhet_id, dag=dag)
            self.context.runner.run(Query("enhet-kort", work, show, failed=self._gone, owner=panel))

        panel.reload = ask
        ask()

    def show_ko(self) -> None:
        """Everybody who waits."""
        if self._sheet() is not None:
            return
        panel = KoPanel(self.context.theme, self)
        panel.ko_wanted.connect(lambda row, at: self._queue_menu(panel, row, at))

        def ask() -> None:
            self.context.runner.run(Query("platsko", self._read_ko, show, failed=self._gone, owner=panel))

        def show(found: tuple[tuple[KoRow, ...], int]) -> None:
            panel.show_ko(*found)

        panel.reload = ask
        ask()

    def show_week(self, wanted: str) -> None:
        """Whose places come free in a week: "intern:2026-11-16"."""
        if self._sheet() is not None:
            return
        typ, _, monday = wanted.partition(":")
        fran = date.fromisoformat(monday)
        panel = VeckoPanel(self.context.theme, self)
        panel.person_wanted.connect(self._open_card)

        def show(found: tuple[tuple[SlutarRow, ...], int]) -> None:
            panel.show_week(fran, typ, *found, self.context.today())

        def ask() -> None:
            work = partial(self._read_week, typ=typ, fran=fran, dag=self.view.val().dag)
            self.context.runner.run(Query("platser-vecka", work, show, failed=self._gone, owner=panel))

        panel.reload = ask
        ask()

    def add_enhet(self) -> None:
        """The form of a new enhet."""
        from desktop.screens.platser.forms import NyEnhetPresenter

        self._open_form(partial(NyEnhetPresenter, self, self.context), form_key(NY))

    def give(self, enhet_id: int | None, platsko_id: int | None) -> None:
        """Step one is chosen, a place or somebody who waits; the form asks for the other."""
        from desktop.screens.platser.ge_plats import GePlatsPresenter

        dag = self.view.val().dag
        nyckel = form_key(GE, enhet_id, platsko_id)
        self._open_form(partial(GePlatsPresenter, self, self.context, dag, enhet_id, platsko_id), nyckel)

    def change_goal(self) -> None:
        """The goals, by those who may set them."""
        from desktop.screens.platser.mal_form import MalPresenter

        if self._found is None:
            return
        if self._found.locked:
            self.context.messages.info(self._found.locked)
            return
        before = {name: self._found.varden[name] for name in (MAL, NYA)}
        self._open_form(partial(MalPresenter, self, self.context, before), form_key(MAL_FORM))

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

    def _read_enhet(self, _task: Task, *, enhet_id: int, dag: date) -> EnhetKort:
        context = self.context
        with context.store.read(context.aktor) as session:
            return read_enhet(session, context.aktor, enhet_id, dag, context.today())

    def _read_ko(self, _task: Task) -> tuple[tuple[KoRow, ...], int]:
        context = self.context
        with context.store.read(context.aktor) as session:
            return list_ko(session, context.aktor, context.today())

    def _read_week(
        self, _task: Task, *, typ: str, fran: date, dag: date
    ) -> tuple[tuple[SlutarRow, ...], int]:
        context = self.context
        with context.store.read(context.aktor) as session:
            till = fran + timedelta(days=6)
            return list_slutar(session, context.aktor, typ, (fran, till), dag, context.today())

    def _gone(self, error: KnownError) -> None:
        sheet = self._sheet()
        if sheet is not None:
            sheet.dismiss()
        self.context.tell_failure(error)

    def _enhet_acts(self) -> tuple[tuple[str, str, str], ...]:
        return tuple((key, tr(words), icon) for key, words, icon in ACTS)

    def begin_act(self, enhet_id: int, key: str) -> None:
        """Begin something with an enhet whose panel is not open."""
        if key == "ge":
            self.give(enhet_id, None)
            return
        work = partial(self._read_enhet, enhet_id=enhet_id, dag=self.view.val().dag)
        done = partial(self._open_act, key)
        self.context.runner.run(Query("enhet-kort", work, done, failed=self._gone, owner=self))

    def _from_panel(self, panel: EnhetPanel, enhet_id: int, key: str) -> None:
        """The panel gives way to the form, and comes back when that closes."""
        enhet = panel.enhet
        panel.dismiss()
        self._panel_of = enhet_id
        if key == "ge":
            self.give(enhet_id, None)
        elif enhet is not None:
            self._open_act(key, enhet)

    def _open_act(self, key: str, enhet: EnhetKort) -> None:
        from desktop.screens.platser import forms

        dag, context = self.view.val().dag, self.context
        openers: dict[str, Callable[[], FormPresenter[Any]]] = {
            "platser": lambda: forms.PlatserPresenter(
                self, context, enhet, forms.places_on(enhet, dag), self._open_card
            ),
            "kostnad": lambda: forms.KostnadPresenter(self, context, enhet, dag.year),
            "uppgifter": lambda: forms.EnhetPresenter(self, context, enhet),
            "stang": lambda: forms.StangningPresenter(self, context, enhet, self._open_card),
        }
        self._open_form(openers[key], form_key(key, enhet.id))

    def _open_form(
        self, opener: Callable[[], FormPresenter[Any]], nyckel: str, deltagare_id: int | None = None
    ) -> None:
        """`nyckel` is what the form is called among the drafts."""
        if self._sheet() is not None:
            return
        opener().keep_draft(nyckel, deltagare_id)
        sheet = self._sheet()
        if sheet is not None:
            sheet.closed.connect(self._form_closed)

    def _form_closed(self) -> None:
        """Back to the panel that the form was opened from."""
        enhet_id, self._panel_of = self._panel_of, None
        if enhet_id is not None:
            self.show_enhet(enhet_id)

    def _open_new(self) -> None:
        """More places where there are some, or a new enhet."""
        rad = self.view.current()
        if rad is None or rad.enhet is None:
            self.add_enhet()
            return
        enhet_id = rad.enhet.id
        menu = self._menu()
        menu.addAction(tr("Ny enhet…")).triggered.connect(lambda: self.add_enhet())
        more = menu.addAction(f"{tr('Fler platser på')} {rad.namn}…".replace("&", "&&"))
        more.triggered.connect(lambda: self.begin_act(enhet_id, "platser"))
        menu.popup(self.view.new.mapToGlobal(QPoint(0, self.view.new.height())))
        menu.setActiveAction(menu.actions()[0])

    def _fill_menu(self, menu: QMenu) -> None:
        rad = self.view.current()
        if rad is None or rad.enhet is None:
            return
        for key, words, icon in self._enhet_acts():
            act = menu.addAction(self.context.theme.icon(icon), words)
            act.triggered.connect(partial(self.begin_act, rad.enhet.id, key))

    def _queue_menu(self, panel: Panel, row: KoRow, at: QWidget) -> None:
        """What can be done with somebody who waits."""
        menu = self._menu()
        theme = self.context.theme
        enhet_id = panel.enhet.id if isinstance(panel, EnhetPanel) and panel.enhet else None
        for icon, words, act in (
            ("map-pin", tr("Ge plats…"), partial(self._give_from, panel, enhet_id, row)),
            ("square-pen", tr("Ändra…"), partial(self._change_ko, panel, enhet_id, row)),
            ("x", tr("Ta ur kön"), partial(self._leave_ko, row)),
            ("user", tr("Öppna kortet"), partial(self._open_card, row.person.id)),
        ):
            menu.addAction(theme.icon(icon), words).triggered.connect(lambda _c=False, act=act: act())
        menu.popup(at.mapToGlobal(QPoint(0, at.height())))
        menu.setActiveAction(menu.actions()[0])

    def _give_from(self, panel: Panel, enhet_id: int | None, row: KoRow) -> None:
        panel.dismiss()
        self._panel_of = enhet_id
        self.give(enhet_id, row.id)

    def _change_ko(self, panel: Panel, enhet_id: int | None, row: KoRow) -> None:
        from desktop.screens.formular.platsko import PlatskoPresenter

        panel.dismiss()
        self._panel_of = enhet_id
        vem = row.person.nummer if row.person.is_masked else row.person.namn
        nyckel = draft_key(row.person.id, Akt("andra_ko", row.id))
        opener = partial(PlatskoPresenter, self, self.context, row.inskrivning_id, vem, row.id)
        self._open_form(opener, nyckel, row.person.id)

    def _leave_ko(self, row: KoRow) -> None:
        context = self.context
        work = partial(end_platsko, context.store, context.aktor, row.id, context.today())
        save_at_once(self, context, work, "Deltagaren står inte längre i kön.")

    def _menu(self) -> QMenu:
        menu = QMenu(self)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open_card(self, deltagare_id: int) -> None:
        self._panel_of = None
        self.navigate.emit(Location("kort", deltagare_id))

    def _sheet(self) -> Sheet | None:
        return next((sheet for sheet in self.findChildren(Sheet) if sheet.is_open), None)
