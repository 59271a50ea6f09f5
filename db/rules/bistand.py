"""Biståndsmånader over time (domain.md section 5): over two years, långvarigt, mycket långvarigt, ages.

Months are manadsindex (db.rules.period), of a person or of a household, each once and in any order.
"""

from collections.abc import Collection
from dataclasses import dataclass

MAX_UPPEHALL_TVA_AR = 1
MAX_UPPEHALL_MYCKET_LANGVARIGT = 2
MINST_LANGVARIGT = 10  # of the calendar year's months
MINST_MYCKET_LANGVARIGT = 27  # of the latest 36


@dataclass(frozen=True, slots=True)
class Svit:
    """A run of biståndsmånader: first and last month, and how many of the months between them were paid."""

    forsta: int
    sista: int
    antal: int

    @property
    def langd(self) -> int:
        """Months from the first to the last, pauses included."""
        return self.sista - self.forsta + 1


def find_sviter(manader: Collection[int], max_uppehall: int) -> list[Svit]:
    """The runs in which no pause is longer than `max_uppehall` months, in order."""
    sviter: list[Svit] = []
    for manad in sorted(set(manader)):
        if sviter and manad - sviter[-1].sista - 1 <= max_uppehall:
            sviter[-1] = Svit(sviter[-1].forsta, manad, sviter[-1].antal + 1)
        else:
            sviter.append(Svit(manad, manad, 1))
    return sviter


def is_over_tva_ar(manader: Collection[int], manad: int) -> bool:
    """Whether stöd paid in `manad` has run for more than 24 months, no pause longer than one month.

    Time is counted from the first month of the run to `manad`, a paused month inside it included.
    """
    if manad not in manader:
        return False
    svit = find_sviter([m for m in manader if m <= manad], MAX_UPPEHALL_TVA_AR)[-1]
    return svit.langd > 24


def is_langvarigt(manader: Collection[int], ar: int) -> bool:
    """10–12 biståndsmånader in the calendar year."""
    return sum(manad in manader for manad in range(ar * 12, ar * 12 + 12)) >= MINST_LANGVARIGT


def is_mycket_langvarigt(manader: Collection[int], manad: int) -> bool:
    """At least 27 biståndsmånader of the 36 that end with `manad`, in a run without pauses over two months.

    An earlier month beyond a longer pause does not take away what the run itself holds.
    """
    fonster = [m for m in manader if manad - 36 < m <= manad]
    sviter = find_sviter(fonster, MAX_UPPEHALL_MYCKET_LANGVARIGT)
    return any(svit.antal >= MINST_MYCKET_LANGVARIGT for svit in sviter)


def is_ung(alder: int) -> bool:
    """Unga are 18–24 years old."""
    return 18 <= alder <= 24


def is_vuxen(alder: int) -> bool:
    """Vuxna are 18 years or older."""
    return alder >= 18
