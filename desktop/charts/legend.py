"""What the fillings mean: direct labels at the right edge with leader lines, or a row of swatches above."""

from collections.abc import Sequence
from dataclasses import dataclass

from desktop.charts.looks import Look, line_mark, look_of, swatch
from desktop.charts.scene import LEADING, TEXT, Label, Line, Measure, Shape, Stroke
from desktop.charts.words import cut, name_and_figure, spread, spread_room

SWATCH = 10.0  # beside a label
_BOX = 12.0  # in a legend
_LEADER = 12.0
_SAMPLE = 22.0  # a piece of a line with its mark
_MOST_SHARE = 0.42  # of the width, for labels at the right


@dataclass(frozen=True, slots=True)
class EndLabel:
    """A label that wants to stand at `y`, with a swatch, or a piece of the line that it names."""

    name: str
    figure: str
    y: float
    look: str
    line: bool = False

    @property
    def text(self) -> str:
        """Name and figure."""
        return f"{self.name} {self.figure}"

    def fitted(self, room: float, measure: Measure) -> str:
        """As much of it as there is room for: the name is cut before the figure is."""

        return name_and_figure(self.name, self.figure, room, lambda words: measure(words, TEXT, True))


def end_room(texts: Sequence[str], width: float, lines: bool, measure: Measure) -> float:
    """How much of the width the labels at the right take."""
    beside = label_start(0, lines) + 3
    widest = max((measure(text, TEXT, True) for text in texts), default=0.0)
    return min(beside + widest, width * _MOST_SHARE)


def label_start(left: float, lines: bool) -> float:
    """Where the words begin of labels that begin at `left`."""
    return left + _LEADER + 3 + (_SAMPLE if lines else SWATCH) + 5


def end_height(count: int) -> float:
    """How high so many labels are, one under the other."""
    return spread_room(count, LEADING) + LEADING


def end_labels(
    labels: Sequence[EndLabel], left: float, right: float, top: float, bottom: float, measure: Measure
) -> list[Shape]:
    """The labels between `left` and `right` with a line to what each is about; none overlaps another."""
    order = sorted(labels, key=lambda label: label.y)
    places = spread([label.y for label in order], LEADING, top + LEADING / 2, bottom - LEADING / 2)
    shapes: list[Shape] = []
    for label, place in zip(order, places, strict=True):
        shapes += _end_label(label, left, right, place, measure)
    return shapes


def _end_label(label: EndLabel, left: float, right: float, place: float, measure: Measure) -> list[Shape]:
    look, end = look_of(label.look), left + _LEADER
    leader = ((left + 2, label.y), (left + _LEADER / 2, place), (end, place))
    shapes: list[Shape] = [Line(leader, Stroke("border_strong"))]
    if label.line:
        shapes += line_sample(look, end + 3, place)
    else:
        shapes.append(swatch(look, end + 3, place - SWATCH / 2, SWATCH))
    start = label_start(left, label.line)
    text = label.fitted(right - start, measure)
    shapes.append(Label(text, start, place + 4.2, TEXT, strong=True))
    return shapes


def line_sample(look: Look, left: float, y: float) -> list[Shape]:
    """A piece of a line, as it is dashed, with its mark in the middle."""
    ends = ((left, y), (left + _SAMPLE, y))
    mark = line_mark(look, left + _SAMPLE / 2, y)
    return [Line(ends, Stroke(look.colour, 2, look.dash)), *([mark] if mark else [])]


@dataclass(frozen=True, slots=True)
class Legend:
    """Swatches with words, over as many lines as they need."""

    shapes: tuple[Shape, ...]
    height: float


def legend_above(
    entries: Sequence[tuple[str, str]], width: float, measure: Measure, left: float = 0.0
) -> Legend:
    """(words, look) in rows from the upper left corner; a long one is cut."""
    shapes: list[Shape] = []
    x, top = left, 0.0
    for text, name in entries:
        text = cut(text, width - left - _BOX - 6, lambda words: measure(words, TEXT, False))
        needed = _BOX + 6 + measure(text, TEXT, False)
        if x > left and x + needed > width:
            x, top = left, top + LEADING + 2
        shapes += _entry(look_of(name), text, x, top)
        x += needed + 18
    return Legend(tuple(shapes), top + LEADING + 8)


def _entry(look: Look, text: str, x: float, top: float) -> list[Shape]:
    return [swatch(look, x, top + 1.5, _BOX), Label(text, x + _BOX + 6, top + 11.7, TEXT, colour="text2")]
