"""What a drawing is made of: shapes in design px from the upper left corner, in the tokens' colour names.

Nothing here knows who paints it: Qt on the screen and reportlab on paper paint the same shapes.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

Measure: TypeAlias = Callable[[str, float, bool], float]  # text, size, strong → width in the same unit
Point: TypeAlias = tuple[float, float]

TEXT = 12.0
AXIS = 11.0
TITLE = 14.0
LEADING = 15.0


@dataclass(frozen=True, slots=True)
class Fill:
    """A colour, and rising lines in `ink` over it where a pattern tells it from others."""

    colour: str
    ink: str = ""


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line's colour, width, and dashes in px."""

    colour: str
    width: float = 1.0
    dash: tuple[float, ...] = ()


@dataclass(frozen=True, slots=True)
class Rect:
    """A box; its edge lies wholly inside."""

    x: float
    y: float
    width: float
    height: float
    fill: Fill | None = None
    edge: Stroke | None = None
    radius: float = 0.0


@dataclass(frozen=True, slots=True)
class Line:
    """A polyline."""

    points: tuple[Point, ...]
    stroke: Stroke


@dataclass(frozen=True, slots=True)
class Area:
    """A closed polygon."""

    points: tuple[Point, ...]
    fill: Fill
    edge: Stroke | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """The mark of a point: a round or a square one, `radius` from its middle to its side."""

    x: float
    y: float
    radius: float
    fill: str
    edge: Stroke
    square: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """One line of text. `y` is its baseline; `anchor` says what `x` is: its start, middle or end."""

    text: str
    x: float
    y: float
    size: float = TEXT
    strong: bool = False
    colour: str = "text"
    anchor: str = "start"


Shape: TypeAlias = Rect | Line | Area | Mark | Label


@dataclass(frozen=True, slots=True)
class Part:
    """Something in a drawing that can be pointed at, moved to by the arrow keys and read out.

    `name` says what it is and its exact figure; `id` is what is chosen with Enter or a click ("" nothing).
    Columns count from the left and rows from the top.
    """

    name: str
    outline: tuple[Point, ...]
    column: int
    row: int
    id: str = ""

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        xs, ys = [x for x, _ in self.outline], [y for _, y in self.outline]
        return min(xs), min(ys), max(xs), max(ys)

    def holds(self, x: float, y: float) -> bool:
        """Whether the point lies in the outline."""
        inside, (before_x, before_y) = False, self.outline[-1]
        for at_x, at_y in self.outline:
            if (at_y > y) != (before_y > y):
                cross = at_x + (y - at_y) / (before_y - at_y) * (before_x - at_x)
                inside ^= x < cross
            before_x, before_y = at_x, at_y
        return inside


@dataclass(frozen=True, slots=True)
class Drawing:
    """Shapes in the order they are painted, and the parts that can be pointed at."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    parts: tuple[Part, ...] = ()


def box_outline(x: float, y: float, width: float, height: float) -> tuple[Point, ...]:
    """The outline of a part that is a box."""
    return ((x, y), (x + width, y), (x + width, y + height), (x, y + height))


def shifted(drawing: Drawing, dx: float, dy: float) -> Iterable[Shape]:
    """Its shapes, moved."""
    for shape in drawing.shapes:
        yield _moved(shape, dx, dy)


def _moved(shape: Shape, dx: float, dy: float) -> Shape:
    if isinstance(shape, Rect):
        return Rect(
            shape.x + dx, shape.y + dy, shape.width, shape.height, shape.fill, shape.edge, shape.radius
        )
    if isinstance(shape, Line):
        return Line(tuple((x + dx, y + dy) for x, y in shape.points), shape.stroke)
    if isinstance(shape, Area):
        return Area(tuple((x + dx, y + dy) for x, y in shape.points), shape.fill, shape.edge)
    if isinstance(shape, Mark):
        return Mark(shape.x + dx, shape.y + dy, shape.radius, shape.fill, shape.edge, shape.square)
    return Label(shape.text, shape.x + dx, shape.y + dy, shape.size, shape.strong, shape.colour, shape.anchor)
