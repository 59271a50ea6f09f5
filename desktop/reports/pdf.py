"""A report as PDF: A4, Source Sans 3, tagged (PDF/UA-1, PDF/A-2a), one pass, figures already hidden."""

from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.frames import Frame

from db.rules.figurer import Rapport
from desktop.reports import texts
from desktop.reports.flowables import hairline
from desktop.reports.fonts import REGULAR, SEMIBOLD, fit_lines, printable, register_fonts, text_width
from desktop.reports.story import ReportStory
from desktop.reports.styles import (
    CONTENT,
    FIRST_FRAME_TOP,
    FOOTER_BASELINE,
    FOOTER_RULE,
    FRAME_BOTTOM,
    FRAME_TOP,
    HEADER_BASELINE,
    HEADER_RULE,
    MARGIN,
    colour,
)
from desktop.reports.tagging import DocumentInfo, TaggedCanvas

_SIZE = 8.6
_RIGHT_ROOM = 260.0
_GAP = 12.0


def write_pdf(rapport: Rapport, out: BinaryIO, *, utskrivet: datetime) -> None:
    """Write the report to `out`; the same report and the same `utskrivet` give the same bytes."""
    register_fonts()
    builder = ReportStory(rapport, utskrivet)
    story = builder.build()
    period = texts.period_name(rapport)
    facts = DocumentInfo(
        title=printable(f"{rapport.titel}, {period[:1].lower()}{period[1:]}"),
        author=printable(", ".join(name for name in (rapport.kommun, rapport.namnd) if name)) or "Egenväg",
        subject=_subject(rapport),
        when=utskrivet,
    )
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        pageTemplates=_templates(rapport, utskrivet),
        pageCompression=1,
        invariant=1,
        initialFontName=REGULAR,
    )
    document.build(story, canvasmaker=partial(TaggedCanvas, tree=builder.structure.root, facts=facts))


def _subject(rapport: Rapport) -> str:
    compared = texts.comparison_name(rapport)
    subject = "Kvinnor, män och totalt." + (f" Jämförelse med {compared}." if compared else "")
    return printable(f"{subject} {texts.DEMO}." if rapport.demo else subject)


def _templates(rapport: Rapport, printed: datetime) -> list[PageTemplate]:
    furniture = _Furniture(rapport, printed)
    return [
        PageTemplate("first", [_frame(FIRST_FRAME_TOP)], onPageEnd=furniture.draw_footer),
        PageTemplate(
            "later", [_frame(FRAME_TOP)], onPage=furniture.draw_header, onPageEnd=furniture.draw_footer
        ),
    ]


def _frame(top: float) -> Frame:
    return Frame(
        MARGIN,
        FRAME_BOTTOM,
        CONTENT,
        top - FRAME_BOTTOM,
        leftPadding=0,
        rightPadding=0,
        topPadding=0,
        bottomPadding=0,
    )


class _Furniture:
    """Header and footer: pagination artifacts, never the only place where something stands."""

    def __init__(self, rapport: Rapport, printed: datetime) -> None:
        self._mark = texts.DEMO if rapport.demo else ""
        self._right = _line(f"{rapport.titel} · {texts.period_name(rapport)}", _RIGHT_ROOM)
        taken = text_width(self._right, REGULAR, _SIZE) + text_width(self._mark, SEMIBOLD, _SIZE)
        owner = " · ".join(name for name in (rapport.kommun, rapport.namnd) if name)
        self._left = _line(owner, CONTENT - taken - 2 * _GAP)
        uttag = f", uttag {rapport.uttag}" if rapport.uttag else ""
        self._printed = _line(
            f"Utskrivet {printed:%Y-%m-%d} kl. {printed:%H.%M} · Källa: Egenväg{uttag}", 380
        )

    def draw_header(self, canvas: Any, _document: BaseDocTemplate) -> None:
        """Demo mark and owner left, report and period right."""
        with canvas.artifact("Header"):
            left = MARGIN
            if self._mark:
                canvas.setFillColor(colour("warn"))
                canvas.setFont(SEMIBOLD, _SIZE)
                canvas.drawString(left, HEADER_BASELINE, self._mark)
                left += text_width(self._mark, SEMIBOLD, _SIZE) + _GAP
            _write(canvas, self._left, left, HEADER_BASELINE)
            width = text_width(self._right, REGULAR, _SIZE)
            _write(canvas, self._right, MARGIN + CONTENT - width, HEADER_BASELINE)
            hairline(canvas, MARGIN, HEADER_RULE, CONTENT)

    def draw_footer(self, canvas: Any, _document: BaseDocTemplate) -> None:
        """When printed and from where, and the page of so many."""
        number = canvas.page_index + 1

        def draw_number(pages: int) -> None:
            text = f"Sida {number} av {pages}"
            _write(canvas, text, MARGIN + CONTENT - text_width(text, REGULAR, _SIZE), FOOTER_BASELINE)

        with canvas.artifact("Footer"):
            hairline(canvas, MARGIN, FOOTER_RULE, CONTENT)
            _write(canvas, self._printed, MARGIN, FOOTER_BASELINE)
            canvas.place(f"sida {number}", draw_number)


def _line(text: str, width: float) -> str:
    return fit_lines(text, REGULAR, _SIZE, width, 1)[0]


def _write(canvas: TaggedCanvas, text: str, left: float, baseline: float) -> None:
    canvas.setFillColor(colour("text2"))
    canvas.setFont(REGULAR, _SIZE)
    canvas.drawString(left, baseline, text)
