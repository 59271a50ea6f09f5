"""Going through a period before its figures are frozen: what is not registered yet, by who answers for it.

Asked for is what a rule says is missing: passes that are ej registrerade (find_forsta, find_sista), avslut
to work whose month awaits its confirmation (R10), OSA-anställningar that no decision covers, insatser past
their planned end, and inskrivna without a planering. No rule says that a biståndsmånad is missing or that a
möte has no outcome, so neither is asked for.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import Select, exists, func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import (
    Avstamning,
    Deltagare,
    Insats,
    Insatstyp,
    Inskrivning,
    Medarbetare,
    Narvaro,
    Narvaroschema,
    OsaBeslut,
    Planering,
)
from db.queries import access
from db.queries.figurer.gemensamt import runs
from db.queries.idag.rows import Person
from db.queries.idag.scope import PERSON, find_arendenummer, make_person
from db.rules.avslut import awaits_confirmation
from db.rules.idag import FORSTA_DAGAR
from db.rules.insatstyper import OSA_ANSTALLNING
from db.rules.narvaro import find_forsta, find_sista, merge_passes, plan_passes
from db.rules.osa import Beslut, lacks_beslut
from db.rules.period import Period, default_per
from db.rules.text import sort_key

INGEN = ""


class Punkt(StrEnum):
    """What is gone through, in the order shown."""

    NARVARO = "narvaro"  # datum: the first pass, antal: how many
    MANAD = "manad"  # datum: the avslut, text: resultat
    OSA_BESLUT = "osa_beslut"  # datum: the start
    INSATS_SLUT = "insats_slut"  # datum: the planned end, text: insatstyp
    PLANERING = "planering"  # datum: inskriven


@dataclass(frozen=True, slots=True)
class Kvar:
    """Something that is not registered. `rad_id` is the insats or the inskrivning."""

    punkt: Punkt
    rad_id: int
    person: Person
    ansvarig: str
    datum: date
    text: str = ""
    antal: int = 1


@dataclass(frozen=True, slots=True)
class Klar:
    """That somebody has gone through the period."""

    id: int
    dag: date
    text: str


@dataclass(frozen=True, slots=True)
class AvstamningRow:
    """What somebody has left; `klar` where the person has said that all is registered."""

    signatur: str
    namn: str
    aktiv: bool
    kvar: tuple[Kvar, ...]
    klar: Klar | None

    def count(self, punkt: Punkt) -> int:
        """How many rows are left of a kind."""
        return sum(rad.punkt is punkt for rad in self.kvar)


def read_avstamning(session: Session, aktor: Aktor, period: Period, idag: date) -> tuple[AvstamningRow, ...]:
    """Everybody who answers for an inskrivning that was open some day of the period, by name; nobody's first.
    Twelve statements at most, and those whom the user may not know of are in no count."""
    kvar: defaultdict[str, list[Kvar]] = defaultdict(list)
    for signatur in _ansvariga(session, aktor, period):
        kvar[signatur] = []
    for rad in list_kvar(session, aktor, period, idag):
        kvar[rad.ansvarig].append(rad)
    staff, klara = _staff(session), _klara(session, period)
    rows = [
        AvstamningRow(signatur, *staff.get(signatur, (signatur, False)), tuple(rader), klara.get(signatur))
        for signatur, rader in kvar.items()
    ]
    return tuple(sorted(rows, key=lambda row: (row.signatur != INGEN, sort_key(row.namn))))


def list_ej_klara(session: Session, aktor: Aktor, period: Period) -> tuple[str, ...]:
    """The names of those at work who answer for an inskrivning that was open some day of the period and have
    not marked the period as done, by name. Three statements."""
    staff, klara = _staff(session), _klara(session, period)
    namn = [
        staff[signatur][0]
        for signatur in _ansvariga(session, aktor, period)
        if signatur not in klara and staff.get(signatur, ("", False))[1]
    ]
    return tuple(sorted(namn, key=sort_key))


def list_kvar(
    session: Session, aktor: Aktor, period: Period, idag: date, ansvarig: str | None = None
) -> tuple[Kvar, ...]:
    """What is left of a period, by kind and day; of one responsible where asked for."""
    per = default_per(period, idag)
    found = [
        *_narvaro(session, aktor, period, idag),
        *_manad(session, aktor, period, idag),
        *_osa(session, aktor, period, per),
        *_insatser(session, aktor, period, idag),
        *_planering(session, aktor, per),
    ]
    order = {punkt: place for place, punkt in enumerate(Punkt)}
    own = [rad for rad in found if ansvarig in (None, rad.ansvarig)]
    masked = {rad.person.id for rad in own if rad.person.is_masked}
    nummer = find_arendenummer(session, masked) if masked else {}
    named = (
        replace(rad, person=replace(rad.person, nummer=nummer.get(rad.person.id, "")))
        if rad.person.is_masked
        else rad
        for rad in own
    )
    return tuple(sorted(named, key=lambda rad: (order[rad.punkt], rad.datum, rad.rad_id)))


def _of_insats(aktor: Aktor, *more: Any) -> Select[Any]:
    return (
        select(Insats.id, Inskrivning.koordinator, *more, *PERSON)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .where(access.may_know(aktor))
    )


def _of_inskrivning(aktor: Aktor, *more: Any) -> Select[Any]:
    return (
        select(Inskrivning.id, Inskrivning.koordinator, *more, *PERSON)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(access.may_know(aktor))
    )


def _narvaro(session: Session, aktor: Aktor, period: Period, idag: date) -> Iterator[Kvar]:
    """Insatser with passes of the period that nobody has registered."""
    schema: defaultdict[int, set[tuple[int, str]]] = defaultdict(set)
    columns = (Narvaroschema.insats_id, Narvaroschema.veckodag, Narvaroschema.pass_)
    for insats_id, veckodag, pass_ in session.execute(select(*columns)):
        schema[insats_id].add((veckodag, pass_))
    forsta = select(Narvaro.insats_id, func.min(Narvaro.datum)).group_by(Narvaro.insats_id)
    first_row = {row[0]: row[1] for row in session.execute(forsta)}
    held: defaultdict[tuple[int, date], set[str]] = defaultdict(set)
    rows = select(Narvaro.insats_id, Narvaro.datum, Narvaro.pass_)
    for insats_id, dag, pass_ in session.execute(rows.where(Narvaro.datum.between(period.fran, period.till))):
        held[insats_id, dag].add(pass_)
    query = _of_insats(aktor, Insats.start, Insats.slut, Inskrivning.avslutad, Insatstyp.namn).where(
        runs(Insats.start, Insats.slut, period.fran, period.till)
    )
    found: Iterable[Any] = session.execute(query)
    for insats_id, ansvarig, start, slut, avslutad, typ, *person in found:
        kept = find_forsta(start, insats_id in schema, first_row.get(insats_id))
        if kept is None:
            continue
        span = _days(max(kept, period.fran), min(find_sista(slut, avslutad, idag), period.till))
        missed = [
            dag
            for dag in span
            for registered in (held.get((insats_id, dag), ()),)
            for pass_ in merge_passes(plan_passes(schema.get(insats_id, ()), dag), registered)
            if pass_ not in registered
        ]
        if missed:
            yield Kvar(Punkt.NARVARO, insats_id, make_person(person), ansvarig, missed[0], typ, len(missed))


def _days(fran: date, till: date) -> Iterator[date]:
    return (fran + timedelta(place) for place in range((till - fran).days + 1))


def _manad(session: Session, aktor: Aktor, period: Period, idag: date) -> Iterator[Kvar]:
    """Avslut of the period that R10 waits for."""
    columns = (
        Inskrivning.resultat, Inskrivning.minst_en_manad, Inskrivning.arbete_fran, Inskrivning.avslutad
    )  # fmt: skip
    query = _of_inskrivning(aktor, *columns).where(Inskrivning.avslutad.between(period.fran, period.till))
    found: Iterable[Any] = session.execute(query)
    for id_, ansvarig, resultat, manad, fran, avslutad, *person in found:
        if awaits_confirmation(resultat, manad, fran or avslutad, idag):
            yield Kvar(Punkt.MANAD, id_, make_person(person), ansvarig, avslutad, resultat)


def _osa(session: Session, aktor: Aktor, period: Period, per: date) -> Iterator[Kvar]:
    """OSA-anställningar with a day of the period that no decision covers."""
    beslut: defaultdict[int, list[Beslut]] = defaultdict(list)
    for insats_id, fran, till in session.execute(select(OsaBeslut.insats_id, OsaBeslut.fran, OsaBeslut.till)):
        beslut[insats_id].append((fran, till))
    query = _of_insats(aktor, Insats.start, Insats.slut, Insatstyp.namn).where(
        Insatstyp.namn == OSA_ANSTALLNING, runs(Insats.start, Insats.slut, period.fran, per)
    )
    found: Iterable[Any] = session.execute(query)
    for id_, ansvarig, start, slut, typ, *person in found:
        if lacks_beslut(start, slut, beslut[id_], period.fran, per):
            yield Kvar(Punkt.OSA_BESLUT, id_, make_person(person), ansvarig, start, typ)


def _insatser(session: Session, aktor: Aktor, period: Period, idag: date) -> Iterator[Kvar]:
    """Insatser whose planned end has passed and lies in the period or before, without an end."""
    query = _of_insats(aktor, Insats.planerat_slut, Insatstyp.namn).where(
        Insats.slut.is_(None), Insats.planerat_slut <= period.till, Insats.planerat_slut < idag,
        Inskrivning.avslutad.is_(None),
    )  # fmt: skip
    found: Iterable[Any] = session.execute(query)
    for id_, ansvarig, slut, typ, *person in found:
        yield Kvar(Punkt.INSATS_SLUT, id_, make_person(person), ansvarig, slut, typ)


def _planering(session: Session, aktor: Aktor, per: date) -> Iterator[Kvar]:
    """Those inskrivna on the day of judgement since more than FORSTA_DAGAR without a planering by then."""
    has = exists().where(Planering.inskrivning_id == Inskrivning.id, Planering.upprattad <= per)
    query = _of_inskrivning(aktor, Inskrivning.inskriven).where(
        Inskrivning.inskriven < per - timedelta(FORSTA_DAGAR),
        or_(Inskrivning.avslutad.is_(None), Inskrivning.avslutad > per),
        ~has,
    )
    found: Iterable[Any] = session.execute(query)
    for id_, ansvarig, inskriven, *person in found:
        yield Kvar(Punkt.PLANERING, id_, make_person(person), ansvarig, inskriven)


def _ansvariga(session: Session, aktor: Aktor, period: Period) -> Iterator[str]:
    query = (
        select(Inskrivning.koordinator)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(access.may_know(aktor))
        .where(runs(Inskrivning.inskriven, Inskrivning.avslutad, period.fran, period.till))
        .distinct()
    )
    yield from session.scalars(query)


def _staff(session: Session) -> dict[str, tuple[str, bool]]:
    rows = session.execute(select(Medarbetare.signatur, Medarbetare.namn, Medarbetare.aktiv))
    return {signatur: (namn, aktiv) for signatur, namn, aktiv in rows}


def _klara(session: Session, period: Period) -> Mapping[str, Klar]:
    query = select(Avstamning.signatur, Avstamning.id, Avstamning.klar, Avstamning.text).where(
        Avstamning.fran == period.fran, Avstamning.till == period.till
    )
    return {signatur: Klar(id_, dag, text) for signatur, id_, dag, text in session.execute(query)}
