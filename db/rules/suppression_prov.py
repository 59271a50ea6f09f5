"""Proof that prints of the same days tell nothing hidden when they are laid side by side (R12)."""

from collections.abc import Sequence

from db.rules.figurer import KON_NYCKLAR, Figur, Summa
from db.rules.sidor import Sida
from db.rules.suppression import TROSKEL, derivable
from db.rules.suppression_hider import SKYDDAT


def find_told(sidor: Sequence[Sida], troskel: int = TROSKEL) -> list[tuple[str, str]]:
    """The small numbers, as (row id, kön key), that are not proven to stay hidden when all of the sides are
    read together, with every sum of any of them. Errs on the side of caution.

    A number of one row is the same in all of them: of a row that differs the first side's is looked at.
    """
    figurer: dict[str, Figur] = {}
    dolda: dict[str, dict[str, str]] = {}
    for sida in sidor:
        for figur in sida.figurer:
            marks = dict(sida.dolda.get(figur.id, {}))
            if figurer.setdefault(figur.id, figur) == figur:
                dolda[figur.id] = _both(dolda[figur.id], marks) if figur.id in dolda else marks
    summor = {summa for sida in sidor for summa in sida.summor if _is_whole(summa, figurer)}
    found = derivable(list(figurer.values()), sorted(summor, key=str), dolda, troskel)
    return [(rad, nyckel) for rad, nyckel, tal in found if 0 < tal < troskel]


def is_of_same_days(sida: Sida, andra: Sida) -> bool:
    """Whether two sides tell of the same people and days."""
    return (sida.fran, sida.slut, sida.urval) == (andra.fran, andra.slut, andra.urval)


def _is_whole(summa: Summa, figurer: dict[str, Figur]) -> bool:
    return all(rad in figurer for rad in (summa.hel, *summa.delar))


def _both(ena: dict[str, str], andra: dict[str, str]) -> dict[str, str]:
    """What is hidden in both; of two marks the one that says more."""
    return {
        k: SKYDDAT if ena[k] == andra[k] == SKYDDAT else next(m for m in (ena[k], andra[k]) if m != SKYDDAT)
        for k in KON_NYCKLAR
        if k in ena and k in andra
    }
