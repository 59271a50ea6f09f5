"""The user's own drafts. Of people the user may no longer know of there are none; protected are masked."""

import json
from dataclasses import dataclass
from typing import TypeVarTuple

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Utkast
from db.queries import access

Columns = TypeVarTuple("Columns")
OF_PERSON = "kort/"  # how the keys of forms opened from a card begin; the person's id follows


@dataclass(frozen=True, slots=True)
class UtkastRow:
    """A form begun; `tid` is UTC, ISO 8601, `namn` empty where the form is of no person."""

    nyckel: str
    rubrik: str
    deltagare_id: int | None
    namn: str
    tid: str


@dataclass(frozen=True, slots=True)
class UtkastVarden:
    """What was written in a form, by field, and when (UTC, ISO 8601)."""

    tid: str
    varden: dict[str, object]


def read_utkast(session: Session, aktor: Aktor, nyckel: str) -> UtkastVarden | None:
    """The user's draft of a form, None where there is none. One statement."""
    query = _mine(select(Utkast.tid, Utkast.varden), aktor).where(Utkast.nyckel == nyckel)
    row = session.execute(query).one_or_none()
    return None if row is None else UtkastVarden(row[0], json.loads(row[1]))


def list_utkast(session: Session, aktor: Aktor) -> tuple[UtkastRow, ...]:
    """The user's drafts, the latest first. One statement."""
    query = _mine(
        select(
            Utkast.nyckel, Utkast.rubrik, Utkast.deltagare_id, Utkast.tid, Deltagare.fornamn,
            Deltagare.efternamn, Deltagare.skyddad,
        ),
        aktor,
    )  # fmt: skip
    rows = session.execute(query.order_by(Utkast.tid.desc(), Utkast.id.desc()))
    return tuple(
        UtkastRow(nyckel, rubrik, id_, _namn(id_, fornamn, efternamn, skyddad), tid)
        for nyckel, rubrik, id_, tid, fornamn, efternamn, skyddad in rows
    )


def _mine(query: Select[*Columns], aktor: Aktor) -> Select[*Columns]:
    # Those of a person whose card was merged into another wait until the two are parted.
    nobodys = and_(Utkast.deltagare_id.is_(None), ~Utkast.nyckel.startswith(OF_PERSON))
    return (
        query.select_from(Utkast)
        .outerjoin(Deltagare, Deltagare.id == Utkast.deltagare_id)
        .where(Utkast.signatur == aktor.signatur, or_(nobodys, access.may_know(aktor)))
    )


def _namn(deltagare_id: int | None, fornamn: str, efternamn: str, skyddad: str) -> str:
    if deltagare_id is None:
        return ""
    return f"{fornamn} {efternamn}" if access.is_open(skyddad) else access.MASK
