"""The story of a printed report: first page, one section after another, and the reading help."""

from datetime import datetime

from reportlab.platypus.doctemplate import NextPageTemplate
from reportlab.platypus.flowables import CondPageBreak, Flowable, PageBreak

from db.rules.figurer import Avsnitt, Rapport
from db.rules.tabell import Forklaring
from desktop.reports import formats, texts
from desktop.reports.cards import card_rows
from desktop.reports.charts import chart_of
from desktop.reports.flowables import (
    Chip,
    Columns,
    Figure,
    TopRule,
)
from desktop.reports.lists import ContentsEntry
from desktop.reports.parts import FRAME_HEIGHT, Parts, heights
from desktop.reports.structure import StructureBuilder
from desktop.reports.styles import CONTENT, FIRST_FRAME_TOP, FRAME_BOTTOM
from desktop.reports.tabledata import table_data
from desktop.reports.tables import TableLayout
from desktop.reports.tagged_table import TableBlock

_HELP_ANCHOR = "las"
_LEFT_COLUMN = 289.0
_CARD_ROWS = 2
_RIGHT_START = 309.1
_LONGEST_ENTRY = 200
_WHOLE_SECTION = 0.55
_LEAST_BODY = 90.0  # points that a heading wants below it


def _start(parts: list[Flowable]) -> float:
    """What the first parts of a section want below its heading: a few lines, and the table or chart that
    comes after them as far as that wants to begin."""
    for at, part in enumerate(parts):
        above = heights(parts[:at])
        if isinstance(part, CondPageBreak):
            return above + float(part.height)
        if above > _LEAST_BODY:
            break
    return _LEAST_BODY


