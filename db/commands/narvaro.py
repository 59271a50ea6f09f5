"""Registering attendance: cells of the week, one or many in one act, and the note of a pass."""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.errors import ConflictError, NotFoundError
from db.models import Deltagare, Insats, Inskrivning, Narvaro
from db.queries import access
from db.queries.narvaro import NOT_FOUND
from db.rules.datum import full_date
from db.rules.koder import NarvaroStatus
from db.rules.narvaro import EJ_REGISTRERAT, HELDAG, PASS
from db.session import Store

SLAG = "närvaro"
LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class Ruta:
    """A pass to register: `status` EJ_REGISTRERAT takes its row away.

    `tidigare` is the status that the user had before them; None where nobody looked.
    """

    insats_id: int
    datum: date
    pass_: str
    status: str
    tidigare: str | None = None


_Key = tuple[int, date, str]
_Spann = dict[int, tuple[date, date | None]]


def save_narvaro(
    store: Store, aktor: Aktor, rutor: Collection[Ruta], idag: date, beskrivning: str = "Närvaro"
) -> Saved | None:
    """Register the cells in one act, all or none; None when nothing differs. The id is the first insats.

    Raises DataError for a day outside its insats or to come, ConflictError when a cell is no longer as it was
    shown, NotFoundError where the user may not know the person.
    """
    with store.unit_of_work(aktor, SLAG, beskrivning) as work:
        spans = _lock_insatser(work.session, aktor, {ruta.insats_id for ruta in rutor})
        held = _read_held(work.session, rutor)
        refuse(_check(rutor, spans, held, idag))
        _refuse_changed(rutor, held)
        for ruta in rutor:
            _write(work.session, ruta, held.get(_key(ruta)))
    return None if work.changes is None else Saved(min(spans), work.changes)


def save_notering(
    store: Store,
    aktor: Aktor,
    insats_id: int,
    datum: date,
    pass_: str,
    notering: str,
    tidigare: str | None = None,
) -> Saved | None:
    """Write the note of a registered pass; None when nothing differs.

    Raises DataError where the pass is not registered, ConflictError when its note is no longer `tidigare`.
    """
    with store.unit_of_work(aktor, SLAG, "Notering om närvaro") as work:
        _lock_insatser(work.session, aktor, {insats_id})
        row = _read_held(work.session, [Ruta(insats_id, datum, pass_, "")]).get((insats_id, datum, pass_))
        if row is None:
            text = "Registrera passet först. En notering hör till ett registrerat pass."
            refuse([Finding("notering", text, stops=True)])
        assert row is not None
        if len(notering) > LONGEST_NOTE:
            refuse([Finding("notering", f"Skriv högst {LONGEST_NOTE} tecken.", stops=True)])
        if tidigare is not None and row.notering != tidigare:
            raise ConflictError("Någon annan har ändrat noteringen. Läs den och skriv om din.")
        row.notering = notering
        row_id = row.id
    return None if work.changes is None else Saved(row_id, work.changes)


def _key(ruta: Ruta) -> _Key:
    return ruta.insats_id, ruta.datum, ruta.pass_


def _lock_insatser(session: Session, aktor: Aktor, insatser: set[int]) -> _Spann:
    """First and last day of each insats. Locked, so that two who register the same new pass come in turn."""
    query = (
        select(Insats.id, Insats.start, Insats.slut)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(Insats.id.in_(sorted(insatser)), access.may_know(aktor))
        .order_by(Insats.id)
        .with_for_update(of=Insats)
    )
    found = {insats_id: (start, slut) for insats_id, start, slut in session.execute(query)}
    if found.keys() != insatser:
        raise NotFoundError(NOT_FOUND)
    return found


def _read_held(session: Session, rutor: Collection[Ruta]) -> dict[_Key, Narvaro]:
    """Every row of the days concerned, whichever pass it is."""
    query = select(Narvaro).where(
        Narvaro.insats_id.in_(sorted({ruta.insats_id for ruta in rutor})),
        Narvaro.datum.in_(sorted({ruta.datum for ruta in rutor})),
    )
    return {(row.insats_id, row.datum, row.pass_): row for row in session.scalars(query)}


def _check(rutor: Iterable[Ruta], spans: _Spann, held: dict[_Key, Narvaro], idag: date) -> Iterator[Finding]:
    cleared = {_key(ruta) for ruta in rutor if ruta.status == EJ_REGISTRERAT}
    for ruta in rutor:
        start, slut = spans[ruta.insats_id]
        dag = full_date(ruta.datum)
        if ruta.pass_ not in PASS:
            yield Finding("pass", "Välj hel dag, fm eller em.", stops=True)
        if ruta.status == EJ_REGISTRERAT:
            continue  # what was registered by mistake, outside the insats too, may always go
        if ruta.status not in list(NarvaroStatus):
            yield Finding(
                "status", "Välj närvarande, giltig frånvaro, ogiltig frånvaro eller sjuk.", stops=True
            )
        if ruta.datum > idag:
            yield Finding("datum", f"{dag} har inte varit ännu. Registrera i efterhand.", stops=True)
        if not start <= ruta.datum <= (slut or ruta.datum):
            span = f"{full_date(start)}–{full_date(slut)}" if slut else f"från {full_date(start)}"
            text = f"{dag} ligger utanför insatsen ({span}). Inget har sparats."
            yield Finding("datum", text, stops=True)
        if _meets_other(ruta, held, cleared):
            text = f"{dag} är redan registrerad som {'halvdagar' if ruta.pass_ == HELDAG else 'hel dag'}."
            yield Finding("pass", f"{text} Ta bort det först.", stops=True)


def _meets_other(ruta: Ruta, held: dict[_Key, Narvaro], cleared: set[_Key]) -> bool:
    """Whether a new row would stand beside one of the other kind: a day is whole or in halves, never both."""
    if _key(ruta) in held:
        return False
    days = ((ruta.insats_id, ruta.datum, p) for p in PASS if (p == HELDAG) != (ruta.pass_ == HELDAG))
    return any(day in held and day not in cleared for day in days)


def _refuse_changed(rutor: Iterable[Ruta], held: dict[_Key, Narvaro]) -> None:
    for ruta in rutor:
        row = held.get(_key(ruta))
        now = EJ_REGISTRERAT if row is None else row.status
        if ruta.tidigare not in (None, now):
            part = f" {ruta.pass_}" if ruta.pass_ else ""
            raise ConflictError(
                f"Någon annan har registrerat {full_date(ruta.datum)}{part} under tiden: "
                f"{now or 'ej registrerat'}. Inget har sparats. Veckan visas nu som den är."
            )


def _write(session: Session, ruta: Ruta, row: Narvaro | None) -> None:
    if row is None and ruta.status != EJ_REGISTRERAT:
        session.add(Narvaro(insats_id=ruta.insats_id, datum=ruta.datum, pass_=ruta.pass_, status=ruta.status))
    elif row is not None and ruta.status == EJ_REGISTRERAT:
        session.delete(row)
    elif row is not None and row.status != ruta.status:
        # Hours belong to what they were written with.
        row.status, row.minuter = ruta.status, None
