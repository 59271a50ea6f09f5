"""What is derived from a name: place in the alphabet, search words."""

from db.rules.namn import LONGEST, sokord, sortering


def test_a_whole_efternamn_weighs_before_any_fornamn() -> None:
    namn = [
        ("Ek Berg", "Cia"),
        ("Ek", "David"),
        ("Ekberg", "Anna"),
        ("Ek", "Anna"),
        ("Öst", "Bo"),
        ("Åh", "Bo"),
    ]
    ordnade = sorted(namn, key=lambda n: sortering(*n))
    assert ordnade == [
        ("Ek", "Anna"),
        ("Ek", "David"),
        ("Ek Berg", "Cia"),
        ("Ekberg", "Anna"),
        ("Åh", "Bo"),
        ("Öst", "Bo"),
    ]


def test_search_words_are_folded_and_each_once() -> None:
    assert sokord("Åberg-Öst", "Åberg André") == {"åberg", "öst", "andre"}


def test_nothing_is_longer_than_its_column() -> None:
    assert len(sortering("Ж" * 200, "Ж" * 200)) == LONGEST
    assert all(len(ord_) <= LONGEST for ord_ in sokord("x" * 500, "y"))
