"""The flow of inskrivningar through the steg (domain.md section 1).

A stegperiod is the day an inskrivning came to a steg; it stands there until the day it comes to the next, or
is avslutad. A day before the inskriven day counts as that day. Of several steg of one day the last in the
order of the flow counts: the others were only passed. Before its first steg an inskrivning stands in none.
Whoever is avslutad on a day is inskriven that day still, as in every figure of inskrivna.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import accumulate as running

UTAN_STEG = "Utan steg"
UTAN_STEG_SLUG = "utan_steg"


@dataclass(frozen=True, slots=True)
class Kurva:
    """How many stand in a steg at the end of each day of a series, by kön; `steg_id` None: in none."""

    steg_id: int | None
    namn: str
    antal: Mapping[str | None, tuple[int, ...]]

    @property
    def totalt(self) -> tuple[int, ...]:
        """All of them, day by day."""
        return tuple(map(sum, zip(*self.antal.values(), strict=True)))


def list_matdagar(fran: date, till: date, mellan: int = 7) -> tuple[date, ...]:
    """The last day of a span and every `mellan` days back from it, in order; none of a span without days."""
    dagar = range(0, (till - fran).days + 1, mellan)
    return tuple(till - timedelta(days=dag) for dag in reversed(dagar))


def accumulate(forandringar: Mapping[int, int], antal: int) -> tuple[int, ...]:
    """The running sum of changes by their place in a series of `antal`; what comes after it is left out."""
    return tuple(running(forandringar.get(plats, 0) for plats in range(antal)))


def is_over_riktvarde(dagar: int, riktvarde: int | None) -> bool:
    """Whether somebody has stood longer in a steg than its guide value says; without one nobody has."""
    return riktvarde is not None and dagar > riktvarde
