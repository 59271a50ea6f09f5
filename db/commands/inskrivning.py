"""Enrolling somebody who is registered already, and changing an inskrivning (avslut: db.commands.avslut)."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.inledning import NyInskrivning, add_inskrivning, check_ny_inskrivning
from db.commands.varningar import pass_warnings, unasked_again
from db.errors import ConflictError, NotFoundError
from db.locks import lock_rows
from db.models import Deltagare, Insats, Inskrivning, Steg, Stegperiod
from db.queries import access
from db.rules.avslut import find_ateraktualiseringar
from db.rules.datum import full_date
from db.session import Store

CHANGED_MEANWHILE = (
    "Någon annan har ändrat inskrivningen. Inget har sparats. Öppna den igen och gör om ändringen."
)


@dataclass(frozen=True, slots=True)
class InskrivningUppgifter:
    """What is written of an enrolment; `koordinator` is a signatur."""

    inskriven: date
    anvisad: date | None = None
    hanvisad_av: str | None = None
    spar: str = ""
    koordinator: str = ""
    forsorjning_fore: str | None = None


def check_inskrivning(
    session: Session,
    aktor: Aktor,
    deltagare_id: int,
    uppgifter: InskrivningUppgifter,
    idag: date,
    inskrivning_id: int | None = None,
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first; `inskrivning_id` is the one being changed.

    Raises NotFoundError where the person is missing or not the user's to know.
    """
    skyddad = access.require_known(session, aktor, deltagare_id)
    rows = _inskrivningar(session, deltagare_id)
    own = next((row for row in rows if row.id == inskrivning_id), None)
    fodd = session.execute(select(Deltagare.fodelsedatum).where(Deltagare.id == deltagare_id)).scalar()
    moved = own is None or own.inskriven != uppgifter.inskriven
    found = [
        *check_ny_inskrivning(_ny(uppgifter), fodd, idag),
        *(_check_others([row for row in rows if row is not own], own, uppgifter, idag) if moved else ()),
        *(_check_inside(session, own, uppgifter) if own is not None and moved else ()),
        *_tell_hidden(aktor, skyddad, uppgifter),
    ]
    if own is not None and not moved:
        # Where the day stays it is not asked about again.
        found = [finding for finding in found if finding.stops or finding.field != "inskriven"]
    found = list(unasked_again(session, "inskrivning", inskrivning_id, found))
    return tuple(sorted(found, key=lambda finding: not finding.stops))


def create_inskrivning(
    store: Store,
    aktor: Aktor,
    deltagare_id: int,
    uppgifter: InskrivningUppgifter,
    idag: date,
    skal: str | None = None,
) -> Saved:
    """Enrol a person, in the first steg from the same day. Raises DataError, naming the field.

    `skal` is why warnings are passed that ask for a reason; None where there is nobody to ask.
    """
    with store.unit_of_work(aktor, "inskrivning", "Ny inskrivning") as work:
        lock_rows(work.session, Deltagare, [deltagare_id])
        varningar = refuse(check_inskrivning(work.session, aktor, deltagare_id, uppgifter, idag))
        inskrivning_id = add_inskrivning(work.session, deltagare_id, _ny(uppgifter))
        pass_warnings(work, "inskrivning", inskrivning_id, varningar, skal)
    assert work.changes is not None
    return Saved(inskrivning_id, work.changes, varningar)


def update_inskrivning(
    store: Store,
    aktor: Aktor,
    inskrivning_id: int,
    uppgifter: InskrivningUppgifter,
    idag: date,
    tidigare: InskrivningUppgifter | None = None,
    skal: str | None = None,
) -> Saved | None:
    """Change an inskrivning, open or closed; the steg that began with it moves along.

    None when nothing differs. Raises DataError, naming the field, and ConflictError when it is no longer as
    `tidigare`.
    """
    with store.unit_of_work(aktor, "inskrivning", "Ändrad inskrivning") as work:
        session = work.session
        row = session.get(Inskrivning, inskrivning_id, with_for_update=True)
        if row is None:
            raise NotFoundError("Inskrivningen finns inte i registret.")
        access.require_known(session, aktor, row.deltagare_id)
        if tidigare is not None and _written(row) != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, _written(row))
        found = check_inskrivning(session, aktor, row.deltagare_id, uppgifter, idag, inskrivning_id)
        varningar = refuse(found)
        begun = Stegperiod.inskrivning_id == inskrivning_id, Stegperiod.fran == row.inskriven
        for steg in session.scalars(select(Stegperiod).where(*begun)).all():
            steg.fran = uppgifter.inskriven
        for name, value in asdict(uppgifter).items():
            setattr(row, name, value)
        pass_warnings(work, "inskrivning", inskrivning_id, varningar, skal)
    return None if work.changes is None else Saved(inskrivning_id, work.changes, varningar)


