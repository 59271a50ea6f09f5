"""Warnings passed with a reason: asked for before a row is saved, and kept beside it."""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection, Integer, String, bindparam, select
from sqlalchemy.orm import Session

from db.commands.findings import Finding
from db.errors import DataError
from db.models import PasseradVarning
from db.session import UnitOfWork
from db.sql import Prepared

FIELD = "varningsskal"  # what forms call the reason
ASK = "Skriv varför det ska sparas ändå."
LONGEST = 2_000
_OF = Prepared(
    select(PasseradVarning.falt, PasseradVarning.varning).where(
        PasseradVarning.tabell == bindparam("tabell", type_=String),
        PasseradVarning.rad_id == bindparam("rad", type_=Integer),
    )
)


def unasked_again(
    session: Session | Connection, tabell: str, rad_id: int | None, findings: Iterable[Finding]
) -> tuple[Finding, ...]:
    """The findings, where what was passed before for the same row is told without asking for a reason."""
    found = tuple(findings)
    if rad_id is None or not any(finding.asks for finding in found):
        return found
    passed = set(_OF.rows(session, tabell=tabell, rad=rad_id))
    return tuple(
        replace(finding, asks=False) if (finding.field, finding.message) in passed else finding
        for finding in found
    )


def pass_warnings(
    work: UnitOfWork, tabell: str, rad_id: int, varningar: Sequence[Finding], skal: str | None
) -> None:
    """Keep the reason for every warning that asks for one, in the same act as the row.

    Raises DataError at `FIELD` where it is missing; None for those who save without anybody to ask.
    """
    asked = [finding for finding in varningar if finding.asks]
    if not asked or skal is None:
        return
    if not skal.strip():
        raise DataError(ASK, FIELD)
    if len(skal) > LONGEST:
        raise DataError("Skälet är för långt. Korta det.", FIELD)
    for finding in asked:
        values = {"tabell": tabell, "rad_id": rad_id, "falt": finding.field, "varning": finding.message}
        work.recorder.insert(PasseradVarning, {**values, "skal": skal.strip()})
