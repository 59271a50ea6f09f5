"""The attendance of a week: everybody with an insats at an enhet, or everybody of a handläggare."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor, Roll
from db.errors import NotFoundError
from db.models import Arende, Deltagare, Enhet, Insats, Insatstyp, Inskrivning, Medarbetare, Narvaro
from db.models import Narvaroschema as Schemarad
from db.queries import access
from db.queries.idag.rows import Person
from db.queries.idag.scope import PERSON, find_arendenummer, make_person
from db.rules.koder import NarvaroStatus
from db.rules.narvaro import (
    EJ_REGISTRERAT,
    HELDAG,
    Andel,
    Serie,
    count_andel,
    find_forsta,
    find_mandag,
    find_serier,
    find_sista,
    merge_passes,
    plan_passes,
)
from db.rules.text import sort_key

NOT_FOUND = "Insatsen finns inte i registret."
_DEL = {HELDAG: 0, "fm": 1, "em": 2}


@dataclass(frozen=True, slots=True)
class Urval:
    """Whose week: an enhet's, or that of the people of a member of staff."""

    enhet_id: int | None = None
    signatur: str = ""


@dataclass(frozen=True, slots=True)
class NarvaroVal:
    """What can be chosen: enheter by id, and staff who have people by signatur, each with its name."""

    enheter: tuple[tuple[int, str], ...]
    medarbetare: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class PassRow:
    """A pass of a day: planned or not, and its status, EJ_REGISTRERAT while nobody has registered it.

    `vantad`: planned on a day from which närvaro is kept (find_forsta), so that it is missed once it has
    been.
    """

    datum: date
    pass_: str
    planerad: bool
    status: str = EJ_REGISTRERAT
    notering: str = ""
    vantad: bool = False


@dataclass(frozen=True, slots=True)
class NarvaroVeckaRow:
    """An insats in the week. `passes` are in order; `delad` where the insats is planned in half-days.

    `vecka` is the share of the week, `totalt` of the whole insats. `serie` is the latest series of ogiltiga
    days with a day in the week, or one still running then. Of a protected person enhet and notes are
    left out.
    """

    insats_id: int
    person: Person
    typ: str
    enhet: str
    start: date
    slut: date | None
    omfattning: int
    delad: bool
    passes: tuple[PassRow, ...]
    vecka: Andel
    totalt: Andel
    serie: Serie | None


def list_narvaro_val(session: Session, aktor: Aktor) -> NarvaroVal:
    """Enheter and staff by name, the acting user first. Two statements."""
    enheter = session.execute(select(Enhet.id, Enhet.namn)).all()
    roller = (Roll.HANDLAGGARE.value, Roll.KOORDINATOR.value)
    query = select(Medarbetare.signatur, Medarbetare.namn).where(
        Medarbetare.aktiv, Medarbetare.roll.in_(roller), Medarbetare.signatur != aktor.signatur
    )
    others = sorted(session.execute(query).all(), key=lambda row: sort_key(row.namn))
    return NarvaroVal(
        tuple((row.id, row.namn) for row in sorted(enheter, key=lambda row: sort_key(row.namn))),
        ((aktor.signatur, aktor.namn), *((row.signatur, row.namn) for row in others)),
    )


def find_urval(session: Session, aktor: Aktor, insats_id: int) -> Urval:
    """Where the week of an insats is registered: at its enhet, else among the user's own people.

    A protected person is always shown among the user's own, where no enhet stands beside. Raises
    NotFoundError, the same whether the insats is missing or its person hidden. One statement.
    """
    query = (
        select(Insats.enhet_id, Deltagare.skyddad, Inskrivning.koordinator)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(Insats.id == insats_id, access.may_know(aktor))
    )
    found = session.execute(query).one_or_none()
    if found is None:
        raise NotFoundError(NOT_FOUND)
    enhet_id, skyddad, koordinator = found
    if not access.is_open(skyddad):
        return Urval(signatur=aktor.signatur)
    return Urval(enhet_id) if enhet_id is not None else Urval(signatur=koordinator)


