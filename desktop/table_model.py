"""A table of frozen rows: what a cell shows is worked out once per row, and changes are told precisely."""

from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from enum import IntEnum
from typing import Any, Generic, TypeVar

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt, Signal

R = TypeVar("R")
Index = QModelIndex | QPersistentModelIndex
PAGE = 200  # rows fetched at a time


class Role(IntEnum):
    """Roles beyond Qt's own."""

    ROW = Qt.ItemDataRole.UserRole  # the frozen row
    CHIP = Qt.ItemDataRole.UserRole + 1  # a ChipText or None
    TONE = Qt.ItemDataRole.UserRole + 2  # a token name for the text
    WEIGHT = Qt.ItemDataRole.UserRole + 3  # a font weight
    BAR = Qt.ItemDataRole.UserRole + 4  # (part, whole) of the longest bar, 0–1, or None
    DRAWING = Qt.ItemDataRole.UserRole + 5  # a drawing of desktop.charts in the place of words, or None
    ICON = Qt.ItemDataRole.UserRole + 6  # an icon before the words, "" for none
    LEAVING = Qt.ItemDataRole.UserRole + 7  # the words that are copied, where they are others


@dataclass(frozen=True, slots=True)
class ChipText:
    """A chip in a cell: a kind of the tokens, words, and an icon other than the kind's own."""

    kind: str
    text: str
    icon: str = ""


@dataclass(frozen=True)
class Column(Generic[R]):
    """One column. `sort` gives the key for sorting rows at hand; without it the column cannot be sorted.

    `bar` draws a small bar after the text: how much of the longest it is (0–1), and how much of it is dark.
    `look` is the tone and weight of a row's words where they are not the column's, `drawing` a picture in the
    place of words, `leaving` what is copied in the place of what is shown (R12).
    """

    key: str
    title: str
    text: Callable[[R], str]
    width: int = 120
    right: bool = False
    stretch: bool = False
    sort: Callable[[R], Any] | None = None
    chip: Callable[[R], ChipText | None] | None = None
    tip: Callable[[R], str] | None = None
    tone: str = "text2"
    weight: int = 400
    bar: Callable[[R], tuple[float, float]] | None = None
    look: Callable[[R], tuple[str, int]] | None = None
    icon: Callable[[R], str] | None = None
    drawing: Callable[[R], Any] | None = None
    leaving: Callable[[R], str] | None = None


Cell = dict[int, Any]


