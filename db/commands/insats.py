"""Registering, changing and ending an insats."""

import secrets
from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, timedelta

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.errors import ConflictError, NotFoundError
from db.models import Enhet, Insats, Insatstyp, Inskrivning, Kapacitet, OsaBeslut
from db.queries import access
from db.rules import belaggning
from db.rules.belaggning import resolve_kapacitet
from db.rules.insatstyper import OSA_ANSTALLNING
from db.session import Store

CHANGED_MEANWHILE = "Någon annan har ändrat insatsen. Inget har sparats. Öppna den igen och gör om ändringen."


@dataclass(frozen=True, slots=True)
class InsatsUppgifter:
    """What is written of an insats; `omfattning` in per cent."""

    inskrivning_id: int
    insatstyp_id: int
    start: date
    enhet_id: int | None = None
    planerat_slut: date | None = None
    slut: date | None = None
    omfattning: int = 100
    avbrottsorsak: str = ""


def read_insats(session: Session, aktor: Aktor, insats_id: int) -> InsatsUppgifter:
    """What is written of an insats now. Raises NotFoundError where the user may not know of it."""
    return _written(_known(session, aktor, insats_id))


def check_insats(
    session: Session, aktor: Aktor, uppgifter: InsatsUppgifter, insats_id: int | None = None
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first. `insats_id` is the row being changed.

    Raises NotFoundError where the inskrivning is missing or not the user's to know.
    """
    inskrivning = session.get(Inskrivning, uppgifter.inskrivning_id)
    if inskrivning is None:
        raise NotFoundError("Inskrivningen finns inte i registret.")
    access.require_known(session, aktor, inskrivning.deltagare_id)
    stops = tuple(_check_dates(uppgifter, inskrivning))
    if stops:
        return stops
    return (
        *_check_overlap(session, uppgifter, insats_id),
        *_check_places(session, uppgifter, insats_id),
        *_check_osa(session, uppgifter, insats_id),
    )


def create_insats(store: Store, aktor: Aktor, uppgifter: InsatsUppgifter) -> Saved:
    """Register an insats and return it with its warnings. Raises DataError, naming the field."""
    with store.unit_of_work(aktor, "registrering", "Ny insats") as work:
        varningar = refuse(check_insats(work.session, aktor, uppgifter))
        insats = Insats(nummer=new_nummer(), **_values(uppgifter))
        work.session.add(insats)
        work.session.flush()
        insats_id = insats.id
    assert work.changes is not None
    return Saved(insats_id, work.changes, varningar)


def update_insats(
    store: Store,
    aktor: Aktor,
    insats_id: int,
    uppgifter: InsatsUppgifter,
    tidigare: InsatsUppgifter | None = None,
    beskrivning: str = "Ändrad insats",
) -> Saved | None:
    """Change an insats; None when nothing differs. Raises DataError, naming the field.

    `tidigare` is what the user had before them: ConflictError when someone has changed it since.
    """
    with store.unit_of_work(aktor, "ändring", beskrivning) as work:
        insats = _known(work.session, aktor, insats_id)
        if tidigare is not None and _written(insats) != tidigare:
            raise ConflictError(CHANGED_MEANWHILE)
        varningar = refuse(check_insats(work.session, aktor, uppgifter, insats_id))
        for name, value in _values(uppgifter).items():
            setattr(insats, name, value)
    return None if work.changes is None else Saved(insats_id, work.changes, varningar)


def end_insats(
    store: Store, aktor: Aktor, insats_id: int, slut: date, avbrottsorsak: str = ""
) -> Saved | None:
    """End an insats on its last day, with the reason where it was broken off. Raises DataError."""
    with store.read(aktor) as session:
        written = read_insats(session, aktor, insats_id)
    ended = InsatsUppgifter(
        **{**_values(written), "slut": slut, "avbrottsorsak": avbrottsorsak}  # type: ignore[arg-type]
    )
    return update_insats(store, aktor, insats_id, ended, written, "Avslutad insats")


def new_nummer() -> str:
    """An id of our own for a row that came from no other system."""
    return f"EV-{secrets.token_hex(6)}"


def _known(session: Session, aktor: Aktor, insats_id: int) -> Insats:
    insats = session.get(Insats, insats_id)
    if insats is None:
        raise NotFoundError("Insatsen finns inte i registret.")
    inskrivning = session.get_one(Inskrivning, insats.inskrivning_id)
    access.require_known(session, aktor, inskrivning.deltagare_id)
    return insats


def _values(uppgifter: InsatsUppgifter) -> dict[str, object]:
    return {f.name: getattr(uppgifter, f.name) for f in fields(uppgifter)}


def _written(insats: Insats) -> InsatsUppgifter:
    return InsatsUppgifter(**{f.name: getattr(insats, f.name) for f in fields(InsatsUppgifter)})


def _check_dates(uppgifter: InsatsUppgifter, inskrivning: Inskrivning) -> Iterator[Finding]:
    start, slut = uppgifter.start, uppgifter.slut
    if start < inskrivning.inskriven:
        yield Finding(
            "start", f"Inskrivningen börjar {inskrivning.inskriven}. Välj en senare dag.", stops=True
        )
    if inskrivning.avslutad and max(start, slut or start) > inskrivning.avslutad:
        field = "start" if start > inskrivning.avslutad else "slut"
        text = f"Inskrivningen avslutades {inskrivning.avslutad}. Välj en dag före det."
        yield Finding(field, text, stops=True)
    if uppgifter.planerat_slut and uppgifter.planerat_slut < start:
        yield Finding("planerat_slut", "Planerat slut är före start. Välj en senare dag.", stops=True)
    if slut and slut < start:
        yield Finding("slut", "Slut är före start. Välj en senare dag.", stops=True)
    if not 1 <= uppgifter.omfattning <= 100:
        yield Finding("omfattning", "Skriv omfattningen i procent, 1 till 100.", stops=True)
    if uppgifter.avbrottsorsak and not slut:
        yield Finding("slut", "Ange dagen då insatsen avbröts.", stops=True)


def _last_day(uppgifter: InsatsUppgifter) -> date:
    return uppgifter.slut or uppgifter.planerat_slut or date.max


def _check_overlap(session: Session, uppgifter: InsatsUppgifter, insats_id: int | None) -> Iterator[Finding]:
    """The same kind at the same enhet twice at once is most often a double registration."""
    # By the inskrivning alone, which has few: the database would else choose the index of all such insatser.
    query = select(Insats.id, Insats.insatstyp_id, Insats.enhet_id, Insats.start, Insats.slut).where(
        Insats.inskrivning_id == uppgifter.inskrivning_id
    )
    for other, typ, enhet, start, slut in session.execute(query.order_by(Insats.start)):
        same = (typ, enhet) == (uppgifter.insatstyp_id, uppgifter.enhet_id) and other != insats_id
        if same and start <= _last_day(uppgifter) and (slut is None or slut >= uppgifter.start):
            yield Finding("start", f"Samma insats finns redan från {start}. Är det en dubblett?")
            return


def _check_places(session: Session, uppgifter: InsatsUppgifter, insats_id: int | None) -> Iterator[Finding]:
    if uppgifter.enhet_id is None:
        return
    full = find_full_day(session, uppgifter.enhet_id, uppgifter.start, _last_day(uppgifter), insats_id)
    if full is not None:
        namn = session.execute(select(Enhet.namn).where(Enhet.id == uppgifter.enhet_id)).scalar_one()
        yield Finding("enhet", f"{namn} har ingen ledig plats {full}.")


def find_full_day(
    session: Session, enhet_id: int, fran: date, till: date, utom_insats_id: int | None = None
) -> date | None:
    """The first day of the span on which every place of the enhet is taken; None when there is room.

    An insats takes a place each day until its slut, else until its planned end if that is to come. Days
    for which no capacity is registered are not judged.
    """
    query = select(Kapacitet.fran, Kapacitet.till, Kapacitet.platser).where(Kapacitet.enhet_id == enhet_id)
    kapacitet = resolve_kapacitet(belaggning.Kapacitet(*row) for row in session.execute(query))
    slut = func.coalesce(Insats.slut, Insats.planerat_slut, date.max)
    upptagna = session.execute(
        select(Insats.start, slut).where(
            Insats.enhet_id == enhet_id,
            Insats.id != (utom_insats_id or 0),
            Insats.start <= till,
            or_(Insats.slut >= fran, Insats.slut.is_(None)),
            slut >= fran,
        )
    ).all()
    borjar, slutar = sorted(s for s, _ in upptagna), sorted(e for _, e in upptagna)
    # Room only changes for the worse on the first day of an insats or of another capacity.
    days = {fran, *(s for s in borjar if s > fran), *(k.fran for k in kapacitet if fran < k.fran <= till)}
    for dag in sorted(days):
        platser = [k.platser for k in kapacitet if k.fran <= dag <= (k.till or date.max)]
        taken = bisect_right(borjar, dag) - bisect_left(slutar, dag)
        if platser and taken >= sum(platser):
            return dag
    return None


def _check_osa(session: Session, uppgifter: InsatsUppgifter, insats_id: int | None) -> Iterator[Finding]:
    typ = session.execute(select(Insatstyp.namn).where(Insatstyp.id == uppgifter.insatstyp_id)).scalar()
    if typ is None:
        yield Finding("insatstyp", "Välj en insatstyp.", stops=True)
    if typ != OSA_ANSTALLNING:
        return
    query = (
        select(OsaBeslut.fran, OsaBeslut.till)
        .where(OsaBeslut.insats_id == insats_id)
        .order_by(OsaBeslut.fran)
    )
    covered = uppgifter.start
    for fran, till in session.execute(query):
        if fran <= covered <= till:
            covered = till + timedelta(1)
    if covered == uppgifter.start or (uppgifter.slut and covered <= uppgifter.slut):
        yield Finding("insatstyp", "Beslut från Arbetsförmedlingen som täcker tiden saknas.")
