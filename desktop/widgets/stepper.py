"""Steps on a way: done, current and coming, with dates under."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.paint import draw_text, text_width

MARK, LINK, WORDS = 18, 14, 40  # design px: of a mark, to the next one, and around the words of a step
BETWEEN = " · "  # the parts of the line under a step


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


def _said(step: Step) -> str:
    words = {StepState.DONE: tr("klart"), StepState.CURRENT: tr("pågår"), StepState.COMING: tr("kommer")}
    return f"{step.title} {words[step.state]}{' ' + step.detail if step.detail else ''}"


def _shorter(detail: str, parts: int | None = None) -> list[str]:
    """The line with fewer and fewer of its parts, from `parts` of them on: dates and days, then dates."""
    found = detail.split(BETWEEN)
    return [BETWEEN.join(found[:count]) for count in range(min(parts or len(found), len(found)), 0, -1)]


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
        self.setAccessibleDescription(", ".join(_said(step) for step in self._steps))
        self.update()

    def sizeHint(self) -> QSize:
        """Two lines high."""
        return QSize(self._theme.px(120) * max(1, len(self._steps)), self._theme.px(38))

    def minimumSizeHint(self) -> QSize:
        """Narrow windows show the marks, and the words of the current step."""
        return QSize(self._theme.px(MARK + LINK) * len(self._steps) + self._theme.px(80), self._theme.px(38))

    def event(self, event: QEvent) -> bool:
        """Each step is told whole while the pointer rests on it."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            text = ""
            for step, rect in zip(self._steps, self._places(), strict=True):
                text = _said(step) if rect.left() <= event.x() < rect.right() else text
            QToolTip.showText(event.globalPos(), text, self)
            return True
        return super().event(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Every step in its place."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        shown = zip(self._steps, self.shown(), self._places(), strict=True)
        for place, (step, words, rect) in enumerate(shown):
            self._paint_step(painter, step, words, rect, place == len(self._steps) - 1)

    def shown(self) -> list[tuple[str, str]]:
        """The title and the line under it of each step, as far as there is room for them whole."""
        parts, found = self._plan()[0], []
        for step, rect in zip(self._steps, self._places(), strict=True):
            room = rect.width() - self._theme.px(WORDS)
            details = [text for text in _shorter(step.detail, parts) if self._wide(text) <= room]
            title = step.title if self._wide(step.title, "body", 600) <= room else ""
            found.append((title, details[0] if title and details else ""))
        return found

    def _wide(self, text: str, style: str = "meta", weight: int | None = None) -> int:
        return text_width(self._theme, text, style, weight)

    def _titles(self) -> list[int]:
        """How wide each step is with its title alone."""
        return [self._wide(step.title, "body", 600) + self._theme.px(WORDS) for step in self._steps]

    def _plan(self) -> tuple[int | None, list[int]]:
        """How many parts of the lines are told, None for all, alike for all steps; the width of each step."""
        titles, words = self._titles(), self._theme.px(WORDS)
        for parts in (None, 1):
            lines = [self._wide(_shorter(step.detail, parts)[0]) + words for step in self._steps]
            widths = [max(pair) for pair in zip(titles, lines, strict=True)]
            if sum(widths) <= self.width():
                return parts, widths
        return (1, titles) if sum(titles) <= self.width() else (None, self._marks_alone(titles))

    def _marks_alone(self, titles: list[int]) -> list[int]:
        """Only the current step has words, else the last."""
        widths = [self._theme.px(MARK + LINK)] * len(titles)
        at = next((i for i, step in enumerate(self._steps) if step.state is StepState.CURRENT), -1)
        lines = [self._wide(line) + self._theme.px(WORDS) for line in _shorter(self._steps[at].detail)]
        widths[at] += min(max(titles[at], *lines) - widths[at], max(0, self.width() - sum(widths)))
        return widths

    def _places(self) -> list[QRectF]:
        """Where each step stands. The room left over is shared, but for where the marks stand alone."""
        widths = self._plan()[1]
        roomy = sum(self._titles()) <= self.width()
        spare = max(0, self.width() - sum(widths)) / max(1, len(widths)) if roomy else 0
        widths = [round(width + spare) for width in widths]
        lefts = [sum(widths[:place]) for place in range(len(widths))]
        return [QRectF(left, 0, width, self.height()) for left, width in zip(lefts, widths, strict=True)]

    def _paint_step(
        self, painter: QPainter, step: Step, shown: tuple[str, str], rect: QRectF, last: bool
    ) -> None:
        theme, px, (title, detail) = self._theme, self._theme.px, shown
        self._paint_mark(painter, step.state, QRectF(rect.left() + 1, px(2), px(MARK), px(MARK)))
        words = QRectF(rect.left() + px(27), px(2), rect.width() - px(27), px(18))
        current = step.state is StepState.CURRENT
        tone = {StepState.CURRENT: "accent_text", StepState.COMING: "text2"}.get(step.state, "text")
        draw_text(painter, theme, words, title, tone, "body", 600 if current else 500, elide=False)
        under = words.translated(0, px(17))
        draw_text(painter, theme, under, detail, "text" if current else "text2", "meta", elide=False)
        if not last:
            start = words.left() + self._wide(title, "body", 600) + px(10) if title else rect.left() + px(22)
            self._paint_link(painter, step.state, start, rect.right() - px(7 if title else 3), px(11))

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
