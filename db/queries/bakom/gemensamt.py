"""What the rows of the reports share in opening their people: how they are read, and what stands by each."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Inskrivning
from db.queries import access
from db.queries.figurer.gemensamt import last_seen, runs
from db.queries.flode_personer import PersonBakom, with_arende
from db.queries.idag.scope import PERSON, make_person
from db.rules.period import Period

People = Sequence[PersonBakom]
Loader = Callable[[Session, Aktor, Period, date], People]
JA, NEJ = "ja", "nej"


class Vad(StrEnum):
    """Who is listed, and what `tal` of each of them is."""

    ANTAL = "antal"  # as many as the number says
    ANDEL = "andel"  # all that the share is of; `text` begins with JA for those who make it, else NEJ
    HUSHALL = "hushall"  # as many households as the number says, a name of each; `text`: who else is in it
    MEDEL = "medel"  # all that a mean is of
    DAGAR = "dagar"  # all that a mean or median of days is of; tal: the days
    MANADER = "manader"  # all that a mean of months is of; tal: how many of the months
    BARN = "barn"  # households with children; tal: how many children
    HELAR = "helar"  # all that have had some of the helårsplatser; tal: how much of them
    PLATSDAGAR = "platsdagar"  # all that have had some of the places; tal: how many days


@dataclass(frozen=True, slots=True)
class Oppning:
    """How a row opens."""

    load: Loader
    vad: Vad = Vad.ANTAL


def share(counted: Loader, base: Loader) -> Oppning:
    """A share opens all that it is of, those who are counted in it first."""

    def load(session: Session, aktor: Aktor, period: Period, per: date) -> People:
        ja = Counter((rad.person.id, rad.datum, rad.text) for rad in counted(session, aktor, period, per))
        found = []
        for rad in base(session, aktor, period, per):
            nyckel = rad.person.id, rad.datum, rad.text
            ord_ = JA if ja[nyckel] > 0 else NEJ
            ja[nyckel] -= 1
            found.append(replace(rad, text=f"{ord_}, {rad.text}" if rad.text else ord_))
        return sorted(found, key=lambda rad: not rad.text.startswith(JA))

    return Oppning(load, Vad.ANDEL)


def make_rows(session: Session, rows: Iterable[Any]) -> People:
    """Of rows (day, tal, text, kön, *PERSON)."""
    found = [PersonBakom(make_person(p), dag, text or "", kon, tal) for dag, tal, text, kon, *p in rows]
    return with_arende(session, found)


def each_once(session: Session, query: Any) -> People:
    """Each person once of a query of (day, kön, *PERSON)."""
    rows = session.execute(query.group_by(Deltagare.id))
    return by_name(make_rows(session, ((dag, None, "", *more) for dag, *more in rows)))


def by_name(found: People) -> People:
    """In the order of the alphabet; those protected, who have no place in it, first."""
    return sorted(found, key=lambda rad: (rad.person.sortering, rad.person.id, rad.datum))


def inskrivna(*villkor: Callable[[Period, date], ColumnElement[bool]], sista_dagen: bool = False) -> Loader:
    """People with an inskrivning some day of the period, or on its last, that fits: since when."""

    def load(session: Session, aktor: Aktor, period: Period, per: date) -> People:
        slut = last_seen(period, per)
        fran = slut if sista_dagen else period.fran
        query = (
            select(func.max(Inskrivning.inskriven), Deltagare.kon, *PERSON)
            .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
            .where(
                runs(Inskrivning.inskriven, Inskrivning.avslutad, fran, slut),
                *(fits(period, slut) for fits in villkor),
                access.may_know(aktor),
            )
        )
        return each_once(session, query)

    return load
