"""A person's attendance over time, for the card: by insats, by week, and ogiltiga days in a row."""

from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Insats, Insatstyp, Inskrivning, Narvaro, Narvaroschema
from db.queries import access
from db.rules.koder import NarvaroStatus
from db.rules.narvaro import (
    EJ_REGISTRERAT,
    Andel,
    Serie,
    find_forsta,
    find_mandag,
    find_serier,
    find_sista,
    merge_passes,
    plan_passes,
)


@dataclass(frozen=True, slots=True)
class Antal:
    """Passes by status; `saknas` are planned ones before the day that nobody registered, never absence."""

    narvarande: int = 0
    giltig: int = 0
    ogiltig: int = 0
    sjuk: int = 0
    saknas: int = 0

    @property
    def andel(self) -> Andel:
        """The share of what is registered."""
        return Andel(self.narvarande, self.narvarande + self.giltig + self.ogiltig + self.sjuk)


@dataclass(frozen=True, slots=True)
class InsatsNarvaro:
    """All of an insats, with every series of ogiltiga days; `pagaende` when the last one still runs."""

    insats_id: int
    typ: str
    start: date
    slut: date | None
    antal: Antal
    serier: tuple[Serie, ...]
    pagaende: Serie | None


@dataclass(frozen=True, slots=True)
class VeckaNarvaro:
    """A week of an insats that has a pass, registered or missing."""

    insats_id: int
    typ: str
    mandag: date
    antal: Antal

    @property
    def key(self) -> tuple[date, int]:
        """What tells it from other weeks of the person."""
        return self.mandag, self.insats_id


@dataclass(frozen=True, slots=True)
class NarvaroKort:
    """A person's insatser and weeks with something to tell, the latest first."""

    deltagare_id: int
    insatser: tuple[InsatsNarvaro, ...]
    veckor: tuple[VeckaNarvaro, ...]


_Passes = dict[date, dict[str, str]]


def read_narvaro_kort(session: Session, aktor: Aktor, deltagare_id: int, dag: date) -> NarvaroKort:
    """The attendance of a person up to a day. Four statements.

    What is missing follows find_forsta and find_sista. Raises NotFoundError where the user may not know the
    person.
    """
    access.require_known(session, aktor, deltagare_id)
    own = (
        select(Insats.id)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .where(Inskrivning.deltagare_id == deltagare_id)
    )
    schema, rows = _read_schema(session, own), _read_rows(session, own)
    found = (
        select(Insats.id, Insatstyp.namn, Insats.start, Insats.slut, Inskrivning.avslutad)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .where(Insats.id.in_(own))
        .order_by(Insats.start.desc(), Insats.id.desc())
    )
    insatser, veckor = [], []
    for insats_id, typ, start, slut, avslutad in session.execute(found):
        held, planned = rows.get(insats_id, {}), schema.get(insats_id, set())
        passes = list(_passes(held, planned, start, find_sista(slut, avslutad, dag)))
        if passes:
            insatser.append(_insats(insats_id, typ, start, slut, passes))
            veckor += _veckor(insats_id, typ, passes)
    veckor.sort(key=lambda row: row.mandag, reverse=True)
    return NarvaroKort(deltagare_id, tuple(insatser), tuple(veckor))


def _read_schema(session: Session, own: Select[int]) -> dict[int, set[tuple[int, str]]]:
    columns = (Narvaroschema.insats_id, Narvaroschema.veckodag, Narvaroschema.pass_)
    found: defaultdict[int, set[tuple[int, str]]] = defaultdict(set)
    for insats_id, veckodag, pass_ in session.execute(
        select(*columns).where(Narvaroschema.insats_id.in_(own))
    ):
        found[insats_id].add((veckodag, pass_))
    return dict(found)


def _read_rows(session: Session, own: Select[int]) -> dict[int, _Passes]:
    """Days in order."""
    columns = (Narvaro.insats_id, Narvaro.datum, Narvaro.pass_, Narvaro.status)
    found: defaultdict[int, _Passes] = defaultdict(lambda: defaultdict(dict))
    query = select(*columns).where(Narvaro.insats_id.in_(own)).order_by(Narvaro.datum)
    for insats_id, datum, pass_, status in session.execute(query):
        found[insats_id][datum][pass_] = status
    return dict(found)


def _passes(
    held: _Passes, schema: set[tuple[int, str]], start: date, sista: date
) -> Iterator[tuple[date, str]]:
    """Day and status of each pass, registered or missing, in order of time."""
    forsta = find_forsta(start, bool(schema), min(held, default=None))
    if forsta is None:
        return
    first = min([forsta, *held])
    for place in range((max([sista, *held]) - first).days + 1):
        day = first + timedelta(place)
        planned = plan_passes(schema, day) if forsta <= day <= sista else ()
        registered = held.get(day, {})
        for pass_ in merge_passes(planned, tuple(registered)):
            yield day, registered.get(pass_, EJ_REGISTRERAT)


def _insats(
    insats_id: int, typ: str, start: date, slut: date | None, passes: Sequence[tuple[date, str]]
) -> InsatsNarvaro:
    registered = [(day, status) for day, status in passes if status != EJ_REGISTRERAT]
    serier = find_serier(registered)
    running = serier[-1] if serier and serier[-1].till == registered[-1][0] else None
    return InsatsNarvaro(insats_id, typ, start, slut, _count(s for _, s in passes), serier, running)


def _veckor(insats_id: int, typ: str, passes: Sequence[tuple[date, str]]) -> list[VeckaNarvaro]:
    weeks: defaultdict[date, list[str]] = defaultdict(list)
    for day, status in passes:
        weeks[find_mandag(day)].append(status)
    return [VeckaNarvaro(insats_id, typ, mandag, _count(iter(s))) for mandag, s in weeks.items()]


def _count(statusar: Iterator[str]) -> Antal:
    counts = Counter(statusar)
    names = (*(status.value for status in NarvaroStatus), EJ_REGISTRERAT)
    return Antal(*(counts[name] for name in names))
