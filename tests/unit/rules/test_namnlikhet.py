"""Which names may be one person's, written by two people."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.namnlikhet import is_like, is_same, sound_of, word_is_like

NAMES = st.text(alphabet="abcdehijklmnoprstuvyzåäöéü -", max_size=18)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Hodan", "Rönnstig"), ("Hodan", "Rönnstig")),
        (("Hodan", "Rönnstig"), ("Hodan", "Berg")),  # changed efternamn
        (("Rönnstig", "Hodan"), ("Hodan", "Rönnstig")),  # written in each other's place
        (("Mohamed", "Ali"), ("Muhammed", "Ali")),
        (("Kristina", "Ek"), ("Christina", "Ek")),
        (("Ann-Marie", "Ek"), ("Ann Marie", "Ek")),
        (("Åsa", "Öberg"), ("Asa", "Oberg")),
        (("Hod", ""), ("Hodan", "Rönnstig")),  # still being written
        (("Hoadn", "Rönnstig"), ("Hodan", "Rönnstig")),
        (("Yusuf", "Lövmo"), ("Jusuf", "Lövmo")),
        (("Anna Karin", "Ek"), ("Karin", "Ek")),
        (("Ann-Marie", "Ek"), ("Annmarie", "Berg")),
    ],
)
def test_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert is_like(*one, *other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("Amir", "Lövmo"), ("Samira", "Lövmo")),  # twins
        (("Bo", "Ek"), ("Bi", "Ek")),
        (("Hodan", "Rönnstig"), ("Åsa", "Öberg")),
        (("", "Rönnstig"), ("", "Rönnstig")),
        (("Ho", "Rönnstig"), ("Hodan", "Rönnstig")),
        (("Hodan", "Ek"), ("Ek", "Berg")),
    ],
)
def test_not_alike(one: tuple[str, str], other: tuple[str, str]) -> None:
    assert not is_like(*one, *other)


def test_spellings_of_one_sound() -> None:
    assert sound_of("christina") == sound_of("kristina") == "kristina"
    assert sound_of("zackarias") == sound_of("sakarias")


def test_the_same_words_in_any_order() -> None:
    assert is_same("Åsa", "Öberg", "Öberg", "ÅSA")
    assert is_same("Ann-Marie", "Ek", "Ann Marie Britta", "Ek")
    assert not is_same("Åsa", "Öberg", "Åsa", "Ek")
    assert not is_same("Åsa", "", "Åsa", "Öberg")


@given(NAMES, NAMES, NAMES, NAMES)
def test_the_order_makes_no_difference(a: str, b: str, c: str, d: str) -> None:
    assert is_like(a, b, c, d) == is_like(c, d, a, b)
    assert is_same(a, b, c, d) == is_same(c, d, a, b)


@given(st.text(alphabet="abcdefghiklmno", min_size=4, max_size=12), st.data())
def test_one_slip_is_passed_over(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 2))
    slips = (
        word[:place] + word[place + 1 :] if len(word) > 4 else word,
        f"{word[:place]}p{word[place:]}",
        f"{word[:place]}p{word[place + 1 :]}",
        word[:place] + word[place + 1] + word[place] + word[place + 2 :],
    )
    assert all(word_is_like(word, slip) for slip in slips)


@given(NAMES)
def test_a_name_is_like_itself(name: str) -> None:
    if any(len(word) >= 3 for word in name.replace("-", " ").split() if word.isalpha()):
        assert is_like(name, "", name, "")
