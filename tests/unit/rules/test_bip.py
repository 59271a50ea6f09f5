"""BIP (domain.md section 5)."""

from datetime import date

import pytest

from db.rules.bip import (
    BIP_INDIKATORER,
    LANGSTA_ETIKETT,
    SKALA,
    Forandring,
    calculate_forandring,
    calculate_nasta_matning,
    is_etiketter,
    list_indikatorer,
    name_indikatorer,
    suggest_nasta_matning,
)
from db.rules.koder import Svarande
from db.rules.text import slug


def test_labels() -> None:
    assert len(BIP_INDIKATORER) == len({slug(namn) for namn in BIP_INDIKATORER}) == 11
    assert list_indikatorer(Svarande.HANDLAGGARE) == BIP_INDIKATORER
    assert list_indikatorer(Svarande.DELTAGARE) == BIP_INDIKATORER[:9]
    assert BIP_INDIKATORER[9:] == ("yrkeskunskap", "handläggarens tro på jobb")
    assert SKALA == 5


@pytest.mark.parametrize(
    ("senaste", "nasta"),
    [
        (date(2024, 5, 10), date(2024, 8, 10)),
        (date(2023, 11, 30), date(2024, 2, 29)),
        (date(2024, 11, 30), date(2025, 2, 28)),
        (date(2024, 10, 31), date(2025, 1, 31)),
    ],
)
def test_next_is_due_three_months_after_the_latest(senaste: date, nasta: date) -> None:
    assert calculate_nasta_matning(senaste) == nasta


def test_an_agreed_day_ahead_is_kept() -> None:
    assert suggest_nasta_matning(date(2024, 5, 10), None) == date(2024, 8, 10)
    assert suggest_nasta_matning(date(2024, 5, 10), date(2024, 7, 1)) == date(2024, 7, 1)
    assert suggest_nasta_matning(date(2024, 5, 10), date(2024, 5, 10)) == date(2024, 8, 10)


def test_change_is_latest_minus_first_and_minus_the_one_before() -> None:
    varden = [(date(2024, 6, 1), 5), (date(2024, 1, 1), 2), (date(2024, 9, 1), 4)]
    assert calculate_forandring(varden) == Forandring(forsta=2, forra=-1)
    assert calculate_forandring(varden[:2]) == Forandring(forsta=3, forra=3)
    assert calculate_forandring(varden[:1]) == calculate_forandring([]) == Forandring()


def test_names_on_screen() -> None:
    assert is_etiketter(BIP_INDIKATORER)
    assert is_etiketter([f"Fråga {number}" for number in range(11)])
    names = name_indikatorer(("Mående", *BIP_INDIKATORER[1:]))
    assert (names["hälsa i vardagen"], names["nätverk"]) == ("Mående", "nätverk")


@pytest.mark.parametrize("first", ["", " ", "x" * (LANGSTA_ETIKETT + 1), 5, "Nätverk "])
def test_names_that_do_not_do(first: object) -> None:
    assert not is_etiketter([first, *BIP_INDIKATORER[1:]])


@pytest.mark.parametrize("names", ["hälsa", BIP_INDIKATORER[:10], None])
def test_not_eleven_names(names: object) -> None:
    assert not is_etiketter(names)
