"""All work lists of a user on a day, in one answer."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Uppskjuten
from db.queries.idag.avslut import list_efter_avslut, list_obekraftade
from db.queries.idag.insatser import list_narvaro, list_slutande
from db.queries.idag.inskrivna import list_bip, list_planering
from db.queries.idag.krav import list_krav
from db.queries.idag.osa import list_osa_beslut, list_osa_uppfoljning
from db.queries.idag.rows import IdagRow
from db.queries.idag.scope import Omfang, Scope, find_arendenummer, load_scope
from db.queries.settings import load_settings
from db.rules.idag import Lista, Nar, place_frist

_ORDER = {lista: place for place, lista in enumerate(Lista)}


@dataclass(frozen=True, slots=True)
class Antal:
    """How much there is to do, rows put off left out, and how much of it has passed."""

    alla: int
    passerade: int


def list_idag(session: Session, aktor: Aktor, dag: date, omfang: Omfang) -> tuple[IdagRow, ...]:
    """Every row of every list, the lists in their order, each with the nearest due day first.

    Rows that the user put off carry the day until which. Fifteen statements at most, whatever the size.
    """
    scope = load_scope(session, aktor, omfang)
    if scope.ids == ():
        # Closed inskrivningar may still wait for the user.
        found: Iterable[IdagRow] = chain(
            list_obekraftade(session, scope, dag), list_efter_avslut(session, scope, dag)
        )
    else:
        found = _every(session, aktor, scope, dag)
    return _finish(session, aktor, dag, found)


def list_krav_forst(session: Session, aktor: Aktor, dag: date) -> tuple[IdagRow, ...]:
    """The user's own ärenden without activity alone, as `list_idag` has them: something to show while the
    rest is worked out. Seven statements at most."""
    scope = load_scope(session, aktor, Omfang.MINA)
    settings = load_settings(session, aktor).aktivitetskrav
    return _finish(session, aktor, dag, list_krav(session, scope, settings, dag))


def count_idag(rows: Iterable[IdagRow], dag: date) -> Antal:
    """The count of the navigation."""
    now = [row for row in rows if row.uppskjuten is None]
    passed = sum(place_frist(row.frist, dag) is Nar.PASSERAD for row in now)
    return Antal(len(now), passed)


def _finish(session: Session, aktor: Aktor, dag: date, found: Iterable[IdagRow]) -> tuple[IdagRow, ...]:
    rows = list(_with_uppskjutna(session, aktor, dag, _with_arende(session, list(found))))
    return tuple(sorted(rows, key=_place))


def _every(session: Session, aktor: Aktor, scope: Scope, dag: date) -> Iterator[IdagRow]:
    settings = load_settings(session, aktor).aktivitetskrav
    yield from list_krav(session, scope, settings, dag)
    yield from list_planering(session, scope, dag)
    yield from list_slutande(session, scope, dag)
    yield from list_osa_beslut(session, scope, dag)
    yield from list_osa_uppfoljning(session, scope, dag)
    yield from list_bip(session, scope, dag)
    yield from list_obekraftade(session, scope, dag)
    yield from list_efter_avslut(session, scope, dag)
    yield from list_narvaro(session, scope, dag)


def _with_arende(session: Session, rows: list[IdagRow]) -> list[IdagRow]:
    """A protected person is known by the ärendenummer, and where the person is is not told."""
    masked = {row.person.id for row in rows if row.person.is_masked}
    if not masked:
        return rows
    nummer = find_arendenummer(session, masked)
    return [
        replace(row, person=replace(row.person, nummer=nummer.get(row.person.id, "")), plats="")
        if row.person.is_masked
        else row
        for row in rows
    ]


def _with_uppskjutna(session: Session, aktor: Aktor, dag: date, rows: Iterable[IdagRow]) -> Iterator[IdagRow]:
    query = select(Uppskjuten.lista, Uppskjuten.rad_id, Uppskjuten.till).where(
        Uppskjuten.signatur == aktor.signatur, Uppskjuten.till > dag
    )
    until = {(lista, rad_id): till for lista, rad_id, till in session.execute(query)}
    for row in rows:
        till = until.get((row.lista.value, row.rad_id)) if until else None
        yield row if till is None else replace(row, uppskjuten=till)


def _place(row: IdagRow) -> tuple[int, date, str, int]:
    return _ORDER[row.lista], row.frist or date.max, row.person.sortering, row.rad_id
