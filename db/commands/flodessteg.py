"""The steg of the flow: added, renamed, put in another place, given guide values, taken out of use."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.errors import ConflictError, DataError, HinderError, NotFoundError
from db.locks import lock_table
from db.models import Deltagare, Inskrivning, Steg, Stegperiod
from db.queries import access
from db.queries.settings import NOT_ALLOWED, may_change_settings
from db.queries.tavla import find_lagen, is_open
from db.rules.text import fold
from db.session import Store

SLAG = "steg i flödet"
LONGEST_NAME = 200
MOST_DAYS = 3660
MOST_PEOPLE = 100_000
CHANGED_MEANWHILE = "Någon annan har ändrat steget. Inget har sparats. Öppna det igen och gör om ändringen."


@dataclass(frozen=True, slots=True)
class FlodesstegUppgifter:
    """Name, the days that one should stand there at most, and how many at a time; None for no limit."""

    namn: str
    riktvarde_dagar: int | None = None
    grans: int | None = None


def check_flodessteg(
    session: Session, aktor: Aktor, uppgifter: FlodesstegUppgifter, steg_id: int | None = None
) -> tuple[Finding, ...]:
    """Everything to tell about the values; `steg_id` is the one being changed."""
    found = [] if may_change_settings(session, aktor) else [Finding("", NOT_ALLOWED, stops=True)]
    namn = uppgifter.namn.strip()
    if not namn:
        found.append(Finding("namn", "Skriv vad steget heter.", stops=True))
    elif len(namn) > LONGEST_NAME:
        found.append(Finding("namn", f"Namnet är för långt. Högst {LONGEST_NAME} tecken.", stops=True))
    elif any(fold(row.namn) == fold(namn) and row.id != steg_id for row in session.scalars(select(Steg))):
        found.append(Finding("namn", "Det finns redan ett steg med det namnet.", stops=True))
    dagar, grans = uppgifter.riktvarde_dagar, uppgifter.grans
    if dagar is not None and not 1 <= dagar <= MOST_DAYS:
        found.append(Finding("riktvarde_dagar", f"Skriv antalet dagar, 1 till {MOST_DAYS}.", stops=True))
    if grans is not None and not 1 <= grans <= MOST_PEOPLE:
        found.append(Finding("grans", f"Skriv ett antal från 1 till {MOST_PEOPLE}.", stops=True))
    return tuple(found)


def add_flodessteg(store: Store, aktor: Aktor, uppgifter: FlodesstegUppgifter) -> Saved:
    """A new steg, last in the flow. Raises DataError, naming the field."""
    with store.unit_of_work(aktor, SLAG, "Nytt steg i flödet") as work:
        lock_table(work.session, Steg)
        varningar = refuse(check_flodessteg(work.session, aktor, uppgifter))
        sista = work.session.scalar(select(func.max(Steg.ordning))) or 0
        row = Steg(
            namn=uppgifter.namn.strip(), ordning=sista + 1, riktvarde_dagar=uppgifter.riktvarde_dagar,
            grans=uppgifter.grans, aktiv=True,
        )  # fmt: skip
        work.session.add(row)
        work.session.flush()
        row_id = row.id
    assert work.changes is not None
    return Saved(row_id, work.changes, varningar)


def update_flodessteg(
    store: Store,
    aktor: Aktor,
    steg_id: int,
    uppgifter: FlodesstegUppgifter,
    tidigare: FlodesstegUppgifter | None = None,
) -> Saved | None:
    """Change a steg; None when nothing differs. Raises DataError, and ConflictError when it is no longer as
    `tidigare`."""
    with store.unit_of_work(aktor, SLAG, "Ändrat steg i flödet") as work:
        lock_table(work.session, Steg)
        row = _steg(work.session, steg_id)
        written = FlodesstegUppgifter(row.namn, row.riktvarde_dagar, row.grans)
        if tidigare is not None and written != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, written)
        varningar = refuse(check_flodessteg(work.session, aktor, uppgifter, steg_id))
        row.namn, row.riktvarde_dagar = uppgifter.namn.strip(), uppgifter.riktvarde_dagar
        row.grans = uppgifter.grans
    return None if work.changes is None else Saved(steg_id, work.changes, varningar)


def shift_flodessteg(store: Store, aktor: Aktor, steg_id: int, platser: int) -> Saved | None:
    """Put a steg in use so many places later (earlier below 0) among those in use; None where it is there
    already. Raises DataError."""
    with store.unit_of_work(aktor, SLAG, "Ändrad ordning i flödet") as work:
        lock_table(work.session, Steg)
        _require_right(work.session, aktor)
        row = _steg(work.session, steg_id)
        alla = list(work.session.scalars(select(Steg).where(Steg.aktiv).order_by(Steg.ordning, Steg.id)))
        if row not in alla:
            raise DataError("Steget används inte längre. Ta det i bruk först.")
        nummer = [s.ordning for s in alla]
        at = alla.index(row)
        alla.insert(min(max(at + platser, 0), len(alla) - 1), alla.pop(at))
        for steg, ordning in zip(alla, nummer, strict=True):
            steg.ordning = ordning
    return None if work.changes is None else Saved(steg_id, work.changes)


def retire_flodessteg(store: Store, aktor: Aktor, steg_id: int, idag: date) -> Saved:
    """Take a steg out of use; one that nobody ever came to goes altogether.

    Raises DataError for the last one, and HinderError naming those who stand there or are to come.
    """
    with store.unit_of_work(aktor, SLAG, "Borttaget steg i flödet") as work:
        lock_table(work.session, Steg)
        _require_right(work.session, aktor)
        row = _steg(work.session, steg_id)
        andra = select(func.count()).select_from(Steg).where(Steg.aktiv, Steg.id != steg_id)
        if not work.session.scalar(andra):
            raise DataError("Flödet behöver minst ett steg. Ändra det i stället.")
        _refuse_people(work.session, aktor, row, idag)
        if work.session.scalar(select(func.count()).where(Stegperiod.steg_id == steg_id)):
            row.aktiv = False
        else:
            work.session.delete(row)
    if work.changes is None:
        raise DataError("Steget används inte längre. Inget har ändrats.")
    return Saved(steg_id, work.changes)


def revive_flodessteg(store: Store, aktor: Aktor, steg_id: int) -> Saved | None:
    """Take a steg in use again; None where it is in use."""
    with store.unit_of_work(aktor, SLAG, "Steg i bruk igen") as work:
        lock_table(work.session, Steg)
        _require_right(work.session, aktor)
        _steg(work.session, steg_id).aktiv = True
    return None if work.changes is None else Saved(steg_id, work.changes)


def _require_right(session: Session, aktor: Aktor) -> None:
    if not may_change_settings(session, aktor):
        raise DataError(NOT_ALLOWED)


def _steg(session: Session, steg_id: int) -> Steg:
    row = session.get(Steg, steg_id, populate_existing=True)
    if row is None:
        raise NotFoundError("Steget finns inte i registret.")
    return row


def _refuse_people(session: Session, aktor: Aktor, steg: Steg, idag: date) -> None:
    stand = {i for i, lage in find_lagen(session, idag, *is_open(idag)).items() if lage.steg_id == steg.id}
    kommande = (
        select(Stegperiod.inskrivning_id)
        .join(Inskrivning, Inskrivning.id == Stegperiod.inskrivning_id)
        .where(Stegperiod.steg_id == steg.id, Stegperiod.fran > idag, Inskrivning.avslutad.is_(None))
    )
    stand |= set(session.scalars(kommande))
    if not stand:
        return
    query = (
        select(Inskrivning.id, Deltagare.id, Deltagare.fornamn, Deltagare.efternamn, Deltagare.skyddad)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(Inskrivning.avslutad.is_(None), access.may_know(aktor))
        .order_by(Deltagare.sortering, Deltagare.id)
    )
    kanda = [
        (deltagare_id, f"{fornamn} {efternamn}" if access.is_open(skyddad) else access.MASK)
        for inskrivning_id, deltagare_id, fornamn, efternamn, skyddad in session.execute(query)
        if inskrivning_id in stand
    ]
    ord_ = "person står" if len(stand) == 1 else "personer står"
    raise HinderError(
        f"{len(stand)} {ord_} i {steg.namn} eller är på väg dit. Flytta dem till ett annat steg först.",
        tuple(kanda),
        len(stand) - len(kanda),
    )
