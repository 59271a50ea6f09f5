"""The same insats or möte for many people at once: one act, one undo, faults told person by person."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, refuse
from db.commands.insats import InsatsUppgifter, insert_insats
from db.commands.insatskontroll import check_insats, last_day
from db.commands.mote import MoteUppgifter, check_mote, insert_mote
from db.commands.varningar import pass_warnings
from db.errors import DataError
from db.history import Changes
from db.locks import lock_rows
from db.models import Deltagare, Enhet, Inskrivning
from db.queries.personer import PersonRow, list_personer
from db.queries.platser import read_platslage
from db.session import Store, UnitOfWork

U = TypeVar("U", InsatsUppgifter, MoteUppgifter)
PERSON = "person:"  # what a finding about one person has for a field, before the person's id
REST = "ovriga"  # the field that says to go on with the others
NOT_ENROLLED = "Inte inskriven den dagen."
NOBODY = "Ingen av de valda kan få det. Ändra urvalet eller uppgifterna."


@dataclass(frozen=True, slots=True)
class MassaSparad:
    """What was saved for many: how many, how many were left out, what was touched, and what was told."""

    antal: int
    utelamnade: int
    changes: Changes
    varningar: tuple[Finding, ...] = ()


@dataclass(frozen=True, slots=True)
class _Prov:
    """What there is to say of all, and of each who can have it."""

    gemensamt: tuple[Finding, ...]
    personer: tuple[tuple[PersonRow, tuple[Finding, ...]], ...]
    fel: tuple[Finding, ...]

    def told(self) -> tuple[Finding, ...]:
        each = (
            replace(finding, field=f"{PERSON}{person.id}")
            for person, findings in self.personer
            for finding in findings
        )
        return (*self.gemensamt, *self.fel, *each)


def check_many_insatser(
    session: Session, aktor: Aktor, ids: Collection[int], uppgifter: InsatsUppgifter, idag: date = date.min
) -> tuple[Finding, ...]:
    """Everything to tell of the same insats for each of the people; those about one have the field
    `PERSON` with the id. `inskrivning_id` of the values is not looked at: each has an own. `idag` as in
    check_insats."""
    return _try_insatser(session, aktor, ids, uppgifter, idag).told()


def check_many_moten(
    session: Session, aktor: Aktor, ids: Collection[int], uppgifter: MoteUppgifter, idag: date
) -> tuple[Finding, ...]:
    """As `check_many_insatser`, of a möte; `deltagare_id` of the values is not looked at."""
    return _try_moten(session, aktor, ids, uppgifter, idag).told()


def create_many_insatser(
    store: Store,
    aktor: Aktor,
    ids: Collection[int],
    uppgifter: InsatsUppgifter,
    skal: str | None = None,
    *,
    ovriga: bool = False,
    idag: date = date.min,
) -> MassaSparad:
    """Register the insats for each of the people; with `ovriga` those who cannot have it are left out.

    Raises DataError, naming the field: REST where somebody cannot, and nothing was said of the others.
    """
    with store.unit_of_work(aktor, "registrering", "Ny insats för flera") as work:
        own = select(Inskrivning.id).where(Inskrivning.deltagare_id.in_(ids))
        lock_rows(work.session, Inskrivning, own)
        prov = _try_insatser(work.session, aktor, ids, uppgifter, idag)
        _refuse(prov, ovriga)
        for person, findings in prov.personer:
            row_id = insert_insats(work, _of_person(uppgifter, person))
            pass_warnings(work, "insats", row_id, (*prov.gemensamt, *findings), skal)
    return _saved(work, prov)


def create_many_moten(
    store: Store,
    aktor: Aktor,
    ids: Collection[int],
    uppgifter: MoteUppgifter,
    idag: date,
    skal: str | None = None,
    *,
    ovriga: bool = False,
) -> MassaSparad:
    """As `create_many_insatser`, a möte."""
    with store.unit_of_work(aktor, "registrering", "Nytt möte för flera") as work:
        lock_rows(work.session, Deltagare, ids)
        prov = _try_moten(work.session, aktor, ids, uppgifter, idag)
        _refuse(prov, ovriga)
        for person, findings in prov.personer:
            row_id = insert_mote(work, replace(uppgifter, deltagare_id=person.id))
            pass_warnings(work, "mote", row_id, (*prov.gemensamt, *findings), skal)
    return _saved(work, prov)


def _saved(work: UnitOfWork, prov: _Prov) -> MassaSparad:
    assert work.changes is not None
    return MassaSparad(len(prov.personer), len(prov.fel), work.changes, prov.told())


def _of_person(uppgifter: InsatsUppgifter, person: PersonRow) -> InsatsUppgifter:
    assert person.inskrivning_id is not None
    return replace(uppgifter, inskrivning_id=person.inskrivning_id)


def _try_insatser(
    session: Session, aktor: Aktor, ids: Collection[int], uppgifter: InsatsUppgifter, idag: date
) -> _Prov:
    def check(person: PersonRow) -> Sequence[Finding]:
        if person.inskrivning_id is None:
            return (Finding("start", NOT_ENROLLED, stops=True),)
        own = _of_person(uppgifter, person)
        return check_insats(session, aktor, own, places=False)

    prov = _try_each(list_personer(session, aktor, ids, uppgifter.start), check)
    if not prov.personer:
        return prov
    places = _check_places(session, aktor, uppgifter, len(prov.personer), idag)
    return replace(prov, gemensamt=(*prov.gemensamt, *places))


def _try_moten(
    session: Session, aktor: Aktor, ids: Collection[int], uppgifter: MoteUppgifter, idag: date
) -> _Prov:
    def check(person: PersonRow) -> Sequence[Finding]:
        return check_mote(session, aktor, replace(uppgifter, deltagare_id=person.id), idag)

    return _try_each(list_personer(session, aktor, ids, uppgifter.datum), check)


def _try_each(people: Sequence[PersonRow], check: Callable[[PersonRow], Sequence[Finding]]) -> _Prov:
    """What is said of everybody is said once, at its field; the rest of each."""
    each = [(person, tuple(check(person))) for person in people]
    shared = set(each[0][1]) if each else set()
    for _, findings in each:
        shared &= set(findings)
    gemensamt = tuple(finding for finding in (each[0][1] if each else ()) if finding in shared)
    if _stops(gemensamt):
        return _Prov(gemensamt, (), ())
    own = [(person, tuple(f for f in findings if f not in shared)) for person, findings in each]
    return _Prov(
        gemensamt,
        tuple((person, findings) for person, findings in own if not _stops(findings)),
        tuple(
            replace(_first_stop(findings), field=f"{PERSON}{person.id}")
            for person, findings in own
            if _stops(findings)
        ),
    )


def _stops(findings: Iterable[Finding]) -> bool:
    return any(finding.stops for finding in findings)


def _first_stop(findings: Iterable[Finding]) -> Finding:
    return next(finding for finding in findings if finding.stops)


def _check_places(
    session: Session, aktor: Aktor, uppgifter: InsatsUppgifter, antal: int, idag: date
) -> tuple[Finding, ...]:
    enhet = session.get(Enhet, uppgifter.enhet_id) if uppgifter.enhet_id is not None else None
    if enhet is None:
        return ()
    lage = read_platslage(session, aktor, enhet.id, uppgifter.start, last_day(uppgifter), idag=idag)
    if lage is None or lage.lediga >= antal:
        return ()
    free = max(0, lage.lediga)
    places = "1 ledig plats" if free == 1 else f"{free} lediga platser"
    text = f"{enhet.namn} har {places}, och {antal} personer är valda."
    return (Finding("enhet", text, asks=True),)


def _refuse(prov: _Prov, ovriga: bool) -> None:
    refuse(prov.gemensamt)
    if not prov.personer:
        raise DataError(NOBODY)
    if prov.fel and not ovriga:
        raise DataError(f"{len(prov.fel)} av de valda kan inte få det. Spara för de övriga?", REST)
