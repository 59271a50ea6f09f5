"""Steps on a way: done, current and coming, with dates under."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.paint import draw_text, text_width


class StepState(StrEnum):
    """How far the step has come."""

    DONE = "done"
    CURRENT = "current"
    COMING = "coming"


@dataclass(frozen=True, slots=True)
class Step:
    """A step with a line of dates and days under it."""

    title: str
    state: StepState
    detail: str = ""


class Stepper(QWidget):
    """All steps side by side; read out as one sentence."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._steps: tuple[Step, ...] = ()
        self.setAccessibleName(tr("Steg"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def set_steps(self, steps: Sequence[Step]) -> None:
        """Show these."""
        self._steps = tuple(steps)
        words = {StepState.DONE: tr("klart"), StepState.CURRENT: tr("pågår"), StepState.COMING: tr("kommer")}
        said = [f"{s.title} {words[s.state]}{' ' + s.detail if s.detail else ''}" for s in self._steps]
        self.setAccessibleDescription(", ".join(said))
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines high."""
        return QSize(self._theme.px(120) * max(1, len(self._steps)), self._theme.px(38))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows cut the dates."""
        return QSize(self._theme.px(80) * max(1, len(self._steps)), self._theme.px(38))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Every step in its share of the width."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        share = self.width() / max(1, len(self._steps))
        for place, step in enumerate(self._steps):
            last = place == len(self._steps) - 1
            self._paint_step(painter, step, QRectF(place * share, 0, share, self.height()), last)

    def _paint_step(self, painter: QPainter, step: Step, rect: QRectF, last: bool) -> None:
        theme, px = self._theme, self._theme.px
        self._paint_mark(painter, step.state, QRectF(rect.left() + 1, px(2), px(18), px(18)))
        words = QRectF(rect.left() + px(27), px(2), rect.width() - px(36), px(18))
        current = step.state is StepState.CURRENT
        tone = {StepState.CURRENT: "accent_text", StepState.COMING: "text2"}.get(step.state, "text")
        draw_text(painter, theme, words, step.title, tone, "body", 600 if current else 500)
        under = words.translated(0, px(17))
        draw_text(painter, theme, under, step.detail, "text" if current else "text2", "meta")
        if not last:
            start = words.left() + text_width(theme, step.title, "body", 600) + px(10)
            self._paint_link(painter, step.state, start, rect.right() - px(7), px(11))

    def _paint_mark(self, painter: QPainter, state: StepState, circle: QRectF) -> None:
        theme = self._theme
        if state is StepState.DONE:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("s5"))
            painter.drawEllipse(circle)
            check = theme.pixmap("check", "surface", 12, 3)
            offset = (circle.width() - theme.px(12)) / 2
            painter.drawPixmap(circle.topLeft() + QPointF(offset, offset), check)
            return
        current = state is StepState.CURRENT
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(theme.colour("accent" if current else "border_strong"), 2 if current else 1.5))
        painter.drawEllipse(circle.adjusted(1, 1, -1, -1))
        if current:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(circle.center(), theme.px(4), theme.px(4))

    def _paint_link(self, painter: QPainter, state: StepState, start: float, end: float, y: float) -> None:
        if end <= start:
            return
        done = state is StepState.DONE
        pen = QPen(self._theme.colour("s5" if done else "border_strong"), 2 if done else 1)
        if not done:
            pen.setStyle(Qt.PenStyle.DotLine)
        painter.setPen(pen)
        painter.drawLine(QPointF(start, y), QPointF(end, y))
