"""The people that the user opened last, and those pinned. Protected people are never among them."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Inskrivning, Oppnad, Steg, Stegperiod
from db.queries import access
from db.rules.personnummer import format_nummer

SHOWN = 10


@dataclass(frozen=True, slots=True)
class OppnadRow:
    """A person opened; `tid` is UTC, ISO 8601, `steg` where the person stands now."""

    deltagare_id: int
    namn: str
    personnummer: str
    steg: str
    tid: str
    fast: bool


def list_oppnade(session: Session, aktor: Aktor, dag: date, limit: int = SHOWN) -> tuple[OppnadRow, ...]:
    """Those pinned, then the latest, `limit` in all. One statement."""
    steg = (
        select(Steg.namn)
        .join(Stegperiod, Stegperiod.steg_id == Steg.id)
        .join(Inskrivning, Inskrivning.id == Stegperiod.inskrivning_id)
        .where(
            Inskrivning.deltagare_id == Deltagare.id, Inskrivning.avslutad.is_(None), Stegperiod.fran <= dag
        )
        .order_by(Stegperiod.fran.desc(), Stegperiod.id.desc())
        .limit(1)
        .correlate(Deltagare)
        .scalar_subquery()
    )
    query = (
        select(
            Deltagare.id, Deltagare.fornamn, Deltagare.efternamn, Deltagare.personnummer, steg, Oppnad.tid,
            Oppnad.fast,
        )
        .join(Deltagare, Deltagare.id == Oppnad.deltagare_id)
        .where(Oppnad.signatur == aktor.signatur, Deltagare.skyddad == access.OPEN)
        .order_by(Oppnad.fast.desc(), Oppnad.tid.desc(), Oppnad.id.desc())
        .limit(limit)
    )  # fmt: skip
    return tuple(
        OppnadRow(
            id_, f"{fornamn} {efternamn}", format_nummer(nummer) if nummer else "", steg_ or "", tid, fast
        )
        for id_, fornamn, efternamn, nummer, steg_, tid, fast in session.execute(query)
    )


def find_fasta(session: Session, aktor: Aktor) -> frozenset[int]:
    """The ids of the people that the user has pinned. One statement."""
    query = select(Oppnad.deltagare_id).where(Oppnad.signatur == aktor.signatur, Oppnad.fast.is_(True))
    return frozenset(session.execute(query).scalars())
