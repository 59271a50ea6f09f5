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
    count_by_day,
    count_erbjudna,
    count_helarsplatser,
    count_overlap,
    find_last_day,
    find_offered,
    is_mal,
    is_platsmal,
    resolve_kapacitet,
    scale_kostnad,
    sum_kostnad,
)
from db.rules.kapacitet import Trangsel, change_kapacitet, close_kapacitet, find_trangsel

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


KAPACITET = st.lists(
    st.builds(
        lambda fran, langd, platser: Kapacitet(
            fran, None if langd is None else fran + timedelta(days=langd), platser
        ),
        DAGAR,
        st.none() | st.integers(0, 300),
        st.integers(0, 9),
    ),
    max_size=4,
    unique_by=lambda rad: rad.fran,
)
ALLA_DAGAR = [date(2023, 1, 1) + timedelta(days=3 * n) for n in range(400)]


@given(KAPACITET, DAGAR, st.integers(0, 9))
def test_a_change_of_places_holds_from_its_day_to_the_next_change(
    rader: list[Kapacitet], fran: date, platser: int
) -> None:
    fore = resolve_kapacitet(rader)
    efter = change_kapacitet(rader, fran, platser)
    assert efter == resolve_kapacitet(efter)
    assert len({rad.fran for rad in efter}) == len(efter)
    nasta = min((rad.fran for rad in fore if rad.fran > fran), default=date.max)
    for dag in ALLA_DAGAR:
        if dag < fran:
            assert find_offered(efter, dag) == find_offered(fore, dag)
        elif dag < nasta:
            assert find_offered(efter, dag) in (platser, None)
    assert find_offered(efter, fran) == platser


def test_a_change_leaves_the_end_that_was_told() -> None:
    rader = [Kapacitet(FRAN, TILL, 8)]
    assert change_kapacitet(rader, date(2024, 3, 1), 5) == (
        Kapacitet(FRAN, date(2024, 2, 29), 8),
        Kapacitet(date(2024, 3, 1), TILL, 5),
    )
    assert change_kapacitet(rader, FRAN, 5) == (Kapacitet(FRAN, TILL, 5),)
    after = TILL + timedelta(1)
    assert change_kapacitet(rader, after, 5) == (rader[0], Kapacitet(after, None, 5))
    before = FRAN - timedelta(9)
    assert change_kapacitet(rader, before, 5) == (Kapacitet(before, FRAN - timedelta(1), 5), rader[0])
    assert change_kapacitet([], FRAN, 5) == (Kapacitet(FRAN, None, 5),)


@given(KAPACITET, DAGAR)
def test_a_closed_enhet_offers_nothing_afterwards(rader: list[Kapacitet], till: date) -> None:
    efter = close_kapacitet(rader, till)
    for dag in ALLA_DAGAR:
        assert find_offered(efter, dag) == (
            find_offered(resolve_kapacitet(rader), dag) if dag <= till else None
        )
    sista = find_last_day(efter)
    assert sista is not None
    assert sista <= till


def test_the_last_day_of_an_enhet() -> None:
    assert find_last_day([]) == date.min
    assert find_last_day([Kapacitet(FRAN, None, 1)]) is None
    assert find_last_day([Kapacitet(FRAN, TILL, 1), Kapacitet(FRAN, FRAN, 1)]) == TILL


def test_places_taken_day_by_day() -> None:
    assert count_by_day([(-30, 2), (1, 1), (2, -3), (4, 4)], 4) == [2, 3, 0, 0]


def test_a_group_costs_what_its_enheter_cost() -> None:
    assert sum_kostnad([(True, 10.0), (False, None), (True, 5.0)]) == 15
    assert sum_kostnad([(True, 10.0), (True, None)]) is None
    assert sum_kostnad([]) == 0


@pytest.mark.parametrize(
    ("varde", "ok"),
    [((85, 95), True), ([0, 200], True), ((95, 85), False), ((85,), False), ((85, True), False),
     ("85", False), ((-1, 5), False), ((5, 201), False)],
)  # fmt: skip
def test_a_span_of_per_cent(varde: object, ok: bool) -> None:
    assert is_mal(varde) is ok


@pytest.mark.parametrize(
    ("varde", "ok"),
    [
        ({}, True),
        ({"antal": 500, "fran": "2026-01-01"}, True),
        ({"antal": 0, "fran": "2026-01-01"}, False),
        ({"antal": True, "fran": "2026-01-01"}, False),
        ({"antal": 500, "fran": "snart"}, False),
        ({"antal": 500, "fran": 2026}, False),
        ({"antal": 500}, False),
        ({"antal": 500, "fran": "2026-01-01", "mer": 1}, False),
        ([], False),
    ],
)
def test_a_goal_of_new_places(varde: object, ok: bool) -> None:
    assert is_platsmal(varde) is ok


TIDER = st.lists(
    st.builds(
        lambda start, langd: (start, None if langd is None else start + timedelta(days=langd)),
        st.dates(date(2023, 12, 1), date(2024, 3, 1)),
        st.none() | st.integers(0, 60),
    ),
    max_size=6,
)


@given(KAPACITET, TIDER, st.dates(date(2023, 12, 1), date(2024, 3, 1)), st.integers(0, 6))
def test_too_few_places_as_a_count_of_each_day(
    rader: list[Kapacitet], tider: list[tuple[date, date | None]], fran: date, platser: int
) -> None:
    fore, efter = resolve_kapacitet(rader), change_kapacitet(rader, fran, platser)
    dagar = [fran + timedelta(n) for n in range(900)]
    illa = []
    for dag in dagar:
        belagda = sum(start <= dag and (slut is None or dag <= slut) for start, slut in tider)
        nya, gamla = find_offered(efter, dag) or 0, find_offered(fore, dag) or 0
        if belagda > nya and nya < gamla:
            illa.append((dag, belagda, nya))
    seen = find_trangsel(fore, efter, tider, fran)
    if not illa:
        assert seen is None
    else:
        assert seen is not None
        assert (seen.dag, seen.belagda, seen.platser) == illa[0]
        sista = illa[-1][0]
        assert seen.ryms == (None if sista == dagar[-1] else sista + timedelta(1))


def test_where_there_is_room_again() -> None:
    fore = (Kapacitet(FRAN, None, 3),)
    tider = [(FRAN, date(2024, 2, 10)), (FRAN, date(2024, 3, 10)), (date(2024, 4, 1), date(2024, 4, 2))]
    fran = date(2024, 2, 1)
    trangt = find_trangsel(fore, change_kapacitet(fore, fran, 1), tider, fran)
    assert trangt == Trangsel(fran, 2, 1, date(2024, 2, 11))
    stangt = find_trangsel(fore, close_kapacitet(fore, fran), tider, fran)
    assert stangt == Trangsel(date(2024, 2, 2), 2, 0, date(2024, 4, 3))
    assert find_trangsel(fore, change_kapacitet(fore, fran, 2), tider, fran) is None
    assert find_trangsel(fore, close_kapacitet(fore, fran), [(FRAN, None)], fran) == Trangsel(
        date(2024, 2, 2), 1, 0, None
    )
