"""Taking away what was registered by mistake: refused with a sentence where something hangs on it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Saved
from db.errors import DataError, NotFoundError
from db.models import (
    Insats,
    Inskrivning,
    Mote,
    Narvaro,
    Narvaroschema,
    OsaBeslut,
    OsaUppfoljning,
    PasseradVarning,
    Planering,
    Planeringssteg,
)
from db.queries import access
from db.session import Store


@dataclass(frozen=True, slots=True)
class _Slag:
    """A kind of row that can be taken away: what it is called in the history, what hangs on it, with words
    for that, and the parts that go with it. Both name it by a column."""

    model: type[Any]
    borttagen: str
    saknas: str
    hangs: Sequence[tuple[type[Any], str]] = ()
    parts: Sequence[type[Any]] = ()


SLAG = {
    "insats": _Slag(
        Insats,
        "Borttagen insats",
        "Insatsen finns inte i registret.",
        ((Narvaro, "närvaro"), (OsaBeslut, "OSA-beslut"), (OsaUppfoljning, "OSA-uppföljningar")),
        (Narvaroschema,),
    ),
    "mote": _Slag(Mote, "Borttaget möte", "Mötet finns inte i registret."),
    "planering": _Slag(
        Planering, "Borttagen planering", "Planeringen finns inte i registret.", parts=(Planeringssteg,)
    ),
}


def remove_row(store: Store, aktor: Aktor, tabell: str, rad_id: int) -> Saved:
    """Take away an insats, a möte or a version of a planering, by table and id, with its parts.

    Raises DataError where something hangs on it, saying what, and NotFoundError where it is missing or not
    the user's to know.
    """
    slag = SLAG[tabell]
    with store.unit_of_work(aktor, "borttagning", slag.borttagen) as work:
        session = work.session
        row = session.get(slag.model, rad_id, with_for_update=True)
        if row is None:
            raise NotFoundError(slag.saknas)
        access.require_known(session, aktor, _owner(session, row))
        _refuse_hanging(session, slag, rad_id)
        for part in (*_parts(session, slag, rad_id), *_passed(session, tabell, rad_id)):
            session.delete(part)
        session.flush()  # the parts first: nothing tells the ORM which rows go before which
        session.delete(row)
    assert work.changes is not None
    return Saved(rad_id, work.changes)


def _owner(session: Session, row: Any) -> int:
    if isinstance(row, Mote):
        return row.deltagare_id
    return session.get_one(Inskrivning, row.inskrivning_id).deltagare_id


def _refuse_hanging(session: Session, slag: _Slag, rad_id: int) -> None:
    column = f"{slag.model.__tablename__}_id"
    found = [
        words
        for model, words in slag.hangs
        if session.scalars(select(model.id).where(getattr(model, column) == rad_id).limit(1)).first()
        is not None
    ]
    if found:
        told = " och ".join([", ".join(found[:-1]), found[-1]] if len(found) > 1 else found)
        raise DataError(f"Det finns {told} registrerat. Ta bort det först, eller avsluta i stället.")


def _parts(session: Session, slag: _Slag, rad_id: int) -> list[Any]:
    column = f"{slag.model.__tablename__}_id"
    return [
        part
        for model in slag.parts
        for part in session.scalars(select(model).where(getattr(model, column) == rad_id))
    ]


def _passed(session: Session, tabell: str, rad_id: int) -> Sequence[PasseradVarning]:
    query = select(PasseradVarning).where(PasseradVarning.tabell == tabell, PasseradVarning.rad_id == rad_id)
    return session.scalars(query).all()
