"""What was removed or taken back and can be had again; and what the user did last, for undo and redo."""

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, and_, case, exists, func, null, or_, select
from sqlalchemy.orm import Session, aliased

from db.aktor import Aktor
from db.errors import NotFoundError
from db.exchange.storeside import chunks
from db.history import NEW, ONLY_TOLD, REMOVED
from db.models import Andring, Deltagare, Handelse, Importomgang, Medarbetare
from db.queries import access
from db.queries.agare import Rad, find_agare, find_namn
from db.queries.angrade import SLAG, find_undone

IMPORT = "import"
NO_ACT = "Händelsen finns inte. Inget har ändrats."
# The user's own reminders: that one is gone is nothing that anybody misses.
NOT_KEPT = frozenset({"uppskjuten"})
OVERLAMNING = "överlämning"
REGRET = timedelta(1)  # how long one may take back what one no longer may see


@dataclass(frozen=True, slots=True)
class PapperskorgRow:
    """An act that removed something, or took an act back (`angrat`); restored by undoing `handelse_id`.

    `tid` is UTC, ISO 8601; `personer` (id, name) are those concerned, `innehall` how many rows by
    table.
    """

    handelse_id: int
    tid: str
    vem: str
    angrat: bool
    text: str
    personer: tuple[tuple[int, str], ...]
    innehall: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class PapperskorgPage:
    """Rows, the latest first and, where there may be more, the id that the next page lies before."""

    rows: tuple[PapperskorgRow, ...]
    after: int | None


@dataclass(frozen=True, slots=True)
class AktRow:
    """An act of the user's; `slag` and `text` as in the history."""

    handelse_id: int
    slag: str
    text: str


@dataclass(frozen=True, slots=True)
class Senaste:
    """What Ångra would take back and what Gör om would do again."""

    angra: AktRow | None
    gor_om: AktRow | None


def list_papperskorg(
    session: Session,
    aktor: Aktor,
    sedan: datetime,
    mina: bool = False,
    fore: int | None = None,
    limit: int = 100,
) -> PapperskorgPage:
    """What was removed or taken back since a moment, by everybody or only by the user; imports have a list of
    their own.

    What is restored since, and an act that concerns a person whom the user may not know of, is left out, so a
    page may be short. As many statements for any number of acts on the same tables.
    """
    undone = find_undone(session)
    query = _removing().where(Handelse.tid >= _utc(sedan)).order_by(Handelse.id.desc())
    if mina:
        query = query.where(Handelse.aktor == aktor.signatur)
    if fore is not None:
        query = query.where(Handelse.id < fore)
    acts = session.execute(query.limit(limit + 1)).all()
    rows = _rows(session, aktor, [act for act in acts[:limit] if act.id not in undone])
    return PapperskorgPage(rows, acts[limit - 1].id if len(acts) > limit else None)


def read_senaste(session: Session, aktor: Aktor, sedan: datetime) -> Senaste:
    """The user's latest acts since a moment: the one in force, and the one taken back after it. Two
    statements."""
    undone = find_undone(session)
    target = aliased(Handelse)
    query = (
        select(Handelse.id, Handelse.slag, Handelse.text, target.id, target.slag, target.text)
        .outerjoin(target, target.id == Handelse.angrar_id)
        .where(Handelse.aktor == aktor.signatur, Handelse.tid >= _utc(sedan), Handelse.slag.not_in(ONLY_TOLD))
        .order_by(Handelse.id.desc())
    )
    gor_om = None
    fresh = True  # nothing new was done since: what was taken back can be done again
    for id_, slag, text, of, of_slag, of_text in session.execute(query):
        if of is None:
            fresh = False
            if id_ not in undone:
                return Senaste(AktRow(id_, slag, text), gor_om)
        elif fresh and gor_om is None and of_slag != SLAG and id_ not in undone:
            gor_om = AktRow(id_, of_slag, of_text)
    return Senaste(None, gor_om)


def read_namn(session: Session, aktor: Aktor, handelse_id: int) -> str:
    """The name of the person that an act concerns, "" where it is of several, none or a protected one."""
    cells, removed = _cells(session, [handelse_id])
    owners = set(find_agare(session, cells[handelse_id], removed).values())
    if len(owners) != 1:
        return ""
    named = find_namn(session, aktor, owners, removed)
    return "".join(namn for namn in named.values() if namn != access.MASK)


