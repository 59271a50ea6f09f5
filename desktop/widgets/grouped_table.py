"""A table whose rows stand in groups: a head with the group's sums, which folds; sorted inside each group."""

from collections.abc import Callable, Hashable, Sequence
from typing import Any, TypeVar

from PySide6.QtCore import QModelIndex, QObject, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QWheelEvent
from PySide6.QtWidgets import QStyleOptionViewItem, QWidget

from desktop.settings import Settings
from desktop.table_model import Column, Role, TableModel
from desktop.theme import Theme
from desktop.widgets.table import TableView
from desktop.widgets.table_paint import Index, RowDelegate

R = TypeVar("R")
MOST_ROWS = 22  # that are shown before the table scrolls inside itself


class GroupedModel(TableModel[R]):
    """Rows as `show` is given them: heads (`is_head`), each followed by the rows of its group (`group`)."""

    folding = Signal(str, bool)  # the group, and whether it is folded now

    def __init__(
        self,
        columns: Sequence[Column[R]],
        key: Callable[[R], Hashable],
        group: Callable[[R], str],
        is_head: Callable[[R], bool],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(columns, key, parent)
        self.group, self.is_head = group, is_head
        self.folded: set[str] = set()
        self._all: list[R] = []
        self._order: tuple[Callable[[R], Any], bool] | None = None

    def show(self, rows: Sequence[R]) -> None:
        """These rows, sorted and folded as the user has chosen."""
        self._all = list(rows)
        self._arrange_groups()

    def set_folded(self, group: str, folded: bool) -> None:
        """Hide or show the rows of a group."""
        if folded == (group in self.folded):
            return
        (self.folded.add if folded else self.folded.discard)(group)
        self._arrange_groups()
        self.folding.emit(group, folded)

    @property
    def sorted_descending(self) -> bool:
        """Whether the order that the user chose is the falling one."""
        return self._order is not None and self._order[1]

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Inside each group; −1 is the first order."""
        key = self.columns[column].sort if 0 <= column < len(self.columns) else None
        self._order = None if key is None else (key, order is Qt.SortOrder.DescendingOrder)
        self._arrange_groups()

    def _arrange_groups(self) -> None:
        shown: list[R] = []
        for head in (row for row in self._all if self.is_head(row)):
            shown.append(head)
            name = self.group(head)
            if name not in self.folded:
                own = [row for row in self._all if not self.is_head(row) and self.group(row) == name]
                shown += sorted(own, key=self._order[0], reverse=self._order[1]) if self._order else own
        self.set_rows(shown)


class _GroupDelegate(RowDelegate):
    def __init__(self, theme: Theme, table: "GroupedTable") -> None:
        super().__init__(theme, table)
        self._grouped = table

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._theme.px(60), self._theme.row("table"))

    def _paint_ground(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        if self._grouped.model_of_groups.is_head(index.data(Role.ROW)):
            painter.fillRect(rect, self._theme.colour("surface2"))
        super()._paint_ground(painter, rect, index)

    def _paint_text(self, painter: QPainter, rect: QRectF, index: Index) -> None:
        model, px = self._grouped.model_of_groups, self._theme.px
        if index.column() == 0:
            row = index.data(Role.ROW)
            if model.is_head(row):
                icon = "chevron-right" if model.group(row) in model.folded else "chevron-down"
                at = QPointF(rect.left() + px(10), rect.center().y() - px(15) / 2)
                painter.drawPixmap(at, self._theme.pixmap(icon, "text2", 15))
            rect = rect.adjusted(px(22), 0, 0, 0)
        super()._paint_text(painter, rect, index)


class GroupedTable(TableView):
    """← and → fold and unfold the group of the current row, Enter and a click its head.

    As high as its rows up to MOST_ROWS, so that the page scrolls rather than the table; with `fills` it takes
    the room there is.
    """

    def __init__(
        self,
        theme: Theme,
        model: GroupedModel[Any],
        name: str,
        settings: Settings | None = None,
        setting: str = "",
        parent: QWidget | None = None,
        *,
        fills: bool = False,
    ) -> None:
        self.model_of_groups, self._fills = model, fills
        super().__init__(theme, model, name, settings, setting, parent=parent)
        self.setItemDelegate(_GroupDelegate(theme, self))
        for signal in (model.rowsInserted, model.rowsRemoved, model.modelReset, theme.changed):
            signal.connect(self._fit_height)
        self.horizontalScrollBar().rangeChanged.connect(self._fit_height)
        self._fit_height()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of groups; all others as in any table."""
        row, model = self.current_row(), self.model_of_groups
        if row is None:
            super().keyPressEvent(event)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right) and not event.modifiers():
            self._fold(model.group(row), event.key() == Qt.Key.Key_Left)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and model.is_head(row):
            self._fold(model.group(row), model.group(row) not in model.folded)
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A click on a head folds or unfolds its group."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        row = index.data(Role.ROW) if index.isValid() else None
        if event.button() is Qt.MouseButton.LeftButton and row is not None:
            model = self.model_of_groups
            if model.is_head(row):
                self._fold(model.group(row), model.group(row) not in model.folded)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Where all rows are in sight the page scrolls."""
        if self.verticalScrollBar().maximum() == 0 and not event.angleDelta().x():
            event.ignore()
        else:
            super().wheelEvent(event)

    def select_key(self, key: Hashable) -> bool:
        """Go to the row with this key; False where it is not shown."""
        place = self.model_of_groups.find(key)
        if place >= 0:
            self.setCurrentIndex(self.model_of_groups.index(place, 0))
        return place >= 0

    def _fold(self, group: str, folded: bool) -> None:
        model = self.model_of_groups
        model.set_folded(group, folded)
        heads = (at for at in range(model.rowCount()) if model.is_head(model.row(at)))
        place = next((at for at in heads if model.group(model.row(at)) == group), -1)
        if folded and place >= 0:
            self.setCurrentIndex(model.index(place, 0))

    def _themed(self) -> None:
        super()._themed()
        self.verticalHeader().setDefaultSectionSize(self._theme.row("table"))

    def _fit_height(self, *_args: object) -> None:
        if self._fills:
            return
        rows = max(2, min(self.model_of_groups.rowCount(QModelIndex()), MOST_ROWS))
        bar = self.horizontalScrollBar()
        below = bar.sizeHint().height() if bar.maximum() else 0
        height = self._theme.row("table_head") + rows * self._theme.row("table") + below + 2
        if height != self.height() or self.minimumHeight() != height:
            self.setFixedHeight(height)
