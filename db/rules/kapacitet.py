"""What a change of an enhet's places does to its capacity, and to those who have the places."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from db.rules.belaggning import Kapacitet, find_changes, find_last_day, find_offered, resolve_kapacitet

DAY = timedelta(days=1)
Tid = tuple[date, date | None]  # first day and last day of a place, None while no end is known


@dataclass(frozen=True, slots=True)
class Trangsel:
    """The first day on which a change leaves too few places: how many are taken and how many there would be,
    and the first day from which all have room, None when somebody stays without end."""

    dag: date
    belagda: int
    platser: int
    ryms: date | None


def change_kapacitet(rader: Iterable[Kapacitet], fran: date, platser: int) -> tuple[Kapacitet, ...]:
    """The rows of one enhet as they are when it offers `platser` from `fran` to the next change.

    What was told of earlier days stays. An end that was told ahead holds; after it, or before all rows, the
    new row is open.
    """
    klara = resolve_kapacitet(rader)
    galler = [rad for rad in klara if rad.fran <= fran and (rad.till is None or fran <= rad.till)]
    senare = [rad for rad in klara if rad.fran > fran]
    kvar = [
        Kapacitet(rad.fran, fran - timedelta(days=1), rad.platser) if rad in galler else rad
        for rad in klara
        if rad.fran < fran
    ]
    slut = None if not galler else find_last_day(galler)
    if senare:
        fore = min(rad.fran for rad in senare) - timedelta(days=1)
        slut = fore if slut is None else min(slut, fore)
    return (*kvar, Kapacitet(fran, slut, platser), *senare)


def close_kapacitet(rader: Iterable[Kapacitet], till: date) -> tuple[Kapacitet, ...]:
    """The rows of one enhet that offers no places after `till`; changes told for later go."""
    return tuple(
        Kapacitet(rad.fran, till, rad.platser) if rad.till is None or rad.till > till else rad
        for rad in resolve_kapacitet(rader)
        if rad.fran <= till
    )


def find_trangsel(
    fore: Sequence[Kapacitet], efter: Sequence[Kapacitet], tider: Iterable[Tid], fran: date
) -> Trangsel | None:
    """Where a change from `fore` to `efter` (both resolved) takes the place from somebody; None where it does
    not. Days before `fran` are not judged, nor days on which there are as many places as there were."""
    alla = [(start, slut) for start, slut in tider if slut is None or slut >= fran]
    more: dict[date, int] = dict.fromkeys(
        {*find_changes(fore, fran, date.max), *find_changes(efter, fran, date.max)}, 0
    )
    for start, slut in alla:
        borjan = max(start, fran)
        more[borjan] = more.get(borjan, 0) + 1
        if slut is not None:
            more[slut + DAY] = more.get(slut + DAY, 0) - 1
    belagda, first, ryms = 0, None, None
    for dag in sorted(more):
        belagda += more[dag]
        platser = find_offered(efter, dag) or 0
        if belagda > platser and platser < (find_offered(fore, dag) or 0):
            first = first or (dag, belagda, platser)
            ryms = None
        elif first is not None and ryms is None:
            ryms = dag
    return None if first is None else Trangsel(*first, ryms)
