"""Goals judged from indicators and activities, and from the goals below (R14)."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.bedomning import (
    Farg,
    from_farg,
    judge_mal,
    say_bedomning,
    to_farg,
    to_uppfyllelse,
    weigh,
)
from db.rules.koder import Aktivitetslage, Bedomningsskala
from db.rules.riktvarde import Maluppfyllelse

NAS, PA_VAG, NAS_INTE, GAR_INTE = Maluppfyllelse
EJ, BORJAD, VANTAR, KLAR, STOPPAD = Aktivitetslage
GRON, GUL, ROD = Farg
SKALOR = [skala for skala in Bedomningsskala if skala is not Bedomningsskala.INGEN]


@pytest.mark.parametrize(
    ("indikatorer", "aktiviteter", "svar"),
    [
        ([NAS, NAS, NAS_INTE], [KLAR, KLAR, EJ], GRON),  # majorities of both
        ([NAS], [KLAR], GRON),
        ([NAS, NAS_INTE], [KLAR], GUL),  # half is no majority
        ([NAS, NAS], [KLAR, EJ], GUL),
        ([NAS], [STOPPAD], GUL),  # few indicators, no activities
        ([NAS_INTE, PA_VAG], [KLAR, EJ, EJ], ROD),  # none, and few activities
        ([NAS_INTE], [], ROD),
        ([NAS_INTE], [KLAR], GUL),  # none, but a majority of the activities
        ([NAS], [], GRON),
        ([NAS, NAS_INTE], [], GUL),
        ([], [KLAR, KLAR, EJ], GRON),
        ([], [KLAR, EJ], GUL),
        ([], [EJ, BORJAD], ROD),
        ([GAR_INTE, NAS], [], GRON),  # what cannot be judged does not count
        ([GAR_INTE], [], None),
        ([], [], None),
    ],
)
def test_the_printed_rules_of_a_year(
    indikatorer: list[Maluppfyllelse], aktiviteter: list[Aktivitetslage], svar: Farg | None
) -> None:
    assert judge_mal(indikatorer, aktiviteter, prognos=False) is svar


@pytest.mark.parametrize(
    ("indikatorer", "aktiviteter", "svar"),
    [
        ([PA_VAG, PA_VAG, NAS_INTE], [BORJAD, KLAR, EJ], GRON),  # "bedöms kunna"
        ([NAS_INTE, PA_VAG], [VANTAR], GUL),
        ([NAS_INTE], [VANTAR, STOPPAD, BORJAD], ROD),
        ([], [VANTAR], ROD),
    ],
)
def test_the_printed_rules_of_a_prognosis(
    indikatorer: list[Maluppfyllelse], aktiviteter: list[Aktivitetslage], svar: Farg
) -> None:
    assert judge_mal(indikatorer, aktiviteter, prognos=True) is svar


_indikatorer = st.lists(st.sampled_from((NAS, PA_VAG, NAS_INTE)), min_size=1, max_size=6)
_aktiviteter = st.lists(st.sampled_from(list(Aktivitetslage)), max_size=6)


@given(_indikatorer, _aktiviteter, st.booleans(), st.integers(0, 5))
def test_a_better_indicator_never_makes_a_goal_worse(
    indikatorer: list[Maluppfyllelse], aktiviteter: list[Aktivitetslage], prognos: bool, plats: int
) -> None:
    battre = list(indikatorer)
    battre[plats % len(battre)] = NAS
    fore = judge_mal(indikatorer, aktiviteter, prognos=prognos)
    efter = judge_mal(battre, aktiviteter, prognos=prognos)
    assert fore is not None
    assert efter is not None
    assert list(Farg).index(efter) <= list(Farg).index(fore)


@given(_indikatorer, _aktiviteter.filter(bool), st.booleans(), st.integers(0, 5))
def test_a_finished_activity_never_makes_a_goal_worse(
    indikatorer: list[Maluppfyllelse], aktiviteter: list[Aktivitetslage], prognos: bool, plats: int
) -> None:
    battre = list(aktiviteter)
    battre[plats % len(battre)] = KLAR
    fore = judge_mal(indikatorer, aktiviteter, prognos=prognos)
    efter = judge_mal(indikatorer, battre, prognos=prognos)
    assert fore is not None
    assert efter is not None
    assert list(Farg).index(efter) <= list(Farg).index(fore)


@given(_indikatorer, _aktiviteter)
def test_a_prognosis_is_never_darker_than_the_year(
    indikatorer: list[Maluppfyllelse], aktiviteter: list[Aktivitetslage]
) -> None:
    ar, prognos = (judge_mal(indikatorer, aktiviteter, prognos=p) for p in (False, True))
    assert ar is not None
    assert prognos is not None
    assert list(Farg).index(prognos) <= list(Farg).index(ar)


@given(st.lists(st.sampled_from([*Farg, None])))
def test_goals_above_keep_what_all_below_have_else_gul(under: list[Farg | None]) -> None:
    bedomda = [farg for farg in under if farg]
    if not bedomda:
        assert weigh(under) is None
    else:
        assert weigh(under) is (bedomda[0] if len(set(bedomda)) == 1 else GUL)


@pytest.mark.parametrize("skala", SKALOR)
def test_every_scale_has_the_three_steps(skala: Bedomningsskala) -> None:
    assert [to_farg(skala, from_farg(skala, farg)) for farg in Farg] == list(Farg)
    assert to_farg(skala, "okand") is None
    assert from_farg(skala, None) == ""


def test_a_plan_without_assessments_has_none() -> None:
    assert from_farg(Bedomningsskala.INGEN, GRON) == ""
    assert to_farg(Bedomningsskala.INGEN, "gron") is None


def test_words() -> None:
    assert say_bedomning(Bedomningsskala.BRA_OK_BRISTER, "har-brister") == "Har brister"
    assert say_bedomning(Bedomningsskala.GRON_GUL_ROD, "ok") == "ok"
    assert [to_uppfyllelse(farg) for farg in Farg] == [NAS, PA_VAG, NAS_INTE]
