"""Övergång: an OSA placement ends and the next employment begins, in one act."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.insats import InsatsUppgifter, check_insats, insert_insats
from db.commands.insatskontroll import check_left_out
from db.commands.osa import known_insats
from db.commands.varningar import pass_warnings, unasked_again
from db.locks import lock_rows
from db.models import Insats, Insatstyp, Inskrivning
from db.rules.datum import full_date
from db.rules.insatstyper import OSA_ANSTALLNING, OSA_TYPER, PRAKTIK_INFOR_OSA
from db.rules.osa import OVERGANG_TYPER
from db.session import Store


@dataclass(frozen=True, slots=True)
class OvergangUppgifter:
    """The last day of the placement, and what begins that day or later."""

    slut: date
    insatstyp_id: int
    start: date
    enhet_id: int | None = None
    planerat_slut: date | None = None
    omfattning: int = 100


def list_overgang_typer(session: Session, aktor: Aktor, insats_id: int) -> tuple[tuple[int, str], ...]:
    """Ids and names of the insatstyper that a placement can lead on to: a praktik inför OSA to an
    OSA-anställning, that to the employments of the figure. Raises NotFoundError."""
    insats = known_insats(session, aktor, insats_id)
    namn = (OSA_ANSTALLNING,) if _typ(session, insats) == PRAKTIK_INFOR_OSA else OVERGANG_TYPER
    query = select(Insatstyp.id, Insatstyp.namn).where(Insatstyp.namn.in_(namn)).order_by(Insatstyp.id)
    return tuple((row.id, row.namn) for row in session.execute(query))


def check_overgang(
    session: Session, aktor: Aktor, insats_id: int, uppgifter: OvergangUppgifter, idag: date = date.min
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first; `idag` as in check_insats. Raises
    NotFoundError."""
    insats = known_insats(session, aktor, insats_id)
    if stops := tuple(_check_end(session, aktor, insats, uppgifter)):
        return stops
    left = check_left_out(session, insats_id, (insats.start, insats.slut), (insats.start, uppgifter.slut))
    nasta = check_insats(session, aktor, _ny(insats, uppgifter), avloser_id=insats_id, idag=idag)
    return (*unasked_again(session, "insats", insats_id, left), *nasta)


def move_from_osa(
    store: Store,
    aktor: Aktor,
    insats_id: int,
    uppgifter: OvergangUppgifter,
    skal: str | None = None,
    *,
    idag: date = date.min,
) -> Saved:
    """End the placement and register what follows; `Saved.id` is the new insats. Raises DataError.

    `skal` is why warnings are passed that ask for a reason; None where there is nobody to ask.
    """
    with store.unit_of_work(aktor, "osa", "Övergång från OSA") as work:
        session = work.session
        lock_rows(session, Inskrivning, select(Insats.inskrivning_id).where(Insats.id == insats_id))
        lock_rows(session, Insats, [insats_id])
        varningar = refuse(check_overgang(session, aktor, insats_id, uppgifter, idag))
        insats = session.get_one(Insats, insats_id)
        insats.slut = uppgifter.slut
        ny_id = insert_insats(work, _ny(insats, uppgifter))
        pass_warnings(work, "insats", insats_id, [v for v in varningar if v.field == "slut"], skal)
        pass_warnings(work, "insats", ny_id, [v for v in varningar if v.field != "slut"], skal)
    assert work.changes is not None
    return Saved(ny_id, work.changes, varningar)


def _ny(insats: Insats, uppgifter: OvergangUppgifter) -> InsatsUppgifter:
    return InsatsUppgifter(
        insats.inskrivning_id, uppgifter.insatstyp_id, uppgifter.start, uppgifter.enhet_id,
        uppgifter.planerat_slut, omfattning=uppgifter.omfattning,
    )  # fmt: skip


def _typ(session: Session, insats: Insats) -> str:
    return session.execute(select(Insatstyp.namn).where(Insatstyp.id == insats.insatstyp_id)).scalar_one()


def _check_end(
    session: Session, aktor: Aktor, insats: Insats, uppgifter: OvergangUppgifter
) -> Iterator[Finding]:
    if _typ(session, insats) not in OSA_TYPER:
        yield Finding("slut", "Insatsen är ingen OSA-placering.", stops=True)
    if insats.slut is not None and insats.slut != uppgifter.slut:
        yield Finding("slut", f"Insatsen slutade redan {full_date(insats.slut)}.", stops=True)
    if uppgifter.slut < insats.start:
        yield Finding("slut", f"Insatsen började {full_date(insats.start)}. Välj en senare dag.", stops=True)
    avslutad = session.get_one(Inskrivning, insats.inskrivning_id).avslutad
    if avslutad is not None:
        text = f"Inskrivningen avslutades {full_date(avslutad)}. Nästa insats hör till en ny inskrivning."
        yield Finding("start", text, stops=True)
    if uppgifter.start < uppgifter.slut:
        yield Finding("start", "Nästa insats börjar tidigast den sista dagen i OSA.", stops=True)
    if uppgifter.insatstyp_id not in dict(list_overgang_typer(session, aktor, insats.id)):
        yield Finding("insatstyp", "Välj vad OSA går över till.", stops=True)
