"""The people behind the figures of OSA, for staff who may open them."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import func, literal, select, union_all
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Enhet, Insats, Insatstyp, Inskrivning
from db.queries import access
from db.queries.figurer.gemensamt import runs
from db.queries.figurer.osa import GAR_UT, PERSONER, UTAN, list_beslut, list_slutade
from db.queries.flode_personer import PersonBakom, with_arende
from db.queries.idag.rows import Person
from db.queries.idag.scope import PERSON, find_arendenummer, make_person
from db.rules.insatstyper import LONEBIDRAGSANSTALLNING, OSA_ANSTALLNING, OSA_TYPER, PRAKTIK_INFOR_OSA
from db.rules.osa import OVERGANG_RESULTAT, OVERGANG_TYPER

# Which kinds of insats each row of persons counts.
VILKA: dict[str, tuple[str, ...]] = dict(
    zip(
        PERSONER,
        (OSA_TYPER, (OSA_ANSTALLNING,), (PRAKTIK_INFOR_OSA,), (OSA_ANSTALLNING, LONEBIDRAGSANSTALLNING)),
        strict=True,
    )
)


@dataclass(frozen=True, slots=True)
class OvergangRad:
    """Somebody whose OSA-anställning ended on `slutade` and who then went over, on `dag`, to `till`: an
    insatstyp, or with `avslut` the result of an avslut. `enhet` is where it was, not told of a protected
    person."""

    person: Person
    kon: str | None
    slutade: date
    enhet: str
    dag: date
    till: str
    avslut: bool


def list_i_osa(
    session: Session, aktor: Aktor, rad_id: str, fran: date, till: date
) -> tuple[PersonBakom, ...]:
    """The people of a row of persons in the report, each once: since when the latest placement has run, and
    what kinds there have been. Two statements at most."""
    query = (
        select(Insats.start, Insatstyp.namn, Deltagare.kon, *PERSON)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(
            Insatstyp.namn.in_(VILKA[rad_id]), runs(Insats.start, Insats.slut, fran, till),
            access.may_know(aktor),
        )
        .order_by(Deltagare.sortering, Deltagare.id, Insats.start)
    )  # fmt: skip
    typer: defaultdict[int, list[str]] = defaultdict(list)
    latest: dict[int, tuple[date, str | None, Sequence[Any]]] = {}
    rows: Iterable[Any] = session.execute(query)
    for start, typ, kon, *person in rows:
        if typ not in typer[person[0]]:
            typer[person[0]].append(typ)
        latest[person[0]] = start, kon, person
    found = [
        PersonBakom(make_person(person), start, ", ".join(typer[person_id]), kon)
        for person_id, (start, kon, person) in latest.items()
    ]
    nummer = _nummer(session, [rad.person for rad in found])
    return tuple(replace(rad, person=_told(rad.person, nummer)) for rad in found)


def list_beslutslosa(
    session: Session, aktor: Aktor, rad_id: str, fran: date, till: date, per: date
) -> tuple[PersonBakom, ...]:
    """The people of the report's rows of decisions, each once: since when the latest of those placements has
    run. Three statements at most."""
    utan, gar_ut = list_beslut(session, fran, till, per)
    placeringar = {UTAN: utan, GAR_UT: gar_ut}[rad_id]
    sedan: dict[int, date] = {}
    for placering in placeringar:
        sedan[placering.deltagare_id] = max(sedan.get(placering.deltagare_id, date.min), placering.start)
    query = (
        select(Deltagare.kon, *PERSON)
        .where(Deltagare.id.in_(sorted(sedan)), access.may_know(aktor))
        .order_by(Deltagare.sortering, Deltagare.id)
    )
    rows: Iterable[Any] = session.execute(query)
    return with_arende(
        session, [PersonBakom(make_person(person), sedan[person[0]], "", kon) for kon, *person in rows]
    )


def list_overgangar(
    session: Session, aktor: Aktor, fran: date, till: date, per: date
) -> tuple[OvergangRad, ...]:
    """The people of the report's övergångar, each once, with what came first after the OSA-anställning that
    ended first: the latest first. Three statements at most."""
    slutade = _list_slutade(session, aktor, fran, till)
    nya = _find_nya(session, {rad[0]: rad[1] for rad in slutade}, (fran, till), per)
    nummer = _nummer(session, [make_person(person) for *_, person in slutade])
    found = []
    for deltagare_id, slut, enhet, kon, person in slutade:
        if deltagare_id in nya:
            vem = make_person(person)
            plats = "" if vem.is_masked else enhet
            found.append(OvergangRad(_told(vem, nummer), kon, slut, plats, *nya[deltagare_id]))
    return tuple(sorted(found, key=lambda rad: (-rad.dag.toordinal(), rad.person.sortering, rad.person.id)))


def _list_slutade(
    session: Session, aktor: Aktor, fran: date, till: date
) -> list[tuple[int, date, str, str | None, Sequence[Any]]]:
    """People whose OSA-anställning ended in the period, each with the first that did."""
    query = (
        select(Insats.slut, func.coalesce(Enhet.namn, ""), Deltagare.kon, *PERSON)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .outerjoin(Enhet, Enhet.id == Insats.enhet_id)
        .where(
            Insatstyp.namn == OSA_ANSTALLNING, Insats.slut >= fran, Insats.slut <= till,
            access.may_know(aktor),
        )
        .order_by(Insats.slut, Insats.id)
    )  # fmt: skip
    found: dict[int, tuple[int, date, str, str | None, Sequence[Any]]] = {}
    rows: Iterable[Any] = session.execute(query)
    for slut, enhet, kon, *person in rows:
        found.setdefault(person[0], (person[0], slut, enhet, kon, person))
    return list(found.values())


def _find_nya(
    session: Session, slutade: dict[int, date], period: tuple[date, date], per: date
) -> dict[int, tuple[date, str, bool]]:
    """What came first on or after the day that OSA ended, by person."""
    ids = list_slutade(*period).subquery()
    theirs = Inskrivning.deltagare_id.in_(select(ids.c.deltagare_id))
    nya = (
        select(Inskrivning.deltagare_id, Insats.start, Insatstyp.namn, literal(0))
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .where(theirs, Insatstyp.namn.in_(OVERGANG_TYPER), Insats.start <= per)
    )
    avslut = select(Inskrivning.deltagare_id, Inskrivning.avslutad, Inskrivning.resultat, literal(1)).where(
        theirs, Inskrivning.avslutad <= per,
        Inskrivning.resultat.in_([resultat.value for resultat in OVERGANG_RESULTAT]),
    )  # fmt: skip
    found: dict[int, tuple[date, str, bool]] = {}
    rows: Iterable[Any] = session.execute(union_all(nya, avslut))
    for deltagare_id, dag, till, is_avslut in rows:
        slut = slutade.get(deltagare_id)
        if slut is not None and dag >= slut:
            ny = dag, till, bool(is_avslut)
            found[deltagare_id] = min(
                found.get(deltagare_id, ny), ny, key=lambda rad: (rad[0], rad[2], rad[1])
            )
    return found


def _nummer(session: Session, people: Sequence[Person]) -> dict[int, str]:
    """The ärenden that the protected ones are known by."""
    masked = [person.id for person in people if person.is_masked]
    return find_arendenummer(session, masked) if masked else {}


def _told(person: Person, nummer: dict[int, str]) -> Person:
    return replace(person, nummer=nummer.get(person.id, "")) if person.is_masked else person
