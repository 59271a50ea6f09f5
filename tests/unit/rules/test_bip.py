"""BIP (domain.md section 5)."""

from datetime import date

import pytest

from db.rules.bip import (
    BIP_INDIKATORER,
    SKALA,
    calculate_forandring,
    calculate_nasta_matning,
    list_indikatorer,
)
from db.rules.koder import Svarande
from db.rules.text import slug


def test_labels() -> None:
    assert len(BIP_INDIKATORER) == len({slug(namn) for namn in BIP_INDIKATORER}) == 11
    assert list_indikatorer(Svarande.HANDLAGGARE) == BIP_INDIKATORER
    assert list_indikatorer(Svarande.DELTAGARE) == BIP_INDIKATORER[:9]
    assert BIP_INDIKATORER[9:] == ("yrkeskunskap", "handläggarens tro på jobb")
    assert list(SKALA) == [1, 2, 3, 4, 5]


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


def test_change_is_latest_minus_first() -> None:
    varden = [(date(2024, 6, 1), 5), (date(2024, 1, 1), 2), (date(2024, 9, 1), 4)]
    assert calculate_forandring(varden) == 2
    assert calculate_forandring(varden[:1]) is None
    assert calculate_forandring([]) is None
