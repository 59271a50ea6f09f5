"""Watches a session and tells the history what it changed: every act is recorded, whoever wrote it."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any, Protocol

from sqlalchemy import Connection, event, inspect, select
from sqlalchemy.orm import ORMExecuteState, Session, SessionTransaction, UOWTransaction

from db import bulk
from db.aktor import Aktor
from db.history import NEW, REMOVED, CellRow, Changes, append_rows, plain_value, to_json
from db.models import (
    Andring,
    Base,
    Deltagare,
    Dokumentinnehall,
    Handelse,
    Importomgang,
    Oppnad,
    Rapportutskrift,
    Sokord,
    TidigareNummer,
    Utkast,
)

# Goes with a statement that changes rows past the ORM: whoever sends it hands its cells to `record` or to
# `append_rows`, or makes a new register.
RECORDED = {"egenvag_recorded": True}
_UNRECORDED = (Handelse, Andring, Importomgang, Sokord, Dokumentinnehall, Utkast, Oppnad, Rapportutskrift)
_UNRECORDED_TABLES = {model.__tablename__ for model in _UNRECORDED}


@dataclass(frozen=True, slots=True)
class Cell:
    """One recorded change: row by table and id, column (or `+`, `-`), and JSON text before and after."""

    tabell: str
    rad_id: int
    falt: str
    gammalt: str | None
    nytt: str | None


@dataclass(slots=True)
class _Row:
    """What has happened to a row since the act began."""

    was_there: bool
    row: Base
    is_there: bool = True
    old: dict[str, Any] = field(default_factory=dict)
    new: dict[str, Any] = field(default_factory=dict)

    def cells(self, tabell: str, rad_id: int) -> Iterator[CellRow]:
        """From the state before the act to the state after it; nothing when they are the same."""
        if self.was_there and self.is_there:
            for name, old in self.old.items():
                before, after = to_json(old), to_json(self.new[name])
                if before != after:
                    yield tabell, rad_id, name, before, after
        elif self.was_there:
            yield tabell, rad_id, REMOVED, to_json(self.old), None
        elif self.is_there:
            yield tabell, rad_id, NEW, None, None


class RecordedSession(Session):
    """A session that tells its recorder what happens in it."""

    recorder: "Recorder"


class Act(Protocol):
    """What the recorder needs of the act that it records."""

    @property
    def connection(self) -> Connection: ...

    def flush(self) -> None: ...


@dataclass(slots=True)
class Recorder:
    """Collects what a session changes and seals it as one act before the commit.

    Savepoints, commits of one's own and statements that change rows past the ORM are refused: the history
    would not know of them (see RECORDED for the last).
    """

    act: Act
    aktor: Aktor
    slag: str
    beskrivning: str = ""
    angrar_id: int | None = None
    _rows: dict[tuple[str, int], _Row] = field(default_factory=dict)
    _cells: list[CellRow] = field(default_factory=list)

    def insert(self, model: type[Base], values: Mapping[str, Any]) -> int:
        """Write one new row past the ORM, given by column, and return its id: see `bulk.insert_row`."""
        plain = {name: plain_value(value) for name, value in values.items()}
        row_id = bulk.insert_row(self.act.connection, model.__tablename__, plain)
        self._cells.append((model.__tablename__, row_id, NEW, None, None))
        return row_id

    def record(self, cells: Iterable[Cell]) -> None:
        """Add changes made past the ORM, in bulk; the caller vouches that they are what it wrote."""
        self._cells += [(c.tabell, c.rad_id, c.falt, c.gammalt, c.nytt) for c in cells]

    def finish(self) -> Changes | None:
        """Flush, write the act and its cells, and return what was touched; None when nothing changed."""
        self.act.flush()
        cells = [cell for key, row in self._rows.items() for cell in row.cells(*key)] + self._cells
        self._forget()
        if not cells:
            return None
        handelse_id = append_rows(
            self.act.connection, self.aktor.signatur, self.slag, self.beskrivning, cells, self.angrar_id
        )
        return Changes(handelse_id, frozenset((tabell, rad_id) for tabell, rad_id, *_ in cells))

    def _before_flush(self, session: Session, _context: UOWTransaction, _instances: Any) -> None:
        for row in session.dirty:
            if _is_recorded(row):
                self._note_changes(session, row)
        for row in session.deleted:
            if _is_recorded(row):
                self._note_removed(session, row)
                for part in _parts(session, row):
                    self._note_removed(session, part)

    def _after_flush(self, session: Session, _context: UOWTransaction) -> None:
        # Not before: now the new rows have their ids.
        for row in session.new:
            if _is_recorded(row):
                self._note_new(row)

    def _note_changes(self, session: Session, row: Any) -> None:
        state = inspect(row)
        noted = self._noted(row)
        for attribute in state.mapper.column_attrs:
            history = state.attrs[attribute.key].history
            if history.has_changes():
                column = attribute.columns[0]
                # An attribute that was set without being read: the old value is asked for.
                old = history.deleted[0] if history.deleted else _stored(session, row, column)
                noted.old.setdefault(column.name, plain_value(old))
                noted.new[column.name] = plain_value(history.added[0] if history.added else None)

    def _note_removed(self, session: Session, row: Any) -> None:
        self._note_changes(session, row)  # made since the last flush, and never written
        noted = self._noted(row)
        noted.old = _values(row) | noted.old
        noted.is_there = False

    def _note_new(self, row: Any) -> None:
        key = (row.__tablename__, row.id)
        noted = self._rows.setdefault(key, _Row(False, row))
        noted.row, noted.is_there, noted.new = row, True, _values(row)

    def _noted(self, row: Any) -> _Row:
        return self._rows.setdefault((row.__tablename__, row.id), _Row(True, row))

    def _refuse_unrecorded(self, state: ORMExecuteState) -> None:
        if not (state.is_insert or state.is_update or state.is_delete):
            return
        tabell = state.statement.table.name  # type: ignore[attr-defined]
        if tabell not in _UNRECORDED_TABLES and not state.execution_options.keys() & RECORDED.keys():
            raise RuntimeError(
                f"the history would not know of this change of {tabell}: see db.recorder.RECORDED"
            )

    def _refuse_commit(self, session: Session) -> None:
        changed = any(session.is_modified(row) for row in session.dirty if _is_recorded(row))
        waiting = any(_is_recorded(row) for row in (*session.new, *session.deleted))
        if self._rows or self._cells or changed or waiting:
            raise RuntimeError("the unit of work commits by itself, when the history is written")

    def _refuse_savepoint(self, _session: Session, transaction: SessionTransaction) -> None:
        if transaction.nested:
            raise RuntimeError("the history does not follow savepoints")

    def _forget(self, *_arguments: Any) -> None:
        self._rows.clear()
        self._cells.clear()


def _stored(session: Session, row: Any, column: Any) -> Any:
    return session.execute(select(column).where(type(row).id == row.id)).scalar()


def _parts(session: Session, row: Base) -> Iterable[Base]:
    """Rows that the database removes together with this one."""
    if not isinstance(row, Deltagare):
        return ()
    return session.scalars(select(TidigareNummer).where(TidigareNummer.deltagare_id == row.id)).all()


def _is_recorded(row: object) -> bool:
    if isinstance(row, _UNRECORDED):
        return False
    if not hasattr(row, "id"):
        raise TypeError(f"the history cannot name a row of {type(row).__name__}: it has no id")
    return True


def _values(row: Any) -> dict[str, Any]:
    return {
        attribute.columns[0].name: plain_value(getattr(row, attribute.key))
        for attribute in inspect(row).mapper.column_attrs
    }


def _telling(told: Callable[..., None]) -> Callable[..., None]:
    return lambda session, *arguments: told(session.recorder, session, *arguments)


# Once for all sessions: to listen to each of them would cost as much as a whole save.
event.listen(RecordedSession, "before_flush", _telling(Recorder._before_flush))
event.listen(RecordedSession, "after_flush", _telling(Recorder._after_flush))
event.listen(RecordedSession, "before_commit", _telling(Recorder._refuse_commit))
event.listen(RecordedSession, "after_rollback", _telling(Recorder._forget))
event.listen(RecordedSession, "after_transaction_create", _telling(Recorder._refuse_savepoint))
event.listen(
    RecordedSession, "do_orm_execute", lambda state: state.session.recorder._refuse_unrecorded(state)
)
