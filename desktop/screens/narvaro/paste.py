"""What a piece of a sheet means in the grid: which passes, which status, and what could not be read. Pure."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from db.rules.narvaro import parse_status
from db.rules.text import fold
from desktop.i18n import tr
from desktop.screens.narvaro.rows import Ref
from desktop.widgets.attendance import GridCell, GridRow, Slot

_HEADS = {"deltagare", "namn"}
Table = list[list[str]]


@dataclass(frozen=True, slots=True)
class Inklistrat:
    """Statuses by pass, and a sentence for each cell that was left as it is."""

    rutor: dict[Ref, str]
    fel: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class _Ruta:
    row: GridRow
    slot: Slot
    cell: GridCell
    text: str


def read_table(text: str) -> Table:
    """The cells of tab separated text, without the empty last line of a sheet."""
    lines = text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    return [[cell.strip() for cell in line.split("\t")] for line in lines]


def read_paste(
    table: Table, rows: Sequence[GridRow], slots: Sequence[Slot], row: int, slot: int
) -> Inklistrat:
    """Lay a table out from the row and slot with the focus. An empty cell changes nothing.

    Where the first column holds names the rows are found by them. A table as wide as the week begins on its
    first day; one with a column per day stands for both halves of each.
    """
    fel: list[str] = []
    lines = list(_by_name(table, rows, fel) if _has_names(table, rows) else _in_order(table, rows, row, fel))
    width = max((len(cells) for _, cells in lines), default=0)
    days = sorted({column.day for column in slots})
    if width == len(days) < len(slots):
        places = [[i for i, column in enumerate(slots) if column.day == day] for day in days]
    else:
        places = [[i] for i in range(0 if width == len(slots) else slot, len(slots))]
    rutor: dict[Ref, str] = {}
    for person, cells in lines:
        if any(cells[len(places) :]):
            fel.append(f"{person.name}: {tr('tabellen är bredare än veckan.')}")
        for text, where in zip(cells, places, strict=False):
            for place in where:
                _lay(_Ruta(person, slots[place], person.cells[place], text), rutor, fel)
    return Inklistrat(rutor, tuple(dict.fromkeys(fel)))


def faulty_word(text: str) -> str:
    """What is said of a cell that means nothing."""
    return f"”{text[:40]}” {tr('går inte att tolka. Skriv n, g, o eller s.')}"


def _lay(ruta: _Ruta, rutor: dict[Ref, str], fel: list[str]) -> None:
    if not ruta.text:
        return
    status, cell = parse_status(ruta.text), ruta.cell
    if status is None:
        why = faulty_word(ruta.text)
    elif status and cell.fixed:
        why = cell.fixed
    elif status and not (cell.planned or cell.mark):
        why = tr("Inget pass är planerat.")
    elif rutor.get(_ref(cell), status) != status:
        why = tr("Passet är en hel dag men har två olika värden.")
    else:
        rutor[_ref(cell)] = status
        return
    fel.append(f"{ruta.row.name}, {ruta.slot.spoken}: {why}")


def _ref(cell: GridCell) -> Ref:
    key = cell.key
    assert isinstance(key, tuple)
    return key


def _has_names(table: Table, rows: Sequence[GridRow]) -> bool:
    known = {fold(row.name) for row in rows if not row.masked}
    return any(len(line) > 1 and fold(line[0]) in known for line in table)


def _by_name(table: Table, rows: Sequence[GridRow], fel: list[str]) -> Iterator[tuple[GridRow, list[str]]]:
    known: defaultdict[str, list[GridRow]] = defaultdict(list)
    for row in rows:
        if not row.masked:
            known[fold(row.name)].append(row)
    for line in table:
        name = fold(line[0])
        found = known.get(name, [])
        if len(found) == 1:
            yield found[0], line[1:]
        elif found:
            fel.append(f"{line[0]} {tr('finns på flera rader. Skriv in de raderna för hand.')}")
        elif name and name not in _HEADS:
            fel.append(f"{line[0][:60]} {tr('finns inte i listan.')}")


def _in_order(
    table: Table, rows: Sequence[GridRow], first: int, fel: list[str]
) -> Iterator[tuple[GridRow, list[str]]]:
    if len(table) > len(rows) - first:
        fel.append(tr("Tabellen har fler rader än listan. De sista kom inte med."))
    yield from zip(rows[first:], table, strict=False)
