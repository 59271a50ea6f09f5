"""How much of a full week a person's insatser take together."""

from collections.abc import Iterable
from datetime import date

HELTID = 100
Del = tuple[date, date | None, int]  # first day, last day or still, per cent


def find_samtidig(egen: Del, andra: Iterable[Del]) -> tuple[date, int]:
    """The first of the days on which `egen` and the others take the most together, and how many per cent."""
    start, slut, omfattning = egen
    last = slut or date.max
    others = [(fran, till or date.max, andel) for fran, till, andel in andra]
    days = sorted({start, *(fran for fran, _, _ in others if start < fran <= last)})
    taken = [sum(andel for fran, till, andel in others if fran <= dag <= till) for dag in days]
    most = max(taken)
    return days[taken.index(most)], most + omfattning
