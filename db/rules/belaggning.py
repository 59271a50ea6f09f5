"""Beläggning and cost per plats (domain.md section 5). Days are calendar days, both ends counted.

A period that is not over is measured up to the report day, occupied and offered alike: `clip_period`.
"""

from calendar import isleap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.rules.statistik import share


@dataclass(frozen=True, slots=True)
class Kapacitet:
    """Places that an enhet offers from a day to a day; without `till` until the next change."""

    fran: date
    till: date | None
    platser: int


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
