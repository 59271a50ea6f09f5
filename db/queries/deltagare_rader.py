"""A row of the list of deltagare: who it is, and where the person stands on a day."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import and_, func, or_, select
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
    query = select(
        Deltagare.id, Deltagare.skyddad, Deltagare.fornamn, Deltagare.efternamn, Deltagare.personnummer,
        Deltagare.fodelsedatum, Deltagare.kon, Deltagare.sortering,
    ).where(Deltagare.id.in_(ids))  # fmt: skip
    people = {row.id: row for row in session.execute(query)}
    arenden = _arenden(session, ids)
    inskrivningar = _inskrivningar(session, ids, dag)
    insatser = _insatser(session, [i["inskrivning_id"] for i in inskrivningar.values()], dag)
    krav = list_krav(session, aktor, [a.id for a in arenden.values() if a.avslutat is None], dag)
    rows = []
    for deltagare_id in ids:
        person, arende = people[deltagare_id], arenden.get(deltagare_id)
        inskrivning = dict(inskrivningar.get(deltagare_id, {}))
        insats = insatser.get(inskrivning.pop("inskrivning_id", 0), {})
        row = DeltagareRow(
            **_identity(person, dag),
            arende=arende.nummer if arende else "",
            handlaggare=arende.handlaggare if arende else "",
            krav=krav.get(arende.id) if arende else None,
            **inskrivning,
            **insats,
        )
        rows.append((person.sortering, row))
    return rows


def _identity(person: Any, dag: date) -> dict[str, Any]:
    if not access.is_open(person.skyddad):
        masked = {"namn": access.MASK, "personnummer": "", "alder": None, "kon": None}
        return {"id": person.id, "skyddad": person.skyddad, **masked}
    return {
        "id": person.id,
        "skyddad": person.skyddad,
        "namn": f"{person.fornamn} {person.efternamn}",
        "personnummer": format_nummer(person.personnummer) if person.personnummer else "",
        "alder": age_on(person.fodelsedatum, dag) if person.fodelsedatum else None,
        "kon": person.kon,
        "sortering": person.sortering,
    }


def _arenden(session: Session, ids: Sequence[int]) -> dict[int, Any]:
    """The ärende that a person is known by: the open one, else the latest."""
    namn = func.coalesce(Medarbetare.namn, Arende.handlaggare).label("handlaggare")
    query = (
        select(Arende.id, Arende.deltagare_id, Arende.nummer, Arende.avslutat, namn)
        .outerjoin(Medarbetare, Medarbetare.signatur == Arende.handlaggare)
        .where(Arende.deltagare_id.in_(ids))
        .order_by(Arende.avslutat.is_(None), Arende.ansokan, Arende.id)
    )
    return {row.deltagare_id: row for row in session.execute(query)}


def _inskrivningar(session: Session, ids: Sequence[int], dag: date) -> dict[int, dict[str, Any]]:
    """The running inskrivning of each person and the steg it stands in."""
    namn = func.coalesce(Medarbetare.namn, Inskrivning.koordinator).label("koordinator")
    query = (
        select(
            Inskrivning.deltagare_id, Inskrivning.id, Inskrivning.inskriven, namn,
            Steg.namn.label("steg"), Stegperiod.fran,
        )
        .outerjoin(Medarbetare, Medarbetare.signatur == Inskrivning.koordinator)
        .outerjoin(Stegperiod, and_(Stegperiod.inskrivning_id == Inskrivning.id, Stegperiod.fran <= dag))
        .outerjoin(Steg, Steg.id == Stegperiod.steg_id)
        .where(Inskrivning.deltagare_id.in_(ids), *runs(dag))
        .order_by(Inskrivning.inskriven, Inskrivning.id, Stegperiod.fran, Steg.ordning)
    )  # fmt: skip
    return {
        row.deltagare_id: {
            "inskrivning_id": row.id,
            "inskriven": row.inskriven,
            "koordinator": row.koordinator,
            "steg": row.steg or "",
            "steg_fran": row.fran,
        }
        for row in session.execute(query)
    }


def _insatser(session: Session, inskrivning_ids: Sequence[int], dag: date) -> dict[int, dict[str, Any]]:
    """The insats that runs on the day in each inskrivning, the latest begun where there are several."""
    query = (
        select(
            Insats.inskrivning_id, Insatstyp.namn.label("insats"), Enhet.namn.label("enhet"),
            func.coalesce(Insats.slut, Insats.planerat_slut).label("slut"),
        )
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .outerjoin(Enhet, Enhet.id == Insats.enhet_id)
        .where(
            Insats.inskrivning_id.in_(inskrivning_ids),
            Insats.start <= dag,
            or_(Insats.slut.is_(None), Insats.slut >= dag),
        )
        .order_by(Insats.start, Insats.id)
    )  # fmt: skip
    return {
        row.inskrivning_id: {"insats": row.insats, "enhet": row.enhet or "", "insats_slut": row.slut}
        for row in session.execute(query)
    }
