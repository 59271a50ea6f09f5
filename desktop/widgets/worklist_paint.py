"""How heads and rows of a worklist are drawn."""

from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import QStyledItemDelegate, QStyleOptionViewItem

from desktop.formatting import number
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.chip import draw_pill
from desktop.widgets.paint import chip_width, draw_chip, draw_text, rounded, text_width

if TYPE_CHECKING:
    from desktop.widgets.worklist import Head, WorkItem, Worklist

Index = QModelIndex | QPersistentModelIndex
# Columns in design px: from the left, and from the right where they stand at the right edge.
NAME, NUMBER, REASON = 34, 180, 296
CHIP, ACT, ARROW = 320, 164, 28
LEAST_REASON = 200
SECOND_LINE = 20  # the reason where it stands under the name


class WorklistDelegate(QStyledItemDelegate):
    """Paints what the entries hold; nothing is worked out here."""

    def __init__(self, theme: Theme, view: "Worklist") -> None:
        super().__init__(view)
        self._theme, self._view = theme, view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        """A head is a little higher than a row, and a row of two lines higher than both."""
        px, row = self._theme.px, self._theme.row("worklist")
        two = self.stacks(self._view.viewport().width())  # then heads too where all are of one height
        if _is_head(index.data(Qt.ItemDataRole.UserRole)) and not (two and self._view.uniformItemSizes()):
            row, two = self._theme.row("worklist_group"), False
        return QSize(px(400), row + (px(SECOND_LINE) if two else 0))

    def stacks(self, width: float) -> bool:
        """Whether so little is left between number and chip that the reason goes under the name."""
        return width < self._theme.px(NUMBER + LEAST_REASON + CHIP)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """A head or a row, and the ring round the current one."""
        painter.save()
        entry, rect = index.data(Qt.ItemDataRole.UserRole), QRectF(option.rect)
        current = index.row() == self._view.currentIndex().row()
        focused = current and self._view.hasFocus()
        if _is_head(entry):
            self._paint_head(painter, rect, entry)
        else:
            self._paint_row(painter, rect, entry, current, focused, index.row() == self._view.row_hovered)
        if focused:
            ring = rect.adjusted(1, 0, -1, -1)
            rounded(painter, ring, 5, None, self._theme.colour("focus"), 2)
        painter.restore()

    def _paint_head(self, painter: QPainter, rect: QRectF, head: "Head") -> None:
        theme, px, group = self._theme, self._theme.px, head.group
        painter.fillRect(rect, theme.colour("surface2"))
        for y in (rect.top() - 1, rect.bottom() - 1):
            painter.fillRect(QRectF(rect.left(), y, rect.width(), 1), theme.colour("border"))
        middle = rect.center().y()
        arrow = theme.pixmap("chevron-right" if head.folded else "chevron-down", "text2", 14)
        painter.drawPixmap(QPointF(rect.left() + px(12), middle - px(7)), arrow)
        tone = "danger" if group.danger else "text2"
        painter.drawPixmap(
            QPointF(rect.left() + px(NAME), middle - px(8)), theme.pixmap(group.icon, tone, 16)
        )
        x = rect.left() + px(NAME + 24)
        width = text_width(theme, group.title, "body", 600)
        title = QRectF(x, rect.top(), width + 2, rect.height())
        draw_text(painter, theme, title, group.title, "text", "body", 600, elide=False)
        count = number(group.total)
        pill = QRectF(title.right() + px(8), middle - px(9), 0, px(18))
        pill.setWidth(max(px(22), text_width(theme, count, "meta", 600) + px(12)))
        draw_pill(painter, theme, pill, count, group.danger)
        right = rect.right() - px(14)
        if head.more:
            alla = len(group.items) == group.total
            text = f"{tr('Visa alla')} {count}" if alla else f"{tr('Visa')} {number(len(group.items))}"
            link = QRectF(right - text_width(theme, text, "meta", 500) - 2, rect.top(), 0, rect.height())
            link.setRight(right)
            draw_text(painter, theme, link, text, "accent_text", "meta", 500, elide=False)
            right = link.left() - px(8)
        rule = QRectF(pill.right() + px(12), rect.top(), right - pill.right() - px(12), rect.height())
        if rule.width() > 0:
            draw_text(painter, theme, rule, group.rule, "text2", "meta")

    def _paint_row(
        self, painter: QPainter, rect: QRectF, item: "WorkItem", current: bool, focused: bool, hovered: bool
    ) -> None:
        theme, px = self._theme, self._theme.px
        if current:
            painter.fillRect(rect, theme.colour("selected"))
        elif hovered:
            painter.fillRect(rect, theme.colour("hover"))
        line = QRectF(rect.left() + px(NAME), rect.bottom() - 1, rect.width() - px(NAME + 14), 1)
        painter.fillRect(line, theme.colour("hair"))
        first = self._paint_reason(painter, rect, item)
        self._paint_person(painter, first, item)
        chip_left = rect.right() - px(CHIP)
        width = min(chip_width(theme, item.chip.text), px(CHIP - ACT - 10))
        chip = QRectF(chip_left, first.center().y() - px(10), width, px(20))
        draw_chip(painter, theme, chip, item.chip.kind, item.chip.text, item.chip.icon)
        self._paint_act(painter, first, item, focused)

    def _paint_reason(self, painter: QPainter, rect: QRectF, item: "WorkItem") -> QRectF:
        """In its column, or as a line of its own under the rest; returns where the rest stands."""
        theme, px = self._theme, self._theme.px
        if self.stacks(self._view.viewport().width()):
            first = rect.adjusted(0, 0, 0, -px(SECOND_LINE))
            under = QRectF(rect.left() + px(NAME), first.bottom() - px(4), 0, px(SECOND_LINE))
            under.setRight(rect.right() - px(14))
            draw_text(painter, theme, under, item.reason, "text2")
            return first
        start = REASON if self._shows_number(rect) else NUMBER
        reason = QRectF(rect.left() + px(start), rect.top(), 0, rect.height())
        reason.setRight(rect.right() - px(CHIP + 10))
        draw_text(painter, theme, reason, item.reason, "text2")
        return rect

    def _paint_person(self, painter: QPainter, rect: QRectF, item: "WorkItem") -> None:
        theme, px = self._theme, self._theme.px
        room = rect.width() - px(CHIP + NAME + 8)
        name = QRectF(rect.left() + px(NAME), rect.top(), px(NUMBER - NAME - 8), rect.height())
        name.setWidth(max(px(40), min(name.width(), room)))
        if item.masked:
            width = min(chip_width(theme, item.name), name.width())
            area = QRectF(name.left(), rect.center().y() - px(10), width, px(20))
            draw_chip(painter, theme, area, "protected", item.name)
        else:
            draw_text(painter, theme, name, item.name, "text2" if item.muted else "text", "body", 500)
        digits = QRectF(rect.left() + px(NUMBER), rect.top(), px(REASON - NUMBER - 6), rect.height())
        if self._shows_number(rect):
            draw_text(painter, theme, digits, item.number, "text2")

    def _shows_number(self, rect: QRectF) -> bool:
        """Where there is little room the number goes before the reason."""
        beside = 0 if self.stacks(self._view.viewport().width()) else LEAST_REASON
        return rect.width() >= self._theme.px(REASON + beside + CHIP)

    def _paint_act(self, painter: QPainter, rect: QRectF, item: "WorkItem", focused: bool) -> None:
        theme, px = self._theme, self._theme.px
        words = QRectF(rect.right() - px(ACT), rect.top(), px(ACT - ARROW - 8), rect.height())
        middle = rect.center().y()
        if focused:
            button = QRectF(words.left() - px(8), rect.top() + px(3), 0, rect.height() - px(7))
            button.setRight(rect.right() - px(12))
            rounded(painter, button, 5, theme.colour("accent"), None)
        tone = "accent_on" if focused else "accent_text"
        draw_text(painter, theme, words, item.act, tone, "body", 600 if focused else 500)
        icon = theme.pixmap(
            "arrow-right" if focused else "chevron-right", "accent_on" if focused else "text2", 15
        )
        painter.drawPixmap(QPointF(rect.right() - px(ARROW + 6), middle - px(8)), icon)


def paint_loading(painter: QPainter, theme: Theme, width: int) -> None:
    """Three grey rows."""
    px, height = theme.px, theme.row("worklist")
    for place in range(3):
        top = place * height + height / 2 - px(5)
        for left, right in ((NAME, NUMBER - 24), (NUMBER, REASON - 24), (REASON, REASON + 180)):
            bar = QRectF(px(left), top, px(right - left), px(10))
            if bar.right() < width:
                rounded(painter, bar, 4, theme.colour("neutral_soft"), None)


def _is_head(entry: Any) -> bool:
    return hasattr(entry, "group")
