"""What is due after an avslut: the month to be confirmed (R10), and the follow-ups."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from db.models import Deltagare, Inskrivning, Uppfoljning
from db.queries.idag.rows import IdagRow, Nasta, Skal
from db.queries.idag.scope import PERSON, Scope, make_person
from db.rules.avslut import REGLER, find_bekraftelsedag
from db.rules.idag import UPPFOLJNING_DAGAR, Lista
from db.rules.koder import Uppfoljningsslag
from db.rules.uppfoljning import find_manadens_dag

_SHORTEST_MONTH = 28


def list_obekraftade(session: Session, scope: Scope, dag: date) -> Iterator[IdagRow]:
    """Avslut to work whose month has gone and is not confirmed (R10), from the day that it was moved to where
    somebody moved it. One statement.

    `nasta_id` is the follow-up planned for it, None where there is none.
    """
    fran = func.coalesce(Inskrivning.arbete_fran, Inskrivning.avslutad)
    query = (
        select(
            Inskrivning.id, Inskrivning.resultat, Inskrivning.minst_en_manad, Inskrivning.arbete_fran,
            Inskrivning.avslutad, Uppfoljning.id, Uppfoljning.planerad, *PERSON,
        )
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .outerjoin(Uppfoljning, and_(Uppfoljning.inskrivning_id == Inskrivning.id, is_first_undone()))
        .where(scope.avslutade(), awaits_month(), fran <= dag - timedelta(_SHORTEST_MONTH))
    )  # fmt: skip
    found: Iterable[Any] = session.execute(query)
    for inskrivning_id, resultat, manad, arbete_fran, avslutad, uppfoljning_id, planerad, *person in found:
        gone = find_bekraftelsedag(resultat, manad, arbete_fran or avslutad)
        bekraftas = find_manadens_dag(gone, planerad) if gone is not None else None
        if bekraftas is not None and bekraftas <= dag:
            yield IdagRow(
                Lista.AVSLUT, inskrivning_id, make_person(person), Skal.MANAD, Nasta.BEKRAFTA_MANAD,
                uppfoljning_id, frist=bekraftas, datum=arbete_fran or avslutad, text=resultat,
            )  # fmt: skip


def list_efter_avslut(session: Session, scope: Scope, dag: date) -> Iterator[IdagRow]:
    """Follow-ups of avslut that are not done, passed or within UPPFOLJNING_DAGAR; the month that R10 asks
    for stands in the list above alone. One statement."""
    query = (
        select(Uppfoljning.id, Uppfoljning.slag, Uppfoljning.planerad, Inskrivning.avslutad, *PERSON)
        .join(Inskrivning, Inskrivning.id == Uppfoljning.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(
            scope.avslutade(), Uppfoljning.genomford.is_(None),
            Uppfoljning.planerad <= dag + timedelta(UPPFOLJNING_DAGAR),
            ~and_(is_first_undone(), awaits_month()),
        )
    )  # fmt: skip
    for uppfoljning_id, slag, planerad, avslutad, *person in session.execute(query):
        yield IdagRow(
            Lista.EFTER_AVSLUT, uppfoljning_id, make_person(person), Skal.EFTER_AVSLUT, Nasta.FOLJ_UPP_AVSLUT,
            uppfoljning_id, frist=planerad, datum=avslutad, text=slag,
        )  # fmt: skip


def awaits_month() -> ColumnElement[bool]:
    """Whether an inskrivning was closed to work and its month is not confirmed (R10)."""
    work = [resultat for resultat, regel in REGLER.items() if regel.kraver_manad]
    return and_(Inskrivning.minst_en_manad.is_(None), or_(*(Inskrivning.resultat == value for value in work)))


def is_first_undone() -> ColumnElement[bool]:
    """Whether a follow-up is that of the month (R10), and not done."""
    return and_(Uppfoljning.slag == Uppfoljningsslag.EN_MANAD.value, Uppfoljning.genomford.is_(None))
