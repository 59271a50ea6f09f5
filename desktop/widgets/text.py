"""Labels of the type scale, key hints and lines."""

import re

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from desktop.theme import Theme

TABULAR = QFont.Tag("tnum")
BREAK = "\u200b"  # where a line may be broken though there is no space
LONGEST_WORD, PART = 30, 10
_LONG_WORD = re.compile(rf"\S{{{LONGEST_WORD},}}")


def narrow_hyphens(widget: QWidget) -> None:
    """Inter's tabular figures make "-" as wide as a figure: where names, numbers and dates are written they
    are left out."""
    font = QFont()
    font.setFeature(TABULAR, 0)
    widget.setFont(font)


def _breakable(text: str) -> str:
    """The text with places to break in words, such as addresses, that are longer than a line may be."""

    def part(word: re.Match[str]) -> str:
        return BREAK.join(word[0][at : at + PART] for at in range(0, len(word[0]), PART))

    return _LONG_WORD.sub(part, text)


class Text(QLabel):
    """A label of the type scale (page, section, body, meta, …) in a token colour; plain text only."""

    def __init__(
        self,
        text: str = "",
        style: str = "body",
        tone: str = "text",
        weight: int | None = None,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(text, parent)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("type", style)
        self.setProperty("tone", tone)
        if weight is not None:
            self.setProperty("weight", str(weight))
        self._large, self._hyphen = style in ("page", "figure", "figure-small", "panel"), False
        self._set_font()

    def text(self) -> str:
        """The words as they were given."""
        return super().text().replace(BREAK, "")

    def setText(self, text: str) -> None:
        """Other words, which may need the font of words with a hyphen."""
        super().setText(_breakable(text) if self.wordWrap() else text)
        if self._hyphen != ("-" in text):
            self._set_font()

    def _set_font(self) -> None:
        """Tighter letters in large type; no tabular figures, nor their wide hyphen, where there is one."""
        font, self._hyphen = QFont(), "-" in self.text()
        if self._large:
            font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 98)
        if self._hyphen:
            font.setFeature(TABULAR, 0)
        self.setFont(font)

    def set_tone(self, tone: str) -> None:
        """Another token colour."""
        if self.property("tone") != tone:
            self.setProperty("tone", tone)
            self.style().polish(self)

    def wrapped(self) -> "Text":
        """The same label, breaking its text over lines."""
        self.setWordWrap(True)
        self.setText(self.text())
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        return self

    def selectable(self) -> "Text":
        """The same label, its text possible to select and copy."""
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        return self


class ElidedText(Text):
    """A label that is cut with … where the room ends, and only then told whole as a tooltip. `short` stands
    for it where that has room and the whole has not."""

    short = ""

    def setText(self, text: str) -> None:
        """Other words: what the tooltip told was of those before."""
        self.setToolTip("")
        super().setText(text)

    def minimumSizeHint(self) -> QSize:
        """A few letters."""
        return QSize(min(super().sizeHint().width(), 48), super().sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """The text as far as there is room."""
        whole, room = self.text(), self.contentsRect()
        fits = self.fontMetrics().horizontalAdvance(whole) <= room.width()
        words = whole if fits else self.short or whole
        told = self.fontMetrics().elidedText(words, Qt.TextElideMode.ElideRight, room.width())
        tip = whole if told != whole else ""
        if self.toolTip() != tip:
            self.setToolTip(tip)
        if told == whole:
            super().paintEvent(event)
            return
        painter = QPainter(self)
        painter.setFont(self.font())
        painter.setPen(self.palette().color(self.foregroundRole()))
        painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, told)


class IconLabel(QLabel):
    """An icon that follows the theme; it says nothing, the words beside it do."""

    def __init__(
        self, theme: Theme, icon: str, tone: str = "text2", px: int = 15, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme = theme
        self._px = px
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.set(icon, tone)
        theme.changed.connect(self._themed)

    def set(self, icon: str, tone: str) -> None:
        """Another icon or tone."""
        self._icon, self._tone = icon, tone
        self._themed()

    def _themed(self) -> None:
        self.setPixmap(self._theme.pixmap(self._icon, self._tone, self._px))


class KeyHint(QLabel):
    """The name of a key in a small frame: Ctrl+K."""

    def __init__(self, keys: str, parent: QWidget | None = None) -> None:
        super().__init__(keys, parent)
        self.setObjectName("key")
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Maximum, QSizePolicy.Policy.Fixed)


class Line(QFrame):
    """A line one pixel thick: `name` is "line" (edges) or "hair" (between rows)."""

    def __init__(self, vertical: bool = False, name: str = "hair", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        if vertical:
            self.setFixedWidth(1)
        else:
            self.setFixedHeight(1)
