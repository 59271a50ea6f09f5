"""A print from the card as PDF: the same page, type and tags as the reports."""

from datetime import datetime
from typing import Any, BinaryIO

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import CondPageBreak, Flowable

from desktop.reports import formats, texts
from desktop.reports.flowables import Chip, Heading, TaggedParagraph, TopRule
from desktop.reports.fonts import REGULAR, printable, register_fonts
from desktop.reports.lists import DefinitionRow
from desktop.reports.page import PageTexts, printed_line, write_document
from desktop.reports.structure import Element, StructureBuilder
from desktop.reports.styles import CONTENT, colour, style
from desktop.reports.tagged_table import CellMarks, TaggedTable
from desktop.reports.tagging import DocumentInfo
from desktop.reports.utskrift import Fakta, Stycke, Tabell, Utskrift

PROTECTED = "Skyddad identitet"
_LONGEST_FACT, _LONGEST_CELL = 600, 900
_ROOM = 90.0  # points that a heading wants below it


def write_utskrift(utskrift: Utskrift, out: BinaryIO, *, utskrivet: datetime) -> None:
    """Write the print to `out`; the same print and the same `utskrivet` give the same bytes."""
    register_fonts()
    story = _Story(utskrift)
    # The title of the file never names a protected person, and `vem` does not either.
    facts = DocumentInfo(
        title=printable(f"{utskrift.titel}, {utskrift.vem}"),
        author=printable(utskrift.kommun) or "Egenväg",
        subject=printable(" ".join(utskrift.rader)),
        when=utskrivet,
    )
    words = PageTexts(
        mark=texts.DEMO if utskrift.demo else PROTECTED if utskrift.skyddad else "",
        owner=utskrift.vem,
        right=utskrift.titel,
        printed=printed_line(utskrivet),
    )
    write_document(out, story.build(), story.structure.root, facts, words)


class _Story:
    def __init__(self, utskrift: Utskrift) -> None:
        self._print = utskrift
        self.structure = StructureBuilder()

    def build(self) -> list[Flowable]:
        """Head, then part after part."""
        story = self._head()
        for number, part in enumerate(self._print.delar):
            with self.structure.group("Sect"):
                story += self._part(number, part)
        return story

    def _text(self, text: str, name: str, role: str = "P") -> TaggedParagraph:
        return TaggedParagraph.of(text, style(name), self.structure.leaf(role))

    def _head(self) -> list[Flowable]:
        told = self._print
        story: list[Flowable] = [NextPageTemplate("later"), TopRule()]
        if told.kommun:
            story.append(self._text(told.kommun, "kommun"))
        title = Heading.titled(told.titel, style("title"), self.structure.leaf("H1"), "titel")
        story += [title, self._text(told.vem, "period")]
        for mark in (PROTECTED if told.skyddad else "", texts.DEMO if told.demo else ""):
            if mark:
                story.append(Chip(mark, self.structure.leaf("P")))
        story += [self._text(line, "meta") for line in told.rader]
        story[-1].spaceAfter = 8
        return story

    def _part(self, number: int, part: Fakta | Stycke | Tabell) -> list[Flowable]:
        heading = Heading.titled(
            formats.shorten(part.rubrik, 200), style("h2"), self.structure.leaf("H2"), f"del-{number}"
        )
        head: list[Flowable] = [CondPageBreak(_ROOM), heading]
        if isinstance(part, Fakta):
            return [*head, *self._facts(part)]
        if isinstance(part, Stycke):
            return [*head, *self._lines(part.text)]
        return [*head, *self._table(number, part)]

    def _facts(self, part: Fakta) -> list[Flowable]:
        rows: list[Flowable] = []
        with self.structure.group("L"):
            for term, value in part.par:
                with self.structure.group("LI"):
                    label, body = self.structure.leaf("Lbl"), self.structure.leaf("LBody")
                    rows.append(DefinitionRow(term, formats.shorten(value, _LONGEST_FACT), label, body))
        return rows

    def _lines(self, text: str) -> list[Flowable]:
        lines = [line for line in text.splitlines() if line.strip()]
        return [self._text(line, "body") for line in lines]

    def _table(self, number: int, part: Tabell) -> list[Flowable]:
        if not part.rader:
            return [self._text(part.tom, "body")]
        with self.structure.group("Table") as table:
            laid_out = text_table(part, table, number)
        story: list[Flowable] = [laid_out]
        if part.not_:
            note = self._text(part.not_, "note")
            note.spaceBefore = 4
            story.append(note)
        return story


def text_table(part: Tabell, table: Element, number: int) -> TaggedTable:
    """A table of words: one head row, the first column heads the rows."""
    share = CONTENT / sum(column.del_ for column in part.kolumner)
    heads = table.add("THead").add("TR")
    values: list[list[Any]] = [[]]
    elements: list[list[Element | None]] = [[]]
    for place, column in enumerate(part.kolumner):
        cell = heads.add("TH")
        cell.scope, cell.ident = "Column", f"u{number}h{place}"
        values[0].append(TaggedParagraph.of(column.namn, style("head", "right" if column.hoger else "left")))
        elements[0].append(cell)
    body = table.add("TBody")
    for index, row in enumerate(part.rader):
        line = body.add("TR")
        row_values, row_elements = _row(part, line, row, f"u{number}r{index}", number)
        values.append(row_values)
        elements.append(row_elements)
    made = TaggedTable(
        values,
        colWidths=[share * column.del_ for column in part.kolumner],
        style=_look(),
        repeatRows=1,
        hAlign="LEFT",
        renderCB=CellMarks(),
    )
    made.elements, made.head_rows = elements, 1
    return made


def _row(
    part: Tabell, line: Element, row: tuple[str, ...], ident: str, number: int
) -> tuple[list[Any], list[Element | None]]:
    values: list[Any] = []
    elements: list[Element | None] = []
    for place, (column, text) in enumerate(zip(part.kolumner, row, strict=True)):
        cell = line.add("TD" if place else "TH")
        if place:
            cell.headers = (ident, f"u{number}h{place}")
        else:
            cell.scope, cell.ident = "Row", ident
        words = formats.shorten(text, _LONGEST_CELL)
        look = style("cell", "right" if column.hoger else "left")
        values.append(TaggedParagraph.of(words, look) if words else "")
        elements.append(cell)
    return values, elements


def _look() -> list[tuple[Any, ...]]:
    return [
        ("FONT", (0, 0), (-1, -1), REGULAR, 9, 11.3),
        ("VALIGN", (0, 0), (-1, 0), "BOTTOM"),
        ("VALIGN", (0, 1), (-1, -1), "TOP"),
        ("LEFTPADDING", (0, 0), (-1, -1), 0),
        ("RIGHTPADDING", (0, 0), (-1, -1), 8),
        ("TOPPADDING", (0, 0), (-1, -1), 2.6),
        ("BOTTOMPADDING", (0, 0), (-1, -1), 3.6),
        ("LINEBELOW", (0, 0), (-1, 0), 1.1, colour("text")),
        ("LINEBELOW", (0, 1), (-1, -1), 0.4, colour("neutral_border")),
    ]
