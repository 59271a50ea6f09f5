"""Numbers and dates on paper: domain.md section 5 and reports-pdf.md, Tables."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.reports import formats

HARD = "\u00a0"


@pytest.mark.parametrize(
    ("value", "decimals", "printed"),
    [
        (0, 0, "0"),
        (1626, 0, f"1{HARD}626"),
        (12345678, 0, f"12{HARD}345{HARD}678"),
        (-3, 0, "−3"),
        (0.5, 0, "1"),
        (2.5, 0, "3"),
        (-2.5, 0, "−3"),
        (49.49999999999999, 0, "50"),
        (100 * 99 / 200, 0, "50"),
        (10.25, 1, "10,3"),
        (1234.04, 1, f"1{HARD}234,0"),
        (-0.2, 0, "0"),
    ],
)
def test_numbers_are_rounded_half_up_and_written_in_swedish(value, decimals, printed):
    assert formats.format_tal(value, decimals) == printed


@pytest.mark.parametrize(
    ("before", "now", "printed"),
    [
        (663, 740, "+77"),
        (30, 24, "−6"),
        (75, 75, "±0"),
        (47.6, 50.5, "+3"),
        (47.4, 47.6, "+1"),
        (0, 8000, f"+8{HARD}000"),
    ],
)
def test_a_change_is_the_difference_of_the_printed_numbers(before, now, printed):
    assert formats.format_change(before, now) == printed


@given(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6), st.integers(0, 1))
def test_printed_numbers_and_change_always_add_up(before, now, decimals):
    first, last = formats.round_half_up(before, decimals), formats.round_half_up(now, decimals)
    assert first + formats.change(before, now, decimals) == last
    assert abs(last - Decimal(str(now))) <= Decimal("0.5").scaleb(-decimals) + Decimal("1e-6")


def test_decimals_follow_the_unit_and_the_row():
    assert formats.decimals_for("andel", [47.6]) == 0
    assert formats.decimals_for("kr", [1.5]) == 0
    assert formats.decimals_for("dagar", [16, None, 16.5]) == 1
    assert formats.decimals_for("antal", [16, None, 17.0]) == 0


@pytest.mark.parametrize(
    ("period", "text", "short"),
    [
        (("2024-01-01", "2024-12-31"), "1 januari–31 december 2024", "2024"),
        (("2024-01-01", "2024-08-31"), "1 januari–31 augusti 2024", "Jan–aug 2024"),
        (("2024-06-01", "2024-06-30"), "1–30 juni 2024", "Juni 2024"),
        (("2024-06-03", "2024-06-16"), "3–16 juni 2024", "3–16 juni 2024"),
        (("2024-02-01", "2024-02-29"), "1–29 februari 2024", "Februari 2024"),
        (("2023-12-01", "2024-01-31"), "1 december 2023–31 januari 2024", "Dec 2023–jan 2024"),
        (("2024-06-03", "2024-06-03"), "3 juni 2024", "3 juni 2024"),
    ],
)
def test_periods_in_words(period, text, short):
    assert formats.period_text(period) == text
    assert formats.period_short(period) == short


def test_marks_are_read_out_in_words():
    assert formats.spoken_mark("<5") == "färre än 5"
    assert formats.spoken_mark("<10") == "färre än 10"
    assert formats.spoken_mark("..") == "dold uppgift"
