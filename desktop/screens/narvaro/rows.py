"""The week as the grid shows it, worked out at once from what is held. Pure: rows in, rows out."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta

from db.queries.narvaro import NarvaroVeckaRow, PassRow
from db.rules.koder import NarvaroStatus
from db.rules.narvaro import EJ_REGISTRERAT, HALVDAGAR, HELDAG, Andel, Serie, count_andel, fill_passes
from db.rules.statistik import round_half_up
from desktop.formatting import MONTHS, NBSP, WEEKDAYS, date_range, number, percent, plural, short_date
from desktop.i18n import tr
from desktop.screens.words import first_upper
from desktop.widgets.attendance import GridCell, GridRow, Slot

STATUS = {
    "N": NarvaroStatus.NARVARANDE.value,
    "G": NarvaroStatus.GILTIG_FRANVARO.value,
    "O": NarvaroStatus.OGILTIG_FRANVARO.value,
    "S": NarvaroStatus.SJUK.value,
}
LETTER = {status: letter for letter, status in STATUS.items()} | {EJ_REGISTRERAT: ""}
Ref = tuple[int, date, str]  # insats, day, pass: the key of a cell


@dataclass(frozen=True, slots=True)
class Laget:
    """Figures under and beside the grid: passes registered of those planned, and the share of all."""

    registrerade: int
    planerade: int
    andel: Andel


def mark_words() -> dict[str, str]:
    """Each letter's state in words."""
    return {letter: first_upper(tr(status)) for letter, status in STATUS.items()}


def make_slots(rows: Sequence[NarvaroVeckaRow], mandag: date, idag: date) -> tuple[Slot, ...]:
    """The columns: weekdays, weekends where somebody has a pass, each in halves where somebody has halves."""
    held: dict[date, set[str]] = {mandag + timedelta(place): set() for place in range(5)}
    for row in rows:
        for pass_ in row.passes:
            held.setdefault(pass_.datum, set()).add(pass_.pass_)
    slots = []
    for dag in sorted(held):
        parts = HALVDAGAR if held[dag] & set(HALVDAGAR) else (HELDAG,)
        for place, part in enumerate(parts):
            total = _total(rows, dag, part if held[dag] != {HELDAG} else HELDAG, idag)
            spoken = f"{WEEKDAYS[dag.weekday()]} {dag.day}{NBSP}{MONTHS[dag.month - 1]} {part}".strip()
            title = f"{WEEKDAYS[dag.weekday()][:3]} {short_date(dag)}"
            slots.append(Slot(dag, title, part, spoken, dag == idag, place, len(parts), total))
    return tuple(slots)


def make_rows(
    rows: Iterable[NarvaroVeckaRow], slots: Sequence[Slot], idag: date, with_enhet: bool
) -> tuple[GridRow, ...]:
    """The people; `with_enhet` where the list is not of one enhet."""
    return tuple(_row(row, slots, idag, with_enhet) for row in rows)


def apply_marks(rows: Sequence[NarvaroVeckaRow], changes: Mapping[Ref, str]) -> tuple[NarvaroVeckaRow, ...]:
    """The rows as they will be when the changes are saved, so that the next key need not wait for that."""
    touched = {ref[0] for ref in changes}
    return tuple(_changed(row, changes) if row.insats_id in touched else row for row in rows)


def find_missing(
    rows: Iterable[NarvaroVeckaRow], idag: date, datum: date | None = None, part: str = ""
) -> list[Ref]:
    """What filling registers: of the whole week, or of a column of it."""
    found = []
    for row in rows:
        passes = [(p.datum, p.pass_, p.planerad, p.status) for p in row.passes]
        for dag, pass_ in fill_passes(passes, idag):
            if datum is None or (dag == datum and (not part or pass_ in (HELDAG, part))):
                found.append((row.insats_id, dag, pass_))
    return found


def count_week(rows: Iterable[NarvaroVeckaRow]) -> Laget:
    """How far the week has come."""
    passes = [pass_ for row in rows for pass_ in row.passes]
    held = [pass_.status for pass_ in passes if pass_.status != EJ_REGISTRERAT]
    return Laget(len(held), len(passes), count_andel(held))


def share_text(andel: Andel) -> str:
    """ "84 %", empty while nothing is registered."""
    procent = andel.procent
    return "" if procent is None else percent(round_half_up(procent))


