"""Tables by kön on the page: measured columns, rules and tint, and a table that tags its cells."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from reportlab.platypus.flowables import Flowable
from reportlab.platypus.tables import Table, TableRenderCB

from desktop.reports.flowables import TaggedParagraph
from desktop.reports.fonts import REGULAR, SEMIBOLD, printable, text_width
from desktop.reports.structure import Element
from desktop.reports.styles import CONTENT, colour, style
from desktop.reports.tabledata import KON, Cell, TableData, TableRow

HEAD_ROWS = 2
GROUP_ROWS = 8
_GROUP_HEIGHT = 300.0
_CHAIN_HEIGHT = 500.0
_SIZE = 9.0
_HEAD_SIZE = 8.2
_PADDING = 4.0
_GAP = 12.0
_LEAST_LABEL = 150.0
_NARROWEST_LABEL = 90.0
_LEAST_FIGURE = 37.0


class CellMarks(TableRenderCB):
    """Marks what a table draws: cells as content, tint, rules and repeated heads as artifacts."""

    def startTable(self, table: Any) -> None:
        table.repeated = False

    def startBG(self, table: Any) -> None:
        table.canv.begin_artifact()

    def endBG(self, table: Any) -> None:
        table.canv.end_artifact()

    def startRow(self, table: Any, row: int) -> None:
        table.repeated = table.offset > 0 and row < table.head_rows

    def startCell(self, table: Any, row: int, column: int, value: Any, *_look: Any) -> None:
        table.marking = False
        if table.repeated:
            table.canv.begin_artifact("Pagination")
            return
        element = table.elements[row + (table.offset if row >= table.head_rows else 0)][column]
        if element is not None and value != "":
            table.canv.begin_mark(element)
            table.marking = True

    def endCell(self, table: Any) -> None:
        if table.repeated:
            table.canv.end_artifact()
        elif table.marking:
            table.canv.end_mark()

    def endRow(self, table: Any) -> None:
        pass

    def startLines(self, table: Any) -> None:
        table.canv.begin_artifact()

    def endLines(self, table: Any) -> None:
        table.canv.end_artifact()

    def endTable(self, table: Any) -> None:
        pass


class TaggedTable(Table):
    """A table whose cells know their elements; `offset` is how many body rows earlier parts have drawn."""

    canv: Any
    _rowHeights: Any  # noqa: N815
    _nosplitCmds: Any  # noqa: N815
    elements: Sequence[Sequence[Element | None]] = ()
    offset = 0
    head_rows = 0
    repeated = False
    marking = False

    def split(self, width: float, room: float) -> list[Any]:
        """The parts share the elements; the later one begins where the earlier ended."""
        parts: list[Any] = super().split(width, room)
        drawn = self.offset
        for part in parts:
            if part is not self:
                part.elements, part.head_rows, part.offset = self.elements, self.head_rows, drawn
                drawn += len(part._cellvalues) - self.head_rows
        return parts


class TableBlock(Flowable):
    """Caption, table and notes: the caption stays with the head, the notes with the last rows."""

    _AFTER_TABLE = 4.0

    def __init__(self, caption: Flowable | None, table: TaggedTable, notes: list[Flowable]) -> None:
        super().__init__()
        self._caption, self._table, self._notes = caption, table, notes
        self.spaceAfter = 14.0

    def wrap(self, width: float, room: float) -> tuple[float, float]:
        """The three on top of each other."""
        self._caption_height = 0.0
        if self._caption:
            self._caption_height = self._caption.wrap(width, room)[1] + self._caption.getSpaceAfter()
        self._table_height = self._table.wrap(width, room)[1]
        self._note_heights = [note.wrap(width, room)[1] for note in self._notes]
        after = self._AFTER_TABLE if self._notes else 0.0
        self.width = width
        self.height = self._caption_height + self._table_height + after + sum(self._note_heights)
        return self.width, self.height

    def start_height(self, width: float) -> float:
        """What must fit for the block to begin on a page: caption, head and the first rows kept together."""
        self.wrap(width, 10_000)
        heights = self._table._rowHeights
        least = self._table.head_rows + 3
        kept = max((end + 1 for start, end in self._kept_rows() if start < least), default=0)
        if len(heights) <= max(least, kept) + 1:
            return self.height
        return self._caption_height + float(sum(heights[: max(least, kept)]))

    def _kept_rows(self) -> Iterable[tuple[int, int]]:
        for command in self._table._nosplitCmds:
            yield command[1][1], command[2][1]

    def split(self, width: float, room: float) -> list[Flowable]:
        """Between rows, never between the last rows and the notes."""
        room = min(room - self._caption_height, self._table_height - 0.1)
        parts = self._table.split(width, room)
        if len(parts) < 2:
            return []
        return [TableBlock(self._caption, parts[0], []), TableBlock(None, parts[1], self._notes)]

    def draw(self) -> None:
        """From the top down, which is also the reading order."""
        top = self.height
        if self._caption:
            self._caption.drawOn(self.canv, 0, top - self._caption_height + self._caption.getSpaceAfter())
        top -= self._caption_height + self._table_height
        self._table.drawOn(self.canv, 0, top)
        top -= self._AFTER_TABLE
        for note, height in zip(self._notes, self._note_heights, strict=True):
            top -= height
            note.drawOn(self.canv, 0, top)


def column_widths(data: TableData, least_label: float = _LEAST_LABEL) -> list[float]:
    """Widths in points that fill the page: figures get what they need, the label the rest."""
    figures = [_figure_width(data, column) for column in range(1, data.columns)]
    for period in range(1, len(data.periods)):
        figures[3 * period] += _GAP
    if data.with_change:
        figures[-1] += _GAP
    spare = CONTENT - least_label - sum(figures)
    if spare < 0:  # very large numbers: the label gives way first, and breaks over more lines
        narrowest = max(_NARROWEST_LABEL, CONTENT - sum(figures))
        figures = [width * min(1.0, (CONTENT - narrowest) / sum(figures)) for width in figures]
        spare = 0.0
    roomier = min(spare / (2 * len(figures)), 6.0 if len(data.periods) > 1 else 18.0)
    figures = [width + roomier for width in figures]
    return [CONTENT - sum(figures), *figures]


def _figure_width(data: TableData, column: int) -> float:
    heads = [name for _ in data.periods for _, name in KON] + ["Ändring totalt"] * data.with_change
    widest = text_width(heads[column - 1], SEMIBOLD, _HEAD_SIZE)
    for row in data.rows:
        at = 1
        for cell in row.cells:
            if at == column and cell.span == 1:
                widest = max(widest, text_width(printable(cell.text), SEMIBOLD, _SIZE))
            at += cell.span
    return max(widest + 2 * _PADDING, _LEAST_FIGURE)


class TableLayout:
    """Turns TableData into a tagged, styled table inside an open Table element."""

    def __init__(self, data: TableData, table: Element, number: int) -> None:
        self._data, self._table, self._number = data, table, number
        self._commands: list[tuple[Any, ...]] = []
        self._values: list[list[Any]] = []
        self._elements: list[list[Element | None]] = []
        self._widths = column_widths(data)

    def build(self) -> TaggedTable:
        """The table, measured, with the groups that stay together."""
        self._add_heads()
        body = self._table.add("TBody")
        for index, row in enumerate(self._data.rows):
            self._add_row(index, row, body)
        table = TaggedTable(
            self._values,
            colWidths=self._widths,
            style=[*self._base_commands(), *self._commands],
            repeatRows=HEAD_ROWS,
            hAlign="LEFT",
            renderCB=CellMarks(),
        )
        table.elements, table.head_rows = self._elements, HEAD_ROWS
        table.wrap(CONTENT, 10_000)
        table.setStyle(self._kept_together(table._rowHeights))
        return table

    def _add_heads(self) -> None:
        data, columns = self._data, self._data.columns
        head = self._table.add("THead")
        values: list[list[Any]] = [[""] * columns for _ in range(HEAD_ROWS)]
        elements: list[list[Element | None]] = [[None] * columns for _ in range(HEAD_ROWS)]
        rows = [head.add("TR"), head.add("TR")]

        def add(row: int, column: int, text: str, align: str, width: float) -> Element:
            cell = rows[row].add("TH")
            cell.scope, cell.ident = "Column", f"t{self._number}h{row}{column:02}"
            paragraph = TaggedParagraph.of(text, style("head", align))
            paragraph.wrap(width, 1000)
            values[row][column], elements[row][column] = paragraph, cell
            return cell

        first = add(0, 0, data.head, "left", self._widths[0])
        first.row_span = HEAD_ROWS
        self._commands.append(("SPAN", (0, 0), (0, 1)))
        for period, name in enumerate(data.periods):
            start = 1 + 3 * period
            group = add(0, start, name, "centre", sum(self._widths[start : start + 3]))
            group.column_span = 3
            self._commands.append(("SPAN", (start, 0), (start + 2, 0)))
        if data.with_change:
            last = add(0, columns - 1, "Ändring totalt", "right", self._widths[-1])
            last.row_span = HEAD_ROWS
            self._commands.append(("SPAN", (columns - 1, 0), (columns - 1, 1)))
        for period in range(len(data.periods)):
            for offset, (_, name) in enumerate(KON):
                column = 1 + 3 * period + offset
                cell = add(1, column, name, "right", self._widths[column])
                cell.headers = (f"t{self._number}h0{1 + 3 * period:02}",)
        self._values += values
        self._elements += elements

    def _add_row(self, index: int, row: TableRow, body: Element) -> None:
        at = HEAD_ROWS + index
        line = body.add("TR")
        head = line.add("TH")
        head.scope, head.ident = "Row", f"t{self._number}r{index}"
        label_style = style("cell_strong" if row.strong else "cell", indent=9.0 * row.level)
        values: list[Any] = [TaggedParagraph.of(row.label, label_style)]
        elements: list[Element | None] = [head]
        for cell in row.cells:
            column = len(values)
            element = line.add("TD")
            element.headers = (head.ident, *self._column_heads(column, cell.span))
            element.column_span = cell.span
            if cell.spoken:
                element = element.add("Span")
                element.actual_text = cell.spoken
            self._style_cell(at, column, cell, row.strong)
            values += [printable(cell.text)] + [""] * (cell.span - 1)
            elements += [element] + [None] * (cell.span - 1)
        self._values.append(values)
        self._elements.append(elements)

    def _column_heads(self, column: int, span: int) -> list[str]:
        if column > 3 * len(self._data.periods):
            return [f"t{self._number}h0{column:02}"]
        group = 1 + 3 * ((column - 1) // 3)
        own = [f"t{self._number}h1{place:02}" for place in range(column, column + span)]
        return [f"t{self._number}h0{group:02}", *own]

    def _style_cell(self, at: int, column: int, cell: Cell, strong: bool) -> None:
        place = (column, at)
        if cell.span > 1:
            self._commands.append(("SPAN", place, (column + cell.span - 1, at)))
            self._commands.append(("ALIGN", place, place, "CENTER"))
        if cell.quiet:
            self._commands.append(("TEXTCOLOR", place, place, colour("text2")))
            self._commands.append(("FONT", place, place, REGULAR, 8.6, 11.3))
        elif strong or column in self._total_columns():
            self._commands.append(("FONT", place, place, SEMIBOLD, _SIZE, 11.3))

    def _total_columns(self) -> list[int]:
        return [3 + 3 * period for period in range(len(self._data.periods))]

    def _base_commands(self) -> list[tuple[Any, ...]]:
        last_figure = 3 * len(self._data.periods)
        body = HEAD_ROWS
        return [
            ("FONT", (0, 0), (-1, -1), REGULAR, _SIZE, 11.3),
            ("TEXTCOLOR", (0, 0), (-1, -1), colour("text")),
            ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
            ("VALIGN", (0, 0), (-1, 1), "BOTTOM"),
            ("VALIGN", (0, body), (-1, -1), "TOP"),
            ("LEFTPADDING", (0, 0), (-1, -1), 0),
            ("RIGHTPADDING", (0, 0), (-1, -1), _PADDING),
            ("TOPPADDING", (0, 0), (-1, 1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, 1), 3),
            ("TOPPADDING", (0, body), (-1, -1), 2.6),
            ("BOTTOMPADDING", (0, body), (-1, -1), 3.6),
            *(
                ("BACKGROUND", (column, 1), (column, -1), colour("neutral_soft"))
                for column in self._total_columns()
            ),
            ("LINEBELOW", (1, 0), (last_figure, 0), 0.7, colour("border_strong")),
            ("LINEBELOW", (0, body), (-1, -2), 0.4, colour("neutral_border")),
            *self._group_rules(),
            ("LINEBELOW", (0, 1), (-1, 1), 1.1, colour("text")),
            ("LINEBELOW", (0, -1), (-1, -1), 0.7, colour("border_strong")),
        ]

    def _group_rules(self) -> list[tuple[Any, ...]]:
        rules: list[tuple[Any, ...]] = []
        for index, (above, row) in enumerate(pairwise(self._data.rows)):
            if row.level == 0 and above.level > 0:
                at = HEAD_ROWS + index
                rules.append(("LINEBELOW", (0, at), (-1, at), 0.7, colour("border_strong")))
        return rules

    def _kept_together(self, heights: Sequence[float]) -> list[tuple[Any, ...]]:
        """Groups of up to eight rows, three rows first and last; never more than fits a page."""
        count = len(self._data.rows)
        ends = [(0, min(2, count - 1)), (max(count - 3, 0), count - 1)]
        groups = [(0, count - 1)] if count <= GROUP_ROWS else [*ends, *self._groups()]
        body = heights[HEAD_ROWS:]
        kept = [(first, last) for first, last in groups if sum(body[first : last + 1]) <= _GROUP_HEIGHT]
        if any(sum(body[first : last + 1]) > _CHAIN_HEIGHT for first, last in _chained(kept)):
            kept = [group for group in kept if group not in ends]
        return [
            ("NOSPLIT", (0, first + HEAD_ROWS), (-1, last + HEAD_ROWS))
            for first, last in kept
            if first < last
        ]

    def _groups(self) -> Iterable[tuple[int, int]]:
        starts = [index for index, row in enumerate(self._data.rows) if row.level == 0]
        for start, end in pairwise([*starts, len(self._data.rows)]):
            if 1 < end - start <= GROUP_ROWS:
                yield start, end - 1


def _chained(groups: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The groups with those that share a row joined: what cannot be split, in truth."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(groups):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
