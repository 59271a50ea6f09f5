"""Rows held for the length of an act."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Select, select, text
from sqlalchemy.orm import Session

from db.exchange.storeside import chunks


def lock_rows(session: Session | Connection, model: Any, ids: Iterable[int] | Select[Any]) -> None:
    """Hold rows of a model or table, by ids or a query for ids, until the act is done, so that what is
    checked of them still holds when it is written. Only a server needs it: a file has one writer at a time.

    Who holds several holds the owner first: deltagare, then inskrivning, then insats.
    """
    if _dialect(session) == "postgresql":
        key = getattr(model, "__table__", model).c.id
        found = session.scalars(ids) if isinstance(ids, Select) else ids
        for part in chunks(sorted(set(found))):
            session.execute(select(key).where(key.in_(part)).order_by(key).with_for_update())


def lock_table(session: Session | Connection, model: Any) -> None:
    """Let nobody else change a small table until the act is done, also by rows that are not there yet. Others
    may read it meanwhile."""
    if _dialect(session) == "postgresql":
        name = getattr(model, "__table__", model).name
        session.execute(text(f"LOCK TABLE {name} IN SHARE ROW EXCLUSIVE MODE"))


def _dialect(session: Session | Connection) -> str:
    return (session if isinstance(session, Connection) else session.get_bind()).dialect.name
