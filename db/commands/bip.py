"""A BIP measurement: what the deltagare or the handläggare answered on a day, and the day of the next."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.errors import ConflictError, NotFoundError
from db.models import Bip, Bipplan, Inskrivning
from db.queries import access
from db.queries.senast import find_latest_of
from db.queries.settings import load_settings
from db.rules.bip import BIP_INDIKATORER, calculate_nasta_matning, list_indikatorer
from db.rules.datum import full_date
from db.rules.koder import Svarande
from db.session import Store

CHANGED_MEANWHILE = (
    "Någon annan har ändrat mätningen. Inget har sparats. Öppna den igen och gör om ändringen."
)
LONG_AHEAD = timedelta(366)


@dataclass(frozen=True, slots=True)
class BipUppgifter:
    """A measurement: `svar` by the neutral label of the indikator, unanswered ones left out; `nasta` is the
    next day agreed, None for three months after the latest."""

    inskrivning_id: int
    datum: date
    svarande: str
    svar: Mapping[str, int] = field(default_factory=dict)
    nasta: date | None = None


def answer_field(indikator: str) -> str:
    """What findings call the answer to a question: "svar1" to "svar11"."""
    return f"svar{BIP_INDIKATORER.index(indikator) + 1}"


def check_bip(
    session: Session,
    aktor: Aktor,
    uppgifter: BipUppgifter,
    idag: date,
    tidigare: BipUppgifter | None = None,
) -> tuple[Finding, ...]:
    """Everything to tell about the values; `tidigare` is the measurement that they change. Raises
    NotFoundError where the user may not know the person."""
    inskrivning = _inskrivning(session, aktor, uppgifter.inskrivning_id)
    skala = load_settings(session, aktor).bip_skala
    return (
        *_check_day(session, inskrivning, uppgifter, idag, tidigare),
        *_check_answers(uppgifter, tidigare, skala),
        *_check_next(uppgifter, idag),
    )


def save_bip(
    store: Store,
    aktor: Aktor,
    uppgifter: BipUppgifter,
    idag: date,
    tidigare: BipUppgifter | None = None,
) -> Saved | None:
    """Save a measurement and the day of the next one; None when nothing differs.

    `tidigare` is what the form was opened with: the measurement to change, or a day without answers yet.
    Raises DataError, naming the field, and ConflictError when it is not so any more.
    """
    slag = "Ändrad BIP" if tidigare is not None and tidigare.svar else "Ny BIP"
    with store.unit_of_work(aktor, "bip", f"{slag}, {uppgifter.svarande}") as work:
        session = work.session
        _lock(session, uppgifter.inskrivning_id)
        _inskrivning(session, aktor, uppgifter.inskrivning_id)
        rows = {} if tidigare is None else _rows(session, tidigare)
        # First: a measurement that was moved meanwhile would be told of as a day already taken.
        if tidigare is not None:
            _require_same(session, tidigare, rows)
        varningar = refuse(check_bip(session, aktor, uppgifter, idag, tidigare))
        _write(session, rows, uppgifter)
        session.flush()
        _plan(session, uppgifter)
    return None if work.changes is None else Saved(uppgifter.inskrivning_id, work.changes, varningar)


def remove_bip(store: Store, aktor: Aktor, matning: BipUppgifter) -> Saved:
    """Take a measurement away: its day, svarande and answers as the user saw them.

    Raises ConflictError when it is no longer so, NotFoundError where the user may not know the person.
    """
    with store.unit_of_work(aktor, "bip", f"Borttagen BIP, {matning.svarande}") as work:
        _lock(work.session, matning.inskrivning_id)
        _inskrivning(work.session, aktor, matning.inskrivning_id)
        rows = _rows(work.session, matning)
        if not rows or {k: row.varde for k, row in rows.items()} != matning.svar:
            raise ConflictError(CHANGED_MEANWHILE)
        for row in rows.values():
            work.session.delete(row)
    assert work.changes is not None
    return Saved(matning.inskrivning_id, work.changes)


def _lock(session: Session, inskrivning_id: int) -> None:
    """One measurement at a time: two who save the same day would otherwise both find it free."""
    session.get(Inskrivning, inskrivning_id, with_for_update=True)


def _inskrivning(session: Session, aktor: Aktor, inskrivning_id: int) -> Inskrivning:
    inskrivning = session.get(Inskrivning, inskrivning_id)
    if inskrivning is None:
        raise NotFoundError("Inskrivningen finns inte i registret.")
    access.require_known(session, aktor, inskrivning.deltagare_id)
    return inskrivning


def _rows(session: Session, matning: BipUppgifter) -> dict[str, Bip]:
    query = select(Bip).where(
        Bip.inskrivning_id == matning.inskrivning_id,
        Bip.datum == matning.datum,
        Bip.svarande == matning.svarande,
    )
    return {row.indikator: row for row in session.scalars(query.order_by(Bip.id))}


def _require_same(session: Session, tidigare: BipUppgifter, rows: Mapping[str, Bip]) -> None:
    """Raises ConflictError, with what is written now, where the answers or the day agreed were changed."""
    plan = _plan_of(session, tidigare.inskrivning_id)
    nu = replace(tidigare, svar={k: row.varde for k, row in rows.items()}, nasta=plan.nasta if plan else None)
    if nu != tidigare:
        held = [(row.__tablename__, row.id) for row in (*rows.values(), plan) if row is not None]
        raise ConflictError(CHANGED_MEANWHILE, nu, find_latest_of(session, held))


def _plan_of(session: Session, inskrivning_id: int) -> Bipplan | None:
    return session.execute(select(Bipplan).where(Bipplan.inskrivning_id == inskrivning_id)).scalar()


def _write(session: Session, rows: Mapping[str, Bip], uppgifter: BipUppgifter) -> None:
    """Rows that stay keep their ids: the history then tells which answers were changed."""
    for indikator, row in rows.items():
        if indikator not in uppgifter.svar:
            session.delete(row)
    for indikator, varde in uppgifter.svar.items():
        if indikator in rows:
            rows[indikator].datum, rows[indikator].varde = uppgifter.datum, varde
        else:
            session.add(
                Bip(
                    inskrivning_id=uppgifter.inskrivning_id,
                    datum=uppgifter.datum,
                    svarande=uppgifter.svarande,
                    indikator=indikator,
                    varde=varde,
                )
            )


def _plan(session: Session, uppgifter: BipUppgifter) -> None:
    """Keep the day agreed, unless it is the one that the rule gives anyway."""
    mine = Bip.inskrivning_id == uppgifter.inskrivning_id
    senaste = session.execute(select(func.max(Bip.datum)).where(mine)).scalar_one()
    by_rule = uppgifter.nasta is None or uppgifter.nasta == calculate_nasta_matning(senaste)
    plan = _plan_of(session, uppgifter.inskrivning_id)
    if by_rule and plan is not None:
        session.delete(plan)
    elif uppgifter.nasta is not None and not by_rule:
        if plan is None:
            plan = Bipplan(inskrivning_id=uppgifter.inskrivning_id)
            session.add(plan)
        plan.nasta = uppgifter.nasta


def _check_day(
    session: Session,
    inskrivning: Inskrivning,
    uppgifter: BipUppgifter,
    idag: date,
    tidigare: BipUppgifter | None,
) -> Iterator[Finding]:
    datum, ended = uppgifter.datum, inskrivning.avslutad
    if datum > idag:
        yield Finding("datum", "Dagen har inte varit ännu. Välj idag eller tidigare.", stops=True)
    if datum < inskrivning.inskriven:
        yield Finding("datum", f"Deltagaren skrevs in {full_date(inskrivning.inskriven)}.", stops=True)
    if ended is not None and datum > ended:
        yield Finding("datum", f"Inskrivningen avslutades {full_date(ended)}.", stops=True)
    if (tidigare is None or tidigare.datum != datum) and _rows(session, uppgifter):
        yield Finding(
            "datum", "Det finns redan en mätning den dagen. Öppna den i listan och ändra den.", stops=True
        )


def _check_answers(uppgifter: BipUppgifter, tidigare: BipUppgifter | None, skala: int) -> Iterator[Finding]:
    asked = list_indikatorer(Svarande(uppgifter.svarande))
    before = {} if tidigare is None else tidigare.svar
    if not uppgifter.svar:
        yield Finding("svar1", "Besvara minst en fråga.", stops=True)
    for indikator, varde in uppgifter.svar.items():
        # What was answered on another scale, or to more questions, may stay as it is.
        if before.get(indikator) == varde:
            continue
        if indikator not in asked:
            yield Finding("", f"Frågan {indikator} ställs inte till {uppgifter.svarande}.", stops=True)
        elif not 1 <= varde <= skala:
            yield Finding(answer_field(indikator), f"Svara från 1 till {skala}.", stops=True)


def _check_next(uppgifter: BipUppgifter, idag: date) -> Iterator[Finding]:
    nasta = uppgifter.nasta
    if nasta is None:
        return
    if nasta <= uppgifter.datum:
        yield Finding("nasta", "Nästa mätning måste komma efter den här.", stops=True)
    elif nasta < idag:
        yield Finding("nasta", "Dagen har redan passerat.")
    elif nasta > idag + LONG_AHEAD:
        yield Finding("nasta", "Det är mer än ett år till nästa mätning.")
