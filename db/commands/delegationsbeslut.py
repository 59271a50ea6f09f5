"""Delegationsbeslut: registered with the next number of the year, changed, taken away (domain.md §8)."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields, replace
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.varningar import pass_warnings, unasked_again
from db.errors import ConflictError, DataError, NotFoundError
from db.locks import lock_table
from db.models import Arende, Delegationsbeslut, Deltagare
from db.queries import access
from db.queries.delegationsbeslut import SLAG, find_next_lopnummer
from db.rules.datum import full_date
from db.rules.delegation import find_name, has_number, names_person
from db.session import Store

TABELL = Delegationsbeslut.__tablename__
CHANGED_MEANWHILE = "Någon annan har ändrat beslutet. Inget har sparats. Öppna det igen och gör om ändringen."
MISSING = "Beslutet finns inte i registret."
NOT_YOURS = "Beslutet kan bara ändras av den som ansvarar för ärendet."
NO_LAGRUM = "Lagrum saknas. Skriv lag och paragraf om beslutet har stöd i lag."
LONGEST_LINE, LONGEST = 200, 2_000
TEXTS = ("arendetyp", "lagrum", "delegationspunkt", "beslut", "delegat")
REQUIRED = {
    "arendetyp": "Skriv vad ärendet gäller.",
    "delegationspunkt": "Skriv punkten i delegationsordningen.",
    "beslut": "Skriv vad som beslutades.",
    "delegat": "Skriv vem som beslutade.",
}


@dataclass(frozen=True, slots=True)
class DelegationsbeslutUppgifter:
    """What is written of a decision; `arende` is the number of an ärende or ""."""

    datum: date
    arendetyp: str
    lagrum: str
    delegationspunkt: str
    beslut: str
    delegat: str
    arende: str = ""


def check_delegationsbeslut(
    session: Session,
    aktor: Aktor,
    uppgifter: DelegationsbeslutUppgifter,
    idag: date,
    beslut_id: int | None = None,
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first; `beslut_id` is the one being changed.

    An ärende of a protected person whom the user is not named for is unknown, as one that does not exist.
    """
    written = _strip(uppgifter)
    found = [*_check_words(written), *_check_day(session, written, idag, beslut_id)]
    if written.arende:
        found += _check_arende(session, aktor, written)
    found += _tell_people(written)
    told = unasked_again(session, TABELL, beslut_id, found)
    return tuple(sorted(told, key=lambda finding: not finding.stops))


def create_delegationsbeslut(
    store: Store, aktor: Aktor, uppgifter: DelegationsbeslutUppgifter, idag: date, skal: str | None = None
) -> Saved:
    """Register a decision; it gets the next löpnummer of its year. `skal` says why a warning is passed.

    Raises DataError, naming the field.
    """
    with store.unit_of_work(aktor, SLAG, "Nytt delegationsbeslut") as work:
        session, written = work.session, _strip(uppgifter)
        lock_table(session, Delegationsbeslut)
        varningar = refuse(check_delegationsbeslut(session, aktor, written, idag))
        row = Delegationsbeslut(arende_id=None)
        _write(session, row, written)
        session.add(row)
        session.flush()
        pass_warnings(work, TABELL, row.id, varningar, skal)
        row_id = row.id
    assert work.changes is not None
    return Saved(row_id, work.changes, varningar)


def update_delegationsbeslut(
    store: Store,
    aktor: Aktor,
    beslut_id: int,
    uppgifter: DelegationsbeslutUppgifter,
    idag: date,
    tidigare: DelegationsbeslutUppgifter | None = None,
    skal: str | None = None,
) -> Saved | None:
    """Change a decision; None when nothing differs. It keeps its number within the year.

    Raises DataError, naming the field, NotFoundError, and ConflictError when it is no longer as `tidigare`.
    """
    with store.unit_of_work(aktor, SLAG, "Ändrat delegationsbeslut") as work:
        session, written = work.session, _strip(uppgifter)
        lock_table(session, Delegationsbeslut)
        row = _own(session, aktor, beslut_id)
        now = _read(session, row)
        if tidigare is not None and now != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, now)
        varningar = refuse(check_delegationsbeslut(session, aktor, written, idag, beslut_id))
        if written != now:
            _write(session, row, written)
            pass_warnings(work, TABELL, beslut_id, varningar, skal)
    return None if work.changes is None else Saved(beslut_id, work.changes, varningar)


def remove_delegationsbeslut(store: Store, aktor: Aktor, beslut_id: int) -> Saved:
    """Take away a decision; its number is not given again. Raises NotFoundError, and DataError where the
    ärende is not the user's to know."""
    with store.unit_of_work(aktor, SLAG, "Borttaget delegationsbeslut") as work:
        lock_table(work.session, Delegationsbeslut)
        work.session.delete(_own(work.session, aktor, beslut_id))
    assert work.changes is not None
    return Saved(beslut_id, work.changes)


