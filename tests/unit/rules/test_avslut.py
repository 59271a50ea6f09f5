"""R9–R11: what an avslut counts as, and who came back."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.avslut import (
    REGLER,
    asks_for_month,
    awaits_confirmation,
    classify_avslut,
    count_ej_ateraktualiserade,
    find_bekraftelsedag,
    find_slutmanad,
    find_trettonde_manad,
    is_arbete_studier,
    is_ateraktualiserad,
    is_egen_forsorjning,
    is_ej_ateraktualiserad,
)
from db.rules.koder import Resultat
from db.rules.period import parse_month

R9 = {
    "arbete": ("A", True),
    "arbete med stöd": ("A", True),
    "eget företag": ("A", True),
    "kommunal arbetsmarknadsanställning": ("E", False),
    "studier": ("B", True),
    "studier utan studiemedel": ("E", False),
    "annan myndighet": ("C", False),
    "sjukersättning": ("C", True),
    "slutfört uppdrag": ("D", False),
    "pension": ("E", True),
    "annan försörjning": ("E", True),
    "avbrutit": ("E", False),
    "flyttat": ("E", False),
    "avlidit": ("E", False),
}
A_RESULTAT = [resultat for resultat, (klass, _) in R9.items() if klass == "A"]


def test_r9_holds_every_result_and_no_other() -> None:
    assert list(REGLER) == list(R9) == list(Resultat)
    with pytest.raises(KeyError):
        classify_avslut("jobb", True)


def test_r10_asks_about_work_alone() -> None:
    assert {resultat for resultat in R9 if asks_for_month(resultat)} == set(A_RESULTAT)
    assert not asks_for_month("")


@pytest.mark.parametrize(("resultat", "klass", "egen"), [(r, k, e) for r, (k, e) in R9.items()])
@pytest.mark.parametrize("manad", [True, False, None])
def test_r9_letter_and_egen_forsorjning(resultat: str, klass: str, egen: bool, manad: bool | None) -> None:
    r10 = {True: "A", False: "E", None: "invantar"}
    assert classify_avslut(resultat, manad) == (r10[manad] if klass == "A" else klass)
    assert is_egen_forsorjning(resultat) is egen


@pytest.mark.parametrize(
    ("resultat", "manad", "svar"),
    [
        ("arbete", True, True),
        ("arbete", None, False),
        ("arbete", False, False),
        ("studier", None, True),
        ("studier utan studiemedel", None, False),
        ("pension", None, False),
    ],
)
def test_u40455_counts_a_and_b(resultat: str, manad: bool | None, svar: bool) -> None:
    assert is_arbete_studier(resultat, manad) is svar


@pytest.mark.parametrize("resultat", A_RESULTAT)
def test_r10_unknown_month_waits_after_one_month(resultat: str) -> None:
    fran = date(2024, 1, 31)
    assert find_bekraftelsedag(resultat, None, fran) == date(2024, 2, 29)
    assert not awaits_confirmation(resultat, None, fran, date(2024, 2, 28))
    assert awaits_confirmation(resultat, None, fran, date(2024, 2, 29))
    assert not awaits_confirmation(resultat, True, fran, date(2025, 1, 1))
    assert not awaits_confirmation(resultat, False, fran, date(2025, 1, 1))


def test_r10_other_results_never_wait() -> None:
    assert find_bekraftelsedag("studier", None, date(2024, 1, 31)) is None
    assert not awaits_confirmation("studier", None, date(2024, 1, 31), date(2025, 1, 1))


@pytest.mark.parametrize(
    ("efter", "dag", "svar"),
    [
        (0, 999, False),
        (1, 999, True),
        (365, 999, True),
        (366, 999, False),
        (-3, 999, False),
        (9, 8, False),
        (9, 9, True),
    ],
)
def test_r11_return_within_365_days(efter: int, dag: int, svar: bool) -> None:
    stangd = date(2024, 2, 29)
    start = stangd + timedelta(days=efter)
    assert is_ateraktualiserad(stangd, [start], stangd + timedelta(days=dag)) is svar


def test_r11_any_start_will_do() -> None:
    stangd = date(2024, 3, 1)
    assert is_ateraktualiserad(stangd, [date(2020, 1, 1), stangd, date(2024, 9, 1)], date(2025, 1, 1))
    assert not is_ateraktualiserad(stangd, [], date(2025, 1, 1))


def months(*texter: str) -> set[int]:
    """Manadsindex of single months and of spans such as 2023-01..2023-04."""
    manader: set[int] = set()
    for text in texter:
        forsta, _, sista = text.partition("..")
        manader |= set(range(parse_month(forsta), parse_month(sista or forsta) + 1))
    return manader


@pytest.mark.parametrize(
    ("manader", "slut", "ej_tillbaka"),
    [
        (months("2022-11..2023-03"), "2023-03", True),
        (months("2023-01"), "2023-01", True),
        (months("2023-06"), "2023-06", True),
        (months("2022-12"), None, None),
        (months("2023-07"), None, None),
        (months("2022-01..2023-12"), None, None),
        (months("2023-06..2023-07"), None, None),
        (months("2023-03", "2024-03"), "2023-03", False),
        (months("2023-03", "2024-04"), "2023-03", True),
        (months("2023-03", "2023-05"), "2023-05", True),
        (months("2023-03", "2023-05..2023-08"), "2023-03", False),
        (months("2023-02", "2023-06", "2023-08"), "2023-06", False),
        (set(), None, None),
    ],
)
def test_r11_end_in_the_first_half_of_the_year_before(
    manader: set[int], slut: str | None, ej_tillbaka: bool | None
) -> None:
    slutmanad = find_slutmanad(manader, 2024)
    assert slutmanad == (None if slut is None else parse_month(slut))
    if slutmanad is not None:
        assert is_ej_ateraktualiserad(manader, slutmanad) is ej_tillbaka


def test_r11_share_is_of_those_who_ended() -> None:
    personer = [months("2023-03"), months("2023-03", "2023-09"), months("2023-09"), months("2023-06")]
    assert count_ej_ateraktualiserade(personer, 2024) == (2, 3)
    assert count_ej_ateraktualiserade([], 2024) == (0, 0)


@given(st.sets(st.integers(2022 * 12, 2025 * 12)))
def test_r11_an_ending_is_the_last_month_before_a_pause(manader: set[int]) -> None:
    slutmanad = find_slutmanad(manader, 2024)
    slut = [m for m in range(2023 * 12, 2023 * 12 + 6) if m in manader and m + 1 not in manader]
    assert slutmanad == (slut[-1] if slut else None)


def test_r11_13th_month_after_an_employment() -> None:
    assert find_trettonde_manad(date(2023, 1, 31)) == parse_month("2024-02")
    assert find_trettonde_manad(date(2023, 12, 1)) == parse_month("2025-01")
