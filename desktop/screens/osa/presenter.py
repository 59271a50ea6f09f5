"""The screen OSA: placements are judged once on the worker, then chosen among; figures equal the report's."""

from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QPushButton, QWidget

from db.queries.osa import (
    UTAN_ENHET,
    OsaFlik,
    OsaRad,
    OsaTid,
    OsaUrval,
    choose,
    list_placeringar,
    sort_rader,
)
from db.queries.osa_personer import OvergangRad, list_overgangar
from db.queries.osa_platser import OsaPlatser, read_osa_platser
from db.queries.osa_siffror import Siffror, clip_tid, read_siffror
from db.queries.settings import load_settings
from db.queries.val import list_ansvariga
from db.rules.text import sort_key
from desktop.context import Context
from desktop.formatting import plural
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.bilder import bind_chart
from desktop.screens.formular.over import FormScreen
from desktop.screens.formular.presenter import FormPresenter
from desktop.screens.installningar.keys import OSA
from desktop.screens.kort.page import Akt, Oppna, draft_key
from desktop.screens.osa.model import (
    VOLYM,
    Visning,
    make_kpis,
    tell_platser,
)
from desktop.screens.osa.people import OsaPeople
from desktop.screens.osa.pictures import make_volume
from desktop.screens.osa.rows import EnhetRad, make_enheter
from desktop.screens.osa.view import OsaView
from desktop.shell.command_box import Hit
from desktop.shell.navigation import Location
from desktop.widgets.boxes import column

PAGE = 100
TABLES = frozenset(
    {
        "insats", "insatstyp", "osa_beslut", "osa_uppfoljning", "inskrivning", "deltagare", "arende", "enhet",
        "kapacitet", "medarbetare", "installning",
    }
)  # fmt: skip
Sorting = tuple[str, bool] | None


@dataclass(frozen=True, slots=True)
class Valda:
    """The placements that the choices leave, and how many each pill would leave."""

    urval: OsaUrval
    sorting: Sorting
    rader: tuple[OsaRad, ...]
    counts: Counter[OsaFlik]


@dataclass(frozen=True, slots=True)
class Laget:
    """All placements of the days, and what can be chosen among."""

    tid: OsaTid
    rader: tuple[OsaRad, ...]
    enheter: tuple[tuple[int, str], ...]
    namn: dict[str, str]
    valda: Valda


