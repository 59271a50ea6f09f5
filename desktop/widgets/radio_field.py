"""One of several: a ring with words that break over lines."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QRadioButton, QSizePolicy, QWidget

from desktop.theme import Theme
from desktop.widgets.paint import focus_ring, narrow_hyphen

SIDE, NARROW = 28, 160  # px: the ring with the room around it, the least width of the words


class RadioField(QRadioButton):
    """Put several into one QButtonGroup; arrows move between them."""

    def __init__(self, theme: Theme, text: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """Narrow, and as high as the words are then."""
        width = self._theme.px(SIDE + NARROW)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """The same: words are never cut."""
        return self.sizeHint()

    def heightForWidth(self, width: int) -> int:
        """As high as the words."""
        px = self._theme.px
        room = QRect(0, 0, width - px(SIDE), 100_000)
        told = narrow_hyphen(self.text())
        words = QFontMetrics(self._theme.font("body")).boundingRect(room, self._flags(), told)
        return max(px(26), words.height() + px(8))

    def hitButton(self, pos: object) -> bool:
        """The whole of it can be clicked."""
        return self.rect().contains(pos)  # type: ignore[call-overload,no-any-return]

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Ring, dot, words."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ring, chosen = QRectF(px(3), px(4), px(16), px(16)), self.isChecked()
        painter.setPen(theme.colour("accent" if chosen else "border_strong"))
        painter.setBrush(theme.colour("surface"))
        painter.drawEllipse(ring)
        if chosen:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(theme.colour("accent"))
            painter.drawEllipse(QPointF(ring.center()), px(5), px(5))
        painter.setFont(theme.font("body", 600 if chosen else 400))
        painter.setPen(theme.colour("text" if chosen else "text2"))
        words = QRectF(px(SIDE), px(3), self.width() - px(SIDE), self.height() - px(4))
        painter.drawText(words, self._flags(), narrow_hyphen(self.text()))
        if self.hasFocus():
            focus_ring(painter, theme, ring.adjusted(-3, -3, 3, 3), 11)

    @staticmethod
    def _flags() -> int:
        return int(Qt.TextFlag.TextWordWrap | Qt.TextFlag.TextWrapAnywhere | Qt.AlignmentFlag.AlignTop)
