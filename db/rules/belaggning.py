"""Beläggning and cost per plats (domain.md section 5). Days are calendar days, both ends counted.

A period that is not over is measured up to the report day, occupied and offered alike: `clip_period`.
"""

from calendar import isleap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from itertools import accumulate

from db.rules.statistik import calculate_mean, share

MAL = (85, 95)  # per cent that the beläggning should lie within, until the setting says otherwise
MANADER = 12  # how far back the beläggning is shown
STORSTA_MAL = 200
FLEST_PLATSER = 100_000
TREND = 2.0  # percentage points: less is no change


class Trend(StrEnum):
    """Which way the beläggning goes."""

    UPP = "upp"
    NED = "ned"
    JAMN = "jämn"


def is_mal(varde: object) -> bool:
    """Whether it is a span of whole per cent that beläggning can lie within: [85, 95]."""
    if (
        not isinstance(varde, list | tuple)
        or len(varde) != 2
        or any(type(grans) is not int for grans in varde)
    ):
        return False
    lagst, hogst = varde
    return bool(0 <= lagst < hogst <= STORSTA_MAL)


def is_platsmal(varde: object) -> bool:
    """Whether it is a goal of new places, {"antal": 500, "fran": "2026-01-01"}, or {} for none."""
    if not isinstance(varde, dict):
        return False
    if not varde:
        return True
    antal, fran = varde.get("antal"), varde.get("fran")
    if varde.keys() != {"antal", "fran"} or type(antal) is not int or not isinstance(fran, str):
        return False
    try:
        date.fromisoformat(fran)
    except ValueError:
        return False
    return 1 <= antal <= FLEST_PLATSER


@dataclass(frozen=True, slots=True)
class Kapacitet:
    """Places that an enhet offers from a day to a day; without `till` until the next change."""

    fran: date
    till: date | None
    platser: int


@dataclass(frozen=True, slots=True)
class Platslage:
    """How an enhet stands in a span: places and free places on the day with the fewest left (below 0:
    overbooked), and the first day without any, None when there is room all the time."""

    platser: int
    lediga: int
    full: date | None


def clip_period(fran: date, till: date, per: date) -> tuple[date, date] | None:
    """The part of the period that has passed on the report day `per`; None when none has."""
    return (fran, min(till, per)) if fran <= per else None


def resolve_kapacitet(rader: Iterable[Kapacitet]) -> tuple[Kapacitet, ...]:
    """The rows of one enhet in order, where an open row ends the day before the next row begins.

    Rows with an end keep it, also where they overlap: their places then add up.
    """
    ordnade = sorted(rader, key=lambda rad: rad.fran)
    klara: list[Kapacitet] = []
    for rad, nasta in zip(ordnade, [*ordnade[1:], None], strict=False):
        if rad.till is None and nasta is not None:
            klara.append(Kapacitet(rad.fran, nasta.fran - timedelta(days=1), rad.platser))
        else:
            klara.append(rad)
    return tuple(klara)


def find_fewest_platser(kapacitet: Sequence[Kapacitet], fran: date, till: date) -> int | None:
    """The fewest places that resolved rows offer on any day of the span; None when they say nothing of it."""
    offered = [
        platser for dag in find_changes(kapacitet, fran, till) if (platser := _offered(kapacitet, dag)) >= 0
    ]
    return min(offered, default=None)


def find_platslage(
    kapacitet: Sequence[Kapacitet],
    belagda: int,
    forandringar: Iterable[tuple[date, int]],
    fran: date,
    till: date,
) -> Platslage | None:
    """How an enhet with resolved capacity stands in the span; None without capacity.

    `belagda` places are taken on the first day, and `forandringar` tells how many more (or fewer) from a
    later day on. Days for which no capacity is registered are not judged.
    """
    more: defaultdict[date, int] = defaultdict(int)
    for dag, antal in forandringar:
        more[dag] += antal
    worst, full = None, None
    changes, platser = find_changes(kapacitet, fran, till), -1
    for dag in sorted({*changes, *(dag for dag in more if fran < dag <= till)}):
        belagda += more[dag]
        platser = _offered(kapacitet, dag) if dag in changes else platser
        if platser < 0:
            continue
        lediga = platser - belagda
        full = dag if full is None and lediga <= 0 else full
        if worst is None or lediga < worst[1]:
            worst = (platser, lediga)
    return None if worst is None else Platslage(*worst, full)


def find_offered(kapacitet: Sequence[Kapacitet], dag: date) -> int | None:
    """Places that resolved rows offer on a day; None when they say nothing of it."""
    platser = _offered(kapacitet, dag)
    return None if platser < 0 else platser


def find_last_day(kapacitet: Sequence[Kapacitet]) -> date | None:
    """The last day that an enhet with resolved capacity offers places; None while no end is told.

    `date.min` where there has never been any place.
    """
    if any(rad.till is None for rad in kapacitet):
        return None
    return max((rad.till for rad in kapacitet if rad.till is not None), default=date.min)


