"""Tables by kön on the page: measured columns, rules and tint."""

from itertools import pairwise
from typing import Any

from desktop.reports.flowables import TaggedParagraph
from desktop.reports.fonts import REGULAR, SEMIBOLD, printable, text_width
from desktop.reports.structure import Element
from desktop.reports.styles import CONTENT, colour, style
from desktop.reports.tabledata import KON, Cell, TableData, TableRow
from desktop.reports.tagged_table import CellMarks, TaggedTable, kept_together

HEAD_ROWS = 2
_SIZE = 9.0
_HEAD_SIZE = 8.2
_PADDING = 4.0
_GAP = 12.0
_LEAST_LABEL = 150.0
_NARROWEST_LABEL = 90.0
_LEAST_FIGURE = 37.0


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
        starts = [index for index, row in enumerate(self._data.rows) if row.level == 0]
        table.setStyle(kept_together(starts, table.measure(CONTENT), HEAD_ROWS))
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
