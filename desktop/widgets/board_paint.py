"""How the cards of a board and the heads of its columns are drawn."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from desktop.formatting import NBSP, number
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.paint import chip_width, draw_chip, draw_text, focus_ring, hatch, rounded, text_width

if TYPE_CHECKING:
    from desktop.widgets.board_column import BoardCard, BoardColumn, CardList

Index = QModelIndex | QPersistentModelIndex
GAP = 8  # under each card
_RIGHT = Qt.AlignmentFlag.AlignRight


class CardDelegate(QStyledItemDelegate):
    """Name and initials, what comes next, and the days in the column against the guide value."""

    def __init__(self, theme: Theme, view: "CardList") -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """All cards have one height."""
        return QSize(self._theme.px(120), self._theme.row("board_card") + self._theme.px(GAP))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """The card, and the ring round the current one."""
        painter.save()
        theme, px = self._theme, self._theme.px
        card: BoardCard = index.data(Qt.ItemDataRole.UserRole)
        rect = QRectF(option.rect).adjusted(1, 1, -1, -px(GAP))
        rounded(painter, rect, 8, theme.colour("surface"), theme.colour("border"))
        line = (rect.height() - px(16)) / 3
        inner = rect.adjusted(px(9), px(8), -px(8), -px(8))
        self._paint_name(painter, QRectF(inner.left(), inner.top(), inner.width(), line), card)
        words = QRectF(inner.left(), inner.top() + line, inner.width(), line)
        draw_text(painter, theme, words, card.next, "text2", "meta")
        self._paint_days(painter, QRectF(inner.left(), inner.top() + 2 * line, inner.width(), line), card)
        if index.row() == self._view.currentIndex().row() and self._view.hasFocus():
            focus_ring(painter, theme, rect, 8)
        painter.restore()

    def _paint_name(self, painter: QPainter, rect: QRectF, card: "BoardCard") -> None:
        theme, px = self._theme, self._theme.px
        side = px(22)
        if card.initials:
            circle = QRectF(rect.right() - side, rect.center().y() - side / 2, side, side)
            rounded(painter, circle, side / 2, theme.colour("neutral_soft"), None)
            centre = Qt.AlignmentFlag.AlignHCenter
            draw_text(painter, theme, circle, card.initials, "text2", "axis", 600, centre, elide=False)
        left = rect.adjusted(0, 0, -side - px(6) if card.initials else 0, 0)
        if card.masked:
            area = QRectF(left.left(), left.center().y() - px(10), 0, px(20))
            area.setWidth(min(chip_width(theme, card.name), left.width()))
            draw_chip(painter, theme, area, "protected", card.name)
        else:
            draw_text(painter, theme, left, card.name, "text", "body", 600)

    def _paint_days(self, painter: QPainter, rect: QRectF, card: "BoardCard") -> None:
        theme, px = self._theme, self._theme.px
        text = f"{number(card.days)}{NBSP}d"
        if card.over:
            width = chip_width(theme, text)
            chip = QRectF(rect.right() - width, rect.center().y() - px(10), width, px(20))
            draw_chip(painter, theme, chip, "over_guide", text)
        else:
            width = text_width(theme, text, "meta", 600) + 2
            area = QRectF(rect.right() - width, rect.top(), width, rect.height())
            draw_text(painter, theme, area, text, "text", "meta", 600, _RIGHT, elide=False)
        right = rect.right() - width - px(10)
        if card.late:
            mark = theme.pixmap("circle-alert", "danger", 14)
            right -= px(14)
            painter.drawPixmap(int(right), int(rect.center().y() - px(7)), mark)
            right -= px(6)
        bar = QRectF(rect.left(), rect.center().y() - px(3), right - rect.left(), px(5))
        if bar.width() >= px(24):
            self._paint_bar(painter, bar, card)

    def _paint_bar(self, painter: QPainter, bar: QRectF, card: "BoardCard") -> None:
        """The guide value stands at four fifths of the bar, so that a little over shows too."""
        theme, px = self._theme, self._theme.px
        rounded(painter, bar, 2.5, theme.colour("neutral_soft"), theme.colour("neutral_border"))
        if card.guide is None:
            return
        share = min(card.days / card.guide * 0.8, 1.0)
        if share > 0:
            done = QRectF(bar.left(), bar.top(), max(bar.width() * share, px(4)), bar.height())
            rounded(painter, done, 2.5, theme.colour("warn" if card.over else "s5"), None)
        tick = QRectF(bar.left() + bar.width() * 0.8 - 1, bar.top() - px(4), 2, bar.height() + px(8))
        painter.fillRect(tick, theme.colour("text"))


class ColumnHead(QWidget):
    """The head of a column: mark, name, count, kvinnor and män as a bar, and what is worth knowing of it."""

    clicked = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: BoardColumn | None = None
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        theme.changed.connect(self.updateGeometry)

    def show_column(self, shown: "BoardColumn") -> None:
        """Show this one."""
        self._shown = shown
        self.setAccessibleName(f"{shown.spoken}. {tr('Visa personerna')}")
        self.setToolTip(". ".join(part for part in (self._limit_text() or shown.title, shown.more) if part))
        self.update()

    def sizeHint(self) -> QSize:
        """A line, a bar and a line."""
        return QSize(self._theme.px(120), self._theme.px(56))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Show the people of the column."""
        if event.button() is Qt.MouseButton.LeftButton and self.rect().contains(event.position().toPoint()):
            self.clicked.emit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Space too."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.clicked.emit()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """From the top: name and count, the bar, the words."""
        shown, theme, px = self._shown, self._theme, self._theme.px
        if shown is None:
            return
        painter = QPainter(self)
        full = shown.limit is not None and len(shown.cards) > shown.limit
        count = number(len(shown.cards)) + (f"/{number(shown.limit)}" if shown.limit is not None else "")
        width = text_width(theme, count, "section", 600) + 2
        mark = QRectF(px(4), px(5), px(11), px(11))
        edge = theme.colour("border_strong") if shown.tone in ("s1", "s2") else None
        rounded(painter, mark, 3, theme.colour(shown.tone), edge)
        title = QRectF(px(22), 0, self.width() - width - px(22 + 10), px(21))
        draw_text(painter, theme, title, shown.title, "text", "body", 600)
        area = QRectF(self.width() - width - px(4), 0, width, px(21))
        draw_text(
            painter, theme, area, count, "warn" if full else "text", "section", 600, _RIGHT, elide=False
        )
        self._paint_bar(painter, QRectF(px(4), px(26), self.width() - px(8), px(7)))
        self._paint_words(painter, QRectF(px(4), px(36), self.width() - px(8), px(18)))
        if self.hasFocus():
            focus_ring(painter, theme, QRectF(self.rect()), 6)

    def _paint_bar(self, painter: QPainter, rect: QRectF) -> None:
        assert self._shown is not None
        theme, kvinnor, man = self._theme, self._shown.kvinnor, self._shown.man
        if not kvinnor + man:
            rounded(painter, rect, 2, theme.colour("neutral_soft"), theme.colour("neutral_border"))
            return
        split = rect.width() * kvinnor / (kvinnor + man)
        if kvinnor:
            solid = QRectF(rect.left(), rect.top(), split - (1 if man else 0), rect.height())
            rounded(painter, solid, 2, theme.colour("kv"), None)
        if man:
            lined = QRectF(rect.left() + split + (1 if kvinnor else 0), rect.top(), 0, rect.height())
            lined.setRight(rect.right())
            rounded(painter, lined, 2, theme.colour("man"), None)
            hatch(painter, lined, theme.colour("man_hatch"), 2)

    def _paint_words(self, painter: QPainter, rect: QRectF) -> None:
        assert self._shown is not None
        theme, shown = self._theme, self._shown
        kon = f"K{NBSP}{number(shown.kvinnor)}   M{NBSP}{number(shown.man)}"
        room = rect.width() - text_width(theme, kon, "meta") - theme.px(6)
        draw_text(painter, theme, rect, kon, "text2", "meta", elide=False)
        if text_width(theme, shown.note, "meta") <= room:
            draw_text(painter, theme, rect, shown.note, "text2", "meta", None, _RIGHT, elide=False)

    def _limit_text(self) -> str:
        shown = self._shown
        if shown is None or shown.limit is None or len(shown.cards) <= shown.limit:
            return ""
        return (
            f"{shown.title}: {number(len(shown.cards))} {tr('inskrivna, gränsen är')} {number(shown.limit)}"
        )
