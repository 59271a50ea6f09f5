"""The flow through the steg: who comes and goes, where inskrivningar stand, and for how long.

One source for the report `flode` and the screen Flöde: every function counts inskrivningar by kön and takes
`urval`, conditions on Inskrivning and Deltagare. People with protected identity are counted like everyone.
"""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Select, Subquery, and_, case, func, or_, select
from sqlalchemy.orm import Session

from db.models import Deltagare, Inskrivning, Steg, Stegperiod
from db.queries.figurer.gemensamt import Kon, flag, runs
from db.sql import days_between

Urval = Sequence[ColumnElement[bool]]
Dagar = Counter[tuple[Kon, int]]
Antal = Counter[Kon]


@dataclass(frozen=True, slots=True)
class Genomflode:
    """Inskrivningar of a period by kön: in, out, and inskrivna on its last day.

    `ledtider` are days from inskriven to avslutad of those that went out.
    """

    in_: Antal = field(default_factory=Counter)
    ut: Antal = field(default_factory=Counter)
    inskrivna: Antal = field(default_factory=Counter)
    ledtider: Dagar = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Stegrad:
    """A steg: days there of those who stand in it on the last day, and of those who left it in the period."""

    steg_id: int
    namn: str
    pagaende: Dagar = field(default_factory=Counter)
    avslutade: Dagar = field(default_factory=Counter)


def count_genomflode(session: Session, fran: date, slut: date, urval: Urval = ()) -> Genomflode:
    """Who came, went and is there, from `fran` to `slut`, both inclusive. One statement."""
    ut = and_(Inskrivning.avslutad >= fran, Inskrivning.avslutad <= slut)
    ledtid = case((ut, days_between(Inskrivning.inskriven, Inskrivning.avslutad)))
    rows = session.execute(
        select(
            Deltagare.kon,
            ledtid.label("ledtid"),
            func.sum(flag(Inskrivning.inskriven >= fran)),
            func.sum(flag(runs(Inskrivning.inskriven, Inskrivning.avslutad, slut, slut))),
            func.count(),
        )
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(runs(Inskrivning.inskriven, Inskrivning.avslutad, min(fran, slut), slut), *urval)
        .group_by(Deltagare.kon, ledtid)
    )
    flode = Genomflode()
    for kon, dagar, in_, inskrivna, antal in rows:
        flode.in_[kon] += in_
        flode.inskrivna[kon] += inskrivna
        if dagar is not None:
            flode.ut[kon] += antal
            flode.ledtider[kon, dagar] += antal
    return flode


def list_steg(session: Session, fran: date, slut: date, urval: Urval = ()) -> tuple[Stegrad, ...]:
    """Every steg in the order of the flow, also those without anybody. Two statements."""
    steg = {
        id_: Stegrad(id_, namn)
        for id_, namn in session.execute(select(Steg.id, Steg.namn).order_by(Steg.ordning, Steg.id))
    }
    for steg_id, kon, dagar, star_kvar, lamnat, antal in session.execute(_dagar(fran, slut, urval)):
        if star_kvar:
            steg[steg_id].pagaende[kon, dagar] += antal
        if lamnat:
            steg[steg_id].avslutade[kon, dagar] += antal
    return tuple(steg.values())


def _dagar(fran: date, slut: date, urval: Urval) -> Select[Any]:
    """How many stand in a steg on the last day or left it in the period, by kön and days there.

    Who is avslutad on the last day is both.
    """
    v = stays(min(fran, slut), slut, urval)
    dagar = days_between(v.c.fran, func.coalesce(v.c.till, slut))
    star_kvar = flag(and_(v.c.nasta.is_(None), or_(v.c.avslutad.is_(None), v.c.avslutad >= slut)))
    lamnat = flag(v.c.till >= fran)
    return (
        select(v.c.steg_id, v.c.kon, dagar, star_kvar, lamnat, func.count())
        .where(or_(v.c.till.is_(None), v.c.till >= min(fran, slut)))
        .group_by(v.c.steg_id, v.c.kon, dagar, star_kvar, lamnat)
    )


def stays(fran: date, slut: date, urval: Urval = ()) -> Subquery:
    """Every stay in a steg, as known on `slut`, of inskrivningar that run some day of the span.

    Columns: steg_id, kon, fran, `nasta` (the day of the next steg), avslutad, and `till` (the day it was
    left, NULL while it goes on).
    """
    nasta = func.lead(Stegperiod.fran).over(
        partition_by=Stegperiod.inskrivning_id, order_by=(Stegperiod.fran, Steg.ordning, Stegperiod.id)
    )
    steg = (
        select(
            Stegperiod.inskrivning_id,
            Stegperiod.steg_id,
            Deltagare.kon,
            case(
                (Stegperiod.fran < Inskrivning.inskriven, Inskrivning.inskriven), else_=Stegperiod.fran
            ).label("fran"),
            nasta.label("nasta"),
            Inskrivning.avslutad,
        )
        .join(Inskrivning, Inskrivning.id == Stegperiod.inskrivning_id)
        .join(Steg, Steg.id == Stegperiod.steg_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(
            runs(Inskrivning.inskriven, Inskrivning.avslutad, fran, slut),
            Stegperiod.fran <= slut,
            or_(Inskrivning.avslutad.is_(None), Stegperiod.fran <= Inskrivning.avslutad),
            *urval,
        )
        .subquery()
    )
    till = func.coalesce(steg.c.nasta, case((steg.c.avslutad <= slut, steg.c.avslutad)))
    # Several steg of one day: the last counts, the others were only passed.
    return (
        select(steg, till.label("till"))
        .where(or_(steg.c.nasta.is_(None), steg.c.nasta > steg.c.fran))
        .subquery()
    )
