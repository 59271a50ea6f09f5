"""Paragraph styles, page measures and colours of a printed report, in points."""

from functools import cache
from typing import Literal

from reportlab.lib.colors import Color, HexColor
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm

from desktop.reports.fonts import REGULAR, SEMIBOLD, register_fonts
from desktop.reports.tokens import hex_of

Align = Literal["left", "centre", "right"]
_ALIGNMENTS: dict[Align, Literal[0, 1, 2]] = {"left": 0, "centre": 1, "right": 2}

PAGE_WIDTH, PAGE_HEIGHT = A4
MARGIN = 20 * mm
CONTENT = PAGE_WIDTH - 2 * MARGIN
FRAME_TOP = PAGE_HEIGHT - 54
FIRST_FRAME_TOP = PAGE_HEIGHT - 40
FRAME_BOTTOM = 56.0
HEADER_BASELINE = PAGE_HEIGHT - 34
HEADER_RULE = PAGE_HEIGHT - 41
FOOTER_BASELINE = 31.0
FOOTER_RULE = 43.0


@cache
def colour(name: str) -> Color:
    """A light token as a reportlab colour."""
    return HexColor(hex_of(name))


# name: (size, leading, semi-bold, colour token, space before, space after)
_STYLES: dict[str, tuple[float, float, bool, str, float, float]] = {
    "kommun": (11, 15, True, "text", 0, 3),
    "title": (26.4, 31, True, "text", 0, 1),
    "period": (16, 20, False, "text2", 0, 8),
    "meta": (9, 12.5, False, "text", 0, 0),
    "mark": (9, 12, True, "warn", 0, 0),
    "h2": (18, 22, True, "text", 16, 5),
    "h2_front": (13, 17, True, "text", 0, 3),
    "h3": (11.5, 15, True, "text", 10, 4),
    "lead": (11.5, 16.2, False, "text", 0, 4),
    "body": (10, 14.2, False, "text", 0, 4),
    "note": (8.6, 11.6, False, "text2", 0, 0),
    "caption": (9, 12, False, "text2", 0, 4),
    "cell": (9, 11.3, False, "text", 0, 0),
    "cell_strong": (9, 11.3, True, "text", 0, 0),
    "head": (8.2, 10.2, True, "text", 0, 0),
    "term": (9.2, 12.8, True, "text", 0, 0),
    "definition": (9.2, 12.8, False, "text", 0, 0),
    "toc": (9.4, 11.6, False, "text", 0, 0),
    "card_head": (9.8, 12, True, "text", 0, 0),
}
_NEVER_CUT = {"head"}


@cache
def style(name: str, align: Align = "left", indent: float = 0) -> ParagraphStyle:
    """A named style, optionally right-aligned or centred, or indented by so many points."""
    register_fonts()
    size, leading, strong, token, before, after = _STYLES[name]
    return ParagraphStyle(
        f"{name}-{align}-{indent}",
        fontName=SEMIBOLD if strong else REGULAR,
        bulletFontName=REGULAR,
        fontSize=size,
        leading=leading,
        textColor=colour(token),
        spaceBefore=before,
        spaceAfter=after,
        leftIndent=indent,
        alignment=_ALIGNMENTS[align],
        splitLongWords=0 if name in _NEVER_CUT else 1,
        allowWidows=0,
        allowOrphans=0,
    )
