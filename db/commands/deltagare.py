"""Registering a person, with the household, the ärende and the inskrivning, in one act."""

from collections.abc import Iterator
from dataclasses import asdict, dataclass, replace
from datetime import date

from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, Saved, refuse
from db.commands.hushall import MED, check_antal_barn, check_moved, share_hushall
from db.commands.inledning import (
    NyInskrivning,
    NyttArende,
    add_arende,
    add_inskrivning,
    check_ny_inskrivning,
    check_nytt_arende,
)
from db.commands.inskrivning import InskrivningUppgifter, check_inskrivning
from db.commands.person import PersonUppgifter, check_person, tidy, write_person
from db.commands.varningar import pass_warnings
from db.locks import lock_rows
from db.models import Deltagare
from db.queries import access
from db.session import Store


@dataclass(frozen=True, slots=True)
class NyDeltagare:
    """Everything that is registered in one go. The medsökande is a new person, or one registered before."""

    person: PersonUppgifter
    medsokande: PersonUppgifter | None = None
    medsokande_id: int | None = None
    antal_barn: int | None = None
    inskrivning: NyInskrivning | None = None
    arende: NyttArende | None = None


def check_ny_deltagare(session: Session, aktor: Aktor, ny: NyDeltagare, idag: date) -> tuple[Finding, ...]:
    """Everything to tell about the values, those that stop first; fields of the medsökande begin `med_`."""
    found = [
        *check_person(session, aktor, ny.person, idag),
        *_check_medsokande(session, aktor, ny, idag),
        *check_antal_barn(ny.antal_barn),
        *(check_ny_inskrivning(ny.inskrivning, ny.person.fodelsedatum, idag) if ny.inskrivning else ()),
        *(check_nytt_arende(session, ny.arende, idag) if ny.arende else ()),
        *_check_named(ny),
    ]
    return tuple(sorted(found, key=lambda finding: not finding.stops))


def create_deltagare(
    store: Store, aktor: Aktor, ny: NyDeltagare, idag: date, skal: str | None = None
) -> Saved:
    """Register a person with all that belongs to the first visit; returns the person's id.

    `skal` is why warnings are passed that ask for a reason; None where there is nobody to ask.

    Raises DataError, naming the field, NotFoundError where the medsökande is not the user's to know.
    """
    with store.unit_of_work(aktor, "registrering", "Ny deltagare") as work:
        session = work.session
        lock_rows(session, Deltagare, [ny.medsokande_id] if ny.medsokande_id is not None else ())
        varningar = refuse(check_ny_deltagare(session, aktor, ny, idag))
        person = write_person(session, aktor, ny.person, idag)
        other = _medsokande(session, aktor, ny, idag)
        share_hushall(session, person, other, ny.antal_barn)
        if ny.arende is not None:
            add_arende(session, person.id, ny.arende)
        if ny.inskrivning is not None:
            add_inskrivning(session, person.id, ny.inskrivning)
            if other is not None and ny.inskrivning.med_medsokande:
                add_inskrivning(session, other.id, ny.inskrivning)
        person_id = person.id
        pass_warnings(work, "deltagare", person_id, varningar, skal)
    assert work.changes is not None
    return Saved(person_id, work.changes, varningar)


def _check_medsokande(session: Session, aktor: Aktor, ny: NyDeltagare, idag: date) -> Iterator[Finding]:
    if ny.medsokande_id is not None:
        access.require_known(session, aktor, ny.medsokande_id)
        yield from check_moved(session, ny.medsokande_id, None)
        yield from _check_med_inskrivning(session, aktor, ny.medsokande_id, ny, idag)
    if ny.medsokande is None:
        return
    for finding in check_person(session, aktor, ny.medsokande, idag):
        yield replace(finding, field=f"{MED}{finding.field}")
    if ny.medsokande.personnummer and _same_number(ny.person, ny.medsokande, idag):
        yield Finding(f"{MED}personnummer", "Sökande och medsökande har samma nummer.", stops=True)


def _check_med_inskrivning(
    session: Session, aktor: Aktor, medsokande_id: int, ny: NyDeltagare, idag: date
) -> Iterator[Finding]:
    """What a registered medsökande's own inskrivningar say to another; not again what is told of both."""
    if ny.inskrivning is None or not ny.inskrivning.med_medsokande:
        return
    told = set(check_ny_inskrivning(ny.inskrivning, ny.person.fodelsedatum, idag))
    values = {name: value for name, value in asdict(ny.inskrivning).items() if name != "med_medsokande"}
    for finding in check_inskrivning(session, aktor, medsokande_id, InskrivningUppgifter(**values), idag):
        if finding not in told:
            text = f"Medsökande: {finding.message}"
            yield replace(finding, field=f"{MED}{finding.field}", message=text)


def _same_number(one: PersonUppgifter, other: PersonUppgifter, idag: date) -> bool:
    try:
        return tidy(one, idag).personnummer == tidy(other, idag).personnummer
    except ValueError:
        return False  # told at the number itself


def _check_named(ny: NyDeltagare) -> Iterator[Finding]:
    """A protected person is seen by those named alone: somebody must be."""
    enrolled, text = ny.inskrivning, "Ange vem som är ansvarig. Bara den ser en deltagare med skydd."
    coordinated = enrolled is not None and bool(enrolled.koordinator)
    handled = ny.arende is not None and bool(ny.arende.handlaggare)
    if not access.is_open(ny.person.skyddad) and not (coordinated or handled):
        yield Finding("skyddad", text, stops=True)
    other = ny.medsokande
    if other is not None and not access.is_open(other.skyddad):
        coordinated = coordinated and enrolled is not None and enrolled.med_medsokande
        if not coordinated:
            yield Finding(f"{MED}skyddad", text, stops=True)


def _medsokande(session: Session, aktor: Aktor, ny: NyDeltagare, idag: date) -> Deltagare | None:
    if ny.medsokande_id is not None:
        return session.get_one(Deltagare, ny.medsokande_id, with_for_update=True)
    return write_person(session, aktor, ny.medsokande, idag) if ny.medsokande is not None else None
