"""Choosing between a few views: segments and filter pills. Arrow keys move, as in Qt's own."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QLayout, QPushButton, QSizePolicy, QWidget

from desktop.theme import Theme
from desktop.widgets.flow import FlowLayout
from desktop.widgets.paint import draw_text, focus_ring, rounded, text_width


class _Segment(QPushButton):
    def __init__(self, theme: Theme, text: str) -> None:
        super().__init__(text)
        self._theme = theme
        self.setCheckable(True)
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(text_width(self._theme, self.text(), "body", 600) + px(24), px(26))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()  # words are never cut

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, rect = QPainter(self), self._theme, QRectF(self.rect())
        chosen = self.isChecked()
        if chosen:
            rounded(painter, rect, 6, theme.colour("surface"), theme.colour("border_strong"))
        elif self.underMouse():
            rounded(painter, rect, 6, theme.colour("hover"), None)
        tone, weight = ("text", 600) if chosen else ("text2", 500)
        centre = Qt.AlignmentFlag.AlignHCenter
        draw_text(painter, theme, rect, self.text(), tone, "body", weight, centre, elide=False)
        if self.hasFocus():
            focus_ring(painter, theme, rect, 6)


class Segmented(QWidget):
    """A few choices side by side, one chosen; `chosen` tells its key when the user picks."""

    chosen = Signal(str)

    def __init__(
        self, theme: Theme, name: str, items: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self._group = QButtonGroup(self)
        self._buttons: dict[str, QPushButton] = {}
        layout = self._make_layout()
        layout.setContentsMargins(2, 2, 2, 2)
        layout.setSpacing(2)
        for key, text in items:
            button = self._make(text)
            button.clicked.connect(lambda _checked=False, key=key: self.chosen.emit(key))
            self._buttons[key] = button
            self._group.addButton(button)
            layout.addWidget(button)
        if items:
            self.set_value(items[0][0])

    def value(self) -> str:
        """The key of the chosen one."""
        return next((key for key, button in self._buttons.items() if button.isChecked()), "")

    def set_value(self, key: str) -> None:
        """Choose without telling."""
        self._buttons[key].setChecked(True)

    def focus_chosen(self) -> None:
        """By keyboard: the focus to the chosen one."""
        button = self._group.checkedButton()
        if button is not None:
            button.setFocus(Qt.FocusReason.ShortcutFocusReason)

    def set_text(self, key: str, text: str, more: str = "") -> None:
        """Other words, e.g. with another count; `more` is told on the mouse and to screen readers."""
        self._buttons[key].setText(text)
        self._buttons[key].setAccessibleName(f"{text}, {more}" if more else text)
        self._buttons[key].setToolTip(more)
        self._buttons[key].updateGeometry()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """The trough they lie in."""
        theme = self._theme
        edge = theme.colour("neutral_border")
        rounded(QPainter(self), QRectF(self.rect()), 7, theme.colour("neutral_soft"), edge)

    def _make(self, text: str) -> QPushButton:
        return _Segment(self._theme, text)

    def _make_layout(self) -> QLayout:
        return QHBoxLayout(self)


class _Pill(_Segment):
    count = ""

    def sizeHint(self) -> QSize:
        px = self._theme.px
        count = text_width(self._theme, self.count, "meta", 600) + px(8) if self.count else 0
        return QSize(text_width(self._theme, self.text(), "body", 600) + count + px(26), px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px, chosen = QPainter(self), self._theme, self._theme.px, self.isChecked()
        rect = QRectF(self.rect())
        fill = "selected" if chosen else "hover" if self.underMouse() else "surface"
        edge = theme.colour("accent" if chosen else "neutral_border")
        rounded(painter, rect, rect.height() / 2, theme.colour(fill), edge, 1.5 if chosen else 1)
        tone, weight = ("accent_text", 600) if chosen else ("text", 500)
        words = rect.adjusted(px(13), 0, 0, 0)
        draw_text(painter, theme, words, self.text(), tone, "body", weight, elide=False)
        x = words.left() + text_width(theme, self.text(), "body", weight) + px(8)
        figure = QRectF(x, 0, rect.right() - x, rect.height())
        draw_text(painter, theme, figure, self.count, tone if chosen else "text2", "meta", 600, elide=False)
        if self.hasFocus():
            focus_ring(painter, theme, rect, rect.height() / 2)


class FilterPills(Segmented):
    """The same as separate pills, each with a count."""

    def __init__(
        self, theme: Theme, name: str, items: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, name, items, parent)
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(0, 0, 0, 0)
            layout.setSpacing(8)

    def set_count(self, key: str, count: int | None) -> None:
        """The figure after the words; None hides it."""
        pill = self._buttons[key]
        if isinstance(pill, _Pill):
            pill.count = "" if count is None else str(count)
            pill.setAccessibleName(f"{pill.text()} {pill.count}".strip())
            pill.updateGeometry()
            pill.update()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """No trough."""

    def _make(self, text: str) -> QPushButton:
        return _Pill(self._theme, text)


class WrappedPills(FilterPills):
    """Pills that go on in a new line where the room ends."""

    def __init__(
        self, theme: Theme, name: str, items: Sequence[tuple[str, str]], parent: QWidget | None = None
    ) -> None:
        super().__init__(theme, name, items, parent)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def _make_layout(self) -> QLayout:
        return FlowLayout(self, 8, False)
