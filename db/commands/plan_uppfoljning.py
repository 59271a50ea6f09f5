"""What staff say at a follow-up of a plan: how far activities have come, own assessments with a reason that
is printed (R14), and comments with who and when."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.plan_kontroll import check_text
from db.commands.plan_rader import CHANGED_MEANWHILE, SLAG, lock_plan, require_right
from db.errors import ConflictError, DataError, NotFoundError
from db.models import (
    Aktivitetsstatus,
    Malbedomning,
    Plan,
    Planaktivitet,
    Planindikator,
    Plankommentar,
    Planmal,
)
from db.queries.senast import find_latest_change
from db.rules.koder import Aktivitetslage, Bedomningsskala, KodError, parse_kod
from db.rules.period import PeriodError
from db.rules.plan import BEDOMNINGAR, follow_up_period, plain_period
from db.session import Store

RowT = TypeVar("RowT", Aktivitetsstatus, Malbedomning)
_GONE = "Raden finns inte längre i planen."


@dataclass(frozen=True, slots=True)
class Planpunkt:
    """What is spoken of: a goal or an indicator, one of them."""

    mal_id: int | None = None
    indikator_id: int | None = None


@dataclass(frozen=True, slots=True)
class KommentarUppgifter:
    """A comment, what is to be done, and by when in words."""

    text: str
    atgard: str = ""
    klart: str = ""


def set_aktivitetsstatus(
    store: Store,
    aktor: Aktor,
    aktivitet_id: int,
    period: str,
    status: str,
    kommentar: str = "",
    *,
    idag: date,
) -> Saved | None:
    """Tell how far an activity has come at a period, in one of R14's words; "" takes what was told away. None
    when nothing differs. Raises DataError, naming the field, NotFoundError."""
    with store.unit_of_work(aktor, SLAG, "Läge för en aktivitet") as work:
        session = work.session
        nyckel = _period(period)
        refuse(check_text("kommentar", kommentar))
        lage = _lage(status)
        _hold(session, select(Planaktivitet.plan_id).where(Planaktivitet.id == aktivitet_id))
        query = select(Aktivitetsstatus).where(Aktivitetsstatus.aktivitet_id == aktivitet_id)
        row = _at(session, query, nyckel)
        if lage is None:
            if row is not None:
                session.delete(row)
        elif row is None:
            row = Aktivitetsstatus(aktivitet_id=aktivitet_id, period=nyckel, status=lage.value)
            row.kommentar, row.signatur, row.datum = kommentar.strip(), aktor.signatur, idag
            session.add(row)
        elif (row.status, row.kommentar) != (lage.value, kommentar.strip()):
            row.status, row.kommentar = lage.value, kommentar.strip()
            row.signatur, row.datum = aktor.signatur, idag
        session.flush()
        row_id = 0 if row is None else row.id
    return None if work.changes is None else Saved(row_id, work.changes)


def set_bedomning(
    store: Store, aktor: Aktor, om: Planpunkt, period: str, bedomning: str, skal: str = "", *, idag: date
) -> Saved | None:
    """Assess a goal or an indicator oneself, with a reason that is printed; "" lets the machine's stand.

    `bedomning` is a code of the plan's scale. None when nothing differs. Raises DataError, naming the field,
    NotFoundError.
    """
    with store.unit_of_work(aktor, SLAG, "Egen bedömning") as work:
        session = work.session
        require_right(session, aktor)
        nyckel = _period(period)
        plan = _hold_om(session, om)
        of_mal, of_indikator = Malbedomning.mal_id == om.mal_id, Malbedomning.indikator_id == om.indikator_id
        of = of_indikator if om.mal_id is None else of_mal
        row = _at(session, select(Malbedomning).where(of), nyckel)
        if not bedomning:
            if row is not None:
                session.delete(row)
        else:
            refuse(_check_bedomning(plan, bedomning, skal))
            if row is None:
                row = Malbedomning(mal_id=om.mal_id, indikator_id=om.indikator_id, period=nyckel)
                session.add(row)
            if (row.bedomning, row.skal) != (bedomning, skal.strip()):
                row.bedomning, row.skal = bedomning, skal.strip()
                row.signatur, row.datum = aktor.signatur, idag
        session.flush()
        row_id = 0 if row is None else row.id
    return None if work.changes is None else Saved(row_id, work.changes)


def check_kommentar(uppgifter: KommentarUppgifter) -> tuple[Finding, ...]:
    """Everything to tell about a comment."""
    found = [] if uppgifter.text.strip() else [Finding("text", "Skriv en kommentar.", stops=True)]
    found += check_text("text", uppgifter.text)
    found += check_text("atgard", uppgifter.atgard)
    return (*found, *check_text("klart", uppgifter.klart, 40))


def add_kommentar(
    store: Store, aktor: Aktor, om: Planpunkt, period: str, uppgifter: KommentarUppgifter, *, idag: date
) -> Saved:
    """Say something of a goal or an indicator. Raises DataError, naming the field, NotFoundError."""
    with store.unit_of_work(aktor, SLAG, "Ny kommentar") as work:
        session = work.session
        varningar = refuse(check_kommentar(uppgifter))
        nyckel = _period(period)
        _hold_om(session, om)
        row = Plankommentar(mal_id=om.mal_id, indikator_id=om.indikator_id, period=nyckel)
        _fill(row, uppgifter, aktor, idag)
        session.add(row)
        session.flush()
        row_id = row.id
    assert work.changes is not None
    return Saved(row_id, work.changes, varningar)


def update_kommentar(
    store: Store,
    aktor: Aktor,
    kommentar_id: int,
    uppgifter: KommentarUppgifter,
    tidigare: KommentarUppgifter | None = None,
    *,
    idag: date,
) -> Saved | None:
    """Change a comment, which then is of whoever changed it, that day; None when nothing differs.

    Raises DataError, naming the field, ConflictError when it is no longer as `tidigare`, NotFoundError.
    """
    with store.unit_of_work(aktor, SLAG, "Ändrad kommentar") as work:
        row = _kommentar(work.session, kommentar_id)
        nu = KommentarUppgifter(row.text, row.atgard, row.klart)
        if tidigare is not None and nu != tidigare:
            senast = find_latest_change(work.session, Plankommentar.__tablename__, kommentar_id)
            raise ConflictError(CHANGED_MEANWHILE, nu, senast)
        varningar = refuse(check_kommentar(uppgifter))
        if _clean(uppgifter) != nu:
            _fill(row, uppgifter, aktor, idag)
    return None if work.changes is None else Saved(kommentar_id, work.changes, varningar)


def remove_kommentar(store: Store, aktor: Aktor, kommentar_id: int) -> Saved:
    """Take a comment away. Raises NotFoundError."""
    with store.unit_of_work(aktor, SLAG, "Borttagen kommentar") as work:
        work.session.delete(_kommentar(work.session, kommentar_id))
    assert work.changes is not None
    return Saved(kommentar_id, work.changes)


def _clean(uppgifter: KommentarUppgifter) -> KommentarUppgifter:
    return KommentarUppgifter(uppgifter.text.strip(), uppgifter.atgard.strip(), uppgifter.klart.strip())


def _fill(row: Plankommentar, uppgifter: KommentarUppgifter, aktor: Aktor, idag: date) -> None:
    ren = _clean(uppgifter)
    row.text, row.atgard, row.klart = ren.text, ren.atgard, ren.klart
    row.signatur, row.datum = aktor.signatur, idag


def _kommentar(session: Session, kommentar_id: int) -> Plankommentar:
    row = session.get(Plankommentar, kommentar_id, with_for_update=True)
    if row is None:
        raise NotFoundError("Kommentaren finns inte längre.")
    return row


def _check_bedomning(plan: Plan, bedomning: str, skal: str) -> Iterator[Finding]:
    ord_ = BEDOMNINGAR[Bedomningsskala(plan.bedomning)]
    if not ord_:
        yield Finding("bedomning", "Planen bedöms inte. Ändra planens bedömningsord först.", stops=True)
    elif bedomning not in ord_:
        yield Finding("bedomning", f"Välj något av: {', '.join(ord_.values())}.", stops=True)
    if not skal.strip():
        yield Finding("skal", "Skriv ett skäl. Det trycks i rapporten.", stops=True)
    yield from check_text("skal", skal)


def _lage(status: str) -> Aktivitetslage | None:
    if not status.strip():
        return None
    try:
        return parse_kod(Aktivitetslage, status)
    except KodError as error:
        raise DataError(str(error), "status") from error


def _period(text: str) -> str:
    try:
        follow_up_period(text)
    except PeriodError as error:
        raise DataError(str(error), "period") from error
    return plain_period(text)


def _at(session: Session, query: Select[RowT], nyckel: str) -> RowT | None:
    """The row of the period, however it is spelt."""
    return next((row for row in session.scalars(query) if plain_period(row.period) == nyckel), None)


def _hold_om(session: Session, om: Planpunkt) -> Plan:
    if om.mal_id is not None:
        return _hold(session, select(Planmal.plan_id).where(Planmal.id == om.mal_id))
    return _hold(session, select(Planindikator.plan_id).where(Planindikator.id == om.indikator_id))


def _hold(session: Session, query: Select[int]) -> Plan:
    """The plan of a row, held. Raises NotFoundError."""
    plan_id = session.scalar(query)
    if plan_id is None:
        raise NotFoundError(_GONE)
    return lock_plan(session, plan_id)
