"""What the user opened, kept for the user alone: no part of the history, and nothing of protected people."""

from datetime import UTC, datetime
from importlib import import_module
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Oppnad
from db.queries import access
from db.session import Store

KEPT = 50


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