class OsaScreen(FormScreen):
    """`open` with nothing. The list, the figures, and övergångar with places are three questions."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self._laget: Laget | None = None
        self._siffror: Siffror | None = None
        self._troskel = 0
        self._valda: tuple[OsaRad, ...] = ()
        self.view = OsaView(context.theme, context.settings, context.today)
        self._people = OsaPeople(self, context, self._go_to_card)
        self.setLayout(column(self.view, spacing=0))
        self.start_at = self.view.pages.table
        self._connect()

    def open(self, argument: object) -> None:
        """Ask at the first visit; later ones find the screen as it was left."""
        del argument
        if self._laget is None:
            self._ask()
        self.view.pages.current_table().setFocus()

    def concerns(self, touched: Set[str]) -> bool:
        """Whatever a placement is judged by, its people and places."""
        return any(name.partition(":")[0] in TABLES for name in touched)

    def refresh(self) -> None:
        """Ask again; the place in the list stays."""
        self._ask()

    def focus_filter(self) -> None:
        """Ctrl+F: the pills."""
        self.view.focus_filter()

    def acts(self) -> Sequence[Hit]:
        """For the command box: what is shown, and what can be done with the placement under the ring."""
        view = self.view
        hits = [
            Hit(f"OSA: {tr(text)}", partial(self.show_as, visning), "", icon)
            for visning, text, icon in (
                (Visning.LISTA, "Lista", "sheet"), (Visning.TIDSLINJE, "Tidslinje", "calendar-days"),
                (Visning.OVERGANGAR, "Övergångar", "arrow-right"),
                (Visning.PLATSER, "Interna platser", "map-pin"),
            )
        ]  # fmt: skip
        rad = view.current_rad()
        for button, act, icon in self._acts():
            if rad is not None and button.isEnabled():
                hits.append(Hit(f"{rad.namn}: {button.text()}", act, "", icon))
        hits.append(Hit(tr("Mål för OSA…"), self.change_goal, "", "target"))
        return hits

    def show_as(self, visning: Visning) -> None:
        """List, time line, övergångar or places."""
        self.view.choose_visning(visning)
        self.view.pages.current_table().setFocus()

    def decide(self) -> None:
        """A decision for the placement of the row; the next one after those there are."""
        from desktop.screens.formular.osa import OsaBeslutPresenter

        if self.view.decide.isEnabled():
            self._begin(OsaBeslutPresenter, "osa_beslut")

    def follow(self) -> None:
        """Follow the placement up."""
        from desktop.screens.formular.osa_uppfoljning import FoljUppOsaPresenter

        if self.view.follow.isEnabled():
            self._begin(FoljUppOsaPresenter, "osa_uppfoljning")

    def move_on(self) -> None:
        """Övergång from the placement to what comes next."""
        from desktop.screens.formular.osa_overgang import OvergangPresenter

        if self.view.go_over.isEnabled():
            self._begin(OvergangPresenter, "osa_overgang")

    def change_goal(self) -> None:
        """The target is set where what holds for all is."""
        self.navigate.emit(Location("installningar", OSA))

    def _begin(
        self, form: Callable[[QWidget, Context, OsaRad, OsaRad], FormPresenter[Any]], namn: str
    ) -> None:
        """The same form as the card opens, over the list; its draft is the card's."""
        rad = self.view.current_rad()
        if rad is not None and self._sheet() is None:
            opened = form(self, self.context, rad, rad)
            opened.keep_draft(draft_key(rad.person.id, Akt(namn, rad.id)), rad.person.id)

    def _connect(self) -> None:
        view = self.view
        view.asked.connect(self._ask)
        view.narrowed.connect(self._choose)
        view.picture_asked.connect(self._show_picture)
        view.figure_chosen.connect(self._open_figure)
        view.opened.connect(self._open_row)
        for model in (view.pages.model, view.pages.lines):
            model.more_wanted.connect(self._fetch_more)
        for table in (view.pages.table, view.pages.timeline):
            table.fill_menu = self._fill_menu
            table.copied.connect(lambda rows: self._copied(rows, tr("OSA-placeringar")))
        view.pages.overgangar.copied.connect(lambda rows: self._copied(rows, tr("Övergångar från OSA")))
        view.goal.clicked.connect(self.change_goal)
        for button, act, _icon in self._acts():
            button.clicked.connect(act)
        view.chart.chosen.connect(self._people.open_part)
        bind_chart(self.context, view.chart)

    def _acts(self) -> tuple[tuple[QPushButton, Callable[[], None], str], ...]:
        view = self.view
        return (
            (view.decide, self.decide, "file-check"), (view.follow, self.follow, "phone"),
            (view.go_over, self.move_on, "arrow-right"),
        )  # fmt: skip

    def _ask(self) -> None:
        tid = self.view.wanted_tid()
        run, failed = self.context.runner.run, self.context.tell_failure
        read = partial(self._read, tid=tid, urval=self.view.urval(), sorting=self.view.sorting())
        run(Query("osa-lista", read, self._show, failed=failed, owner=self))
        run(
            Query(
                "osa-siffror",
                partial(self._read_figures, tid=tid),
                self._show_figures,
                failed=failed,
                owner=self,
            )
        )
        run(Query("osa-mer", partial(self._read_more, tid=tid), self._show_more, failed=failed, owner=self))

    def _read(self, _task: Task, *, tid: OsaTid, urval: OsaUrval, sorting: Sorting) -> Laget:
        context = self.context
        with context.store.read(context.aktor) as session:
            rader = list_placeringar(session, context.aktor, tid)
            namn = dict(list_ansvariga(session, context.aktor))
        enheter = {rad.enhet_id: rad.enhet for rad in rader if rad.enhet_id != UTAN_ENHET}
        valbara = sorted(enheter.items(), key=lambda pair: sort_key(pair[1]))
        return Laget(tid, rader, tuple(valbara), namn, _choose(rader, urval, sorting))

    def _show(self, laget: Laget) -> None:
        same = self._laget is not None and self._laget.tid == laget.tid
        self._laget = laget
        self.view.show_choices(laget.enheter, laget.namn)
        self._show_chosen(laget.valda, keep=same)
        if self.view.urval() != laget.valda.urval:
            self._choose()

    def _choose(self) -> None:
        """Among those at hand, off the GUI thread."""
        if self._laget is None:
            return
        rader, urval, sorting = self._laget.rader, self.view.urval(), self.view.sorting()

        def work(_task: Task) -> Valda:
            return _choose(rader, urval, sorting)

        failed = self.context.tell_failure
        self.context.runner.run(Query("osa-val", work, self._show_chosen, failed=failed, owner=self))

    def _show_chosen(self, valda: Valda, keep: bool = False) -> None:
        """As many rows as there were where the place stays."""
        assert self._laget is not None
        limit = max(PAGE, self.view.pages.model.rowCount()) if keep else PAGE
        self._valda = valda.rader
        self.view.show_counts(valda.counts)
        self.view.show_rows(self._laget.tid, valda.rader[:limit], len(valda.rader), keep)

    def _fetch_more(self, offset: int) -> None:
        if self.view.pages.model.rowCount() == offset:
            self.view.pages.append_rows(self._valda[offset : offset + PAGE])

    def _read_figures(self, _task: Task, *, tid: OsaTid) -> tuple[Siffror, int]:
        context = self.context
        with context.store.read(context.aktor) as session:
            settings = load_settings(session, context.aktor)
            return read_siffror(session, context.aktor, tid, settings.osa_mal), settings.troskel

    def _show_figures(self, found: tuple[Siffror, int]) -> None:
        self._siffror, self._troskel = found
        self.view.show_figures(make_kpis(self._siffror))
        self._show_picture()

    def _show_picture(self) -> None:
        if self._siffror is not None:
            rad_id = self.view.volym.value() or next(iter(VOLYM))
            shown, underlag = make_volume(self._siffror, rad_id, self._troskel)
            self.view.chart.set_picture(shown, underlag=underlag)

    def _read_more(
        self, _task: Task, *, tid: OsaTid
    ) -> tuple[tuple[OvergangRad, ...], OsaPlatser, tuple[EnhetRad, ...]]:
        context, till = self.context, clip_tid(tid).till
        with context.store.read(context.aktor) as session:
            gone = list_overgangar(session, context.aktor, date(till.year, 1, 1), till, till)
            platser = read_osa_platser(session, context.aktor, tid.till, tid.idag)
            troskel = load_settings(session, context.aktor).troskel
        return gone, platser, make_enheter(platser.enheter, troskel)

    def _show_more(self, found: tuple[tuple[OvergangRad, ...], OsaPlatser, tuple[EnhetRad, ...]]) -> None:
        gone, platser, enheter = found
        self.view.pages.show_more(gone, enheter, tell_platser(platser))

    def _open_row(self, rad: object) -> None:
        """The card at OSA, or who in OSA is at the enhet."""
        if isinstance(rad, OsaRad):
            self.navigate.emit(Location("kort", Oppna(rad.person.id, "osa" if rad.is_osa else "insatser")))
        elif isinstance(rad, OvergangRad):
            self._go_to_card(rad.person.id)
        elif isinstance(rad, EnhetRad):
            self._people.open_enhet(rad.enhet, self.view.tid().till)

    def _open_figure(self, key: str) -> None:
        if self._siffror is not None:
            self._people.open_figure(self._siffror, key)

    def _go_to_card(self, deltagare_id: int) -> None:
        self.navigate.emit(Location("kort", Oppna(deltagare_id, "osa")))

    def _fill_menu(self, menu: QMenu) -> None:
        """The same acts as above, for the row."""
        for button, act, icon in self._acts():
            action = menu.addAction(self.context.theme.icon(icon), button.text())
            action.setEnabled(button.isEnabled())
            action.setToolTip(button.toolTip())
            action.triggered.connect(act)

    def _copied(self, rows: Sequence[OsaRad | OvergangRad], what: str) -> None:
        self.context.log_copy([rad.person.id for rad in rows], what, self)
        self.context.messages.info(f"{plural(len(rows), tr('rad'), tr('rader'))} {tr('kopierade')}.")


def _choose(rader: Sequence[OsaRad], urval: OsaUrval, sorting: Sorting) -> Valda:
    found, counts = choose(rader, urval)
    return Valda(urval, sorting, sort_rader(found, *sorting) if sorting is not None else found, counts)
