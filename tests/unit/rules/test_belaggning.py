"""Beläggning, places and cost (domain.md section 5)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.belaggning import (
    Kapacitet,
    calculate_belaggning,
    calculate_kostnad_per_plats,
    calculate_platser_medel,
    clip_period,
    count_belagda,
    count_erbjudna,
    count_helarsplatser,
    count_overlap,
    resolve_kapacitet,
    scale_kostnad,
)

FRAN, TILL = date(2024, 1, 1), date(2024, 12, 31)
DAGAR = st.dates(date(2023, 6, 1), date(2025, 6, 1))
INSATSER = st.lists(
    st.builds(
        lambda start, langd: (start, None if langd is None else start + timedelta(days=langd)),
        DAGAR,
        st.none() | st.integers(0, 500),
    ),
    max_size=6,
)


@pytest.mark.parametrize(
    ("borjan", "slut", "dagar"),
    [
        (date(2024, 1, 1), date(2024, 1, 1), 1),
        (date(2024, 2, 1), date(2024, 2, 29), 29),
        (date(2023, 1, 1), date(2025, 1, 1), 366),
        (date(2023, 1, 1), None, 366),
        (date(2024, 12, 31), None, 1),
        (date(2025, 1, 1), None, 0),
        (date(2023, 1, 1), date(2023, 12, 31), 0),
        (date(2023, 1, 1), date(2022, 1, 1), 0),
    ],
)
def test_days_are_inclusive_clipped_and_open(borjan: date, slut: date | None, dagar: int) -> None:
    assert count_overlap(borjan, slut, FRAN, TILL) == dagar


def test_open_row_ends_the_day_before_the_next_row() -> None:
    rader = [Kapacitet(date(2024, 7, 1), None, 20), Kapacitet(date(2022, 1, 1), None, 10)]
    assert resolve_kapacitet(rader) == (
        Kapacitet(date(2022, 1, 1), date(2024, 6, 30), 10),
        Kapacitet(date(2024, 7, 1), None, 20),
    )
    assert count_erbjudna(rader, FRAN, TILL) == 182 * 10 + 184 * 20


def test_row_with_an_end_keeps_it() -> None:
    rader = [Kapacitet(date(2024, 1, 1), date(2024, 1, 31), 10), Kapacitet(date(2024, 3, 1), None, 5)]
    assert resolve_kapacitet(rader) == tuple(rader)
    assert count_erbjudna(rader, FRAN, date(2024, 3, 31)) == 310 + 155
    assert resolve_kapacitet([]) == ()


def test_two_open_rows_from_one_day_count_once() -> None:
    rader = [Kapacitet(FRAN, None, 10), Kapacitet(FRAN, None, 5)]
    assert count_erbjudna(rader, FRAN, TILL) == 366 * 5


def test_grad_is_not_capped_and_needs_places() -> None:
    assert calculate_belaggning(30, 20) == 150.0
    assert calculate_belaggning(3, 0) is None
    assert calculate_belaggning(111870, 204930) == 54.589371980676326
    assert calculate_belaggning(79212, 178800) == 44.30201342281879


def test_average_places() -> None:
    assert calculate_platser_medel(366 * 12, FRAN, TILL) == 12.0
    assert calculate_platser_medel(5, FRAN, FRAN) == 5.0


def test_period_is_measured_up_to_the_report_day() -> None:
    assert clip_period(FRAN, TILL, date(2025, 3, 1)) == (FRAN, TILL)
    assert clip_period(FRAN, TILL, date(2024, 6, 30)) == (FRAN, date(2024, 6, 30))
    assert clip_period(FRAN, TILL, FRAN) == (FRAN, FRAN)
    assert clip_period(FRAN, TILL, date(2023, 12, 31)) is None


def test_cost_is_scaled_to_a_year() -> None:
    kostnader = {2023: 365_000, 2024: 732_000}
    assert scale_kostnad(kostnader, FRAN, TILL) == 732_000
    assert scale_kostnad(kostnader, FRAN, date(2024, 4, 30)) == 732_000
    assert scale_kostnad(kostnader, date(2023, 12, 31), date(2024, 1, 1)) == (365_000 + 732_000) / 2
    assert scale_kostnad(kostnader, FRAN, date(2025, 1, 1)) is None
    assert calculate_kostnad_per_plats(732_000, 12.0) == 61_000
    assert calculate_kostnad_per_plats(None, 12.0) is None
    assert calculate_kostnad_per_plats(732_000, 0) is None


def test_helarsplatser_weigh_omfattning() -> None:
    assert count_helarsplatser([(FRAN, TILL, 100), (FRAN, None, 50)], FRAN, TILL) == 1.5
    assert count_helarsplatser([(date(2023, 7, 1), None, 100)], date(2023, 1, 1), TILL) == pytest.approx(
        184 / 365 + 1
    )
    assert count_helarsplatser([], FRAN, TILL) == 0


@given(INSATSER, DAGAR, DAGAR)
def test_belagda_agrees_with_counting_day_by_day(
    insatser: list[tuple[date, date | None]], a: date, b: date
) -> None:
    fran, till = min(a, b), max(a, b)
    dagar = [fran + timedelta(days=n) for n in range((till - fran).days + 1)]
    vantat = sum(s <= dag and (e is None or dag <= e) for dag in dagar for s, e in insatser)
    assert count_belagda(insatser, fran, till) == vantat


@given(st.lists(st.tuples(DAGAR, st.integers(0, 300)), max_size=5, unique_by=lambda rad: rad[0]))
def test_open_rows_offer_the_latest_number_each_day(rader: list[tuple[date, int]]) -> None:
    kapacitet = [Kapacitet(fran, None, platser) for fran, platser in rader]
    vantat = 0
    for n in range(366):
        gallande = [rad for rad in rader if rad[0] <= FRAN + timedelta(days=n)]
        vantat += max(gallande)[1] if gallande else 0
    assert count_erbjudna(kapacitet, FRAN, TILL) == vantat
