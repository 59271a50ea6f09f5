"""What the user opened, kept for the user alone: no part of the history, and nothing of protected people."""

import json
from collections.abc import Collection
from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Oppnad, Utkast
from db.queries import access
from db.queries.utkast import OF_PERSON
from db.session import Store

KEPT = 50
_RUBRIK = "Senast öppnade"


def log_oppnad(store: Store, aktor: Aktor, deltagare_id: int) -> None:
    """Remember that the user opened a person now; the KEPT latest stay, and those pinned.

    Of a protected person, or one the user may not know of, nothing is kept.
    """
    with store.unit_of_work(aktor, "öppnad") as work:
        if _is_open(work.session, deltagare_id):
            tid = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
            _upsert(work.session, {"signatur": aktor.signatur, "deltagare_id": deltagare_id, "tid": tid})
            _forget(work.session, aktor)


def pin_deltagare(store: Store, aktor: Aktor, deltagare_id: int) -> None:
    """Keep a person at the top of those opened; nothing for a protected one."""
    _set_fast(store, aktor, deltagare_id, True)


def unpin_deltagare(store: Store, aktor: Aktor, deltagare_id: int) -> None:
    """Let the person go with the others."""
    _set_fast(store, aktor, deltagare_id, False)


def _set_fast(store: Store, aktor: Aktor, deltagare_id: int, fast: bool) -> None:
    with store.unit_of_work(aktor, "öppnad") as work:
        if not _is_open(work.session, deltagare_id):
            return
        tid = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        values = {"signatur": aktor.signatur, "deltagare_id": deltagare_id, "tid": tid, "fast": fast}
        _upsert(work.session, values, keeps_tid=True)


def _is_open(session: Session, deltagare_id: int) -> bool:
    query = select(Deltagare.id).where(Deltagare.id == deltagare_id, Deltagare.skyddad == access.OPEN)
    return session.execute(query).scalar() is not None


def _upsert(session: Session, values: dict[str, Any], keeps_tid: bool = False) -> None:
    """One row per user and person, also when two windows of the same user write at once."""
    # One of the two: the other's module is heavy, and never needed in the same register.
    name = session.get_bind().dialect.name
    dialect = import_module(f"sqlalchemy.dialects.{name}")
    change = {key: value for key, value in values.items() if key in ("tid", "fast")}
    if keeps_tid:
        del change["tid"]
    statement = dialect.insert(Oppnad).values({"fast": False} | values)
    session.execute(statement.on_conflict_do_update(index_elements=["signatur", "deltagare_id"], set_=change))


def _forget(session: Session, aktor: Aktor) -> None:
    mine = select(Oppnad.id).where(Oppnad.signatur == aktor.signatur, Oppnad.fast.is_(False))
    old = session.execute(mine.order_by(Oppnad.tid.desc(), Oppnad.id.desc()).offset(KEPT)).scalars().all()
    if old:
        session.execute(delete(Oppnad).where(Oppnad.id.in_(old)))


def carry_oppnade(session: Session, from_id: int, to_id: int) -> None:
    """Let everybody's place for one card, pinned or not, be the place of another: the two become one.

    How it was waits for the one who goes, among the drafts and as private as they, until the two are parted
    (`return_oppnade`). Nobody is shown it as a draft: those of a person who is gone are not shown.
    """
    there = {row.signatur: row for row in _places(session, to_id)}
    for row in _places(session, from_id):
        beside = there.get(row.signatur)
        was = {"tid": row.tid, "fast": row.fast, "kvar": to_id}
        if beside is not None:
            was |= {"kvar_tid": beside.tid, "kvar_fast": beside.fast}
        session.add(
            Utkast(
                signatur=row.signatur, nyckel=_waiting(from_id), rubrik=_RUBRIK, tid=row.tid,
                varden=json.dumps(was),
            )
        )  # fmt: skip
        if beside is None:
            row.deltagare_id = to_id
        else:
            beside.tid, beside.fast = max(row.tid, beside.tid), row.fast or beside.fast
    session.flush()


def return_oppnade(session: Session, deltagare_ids: Collection[int]) -> None:
    """Give cards that came back the places that wait for them, where such may be kept; what the one who
    stayed got by them alone goes."""
    for person_id in deltagare_ids:
        mine = select(Utkast).where(Utkast.deltagare_id.is_(None), Utkast.nyckel == _waiting(person_id))
        for waiting in session.scalars(mine).all():
            was = json.loads(waiting.varden)
            _part(session, waiting.signatur, was)
            if _is_open(session, person_id):
                place = {"signatur": waiting.signatur, "deltagare_id": person_id}
                session.add(Oppnad(**place, tid=was["tid"], fast=was["fast"]))
            session.delete(waiting)
    session.flush()


def _part(session: Session, signatur: str, was: dict[str, Any]) -> None:
    """The place of the one who stayed, as it was but for what has been done with it since."""
    for row in _places(session, was["kvar"]):
        if row.signatur != signatur:
            continue
        if was["fast"] and not was.get("kvar_fast"):
            row.fast = False
        if row.tid == was["tid"] and "kvar_tid" in was:
            row.tid = was["kvar_tid"]
        elif row.tid == was["tid"]:
            session.delete(row)


def _places(session: Session, deltagare_id: int) -> list[Oppnad]:
    query = select(Oppnad).where(Oppnad.deltagare_id == deltagare_id).order_by(Oppnad.id)
    return list(session.scalars(query))


def _waiting(deltagare_id: int) -> str:
    return f"{OF_PERSON}{deltagare_id}/senast"
