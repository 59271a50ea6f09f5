"""Remembering what is handed over of a report, in the same act as it is: a print is out, and stays out."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.visning import PRINTED
from db.errors import ConflictError
from db.history import Changes, to_json
from db.locks import lock_table
from db.models import Rapportutskrift
from db.queries.rapportutskrift import is_of, write_sidor
from db.recorder import Cell
from db.rules.sidor import Sida
from db.session import Store, UnitOfWork

MADE_MEANWHILE = (
    "En annan utskrift av rapporten har lämnats ut under tiden. Inget har sparats. Gör rapporten igen."
)


@dataclass(frozen=True, slots=True)
class Utskrift:
    """A report to hand over: `sidor` with what is hidden of them, hidden against every print up to the one
    with the id `senast`."""

    rapport: str
    titel: str
    fran: date
    till: date
    per: date
    sidor: Sequence[Sida]
    senast: int
    variant: str = ""


def remember_utskrift(store: Store, aktor: Aktor, utskrift: Utskrift, form: str, nu: datetime) -> Changes:
    """Remember that the report is handed over as `form` (pdf, xlsx, json, text); call it with everything made
    and nothing handed over yet. The same content again is told in the history and not kept twice.

    Raises ConflictError where another print has come out since: it must be hidden against that one too.
    """
    with store.unit_of_work(aktor, PRINTED, _tell(utskrift, form)) as work:
        row_id = note_utskrift(work, aktor, utskrift, form, nu)
        work.recorder.record([Cell(Rapportutskrift.__tablename__, row_id, PRINTED, None, to_json(form))])
    assert work.changes is not None
    return work.changes


def note_utskrift(work: UnitOfWork, aktor: Aktor, utskrift: Utskrift, form: str, nu: datetime) -> int:
    """As `remember_utskrift`, as a part of another act, which tells of it; the id of the print."""
    lock_table(work.session, Rapportutskrift)
    innehall = write_sidor(utskrift.sidor)
    sha256 = hashlib.sha256(innehall.encode()).hexdigest()
    row_id = _find(work.session, utskrift, sha256)
    if row_id is None:
        if _newest(work.session, utskrift) != utskrift.senast:
            raise ConflictError(MADE_MEANWHILE)
        row = Rapportutskrift(
            rapport=utskrift.rapport, variant=utskrift.variant, fran=utskrift.fran, till=utskrift.till,
            per=utskrift.per, tid=utc_text(nu), signatur=aktor.signatur, form=form, sha256=sha256,
            innehall=innehall,
        )  # fmt: skip
        work.session.add(row)
        work.session.flush()
        row_id = row.id
    return row_id


def utc_text(nu: datetime) -> str:
    """The time as the register writes times: UTC to the microsecond, Z last."""
    return nu.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _tell(utskrift: Utskrift, form: str) -> str:
    return f"Utskrift: {utskrift.titel}, {utskrift.fran}–{utskrift.till} ({form})"


def _find(session: Session, utskrift: Utskrift, sha256: str) -> int | None:
    query = select(Rapportutskrift.id).where(
        Rapportutskrift.rapport == utskrift.rapport, Rapportutskrift.variant == utskrift.variant,
        Rapportutskrift.fran == utskrift.fran, Rapportutskrift.till == utskrift.till,
        Rapportutskrift.per == utskrift.per, Rapportutskrift.sha256 == sha256,
    )  # fmt: skip
    return session.execute(query).scalar()


def _newest(session: Session, utskrift: Utskrift) -> int:
    own = is_of(utskrift.rapport, utskrift.variant)
    newest = select(func.coalesce(func.max(Rapportutskrift.id), 0)).where(own)
    return session.execute(newest).scalar_one()
