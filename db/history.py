"""Change history: every unit of work leaves one sealed act with the old and new value of each cell."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from itertools import groupby
from operator import itemgetter
from typing import Any

from sqlalchemy import event, inspect, select, text
from sqlalchemy.orm import Session, UOWTransaction

from db import bulk
from db.aktor import Aktor
from db.models import Andring, Base, Handelse, Sokord
from db.models.historik import Importomgang

NEW, REMOVED = "+", "-"
FIRST_SEAL = "0" * 64
_UNRECORDED = (Handelse, Andring, Importomgang, Sokord)
_LOCK_KEY = 0x45474E56  # PostgreSQL's advisory lock: one act at a time may extend the chain.


@dataclass(frozen=True, slots=True)
class Cell:
    """One recorded change: row by table and id, column (or `+`, `-`), and JSON text before and after."""

    tabell: str
    rad_id: int
    falt: str
    gammalt: str | None
    nytt: str | None


@dataclass(frozen=True, slots=True)
class Changes:
    """What an act touched: its id in the history (for undo) and the tables and rows concerned."""

    handelse_id: int
    touched: frozenset[tuple[str, int]]

    def tables(self) -> frozenset[str]:
        """The names of the tables concerned."""
        return frozenset(table for table, _ in self.touched)


@dataclass(slots=True)
class Recorder:
    """Collects what a session changes and seals it as one act before the commit."""

    session: Session
    aktor: Aktor
    slag: str
    beskrivning: str = ""
    angrar_id: int | None = None
    _new: list[Base] = field(default_factory=list)
    _cells: list[Cell] = field(default_factory=list)

    def __post_init__(self) -> None:
        event.listen(self.session, "before_flush", self._before_flush)

    def record(self, cells: Iterable[Cell]) -> None:
        """Add changes made past the ORM, in bulk; the caller vouches that they are what it wrote."""
        self._cells.extend(cells)

    def finish(self) -> Changes | None:
        """Flush, write the act and its cells, and return what was touched; None when nothing changed."""
        self.session.flush()
        cells = self._all_cells()
        if not cells:
            return None
        handelse_id = append_handelse(
            self.session, self.aktor.signatur, self.slag, self.beskrivning, cells, self.angrar_id
        )
        return Changes(handelse_id, frozenset((c.tabell, c.rad_id) for c in cells))

    def _all_cells(self) -> list[Cell]:
        new = [Cell(o.__tablename__, _row_id(o), NEW, None, None) for o in self._new]
        return new + self._cells

    def _before_flush(self, session: Session, _context: UOWTransaction, _instances: Any) -> None:
        self._new += [o for o in session.new if _recorded(o)]
        for changed in session.dirty:
            if _recorded(changed):
                self._cells += _changed_cells(changed)
        self._cells += [_removed_cell(o) for o in session.deleted if _recorded(o)]


def _recorded(row: object) -> bool:
    return isinstance(row, Base) and not isinstance(row, _UNRECORDED) and hasattr(row, "id")


def _row_id(row: Any) -> int:
    identity: int = row.id
    return identity


def to_json(value: Any) -> str | None:
    """A cell's value as JSON text, dates as ISO text; None stays None."""
    if value is None:
        return None
    return json.dumps(value.isoformat() if isinstance(value, date) else value, ensure_ascii=False)


def _changed_cells(row: Any) -> list[Cell]:
    state = inspect(row)
    cells = []
    for column in state.mapper.column_attrs:
        changed = state.attrs[column.key].history
        if changed.has_changes():
            old = changed.deleted[0] if changed.deleted else None
            new = changed.added[0] if changed.added else None
            name = column.columns[0].name
            cells.append(Cell(row.__tablename__, row.id, name, to_json(old), to_json(new)))
    return cells


