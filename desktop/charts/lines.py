"""Lines over time with a band for the goal, told apart by dashes and marks, named at their ends."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from desktop.charts.axes import (
    AXIS_ROOM,
    LEAST_HEIGHT,
    TOP_ROOM,
    Plot,
    Scale,
    grid,
    names_below,
    tick_room,
    tick_texts,
)
from desktop.charts.legend import EndLabel, end_height, end_labels, end_room
from desktop.charts.looks import line_shapes, look_of
from desktop.charts.picture import (
    Picture,
    Say,
    Series,
    check_lengths,
    empty_picture,
    fact_of_series,
    say,
    series_table,
    series_words,
)
from desktop.charts.scene import (
    AXIS,
    Drawing,
    Fill,
    Label,
    Line,
    Measure,
    Part,
    Point,
    Rect,
    Shape,
    Stroke,
    box_outline,
)
from desktop.charts.words import cut

KIND = "Linjediagram"
HEIGHT = 170.0
_INSET = 6.0  # marks of the first and last place stand clear of the figures
_HIT = 8.0


@dataclass(frozen=True, slots=True)
class Goal:
    """A goal as a band from `low` to `high`, or a line where they are the same: "Mål 85–95 %"."""

    name: str
    low: float
    high: float


def lines(
    title: str,
    places: Sequence[str],
    series: Sequence[Series],
    *,
    told: Say = say,
    share: bool = False,
    goal: Goal | None = None,
    head: str = "Månad",
    source: str = "",
) -> Picture:
    """A line per series with its name and last number at its end; a missing value leaves a gap.

    A scale of shares may begin above zero, and then says so.
    """
    check_lengths(places, series)
    table = series_table(head, places, series, told)
    if not any(one.known for one in series):
        return empty_picture(title, KIND, table, source, fact_of_series(series))

    def draw(width: float, height: float, measure: Measure) -> Drawing:
        return _Lines(places, series, told, share, goal).draw(width, height, measure)

    words = series_words(places, series, told)
    return Picture(title, KIND, f"{words} {goal.name}." if goal else words, table, draw, source)


class _Lines:
    def __init__(
        self, places: Sequence[str], series: Sequence[Series], told: Say, share: bool, goal: Goal | None
    ) -> None:
        self._places, self._told, self._goal = places, told, goal
        self._series = [one for one in series if one.known]
        values = [value for one in self._series for value in one.known]
        if goal is not None:
            values += [goal.low, goal.high]
        self._scale = Scale.over(values, share, from_zero=False)

    def draw(self, width: float, height: float, measure: Measure) -> Drawing:
        note, figures = self._cut_note(), [self._told(one.known[-1]) for one in self._series]
        labels = [f"{one.name} {figure}" for one, figure in zip(self._series, figures, strict=True)]
        need = end_height(len(labels)) + AXIS_ROOM + (15 if note else 0)
        height = max(height or HEIGHT, need, LEAST_HEIGHT)
        right = width - end_room([*labels, note], width, True, measure)
        texts = tick_texts(self._scale, self._told, width, measure)
        plot = Plot(tick_room(texts, measure), TOP_ROOM, right, height - AXIS_ROOM, self._scale)
        inner = replace(plot, left=plot.left + _INSET, right=plot.right - _INSET)
        shapes = [*self._band(plot), *grid(plot, texts)]
        for one in reversed(self._series):
            for run in self._runs(inner, one):
                shapes += line_shapes(look_of(one.look), run)
        shapes += self._goal_name(plot, measure)
        xs = [inner.x(at, len(self._places)) for at in range(len(self._places))]
        shapes += names_below(self._places, xs, height - 4, width, measure)
        ends = [
            EndLabel(one.name, figure, plot.y(one.known[-1]), one.look, True)
            for one, figure in zip(self._series, figures, strict=True)
        ]
        shapes += end_labels(ends, right, width, 0, height - AXIS_ROOM + (0 if note else 6), measure)
        if note:
            note = cut(note, width - right, lambda words: measure(words, AXIS, False))
            shapes.append(Label(note, width, height - 4, AXIS, colour="text2", anchor="end"))
        return Drawing(width, height, tuple(shapes), tuple(self._parts(inner)))

    def _cut_note(self) -> str:
        return f"Skalan börjar vid {self._told(self._scale.low)}" if self._scale.low > 0 else ""

    def _band(self, plot: Plot) -> list[Shape]:
        goal = self._goal
        if goal is None:
            return []
        top, bottom = plot.y(goal.high), plot.y(goal.low)
        if bottom - top < 1:
            return [Line(((plot.left, top), (plot.right, top)), Stroke("target", 1.5, (5, 3)))]
        return [Rect(plot.left, top, plot.width, bottom - top, Fill("ok_soft"))]

    def _goal_name(self, plot: Plot, measure: Measure) -> list[Shape]:
        """The goal's name in its band, or over its line, where the lines leave most room."""
        if self._goal is None:
            return []
        text = cut(self._goal.name, plot.width - 16, lambda words: measure(words, AXIS, False))
        y = plot.y(self._goal.high)
        baseline = y + 13 if plot.y(self._goal.low) - y >= 16 else max(y - 4, plot.top + 9)
        return [Label(text, plot.left + 9, baseline, AXIS, colour="ok")]

    def _runs(self, plot: Plot, one: Series) -> list[tuple[Point, ...]]:
        runs: list[list[Point]] = [[]]
        for at, value in enumerate(one.values):
            if value is None:
                runs.append([])
            else:
                runs[-1].append((plot.x(at, len(self._places)), plot.y(float(value))))
        return [tuple(run) for run in runs if run]

    def _parts(self, plot: Plot) -> list[Part]:
        parts = []
        for at, place in enumerate(self._places):
            for row, one in enumerate(self._series):
                value = one.values[at]
                if value is not None:
                    x, y = plot.x(at, len(self._places)), plot.y(float(value))
                    outline = box_outline(x - _HIT, y - _HIT, 2 * _HIT, 2 * _HIT)
                    name = f"{one.name}, {place}: {self._told(value)}"
                    parts.append(Part(name, outline, at, row, one.id(at)))
        return parts
