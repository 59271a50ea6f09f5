"""What is known of the measures that the register can work out."""

from decimal import Decimal

import pytest

from db.rules.planmatt import convert, find_kolada, find_rapport, known_riktning
from db.rules.riktvarde import Riktning
from tests.helpers.planer import planmallar


def test_every_measure_of_the_five_belongs_to_a_report() -> None:
    ids = {i.beraknas for plan in planmallar().values() for i in (*plan.indikatorer, *plan.volymer)} - {""}
    assert len(ids) == 33
    assert all(find_rapport(id_) for id_ in ids)
    assert find_rapport("okand.rad") is None
    assert find_rapport("") is None


@pytest.mark.parametrize(
    ("beraknas", "riktning"),
    [
        ("vantetid.medel", Riktning.NER),
        ("hushall.med_insats", Riktning.NER),
        ("belaggning.intern.kostnad_per_plats", Riktning.NER),
        ("belaggning.intern.grad", Riktning.UPP),
        ("avslut.andel_arbete_studier", Riktning.UPP),
        ("deltagare.unika", None),
        ("", None),
    ],
)
def test_which_way_is_better(beraknas: str, riktning: Riktning | None) -> None:
    assert known_riktning(beraknas) is riktning


def test_keys_of_kolada() -> None:
    assert find_kolada("avslut.andel_arbete_studier", "") == "U40455"
    assert find_kolada("avslut.andel_arbete_studier", "U40456") == "U40456"
    assert find_kolada("avslut.andel_arbete_studier", "", ["Kolada N00001"]) == "U40455"
    assert find_kolada("", "", ["Procapita", "Arbetsförmedlingen Kolada ID:N03920"]) == "N03920"
    assert find_kolada("", "", ["N03920", "Kolada"]) == ""
    assert find_kolada("x", "") == ""


def test_kronor_in_thousands() -> None:
    assert convert(Decimal(244_000), "kr", "tkr") == 244
    assert convert(Decimal(5), "mnkr", "kr") == 5_000_000
    assert convert(Decimal(5), "andel", "antal") == 5
