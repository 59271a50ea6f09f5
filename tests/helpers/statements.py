"""Counts the statements that a block sends, so that a query's number stays pinned."""

from collections.abc import Callable, Iterator
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

    with hear_statements(store, note):
        yield sent


@contextmanager
def hear_statements(store: Store, note: Callable[..., None]) -> Iterator[None]:
    """Tell `note` of every statement that the block sends, as SQLAlchemy's before_cursor_execute does."""
    # A server's reader hands on to its engine's listeners.
    engines = [store.engine, store.reader] if store.is_sqlite else [store.engine]
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
