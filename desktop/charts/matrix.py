"""Before and after: how many went from each row to each column; every number stands, large ones darker."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.rules.figurer import Tal
from desktop.charts.picture import MISSING, Picture, Say, Table, TableRow, empty_picture, fact_of, say
from desktop.charts.scene import (
    AXIS,
    LEADING,
    TEXT,
    Drawing,
    Fill,
    Label,
    Measure,
    Part,
    Rect,
    Shape,
    Stroke,
    box_outline,
)
from desktop.charts.words import cut, fit_lines

KIND = "Tabell med färger"
_ROW = 28.0
_HEAD_LEADING = 13.0
_HEAD_LINES = 3
_LABEL_SHARE = 0.34
_MOST_LABEL = 220.0
_MOST_CELL = 110.0
# Light to dark, each with the colour of the number on it.
_SHADES = (("s1", "text"), ("s2", "text"), ("s3", "text"), ("s5", "surface"))
_BORDERS = (0.15, 0.35, 0.6)  # of the largest number


@dataclass(frozen=True, slots=True)
class Cell:
    """How many (None where hidden, with its mark), what is chosen, and what more is read out: "kvinnor 7"."""

    value: Tal | None
    id: str = ""
    mark: str = ""
    detail: str = ""


def matrix(
    title: str,
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[Cell]],
    *,
    told: Say = say,
    corner: str = "Före",
    across: str = "Efter",
    total: str = "Totalt",
    source: str = "",
) -> Picture:
    """A cell per row and column, and their sums where nothing in them is hidden; a zero has no colour.

    A row and a column of the same name are framed where they meet: nothing has changed there.
    ValueError where the cells are not as many as rows and columns: that is a bug.
    """
    if len(cells) != len(rows) or any(len(row) != len(columns) for row in cells):
        raise ValueError("the cells are not as many as rows and columns")
    table = _table(rows, columns, cells, told, corner, total)
    if not any(cell.value for row in cells for cell in row):
        fact = fact_of(cell.mark for row in cells for cell in row)
        return empty_picture(title, KIND, table, source, fact)

    def draw(width: float, _height: float, measure: Measure) -> Drawing:
        return _Layout(rows, columns, cells, told, (corner, across, total), width, measure).draw()

    words = " ".join(
        f"{row} till {column}: {_text(cell, told)}."
        for row, line in zip(rows, cells, strict=True)
        for column, cell in zip(columns, line, strict=True)
        if cell.value or cell.mark
    )
    return Picture(title, KIND, words, table, draw, source)


def _text(cell: Cell, told: Say) -> str:
    return told(cell.value) if cell.value is not None else cell.mark or MISSING


def _sum(cells: Sequence[Cell], told: Say) -> str:
    values = [cell.value for cell in cells]
    known = [value for value in values if value is not None]
    return told(sum(known)) if len(known) == len(values) else MISSING


def _table(
    rows: Sequence[str],
    columns: Sequence[str],
    cells: Sequence[Sequence[Cell]],
    told: Say,
    corner: str,
    total: str,
) -> Table:
    made = []
    for name, line in zip(rows, cells, strict=True):
        texts = [_text(cell, told) for cell in line]
        choices = tuple(
            (f"{name} – {column} {text}", cell.id)
            for column, text, cell in zip(columns, texts, line, strict=True)
            if cell.id
        )
        made.append(TableRow((name, *texts, _sum(line, told)), choices))
    sums = [_sum([line[at] for line in cells], told) for at in range(len(columns))]
    whole = _sum([cell for line in cells for cell in line], told)
    return Table((corner, *columns, total), (*made, TableRow((total, *sums, whole))))


class _Layout:
    def __init__(
        self,
        rows: Sequence[str],
        columns: Sequence[str],
        cells: Sequence[Sequence[Cell]],
        told: Say,
        heads: tuple[str, str, str],
        width: float,
        measure: Measure,
    ) -> None:
        self._rows, self._columns, self._cells, self._told = rows, columns, cells, told
        self._corner, self._across, self._total = heads
        self._width, self._measure = width, measure
        self._most = max(float(cell.value or 0) for line in cells for cell in line)
        widest = max(self._words(name) for name in (*rows, self._corner, self._total)) + 34
        self._left = min(widest, _LABEL_SHARE * width, _MOST_LABEL)
        self._cell = min((width - self._left) / (len(columns) + 1), _MOST_CELL)
        self._numbered = any(self._breaks(name) for name in columns)
        heads_of = [self._head(at) for at in range(len(columns))]
        self._head_lines = [*heads_of, [cut(self._total, self._cell - 4, self._small)]]
        self._top = 18 + max(len(lines) for lines in self._head_lines) * _HEAD_LEADING + 6

    def _words(self, text: str) -> float:
        return self._measure(text, TEXT, False)

    def _small(self, text: str) -> float:
        return self._measure(text, AXIS, False)

    def _breaks(self, name: str) -> bool:
        """Whether a name does not fit over its column without breaking a word."""
        lines = fit_lines(name, self._cell - 6, _HEAD_LINES + 1, self._small)
        return len(lines) > _HEAD_LINES or any(self._small(word) > self._cell - 6 for word in name.split())

    def _head(self, at: int) -> list[str]:
        if self._numbered:
            return [str(at + 1)]
        return fit_lines(self._columns[at], self._cell - 6, _HEAD_LINES, self._small)

    def draw(self) -> Drawing:
        shapes: list[Shape] = [*self._heads()]
        parts: list[Part] = []
        for row, (name, line) in enumerate(zip(self._rows, self._cells, strict=True)):
            self._row(row, name, line, shapes, parts)
        top = self._top + len(self._rows) * _ROW
        shapes += self._sums(top)
        bottom = top + _ROW
        if self._numbered and list(self._rows) != list(self._columns):
            bottom = self._key(bottom + 6, shapes)
        if set(self._rows) & set(self._columns):
            bottom = self._frame_key(bottom + 4, shapes)
        return Drawing(self._width, bottom, tuple(shapes), tuple(parts))

    def _middle(self, column: int) -> float:
        return self._left + (column + 0.5) * self._cell

    def _heads(self) -> list[Shape]:
        room = self._cell * len(self._columns)
        corner = cut(self._corner, self._left - 10, self._small)
        across = cut(self._across, room, self._small)
        shapes: list[Shape] = [
            Label(corner, 0, self._top - 9, AXIS, colour="text2"),
            Label(across, self._left + 3, 11, AXIS, colour="text2"),
        ]
        for column, lines in enumerate(self._head_lines):
            top = self._top - 9 - (len(lines) - 1) * _HEAD_LEADING
            shapes += [
                Label(
                    line,
                    self._middle(column),
                    top + at * _HEAD_LEADING,
                    AXIS,
                    colour="text2",
                    anchor="middle",
                )
                for at, line in enumerate(lines)
            ]
        return shapes

    def _row(self, row: int, name: str, line: Sequence[Cell], shapes: list[Shape], parts: list[Part]) -> None:
        top = self._top + row * _ROW
        same = self._numbered and list(self._rows) == list(self._columns)
        label = f"{row + 1}  {name}" if same else name
        shapes.append(Label(cut(label, self._left - 10, self._words), 0, top + 18, TEXT))
        for column, cell in enumerate(line):
            x = self._left + column * self._cell
            tone = self._ground(cell, x, top, name == self._columns[column], shapes)
            text = cut(_text(cell, self._told), self._cell - 2, self._words)
            shapes.append(Label(text, self._middle(column), top + 18, TEXT, colour=tone, anchor="middle"))
            said = f"{name} till {self._columns[column]}: {_text(cell, self._told)}"
            said += f" ({cell.detail})" if cell.detail else ""
            parts.append(Part(said, box_outline(x, top, self._cell, _ROW), column, row, cell.id))
        self._end(line, top, shapes)

    def _ground(self, cell: Cell, x: float, top: float, unchanged: bool, shapes: list[Shape]) -> str:
        """The coloured box of a cell; the colour of the number in it."""
        share = float(cell.value or 0) / self._most
        shade, tone = _SHADES[sum(share > border for border in _BORDERS)]
        fill = Fill(shade) if share > 0 else None
        edge = Stroke("border_strong", 1.5) if unchanged else None
        if fill or edge:
            shapes.append(Rect(x + 1, top + 1, self._cell - 2, _ROW - 2, fill, edge, 3))
        return tone if share > 0 else "text2"

    def _end(self, line: Sequence[Cell], top: float, shapes: list[Shape]) -> None:
        text = cut(_sum(line, self._told), self._cell - 2, lambda words: self._measure(words, TEXT, True))
        shapes.append(Label(text, self._middle(len(self._columns)), top + 18, TEXT, True, anchor="middle"))

    def _sums(self, top: float) -> list[Shape]:
        shapes: list[Shape] = [Label(cut(self._total, self._left - 10, self._words), 0, top + 18, TEXT, True)]
        columns = [[line[at] for line in self._cells] for at in range(len(self._columns))]
        whole = [cell for line in self._cells for cell in line]
        for at, cells in enumerate([*columns, whole]):
            text = cut(
                _sum(cells, self._told), self._cell - 2, lambda words: self._measure(words, TEXT, True)
            )
            shapes.append(Label(text, self._middle(at), top + 18, TEXT, True, anchor="middle"))
        return shapes

    def _frame_key(self, top: float, shapes: list[Shape]) -> float:
        """What a frame stands for."""
        shapes.append(Rect(self._left + 1, top + 4, 18, 12, None, Stroke("border_strong", 1.5), 3))
        text = cut("Oförändrat", self._width - self._left - 26, self._small)
        shapes.append(Label(text, self._left + 26, top + 14, AXIS, colour="text2"))
        return top + 20

    def _key(self, top: float, shapes: list[Shape]) -> float:
        """What the numbers over the columns stand for."""
        text = "   ".join(f"{at}\u00a0{name}" for at, name in enumerate(self._columns, start=1))
        lines = fit_lines(text, self._width, 8, self._small)
        shapes += [
            Label(line, 0, top + 12 + at * LEADING, AXIS, colour="text2") for at, line in enumerate(lines)
        ]
        return top + 6 + len(lines) * LEADING
