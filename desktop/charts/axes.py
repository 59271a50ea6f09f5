"""A scale with even steps, the grid it is read against, and the names along it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from desktop.charts.picture import Say
from desktop.charts.scene import AXIS, Label, Line, Measure, Shape, Stroke
from desktop.charts.words import cut, fit_lines, shown_ticks
from desktop.formatting import number

_SIZES = (1, 1.5, 2, 2.5, 3, 4, 5, 6, 8, 10)
_LARGE = ((1e12, "bn"), (1e9, "md"), (1e6, "mn"), (1e3, "tn"))
_ROOM_BELOW = 5.0
TOP_ROOM = 7.0  # half a figure above the highest line
AXIS_ROOM = 20.0  # for the names under the plot
LEAST_HEIGHT = 110.0
_NAME_LEADING = 13.0
_MOST_BROKEN = 10  # names; more of them are thinned out instead


@dataclass(frozen=True, slots=True)
class Scale:
    """From `low` upwards in so many even steps."""

    low: float
    step: float
    steps: int

    @property
    def high(self) -> float:
        """The top of the scale."""
        return self.low + self.step * self.steps

    @property
    def ticks(self) -> list[float]:
        """Where the lines of the grid lie."""
        return [self.low + at * self.step for at in range(self.steps + 1)]

    @classmethod
    def over(cls, values: Sequence[float], share: bool = False, from_zero: bool = True) -> "Scale":
        """Three or four even steps that hold the values: whole numbers, from zero unless some are below.

        A share's scale ends at a hundred where it can, and with `from_zero` False begins higher where all
        its values are high: the chart must then say so.
        """
        low = min([*values, 0.0])
        if share and not from_zero and values and min(values) >= 40:
            low = 20.0 * ((min(values) - _ROOM_BELOW) // 20)
        most = max([*values, 0.0])
        if low < 0:
            return cls._around_zero(low, most)
        need = max(most - low, 1.0)
        if share and most <= 100 and (low or most > 60):
            steps = 3 if low == 40 else 4
            return cls(low, (100 - low) / steps, steps)
        return cls(low, *_step(need))

    @classmethod
    def _around_zero(cls, low: float, high: float) -> "Scale":
        step, _ = _step(max(high, -low, (high - low) * 0.75))
        below, above = math.ceil(-low / step), max(math.ceil(high / step), 0)
        return cls(-below * step, step, max(below + above, 1))


def _step(need: float) -> tuple[float, int]:
    """The smallest even step that four of hold `need`, and whether three do."""
    power = max(0, math.floor(math.log10(need)) - 1)
    while True:
        for size in _SIZES:
            step = size * 10.0**power
            if step == int(step) and 4 * step >= need:
                return step, next(count for count in (1, 2, 3, 4) if count * step >= need)
        power += 1


@dataclass(frozen=True, slots=True)
class Plot:
    """The box that values are drawn in."""

    left: float
    top: float
    right: float
    bottom: float
    scale: Scale

    @property
    def width(self) -> float:
        """From side to side."""
        return max(self.right - self.left, 1.0)

    def y(self, value: float) -> float:
        """Where a value lies, kept within the box."""
        share = (value - self.scale.low) / (self.scale.high - self.scale.low)
        return self.bottom - min(max(share, 0.0), 1.0) * (self.bottom - self.top)

    def x(self, at: int, count: int) -> float:
        """Where the place `at` of `count` lies when the first and last are at the sides."""
        return self.left + (at * self.width / (count - 1) if count > 1 else self.width / 2)


def tick_texts(scale: Scale, told: Say, width: float, measure: Measure) -> tuple[str, ...]:
    """The figures of the scale, in millions or milliards where they would take a third of the width."""
    texts = tuple(told(tick) for tick in scale.ticks)
    if tick_room(texts, measure) <= width / 3:
        return texts
    most = max(abs(tick) for tick in scale.ticks)
    unit, word = next(((unit, word) for unit, word in _LARGE if most >= unit), (1.0, ""))
    return tuple(_short(tick / unit, word) for tick in scale.ticks)


def _short(value: float, word: str) -> str:
    text = number(value, 0 if value == int(value) else 1)
    return f"{text}\u00a0{word}" if value and word else text


def tick_room(texts: Sequence[str], measure: Measure) -> float:
    """The width of the figures left of the plot."""
    return max(measure(text, AXIS, False) for text in texts) + 8


def grid(plot: Plot, texts: Sequence[str]) -> list[Shape]:
    """The lines of the scale with their figures to the left; the base line is darker."""
    shapes: list[Shape] = []
    for tick, text in zip(plot.scale.ticks, texts, strict=True):
        y = plot.y(tick)
        tone = "border_strong" if tick == 0 else "grid"
        shapes.append(Line(((plot.left, y), (plot.right, y)), Stroke(tone)))
        shapes.append(Label(text, plot.left - 7, y + 4, AXIS, colour="text2", anchor="end"))
    return shapes


def names_below(
    names: Sequence[str],
    xs: Sequence[float],
    baseline: float,
    width: float,
    measure: Measure,
    flush: bool = False,
) -> list[Shape]:
    """The names under the plot, as many as stand apart, none outside a drawing `width` wide.

    `flush`: the first and last begin and end with the plot.
    """
    names = [cut(name, width / 2, lambda words: measure(words, AXIS, False)) for name in names]
    widths = [measure(name, AXIS, False) for name in names]
    step = (xs[-1] - xs[0]) / (len(xs) - 1) if len(xs) > 1 else 1.0
    shown = shown_ticks(widths, step, gap=22.0 if flush else 8.0)
    middles = {at: xs[at] for at in shown}
    if flush and len(xs) > 1:
        middles[0] += widths[0] / 2
        middles[len(xs) - 1] = xs[-1] - widths[-1] / 2
    boxes = {at: _kept_within(middle, widths[at] / 2, width) for at, middle in middles.items()}
    return [
        Label(names[at], (left + right) / 2, baseline, AXIS, colour="text2", anchor="middle")
        for at, (left, right) in _apart(boxes)
    ]


def _kept_within(middle: float, half: float, width: float) -> tuple[float, float]:
    middle = min(max(middle, half), width - half)
    return middle - half, middle + half


def _apart(boxes: dict[int, tuple[float, float]]) -> list[tuple[int, tuple[float, float]]]:
    """Those that stand clear of the one before, and of the last one."""
    *others, last = sorted(boxes.items())
    kept: list[tuple[int, tuple[float, float]]] = []
    for at, (left, right) in others:
        if right + 4 <= last[1][0] and (not kept or kept[-1][1][1] + 4 <= left):
            kept.append((at, (left, right)))
    return [*kept, last]


def column_lines(names: Sequence[str], slot: float, measure: Measure) -> list[list[str]]:
    """A few names of columns broken over at most two lines of the column's width; empty where that is of
    no use: all are short, or too many to be read anyway."""

    def width(words: str) -> float:
        return measure(words, AXIS, False)

    room = slot - 6
    if len(names) > _MOST_BROKEN or room < 20 or all(width(name) <= room for name in names):
        return []
    return [fit_lines(name, room, 2, width) for name in names]


def column_names(
    names: Sequence[str], xs: Sequence[float], top: float, width: float, slot: float, measure: Measure
) -> list[Shape]:
    """The names under columns from `top` down: all of them where they fit, on two lines if need be."""
    broken = column_lines(names, slot, measure)
    if not broken:
        return names_below(names, xs, top + AXIS_ROOM - 4, width, measure)
    return [
        Label(line, xs[at], top + AXIS_ROOM - 4 + row * _NAME_LEADING, AXIS, colour="text2", anchor="middle")
        for at, lines in enumerate(broken)
        for row, line in enumerate(lines)
    ]


def column_name_room(names: Sequence[str], slot: float, measure: Measure) -> float:
    """How high the names under columns are."""
    broken = column_lines(names, slot, measure)
    return AXIS_ROOM + max((len(lines) - 1 for lines in broken), default=0) * _NAME_LEADING
