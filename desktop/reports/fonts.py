"""Source Sans 3 on paper: registered once, whole (no web subset), and a glyph for every character."""

import unicodedata
from functools import cache
from threading import Lock
from typing import Any

from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont

from desktop.charts import words
from resources import resource_path

REGULAR = "SourceSans3"
SEMIBOLD = "SourceSans3-Semibold"
SUBSTITUTE = "?"
_FILES = {REGULAR: "SourceSans3-Regular.ttf", SEMIBOLD: "SourceSans3-Semibold.ttf"}
_lock = Lock()


@cache
def register_fonts() -> None:
    """Make both weights known to reportlab; later calls do nothing."""
    with _lock:
        known = pdfmetrics.getRegisteredFontNames()
        for name, file in _FILES.items():
            if name not in known:
                pdfmetrics.registerFont(TTFont(name, str(resource_path("fonts", file))))


@cache
def _drawable() -> frozenset[int]:
    register_fonts()
    fonts: list[Any] = [pdfmetrics.getFont(name) for name in _FILES]
    glyphs = [set(font.face.charToGlyph) for font in fonts]
    return frozenset(set.intersection(*glyphs))


def printable(text: str) -> str:
    """`text` as one line that both weights can draw.

    Composed (NFC), control characters and line breaks as spaces, invisible format characters left out;
    a character without a glyph becomes a visible `?`, never an empty box.
    """
    if text.isascii() and text.isprintable():
        return text
    return "".join(_drawn(char) for char in unicodedata.normalize("NFC", text))


def _drawn(char: str) -> str:
    category = unicodedata.category(char)
    if category in ("Cc", "Zl", "Zp"):
        return " "
    if category == "Cf":
        return ""
    if ord(char) in _drawable():
        return char
    return " " if category == "Zs" else SUBSTITUTE


def text_width(text: str, font: str, size: float) -> float:
    """The width of a drawn line in points."""
    register_fonts()
    return float(pdfmetrics.stringWidth(text, font, size))


def fit_lines(text: str, font: str, size: float, width: float, most: int) -> list[str]:
    """`text` on at most `most` lines of `width` points, the last with an ellipsis when some is left out.

    A word longer than the line is broken; a text that is cut is cut between words where it can be.
    """
    return words.fit_lines(printable(text), width, most, lambda part: text_width(part, font, size))
