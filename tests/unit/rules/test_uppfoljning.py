"""Follow-ups of an avslut: when they fall due, how they stand, and what has lasted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.koder import Forsorjning, Resultat
from db.rules.period import add_months
from db.rules.uppfoljning import (
    FORSORJNING_EFTER,
    compare_forsorjning,
    find_manadens_dag,
    find_oplanerade,
    find_sista_dag,
    is_kvar,
    leads_to_arbete_studier,
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


def test_who_went_to_arbete_or_studier_is_asked_whether_it_lasts() -> None:
    led = [resultat.value for resultat in Resultat if leads_to_arbete_studier(resultat.value)]
    assert led == ["arbete", "arbete med stöd", "eget företag", "studier"]


@pytest.mark.parametrize(
    ("slag", "resultat", "manad", "forsorjning", "kvar"),
    [
        ("1 månad", "arbete", True, None, True),
        ("1 månad", "arbete", False, "lön", False),
        ("1 månad", "eget företag", None, None, None),
        ("1 månad", "studier", True, None, None),
        ("6 månader", "arbete", True, None, None),
        ("6 månader", "arbete", None, "studiemedel", True),
        ("12 månader", "studier", None, "lön med stöd", True),
        ("12 månader", "arbete", True, "ekonomiskt bistånd", False),
    ],
)
def test_who_is_still_in_arbete_or_studier(
    slag: str, resultat: str, manad: bool | None, forsorjning: str | None, kvar: bool | None
) -> None:
    assert is_kvar(slag, resultat, manad, forsorjning) is kvar


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.sampled_from((1, 6, 12)))
def test_the_last_day_is_the_border_of_the_months(dag: date, manader: int) -> None:
    sista = find_sista_dag(dag, manader)
    assert add_months(sista, manader) <= dag < add_months(sista + timedelta(1), manader)
