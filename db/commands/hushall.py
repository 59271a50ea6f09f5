"""The household: who lives together, and how many children live with them."""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.insats import new_nummer
from db.commands.person import PersonUppgifter, check_person, write_person
from db.commands.varningar import pass_warnings
from db.errors import ConflictError
from db.history import NEW
from db.models import Deltagare, Hushall
from db.queries import access
from db.queries.senast import find_latest_of
from db.session import Store

CHANGED_MEANWHILE = (
    "Någon annan har ändrat hushållet. Inget har sparats. Öppna kortet igen och gör om ändringen."
)
MOST_CHILDREN = 30
MED = "med_"  # before the names of the medsökande's fields


@dataclass(frozen=True, slots=True)
class HushallUppgifter:
    """The children and the other adults, by id, whom the acting user may know of."""

    antal_barn: int | None = None
    vuxna: frozenset[int] = frozenset()


def read_hushall(session: Session, aktor: Aktor, deltagare_id: int) -> HushallUppgifter:
    """The household of a person as it is. Raises NotFoundError where the user may not know the person."""
    access.require_known(session, aktor, deltagare_id)
    return _read(session, aktor, session.get_one(Deltagare, deltagare_id))


def check_hushall(
    session: Session,
    aktor: Aktor,
    deltagare_id: int,
    uppgifter: HushallUppgifter,
    idag: date,
    ny: PersonUppgifter | None = None,
) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first; `ny` is an adult to register."""
    access.require_known(session, aktor, deltagare_id)
    hushall_id = session.get_one(Deltagare, deltagare_id).hushall_id
    found = list(check_antal_barn(uppgifter.antal_barn))
    for vuxen_id in sorted(uppgifter.vuxna):
        access.require_known(session, aktor, vuxen_id)
        found += check_moved(session, vuxen_id, hushall_id)
    if hushall_id is not None:
        found += _check_left_children(session, hushall_id, uppgifter)
    if ny is not None:
        found += [replace(f, field=f"{MED}{f.field}") for f in check_person(session, aktor, ny, idag)]
        if not access.is_open(ny.skyddad):
            text = "Registrera en person med skydd under Ny deltagare, och ange vem som är ansvarig."
            found.append(Finding(f"{MED}skyddad", text, stops=True))
    return tuple(sorted(found, key=lambda finding: not finding.stops))


def save_hushall(
    store: Store,
    aktor: Aktor,
    deltagare_id: int,
    uppgifter: HushallUppgifter,
    idag: date,
    tidigare: HushallUppgifter | None = None,
    ny: PersonUppgifter | None = None,
    skal: str | None = None,
) -> Saved | None:
    """Let exactly these live with the person; None when nothing differs. Who is no longer among them keeps no
    household; protected adults whom the user may not know of stay as they are. `skal` as in create_deltagare.

    Raises DataError, naming the field, ConflictError when it is no longer as `tidigare`, and NotFoundError.
    """
    with store.unit_of_work(aktor, "ändring", "Ändrat hushåll") as work:
        session = work.session
        access.require_known(session, aktor, deltagare_id)
        person = _locked(session, deltagare_id)
        before = _read(session, aktor, person)
        if tidigare is not None and before != tidigare:
            raise ConflictError(CHANGED_MEANWHILE, before, _find_who(session, person, tidigare, before))
        varningar = refuse(check_hushall(session, aktor, deltagare_id, uppgifter, idag, ny))
        for vuxen_id in before.vuxna - uppgifter.vuxna:
            session.get_one(Deltagare, vuxen_id).hushall_id = None
        others = [session.get_one(Deltagare, vuxen_id) for vuxen_id in sorted(uppgifter.vuxna)]
        if ny is not None:
            others.append(write_person(session, aktor, ny, idag))
        _settle(session, person, others, uppgifter.antal_barn, before.antal_barn)
        pass_warnings(work, "deltagare", deltagare_id, varningar, skal)
    return None if work.changes is None else Saved(deltagare_id, work.changes, varningar)


def check_antal_barn(antal_barn: int | None) -> Iterator[Finding]:
    """Tell of a number of children that cannot be right."""
    if antal_barn is not None and not 0 <= antal_barn <= MOST_CHILDREN:
        yield Finding("antal_barn", f"Skriv ett antal, 0 till {MOST_CHILDREN}.", stops=True)


def check_moved(session: Session, vuxen_id: int, hushall_id: int | None) -> Iterator[Finding]:
    """Tell of an adult who lives with others now."""
    own = session.get_one(Deltagare, vuxen_id).hushall_id
    if own is None or own == hushall_id:
        return
    adults = select(func.count()).where(Deltagare.hushall_id == own)
    if session.execute(adults).scalar_one() > 1:
        text = "Personen hör till ett hushåll med flera vuxna. Kontrollera att det är rätt."
        yield Finding(f"{MED}personnummer", text)


def _check_left_children(session: Session, hushall_id: int, uppgifter: HushallUppgifter) -> Iterator[Finding]:
    """Tell of children whose every adult moves here, where the number of children stays as it is."""
    if session.get_one(Hushall, hushall_id).antal_barn != uppgifter.antal_barn:
        return
    moves = select(Deltagare.hushall_id).where(Deltagare.id.in_(uppgifter.vuxna))
    stays = select(Deltagare.hushall_id).where(
        Deltagare.id.not_in(uppgifter.vuxna), Deltagare.hushall_id.is_not(None)
    )
    left = select(func.sum(Hushall.antal_barn)).where(
        Hushall.id != hushall_id, Hushall.id.in_(moves), Hushall.id.not_in(stays)
    )
    if barn := session.execute(left).scalar():
        text = f"Hushållet som lämnas har {barn} barn och ingen vuxen kvar. Räkna med dem som flyttar hit."
        yield Finding("antal_barn", text, asks=True)


def share_hushall(
    session: Session, person: Deltagare, other: Deltagare | None, antal_barn: int | None
) -> None:
    """Let the two live together: in the household of `other` where there is one, else in a new one.

    One person of whose children nothing is said needs none.
    """
    if other is not None and other.hushall_id is not None:
        person.hushall_id = other.hushall_id
    if other is not None or antal_barn is not None:
        hushall = _hushall(session, person)
        if antal_barn is not None:
            hushall.antal_barn = antal_barn
        if other is not None:
            other.hushall_id = hushall.id


def _locked(session: Session, deltagare_id: int) -> Deltagare:
    """The person, held with the household: another of it may be changed from another card."""
    person = session.get_one(Deltagare, deltagare_id, with_for_update=True)
    if person.hushall_id is not None:
        session.get_one(Hushall, person.hushall_id, with_for_update=True)
    return person


def _find_who(
    session: Session, person: Deltagare, tidigare: HushallUppgifter, nu: HushallUppgifter
) -> tuple[str, datetime] | None:
    """Who moved somebody in or out, or counted the children anew, and when."""
    people = [("deltagare", id_) for id_ in (person.id, *sorted(tidigare.vuxna ^ nu.vuxna))]
    home = [("hushall", person.hushall_id)] if person.hushall_id is not None else []
    return find_latest_of(session, [*people, *home], ("hushall_id", "antal_barn", NEW))


def _settle(
    session: Session, person: Deltagare, others: list[Deltagare], antal_barn: int | None, fore: int | None
) -> None:
    """Let them live together; where the number of children is as `fore` the household keeps its own."""
    if person.hushall_id is None and not others and antal_barn is None:
        return
    housed = next((other for other in others if other.hushall_id is not None), None)
    if person.hushall_id is None and housed is not None:
        person.hushall_id = housed.hushall_id
    hushall = _hushall(session, person)
    if antal_barn != fore:
        hushall.antal_barn = antal_barn
    for other in others:
        other.hushall_id = hushall.id


def _hushall(session: Session, person: Deltagare) -> Hushall:
    """The person's household, a new one where there is none."""
    hushall = session.get(Hushall, person.hushall_id) if person.hushall_id is not None else None
    if hushall is None:
        hushall = Hushall(nummer=new_nummer())
        session.add(hushall)
        session.flush()
        person.hushall_id = hushall.id
    return hushall


def _read(session: Session, aktor: Aktor, person: Deltagare) -> HushallUppgifter:
    if person.hushall_id is None:
        return HushallUppgifter()
    antal_barn = session.execute(select(Hushall.antal_barn).where(Hushall.id == person.hushall_id)).scalar()
    others = select(Deltagare.id).where(
        Deltagare.hushall_id == person.hushall_id, Deltagare.id != person.id, access.may_know(aktor)
    )
    return HushallUppgifter(antal_barn, frozenset(session.execute(others).scalars()))
