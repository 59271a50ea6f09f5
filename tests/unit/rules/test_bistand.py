"""Biståndsmånader over time (domain.md section 5)."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.bistand import (
    Svit,
    find_sviter,
    is_langvarigt,
    is_mycket_langvarigt,
    is_over_tva_ar,
    is_ung,
    is_vuxen,
)

SLUT = 2024 * 12 + 11
MANADER = st.sets(st.integers(SLUT - 50, SLUT + 3))


def back(*spann: tuple[int, int]) -> set[int]:
    """Months given as (from, to) months before December 2024."""
    return {SLUT - n for fran, till in spann for n in range(till, fran + 1)}


def test_runs() -> None:
    manader = [5, 1, 2, 9, 4]
    assert find_sviter(manader, 0) == [Svit(1, 2, 2), Svit(4, 5, 2), Svit(9, 9, 1)]
    assert find_sviter(manader, 1) == [Svit(1, 5, 4), Svit(9, 9, 1)]
    assert find_sviter(manader, 3) == [Svit(1, 9, 5)]
    assert find_sviter(manader, 1)[0].langd == 5
    assert find_sviter([], 1) == []


@pytest.mark.parametrize(
    ("manader", "svar"),
    [
        (back((24, 0)), True),
        (back((23, 0)), False),
        (back((24, 13), (11, 0)), True),
        (back((24, 14), (11, 0)), False),
        (back((40, 14), (12, 0)), True),
        (back((40, 1)), False),
        (back((24, -3)), True),
        (back((23, -3)), False),
        (set(), False),
    ],
)
def test_over_two_years(manader: set[int], svar: bool) -> None:
    assert is_over_tva_ar(manader, SLUT) is svar


@pytest.mark.parametrize(
    ("manader", "svar"),
    [
        (back((11, 0)), True),
        (back((9, 0)), True),
        (back((8, 0)), False),
        (back((20, 2)), True),
        (back((20, 3)), False),
        (back((0, -20)), False),
        (set(), False),
    ],
)
def test_langvarigt_is_10_to_12_months_of_the_year(manader: set[int], svar: bool) -> None:
    assert is_langvarigt(manader, 2024) is svar


@pytest.mark.parametrize(
    ("manader", "svar"),
    [
        (back((35, 0)), True),
        (back((26, 0)), True),
        (back((25, 0)), False),
        (back((36, 10)), False),
        (back((35, 9)), True),
        (back((28, 15), (12, 0)), True),
        (back((29, 16), (12, 0)), False),
        (back((35, 35), (30, 0)), True),
        (back((35, 32), (28, 4)), False),
        (back((25, -9)), False),
    ],
)
def test_mycket_langvarigt_is_27_of_36_months_with_short_pauses(manader: set[int], svar: bool) -> None:
    assert is_mycket_langvarigt(manader, SLUT) is svar


@pytest.mark.parametrize(
    ("alder", "ung", "vuxen"), [(17, False, False), (18, True, True), (24, True, True), (25, False, True)]
)
def test_ages(alder: int, ung: bool, vuxen: bool) -> None:
    assert is_ung(alder) is ung
    assert is_vuxen(alder) is vuxen


@given(MANADER, st.integers(0, 3))
def test_runs_hold_every_month_once_and_lie_apart(manader: set[int], uppehall: int) -> None:
    sviter = find_sviter(manader, uppehall)
    assert sum(svit.antal for svit in sviter) == len(manader)
    assert all(b.forsta - a.sista - 1 > uppehall for a, b in pairwise(sviter))


@given(MANADER)
def test_longer_stod_includes_shorter(manader: set[int]) -> None:
    if is_over_tva_ar(manader, SLUT):
        assert sum(SLUT - 24 <= m <= SLUT for m in manader) >= 13
    if is_mycket_langvarigt(manader, SLUT):
        assert sum(SLUT - 36 < m <= SLUT for m in manader) >= 27
