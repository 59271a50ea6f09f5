"""Stacked areas over time, named at the right edge: how many stand in each step, week by week."""

from collections.abc import Sequence
from itertools import accumulate

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
from desktop.charts.looks import look_of
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
from desktop.charts.scene import Area, Drawing, Line, Measure, Part, Point, Shape, Stroke

KIND = "Ytdiagram"
HEIGHT = 170.0
_SEPARATOR = 1.5


def stacked_area(
    title: str,
    places: Sequence[str],
    series: Sequence[Series],
    *,
    told: Say = say,
    head: str = "Vecka",
    total: str = "Totalt",
    source: str = "",
) -> Picture:
    """The series on top of each other, the first one at the top, each with its name and last number.

    A place where any value is missing (hidden, R12) is drawn as a gap: heights can be measured.
    """
    check_lengths(places, series)
    table = series_table(head, places, series, told, total)
    whole = _whole_places(series, len(places))
    if not whole or not any(one.known for one in series):
        return empty_picture(title, KIND, table, source, fact_of_series(series))

    def draw(width: float, height: float, measure: Measure) -> Drawing:
        return _Stack(places, series, told, whole).draw(width, height, measure)

    return Picture(title, KIND, series_words(places, series, told), table, draw, source)


def _whole_places(series: Sequence[Series], count: int) -> list[list[int]]:
    """Runs of places where every value is known."""
    runs: list[list[int]] = []
    for at in range(count):
        if any(one.values[at] is None for one in series):
            continue
        if runs and runs[-1][-1] == at - 1:
            runs[-1].append(at)
        else:
            runs.append([at])
    return runs if series else []


class _Stack:
    def __init__(
        self, places: Sequence[str], series: Sequence[Series], told: Say, runs: Sequence[Sequence[int]]
    ) -> None:
        self._places, self._series, self._told, self._runs = places, series, told, runs
        self._tops = {at: self._sums(at) for run in runs for at in run}

    def _sums(self, at: int) -> list[float]:
        """The upper border of each series, from the top one, and the base line last."""
        values = [max(float(one.values[at] or 0), 0.0) for one in reversed(self._series)]
        return list(reversed([0.0, *accumulate(values)]))

    def draw(self, width: float, height: float, measure: Measure) -> Drawing:
        last = self._runs[-1][-1]
        figures = [one.text(last, self._told) for one in self._series]
        labels = [f"{one.name} {figure}" for one, figure in zip(self._series, figures, strict=True)]
        height = max(height or HEIGHT, end_height(len(labels)) + AXIS_ROOM, LEAST_HEIGHT)
        scale = Scale.over([tops[0] for tops in self._tops.values()])
        right = width - end_room(labels, width, False, measure)
        texts = tick_texts(scale, self._told, width, measure)
        plot = Plot(tick_room(texts, measure), TOP_ROOM, right, height - AXIS_ROOM, scale)
        xs = [plot.x(at, len(self._places)) for at in range(len(self._places))]
        shapes = [*grid(plot, texts)]
        for run in self._runs:
            shapes += self._areas(plot, run)
        shapes += names_below(self._places, xs, height - 4, width, measure, flush=True)
        ends = [
            EndLabel(one.name, figure, self._middle(plot, row, last), one.look)
            for row, (one, figure) in enumerate(zip(self._series, figures, strict=True))
        ]
        shapes += end_labels(ends, right, width, 0, height - AXIS_ROOM + 6, measure)
        return Drawing(width, height, tuple(shapes), tuple(self._parts(plot)))

    def _middle(self, plot: Plot, row: int, at: int) -> float:
        tops = self._tops[at]
        return plot.y((tops[row] + tops[row + 1]) / 2)

    def _areas(self, plot: Plot, run: Sequence[int]) -> list[Shape]:
        shapes: list[Shape] = []
        for row, one in enumerate(self._series):
            look = look_of(one.look)
            upper, lower = self._border(plot, run, row), self._border(plot, run, row + 1)
            shapes.append(Area((*upper, *reversed(lower)), look.fill))
        for row in range(1, len(self._series)):
            shapes.append(Line(self._border(plot, run, row), Stroke("surface", _SEPARATOR)))
        return shapes

    def _border(self, plot: Plot, run: Sequence[int], row: int) -> tuple[Point, ...]:
        count = len(self._places)
        points = tuple((plot.x(at, count), plot.y(self._tops[at][row])) for at in run)
        if len(points) > 1:
            return points
        ((x, y),) = points  # one value alone still has a width
        half = min(12.0, plot.width / 2)
        return ((max(x - half, plot.left), y), (min(x + half, plot.right), y))

    def _parts(self, plot: Plot) -> list[Part]:
        count = len(self._places)
        half = plot.width / max(count - 1, 1) / 2
        parts = []
        for at in sorted(self._tops):
            left, right = max(plot.x(at, count) - half, plot.left), min(plot.x(at, count) + half, plot.right)
            for row, one in enumerate(self._series):
                top, bottom = plot.y(self._tops[at][row]), plot.y(self._tops[at][row + 1])
                name = f"{one.name}, {self._places[at]}: {one.text(at, self._told)}"
                outline = ((left, top), (right, top), (right, bottom), (left, bottom))
                parts.append(Part(name, outline, at, row, one.id(at)))
        return parts
