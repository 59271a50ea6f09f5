"""An attacker with everything that has left of the screen Avslut and of the report, in any order (R12)."""

import random
from collections import Counter, defaultdict
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date

import pytest

from db.errors import KnownError
from db.queries.figurer.avslut import Avslutsrad, make_figures
from db.queries.figurer.efter_avslut import Vag, Varaktighet
from db.queries.figurer.gemensamt import add, by_kon
from db.rules.figurer import Figur, Konsvarden, Summa
from db.rules.koder import Uppfoljningsslag
from db.rules.period import parse_period
from db.rules.sidor import Sida
from db.rules.suppression_minne import hide_sides, read_out
from desktop.screens.avslut.model import Siffror
from desktop.screens.avslut.utlamnas import make_sides
from tests.unit.rules.attack import Attacker, Plats
from tests.unit.rules.attack_prints import can_be_otherwise

PERIOD, PER = parse_period("2026"), date(2026, 12, 31)
RESULTAT = (("arbete", True), ("arbete", False), ("studier", None), ("avbrutit", None))
NYCKLAR = ("kvinnor", "man", "uppgift_saknas", "totalt")
RAPPORT = "rapport"
ALLT = (RAPPORT, "klasser", "tabell", "matris", "dagar", "tillbaka")


def make(slump: random.Random) -> Siffror:
    """A few avslut of a few results, and where they went."""

    def some() -> Konsvarden:
        return by_kon((("K", slump.choice((0, 1, 2, 6))), ("M", slump.choice((0, 0, 3, 7)))))

    rader = []
    for resultat, manad in RESULTAT:
        back, stayed = (some() if slump.random() < 0.6 else by_kon(())), some()
        dagar = ((slump.choice((20, 200)), back),) if back.totalt else ()
        rader.append(Avslutsrad(resultat, manad, add(back, stayed), dagar))
    figurer = {figur.id: figur for figur in make_figures(tuple(rader), by_kon(()))}
    kvar = tuple(Varaktighet(slag.value, *(by_kon(()) for _ in "ask")) for slag in Uppfoljningsslag)
    vagar = share_out(slump, figurer["avslut.totalt"].varde)
    return Siffror(tuple(rader), figurer, vagar, kvar, 5)


def share_out(slump: random.Random, totalt: Konsvarden) -> dict[Vag, Konsvarden]:
    """Most go one of two ways, a few another."""
    ways: list[Vag] = [("a", "b"), ("a", "c"), ("d", "b"), (None, "c")]
    antal: defaultdict[Vag, Counter[str | None]] = defaultdict(Counter)
    for kon, key in (("K", "kvinnor"), ("M", "man")):
        for _ in range(int(totalt.get(key) or 0)):
            antal[slump.choices(ways, (6, 5, 1, 2))[0]][kon] += 1
    return {vag: by_kon(counter.items()) for vag, counter in antal.items()}


def print_all(siffror: Siffror, order: Sequence[str]) -> list[Sida]:
    """The sides that have left, one after the other, as the programme hides them."""
    sidor, out = make_sides(siffror, PERIOD, PER), list[Sida]()
    for namn in order:
        utgivna = [read_out(sida) for sida in reversed(out)]
        if namn == RAPPORT:
            (marks,) = hide_sides([sidor.rapport], utgivna)
            out.append(replace(sidor.rapport, dolda=marks))
        else:
            with suppress(KnownError):  # it may not leave
                out += sidor.underlag(namn, namn, dict).hide(utgivna).sidor
    return out


def attack(sidor: Sequence[Sida]) -> list[tuple[Plats, int]]:
    """Every number of 1–4 that all of them together leave no doubt about. The attacker knows that a row of
    the same name is the same number, that every avslut has a result and went somewhere, and all sums."""
    summor = {summa for sida in sidor for summa in sida.summor}
    figurer: dict[str, Figur] = {}
    dolda: dict[str, dict[str, str]] = {}
    for sida in sidor:
        for figur in sida.figurer:
            marks, before = dict(sida.dolda[figur.id]), dolda.get(figur.id)
            # Shown in one of them is known in all; of two marks the one that says more holds.
            if before is not None:
                marks = {k: max(marks[k], before[k]) for k in marks.keys() & before.keys()}
            dolda[figur.id] = marks
            figurer[figur.id] = figur
    antal = [figur for figur in figurer.values() if figur.enhet in ("antal", "andel")]
    tak = 2 + int(max((figur.varde.totalt or 0) for figur in antal if figur.enhet == "antal"))
    attacker = Attacker(antal, [s for s in sorted(summor, key=str) if _known(s, figurer)], dolda, 5, tak)
    for plats, doman in attacker.doman.items():
        # Where a print is hidden against others, `..` stands for small and large alike.
        if len(doman) > 1 and dolda.get(plats[0], {}).get(plats[1]) == "..":
            attacker.doman[plats] = range(tak + 1)
    return [
        ((rad, k), tal)
        for rad, marks in dolda.items()
        for k in marks
        if 0 < (tal := attacker.sanning.get((rad, k), 0)) < 5 and not can_be_otherwise(attacker, (rad, k))
    ]


def _known(summa: Summa, figurer: dict[str, Figur]) -> bool:
    return all(rad in figurer for rad in (summa.hel, *summa.delar))


@pytest.mark.parametrize("seed", range(8))
def test_nothing_small_is_given_away_in_any_order(seed: int) -> None:
    slump = random.Random(seed)
    siffror = make(slump)
    order = slump.sample(ALLT, len(ALLT))
    assert attack(print_all(siffror, order)) == []
