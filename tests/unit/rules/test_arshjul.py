"""Which follow-up of a plan is due: those that have ended and are not frozen, and the next to come."""

from datetime import date

import pytest

from db.rules.arshjul import Lage, Uppgift, list_due, list_month
from db.rules.plan import Arshjul

UPPFOLJNING = ("2024-04", "2024-08", "ingen period", "2024-12")
AUGUSTI = (date(2024, 1, 1), date(2024, 8, 31))


@pytest.mark.parametrize(
    ("idag", "klara", "wanted"),
    [
        (date(2024, 1, 15), (), [("2024-04", Lage.KOMMER)]),
        (date(2024, 5, 1), (), [("2024-04", Lage.NU), ("2024-08", Lage.KOMMER)]),
        (date(2024, 9, 10), (), [("2024-08", Lage.NU), ("2024-12", Lage.KOMMER)]),
        (date(2024, 9, 10), (AUGUSTI,), [("2024-12", Lage.KOMMER)]),
        (date(2024, 8, 31), (), [("2024-08", Lage.KOMMER)]),
        (date(2025, 2, 1), (), [("2024-12", Lage.NU)]),
        (date(2026, 2, 1), (), []),
    ],
)
def test_what_is_due(
    idag: date, klara: tuple[tuple[date, date], ...], wanted: list[tuple[str, Lage]]
) -> None:
    found = list_due("uppsala-2024", UPPFOLJNING, klara, idag)
    assert [(u.period, u.lage) for u in found] == wanted


def test_a_task_names_its_plan_and_last_day() -> None:
    (uppgift, _next) = list_due("k", UPPFOLJNING, (), date(2024, 9, 1))
    assert uppgift == Uppgift("k", "2024-08", date(2024, 8, 31), Lage.NU)


def test_what_the_month_holds() -> None:
    hjul = (Arshjul("Februari", ("Nyckeltal",)), Arshjul(" mars ", ("Nyckeltal", "Bokslut")))
    assert list_month(hjul, date(2024, 3, 9)) == ("Nyckeltal", "Bokslut")
    assert list_month(hjul, date(2024, 7, 9)) == ()
