"""Fields and the box around a field: label above, hint and error under it."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QPointF, QRectF, QSignalBlocker, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox, QLineEdit, QPlainTextEdit, QSizePolicy, QWidget

from desktop.formatting import lines, one_line
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import column, row
from desktop.widgets.paint import draw_text, focus_ring, rounded, text_width
from desktop.widgets.text import IconLabel, Text, narrow_hyphens

V = TypeVar("V")


class SearchField(QLineEdit):
    """A field with a magnifier; Esc clears it. `keys` is shown at the right while the field is empty."""

    def __init__(self, theme: Theme, placeholder: str, keys: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._keys = keys
        narrow_hyphens(self)
        self.setPlaceholderText(placeholder)
        self.setAccessibleName(placeholder)
        theme.changed.connect(self._themed)
        self._themed()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc empties the field first, and only then goes on to the page."""
        if event.key() == Qt.Key.Key_Escape and self.text():
            self.clear()
            self.textEdited.emit("")
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Magnifier to the left, keys to the right."""
        super().paintEvent(event)
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        icon = theme.pixmap("search", "text2", 16)
        painter.drawPixmap(QPointF(px(12), (self.height() - px(16)) / 2), icon)
        if self._keys:
            width = text_width(theme, self._keys, "axis", 500) + px(10)
            frame = QRectF(self.width() - width - px(9), (self.height() - px(19)) / 2, width, px(19))
            rounded(painter, frame, 4, theme.colour("surface"), theme.colour("neutral_border"))
            centre = Qt.AlignmentFlag.AlignHCenter
            draw_text(painter, theme, frame, self._keys, "text2", "axis", 500, centre, elide=False)

    def _themed(self) -> None:
        right = self._theme.px(64) if self._keys else 0
        self.setTextMargins(self._theme.px(25), 0, right, 0)


class TextField(QLineEdit):
    """A line of text, at most `limit` characters."""

    def __init__(self, limit: int = 200, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        narrow_hyphens(self)
        self.setMaxLength(limit)
        self.setPlaceholderText(placeholder)
        self.textChanged.connect(self._keep_to_one_line)

    def setText(self, text: str | None) -> None:
        """What the program writes is seen from its beginning."""
        super().setText(text or "")
        self.setCursorPosition(0)

    def value(self) -> str:
        """The text without space around it."""
        return self.text().strip()

    def _keep_to_one_line(self, text: str) -> None:
        """Of what is pasted Qt keeps the line breaks and shows them as signs."""
        if one_line(text) != text:
            at = self.cursorPosition()
            super().setText(one_line(text))
            self.setCursorPosition(at)


class TextArea(QPlainTextEdit):
    """Several lines of text; Tab goes on to the next field."""

    def __init__(self, theme: Theme, lines: int = 3, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        narrow_hyphens(self)
        self.setTabChangesFocus(True)
        self.setFixedHeight(theme.px(18) * lines + theme.px(20))

    def value(self) -> str:
        """The text without space around it."""
        return lines(self.toPlainText()).strip()


class ComboField(QComboBox, Generic[V]):
    """A choice out of a few. The value is any object; the wheel does not change what it passes over."""

    def __init__(
        self,
        theme: Theme,
        items: Sequence[tuple[V, str]] = (),
        icon: str = "",
        toolbar: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._icon = icon
        self._toolbar = toolbar
        self._values: list[V] = []
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMaxVisibleItems(14)
        if toolbar:
            self.setAccessibleName(toolbar)
        self.set_items(items)
        theme.changed.connect(self.updateGeometry)

    def set_items(self, items: Sequence[tuple[V, str]]) -> None:
        """Offer these values with their words; the chosen one stays if it is still there."""
        chosen = self.value()
        with QSignalBlocker(self):
            self.clear()
            self._values = [value for value, _ in items]
            self.addItems([text for _, text in items])
        if chosen is not None and chosen in self._values:
            self.set_value(chosen)
        self.updateGeometry()

    def value(self) -> V | None:
        """The chosen value, None where nothing is offered or chosen."""
        index = self.currentIndex()
        return self._values[index] if 0 <= index < len(self._values) else None

    def set_value(self, value: V | None) -> None:
        """Choose a value; one that is not offered chooses nothing."""
        self.setCurrentIndex(self._values.index(value) if value in self._values else -1)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Scrolling a page never changes a choice."""
        event.ignore()

    def sizeHint(self) -> QSize:
        """As wide as its widest text."""
        px = self._theme.px
        widest = max(
            (text_width(self._theme, self.itemText(i), "body", 500) for i in range(self.count())), default=60
        )
        label = text_width(self._theme, self._toolbar, "meta") + px(6) if self._toolbar else 0
        icon = px(24) if self._icon else 0
        return QSize(widest + label + icon + px(50), px(32) if self._toolbar else px(37))

    def minimumSizeHint(self) -> QSize:
        """Narrow is fine: the text is cut with …"""
        return QSize(self._theme.px(80), self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Frame, icon, text, arrow, ring."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        rect = QRectF(self.rect()).adjusted(2, 2, -2, -2)
        if self._toolbar:
            rect = QRectF(self.rect()).adjusted(0, 1, 0, -1)
        failed, on = bool(self.property("error")), self.isEnabled()
        edge = "danger" if failed else "neutral_border" if self._toolbar or not on else "border_strong"
        rounded(painter, rect, 6, theme.colour("surface" if on else "surface2"), theme.colour(edge))
        x = rect.left() + px(10)
        if self._icon:
            painter.drawPixmap(
                QPointF(x, (self.height() - px(15)) / 2), theme.pixmap(self._icon, "text2", 15)
            )
            x += px(22)
        label = text_width(theme, self._toolbar, "meta") + px(6) if self._toolbar else 0
        value = text_width(theme, self.currentText(), "body", 500)
        if label and x + label + min(value, px(60)) <= rect.right() - px(28):  # else the value alone
            draw_text(painter, theme, QRectF(x, 0, px(200), self.height()), self._toolbar, "text2", "meta")
            x += label
        words = QRectF(x, 0, rect.right() - x - px(28), self.height())
        draw_text(painter, theme, words, self.currentText(), "text" if on else "text2", "body", 500)
        arrow = theme.pixmap("chevron-down", "text2", 15)
        painter.drawPixmap(QPointF(rect.right() - px(23), (self.height() - px(15)) / 2), arrow)
        if self.hasFocus():
            focus_ring(painter, theme, QRectF(self.rect()), 7)


class CheckField(QCheckBox):
    """A check box with words, and a line under them where `detail` is given."""

    def __init__(self, theme: Theme, text: str, detail: str = "", parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._detail = detail
        self.setAccessibleName(text)
        self.setAccessibleDescription(detail)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Box and words."""
        px = self._theme.px
        width = max(text_width(self._theme, self.text()), text_width(self._theme, self._detail, "meta"))
        return QSize(width + px(34), px(42 if self._detail else 26))

    def hitButton(self, pos: object) -> bool:
        """The whole of it can be clicked."""
        return self.rect().contains(pos)  # type: ignore[call-overload,no-any-return]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, check mark, words."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        self.paint_box(painter)
        words = QRectF(px(28), px(4), self.width() - px(28), px(18))
        cut = text_width(theme, self.text()) > words.width() + 1
        if self.toolTip() != (self.text() if cut else ""):
            self.setToolTip(self.text() if cut else "")
        draw_text(painter, theme, words, self.text(), "text" if self.isEnabled() else "text2")
        draw_text(painter, theme, words.translated(0, px(17)), self._detail, "text2", "meta")

    def paint_box(self, painter: QPainter) -> None:
        """Box, check mark and ring."""
        theme, px = self._theme, self._theme.px
        box, on = QRectF(px(3), px(5), px(16), px(16)), self.isEnabled()
        if self.isChecked():
            rounded(painter, box, 4, theme.colour("accent" if on else "border_strong"), None)
            painter.drawPixmap(
                box.topLeft() + QPointF(px(2), px(2)), theme.pixmap("check", "accent_on", 12, 3)
            )
        else:
            rounded(painter, box, 4, theme.colour("surface"), theme.colour("border_strong"), 1.5)
        if self.hasFocus():
            focus_ring(painter, theme, box.adjusted(-3, -3, 3, 3), 6)


class FieldBox(QWidget):
    """A field with its label, and under it a hint or an error, which is also read out at the field."""

    def __init__(
        self,
        theme: Theme,
        label: str,
        field: QWidget,
        hint: str = "",
        required: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._hint, self._warning, self._doubt = hint, "", ""
        self.field = field
        self._edited = getattr(field, "line", field)
        self.label = Text(label, "meta", "text2", 500)
        self.label.setBuddy(self._edited)
        self._edited.setAccessibleName(f"{label}, {tr('obligatorisk')}" if required else label)
        self._mark, self.note = (
            IconLabel(theme, "circle-alert", "danger", 13),
            Text("", "meta", "text3").wrapped(),
        )
        under = row(self._mark, self.note, spacing=4, margins=(2, 0, 0, 0))
        under.setStretch(1, 1)
        under.setAlignment(self._mark, Qt.AlignmentFlag.AlignTop)
        self.setLayout(column(self.label, field, under, spacing=2))
        self.set_error("")
        described = getattr(field, "described", None)
        if described is not None:
            described.connect(self.set_hint)
            field.doubted.connect(self._set_doubt)  # type: ignore[attr-defined]

    @property
    def error(self) -> str:
        """The error shown, or empty."""
        return self._error

    def set_error(self, error: str) -> None:
        """Show an error at the field, or none."""
        self._error = error
        for widget in {self.field, self._edited}:
            widget.setProperty("error", bool(error))
            widget.style().polish(widget)
            widget.update()
        self._draw()

    @property
    def warning(self) -> str:
        """The warning shown while there is no error, or empty."""
        return self._warning

    def set_warning(self, warning: str) -> None:
        """Show something to think about, which does not stop anything, or nothing."""
        self._warning = warning
        self._draw()

    def set_hint(self, hint: str) -> None:
        """Help that shows while there is neither error nor warning."""
        self._hint = hint
        self._draw()

    def _set_doubt(self, doubt: str) -> None:
        """What the field itself finds odd, while nothing else is said."""
        self._doubt = doubt
        self._draw()

    def _draw(self) -> None:
        text = self._error or self._warning or self._doubt or self._hint
        tone = "danger" if self._error else "warn" if self._warning or self._doubt else "text3"
        self.note.setText(text)
        self.note.set_tone(tone)
        self.note.setVisible(bool(text))
        if tone != "text3":
            self._mark.set("circle-alert" if self._error else "triangle-alert", tone)
        self._mark.setVisible(tone != "text3")
        kind = {"danger": f"{tr('Fel')}: ", "warn": f"{tr('Varning')}: "}.get(tone, "")
        self._edited.setAccessibleDescription(f"{kind}{text}")
