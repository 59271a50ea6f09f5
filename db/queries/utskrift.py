"""Attendance day by day, for a print from the card."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Insats, Inskrivning, Narvaro
from db.queries import access


@dataclass(frozen=True, slots=True)
class NarvaroDag:
    """A registered pass: fm, em or `` for the whole day; minutes where they are known."""

    insats_id: int
    datum: date
    pass_: str
    status: str
    minuter: int | None
    notering: str


def list_narvaro_dagar(
    session: Session, aktor: Aktor, deltagare_id: int, fran: date, till: date
) -> tuple[NarvaroDag, ...]:
    """Every registered pass of the person from `fran` to `till` inclusive, in time order. Two statements.

    Raises NotFoundError where the user may not know the person.
    """
    access.require_known(session, aktor, deltagare_id)
    query = (
        select(
            Narvaro.insats_id, Narvaro.datum, Narvaro.pass_, Narvaro.status, Narvaro.minuter, Narvaro.notering
        )
        .join(Insats, Insats.id == Narvaro.insats_id)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .where(Inskrivning.deltagare_id == deltagare_id, Narvaro.datum.between(fran, till))
        # fm before em; the database would put them the other way round.
        .order_by(Narvaro.datum, Narvaro.pass_.desc(), Narvaro.insats_id)
    )
    return tuple(NarvaroDag(*row) for row in session.execute(query))
