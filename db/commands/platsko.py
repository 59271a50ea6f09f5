"""The queue for places: joined, changed, left, and left with a place."""

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.insats import InsatsUppgifter, insert_insats
from db.commands.insatskontroll import check_insats
from db.commands.varningar import pass_warnings
from db.errors import ConflictError, DataError, NotFoundError
from db.locks import lock_rows
from db.models import Enhet, Insats, Insatstyp, Inskrivning, Platsko
from db.queries import access
from db.queries.senast import find_latest_change
from db.rules.datum import full_date
from db.session import Store

LONGEST_TEXT = 2_000
MISSING = "Raden i kön finns inte i registret."
LEFT_MEANWHILE = "Deltagaren står inte längre i kön. Inget har sparats."
CHANGED_MEANWHILE = "Någon annan har ändrat raden i kön. Inget har sparats. Öppna den igen."


@dataclass(frozen=True, slots=True)
class PlatskoUppgifter:
    """What somebody waits for: an enhet, a kind of insats or both; since when, and from when at the earliest
    the place is wanted."""

    inskrivning_id: int
    enhet_id: int | None
    insatstyp_id: int | None
    sedan: date
    onskad_start: date | None = None
    text: str = ""


_COLUMNS = tuple(column.name for column in fields(PlatskoUppgifter))


def check_platsko(
    session: Session, aktor: Aktor, uppgifter: PlatskoUppgifter, idag: date, platsko_id: int | None = None
) -> tuple[Finding, ...]:
    """Everything to tell about the values, what stops first; `platsko_id` is the row being changed.

    Raises NotFoundError where the inskrivning is missing or not the user's to know.
    """
    inskrivning = _inskrivning(session, aktor, uppgifter.inskrivning_id)
    stops = (
        *_check_values(session, uppgifter, idag),
        *_check_inskrivning(inskrivning, uppgifter),
        *_check_others(session, uppgifter, platsko_id),
    )
    return stops or tuple(_warn(session, uppgifter, idag))


def add_platsko(store: Store, aktor: Aktor, uppgifter: PlatskoUppgifter, *, idag: date) -> Saved:
    """Let somebody wait for a place. Raises DataError, naming the field."""
    with store.unit_of_work(aktor, "kö", "Ställd i kö för plats") as work:
        lock_rows(work.session, Inskrivning, [uppgifter.inskrivning_id])
        varningar = refuse(check_platsko(work.session, aktor, uppgifter, idag))
        row = Platsko(**_values(uppgifter))
        work.session.add(row)
        work.session.flush()
        platsko_id = row.id
    assert work.changes is not None
    return Saved(platsko_id, work.changes, varningar)


def read_platsko(session: Session, aktor: Aktor, platsko_id: int) -> PlatskoUppgifter:
    """What is written of a row of the queue now. Raises NotFoundError."""
    return _written(_known(session, aktor, platsko_id))


def update_platsko(
    store: Store,
    aktor: Aktor,
    platsko_id: int,
    uppgifter: PlatskoUppgifter,
    tidigare: PlatskoUppgifter | None = None,
    *,
    idag: date,
) -> Saved | None:
    """Change what somebody waits for; None when nothing differs. Raises DataError, naming the field, and
    ConflictError when it is no longer as `tidigare` or the person waits no longer."""
    with store.unit_of_work(aktor, "kö", "Ändrad plats i kön") as work:
        row = _hold(work.session, aktor, platsko_id)
        written = _written(row)
        if tidigare is not None and written != tidigare:
            senast = find_latest_change(work.session, "platsko", platsko_id)
            raise ConflictError(CHANGED_MEANWHILE, written, senast)
        if uppgifter.inskrivning_id != row.inskrivning_id:
            raise DataError("Raden i kön hör till en annan inskrivning.")
        varningar = refuse(check_platsko(work.session, aktor, uppgifter, idag, platsko_id))
        for name, value in _values(uppgifter).items():
            setattr(row, name, value)
    return None if work.changes is None else Saved(platsko_id, work.changes, varningar)


def end_platsko(store: Store, aktor: Aktor, platsko_id: int, idag: date) -> Saved:
    """Take somebody out of the queue, without a place. Raises ConflictError where that is done already."""
    with store.unit_of_work(aktor, "kö", "Lämnade kön för plats") as work:
        row = _hold(work.session, aktor, platsko_id)
        row.till = max(idag, row.sedan)
    assert work.changes is not None
    return Saved(platsko_id, work.changes)


def give_plats(
    store: Store,
    aktor: Aktor,
    platsko_id: int,
    uppgifter: InsatsUppgifter,
    skal: str | None = None,
    *,
    idag: date,
) -> Saved:
    """Give a place to somebody who waits: a new insats, and the wait is over; one undo takes back both.

    Returns the insats. `skal` as in create_insats. Two who give the last place at the same time: the second
    is told that there is none. Raises DataError, naming the field, and ConflictError where the person waits
    no longer.
    """
    with store.unit_of_work(aktor, "registrering", "Plats från kön") as work:
        row = _hold(work.session, aktor, platsko_id)
        if uppgifter.inskrivning_id != row.inskrivning_id:
            raise DataError("Raden i kön hör till en annan inskrivning.")
        if uppgifter.enhet_id is None:
            raise DataError("Välj enheten som har platsen.", "enhet")
        lock_rows(work.session, Enhet, [uppgifter.enhet_id])
        varningar = refuse(check_insats(work.session, aktor, uppgifter, idag=idag))
        insats_id = insert_insats(work, uppgifter)
        pass_warnings(work, "insats", insats_id, varningar, skal)
        row.till, row.insats_id = max(idag, row.sedan), insats_id
    assert work.changes is not None
    return Saved(insats_id, work.changes, varningar)


