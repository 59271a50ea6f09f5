"""At which meeting and under which diarienummer the nämnd gets a report."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Namndbehandling


@dataclass(frozen=True, slots=True)
class Rapportplats:
    """A report of a period; `variant` is the plan of a follow-up, "" for other reports."""

    rapport: str
    variant: str
    fran: date
    till: date


@dataclass(frozen=True, slots=True)
class Behandling:
    """The day of the meeting and the diarienummer, as far as they are known."""

    sammantrade: date | None = None
    dnr: str = ""


def find_behandling(session: Session, aktor: Aktor, plats: Rapportplats) -> Behandling:  # noqa: ARG001
    """What is written of the report; empty where nothing is. One statement."""
    row = find_row(session, plats)
    return Behandling() if row is None else Behandling(row.sammantrade, row.dnr)


def find_row(session: Session, plats: Rapportplats) -> Namndbehandling | None:
    """The row of the report, None where there is none."""
    query = select(Namndbehandling).where(
        Namndbehandling.rapport == plats.rapport,
        Namndbehandling.variant == plats.variant,
        Namndbehandling.fran == plats.fran,
        Namndbehandling.till == plats.till,
    )
    return session.scalars(query).first()
