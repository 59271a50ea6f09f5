"""Cards, page headers, notices, empty states and the rows they are built of."""

from collections.abc import Callable
from itertools import pairwise
from typing import ClassVar

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QScrollArea, QVBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.button import Button
from desktop.widgets.paint import hatch
from desktop.widgets.text import ElidedText, IconLabel, Text


def row(
    *parts: QWidget | QLayout | int, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QHBoxLayout:
    """A row of widgets and layouts; 0 stands for stretch, another number for that much space."""
    layout = QHBoxLayout()
    _fill(layout, parts, spacing, margins)
    return layout


def column(
    *parts: QWidget | QLayout | int, spacing: int = 8, margins: tuple[int, int, int, int] = (0, 0, 0, 0)
) -> QVBoxLayout:
    """A column of widgets and layouts; 0 stands for stretch, another number for that much space."""
    layout = QVBoxLayout()
    _fill(layout, parts, spacing, margins)
    return layout


def _fill(
    layout: QHBoxLayout | QVBoxLayout,
    parts: tuple[QWidget | QLayout | int, ...],
    spacing: int,
    margins: tuple[int, int, int, int],
) -> None:
    layout.setSpacing(spacing)
    layout.setContentsMargins(*margins)
    for part in parts:
        if isinstance(part, QWidget):
            layout.addWidget(part)
        elif isinstance(part, QLayout):
            layout.addLayout(part)
        elif part:
            layout.addSpacing(part)
        else:
            layout.addStretch(1)


def scrolled(layout: QLayout) -> QScrollArea:
    """The layout in an area that scrolls up and down and is no stop on the way of Tab."""
    inner, area = QWidget(), QScrollArea()
    inner.setObjectName("scrolled")
    inner.setLayout(layout)
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area


def chain_tabs(*stops: QWidget) -> None:
    """Let Tab go from each to the next. What is made anew otherwise comes last on the way."""
    for before, after in pairwise(stops):
        QWidget.setTabOrder(before, after)


def first_stop(container: QWidget) -> QWidget | None:
    """Where Tab stops first in a container, None where it stops nowhere."""
    widget = container.nextInFocusChain()
    while widget is not None and widget is not container:
        stops = widget.focusPolicy() & Qt.FocusPolicy.TabFocus and widget.isVisible() and widget.isEnabled()
        if stops and container.isAncestorOf(widget):
            return widget
        widget = widget.nextInFocusChain()
    return None


def clear_layout(layout: QLayout) -> None:
    """Remove and delete everything in a layout."""
    while (item := layout.takeAt(0)) is not None:
        if (widget := item.widget()) is not None:
            widget.hide()
            widget.deleteLater()
        elif (inner := item.layout()) is not None:
            clear_layout(inner)


class Card(QFrame):
    """A surface with an edge. `body` is its column; `title` and `action` make up its head."""

    def __init__(
        self,
        theme: Theme,
        title: str = "",
        action: QWidget | None = None,
        padding: int = 16,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("card")
        self._theme = theme
        self._striped = False
        self.body = QVBoxLayout(self)
        self.body.setContentsMargins(padding, padding and padding - 5, padding, padding and padding - 4)
        self.body.setSpacing(8)
        self.title = Text(title, "section") if title else None
        if self.title is not None:
            self.setAccessibleName(title)
            head: list[QWidget | int] = [self.title, 0]
            self.body.addLayout(row(*head, *([action] if action else [])))

    def set_striped(self, striped: bool) -> None:
        """The striped left edge of a protected identity."""
        self._striped = striped
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The frame of the style sheet, and the stripes."""
        super().paintEvent(event)
        if self._striped:
            painter = QPainter(self)
            clip = QPainterPath()
            clip.addRoundedRect(QRectF(self.rect()), 8, 8)
            painter.setClipPath(clip)
            edge = QRectF(0, 0, 6, self.height())
            painter.fillRect(edge, self._theme.colour("surface"))
            hatch(painter, edge, self._theme.colour("protect_bg"), 0, 3)


class PageHeader(QWidget):
    """The title row of a page: title, a date or scope beside it, actions with the primary one rightmost."""

    def __init__(self, title: str, meta: str = "", *actions: QWidget, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.title = Text(title, "page")
        self.meta = ElidedText(meta, "body", "text2")
        layout = row(self.title, self.meta, 0, *actions, spacing=8)
        layout.insertSpacing(1, 8)
        self.setLayout(layout)


class Notice(QFrame):
    """A box of information within a page: `kind` is info, ok, warn or danger."""

    ICONS: ClassVar = {
        "info": "info",
        "ok": "circle-check",
        "warn": "triangle-alert",
        "danger": "circle-alert",
    }

    def __init__(
        self, theme: Theme, kind: str, text: str, detail: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self.setObjectName("notice")
        self._mark = IconLabel(theme, "info")
        self.text = Text(text, "body", kind, 500).wrapped()
        self.detail = Text(detail, "meta", kind).wrapped()
        words = column(self.text, self.detail, spacing=2)
        layout = row(self._mark, words, spacing=8, margins=(10, 8, 10, 8))
        layout.setStretch(1, 1)
        layout.setAlignment(self._mark, Qt.AlignmentFlag.AlignTop)
        self.setLayout(layout)
        self.set(kind, text, detail)

    def set(self, kind: str, text: str, detail: str = "") -> None:
        """Show something else."""
        self._mark.set(self.ICONS[kind], kind)
        self.setProperty("kind", kind)
        self.text.setText(text)
        self.detail.setText(detail)
        self.detail.setVisible(bool(detail))
        for label in (self.text, self.detail):
            label.set_tone(kind)
        self.setAccessibleName(f"{text} {detail}".strip())
        self.style().polish(self)


class EmptyState(QWidget):
    """One fact, one thing to do, at most one button."""

    def __init__(
        self,
        theme: Theme,
        fact: str,
        advice: str = "",
        action: str = "",
        on_action: Callable[[], None] | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.fact = Text(fact, "section", "text2")
        self.advice = Text(advice, "body", "text3").wrapped()
        self.button = Button(theme, action)
        if on_action is not None:
            self.button.clicked.connect(lambda: on_action())
        layout = column(0, self.fact, self.advice, 4, self.button, 0, spacing=6, margins=(24, 24, 24, 24))
        # The advice has the whole width and centres its words: aligned itself it would break too early.
        for part in (self.fact, self.button):
            layout.setAlignment(part, Qt.AlignmentFlag.AlignHCenter)
        self.advice.setAlignment(Qt.AlignmentFlag.AlignHCenter)
        self.setLayout(layout)
        self.advice.setVisible(bool(advice))
        self.button.setVisible(bool(action))
        self.setAccessibleName(f"{fact} {advice}".strip())
