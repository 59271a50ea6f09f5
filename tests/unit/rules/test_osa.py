"""What decisions cover of an OSA placement, and when they run out (domain.md section 5)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.osa import (
    Beslut,
    Beslutslage,
    find_luckor,
    find_nasta_fran,
    find_overgang,
    find_overlapp,
    find_tackt_till,
    is_for_langt,
    is_running_out,
    judge_beslut,
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


@pytest.mark.parametrize(
    ("slut", "beslut", "luckor"),
    [
        (None, [], [(0, None)]),
        (9, [], [(0, 9)]),
        (9, [span(0, 9)], []),
        (9, [span(-5, 20)], []),
        (9, [span(2, 4)], [(0, 1), (5, 9)]),
        (None, [span(20, 29), span(0, 9)], [(10, 19), (30, None)]),
        (9, [span(0, 5), span(12, 20)], [(6, 9)]),  # the next decision begins after the placement
        (9, [span(-20, -10)], [(0, 9)]),
        (None, [span(0, 30), span(5, 7)], [(31, None)]),
    ],
)
def test_gaps_are_the_days_that_no_decision_covers(
    slut: int | None, beslut: list[Beslut], luckor: list[tuple[int, int | None]]
) -> None:
    last = None if slut is None else D + timedelta(days=slut)
    told = [((fran - D).days, till and (till - D).days) for fran, till in find_luckor(D, last, beslut)]
    assert told == luckor


@given(
    st.integers(-5, 40) | st.none(),
    st.lists(st.tuples(st.integers(-20, 40), st.integers(0, 20)), max_size=4),
)
def test_gaps_hold_each_uncovered_day_once(slut: int | None, raw: list[tuple[int, int]]) -> None:
    beslut = [span(fran, fran + length) for fran, length in raw]
    last = None if slut is None else D + timedelta(days=slut)
    luckor = find_luckor(D, last, beslut)
    for n in range(80):
        dag = D + timedelta(days=n)
        runs = last is None or dag <= last
        covered = any(fran <= dag <= till for fran, till in beslut)
        within = sum(fran <= dag <= (till or date.max) for fran, till in luckor)
        assert within == (runs and not covered)


@pytest.mark.parametrize(
    ("beslut", "fran", "lagen"),
    [
        ([], 0, (Beslutslage.UTAN,)),
        ([span(0, 400)], 0, (Beslutslage.FINNS,)),
        ([span(0, 60)], 0, (Beslutslage.GAR_UT,)),
        ([span(0, 61)], 0, (Beslutslage.FINNS,)),
        ([span(-10, 40)], -20, (Beslutslage.UTAN, Beslutslage.GAR_UT)),
    ],
)
def test_a_placement_is_judged_in_a_span_and_on_a_day(
    beslut: list[Beslut], fran: int, lagen: tuple[Beslutslage, ...]
) -> None:
    start = D - timedelta(days=20)
    assert judge_beslut(start, None, beslut, D + timedelta(days=fran), D, D) == lagen
