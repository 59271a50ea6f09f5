"""Whose work is listed, and the person that every row tells of."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select, true
from sqlalchemy.orm import Session, aliased

from db.aktor import Aktor
from db.models import Arende, Deltagare, Inskrivning
from db.queries import access
from db.queries.idag.rows import Person
from db.rules.personnummer import format_nummer

PERSON = (
    Deltagare.id, Deltagare.skyddad, Deltagare.fornamn, Deltagare.efternamn, Deltagare.personnummer,
    Deltagare.sortering,
)  # fmt: skip


class Omfang(StrEnum):
    """The people of the acting user, those of the user's part of the work (spår), or everybody whom the user
    may know of."""

    MINA = "mina"
    ENHETEN = "enheten"
    ALLA = "alla"


@dataclass(frozen=True, slots=True)
class Scope:
    """`ids` are the user's own people today; None: everybody the user may know, less those who are inskrivna
    in another spår than `spar`. Whoever is inskriven nowhere is everybody's, so that nobody falls between."""

    aktor: Aktor
    ids: tuple[int, ...] | None
    spar: str | None = None

    def people(self, deltagare_id: Any) -> ColumnElement[bool]:
        """The condition on a table that names the person, for queries that join `deltagare` too.

        Own people as plain ids: any index of the table can then lead the way.
        """
        if self.ids is not None:
            own: ColumnElement[bool] = deltagare_id.in_(self.ids)
            return own
        if self.spar is None:
            return access.may_know(self.aktor)
        return and_(access.may_know(self.aktor), not_(_is_elsewhere(deltagare_id, self.spar)))

    def inskrivna(self, dag: date) -> ColumnElement[bool]:
        """The inskrivningar that are open on `dag`."""
        return and_(
            Inskrivning.avslutad.is_(None),
            Inskrivning.inskriven <= dag,
            self.people(Inskrivning.deltagare_id),
        )

    def avslutade(self) -> ColumnElement[bool]:
        """The closed inskrivningar that the user answers for: koordinator of it, or of the person again."""
        closed = Inskrivning.avslutad.is_not(None)
        if self.ids is None:
            own = true() if self.spar is None else Inskrivning.spar.in_((self.spar, ""))
            return and_(closed, own, access.may_know(self.aktor))
        own = Inskrivning.deltagare_id.in_(self.ids)
        return and_(closed, or_(own, access.is_named(Inskrivning.koordinator, self.aktor)))


def load_scope(session: Session, aktor: Aktor, omfang: Omfang) -> Scope:
    """Whose work is listed. One statement, none for everybody."""
    if omfang is Omfang.ALLA:
        return Scope(aktor, None)
    if omfang is Omfang.ENHETEN:
        return Scope(aktor, None, find_spar(session, aktor))
    return Scope(aktor, tuple(session.execute(access.own_ids(aktor)).scalars()))


def find_spar(session: Session, aktor: Aktor) -> str | None:
    """The spår where most of the user's people are inskrivna today; None where none is told."""
    query = (
        select(Inskrivning.spar)
        .where(
            Inskrivning.deltagare_id.in_(access.own_ids(aktor)), Inskrivning.avslutad.is_(None),
            Inskrivning.spar != "",
        )
        .group_by(Inskrivning.spar)
        .order_by(func.count().desc(), Inskrivning.spar)
        .limit(1)
    )  # fmt: skip
    return session.execute(query).scalar()


def _is_elsewhere(deltagare_id: Any, spar: str) -> ColumnElement[bool]:
    other = aliased(Inskrivning)
    return exists().where(
        other.deltagare_id == deltagare_id, other.avslutad.is_(None), other.spar.not_in((spar, ""))
    )


def make_person(values: Any) -> Person:
    """The person of the six columns of PERSON. The number of a protected one is filled in afterwards."""
    deltagare_id, skyddad, fornamn, efternamn, personnummer, sortering = values
    if not access.is_open(skyddad):
        return Person(deltagare_id, skyddad, access.MASK, "", "")
    nummer = format_nummer(personnummer) if personnummer else ""
    return Person(deltagare_id, skyddad, f"{fornamn} {efternamn}", nummer, sortering)


def make_people(session: Session, rows: Iterable[Sequence[Any]]) -> dict[int, Person]:
    """The people of the columns of PERSON, by id; a protected one is known by the number of the ärende. One
    statement at most."""
    people = {values[0]: make_person(values) for values in rows}
    masked = [person for person in people.values() if person.is_masked]
    nummer = find_arendenummer(session, [person.id for person in masked]) if masked else {}
    for person in masked:
        people[person.id] = replace(person, nummer=nummer.get(person.id, ""))
    return people


def find_arendenummer(session: Session, deltagare_ids: Iterable[int]) -> dict[int, str]:
    """The ärendenummer that each person is known by: of the open ärende, else the latest. One statement."""
    query = (
        select(Arende.deltagare_id, Arende.nummer)
        .where(Arende.deltagare_id.in_(sorted(set(deltagare_ids))))
        .order_by(Arende.avslutat.is_(None), Arende.ansokan, Arende.id)
    )
    return dict(session.execute(query).all())
