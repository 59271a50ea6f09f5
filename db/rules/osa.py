"""Arbetsförmedlingen's decisions for OSA (domain.md section 5): what they cover, and when they run out.

Decisions are (first day, last day), both inclusive; a placement runs from start to slut, open: still.
"""

from collections.abc import Iterable
from datetime import date, timedelta

GAR_UT_DAGAR = 60
Beslut = tuple[date, date]


def find_tackt_till(dag: date, beslut: Iterable[Beslut]) -> date | None:
    """The last day of unbroken cover from `dag` on, decisions in a row joined; None when uncovered."""
    tackt: date | None = None
    for fran, till in sorted(beslut):
        nasta = dag if tackt is None else tackt + timedelta(days=1)
        if fran <= nasta <= till:
            tackt = till
    return tackt


def lacks_beslut(start: date, slut: date | None, beslut: Iterable[Beslut], fran: date, till: date) -> bool:
    """Whether the placement runs some day of fran–till that no decision covers: an error to show."""
    forsta = max(start, fran)
    sista = till if slut is None else min(slut, till)
    if forsta > sista:
        return False
    tackt = find_tackt_till(forsta, beslut)
    return tackt is None or tackt < sista


def is_running_out(start: date, slut: date | None, beslut: Iterable[Beslut], dag: date) -> bool:
    """Whether the placement runs on `dag` and its cover ends within 60 days, before the placement does."""
    if start > dag or (slut is not None and slut < dag):
        return False
    tackt = find_tackt_till(dag, beslut)
    if tackt is None or tackt > dag + timedelta(days=GAR_UT_DAGAR):
        return False
    return slut is None or slut > tackt
