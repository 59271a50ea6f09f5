"""How a goal is judged from its indicators and activities, and goals above from those below (R14).

Worked out in the colours grön, gul, röd; a plan in other words (Bra, Ok, Har brister) says the same in them.
"""

from collections.abc import Iterable, Sequence
from enum import StrEnum

from db.rules.koder import Aktivitetslage, Bedomningsskala
from db.rules.plan import BEDOMNINGAR
from db.rules.riktvarde import Maluppfyllelse


class Farg(StrEnum):
    """The three steps, whatever they are called in a plan."""

    GRON = "gron"
    GUL = "gul"
    ROD = "rod"


# What an assessment by hand of an indicator says of its target.
_UPPFYLLELSE = {
    Farg.GRON: Maluppfyllelse.NAS,
    Farg.GUL: Maluppfyllelse.PA_VAG,
    Farg.ROD: Maluppfyllelse.NAS_INTE,
}


def judge_mal(
    indikatorer: Iterable[Maluppfyllelse], aktiviteter: Iterable[Aktivitetslage], *, prognos: bool
) -> Farg | None:
    """Grön: a majority of the indicators reach their target and a majority of the activities are klara.
    Röd: no indicator does, and no majority of the activities. Gul otherwise.

    At delår it is a prognosis: what is På väg, and an activity that is Påbörjad, is taken to get there.
    Indicators that cannot be judged do not count; where there are only indicators or only activities these
    decide alone (then röd needs that none got there). None where there is nothing to judge by.
    """
    bedomda = [i for i in indikatorer if i is not Maluppfyllelse.GAR_INTE]
    nar = {Maluppfyllelse.NAS, Maluppfyllelse.PA_VAG} if prognos else {Maluppfyllelse.NAS}
    klar = {Aktivitetslage.KLAR, Aktivitetslage.PABORJAD} if prognos else {Aktivitetslage.KLAR}
    natt = [i in nar for i in bedomda]
    klara = [a in klar for a in aktiviteter]
    if not natt and not klara:
        return None
    if _is_majority(natt) and _is_majority(klara):
        return Farg.GRON
    inga = not any(natt) if natt else not any(klara)
    return Farg.ROD if inga and not (klara and _is_majority(klara)) else Farg.GUL


def weigh(under: Iterable[Farg | None]) -> Farg | None:
    """The goal above, from those below it: all the same keeps it, else gul; None where none is judged."""
    farger = {farg for farg in under if farg is not None}
    if not farger:
        return None
    return farger.pop() if len(farger) == 1 else Farg.GUL


def to_farg(skala: Bedomningsskala, kod: str) -> Farg | None:
    """The step that a plan's own code stands for; None for no code, and in a plan that does not judge."""
    koder = list(BEDOMNINGAR[skala])
    return list(Farg)[koder.index(kod)] if kod in koder else None


def from_farg(skala: Bedomningsskala, farg: Farg | None) -> str:
    """The plan's own code for a step; "" for None, and in a plan that does not judge."""
    koder = list(BEDOMNINGAR[skala])
    return koder[list(Farg).index(farg)] if farg is not None and koder else ""


def say_bedomning(skala: Bedomningsskala, kod: str) -> str:
    """The code in words: "Grön", "Har brister"; a code of another scale as it stands."""
    return BEDOMNINGAR[skala].get(kod, kod)


def to_uppfyllelse(farg: Farg) -> Maluppfyllelse:
    """What somebody's assessment of an indicator says of its target."""
    return _UPPFYLLELSE[farg]


def _is_majority(svar: Sequence[bool]) -> bool:
    """More than half; of nothing, everything."""
    return 2 * sum(svar) > len(svar) or not svar
