"""Every figure of every report equals what a slow day-by-day count of a random register says."""

import json
from datetime import date
from importlib import import_module
from math import isclose

import pytest

from db.aktor import SYSTEM, Aktor
from db.models import Installning
from db.queries.figurer.aktivitetskrav import figures, list_andelar
from db.rules.aktivitetskrav import Startpunkt
from db.rules.figurer import KON_NYCKLAR, Figur, Tal
from db.rules.period import parse_period
from db.session import Store
from tests.unit.queries.figurer.oracle import Oracle
from tests.unit.queries.figurer.oracle_bip import BipOracle
from tests.unit.queries.figurer.oracle_flode import FlodeOracle
from tests.unit.queries.figurer.random_register import make_register

REPORTS = ("deltagare", "aktivitetskrav", "flode", "bip", "avslut", "osa", "belaggning", "bistand")
CASES = (
    ("2024", "2024-12-31"),
    ("2024", "2025-02-10"),
    ("2024", "2024-08-15"),
    ("2024-T1", "2024-04-30"),
    ("2024-06", "2024-06-30"),
    ("2023-07-01..2024-06-30", "2024-06-30"),
    ("2023", "2023-01-01"),
)


def figures_of(store: Store, aktor: Aktor, period: str, per: str) -> dict[str, Figur]:
    """All figures of the reports."""
    found: dict[str, Figur] = {}
    with store.read(aktor) as session:
        for namn in REPORTS:
            module = import_module(f"db.queries.figurer.{namn}")
            figurer = module.figures(session, aktor, parse_period(period), date.fromisoformat(per))
            found |= {f.id: f for f in figurer}
    return found


def _is_same(seen: Tal | None, expected: Tal | None) -> bool:
    if seen is None or expected is None:
        return seen is expected
    return isclose(seen, expected, rel_tol=1e-12)


@pytest.mark.parametrize("seed", range(4))
def test_every_figure_equals_the_slow_count(store: Store, aktor: Aktor, seed: int) -> None:
    register = make_register(store, seed)
    for period, per in CASES:
        found = figures_of(store, aktor, period, per)
        oracle = Oracle(register, parse_period(period), date.fromisoformat(per))
        expected = oracle.all() | FlodeOracle(oracle).all() | BipOracle(oracle).all()
        for id_, values in expected.items():
            seen = {k: found[id_].varde.get(k) for k in KON_NYCKLAR if k in values}
            assert all(_is_same(seen[k], values[k]) for k in values), (period, per, id_, seen, values)
        unchecked = {i for i in found if i not in expected}
        assert all(i.startswith("insats.") for i in unchecked)


@pytest.mark.parametrize("period", ["2024", "2024-06"])
def test_counts_add_up_and_shares_follow_their_counts(store: Store, aktor: Aktor, period: str) -> None:
    make_register(store, 77)
    for figur in figures_of(store, aktor, period, "2024-12-31").values():
        v = figur.varde
        if figur.enhet == "antal" and v.kvinnor is not None:
            assert v.totalt == pytest.approx((v.kvinnor or 0) + (v.man or 0) + (v.uppgift_saknas or 0)), (
                figur.id
            )
        if figur.enhet == "andel":
            assert figur.taljare is not None
            assert figur.namnare is not None
            for key in KON_NYCKLAR:
                t, n = figur.taljare.get(key), figur.namnare.get(key)
                assert v.get(key) == (100 * t / n if n else None), (figur.id, key)  # type: ignore[operator]


@pytest.mark.parametrize("seed", range(2))
@pytest.mark.parametrize("startpunkt", Startpunkt)
def test_shares_over_time_are_those_of_each_period(
    store: Store, aktor: Aktor, seed: int, startpunkt: Startpunkt
) -> None:
    make_register(store, seed)
    with store.unit_of_work(SYSTEM, "test") as work:
        work.session.add(Installning(nyckel="aktivitetskrav.startpunkt", varde=json.dumps(startpunkt.value)))
    months = [parse_period(f"2024-{month:02}") for month in range(1, 13)]
    with store.read(aktor) as session:
        for per in (date(2024, 12, 31), date(2025, 2, 10)):
            andelar = list_andelar(session, aktor, months, per)
            for month, andel in zip(months, andelar, strict=True):
                report = {f.id: f for f in figures(session, aktor, month, per)}
                assert andel == report[andel.id], (month, per)
            assert sum(andel.namnare.totalt or 0 for andel in andelar if andel.namnare) > 0
