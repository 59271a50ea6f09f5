"""Paints the drawings of desktop/charts on paper, in the light colours: a design px is 0.75 points."""

from dataclasses import dataclass

from desktop.charts import hatch
from desktop.charts.looks import look_of
from desktop.charts.picture import Picture
from desktop.charts.scene import (
    Area,
    Drawing,
    Fill,
    Label,
    Line,
    Mark,
    Point,
    Rect,
    Shape,
    Stroke,
    box_outline,
)
from desktop.reports.fonts import REGULAR, SEMIBOLD, printable, text_width
from desktop.reports.styles import CONTENT, colour
from desktop.reports.tagging import TaggedCanvas

PX = 0.75  # points


@dataclass(frozen=True, slots=True)
class Chart:
    """A drawing ready to be placed: its title, and what it says in words."""

    title: str
    alt: str
    drawing: Drawing

    @property
    def height(self) -> float:
        """In points."""
        return self.drawing.height * PX

    def paint(self, canvas: TaggedCanvas, _width: float, height: float) -> None:
        """Paint it, `height` points above the origin and down."""
        PaperPainter(canvas, height).paint(self.drawing)


def measure(text: str, size: float, strong: bool) -> float:
    """The width of a line in design px, as it is printed."""
    return text_width(printable(text), SEMIBOLD if strong else REGULAR, size)


def place(picture: Picture, height: float = 0.0) -> Chart:
    """A picture for the whole width of a page; its own height in px unless another is given."""
    return Chart(picture.title, picture.alt, picture.draw(CONTENT / PX, height, measure))


def fill_bar(canvas: TaggedCanvas, key: str, left: float, bottom: float, width: float, height: float) -> None:
    """A bar in points, in the colour and pattern of a kön: kvinnor solid, män hatched, totalt grey."""
    if width <= 0:
        return
    look = look_of(key)
    edge = Stroke(look.edge) if look.edge else None
    bar = Rect(left / PX, 0, width / PX, height / PX, look.fill, edge)
    PaperPainter(canvas, bottom + height).paint(Drawing(width, height, (bar,)))


class PaperPainter:
    """Paints shapes on a canvas, `top` points above its origin."""

    def __init__(self, canvas: TaggedCanvas, top: float) -> None:
        self._canvas, self._top = canvas, top

    def paint(self, drawing: Drawing) -> None:
        """Every shape in its order."""
        for shape in drawing.shapes:
            self._paint(shape)

    def _paint(self, shape: Shape) -> None:
        if isinstance(shape, Label):
            self._label(shape)
        elif isinstance(shape, Rect):
            self._rect(shape)
        elif isinstance(shape, Line):
            self._line(shape.points, shape.stroke)
        elif isinstance(shape, Area):
            self._area(shape)
        else:
            self._mark(shape)

    def _at(self, point: Point) -> Point:
        return point[0] * PX, self._top - point[1] * PX

    def _pen(self, stroke: Stroke) -> None:
        self._canvas.setStrokeColor(colour(stroke.colour))
        self._canvas.setLineWidth(stroke.width * PX)
        self._canvas.setDash([length * PX for length in stroke.dash])

    def _label(self, label: Label) -> None:
        text, font = printable(label.text), SEMIBOLD if label.strong else REGULAR
        x, y = self._at((label.x, label.y))
        if label.anchor != "start":
            width = text_width(text, font, label.size * PX)
            x -= width if label.anchor == "end" else width / 2
        self._canvas.setFillColor(colour(label.colour))
        self._canvas.setFont(font, label.size * PX)
        self._canvas.drawString(x, y, f"{text} ")  # words of a copied chart must not join

    def _rect(self, rect: Rect) -> None:
        outline = box_outline(rect.x, rect.y, rect.width, rect.height)
        if rect.fill is not None:
            self._canvas.setFillColor(colour(rect.fill.colour))
            self._box(rect, 0.0, fill=True)
            self._hatch(rect.fill, outline)
        if rect.edge is not None:
            self._pen(rect.edge)
            self._box(rect, min(rect.edge.width, rect.width, rect.height) / 2, fill=False)

    def _box(self, rect: Rect, inset: float, fill: bool) -> None:
        x, y = self._at((rect.x + inset, rect.y + rect.height - inset))
        width, height = (rect.width - 2 * inset) * PX, (rect.height - 2 * inset) * PX
        if rect.radius:
            radius = min(rect.radius * PX, width / 2, height / 2)
            self._canvas.roundRect(x, y, width, height, radius, stroke=int(not fill), fill=int(fill))
        else:
            self._canvas.rect(x, y, width, height, stroke=int(not fill), fill=int(fill))

    def _hatch(self, fill: Fill, outline: tuple[Point, ...]) -> None:
        if fill.ink:
            self._pen(Stroke(fill.ink, hatch.WIDTH))
            lines = hatch.hatch_lines(outline)
            self._canvas.lines([(*self._at(start), *self._at(end)) for start, end in lines])

    def _line(self, points: tuple[Point, ...], stroke: Stroke) -> None:
        self._pen(stroke)
        path = self._canvas.beginPath()
        path.moveTo(*self._at(points[0]))
        for point in points[1:]:
            path.lineTo(*self._at(point))
        self._canvas.setLineJoin(1)
        self._canvas.drawPath(path, stroke=1, fill=0)
        self._canvas.setDash([])

    def _area(self, area: Area) -> None:
        path = self._canvas.beginPath()
        path.moveTo(*self._at(area.points[0]))
        for point in area.points[1:]:
            path.lineTo(*self._at(point))
        path.close()
        self._canvas.setFillColor(colour(area.fill.colour))
        self._canvas.drawPath(path, stroke=0, fill=1)
        self._hatch(area.fill, area.points)
        if area.edge is not None:
            self._pen(area.edge)
            self._canvas.drawPath(path, stroke=1, fill=0)

    def _mark(self, mark: Mark) -> None:
        self._pen(mark.edge)
        self._canvas.setFillColor(colour(mark.fill))
        x, y = self._at((mark.x, mark.y))
        radius = mark.radius * PX
        if mark.square:
            side = 2 * radius
            self._canvas.rect(x - radius, y - radius, side, side, stroke=1, fill=1)
        else:
            self._canvas.circle(x, y, radius, stroke=1, fill=1)
