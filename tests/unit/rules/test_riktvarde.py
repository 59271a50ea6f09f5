"""Targets as printed, and whether an outcome reaches them (R13)."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.riktvarde import (
    Malslag,
    Maluppfyllelse,
    Riktning,
    Riktvarde,
    RiktvardeError,
    find_riktning,
    judge,
    judge_skillnad,
    parse_riktvarde,
    parse_riktvarde_or_text,
    parse_tal,
    say_riktvarde,
    weigh_kon,
)
from tests.helpers.planer import planmallar

NAS, PA_VAG, NAS_INTE, GAR_INTE = Maluppfyllelse
UPP, NER = Riktning
_tal = st.decimals(-1000, 1000, places=1)


@pytest.mark.parametrize(
    ("text", "slag", "tal", "tecken"),
    [
        ("≥0", Malslag.TAL, "0", ">="),
        ("<1 %", Malslag.TAL, "1", "<"),
        ("<0,5 %", Malslag.TAL, "0.5", "<"),
        (">89,9%", Malslag.TAL, "89.9", ">"),
        ("≤ 30", Malslag.TAL, "30", "<="),
        (">= 5", Malslag.TAL, "5", ">="),
        ("minst 1 250,5 kr", Malslag.TAL, "1250.5", ">="),
        ("Högst 10", Malslag.TAL, "10", "<="),
        ("mer än −2", Malslag.TAL, "-2", ">"),
        ("2 %", Malslag.TAL, "2", ""),
        ("ca 580", Malslag.TAL, "580", ""),
        ("Ca 7 procent", Malslag.TAL, "7", ""),
        ("Öka", Malslag.OKA, None, ""),
        ("öka.", Malslag.OKA, None, ""),
        ("Ska öka", Malslag.OKA, None, ""),
        ("minskas", Malslag.MINSKA, None, ""),
        ("Oförändrat", Malslag.BIBEHALL, None, ""),
        ("Öka till 75 %", Malslag.TAL, "75", ">="),
        ("minska till 10", Malslag.TAL, "10", "<="),
        ("färre än 5 personer", Malslag.TAL, "5", "<"),
        ("fler än 10", Malslag.TAL, "10", ">"),
        ("≤ 3 månader", Malslag.TAL, "3", "<="),
        ("minst 100 deltagare", Malslag.TAL, "100", ">="),
        ("högst 14 dagar", Malslag.TAL, "14", "<="),
        ("≥ 1\u2009250", Malslag.TAL, "1250", ">="),
        ("max. 5", Malslag.TAL, "5", "<="),
        (" MINSKA ", Malslag.MINSKA, None, ""),
        ("bibehålla", Malslag.BIBEHALL, None, ""),
        ("Inga signifikanta skillnader", Malslag.INGA_SKILLNADER, None, ""),
        ("Inga signifikanta skillnader mellan könen.", Malslag.INGA_SKILLNADER, None, ""),
        ("Utifrån budget", Malslag.FRITEXT, None, ""),
        ("öka med minst 100", Malslag.FRITEXT, None, ""),
        ("öka i förhållande till 2012", Malslag.FRITEXT, None, ""),
        ("minska varje år för att ligga på högst 5 procent", Malslag.FRITEXT, None, ""),
        ("50–60", Malslag.FRITEXT, None, ""),
        ("behållas på hög nivå", Malslag.FRITEXT, None, ""),
        ("1850 (2200)", Malslag.FRITEXT, None, ""),
        ("I.U", Malslag.SAKNAS, None, ""),
        ("i.u.", Malslag.SAKNAS, None, ""),
        ("*", Malslag.SAKNAS, None, ""),
        ("***", Malslag.SAKNAS, None, ""),
        ("-", Malslag.SAKNAS, None, ""),
        ("", Malslag.SAKNAS, None, ""),
    ],
)
def test_printed_targets_are_understood(text: str, slag: Malslag, tal: str | None, tecken: str) -> None:
    assert parse_riktvarde(text) == Riktvarde(slag, None if tal is None else Decimal(tal), tecken, text)


@pytest.mark.parametrize("text", ["≥", "≥ hög", "> 89,9,9", "=5", "<1 % eller så"])
def test_a_sign_without_a_number_is_told(text: str) -> None:
    with pytest.raises(RiktvardeError, match="går inte att läsa"):
        parse_riktvarde(text)
    assert parse_riktvarde_or_text(text).slag is Malslag.FRITEXT


def test_every_target_of_the_five_is_read() -> None:
    for plan in planmallar().values():
        for indikator in (*plan.indikatorer, *plan.volymer):
            for varde in indikator.riktvarden:
                parse_riktvarde(varde.text or "")


@pytest.mark.parametrize(
    ("text", "tal"),
    [
        ("50.0", "50.0"),
        ("1\u00a0250,5", "1250.5"),
        ("1\u2009250\u2007000", "1250000"),
        ("−3", "-3"),
        ("-3", "-3"),
        (" 7 ", "7"),
        ("40 918", "40918"),
    ],
)
def test_numbers_as_swedes_write_them(text: str, tal: str) -> None:
    assert str(parse_tal(text)) == tal


@pytest.mark.parametrize("text", ["", "fem", "1,2,3", "1 25", "5 %", "1e3", "NaN", "٣x"])
def test_what_is_no_number(text: str) -> None:
    assert parse_tal(text) is None


def mal(text: str) -> Riktvarde:
    return parse_riktvarde(text)


@pytest.mark.parametrize(
    ("text", "kand", "ovriga", "tidigare", "namn", "riktning"),
    [
        ("≤ 30", UPP, (1, 2), (1,), "", NER),
        ("<1 %", None, (), (), "", NER),
        (">5", NER, (), (), "", UPP),
        ("Minska", UPP, (), (), "", NER),
        ("Öka", NER, (), (), "", UPP),
        ("10", NER, (), (), "", NER),
        ("10", UPP, (20, 10), (), "", UPP),
        ("2400", None, (2400, 2300), (), "", NER),
        ("900", None, (900, 1000), (2000,), "", UPP),
        ("90", None, (90, 90), (95,), "", NER),
        ("33", None, (33,), (None, 33, 33.8, 27.4), "", NER),
        ("33", None, (), (20, 40), "minska", UPP),
        ("3.5", None, (), (), "Arbetslösheten ska högst vara 3,0%", NER),
        ("3.5", None, (), (), "Minst tre", UPP),
        ("bibehålla", None, (), (5,), "", UPP),
    ],
)
def test_which_way_is_better(
    text: str,
    kand: Riktning | None,
    ovriga: tuple[float, ...],
    tidigare: tuple[float | None, ...],
    namn: str,
    riktning: Riktning,
) -> None:
    fore = [None if t is None else Decimal(str(t)) for t in tidigare]
    assert find_riktning(mal(text), kand, [Decimal(o) for o in ovriga], fore, namn) is riktning


@pytest.mark.parametrize(
    ("text", "fore", "namn", "enhet", "riktning"),
    [
        ("90", 93.5, "Jag känner mig trygg i skolan", "index", UPP),
        ("4", 4.5, "Företagsbesök, nöjdhet", "betyg", UPP),
        ("90", 93.5, "Andel", "andel", NER),
        ("4,5", 3.7, "Personalavgångar externt (%)", "andel", NER),
        ("10", None, "Personalomsättning (%)", "andel", NER),
        ("6,5", 6.0, "Total sjukfrånvaro", "index", NER),
        ("0", None, "Ärenden över tiden", "antal", NER),
        ("0", None, "Resultat", "mnkr", UPP),
        ("0", -2.5, "Avvikelse", "andel", UPP),
    ],
)
def test_what_everybody_wants_more_or_less_of(
    text: str, fore: float | None, namn: str, enhet: str, riktning: Riktning
) -> None:
    tidigare = [None if fore is None else Decimal(str(fore))]
    assert find_riktning(mal(text), None, (), tidigare, namn, enhet) is riktning


@pytest.mark.parametrize(
    ("text", "utfall", "jamforelse", "riktning", "svar"),
    [
        ("75", 75, None, UPP, NAS),
        ("75", 74, None, UPP, NAS_INTE),
        ("75", 74, 70, UPP, PA_VAG),
        ("75", 74, 74, UPP, NAS_INTE),
        ("10", 20.9, None, NER, NAS_INTE),
        ("10", 9, 12, NER, NAS),
        ("10", 11, 12, NER, PA_VAG),
        ("≥0", 0, None, UPP, NAS),
        ("<1 %", 1, None, NER, NAS_INTE),
        ("<1 %", 0.99, None, NER, NAS),
        (">89,9%", 89.9, 80, UPP, PA_VAG),
        (">89,9%", 90, None, UPP, NAS),
        ("≤ 30", 30, None, NER, NAS),
        ("Öka", 5, 4, UPP, NAS),
        ("Öka", 4, 4, UPP, NAS_INTE),
        ("Öka", 5, None, UPP, GAR_INTE),
        ("Minska", 3, 4, NER, NAS),
        ("Minska", 4, 4, NER, NAS_INTE),
        ("Bibehålla", 4, 4, UPP, NAS),
        ("Bibehålla", 3, 4, UPP, NAS_INTE),
        ("Bibehålla", 3, 4, NER, NAS),
        ("Utifrån budget", 5, 4, UPP, GAR_INTE),
        ("I.U", 5, 4, UPP, GAR_INTE),
        ("75", None, 4, UPP, GAR_INTE),
    ],
)
def test_what_is_reached(
    text: str, utfall: float | None, jamforelse: float | None, riktning: Riktning, svar: Maluppfyllelse
) -> None:
    ut = None if utfall is None else Decimal(str(utfall))
    fore = None if jamforelse is None else Decimal(str(jamforelse))
    assert judge(mal(text), ut, fore, riktning) is svar


@given(_tal, _tal, _tal | st.none(), st.sampled_from(("75", "≥ 3", "> 5", "Öka", "Bibehålla", "ca 2")))
def test_more_is_never_worse_where_up_is_better(
    ena: Decimal, andra: Decimal, fore: Decimal | None, text: str
) -> None:
    rang = [NAS_INTE, PA_VAG, NAS]
    samre, battre = (judge(mal(text), tal, fore, UPP) for tal in sorted((ena, andra)))
    if GAR_INTE not in (samre, battre):
        assert rang.index(samre) <= rang.index(battre)


@given(_tal, _tal | st.none(), st.sampled_from((("12", "-12"), ("≥ 3", "≤ -3"), ("Öka", "Minska"))))
def test_down_is_up_seen_in_a_mirror(utfall: Decimal, fore: Decimal | None, par: tuple[str, str]) -> None:
    spegel = None if fore is None else -fore
    assert judge(mal(par[0]), utfall, fore, UPP) is judge(mal(par[1]), -utfall, spegel, NER)


@pytest.mark.parametrize(
    ("kvinnor", "man", "svar"),
    [
        ((44, 100), (52, 100), NAS),
        ((440, 1000), (520, 1000), NAS_INTE),
        ((0, 10), (0, 10), NAS),
        ((10, 10), (10, 10), NAS),
        ((0, 0), (5, 10), GAR_INTE),
        ((5, 10), (0, 0), GAR_INTE),
        (None, (5, 10), GAR_INTE),
        ((5, 10), None, GAR_INTE),
    ],
)
def test_differences_between_kon(
    kvinnor: tuple[float, float] | None, man: tuple[float, float] | None, svar: Maluppfyllelse
) -> None:
    assert judge_skillnad(kvinnor, man) is svar
    assert judge_skillnad(man, kvinnor) is svar


def test_the_test_of_two_shares_against_a_worked_example() -> None:
    # p = 0.3 of 200 and 0.4 of 200: z = 0.1 / sqrt(0.35 * 0.65 * 0.01) = 2.0966; with 180 each z = 1.989,
    # with 170 each 1.933.
    assert judge_skillnad((60, 200), (80, 200)) is NAS_INTE
    assert judge_skillnad((54, 180), (72, 180)) is NAS_INTE
    assert judge_skillnad((51, 170), (68, 170)) is NAS


def test_one_answer_of_several_is_the_worst_that_could_be_judged() -> None:
    assert weigh_kon([NAS, GAR_INTE]) is NAS
    assert weigh_kon([NAS, PA_VAG]) is PA_VAG
    assert weigh_kon([NAS_INTE, PA_VAG]) is NAS_INTE
    assert weigh_kon([]) is GAR_INTE


@pytest.mark.parametrize(
    ("text", "riktning", "ord_"),
    [
        ("75", UPP, "minst 75"),
        ("10", NER, "högst 10"),
        ("10", None, "10"),
        ("≥0", NER, "minst 0"),
        ("≤ 30", UPP, "högst 30"),
        (">89,9%", UPP, "mer än 89,9"),
        ("<1 %", NER, "mindre än 1"),
        ("−2,50", UPP, "minst −2,50"),
        ("Öka", UPP, "öka"),
        ("Utifrån budget", UPP, "Utifrån budget"),
        ("I.U", UPP, ""),
    ],
)
def test_what_is_printed_of_a_target(text: str, riktning: Riktning | None, ord_: str) -> None:
    assert say_riktvarde(mal(text), riktning) == ord_


def test_the_number_may_be_written_by_others() -> None:
    assert say_riktvarde(mal("1250"), UPP, "1 250 kr") == "minst 1 250 kr"
