"""A table one of whose columns is a time line: drawn row by row in the width it has, its axis in the head."""

from collections.abc import Callable
from typing import Any, TypeAlias

from PySide6.QtCore import QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF
from PySide6.QtGui import QPainter

from desktop.charts.scene import Drawing
from desktop.settings import Settings
from desktop.table_model import Role, TableModel
from desktop.theme import Theme
from desktop.widgets.chart_paint import paint_drawing
from desktop.widgets.table import TableView
from desktop.widgets.table_paint import Header, RowDelegate

Index = QModelIndex | QPersistentModelIndex
ROW = 36  # design px: two lanes
DrawRow: TypeAlias = Callable[[Any, float, float], Drawing]  # row, width, height in design px
DrawAxis: TypeAlias = Callable[[float, float], Drawing]


class TimelineHeader(Header):
    """The column of the time line has its axis for a title."""

    def paintSection(self, painter: QPainter, rect: QRect, section: int) -> None:
        """The axis, or the title of another column."""
        table = self.parent()
        if not isinstance(table, TimelineTable) or section != table.drawn:
            super().paintSection(painter, rect, section)
            return
        painter.save()
        self.paint_ground(painter, rect)
        painter.setClipRect(rect)
        width, height = table.design(rect.width()), table.design(rect.height())
        paint_drawing(painter, self._theme, table.draw_axis(width, height), QPointF(rect.topLeft()))
        painter.restore()


class TimelineDelegate(RowDelegate):
    """The cell of the time line is drawn; its words are for who cannot see it, and for copies."""

    def _paint_text(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        table = self._table
        if not isinstance(table, TimelineTable) or index.column() != table.drawn:
            super()._paint_text(painter, rect, index)
            return
        painter.setClipRect(rect)
        drawing = table.draw_row(
            index.data(Role.ROW), table.design(rect.width()), table.design(rect.height())
        )
        paint_drawing(painter, self._theme, drawing, rect.topLeft())
        painter.setClipping(False)


class TimelineTable(TableView):
    """`key` names the column that is drawn. Only what is in sight is drawn, so a long list costs no more."""

    header_type = TimelineHeader

    def __init__(
        self, theme: Theme, model: TableModel[Any], name: str, key: str, settings: Settings, setting: str
    ) -> None:
        self.drawn = next(at for at, column in enumerate(model.columns) if column.key == key)
        self.draw_row: DrawRow = lambda _row, width, height: Drawing(width, height, ())
        self.draw_axis: DrawAxis = lambda width, height: Drawing(width, height, ())
        super().__init__(theme, model, name, settings, setting)
        self.setItemDelegate(TimelineDelegate(theme, self))

    def _themed(self) -> None:
        super()._themed()
        self.verticalHeader().setDefaultSectionSize(self._theme.px(ROW))

    def set_drawing(self, draw_row: DrawRow, draw_axis: DrawAxis) -> None:
        """Draw the rows and their axis so from now on."""
        self.draw_row, self.draw_axis = draw_row, draw_axis
        self.viewport().update()
        self.horizontalHeader().viewport().update()

    def design(self, px: float) -> float:
        """In design px."""
        return px * 100 / self._theme.scale