def _ny(uppgifter: InskrivningUppgifter) -> NyInskrivning:
    return NyInskrivning(**asdict(uppgifter))


def _written(row: Inskrivning) -> InskrivningUppgifter:
    return InskrivningUppgifter(
        row.inskriven, row.anvisad, row.hanvisad_av, row.spar, row.koordinator, row.forsorjning_fore
    )


def _inskrivningar(session: Session, deltagare_id: int) -> list[Inskrivning]:
    query = select(Inskrivning).where(Inskrivning.deltagare_id == deltagare_id)
    return list(session.scalars(query.order_by(Inskrivning.inskriven, Inskrivning.id)))


def _check_others(
    andra: list[Inskrivning], own: Inskrivning | None, uppgifter: InskrivningUppgifter, idag: date
) -> Iterator[Finding]:
    """How the day stands to the person's other inskrivningar; a return is told (R11)."""
    is_open = own is None or own.avslutad is None
    running = next((row for row in andra if row.avslutad is None), None)
    if is_open and running is not None:
        text = f"Deltagaren är redan inskriven sedan {full_date(running.inskriven)}."
        yield Finding("inskriven", text, stops=True)
    for row in andra:
        if row.avslutad is not None and row.inskriven <= uppgifter.inskriven < row.avslutad:
            text = f"En tidigare inskrivning gällde till {full_date(row.avslutad)}. Kontrollera dagen."
            yield Finding("inskriven", text, asks=True)
    closed = [(row.id, row.inskriven, row.avslutad) for row in andra]
    own_id = own.id if own is not None else 0
    spans = [*closed, (own_id, uppgifter.inskriven, None)]
    returns = find_ateraktualiseringar(spans, max(idag, uppgifter.inskriven))
    before = next((fran for fran, till in returns if till == own_id), None)
    if before is not None:
        avslutad = next(row.avslutad for row in andra if row.id == before and row.avslutad)
        yield Finding("inskriven", f"Räknas som återaktualisering: förra avslutet var {full_date(avslutad)}.")


def _check_inside(session: Session, own: Inskrivning, uppgifter: InskrivningUppgifter) -> Iterator[Finding]:
    """What has happened in the inskrivning stays inside it."""
    if own.avslutad is not None and own.avslutad < uppgifter.inskriven:
        text = f"Inskrivningen avslutades {full_date(own.avslutad)}. Välj en dag före det."
        yield Finding("inskriven", text, stops=True)
    first = session.execute(select(func.min(Insats.start)).where(Insats.inskrivning_id == own.id)).scalar()
    if first is not None and first < uppgifter.inskriven:
        text = f"En insats började {full_date(first)}. Välj den dagen eller en tidigare."
        yield Finding("inskriven", text, stops=True)
    query = (
        select(Steg.namn, Stegperiod.fran)
        .join(Steg, Steg.id == Stegperiod.steg_id)
        .where(Stegperiod.inskrivning_id == own.id, Stegperiod.fran != own.inskriven)
        .order_by(Stegperiod.fran)
    )
    steg = session.execute(query).first()
    if steg is not None and steg.fran < uppgifter.inskriven:
        text = f"Steget {steg.namn} började {full_date(steg.fran)}. Välj den dagen eller en tidigare."
        yield Finding("inskriven", text, stops=True)


def _tell_hidden(aktor: Aktor, skyddad: str, uppgifter: InskrivningUppgifter) -> Iterator[Finding]:
    if not access.is_open(skyddad) and uppgifter.koordinator != aktor.signatur:
        text = "Deltagaren har skyddade personuppgifter och syns bara för den som är ansvarig."
        yield Finding("koordinator", text)
