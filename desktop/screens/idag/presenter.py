"""The screen Idag: asks for the lists, chooses and orders what is shown, and opens the person of a row."""

from collections.abc import Hashable, Sequence, Set
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget

from db.queries.deltagare import DeltagareRow, read_rad
from db.queries.idag.lista import Antal, count_idag, list_idag, list_krav_forst
from db.queries.idag.oversikt import Oversikt, TidRow, list_tider, read_oversikt
from db.queries.idag.rows import IdagRow
from db.queries.idag.scope import Omfang
from db.queries.oppnad import OppnadRow, list_oppnade
from db.rules.idag import Lista, Nar
from desktop.context import Context, touched
from desktop.formatting import NBSP, short_date, week, weekday_date
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.screens.idag.counts import RailCounts, concerns
from desktop.screens.idag.kommandon import KORT, NASTA, SKJUT_UPP, make_hits
from desktop.screens.idag.texts import Val, Visning, choose_rows
from desktop.screens.idag.vagar import card_location, location_of
from desktop.screens.idag.view import ALLA, IdagView
from desktop.shell.command_box import Hit
from desktop.shell.navigation import Location
from desktop.shell.screen import Screen
from desktop.widgets.boxes import column
from desktop.widgets.worklist import WorkItem

if TYPE_CHECKING:
    from db.commands.findings import Saved

AT_ONCE = 1_000  # rows chosen among without the worker
MINUTE = 60_000  # ms between moves of the line in the day's times


@dataclass(frozen=True, slots=True)
class Dag:
    """The lists, how much there is, and what is shown of it."""

    rows: tuple[IdagRow, ...]
    antal: Antal
    shown: Visning


@dataclass(frozen=True, slots=True)
class Sida:
    """What the side panel shows."""

    tider: tuple[TidRow, ...]
    oversikt: Oversikt
    oppnade: tuple[OppnadRow, ...]