def list_waiting(session: Session, inskrivning_id: int) -> list[Platsko]:
    """What an inskrivning waits for, the longest first."""
    query = select(Platsko).where(Platsko.inskrivning_id == inskrivning_id, Platsko.till.is_(None))
    return list(session.scalars(query.order_by(Platsko.sedan, Platsko.id)))


def forget_insatser(session: Session, insats_ids: list[int], *, wait_again: bool) -> None:
    """Let rows of the queue go of insatser that are to be removed; with `wait_again` those who got a place by
    them wait as before, where they are inskrivna still."""
    query = (
        select(Platsko, Inskrivning.avslutad)
        .join(Inskrivning, Inskrivning.id == Platsko.inskrivning_id)
        .where(Platsko.insats_id.in_(insats_ids))
    )
    for row, avslutad in session.execute(query).all():
        row.insats_id = None
        if wait_again and avslutad is None:
            row.till = None


def _hold(session: Session, aktor: Aktor, platsko_id: int) -> Platsko:
    """The row, held with its inskrivning, of somebody who waits. The inskrivning first, as an avslut does."""
    row = _known(session, aktor, platsko_id)
    lock_rows(session, Inskrivning, [row.inskrivning_id])
    lock_rows(session, Platsko, [platsko_id])
    held = session.get(Platsko, platsko_id, populate_existing=True)
    if held is None or held.till is not None:
        raise ConflictError(LEFT_MEANWHILE)
    return held


def _known(session: Session, aktor: Aktor, platsko_id: int) -> Platsko:
    row = session.get(Platsko, platsko_id)
    if row is None:
        raise NotFoundError(MISSING)
    _inskrivning(session, aktor, row.inskrivning_id)
    return row


def _inskrivning(session: Session, aktor: Aktor, inskrivning_id: int) -> Inskrivning:
    row = session.get(Inskrivning, inskrivning_id, populate_existing=True)
    if row is None:
        raise NotFoundError("Inskrivningen finns inte i registret.")
    access.require_known(session, aktor, row.deltagare_id)
    return row


def _values(uppgifter: PlatskoUppgifter) -> dict[str, Any]:
    values = {name: getattr(uppgifter, name) for name in _COLUMNS}
    return {**values, "text": uppgifter.text.strip()}


def _written(row: Platsko) -> PlatskoUppgifter:
    return PlatskoUppgifter(**{name: getattr(row, name) for name in _COLUMNS})


def _check_values(session: Session, uppgifter: PlatskoUppgifter, idag: date) -> Iterator[Finding]:
    if uppgifter.enhet_id is None and uppgifter.insatstyp_id is None:
        yield Finding("enhet", "Välj en enhet, en insatstyp eller båda.", stops=True)
    if uppgifter.enhet_id is not None and session.get(Enhet, uppgifter.enhet_id) is None:
        yield Finding("enhet", "Enheten finns inte i registret. Välj en annan.", stops=True)
    if uppgifter.insatstyp_id is not None and session.get(Insatstyp, uppgifter.insatstyp_id) is None:
        yield Finding("insatstyp", "Välj en insatstyp.", stops=True)
    if uppgifter.sedan > idag:
        yield Finding("sedan", "Dagen har inte varit ännu. Välj idag eller tidigare.", stops=True)
    if uppgifter.onskad_start is not None and uppgifter.onskad_start < uppgifter.sedan:
        yield Finding("onskad_start", "Önskad start är före dagen i kön. Välj en senare dag.", stops=True)
    if len(uppgifter.text) > LONGEST_TEXT:
        yield Finding("text", "Texten är för lång. Korta den.", stops=True)


def _check_inskrivning(inskrivning: Inskrivning, uppgifter: PlatskoUppgifter) -> Iterator[Finding]:
    if inskrivning.avslutad is not None:
        text = f"Inskrivningen avslutades {full_date(inskrivning.avslutad)}. Skriv in deltagaren igen först."
        yield Finding("", text, stops=True)
    if uppgifter.sedan < inskrivning.inskriven:
        text = f"Inskrivningen börjar {full_date(inskrivning.inskriven)}. Välj en senare dag."
        yield Finding("sedan", text, stops=True)


def _check_others(session: Session, uppgifter: PlatskoUppgifter, platsko_id: int | None) -> Iterator[Finding]:
    for row in list_waiting(session, uppgifter.inskrivning_id):
        same = (row.enhet_id, row.insatstyp_id) == (uppgifter.enhet_id, uppgifter.insatstyp_id)
        if same and row.id != platsko_id:
            text = f"Deltagaren står redan i den kön sedan {full_date(row.sedan)}."
            yield Finding("enhet", text, stops=True)


def _warn(session: Session, uppgifter: PlatskoUppgifter, idag: date) -> Iterator[Finding]:
    """Who has a place there already seldom waits for another one."""
    if uppgifter.enhet_id is None:
        return
    query = select(Insats.start).where(
        Insats.inskrivning_id == uppgifter.inskrivning_id, Insats.enhet_id == uppgifter.enhet_id,
        (Insats.slut.is_(None)) | (Insats.slut >= idag),
    )  # fmt: skip
    start = session.scalars(query.order_by(Insats.start).limit(1)).first()
    if start is not None:
        yield Finding("enhet", f"Deltagaren har en insats där från {full_date(start)}.")
