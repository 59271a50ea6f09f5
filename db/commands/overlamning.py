"""Handing people over: open ärenden and inskrivningar get another handläggare or koordinator, in one act."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Finding, refuse
from db.errors import ConflictError, NotFoundError
from db.exchange.storeside import chunks
from db.history import Changes
from db.locks import lock_rows
from db.models import Arende, Deltagare, Inskrivning, Medarbetare
from db.queries import access
from db.queries.overlamning import Overlamnad, Slag, read_nu
from db.queries.papperskorg import OVERLAMNING
from db.session import Store

LONGEST = 500
MOVED_MEANWHILE = "Någon annan har ändrat vem som ansvarar. Inget har lämnats över. Öppna listan igen."
_MODELS = {Slag.ARENDE: Arende, Slag.INSKRIVNING: Inskrivning}


@dataclass(frozen=True, slots=True)
class Overlamning:
    """Rows as they were when they were chosen, who gets them, and why (may be empty)."""

    rader: tuple[Overlamnad, ...]
    till: str
    skal: str = ""


@dataclass(frozen=True, slots=True)
class Overlamnat:
    """What was handed over: rows and people, and what was touched."""

    rader: int
    personer: int
    changes: Changes


def check_overlamning(session: Session, aktor: Aktor, uppgifter: Overlamning) -> tuple[Finding, ...]:
    """Everything to tell of the values, those that stop first.

    Raises NotFoundError where a person is missing or not the user's to know.
    """
    _require_known(session, aktor, {rad.deltagare_id for rad in uppgifter.rader})
    return tuple(_check(session, uppgifter))


def hand_over(store: Store, aktor: Aktor, uppgifter: Overlamning) -> Overlamnat:
    """Let `till` answer for the rows from now on; those that name `till` already stay as they are.

    Raises DataError, and ConflictError when a row is closed or somebody else's than when it was chosen.
    """
    text = f"Överlämnade till {uppgifter.till}"
    skal = uppgifter.skal.strip()
    with store.unit_of_work(aktor, OVERLAMNING, f"{text}: {skal}" if skal else text) as work:
        for slag, model in _MODELS.items():
            lock_rows(work.session, model, [rad.id for rad in uppgifter.rader if rad.slag is slag])
        refuse(check_overlamning(work.session, aktor, uppgifter))
        nu = read_nu(work.session, uppgifter.rader)
        if any(nu.get((rad.slag, rad.id)) != rad.ansvarig for rad in uppgifter.rader):
            raise ConflictError(MOVED_MEANWHILE)
        given = _to_give(uppgifter)
        for slag in Slag:
            _give(work.session, slag, [rad.id for rad in given if rad.slag is slag], uppgifter.till)
    assert work.changes is not None
    return Overlamnat(len(given), len({rad.deltagare_id for rad in given}), work.changes)


def _to_give(uppgifter: Overlamning) -> list[Overlamnad]:
    return [rad for rad in uppgifter.rader if rad.ansvarig != uppgifter.till]


def _check(session: Session, uppgifter: Overlamning) -> Iterator[Finding]:
    if not uppgifter.rader:
        yield Finding("vad", "Det finns inget öppet att lämna över.", stops=True)
    staff = select(Medarbetare.aktiv).where(Medarbetare.signatur == uppgifter.till)
    if not session.execute(staff).scalar():
        yield Finding("till", "Välj en medarbetare som är i tjänst.", stops=True)
    elif uppgifter.rader and not _to_give(uppgifter):
        yield Finding("till", "Medarbetaren har redan allt det här.", stops=True)
    if len(uppgifter.skal) > LONGEST:
        yield Finding("skal", "Skälet är för långt. Korta det.", stops=True)


def _require_known(session: Session, aktor: Aktor, deltagare_ids: Collection[int]) -> None:
    for part in chunks(sorted(deltagare_ids)):
        query = select(Deltagare.id).where(Deltagare.id.in_(part), access.may_know(aktor))
        if len(session.execute(query).all()) < len(part):
            raise NotFoundError(access.NOT_FOUND)


def _give(session: Session, slag: Slag, ids: Collection[int], till: str) -> None:
    for part in chunks(sorted(ids)):
        if slag is Slag.ARENDE:
            for arende in session.scalars(select(Arende).where(Arende.id.in_(part))):
                arende.handlaggare = till
        else:
            for inskrivning in session.scalars(select(Inskrivning).where(Inskrivning.id.in_(part))):
                inskrivning.koordinator = till
