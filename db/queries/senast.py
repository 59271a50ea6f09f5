"""Who changed a row last, for whoever meets the change."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.models import Andring, Handelse, Medarbetare


def find_latest_change(session: Session, tabell: str, rad_id: int) -> tuple[str, datetime] | None:
    """The name of the one who changed a row last, and when, UTC; None where the history knows of nobody."""
    query = (
        select(func.coalesce(Medarbetare.namn, Handelse.aktor), Handelse.tid)
        .join(Andring, Andring.handelse_id == Handelse.id)
        .outerjoin(Medarbetare, Medarbetare.signatur == Handelse.aktor)
        .where(Andring.tabell == tabell, Andring.rad_id == rad_id)
        .order_by(Andring.id.desc())
        .limit(1)
    )
    found = session.execute(query).first()
    return None if found is None else (found[0], datetime.fromisoformat(found[1].replace("Z", "+00:00")))
