"""The sheet Indikatorvärden: periods, the same days told twice, indicators that no plan has."""

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from db.aktor import Aktor
from db.commands.plan_import import import_plan
from db.exchange.exporting import export_workbook
from db.exchange.importing import import_workbook
from db.exchange.outcome import Fel, Importresultat
from db.models import Indikatorvarde
from db.rules.plan import Indikator, Plandokument
from db.session import Store
from tests.exchange.workbooks import save
from tests.unit.commands.helpers import EVA

HEAD = ["indikator", "period", "kvinnor", "män", "totalt", "källa", "kommentar"]
PLAN = Plandokument(
    "Provstad", "Nämnden", 2024,
    indikatorer=(
        Indikator("i", "Andel", "andel", True),
        Indikator("k", "Deltagare", "antal", True, beraknas="deltagare.unika"),
    ),
)  # fmt: skip


@pytest.fixture(autouse=True)
def _plan(store: Store) -> None:
    import_plan(store, EVA, "provstad", PLAN)


def take_in(store: Store, aktor: Aktor, path: Path, *rader: list[Any]) -> Importresultat:
    filled = [[*rad, *[None] * (len(HEAD) - len(rad))] for rad in rader]
    return import_workbook(store, aktor, save(path / "b.xlsx", {"Indikatorvärden": [HEAD, *filled]}))


def told(fel: tuple[Fel, ...]) -> list[tuple[int, str]]:
    return [(f.rad, f.kolumn) for f in fel]


def periods(store: Store, aktor: Aktor) -> list[str]:
    with store.read(aktor) as session:
        return list(session.scalars(select(Indikatorvarde.period).order_by(Indikatorvarde.id)))


def test_periods_as_they_are_written_and_as_excel_makes_them(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    skrivna = ["2022", 2023, " 2024-t1 ", date(2024, 6, 1), "2024-01-01..2024-08-31", "Ingående värde"]
    outcome = take_in(store, aktor, tmp_path, *(["i", period, None, None, 1] for period in skrivna))
    assert (outcome.fel, outcome.varningar) == ((), ())
    assert periods(store, aktor) == [
        "2022", "2023", "2024-T1", "2024-06", "2024-01-01..2024-08-31", "ingaende",
    ]  # fmt: skip


@pytest.mark.parametrize("period", ["2024-13", "24", "helår", date(2024, 6, 2), "2024 - T1", True])
def test_what_is_no_period_is_a_fault_at_its_cell(
    store: Store, aktor: Aktor, tmp_path: Path, period: object
) -> None:
    outcome = take_in(store, aktor, tmp_path, ["i", period, None, None, 1])
    assert told(outcome.fel) == [(2, "period")]
    assert re.search("ingen period|finns inte", outcome.fel[0].meddelande)
    assert periods(store, aktor) == []


def test_the_same_days_are_told_once_however_they_are_written(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    outcome = take_in(
        store, aktor, tmp_path, ["i", "2024", 1], ["i", "2024-12", 2], ["k", "2024-T1", 3, 3, 3, "", "x"]
    )
    assert told(outcome.fel) == [(3, "period")]
    assert "rad 2 (2024)" in outcome.fel[0].meddelande
    assert take_in(store, aktor, tmp_path, ["i", "2024-T1", 1]).fel == ()
    assert take_in(store, aktor, tmp_path, ["i", "2024-T1", 2]).antal.andrade == 1
    again = take_in(store, aktor, tmp_path, ["i", "2024-04", 1])
    assert told(again.fel) == [(2, "period")]
    assert "skrivna 2024-T1" in again.fel[0].meddelande


def test_a_number_beyond_all_bounds_is_a_fault(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    outcome = take_in(store, aktor, tmp_path, ["i", "2024", 1e300, -1e15, 1e14])
    assert told(outcome.fel) == [(2, "kvinnor"), (2, "män")]


def test_what_will_not_be_seen_is_warned_of_once_for_each_indicator(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    outcome = take_in(
        store, aktor, tmp_path,
        ["okänd", "2023", 1], ["okänd", "2024", 1], ["k", "2023", 1], ["k", "2024", 1],
        ["i", "2024", None, None, None, "", "Bara ord"], ["", "", 1],
    )  # fmt: skip
    assert told(outcome.varningar) == [(2, "indikator"), (4, "kommentar"), (6, "totalt")]
    assert told(outcome.fel) == [(7, "indikator"), (7, "period")]


def test_without_a_plan_no_indicator_is_unknown(
    new_store: Callable[[], Store], aktor: Aktor, tmp_path: Path
) -> None:
    outcome = take_in(new_store(), aktor, tmp_path, ["okänd", "2023", 1])
    assert (outcome.fel, outcome.varningar) == ((), ())


def test_an_exported_register_takes_its_outcomes_back(
    new_store: Callable[[], Store], aktor: Aktor, tmp_path: Path
) -> None:
    first, second = new_store(), new_store()
    for period in ("2024-T1", "2024-08", "ingaende"):
        assert take_in(first, aktor, tmp_path, ["i", period, 1, 2, 3]).fel == ()
    export_workbook(first, aktor, tmp_path / "ut.xlsx")
    assert import_workbook(second, aktor, tmp_path / "ut.xlsx").fel == ()
    assert periods(second, aktor) == periods(first, aktor)
