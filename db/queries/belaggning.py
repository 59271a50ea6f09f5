"""What beläggning is worked out from, for the report and the screen alike: enheter and their place-days."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Date, and_, bindparam, func, literal, or_, select, union_all
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import Enhet, Insats, Kapacitet, Kostnad
from db.queries.figurer.gemensamt import flag, overlap_days, runs
from db.rules import belaggning
from db.sql import Prepared, day_number

INGEN_ENHET = 0


@dataclass(slots=True)
class Enhetsdata:
    """An enhet with its rows of capacity as they are stored, and its cost in öre by calendar year."""

    id: int
    namn: str
    typ: str
    anordnare: str
    kapacitet: list[belaggning.Kapacitet] = field(default_factory=list)
    kostnader: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Platsflode:
    """When the places of an enhet are taken and left, from a first day on; days as their numbers.

    `starter` counts insatser by the day they begin, those there already by some day before the first; `slut`
    by their last day where it is known or planned, `slut_nu` those of them that had begun by a given day.
    """

    starter: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    slut: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))
    slut_nu: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))

    def count_by_day(self, fran: date, dagar: int) -> list[int]:
        """Places taken on each of so many days from the first one."""
        forsta = fran.toordinal()
        more = [(dag - forsta, antal) for dag, antal in self.starter.items()]
        more += [(dag + 1 - forsta, -antal) for dag, antal in self.slut.items()]
        return belaggning.count_by_day(more, dagar)


_FRAN, DAG = bindparam("fran", type_=Date), bindparam("dag", type_=Date)
IDAG = bindparam("idag", type_=Date)
# Each enhet by itself: the index ix_insats_platser then leads to those who are there in the time asked for,
# and hands them over in the order of their ends.
_AT = Insats.enhet_id.in_(select(Enhet.id))
_ENDED, _OPEN = (_AT, Insats.slut >= _FRAN), (_AT, Insats.slut.is_(None))
_START, _SLUT = 0, 1
_NONE = literal(0)


def _before(there: tuple[ColumnElement[bool], ...]) -> Any:
    first = day_number(func.min(Insats.start))
    query = select(Insats.enhet_id, first, literal(_START), func.count(), _NONE)
    return query.where(*there, Insats.start < _FRAN).group_by(Insats.enhet_id)


def _starts(there: tuple[ColumnElement[bool], ...]) -> Any:
    query = select(Insats.enhet_id, day_number(Insats.start), literal(_START), func.count(), _NONE)
    return query.where(*there, Insats.start >= _FRAN).group_by(Insats.enhet_id, Insats.start)


def _ends(slut: InstrumentedAttribute[date | None], there: tuple[ColumnElement[bool], ...]) -> Any:
    begun = func.sum(flag(Insats.start <= DAG))
    query = select(Insats.enhet_id, day_number(slut), literal(_SLUT), func.count(), begun)
    return query.where(*there).group_by(Insats.enhet_id, slut)


_FLODE = Prepared(
    union_all(
        _before(_ENDED), _before(_OPEN), _starts(_ENDED), _starts(_OPEN),
        _ends(Insats.slut, _ENDED), _ends(Insats.planerat_slut, (*_OPEN, Insats.planerat_slut >= IDAG)),
    )
)  # fmt: skip


def is_there(fran: date, till: date, idag: date) -> ColumnElement[bool]:
    """Whether an insats has its place some day of the span. Of days to come a planned end is believed unless
    it has passed on `idag`: who has overrun it is there until somebody ends the insats (R5)."""
    there = runs(Insats.start, Insats.slut, fran, till)
    if fran <= idag:
        return there
    return and_(there, or_(Insats.slut.is_not(None), planned_there(fran, idag)))


def planned_there(dag: date | ColumnElement[date], idag: date | ColumnElement[date]) -> ColumnElement[bool]:
    """Whether an open insats is believed to be there on a day to come."""
    return or_(Insats.planerat_slut.is_(None), Insats.planerat_slut < idag, Insats.planerat_slut >= dag)


def _taken(*open_ended: ColumnElement[bool]) -> Prepared:
    """How many have a place by enhet: two ranges of the index rather than an OR, which would read every
    row."""
    ranges = ((Insats.slut >= DAG,), (Insats.slut.is_(None), *open_ended))
    there = union_all(
        *(
            select(Insats.enhet_id.label("enhet_id"), func.count().label("antal"))
            .where(_AT, Insats.start <= DAG, *which)
            .group_by(Insats.enhet_id)
            for which in ranges
        )
    ).subquery()
    return Prepared(select(there.c.enhet_id, func.sum(there.c.antal)).group_by(there.c.enhet_id))


_TAKEN, _TAKEN_LATER = _taken(), _taken(planned_there(DAG, IDAG))


def read_enheter(session: Session) -> dict[int, Enhetsdata]:
    """Every enhet by id, intern first and in the order they were registered. Three statements."""
    enheter = {
        row.id: Enhetsdata(*row)
        for row in session.execute(
            select(Enhet.id, Enhet.namn, Enhet.typ, Enhet.anordnare).order_by(Enhet.typ.desc(), Enhet.id)
        )
    }
    for enhet_id, fran, till, platser in session.execute(
        select(Kapacitet.enhet_id, Kapacitet.fran, Kapacitet.till, Kapacitet.platser)
    ):
        enheter[enhet_id].kapacitet.append(belaggning.Kapacitet(fran, till, platser))
    for enhet_id, ar, ore in session.execute(select(Kostnad.enhet_id, Kostnad.ar, Kostnad.belopp_ore)):
        enheter[enhet_id].kostnader[ar] = ore
    return enheter


def count_belagda(session: Session, fran: date, slut: date) -> dict[int, int]:
    """Occupied place-days of the period by enhet; those without any are left out. One statement."""
    # Not the bare column: going through its index is slower than reading the table once.
    enhet_id_av = func.coalesce(Insats.enhet_id, INGEN_ENHET)
    rows = session.execute(
        select(enhet_id_av, func.sum(overlap_days(Insats.start, Insats.slut, fran, slut)))
        .where(runs(Insats.start, Insats.slut, fran, slut))
        .group_by(enhet_id_av)
    )
    return {enhet_id: int(dagar) for enhet_id, dagar in rows if enhet_id != INGEN_ENHET}


def count_platser_tagna(session: Session, dag: date, idag: date) -> dict[int, int]:
    """How many have a place at each enhet on `dag`, as `read_platsfloden` counts them; enheter without
    anybody are left out. One statement."""
    if dag <= idag:
        return dict(_TAKEN.rows(session, dag=dag))
    return dict(_TAKEN_LATER.rows(session, dag=dag, idag=idag))


def read_platsfloden(session: Session, fran: date, dag: date, idag: date) -> dict[int, Platsflode]:
    """By enhet when its places are taken and left from `fran` on; enheter without anybody are left out.

    A planned end is believed unless it has passed on `idag`: who has overrun it is there until somebody ends
    the insats (R5). `dag` is what `slut_nu` is counted for. One statement.
    """
    floden: defaultdict[int, Platsflode] = defaultdict(Platsflode)
    nummer = dag.toordinal()
    rows = _FLODE.rows(session, fran=fran, dag=dag, idag=idag)
    for enhet_id, dagen, slag, antal, begun in rows:
        flode = floden[enhet_id]
        if slag == _START:
            flode.starter[dagen] += antal
        else:
            flode.slut[dagen] += antal
            if begun and dagen >= nummer:
                flode.slut_nu[dagen] += int(begun)
    return floden