def list_vecka(session: Session, aktor: Aktor, urval: Urval, dag: date) -> tuple[NarvaroVeckaRow, ...]:
    """Every insats that runs some day of the week of `dag`, by name, protected people last.

    Five statements for an enhet, six for a handläggare, whatever the size, and one more for the latter where
    somebody is protected.
    """
    mandag = find_mandag(dag)
    found = _read_insatser(session, aktor, _chosen(session, urval, mandag), mandag)
    people = {row[0]: make_person(row[7:]) for row in found}
    nummer = _masked_numbers(session, urval, people.values())
    of = _Vecka(session, mandag, tuple(people))
    rows = []
    for insats_id, typ, enhet, start, slut, omfattning, avslutad, *_ in found:
        person = _with_nummer(people[insats_id], nummer)
        plats = "" if person.is_masked else enhet
        passes = of.make(insats_id, start, slut, avslutad, dold=person.is_masked)
        rows.append(NarvaroVeckaRow(insats_id, person, typ, plats, start, slut, omfattning, *passes))
    return tuple(sorted(rows, key=lambda r: (r.person.is_masked, r.person.sortering, r.start, r.insats_id)))


def _read_insatser(
    session: Session, aktor: Aktor, chosen: ColumnElement[bool], mandag: date
) -> Sequence[Any]:
    query = (
        select(
            Insats.id, Insatstyp.namn, func.coalesce(Enhet.namn, ""), Insats.start, Insats.slut,
            Insats.omfattning, Inskrivning.avslutad, *PERSON,
        )
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .outerjoin(Enhet, Enhet.id == Insats.enhet_id)
        .where(
            Insats.start <= mandag + timedelta(6), or_(Insats.slut.is_(None), Insats.slut >= mandag),
            chosen, access.may_know(aktor),
        )
    )  # fmt: skip
    return session.execute(query).all()


def _chosen(session: Session, urval: Urval, mandag: date) -> ColumnElement[bool]:
    """The insatser of an enhet, or those of the people that somebody had some day from `mandag` on."""
    if urval.enhet_id is not None:
        return Insats.enhet_id == urval.enhet_id
    if not urval.signatur:
        # Nobody has no people, though a row that names nobody holds the empty text.
        return false()
    handlagda = select(Arende.deltagare_id).where(
        Arende.handlaggare == urval.signatur, or_(Arende.avslutat.is_(None), Arende.avslutat >= mandag)
    )
    inskrivna = select(Inskrivning.deltagare_id).where(
        Inskrivning.koordinator == urval.signatur,
        or_(Inskrivning.avslutad.is_(None), Inskrivning.avslutad >= mandag),
    )
    # As plain ids: the index of the inskrivningar then leads the way.
    ids = session.execute(select(handlagda.union(inskrivna).subquery().c.deltagare_id)).scalars()
    return Inskrivning.deltagare_id.in_(tuple(ids))


def _masked_numbers(session: Session, urval: Urval, people: Iterable[Person]) -> dict[int, str]:
    """A protected person is known by the ärendenummer; in the list of an enhet not even by that, since the
    list itself tells where."""
    masked = {person.id for person in people if person.is_masked}
    return find_arendenummer(session, masked) if masked and urval.enhet_id is None else {}


def _with_nummer(person: Person, nummer: dict[int, str]) -> Person:
    if not person.is_masked:
        return person
    return Person(person.id, person.skyddad, person.namn, nummer.get(person.id, ""), person.sortering)


