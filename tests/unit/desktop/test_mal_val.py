"""The periods that can be chosen on Mål & indikatorer."""

from dataclasses import replace
from datetime import date

import pytest

from db.queries.plan import PlanRow
from db.rules.koder import Bedomningsskala
from desktop.screens.mal.model import list_periods, period_words, tell_due
from desktop.screens.rapporter.choices import list_follow_ups, offer_periods

PLAN = PlanRow(
    1, "p-2026", "Exempelkommun", "Nämnden", 2026, "Plan", Bedomningsskala.INGEN,
    ("2026-03", "2026-08", "2026-12", "hösten"), 0, 0, 0, 0,
)  # fmt: skip


@pytest.mark.parametrize(
    ("idag", "forst"),
    [
        (date(2025, 11, 1), ["2026", "2027"]),
        (date(2026, 1, 2), ["2026-12", "2026-08", "2026-03"]),
        (date(2026, 8, 31), ["2026-03", "2026-12", "2026-08"]),
        (date(2026, 9, 1), ["2026-08", "2026-03", "2026-12"]),
        (date(2027, 1, 1), ["2026-12", "2026-08", "2026-03"]),
    ],
)
def test_the_latest_follow_up_that_can_be_made_comes_first(idag: date, forst: list[str]) -> None:
    periods = [text for text, _ in list_periods(PLAN, idag)]
    assert periods[: len(forst)] == forst
    assert {*periods} - {"2026", "2026-12"} == {"2025", "2026-03", "2026-08", "2027"}
    assert len(periods) == 5


@pytest.mark.parametrize(
    ("period", "words"),
    [
        ("2026-08", "Till och med augusti 2026"),
        ("2026-12", "Helåret 2026"),
        ("2026", "Helåret 2026"),
        ("2026-01", "Januari 2026"),
        ("hösten", "hösten"),
    ],
)
def test_a_follow_up_in_words(period: str, words: str) -> None:
    assert period_words(period) == words


def test_the_year_is_told_as_what_comes_next() -> None:
    assert tell_due(PLAN, date(2026, 11, 12)).startswith("Nästa uppföljning: helåret 2026. Perioden slutar")


def test_a_report_offers_the_follow_ups_of_the_plans() -> None:
    august, march = "2026-01-01..2026-08-31", "2026-01-01..2026-03-31"
    offered = list_follow_ups([PLAN, replace(PLAN, kod="gammal", ar=2024)], date(2026, 11, 12))
    assert [text for text, _ in offered] == [august, march, "2026"]
    standard = (("2026-10", "Oktober 2026"), ("2026", "2026"))
    assert [text for text, _ in offer_periods("uppfoljning", standard, offered, "")] == [
        august, march, "2026", "2026-10",
    ]  # fmt: skip
    assert offer_periods("deltagare", standard, offered, "2026") == standard
    assert offer_periods("deltagare", standard, offered, "2026-11")[0] == ("2026-11", "November 2026")


def test_the_follow_up_last_made_is_offered_before_its_plan_is_read() -> None:
    august, standard = "2026-01-01..2026-08-31", (("2026", "2026"),)
    assert offer_periods("uppfoljning", standard, (), august)[0] == (august, "Till och med augusti 2026")
    assert offer_periods("uppfoljning", standard, (), "egen") == standard
