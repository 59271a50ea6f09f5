"""Registering and changing a meeting."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.varningar import pass_warnings, unasked_again
from db.errors import ConflictError, NotFoundError
from db.locks import lock_rows
from db.models import Deltagare, Mote
from db.queries import access
from db.queries.senast import find_latest_change
from db.rules.koder import Motesform, Verksamhet
from db.session import Store, UnitOfWork

CHANGED_MEANWHILE = "Någon annan har ändrat mötet. Inget har sparats. Öppna det igen och gör om ändringen."
LONGEST = 2_000
_TID = re.compile(r"([01][0-9]|2[0-3]):[0-5][0-9]")


@dataclass(frozen=True, slots=True)
class MoteUppgifter:
    """What is written of a meeting; `tid` as HH:MM or empty, `langd` in minutes, `signatur` of the one who
    holds it."""

    deltagare_id: int
    datum: date
    form: str
    verksamhet: str
    tid: str = ""
    langd: int | None = None
    uteblev: bool = False
    syfte: str = ""
    plats: str = ""
    signatur: str = ""


def check_mote(
    session: Session, aktor: Aktor, uppgifter: MoteUppgifter, idag: date, mote_id: int | None = None
) -> tuple[Finding, ...]:
    """Everything to tell about the values. Raises NotFoundError where the user may not know the person."""
    access.require_known(session, aktor, uppgifter.deltagare_id)
    stops = tuple(_check_values(uppgifter, idag))
    return stops or unasked_again(session, "mote", mote_id, _check_calendar(session, uppgifter, mote_id))


def create_mote(
    store: Store, aktor: Aktor, uppgifter: MoteUppgifter, idag: date, skal: str | None = None
) -> Saved:
    """Register a meeting and return it with its warnings. Raises DataError, naming the field.

    `skal` is why warnings are passed that ask for a reason; None where there is nobody to ask.
    """
    with store.unit_of_work(aktor, "registrering", "Nytt möte") as work:
        lock_rows(work.session, Deltagare, [uppgifter.deltagare_id])
        varningar = refuse(check_mote(work.session, aktor, uppgifter, idag))
        mote_id = insert_mote(work, uppgifter)
        pass_warnings(work, "mote", mote_id, varningar, skal)
    assert work.changes is not None
    return Saved(mote_id, work.changes, varningar)


def insert_mote(work: UnitOfWork, uppgifter: MoteUppgifter) -> int:
    """Write a new meeting that is checked already; returns its id."""
    return work.recorder.insert(Mote, _values(uppgifter))


def update_mote(
    store: Store,
    aktor: Aktor,
    mote_id: int,
    uppgifter: MoteUppgifter,
    idag: date,
    tidigare: MoteUppgifter | None = None,
    skal: str | None = None,
) -> Saved | None:
    """Change a meeting; None when nothing differs. Raises DataError or, as update_insats, ConflictError."""
    with store.unit_of_work(aktor, "ändring", "Ändrat möte") as work:
        lock_rows(work.session, Deltagare, [uppgifter.deltagare_id])
        mote = _known(work.session, aktor, mote_id, lock=True)
        written = _written(mote)
        if tidigare is not None and written != tidigare:
            senast = find_latest_change(work.session, "mote", mote_id)
            raise ConflictError(CHANGED_MEANWHILE, written, senast)
        varningar = refuse(check_mote(work.session, aktor, uppgifter, idag, mote_id))
        for name, value in _values(uppgifter).items():
            setattr(mote, name, value)
        if written != uppgifter:
            pass_warnings(work, "mote", mote_id, varningar, skal)
    return None if work.changes is None else Saved(mote_id, work.changes, varningar)


def read_mote(session: Session, aktor: Aktor, mote_id: int) -> MoteUppgifter:
    """What is written of a meeting now. Raises NotFoundError where the user may not know of it."""
    return _written(_known(session, aktor, mote_id))


def _known(session: Session, aktor: Aktor, mote_id: int, *, lock: bool = False) -> Mote:
    mote = session.get(Mote, mote_id, with_for_update=lock)
    if mote is None:
        raise NotFoundError("Mötet finns inte i registret.")
    access.require_known(session, aktor, mote.deltagare_id)
    return mote


def _values(uppgifter: MoteUppgifter) -> dict[str, object]:
    return {f.name: getattr(uppgifter, f.name) for f in fields(uppgifter)}


def _written(mote: Mote) -> MoteUppgifter:
    return MoteUppgifter(**{f.name: getattr(mote, f.name) for f in fields(MoteUppgifter)})


def _check_values(uppgifter: MoteUppgifter, idag: date) -> Iterator[Finding]:
    if uppgifter.tid and not _TID.fullmatch(uppgifter.tid):
        yield Finding("tid", "Skriv klockslaget med timme och minut, till exempel 09.30.", stops=True)
    if uppgifter.langd is not None and not 1 <= uppgifter.langd <= 1440:
        yield Finding("langd", "Skriv längden i minuter, 1 till 1 440.", stops=True)
    if uppgifter.form not in tuple(Motesform):
        yield Finding("form", "Välj hur ni möts.", stops=True)
    if uppgifter.verksamhet not in tuple(Verksamhet):
        yield Finding("verksamhet", "Välj vilken verksamhet mötet hör till.", stops=True)
    for field, text in (("syfte", uppgifter.syfte), ("plats", uppgifter.plats)):
        if len(text) > LONGEST:
            yield Finding(field, "Texten är för lång. Korta den.", stops=True)
    if uppgifter.uteblev and uppgifter.datum > idag:
        yield Finding("uteblev", "Mötet har inte varit än, så ingen kan ha uteblivit.", stops=True)


def _check_calendar(session: Session, uppgifter: MoteUppgifter, mote_id: int | None) -> Iterator[Finding]:
    if uppgifter.datum.weekday() >= 5:
        yield Finding("datum", "Dagen är en lördag eller söndag.")
    query = select(Mote.tid, Mote.langd).where(
        Mote.deltagare_id == uppgifter.deltagare_id, Mote.datum == uppgifter.datum, Mote.id != (mote_id or 0)
    )
    mine = _minutes(uppgifter.tid, uppgifter.langd)
    for tid, langd in session.execute(query.order_by(Mote.tid)):
        other = _minutes(tid, langd)
        if not (mine and other) or (mine[0] < other[1] and other[0] < mine[1]):
            when = f" kl. {tid.replace(':', '.')}" if tid else ""
            yield Finding("tid", f"Deltagaren har redan ett möte den dagen{when}.", asks=bool(mine and other))
            return


def _minutes(tid: str, langd: int | None) -> tuple[int, int] | None:
    """From and to in minutes of the day; a meeting of unknown length is taken to last its first minute."""
    if not tid:
        return None
    start = int(tid[:2]) * 60 + int(tid[3:])
    return start, start + (langd or 1)