def _removed_cell(row: Any) -> Cell:
    values = {
        column.name: getattr(row, attr.key).isoformat()
        if isinstance(getattr(row, attr.key), date)
        else getattr(row, attr.key)
        for attr in inspect(row).mapper.column_attrs
        for column in attr.columns
    }
    return Cell(row.__tablename__, row.id, REMOVED, json.dumps(values, ensure_ascii=False), None)


CellRow = tuple[str, int, str, str | None, str | None]


def seal(previous: str, head: Sequence[object], cells: Iterable[tuple[object, ...]]) -> str:
    """SHA-256 over the seal before, the act and its cells in order; 64 hexadecimal digits."""
    digest = hashlib.sha256(previous.encode())
    digest.update(json.dumps(list(head), ensure_ascii=False).encode())
    digest.update("".join(map(repr, cells)).encode())
    return digest.hexdigest()


def append_handelse(
    session: Session,
    aktor: str,
    slag: str,
    beskrivning: str,
    cells: Sequence[Cell],
    angrar_id: int | None = None,
) -> int:
    """Write one act with its cells, sealed onto the chain; returns its id. The caller commits."""
    rows = [(c.tabell, c.rad_id, c.falt, c.gammalt, c.nytt) for c in cells]
    return append_rows(session, aktor, slag, beskrivning, rows, angrar_id)


def append_rows(
    session: Session,
    aktor: str,
    slag: str,
    beskrivning: str,
    rows: Sequence[CellRow],
    angrar_id: int | None = None,
) -> int:
    """As append_handelse, for the very many cells of an import: each as (table, row, column, old, new)."""
    if session.get_bind().dialect.name == "postgresql":
        session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
    previous = session.execute(select(Handelse.kedja).order_by(Handelse.id.desc()).limit(1)).scalar()
    tid = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    kedja = seal(previous or FIRST_SEAL, (tid, aktor, slag, beskrivning, angrar_id), rows)
    handelse = Handelse(tid=tid, aktor=aktor, slag=slag, text=beskrivning, angrar_id=angrar_id, kedja=kedja)
    session.add(handelse)
    session.flush()
    names = ("handelse_id", "tabell", "rad_id", "falt", "gammalt", "nytt")
    bulk.insert_rows(session.connection(), "andring", names, ((handelse.id, *row) for row in rows))
    return handelse.id


def broken_seals(session: Session) -> list[int]:
    """The ids of acts whose seal does not fit the act, its cells and the seal before; [] when all is well.

    Reads the history in one pass, a few thousand cells at a time, however long it is.
    """
    broken, previous = [], FIRST_SEAL
    acts = select(
        Handelse.id,
        Handelse.kedja,
        Handelse.tid,
        Handelse.aktor,
        Handelse.slag,
        Handelse.text,
        Handelse.angrar_id,
    ).order_by(Handelse.id)
    cells = _cells_by_act(session)
    following = next(cells, None)
    for handelse_id, kedja, *head in session.execute(acts, execution_options=_IN_PARTS):
        while following and following[0] < handelse_id:  # cells of an act that is gone
            following = next(cells, None)
        own: Iterable[tuple[object, ...]] = ()
        if following and following[0] == handelse_id:
            own = following[1]
        if seal(previous, head, own) != kedja:
            broken.append(handelse_id)
        if own:
            following = next(cells, None)
        previous = kedja
    return broken


_IN_PARTS = {"yield_per": 5_000}


def _cells_by_act(session: Session) -> Iterator[tuple[int, Iterator[tuple[object, ...]]]]:
    columns = (
        Andring.handelse_id,
        Andring.tabell,
        Andring.rad_id,
        Andring.falt,
        Andring.gammalt,
        Andring.nytt,
    )
    cells = select(*columns).order_by(Andring.handelse_id, Andring.id)
    rows = session.execute(cells, execution_options=_IN_PARTS)
    for handelse_id, group in groupby(rows, key=itemgetter(0)):
        yield handelse_id, (tuple(row[1:]) for row in group)
