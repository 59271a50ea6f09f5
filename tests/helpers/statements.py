"""Counts the statements that a block sends, so that a query's number stays pinned."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from db.session import Store


@contextmanager
def sent_statements(store: Store) -> Iterator[list[str]]:
    """The SQL of every statement sent in the block, without pragmas and transaction control."""
    sent: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if statement.lstrip("( \n").upper().startswith(("SELECT", "WITH", "INSERT", "UPDATE", "DELETE")):
            sent.append(statement)

    event.listen(store.engine, "before_cursor_execute", note)
    try:
        yield sent
    finally:
        event.remove(store.engine, "before_cursor_execute", note)
