"""Which acts are taken back."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import Handelse

SLAG = "ångra"  # of an act that takes another back


def find_undone(session: Session) -> set[int]:
    """The ids of acts that are taken back and not restored since."""
    undoings = session.execute(
        select(Handelse.id, Handelse.angrar_id)
        .where(Handelse.angrar_id.is_not(None))
        .order_by(Handelse.id.desc())
    ).all()
    undone: set[int | None] = set()
    # The latest first: an undoing that is itself undone takes nothing back.
    for act, target in undoings:
        if act not in undone:
            undone.add(target)
    return {act for act in undone if act is not None}
