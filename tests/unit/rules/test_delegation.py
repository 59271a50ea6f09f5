"""What must not stand in the list of delegationsbeslut: numbers and names of people."""

from datetime import date

import pytest

from db.rules.delegation import (
    HIDDEN,
    HIDDEN_NAME,
    find_name,
    has_number,
    hide_names,
    hide_numbers,
    list_names,
    name_words,
    names_person,
)

IDAG = date(2024, 6, 3)


@pytest.mark.parametrize(
    "text",
    [
        "Bifall för 19900101-9802.",
        "900101-9802",
        "9001019802",
        "900101–9802",
        "avslag (199001619802)",
        "20100131T123",
        "900101-9803",  # miswritten, but who it is can be guessed
    ],
)
def test_what_looks_like_a_number_of_a_person_is_found(text: str) -> None:
    assert has_number(text)


@pytest.mark.parametrize(
    "text",
    ["Bifall 12 400 kr", "Dnr 2024-000123", "1234567890123", "994001-1234", "900199-1234", "2024-06"],
)
def test_other_numbers_are_left_alone(text: str) -> None:
    assert not has_number(text)
    assert hide_numbers(text, IDAG) == text


def test_right_numbers_are_taken_out_and_the_rest_stays() -> None:
    told = "Bifall 900101-9802 och 19900101–9802, ej 900101-9803."
    assert hide_numbers(told, IDAG) == f"Bifall {HIDDEN} och {HIDDEN}, ej 900101-9803."


@pytest.mark.parametrize(
    ("text", "namn"),
    [
        ("Bifall till Anna Andersson", "Anna Andersson"),
        ("Bifall Anna Ek", ""),  # too short to tell from an abbreviation
        ("Anna-Karin Öberg får bistånd", "Anna-Karin Öberg"),
        ("Avslag för Ebba von Platen", "Ebba von Platen"),
        ("Avslag Enligt beslut", ""),
        ("Avslag. Bifall i övrigt", ""),
        ("Delvis bifall enligt SoL 12 kap. 1 §", ""),
        ("Anna. Andersson", ""),
        ("Anna får von Platen", ""),
        ("bifall", ""),
        ("", ""),
    ],
)
def test_two_words_that_look_like_a_name_are_found(text: str, namn: str) -> None:
    assert find_name(text) == namn


@pytest.mark.parametrize(
    ("text", "kvar"),
    [
        ("Bifall för Åsa Ågren", "Bifall för #"),
        ("Bifall Ågren, Åsa.", "Bifall #."),
        ("Åsas ansökan", "# ansökan"),
        ("ÅSA ÅGREN och ÅGRENS", "# och #"),
        ("åsa sol SoL 12 kap. Åsasson", "åsa sol SoL 12 kap. Åsasson"),
        ("Ebba von Platens barn", "# barn"),
        ("Ebba von Platenborg", "Ebba von Platenborg"),
        ("Bifall", "Bifall"),
    ],
)
def test_names_are_taken_out(text: str, kvar: str) -> None:
    egna = name_words("Åsa Sol", "Ågren")
    assert hide_names(text, egna, ["Ebba von Platen"]) == kvar.replace("#", HIDDEN_NAME)


def test_the_words_of_a_name_and_the_names_in_a_text() -> None:
    assert name_words("Anna-Karin E", "von Platen") == {"Anna-Karin", "Platen"}
    assert list_names("Bifall till Anna Lindgren och Ebba von Platens barn") == (
        "Anna Lindgren", "Ebba von Platens", "Ebba von Platen",
    )  # fmt: skip


def test_the_own_name_is_found_as_it_is_written() -> None:
    assert names_person("Bo får bistånd", "Bo", "Ek")
    assert names_person("Avslag för Ek", "Bo", "Ek")
    assert not names_person("Får bo kvar", "Bo", "Ek")
    assert not names_person("Anna", "Anna Maria", "")
