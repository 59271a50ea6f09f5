"""Warnings that were passed with a reason when a row was saved."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models import PasseradVarning


@dataclass(frozen=True, slots=True)
class PasseradRow:
    """A warning as it was told at a field, and why it was passed."""

    falt: str
    varning: str
    skal: str


def list_passerade(session: Session, tabell: str, rad_id: int) -> tuple[PasseradRow, ...]:
    """What was passed for one row, the newest last. One statement; the caller has seen to it that the user
    may know of the row."""
    query = select(PasseradVarning.falt, PasseradVarning.varning, PasseradVarning.skal).where(
        PasseradVarning.tabell == tabell, PasseradVarning.rad_id == rad_id
    )
    return tuple(PasseradRow(*row) for row in session.execute(query.order_by(PasseradVarning.id)))
