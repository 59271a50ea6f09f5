"""Where the words of a row of bars stand, so that none meets another: in the bar, beside it, or nowhere."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF

from desktop.theme import Theme
from desktop.widgets.gantt_paint import BarKind
from desktop.widgets.paint import text_width

INSIDE = (BarKind.AVSLUTAD, BarKind.PAGAR, BarKind.PLANERAD)
TONES = {BarKind.PLANERAD: "accent_text", BarKind.FRIST: "warn", BarKind.UPPFYLLD: "ok"}


@dataclass(frozen=True, slots=True)
class Words:
    """A text in its place; `icon` stands before it."""

    rect: QRectF
    text: str
    tone: str
    weight: int = 400
    icon: str = ""


@dataclass(frozen=True, slots=True)
class Piece:
    """A bar as drawn, with what it is to say, the best first: `within` while it fits in the bar, `rest` in
    what is left after today, `behind` beside the bar."""

    kind: BarKind
    rect: QRectF
    within: tuple[str, ...] = ()
    rest: str = ""
    behind: tuple[str, ...] = ()


class RowWords:
    """Finds places in one row of `area`; `now` is where today is, which parts a bar that runs."""

    def __init__(self, theme: Theme, area: QRectF, now: float, pieces: Sequence[Piece]) -> None:
        self._theme, self._area, self._now, self._pieces = theme, area, now, pieces
        self._taken = [(piece.rect.left(), piece.rect.right()) for piece in pieces]

    def place(self) -> Iterator[Words]:
        """The words of all bars; those that fit nowhere are left to the tooltip."""
        for piece in self._pieces:
            inside = list(self._inside(piece))
            yield from inside
            beside = piece.behind or (() if inside else piece.within)
            found = self._beside(piece, beside)
            if found is not None:
                self._taken.append((found.rect.left(), found.rect.right()))
                yield found

    def _inside(self, piece: Piece) -> Iterator[Words]:
        px, rect, now = self._theme.px, piece.rect, min(self._now, piece.rect.right())
        if piece.kind is not BarKind.PAGAR:
            yield from self._fitting(rect, piece.within, TONES.get(piece.kind, "text"), 500)
            return
        done, left = QRectF(rect), QRectF(rect)
        done.setRight(now)
        left.setLeft(now)
        texts = list(self._fitting(done, piece.within, "surface", 600))
        yield from texts
        after = (piece.rest,) if piece.rest else ()
        yield from self._fitting(left.adjusted(px(1), 0, 0, 0), after if texts else (*after, *piece.within),
                                 "text", 500)  # fmt: skip

    def _fitting(self, rect: QRectF, texts: Iterable[str], tone: str, weight: int) -> Iterator[Words]:
        """The first of the texts that there is room for, 8 px in."""
        px = self._theme.px
        for text in texts:
            width = text_width(self._theme, text, "meta", weight) + 2
            if text and width + px(12) <= rect.width():
                yield Words(QRectF(rect.left() + px(8), rect.top(), width, rect.height()), text, tone, weight)
                return

    def _beside(self, piece: Piece, texts: Iterable[str]) -> Words | None:
        """Behind the bar, else before it."""
        px, rect = self._theme.px, piece.rect
        tone = "text2" if piece.kind in INSIDE else TONES.get(piece.kind, "text2")
        weight = 400 if tone == "text2" else 500
        icon = "x" if piece.kind is BarKind.AVBRUTEN else ""
        for text in texts:
            width = text_width(self._theme, text, "meta", weight) + 2 + (px(16) if icon else 0)
            for left in (rect.right() + px(6), rect.left() - px(6) - width):
                if text and self._is_free(left, left + width):
                    return Words(QRectF(left, rect.top(), width, rect.height()), text, tone, weight, icon)
        return None

    def _is_free(self, left: float, right: float) -> bool:
        inside = self._area.left() <= left and right <= self._area.right()
        return inside and all(right <= taken[0] or left >= taken[1] for taken in self._taken)
