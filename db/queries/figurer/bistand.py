"""Figures of the report `bistand`: households and people with ekonomiskt bistånd.

A biståndsmånad belongs to the household, sökande and medsökande alike; who has no household is one alone.
Households and children have no kön; adults do. Age is on the period's last day, and where it is unknown the
person is adult.
"""

from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Select,
    and_,
    func,
    literal,
    null,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Arende, Deltagare, Hushall
from db.queries.conditions import is_past
from db.queries.figurer import manader
from db.queries.figurer.gemensamt import (
    born_after,
    by_kon,
    count,
    count_total,
    last_seen,
    mean_and_median,
)
from db.rules.figurer import Figur
from db.rules.koder import Avslutsorsak, Utfall
from db.rules.period import Period
from db.sql import days_between


def figures(session: Session, aktor: Aktor, period: Period, per: date) -> tuple[Figur, ...]:  # noqa: ARG001
    """All rows of the report. Five statements."""
    slut = last_seen(period, per)
    return (
        *_med_insats(session, period, slut),
        *manader.figures(session, period, per),
        _avslutade(session, period.fran, slut),
        *_vantetid(session, period.fran, slut),
        _sjuka(session, slut),
    )


def _med_insats(session: Session, period: Period, slut: date) -> tuple[Figur, ...]:
    """Households with an ärende granted and not closed on the last day, and who lives in them."""
    enheter = (
        select(manader.household(Deltagare).label("enhet"))
        .join(Arende, Arende.deltagare_id == Deltagare.id)
        .where(is_granted_on(slut))
        .distinct()
        .cte("enheter")
    )
    hushall = _hushall(enheter)
    vuxen = or_(Deltagare.fodelsedatum.is_(None), ~born_after(period.till, 18))
    vuxna = [
        select(Deltagare.kon, func.count(), literal(0), literal(1))
        .join(enheter, join)
        .where(vuxen)
        .group_by(Deltagare.kon)
        for join in manader.members_of(enheter.c.enhet)
    ]
    antal = barn = 0
    personer = []
    for kon, tal, antal_barn, ar_person in session.execute(select(union_all(hushall, *vuxna).subquery())):
        if ar_person:
            personer.append((kon, tal))
        else:
            antal, barn = tal, antal_barn or 0
    return (
        count_total("hushall.med_insats", antal),
        count_total("barn.i_hushall", barn),
        count("bistand.vuxna_individer", by_kon(personer)),
    )


def _hushall(enheter: CTE) -> Select[*tuple[Any, ...]]:
    query = select(null(), func.count(), func.sum(Hushall.antal_barn), literal(0))
    return query.select_from(enheter.outerjoin(Hushall, Hushall.id == enheter.c.enhet))


def is_granted_on(dag: date) -> ColumnElement[bool]:
    """Whether the ärende is granted and not closed on the day."""
    return and_(
        Arende.utfall == Utfall.BIFALL.value,
        is_past(Arende.beslut, dag),
        or_(Arende.avslutat.is_(None), Arende.avslutat > dag),
    )


def _avslutade(session: Session, fran: date, slut: date) -> Figur:
    """Households with an ärende closed to annan försörjning in the period."""
    antal = session.execute(
        select(func.count(manader.household(Deltagare).distinct()))
        .join(Arende, Arende.deltagare_id == Deltagare.id)
        .where(is_closed_to_annan(fran, slut))
    ).scalar_one()
    return count_total("avslutade_hushall.annan_forsorjning", antal)


def is_closed_to_annan(fran: date, slut: date) -> ColumnElement[bool]:
    """Whether the ärende was closed to annan försörjning in the span."""
    return and_(
        Arende.avslutsorsak == Avslutsorsak.ANNAN_FORSORJNING.value,
        Arende.avslutat >= fran,
        Arende.avslutat <= slut,
    )


def _vantetid(session: Session, fran: date, slut: date) -> tuple[Figur, Figur]:
    """Days from ansökan to beslut of ärenden with beslut in the period, whatever the utfall."""
    dagar = days_between(Arende.ansokan, Arende.beslut).label("dagar")
    rows = session.execute(
        select(Deltagare.kon, dagar, func.count())
        .join(Deltagare, Deltagare.id == Arende.deltagare_id)
        .where(is_decided(fran, slut))
        .group_by(Deltagare.kon, dagar)
    )
    return mean_and_median("vantetid.medel", "vantetid.median", rows, namnare_id="vantetid.arenden")


def is_decided(fran: date, slut: date) -> ColumnElement[bool]:
    """Whether the ärende has its beslut in the span, whatever it says."""
    return and_(Arende.beslut >= fran, Arende.beslut <= slut)


def _sjuka(session: Session, slut: date) -> Figur:
    """People with an ärende granted on the last day whose försörjningshinder is illness."""
    rows = session.execute(
        select(Deltagare.kon, func.count(Deltagare.id.distinct()))
        .join(Arende, Arende.deltagare_id == Deltagare.id)
        .where(is_sjuk_on(slut))
        .group_by(Deltagare.kon)
    )
    return count("forsorjningshinder.sjuk", by_kon(rows))


def is_sjuk_on(dag: date) -> ColumnElement[bool]:
    """Whether the ärende is granted and not closed on the day and its försörjningshinder is illness.

    That is sjukskriven med läkarintyg, and sjuk- eller aktivitetsersättning; not sjukskriven utan läkarintyg.
    """
    hinder = func.lower(Arende.forsorjningshinder)
    sjuk = or_(and_(hinder.like("sjuk%"), hinder.not_like("% utan %")), hinder.like("aktivitetsers%"))
    return and_(is_granted_on(dag), sjuk)
