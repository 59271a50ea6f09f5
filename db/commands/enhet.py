"""The enheter that provide places: added and changed, and what they cost."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.platser import SLAG, PlatsUppgifter, check_platser, hold_enhet, require_enhet
from db.errors import ConflictError
from db.locks import lock_table
from db.models import Enhet, Kapacitet, Kostnad
from db.queries.senast import find_latest_change
from db.rules.koder import Enhetstyp
from db.rules.text import fold
from db.session import Store

LONGEST_NAME = 200
MOST_ORE = 10**13
FIRST_YEAR, LAST_YEAR = 1900, 2200
CHANGED_MEANWHILE = "Någon annan har ändrat enheten. Inget har sparats. Öppna den igen och gör om ändringen."


@dataclass(frozen=True, slots=True)
class EnhetUppgifter:
    """What an enhet is called, whether it is intern or extern, and who runs it."""

    namn: str
    typ: str
    anordnare: str = ""


def check_enhet(
    session: Session,
    aktor: Aktor,  # noqa: ARG001 - rights get their place here
    uppgifter: EnhetUppgifter,
    enhet_id: int | None = None,
) -> tuple[Finding, ...]:
    """Everything to tell about the values; `enhet_id` is the one being changed."""
    return tuple(_check_enhet(session, uppgifter, enhet_id))


def add_enhet(
    store: Store,
    aktor: Aktor,
    uppgifter: EnhetUppgifter,
    platser: PlatsUppgifter,
    kostnad_ore: int | None = None,
    *,
    idag: date,
) -> Saved:
    """A new enhet with its places from a day and, where known, its cost in that day's year. Raises DataError,
    naming the field."""
    with store.unit_of_work(aktor, SLAG, "Ny enhet") as work:
        lock_table(work.session, Enhet)
        found = check_enhet(work.session, aktor, uppgifter)
        varningar = refuse((*found, *check_platser(platser, idag), *_check_kostnad(kostnad_ore)))
        row = Enhet(namn=_clean(uppgifter.namn), typ=uppgifter.typ, anordnare=_clean(uppgifter.anordnare))
        work.session.add(row)
        work.session.flush()
        work.session.add(Kapacitet(enhet_id=row.id, fran=platser.fran, till=None, platser=platser.platser))
        if kostnad_ore is not None:
            work.session.add(Kostnad(enhet_id=row.id, ar=platser.fran.year, belopp_ore=kostnad_ore))
        enhet_id = row.id
    assert work.changes is not None
    return Saved(enhet_id, work.changes, varningar)


def read_uppgifter(session: Session, aktor: Aktor, enhet_id: int) -> EnhetUppgifter:  # noqa: ARG001
    """What is written of the enhet now. Raises NotFoundError."""
    return _written(require_enhet(session, enhet_id))


def update_enhet(
    store: Store,
    aktor: Aktor,
    enhet_id: int,
    uppgifter: EnhetUppgifter,
    tidigare: EnhetUppgifter | None = None,
) -> Saved | None:
    """Change an enhet; None when nothing differs. Raises DataError, and ConflictError when it is no longer as
    `tidigare`."""
    with store.unit_of_work(aktor, SLAG, "Ändrad enhet") as work:
        lock_table(work.session, Enhet)
        row = require_enhet(work.session, enhet_id)
        written = _written(row)
        if tidigare is not None and written != tidigare:
            senast = find_latest_change(work.session, "enhet", enhet_id)
            raise ConflictError(CHANGED_MEANWHILE, written, senast)
        varningar = refuse(check_enhet(work.session, aktor, uppgifter, enhet_id))
        row.namn, row.typ = _clean(uppgifter.namn), uppgifter.typ
        row.anordnare = _clean(uppgifter.anordnare)
    return None if work.changes is None else Saved(enhet_id, work.changes, varningar)


def check_kostnad(ar: int, belopp_ore: int | None) -> tuple[Finding, ...]:
    """What the numbers say by themselves."""
    if not FIRST_YEAR <= ar <= LAST_YEAR:
        return (Finding("ar", "Skriv året med fyra siffror.", stops=True),)
    return tuple(_check_kostnad(belopp_ore))


def set_kostnad(store: Store, aktor: Aktor, enhet_id: int, ar: int, belopp_ore: int | None) -> Saved | None:
    """What an enhet costs in a calendar year, in öre; None takes the cost away. None when nothing differs."""
    with store.unit_of_work(aktor, SLAG, f"Kostnad {ar}") as work:
        hold_enhet(work.session, enhet_id)
        varningar = refuse(check_kostnad(ar, belopp_ore))
        query = select(Kostnad).where(Kostnad.enhet_id == enhet_id, Kostnad.ar == ar)
        row = work.session.scalars(query).first()
        if row is not None and belopp_ore is None:
            work.session.delete(row)
        elif row is not None and belopp_ore is not None:
            row.belopp_ore = belopp_ore
        elif belopp_ore is not None:
            work.session.add(Kostnad(enhet_id=enhet_id, ar=ar, belopp_ore=belopp_ore))
    return None if work.changes is None else Saved(enhet_id, work.changes, varningar)


def _clean(text: str) -> str:
    return " ".join(text.split())


def _check_enhet(session: Session, uppgifter: EnhetUppgifter, enhet_id: int | None) -> Iterator[Finding]:
    namn = _clean(uppgifter.namn)
    if not namn:
        yield Finding("namn", "Skriv vad enheten heter.", stops=True)
    elif len(namn) > LONGEST_NAME:
        yield Finding("namn", f"Namnet är för långt. Högst {LONGEST_NAME} tecken.", stops=True)
    elif any(fold(row.namn) == fold(namn) and row.id != enhet_id for row in session.scalars(select(Enhet))):
        yield Finding("namn", "Det finns redan en enhet med det namnet.", stops=True)
    if uppgifter.typ not in tuple(Enhetstyp):
        yield Finding("typ", "Välj intern eller extern.", stops=True)
    if len(_clean(uppgifter.anordnare)) > LONGEST_NAME:
        yield Finding("anordnare", f"Namnet är för långt. Högst {LONGEST_NAME} tecken.", stops=True)


def _check_kostnad(belopp_ore: int | None) -> Iterator[Finding]:
    if belopp_ore is not None and not 0 <= belopp_ore <= MOST_ORE:
        yield Finding("kostnad", "Skriv kostnaden för året i kronor.", stops=True)


def _written(row: Enhet) -> EnhetUppgifter:
    return EnhetUppgifter(row.namn, row.typ, row.anordnare)
