"""A small line without scale, with its last point and a mark for where it is going."""

from collections.abc import Sequence

from db.rules.figurer import Tal
from desktop.charts.scene import Drawing, Line, Mark, Point, Shape, Stroke

WIDTH = 78.0
HEIGHT = 20.0
WORDS = {1: "ökar", 0: "oförändrat", -1: "minskar"}
_MARK_WIDTH = 14.0
_STEADY = 0.03  # of the first value: a smaller change is none


def trend(values: Sequence[Tal | None]) -> int:
    """1 where the last value is above the first, −1 below, 0 where they differ by less than 3 per cent."""
    known = [float(value) for value in values if value is not None]
    if len(known) < 2:
        return 0
    change = known[-1] - known[0]
    if abs(change) <= _STEADY * abs(known[0]):
        return 0
    return 1 if change > 0 else -1


def spark(
    values: Sequence[Tal | None], width: float = WIDTH, height: float = HEIGHT, going: int | None = None
) -> Drawing:
    """The line of a row in a table; `going` is the trend where it is worked out elsewhere."""
    known = [float(value) for value in values if value is not None]
    if not known:
        return Drawing(width, height, ())
    low, high = min(known), max(known)
    line_width = width - _MARK_WIDTH - 8
    step = (line_width - 6) / max(len(values) - 1, 1)

    def y(value: float) -> float:
        share = (value - low) / (high - low) if high > low else 0.5
        return height - 4 - share * (height - 8)

    runs: list[list[Point]] = [[]]
    for at, value in enumerate(values):
        if value is None:
            runs.append([])
        else:
            runs[-1].append((3 + at * step, y(float(value))))
    shapes: list[Shape] = [Line(tuple(run), Stroke("s5", 1.6)) for run in runs if len(run) > 1]
    x, last = [point for run in runs for point in run][-1]
    shapes.append(Mark(x, last, 2.4, "s5", Stroke("s5", 0.5)))
    way = trend(values) if going is None else going
    shapes += _arrow(way, width - _MARK_WIDTH, height / 2)
    return Drawing(width, height, tuple(shapes))


def _arrow(way: int, left: float, middle: float) -> list[Shape]:
    """Up, level or down: a shape, so that no colour is needed."""
    stroke = Stroke("text2", 1.5)
    if not way:
        return [Line(((left + 2, middle), (left + 12, middle)), stroke)]
    up = -way
    start, end = middle - 4 * up, middle + 4 * up
    path = ((left, start), (left + 4.5, middle - up), (left + 7, middle + up), (left + 12.5, end))
    head = ((left + 8.5, end), (left + 12.5, end), (left + 12.5, end - 4 * up))
    return [Line(path, stroke), Line(head, stroke)]
