"""Arbetsförmedlingen's decisions for OSA (domain.md section 5): what they cover, when they run out, and what
a placement leads on to.

Decisions are (first day, last day), both inclusive; a placement runs from start to slut, open: still.
"""

from collections.abc import Iterable
from datetime import date, timedelta
from enum import StrEnum

from db.rules.insatstyper import ARBETSMARKNADSANSTALLNING, LONEBIDRAGSANSTALLNING
from db.rules.koder import Resultat
from db.rules.period import add_months

GAR_UT_DAGAR = 60
LANGSTA_MANADER = 12
# What an OSA-anställning can lead on to: an insats of these types, or an avslut with one of these results.
OVERGANG_TYPER = (
    ARBETSMARKNADSANSTALLNING,
    "beredskapsanställning",
    LONEBIDRAGSANSTALLNING,
    "nystartsjobb",
)
OVERGANG_RESULTAT = (Resultat.ARBETE, Resultat.ARBETE_MED_STOD, Resultat.KOMMUNAL_ANSTALLNING)
Beslut = tuple[date, date]
MAL_PER_AR = 110  # persons a year (Linköping 2024), until the setting says otherwise
STORSTA_MAL = 100_000


class Beslutslage(StrEnum):
    """How a placement stands with its decisions."""

    UTAN = "utan"  # runs some day without one: an error to show
    GAR_UT = "gar_ut"  # the cover ends within 60 days, before the placement does
    FINNS = "finns"  # covered, and further on than that
    KRAVS_INTE = "kravs_inte"  # only an OSA-anställning needs a decision


def judge_beslut(
    start: date, slut: date | None, beslut: Iterable[Beslut], fran: date, till: date, per: date
) -> tuple[Beslutslage, ...]:
    """Every state of an OSA-anställning in fran–till, judged on `per`; a day without may have been before a
    cover that runs out."""
    rader = tuple(beslut)
    utan = lacks_beslut(start, slut, rader, fran, till)
    gar_ut = is_running_out(start, slut, rader, per)
    found = ((utan, Beslutslage.UTAN), (gar_ut, Beslutslage.GAR_UT))
    return tuple(lage for holds, lage in found if holds) or (Beslutslage.FINNS,)


def find_luckor(
    start: date, slut: date | None, beslut: Iterable[Beslut]
) -> tuple[tuple[date, date | None], ...]:
    """The spans of a placement that no decision covers, in order; open at its end where the placement is."""
    luckor: list[tuple[date, date | None]] = []
    nasta = start
    for fran, till in sorted(beslut):
        if slut is not None and fran > slut:
            break
        if fran > nasta:
            luckor.append((nasta, fran - timedelta(days=1)))
        nasta = max(nasta, till + timedelta(days=1))
    if slut is None or nasta <= slut:
        luckor.append((nasta, slut))
    return tuple(luckor)


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


def is_for_langt(beslut: Beslut) -> bool:
    """Whether the decision is longer than the twelve months at a time that Arbetsförmedlingen decides."""
    fran, till = beslut
    return till >= add_months(fran, LANGSTA_MANADER)


def find_overlapp(beslut: Beslut, andra: Iterable[Beslut]) -> Beslut | None:
    """The first of the other decisions that shares a day with this one."""
    fran, till = beslut
    return next((andra for andra in sorted(andra) if andra[0] <= till and fran <= andra[1]), None)


def find_nasta_fran(start: date, beslut: Iterable[Beslut]) -> date:
    """The day from which a placement wants its next decision: after the latest, else from the start."""
    return max((till + timedelta(days=1) for _, till in beslut), default=start)


def find_overgang(fran: date, nya: Iterable[tuple[date, str]], dag: date) -> tuple[date, str] | None:
    """The first of what followed (day, what) from `fran`, the placement's last day, up to `dag`."""
    return min((ny for ny in nya if fran <= ny[0] <= dag), default=None)
