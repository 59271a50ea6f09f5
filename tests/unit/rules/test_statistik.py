"""Median, mean, shares and rounding (domain.md section 5)."""

from decimal import Decimal
from fractions import Fraction
from statistics import median

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.statistik import calculate_mean, calculate_median, round_half_up, share


def test_median_of_an_even_number_is_the_mean_of_the_middle_two() -> None:
    assert calculate_median([4, 1, 3, 2]) == 2.5
    assert calculate_median([9, 1, 3]) == 3.0
    assert calculate_median([7]) == 7.0
    assert calculate_median([]) is None


@given(st.lists(st.integers(-1000, 1000), min_size=1))
def test_median_agrees_with_the_standard_library(values: list[int]) -> None:
    assert calculate_median(values) == median(values)


def test_mean() -> None:
    assert calculate_mean([1, 2]) == 1.5
    assert calculate_mean([0.1] * 10) == 0.1
    assert calculate_mean([]) is None


def test_share_is_per_cent_not_rounded_and_nothing_without_a_base() -> None:
    assert share(197, 446) == 44.17040358744394
    assert share(49, 312) == 15.705128205128204
    assert share(0, 5) == 0.0
    assert share(0, 0) is None


@pytest.mark.parametrize(
    ("value", "decimals", "svar"),
    [
        (0.5, 0, "1"),
        (1.5, 0, "2"),
        (2.5, 0, "3"),
        (44.499999, 0, "44"),
        (44.5, 0, "45"),
        (-2.5, 0, "-3"),
        (-0.4, 0, "0"),
        (-0.04, 1, "0.0"),
        (44.45, 1, "44.5"),
        (2.675, 2, "2.68"),
        (7, 0, "7"),
        (7, 1, "7.0"),
        (1234567, -3, "1235000"),
        (Decimal("0.125"), 2, "0.13"),
        (Fraction(1, 8), 2, "0.13"),
        (Fraction(-5, 2), 0, "-3"),
        (Fraction(-1, 3), 0, "0"),
        (Fraction(1, 3), 1, "0.3"),
        (1e-9, 0, "0"),
    ],
)
def test_halves_go_away_from_zero(value: float | Decimal | Fraction, decimals: int, svar: str) -> None:
    assert str(round_half_up(value, decimals)) == svar


@given(st.integers(0, 10**6), st.integers(1, 10**6), st.integers(0, 2))
def test_a_rounded_share_is_the_rounded_fraction(taljare: int, namnare: int, decimals: int) -> None:
    exakt = share(taljare, namnare)
    assert exakt is not None
    assert round_half_up(exakt, decimals) == round_half_up(Fraction(100 * taljare, namnare), decimals)


@given(st.integers(-(10**9), 10**9), st.integers(0, 3))
def test_rounding_is_symmetric_and_near(tusendelar: int, decimals: int) -> None:
    value = Decimal(tusendelar) / 1000
    assert round_half_up(value, decimals) == -round_half_up(-value, decimals)
    assert abs(round_half_up(value, decimals) - value) * 2 <= Decimal(1).scaleb(-decimals)
