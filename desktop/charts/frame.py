"""A picture that leaves the programme: title above, source below, on white."""

from collections.abc import Callable
from dataclasses import dataclass

from desktop.charts.picture import Picture
from desktop.charts.scene import AXIS, TITLE, Drawing, Fill, Label, Measure, Rect, Shape, shifted
from desktop.charts.words import fit_lines

MARGIN = 16.0
_TITLE_LEADING = 19.0
_SOURCE_LEADING = 14.0
_MOST_LINES = 4


def framed(picture: Picture, width: float, height: float, measure: Measure) -> Drawing:
    """The picture in a frame of white, `width` wide in all; `height` is that of the drawing in it."""
    inner = width - 2 * MARGIN
    drawing = picture.draw(inner, height, measure)
    title = _Block(picture.title, TITLE, True, "text", _TITLE_LEADING, measure)
    source = _Block(picture.source, AXIS, False, "text2", _SOURCE_LEADING, measure)
    above, above_height = title.place(inner, MARGIN)
    top = MARGIN + above_height + (8 if above_height else 0)
    bottom = top + drawing.height
    below, below_height = source.place(inner, bottom + 10)
    full = bottom + (10 + below_height if below_height else 0) + MARGIN
    ground = Rect(0, 0, width, full, Fill("paper"))
    return Drawing(width, full, (ground, *above, *shifted(drawing, MARGIN, top), *below))


@dataclass(frozen=True, slots=True)
class _Block:
    """A few lines of text."""

    text: str
    size: float
    strong: bool
    colour: str
    leading: float
    measure: Measure

    def place(self, room: float, top: float) -> tuple[list[Shape], float]:
        """The lines from `top` down, and how high they are together."""
        text = " ".join(self.text.split())
        if not text:
            return [], 0.0
        width: Callable[[str], float] = lambda words: self.measure(words, self.size, self.strong)  # noqa: E731
        lines = fit_lines(text, room, _MOST_LINES, width)
        shapes: list[Shape] = [
            Label(line, MARGIN, top + self.size + at * self.leading, self.size, self.strong, self.colour)
            for at, line in enumerate(lines)
        ]
        return shapes, len(lines) * self.leading
