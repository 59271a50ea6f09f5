"""A check box whose words take as many lines as they need, and one that shows what cannot be otherwise."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.fields import CheckField
from desktop.widgets.paint import draw_text, narrow_hyphen

LEFT, TOP, BELOW, DETAIL, LOCK = 28, 4, 4, 16, 20  # design px
TALLEST = 4000  # px
WORDS = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop | Qt.TextFlag.TextWordWrap


class WrappedCheck(CheckField):
    """One that is `locked` is ticked, has a lock after its words and stays as it is."""

    def __init__(
        self,
        theme: Theme,
        text: str,
        detail: str = "",
        parent: QWidget | None = None,
        *,
        locked: bool = False,
    ) -> None:
        super().__init__(theme, text, detail, parent)
        self._locked = locked
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Preferred)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        if locked:
            self.setChecked(True)
            self.setAccessibleDescription(f"{detail}. {tr('Går inte att ändra.')}")

    def set_text(self, text: str) -> None:
        """Other words."""
        self.setText(text)
        self.setAccessibleName(text)
        self.updateGeometry()

    def nextCheckState(self) -> None:
        """A locked one stays ticked."""
        if not self._locked:
            super().nextCheckState()

    def heightForWidth(self, width: int) -> int:
        """What the lines take."""
        px = self._theme.px
        detail = px(DETAIL) if self._detail else 0
        return max(px(26), px(TOP) + self._bounds(width).height() + detail + px(BELOW))

    def sizeHint(self) -> QSize:
        """On one line."""
        width = super().sizeHint().width() + (self._theme.px(LOCK) if self._locked else 0)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """As narrow as half a word: the lines break."""
        return QSize(self._theme.px(100), self._theme.px(26))

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Box, check mark, words, lock, detail."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        self.paint_box(painter)
        words = self._bounds(self.width()).translated(px(LEFT), px(TOP))
        painter.setFont(theme.font("body"))
        painter.setPen(theme.colour("text" if self.isEnabled() else "text2"))
        painter.drawText(words, WORDS, narrow_hyphen(self.text()))
        if self._locked:
            lock = theme.pixmap("lock", "text2", 13)
            painter.drawPixmap(QPointF(words.right() + px(7), words.top() + px(2)), lock)
        below = QRectF(px(LEFT), words.bottom(), self.width() - px(LEFT), px(DETAIL))
        draw_text(painter, theme, below, self._detail, "text2", "meta")

    def _bounds(self, width: int) -> QRect:
        px = self._theme.px
        room = width - px(LEFT) - (px(LOCK) if self._locked else 0)
        metrics = QFontMetrics(self._theme.font("body"))
        return metrics.boundingRect(QRect(0, 0, max(room, 1), TALLEST), WORDS, narrow_hyphen(self.text()))
