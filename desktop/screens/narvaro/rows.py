"""The week as the grid shows it, worked out at once from what is held. Pure: rows in, rows out."""

from collections import defaultdict
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

    def __add__(self, other: "Laget") -> "Laget":
        registrerade, planerade = self.registrerade + other.registrerade, self.planerade + other.planerade
        return Laget(registrerade, planerade, self.andel + other.andel)

    def __sub__(self, other: "Laget") -> "Laget":
        andel = Andel(-other.andel.narvarande, -other.andel.registrerade)
        return self + Laget(-other.registrerade, -other.planerade, andel)


@dataclass(frozen=True, slots=True)
class Bild:
    """A week ready to be shown: what is held, columns, rows, and figures. `totals` are those there and all
    passes of each column."""

    held: tuple[NarvaroVeckaRow, ...]
    slots: tuple[Slot, ...]
    rows: tuple[GridRow, ...]
    totals: tuple[tuple[int, int], ...]
    laget: Laget
    idag: date
    with_enhet: bool


def mark_words() -> dict[str, str]:
    """Each letter's state in words."""
    return {letter: first_upper(tr(status)) for letter, status in STATUS.items()}


def make_bild(rows: Sequence[NarvaroVeckaRow], mandag: date, idag: date, with_enhet: bool) -> Bild:
    """The whole week; `with_enhet` where the list is not of one enhet. Work for the worker: an enhet may have
    thousands of people."""
    slots = _make_slots(rows, mandag, idag)
    shown = tuple(_row(row, slots, idag, with_enhet) for row in rows)
    tallies = [_tally(row, slots) for row in rows]
    totals = tuple(_sum(pairs) for pairs in zip(*tallies, strict=True)) or ((0, 0),) * len(slots)
    laget = sum((_count(row) for row in rows), Laget(0, 0, Andel(0, 0)))
    return Bild(tuple(rows), _with_totals(slots, totals, idag), shown, totals, laget, idag, with_enhet)


def change_bild(bild: Bild, changes: Mapping[Ref, str]) -> Bild:
    """The week as it will be when the changes are saved, so that the next key need not wait for that. Only
    the rows concerned are made anew."""
    place_of = {row.insats_id: place for place, row in enumerate(bild.held)}
    held, rows, laget = list(bild.held), list(bild.rows), bild.laget
    totals = [list(pair) for pair in bild.totals]
    by_insats: defaultdict[int, dict[tuple[date, str], str]] = defaultdict(dict)
    for (insats_id, dag, pass_), status in changes.items():
        by_insats[insats_id][dag, pass_] = status
    for insats_id, mine in by_insats.items():
        place = place_of[insats_id]
        before, after = held[place], _changed(held[place], mine)
        held[place], rows[place] = after, _row(after, bild.slots, bild.idag, bild.with_enhet)
        laget = laget + _count(after) - _count(before)
        tallies = zip(_tally(before, bild.slots), _tally(after, bild.slots), strict=True)
        for pair, (old, new) in zip(totals, tallies, strict=True):
            pair[0] += new[0] - old[0]
            pair[1] += new[1] - old[1]
    made = tuple((here, alla) for here, alla in totals)
    slots = _with_totals(bild.slots, made, bild.idag)
    return Bild(tuple(held), slots, tuple(rows), made, laget, bild.idag, bild.with_enhet)


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


def _make_slots(rows: Sequence[NarvaroVeckaRow], mandag: date, idag: date) -> tuple[Slot, ...]:
    """Weekdays, weekends where somebody has a pass, each in halves where somebody has halves."""
    held: dict[date, set[str]] = {mandag + timedelta(place): set() for place in range(5)}
    for row in rows:
        for pass_ in row.passes:
            held.setdefault(pass_.datum, set()).add(pass_.pass_)
    slots = []
    for dag in sorted(held):
        parts = HALVDAGAR if held[dag] & set(HALVDAGAR) else (HELDAG,)
        title = f"{WEEKDAYS[dag.weekday()][:3]} {short_date(dag)}"
        for place, part in enumerate(parts):
            spoken = f"{WEEKDAYS[dag.weekday()]} {dag.day}{NBSP}{MONTHS[dag.month - 1]} {part}".strip()
            slots.append(Slot(dag, title, part, spoken, dag == idag, place, len(parts)))
    return tuple(slots)


def _with_totals(slots: Sequence[Slot], totals: Sequence[tuple[int, int]], idag: date) -> tuple[Slot, ...]:
    """ "12/13": there, of those planned or registered; a whole day counts under both its halves."""
    return tuple(
        replace(slot, total=f"{'–' if slot.day > idag else here}/{alla}" if alla else "")
        for slot, (here, alla) in zip(slots, totals, strict=True)
    )


def _tally(row: NarvaroVeckaRow, slots: Sequence[Slot]) -> list[tuple[int, int]]:
    """There, and passes, in each column."""
    found = []
    for slot in slots:
        own = [p.status for p in row.passes if p.datum == slot.day and p.pass_ in (HELDAG, slot.part)]
        found.append((own.count(NarvaroStatus.NARVARANDE), len(own)))
    return found


def _sum(pairs: Iterable[tuple[int, int]]) -> tuple[int, int]:
    here, alla = zip(*pairs, strict=True)
    return sum(here), sum(alla)


def _count(row: NarvaroVeckaRow) -> Laget:
    return Laget(row.vecka.registrerade, len(row.passes), row.vecka)


def _changed(row: NarvaroVeckaRow, changes: Mapping[tuple[date, str], str]) -> NarvaroVeckaRow:
    mine = dict(changes)
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
