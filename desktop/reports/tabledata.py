"""What a table by kön says, before it is laid out: the rows of an Avsnitt as printed cells."""

from dataclasses import dataclass

from db.rules.figurer import Avsnitt, Konsvarden, Rad, Rapport
from desktop.reports import formats

KON = (("kvinnor", "Kvinnor"), ("man", "Män"), ("totalt", "Totalt"))
UPPGIFT_SAKNAS = "varav uppgift om kön saknas"
_LONGEST_LABEL = 400
_UNIT_HEADS = {"antal": "Antal", "andel": "Andel, %", "dagar": "Dagar", "kr": "Kronor", "ar": "År"}


@dataclass(frozen=True, slots=True)
class Cell:
    """One printed cell: its text, how it is read out when a mark, and how many columns it takes."""

    text: str
    spoken: str = ""
    span: int = 1
    quiet: bool = False


@dataclass(frozen=True, slots=True)
class TableRow:
    """One printed row under the head."""

    label: str
    cells: tuple[Cell, ...]
    level: int = 0
    strong: bool = False


@dataclass(frozen=True, slots=True)
class TableData:
    """A table before layout: first column head, period heads (earlier first), whether change follows."""

    head: str
    periods: tuple[str, ...]
    with_change: bool
    rows: tuple[TableRow, ...]

    @property
    def columns(self) -> int:
        """All columns, the label's among them."""
        return 1 + 3 * len(self.periods) + int(self.with_change)


def value_cell(row: Rad, earlier: bool, key: str) -> Cell:
    """The cell of one kön: number, mark, or "saknas"; the number carries no unit, its row's label does."""
    value = (row.jamforelse if earlier else row.varde).get(key)
    hidden = row.jamforelse_dolda if earlier else row.dolda
    if key in hidden:
        return Cell(hidden[key], spoken=formats.spoken_mark(hidden[key]))
    if value is None:
        return Cell(formats.SAKNAS, quiet=True)
    return Cell(formats.format_tal(value, row_decimals(row)))


def row_decimals(row: Rad) -> int:
    """The decimals that all numbers of a row are printed with."""
    needed = formats.decimals_for(row.enhet, (*row.varde, *row.jamforelse), row.decimaler)
    return max(needed, row.minst_decimaler)


def change_cell(row: Rad, key: str = "totalt") -> Cell:
    """The change of one kön between the periods, worked out on the printed numbers; hidden when either is."""
    if key in row.dolda or key in row.jamforelse_dolda:
        return Cell(formats.DOLD, spoken=formats.spoken_mark(formats.DOLD))
    before, now = row.jamforelse.get(key), row.varde.get(key)
    if before is None or now is None:
        return Cell(formats.SAKNAS, quiet=True)
    return Cell(formats.format_change(before, now, row_decimals(row)))


def table_data(rapport: Rapport, avsnitt: Avsnitt) -> TableData:
    """The printed rows of a section, uppgift saknas (R2) as a row of its own where it is not zero."""
    periods = [formats.period_short(rapport.period)]
    if rapport.jamforelse_period:
        periods.insert(0, formats.period_short(rapport.jamforelse_period))
    units = {row.enhetsord or _UNIT_HEADS[row.enhet] for row in avsnitt.rader}
    mixed = len(units) > 1
    rows: list[TableRow] = []
    for index, row in enumerate(avsnitt.rader):
        following = avsnitt.rader[index + 1] if index + 1 < len(avsnitt.rader) else None
        strong = row.niva == 0 and following is not None and following.niva > 0
        rows.append(_figure_row(row, len(periods) > 1, mixed, strong))
        if shows_uppgift_saknas(row):
            rows.append(_unknown_row(row, len(periods) > 1))
    head = "Antal om inget annat står" if mixed else units.pop()
    return TableData(head, tuple(periods), len(periods) > 1, tuple(rows))


def shows_uppgift_saknas(row: Rad) -> bool:
    """Whether R2 asks for the row: some visible number in it, of either period, is not zero."""
    return bool(row.varde.uppgift_saknas or row.jamforelse.uppgift_saknas)


def _figure_row(row: Rad, comparison: bool, mixed: bool, strong: bool) -> TableRow:
    cells: list[Cell] = []
    for earlier in (True, False) if comparison else (False,):
        if row.konsuppdelad:
            cells += [value_cell(row, earlier, key) for key, _ in KON[:2]]
        else:
            cells.append(Cell(formats.EJ_UPPDELAT, span=2, quiet=True))
        cells.append(value_cell(row, earlier, "totalt"))
    if comparison:
        cells.append(change_cell(row))
    return TableRow(row_label(row, mixed), tuple(cells), row.niva, strong)


def row_label(row: Rad, mixed: bool = True) -> str:
    """The label with its unit where the column heads do not give it: `Andel i tid, %`."""
    label = formats.shorten(row.etikett, _LONGEST_LABEL)
    suffix = formats.SUFFIX[row.enhet]
    if not mixed or not suffix or label.rstrip().endswith(suffix):
        return label
    return f"{label},{formats.HARD_SPACE}{suffix}"


def _unknown_row(row: Rad, comparison: bool) -> TableRow:
    empty = Cell("")
    cells: list[Cell] = []
    for earlier in (True, False) if comparison else (False,):
        cells += [empty, empty, value_cell(row, earlier, "uppgift_saknas")]
    if comparison:
        cells.append(change_cell(row, "uppgift_saknas"))
    return TableRow(UPPGIFT_SAKNAS, tuple(cells), row.niva + 1)


def has_values(values: Konsvarden, hidden: dict[str, str]) -> bool:
    """Whether there is anything at all: a number that is not zero, or a hidden one."""
    return bool(hidden) or any(values)
