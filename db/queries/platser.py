"""How many places an enhet has left in a span of days (domain.md section 5)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Date, Integer, bindparam, func, select, union_all
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Insats
from db.models import Kapacitet as KapacitetRow
from db.rules.belaggning import (
    Kapacitet,
    Platslage,
    find_changes,
    find_fewest_platser,
    find_platslage,
    resolve_kapacitet,
)
from db.sql import Prepared, connection_of

_ENHET, _UTOM = bindparam("enhet", type_=Integer), bindparam("utom", type_=Integer)
_FRAN, _TILL = bindparam("fran", type_=Date), bindparam("till", type_=Date)
_TRODD, _IDAG = bindparam("trodd", type_=Date), bindparam("idag", type_=Date)
# An insats takes a place each day until its slut (R5), else until its planned end if that is to come. One
# that has run past its planned end runs until somebody ends it, as in the figures. Four ranges of one index,
# ix_insats_platser, which holds all that is asked: an OR would read every row.
_AT = Insats.enhet_id == _ENHET
_ENDED = (_AT, Insats.slut >= _FRAN)
_PLANNED = (_AT, Insats.slut.is_(None), Insats.planerat_slut >= _TRODD)
_OVERDUE = (_AT, Insats.slut.is_(None), Insats.planerat_slut < _IDAG)
_OPEN = (_AT, Insats.slut.is_(None), Insats.planerat_slut.is_(None))
_THERE = (_ENDED, _PLANNED, _OVERDUE, _OPEN)
_OTHERS = Insats.id != _UTOM

_KAPACITET = Prepared(
    select(KapacitetRow.fran, KapacitetRow.till, KapacitetRow.platser).where(KapacitetRow.enhet_id == _ENHET)
)


def _count(*more: ColumnElement[bool]) -> Prepared:
    counts = (select(func.count()).where(*which, *more) for which in _THERE)
    return Prepared(select(*(count.scalar_subquery() for count in counts)))


# A new insats leaves nobody out: to look at the id of every row would take half as long again.
_COUNT, _COUNT_OTHERS = _count(), _count(_OTHERS)
# Days rather than insatser: of those there are few, however many people an enhet has.
_STARTS = Prepared(
    union_all(
        *(
            select(Insats.start, func.count())
            .where(*which, _OTHERS, Insats.start > _FRAN)
            .group_by(Insats.start)
            for which in _THERE
        )
    )
)
_ENDS = Prepared(
    union_all(
        *(
            select(slut, func.count()).where(*which, _OTHERS, slut < _TILL).group_by(slut)
            for slut, which in ((Insats.slut, _ENDED), (Insats.planerat_slut, _PLANNED))
        )
    )
)


@dataclass(frozen=True, slots=True)
class _Enhet:
    """What is asked of an enhet: who is there from the first day of a span, or comes later."""

    connection: Connection
    enhet_id: int
    fran: date
    utom: int | None
    idag: date
    kapacitet: tuple[Kapacitet, ...]

    def count(self) -> int:
        """How many are there some day from the first on."""
        which = _COUNT if self.utom is None else _COUNT_OTHERS
        (counts,) = which.rows(self.connection, **self._values())
        return int(sum(counts))

    def come(self) -> list[tuple[date, int]]:
        """How many come on each later day."""
        return [(start, antal) for start, antal in _STARTS.rows(self.connection, **self._values())]

    def judge(self, alla: int, come: Sequence[tuple[date, int]], till: date) -> Platslage | None:
        """How it stands with so many at all, of whom some come later."""
        fran = self.fran
        soon = [(start, antal) for start, antal in come if start <= till]
        # Whoever leaves after the last one has come makes room for nobody who is asked about.
        sista = max(*find_changes(self.kapacitet, fran, till), fran, *(start for start, _ in soon))
        ends = _ENDS.rows(self.connection, **self._values(), till=sista)
        gone = [(slut + timedelta(1), -antal) for slut, antal in ends]
        forsta = alla - sum(antal for _, antal in come)
        return find_platslage(self.kapacitet, forsta, [*soon, *gone], fran, till)

    def _values(self) -> dict[str, Any]:
        days = {"fran": self.fran, "idag": self.idag, "trodd": max(self.fran, self.idag)}
        return {"enhet": self.enhet_id, "utom": self.utom or 0, **days}


def read_platslage(
    session: Session | Connection,
    aktor: Aktor,  # noqa: ARG001 - places are no secret; rights get their place here
    enhet_id: int,
    fran: date,
    till: date,
    utom_insats_id: int | None = None,
    *,
    idag: date,
) -> Platslage | None:
    """How the enhet stands from `fran` to `till`, one insats left out; None without capacity. A planned end
    before `idag` is none. At most four statements."""
    enhet = _enhet(session, enhet_id, fran, utom_insats_id, idag)
    if find_fewest_platser(enhet.kapacitet, fran, till) is None:
        return None
    return enhet.judge(enhet.count(), enhet.come(), till)


def find_full_day(
    session: Session | Connection,
    aktor: Aktor,  # noqa: ARG001 - as above
    enhet_id: int,
    fran: date,
    till: date,
    utom_insats_id: int | None = None,
    *,
    idag: date,
) -> date | None:
    """The first day of the span on which every place of the enhet is taken; None when there is room.

    A planned end before `idag` is none. Two statements where all who are there in the span would have room
    at once, three where the first day is full. Else four.
    """
    enhet = _enhet(session, enhet_id, fran, utom_insats_id, idag)
    fewest = find_fewest_platser(enhet.kapacitet, fran, till)
    if fewest is None:
        return None
    alla = enhet.count()
    if alla < fewest:
        return None
    come = enhet.come()
    erbjudna = find_fewest_platser(enhet.kapacitet, fran, fran)
    if erbjudna is not None and alla - sum(antal for _, antal in come) >= erbjudna:
        return fran
    lage = enhet.judge(alla, come, till)
    return None if lage is None else lage.full


def _enhet(
    session: Session | Connection, enhet_id: int, fran: date, utom_insats_id: int | None, idag: date
) -> _Enhet:
    connection = connection_of(session)
    kapacitet = resolve_kapacitet(Kapacitet(*row) for row in _KAPACITET.rows(connection, enhet=enhet_id))
    return _Enhet(connection, enhet_id, fran, utom_insats_id, idag, kapacitet)
