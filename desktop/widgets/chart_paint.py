"""Paints the drawings of desktop/charts with Qt, in the colours of a scheme."""

from collections.abc import Callable
from functools import cache
from threading import get_ident

from PySide6.QtCore import QLineF, QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPainterPath, QPen, QPolygonF

from desktop.charts import hatch
from desktop.charts.scene import Area, Drawing, Fill, Label, Line, Mark, Point, Rect, Stroke, box_outline
from desktop.theme import Theme, load_fonts, make_font
from desktop.widgets.paint import narrow_hyphen

Colour = Callable[[str], QColor]
_STRONG = 600


def measure(text: str, size: float, strong: bool) -> float:
    """How wide a text is, in design px. May be asked on any thread."""
    return _metrics(get_ident(), size, strong).horizontalAdvance(_one_line(text))


@cache
def _font(_thread: int, size: float, strong: bool) -> QFont:
    """A font for one thread alone: Qt's own caches of a font belong to the thread that used it first."""
    load_fonts()
    return make_font(round(size), _STRONG if strong else 400, round(size))


@cache
def _metrics(thread: int, size: float, strong: bool) -> QFontMetricsF:
    return QFontMetricsF(_font(thread, size, strong))


def _one_line(text: str) -> str:
    return narrow_hyphen(text).replace("\n", " ")


def paint_drawing(painter: QPainter, theme: Theme, drawing: Drawing, at: QPointF) -> None:
    """A drawing in the theme's colours and text size, its upper left corner at a point: in a cell, a card."""
    painter.save()
    painter.translate(at)
    painter.scale(theme.scale / 100, theme.scale / 100)
    DrawingPainter(painter, theme.colour).paint(drawing)
    painter.restore()


class DrawingPainter:
    """Paints shapes; with `paths` text becomes outlines, so that no font is needed to see it."""

    def __init__(self, painter: QPainter, colour: Colour, paths: bool = False) -> None:
        self._painter, self._colour, self._paths = painter, colour, paths
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)

    def paint(self, drawing: Drawing) -> None:
        """Every shape in its order."""
        for shape in drawing.shapes:
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

    def _rect(self, rect: Rect) -> None:
        box, painter = QRectF(rect.x, rect.y, rect.width, rect.height), self._painter
        if rect.fill is not None:
            path = QPainterPath()
            path.addRoundedRect(box, rect.radius, rect.radius)
            painter.fillPath(path, self._colour(rect.fill.colour))
            self._hatch(rect.fill, box_outline(rect.x, rect.y, rect.width, rect.height))
        if rect.edge is not None:
            inset = min(rect.edge.width, rect.width, rect.height) / 2
            painter.setPen(self._pen(rect.edge))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(box.adjusted(inset, inset, -inset, -inset), rect.radius, rect.radius)

    def _hatch(self, fill: Fill, outline: tuple[Point, ...]) -> None:
        if fill.ink:
            flat = Qt.PenCapStyle.FlatCap
            self._painter.setPen(QPen(self._colour(fill.ink), hatch.WIDTH, Qt.PenStyle.SolidLine, flat))
            lines = hatch.hatch_lines(outline)
            self._painter.drawLines([QLineF(*start, *end) for start, end in lines])

    def _line(self, points: tuple[Point, ...], stroke: Stroke) -> None:
        self._painter.setPen(self._pen(stroke))
        self._painter.setBrush(Qt.BrushStyle.NoBrush)
        self._painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))

    def _area(self, area: Area) -> None:
        path = outline_path(area.points)
        self._painter.fillPath(path, self._colour(area.fill.colour))
        self._hatch(area.fill, area.points)
        if area.edge is not None:
            self._painter.strokePath(path, self._pen(area.edge))

    def _mark(self, mark: Mark) -> None:
        painter, r = self._painter, mark.radius
        painter.setPen(self._pen(mark.edge))
        painter.setBrush(self._colour(mark.fill))
        box = QRectF(mark.x - r, mark.y - r, 2 * r, 2 * r)
        if mark.square:
            painter.drawRect(box.adjusted(0.4, 0.4, -0.4, -0.4))
        else:
            painter.drawEllipse(box)

    def _pen(self, stroke: Stroke) -> QPen:
        pen = QPen(self._colour(stroke.colour), stroke.width)
        pen.setCapStyle(Qt.PenCapStyle.FlatCap)
        pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
        if stroke.dash:
            pen.setDashPattern([length / stroke.width for length in stroke.dash])
        return pen

    def _label(self, label: Label) -> None:
        text, font = _one_line(label.text), _font(get_ident(), label.size, label.strong)
        width = measure(label.text, label.size, label.strong)
        left = label.x - {"start": 0.0, "middle": width / 2, "end": width}[label.anchor]
        colour = self._colour(label.colour)
        if self._paths:
            path = QPainterPath()
            path.addText(QPointF(left, label.y), font, text)
            self._painter.fillPath(path, colour)
            return
        self._painter.setFont(font)
        self._painter.setPen(colour)
        self._painter.drawText(QPointF(left, label.y), text)


def outline_path(points: tuple[Point, ...]) -> QPainterPath:
    """The closed path through the points."""
    path = QPainterPath()
    path.addPolygon(QPolygonF([QPointF(x, y) for x, y in points]))
    path.closeSubpath()
    return path
