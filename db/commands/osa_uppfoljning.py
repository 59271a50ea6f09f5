"""Follow-ups of an OSA placement: what came out of them, and the next one."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.osa import CHANGED_MEANWHILE, known_insats
from db.errors import ConflictError, NotFoundError
from db.locks import lock_rows
from db.models import Insats, OsaUppfoljning
from db.rules.datum import full_date
from db.session import Store

LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class UppfoljningUppgifter:
    """What is written of one follow-up; `genomford` None while it is only planned."""

    planerad: date
    genomford: date | None = None
    text: str = ""


@dataclass(frozen=True, slots=True)
class NyUppfoljning:
    """What came out of following up, and the day of the next; either may be left out."""

    genomford: date | None = None
    text: str = ""
    nasta: date | None = None


def check_ny_uppfoljning(
    session: Session,
    aktor: Aktor,
    insats_id: int,
    uppgifter: NyUppfoljning,
    idag: date,
    planerad_id: int | None = None,
) -> tuple[Finding, ...]:
    """Everything to tell about the values; `planerad_id` as in `follow_up_osa`. Raises NotFoundError."""
    insats = known_insats(session, aktor, insats_id)
    andra = [row for row in _uppfoljningar(session, insats_id) if row.id != planerad_id]
    return (
        *_check_outcome(insats, uppgifter, andra if planerad_id is None else [], idag),
        *_check_nasta(insats, uppgifter, andra, idag),
    )


def follow_up_osa(
    store: Store,
    aktor: Aktor,
    insats_id: int,
    uppgifter: NyUppfoljning,
    idag: date,
    planerad_id: int | None = None,
) -> Saved:
    """Note that a placement is followed up, and plan the next time.

    `planerad_id` is the planned follow-up that gets the outcome; without it the outcome is a row of its own.
    Raises DataError, naming the field, and ConflictError when somebody has followed up meanwhile.
    """
    with store.unit_of_work(aktor, "osa", "OSA-uppföljning") as work:
        session = work.session
        varningar = refuse(check_ny_uppfoljning(session, aktor, insats_id, uppgifter, idag, planerad_id))
        if uppgifter.genomford is not None:
            row = _planned(session, insats_id, uppgifter.genomford, planerad_id)
            row.genomford, row.text = uppgifter.genomford, uppgifter.text
        if uppgifter.nasta is not None:
            session.add(OsaUppfoljning(insats_id=insats_id, planerad=uppgifter.nasta))
    assert work.changes is not None
    return Saved(insats_id, work.changes, varningar)


def check_uppfoljning(
    session: Session, aktor: Aktor, uppfoljning_id: int, uppgifter: UppfoljningUppgifter, idag: date
) -> tuple[Finding, ...]:
    """Everything to tell about a follow-up being changed. Raises NotFoundError."""
    row = _uppfoljning(session, aktor, uppfoljning_id)
    andra = [r for r in _uppfoljningar(session, row.insats_id) if r.id != uppfoljning_id]
    return tuple(_check_uppfoljning(known_insats(session, aktor, row.insats_id), uppgifter, andra, idag))


def update_osa_uppfoljning(
    store: Store,
    aktor: Aktor,
    uppfoljning_id: int,
    uppgifter: UppfoljningUppgifter,
    idag: date,
    tidigare: UppfoljningUppgifter | None = None,
) -> Saved | None:
    """Change a follow-up, planned or done; None when nothing differs. Raises DataError and ConflictError."""
    with store.unit_of_work(aktor, "osa", "Ändrad OSA-uppföljning") as work:
        lock_rows(work.session, OsaUppfoljning, [uppfoljning_id])
        row = _uppfoljning(work.session, aktor, uppfoljning_id)
        written = UppfoljningUppgifter(row.planerad, row.genomford, row.text)
        if tidigare is not None and written != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, written)
        varningar = refuse(check_uppfoljning(work.session, aktor, uppfoljning_id, uppgifter, idag))
        row.planerad, row.genomford, row.text = uppgifter.planerad, uppgifter.genomford, uppgifter.text
    return None if work.changes is None else Saved(uppfoljning_id, work.changes, varningar)


def remove_osa_uppfoljning(store: Store, aktor: Aktor, uppfoljning_id: int) -> Saved:
    """Take away a follow-up. Raises NotFoundError."""
    with store.unit_of_work(aktor, "osa", "Borttagen OSA-uppföljning") as work:
        lock_rows(work.session, OsaUppfoljning, [uppfoljning_id])
        work.session.delete(_uppfoljning(work.session, aktor, uppfoljning_id))
    assert work.changes is not None
    return Saved(uppfoljning_id, work.changes)


def _uppfoljning(session: Session, aktor: Aktor, uppfoljning_id: int) -> OsaUppfoljning:
    row = session.get(OsaUppfoljning, uppfoljning_id)
    if row is None:
        raise NotFoundError("Uppföljningen finns inte i registret.")
    known_insats(session, aktor, row.insats_id)
    return row


def _planned(session: Session, insats_id: int, dag: date, planerad_id: int | None) -> OsaUppfoljning:
    """The row that gets the outcome."""
    if planerad_id is None:
        row = OsaUppfoljning(insats_id=insats_id, planerad=dag)
        session.add(row)
        return row
    found = session.get(OsaUppfoljning, planerad_id, with_for_update=True)
    if found is None or found.genomford is not None or found.insats_id != insats_id:
        raise ConflictError(CHANGED_MEANWHILE)
    return found


def _uppfoljningar(session: Session, insats_id: int) -> list[OsaUppfoljning]:
    query = select(OsaUppfoljning).where(OsaUppfoljning.insats_id == insats_id)
    return list(session.scalars(query.order_by(OsaUppfoljning.planerad)))


def _check_outcome(
    insats: Insats, uppgifter: NyUppfoljning, andra: list[OsaUppfoljning], idag: date
) -> Iterator[Finding]:
    done = uppgifter.genomford
    if done is not None:
        yield from _check_done(insats, done, uppgifter.text, idag)
        if done in {row.planerad for row in andra}:
            yield Finding("genomford", "Det finns redan en uppföljning den dagen. Ändra den.", stops=True)
    elif uppgifter.text:
        yield Finding("genomford", "Ange dagen som ni följde upp.", stops=True)
    elif uppgifter.nasta is None:
        yield Finding("genomford", "Ange när ni följde upp, eller när ni ska göra det.", stops=True)


def _check_nasta(
    insats: Insats, uppgifter: NyUppfoljning, andra: list[OsaUppfoljning], idag: date
) -> Iterator[Finding]:
    nasta = uppgifter.nasta
    if nasta is not None and nasta <= (uppgifter.genomford or idag):
        yield Finding("nasta", "Nästa uppföljning ska vara en senare dag.", stops=True)
    elif nasta is not None and nasta in {row.planerad for row in andra}:
        yield Finding("nasta", "Det finns redan en uppföljning planerad den dagen.", stops=True)
    elif nasta is not None and insats.slut is not None and nasta > insats.slut:
        yield Finding("nasta", f"Insatsen slutar {full_date(insats.slut)}, före uppföljningen.")
    runs_on = insats.slut is None or insats.slut > idag
    if nasta is None and runs_on and not any(row.genomford is None for row in andra):
        yield Finding("nasta", "Ingen nästa uppföljning är planerad.")


def _check_uppfoljning(
    insats: Insats, uppgifter: UppfoljningUppgifter, andra: list[OsaUppfoljning], idag: date
) -> Iterator[Finding]:
    if uppgifter.planerad < insats.start:
        yield Finding(
            "planerad", f"Insatsen börjar {full_date(insats.start)}. Välj en senare dag.", stops=True
        )
    if uppgifter.planerad in {row.planerad for row in andra}:
        yield Finding("planerad", "Det finns redan en uppföljning den dagen.", stops=True)
    if uppgifter.genomford is not None:
        yield from _check_done(insats, uppgifter.genomford, uppgifter.text, idag)
    elif uppgifter.text:
        yield Finding("genomford", "Ange dagen som ni följde upp.", stops=True)


def _check_done(insats: Insats, done: date, text: str, idag: date) -> Iterator[Finding]:
    if done > idag:
        yield Finding("genomford", "Dagen har inte varit ännu. Välj idag eller tidigare.", stops=True)
    if done < insats.start:
        yield Finding(
            "genomford", f"Insatsen börjar {full_date(insats.start)}. Välj en senare dag.", stops=True
        )
    if not text.strip():
        yield Finding("text", "Skriv vad ni kom fram till.", stops=True)
    if len(text) > LONGEST:
        yield Finding("text", "Texten är för lång. Korta den.", stops=True)