def read_delegationsbeslut(session: Session, aktor: Aktor, beslut_id: int) -> DelegationsbeslutUppgifter:
    """A decision as it is written now, to be changed. Raises as `remove_delegationsbeslut`."""
    return _read(session, _own(session, aktor, beslut_id))


def number_again(session: Session, rows: Iterable[dict[str, Any]]) -> None:
    """Give removed decisions, by column, a number before they return, where they were removed before there
    were any. The others have their own again."""
    lock_table(session, Delegationsbeslut)
    back = sorted(rows, key=lambda row: (row["datum"], row["id"]))
    for row in back:
        row["ar"] = int(row["datum"][:4])
    free = find_next_lopnummer(session, {row["ar"] for row in back})
    for row in back:
        free[row["ar"]] = max(free[row["ar"]], (row.get("lopnummer") or 0) + 1)
    for row in back:
        if row.get("lopnummer") is None:
            row["lopnummer"] = free[row["ar"]]
            free[row["ar"]] += 1


def _own(session: Session, aktor: Aktor, beslut_id: int) -> Delegationsbeslut:
    row = session.get(Delegationsbeslut, beslut_id)
    if row is None:
        raise NotFoundError(MISSING)
    owner = (
        select(Deltagare.id).join(Arende).where(Arende.id == row.arende_id, access.may_know(aktor)).limit(1)
    )
    if row.arende_id is not None and session.execute(owner).scalar() is None:
        raise DataError(NOT_YOURS)
    return row


def _read(session: Session, row: Delegationsbeslut) -> DelegationsbeslutUppgifter:
    nummer = session.execute(select(Arende.nummer).where(Arende.id == row.arende_id)).scalar() or ""
    return DelegationsbeslutUppgifter(
        row.datum, row.arendetyp, row.lagrum, row.delegationspunkt, row.beslut, row.delegat, nummer
    )


def _write(session: Session, row: Delegationsbeslut, written: DelegationsbeslutUppgifter) -> None:
    ar = written.datum.year
    if row.ar != ar or row.lopnummer is None:
        row.ar, row.lopnummer = ar, find_next_lopnummer(session, [ar])[ar]
    query = select(Arende.id).where(Arende.nummer == written.arende)
    row.arende_id = session.execute(query).scalar() if written.arende else None
    row.datum = written.datum
    for name in TEXTS:
        setattr(row, name, getattr(written, name))


def _strip(uppgifter: DelegationsbeslutUppgifter) -> DelegationsbeslutUppgifter:
    texts = {f.name: getattr(uppgifter, f.name).strip() for f in fields(uppgifter) if f.name != "datum"}
    return replace(uppgifter, **texts)


def _check_words(written: DelegationsbeslutUppgifter) -> Iterator[Finding]:
    for name in TEXTS:
        text: str = getattr(written, name)
        if not text:
            yield Finding(name, REQUIRED.get(name, NO_LAGRUM), stops=name in REQUIRED)
        elif len(text) > (LONGEST if name == "beslut" else LONGEST_LINE):
            yield Finding(name, "Texten är för lång. Korta den.", stops=True)


def _check_day(
    session: Session, written: DelegationsbeslutUppgifter, idag: date, beslut_id: int | None
) -> Iterator[Finding]:
    if written.datum > idag:
        yield Finding("datum", "Dagen har inte varit ännu. Välj idag eller tidigare.", stops=True)
        return
    query = select(Delegationsbeslut.ar).where(Delegationsbeslut.id == (beslut_id or 0))
    ar = session.execute(query).scalar()
    if ar is not None and ar != written.datum.year:
        yield Finding("datum", f"Beslutet får ett nytt löpnummer, eftersom året inte längre är {ar}.")


def _check_arende(session: Session, aktor: Aktor, written: DelegationsbeslutUppgifter) -> Iterator[Finding]:
    query = (
        select(Arende.ansokan, Deltagare.fornamn, Deltagare.efternamn)
        .join(Deltagare, Deltagare.id == Arende.deltagare_id)
        .where(Arende.nummer == written.arende, access.may_know(aktor))
    )
    found = session.execute(query).first()
    if found is None:
        yield Finding(
            "arende", "Ärendet finns inte i registret. Kontrollera numret eller lämna tomt.", stops=True
        )
        return
    ansokan, fornamn, efternamn = found
    if written.datum < ansokan:
        yield Finding("datum", f"Beslutet är före ansökan {full_date(ansokan)}. Kontrollera dagen.")
    if names_person(written.beslut, fornamn, efternamn):
        yield Finding("beslut", "Texten innehåller deltagarens namn. Skriv utan namn.", asks=True)


def _tell_people(written: DelegationsbeslutUppgifter) -> Iterator[Finding]:
    """The delegat is named; nobody else is."""
    for name in TEXTS[:-1]:
        text: str = getattr(written, name)
        if has_number(text):
            yield Finding(name, "Texten ser ut att innehålla ett personnummer. Ta bort det.", asks=True)
        if name in ("arendetyp", "beslut") and (namn := find_name(text)):
            yield Finding(name, f"{namn} ser ut som ett namn. Listan till nämnden ska vara utan namn.")
