"""How many places an enhet has left in a span of days (domain.md section 5)."""

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, Date, Integer, bindparam, func, select, union_all
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
from db.sql import Prepared

_ENHET, _UTOM = bindparam("enhet", type_=Integer), bindparam("utom", type_=Integer)
_FRAN, _TILL = bindparam("fran", type_=Date), bindparam("till", type_=Date)
# An insats takes a place each day until its slut, else until its planned end if that is to come. Three
# ranges of one index, ix_insats_platser, which holds all that is asked: an OR would read every row.
_OF = (Insats.enhet_id == _ENHET, Insats.id != _UTOM)
_ENDED = (*_OF, Insats.slut >= _FRAN)
_PLANNED = (*_OF, Insats.slut.is_(None), Insats.planerat_slut >= _FRAN)
_OPEN = (*_OF, Insats.slut.is_(None), Insats.planerat_slut.is_(None))

_KAPACITET = Prepared(
    select(KapacitetRow.fran, KapacitetRow.till, KapacitetRow.platser).where(KapacitetRow.enhet_id == _ENHET)
)
_COUNT = Prepared(
    select(*(select(func.count()).where(*which).scalar_subquery() for which in (_ENDED, _PLANNED, _OPEN)))
)
_THERE = Prepared(
    select(
        *(
            select(func.count()).where(*which, Insats.start <= _FRAN).scalar_subquery()
            for which in (_ENDED, _PLANNED, _OPEN)
        )
    )
)
# Days rather than insatser: of those there are few, however many people an enhet has.
_STARTS = Prepared(
    union_all(
        *(
            select(Insats.start, func.count())
            .where(*which, Insats.start > _FRAN, Insats.start <= _TILL)
            .group_by(Insats.start)
            for which in (_ENDED, _PLANNED, _OPEN)
        )
    )
)
_ENDS = Prepared(
    union_all(
        *(
            select(slut, func.count()).where(*which, slut < _TILL).group_by(slut)
            for slut, which in ((Insats.slut, _ENDED), (Insats.planerat_slut, _PLANNED))
        )
    )
)


@dataclass(frozen=True, slots=True)
class _Enhet:
    """What is asked of an enhet: who is there from the first day of a span, or comes later."""

    connection: Connection
    values: dict[str, Any]
    kapacitet: tuple[Kapacitet, ...]

    def count(self, which: Prepared) -> int:
        """How many insatser one of the statements that count finds."""
        ((ended, planned, open_),) = which.rows(self.connection, **self.values)
        return int(ended + planned + open_)

    def judge(self, forsta: int, fran: date, till: date) -> Platslage | None:
        """How it stands when so many are there on the first day."""
        come = _STARTS.rows(self.connection, **self.values, till=till)
        # Whoever leaves after the last one has come makes room for nobody who is asked about.
        sista = max(*find_changes(self.kapacitet, fran, till), fran, *(start for start, _ in come))
        ends = _ENDS.rows(self.connection, **self.values, till=sista)
        gone = [(slut + timedelta(1), -antal) for slut, antal in ends]
        return find_platslage(self.kapacitet, forsta, [*come, *gone], fran, till)


def read_platslage(
    session: Session,
    aktor: Aktor,  # noqa: ARG001 - places are no secret; rights get their place here
    enhet_id: int,
    fran: date,
    till: date,
    utom_insats_id: int | None = None,
) -> Platslage | None:
    """How the enhet stands from `fran` to `till`, one insats left out; None without capacity. At most four
    statements."""
    enhet = _enhet(session, enhet_id, fran, utom_insats_id)
    if find_fewest_platser(enhet.kapacitet, fran, till) is None:
        return None
    return enhet.judge(enhet.count(_THERE), fran, till)


def find_full_day(
    session: Session,
    aktor: Aktor,  # noqa: ARG001 - as above
    enhet_id: int,
    fran: date,
    till: date,
    utom_insats_id: int | None = None,
) -> date | None:
    """The first day of the span on which every place of the enhet is taken; None when there is room.

    Two statements where all who are there in the span would have room at once, three where the first day is
    full. Else five.
    """
    enhet = _enhet(session, enhet_id, fran, utom_insats_id)
    fewest = find_fewest_platser(enhet.kapacitet, fran, till)
    if fewest is None:
        return None
    if enhet.count(_COUNT) < fewest:
        return None
    forsta = enhet.count(_THERE)
    erbjudna = find_fewest_platser(enhet.kapacitet, fran, fran)
    if erbjudna is not None and forsta >= erbjudna:
        return fran
    lage = enhet.judge(forsta, fran, till)
    return None if lage is None else lage.full


def _enhet(session: Session, enhet_id: int, fran: date, utom_insats_id: int | None) -> _Enhet:
    connection = session.connection()
    kapacitet = resolve_kapacitet(Kapacitet(*row) for row in _KAPACITET.rows(connection, enhet=enhet_id))
    return _Enhet(connection, {"enhet": enhet_id, "fran": fran, "utom": utom_insats_id or 0}, kapacitet)
