"""Changing what is written of a person."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.person import PersonUppgifter, check_person, read_person, write_person
from db.commands.varningar import pass_warnings, unasked_again
from db.errors import ConflictError
from db.models import Deltagare
from db.queries import access
from db.session import Store

CHANGED_MEANWHILE = (
    "Någon annan har ändrat uppgifterna. Inget har sparats. Öppna kortet igen och gör om ändringen."
)


def read_uppgifter(session: Session, aktor: Aktor, deltagare_id: int) -> PersonUppgifter:
    """What is written of a person now, protected or not: ask for a reason first (db.commands.visning).

    Raises NotFoundError where the user may not know the person.
    """
    access.require_known(session, aktor, deltagare_id)
    return read_person(session.get_one(Deltagare, deltagare_id))


def update_deltagare(
    store: Store,
    aktor: Aktor,
    deltagare_id: int,
    uppgifter: PersonUppgifter,
    idag: date,
    tidigare: PersonUppgifter | None = None,
    skal: str | None = None,
) -> Saved | None:
    """Change what is written of a person; None when nothing differs. A number that is replaced is kept.

    `skal` as in create_deltagare.

    Raises DataError, naming the field, ConflictError when it is no longer as `tidigare`, and NotFoundError
    where the user may not know the person.
    """
    with store.unit_of_work(aktor, "ändring", "Ändrade uppgifter") as work:
        access.require_known(work.session, aktor, deltagare_id)
        row = work.session.get_one(Deltagare, deltagare_id, with_for_update=True)
        before = read_person(row)
        if tidigare is not None and before != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, before)
        varningar = refuse(check_uppgifter(work.session, aktor, deltagare_id, uppgifter, idag))
        write_person(work.session, aktor, uppgifter, idag, row)
        if read_person(row) != before:
            pass_warnings(work, "deltagare", deltagare_id, varningar, skal)
    return None if work.changes is None else Saved(deltagare_id, work.changes, varningar)


def check_uppgifter(
    session: Session, aktor: Aktor, deltagare_id: int, uppgifter: PersonUppgifter, idag: date
) -> tuple[Finding, ...]:
    """Everything to tell about changed values. Raises NotFoundError as `update_deltagare` does."""
    access.require_known(session, aktor, deltagare_id)
    found = list(check_person(session, aktor, uppgifter, idag, deltagare_id))
    named = session.execute(
        select(Deltagare.id).where(Deltagare.id == deltagare_id, Deltagare.id.in_(access.named_ids(aktor)))
    ).scalar()
    if not access.is_open(uppgifter.skyddad) and named is None and not aktor.is_system:
        found.append(Finding("skyddad", "Du ser inte längre kortet: bara de som är ansvariga gör det."))
    return unasked_again(session, "deltagare", deltagare_id, found)
