"""What is due with OSA: decisions that run out or are missing, and follow-ups of the placement."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.models import Deltagare, Enhet, Insats, Insatstyp, Inskrivning, OsaBeslut, OsaUppfoljning
from db.queries.idag.rows import IdagRow, Nasta, Skal
from db.queries.idag.scope import PERSON, Scope, make_person
from db.rules.idag import UPPFOLJNING_DAGAR, Lista
from db.rules.insatstyper import OSA_ANSTALLNING
from db.rules.osa import GAR_UT_DAGAR, Beslut, find_tackt_till, is_running_out, lacks_beslut


@dataclass(slots=True)
class _Placering:
    """An OSA-anställning that runs or is to begin, with its decisions."""

    id: int
    start: date
    slut: date | None
    omfattning: int
    enhet: str
    person: Any
    beslut: list[Beslut] = field(default_factory=list)


def list_osa_beslut(session: Session, scope: Scope, dag: date) -> Iterator[IdagRow]:
    """OSA-anställningar without a decision, now or when they begin within GAR_UT_DAGAR, and those whose
    cover ends within GAR_UT_DAGAR. One statement."""
    for placering in _placeringar(session, scope, dag):
        row = _judge(placering, dag)
        if row is not None:
            yield row


def list_osa_uppfoljning(session: Session, scope: Scope, dag: date) -> Iterator[IdagRow]:
    """Planned follow-ups of running placements that are not done, passed or within UPPFOLJNING_DAGAR. One
    statement."""
    query = (
        select(
            OsaUppfoljning.id, OsaUppfoljning.planerad, Insats.id, Insatstyp.namn,
            func.coalesce(Enhet.namn, ""), *PERSON,
        )
        .join(Insats, Insats.id == OsaUppfoljning.insats_id)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .outerjoin(Enhet, Enhet.id == Insats.enhet_id)
        .where(
            scope.inskrivna(dag), OsaUppfoljning.genomford.is_(None),
            OsaUppfoljning.planerad <= dag + timedelta(UPPFOLJNING_DAGAR),
            or_(Insats.slut.is_(None), Insats.slut >= dag),
        )
    )  # fmt: skip
    for uppfoljning_id, planerad, insats_id, typ, enhet, *person in session.execute(query):
        yield IdagRow(
            Lista.OSA_UPPFOLJNING, uppfoljning_id, make_person(person), Skal.OSA_UPPFOLJNING,
            Nasta.FOLJ_UPP_OSA, insats_id, frist=planerad, text=typ, plats=enhet,
        )  # fmt: skip


def _judge(placering: _Placering, dag: date) -> IdagRow | None:
    dag_ = max(dag, placering.start)
    if lacks_beslut(placering.start, placering.slut, placering.beslut, dag_, dag_):
        # Uncovered since the latest decision before, else from the beginning.
        frist = max((till for _, till in placering.beslut if till < dag_), default=placering.start)
        return _row(placering, Skal.OSA_SAKNAS, Nasta.REGISTRERA_BESLUT, frist)
    if is_running_out(placering.start, placering.slut, placering.beslut, dag):
        return _row(placering, Skal.OSA_GAR_UT, Nasta.FORLANG_BESLUT, find_tackt_till(dag, placering.beslut))
    return None


def _row(placering: _Placering, skal: Skal, nasta: Nasta, frist: date | None) -> IdagRow:
    return IdagRow(
        Lista.OSA_BESLUT, placering.id, make_person(placering.person), skal, nasta, placering.id,
        frist=frist, datum=placering.start, plats=placering.enhet, antal=placering.omfattning,
    )  # fmt: skip


def _placeringar(session: Session, scope: Scope, dag: date) -> list[_Placering]:
    typ = select(Insatstyp.id).where(Insatstyp.namn == OSA_ANSTALLNING)
    query = (
        select(
            OsaBeslut.fran, OsaBeslut.till, Insats.id, Insats.start, Insats.slut, Insats.omfattning,
            func.coalesce(Enhet.namn, ""), *PERSON,
        )
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .outerjoin(OsaBeslut, OsaBeslut.insats_id == Insats.id)
        .outerjoin(Enhet, Enhet.id == Insats.enhet_id)
        .where(
            scope.inskrivna(dag), Insats.insatstyp_id.in_(typ),
            Insats.start <= dag + timedelta(GAR_UT_DAGAR), or_(Insats.slut.is_(None), Insats.slut >= dag),
        )
    )  # fmt: skip
    found: dict[int, _Placering] = {}
    for fran, till, insats_id, start, slut, omfattning, enhet, *person in session.execute(query):
        placering = found.setdefault(insats_id, _Placering(insats_id, start, slut, omfattning, enhet, person))
        if fran is not None:
            placering.beslut.append((fran, till))
    return list(found.values())
