"""The plan as a document: periods, cycles, the order of the tree."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.plan import (
    Mal,
    find_cycles,
    follow_up_period,
    is_planperiod,
    order_tree,
    parse_planperiod,
    plain_period,
)


@pytest.mark.parametrize(
    "period", ["2022", "2024-08", "2014-T3", "2024-H1", "ingaende", "2024-01-01..2024-08-31"]
)
def test_periods_of_a_plan(period: str) -> None:
    assert is_planperiod(period)


@pytest.mark.parametrize("period", ["", "förra året", "2024-13", " 2024", "2024-t1", "Ingaende"])
def test_other_texts_are_no_periods(period: str) -> None:
    assert not is_planperiod(period)


def test_the_baseline_has_no_days() -> None:
    assert parse_planperiod("ingaende") is None


def test_goals_above_themselves() -> None:
    assert find_cycles({"a": "b", "b": "a", "c": "a", "d": "", "e": "e", "f": "?"}) == ("a", "b", "e")


def test_the_tree_in_print_order() -> None:
    mal = [
        Mal(kod, "mal", kod, over)
        for kod, over in (("b1", "b"), ("a", ""), ("b", ""), ("a1", "a"), ("x", "?"))
    ]
    assert [(djup, m.kod) for djup, m in order_tree(mal)] == [
        (0, "a"),
        (1, "a1"),
        (0, "b"),
        (1, "b1"),
        (0, "x"),
    ]


@given(st.lists(st.integers(0, 20), max_size=20))
def test_every_goal_of_a_tree_comes_once_below_its_own(owners: list[int]) -> None:
    mal = [
        Mal(str(i), "mal", "", str(owner % i) if i and owner % (i + 1) else "")
        for i, owner in enumerate(owners)
    ]
    ordnade = order_tree(mal)
    assert sorted(m.kod for _, m in ordnade) == sorted(m.kod for m in mal)
    djup_of = {m.kod: djup for djup, m in ordnade}
    assert all(djup == (djup_of[m.overordnat] + 1 if m.overordnat else 0) for djup, m in ordnade)


@pytest.mark.parametrize(
    ("text", "fran", "till"),
    [
        ("2024-08", "2024-01-01", "2024-08-31"),
        ("2024-12", "2024-01-01", "2024-12-31"),
        ("2024-01", "2024-01-01", "2024-01-31"),
        ("2014-T3", "2014-09-01", "2014-12-31"),
        ("2024", "2024-01-01", "2024-12-31"),
        ("2024-08-01..2024-08-31", "2024-08-01", "2024-08-31"),
    ],
)
def test_a_follow_up_by_month_is_of_the_year_until_then(text: str, fran: str, till: str) -> None:
    period = follow_up_period(text)
    assert (period.fran.isoformat(), period.till.isoformat()) == (fran, till)


@pytest.mark.parametrize(
    ("text", "samma"),
    [
        ("2024-12", "2024"),
        ("2024-T1", "2024-04"),
        ("2024-H1", "2024-06"),
        ("2024-01-01..2024-08-31", "2024-08"),
        ("2024-T2", "2024-T2"),
        ("2024-01-01..2025-12-31", "2024-01-01..2025-12-31"),
        ("2024-01-01..2024-08-15", "2024-01-01..2024-08-15"),
        ("ingaende", "ingaende"),
        ("x", "x"),
    ],
)
def test_one_spelling_of_the_same_days(text: str, samma: str) -> None:
    assert plain_period(text) == samma
    assert plain_period(samma) == samma
