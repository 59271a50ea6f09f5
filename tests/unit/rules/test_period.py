"""Periods as exchange.md writes them, month numbers and ages (domain.md section 5)."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.period import (
    PeriodError,
    add_months,
    age_on,
    default_per,
    first_day,
    format_month,
    last_day,
    make_period,
    month_index,
    parse_date,
    parse_month,
    parse_period,
)

DAGAR = st.dates(date(1950, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize(
    ("text", "fran", "till", "namn"),
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("2024-T1", date(2024, 1, 1), date(2024, 4, 30), "januari–april 2024"),
        ("2024-T2", date(2024, 5, 1), date(2024, 8, 31), "maj–augusti 2024"),
        ("2024-T3", date(2024, 9, 1), date(2024, 12, 31), "september–december 2024"),
        ("2024-H1", date(2024, 1, 1), date(2024, 6, 30), "januari–juni 2024"),
        ("2024-H2", date(2024, 7, 1), date(2024, 12, 31), "juli–december 2024"),
        ("2024-Q1", date(2024, 1, 1), date(2024, 3, 31), "januari–mars 2024"),
        ("2024-Q4", date(2024, 10, 1), date(2024, 12, 31), "oktober–december 2024"),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29), "februari 2024"),
        ("2023-02", date(2023, 2, 1), date(2023, 2, 28), "februari 2023"),
        ("2024-01-01..2024-08-31", date(2024, 1, 1), date(2024, 8, 31), "januari–augusti 2024"),
        ("2024-01-01..2024-12-31", date(2024, 1, 1), date(2024, 12, 31), "2024"),
        ("2023-11-01..2024-02-29", date(2023, 11, 1), date(2024, 2, 29), "november 2023–februari 2024"),
        ("2024-03-05..2024-04-10", date(2024, 3, 5), date(2024, 4, 10), "5 mars–10 april 2024"),
        ("2024-03-05..2024-03-10", date(2024, 3, 5), date(2024, 3, 10), "5–10 mars 2024"),
        ("2024-03-05..2024-03-05", date(2024, 3, 5), date(2024, 3, 5), "5 mars 2024"),
        ("2023-12-05..2024-01-10", date(2023, 12, 5), date(2024, 1, 10), "5 december 2023–10 januari 2024"),
        ("2023-03-05..2024-03-05", date(2023, 3, 5), date(2024, 3, 5), "5 mars 2023–5 mars 2024"),
    ],
)
def test_period_is_read_and_named(text: str, fran: date, till: date, namn: str) -> None:
    period = parse_period(text)
    assert (period.fran, period.till, period.namn, period.text) == (fran, till, namn, text)


def test_period_is_read_leniently_in_case_and_space() -> None:
    assert parse_period(" 2024-t1 ") == parse_period("2024-T1")


@pytest.mark.parametrize(
    ("text", "ord_"),
    [
        ("", "ingen period"),
        ("24", "ingen period"),
        ("2024-T4", "inget tertial 4"),
        ("2024-T0", "inget tertial 0"),
        ("2024-H3", "inget halvår 3"),
        ("2024-Q5", "Q1 till Q4"),
        ("2024-13", "Månad 13 finns inte"),
        ("2024-00", "Månad 00 finns inte"),
        ("2024-1", "ingen period"),
        ("2024T1", "ingen period"),
        ("1024", "År 1024"),
        ("0000", "År 0000"),
        ("1024-H1", "År 1024"),
        ("2024-01-01", "ingen period"),
        ("2024-01-01..", "inget datum"),
        ("2024-01-01..2024-02-30", "finns inte"),
        ("2024-02-01..2024-01-31", "innan den börjar"),
        ("2024-01-01..2024-02-01..2024-03-01", "ingen period"),
        ("24-01-01..24-02-01", "inget datum"),
        ("٢٠٢٤", "ingen period"),
    ],
)
def test_faults_are_told_in_swedish(text: str, ord_: str) -> None:
    with pytest.raises(PeriodError, match=ord_):
        parse_period(text)


def test_free_period_of_days_outside_the_years_in_use_is_refused() -> None:
    with pytest.raises(PeriodError, match="År 0001"):
        make_period(date(1, 1, 1), date(2024, 1, 1))


@pytest.mark.parametrize(
    ("text", "forra"),
    [
        ("2024", "2023"),
        ("2024-T1", "2023-T1"),
        ("2024-02", "2023-02"),
        ("2024-01-01..2024-08-31", "2023-01-01..2023-08-31"),
        ("2024-02-29..2024-03-01", "2023-02-28..2023-03-01"),
        ("2024-01-01..2024-02-29", "2023-01-01..2023-02-28"),
        ("2025-01-01..2025-02-28", "2024-01-01..2024-02-29"),
    ],
)
def test_same_period_a_year_earlier(text: str, forra: str) -> None:
    assert parse_period(text).previous_year() == parse_period(forra)


def test_days_months_and_membership() -> None:
    period = parse_period("2024-Q1")
    assert period.days == 91
    assert [format_month(m) for m in period.manader] == ["2024-01", "2024-02", "2024-03"]
    assert (period.forsta_manad, period.sista_manad) == (parse_month("2024-01"), parse_month("2024-03"))
    assert date(2024, 3, 31) in period
    assert date(2024, 4, 1) not in period
    assert date(2023, 12, 31) not in period


def test_default_day_of_judgement_is_the_earlier_of_period_end_and_today() -> None:
    period = parse_period("2024")
    assert default_per(period, date(2025, 3, 1)) == date(2024, 12, 31)
    assert default_per(period, date(2024, 3, 1)) == date(2024, 3, 1)


@given(DAGAR, DAGAR)
def test_free_period_reads_back(a: date, b: date) -> None:
    period = make_period(min(a, b), max(a, b))
    assert parse_period(period.text) == period
    assert period.days == abs((a - b).days) + 1


@given(st.integers(1901, 2998), st.sampled_from(["", "-T2", "-H1", "-Q4", "-11", "-02"]))
def test_named_period_reads_back_and_a_year_earlier_ends_a_year_earlier(ar: int, del_: str) -> None:
    period = parse_period(f"{ar}{del_}")
    assert parse_period(period.text) == period
    assert period.previous_year().sista_manad == period.sista_manad - 12


@given(DAGAR)
def test_month_index_round_trip(dag: date) -> None:
    index = month_index(dag)
    assert parse_month(format_month(index)) == index
    assert first_day(index) <= dag <= last_day(index)
    assert month_index(last_day(index) + timedelta(days=1)) == index + 1


def test_month_index_is_year_times_twelve() -> None:
    assert parse_month("2024-01") == 2024 * 12
    assert first_day(2024 * 12 + 11) == date(2024, 12, 1)


@pytest.mark.parametrize("text", ["2024-13", "2024-00", "24-01", "2024", "2024-1", "januari 2024"])
def test_no_month(text: str) -> None:
    with pytest.raises(PeriodError):
        parse_month(text)


@pytest.mark.parametrize(
    "text", ["2024-13-01", "2023-02-29", "24-01-01", "2024-1-1", "1/2 2024", "0999-01-01", ""]
)
def test_no_date(text: str) -> None:
    with pytest.raises(PeriodError):
        parse_date(text)


def test_date_is_read() -> None:
    assert parse_date(" 2024-02-29 ") == date(2024, 2, 29)


@pytest.mark.parametrize(
    ("dag", "antal", "svar"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2024, 11, 30), 3, date(2025, 2, 28)),
        (date(2024, 2, 29), -12, date(2023, 2, 28)),
        (date(2024, 12, 15), 1, date(2025, 1, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 3, 31), 0, date(2024, 3, 31)),
    ],
)
def test_add_months_is_safe_at_month_end(dag: date, antal: int, svar: date) -> None:
    assert add_months(dag, antal) == svar


@pytest.mark.parametrize(
    ("fodd", "dag", "alder"),
    [
        (date(2000, 5, 10), date(2024, 5, 9), 23),
        (date(2000, 5, 10), date(2024, 5, 10), 24),
        (date(2000, 2, 29), date(2023, 2, 28), 22),
        (date(2000, 2, 29), date(2023, 3, 1), 23),
        (date(2000, 2, 29), date(2024, 2, 29), 24),
        (date(2024, 1, 1), date(2024, 1, 1), 0),
    ],
)
def test_age_counts_whole_years(fodd: date, dag: date, alder: int) -> None:
    assert age_on(fodd, dag) == alder
