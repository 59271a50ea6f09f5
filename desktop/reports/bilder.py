"""Charts put together in a report of their own: each drawn as on the screen, with its figures in a table."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import BinaryIO

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import CondPageBreak, Flowable

from desktop.charts.picture import Picture, Table
from desktop.reports import formats, texts
from desktop.reports.drawing import place
from desktop.reports.flowables import Chip, Figure, Heading, TaggedParagraph, TopRule
from desktop.reports.fonts import REGULAR, SEMIBOLD, printable, register_fonts, text_width
from desktop.reports.page import PageTexts, printed_line, write_document
from desktop.reports.structure import StructureBuilder
from desktop.reports.styles import CONTENT, style
from desktop.reports.tagging import DocumentInfo
from desktop.reports.utskrift import Kolumn, Tabell
from desktop.reports.utskrift_pdf import text_table

_TITLE = "Bildrapport"
_LONGEST_TITLE = 200
_HEAD_ROOM = 40.0  # points of a picture's heading
_HEAD, _CELL = 8.2, 9.0  # points of text
_MOST_WORDS = 170.0  # points; longer names go over lines
_GAP = 12.0


@dataclass(frozen=True, slots=True)
class Bildrapport:
    """Pictures in the order they are printed, already hidden (R12), and whose they are."""

    bilder: tuple[Picture, ...]
    kommun: str = ""
    namnd: str = ""
    demo: bool = False


def write_bilder(rapport: Bildrapport, out: BinaryIO, *, utskrivet: datetime) -> None:
    """Write the pictures as a tagged PDF; the same pictures and `utskrivet` give the same bytes."""
    register_fonts()
    story = _Story(rapport)
    owner = " · ".join(name for name in (rapport.kommun, rapport.namnd) if name)
    titles = ", ".join(picture.title for picture in rapport.bilder)
    facts = DocumentInfo(
        title=_TITLE,
        author=printable(owner) or "Egenväg",
        subject=printable(formats.shorten(titles, _LONGEST_TITLE)),
        when=utskrivet,
    )
    words = PageTexts(texts.DEMO if rapport.demo else "", owner, _TITLE, printed_line(utskrivet))
    write_document(out, story.build(utskrivet), story.structure.root, facts, words)


class _Story:
    def __init__(self, rapport: Bildrapport) -> None:
        self._rapport = rapport
        self.structure = StructureBuilder()

    def build(self, when: datetime) -> list[Flowable]:
        """Head, then picture after picture."""
        rapport = self._rapport
        story: list[Flowable] = [NextPageTemplate("later"), TopRule()]
        owner = ", ".join(name for name in (rapport.kommun, rapport.namnd) if name)
        if owner:
            story.append(self._text(owner, "kommun"))
        story.append(Heading.titled(_TITLE, style("title"), self.structure.leaf("H1"), "titel"))
        story.append(self._text(f"Utskriven {when:%Y-%m-%d}", "period"))
        if rapport.demo:
            story.append(Chip(texts.DEMO, self.structure.leaf("P")))
        for number, picture in enumerate(rapport.bilder):
            with self.structure.group("Sect"):
                story += self._picture(number, picture)
        return story

    def _text(self, text: str, name: str) -> TaggedParagraph:
        return TaggedParagraph.of(text, style(name), self.structure.leaf("P"))

    def _picture(self, number: int, picture: Picture) -> list[Flowable]:
        chart = place(picture)
        title = formats.shorten(" ".join(picture.title.split()), _LONGEST_TITLE)
        heading = Heading.titled(title, style("h2"), self.structure.leaf("H2"), f"bild-{number}")
        story: list[Flowable] = [CondPageBreak(chart.height + _HEAD_ROOM), heading]
        if picture.empty:
            story.append(self._text(picture.words, "body"))
        else:
            figure = self.structure.leaf("Figure")
            story.append(Figure(figure, chart.alt, chart.height, chart.paint))
        story += self._table(number, picture)
        if picture.source:
            note = self._text(picture.source, "note")
            note.spaceBefore = 4
            story.append(note)
        return story

    def _table(self, number: int, picture: Picture) -> list[Flowable]:
        """The figures; a table too wide for the page is left to the picture's Alt text."""
        widths = _widths(picture.table)
        if not picture.table.rows or sum(widths) > CONTENT:
            return []
        with self.structure.group("Table") as table:
            return [text_table(_as_text(picture, widths), table, number)]


def _widths(figures: Table) -> list[float]:
    """Points that each column needs: no word of a head and no figure is broken."""
    widths = []
    for at, head in enumerate(figures.heads):
        longest = max((text_width(printable(word), SEMIBOLD, _HEAD) for word in head.split()), default=0.0)
        cells = max(
            (text_width(printable(row.cells[at]), REGULAR, _CELL) for row in figures.rows), default=0.0
        )
        widths.append(max(longest, min(cells, _MOST_WORDS)) + _GAP)
    return widths


def _as_text(picture: Picture, widths: Sequence[float]) -> Tabell:
    """The table as wide as the page: what is left goes to the columns of words."""
    words = picture.table.words
    more = (CONTENT - sum(widths)) / words
    columns = [
        Kolumn(head, width + (more if at < words else 0.0), hoger=at >= words)
        for at, (head, width) in enumerate(zip(picture.table.heads, widths, strict=True))
    ]
    return Tabell(picture.title, tuple(columns), tuple(row.cells for row in picture.table.rows), "")
