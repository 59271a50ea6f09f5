"""Löpnummer of delegationsbeslut in the workbook: kept, given, doubled, and gone with what is undone."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import select

from db.aktor import Aktor
from db.commands.delegationsbeslut import DelegationsbeslutUppgifter, create_delegationsbeslut
from db.commands.undo import undo_act
from db.errors import KnownError
from db.exchange import importing
from db.exchange.exporting import export_workbook
from db.exchange.importing import angra_import, import_workbook
from db.exchange.outcome import Fel
from db.models import Delegationsbeslut
from db.session import Store
from tests.exchange.workbooks import Sheets, full_register, save
from tests.helpers.two import run_two

HEAD = [*full_register()["Delegationsbeslut"][0], "löpnummer"]
DAG = date(2024, 1, 10)


def rows(*told: tuple[date, int | None] | tuple[date, int | None, str]) -> Sheets:
    """A sheet of decisions by day, number and what was decided."""
    return {
        "Delegationsbeslut": [
            HEAD,
            *(
                [None, dag, "stöd", "12 kap.", "3.1", rest[0] if rest else "Bifall", "Eva", nummer]
                for dag, nummer, *rest in told
            ),
        ]
    }


def numbers(store: Store, aktor: Aktor) -> list[tuple[Any, ...]]:
    columns = (Delegationsbeslut.datum, Delegationsbeslut.ar, Delegationsbeslut.lopnummer)
    with store.read(aktor) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Delegationsbeslut.id))]


def take_in(store: Store, aktor: Aktor, path: Path, sheets: Sheets) -> tuple[Fel, ...]:
    return import_workbook(store, aktor, save(path / "b.xlsx", sheets)).fel


def test_those_without_a_number_follow_the_highest_in_the_order_of_days(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    late, early, old = date(2024, 3, 1), date(2024, 2, 1), date(2023, 5, 1)
    sheets = rows((late, None), (early, None), (old, None), (DAG, 7), (date(2024, 4, 1), None))
    assert take_in(store, aktor, tmp_path, sheets) == ()
    assert numbers(store, aktor) == [
        (late, 2024, 9), (early, 2024, 8), (old, 2023, 1), (DAG, 2024, 7), (date(2024, 4, 1), 2024, 10),
    ]  # fmt: skip
    # A blank number keeps the one there is, and new rows go on after it.
    more = rows((late, None), (DAG, None), (date(2023, 1, 1), None), (date(2022, 1, 1), 4))
    assert take_in(store, aktor, tmp_path, more) == ()
    assert [row[2] for row in numbers(store, aktor)] == [9, 8, 1, 7, 10, 2, 4]


def test_an_exported_register_has_the_same_numbers_again(
    new_store: Callable[[], Store], aktor: Aktor, tmp_path: Path
) -> None:
    first, second = new_store(), new_store()
    assert take_in(first, aktor, tmp_path, rows((DAG, 3), (DAG, None), (date(2023, 1, 2), 1))) == ()
    export_workbook(first, aktor, tmp_path / "ut.xlsx")
    assert import_workbook(second, aktor, tmp_path / "ut.xlsx").fel == ()
    assert numbers(second, aktor) == numbers(first, aktor)


def test_a_doubled_number_is_a_fault_at_its_row(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    fel = take_in(store, aktor, tmp_path, rows((DAG, 3), (date(2023, 1, 2), 3), (DAG, 3, "Avslag")))
    assert [(f.rad, f.kolumn, f.varde) for f in fel] == [(4, "löpnummer", "3")]
    assert "2024/3 står också på rad 2" in fel[0].meddelande
    assert numbers(store, aktor) == []


def test_a_number_that_another_has_is_a_fault(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    assert take_in(store, aktor, tmp_path, rows((DAG, 3), (DAG, 4, "Avslag"))) == ()
    fel = take_in(store, aktor, tmp_path, rows((DAG, 3, "Annat"), (DAG, 0, "Annat"), (DAG, 4, "Avslag")))
    assert [(f.rad, f.kolumn) for f in fel] == [(2, "löpnummer"), (3, "löpnummer")]
    assert "redan ett annat beslut" in fel[0].meddelande


def test_numbers_that_change_hands_are_taken_and_given_back(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    assert take_in(store, aktor, tmp_path, rows((DAG, 1), (DAG, 2, "Avslag"), (DAG, 3, "Delvis"))) == ()
    swapped = rows((DAG, 2), (DAG, 1, "Avslag"), (DAG, 3, "Delvis"))
    done = import_workbook(store, aktor, save(tmp_path / "b.xlsx", swapped))
    assert done.import_id is not None
    assert done.antal.andrade == 2
    assert [row[2] for row in numbers(store, aktor)] == [2, 1, 3]
    changes = angra_import(store, aktor, done.import_id)
    assert [row[2] for row in numbers(store, aktor)] == [1, 2, 3]
    undo_act(store, aktor, changes.handelse_id)
    assert [row[2] for row in numbers(store, aktor)] == [2, 1, 3]


def test_an_import_undone_and_done_again_gives_the_same_numbers(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    for _ in range(2):
        done = import_workbook(store, aktor, save(tmp_path / "b.xlsx", rows((DAG, None), (DAG, None))))
        assert done.import_id is not None
        assert [row[2] for row in numbers(store, aktor)] == [1, 2]
        angra_import(store, aktor, done.import_id)


def test_people_and_days_to_come_are_warned_about(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    sheets = rows((DAG, 1, "Bifall 900101-9802"), (DAG, 2, "Bifall Anna Andersson"), (date(2099, 1, 1), 3))
    told = import_workbook(store, aktor, save(tmp_path / "b.xlsx", sheets)).varningar
    assert [(f.rad, f.kolumn) for f in told] == [(2, "beslut"), (3, "beslut"), (4, "datum")]


def test_who_registers_during_an_import_gets_the_number_after(
    store: Store, aktor: Aktor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = save(tmp_path / "b.xlsx", rows((DAG, None), (DAG, None)))
    written = DelegationsbeslutUppgifter(DAG, "stöd", "12 kap.", "3.1", "Bifall", "Eva")
    module: ModuleType = importing
    one, other = run_two(
        store, monkeypatch, module, "write_plan",
        lambda: import_workbook(store, aktor, path),
        lambda: create_delegationsbeslut(store, aktor, written, DAG),
    )  # fmt: skip
    assert not isinstance(one, KnownError)
    assert not isinstance(other, KnownError)
    assert [row[2] for row in numbers(store, aktor)] == [1, 2, 3]
