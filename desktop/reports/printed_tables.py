"""A Tabell on the page: heads in one or two rows, bands, figures right, words left, tagged cell by cell."""

from collections.abc import Iterator, Sequence
from itertools import groupby
from typing import Any

from db.rules.tabell import Tabell, Tabellcell, Tabellkolumn, Tabellrad
from desktop.reports import formats
from desktop.reports.column_widths import SIZE, column_widths, padding_of
from desktop.reports.flowables import TaggedParagraph
from desktop.reports.fonts import REGULAR, SEMIBOLD, printable, text_width
from desktop.reports.statusmark import StatusCell
from desktop.reports.structure import Element
from desktop.reports.styles import CONTENT, Align, colour, style
from desktop.reports.tagged_table import CellMarks, TaggedTable, kept_together

_QUIET = 8.6
_LINES = 26  # what a cell holds at most: its row must fit a page
_POINTS_PER_CHARACTER = 4.6
_LEAST_CHARACTERS = 60
_SENTENCE = 18

Row = tuple[list[Any], list[Element | None]]


def longest_text(width: float) -> int:
    """How many characters a cell of so many points may hold before it is cut."""
    return max(int(_LINES * width / _POINTS_PER_CHARACTER), _LEAST_CHARACTERS)


def cut_texts(tabell: Tabell, widths: Sequence[float]) -> list[tuple[str, str]]:
    """What cells of these widths could not hold, whole: (row and column, text) in reading order."""
    found: list[tuple[str, str]] = []
    for rad in tabell.rader:
        name = formats.shorten(rad.etikett, 60)
        if len(rad.etikett) > longest_text(sum(widths[: rad.spann])):
            found.append((name, rad.etikett))
        for at, cell in _placed(rad):
            if len(cell.text) > longest_text(sum(widths[at : at + cell.spann])):
                found.append((f"{name}, {tabell.kolumner[at].namn}", cell.text))
    return found


def _placed(rad: Tabellrad, columns: int = 0) -> Iterator[tuple[int, Tabellcell]]:
    """The cells with their columns; a row that ends early is filled to so many `columns`."""
    at = rad.spann
    for cell in rad.celler:
        yield at, cell
        at += cell.spann
    if at < columns:
        yield at, Tabellcell(spann=columns - at)


