"""Registering, changing, copying and ending an insats."""

import secrets
from dataclasses import fields, replace
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Saved, refuse
from db.commands.insatskontroll import InsatsUppgifter, check_insats
from db.commands.varningar import pass_warnings
from db.errors import ConflictError, NotFoundError
from db.locks import lock_rows
from db.models import Insats, Inskrivning, Narvaroschema
from db.queries import access
from db.queries.senast import find_latest_change
from db.session import Store, UnitOfWork

__all__ = ["InsatsUppgifter", "check_insats", "create_insats", "end_insats", "read_insats", "update_insats"]

CHANGED_MEANWHILE = "Någon annan har ändrat insatsen. Inget har sparats. Öppna den igen och gör om ändringen."
_COLUMNS = tuple(field.name for field in fields(InsatsUppgifter) if field.name != "schema")


def read_insats(session: Session, aktor: Aktor, insats_id: int) -> InsatsUppgifter:
    """What is written of an insats now. Raises NotFoundError where the user may not know of it."""
    return _written(session, _known(session, aktor, insats_id))


def create_insats(
    store: Store,
    aktor: Aktor,
    uppgifter: InsatsUppgifter,
    skal: str | None = None,
    *,
    idag: date = date.min,
) -> Saved:
    """Register an insats and return it with its warnings. Raises DataError, naming the field.

    `skal` is why warnings are passed that ask for a reason; None where there is nobody to ask. `idag` as in
    check_insats.
    """
    with store.unit_of_work(aktor, "registrering", "Ny insats") as work:
        lock_rows(work.connection, Inskrivning, [uppgifter.inskrivning_id])
        varningar = refuse(check_insats(work.connection, aktor, uppgifter, idag=idag))
        insats_id = insert_insats(work, uppgifter)
        pass_warnings(work, "insats", insats_id, varningar, skal)
    assert work.changes is not None
    return Saved(insats_id, work.changes, varningar)


def insert_insats(work: UnitOfWork, uppgifter: InsatsUppgifter) -> int:
    """Write a new insats that is checked already, with its schema; returns its id."""
    insats_id = work.recorder.insert(Insats, {"nummer": new_nummer(), **_values(uppgifter)})
    for veckodag, pass_ in uppgifter.schema:
        work.recorder.insert(Narvaroschema, {"insats_id": insats_id, "veckodag": veckodag, "pass": pass_})
    return insats_id


def update_insats(
    store: Store,
    aktor: Aktor,
    insats_id: int,
    uppgifter: InsatsUppgifter,
    tidigare: InsatsUppgifter | None = None,
    beskrivning: str = "Ändrad insats",
    skal: str | None = None,
    *,
    idag: date = date.min,
) -> Saved | None:
    """Change an insats; None when nothing differs. Raises DataError, naming the field.

    `tidigare` is what the user had before them: ConflictError, with what is written now, when someone has
    changed it since. `skal` and `idag` as in create_insats.
    """
    with store.unit_of_work(aktor, "ändring", beskrivning) as work:
        lock_rows(work.session, Inskrivning, [uppgifter.inskrivning_id])  # before the insats, as an avslut
        insats = _known(work.session, aktor, insats_id, lock=True)
        written = _written(work.session, insats)
        if tidigare is not None and written != tidigare:
            senast = find_latest_change(work.session, "insats", insats_id)
            raise ConflictError(CHANGED_MEANWHILE, written, senast)
        varningar = refuse(check_insats(work.session, aktor, uppgifter, insats_id, idag=idag))
        for name, value in _values(uppgifter).items():
            setattr(insats, name, value)
        _replace_schema(work, insats_id, uppgifter)
        if written != uppgifter:
            pass_warnings(work, "insats", insats_id, varningar, skal)
    return None if work.changes is None else Saved(insats_id, work.changes, varningar)


def end_insats(
    store: Store, aktor: Aktor, insats_id: int, slut: date, avbrottsorsak: str = ""
) -> Saved | None:
    """End an insats on its last day, with the reason where it was broken off. Raises DataError."""
    with store.read(aktor) as session:
        written = read_insats(session, aktor, insats_id)
    ended = replace(written, slut=slut, avbrottsorsak=avbrottsorsak)
    return update_insats(store, aktor, insats_id, ended, written, "Avslutad insats")


def new_nummer() -> str:
    """An id of our own for a row that came from no other system."""
    return f"EV-{secrets.token_hex(6)}"


def _known(session: Session, aktor: Aktor, insats_id: int, *, lock: bool = False) -> Insats:
    insats = session.get(Insats, insats_id, with_for_update=lock)
    if insats is None:
        raise NotFoundError("Insatsen finns inte i registret.")
    inskrivning = session.get_one(Inskrivning, insats.inskrivning_id)
    access.require_known(session, aktor, inskrivning.deltagare_id)
    return insats


def _values(uppgifter: InsatsUppgifter) -> dict[str, object]:
    return {name: getattr(uppgifter, name) for name in _COLUMNS}


def _schema(session: Session, insats_id: int) -> dict[tuple[int, str], Narvaroschema]:
    rows = session.scalars(select(Narvaroschema).where(Narvaroschema.insats_id == insats_id))
    return {(row.veckodag, row.pass_): row for row in rows}


def _written(session: Session, insats: Insats) -> InsatsUppgifter:
    columns = {name: getattr(insats, name) for name in _COLUMNS}
    # fm before em, as the day goes.
    schema = sorted(_schema(session, insats.id), key=lambda part: (part[0], part[1] == "em"))
    return InsatsUppgifter(**columns, schema=tuple(schema))


def _replace_schema(work: UnitOfWork, insats_id: int, uppgifter: InsatsUppgifter) -> None:
    held = _schema(work.session, insats_id)
    for part, row in held.items():
        if part not in uppgifter.schema:
            work.session.delete(row)
    for veckodag, pass_ in uppgifter.schema:
        if (veckodag, pass_) not in held:
            work.session.add(Narvaroschema(insats_id=insats_id, veckodag=veckodag, pass_=pass_))
