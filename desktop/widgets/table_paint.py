"""How the rows and the head of a table look."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from desktop.charts.scene import Drawing
from desktop.table_model import ChipText, Role
from desktop.theme import Theme
from desktop.widgets.chart_paint import paint_drawing
from desktop.widgets.paint import chip_width, draw_chip, draw_text, rounded, text_width

if TYPE_CHECKING:
    from desktop.widgets.table import TableView

Index = QModelIndex | QPersistentModelIndex
BAR_FROM = 50  # design px of a cell with a bar that its text has


class RowDelegate(QStyledItemDelegate):
    """Paints cells from the roles of the model; the model has worked them out already."""

    def __init__(self, theme: Theme, table: "TableView") -> None:
        super().__init__(table)
        self._theme = theme
        self._table = table

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        """Rows have the height of the tokens."""
        return QSize(self._theme.px(60), self._theme.row("worklist"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        """Fill, hair line, then chip or text, then the ring."""
        painter.save()
        rect = QRectF(option.rect)
        current = index.row() == self._table.currentIndex().row()
        self._paint_ground(painter, rect, index)
        chip, bar = index.data(Role.CHIP), index.data(Role.BAR)
        drawing = index.data(Role.DRAWING)
        if isinstance(chip, ChipText):
            self._paint_chip(painter, rect, chip, index.data(Qt.ItemDataRole.TextAlignmentRole))
        elif bar is not None:
            self._paint_text(painter, rect.adjusted(0, 0, self._theme.px(BAR_FROM) - rect.width(), 0), index)
            self._paint_bar(painter, rect, *bar)
        elif drawing is not None:
            self._paint_drawing(painter, rect, drawing)
        else:
            self._paint_text(painter, rect, index)
        if current and self._table.hasFocus():
            self._paint_ring(painter, rect)
        painter.restore()

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """What the column has to tell, else a text that is cut told whole."""
        text = str(index.data(Qt.ItemDataRole.ToolTipRole) or "") or self.told_whole(
            option.rect.width(), index
        )
        QToolTip.showText(event.globalPos(), text, view)
        return True

    def told_whole(self, width: int, index: Index) -> str:
        """The text of a cell that is cut at this width, px; empty where all of it is seen."""
        chip, px = index.data(Role.CHIP), self._theme.px
        if isinstance(chip, ChipText):
            return chip.text if chip_width(self._theme, chip.text) > width - px(12) else ""
        if index.data(Role.DRAWING) is not None:
            return ""
        text = str(index.data() or "")
        needs = text_width(self._theme, text, "body", index.data(Role.WEIGHT))
        needs += px(20) if index.data(Role.ICON) else 0
        return text if needs > width - px(20) + 1 else ""

    def _paint_ground(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        theme, selection = self._theme, self._table.selectionModel()
        if selection is not None and selection.isRowSelected(index.row(), QModelIndex()):
            painter.fillRect(rect, theme.colour("selected"))
        elif index.row() == self._table.row_hovered:
            painter.fillRect(rect, theme.colour("hover"))
        line = QRectF(rect.left(), rect.bottom() - 1, rect.width(), 1)
        painter.fillRect(line, theme.colour("hair"))

    def _paint_chip(self, painter: QPainter, rect: QRectF, chip: ChipText, align: int) -> None:
        px = self._theme.px
        width = min(chip_width(self._theme, chip.text), rect.width() - px(12))
        is_right = Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignRight
        left = rect.right() - px(6) - width if is_right else rect.left() + px(10)
        area = QRectF(left, rect.center().y() - px(10), width, px(20))
        draw_chip(painter, self._theme, area, chip.kind, chip.text, chip.icon)

    def _paint_bar(self, painter: QPainter, rect: QRectF, part: float, whole: float) -> None:
        """The whole light with an edge, the part of it dark: told apart without colour."""
        px, theme = self._theme.px, self._theme
        room = rect.width() - px(BAR_FROM) - px(12)
        area = QRectF(rect.left() + px(BAR_FROM), rect.center().y() - px(4), max(0.0, room * whole), px(8))
        if area.width() < 1:
            return
        rounded(painter, area, 2, theme.colour("neutral_soft"), theme.colour("accent"))
        painter.fillRect(QRectF(area.left(), area.top(), room * part, area.height()), theme.colour("accent"))

    def _paint_drawing(self, painter: QPainter, rect: QRectF, drawing: Drawing) -> None:
        height = self._theme.px(drawing.height)
        painter.setClipRect(rect)
        at = QPointF(rect.left() + self._theme.px(10), rect.center().y() - height / 2)
        paint_drawing(painter, self._theme, drawing, at)
        painter.setClipping(False)

    def _paint_text(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        px = self._theme.px
        area = rect.adjusted(px(10), 0, -px(10), 0)
        if icon := index.data(Role.ICON):
            at = QPointF(area.left(), rect.center().y() - px(15) / 2)
            painter.drawPixmap(at, self._theme.pixmap(icon, "text2", 15))
            area.setLeft(area.left() + px(20))
        text, align = index.data(), index.data(Qt.ItemDataRole.TextAlignmentRole)
        side = Qt.AlignmentFlag.AlignRight
        side = side if Qt.AlignmentFlag(align) & side else Qt.AlignmentFlag.AlignLeft
        tone, weight = index.data(Role.TONE), index.data(Role.WEIGHT)
        draw_text(painter, self._theme, area, text, tone, "body", weight, side)

    def _paint_ring(self, painter: QPainter, rect: QRectF) -> None:
        whole = QRectF(0, rect.top(), self._table.viewport().width(), rect.height()).adjusted(1, 0, -1, 0)
        painter.setClipRect(rect)
        rounded(painter, whole, 5, None, self._theme.colour("focus"), 2)


class Header(QHeaderView):
    """Titles of columns, with an arrow beside the one that is sorted by."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(Qt.Orientation.Horizontal, parent)
        self._theme = theme

    def viewportEvent(self, event: QEvent) -> bool:
        """A title that is cut is told whole."""
        if event.type() == QEvent.Type.ToolTip and isinstance(event, QHelpEvent):
            section, horizontal = self.logicalIndexAt(event.pos()), Qt.Orientation.Horizontal
            title = str(self.model().headerData(section, horizontal) or "") if section >= 0 else ""
            room = self.sectionSize(section) - self._theme.px(20) + 1
            fits = text_width(self._theme, title, "meta", 600) <= room
            QToolTip.showText(event.globalPos(), "" if fits else title, self)
            return True
        return super().viewportEvent(event)

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """Title and arrow; the frame is the table's own."""
        theme, px, model = self._theme, self._theme.px, self.model()
        title = str(model.headerData(section, Qt.Orientation.Horizontal) or "")
        align = model.headerData(section, Qt.Orientation.Horizontal, Qt.ItemDataRole.TextAlignmentRole)
        right = bool(Qt.AlignmentFlag(align or 0) & Qt.AlignmentFlag.AlignRight)
        chosen = self.sortIndicatorSection() == section
        area = QRectF(rect).adjusted(px(10), 0, -px(10), 0)
        painter.save()
        self.paint_ground(painter, rect)
        width = text_width(theme, title, "meta", 600)
        left = area.right() - width if right else area.left()
        if chosen:
            left = max(area.left(), left - px(18)) if right else left
            self._paint_arrow(painter, left + width + px(5), area.center().y())
        words = QRectF(left, area.top(), area.right() - left, area.height())
        draw_text(painter, theme, words, title, "text" if chosen else "text2", "meta", 600)
        painter.restore()

    def paint_ground(self, painter: QPainter, rect: QRect) -> None:
        """The fill of a title, and the line under it."""
        painter.fillRect(QRectF(rect), self._theme.colour("surface2"))
        painter.fillRect(QRectF(rect.left(), rect.bottom(), rect.width(), 1), self._theme.colour("border"))

    def _paint_arrow(self, painter: QPainter, x: float, middle: float) -> None:
        down = self.sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        arrow = self._theme.pixmap("arrow-down" if down else "arrow-up", "text", 13, 2)
        painter.drawPixmap(QPointF(x, middle - self._theme.px(13) / 2), arrow)
