"""An enhet by itself: its places and cost over time, who is there, who comes and who waits."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.errors import NotFoundError
from db.models import Deltagare, Enhet, Insats, Insatstyp, Inskrivning, Kapacitet, Kostnad, Platsko
from db.queries import access
from db.queries.idag.rows import Person
from db.queries.idag.scope import PERSON, find_arendenummer, make_person
from db.rules import belaggning
from db.rules.belaggning import resolve_kapacitet

MISSING = "Enheten finns inte i registret."


@dataclass(frozen=True, slots=True)
class PlatsinnehavareRow:
    """Somebody who has a place, or has one reserved; `passerat`: the planned end has passed."""

    insats_id: int
    person: Person
    typ: str
    start: date
    planerat_slut: date | None
    slut: date | None
    omfattning: int
    passerat: bool = False

    @property
    def till(self) -> date | None:
        """The last day that is known or planned."""
        return self.slut or self.planerat_slut


@dataclass(frozen=True, slots=True)
class SlutarRow:
    """Somebody whose place comes free, and the last day."""

    insats_id: int
    person: Person
    enhet: str
    typ: str
    slutar: date


@dataclass(frozen=True, slots=True)
class KoRow:
    """Somebody who waits: for an enhet, a kind of insats or both; `dagar` is how long."""

    id: int
    inskrivning_id: int
    person: Person
    koordinator: str
    enhet_id: int | None
    enhet: str
    insatstyp_id: int | None
    typ: str
    sedan: date
    onskad_start: date | None
    text: str
    dagar: int


@dataclass(frozen=True, slots=True)
class EnhetKort:
    """An enhet on a day. `kapacitet` is every change of its places, `kostnader` öre by calendar year, both
    the earliest first. `dolda` counts those whom the user may not know of, for each of the three lists."""

    id: int
    namn: str
    typ: str
    anordnare: str
    kapacitet: tuple[belaggning.Kapacitet, ...]
    kostnader: tuple[tuple[int, int], ...]
    har_plats: tuple[PlatsinnehavareRow, ...] = ()
    reserverade: tuple[PlatsinnehavareRow, ...] = ()
    ko: tuple[KoRow, ...] = ()
    dolda: tuple[int, int, int] = (0, 0, 0)


def read_enhet(session: Session, aktor: Aktor, enhet_id: int, dag: date, idag: date) -> EnhetKort:
    """The enhet on `dag`; a planned end that has passed on `idag` is none. Six statements, a seventh where
    protected people are shown by their ärenden. Raises NotFoundError."""
    row = session.execute(
        select(Enhet.namn, Enhet.typ, Enhet.anordnare).where(Enhet.id == enhet_id)
    ).one_or_none()
    if row is None:
        raise NotFoundError(MISSING)
    kapacitet = session.execute(
        select(Kapacitet.fran, Kapacitet.till, Kapacitet.platser).where(Kapacitet.enhet_id == enhet_id)
    )
    kostnader = session.execute(
        select(Kostnad.ar, Kostnad.belopp_ore).where(Kostnad.enhet_id == enhet_id).order_by(Kostnad.ar)
    )
    har_plats, reserverade, gomda = _holders(session, aktor, enhet_id, dag, idag)
    ko, gomda_ko = list_ko(session, aktor, dag, enhet_id)
    return EnhetKort(
        enhet_id,
        *row,
        resolve_kapacitet(belaggning.Kapacitet(*rad) for rad in kapacitet),
        tuple((ar, ore) for ar, ore in kostnader),
        har_plats,
        reserverade,
        ko,
        (*gomda, gomda_ko),
    )


def list_slutar(
    session: Session, aktor: Aktor, typ: str, vecka: tuple[date, date], dag: date, idag: date
) -> tuple[tuple[SlutarRow, ...], int]:
    """Whose places at enheter of a typ are free from some day of a span on, of those who have them on `dag`,
    the first first; and how many more whom the user may not know of. One statement, another as list_ko."""
    fran, till = (day - timedelta(days=1) for day in vecka)
    planned = and_(Insats.slut.is_(None), Insats.planerat_slut >= idag)
    sista = case((planned, Insats.planerat_slut), else_=Insats.slut)
    query = (
        select(Insats.id, Enhet.namn, Insatstyp.namn, sista, access.may_know(aktor), *PERSON)
        .join(Enhet, Enhet.id == Insats.enhet_id)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .where(Enhet.typ == typ, Insats.start <= dag, sista >= dag, sista >= fran, sista <= till)
        .order_by(sista, Deltagare.sortering, Insats.id)
    )
    rows = session.execute(query).all()
    known = [
        SlutarRow(insats_id, make_person(person), enhet, namn, dagen)
        for insats_id, enhet, namn, dagen, may_know, *person in rows
        if may_know
    ]
    return tuple(_with_arende(session, known)), len(rows) - len(known)


def list_ko(
    session: Session, aktor: Aktor, dag: date, enhet_id: int | None = None
) -> tuple[tuple[KoRow, ...], int]:
    """Who waits on `dag`, who has waited longest first, and how many more there are whom the user may not
    know of; only for an enhet where one is told. One statement, another where protected people are shown by
    their ärenden."""
    where = waits(dag) if enhet_id is None else and_(waits(dag), Platsko.enhet_id == enhet_id)
    rows = session.execute(_ko(aktor).where(where).order_by(Platsko.sedan, Platsko.id)).all()
    known = [_ko_row(row, dag) for row in rows if row.known]
    return tuple(_with_arende(session, known)), len(rows) - len(known)


def list_ko_for(session: Session, aktor: Aktor, deltagare_id: int, dag: date) -> tuple[KoRow, ...]:
    """What a person waits for, the longest first. Raises NotFoundError where the user may not know."""
    access.require_known(session, aktor, deltagare_id)
    query = _ko(aktor).where(Platsko.till.is_(None), Deltagare.id == deltagare_id)
    return tuple(_ko_row(row, dag) for row in session.execute(query.order_by(Platsko.sedan, Platsko.id)))


def waits(dag: date) -> ColumnElement[bool]:
    """The condition that somebody stands in the queue on a day."""
    return and_(Platsko.sedan <= dag, or_(Platsko.till.is_(None), Platsko.till > dag))


def list_tider(session: Session, enhet_id: int, idag: date) -> list[tuple[int, date, date | None]]:
    """Every insats at the enhet that is there on `idag` or later: deltagare, first and last day. One that has
    overrun its planned end has none. One statement."""
    query = (
        select(Inskrivning.deltagare_id, Insats.start, Insats.slut, Insats.planerat_slut)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .where(Insats.enhet_id == enhet_id, or_(Insats.slut.is_(None), Insats.slut >= idag))
    )
    return [
        (deltagare_id, start, _believed(slut, plan, idag))
        for deltagare_id, start, slut, plan in session.execute(query)
    ]


def list_namn(session: Session, aktor: Aktor, ids: Iterable[int]) -> tuple[tuple[int, str], ...]:
    """Id and name, in Swedish order, of those of the people whom the user may know of; the protected masked.
    One statement."""
    query = (
        select(Deltagare.id, Deltagare.fornamn, Deltagare.efternamn, Deltagare.skyddad)
        .where(Deltagare.id.in_(sorted(set(ids))), access.may_know(aktor))
        .order_by(Deltagare.sortering, Deltagare.id)
    )
    return tuple(
        (id_, f"{fornamn} {efternamn}" if access.is_open(skyddad) else access.MASK)
        for id_, fornamn, efternamn, skyddad in session.execute(query)
    )


def _believed(slut: date | None, plan: date | None, idag: date) -> date | None:
    return slut or (plan if plan is not None and plan >= idag else None)


def _holders(
    session: Session, aktor: Aktor, enhet_id: int, dag: date, idag: date
) -> tuple[tuple[PlatsinnehavareRow, ...], tuple[PlatsinnehavareRow, ...], tuple[int, int]]:
    """Who is there on the day, who ends first first, and who comes later, with the numbers of the others."""
    query = (
        select(
            Insats.id, Insatstyp.namn, Insats.start, Insats.planerat_slut, Insats.slut, Insats.omfattning,
            access.may_know(aktor).label("known"), *PERSON,
        )
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .where(Insats.enhet_id == enhet_id, or_(Insats.slut.is_(None), Insats.slut >= dag))
    )  # fmt: skip
    har: list[PlatsinnehavareRow] = []
    kommer: list[PlatsinnehavareRow] = []
    gomda = [0, 0]
    for insats_id, typ, start, plan, slut, omfattning, known, *person in session.execute(query):
        sista = _believed(slut, plan, idag)
        if sista is not None and sista < dag:
            continue
        if not known:
            gomda[start > dag] += 1
            continue
        passerat = slut is None and plan is not None and plan < idag
        row = PlatsinnehavareRow(insats_id, make_person(person), typ, start, plan, slut, omfattning, passerat)
        (kommer if start > dag else har).append(row)
    har.sort(key=lambda row: (row.till or date.max, row.person.sortering, row.insats_id))
    kommer.sort(key=lambda row: (row.start, row.person.sortering, row.insats_id))
    named = _with_arende(session, [*har, *kommer])
    return tuple(named[: len(har)]), tuple(named[len(har) :]), (gomda[0], gomda[1])


def _ko(aktor: Aktor) -> Any:
    return (
        select(
            Platsko.id, Platsko.inskrivning_id, Inskrivning.koordinator, Platsko.enhet_id,
            Enhet.namn.label("enhet"), Platsko.insatstyp_id, Insatstyp.namn.label("typ"), Platsko.sedan,
            Platsko.onskad_start, Platsko.text, access.may_know(aktor).label("known"), *PERSON,
        )
        .join(Inskrivning, Inskrivning.id == Platsko.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .outerjoin(Enhet, Enhet.id == Platsko.enhet_id)
        .outerjoin(Insatstyp, Insatstyp.id == Platsko.insatstyp_id)
    )  # fmt: skip


def _ko_row(row: Any, dag: date) -> KoRow:
    (
        id_, inskrivning_id, koordinator, enhet_id, enhet, insatstyp_id, typ, sedan, start, text, _, *person
    ) = row  # fmt: skip
    return KoRow(
        id_, inskrivning_id, make_person(person), koordinator, enhet_id, enhet or "", insatstyp_id, typ or "",
        sedan, start, text, (dag - sedan).days,
    )  # fmt: skip


def _with_arende(session: Session, rows: list[Any]) -> list[Any]:
    """The ärendenummer in the place of a protected person's number."""
    masked = [row.person.id for row in rows if row.person.is_masked]
    nummer = find_arendenummer(session, masked) if masked else {}
    return [
        replace(row, person=replace(row.person, nummer=nummer.get(row.person.id, "")))
        if row.person.is_masked
        else row
        for row in rows
    ]
