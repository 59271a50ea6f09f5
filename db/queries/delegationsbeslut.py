"""Delegationsbeslut: the list of a period, what has been used before, and the next number of a year."""

import json
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any, TypeVar

from sqlalchemy import Connection, and_, case, false, func, select, true
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.history import REMOVED
from db.models import Andring, Arende, Delegationsbeslut, Deltagare, Handelse
from db.queries import access
from db.rules.delegation import find_name, has_number
from db.rules.period import Period

T = TypeVar("T")
SLAG = "delegationsbeslut"  # of the acts that register, change and remove
REMEMBERED = timedelta(days=3 * 366)  # how far back a way of writing is offered
MOST_REMEMBERED = 3_000  # decisions, the latest
LONGEST_SUGGESTION = 80


@dataclass(frozen=True, slots=True)
class DelegationsbeslutRow:
    """A decision as listed, without names. `deltagare_id` is of an ärende that the user may open; `egen`:
    the user may change the decision."""

    id: int
    ar: int | None
    lopnummer: int | None
    datum: date
    arende: str
    arendetyp: str
    lagrum: str
    delegationspunkt: str
    beslut: str
    delegat: str
    deltagare_id: int | None
    egen: bool

    @property
    def nummer(self) -> str:
        """The number within its year as it is written: 2024/17."""
        return write_nummer(self.ar, self.lopnummer)


@dataclass(frozen=True, slots=True)
class Forslag:
    """What has been written before, the most used first. `typer`: by ärendetyp the lagrum and
    delegationspunkt that it mostly has; `beslut` by ärendetyp."""

    typer: dict[str, tuple[str, str]] = field(default_factory=dict)
    lagrum: tuple[str, ...] = ()
    punkter: tuple[str, ...] = ()
    beslut: dict[str, tuple[str, ...]] = field(default_factory=dict)
    delegater: tuple[str, ...] = ()


def list_delegationsbeslut(
    session: Session, aktor: Aktor, period: Period
) -> tuple[DelegationsbeslutRow, ...]:
    """Every decision of the period by number. One statement.

    Also those in ärenden of protected people: the list names nobody, and the nämnd is told of all.
    """
    known = access.may_know(aktor)
    query = (
        select(
            Delegationsbeslut.id, Delegationsbeslut.ar, Delegationsbeslut.lopnummer, Delegationsbeslut.datum,
            func.coalesce(Arende.nummer, ""), Delegationsbeslut.arendetyp, Delegationsbeslut.lagrum,
            Delegationsbeslut.delegationspunkt, Delegationsbeslut.beslut, Delegationsbeslut.delegat,
            case((known, Deltagare.id)), case((Arende.id.is_(None), true()), (known, true()), else_=false()),
        )
        .outerjoin(Arende, Arende.id == Delegationsbeslut.arende_id)
        .outerjoin(Deltagare, Deltagare.id == Arende.deltagare_id)
        .where(Delegationsbeslut.datum.between(period.fran, period.till))
        .order_by(
            Delegationsbeslut.ar, Delegationsbeslut.lopnummer, Delegationsbeslut.datum, Delegationsbeslut.id
        )
    )  # fmt: skip
    rows: Iterable[Sequence[Any]] = session.execute(query)
    return tuple(DelegationsbeslutRow(*row) for row in rows)


def find_nummer(session: Session, _aktor: Aktor, beslut_id: int) -> str:
    """The number of a decision as it is written, 2024/17; "" where it has none. One statement."""
    query = select(Delegationsbeslut.ar, Delegationsbeslut.lopnummer)
    ar, lopnummer = session.execute(query.where(Delegationsbeslut.id == beslut_id)).one()
    return write_nummer(ar, lopnummer)


def write_nummer(ar: int | None, lopnummer: int | None) -> str:
    """2024/17, or "" without a number."""
    return "" if lopnummer is None else f"{ar}/{lopnummer}"


