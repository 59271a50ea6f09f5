"""A question answered with one step of a scale, as cells in a row; a digit answers and goes on."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen, QWheelEvent
from PySide6.QtWidgets import QSizePolicy, QSlider, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.paint import draw_text, focus_ring, rounded

CELL, GAP, BESIDE = 30, 5, 118  # design px: a cell, the space between two, the words after them
UNANSWERED = 0


class ScaleField(QSlider):
    """Holds 1 to `steps`, or UNANSWERED. A slider, so that screen readers know what it is; it shows its label
    itself. What was answered before is told beside it, and not until there is an answer now."""

    answered = Signal()  # by a digit or the mouse

    def __init__(self, theme: Theme, label: str, steps: int, parent: QWidget | None = None) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme, self._label, self._steps = theme, label, steps
        self._before, self._marked, self._hovered = "", UNANSWERED, UNANSWERED
        self.setRange(UNANSWERED, steps)
        self.setPageStep(1)
        self.setTracking(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.valueChanged.connect(self._changed)
        theme.changed.connect(self.updateGeometry)
        self._changed()

    @property
    def before(self) -> str:
        """What is told of earlier answers; empty until there is an answer now."""
        return self._before if self.value() else ""

    def set_before(self, text: str, marked: int = UNANSWERED) -> None:
        """What to tell of earlier answers, and which cell to mark, once there is an answer."""
        self._before, self._marked = text, marked
        self._changed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Digits answer and go on, ← → change, ↑ ↓ go between questions, Delete takes the answer away."""
        key = event.key()
        digit = key - Qt.Key.Key_0.value
        step = 10 if digit == 0 else digit
        if 0 <= digit <= 9:
            if step <= self._steps:
                self._answer(step)
                self.focusNextPrevChild(True)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._move(1 if key == Qt.Key.Key_Right else -1)
        elif key in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(key == Qt.Key.Key_Down)
        elif key in (Qt.Key.Key_Home, Qt.Key.Key_End):
            self.setValue(1 if key == Qt.Key.Key_Home else self._steps)
        elif key in (Qt.Key.Key_Delete, Qt.Key.Key_Backspace):
            self.setValue(UNANSWERED)
        else:
            event.ignore()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click answers; the focus stays, so that one sees what was answered before."""
        step = self._step_at(event.position())
        if step:
            self._answer(step)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """The cell under the mouse is lit."""
        self._hover(self._step_at(event.position()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Nothing is dragged here."""
        event.accept()

    def leaveEvent(self, event: object) -> None:
        """Nothing is lit any more."""
        super().leaveEvent(event)  # type: ignore[arg-type]
        self._hover(UNANSWERED)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a page never changes an answer."""
        event.ignore()

    def cell(self, step: int) -> QRectF:
        """Where a step is."""
        px = self._theme.px
        left = self.width() - px(BESIDE) - self._steps * px(CELL) - (self._steps - 1) * px(GAP)
        top = (self.height() - px(CELL)) / 2
        return QRectF(left + (step - 1) * (px(CELL) + px(GAP)), top, px(CELL), px(CELL))

    def sizeHint(self) -> QSize:
        """Label, cells, and words beside them."""
        px = self._theme.px
        cells = self._steps * (CELL + GAP)
        return QSize(px(180 + cells + BESIDE), px(CELL + 6))

    def minimumSizeHint(self) -> QSize:
        """The label is cut first."""
        return QSize(self._theme.px(60 + self._steps * (CELL + GAP) + BESIDE), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Label, cells, what was answered before, ring."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        first = self.cell(1)
        label = QRectF(px(6), 0, first.left() - px(14), self.height())
        draw_text(painter, theme, label, self._label, "text", "body", 500)
        for step in range(1, self._steps + 1):
            self._paint_cell(painter, step)
        beside = QRectF(self.width() - px(BESIDE - 12), 0, px(BESIDE - 14), self.height())
        draw_text(painter, theme, beside, self.before, "text2", "meta")
        if self.hasFocus():
            focus_ring(painter, theme, QRectF(self.rect()), 7)

    def _paint_cell(self, painter: QPainter, step: int) -> None:
        theme, area, chosen = self._theme, self.cell(step), step == self.value()
        edge = "danger" if self.property("error") else "accent" if chosen else "border_strong"
        fill = "accent" if chosen else "hover" if step == self._hovered else "surface"
        rounded(painter, area, 6, theme.colour(fill), theme.colour(edge))
        tone, weight = ("accent_on", 600) if chosen else ("text", 500)
        centre = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, theme, area, str(step), tone, "body", weight, centre, elide=False)
        if self.before and step == self._marked:
            ring = QPen(theme.colour("accent_on" if chosen else "text2"), 1.3)
            ring.setDashPattern([2, 2])
            painter.setPen(ring)
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(area.adjusted(3, 3, -3, -3), 4, 4)

    def _answer(self, step: int) -> None:
        self.setValue(step)
        self.answered.emit()

    def _move(self, by: int) -> None:
        if self.value() or by > 0:
            self.setValue(max(1, min(self._steps, self.value() + by)))

    def _step_at(self, point: QPointF) -> int:
        steps = range(1, self._steps + 1)
        return next((step for step in steps if self.cell(step).contains(point)), UNANSWERED)

    def _hover(self, step: int) -> None:
        if step != self._hovered:
            self._hovered = step
            self.update()

    def _changed(self) -> None:
        told = f"{self.value()} {tr('av')} {self._steps}" if self.value() else tr("inte besvarad")
        self.setAccessibleName(", ".join(part for part in (self._label, told, self.before) if part))
        self.update()
