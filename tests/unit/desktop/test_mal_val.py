"""The periods that can be chosen on Mål & indikatorer."""

from datetime import date

import pytest

from db.queries.plan import PlanRow
from db.rules.koder import Bedomningsskala
from desktop.screens.mal.model import list_periods

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
