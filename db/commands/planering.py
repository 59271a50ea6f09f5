"""An agreed plan with its steps: a new version each day it is changed, earlier ones kept."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.errors import ConflictError, NotFoundError
from db.locks import lock_rows
from db.models import Inskrivning, Planering, Planeringssteg
from db.queries import access
from db.queries.senast import find_latest_change
from db.rules.datum import full_date
from db.rules.koder import Ansvarig
from db.session import Store

CHANGED_MEANWHILE = (
    "Någon annan har ändrat planeringen. Inget har sparats. Öppna den igen och gör om ändringen."
)
LONGEST = 10_000


@dataclass(frozen=True, slots=True)
class Steguppgifter:
    """What is written of a step; `klar` the day it was done."""

    text: str
    ansvarig: str = Ansvarig.DELTAGAREN.value
    senast: date | None = None
    klar: date | None = None


@dataclass(frozen=True, slots=True)
class PlaneringUppgifter:
    """What is written of a plan."""

    inskrivning_id: int
    mal: str
    nasta_uppfoljning: date | None = None
    steg: tuple[Steguppgifter, ...] = ()


def check_planering(
    session: Session, aktor: Aktor, uppgifter: PlaneringUppgifter, idag: date
) -> tuple[Finding, ...]:
    """Everything to tell about the values. Raises NotFoundError where the user may not know the person."""
    inskrivning = _inskrivning(session, aktor, uppgifter.inskrivning_id)
    return (*_check_plan(inskrivning, uppgifter, idag), *_check_steg(uppgifter, idag))


def save_planering(
    store: Store,
    aktor: Aktor,
    uppgifter: PlaneringUppgifter,
    idag: date,
    tidigare: PlaneringUppgifter | None = None,
) -> Saved | None:
    """Save the plan as today's version; None when nothing differs from the one that holds.

    A plan that was made today is changed; an older one is kept and a new one made. `tidigare` is the plan
    that the form was opened with, an empty one where there was none. Raises DataError, naming the field, and
    ConflictError when the plan has been changed since.
    """
    with store.unit_of_work(aktor, "planering", "Ny planering") as work:
        session = work.session
        # The inskrivning, since there may be no plan yet to hold; before the check, as an avslut may come.
        lock_rows(session, Inskrivning, [uppgifter.inskrivning_id])
        varningar = refuse(check_planering(session, aktor, uppgifter, idag))
        latest = _latest(session, uppgifter.inskrivning_id)
        written = None if latest is None else _written(session, latest)
        if tidigare is not None:
            _refuse_changed(session, latest, written, tidigare)
        if written == uppgifter:
            return None
        if latest is None or latest.upprattad != idag:
            latest = Planering(inskrivning_id=uppgifter.inskrivning_id, upprattad=idag)
            session.add(latest)
        latest.mal, latest.nasta_uppfoljning = uppgifter.mal, uppgifter.nasta_uppfoljning
        session.flush()
        _replace_steg(session, latest.id, uppgifter.steg)
        planering_id = latest.id
    assert work.changes is not None
    return Saved(planering_id, work.changes, varningar)


def tick_steg(store: Store, aktor: Aktor, steg_id: int, klar: date | None) -> Saved | None:
    """Note the day a step was done, or that it is not; None when it was so already. Raises NotFoundError."""
    with store.unit_of_work(aktor, "planering", "Steg klart" if klar else "Steg inte klart") as work:
        owner = select(Planering.inskrivning_id).join(Planeringssteg).where(Planeringssteg.id == steg_id)
        lock_rows(work.session, Inskrivning, owner)
        steg = work.session.get(Planeringssteg, steg_id)
        if steg is None:
            raise NotFoundError("Steget finns inte i registret.")
        planering = work.session.get_one(Planering, steg.planering_id)
        _inskrivning(work.session, aktor, planering.inskrivning_id)
        steg.klar = klar
    return None if work.changes is None else Saved(steg_id, work.changes)


def read_planering(session: Session, aktor: Aktor, inskrivning_id: int) -> PlaneringUppgifter | None:
    """The plan that holds for an inskrivning, None where there is none. Raises NotFoundError."""
    _inskrivning(session, aktor, inskrivning_id)
    latest = _latest(session, inskrivning_id)
    return None if latest is None else _written(session, latest)


def _inskrivning(session: Session, aktor: Aktor, inskrivning_id: int) -> Inskrivning:
    inskrivning = session.get(Inskrivning, inskrivning_id)
    if inskrivning is None:
        raise NotFoundError("Inskrivningen finns inte i registret.")
    access.require_known(session, aktor, inskrivning.deltagare_id)
    return inskrivning


def _latest(session: Session, inskrivning_id: int) -> Planering | None:
    query = select(Planering).where(Planering.inskrivning_id == inskrivning_id)
    return session.scalars(query.order_by(Planering.upprattad.desc()).limit(1)).first()


def _refuse_changed(
    session: Session,
    latest: Planering | None,
    written: PlaneringUppgifter | None,
    tidigare: PlaneringUppgifter,
) -> None:
    """Where there is no plan an empty one stands for it: then a form can show that it is gone."""
    nu = written or PlaneringUppgifter(tidigare.inskrivning_id, "")
    if nu != tidigare:
        senast = None if latest is None else _latest_change(session, latest.id)
        raise ConflictError(CHANGED_MEANWHILE, nu, senast)


def _latest_change(session: Session, planering_id: int) -> tuple[str, datetime] | None:
    """Who changed the plan last, or one of the steps that it has."""
    steg = [row.id for row in _rows(session, planering_id)]
    found = [find_latest_change(session, "planering", planering_id)]
    found += [find_latest_change(session, "planeringssteg", steg_id) for steg_id in steg]
    return max((change for change in found if change is not None), key=lambda c: c[1], default=None)


def _rows(session: Session, planering_id: int) -> list[Planeringssteg]:
    query = select(Planeringssteg).where(Planeringssteg.planering_id == planering_id)
    return list(session.scalars(query.order_by(Planeringssteg.ordning)))


def _written(session: Session, planering: Planering) -> PlaneringUppgifter:
    steg = tuple(
        Steguppgifter(row.text, row.ansvarig, row.senast, row.klar) for row in _rows(session, planering.id)
    )
    return PlaneringUppgifter(planering.inskrivning_id, planering.mal, planering.nasta_uppfoljning, steg)


def _replace_steg(session: Session, planering_id: int, steg: tuple[Steguppgifter, ...]) -> None:
    """Rows that stay keep their ids: the history then tells what was changed, not that all was made anew."""
    rows = _rows(session, planering_id)
    for row in rows[len(steg) :]:
        session.delete(row)
    for place, told in enumerate(steg):
        if place < len(rows):
            row = rows[place]
        else:
            row = Planeringssteg(planering_id=planering_id, ordning=place + 1)
            session.add(row)
        row.text, row.ansvarig, row.senast, row.klar = told.text, told.ansvarig, told.senast, told.klar


def _check_plan(inskrivning: Inskrivning, uppgifter: PlaneringUppgifter, idag: date) -> Iterator[Finding]:
    followed = uppgifter.nasta_uppfoljning
    if inskrivning.avslutad is not None:
        yield Finding("mal", f"Inskrivningen avslutades {full_date(inskrivning.avslutad)}.", stops=True)
    if not uppgifter.mal.strip():
        yield Finding("mal", "Skriv målet med planeringen.", stops=True)
    if len(uppgifter.mal) > LONGEST:
        yield Finding("mal", "Målet är för långt. Korta texten.", stops=True)
    if followed is not None and followed < idag:
        yield Finding("nasta_uppfoljning", "Uppföljningen har passerat. Välj en senare dag.", stops=True)
    if followed is None:
        yield Finding("nasta_uppfoljning", "Utan nästa uppföljning räknas planeringen inte som aktuell.")


def _check_steg(uppgifter: PlaneringUppgifter, idag: date) -> Iterator[Finding]:
    for number, steg in enumerate(uppgifter.steg, start=1):
        if not steg.text.strip():
            yield Finding(f"steg{number}", "Skriv vad som ska göras.", stops=True)
        if len(steg.text) > LONGEST:
            yield Finding(f"steg{number}", "Texten är för lång. Korta den.", stops=True)
        if steg.ansvarig not in tuple(Ansvarig):
            yield Finding(f"ansvarig{number}", "Välj vem som gör det.", stops=True)
        if steg.klar is not None and steg.klar > idag:
            yield Finding(f"steg{number}", "Steget kan inte bli klart en dag som inte har varit.", stops=True)
