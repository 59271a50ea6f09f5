"""Ärenden without activity: the frist of the aktivitetskrav near or passed, or later (R4–R8)."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from sqlalchemy import ScalarSelect, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from db.models import Arende, Deltagare, Insats, Insatstyp, Inskrivning
from db.queries.aktivitetskrav import judge_utan_aktivitet
from db.queries.idag.rows import IdagRow, Nasta, Skal
from db.queries.idag.scope import PERSON, Scope, make_person
from db.rules.aktivitetskrav import Installningar
from db.rules.idag import place_krav


def list_krav(session: Session, scope: Scope, installningar: Installningar, dag: date) -> Iterator[IdagRow]:
    """Every ärende of R8 on `dag`, with its frist: that of R4, or a new one. Three statements."""
    more = (Arende.id, _inskrivning(), *_planerad(dag), *PERSON)
    urval = scope.people(Arende.deltagare_id)
    for data, utan, found in judge_utan_aktivitet(session, installningar, dag, urval, *more):
        arende_id, inskrivning_id, insats_id, typ, start = found[:5]
        besluta = Nasta.BESLUTA if inskrivning_id is not None else Nasta.SKRIV_IN
        yield IdagRow(
            place_krav(utan.frist, dag),
            arende_id,
            make_person(found[5:]),
            Skal.NY_FRIST if utan.ny_frist else Skal.ANSOKAN,
            Nasta.BEKRAFTA_START if insats_id is not None else besluta,
            insats_id,
            frist=utan.frist,
            datum=utan.sedan if utan.ny_frist else data.ansokan,
            text=typ or "",
            bokad=start,
            antal=utan.dagar,
        )


def _inskrivning() -> ScalarSelect[int]:
    """The open inskrivning of the person, if there is one."""
    query = select(Inskrivning.id).where(
        Inskrivning.deltagare_id == Deltagare.id, Inskrivning.avslutad.is_(None)
    )
    return query.limit(1).correlate(Deltagare).scalar_subquery()


def _planerad(dag: date) -> tuple[ScalarSelect[Any], ...]:
    """Id, type and start of the first insats after `dag` that will count as activity."""

    def ask(column: InstrumentedAttribute[Any]) -> ScalarSelect[Any]:
        query = (
            select(column)
            .select_from(Insats)
            .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
            .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
            .where(
                Inskrivning.deltagare_id == Deltagare.id, Insats.start > dag, Insatstyp.raknas_som_aktivitet
            )
            .order_by(Insats.start, Insats.id)
            .limit(1)
        )
        return query.correlate(Deltagare).scalar_subquery()

    return ask(Insats.id), ask(Insatstyp.namn), ask(Insats.start)
