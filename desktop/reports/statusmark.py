"""The four shapes of a status on paper: round check, triangle, square cross, ring. The word stands beside."""

from collections.abc import Callable, Sequence
from typing import Any

from db.rules.tabell import NAS, NAS_INTE, OKLART, PA_VAG, Statusantal
from desktop.reports.flowables import TaggedFlowable, TaggedParagraph
from desktop.reports.fonts import REGULAR, SEMIBOLD, printable, text_width
from desktop.reports.structure import Element
from desktop.reports.styles import colour, style

SIDE = 10.6  # points, in a table
_GAP = 5.0
STATUS_WIDTH = SIDE + _GAP


def paint_status(canvas: Any, status: str, left: float, bottom: float, side: float = SIDE) -> None:
    """Draw the shape in a box of `side` points; nothing for a status that has none. It is decoration."""
    paint = _SHAPES.get(status)
    if paint is None:
        return
    with canvas.artifact():
        canvas.saveState()
        canvas.translate(left, bottom)
        canvas.scale(side / 16, side / 16)
        canvas.setLineCap(1)
        canvas.setLineJoin(1)
        paint(canvas)
        canvas.restoreState()


def _lines(canvas: Any, *points: tuple[float, float]) -> None:
    path = canvas.beginPath()
    path.moveTo(*points[0])
    for point in points[1:]:
        path.lineTo(*point)
    canvas.drawPath(path, stroke=1, fill=0)


def _check(canvas: Any) -> None:
    canvas.setFillColor(colour("ok"))
    canvas.circle(8, 8, 8, stroke=0, fill=1)
    canvas.setStrokeColor(colour("surface"))
    canvas.setLineWidth(2)
    _lines(canvas, (4.4, 8), (7, 5.4), (11.6, 10.4))


def _triangle(canvas: Any) -> None:
    path = canvas.beginPath()
    path.moveTo(8, 15)
    path.lineTo(15.4, 1.4)
    path.lineTo(0.6, 1.4)
    path.close()
    canvas.setFillColor(colour("warn_border"))
    canvas.setStrokeColor(colour("warn"))
    canvas.setLineWidth(1.3)
    canvas.drawPath(path, stroke=1, fill=1)
    canvas.setStrokeColor(colour("text"))
    canvas.setLineWidth(1.6)
    _lines(canvas, (8, 10.4), (8, 6.4))
    canvas.setFillColor(colour("text"))
    canvas.circle(8, 3.9, 0.95, stroke=0, fill=1)


def _cross(canvas: Any) -> None:
    canvas.setFillColor(colour("danger_solid"))
    canvas.rect(0.8, 0.8, 14.4, 14.4, stroke=0, fill=1)
    canvas.setStrokeColor(colour("surface"))
    canvas.setLineWidth(2)
    _lines(canvas, (5, 5), (11, 11))
    _lines(canvas, (5, 11), (11, 5))


def _ring(canvas: Any) -> None:
    canvas.setStrokeColor(colour("text2"))
    canvas.setLineWidth(1.5)
    canvas.circle(8, 8, 7, stroke=1, fill=0)
    _lines(canvas, (4.8, 8), (11.2, 8))


_SHAPES: dict[str, Callable[[Any], None]] = {
    NAS: _check,
    PA_VAG: _triangle,
    NAS_INTE: _cross,
    OKLART: _ring,
}


class StatusCell(TaggedFlowable):
    """The shape and its word; marks the word itself, so that the shape stays decoration."""

    def __init__(self, status: str, word: str, element: Element | None, name: str = "cell_strong") -> None:
        super().__init__()
        self._status = status
        self._word = TaggedParagraph.of(word, style(name), element)

    def wrap(self, width: float, room: float) -> tuple[float, float]:
        """The word beside the shape, on as many lines as it takes."""
        _, height = self._word.wrap(max(width - SIDE - _GAP, 1.0), room)
        self.width, self.height = width, max(height, SIDE)
        return self.width, self.height

    def draw(self) -> None:
        """The shape on the first line, then the word."""
        paint_status(self.canv, self._status, 0, self.height - SIDE - 0.4)
        self._word.drawOn(self.canv, SIDE + _GAP, self.height - self._word.height)


class StatusCounts(TaggedFlowable):
    """How many there are of each status, side by side: shape, number, word."""

    _HEIGHT, _GUTTER, _SHAPE, _NUMBER = 36.0, 7.0, 16.0, 18.0

    def __init__(self, counts: Sequence[Statusantal], elements: Sequence[Element]) -> None:
        super().__init__()
        self._counts = list(zip(counts, elements, strict=True))
        self.spaceAfter = 10.0

    def wrap(self, width: float, _room: float) -> tuple[float, float]:
        """One row, as wide as it may be."""
        self.width = width
        return width, self._HEIGHT

    def draw(self) -> None:
        """From the left; what is over of the width is shared."""
        needs = [self._need(count) for count, _ in self._counts]
        over = self.width - sum(needs) - self._GUTTER * (len(needs) - 1)
        left = 0.0
        for (count, element), need in zip(self._counts, needs, strict=True):
            width = need + over / len(needs)
            self._draw_one(count, element, left, width)
            left += width + self._GUTTER

    def _need(self, count: Statusantal) -> float:
        words = text_width(str(count.antal), SEMIBOLD, self._NUMBER) + text_width(count.ord, REGULAR, 9.2)
        return 12 + self._SHAPE + 9 + words + 8 + 12

    def _draw_one(self, count: Statusantal, element: Element, left: float, width: float) -> None:
        canvas = self.canv
        with canvas.artifact():
            canvas.setFillColor(colour("neutral_soft"))
            canvas.rect(left, 0, width, self._HEIGHT, stroke=0, fill=1)
        paint_status(canvas, count.status, left + 12, (self._HEIGHT - self._SHAPE) / 2, self._SHAPE)
        at = left + 12 + self._SHAPE + 9
        with canvas.mark(element):
            canvas.setFillColor(colour("text"))
            canvas.setFont(SEMIBOLD, self._NUMBER)
            canvas.drawString(at, 12, f"{count.antal} ")
            at += text_width(str(count.antal), SEMIBOLD, self._NUMBER) + 8
            canvas.setFont(REGULAR, 9.2)
            canvas.drawString(at, 12.4, printable(count.ord))