def list_forslag(session: Session, _aktor: Aktor, idag: date) -> Forslag:
    """What was written in the latest decisions of the last years. What a decision said is offered when it has
    been said at least twice, is short, and seems to name nobody. One statement."""
    columns = (
        Delegationsbeslut.arendetyp, Delegationsbeslut.lagrum, Delegationsbeslut.delegationspunkt,
        Delegationsbeslut.beslut, Delegationsbeslut.delegat,
    )  # fmt: skip
    latest = (
        select(*columns)
        .where(Delegationsbeslut.datum >= idag - REMEMBERED)
        .order_by(Delegationsbeslut.datum.desc(), Delegationsbeslut.id.desc())
        .limit(MOST_REMEMBERED)
        .subquery()
    )
    query = select(*latest.c, func.count()).group_by(*latest.c)
    ways: dict[str, Counter[tuple[str, str]]] = defaultdict(Counter)
    beslut: dict[str, Counter[str]] = defaultdict(Counter)
    typer, lagrum, punkter, delegater = (Counter[str]() for _ in range(4))
    rows: Iterable[Sequence[Any]] = session.execute(query)
    for typ, lag, punkt, text, delegat, times in rows:
        ways[typ][lag, punkt] += times
        beslut[typ][text] += times
        for counter, value in ((typer, typ), (lagrum, lag), (punkter, punkt), (delegater, delegat)):
            counter[value] += times
    return Forslag(
        {typ: _ordered(ways[typ])[0] for typ in _ordered(typer)},
        tuple(lag for lag in _ordered(lagrum) if lag),
        tuple(_ordered(punkter)),
        {typ: tuple(_ordered(_offered(texts))) for typ, texts in beslut.items()},
        tuple(_ordered(delegater)),
    )


def find_next_lopnummer(session: Session | Connection, aren: Collection[int]) -> dict[int, int]:
    """By year the first number that no decision has or has had: one that was removed, or was moved to
    another year, leaves a gap. Hold the table first, so that nobody else gets it. Two statements."""
    own = select(Delegationsbeslut.ar, func.max(Delegationsbeslut.lopnummer))
    query = own.where(Delegationsbeslut.ar.in_(aren)).group_by(Delegationsbeslut.ar)
    last = {ar: highest or 0 for ar, highest in session.execute(query)}
    for ar, lopnummer in _left(session):
        last[ar] = max(last.get(ar, 0), lopnummer)
    return {ar: last.get(ar, 0) + 1 for ar in aren}


def _left(session: Session | Connection) -> list[tuple[int, int]]:
    """Numbers that decisions had before somebody removed them or gave them a day in another year."""
    cells = (
        select(Andring.handelse_id, Andring.rad_id, Andring.falt, Andring.gammalt)
        .join(Handelse, Handelse.id == Andring.handelse_id)
        .where(and_(Handelse.slag == SLAG, Andring.tabell == Delegationsbeslut.__tablename__))
        .where(Andring.falt.in_((REMOVED, "ar", "lopnummer")))
    )
    found: dict[tuple[int, int], dict[str, Any]] = defaultdict(dict)
    for act, row, falt, old in session.execute(cells):
        value: Any = None if old is None else json.loads(old)
        found[act, row] |= value if falt == REMOVED else {falt: value}
    pairs = ((values.get("ar"), values.get("lopnummer")) for values in found.values())
    return [(ar, lopnummer) for ar, lopnummer in pairs if ar is not None and lopnummer is not None]


def _offered(texts: Counter[str]) -> Counter[str]:
    return Counter(
        {
            text: times
            for text, times in texts.items()
            if times > 1 and len(text) <= LONGEST_SUGGESTION and not has_number(text) and not find_name(text)
        }
    )


def _ordered(counter: Counter[T]) -> list[T]:
    """The most used first; those alike in the order of the alphabet."""
    return sorted(counter, key=lambda value: (-counter[value], str(value)))
