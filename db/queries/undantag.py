"""The undantag that apply on a day, and when each is to be reviewed."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Arende, Deltagare, Undantag, Undantagsgranskning
from db.queries import access
from db.rules.undantag import find_granskas


@dataclass(frozen=True, slots=True)
class UndantagNu:
    """An undantag that applies: its days and reason, the latest review, and the day of the next one."""

    id: int
    arende_id: int
    fran: date
    till: date | None
    skal: str
    granskning_id: int | None
    granskad: date | None
    granskas: date | None

    def is_due(self, dag: date) -> bool:
        """Whether it is to be reviewed now."""
        return self.granskas is not None and self.granskas <= dag


def list_undantag_nu(session: Session, aktor: Aktor, dag: date) -> dict[int, UndantagNu]:
    """By ärende, of open ärenden of people whom the user may know: of several the one that lasts longest,
    and of those the one begun first. One statement."""
    senaste = (
        select(Undantagsgranskning.undantag_id, func.max(Undantagsgranskning.id).label("id"))
        .group_by(Undantagsgranskning.undantag_id)
        .subquery()
    )
    query = (
        select(
            Undantag.id, Undantag.arende_id, Undantag.fran, Undantag.till, Undantag.skal,
            Undantagsgranskning.id, Undantagsgranskning.datum, Undantagsgranskning.nasta,
        )
        .join(Arende, Arende.id == Undantag.arende_id)
        .join(Deltagare, Deltagare.id == Arende.deltagare_id)
        .outerjoin(senaste, senaste.c.undantag_id == Undantag.id)
        .outerjoin(Undantagsgranskning, Undantagsgranskning.id == senaste.c.id)
        .where(
            Undantag.fran <= dag, or_(Undantag.till.is_(None), Undantag.till >= dag),
            or_(Arende.avslutat.is_(None), Arende.avslutat > dag), access.may_know(aktor),
        )
    )  # fmt: skip
    rows = [
        UndantagNu(id_, arende_id, fran, till, skal, granskning_id, granskad,
                   find_granskas(fran, till, granskad, nasta, dag))
        for id_, arende_id, fran, till, skal, granskning_id, granskad, nasta in session.execute(query)
    ]  # fmt: skip
    rows.sort(key=lambda row: ((row.till or date.max).toordinal(), -row.fran.toordinal(), -row.id))
    return {row.arende_id: row for row in rows}