def serie_text(serie: Serie) -> str:
    """ "3 ogiltiga dagar i rad, 3–5 jun"."""
    return f"{number(serie.dagar)}{NBSP}{tr('ogiltiga dagar i rad')}, {date_range(serie.fran, serie.till)}"


def _row(row: NarvaroVeckaRow, slots: Sequence[Slot], idag: date, with_enhet: bool) -> GridRow:
    held = {(p.datum, p.pass_): p for p in row.passes}
    cells = tuple(_cell(row, held, slot, idag) for slot in slots)
    total = share_text(row.totalt)
    tip = f"{tr('Hela insatsen')}: {total} {tr('av')} " if total else ""
    return GridRow(
        row.insats_id,
        row.person.namn,
        _detail(row, with_enhet),
        cells,
        masked=row.person.is_masked,
        warning=serie_text(row.serie) if row.serie else "",
        share=row.vecka.procent,
        share_text=share_text(row.vecka) or _begins(row, slots),
        share_tip=tip + plural(row.totalt.registrerade, "registrerat pass", "registrerade pass")
        if tip
        else "",
    )


def _detail(row: NarvaroVeckaRow, with_enhet: bool) -> str:
    place = row.enhet if with_enhet else ""
    number_ = row.person.nummer if row.person.is_masked else ""
    parts = (number_, first_upper(row.typ), place, f"{row.omfattning}{NBSP}%")
    return " · ".join(part for part in parts if part)


def _begins(row: NarvaroVeckaRow, slots: Sequence[Slot]) -> str:
    if slots and row.start > slots[0].day:
        return f"{tr('start')} {short_date(row.start)}"
    return "–"


def _cell(row: NarvaroVeckaRow, held: Mapping[tuple[date, str], PassRow], slot: Slot, idag: date) -> GridCell:
    """A whole day fills every slot of its day; where nothing stands the row's own habit decides."""
    dag = slot.day
    halves = any((dag, half) in held for half in HALVDAGAR)
    whole = (dag, HELDAG) in held or not (halves or (row.delad and slot.part))
    part = HELDAG if whole else slot.part
    found = held.get((dag, part))
    return GridCell(
        (row.insats_id, dag, part),
        LETTER[found.status] if found else "",
        found is not None and found.planerad,
        _fixed(row, dag, idag),
        found.notering if found else "",
    )


def _fixed(row: NarvaroVeckaRow, dag: date, idag: date) -> str:
    if dag < row.start:
        return f"{tr('Insatsen börjar')} {short_date(row.start, idag)}."
    if row.slut is not None and dag > row.slut:
        return f"{tr('Insatsen slutade')} {short_date(row.slut, idag)}."
    return tr("Dagen har inte varit ännu.") if dag > idag else ""


def _total(rows: Iterable[NarvaroVeckaRow], dag: date, part: str, idag: date) -> str:
    """ "12/13": there, of those planned or registered; a whole day counts under both its halves."""
    passes = [p for row in rows for p in row.passes if p.datum == dag and p.pass_ in (HELDAG, part)]
    if not passes:
        return ""
    here = sum(p.status == NarvaroStatus.NARVARANDE for p in passes)
    return f"{'–' if dag > idag else here}/{len(passes)}"


def _changed(row: NarvaroVeckaRow, changes: Mapping[Ref, str]) -> NarvaroVeckaRow:
    mine = {
        (dag, pass_): status
        for (insats_id, dag, pass_), status in changes.items()
        if insats_id == row.insats_id
    }
    passes = [replace(p, status=mine.pop((p.datum, p.pass_), p.status)) for p in row.passes]
    passes += [PassRow(dag, pass_, False, status) for (dag, pass_), status in mine.items()]
    kept = [p for p in passes if p.planerad or p.status != EJ_REGISTRERAT]
    kept.sort(key=lambda p: (p.datum, p.pass_ != HELDAG, p.pass_ != HALVDAGAR[0]))
    before = count_andel(p.status for p in row.passes)
    after = count_andel(p.status for p in kept)
    totalt = Andel(
        row.totalt.narvarande + after.narvarande - before.narvarande,
        row.totalt.registrerade + after.registrerade - before.registrerade,
    )
    return replace(row, passes=tuple(kept), vecka=after, totalt=totalt)
