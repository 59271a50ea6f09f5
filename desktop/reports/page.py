"""The page that everything printed shares: A4 with one frame, a header from page two, page of pages below."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any, BinaryIO

from reportlab.lib.pagesizes import A4
from reportlab.platypus.doctemplate import BaseDocTemplate, PageTemplate
from reportlab.platypus.flowables import Flowable
from reportlab.platypus.frames import Frame

from desktop.reports.flowables import hairline
from desktop.reports.fonts import REGULAR, SEMIBOLD, fit_lines, text_width
from desktop.reports.structure import Element
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


@dataclass(frozen=True, slots=True)
class PageTexts:
    """What stands on every page: a mark and the owner left in the header, what it is to the right, and below
    when and from where it was printed."""

    mark: str
    owner: str
    right: str
    printed: str


def printed_line(when: datetime, uttag: str = "") -> str:
    """The footer's words: when it was printed and where the facts come from."""
    taken = f", uttag {uttag}" if uttag else ""
    return f"Utskrivet {when:%Y-%m-%d} kl. {when:%H.%M} · Källa: Egenväg{taken}"


def write_document(
    out: BinaryIO, story: Sequence[Flowable], tree: Element, facts: DocumentInfo, words: PageTexts
) -> None:
    """Lay out the story and write it as a tagged PDF; the same in gives the same bytes out."""
    document = BaseDocTemplate(
        out,
        pagesize=A4,
        pageTemplates=_templates(words),
        pageCompression=1,
        invariant=1,
        initialFontName=REGULAR,
    )
    document.build(list(story), canvasmaker=partial(TaggedCanvas, tree=tree, facts=facts))


def _templates(words: PageTexts) -> list[PageTemplate]:
    furniture = _Furniture(words)
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

    def __init__(self, words: PageTexts) -> None:
        self._mark = words.mark
        self._right = _line(words.right, _RIGHT_ROOM)
        taken = text_width(self._right, REGULAR, _SIZE) + text_width(self._mark, SEMIBOLD, _SIZE)
        self._left = _line(words.owner, CONTENT - taken - 2 * _GAP)
        self._printed = _line(words.printed, 380)

    def draw_header(self, canvas: Any, _document: BaseDocTemplate) -> None:
        """Mark and owner left, what it is right."""
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
