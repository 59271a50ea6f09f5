"""When things fall due in the work lists, at the days where it turns."""

from datetime import date

import pytest

from db.rules.idag import (
    Lista,
    Nar,
    find_bip_frist,
    find_planering_frist,
    is_inaktuell,
    place_frist,
    place_krav,
)

DAG = date(2024, 6, 3)


@pytest.mark.parametrize(
    ("frist", "nar"),
    [
        (date(2024, 6, 2), Nar.PASSERAD), (date(2024, 6, 3), Nar.IDAG), (date(2024, 6, 4), Nar.VECKA),
        (date(2024, 6, 10), Nar.VECKA), (date(2024, 6, 11), Nar.SENARE), (None, Nar.SENARE),
    ],
)  # fmt: skip
def test_a_due_day_is_in_one_pill(frist: date | None, nar: Nar) -> None:
    assert place_frist(frist, DAG) is nar


@pytest.mark.parametrize(
    ("frist", "lista"),
    [
        (date(2024, 6, 6), Lista.AKTIVITETSKRAV), (date(2024, 6, 7), Lista.UTAN_AKTIVITET),
        (date(2024, 1, 1), Lista.AKTIVITETSKRAV), (None, Lista.UTAN_AKTIVITET),
    ],
)  # fmt: skip
def test_the_aktivitetskrav_is_near_three_days_ahead(frist: date | None, lista: Lista) -> None:
    assert place_krav(frist, DAG) is lista


@pytest.mark.parametrize(
    ("senaste", "avtalad", "frist"),
    [
        (None, None, date(2024, 1, 22)),
        (None, date(2024, 1, 15), date(2024, 1, 15)),
        (date(2024, 2, 29), None, date(2024, 5, 29)),
        (date(2024, 2, 29), date(2024, 4, 1), date(2024, 4, 1)),
        # Measured on the day agreed: the quarter counts again.
        (date(2024, 4, 1), date(2024, 4, 1), date(2024, 7, 1)),
    ],
)
def test_the_next_measurement(senaste: date | None, avtalad: date | None, frist: date) -> None:
    assert find_bip_frist(senaste, avtalad, date(2024, 1, 8)) == frist


def test_the_first_planering_is_due_when_the_kartlaggning_is_done() -> None:
    start = date(2024, 1, 8)
    assert find_planering_frist(start, None) == date(2024, 1, 22)
    assert find_planering_frist(start, date(2024, 1, 15)) == date(2024, 1, 15)
    assert find_planering_frist(start, date(2024, 2, 15)) == date(2024, 1, 22)


def test_a_planering_is_out_of_date_a_month_after_a_missed_follow_up() -> None:
    assert not is_inaktuell(date(2024, 5, 4), DAG)
    assert is_inaktuell(date(2024, 5, 3), DAG)