def find_changes(kapacitet: Sequence[Kapacitet], fran: date, till: date) -> set[date]:
    """The first day of the span and every day on which the capacity becomes another."""
    ends = (rad.till + timedelta(days=1) for rad in kapacitet if rad.till is not None)
    return {fran, *(dag for dag in (*(rad.fran for rad in kapacitet), *ends) if fran < dag <= till)}


def _offered(kapacitet: Sequence[Kapacitet], dag: date) -> int:
    """Places on a day, −1 when nothing is registered for it."""
    platser = [rad.platser for rad in kapacitet if rad.fran <= dag and (rad.till is None or dag <= rad.till)]
    return sum(platser) if platser else -1


def count_overlap(borjan: date, slut: date | None, fran: date, till: date) -> int:
    """Days of borjan–slut (open: still running) that lie in fran–till, never below 0."""
    sista = till if slut is None or slut > till else slut
    return max(0, (sista - max(borjan, fran)).days + 1)


def count_erbjudna(rader: Iterable[Kapacitet], fran: date, till: date) -> int:
    """Place-days that one enhet offers in the period."""
    return sum(
        rad.platser * count_overlap(rad.fran, rad.till, fran, till) for rad in resolve_kapacitet(rader)
    )


def count_belagda(insatser: Iterable[tuple[date, date | None]], fran: date, till: date) -> int:
    """Place-days that insatser (start, slut) occupy: one place each day, whatever the omfattning."""
    return sum(count_overlap(start, slut, fran, till) for start, slut in insatser)


def calculate_belaggning(belagda: int, erbjudna: int) -> float | None:
    """Per cent of the offered place-days that are occupied, not capped at 100; None when none are offered."""
    return share(belagda, erbjudna)


def calculate_platser_medel(erbjudna: int, fran: date, till: date) -> float:
    """The average number of places over the days of the period."""
    return erbjudna / ((till - fran).days + 1)


def scale_kostnad(arskostnader: Mapping[int, int], fran: date, till: date) -> float | None:
    """The cost of the period scaled to a year, in the unit given; None when some year has no cost.

    A year's cost falls evenly on its days; the scaled cost is the years' costs weighted by the period's days
    in each: any part of one year gives that year's cost.
    """
    artal = range(fran.year, till.year + 1)
    dagar = {ar: count_overlap(date(ar, 1, 1), date(ar, 12, 31), fran, till) for ar in artal}
    if any(ar not in arskostnader for ar in dagar):
        return None
    return sum(arskostnader[ar] * antal for ar, antal in dagar.items()) / sum(dagar.values())


def calculate_kostnad_per_plats(kostnad: float | None, platser_medel: float) -> float | None:
    """Cost per place and year; None without a cost or without places."""
    return None if kostnad is None or platser_medel == 0 else kostnad / platser_medel


def sum_kostnad(enheter: Iterable[tuple[bool, float | None]]) -> float | None:
    """The cost of a group of enheter, each told as (belongs to the cost, its cost); None when one that
    belongs lacks its cost."""
    kostnader = [kostnad for hor_till, kostnad in enheter if hor_till]
    kanda = [kostnad for kostnad in kostnader if kostnad is not None]
    return None if len(kanda) < len(kostnader) else sum(kanda)


def count_by_day(forandringar: Iterable[tuple[int, int]], dagar: int) -> list[int]:
    """How many places are taken on each of so many days, from how many more (or fewer) are taken from a day
    on, counted from 0; what changed earlier counts from the first day."""
    more = [0] * dagar
    for dag, antal in forandringar:
        if dag < dagar:
            more[max(dag, 0)] += antal
    return list(accumulate(more))


def find_trend(grader: Sequence[float | None]) -> Trend | None:
    """Which way the beläggning goes: the last three months beside the three before, in percentage points.

    None where either has no value.
    """
    efter = calculate_mean([grad for grad in grader[-3:] if grad is not None])
    fore = calculate_mean([grad for grad in grader[-6:-3] if grad is not None])
    if efter is None or fore is None:
        return None
    if abs(efter - fore) < TREND:
        return Trend.JAMN
    return Trend.UPP if efter > fore else Trend.NED


def count_helarsplatser(insatser: Sequence[tuple[date, date | None, int]], fran: date, till: date) -> float:
    """Helårsplatser: each day of an insats (start, slut, per cent) weighs per cent / days of its year."""
    platser = 0.0
    for ar in range(fran.year, till.year + 1):
        forsta, sista = max(fran, date(ar, 1, 1)), min(till, date(ar, 12, 31))
        procentdagar = sum(
            omfattning * count_overlap(start, slut, forsta, sista) for start, slut, omfattning in insatser
        )
        platser += procentdagar / (100 * (366 if isleap(ar) else 365))
    return platser
