"""Checks of drawings: what lies outside, and which labels overlap."""

from collections.abc import Iterator
from itertools import combinations

from desktop.charts.scene import Area, Drawing, Label, Line, Mark, Measure, Rect, Shape

Box = tuple[float, float, float, float]
_SLACK = 1.0


def measure(text: str, size: float, strong: bool) -> float:
    """Every sign is about as wide as those of Inter are on the whole."""
    return len(text) * size * (0.6 if strong else 0.56)


def box_of(shape: Shape, measure: Measure = measure) -> Box:
    """Left, top, right, bottom of what a shape covers."""
    if isinstance(shape, Rect):
        return shape.x, shape.y, shape.x + shape.width, shape.y + shape.height
    if isinstance(shape, Mark):
        return shape.x - shape.radius, shape.y - shape.radius, shape.x + shape.radius, shape.y + shape.radius
    if isinstance(shape, (Line, Area)):
        xs, ys = [x for x, _ in shape.points], [y for _, y in shape.points]
        return min(xs), min(ys), max(xs), max(ys)
    width = measure(shape.text, shape.size, shape.strong)
    left = shape.x - {"start": 0.0, "middle": width / 2, "end": width}[shape.anchor]
    return left, shape.y - 0.74 * shape.size, left + width, shape.y + 0.22 * shape.size


def faults(drawing: Drawing, measure: Measure = measure) -> Iterator[str]:
    """What is wrong: shapes or parts outside the drawing, sizes below zero, labels over each other."""
    for shape in drawing.shapes:
        left, top, right, bottom = box_of(shape, measure)
        if (
            left < -_SLACK
            or top < -_SLACK
            or right > drawing.width + _SLACK
            or bottom > drawing.height + _SLACK
        ):
            yield f"outside: {shape}"
        if right < left or bottom < top:
            yield f"inside out: {shape}"
    for part in drawing.parts:
        left, top, right, bottom = part.box
        if left < -9 or top < -9 or right > drawing.width + 9 or bottom > drawing.height + 9:
            yield f"outside: {part}"
    labels = [shape for shape in drawing.shapes if isinstance(shape, Label)]
    for first, second in combinations(labels, 2):
        if _overlap(box_of(first, measure), box_of(second, measure)):
            yield f"{first} over {second}"


def texts(drawing: Drawing) -> list[str]:
    """What stands in the drawing."""
    return [shape.text for shape in drawing.shapes if isinstance(shape, Label)]


def _overlap(one: Box, other: Box) -> bool:
    across = min(one[2], other[2]) - max(one[0], other[0])
    down = min(one[3], other[3]) - max(one[1], other[1])
    return across > 0.5 and down > 0.5
