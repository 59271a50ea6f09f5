"""Notes: written, changed by their author while open, signed, and corrected by another note ever after."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime

from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Anteckning
from db.queries import access
from db.rules.anteckning import is_locked
from db.session import Store

CHANGED_MEANWHILE = (
    "Anteckningen har ändrats någon annanstans. Inget har sparats. Öppna den igen och gör om ändringen."
)
LOCKED = "Anteckningen är låst. Skriv en rättelse i stället."
LONGEST, LONGEST_TITLE = 50_000, 200


@dataclass(frozen=True, slots=True)
class AnteckningUppgifter:
    """What is written of a note; `datum` is the day it is about."""

    datum: date
    text: str
    rubrik: str = ""


def create_anteckning(
    store: Store,
    aktor: Aktor,
    deltagare_id: int,
    uppgifter: AnteckningUppgifter,
    nu: datetime,
    rattar_id: int | None = None,
) -> Saved:
    """Write a note about a person, as a correction of another where `rattar_id` is given.

    Raises DataError, naming the field, and NotFoundError where the user may not know the person.
    """
    slag = "Ny anteckning" if rattar_id is None else "Rättelse av anteckning"
    with store.unit_of_work(aktor, "anteckning", slag) as work:
        access.require_known(work.session, aktor, deltagare_id)
        varningar = refuse(check_anteckning(uppgifter, nu.date()))
        if rattar_id is not None and _get(work.session, rattar_id).deltagare_id != deltagare_id:
            raise NotFoundError("Anteckningen hör till en annan deltagare.")
        note = Anteckning(
            deltagare_id=deltagare_id,
            datum=uppgifter.datum,
            rubrik=uppgifter.rubrik,
            text=uppgifter.text,
            signatur=aktor.signatur,
            skapad=_utc(nu),
            rattar_id=rattar_id,
        )
        work.session.add(note)
        work.session.flush()
        note_id = note.id
    assert work.changes is not None
    return Saved(note_id, work.changes, varningar)


def update_anteckning(
    store: Store,
    aktor: Aktor,
    anteckning_id: int,
    uppgifter: AnteckningUppgifter,
    nu: datetime,
    tidigare: AnteckningUppgifter | None = None,
) -> Saved | None:
    """Change one's own open note; None when nothing differs. Raises DataError when it is locked or another's,
    ConflictError when it is no longer as `tidigare`."""
    with store.unit_of_work(aktor, "anteckning", "Ändrad anteckning") as work:
        note = _own_open(work.session, aktor, anteckning_id, nu)
        written = _written(note)
        if tidigare is not None and written != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, written)
        varningar = refuse(check_anteckning(uppgifter, nu.date()))
        note.datum, note.rubrik, note.text = uppgifter.datum, uppgifter.rubrik, uppgifter.text
    return None if work.changes is None else Saved(anteckning_id, work.changes, varningar)


def sign_anteckning(store: Store, aktor: Aktor, anteckning_id: int, nu: datetime) -> Saved:
    """Lock one's own note now. Raises DataError when it is locked already or another's."""
    with store.unit_of_work(aktor, "anteckning", "Signerad anteckning") as work:
        _own_open(work.session, aktor, anteckning_id, nu).signerad = _utc(nu)
    assert work.changes is not None
    return Saved(anteckning_id, work.changes)


def check_anteckning(uppgifter: AnteckningUppgifter, idag: date) -> tuple[Finding, ...]:
    """Everything to tell about the values."""
    return tuple(_check(uppgifter, idag))


def _check(uppgifter: AnteckningUppgifter, idag: date) -> Iterator[Finding]:
    if uppgifter.datum > idag:
        yield Finding("datum", "Dagen har inte varit ännu. Välj idag eller tidigare.", stops=True)
    if not uppgifter.text.strip():
        yield Finding("text", "Skriv anteckningen.", stops=True)
    if len(uppgifter.text) > LONGEST:
        yield Finding("text", "Anteckningen är för lång. Dela upp den på flera.", stops=True)
    if len(uppgifter.rubrik) > LONGEST_TITLE:
        yield Finding("rubrik", "Rubriken är för lång. Korta den.", stops=True)


def _own_open(session: Session, aktor: Aktor, anteckning_id: int, nu: datetime) -> Anteckning:
    note = _get(session, anteckning_id)
    access.require_known(session, aktor, note.deltagare_id)
    if note.signatur != aktor.signatur:
        raise DataError("Anteckningen är skriven av någon annan. Skriv en rättelse i stället.")
    if is_locked(note.skapad, note.signerad, nu):
        raise DataError(LOCKED)
    return note


def _get(session: Session, anteckning_id: int) -> Anteckning:
    note = session.get(Anteckning, anteckning_id, with_for_update=True)
    if note is None:
        raise NotFoundError("Anteckningen finns inte i registret.")
    return note


def _written(note: Anteckning) -> AnteckningUppgifter:
    return AnteckningUppgifter(note.datum, note.text, note.rubrik)


def _utc(nu: datetime) -> str:
    return nu.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
