"""Standing bars: stacked with the sum above, or side by side (kvinnor beside män)."""

from collections.abc import Sequence

from desktop.charts.axes import Plot, Scale, column_name_room, column_names, grid, tick_room, tick_texts
from desktop.charts.legend import legend_above
from desktop.charts.lines import Goal
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
from desktop.charts.scene import (
    AXIS,
    TEXT,
    Drawing,
    Label,
    Line,
    Measure,
    Part,
    Rect,
    Shape,
    Stroke,
    box_outline,
)

KIND = "Stapeldiagram"
HEIGHT = 150.0
_FIGURE_ROOM = 18.0
_GAP = 1.5
_LEAST_HIT = 6.0


def stacked_columns(
    title: str,
    places: Sequence[str],
    series: Sequence[Series],
    *,
    told: Say = say,
    head: str = "Vecka",
    total: str = "Totalt",
    goal: Goal | None = None,
    source: str = "",
) -> Picture:
    """A column per place, the first series at the bottom, the sum above it; a goal is a broken line.

    A place where any value is missing (hidden, R12) has no column: heights can be measured.
    """
    check_lengths(places, series)
    table = series_table(head, places, series, told, total)
    if not any(_is_whole(series, at) for at in range(len(places))):
        return empty_picture(title, KIND, table, source, fact_of_series(series))

    def draw(width: float, height: float, measure: Measure) -> Drawing:
        return _Columns(places, series, told, goal).draw(width, height, measure)

    words = series_words(places, series, told)
    return Picture(title, KIND, f"{words} {goal.name}." if goal else words, table, draw, source)


def grouped_columns(
    title: str,
    places: Sequence[str],
    series: Sequence[Series],
    *,
    told: Say = say,
    share: bool = False,
    head: str = "Period",
    source: str = "",
) -> Picture:
    """The series side by side in every place, each with its number above: kvinnor first, män second.

    A place where any value is missing (hidden, R12) has no columns.
    """
    check_lengths(places, series)
    table = series_table(head, places, series, told)
    if not any(_is_whole(series, at) for at in range(len(places))):
        return empty_picture(title, KIND, table, source, fact_of_series(series))

    def draw(width: float, height: float, measure: Measure) -> Drawing:
        return _Groups(places, series, told, share).draw(width, height, measure)

    return Picture(title, KIND, series_words(places, series, told), table, draw, source)


def _is_whole(series: Sequence[Series], at: int) -> bool:
    return bool(series) and all(one.values[at] is not None for one in series)


def _value(one: Series, at: int) -> float:
    return max(float(one.values[at] or 0), 0.0)


