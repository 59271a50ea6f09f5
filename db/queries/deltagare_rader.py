"""A row of the list of deltagare: who it is, and where the person stands on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Date, and_, bindparam, func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import (
    Arende,
    Deltagare,
    Enhet,
    Insats,
    Insatstyp,
    Inskrivning,
    Medarbetare,
    Steg,
    Stegperiod,
)
from db.queries import access
from db.queries.deltagare_urval import runs
from db.queries.krav import Krav, list_krav
from db.rules.period import age_on
from db.rules.personnummer import format_nummer
from db.sql import IdList, Prepared, among

_IDS = bindparam("ids", type_=IdList)
_DAG = bindparam("dag", type_=Date)
_PEOPLE = Prepared(
    select(
        Deltagare.id, Deltagare.skyddad, Deltagare.fornamn, Deltagare.efternamn, Deltagare.personnummer,
        Deltagare.fodelsedatum, Deltagare.kon, Deltagare.sortering,
    ).where(among(Deltagare.id, _IDS))
)  # fmt: skip
# The ärende that a person is known by comes last: the open one, else the latest.
_ARENDEN = Prepared(
    select(
        Arende.deltagare_id, Arende.id, Arende.nummer, Arende.avslutat.is_(None),
        func.coalesce(Medarbetare.namn, Arende.handlaggare),
    )
    .outerjoin(Medarbetare, Medarbetare.signatur == Arende.handlaggare)
    .where(among(Arende.deltagare_id, _IDS))
    .order_by(Arende.avslutat.is_(None), Arende.ansokan, Arende.id)
)  # fmt: skip
# The running inskrivning of each person and the steg it stands in come last.
_INSKRIVNINGAR = Prepared(
    select(
        Inskrivning.deltagare_id, Inskrivning.id, func.coalesce(Medarbetare.namn, Inskrivning.koordinator),
        Inskrivning.inskriven, func.coalesce(Steg.namn, ""), Stegperiod.fran,
    )
    .outerjoin(Medarbetare, Medarbetare.signatur == Inskrivning.koordinator)
    .outerjoin(Stegperiod, and_(Stegperiod.inskrivning_id == Inskrivning.id, Stegperiod.fran <= _DAG))
    .outerjoin(Steg, Steg.id == Stegperiod.steg_id)
    .where(among(Inskrivning.deltagare_id, _IDS), *runs(_DAG))
    .order_by(Inskrivning.inskriven, Inskrivning.id, Stegperiod.fran, Steg.ordning)
)  # fmt: skip
# The insats that runs on the day in each inskrivning comes last, the latest begun where there are several.
_INSATSER = Prepared(
    select(
        Insats.inskrivning_id, Insatstyp.namn, func.coalesce(Enhet.namn, ""),
        func.coalesce(Insats.slut, Insats.planerat_slut),
    )
    .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
    .outerjoin(Enhet, Enhet.id == Insats.enhet_id)
    .where(
        among(Insats.inskrivning_id, _IDS),
        Insats.start <= _DAG,
        or_(Insats.slut.is_(None), Insats.slut >= _DAG),
    )
    .order_by(Insats.start, Insats.id)
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class DeltagareRow:
    """A person in a list. A protected person is masked: name, number, age and kön are left out, and the
    place in the alphabet (`sortering`) too."""

    id: int
    skyddad: str
    namn: str
    personnummer: str
    alder: int | None
    kon: str | None
    arende: str = ""
    handlaggare: str = ""
    koordinator: str = ""
    inskriven: date | None = None
    steg: str = ""
    steg_fran: date | None = None
    insats: str = ""
    enhet: str = ""
    insats_slut: date | None = None
    krav: Krav | None = None
    sortering: str = ""

    @property
    def is_masked(self) -> bool:
        """True for a protected person."""
        return not access.is_open(self.skyddad)


def read_rad(session: Session, aktor: Aktor, deltagare_id: int, dag: date) -> DeltagareRow:
    """One person as in the list. Raises NotFoundError where the user may not know of the person. Eight
    statements."""
    access.require_known(session, aktor, deltagare_id)
    return list_rader(session, aktor, [deltagare_id], dag)[0][1]


def list_rader(
    session: Session, aktor: Aktor, ids: Sequence[int], dag: date
) -> list[tuple[str, DeltagareRow]]:
    """The rows of these people in this order, each with its place in the alphabet. Seven statements."""
    connection = session.connection()
    people = {row[0]: row for row in _PEOPLE.rows(connection, ids=ids)}
    arenden = {row[0]: row[1:] for row in _ARENDEN.rows(connection, ids=ids)}
    inskrivningar = {row[0]: row[1:] for row in _INSKRIVNINGAR.rows(connection, ids=ids, dag=dag)}
    running = [row[0] for row in inskrivningar.values()]
    insatser = {row[0]: row[1:] for row in _INSATSER.rows(connection, ids=running, dag=dag)}
    krav = list_krav(session, aktor, [id_ for id_, _, is_open, _ in arenden.values() if is_open], dag)
    rows = []
    for deltagare_id in ids:
        *identity, sortering = people[deltagare_id]
        arende_id, nummer, _, handlaggare = arenden.get(deltagare_id, (0, "", False, ""))
        inskrivning_id, koordinator, inskriven, steg, fran = inskrivningar.get(
            deltagare_id, (0, "", None, "", None)
        )
        insats, enhet, slut = insatser.get(inskrivning_id, ("", "", None))
        row = DeltagareRow(
            *_identity(identity, dag), nummer, handlaggare, koordinator, inskriven, steg, fran, insats, enhet,
            slut, krav.get(arende_id), sortering if access.is_open(identity[1]) else "",
        )  # fmt: skip
        rows.append((sortering, row))
    return rows


def _identity(person: Sequence[Any], dag: date) -> tuple[int, str, str, str, int | None, str | None]:
    """The first six of a DeltagareRow."""
    id_, skyddad, fornamn, efternamn, personnummer, fodelsedatum, kon = person
    if not access.is_open(skyddad):
        return id_, skyddad, access.MASK, "", None, None
    number = format_nummer(personnummer) if personnummer else ""
    alder = age_on(fodelsedatum, dag) if fodelsedatum else None
    return id_, skyddad, f"{fornamn} {efternamn}", number, alder, kon
