"""A print is hidden against those of other urval (R12): cases, and an attacker who has all of them."""

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import product

import pytest

from db.rules import suppression_urval
from db.rules.figurer import Figur, Konsvarden
from db.rules.sidor import Nar, Sida, side_from_plain, side_to_plain
from db.rules.suppression_minne import hide_sides, read_out
from db.rules.urval import ALLA, Urval
from tests.unit.rules.attack import Attacker, Plats, count_row
from tests.unit.rules.attack_prints import (
    NYCKLAR,
    RADER,
    Handelser,
    Prints,
    _value,
    make_side,
)

AR = (date(2024, 1, 1), date(2024, 12, 31))
H1 = (date(2024, 1, 1), date(2024, 6, 30))
H2 = (date(2024, 7, 1), date(2024, 12, 31))
UNGA, KOKET, SNICKERIET = Urval(malgrupp="unga"), Urval(enhet="Köket"), Urval(enhet="Snickeriet")
SKOGEN = Urval(enhet="Skogen")


def side(urval: Urval, *figurer: Figur, dagar: tuple[date, date] = AR, **more: object) -> Sida:
    made = Sida(dagar[0], dagar[1], dagar[1], figurer, urval=urval)
    return replace(made, **more)  # type: ignore[arg-type]


def total(antal: int) -> Figur:
    return Figur("a", "antal", Konsvarden(totalt=antal))


def out(*sidor: Sida) -> list[Sida]:
    """The sides as printed one after the other, with what is hidden of each."""
    printed: list[Sida] = []
    for sida in sidor:
        (marks,) = hide_sides([sida], [read_out(s) for s in reversed(printed)])
        printed.append(replace(sida, dolda=marks))
    return printed


def marks(*sidor: Sida) -> list[str]:
    """The mark of the total of row a, print by print."""
    return [dict(sida.dolda["a"]).get("totalt", "") for sida in out(*sidor)]


def test_what_an_urval_leaves_of_all_must_not_be_small() -> None:
    assert marks(side(ALLA, total(20)), side(UNGA, total(17))) == ["", ".."]
    assert marks(side(UNGA, total(17)), side(ALLA, total(20))) == ["", ".."]
    assert marks(side(ALLA, total(20)), side(UNGA, total(15))) == ["", ""]
    assert marks(side(ALLA, total(20)), side(UNGA, total(20))) == ["", ""]
    assert marks(side(ALLA, total(20)), side(UNGA, total(0))) == ["", ""]


def test_urval_that_hold_nobody_of_each_other_tell_nothing() -> None:
    assert marks(side(KOKET, total(20)), side(SNICKERIET, total(17))) == ["", ""]
    assert marks(side(KOKET, total(20)), side(UNGA, total(17))) == ["", ""]


def test_an_urval_within_an_urval() -> None:
    unga_i_koket = Urval("", "Köket", "unga")
    assert marks(side(KOKET, total(20)), side(unga_i_koket, total(17))) == ["", ".."]
    assert marks(side(UNGA, total(20)), side(unga_i_koket, total(17))) == ["", ".."]


def test_enheter_that_make_the_whole_tell_the_third() -> None:
    sidor = [
        side(ALLA, total(30)),
        side(SKOGEN, total(3)),
        side(KOKET, total(12)),
        side(SNICKERIET, total(15)),
    ]
    assert marks(*sidor) == ["", "..", "", ".."]


def test_few_with_no_enhet_are_not_told() -> None:
    sidor = [side(ALLA, total(30)), side(KOKET, total(12)), side(SNICKERIET, total(16))]
    assert marks(*sidor) == ["", "", ".."]


def test_enheter_that_share_people_are_no_sum() -> None:
    sidor = [side(ALLA, total(30)), side(KOKET, total(20)), side(SNICKERIET, total(20))]
    assert marks(*sidor) == ["", "", ""]


def test_by_two_ways_at_once() -> None:
    """Three young of the one enhet, the rest of all other numbers shown: those that make them are hidden."""
    delar = {
        ALLA: 100, KOKET: 60, SNICKERIET: 40, UNGA: 10, Urval("", "Köket", "unga"): 3,
        Urval("", "Snickeriet", "unga"): 7,
    }  # fmt: skip
    found = marks(*(side(urval, total(antal)) for urval, antal in delar.items()))
    assert found[-2:] == ["..", ".."]


def test_other_days_of_another_urval() -> None:
    """Half a year of all the young within the year of all, and two halves that make the year."""
    assert marks(side(ALLA, total(20)), side(UNGA, total(17), dagar=H1)) == ["", ".."]
    assert marks(side(ALLA, total(20)), side(UNGA, total(12), dagar=H1)) == ["", ""]
    assert marks(side(UNGA, total(17), dagar=H1), side(ALLA, total(20))) == ["", ".."]
    halves = side(ALLA, total(10), dagar=H1), side(ALLA, total(10), dagar=H2)
    assert marks(*halves, side(UNGA, total(17))) == ["", "", ".."]
    assert marks(*halves, side(UNGA, total(20))) == ["", "", ""]


def test_days_that_end_the_same_count_the_same_on_the_last() -> None:
    """Rows of the last day are compared though the periods are others."""
    nar = {"a": Nar.DAG}
    assert marks(side(ALLA, total(20), nar=nar), side(UNGA, total(17), dagar=H2, nar=nar)) == ["", ".."]
    assert marks(side(ALLA, total(20), nar=nar), side(UNGA, total(17), dagar=H1, nar=nar)) == ["", ""]


