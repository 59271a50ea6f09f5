"""Saying that all of a period is registered, before its figures are frozen, and taking that back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.varningar import pass_warnings
from db.errors import ConflictError, DataError, NotFoundError
from db.locks import lock_table
from db.models import Avstamning, Medarbetare
from db.queries.avstamning import list_kvar
from db.rules.datum import full_date
from db.rules.period import Period
from db.session import Store

SLAG = "avstämning"
LONGEST = 500
NOT_YOURS = "Den som ansvarar säger själv att perioden är klar."
DONE_MEANWHILE = "Perioden är redan markerad som klar. Inget har ändrats."


@dataclass(frozen=True, slots=True)
class AvstamningUppgifter:
    """Whose period it is, the period, and what there is to say of it (may be empty)."""

    signatur: str
    period: Period
    text: str = ""


def check_avstamning(
    session: Session, aktor: Aktor, uppgifter: AvstamningUppgifter, idag: date
) -> tuple[Finding, ...]:
    """Everything to tell of the values, those that stop first; what is left asks for a reason."""
    stops = tuple(_check(session, aktor, uppgifter, idag))
    if stops:
        return stops
    kvar = len(list_kvar(session, aktor, uppgifter.period, idag, uppgifter.signatur))
    if not kvar:
        return ()
    words = "1 sak är inte registrerad." if kvar == 1 else f"{kvar} saker är inte registrerade."
    return (Finding("text", words, asks=True),)


def mark_klar(
    store: Store, aktor: Aktor, uppgifter: AvstamningUppgifter, idag: date, skal: str | None = None
) -> Saved:
    """Say that a period is gone through. Raises DataError, naming the field, and ConflictError where it was
    said meanwhile."""
    period = uppgifter.period
    with store.unit_of_work(aktor, SLAG, f"Klart {period.namn}") as work:
        lock_table(work.session, Avstamning)
        if _find(work.session, uppgifter) is not None:
            raise ConflictError(DONE_MEANWHILE)
        varningar = refuse(check_avstamning(work.session, aktor, uppgifter, idag))
        row = Avstamning(
            fran=period.fran, till=period.till, signatur=uppgifter.signatur, klar=idag,
            text=uppgifter.text.strip(),
        )  # fmt: skip
        work.session.add(row)
        work.session.flush()
        row_id = row.id
        pass_warnings(work, "avstamning", row_id, varningar, skal)
    assert work.changes is not None
    return Saved(row_id, work.changes, varningar)


def take_back_klar(store: Store, aktor: Aktor, avstamning_id: int) -> Saved:
    """The period is not gone through after all. Raises NotFoundError, and DataError where it is somebody
    else's."""
    with store.unit_of_work(aktor, SLAG, "Inte klart") as work:
        row = work.session.get(Avstamning, avstamning_id, with_for_update=True)
        if row is None:
            raise NotFoundError("Avstämningen finns inte längre. Inget har ändrats.")
        if not _may(work.session, aktor, row.signatur):
            raise DataError(NOT_YOURS)
        work.session.delete(row)
    assert work.changes is not None
    return Saved(avstamning_id, work.changes)


def _check(session: Session, aktor: Aktor, uppgifter: AvstamningUppgifter, idag: date) -> Iterator[Finding]:
    if not _may(session, aktor, uppgifter.signatur):
        yield Finding("", NOT_YOURS, stops=True)
    if uppgifter.period.till >= idag:
        slut = full_date(uppgifter.period.till)
        yield Finding("", f"Perioden slutar {slut}. Den kan markeras som klar efter det.", stops=True)
    if len(uppgifter.text) > LONGEST:
        yield Finding("text", "Texten är för lång. Korta den.", stops=True)


def _may(session: Session, aktor: Aktor, signatur: str) -> bool:
    """One's own; what nobody at work answers for is gone through by anybody."""
    if signatur == aktor.signatur:
        return True
    query = select(Medarbetare.id).where(Medarbetare.signatur == signatur, Medarbetare.aktiv)
    return session.execute(query).scalar() is None


def _find(session: Session, uppgifter: AvstamningUppgifter) -> int | None:
    period = uppgifter.period
    query = select(Avstamning.id).where(
        Avstamning.fran == period.fran, Avstamning.till == period.till,
        Avstamning.signatur == uppgifter.signatur,
    )  # fmt: skip
    return session.execute(query).scalar()