class TableModel(QAbstractTableModel, Generic[R]):
    """Rows by `set_rows`, or the first page by `set_rows(rows, total)` and the rest by `append_rows`.

    With a total above what is at hand the view asks for more as it scrolls: `more_wanted` tells the offset,
    and the screen answers with `append_rows`. A sort that the rows at hand cannot answer is `sort_wanted`.
    """

    more_wanted = Signal(int)  # offset
    more_left = Signal()  # rows were given and others may follow: a view asks where there is room
    sort_wanted = Signal(str, bool)  # column key, descending

    def __init__(
        self, columns: Sequence[Column[R]], key: Callable[[R], Hashable], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self.columns = tuple(columns)
        self._key = key
        self._rows: list[R] = []
        self._given: list[R] = []  # in the order in which they came
        self._sorted: tuple[Callable[[R], Any], bool] | None = None
        self._cells: list[list[Cell]] = []
        self._total = 0
        self._asked = -1

    def set_rows(self, rows: Sequence[R], total: int | None = None) -> None:
        """Show these rows, touching only what differs, so that selection and scrolling stay.

        Where all rows are at hand they keep the order that the user sorted them in.
        """
        self._given = list(rows)
        if self._sorted is not None and total in (None, len(rows)):
            rows = sorted(rows, key=self._sorted[0], reverse=self._sorted[1])
        start, end = self._same_ends(rows)
        old_end, new_end = len(self._rows) - end, len(rows) - end
        self._asked, self._total = -1, 0  # nothing is asked for while rows move
        self._remove(start, old_end)
        self._insert(start, rows[start:new_end])
        for position in (*range(start), *range(new_end, len(rows))):
            self._replace(position, rows[position])
        self._total = len(rows) if total is None else total
        self._tell_more()

    def append_rows(self, rows: Sequence[R], total: int | None = None) -> None:
        """The next rows, in answer to `more_wanted`; none at all means that there are no more.

        `total` where it turned out to be another than was told with the first page.
        """
        if not rows:
            self._total = len(self._rows)
        self._given += rows
        self._insert(len(self._rows), rows)
        self._total = self._total if total is None else total
        self._tell_more()

    def _tell_more(self) -> None:
        if len(self._rows) < self._total:
            self.more_left.emit()

    def row(self, position: int) -> R:
        """The row at a position."""
        return self._rows[position]

    def find(self, key: Hashable) -> int:
        """The position of the row with this key among those at hand, or −1."""
        return next((i for i, row in enumerate(self._rows) if self._key(row) == key), -1)

    @property
    def sorted_descending(self) -> bool:
        """Whether the order that the user chose is the falling one."""
        return self._sorted is not None and self._sorted[1]

    @property
    def total(self) -> int:
        """How many rows there are in all, fetched or not."""
        return self._total

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Rows at hand."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Columns of the specification."""
        return 0 if parent.isValid() else len(self.columns)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """A look-up: cells are worked out when rows arrive."""
        if not index.isValid():
            return None
        if role == Role.ROW:
            return self._rows[index.row()]
        return self._cells[index.row()][index.column()].get(role)

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Titles and their alignment."""
        if orientation is not Qt.Orientation.Horizontal or not 0 <= section < len(self.columns):
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].title
        return _alignment(self.columns[section]) if role == Qt.ItemDataRole.TextAlignmentRole else None

    def canFetchMore(self, parent: Index) -> bool:
        """True while there are rows that nobody has asked for."""
        return not parent.isValid() and len(self._rows) < self._total and self._asked < len(self._rows)

    def fetchMore(self, parent: Index) -> None:
        """Ask for the next rows, once per offset."""
        if self.canFetchMore(parent):
            self._asked = len(self._rows)
            self.more_wanted.emit(self._asked)

    def sort(self, column: int, order: Qt.SortOrder = Qt.SortOrder.AscendingOrder) -> None:
        """Sort the rows at hand if they are all, else leave it to whoever fetches; −1 is the first order."""
        known = 0 <= column < len(self.columns)
        key = self.columns[column].sort if known else None
        if known and key is None:
            return
        descending = order is Qt.SortOrder.DescendingOrder
        self._sorted = None if key is None else (key, descending)
        if len(self._rows) < self._total:
            self.sort_wanted.emit(self.columns[column].key if known else "", descending)
        elif key is None:
            self._arrange(self._given)
        else:
            self._arrange(sorted(self._rows, key=key, reverse=descending))

    def _arrange(self, rows: Sequence[R]) -> None:
        """The rows at hand in another order; indexes follow their rows."""
        self.layoutAboutToBeChanged.emit()
        before = self.persistentIndexList()
        old = {self._key(row): position for position, row in enumerate(self._rows)}
        order = [old[self._key(row)] for row in rows]
        place = {position: new for new, position in enumerate(order)}
        self._rows = [self._rows[i] for i in order]
        self._cells = [self._cells[i] for i in order]
        after = [self.index(place[index.row()], index.column()) for index in before]
        self.changePersistentIndexList(before, after)
        self.layoutChanged.emit()

    def _same_ends(self, rows: Sequence[R]) -> tuple[int, int]:
        """How many rows at the start, and then at the end, have the keys they had."""
        old, new = [self._key(r) for r in self._rows], [self._key(r) for r in rows]
        shorter = min(len(old), len(new))
        start = next((i for i in range(shorter) if old[i] != new[i]), shorter)
        rest = shorter - start
        end = next((i for i in range(rest) if old[-1 - i] != new[-1 - i]), rest)
        return start, end

    def _remove(self, start: int, end: int) -> None:
        if start >= end:
            return
        self.beginRemoveRows(QModelIndex(), start, end - 1)
        del self._rows[start:end], self._cells[start:end]
        self.endRemoveRows()

    def _insert(self, start: int, rows: Sequence[R]) -> None:
        if not rows:
            return
        self.beginInsertRows(QModelIndex(), start, start + len(rows) - 1)
        self._rows[start:start] = rows
        self._cells[start:start] = [self._cells_of(row) for row in rows]
        self._total = max(self._total, len(self._rows))
        self.endInsertRows()

    def _replace(self, position: int, row: R) -> None:
        if self._rows[position] == row:
            return
        self._rows[position] = row
        self._cells[position] = self._cells_of(row)
        self.dataChanged.emit(self.index(position, 0), self.index(position, len(self.columns) - 1))

    def _cells_of(self, row: R) -> list[Cell]:
        return [_cell(column, row) for column in self.columns]


def _cell(column: Column[R], row: R) -> Cell:
    text = column.text(row)
    chip = column.chip(row) if column.chip else None
    tone, weight = column.look(row) if column.look else (column.tone, column.weight)
    return {
        Qt.ItemDataRole.DisplayRole: text,
        Qt.ItemDataRole.AccessibleTextRole: f"{column.title}: {chip.text if chip else text}",
        Qt.ItemDataRole.TextAlignmentRole: _alignment(column),
        Qt.ItemDataRole.ToolTipRole: column.tip(row) if column.tip else None,
        Role.CHIP: chip,
        Role.TONE: tone,
        Role.WEIGHT: weight,
        Role.BAR: column.bar(row) if column.bar else None,
        Role.DRAWING: column.drawing(row) if column.drawing else None,
        Role.ICON: column.icon(row) if column.icon else "",
        Role.LEAVING: column.leaving(row) if column.leaving else None,
    }


def _alignment(column: Column[R]) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if column.right else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignVCenter
