"""Which acts are taken back, and what stands in the way of taking one back."""

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from sqlalchemy import exists, literal, select, union_all
from sqlalchemy.orm import Session, aliased

from db.exchange.storeside import table
from db.history import NEW, ONLY_TOLD
from db.models import Andring, Base, Handelse

SLAG = "ångra"  # of an act that takes another back
Rad = tuple[str, int]  # table and id
# Die with their owner, so they stand in nobody's way.
_PARTS = {"tidigare_nummer", "sokord", "utkast", "oppnad"}
_HISTORY = {"handelse", "andring", "importomgang"}


@dataclass(frozen=True, slots=True)
class Inaktuella:
    """Of some acts those that are taken back, and those that can no longer be: `forbi`."""

    angrade: frozenset[int]
    forbi: frozenset[int]


def find_undone(session: Session) -> set[int]:
    """The ids of acts that are taken back and not restored since."""
    undoings = session.execute(
        select(Handelse.id, Handelse.angrar_id)
        .where(Handelse.angrar_id.is_not(None))
        .order_by(Handelse.id.desc())
    ).all()
    undone: set[int | None] = set()
    # The latest first: an undoing that is itself undone takes nothing back.
    for act, target in undoings:
        if act not in undone:
            undone.add(target)
    return {act for act in undone if act is not None}


def find_inaktuella(session: Session, handelse_ids: Collection[int]) -> Inaktuella:
    """Which of these acts cannot be taken back any more. At most five statements for each."""
    undone = find_undone(session)
    angrade = frozenset(undone.intersection(handelse_ids))
    left = [act for act in handelse_ids if act not in angrade]
    forbi = (act for act in left if find_later(session, act) or find_referring(session, act))
    return Inaktuella(angrade, frozenset(forbi))


def find_ursprung(session: Session, handelse_id: int) -> tuple[Handelse, int]:
    """The act that a chain of undoings began with, and how many times it has been turned since: 0 for an act
    of its own, 1 for the undoing of one. The act must exist."""
    act, turns = session.get_one(Handelse, handelse_id), 0
    while act.angrar_id is not None:
        act, turns = session.get_one(Handelse, act.angrar_id), turns + 1
    return act, turns


def find_later(session: Session, handelse_id: int) -> set[Rad]:
    """Rows of an act that later acts have changed, save those that only tell of something, such as that the
    rows were printed, and those that are themselves taken back."""
    mine, later = aliased(Andring), aliased(Andring)
    void = _find_void(session, handelse_id)
    statement = (
        select(later.tabell, later.rad_id, later.handelse_id)
        .join(Handelse, Handelse.id == later.handelse_id)
        .where(later.handelse_id > handelse_id, Handelse.slag.not_in(ONLY_TOLD))
        .where(
            exists().where(
                mine.handelse_id == handelse_id, mine.tabell == later.tabell, mine.rad_id == later.rad_id
            )
        )
    )
    return {(name, row) for name, row, act in session.execute(statement) if act not in void}


def find_referring(session: Session, handelse_id: int) -> set[Rad]:
    """Rows made by others that refer to rows that the act made."""
    own = (Andring.handelse_id == handelse_id, Andring.falt == NEW)
    parents = set(session.execute(select(Andring.tabell).where(*own).distinct()).scalars())
    parts = []
    for child, column, parent in _references():
        if parent not in parents:
            continue
        mine, owner, chosen = aliased(Andring), aliased(Andring), table(child)
        made_here = exists().where(
            mine.handelse_id == handelse_id,
            mine.tabell == child,
            mine.falt == NEW,
            mine.rad_id == chosen.c.id,
        )
        parts.append(
            select(literal(child), chosen.c.id)
            .join(owner, chosen.c[column] == owner.rad_id)
            .where(owner.handelse_id == handelse_id, owner.tabell == parent, owner.falt == NEW, ~made_here)
        )
    return {(name, row) for name, row in session.execute(union_all(*parts))} if parts else set()


def _find_void(session: Session, handelse_id: int) -> set[int]:
    undoing = select(Handelse.id).where(Handelse.id > handelse_id, Handelse.angrar_id > handelse_id)
    return find_undone(session) | set(session.execute(undoing).scalars())


def _references() -> Iterator[tuple[str, str, str]]:
    """Each reference between tables of the register: (child, column, parent)."""
    for child in Base.metadata.sorted_tables:
        if child.name in _PARTS | _HISTORY or "id" not in child.c:
            continue
        for key in child.foreign_keys:
            if key.column.name == "id":
                yield child.name, key.parent.name, key.column.table.name
