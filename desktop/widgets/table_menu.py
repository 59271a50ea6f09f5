"""What can be done with a table and its rows: the menu of the right button, Shift+F10 and the menu key."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QPoint
from PySide6.QtGui import QKeySequence
from PySide6.QtWidgets import QMenu

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.table_columns import ColumnDialog

if TYPE_CHECKING:
    from desktop.widgets.table import TableView


class TableMenu(QMenu):
    """Filled anew each time; `fill` of the table adds what the screen offers for the rows chosen."""

    def __init__(self, theme: Theme, table: "TableView") -> None:
        super().__init__(table)
        self._theme, self._table = theme, table
        self.sorting = QMenu(tr("Sortera efter"), self)

    def open_at_row(self) -> None:
        """By keyboard: under the current row."""
        table = self._table
        rect = table.visualRect(table.currentIndex())
        at = QPoint(max(0, rect.left()) + 24, max(0, rect.bottom()))
        self.open(table.viewport().mapToGlobal(at))

    def open(self, at: QPoint) -> None:
        """Show it at a place on the screen."""
        self.clear()
        self._add_rows()
        self._add_sorting()
        choose = self.addAction(tr("Välj kolumner…"))
        choose.triggered.connect(self.choose_columns)
        self.popup(at)
        self.setActiveAction(self.actions()[0])

    def choose_columns(self) -> None:
        """The dialog of the columns."""
        dialog = ColumnDialog(self._theme, self._table.layout_of_columns, self._table.window())
        dialog.exec()
        dialog.deleteLater()

    def _add_rows(self) -> None:
        table = self._table
        if table.current_row() is None:
            return
        if table.opens:
            act = self.addAction(tr("Öppna"))
            act.triggered.connect(lambda: table.opened.emit(table.current_row()))
        if table.fill_menu is not None:
            table.fill_menu(self)
        if table.may_copy():
            act = self.addAction(self._theme.icon("copy"), tr("Kopiera"))
            act.setShortcut(QKeySequence(QKeySequence.StandardKey.Copy))
            act.triggered.connect(table.copy)
        act = self.addAction(tr("Markera alla"))
        act.setShortcut(QKeySequence(QKeySequence.StandardKey.SelectAll))
        act.triggered.connect(table.selectAll)
        self.addSeparator()

    def _add_sorting(self) -> None:
        self.sorting.clear()
        now = self._table.sorting()
        for column in self._table.columns_to_sort():
            act = self.sorting.addAction(column.title)
            if now is not None and now[0] == column.key:
                act.setIcon(self._theme.icon("arrow-down" if now[1] else "arrow-up", "text", 13))
            act.triggered.connect(lambda _checked=False, key=column.key: self._sort(key))
        if self.sorting.isEmpty():
            return
        self.sorting.addSeparator()
        act = self.sorting.addAction(tr("Ursprunglig ordning"))
        act.setEnabled(now is not None)
        act.triggered.connect(lambda: self._table.set_sorting(None))
        self.addMenu(self.sorting)

    def _sort(self, key: str) -> None:
        """By a column; once more by the same turns the order round."""
        now = self._table.sorting()
        self._table.set_sorting((key, now is not None and now[0] == key and not now[1]))