class ReportStory:
    """Builds the flowables and the structure tree of one report, each flowable with its element."""

    def __init__(self, rapport: Rapport, printed: datetime) -> None:
        self._rapport, self._printed = rapport, printed
        self.structure = StructureBuilder()
        self._parts = Parts(self.structure, rapport.troskel)

    def build(self) -> list[Flowable]:
        """The whole story, in reading order."""
        story = self._front_page()
        story.append(PageBreak())
        for index, avsnitt in enumerate(self._rapport.avsnitt):
            story += self._section(index, avsnitt)
        return story + self._reading_help()

    def _front_page(self) -> list[Flowable]:
        rapport = self._rapport
        story: list[Flowable] = [NextPageTemplate("later"), TopRule()]
        if rapport.kommun:
            story.append(self._parts.text(rapport.kommun, "kommun"))
        story.append(self._parts.heading(rapport.titel, 1, "titel", "title"))
        story.append(self._parts.text(texts.period_name(rapport), "period"))
        if rapport.demo:
            story.append(Chip(texts.DEMO, self.structure.leaf("P")))
        lines = texts.meta_lines(rapport, self._printed.date().isoformat())
        story += [self._parts.text(line, "meta") for line in lines]
        story[-1].spaceAfter = 12
        story += self._overview()
        story += self._cards(self._card_rows_that_fit(heights(story)))
        for avsnitt in self._rapport.framsida:
            story += self._last_on_front(avsnitt)
        return story

    def _card_rows_that_fit(self, used: float) -> int:
        """Two rows of cards, or one where what closes the page would else go over to the next."""
        if not self._rapport.framsida:
            return _CARD_ROWS
        trial = ReportStory(self._rapport, self._printed)  # measured, never drawn
        closing = [made for avsnitt in self._rapport.framsida for made in trial._last_on_front(avsnitt)]
        room = FIRST_FRAME_TOP - FRAME_BOTTOM - used - heights(closing)
        return _CARD_ROWS if heights(trial._cards(_CARD_ROWS)) < room else 1

    def _last_on_front(self, avsnitt: Avsnitt) -> list[Flowable]:
        with self.structure.group("Sect"):
            heading = self._parts.heading(avsnitt.rubrik, 2, name="h2_front")
            heading.spaceBefore = 12
            body = [made for part in avsnitt.delar for made in self._parts.make(part)]
        return [CondPageBreak(min(heights([heading, *body]), FRAME_HEIGHT - 1)), heading, *body]

    def _overview(self) -> list[Flowable]:
        sentences = texts.in_short(self._rapport)
        if not sentences:
            return self._contents()
        with self.structure.group("Sect"):
            short: list[Flowable] = [self._parts.heading("I korthet", 2, "korthet", "h2_front")]
            short += self._parts.points(sentences)
        return [Columns(short, self._contents(), _LEFT_COLUMN, _RIGHT_START)]

    def _contents(self) -> list[Flowable]:
        titles = [(avsnitt.rubrik, f"avsnitt-{index}") for index, avsnitt in enumerate(self._rapport.avsnitt)]
        with self.structure.group("Sect"):
            entries: list[Flowable] = [self._parts.heading("Innehåll", 2, "innehall", "h2_front")]
            with self.structure.group("TOC"):
                for title, anchor in [*titles, (texts.READING_HELP, _HELP_ANCHOR)]:
                    with self.structure.group("TOCI"), self.structure.group("Reference"):
                        entries.append(
                            ContentsEntry(
                                formats.shorten(title, _LONGEST_ENTRY), anchor, self.structure.leaf("Link")
                            )
                        )
        return entries

    def _cards(self, most_rows: int) -> list[Flowable]:
        if texts.is_empty(self._rapport):
            return []
        with self.structure.group("Sect"):
            position = len(self.structure.current.children)
            heading = self._parts.heading("Nyckeltal", 2, "nyckeltal", "h2_front")
            note = self._parts.text(self._card_note(), "note") if self._rapport.jamforelse_period else None
            rows = card_rows(self._rapport, self.structure, most_rows)
            if not rows:
                del self.structure.current.children[position:]
                return []
        heading.spaceBefore = 12
        story: list[Flowable] = [heading]
        if note:
            note.spaceAfter = 6
            story.append(note)
        needed = sum(flowable.wrap(CONTENT, FRAME_HEIGHT)[1] for flowable in [*story, rows[0]])
        return [CondPageBreak(needed + 24), *story, *rows]

    def _card_note(self) -> str:
        compared = texts.comparison_name(self._rapport)
        note = f"Det grå talet till höger är förändringen sedan {compared}."
        if any(row.enhet == "andel" for avsnitt in self._rapport.avsnitt for row in avsnitt.rader):
            note += " För andelar är den i procentenheter."
        return note

    def _section(self, index: int, avsnitt: Avsnitt) -> list[Flowable]:
        with self.structure.group("Sect"):
            head: list[Flowable] = [self._parts.heading(avsnitt.rubrik, 2, f"avsnitt-{index}")]
            if avsnitt.ingress:
                head.append(self._parts.text(avsnitt.ingress, "lead"))
            if avsnitt.rader:
                head += self._chart(index, avsnitt)
                body = self._figures(head, self._table(avsnitt))
            elif avsnitt.delar:
                body = []
            else:
                head.append(self._parts.text(texts.NO_ROWS, "body"))
                body = [CondPageBreak(heights(head)), *head]
            parts = [made for part in avsnitt.delar for made in self._parts.make(part)]
        if parts and not avsnitt.rader:
            body = [CondPageBreak(min(heights(head) + _start(parts), FRAME_HEIGHT - 1)), *head]
        return body + parts

    def _figures(self, head: list[Flowable], block: TableBlock) -> list[Flowable]:
        start = block.start_height(CONTENT)
        whole = heights(head) + block.height
        needed = whole if whole <= _WHOLE_SECTION * FRAME_HEIGHT else heights(head) + start
        return [
            CondPageBreak(min(needed, FRAME_HEIGHT - 1)),
            *head,
            CondPageBreak(min(start, FRAME_HEIGHT - 1)),
            block,
        ]

    def _chart(self, index: int, avsnitt: Avsnitt) -> list[Flowable]:
        chart = chart_of(self._rapport, avsnitt)
        if chart is None:
            return []
        heading = self._parts.heading(chart.title, 3, f"diagram-{index}")
        return [heading, Figure(self.structure.leaf("Figure"), chart.alt, chart.height, chart.paint)]

    def _table(self, avsnitt: Avsnitt) -> TableBlock:
        data = table_data(self._rapport, avsnitt)
        number = self._parts.next_table()
        with self.structure.group("Table") as table:
            caption = self._parts.text(
                f"Tabell {number}. {formats.shorten(avsnitt.rubrik, _LONGEST_ENTRY)}", "caption", "Caption"
            )
            laid_out = TableLayout(data, table, number).build()
        note = texts.mark_note(texts.printed_marks([data]), self._rapport.troskel)
        notes = [text for text in (note, texts.source_note(self._rapport)) if text]
        return TableBlock(caption, laid_out, [self._parts.text(text, "note") for text in notes])

    def _reading_help(self) -> list[Flowable]:
        rapport = self._rapport
        with self.structure.group("Sect"):
            story: list[Flowable] = [
                self._parts.heading(texts.READING_HELP, 2, _HELP_ANCHOR),
                *self._reading_parts(),
                self._parts.heading("Skyddade uppgifter", 3, "skyddade"),
                self._parts.text(texts.protection_text(rapport), "body"),
            ]
            needed = min(heights(story), FRAME_HEIGHT / 2)
            story += self._definitions()
            about: list[Flowable] = []
            if words := texts.about_figures(rapport):
                about = [
                    self._parts.heading("Om siffrorna", 3, "om"),
                    self._parts.text(words, "body"),
                ]
        return [CondPageBreak(needed + 60), *story, CondPageBreak(heights(about)), *about]

    def _reading_parts(self) -> list[Flowable]:
        return [made for part in self._rapport.lasning for made in self._parts.make(part)]

    def _definitions(self) -> list[Flowable]:
        pairs = texts.shared_definitions(self._rapport)
        words = [Forklaring(term, meaning) for term, meaning in pairs]
        words += self._rapport.begrepp
        if not words:
            return []
        heading = self._parts.heading("Begrepp", 3, "begrepp")
        rows = self._parts.explained(words)
        return [CondPageBreak(heights([heading, *rows[:2]])), heading, *rows]