class IdagScreen(Screen):
    """Asks anew at every visit: the day may have changed. `now` is the clock of the day's times."""

    def __init__(
        self, context: Context, counts: RailCounts | None = None, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._context, self._counts = context, counts
        self._rows: tuple[IdagRow, ...] = ()
        self._by_key: dict[Hashable, IdagRow] = {}
        self._tider: tuple[TidRow, ...] = ()
        self.now = datetime.now
        self.view = IdagView(context.theme, context.today())
        self.view.whose.set_value(context.settings.get("idag/vilka", Omfang.MINA.value))
        self.setLayout(column(self.view, spacing=0))
        self.start_at = self.view.list
        self.beside = self.view.side
        self._minute = QTimer(self)
        self._minute.setInterval(MINUTE)
        self._minute.timeout.connect(self._tick)
        self._connect()

    def open(self, _argument: object) -> None:
        """The lists as they are now."""
        today = self._context.today()
        meta = self.view.header.meta
        meta.setText(f"{weekday_date(today)} · {week(today)}")
        meta.short = f"{weekday_date(today)[:3]} {short_date(today)} · v.{NBSP}{today.isocalendar().week}"
        self.view.show_loading()
        if not self._rows and self._omfang() is Omfang.MINA:
            self._context.runner.run(Query("idag-forst", self._read_first, self._show_first, owner=self))
        self.refresh()
        self._minute.start()
        self.view.list.setFocus()

    def concerns(self, touched: Set[str]) -> bool:
        """Rows that the lists are made of."""
        return concerns(touched)

    def refresh(self) -> None:
        """Ask for the lists, then for what stands beside them."""
        omfang, val = self._omfang(), self._val()
        work = partial(self._read, omfang=omfang, val=val)
        self._context.runner.run(Query("idag", work, partial(self._show, omfang, val), owner=self))
        self._context.runner.run(Query("idag-sida", self._read_side, self._show_side, owner=self))

    def focus_filter(self) -> None:
        """Ctrl+F: the pills."""
        self.view.focus_filter()

    def may_leave(self) -> bool:
        """Nothing is written here; the preview goes."""
        self.view.preview.hide()
        self._minute.stop()
        return True

    def acts(self) -> Sequence[Hit]:
        """What can be done with the row chosen."""
        item = self.view.list.current_item()
        row = self._row_of(item)
        if item is None or row is None:
            return ()
        ways = {
            NASTA: partial(self._open_item, item),
            "ny_insats": partial(self._act, "insatser", "ny_insats"),
            "anteckning": partial(self._act, "anteckningar", "anteckning"),
            "nytt_mote": partial(self._act, "moten", "nytt_mote"),
            SKJUT_UPP: partial(self._postpone, item),
            KORT: partial(self.navigate.emit, Location("kort", row.person.id)),
        }
        return make_hits(item, ways, row.uppskjuten is not None)

    def _connect(self) -> None:
        view = self.view
        view.chosen.connect(self._fill)
        view.scope_chosen.connect(self._choose_scope)
        view.list.opened.connect(self._open_item)
        view.list.previewed.connect(self._preview)
        view.list.postponed.connect(self._postpone)
        view.list.current_changed.connect(self._enable)
        view.note.clicked.connect(lambda: self._act("anteckningar", "anteckning"))
        view.insats.clicked.connect(lambda: self._act("insatser", "ny_insats"))
        view.side.person_wanted.connect(lambda id_: self.navigate.emit(Location("kort", id_)))
        view.side.mote_wanted.connect(self._open_mote)
        view.side.pin_wanted.connect(self._pin)
        self._context.theme.changed.connect(self._tick)
        self._enable(None)

    def _omfang(self) -> Omfang:
        return Omfang(self.view.whose.value())

    def _read(self, _task: Task, *, omfang: Omfang, val: Val) -> Dag:
        context, today = self._context, self._context.today()
        with context.store.read(context.aktor) as session:
            rows = list_idag(session, context.aktor, today, omfang)
        return Dag(rows, count_idag(rows, today), choose_rows(rows, val, today))

    def _read_first(self, _task: Task) -> Visning:
        """The list that matters most, before the others are worked out."""
        context, today = self._context, self._context.today()
        with context.store.read(context.aktor) as session:
            return choose_rows(list_krav_forst(session, context.aktor, today), Val(), today)

    def _show_first(self, shown: Visning) -> None:
        if shown.groups and self._val() == Val():
            self._by_key = shown.rows
            self.view.show_groups(shown.groups, filtered=False)

    def _read_side(self, _task: Task) -> Sida:
        context, today = self._context, self._context.today()
        with context.store.read(context.aktor) as session:
            return Sida(
                list_tider(session, context.aktor, today),
                read_oversikt(session, context.aktor, today),
                list_oppnade(session, context.aktor, today),
            )

    def _show(self, omfang: Omfang, val: Val, found: Dag) -> None:
        self._rows = found.rows
        if omfang is Omfang.MINA and self._counts is not None:
            self._counts.take(found.antal)
        if val == self._val():
            self._show_rows(val, found.shown)
        else:
            self._fill()

    def _show_side(self, sida: Sida) -> None:
        self._tider = sida.tider
        self.view.show_scopes(sida.oversikt)
        self.view.side.show_oversikt(sida.oversikt)
        self.view.side.show_oppnade(sida.oppnade, self.now())
        self._tick()

    def _tick(self) -> None:
        self.view.side.show_tider(self._tider, self.now())

    def _fill(self) -> None:
        """Choose anew among the rows at hand; many thousands of them on the worker."""
        rows, val, today = self._rows, self._val(), self._context.today()
        if len(rows) <= AT_ONCE:
            self._show_rows(val, choose_rows(rows, val, today))
            return
        self._context.runner.run(
            Query(
                "idag-val",
                lambda _task: choose_rows(rows, val, today),
                partial(self._show_rows, val),
                owner=self,
            )
        )

    def _val(self) -> Val:
        pill = self.view.pills.value()
        nar = Nar(pill) if pill != ALLA else None
        return Val(nar, self.view.order.value() or "frist", self.view.later.isChecked())

    def _show_rows(self, val: Val, shown: Visning) -> None:
        self._by_key = shown.rows
        self.view.show_counts(shown.alla, shown.by_nar, shown.uppskjutna)
        self.view.show_groups(shown.groups, filtered=val.nar is not None)
        self._enable(self.view.list.current_item())

    def _choose_scope(self, key: str) -> None:
        self._context.settings.set("idag/vilka", key)
        self.refresh()

    def _row_of(self, item: WorkItem | None) -> IdagRow | None:
        return self._by_key.get(item.key) if item is not None else None

    def _enable(self, item: WorkItem | None) -> None:
        why = "" if item is not None else tr("Välj en rad i listan först.")
        for button in (self.view.note, self.view.insats):
            button.set_disabled_because(why)

    def _open_item(self, item: WorkItem) -> None:
        row = self._row_of(item)
        if row is not None:
            self.navigate.emit(location_of(row, self._context.today()))

    def _act(self, flik: str, namn: str) -> None:
        row = self._row_of(self.view.list.current_item())
        if row is not None:
            self.navigate.emit(card_location(row.person.id, flik, namn))

    def _open_mote(self, deltagare_id: int, mote_id: int) -> None:
        self.navigate.emit(card_location(deltagare_id, "moten", "mote", mote_id))

    def _preview(self, item: WorkItem) -> None:
        row = self._row_of(item)
        if self.view.preview.isVisible() or row is None:
            self.view.preview.hide()
            return
        work = partial(self._read_person, deltagare_id=row.person.id)
        done = partial(self._show_preview, item)
        self._context.runner.run(Query("idag-person", work, done, owner=self))

    def _read_person(self, _task: Task, *, deltagare_id: int) -> DeltagareRow:
        context = self._context
        with context.store.read(context.aktor) as session:
            return read_rad(session, context.aktor, deltagare_id, context.today())

    def _show_preview(self, item: WorkItem, person: DeltagareRow) -> None:
        from desktop.screens.idag.facts import make_facts

        if self.view.list.current_item() == item:
            facts = make_facts(item, person, self._context.today())
            self.view.preview.show_facts(facts, self.view.preview_place())

    def _postpone(self, item: WorkItem) -> None:
        """Put a row off; one that is put off is shown again."""
        row = self._row_of(item)
        if row is None:
            return
        if row.uppskjuten is not None:
            self._save(partial(self._resume, row.lista, row.rad_id), tr("Visas igen."))
            return
        from desktop.screens.idag.postpone import PostponeDialog

        words = f"{item.name} · {item.reason}"
        chosen = partial(self._postpone_until, row)
        self.dialog = PostponeDialog(self._context.theme, words, self._context.today, chosen, self)
        self.dialog.open()

    def _postpone_until(self, row: IdagRow, till: date) -> None:
        work = partial(self._put_off, row.lista, row.rad_id, till)
        self._save(work, f"{tr('Uppskjuten till')} {short_date(till, self._context.today())}.")

    def _put_off(self, lista: Lista, rad_id: int, till: date, _task: Task) -> "Saved | None":
        from db.commands.uppskjut import postpone_rad

        context = self._context
        return postpone_rad(context.store, context.aktor, lista, rad_id, till, context.today())

    def _resume(self, lista: Lista, rad_id: int, _task: Task) -> "Saved | None":
        from db.commands.uppskjut import resume_rad

        return resume_rad(self._context.store, self._context.aktor, lista, rad_id)

    def _save(self, work: "partial[Saved | None]", text: str) -> None:
        context = self._context
        context.runner.run(
            Change(
                tr("Sparar"), work, lambda saved: touched(saved.changes if saved else None),
                done=partial(self._tell, text), failed=context.tell_failure, owner=self,
            )
        )  # fmt: skip

    def _tell(self, text: str, saved: "Saved | None") -> None:
        if saved is not None:
            self._context.tell_done(text, saved.changes.handelse_id)

    def _pin(self, deltagare_id: int, fast: bool) -> None:
        from db.commands.oppnad import pin_deltagare, unpin_deltagare

        context = self._context
        act = pin_deltagare if fast else unpin_deltagare

        def work(_task: Task) -> None:
            act(context.store, context.aktor, deltagare_id)

        def done(_nothing: None) -> None:
            context.runner.run(Query("idag-sida", self._read_side, self._show_side, owner=self))

        context.runner.run(
            Change(tr("Sparar"), work, lambda _nothing: (), done, context.tell_failure, owner=self)
        )