def require_known_act(session: Session, aktor: Aktor, act: Handelse) -> None:
    """Raises NotFoundError where an act concerns a protected person whom the user may not know of.

    An import is of the whole register, and the program itself acts for it: neither is asked. Nor is who has
    just handed over a protected person: a slip must be possible to take back by who made it.
    """
    if _is_own_slip(aktor, act):
        return
    imports = select(Importomgang.id).where(Importomgang.handelse_id.in_((act.id, act.angrar_id)))
    if aktor.is_system or session.execute(imports.limit(1)).scalar() is not None:
        return
    cells, removed = _cells(session, [act.id])
    for part in chunks(set(find_agare(session, cells[act.id], removed).values())):
        hidden = select(Deltagare.id).where(Deltagare.id.in_(part), ~access.may_know(aktor))
        if session.execute(hidden.limit(1)).scalar() is not None:
            raise NotFoundError(NO_ACT)


def _is_own_slip(aktor: Aktor, act: Handelse) -> bool:
    if act.slag != OVERLAMNING or act.aktor != aktor.signatur:
        return False
    return datetime.now(UTC) - datetime.fromisoformat(act.tid) < REGRET


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")


def _removing() -> Any:
    target = aliased(Handelse)
    removes = exists().where(Andring.handelse_id == Handelse.id, Andring.falt == REMOVED)
    # What only brought rows back has lost nothing.
    loses = exists().where(Andring.handelse_id == Handelse.id, Andring.falt != NEW)
    imported = exists().where(
        or_(Importomgang.handelse_id == Handelse.id, Importomgang.handelse_id == Handelse.angrar_id)
    )
    taken_back: ColumnElement[bool] = and_(target.id.is_not(None), target.slag != SLAG, loses)
    return (
        select(
            Handelse.id, Handelse.tid, Handelse.aktor.label("signatur"),
            func.coalesce(Medarbetare.namn, Handelse.aktor).label("vem"),
            target.id.is_not(None).label("angrat"),
            func.coalesce(target.text, Handelse.text).label("text"),
            func.coalesce(target.slag, Handelse.slag).label("slag"),
        )
        .outerjoin(target, target.id == Handelse.angrar_id)
        .outerjoin(Medarbetare, Medarbetare.signatur == Handelse.aktor)
        .where(or_(taken_back, and_(target.id.is_(None), removes)))
        .where(func.coalesce(target.slag, Handelse.slag).not_in(NOT_KEPT), ~imported)
    )  # fmt: skip


def _cells(session: Session, acts: Sequence[int]) -> tuple[dict[int, set[Rad]], dict[Rad, Any]]:
    """By act the rows that it touched, and the values of those that it removed."""
    old = case((Andring.falt == REMOVED, Andring.gammalt), else_=null())
    query = select(Andring.handelse_id, Andring.tabell, Andring.rad_id, old).distinct()
    touched: dict[int, set[Rad]] = defaultdict(set)
    removed: dict[Rad, Any] = {}
    for act, tabell, rad_id, values in session.execute(query.where(Andring.handelse_id.in_(acts))):
        touched[act].add((tabell, rad_id))
        if values is not None:
            removed[tabell, rad_id] = json.loads(values)
    return touched, removed


def _rows(session: Session, aktor: Aktor, acts: Sequence[Any]) -> tuple[PapperskorgRow, ...]:
    if not acts:
        return ()
    touched, removed = _cells(session, [act.id for act in acts])
    owners = find_agare(session, (rad for rader in touched.values() for rad in rader), removed)
    names = find_namn(session, aktor, owners.values(), removed)
    found = []
    for act in acts:
        people = {owners[rad] for rad in touched[act.id] if rad in owners}
        if people <= names.keys() and not _is_others_list(aktor, act, touched[act.id]):
            persons = tuple(sorted(((id_, names[id_]) for id_ in people), key=lambda p: (p[1], p[0])))
            shown = touched[act.id] if act.angrat else touched[act.id] & removed.keys()
            row = PapperskorgRow(
                act.id, act.tid, act.vem, act.angrat, act.text or act.slag, persons, _count(shown)
            )
            found.append(row)
    return tuple(found)


def _is_others_list(aktor: Aktor, act: Any, touched: Iterable[Rad]) -> bool:
    """What somebody else does with saved lists is nobody's business."""
    return act.signatur != aktor.signatur and all(tabell == "sparad_lista" for tabell, _ in touched)


def _count(rader: Iterable[Rad]) -> tuple[tuple[str, int], ...]:
    counts = Counter(tabell for tabell, _ in rader)
    return tuple(sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
