"""Follow-ups of an avslut: when they fall due, how they stand, and what has lasted."""

from datetime import date

import pytest

from db.rules.koder import Forsorjning, Resultat
from db.rules.uppfoljning import (
    FORSORJNING_EFTER,
    compare_forsorjning,
    find_manadens_dag,
    find_oplanerade,
    place_uppfoljning,
    plan_uppfoljningar,
)

DAG = date(2024, 8, 31)
HALF, YEAR = ("6 månader", date(2025, 2, 28)), ("12 månader", date(2025, 8, 31))


@pytest.mark.parametrize(
    ("resultat", "manad", "fran", "plan"),
    [
        ("arbete", None, date(2024, 9, 2), [("1 månad", date(2024, 10, 2)), HALF, YEAR]),
        ("eget företag", None, None, [("1 månad", date(2024, 9, 30)), HALF, YEAR]),
        ("arbete med stöd", True, None, [HALF, YEAR]),
        ("arbete", False, None, [HALF, YEAR]),
        ("avbrutit", None, None, [HALF, YEAR]),
        ("flyttat", None, None, []),
        ("avlidit", None, None, []),
    ],
)
def test_r10_and_two_more_are_planned(
    resultat: str, manad: bool | None, fran: date | None, plan: list[tuple[str, date]]
) -> None:
    assert list(plan_uppfoljningar(resultat, manad, fran, DAG).items()) == plan


def test_the_month_is_asked_for_when_it_has_gone_or_later() -> None:
    gone = date(2024, 9, 30)
    assert find_manadens_dag(gone, None) == gone
    assert find_manadens_dag(gone, date(2024, 9, 1)) == gone
    assert find_manadens_dag(gone, date(2024, 10, 7)) == date(2024, 10, 7)


def test_every_result_has_a_plan_and_guesses_are_results() -> None:
    for resultat in Resultat:
        plan_uppfoljningar(resultat, None, None, DAG)
    assert set(FORSORJNING_EFTER) <= set(Resultat)
    with pytest.raises(KeyError):
        plan_uppfoljningar("jobb", None, None, DAG)


def test_what_nobody_has_planned_is_what_is_to_come() -> None:
    plan = {"1 månad": date(2024, 8, 30), "6 månader": DAG, "12 månader": date(2025, 8, 31)}
    assert find_oplanerade(plan, (), DAG) == {"6 månader": DAG, "12 månader": date(2025, 8, 31)}
    assert find_oplanerade(plan, ("6 månader", "12 månader"), DAG) == {}


@pytest.mark.parametrize(
    ("slag", "planerad", "genomford", "forsorjning", "lage"),
    [
        ("6 månader", date(2024, 9, 1), None, None, "kommande"),
        ("6 månader", DAG, None, None, "idag"),
        ("1 månad", date(2024, 8, 30), None, None, "forfallen"),
        ("6 månader", date(2024, 9, 1), DAG, "lön", "gjord"),
        ("12 månader", DAG, DAG, None, "utan_svar"),
        ("1 månad", DAG, DAG, None, "gjord"),
    ],
)
def test_how_a_follow_up_stands(
    slag: str, planerad: date, genomford: date | None, forsorjning: str | None, lage: str
) -> None:
    assert place_uppfoljning(slag, planerad, genomford, forsorjning, DAG) == lage


@pytest.mark.parametrize(
    ("efter", "nu", "svar"),
    [
        (None, "lön", None),
        ("lön", None, None),
        ("lön", "lön", "samma"),
        ("lön", "ekonomiskt bistånd", "bistand"),
        ("ekonomiskt bistånd", "ekonomiskt bistånd", "samma"),
        ("lön", "studiemedel", "annan"),
    ],
)
def test_what_has_lasted(efter: str | None, nu: str | None, svar: str | None) -> None:
    assert compare_forsorjning(efter, nu) == svar
    assert Forsorjning.EKONOMISKT_BISTAND == "ekonomiskt bistånd"
