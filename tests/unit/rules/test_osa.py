"""What decisions cover of an OSA placement, and when they run out (domain.md section 5)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.osa import (
    Beslut,
    find_nasta_fran,
    find_overgang,
    find_overlapp,
    find_tackt_till,
    is_for_langt,
    is_running_out,
    lacks_beslut,
)

D = date(2024, 6, 1)


def span(fran: int, till: int) -> Beslut:
    return D + timedelta(days=fran), D + timedelta(days=till)


@pytest.mark.parametrize(
    ("beslut", "dagar"),
    [
        ([], None),
        ([span(1, 9)], None),
        ([span(-9, -1)], None),
        ([span(0, 0)], 0),
        ([span(-9, 9)], 9),
        ([span(10, 20), span(-9, 9)], 20),  # in a row, in any order
        ([span(-9, 9), span(11, 20)], 9),  # a day between them
        ([span(-9, 9), span(5, 7), span(8, 12)], 12),  # overlapping
    ],
)
def test_cover_goes_on_through_decisions_in_a_row(beslut: list[Beslut], dagar: int | None) -> None:
    assert find_tackt_till(D, beslut) == (None if dagar is None else D + timedelta(days=dagar))


@pytest.mark.parametrize(
    ("start", "slut", "lacks"),
    [
        (0, 9, False),
        (0, 10, True),
        (-1, 9, True),
        (0, None, True),
        (20, 25, False),
        (-9, -2, False),
        (-9, -1, True),
    ],
)
def test_every_day_of_the_span_needs_cover(start: int, slut: int | None, lacks: bool) -> None:
    first = D + timedelta(days=start)
    last = None if slut is None else D + timedelta(days=slut)
    fran, till = span(-1, 12)
    assert lacks_beslut(first, last, [span(0, 9)], fran, till) is (lacks and first <= till)


@pytest.mark.parametrize(
    ("start", "slut", "till", "out"),
    [
        (0, None, 60, True),
        (0, None, 61, False),
        (0, None, 0, True),
        (0, 30, 30, False),  # the placement ends with its decision
        (0, 31, 30, True),
        (1, None, 30, False),  # not begun
        (-9, -1, 30, False),  # over
    ],
)
def test_cover_that_ends_within_sixty_days(start: int, slut: int | None, till: int, out: bool) -> None:
    last = None if slut is None else D + timedelta(days=slut)
    assert is_running_out(D + timedelta(days=start), last, [span(-90, till)], D) is out


def test_without_cover_nothing_runs_out() -> None:
    assert not is_running_out(D, None, [], D)


@given(st.lists(st.tuples(st.integers(-20, 20), st.integers(0, 15)), max_size=6), st.integers(-20, 30))
def test_cover_is_the_last_day_reached_day_by_day(raw: list[tuple[int, int]], dag: int) -> None:
    beslut = [span(fran, fran + langd) for fran, langd in raw]
    tackta = {d for fran, langd in raw for d in range(fran, fran + langd + 1)}
    sista = dag
    while sista + 1 in tackta:
        sista += 1
    expected = D + timedelta(days=sista) if dag in tackta else None
    assert find_tackt_till(D + timedelta(days=dag), beslut) == expected


@pytest.mark.parametrize(("till", "is_long"), [(date(2024, 12, 31), False), (date(2025, 1, 1), True)])
def test_twelve_months_at_a_time(till: date, is_long: bool) -> None:
    assert is_for_langt((date(2024, 1, 1), till)) is is_long


def test_a_shared_day_is_an_overlap() -> None:
    assert find_overlapp(span(0, 9), [span(20, 30), span(9, 12)]) == span(9, 12)
    assert find_overlapp(span(0, 9), [span(10, 12), span(-5, -1)]) is None


def test_the_next_decision_begins_after_the_latest() -> None:
    assert find_nasta_fran(D, []) == D
    assert find_nasta_fran(D, [span(0, 9), span(10, 20)]) == D + timedelta(21)


def test_the_first_that_follows_from_the_last_day_is_the_overgang() -> None:
    nya = [(D + timedelta(5), "nystartsjobb"), (D, "arbete"), (D - timedelta(1), "sfi")]
    assert find_overgang(D, nya, D + timedelta(9)) == (D, "arbete")
    assert find_overgang(D + timedelta(1), nya, D + timedelta(4)) is None
