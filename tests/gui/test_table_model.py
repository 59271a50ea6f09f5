"""The table model under Qt's own tester, and what it tells about changes."""

from dataclasses import dataclass, replace

import pytest
from PySide6.QtCore import QModelIndex, QPersistentModelIndex, Qt
from PySide6.QtTest import QAbstractItemModelTester
from pytestqt.qtbot import QtBot

from desktop.table_model import ChipText, Column, Role, TableModel


@dataclass(frozen=True)
class Row:
    key: int
    name: str
    days: int = 0


COLUMNS = (
    Column[Row]("namn", "Namn", lambda r: r.name, sort=lambda r: r.name, tone="text", weight=500),
    Column[Row]("dagar", "Dagar", lambda r: str(r.days), right=True, sort=lambda r: r.days),
    Column[Row]("frist", "Frist", lambda _r: "", chip=lambda r: ChipText("soon", "1 dag kvar")),
)


@pytest.fixture
def model(qtbot: QtBot) -> TableModel[Row]:
    made = TableModel(COLUMNS, key=lambda row: row.key)
    made.tester = QAbstractItemModelTester(  # type: ignore[attr-defined]
        made, QAbstractItemModelTester.FailureReportingMode.Fatal
    )
    return made


def _rows(*keys: int) -> list[Row]:
    return [Row(key, f"namn {key}", key) for key in keys]


def _shown(model: TableModel[Row]) -> list[int]:
    return [model.row(i).key for i in range(model.rowCount())]


def test_roles_are_worked_out_once_per_row(model: TableModel[Row]) -> None:
    asked: list[int] = []
    columns = (Column[Row]("namn", "Namn", lambda r: asked.append(r.key) or r.name),)  # type: ignore[func-returns-value]
    counting = TableModel(columns, key=lambda row: row.key)
    counting.set_rows(_rows(1, 2))
    for _ in range(3):
        assert counting.index(0, 0).data() == "namn 1"
    assert asked == [1, 2]


def test_cells_and_headers_tell_what_the_columns_say(model: TableModel[Row]) -> None:
    model.set_rows(_rows(1))
    align = model.index(0, 1).data(Qt.ItemDataRole.TextAlignmentRole)
    assert Qt.AlignmentFlag(align) & Qt.AlignmentFlag.AlignRight
    assert model.headerData(1, Qt.Orientation.Horizontal) == "Dagar"
    assert model.index(0, 2).data(Role.CHIP) == ChipText("soon", "1 dag kvar")
    assert model.index(0, 2).data(Qt.ItemDataRole.AccessibleTextRole) == "Frist: 1 dag kvar"
    assert model.index(0, 0).data(Role.ROW) == Row(1, "namn 1", 1)


@pytest.mark.parametrize(
    ("before", "after", "signals"),
    [
        ((1, 2, 3), (1, 2, 3), []),
        ((1, 2, 3), (1, 3), ["removed 1-1"]),
        ((1, 3), (1, 2, 3), ["inserted 1-1"]),
        ((1, 2, 3), (), ["removed 0-2"]),
        ((), (1,), ["inserted 0-0"]),
        ((1, 2, 3), (1, 4, 5, 3), ["removed 1-1", "inserted 1-2"]),
        ((1, 1, 2), (1, 2), ["removed 1-1"]),
    ],
)
def test_only_what_differs_is_told(
    model: TableModel[Row], before: tuple[int, ...], after: tuple[int, ...], signals: list[str]
) -> None:
    model.set_rows(_rows(*before))
    told: list[str] = []
    model.rowsInserted.connect(lambda _parent, first, last: told.append(f"inserted {first}-{last}"))
    model.rowsRemoved.connect(lambda _parent, first, last: told.append(f"removed {first}-{last}"))
    model.modelReset.connect(lambda: told.append("reset"))
    model.dataChanged.connect(lambda first, last: told.append(f"changed {first.row()}-{last.row()}"))
    model.set_rows(_rows(*after))
    assert told == signals
    assert _shown(model) == list(after)


def test_a_changed_row_is_told_alone_and_its_index_stays(model: TableModel[Row]) -> None:
    rows = _rows(1, 2, 3)
    model.set_rows(rows)
    kept = QPersistentModelIndex(model.index(2, 0))
    changed: list[int] = []
    model.dataChanged.connect(lambda first, _last: changed.append(first.row()))
    model.set_rows([rows[0], replace(rows[1], name="ny"), rows[2]])
    assert changed == [1]
    assert model.index(1, 0).data() == "ny"
    assert kept.row() == 2


def test_sorting_keeps_indexes_on_their_rows(model: TableModel[Row]) -> None:
    model.set_rows(_rows(2, 1, 3))
    kept = QPersistentModelIndex(model.index(0, 0))
    model.sort(1, Qt.SortOrder.DescendingOrder)
    assert _shown(model) == [3, 2, 1]
    assert kept.row() == 1


def test_rows_beyond_the_first_page_are_asked_for_once_and_appended(model: TableModel[Row]) -> None:
    asked: list[int] = []
    model.more_wanted.connect(asked.append)
    model.set_rows(_rows(1, 2), total=4)
    model.fetchMore(QModelIndex())
    model.fetchMore(QModelIndex())
    assert asked == [2]
    model.append_rows(_rows(3, 4))
    assert not model.canFetchMore(QModelIndex())
    assert _shown(model) == [1, 2, 3, 4]


def test_fewer_rows_than_promised_ends_the_asking(model: TableModel[Row]) -> None:
    model.set_rows(_rows(1), total=4)
    model.fetchMore(QModelIndex())
    model.append_rows([])
    assert model.total == 1
    assert not model.canFetchMore(QModelIndex())


def test_sorting_what_is_not_at_hand_is_left_to_whoever_fetches(model: TableModel[Row]) -> None:
    wanted: list[tuple[str, bool]] = []
    model.sort_wanted.connect(lambda key, descending: wanted.append((key, descending)))
    model.set_rows(_rows(2, 1), total=4)
    model.sort(0, Qt.SortOrder.DescendingOrder)
    assert wanted == [("namn", True)]
    assert _shown(model) == [2, 1]


def test_a_column_without_sort_key_is_not_sorted(model: TableModel[Row]) -> None:
    model.set_rows(_rows(2, 1))
    model.sort(2)
    model.sort(-1)
    assert _shown(model) == [2, 1]


def test_a_row_is_found_by_its_key(model: TableModel[Row]) -> None:
    model.set_rows(_rows(5, 7))
    assert (model.find(7), model.find(8)) == (1, -1)
