"""The drawing of a chart on the screen: its parts are moved to by the arrow keys, read out and chosen."""

from collections.abc import Sequence
from html import escape

from PySide6.QtCore import QEvent, QPoint, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QAccessible,
    QAccessibleEvent,
    QFocusEvent,
    QHelpEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.charts.picture import Picture
from desktop.charts.scene import Drawing, Part, box_outline
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.chart_paint import measure, outline_path, paint_drawing
from desktop.widgets.paint import focus_ring

_WIDTH = 420  # design px where the room is not known yet
_LEAST_WIDTH = 220
_RING_ROOM = 3.0
_ARROWS = {
    Qt.Key.Key_Left: (-1, 0),
    Qt.Key.Key_Right: (1, 0),
    Qt.Key.Key_Up: (0, -1),
    Qt.Key.Key_Down: (0, 1),
}


class ChartCanvas(QWidget):
    """Draws a Picture for the room it has. A part that leads somewhere is `chosen` with Enter or a click."""

    chosen = Signal(str)  # the part's id
    menu_wanted = Signal(QPoint)  # a place on the screen

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: Picture | None = None
        self._drawing = Drawing(0, 0, ())
        self._heights: dict[tuple[float, float], float] = {}  # of this picture, by width and height wanted
        self._hinted = (0, 0)
        self._current = -1
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        theme.changed.connect(self._themed)

    @property
    def drawing(self) -> Drawing:
        """As it is drawn now, in design px."""
        return self._drawing

    @property
    def current(self) -> Part | None:
        """The part that the keys have come to."""
        parts = self._drawing.parts
        return parts[self._current] if 0 <= self._current < len(parts) else None

    def set_picture(self, picture: Picture) -> None:
        """Show this; the part that the keys had come to stays where there still is one."""
        self._picture = picture
        self._heights.clear()
        self._lay_out()
        self._tell()

    def sizeHint(self) -> QSize:
        """As high as the drawing wants to be at the width it has."""
        return QSize(self._theme.px(_WIDTH), self._height(0.0))

    def minimumSizeHint(self) -> QSize:
        """Never lower than what the drawing needs."""
        return QSize(self._theme.px(_LEAST_WIDTH), self._height(1.0))

    def _height(self, wanted: float) -> int:
        """In px, for the width there is or is likely to be."""
        if self._picture is None:
            return 0
        known = self.testAttribute(Qt.WidgetAttribute.WA_Resized) or self.isVisible()
        key = (self._design(self.width()) if known else _WIDTH, wanted)
        if key not in self._heights:
            self._heights[key] = self._picture.draw(*key, measure).height
        return self._theme.px(self._heights[key])

    def _design(self, px: int) -> float:
        return max(px, 1) * 100 / self._theme.scale

    def _lay_out(self) -> None:
        """Draw for the room there is; a new width may ask for another height."""
        if self._picture is None:
            return
        before = self._hinted
        self._drawing = self._picture.draw(self._design(self.width()), self._design(self.height()), measure)
        self._hinted = (self._height(0.0), self._height(1.0))
        if self._hinted != before:
            self.updateGeometry()
        self.update()

    def _themed(self) -> None:
        self._heights.clear()
        self._hinted = (0, 0)
        self._lay_out()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Draw anew for the room."""
        super().resizeEvent(event)
        self._lay_out()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The drawing, then the ring round the current part."""
        painter = QPainter(self)
        paint_drawing(painter, self._theme, self._drawing, QPointF(0, 0))
        if self.hasFocus():
            painter.scale(self._theme.scale / 100, self._theme.scale / 100)
            self._paint_ring(painter)

    def _paint_ring(self, painter: QPainter) -> None:
        part = self.current
        if part is None:
            painter.resetTransform()
            focus_ring(painter, self._theme, QRectF(self.rect()), 4)
            return
        left, top, right, bottom = part.box
        if part.outline == box_outline(left, top, right - left, bottom - top):
            room = QRectF(0, 0, self._drawing.width, self._drawing.height)
            box = QRectF(left, top, right - left, bottom - top)
            box = box.adjusted(-_RING_ROOM, -_RING_ROOM, _RING_ROOM, _RING_ROOM) & room
            focus_ring(painter, self._theme, box, 4)
            return
        path = outline_path(part.outline)
        painter.strokePath(path, QPen(self._theme.colour("surface"), 5))
        painter.strokePath(path, QPen(self._theme.colour("focus"), 2))

    def part_at(self, point: QPointF) -> int:
        """The part under a point of the widget, the one whose middle is nearest; −1 where there is none."""
        x, y = point.x() * 100 / self._theme.scale, point.y() * 100 / self._theme.scale
        found = [at for at, part in enumerate(self._drawing.parts) if part.holds(x, y)]
        return min(found, key=lambda at: _distance(self._drawing.parts[at], x, y), default=-1)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what leads somewhere."""
        at = self.part_at(event.position())
        leads = at >= 0 and bool(self._drawing.parts[at].id)
        self.setCursor(Qt.CursorShape.PointingHandCursor if leads else Qt.CursorShape.ArrowCursor)
        super().mouseMoveEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click chooses the part."""
        at = self.part_at(event.position())
        if event.button() is Qt.MouseButton.LeftButton and at >= 0:
            self._go(at)
            self._choose()
        super().mousePressEvent(event)

    def event(self, event: QEvent) -> bool:
        """The exact figure as a tooltip, as plain text whatever stands in it."""
        if isinstance(event, QHelpEvent) and event.type() is QEvent.Type.ToolTip:
            at = self.part_at(QPointF(event.pos()))
            text = f"<qt>{escape(self._drawing.parts[at].name)}</qt>" if at >= 0 else ""
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows, Home and End move; Enter chooses; Shift+F10 and the menu key open the menu."""
        key, parts = Qt.Key(event.key()), self._drawing.parts
        shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if key == Qt.Key.Key_Menu or (key == Qt.Key.Key_F10 and shifted):
            self.menu_wanted.emit(self._menu_place())
        elif key in _ARROWS and parts:
            self._go(_next(parts, max(self._current, 0), *_ARROWS[key]))
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End) and parts:
            self._go(0 if key == Qt.Key.Key_Home else len(parts) - 1)
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.current is not None:
            self._choose()
        else:
            super().keyPressEvent(event)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by keyboard starts at the first part."""
        super().focusInEvent(event)
        if (
            self.current is None
            and self._drawing.parts
            and event.reason() is not Qt.FocusReason.MouseFocusReason
        ):
            self._go(0)
        self.update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.update()

    def _menu_place(self) -> QPoint:
        left, _, _, bottom = self.current.box if self.current else (8, 0, 0, 24)
        return self.mapToGlobal(QPoint(self._theme.px(left), self._theme.px(bottom)))

    def _choose(self) -> None:
        if self.current is not None and self.current.id:
            self.chosen.emit(self.current.id)

    def _go(self, at: int) -> None:
        self._current = at
        self._tell()
        self.update()

    def _tell(self) -> None:
        """Name and description follow the current part, and screen readers are told."""
        picture, part = self._picture, self.current
        if picture is None:
            return
        name = f"{picture.title}: {part.name}" if part else picture.title
        opens = f" {tr('Enter öppnar.')}" if part and part.id else ""
        place = f"{self._current + 1} {tr('av')} {len(self._drawing.parts)}.{opens} " if part else ""
        description = f"{place}{picture.alt}"
        if name != self.accessibleName():
            self.setAccessibleName(name)
            QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.NameChanged))
        self.setAccessibleDescription(description)


def _distance(part: Part, x: float, y: float) -> float:
    left, top, right, bottom = part.box
    return float(((left + right) / 2 - x) ** 2 + ((top + bottom) / 2 - y) ** 2)


def _next(parts: Sequence[Part], at: int, across: int, down: int) -> int:
    """The nearest part one step away; the same where there is none."""
    here = parts[at]
    if across:
        ahead = [i for i, part in enumerate(parts) if (part.column - here.column) * across > 0]
        return min(
            ahead,
            key=lambda i: (abs(parts[i].column - here.column), abs(parts[i].row - here.row)),
            default=at,
        )
    same = [
        i for i, part in enumerate(parts) if part.column == here.column and (part.row - here.row) * down > 0
    ]
    return min(same, key=lambda i: abs(parts[i].row - here.row), default=at)
