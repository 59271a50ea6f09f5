"""Kolada's figures for a plan: every municipality's of the latest year, and the own ones of every year."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, aliased

from db.models import Koladavarde
from db.rules.kolada import Koladarad
from db.rules.planvarden import NYCKLAR, Kalla, Utfall, in_order


@dataclass(frozen=True, slots=True)
class Koladavarden:
    """By measure: `senaste`, every municipality's figure of the latest year that has any; `egna`, those of
    the plan's own municipality by year."""

    senaste: Mapping[str, tuple[Koladarad, ...]]
    egna: Mapping[str, Mapping[str, Utfall]]


def load_kolada(session: Session, kpi: Sequence[str], kommun: str, ar: int) -> Koladavarden:
    """The figures of the measures up to the year `ar`; `kommun` is the code of the plan's own. One
    statement."""
    andra = aliased(Koladavarde)
    senast = (
        select(func.max(andra.period))
        .where(andra.kpi == Koladavarde.kpi, andra.period <= str(ar))
        .scalar_subquery()
    )
    query = (
        select(Koladavarde)
        .where(Koladavarde.kpi.in_(kpi), Koladavarde.period <= str(ar))
        .where(or_(Koladavarde.kommun == kommun, Koladavarde.period == senast))
        .order_by(Koladavarde.kpi, Koladavarde.period.desc(), Koladavarde.kommun)
    )
    senaste: defaultdict[str, tuple[Koladarad, ...]] = defaultdict(tuple)
    egna: defaultdict[str, dict[str, Utfall]] = defaultdict(dict)
    nyast: dict[str, str] = {}
    for k in session.scalars(query):
        rad = Koladarad(k.kpi, k.kommun, k.period, k.kvinnor, k.man, k.totalt)
        if k.period == nyast.setdefault(k.kpi, k.period):
            senaste[k.kpi] += (rad,)
        if k.kommun == kommun:
            egna[k.kpi][k.period] = _outcome(rad)
    return Koladavarden(senaste, egna)


def _outcome(rad: Koladarad) -> Utfall:
    tal = {n: None if (t := getattr(rad, n)) is None else Decimal(str(t)) for n in NYCKLAR}
    return Utfall(rad.period, Kalla.KOLADA, *in_order(tal))
