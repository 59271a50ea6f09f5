"""What is due with people who are inskrivna: follow-up, planering and BIP."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ScalarSelect, and_, func, or_, select
from sqlalchemy.orm import InstrumentedAttribute, Session, aliased

from db.models import Bip, Bipplan, Deltagare, Inskrivning, Mote, Planering, Steg, Stegperiod
from db.queries.idag.rows import IdagRow, Nasta, Skal
from db.queries.idag.scope import PERSON, Scope, make_person
from db.rules.idag import (
    BIP_DAGAR,
    FORSTA_DAGAR,
    UPPFOLJNING_DAGAR,
    Lista,
    find_bip_frist,
    find_planering_frist,
    is_inaktuell,
)
from db.rules.steg import KARTLAGGNING

_SHORTEST_QUARTER = 89  # days: three months are never fewer


def list_planering(session: Session, scope: Scope, dag: date) -> Iterator[IdagRow]:
    """The follow-ups that are due by the latest planering, and the planeringar that are missing or out of
    date. A planering is in one list only. One statement."""
    kartlagd = _kartlagd()
    senaste = (
        select(func.max(Planering.upprattad))
        .where(Planering.inskrivning_id == Inskrivning.id)
        .correlate(Inskrivning)
        .scalar_subquery()
    )
    due = Planering.nasta_uppfoljning <= dag + timedelta(UPPFOLJNING_DAGAR)
    missing = and_(
        Planering.id.is_(None), or_(Inskrivning.inskriven < dag - timedelta(FORSTA_DAGAR), kartlagd <= dag)
    )
    query = (
        select(
            Inskrivning.id, Inskrivning.inskriven, Planering.id, Planering.upprattad,
            Planering.nasta_uppfoljning, kartlagd, _mote(Mote.id, dag), _mote(Mote.datum, dag), *PERSON,
        )
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .outerjoin(
            Planering, and_(Planering.inskrivning_id == Inskrivning.id, Planering.upprattad == senaste)
        )
        .where(scope.inskrivna(dag), or_(due, missing))
    )  # fmt: skip
    found: Iterable[Any] = session.execute(query)
    for inskrivning_id, inskriven, planering_id, upprattad, nasta, klar, mote_id, bokad, *person in found:
        if planering_id is None:
            yield _missing(inskrivning_id, inskriven, klar, person)
        elif is_inaktuell(nasta, dag):
            yield IdagRow(
                Lista.PLANERING, inskrivning_id, make_person(person), Skal.PLANERING_INAKTUELL, Nasta.PLANERA,
                frist=nasta, datum=upprattad,
            )  # fmt: skip
        else:
            yield IdagRow(
                Lista.UPPFOLJNING, planering_id, make_person(person), Skal.PLANERING,
                *_follow_up(nasta, mote_id, dag), frist=nasta, datum=upprattad, bokad=bokad,
            )  # fmt: skip


def list_bip(session: Session, scope: Scope, dag: date) -> Iterator[IdagRow]:
    """Measurements due within BIP_DAGAR, never measured people once FORSTA_DAGAR have gone. One statement."""
    until = dag + timedelta(BIP_DAGAR)
    senaste, antal = _bip(func.max(Bip.datum)), _bip(func.count(Bip.datum.distinct()))
    # The day is worked out by the rule; this only leaves out those that cannot be due.
    may_be_due = or_(
        Bipplan.nasta <= until,
        senaste <= until - timedelta(_SHORTEST_QUARTER),
        and_(senaste.is_(None), Inskrivning.inskriven < dag - timedelta(FORSTA_DAGAR)),
    )
    query = (
        select(Inskrivning.id, Inskrivning.inskriven, Bipplan.nasta, senaste, antal, *PERSON)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .outerjoin(Bipplan, Bipplan.inskrivning_id == Inskrivning.id)
        .where(scope.inskrivna(dag), may_be_due)
    )
    for inskrivning_id, inskriven, avtalad, matt, antal_ganger, *person in session.execute(query):
        frist = find_bip_frist(matt, avtalad, inskriven)
        if frist <= until:
            yield IdagRow(
                Lista.BIP, inskrivning_id, make_person(person), Skal.BIP if matt else Skal.BIP_ALDRIG,
                Nasta.MAT, frist=frist, datum=matt or inskriven, antal=antal_ganger,
            )  # fmt: skip


def _follow_up(frist: date, mote_id: int | None, dag: date) -> tuple[Nasta, int | None]:
    """On the day and after it the follow-up itself; before it the möte."""
    if frist <= dag:
        return Nasta.FOLJ_UPP, None
    return (Nasta.BOKA_MOTE, None) if mote_id is None else (Nasta.FORBERED_MOTE, mote_id)


def _missing(inskrivning_id: int, inskriven: date, kartlagd: date | None, person: Any) -> IdagRow:
    return IdagRow(
        Lista.PLANERING, inskrivning_id, make_person(person),
        Skal.KARTLAGD if kartlagd else Skal.PLANERING_SAKNAS, Nasta.PLANERA,
        frist=find_planering_frist(inskriven, kartlagd), datum=kartlagd or inskriven,
    )  # fmt: skip


def _kartlagd() -> ScalarSelect[date]:
    """The day the person went on from the kartläggning; nothing where the flow has no such steg."""
    kartlaggning = aliased(Steg)
    query = (
        select(func.min(Stegperiod.fran))
        .join(Steg, Steg.id == Stegperiod.steg_id)
        .join(kartlaggning, kartlaggning.namn == KARTLAGGNING)
        .where(Stegperiod.inskrivning_id == Inskrivning.id, Steg.ordning > kartlaggning.ordning)
    )
    return query.correlate(Inskrivning).scalar_subquery()


def _mote(column: InstrumentedAttribute[Any], dag: date) -> ScalarSelect[Any]:
    """Of the next möte booked with the person."""
    query = (
        select(column)
        .where(Mote.deltagare_id == Inskrivning.deltagare_id, Mote.datum >= dag)
        .order_by(Mote.datum, Mote.tid, Mote.id)
        .limit(1)
    )
    return query.correlate(Inskrivning).scalar_subquery()


def _bip(column: Any) -> ScalarSelect[Any]:
    query = select(column).where(Bip.inskrivning_id == Inskrivning.id)
    return query.correlate(Inskrivning).scalar_subquery()
