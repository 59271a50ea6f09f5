"""Counts the statements a store is asked, so that a query's number of them can be pinned."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import event

from db.session import Store

_NOT_COUNTED = ("PRAGMA", "BEGIN")


@dataclass
class Statements:
    """The SQL that was sent, in order, without what opens a transaction."""

    sql: list[str] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.sql)


@contextmanager
def count_statements(store: Store) -> Iterator[Statements]:
    """Collect what the store is asked inside the `with`; an executemany counts once."""
    statements = Statements()

    def note(_connection: Any, _cursor: Any, sql: str, *_rest: Any) -> None:
        if not sql.startswith(_NOT_COUNTED):
            statements.sql.append(sql)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield statements
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