class PrintedTable:
    """Turns a Tabell into a tagged, styled table inside an open Table element; `number` makes IDs unique."""

    def __init__(self, tabell: Tabell, table: Element, number: int) -> None:
        self._tabell, self._table, self._id = tabell, table, f"g{number}"
        self.widths = column_widths(tabell)
        self._head_rows = 2 if any(kolumn.grupp for kolumn in tabell.kolumner) else 1
        self._commands: list[tuple[Any, ...]] = []
        self._heads: list[tuple[str, ...]] = []  # the IDs over each column
        self._band = ""
        self._rows: list[Row] = []

    def build(self) -> TaggedTable:
        """The table, measured, with the groups that stay together."""
        self._add_heads()
        body = self._table.add("TBody")
        for index, rad in enumerate(self._tabell.rader):
            self._add_row(index, rad, body)
        made = TaggedTable(
            [values for values, _ in self._rows],
            colWidths=self.widths,
            style=[*self._base_commands(), *self._commands],
            repeatRows=self._head_rows,
            hAlign="LEFT",
            renderCB=CellMarks(),
        )
        made.elements, made.head_rows = [elements for _, elements in self._rows], self._head_rows
        made.setStyle(kept_together(self._starts(), made.measure(CONTENT), self._head_rows))
        return made

    def _starts(self) -> list[int]:
        """The rows that open a group: bands where there are any (the first of several in a row), else rows of
        the first level."""
        rows = self._tabell.rader
        banded = any(rad.band for rad in rows)
        if not banded:
            return [i for i, rad in enumerate(rows) if rad.niva == 0]
        return [i for i, rad in enumerate(rows) if rad.band and not (i and rows[i - 1].band)]

    def _add_heads(self) -> None:
        head = self._table.add("THead")
        count = len(self._tabell.kolumner)
        rows = [head.add("TR") for _ in range(self._head_rows)]
        self._rows = [([""] * count, [None] * count) for _ in rows]
        at = 0
        for group, columns in groupby(self._tabell.kolumner, key=lambda kolumn: kolumn.grupp):
            named = list(columns)
            if group:
                self._add_group(rows, at, group, named)
            else:
                for offset, kolumn in enumerate(named):
                    self._add_head(rows[0], 0, at + offset, kolumn, self._head_rows)
            at += len(named)

    def _add_group(self, rows: list[Element], at: int, group: str, columns: Sequence[Tabellkolumn]) -> None:
        last = at + len(columns) - 1
        cell = self._head_cell(rows[0], 0, at, group, "centre" if len(columns) > 1 else "right")
        cell.column_span = len(columns)
        self._commands.append(("SPAN", (at, 0), (last, 0)))
        self._commands.append(("LINEBELOW", (at, 0), (last, 0), 0.7, colour("border_strong")))
        for offset, kolumn in enumerate(columns):
            self._add_head(rows[1], 1, at + offset, kolumn, 1, cell.ident)

    def _add_head(
        self, line: Element, row: int, at: int, kolumn: Tabellkolumn, down: int, group: str = ""
    ) -> None:
        cell = self._head_cell(line, row, at, kolumn.namn, "right" if kolumn.siffror else "left")
        cell.row_span = down
        cell.headers = (group,) if group else ()
        if down > 1:
            self._commands.append(("SPAN", (at, 0), (at, down - 1)))
        self._heads.append((group, cell.ident) if group else (cell.ident,))

    def _head_cell(self, line: Element, row: int, at: int, text: str, align: Align) -> Element:
        cell = line.add("TH")
        cell.scope, cell.ident = "Column", f"{self._id}h{row}{at:02}"
        values, elements = self._rows[row]
        values[at] = TaggedParagraph.of(formats.shorten(text, 80), style("head", align))
        elements[at] = cell
        return cell

    def _add_row(self, index: int, rad: Tabellrad, body: Element) -> None:
        count = len(self._tabell.kolumner)
        row: Row = ([""] * count, [None] * count)
        self._rows.append(row)
        line, at = body.add("TR"), self._head_rows + index
        head = line.add("TH")
        head.scope, head.ident, head.column_span = "Row", f"{self._id}r{index}", rad.spann
        head.headers = (self._band,) if self._band and not rad.band else ()
        self._band = head.ident if rad.band else self._band
        strong = rad.stark or rad.band
        label = formats.shorten(rad.etikett, longest_text(sum(self.widths[: rad.spann])))
        look = style("cell_strong" if strong else "cell", indent=9.0 * rad.niva)
        row[0][0], row[1][0] = TaggedParagraph.of(label, look), head
        if rad.spann > 1:
            self._commands.append(("SPAN", (0, at), (rad.spann - 1, at)))
        for column, cell in _placed(rad, count):
            element = line.add("TD")
            element.headers = (*head.headers, head.ident, *self._heads_over(column, cell.spann))
            element.column_span = cell.spann
            self._place(row, at, column, cell, element, strong)
        if rad.band:
            self._commands.append(("BACKGROUND", (0, at), (-1, at), colour("neutral_soft")))
            self._commands.append(("LINEABOVE", (0, at), (-1, at), 0.7, colour("border_strong")))

    def _heads_over(self, column: int, span: int) -> list[str]:
        over = self._heads[column : column + span]
        return list(dict.fromkeys(ident for idents in over for ident in idents))

    def _place(
        self, row: Row, at: int, column: int, cell: Tabellcell, element: Element, strong: bool
    ) -> None:
        values, elements = row
        kolumn = self._tabell.kolumner[column]
        width = sum(self.widths[column : column + cell.spann])
        room = width - sum(padding_of(self._tabell, column)) - 0.1
        text = printable(formats.shorten(cell.text, longest_text(width)))
        strong = strong or cell.stark or (kolumn.totalt and not cell.tyst)
        if cell.spann > 1:
            self._commands.append(("SPAN", (column, at), (column + cell.spann - 1, at)))
        if cell.status:
            values[column] = StatusCell(cell.status, text, element)
            return
        if cell.dold:
            element = element.add("Span")
            element.actual_text = formats.spoken_mark(cell.dold)
        elements[column] = element
        size = _QUIET if cell.tyst else SIZE
        align: Align = (
            "centre" if cell.spann > 1 and kolumn.siffror else "right" if kolumn.siffror else "left"
        )
        if text_width(text, SEMIBOLD if strong else REGULAR, size) <= room:
            values[column] = text
            self._style_cell((column, at), cell, strong, align)
        else:
            name = "note" if cell.tyst else "cell_strong" if strong else "cell"
            if len(text) > _SENTENCE and kolumn.siffror:  # words among figures read from the left
                name, align = "cell", "left"
            values[column] = TaggedParagraph.of(text, style(name, align))

    def _style_cell(self, place: tuple[int, int], cell: Tabellcell, strong: bool, align: Align) -> None:
        if align == "centre":
            self._commands.append(("ALIGN", place, place, "CENTER"))
        if cell.tyst:
            self._commands.append(("TEXTCOLOR", place, place, colour("text2")))
            self._commands.append(("FONT", place, place, REGULAR, _QUIET, 11.3))
        elif strong:
            self._commands.append(("FONT", place, place, SEMIBOLD, SIZE, 11.3))

    def _base_commands(self) -> list[tuple[Any, ...]]:
        body, kolumner = self._head_rows, self._tabell.kolumner
        commands: list[tuple[Any, ...]] = [
            ("FONT", (0, 0), (-1, -1), REGULAR, SIZE, 11.3),
            ("TEXTCOLOR", (0, 0), (-1, -1), colour("text")),
            ("VALIGN", (0, 0), (-1, body - 1), "BOTTOM"),
            ("VALIGN", (0, body), (-1, -1), "TOP"),
            ("TOPPADDING", (0, 0), (-1, body - 1), 2),
            ("BOTTOMPADDING", (0, 0), (-1, body - 1), 3),
            ("TOPPADDING", (0, body), (-1, -1), 2.6),
            ("BOTTOMPADDING", (0, body), (-1, -1), 3.6),
            ("LINEBELOW", (0, body), (-1, -2), 0.4, colour("neutral_border")),
            ("LINEBELOW", (0, body - 1), (-1, body - 1), 1.1, colour("text")),
            ("LINEBELOW", (0, -1), (-1, -1), 0.7, colour("border_strong")),
        ]
        for at, kolumn in enumerate(kolumner):
            left, right = padding_of(self._tabell, at)
            commands.append(("LEFTPADDING", (at, 0), (at, -1), left))
            commands.append(("RIGHTPADDING", (at, 0), (at, -1), right))
            commands.append(("ALIGN", (at, 0), (at, -1), "RIGHT" if kolumn.siffror else "LEFT"))
            if kolumn.totalt:
                commands.append(("BACKGROUND", (at, body - 1), (at, -1), colour("neutral_soft")))
        return commands
