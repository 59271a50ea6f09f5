"""Where in the flow an inskrivning stands: moved to another steg on a day, the earlier ones kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.errors import ConflictError, DataError, NotFoundError
from db.locks import lock_rows
from db.models import Inskrivning, Steg, Stegperiod
from db.queries import access
from db.rules.datum import full_date
from db.session import Store

CHANGED_MEANWHILE = "Någon annan har ändrat steget. Inget har sparats. Öppna det igen och gör om ändringen."


@dataclass(frozen=True, slots=True)
class StegUppgifter:
    """A steg and the day the person came to it."""

    steg_id: int
    fran: date


@dataclass(frozen=True, slots=True)
class _Steg:
    """A steg gone through, in the order of the card: by day, then by place in the flow."""

    fran: date
    ordning: int
    steg_id: int
    namn: str


def check_steg(
    session: Session,
    aktor: Aktor,
    inskrivning_id: int,
    uppgifter: StegUppgifter,
    idag: date,
    stegperiod_id: int | None = None,
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first; `stegperiod_id` is the one being changed.

    Raises NotFoundError where the inskrivning is missing or not the user's to know.
    """
    inskrivning = _inskrivning(session, aktor, inskrivning_id)
    stops = tuple(_check_day(inskrivning, uppgifter))
    steg = session.get(Steg, uppgifter.steg_id)
    if steg is None:
        return (*stops, Finding("steg", "Välj ett steg.", stops=True))
    andra = _andra(session, inskrivning_id, stegperiod_id)
    return stops or tuple(_check_order(steg, uppgifter, andra, idag))


def move_steg(store: Store, aktor: Aktor, inskrivning_id: int, uppgifter: StegUppgifter, idag: date) -> Saved:
    """Let an inskrivning come to a steg. Raises DataError, naming the field."""
    with store.unit_of_work(aktor, "steg", "Nytt steg") as work:
        lock_rows(work.session, Inskrivning, [inskrivning_id])
        varningar = refuse(check_steg(work.session, aktor, inskrivning_id, uppgifter, idag))
        row = Stegperiod(inskrivning_id=inskrivning_id, steg_id=uppgifter.steg_id, fran=uppgifter.fran)
        work.session.add(row)
        work.session.flush()
        row_id = row.id
    assert work.changes is not None
    return Saved(row_id, work.changes, varningar)


def update_steg(
    store: Store,
    aktor: Aktor,
    stegperiod_id: int,
    uppgifter: StegUppgifter,
    idag: date,
    tidigare: StegUppgifter | None = None,
) -> Saved | None:
    """Change the steg or its day; None when nothing differs. Raises DataError, and ConflictError when it is
    no longer as `tidigare`."""
    with store.unit_of_work(aktor, "steg", "Ändrat steg") as work:
        _lock_inskrivning(work.session, stegperiod_id)
        row = _stegperiod(work.session, aktor, stegperiod_id)
        written = StegUppgifter(row.steg_id, row.fran)
        if tidigare is not None and written != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, written)
        found = check_steg(work.session, aktor, row.inskrivning_id, uppgifter, idag, stegperiod_id)
        varningar = refuse(found)
        row.steg_id, row.fran = uppgifter.steg_id, uppgifter.fran
    return None if work.changes is None else Saved(stegperiod_id, work.changes, varningar)


def remove_steg(store: Store, aktor: Aktor, stegperiod_id: int) -> Saved:
    """Take away a steg that the person never came to. Raises DataError for the only one."""
    with store.unit_of_work(aktor, "steg", "Borttaget steg") as work:
        _lock_inskrivning(work.session, stegperiod_id)
        row = _stegperiod(work.session, aktor, stegperiod_id)
        if not _andra(work.session, row.inskrivning_id, stegperiod_id):
            raise DataError("Inskrivningen ska ha ett steg. Ändra det i stället.", "steg")
        work.session.delete(row)
    assert work.changes is not None
    return Saved(stegperiod_id, work.changes)


def _lock_inskrivning(session: Session, stegperiod_id: int) -> None:
    """A steg is checked against the others of its inskrivning."""
    owner = select(Stegperiod.inskrivning_id).where(Stegperiod.id == stegperiod_id)
    lock_rows(session, Inskrivning, owner)


def _inskrivning(session: Session, aktor: Aktor, inskrivning_id: int) -> Inskrivning:
    inskrivning = session.get(Inskrivning, inskrivning_id)
    if inskrivning is None:
        raise NotFoundError("Inskrivningen finns inte i registret.")
    access.require_known(session, aktor, inskrivning.deltagare_id)
    return inskrivning


def _stegperiod(session: Session, aktor: Aktor, stegperiod_id: int) -> Stegperiod:
    row = session.get(Stegperiod, stegperiod_id, with_for_update=True)
    if row is None:
        raise NotFoundError("Steget finns inte i registret.")
    _inskrivning(session, aktor, row.inskrivning_id)
    return row


def _andra(session: Session, inskrivning_id: int, stegperiod_id: int | None) -> list[_Steg]:
    query = (
        select(Stegperiod.fran, Steg.ordning, Steg.id, Steg.namn)
        .join(Steg, Steg.id == Stegperiod.steg_id)
        .where(Stegperiod.inskrivning_id == inskrivning_id, Stegperiod.id != (stegperiod_id or 0))
        .order_by(Stegperiod.fran, Steg.ordning)
    )
    return [_Steg(*row) for row in session.execute(query)]


def _check_day(inskrivning: Inskrivning, uppgifter: StegUppgifter) -> Iterator[Finding]:
    if uppgifter.fran < inskrivning.inskriven:
        text = f"Inskrivningen börjar {full_date(inskrivning.inskriven)}. Välj en senare dag."
        yield Finding("fran", text, stops=True)
    if inskrivning.avslutad is not None and uppgifter.fran > inskrivning.avslutad:
        text = f"Inskrivningen avslutades {full_date(inskrivning.avslutad)}. Välj en dag före det."
        yield Finding("fran", text, stops=True)


def _check_order(steg: Steg, uppgifter: StegUppgifter, andra: list[_Steg], idag: date) -> Iterator[Finding]:
    """Between the steg before and the steg after there must be something new to come to."""
    place = (uppgifter.fran, steg.ordning)
    before = next((row for row in reversed(andra) if (row.fran, row.ordning) <= place), None)
    after = next((row for row in andra if (row.fran, row.ordning) > place), None)
    if before is not None and before.steg_id == steg.id:
        yield Finding(
            "steg", f"Deltagaren är redan i {steg.namn} sedan {full_date(before.fran)}.", stops=True
        )
    elif after is not None and after.steg_id == steg.id:
        text = f"Deltagaren kommer till {steg.namn} {full_date(after.fran)}. Ändra den dagen i stället."
        yield Finding("steg", text, stops=True)
    elif after is not None and after.fran == uppgifter.fran:
        text = f"Samma dag kom deltagaren till {after.namn}, ett senare steg. Ändra det i stället."
        yield Finding("steg", text, stops=True)
    elif after is not None:
        yield Finding("fran", f"Deltagaren går vidare till {after.namn} {full_date(after.fran)}.")
    if uppgifter.fran > idag:
        yield Finding("fran", "Dagen har inte varit ännu. Steget blir planerat.")
