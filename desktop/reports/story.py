"""The story of a printed report: first page, one section after another, and the reading help."""

from collections.abc import Sequence
from datetime import datetime

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import CondPageBreak, Flowable, PageBreak

from db.rules.figurer import Avsnitt, Rapport
from desktop.reports import formats, texts
from desktop.reports.cards import card_rows
from desktop.reports.charts import chart_of
from desktop.reports.flowables import (
    Chip,
    Columns,
    ContentsEntry,
    DefinitionRow,
    Figure,
    Heading,
    ListItem,
    TaggedParagraph,
    TopRule,
)
from desktop.reports.structure import StructureBuilder
from desktop.reports.styles import CONTENT, FRAME_BOTTOM, FRAME_TOP, style
from desktop.reports.tabledata import table_data
from desktop.reports.tables import TableBlock, TableLayout

_HELP_ANCHOR = "las"
_LEFT_COLUMN = 289.0
_RIGHT_START = 309.1
_LONGEST_ENTRY = 200
_WHOLE_SECTION = 0.55
_FRAME_HEIGHT = FRAME_TOP - FRAME_BOTTOM


class ReportStory:
    """Builds the flowables and the structure tree of one report, each flowable with its element."""

    def __init__(self, rapport: Rapport, printed: datetime) -> None:
        self._rapport, self._printed = rapport, printed
        self.structure = StructureBuilder()
        self._tables = 0

    def build(self) -> list[Flowable]:
        """The whole story, in reading order."""
        story = self._front_page()
        story.append(PageBreak())
        for index, avsnitt in enumerate(self._rapport.avsnitt):
            story += self._section(index, avsnitt)
        return story + self._reading_help()

    def _text(self, text: texts.Runs | str, name: str, role: str = "P") -> TaggedParagraph:
        return TaggedParagraph.of(text, style(name), self.structure.leaf(role))

    def _heading(self, text: str, level: int, anchor: str, name: str = "") -> Heading:
        element = self.structure.leaf(f"H{level}")
        return Heading.titled(text, style(name or f"h{level}"), element, anchor)

    def _front_page(self) -> list[Flowable]:
        rapport = self._rapport
        story: list[Flowable] = [NextPageTemplate("later"), TopRule()]
        if rapport.kommun:
            story.append(self._text(rapport.kommun, "kommun"))
        story.append(self._heading(rapport.titel, 1, "titel", "title"))
        story.append(self._text(texts.period_name(rapport), "period"))
        if rapport.demo:
            story.append(Chip(texts.DEMO, self.structure.leaf("P")))
        lines = texts.meta_lines(rapport, self._printed.date().isoformat())
        story += [self._text(line, "meta") for line in lines]
        story[-1].spaceAfter = 12
        story += self._overview()
        return story + self._cards()

    def _overview(self) -> list[Flowable]:
        sentences = texts.in_short(self._rapport)
        if not sentences:
            return self._contents()
        with self.structure.group("Sect"):
            short: list[Flowable] = [self._heading("I korthet", 2, "korthet", "h2_front")]
            with self.structure.group("L") as group:
                group.numbering = "Disc"
                short += [self._list_item(sentence) for sentence in sentences]
        return [Columns(short, self._contents(), _LEFT_COLUMN, _RIGHT_START)]

    def _list_item(self, sentence: str) -> ListItem:
        with self.structure.group("LI"):
            return ListItem(sentence, self.structure.leaf("Lbl"), self.structure.leaf("LBody"))

    def _contents(self) -> list[Flowable]:
        titles = [(avsnitt.rubrik, f"avsnitt-{index}") for index, avsnitt in enumerate(self._rapport.avsnitt)]
        with self.structure.group("Sect"):
            entries: list[Flowable] = [self._heading("Innehåll", 2, "innehall", "h2_front")]
            with self.structure.group("TOC"):
                for title, anchor in [*titles, (texts.READING_HELP, _HELP_ANCHOR)]:
                    with self.structure.group("TOCI"), self.structure.group("Reference"):
                        entries.append(
                            ContentsEntry(
                                formats.shorten(title, _LONGEST_ENTRY), anchor, self.structure.leaf("Link")
                            )
                        )
        return entries

    def _cards(self) -> list[Flowable]:
        if texts.is_empty(self._rapport):
            return []
        with self.structure.group("Sect"):
            position = len(self.structure.current.children)
            heading = self._heading("Nyckeltal", 2, "nyckeltal", "h2_front")
            note = self._text(self._card_note(), "note") if self._rapport.jamforelse_period else None
            rows = card_rows(self._rapport, self.structure)
            if not rows:
                del self.structure.current.children[position:]
                return []
        heading.spaceBefore = 12
        story: list[Flowable] = [heading]
        if note:
            note.spaceAfter = 6
            story.append(note)
        needed = sum(flowable.wrap(CONTENT, _FRAME_HEIGHT)[1] for flowable in [*story, rows[0]])
        return [CondPageBreak(needed + 24), *story, *rows]

    def _card_note(self) -> str:
        compared = texts.comparison_name(self._rapport)
        note = f"Det grå talet till höger är förändringen sedan {compared}."
        if any(row.enhet == "andel" for avsnitt in self._rapport.avsnitt for row in avsnitt.rader):
            note += " För andelar är den i procentenheter."
        return note

    def _section(self, index: int, avsnitt: Avsnitt) -> list[Flowable]:
        with self.structure.group("Sect"):
            head: list[Flowable] = [self._heading(avsnitt.rubrik, 2, f"avsnitt-{index}")]
            if avsnitt.ingress:
                head.append(self._text(avsnitt.ingress, "lead"))
            if not avsnitt.rader:
                head.append(self._text(texts.NO_ROWS, "body"))
                return [CondPageBreak(_heights(head)), *head]
            head += self._chart(index, avsnitt)
            block = self._table(avsnitt)
        start = block.start_height(CONTENT)
        whole = _heights(head) + block.height
        needed = whole if whole <= _WHOLE_SECTION * _FRAME_HEIGHT else _heights(head) + start
        return [
            CondPageBreak(min(needed, _FRAME_HEIGHT - 1)),
            *head,
            CondPageBreak(min(start, _FRAME_HEIGHT - 1)),
            block,
        ]

    def _chart(self, index: int, avsnitt: Avsnitt) -> list[Flowable]:
        chart = chart_of(self._rapport, avsnitt)
        if chart is None:
            return []
        heading = self._heading(chart.title, 3, f"diagram-{index}")
        return [heading, Figure(self.structure.leaf("Figure"), chart.alt, chart.height, chart.paint)]

    def _table(self, avsnitt: Avsnitt) -> TableBlock:
        data = table_data(self._rapport, avsnitt)
        self._tables += 1
        number = self._tables
        with self.structure.group("Table") as table:
            caption = self._text(
                f"Tabell {number}. {formats.shorten(avsnitt.rubrik, _LONGEST_ENTRY)}", "caption", "Caption"
            )
            laid_out = TableLayout(data, table, number).build()
        note = texts.mark_note(texts.printed_marks([data]), self._rapport.troskel)
        notes = [text for text in (note, texts.source_note(self._rapport)) if text]
        return TableBlock(caption, laid_out, [self._text(text, "note") for text in notes])

    def _reading_help(self) -> list[Flowable]:
        rapport = self._rapport
        with self.structure.group("Sect"):
            story: list[Flowable] = [
                self._heading(texts.READING_HELP, 2, _HELP_ANCHOR),
                self._heading("Skyddade uppgifter", 3, "skyddade"),
                self._text(texts.protection_text(rapport), "body"),
            ]
            needed = _heights(story)
            story += self._definitions()
            about = [
                self._heading("Om siffrorna", 3, "om"),
                self._text(texts.about_figures(rapport), "body"),
            ]
        return [CondPageBreak(needed + 60), *story, CondPageBreak(_heights(about)), *about]

    def _definitions(self) -> list[Flowable]:
        pairs = texts.shared_definitions(self._rapport)
        if not pairs:
            return []
        heading = self._heading("Begrepp", 3, "begrepp")
        rows: list[Flowable] = []
        with self.structure.group("L"):
            for term, definition in pairs:
                with self.structure.group("LI"):
                    label, body = self.structure.leaf("Lbl"), self.structure.leaf("LBody")
                rows.append(DefinitionRow(term, definition, label, body))
        return [CondPageBreak(_heights([heading, *rows[:2]])), heading, *rows]


def _heights(flowables: Sequence[Flowable]) -> float:
    total = 0.0
    for flowable in flowables:
        _, height = flowable.wrap(CONTENT, 10_000)
        total += height + flowable.getSpaceBefore() + flowable.getSpaceAfter()
    return total
