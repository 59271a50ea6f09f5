"""Days in Swedish words: with the year wherever a sentence may be read on another day."""

from datetime import date

import pytest

from db.rules.datum import full_date, long_date, month, short_date

DAG = date(2027, 1, 25)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def test_a_day_in_a_sentence_has_its_year_and_is_never_broken_over_lines() -> None:
    assert full_date(DAG) == "25\u00a0jan\u00a02027"


@pytest.mark.parametrize(
    ("today", "told"), [(None, "25 jan"), (date(2027, 12, 31), "25 jan"), (date(2026, 12, 31), "25 jan 2027")]
)
def test_a_short_day_has_its_year_where_it_is_another(today: date | None, told: str) -> None:
    assert plain(short_date(DAG, today)) == told


def test_months_are_written_out_on_paper() -> None:
    assert (plain(long_date(DAG)), plain(month(DAG))) == ("25 januari 2027", "januari 2027")
