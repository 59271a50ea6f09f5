"""Series of days, running sums and guide values of the flow."""

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.flode import Kurva, accumulate, is_over_riktvarde, list_matdagar

D = date(2024, 6, 30)


def test_days_of_a_series_end_with_the_last_day() -> None:
    assert list_matdagar(date(2024, 6, 15), D) == (date(2024, 6, 16), date(2024, 6, 23), D)
    assert list_matdagar(date(2024, 6, 16), D) == (date(2024, 6, 16), date(2024, 6, 23), D)
    assert list_matdagar(D, D, 1) == (D,)
    assert list_matdagar(D + timedelta(days=1), D) == ()


@given(st.integers(0, 400), st.integers(1, 31))
def test_days_of_a_series_are_equally_far_apart_and_inside_the_span(langd: int, mellan: int) -> None:
    fran = D - timedelta(days=langd)
    dagar = list_matdagar(fran, D, mellan)
    assert dagar[-1] == D
    assert fran <= dagar[0] < fran + timedelta(days=mellan)
    assert {(b - a).days for a, b in pairwise(dagar)} <= {mellan}


def test_changes_add_up_along_the_series() -> None:
    assert accumulate({0: 3, 2: -1, 5: 7}, 4) == (3, 3, 2, 2)
    assert accumulate({}, 2) == (0, 0)


def test_a_curve_adds_the_kon() -> None:
    kurva = Kurva(1, "Insats", {"K": (3, 4), "M": (1, 1), None: (0, 2)})
    assert kurva.totalt == (4, 7)


@pytest.mark.parametrize(
    ("dagar", "riktvarde", "over"), [(30, 30, False), (31, 30, True), (999, None, False)]
)
def test_over_the_guide_value_is_more_days_than_it_says(
    dagar: int, riktvarde: int | None, over: bool
) -> None:
    assert is_over_riktvarde(dagar, riktvarde) is over
