"""Prints of the same days laid side by side (R12)."""

from dataclasses import replace
from datetime import date

from db.rules.figurer import Summa
from db.rules.sidor import Sida
from db.rules.suppression_prov import find_told, is_of_same_days
from db.rules.urval import Urval
from tests.unit.rules.attack import count_row

AR = (date(2024, 1, 1), date(2024, 12, 31))
BARA_KVINNOR = {"b": {"kvinnor": "<5", "totalt": ".."}}


def side(*figurer: object, dolda: object = None, summor: object = ()) -> Sida:
    return Sida(*AR, AR[1], figurer, summor, dolda=dolda or {})  # type: ignore[arg-type]


HEL, B, C = count_row("a", 23, 9), count_row("b", 3, 9), count_row("c", 20, 0)
SUMMA = Summa("a", ("b", "c"))


def test_two_prints_may_tell_what_neither_does() -> None:
    ena = side(B, dolda=BARA_KVINNOR)
    andra = side(HEL, C)
    assert find_told([ena]) == find_told([andra]) == []
    bunden = side(HEL, C, summor=(SUMMA,))
    assert find_told([bunden]) == []  # the sum is of a row that is not there
    assert ("b", "kvinnor") in find_told([ena, bunden])


def test_what_one_shows_is_known_and_the_mark_that_says_more_holds() -> None:
    vag = side(B, dolda={"b": {"kvinnor": "..", "totalt": ".."}})
    assert find_told([vag, side(B, dolda=BARA_KVINNOR)]) == find_told([vag]) == []
    assert ("b", "kvinnor") in find_told([vag, side(B)])


def test_a_row_that_differs_is_the_first_ones() -> None:
    ny = side(count_row("b", 30, 9))
    assert find_told([side(B, dolda=BARA_KVINNOR), ny]) == []


def test_the_same_days() -> None:
    halvar = Sida(AR[0], date(2024, 6, 30), AR[1], ())
    assert is_of_same_days(side(), side(B))
    assert not is_of_same_days(side(), halvar)
    assert not is_of_same_days(side(), replace(side(), urval=Urval("A")))
