"""A row that leads somewhere: a time or mark to the left, words, and a small icon or time to the right."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QPushButton, QSizePolicy, QWidget

from desktop.theme import Theme
from desktop.widgets.paint import draw_text, focus_ring, rounded

TIME = 46  # design px before the bar


class LinkRow(QPushButton):
    """One or two lines; pressed like a button, also with Enter. `middle` and `right` stand in columns of
    their own."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        under: str = "",
        time: str = "",
        icon: str = "",
        done: bool = False,
        middle: str = "",
        right: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._title, self._under, self._time = theme, title, under, time
        self._icon, self._done, self._middle, self._right = icon, done, middle, right
        spoken = ", ".join(part for part in (time, title, under, middle, right) if part)
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setAutoDefault(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        """One line or two."""
        return QSize(self._theme.px(160), self._theme.px(40 if self._under else 27))

    def minimumSizeHint(self) -> QSize:
        """Words are cut with … before the panel grows."""
        return QSize(self._theme.px(80), self.sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter goes there, as the space bar does."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill when hovered, the parts, ring when focused."""
        painter, theme, px, rect = QPainter(self), self._theme, self._theme.px, QRectF(self.rect())
        if self.underMouse() or self.isDown():
            rounded(painter, rect, 6, theme.colour("hover"), None)
        area = rect.adjusted(px(2), 0, -px(2), 0)
        if self._time:
            self._paint_time(painter, area)
            area.setLeft(area.left() + px(TIME + 12))
        whole = area.width()
        if self._icon:
            side = px(15)
            at = QPointF(area.right() - side, rect.top() + px(5))
            painter.drawPixmap(at, theme.pixmap(self._icon, "text2", 15))
            area.setRight(area.right() - side - px(6))
        tone = "text2" if self._done else "text"
        if self._under:
            top = QRectF(area.left(), area.top() + px(3), area.width(), px(18))
            draw_text(painter, theme, top, self._title, tone, "body", 500 if self._done else 600)
            below = QRectF(top.left(), top.top() + px(17), whole, px(18))  # there the icon takes no room
            draw_text(painter, theme, below, self._under, "text2", "meta")
        else:
            self._paint_columns(painter, area, tone)
        if self.hasFocus():
            focus_ring(painter, theme, rect, 6)

    def _paint_time(self, painter: QPainter, area: QRectF) -> None:
        theme, px = self._theme, self._theme.px
        time = QRectF(area.left(), area.top() + px(3), px(TIME), px(18))
        draw_text(painter, theme, time, self._time, "text2", "meta", 500, elide=False)
        bar = QRectF(area.left() + px(TIME), area.top() + px(3), 3, area.height() - px(6))
        rounded(painter, bar, 1.5, theme.colour("border_strong" if self._done else "accent"), None)

    def _paint_columns(self, painter: QPainter, area: QRectF, tone: str) -> None:
        theme, px = self._theme, self._theme.px
        right = QRectF(area.right() - px(42), area.top(), px(42), area.height())
        draw_text(painter, theme, right, self._right, "text2", "meta", align=Qt.AlignmentFlag.AlignRight)
        middle = QRectF(right.left() - px(66), area.top(), px(64), area.height())
        draw_text(painter, theme, middle, self._middle, "text2", "meta")
        area.setRight(middle.left() - px(6) if self._middle else right.left() - px(6))
        draw_text(painter, theme, area, self._title, tone, "body", 500)
