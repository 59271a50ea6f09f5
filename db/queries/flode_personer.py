"""The people behind the figures of the flow, for staff who may open them."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Insatstyp, Inskrivning, Steg
from db.queries import access
from db.queries.figurer.gemensamt import runs
from db.queries.flode import latest_insats, steg_on
from db.queries.idag.rows import Person
from db.queries.idag.scope import PERSON, find_arendenummer, make_person
from db.queries.tavla import ALLA, UTAN_STEG, FlodeUrval, find_lagen
from db.rules.avslut import is_egen_forsorjning


@dataclass(frozen=True, slots=True)
class PersonBakom:
    """Somebody behind a figure: who, the day that put the person there, and in words why; `tal` is what the
    person adds to a figure that is no number of people."""

    person: Person
    datum: date
    text: str = ""
    kon: str | None = None
    tal: float | None = None


@dataclass(frozen=True, slots=True)
class Utvag:
    """A way out: the steg and the insats that somebody had last ("": none), and the result; None: any."""

    steg: str | None = None
    insatstyp: str | None = None
    resultat: str | None = None

    def villkor(self) -> tuple[ColumnElement[bool], ...]:
        """The conditions on an avslutad Inskrivning, as flode.list_vagar counts."""
        steg = select(Steg.id).where(Steg.namn == self.steg).scalar_subquery()
        typ = select(Insatstyp.id).where(Insatstyp.namn == self.insatstyp).scalar_subquery()
        i_steg, hade = steg_on(Inskrivning.avslutad), latest_insats()
        found = (
            (self.steg, i_steg == steg if self.steg else i_steg.is_(None)),
            (self.insatstyp, hade == typ if self.insatstyp else hade.is_(None)),
            (self.resultat, Inskrivning.resultat == self.resultat),
        )
        return tuple(villkor for wanted, villkor in found if wanted is not None)


ANY = Utvag()


def list_in(
    session: Session, aktor: Aktor, fran: date, slut: date, urval: FlodeUrval = ALLA
) -> tuple[PersonBakom, ...]:
    """Those whose inskrivning began in the period. Two statements at most."""
    begun = (Inskrivning.inskriven >= fran, Inskrivning.inskriven <= slut)
    return list_behind(
        session, aktor, urval.villkor(slut), begun, Inskrivning.inskriven, Inskrivning.hanvisad_av
    )


def list_ut(
    session: Session,
    aktor: Aktor,
    fran: date,
    slut: date,
    urval: FlodeUrval = ALLA,
    *,
    bara_egen: bool = False,
    via: Utvag = ANY,
) -> tuple[PersonBakom, ...]:
    """Those whose inskrivning ended in the period, with the result; `bara_egen`: to egen försörjning (R9),
    `via`: only those who went that way. Two statements at most."""
    ended = (Inskrivning.avslutad >= fran, Inskrivning.avslutad <= slut, *via.villkor())
    found = list_behind(
        session, aktor, urval.villkor(slut), ended, Inskrivning.avslutad, Inskrivning.resultat
    )
    return tuple(p for p in found if is_egen_forsorjning(p.text)) if bara_egen else found


def list_i_steg(
    session: Session, aktor: Aktor, steg_id: int | None, dag: date, urval: FlodeUrval = ALLA
) -> tuple[PersonBakom, ...]:
    """Those who stood in a steg on a day (UTAN_STEG: in none, None: in any), since when. Four statements at
    most."""
    there = runs(Inskrivning.inskriven, Inskrivning.avslutad, dag, dag)
    lagen = find_lagen(session, dag, there)
    namn = {row.id: row.namn for row in session.execute(select(Steg.id, Steg.namn))}
    rows = _rows(session, aktor, urval.villkor(dag), (there,), Inskrivning.inskriven, Inskrivning.id)
    found = []
    for inskriven, inskrivning_id, kon, person in rows:
        lage = lagen.get(inskrivning_id)
        har = lage.steg_id if lage is not None else UTAN_STEG
        if steg_id in (None, har):
            sedan = lage.sedan if lage is not None else inskriven
            found.append(PersonBakom(person, sedan, namn.get(har, ""), kon))
    return with_arende(session, found)


def list_behind(
    session: Session,
    aktor: Aktor,
    urval: Iterable[ColumnElement[bool]],
    which: Iterable[ColumnElement[bool]],
    datum: Any,
    text: Any,
) -> tuple[PersonBakom, ...]:
    """Inskrivningar that fit the conditions, by the day and the word of the columns. Two statements at
    most."""
    rows = _rows(session, aktor, urval, which, datum, text)
    return with_arende(
        session, [PersonBakom(person, dag, ord_ or "", kon) for dag, ord_, kon, person in rows]
    )


def _rows(
    session: Session,
    aktor: Aktor,
    urval: Iterable[ColumnElement[bool]],
    which: Iterable[ColumnElement[bool]],
    datum: Any,
    text: Any,
) -> list[tuple[date, Any, str | None, Person]]:
    query = (
        select(datum, text, Deltagare.kon, *PERSON)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(*which, access.may_know(aktor), *urval)
        .order_by(datum, Deltagare.sortering, Inskrivning.id)
    )
    return [(dag, ord_, kon, make_person(person)) for dag, ord_, kon, *person in session.execute(query)]


def with_arende(session: Session, found: list[PersonBakom]) -> tuple[PersonBakom, ...]:
    """All of them; a protected person is known by the number of the ärende. One statement at most."""
    masked = [row.person.id for row in found if row.person.is_masked]
    nummer = find_arendenummer(session, masked) if masked else {}
    return tuple(
        replace(row, person=replace(row.person, nummer=nummer.get(row.person.id, "")))
        if row.person.is_masked
        else row
        for row in found
    )