class _Vecka:
    """What is held on the insatser of a week, read at once."""

    def __init__(self, session: Session, mandag: date, insatser: tuple[int, ...]) -> None:
        self.mandag, self.sondag = mandag, mandag + timedelta(6)
        self.schema: defaultdict[int, set[tuple[int, str]]] = defaultdict(set)
        for insats_id, veckodag, pass_ in session.execute(
            select(Schemarad.insats_id, Schemarad.veckodag, Schemarad.pass_).where(
                Schemarad.insats_id.in_(insatser)
            )
        ):
            self.schema[insats_id].add((veckodag, pass_))
        self.rows = self._read_rows(session, insatser)
        self.totalt: dict[int, Andel] = {}
        self.forsta_rad: dict[int, date] = {}
        self._count(session, insatser)
        self.fore = self._running_before(session, insatser)

    def make(
        self, insats_id: int, start: date, slut: date | None, avslutad: date | None, *, dold: bool
    ) -> tuple[bool, tuple[PassRow, ...], Andel, Andel, Serie | None]:
        """Whether it is planned in halves, its passes, the share of week and insats, and its series."""
        schema = self.schema.get(insats_id, set())
        passes = tuple(self._passes(insats_id, start, slut, avslutad))
        if dold:
            passes = tuple(replace(pass_, notering="") for pass_ in passes)
        statusar = [(row.datum, row.status) for row in passes if row.status != EJ_REGISTRERAT]
        serier = find_serier(statusar, self.fore.get(insats_id))
        # One that ended before the week is told in the week where it ended.
        shown = bool(serier) and (serier[-1].till >= self.mandag or not statusar)
        return (
            any(pass_ != HELDAG for _, pass_ in schema),
            passes,
            count_andel(status for _, status in statusar),
            self.totalt.get(insats_id, Andel(0, 0)),
            serier[-1] if shown else None,
        )

    def _passes(
        self, insats_id: int, start: date, slut: date | None, avslutad: date | None
    ) -> Iterator[PassRow]:
        schema, rows = self.schema.get(insats_id, set()), self.rows.get(insats_id, {})
        forsta = find_forsta(start, bool(schema), self.forsta_rad.get(insats_id)) or date.max
        sista = find_sista(slut, avslutad, date.max)  # whether a day has been, those who show it say
        for place in range(7):
            dag = self.mandag + timedelta(place)
            held = rows.get(dag, {})
            planned = plan_passes(schema, dag) if start <= dag <= (slut or dag) else ()
            for pass_ in merge_passes(planned, tuple(held)):
                planerad = pass_ in planned or (bool(planned) and HELDAG in (pass_, *planned))
                status, notering = held.get(pass_, (EJ_REGISTRERAT, ""))
                yield PassRow(dag, pass_, planerad, status, notering, planerad and forsta <= dag <= sista)

    def _read_rows(
        self, session: Session, insatser: tuple[int, ...]
    ) -> dict[int, dict[date, dict[str, tuple[str, str]]]]:
        found: defaultdict[int, defaultdict[date, dict[str, tuple[str, str]]]]
        found = defaultdict(lambda: defaultdict(dict))
        query = select(
            Narvaro.insats_id, Narvaro.datum, Narvaro.pass_, Narvaro.status, Narvaro.notering
        ).where(Narvaro.insats_id.in_(insatser), Narvaro.datum.between(self.mandag, self.sondag))
        for insats_id, datum, pass_, status, notering in session.execute(query):
            found[insats_id][datum][pass_] = (status, notering)
        return dict(found)

    def _count(self, session: Session, insatser: tuple[int, ...]) -> None:
        here = func.count().filter(Narvaro.status == NarvaroStatus.NARVARANDE.value)
        query = (
            select(Narvaro.insats_id, func.min(Narvaro.datum), here, func.count())
            .where(Narvaro.insats_id.in_(insatser))
            .group_by(Narvaro.insats_id)
        )
        for insats_id, forsta, *counts in session.execute(query):
            self.forsta_rad[insats_id], self.totalt[insats_id] = forsta, Andel(*counts)

    def _running_before(self, session: Session, insatser: tuple[int, ...]) -> dict[int, Serie]:
        """The series of any length that run when the week begins: ogiltiga days after the last other one."""
        ogiltig = NarvaroStatus.OGILTIG_FRANVARO.value
        before = and_(Narvaro.insats_id.in_(insatser), Narvaro.datum < self.mandag)
        latest_other = (
            select(Narvaro.insats_id, func.max(Narvaro.datum).label("datum"))
            .where(before, Narvaro.status != ogiltig)
            .group_by(Narvaro.insats_id)
            .subquery()
        )
        query = (
            select(
                Narvaro.insats_id, func.min(Narvaro.datum), func.max(Narvaro.datum),
                func.count(Narvaro.datum.distinct()),
            )
            .outerjoin(latest_other, latest_other.c.insats_id == Narvaro.insats_id)
            .where(before, or_(latest_other.c.datum.is_(None), Narvaro.datum > latest_other.c.datum))
            .group_by(Narvaro.insats_id)
        )  # fmt: skip
        return {row[0]: Serie(row[1], row[2], row[3]) for row in session.execute(query)}