class _Columns:
    """Columns without an axis: each has its sum above."""

    def __init__(self, places: Sequence[str], series: Sequence[Series], told: Say, goal: Goal | None) -> None:
        self._places, self._series, self._told, self._goal = places, series, told, goal
        self._whole = [at for at in range(len(places)) if _is_whole(series, at)]

    def draw(self, width: float, height: float, measure: Measure) -> Drawing:
        legend = legend_above([(one.name, one.look) for one in self._series], width, measure)
        above = legend.height if len(self._series) > 1 else 0.0
        height = max(height or HEIGHT, above + 90)
        sums = [sum(_value(one, at) for one in self._series) for at in self._whole]
        goal = self._goal
        scale = Scale(0, max([1.0, *sums, *([goal.high] if goal else [])]), 1)
        # The name of the goal stands at the end of its line, clear of the columns.
        right = width - (measure(goal.name, AXIS, True) + 10 if goal else 0.0)
        slot = right / len(self._places)
        bottom = height - column_name_room(self._places, slot, measure)
        plot = Plot(0, above + _FIGURE_ROOM, right, bottom, scale)
        shapes: list[Shape] = [*legend.shapes] if above else []
        parts: list[Part] = []
        for at in self._whole:
            self._paint(plot, at, slot, shapes, parts)
        xs = [plot.left + (at + 0.5) * slot for at in range(len(self._places))]
        if goal is not None:
            y = plot.y(goal.high)
            shapes.append(Line(((0, y), (right + 4, y)), Stroke("target", 1.5, (5, 3))))
            shapes.append(Label(goal.name, right + 8, y + 4, AXIS, True))
        shapes += self._totals(plot, xs, measure)
        shapes.append(Line(((plot.left, plot.bottom), (plot.right, plot.bottom)), Stroke("border_strong")))
        shapes += column_names(self._places, xs, bottom, right, slot, measure)
        return Drawing(width, height, tuple(shapes), tuple(parts))

    def _paint(self, plot: Plot, at: int, slot: float, shapes: list[Shape], parts: list[Part]) -> None:
        wide = min(slot * 0.55, 30.0)
        left, bottom = plot.left + (at + 0.5) * slot - wide / 2, plot.bottom
        for row, one in enumerate(self._series):
            look, length = look_of(one.look), plot.bottom - plot.y(_value(one, at))
            top = bottom - length
            if length > 0:
                gap = _GAP if row and length > 2 * _GAP else 0.0
                edge = Stroke(look.edge) if look.edge else None
                shapes.append(Rect(left, top, wide, length - gap, look.fill, edge, min(2.0, length / 2)))
            name = f"{one.name}, {self._places[at]}: {one.text(at, self._told)}"
            hit = box_outline(left, min(top, bottom - _LEAST_HIT), wide, max(length, _LEAST_HIT))
            parts.append(Part(name, hit, at, len(self._series) - row, one.id(at)))
            bottom = top

    def _totals(self, plot: Plot, xs: Sequence[float], measure: Measure) -> list[Shape]:
        """The sums, left out where they would run into each other: the table has them."""
        slot = plot.width / len(self._places)
        shapes: list[Shape] = []
        for at in self._whole:
            total = sum(_value(one, at) for one in self._series)
            text = self._told(int(total) if total == int(total) else total)
            if measure(text, TEXT, True) <= slot - 3:
                shapes.append(Label(text, xs[at], plot.y(total) - 6, TEXT, True, anchor="middle"))
        return shapes


class _Groups:
    """Columns side by side against a scale, each with its number where there is room."""

    def __init__(self, places: Sequence[str], series: Sequence[Series], told: Say, share: bool) -> None:
        self._places, self._series, self._told = places, series, told
        self._whole = [at for at in range(len(places)) if _is_whole(series, at)]
        self._scale = Scale.over([_value(one, at) for one in series for at in self._whole], share)

    def draw(self, width: float, height: float, measure: Measure) -> Drawing:
        legend = legend_above([(one.name, one.look) for one in self._series], width, measure)
        height = max(height or HEIGHT + legend.height, legend.height + 100)
        texts = tick_texts(self._scale, self._told, width, measure)
        left = tick_room(texts, measure)
        slot = max(width - left, 1.0) / len(self._places)
        bottom = height - column_name_room(self._places, slot, measure)
        plot = Plot(left, legend.height + _FIGURE_ROOM, width, bottom, self._scale)
        shapes: list[Shape] = [*legend.shapes, *grid(plot, texts)]
        parts: list[Part] = []
        for at in self._whole:
            self._paint(plot, at, slot, measure, shapes, parts)
        xs = [plot.left + (at + 0.5) * slot for at in range(len(self._places))]
        shapes += column_names(self._places, xs, bottom, width, slot, measure)
        return Drawing(width, height, tuple(shapes), tuple(parts))

    def _paint(
        self, plot: Plot, at: int, slot: float, measure: Measure, shapes: list[Shape], parts: list[Part]
    ) -> None:
        count = len(self._series)
        step = min(slot * 0.8 / count, 34.0)
        texts = [one.text(at, self._told) for one in self._series]
        write = max(measure(text, AXIS, True) for text in texts) <= step
        for column, (one, text) in enumerate(zip(self._series, texts, strict=True)):
            look = look_of(one.look)
            left = plot.left + (at + 0.5) * slot + (column - count / 2) * step
            top = plot.y(_value(one, at))
            wide, length = step - min(2.0, step / 4), plot.bottom - top
            if length > 0:
                edge = Stroke(look.edge) if look.edge else None
                shapes.append(Rect(left, top, wide, length, look.fill, edge, min(2.0, length / 2)))
            if write:
                shapes.append(Label(text, left + wide / 2, top - 5, AXIS, True, anchor="middle"))
            hit = box_outline(left, min(top, plot.bottom - _LEAST_HIT), wide, max(length, _LEAST_HIT))
            name = f"{one.name}, {self._places[at]}: {text}"
            parts.append(Part(name, hit, at * count + column, 0, one.id(at)))
