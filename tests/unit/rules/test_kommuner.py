"""SCB's codes of the municipalities."""

import pytest

from db.rules.kommuner import _NAMN, RIKET, find_kommunkod, kommun_name

# How many municipalities each county has.
LAN = {
    "01": 26, "03": 8, "04": 9, "05": 13, "06": 13, "07": 8, "08": 12, "09": 1, "10": 5, "12": 33, "13": 6,
    "14": 49, "17": 16, "18": 12, "19": 10, "20": 15, "21": 10, "22": 7, "23": 8, "24": 15, "25": 14,
}  # fmt: skip


def test_every_municipality_is_there_once() -> None:
    koder = [kod for kod in _NAMN if kod != RIKET]
    assert {lan: sum(kod.startswith(lan) for kod in koder) for lan in LAN} == LAN
    assert len(koder) == len({_NAMN[kod] for kod in koder}) == 290


@pytest.mark.parametrize(
    ("namn", "kod"),
    [
        ("Linköping", "0580"), ("linköpings kommun ", "0580"), ("Uppsala kommun", "0380"), ("Borås", "1490"),
        ("Borås kommun", "1490"), ("Marks kommun", "1463"), ("Provstad", ""), ("", ""),
    ],
)  # fmt: skip
def test_a_municipality_is_found_by_its_name(namn: str, kod: str) -> None:
    assert find_kommunkod(namn) == kod


def test_a_code_is_told_by_name_where_it_is_a_municipality() -> None:
    assert kommun_name(RIKET) == "Riket"
    assert kommun_name("0580") == "Linköping"
    assert kommun_name("G27814") == "G27814"
