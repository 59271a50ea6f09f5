"""The flow through the steg: who comes and goes, where inskrivningar stand, and for how long.

One source for the report `flode` and the screen Flöde: every function counts inskrivningar by kön and takes
`urval`, conditions on Inskrivning and Deltagare. People with protected identity are counted like everyone.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    ScalarSelect,
    Select,
    Subquery,
    and_,
    case,
    func,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import Deltagare, Insats, Insatstyp, Inskrivning, Steg, Stegperiod
from db.queries.figurer.gemensamt import Kon, Villkor, flag, runs
from db.rules.flode import UTAN_STEG, Kurva, accumulate, is_over_riktvarde
from db.sql import day_number, days_between

Dagar = Counter[tuple[Kon, int]]
Antal = Counter[Kon]
KON: tuple[Kon, ...] = ("K", "M", None)


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
    riktvarde: int | None = None
    aktiv: bool = True
    pagaende: Dagar = field(default_factory=Counter)
    avslutade: Dagar = field(default_factory=Counter)

    @property
    def over_riktvarde(self) -> Antal:
        """Those who have stood there longer than the guide value."""
        over: Antal = Counter()
        for (kon, dagar), antal in self.pagaende.items():
            over[kon] += antal * is_over_riktvarde(dagar, self.riktvarde)
        return over


@dataclass(frozen=True, slots=True)
class Vag:
    """Inskrivningar that went the same way out: the steg and the insats that they had last ("": none), and
    the result."""

    steg: str
    insatstyp: str
    resultat: str
    antal: Antal = field(default_factory=Counter)


def count_genomflode(session: Session, fran: date, slut: date, urval: Villkor = ()) -> Genomflode:
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


def count_inskrivna(session: Session, dag: date, urval: Villkor = ()) -> Antal:
    """Who is inskriven on a day, as count_genomflode tells of its last. One statement."""
    rows: Any = session.execute(
        select(Deltagare.kon, func.count())
        .select_from(Inskrivning)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(runs(Inskrivning.inskriven, Inskrivning.avslutad, dag, dag), *urval)
        .group_by(Deltagare.kon)
    )
    return Counter(dict(rows.all()))


def list_steg(session: Session, fran: date, slut: date, urval: Villkor = ()) -> tuple[Stegrad, ...]:
    """Every steg in the order of the flow, also those without anybody. Those no longer in use are left out
    where there is nobody. Two statements."""
    steg = {
        row.id: Stegrad(row.id, row.namn, row.riktvarde_dagar, row.aktiv)
        for row in session.execute(
            select(Steg.id, Steg.namn, Steg.riktvarde_dagar, Steg.aktiv).order_by(Steg.ordning, Steg.id)
        )
    }
    for steg_id, kon, dagar, star_kvar, lamnat, antal in session.execute(_dagar(fran, slut, urval)):
        if star_kvar:
            steg[steg_id].pagaende[kon, dagar] += antal
        if lamnat:
            steg[steg_id].avslutade[kon, dagar] += antal
    return tuple(rad for rad in steg.values() if rad.aktiv or rad.pagaende or rad.avslutade)


def list_kurvor(session: Session, dagar: Sequence[date], urval: Villkor = ()) -> tuple[Kurva, ...]:
    """How many stand in each steg at the end of each of the days, which are equally far apart.

    In the order of the flow, those without a steg first and only where there are any. Two statements.
    """
    steg = session.execute(select(Steg.id, Steg.namn, Steg.aktiv).order_by(Steg.ordning, Steg.id)).all()
    if not dagar:
        return ()
    plus: defaultdict[tuple[int | None, Kon], Counter[int]] = defaultdict(Counter)
    for steg_id, kon, fran, till, antal in session.execute(_platser(dagar, urval)):
        # Who stands in a steg is one fewer without.
        for nyckel, tecken in (((steg_id, kon), 1), ((None, kon), -1 if steg_id else 0)):
            plus[nyckel][fran] += tecken * antal
            if till is not None:
                plus[nyckel][till] -= tecken * antal
    kurvor = [
        Kurva(id_, namn, {kon: accumulate(plus[id_, kon], len(dagar)) for kon in KON})
        for id_, namn in ((None, UTAN_STEG), *((row.id, row.namn) for row in steg))
    ]
    i_bruk = {row.id for row in steg if row.aktiv}
    return tuple(kurva for kurva in kurvor if kurva.steg_id in i_bruk or any(kurva.totalt))


def _platser(dagar: Sequence[date], urval: Villkor) -> CompoundSelect[*tuple[Any, ...]]:
    """From which to before which of the days inskrivningar stand in a steg; without steg: are inskrivna."""
    forsta, sista = dagar[0], dagar[-1]
    mellan = (sista - forsta).days // max(1, len(dagar) - 1) or 1

    def place(dag: ColumnElement[Any] | InstrumentedAttribute[Any], efter: int = 0) -> ColumnElement[Any]:
        """The place of the first of the days that is not before `dag`, or that is `efter` days after it."""
        return (day_number(dag) + (efter - forsta.toordinal() + mellan - 1)) // mellan

    v = stays(forsta, sista, urval)
    kom = case((v.c.fran > forsta, place(v.c.fran)), else_=0)
    # The day of the next steg is not one of this steg's; the day of the avslut is one of the inskrivning's.
    gick = case((v.c.nasta.is_not(None), place(v.c.nasta)), else_=place(v.c.till, 1))
    inskriven = case((Inskrivning.inskriven > forsta, place(Inskrivning.inskriven)), else_=0)
    avslutad = case((Inskrivning.avslutad <= sista, place(Inskrivning.avslutad, 1)))
    return union_all(
        select(v.c.steg_id, v.c.kon, kom, gick, func.count())
        .where(or_(v.c.till.is_(None), v.c.till >= forsta))
        .group_by(v.c.steg_id, v.c.kon, kom, gick),
        select(null(), Deltagare.kon, inskriven, avslutad, func.count())
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(runs(Inskrivning.inskriven, Inskrivning.avslutad, forsta, sista), *urval)
        .group_by(Deltagare.kon, inskriven, avslutad),
    )


def count_resultat(session: Session, fran: date, slut: date, urval: Villkor = ()) -> Counter[tuple[str, Kon]]:
    """How many were avslutade in the period, by result and kön. One statement."""
    rows: Any = session.execute(
        select(Inskrivning.resultat, Deltagare.kon, func.count())
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(Inskrivning.avslutad >= fran, Inskrivning.avslutad <= slut, *urval)
        .group_by(Inskrivning.resultat, Deltagare.kon)
    )
    return Counter({(resultat, kon): antal for resultat, kon, antal in rows})


def list_vagar(session: Session, fran: date, slut: date, urval: Villkor = ()) -> tuple[Vag, ...]:
    """Where those went who were avslutade in the period: their last steg, their latest insats, the result.
    In the order of the flow, then by name. One statement."""
    ut = (
        select(
            steg_on(Inskrivning.avslutad).label("steg_id"), latest_insats().label("insatstyp_id"),
            Inskrivning.resultat, Deltagare.kon,
        )
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(Inskrivning.avslutad >= fran, Inskrivning.avslutad <= slut, *urval)
        .subquery()
    )  # fmt: skip
    rows = session.execute(
        select(Steg.namn, Insatstyp.namn, ut.c.resultat, ut.c.kon, func.count())
        .select_from(ut)
        .outerjoin(Steg, Steg.id == ut.c.steg_id)
        .outerjoin(Insatstyp, Insatstyp.id == ut.c.insatstyp_id)
        .group_by(Steg.ordning, Steg.namn, Insatstyp.namn, ut.c.resultat, ut.c.kon)
        .order_by(Steg.ordning.nulls_first(), Steg.namn, Insatstyp.namn, ut.c.resultat)
    )
    vagar: dict[tuple[str, str, str], Vag] = {}
    for steg, insatstyp, resultat, kon, antal in rows:
        nyckel = (steg or "", insatstyp or "", resultat)
        vagar.setdefault(nyckel, Vag(*nyckel)).antal[kon] += antal
    return tuple(vagar.values())


def latest_insats() -> ScalarSelect[int]:
    """The insatstyp of the insats that an avslutad Inskrivning of the query around had last; NULL: none."""
    return (
        select(Insats.insatstyp_id)
        .where(Insats.inskrivning_id == Inskrivning.id, Insats.start <= Inskrivning.avslutad)
        .order_by(Insats.start.desc(), Insats.id.desc())
        .limit(1)
        .correlate(Inskrivning)
        .scalar_subquery()
    )


def steg_on(dag: date | ColumnElement[Any] | InstrumentedAttribute[Any]) -> ScalarSelect[int]:
    """The steg that an Inskrivning of the query around stands in on the day; NULL: in none."""
    return (
        select(Stegperiod.steg_id)
        .join(Steg, Steg.id == Stegperiod.steg_id)
        .where(Stegperiod.inskrivning_id == Inskrivning.id, Stegperiod.fran <= dag)
        .order_by(Stegperiod.fran.desc(), Steg.ordning.desc(), Stegperiod.id.desc())
        .limit(1)
        .correlate(Inskrivning)
        .scalar_subquery()
    )


def _dagar(fran: date, slut: date, urval: Villkor) -> Select[Any]:
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


def stays(fran: date, slut: date, urval: Villkor = ()) -> Subquery:
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
