"""The screen OSA: placements are judged once on the worker, then chosen among; figures equal the report's."""

from collections import Counter
from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from PySide6.QtWidgets import QMenu, QPushButton, QWidget
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.queries.flode_personer import MOST, PersonBakom
from db.queries.osa import (
    UTAN_ENHET,
    OsaFlik,
    OsaRad,
    OsaTid,
    OsaUrval,
    choose,
    fits_in,
    list_placeringar,
    sort_rader,
)
from db.queries.osa_personer import OvergangRad, list_i_osa, list_overgangar
from db.queries.osa_platser import OsaPlatser, read_osa_platser
from db.queries.osa_siffror import Siffror, clip_tid, read_siffror, year_span
from db.queries.settings import load_settings
from db.queries.val import list_ansvariga
from db.rules.osa import Beslutslage
from db.rules.text import sort_key
from desktop.context import Context
from desktop.formatting import plural, short_date
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.bakom import show_people
from desktop.screens.bilder import bind_chart
from desktop.screens.formular.over import FormScreen
from desktop.screens.formular.presenter import FormPresenter
from desktop.screens.installningar.keys import OSA
from desktop.screens.kort.page import Akt, Oppna, draft_key
from desktop.screens.osa.model import (
    VOLYM,
    Visning,
    make_kpis,
    tell_ar,
    tell_platser,
    tell_tid,
)
from desktop.screens.osa.pictures import make_volume, read_id
from desktop.screens.osa.rows import EnhetRad, lage_text, make_enheter, overgang_text
from desktop.screens.osa.view import OsaView
from desktop.screens.words import first_lower
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
Load = Callable[[Session, Aktor], Sequence[PersonBakom]]


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
        self.setLayout(column(self.view, spacing=0))
        self.start_at = self.view.table
        self._connect()

    def open(self, argument: object) -> None:
        """Ask at the first visit; later ones find the screen as it was left."""
        del argument
        if self._laget is None:
            self._ask()
        self.view.current_table().setFocus()

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
        self.view.current_table().setFocus()

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
        for model in (view.model, view.lines):
            model.more_wanted.connect(self._fetch_more)
        for table in (view.table, view.timeline):
            table.fill_menu = self._fill_menu
            table.copied.connect(lambda rows: self._copied(rows, tr("OSA-placeringar")))
        view.overgangar.copied.connect(lambda rows: self._copied(rows, tr("Övergångar från OSA")))
        view.goal.clicked.connect(self.change_goal)
        for button, act, _icon in self._acts():
            button.clicked.connect(act)
        view.chart.chosen.connect(self._open_part)
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
        limit = max(PAGE, self.view.model.rowCount()) if keep else PAGE
        self._valda = valda.rader
        self.view.show_counts(valda.counts)
        self.view.show_rows(self._laget.tid, valda.rader[:limit], len(valda.rader), keep)

    def _fetch_more(self, offset: int) -> None:
        if self.view.model.rowCount() == offset:
            self.view.append_rows(self._valda[offset : offset + PAGE])

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
            self.view.chart.set_picture(*make_volume(self._siffror, rad_id, self._troskel))

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
        self.view.show_more(gone, enheter, tell_platser(platser))

    def _open_row(self, rad: object) -> None:
        """The card at OSA, or who in OSA is at the enhet."""
        if isinstance(rad, OsaRad):
            self.navigate.emit(Location("kort", Oppna(rad.person.id, "osa" if rad.is_osa else "insatser")))
        elif isinstance(rad, OvergangRad):
            self._go_to_card(rad.person.id)
        elif isinstance(rad, EnhetRad):
            enhet_id, dag = rad.enhet.id, self.view.tid().till
            tid = OsaTid(dag, dag, self.context.today())
            title = f"{tr('OSA på')} {rad.enhet.namn} {tell_tid(tid)}"
            self._show_rader(title, tid, lambda found: found.is_osa and found.enhet_id == enhet_id)

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

    def _open_figure(self, key: str) -> None:
        """The people behind a figure."""
        if self._siffror is None:
            return
        tid = self._siffror.tid
        fran, till = date(tid.till.year, 1, 1), tid.till
        if key in VOLYM:
            self._show_persons(key, fran, till, f"{_what(key)} {tell_ar(tid)}")
        elif key == "overgang":
            load = partial(_load_gone, fran=fran, till=till)
            self._show_people(f"{tr('Övergångar från OSA')} {tell_ar(tid)}", load, tr("Gick över till"))
        else:
            lage = Beslutslage(key)
            title = (
                tr("Utan täckande beslut") if lage is Beslutslage.UTAN else tr("Beslut går ut inom 60 dagar")
            )
            self._show_rader(f"{title}, {tell_tid(tid)}", tid, lambda rad: OsaFlik(key) in fits_in(rad))

    def _open_part(self, key: str) -> None:
        """The people of a part of a column."""
        rad_id, kon, ar = read_id(key)
        fran, till = year_span(ar, self.context.today())
        words = {"K": tr("kvinnor"), "M": tr("män")}.get(kon or "", tr("uppgift om kön saknas"))
        title = f"{_what(rad_id)} {ar}, {words}"
        self._show_persons(rad_id, fran, till, title, lambda person: person.kon == kon)

    def _show_persons(
        self,
        rad_id: str,
        fran: date,
        till: date,
        title: str,
        fits: Callable[[PersonBakom], bool] | None = None,
    ) -> None:
        def load(session: Session, aktor: Aktor) -> Sequence[PersonBakom]:
            found = list_i_osa(session, aktor, rad_id, fran, till)
            return [person for person in found if fits is None or fits(person)]

        self._show_people(title, load, tr("Insats"))

    def _show_rader(self, title: str, tid: OsaTid, fits: Callable[[OsaRad], bool]) -> None:
        """The people of some placements of the days, each once."""
        idag = self.context.today()

        def load(session: Session, aktor: Aktor) -> Sequence[PersonBakom]:
            rader, _ = choose(list_placeringar(session, aktor, tid), OsaUrval())
            found = {
                rad.person.id: PersonBakom(rad.person, rad.start, _why(rad, idag), rad.kon)
                for rad in reversed(rader)
                if fits(rad)
            }
            return list(reversed(found.values()))[:MOST]

        self._show_people(title, load, tr("Läge"))

    def _show_people(self, title: str, load: Load, words: str) -> None:
        aktor = self.context.aktor
        show_people(self, self.context, title, lambda session: load(session, aktor), words, self._go_to_card)


def _choose(rader: Sequence[OsaRad], urval: OsaUrval, sorting: Sorting) -> Valda:
    found, counts = choose(rader, urval)
    return Valda(urval, sorting, sort_rader(found, *sorting) if sorting is not None else found, counts)


def _load_gone(session: Session, aktor: Aktor, *, fran: date, till: date) -> Sequence[PersonBakom]:
    gone = list_overgangar(session, aktor, fran, till, till)
    return [PersonBakom(rad.person, rad.dag, overgang_text(rad), rad.kon) for rad in gone[:MOST]]


def _why(rad: OsaRad, idag: date) -> str:
    """ "Saknar beslut, Snickeriet"; of what needs none the last day."""
    told = (
        lage_text(rad)
        if rad.kraver_beslut
        else f"t.o.m. {short_date(rad.till, idag)}"
        if rad.till
        else rad.typ
    )
    return ", ".join(part for part in (told, rad.enhet) if part)


def _what(rad_id: str) -> str:
    return f"{tr('Personer i')} {first_lower(tr(VOLYM[rad_id]))}"
