"""What can be handed over to somebody else: open ärenden and inskrivningar, by person or by who has them."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, func, not_, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.aktor import Aktor
from db.exchange.storeside import chunks
from db.models import Arende, Deltagare, Inskrivning
from db.queries import access


class Slag(StrEnum):
    """What is handed over; the value is the table."""

    ARENDE = "arende"
    INSKRIVNING = "inskrivning"


@dataclass(frozen=True, slots=True)
class Overlamnad:
    """An open ärende or inskrivning and the signatur that answers for it now, empty for nobody."""

    slag: Slag
    id: int
    deltagare_id: int
    ansvarig: str


@dataclass(frozen=True, slots=True)
class Underlag:
    """What the user can hand over, and how many people there are besides whom the user may not know of."""

    rader: tuple[Overlamnad, ...]
    dolda: int

    @property
    def personer(self) -> int:
        """How many people the rows are of."""
        return len({rad.deltagare_id for rad in self.rader})


_TABLES: dict[Slag, tuple[Any, InstrumentedAttribute[str], ColumnElement[bool]]] = {
    Slag.ARENDE: (Arende, Arende.handlaggare, Arende.avslutat.is_(None)),
    Slag.INSKRIVNING: (Inskrivning, Inskrivning.koordinator, Inskrivning.avslutad.is_(None)),
}


def list_hos(session: Session, aktor: Aktor, signatur: str) -> Underlag:
    """Everything open that names `signatur` (empty: that names nobody). Four statements."""
    return _list(session, aktor, lambda column, _person: column == signatur)


def list_for(session: Session, aktor: Aktor, deltagare_ids: Collection[int]) -> Underlag:
    """Everything open of these people, whoever has it. Four statements for each part of the ids."""
    parts = [
        _list(session, aktor, lambda _column, person, part=part: person.in_(part))
        for part in chunks(sorted(set(deltagare_ids)))
    ]
    return Underlag(tuple(rad for part in parts for rad in part.rader), sum(part.dolda for part in parts))


def read_nu(session: Session, rader: Collection[Overlamnad]) -> dict[tuple[Slag, int], str]:
    """Who answers for each of the rows now; those no longer open are left out."""
    found: dict[tuple[Slag, int], str] = {}
    for slag, (model, column, is_open) in _TABLES.items():
        for part in chunks(sorted({rad.id for rad in rader if rad.slag is slag})):
            query = select(model.id, column).where(model.id.in_(part), is_open)
            found |= {(slag, row[0]): row[1] for row in session.execute(query)}
    return found


def _list(session: Session, aktor: Aktor, wanted: Any) -> Underlag:
    rader: list[Overlamnad] = []
    hidden: set[int] = set()
    for slag in Slag:
        rader += _rows(session, slag, wanted, access.may_know(aktor))
        hidden |= {rad.deltagare_id for rad in _rows(session, slag, wanted, not_(access.may_know(aktor)))}
    return Underlag(tuple(rader), len(hidden))


def _rows(session: Session, slag: Slag, wanted: Any, seen: ColumnElement[bool]) -> Iterator[Overlamnad]:
    model, column, is_open = _TABLES[slag]
    query = (
        select(model.id, model.deltagare_id, func.coalesce(column, ""))
        .join(Deltagare, Deltagare.id == model.deltagare_id)
        .where(is_open, seen, wanted(column, model.deltagare_id))
        .order_by(model.id)
    )
    for id_, deltagare_id, ansvarig in session.execute(query):
        yield Overlamnad(slag, id_, deltagare_id, ansvarig)
