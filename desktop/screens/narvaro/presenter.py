"""The screen Närvaro: reads a week, takes keys and pastes, and saves each at once."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QWidget

from db.errors import KnownError
from db.queries.narvaro import NarvaroVal, Urval, find_urval, list_narvaro_val, list_vecka
from db.rules.narvaro import EJ_REGISTRERAT, find_mandag, parse_status
from desktop.context import Context
from desktop.formatting import date_range, plural, week
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.narvaro.follow_up import make_atgarder, make_markerat
from desktop.screens.narvaro.oppna import OppnaVecka
from desktop.screens.narvaro.paste import faulty_word, read_paste, read_table
from desktop.screens.narvaro.rows import (
    LETTER,
    STATUS,
    Bild,
    Ref,
    change_bild,
    find_missing,
    make_bild,
    mark_words,
    share_text,
)
from desktop.screens.narvaro.saver import Saver
from desktop.screens.narvaro.side import Atgard
from desktop.screens.narvaro.view import ENHET, HANDLAGGARE, NarvaroView
from desktop.shell.navigation import Location
from desktop.shell.screen import Screen
from desktop.widgets.attendance import FIRST_SLOT, GridCell, GridRow
from desktop.widgets.attendance_view import Pass
from desktop.widgets.boxes import column

if TYPE_CHECKING:
    from db.commands.findings import Saved

TABLES = ("narvaro", "narvaroschema", "insats", "inskrivning", "deltagare", "arende", "enhet", "insatstyp")


@dataclass(frozen=True, slots=True)
class Vecka:
    """A week read: whose, which, and what can be chosen instead. `insats_id` is to have the focus."""

    urval: Urval
    mandag: date
    bild: Bild
    atgarder: tuple[Atgard, ...]
    val: NarvaroVal
    insats_id: int | None = None


class NarvaroScreen(Screen):
    """`open` with an OppnaVecka, else with the list and week shown last."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._mandag = find_mandag(context.today())
        enhet_id = context.settings.get("narvaro/enhet", 0)
        kind = context.settings.get("narvaro/visa", HANDLAGGARE)
        mine = Urval(signatur=context.aktor.signatur)
        self._urval = Urval(enhet_id) if kind == ENHET and enhet_id else mine
        self._bild = make_bild((), self._mandag, context.today(), with_enhet=True)
        self._val: NarvaroVal | None = None
        self._wanted: OppnaVecka | None = None
        self._again, self._filling = False, False
        self._saver = Saver(context, self)
        self.view = NarvaroView(context.theme, mark_words())
        self.setLayout(column(self.view, spacing=0))
        self.start_at = self.view.grid
        self.beside = self.view.side
        self._connect()

    def open(self, argument: object) -> None:
        """The week of an insats with its person chosen, or what was shown last."""
        self.view.show_state("")
        self.view.show_faults(())
        self._wanted = argument if isinstance(argument, OppnaVecka) else None
        if self._wanted is not None:
            self._mandag = find_mandag(self._wanted.dag)
        self.refresh()
        self.view.grid.setFocus()

    def concerns(self, touched: Set[str]) -> bool:
        """Rows that the week is made of."""
        return any(name.partition(":")[0] in TABLES for name in touched)

    def refresh(self) -> None:
        """Read the week again, once what is typed here is saved."""
        if self._saver.is_busy:
            self._again = True
        else:
            self._again = False
            self._ask()

    def focus_filter(self) -> None:
        """Ctrl+F: the choice of list."""
        self.view.focus_filter()

    def may_leave(self) -> bool:
        """Everything is saved as it is typed; a note being written is saved now."""
        self.view.side.flush()
        return True

    def _connect(self) -> None:
        view = self.view
        view.week_wanted.connect(self._choose_week)
        view.kind_wanted.connect(self._choose_kind)
        view.list_wanted.connect(self._choose_list)
        view.grid.marked.connect(self._mark)
        view.grid.filled_down.connect(self._fill_down)
        view.grid.pasted.connect(self._paste)
        view.grid.opened.connect(self._open_person)
        view.grid.current_changed.connect(self._show_current)
        view.side.marked.connect(lambda letter: self._mark(view.grid.chosen_passes(), letter))
        view.side.note_written.connect(self._save_note)
        view.side.person_wanted.connect(self._go_to)
        view.fill_pass.clicked.connect(self._fill_pass)
        view.fill_week.clicked.connect(self._fill_week)
        view.undo.clicked.connect(lambda: self._saver.undo())
        self._saver.state.connect(view.show_state)
        self._saver.can_undo.connect(
            lambda can: view.undo.set_disabled_because("" if can else tr("Inget att ångra här."))
        )
        self._saver.settled.connect(self._read_again)

    # Reading.

    def _ask(self) -> None:
        work = partial(self._read, urval=self._urval, mandag=self._mandag, wanted=self._wanted)
        self._context.runner.run(Query("narvaro", work, self._show, failed=self._missing, owner=self))

    def _read(self, _task: Task, *, urval: Urval, mandag: date, wanted: OppnaVecka | None) -> Vecka:
        context = self._context
        with context.store.read(context.aktor) as session:
            if wanted is not None:
                urval = find_urval(session, context.aktor, wanted.insats_id)
            rows = list_vecka(session, context.aktor, urval, mandag)
            val = list_narvaro_val(session, context.aktor)
        idag = context.today()
        bild = make_bild(rows, mandag, idag, urval.enhet_id is None)
        chosen = wanted.insats_id if wanted else None
        return Vecka(urval, mandag, bild, make_atgarder(rows, idag), val, chosen)

    def _show(self, vecka: Vecka) -> None:
        if self._saver.is_busy:
            # Older than what has been typed since; it is asked for again when that is saved.
            self._again = True
            return
        self._urval, self._mandag, self._wanted = vecka.urval, vecka.mandag, None
        self._show_choices(vecka.val)
        self._show_bild(vecka.bild)
        self.view.side.show_atgarder(vecka.atgarder)
        if vecka.insats_id is not None:
            self._go_to(vecka.insats_id)

    def _missing(self, error: KnownError) -> None:
        self._context.tell_failure(error)
        if self._wanted is not None:
            self._wanted = None
            self.refresh()

    def _read_again(self, failed: bool) -> None:
        """What was typed is saved, or was not: then the week shows what is held."""
        if failed or self._again:
            self.refresh()

    def _show_choices(self, val: NarvaroVal) -> None:
        view, mine = self.view, self._context.aktor.signatur
        known = dict(val.medarbetare)
        self._filling = True
        if val != self._val or self._urval.signatur not in ("", *known):
            self._val = val
            view.enhet.set_items(val.enheter)
            people = [(s, f"{namn} ({tr('jag')})" if s == mine else namn) for s, namn in known.items()]
            if self._urval.signatur and self._urval.signatur not in known:
                people.append((self._urval.signatur, self._urval.signatur))
            view.handlaggare.set_items(people)
        view.choose_kind(HANDLAGGARE if self._urval.enhet_id is None else ENHET)
        view.enhet.set_value(self._urval.enhet_id if self._urval.enhet_id is not None else view.enhet.value())
        view.handlaggare.set_value(self._urval.signatur or mine)
        self._filling = False

    def _show_bild(self, bild: Bild) -> None:
        self._bild = bild
        view, mandag = self.view, self._mandag
        last = max([mandag + timedelta(4), *(slot.day for slot in bild.slots)])
        title = f"{week(mandag)} · {date_range(mandag, last)} {last.year}"
        view.show_empty(f"{tr('Ingen planerad')} {week(mandag)}.", tr("Välj en annan vecka eller lista."))
        is_now = mandag == find_mandag(self._context.today())
        view.this_week.set_disabled_because(tr("Den visas redan.") if is_now else "")
        view.show_week(title, bild.slots, bild.rows, share_text(bild.laget.andel))
        view.show_progress(bild.laget.registrerade, bild.laget.planerade)

    def _show_current(self, current: Pass | None) -> None:
        grid = self.view.grid
        self.view.side.show_pass(make_markerat(current, grid.grid.slots, grid.chosen_passes()))

    # Choosing.

    def _choose_week(self, step: int) -> None:
        self.view.side.flush()
        self.view.show_faults(())
        idag = find_mandag(self._context.today())
        self._mandag = self._mandag + timedelta(7 * step) if step else idag
        self.refresh()

    def _choose_kind(self, kind: str) -> None:
        self.view.choose_kind(kind)
        self._choose_list()

    def _choose_list(self) -> None:
        if self._filling:
            return
        view, settings = self.view, self._context.settings
        view.side.flush()
        view.show_faults(())
        kind = view.kind.value()
        settings.set("narvaro/visa", kind)
        if kind == ENHET:
            enhet_id = view.enhet.value() or 0
            settings.set("narvaro/enhet", enhet_id)
            self._urval = Urval(enhet_id)
        else:
            self._urval = Urval(signatur=view.handlaggare.value() or "")
        self.refresh()

    def _go_to(self, insats_id: int) -> None:
        """The person's first pass that is not registered, else the first."""
        grid = self.view.grid
        row = next((row for row in grid.grid.rows if row.key == insats_id), None)
        if row is not None:
            missing = (i for i, c in enumerate(row.cells) if c.planned and not c.mark and not c.fixed)
            grid.choose(insats_id, next(missing, 0))
            grid.setFocus()

    def _open_person(self, row: GridRow) -> None:
        from desktop.screens.kort.page import Oppna

        person = next(r.person.id for r in self._bild.held if r.insats_id == row.key)
        self.navigate.emit(Location("kort", Oppna(person, "narvaro")))

    # Registering.

    def _mark(self, passes: Sequence[Pass], letter: str) -> None:
        status = STATUS.get(letter, EJ_REGISTRERAT)
        fixed = [cell.fixed for _, cell in passes if cell.fixed and letter]
        changes = {
            _ref(cell): status for _, cell in passes if cell.mark != letter and not (cell.fixed and letter)
        }
        if not changes and fixed:
            self.view.show_state(fixed[0], "info")
        self._save(changes)

    def _fill_down(self, found: Sequence[tuple[Pass, str]]) -> None:
        self._save(
            {
                _ref(cell): STATUS.get(letter, EJ_REGISTRERAT)
                for (_, cell), letter in found
                if cell.mark != letter and not (cell.fixed and letter)
            },
            tr("Kopierade pass"),
        )

    def _fill_pass(self) -> None:
        current = self.view.grid.current_pass()
        if current is None:
            self.view.show_state(tr("Markera ett pass först."), "info")
            return
        _, dag, part = _ref(current[1])
        self._fill(find_missing(self._bild.held, self._context.today(), dag, part))

    def _fill_week(self) -> None:
        self._fill(find_missing(self._bild.held, self._context.today()))

    def _fill(self, missing: Sequence[Ref]) -> None:
        if not missing:
            told = tr("Alla planerade pass till och med idag är redan registrerade.")
            coming = self._mandag > self._context.today()
            self.view.show_state(tr("Veckan har inte varit ännu.") if coming else told, "info")
            return
        self._save(dict.fromkeys(missing, STATUS["N"]), tr("Ifyllda pass"))

    def _paste(self, text: str) -> None:
        grid, table = self.view.grid, read_table(text)
        chosen = grid.chosen_passes()
        index = grid.currentIndex()
        if grid.current_pass() is None or not text.strip():
            self.view.show_state(tr("Markera ett pass och kopiera något att klistra in."), "info")
            return
        if len(table) == len(table[0]) == 1 and len(chosen) > 1:
            self._paste_one(table[0][0], chosen)
            return
        place = index.column() - FIRST_SLOT
        found = read_paste(table, grid.grid.rows, grid.grid.slots, index.row(), place)
        self.view.show_faults(found.fel)
        held = {_ref(cell): cell.mark for row in grid.grid.rows for cell in row.cells}
        self._save({r: s for r, s in found.rutor.items() if LETTER[s] != held[r]}, tr("Inklistrade pass"))

    def _paste_one(self, text: str, chosen: Sequence[Pass]) -> None:
        """One value fills all the passes chosen, as its letter would."""
        status = parse_status(text)
        self.view.show_faults(() if status is not None else [faulty_word(text)])
        if status is not None:
            self._mark([(row, cell) for row, cell in chosen if cell.planned or cell.mark], LETTER[status])

    def _save(self, changes: Mapping[Ref, str], bulk: str = "") -> None:
        """Show the changes at once and save them; `bulk` names what is done to many."""
        if not changes:
            return
        insatser = {ref[0] for ref in changes}
        held = {
            (row.insats_id, p.datum, p.pass_): p.status
            for row in self._bild.held
            if row.insats_id in insatser
            for p in row.passes
        }
        before = {ref: held.get(ref, EJ_REGISTRERAT) for ref in changes}
        self._show_bild(change_bild(self._bild, changes))
        text = f"{plural(len(changes), tr('pass'), tr('pass'))}" if bulk else ""
        told = f"{bulk}: {text}." if bulk else ""
        self._saver.run(partial(self._write, dict(changes), before, bulk or tr("Närvaro")), told)

    def _write(
        self, changes: dict[Ref, str], before: dict[Ref, str], beskrivning: str, _task: Task
    ) -> "Saved | None":
        from db.commands.narvaro import Ruta, save_narvaro

        context = self._context
        rutor = [Ruta(*ref, status, before[ref]) for ref, status in changes.items()]
        return save_narvaro(context.store, context.aktor, rutor, context.today(), beskrivning)

    def _save_note(self, cell: GridCell, text: str, before: str) -> None:
        def work(_task: Task) -> "Saved | None":
            from db.commands.narvaro import save_notering

            return save_notering(self._context.store, self._context.aktor, *_ref(cell), text, before)

        self._saver.run(work, failed=self.view.side.refuse_note)


def _ref(cell: GridCell) -> Ref:
    assert isinstance(cell.key, tuple)
    return cell.key
