"""A week of marks: people down, days or half-days across. Frozen rows, and the model that shows them."""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import IntEnum
from typing import Any

from PySide6.QtCore import QAbstractTableModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from desktop.i18n import tr

Index = QModelIndex | QPersistentModelIndex
NAME, FIRST_SLOT = 0, 1  # columns; the share stands after the last slot


class GridRole(IntEnum):
    """Roles beyond Qt's own."""

    ROW = Qt.ItemDataRole.UserRole  # the GridRow
    CELL = Qt.ItemDataRole.UserRole + 1  # the GridCell of a slot


@dataclass(frozen=True, slots=True)
class Slot:
    """A column: a day, or a half of it. `places` is how many slots the day has; `place` which this is."""

    day: date
    title: str
    part: str
    spoken: str
    today: bool = False
    place: int = 0
    places: int = 1
    total: str = ""


@dataclass(frozen=True, slots=True)
class GridCell:
    """A pass. `mark` is the letter registered or empty; two slots with the same key are one pass.

    `fixed` says why nothing can be registered here, empty where it can.
    """

    key: Hashable
    mark: str = ""
    planned: bool = True
    fixed: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class GridRow:
    """A person's week. `warning` is told with a mark beside the name; `share` in per cent, None for none."""

    key: Hashable
    name: str
    detail: str
    cells: tuple[GridCell, ...]
    masked: bool = False
    warning: str = ""
    share: float | None = None
    share_text: str = ""
    share_tip: str = ""


class AttendanceModel(QAbstractTableModel):
    """Rows by `set_week`; a week of the same people and slots changes only the rows that differ."""

    def __init__(self, marks: dict[str, str], parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._marks = marks
        self._slots: tuple[Slot, ...] = ()
        self._rows: tuple[GridRow, ...] = ()

    @property
    def slots(self) -> tuple[Slot, ...]:
        """The columns between name and share."""
        return self._slots

    @property
    def rows(self) -> tuple[GridRow, ...]:
        """The people."""
        return self._rows

    @property
    def share_column(self) -> int:
        """The last column."""
        return FIRST_SLOT + len(self._slots)

    def set_week(self, slots: Sequence[Slot], rows: Sequence[GridRow]) -> bool:
        """Show a week; True where it has other people or columns, so that places have moved."""
        same = _shape(slots) == _shape(self._slots) and [r.key for r in rows] == [r.key for r in self._rows]
        if not same:
            self.beginResetModel()
            self._slots, self._rows = tuple(slots), tuple(rows)
            self.endResetModel()
            return True
        self._slots = tuple(slots)
        old, self._rows = self._rows, tuple(rows)
        for place, (before, after) in enumerate(zip(old, rows, strict=True)):
            if before is not after and before != after:
                self.dataChanged.emit(self.index(place, 0), self.index(place, self.share_column))
        return False

    def cell(self, index: Index) -> GridCell | None:
        """The pass at an index, None beside the slots."""
        if not index.isValid() or not self.is_slot(index.column()):
            return None
        return self._rows[index.row()].cells[index.column() - FIRST_SLOT]

    def is_slot(self, column: int) -> bool:
        """Whether a column is a day or a half of it."""
        return FIRST_SLOT <= column < self.share_column

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """People."""
        return 0 if parent.isValid() else len(self._rows)

    def columnCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        """Name, slots, share."""
        return 0 if parent.isValid() else len(self._slots) + 2

    def flags(self, index: Index) -> Qt.ItemFlag:
        """Only passes can be selected."""
        if self.cell(index) is None:
            return Qt.ItemFlag.ItemIsEnabled
        return Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        """What is painted, shown on hovering and read out."""
        if not index.isValid():
            return None
        row, cell = self._rows[index.row()], self.cell(index)
        if role == GridRole.ROW:
            return row
        if role == GridRole.CELL:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return self._text(row, cell, index.column())
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return self.spoken(index)
        return self._tip(row, cell, index.column()) if role == Qt.ItemDataRole.ToolTipRole else None

    def headerData(
        self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole
    ) -> Any:
        """Days in words."""
        if orientation is not Qt.Orientation.Horizontal or role != Qt.ItemDataRole.DisplayRole:
            return None
        if self.is_slot(section):
            return self._slots[section - FIRST_SLOT].spoken
        return tr("Deltagare") if section == NAME else tr("Närvaro")

    def spoken(self, index: Index) -> str:
        """The cell for who hears it: "Hodan Rönnstig, måndag 3 juni fm: Närvarande"."""
        row, cell = self._rows[index.row()], self.cell(index)
        if cell is None:
            parts = (row.name, row.detail, row.warning) if index.column() == NAME else (self.headerData(
                index.column(), Qt.Orientation.Horizontal), row.share_text)  # fmt: skip
            return ", ".join(part for part in parts if part)
        told = [self.state_of(cell), *(part for part in (cell.note, cell.fixed) if part)]
        return f"{row.name}, {self._slots[index.column() - FIRST_SLOT].spoken}: {', '.join(told)}"

    def state_of(self, cell: GridCell) -> str:
        """Its state in words."""
        if cell.mark:
            return self._marks[cell.mark]
        return tr("Ej registrerat") if cell.planned else tr("Ej planerat")

    def _text(self, row: GridRow, cell: GridCell | None, column: int) -> str:
        if cell is not None:
            return cell.mark
        return row.name if column == NAME else row.share_text

    def _tip(self, row: GridRow, cell: GridCell | None, column: int) -> str:
        if cell is not None:
            return "\n".join(part for part in (self.state_of(cell), cell.note, cell.fixed) if part)
        if column == NAME:
            return "\n".join(part for part in (row.name, row.detail, row.warning) if part)
        return row.share_tip


def _shape(slots: Sequence[Slot]) -> list[tuple[date, str]]:
    return [(slot.day, slot.part) for slot in slots]
