"""The filters of the list of deltagare, as conditions on a person."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import aliased

from db.models import Deltagare, Insats, Inskrivning, Steg, Stegperiod


@dataclass(frozen=True, slots=True)
class Urval:
    """The filters of the list: only the user's own people, only those inskrivna on the day, those who stand
    in a steg, those with an insats at an enhet on the day.

    Where protected people are is nobody's to find out: with an enhet they are left out.
    """

    mina: bool = False
    pagaende: bool = False
    steg: str = ""
    enhet_id: int | None = None


ALLA = Urval()


def _is_inskriven(dag: date) -> ColumnElement[bool]:
    return exists().where(Inskrivning.deltagare_id == Deltagare.id, *runs(dag))


def list_conditions(dag: date, urval: Urval) -> Iterator[ColumnElement[bool]]:
    """The filters that hold for whomever the user may see; who is the user's own is another question."""
    if urval.pagaende:
        yield _is_inskriven(dag)
    if urval.steg:
        yield _is_in_steg(dag, urval.steg)
    if urval.enhet_id is not None:
        yield Deltagare.id.in_(_at_enhet(dag, urval.enhet_id))


def _is_in_steg(dag: date, steg: str) -> ColumnElement[bool]:
    """The row shows this steg. Asked of one person at a time: people in a steg are many, and a
    page needs few of them."""
    stands = (
        select(Steg.namn)
        .select_from(Inskrivning)
        .outerjoin(Stegperiod, and_(Stegperiod.inskrivning_id == Inskrivning.id, Stegperiod.fran <= dag))
        .outerjoin(Steg, Steg.id == Stegperiod.steg_id)
        .where(Inskrivning.deltagare_id == Deltagare.id, *runs(dag))
        .order_by(
            Inskrivning.inskriven.desc(), Inskrivning.id.desc(), Stegperiod.fran.desc(), Steg.ordning.desc()
        )
        .limit(1)
        .correlate(Deltagare)
        .scalar_subquery()
    )
    return stands == steg


def may_be_in_steg(dag: date, steg: str) -> Select[int]:
    """Ids of those with an inskrivning that came to the steg and to no other on a later day. Those who came
    to two on the same day, or are inskrivna twice, are among them: `_is_in_steg` judges."""
    later = aliased(Stegperiod)
    gone_on = exists().where(
        later.inskrivning_id == Stegperiod.inskrivning_id, later.fran > Stegperiod.fran, later.fran <= dag
    )
    # Asked of each inskrivning that runs, which are fewer than all that ever came to the steg.
    came = exists().where(
        Stegperiod.inskrivning_id == Inskrivning.id, Stegperiod.fran <= dag, ~gone_on,
        Stegperiod.steg_id == select(Steg.id).where(Steg.namn == steg).scalar_subquery(),
    )  # fmt: skip
    return select(Inskrivning.deltagare_id).where(*runs(dag), came)


def _at_enhet(dag: date, enhet_id: int) -> Select[int]:
    """Ids of those who have an insats there on the day."""
    return (
        select(Inskrivning.deltagare_id)
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        .where(Insats.enhet_id == enhet_id, Insats.start <= dag)
        .where(or_(Insats.slut.is_(None), Insats.slut >= dag))
    )


def runs(dag: date | ColumnElement[date]) -> tuple[ColumnElement[bool], ...]:
    """The inskrivning runs on the day."""
    ends = or_(Inskrivning.avslutad.is_(None), Inskrivning.avslutad >= dag)
    return Inskrivning.inskriven <= dag, ends