def test_a_kon_hidden_for_the_whole_is_hidden_in_the_part() -> None:
    """Three män of all: as many kvinnor of an urval as of all would tell of them."""
    whole, part = out(side(ALLA, count_row("a", 50, 3)), side(UNGA, count_row("a", 50, 0)))
    assert set(whole.dolda["a"]) == {"man", "kvinnor"}
    assert "totalt" in part.dolda["a"]
    assert len(part.dolda["a"]) > 1


def test_the_same_urval_is_shown_again() -> None:
    first, second = out(side(ALLA, total(30)), *2 * [side(UNGA, total(20))])[1:]
    assert first.dolda == second.dolda == {"a": {}}


def test_too_many_urval(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(suppression_urval, "FLEST", 1)
    sidor = [side(ALLA, total(100)), side(KOKET, total(50)), side(UNGA, total(30))]
    assert marks(*sidor) == ["", "", ".."]


def test_a_side_keeps_its_urval_when_read_again() -> None:
    for urval in (ALLA, Urval("Arena Arbetsmarknad", "Köket", "unga")):
        sida = out(side(urval, total(20)))[0]
        assert side_from_plain(side_to_plain(sida)).urval == urval
    assert "urval" not in side_to_plain(side(ALLA, total(20)))


ATOMER = list(product(("Köket", "Snickeriet", "Skogen"), ("unga", "")))
SOKTA = [Urval("", enhet, grupp) for enhet in ("", "Köket", "Snickeriet", "Skogen") for grupp in ("", "unga")]


@dataclass(frozen=True)
class UrvalPrints(Prints):
    """Prints of the same days and other urval: what happened is told by kind of people instead of by day."""

    def wanted(self) -> Iterator[tuple[Plats, Sequence[tuple[Plats, int]]]]:
        """What one urval leaves of another that holds it, where it is 1–4."""
        for n, a in enumerate(self.sidor):
            for m, b in enumerate(self.sidor):
                if a.urval == b.urval or not b.urval.holds(a.urval):
                    continue
                for rad in RADER:
                    for k in NYCKLAR:
                        if 0 < _value(b, rad, k) - _value(a, rad, k) < 5:
                            yield (f"{m}-{n}/{rad}", k), (((f"{m}/{rad}", k), 1), ((f"{n}/{rad}", k), -1))

    def _atoms(self) -> list[tuple[int, int]]:
        return [(n, n + 1) for n in range(len(ATOMER))]

    def _add_atoms(self, attacker: Attacker, atomer: Sequence[tuple[int, int]], tak: int) -> None:
        for n, dagar in enumerate(atomer):
            sida = make_side(self.handelser, dagar)
            for rad in RADER:
                for k in NYCKLAR:
                    attacker.doman[f"atom {n}/{rad}", k] = range(tak + 1)
                    attacker.sanning[f"atom {n}/{rad}", k] = _value(sida, rad, k)
                attacker._bind(f"atom {n}/{rad}")
        for n, sida in enumerate(self.sidor):
            for rad in RADER:
                for k in NYCKLAR:
                    termer = [((f"atom {m}/{rad}", k), -1) for m in _kinds(sida.urval)]
                    attacker.ekvationer.append([((f"{n}/{rad}", k), 1), *termer])


def _kinds(urval: Urval) -> list[int]:
    return [
        n
        for n, (enhet, grupp) in enumerate(ATOMER)
        if urval.enhet in ("", enhet) and urval.malgrupp in ("", grupp)
    ]


def urval_side(handelser: Handelser, urval: Urval) -> Sida:
    """What the report says of those of an urval."""
    kinds = _kinds(urval)
    own = {(0, rad, k): 0 for (_, rad, k) in handelser}
    for (n, rad, k), antal in handelser.items():
        own[0, rad, k] += antal if n in kinds else 0
    return replace(make_side(own, (0, 1)), urval=urval)


def sequence(seed: int) -> tuple[Handelser, list[Urval]]:
    slump = random.Random(seed)
    tal = [(0, 0, 1, 2, 3, 6, 9), (0, 0, 1, 2, 3, 6, 9), (0, 0, 0, 0, 1)]
    handelser = {
        (n, rad, k): slump.choice(tal[k])
        for n in range(len(ATOMER))
        for rad in ("d0", "d1")
        for k in range(3)
    }
    return handelser, slump.sample(SOKTA, slump.randint(2, 5))


def print_all(handelser: Handelser, sokta: Sequence[Urval], *, remembers: bool) -> UrvalPrints:
    printed: list[Sida] = []
    for urval in sokta:
        sida = urval_side(handelser, urval)
        ute = [read_out(s) for s in reversed(printed)] if remembers else []
        printed.append(replace(sida, dolda=hide_sides([sida], ute)[0]))
    return UrvalPrints(printed, handelser)


@pytest.mark.parametrize("seed", [1, 2, 4, 7, 9, 17])
def test_no_attacker_with_every_urval_gets_through(seed: int) -> None:
    assert print_all(*sequence(seed), remembers=True).give_away() == []


@pytest.mark.parametrize("seed", [1, 17])
def test_without_the_memory_the_attacker_gets_through(seed: int) -> None:
    assert print_all(*sequence(seed), remembers=False).give_away()
