"""A table as in the design: calm rows, chips in cells, a ring round the current row."""

from collections.abc import Callable, Sequence
from typing import Any

from PySide6.QtCore import (
    QModelIndex,
    QPersistentModelIndex,
    Qt,
    Signal,
)
from PySide6.QtGui import (
    QContextMenuEvent,
    QFocusEvent,
    QGuiApplication,
    QKeyEvent,
    QKeySequence,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QMenu,
    QTableView,
    QWidget,
)

from desktop.settings import Settings
from desktop.table_model import ChipText, Column, Role, TableModel
from desktop.theme import Theme
from desktop.widgets.table_columns import ColumnLayout
from desktop.widgets.table_menu import TableMenu
from desktop.widgets.table_paint import Header, RowDelegate

Index = QModelIndex | QPersistentModelIndex
Move = QAbstractItemView.CursorAction
_ONE_LINE = str.maketrans("\t\n\r", "   ")


class TableView(QTableView):
    """Shows a TableModel. Enter or a double click is `opened`; columns and widths are remembered under
    `setting`. `fill_menu` adds what the screen offers to the menu of the rows."""

    opened = Signal(object)  # the frozen row
    current_changed = Signal(object)  # the frozen row or None
    selection_changed = Signal(int)  # number of rows
    copied = Signal(object)  # the frozen rows
    header_type = Header

    def __init__(
        self,
        theme: Theme,
        model: TableModel[Any],
        name: str,
        settings: Settings | None = None,
        setting: str = "",
        may_copy: Callable[[], bool] = lambda: True,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._rows = theme, model
        self._settings, self._setting = settings, setting
        self.may_copy = may_copy
        self.fill_menu: Callable[[QMenu], None] | None = None
        self.opens = True  # whether Enter leads anywhere
        self.hand: Callable[[list[Any]], None] | None = None  # copies the rows, where it takes more than that
        self.row_hovered = -1
        self._sorted_by = -1
        self.setAccessibleName(name)
        self.setHorizontalHeader(self.header_type(theme, self))
        self.setModel(model)
        # Qt asks for more only when rows have moved, and the same rows, or none, may be given again.
        model.more_left.connect(self.updateGeometries)
        self.setItemDelegate(RowDelegate(theme, self))
        self._set_up()
        self._set_up_header()
        header = self.horizontalHeader()
        self.layout_of_columns = ColumnLayout(header, self._rows.columns, settings, setting)
        self.layout_of_columns.changed.connect(self._fit)
        self.menu = TableMenu(theme, self)
        theme.changed.connect(self._themed)
        self._themed()

    def current_row(self) -> Any:
        """The frozen row with the focus, or None."""
        index = self.currentIndex()
        return self._rows.row(index.row()) if index.isValid() else None

    def selected_rows(self) -> list[Any]:
        """The frozen rows that are selected, from the top down."""
        positions = sorted(index.row() for index in self.selectionModel().selectedRows(self._first()))
        return [self._rows.row(position) for position in positions]

    def sorting(self) -> tuple[str, bool] | None:
        """The key of the column sorted by and whether descending; None in the order given."""
        if self._sorted_by < 0:
            return None
        descending = self.horizontalHeader().sortIndicatorOrder() is Qt.SortOrder.DescendingOrder
        return self._rows.columns[self._sorted_by].key, descending

    def set_sorting(self, sorting: tuple[str, bool] | None) -> None:
        """Sort by a column, or go back to the order given, also for one that cannot be sorted by."""
        keys = [column.key for column in self._rows.columns if column.sort is not None]
        if sorting is None or sorting[0] not in keys:
            self._show_sorting(-1, Qt.SortOrder.AscendingOrder)
            self._sort(-1, Qt.SortOrder.AscendingOrder)
            return
        at = next(i for i, column in enumerate(self._rows.columns) if column.key == sorting[0])
        order = Qt.SortOrder.DescendingOrder if sorting[1] else Qt.SortOrder.AscendingOrder
        self._show_sorting(at, order)
        self._sort(at, order)

    def columns_to_sort(self) -> list[Column[Any]]:
        """Those shown that can be sorted by, from left to right."""
        shown = [self._rows.columns[at] for at in self.layout_of_columns.positions()]
        return [column for column in shown if column.sort is not None]

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens, Ctrl+C copies with headers, Shift+F10 and the menu key open the menu, Home and End go
        to the first and the last row."""
        shifted = event.modifiers() == Qt.KeyboardModifier.ShiftModifier
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and self.currentIndex().isValid():
            self.opened.emit(self.current_row())
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.key() in (Qt.Key.Key_Home, Qt.Key.Key_End) and self._rows.rowCount():
            self._go_to_end(event)
        elif event.key() == Qt.Key.Key_Menu or (event.key() == Qt.Key.Key_F10 and shifted):
            self.menu.open_at_row()
        else:
            super().keyPressEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The menu where the pointer is; a row that was not among those selected is chosen alone."""
        if self.menu.isVisible():  # the key that opened it may come as an event too
            return
        if event.reason() is QContextMenuEvent.Reason.Keyboard:
            self.menu.open_at_row()
            return
        index = self.indexAt(event.pos())
        if index.isValid() and not self.selectionModel().isRowSelected(index.row(), QModelIndex()):
            self.setCurrentIndex(index)
        self.menu.open(event.globalPos())

    def copy(self) -> None:
        """The selected rows as text with headers, columns as shown, if it is allowed here."""
        rows = self.selected_rows()
        if not rows or not self.may_copy():
            return
        if self.hand is not None:
            self.hand(rows)
            return
        shown = self.layout_of_columns.positions()
        lines = ["\t".join(self._rows.columns[at].title for at in shown)]
        places = sorted(index.row() for index in self.selectionModel().selectedRows(self._first()))
        lines += ["\t".join(self._text(place, at) for at in shown) for place in places]
        QGuiApplication.clipboard().setText("\n".join(lines))
        self.copied.emit(rows)

    def put_rows(self, rows: Sequence[Any]) -> None:
        """These rows on the clipboard as they may leave, whatever the table shows."""
        shown = [self._rows.columns[at] for at in self.layout_of_columns.positions()]
        lines = ["\t".join(column.title for column in shown)]
        lines += [
            "\t".join((column.leaving or column.text)(row).translate(_ONE_LINE) for column in shown)
            for row in rows
        ]
        QGuiApplication.clipboard().setText("\n".join(lines))

    def moveCursor(self, action: Move, modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """A row is one: Home and End go over rows, not over cells."""
        ends = {Move.MoveHome: 0, Move.MoveEnd: self._rows.rowCount() - 1}
        if action in ends and self._rows.rowCount():
            return self._rows.index(ends[action], self._first())
        return super().moveCursor(action, modifiers)

    def _go_to_end(self, event: QKeyEvent) -> None:
        """As without Ctrl, with which Qt would choose nothing; Shift chooses all rows between."""
        shift = event.modifiers() & Qt.KeyboardModifier.ShiftModifier
        super().keyPressEvent(QKeyEvent(event.type(), event.key(), shift))

    def leaveEvent(self, event: Any) -> None:
        """Nothing is hovered any more."""
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by keyboard to a table without a current row starts at the first."""
        begins = not self.currentIndex().isValid()  # Qt goes to the first row itself, but does not choose it
        super().focusInEvent(event)
        if begins and self._rows.rowCount():
            self.setCurrentIndex(self._rows.index(0, 0))
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def _text(self, row: int, column: int) -> str:
        index = self._rows.index(row, column)
        chip = index.data(Role.CHIP)
        text = chip.text if isinstance(chip, ChipText) else str(index.data() or "")
        leaving = index.data(Role.LEAVING)
        text = text if leaving is None else leaving
        # A cell's own line breaks and tabs would make other cells of it.
        return text.translate(_ONE_LINE)

    def _first(self) -> int:
        """A column that shows: what is selected is asked for by one."""
        return self.layout_of_columns.positions()[0]

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setMouseTracking(True)
        self.setCornerButtonEnabled(False)
        self.entered.connect(lambda index: self._hover(index.row()))
        self.doubleClicked.connect(lambda _index: self.opened.emit(self.current_row()))
        self.selectionModel().currentRowChanged.connect(self._tell_current)
        self.selectionModel().selectionChanged.connect(
            lambda _now, _before: self.selection_changed.emit(len(self.selected_rows()))
        )

    def _set_up_header(self) -> None:
        vertical, header = self.verticalHeader(), self.horizontalHeader()
        vertical.hide()
        vertical.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        header.setHighlightSections(False)
        header.setSortIndicatorShown(True)
        header.setSortIndicatorClearable(False)
        header.setSortIndicator(-1, Qt.SortOrder.AscendingOrder)
        header.setSectionsClickable(True)
        header.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        header.sortIndicatorChanged.connect(self._sort)
        for position, column in enumerate(self._rows.columns):
            if column.stretch:
                header.setSectionResizeMode(position, QHeaderView.ResizeMode.Stretch)
        header.sectionResized.connect(self._resized)

    def _width(self, position: int) -> int:
        column = self._rows.columns[position]
        kept = self._settings.get(f"{self._setting}/{column.key}", 0) if self._settings else 0
        return self._theme.px(kept or column.width)

    def _sort(self, position: int, order: Qt.SortOrder) -> None:
        """A column that cannot be sorted by leaves all as it was, the arrow too."""
        if position >= 0 and self._rows.columns[position].sort is None:
            before = self._rows.sorted_descending
            kept = Qt.SortOrder.DescendingOrder if before else Qt.SortOrder.AscendingOrder
            self._show_sorting(self._sorted_by, kept)
            return
        self._sorted_by = position
        self._rows.sort(position, order)

    def _show_sorting(self, position: int, order: Qt.SortOrder) -> None:
        header = self.horizontalHeader()
        header.blockSignals(True)
        header.setSortIndicator(position, order)
        header.blockSignals(False)
        header.viewport().update()

    def _resized(self, position: int, _old: int, width: int) -> None:
        column = self._rows.columns[position]
        if width == 0:  # hidden
            return
        if self._settings is not None and self._setting and not column.stretch and self.isVisible():
            self._settings.set(f"{self._setting}/{column.key}", round(width * 100 / self._theme.scale))
        if not column.stretch:
            self._fit()

    def _tell_current(self, _current: QModelIndex, _previous: QModelIndex) -> None:
        self.current_changed.emit(self.current_row())
        self.viewport().update()

    def _hover(self, row: int) -> None:
        if row != self.row_hovered:
            self.row_hovered = row
            self.viewport().update()

    def _themed(self) -> None:
        self.verticalHeader().setMinimumSectionSize(self._theme.px(20))
        self.verticalHeader().setDefaultSectionSize(self._theme.row("worklist"))
        self.horizontalHeader().setFixedHeight(self._theme.row("table_head"))
        for position in range(len(self._rows.columns)):
            self.setColumnWidth(position, self._width(position))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Room for the column that takes what is left, or none."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """The column that takes what is left has its own width at least; the table scrolls sideways then."""
        header, columns = self.horizontalHeader(), self._rows.columns
        for position, column in enumerate(columns):
            if column.stretch:
                others = sum(header.sectionSize(i) for i in range(len(columns)) if i != position)
                least = self._theme.px(column.width)
                roomy = self.viewport().width() - others >= least
                mode = QHeaderView.ResizeMode.Stretch if roomy else QHeaderView.ResizeMode.Interactive
                if header.sectionResizeMode(position) is not mode:
                    header.setSectionResizeMode(position, mode)
                if not roomy:
                    self.setColumnWidth(position, least)
