"""Who changed a row last, for whoever meets the change."""

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Andring, Handelse, Medarbetare


def find_latest_change(
    session: Session, tabell: str, rad_id: int, falt: Collection[str] = ()
) -> tuple[str, datetime] | None:
    """The name of the one who changed a row last, and when, UTC; None where the history knows of nobody.
    `falt`: only changes of these columns count."""
    query = (
        select(func.coalesce(Medarbetare.namn, Handelse.aktor), Handelse.tid)
        .join(Andring, Andring.handelse_id == Handelse.id)
        .outerjoin(Medarbetare, Medarbetare.signatur == Handelse.aktor)
        .where(Andring.tabell == tabell, Andring.rad_id == rad_id)
        .order_by(Andring.id.desc())
        .limit(1)
    )
    found = session.execute(query.where(Andring.falt.in_(falt)) if falt else query).first()
    return None if found is None else (found[0], datetime.fromisoformat(found[1].replace("Z", "+00:00")))


def find_latest_of(
    session: Session, rader: Iterable[tuple[str, int]], falt: Collection[str] = ()
) -> tuple[str, datetime] | None:
    """The latest change of any of these rows (table, id), as `find_latest_change`. One statement a row."""
    changes = [find_latest_change(session, tabell, rad_id, falt) for tabell, rad_id in rader]
    return max((c for c in changes if c is not None), key=lambda change: change[1], default=None)
