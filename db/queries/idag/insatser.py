"""What is due with insatser: those that end, and passes whose närvaro nobody registered."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Date,
    Integer,
    Select,
    Subquery,
    and_,
    exists,
    func,
    literal,
    or_,
    select,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from db.models import Deltagare, Enhet, Insats, Insatstyp, Inskrivning, Narvaro, Narvaroschema
from db.queries.idag.rows import IdagRow, Nasta, Skal
from db.queries.idag.scope import PERSON, Scope, make_person
from db.rules.idag import INSATS_DAGAR, NARVARO_DAGAR, Lista


def list_slutande(session: Session, scope: Scope, dag: date) -> Iterator[IdagRow]:
    """Running insatser whose planned end has passed or comes within INSATS_DAGAR. One statement."""
    nasta = aliased(Insats)
    foljs = exists().where(nasta.inskrivning_id == Insats.inskrivning_id, nasta.start > dag)
    query = (
        select(
            Insats.id, Insats.planerat_slut, Insatstyp.namn, func.coalesce(Enhet.namn, ""), foljs, *PERSON
        )
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .outerjoin(Enhet, Enhet.id == Insats.enhet_id)
        .where(
            scope.inskrivna(dag), Insats.slut.is_(None), Insats.start <= dag,
            Insats.planerat_slut <= dag + timedelta(INSATS_DAGAR),
        )
    )  # fmt: skip
    found: Iterable[Any] = session.execute(query)
    for insats_id, slut, typ, enhet, foljer, *person in found:
        planera = slut >= dag and not foljer
        yield IdagRow(
            Lista.INSATS_SLUTAR, insats_id, make_person(person), Skal.SLUTAR if foljer else Skal.SLUTAR_SIST,
            Nasta.PLANERA_NASTA if planera else Nasta.FORLANG, insats_id, frist=slut, text=typ, plats=enhet,
        )  # fmt: skip


def list_narvaro(session: Session, scope: Scope, dag: date) -> Iterator[IdagRow]:
    """Insatser with passes of the last NARVARO_DAGAR days that are ej registrerade by find_forsta and
    find_sista (db.rules.narvaro); how many, and the first. One statement."""
    dagar = _dagar(dag)
    saknas = union_all(_schemalagda(scope, dag, dagar), _vardagar(scope, dag, dagar)).subquery()
    query = (
        select(
            saknas.c.id, func.min(saknas.c.dag), func.count(), Insatstyp.namn,
            func.coalesce(Enhet.namn, ""), *PERSON,
        )
        .join(Insats, Insats.id == saknas.c.id)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .outerjoin(Enhet, Enhet.id == Insats.enhet_id)
        .group_by(saknas.c.id, Insatstyp.namn, Enhet.namn, *PERSON)
    )  # fmt: skip
    for insats_id, forsta, antal, typ, enhet, *person in session.execute(query):
        yield IdagRow(
            Lista.NARVARO, insats_id, make_person(person), Skal.NARVARO, Nasta.REGISTRERA_NARVARO, insats_id,
            frist=forsta, text=typ, plats=enhet, antal=antal,
        )  # fmt: skip


def _dagar(dag: date) -> Subquery:
    """The days looked at, with their weekday."""
    days = [dag - timedelta(back) for back in range(1, NARVARO_DAGAR + 1)]
    parts = [
        select(literal(day, Date).label("dag"), literal(day.isoweekday(), Integer).label("veckodag"))
        for day in days
    ]
    return union_all(*parts).subquery()


def _passes(scope: Scope, dag: date, dagar: Subquery, pass_: Any) -> Select[Any]:
    """Days on which an insats ran and has no row for the pass; a whole day's row stands for its halves, and
    any half's for the whole day."""
    registered = exists().where(
        Narvaro.insats_id == Insats.id,
        Narvaro.datum == dagar.c.dag,
        or_(Narvaro.pass_ == pass_, Narvaro.pass_ == "", pass_ == ""),
    )
    return (
        select(Insats.id.label("id"), dagar.c.dag.label("dag"))
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(
            scope.inskrivna(dag),
            _ran(dagar.c.dag),
            Insats.start < dag,
            or_(Insats.slut.is_(None), Insats.slut >= dag - timedelta(NARVARO_DAGAR)),
            ~registered.correlate(Insats, dagar, Narvaroschema),
        )
    )


def _schemalagda(scope: Scope, dag: date, dagar: Subquery) -> Select[Any]:
    """Those planned, from the start of the insats."""
    query = _passes(scope, dag, dagar, Narvaroschema.pass_)
    return query.join(Narvaroschema, Narvaroschema.insats_id == Insats.id).join(
        dagar, dagar.c.veckodag == Narvaroschema.veckodag
    )


def _vardagar(scope: Scope, dag: date, dagar: Subquery) -> Select[Any]:
    """Weekdays of insatser without schema, from the first day that has a row."""
    query = _passes(scope, dag, dagar, literal(""))
    has_schema = exists().where(Narvaroschema.insats_id == Insats.id).correlate(Insats)
    begun = exists().where(Narvaro.insats_id == Insats.id, Narvaro.datum <= dagar.c.dag)
    return query.join(dagar, dagar.c.veckodag <= 5).where(~has_schema, begun.correlate(Insats, dagar))


def _ran(day: ColumnElement[date]) -> ColumnElement[bool]:
    return and_(Insats.start <= day, or_(Insats.slut.is_(None), Insats.slut >= day))
