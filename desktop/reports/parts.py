"""The parts of a section that are no rows by kön: tables, texts, lists, explained words, counts by status."""

from collections.abc import Iterable, Sequence
from functools import partial
from typing import Any

from reportlab.platypus.flowables import CondPageBreak, Flowable

from db.rules.tabell import (
    Del,
    Diagram,
    Forklaring,
    Punktlista,
    Statusantal,
    Statusrad,
    Stycke,
    Tabell,
)
from desktop.reports import formats, texts
from desktop.reports.charts import diagram_chart
from desktop.reports.flowables import Figure, Heading, Runs, TaggedParagraph
from desktop.reports.lists import DefinitionRow, ListItem
from desktop.reports.printed_tables import PrintedTable, cut_texts
from desktop.reports.statusmark import StatusCounts, paint_status
from desktop.reports.structure import StructureBuilder
from desktop.reports.styles import CONTENT, FRAME_BOTTOM, FRAME_TOP, style
from desktop.reports.tagged_table import TableBlock

FRAME_HEIGHT = FRAME_TOP - FRAME_BOTTOM
_LONGEST_CAPTION = 200
_LONGEST_NOTE = 600
_LONGEST_TERM, _LONGEST_MEANING = 200, 2000
_CUT_NOTE = "Hela texten till det som är avkortat (…) står efter tabellen."


def heights(flowables: Iterable[Flowable]) -> float:
    """What the flowables take on a page of their own, in points."""
    total = 0.0
    for flowable in flowables:
        _, height = flowable.wrap(CONTENT, 10_000)
        total += height + flowable.getSpaceBefore() + flowable.getSpaceAfter()
    return total


class Parts:
    """Makes the flowables of parts inside the open group, and numbers the tables of a report."""

    def __init__(self, structure: StructureBuilder, troskel: int) -> None:
        self._structure, self._troskel = structure, troskel
        self._tables = 0
        self._laid_out = 0
        self._headings = 0

    def next_table(self) -> int:
        """The number of the table that comes now."""
        self._tables += 1
        return self._tables

    def text(self, text: Runs, name: str, role: str = "P") -> TaggedParagraph:
        """A paragraph in the open group."""
        return TaggedParagraph.of(text, style(name), self._structure.leaf(role))

    def heading(self, text: str, level: int, anchor: str = "", name: str = "") -> Heading:
        """A heading in the open group; without `anchor` it gets one of its own."""
        self._headings += 1
        element = self._structure.leaf(f"H{level}")
        return Heading.titled(text, style(name or f"h{level}"), element, anchor or f"del-{self._headings}")

    def make(self, part: Del) -> list[Flowable]:
        """The flowables of a part, in reading order."""
        if isinstance(part, Tabell):
            return self._table(part)
        if isinstance(part, Statusrad):
            return [self._counts(part.antal)]
        if isinstance(part, Diagram):
            return self._diagram(part)
        head: list[Flowable] = [self.heading(part.rubrik, 3)] if part.rubrik else []
        if isinstance(part, Stycke):
            body = self.paragraphs(part.text)
        elif isinstance(part, Punktlista):
            body = self.points(part.punkter)
        else:
            body = self.explained(part.rader)
        return [CondPageBreak(min(heights([*head, *body[:1]]), 120.0)), *head, *body] if head else body

    def paragraphs(self, text: str, name: str = "body") -> list[Flowable]:
        """One paragraph for every line that holds anything."""
        return [self.text(line, name) for line in text.splitlines() if line.strip()]

    def points(self, points: Sequence[str]) -> list[Flowable]:
        """A list with bullets; nothing for no points."""
        items: list[Flowable] = []
        if points:
            with self._structure.group("L") as group:
                group.numbering = "Disc"
                for point in points:
                    with self._structure.group("LI"):
                        label, body = self._structure.leaf("Lbl"), self._structure.leaf("LBody")
                    items.append(ListItem(point, label, body))
        return items

    def explained(self, rows: Sequence[Forklaring]) -> list[Flowable]:
        """Words and what they mean, as a list of terms; nothing for no words."""
        made: list[Flowable] = []
        if rows:
            with self._structure.group("L"):
                for row in rows:
                    with self._structure.group("LI"):
                        label, body = self._structure.leaf("Lbl"), self._structure.leaf("LBody")
                    term = formats.shorten(row.ord, _LONGEST_TERM)
                    meaning = formats.shorten(row.text, _LONGEST_MEANING)
                    made.append(DefinitionRow(term, meaning, label, body, _sign(row.status)))
        return made

    def _counts(self, counts: Sequence[Statusantal]) -> Flowable:
        return StatusCounts(counts, [self._structure.leaf("P") for _ in counts])

    def _diagram(self, diagram: Diagram) -> list[Flowable]:
        chart = diagram_chart(diagram)
        heading = self.heading(diagram.rubrik, 3)
        figure = Figure(self._structure.leaf("Figure"), chart.alt, chart.height, chart.paint)
        made: list[Flowable] = [heading, figure]
        if diagram.not_:
            figure.spaceAfter = 4.0
            made.append(self.text(diagram.not_, "note"))
            made[-1].spaceAfter = 8.0
        return [CondPageBreak(min(heights(made), FRAME_HEIGHT - 1)), *made]

    def _table(self, tabell: Tabell) -> list[Flowable]:
        head: list[Flowable] = [self.heading(tabell.rubrik, 3)] if tabell.rubrik else []
        if not tabell.rader:
            return [*head, *self.paragraphs(tabell.tom or texts.NO_ROWS)]
        self._laid_out += 1
        with self._structure.group("Table") as table:
            caption = self._caption(tabell.bildtext) if tabell.bildtext else None
            maker = PrintedTable(tabell, table, self._laid_out)
            laid_out = maker.build()
        cut = cut_texts(tabell, maker.widths)
        notes = [*tabell.noter, texts.mark_note(tabell.marks(), self._troskel), _CUT_NOTE if cut else ""]
        notes = [text for text in (*notes, tabell.kalla) if text]
        short = [text for text in notes if len(text) <= _LONGEST_NOTE]
        block = TableBlock(caption, laid_out, [self.text(text, "note") for text in short])
        start = block.start_height(CONTENT) + heights(head)
        story: list[Flowable] = [CondPageBreak(min(start, FRAME_HEIGHT - 1)), *head, block]
        for text in notes:
            if len(text) > _LONGEST_NOTE:  # so long that it must be able to break over pages
                story += self.paragraphs(text, "note")
        return [*story, *self._whole_texts(cut)]

    def _caption(self, words: str) -> TaggedParagraph:
        name = formats.shorten(words, _LONGEST_CAPTION)
        return self.text(f"Tabell {self.next_table()}. {name}", "caption", "Caption")

    def _whole_texts(self, cut: Sequence[tuple[str, str]]) -> list[Flowable]:
        made: list[Flowable] = []
        for name, text in cut:
            first, *rest = [line for line in text.splitlines() if line.strip()] or [text]
            made.append(self.text([(f"{name}: ", True), (first, False)], "body"))
            made += [self.text(line, "body") for line in rest]
        return made


def _sign(status: str) -> Any:
    return partial(_paint_sign, status) if status else None


def _paint_sign(status: str, canvas: Any, left: float, bottom: float) -> None:
    paint_status(canvas, status, left, bottom)
