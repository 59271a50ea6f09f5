"""Statements that are compiled once for all registers of a test process, as in the program, which has one.

To write a query out as SQL takes far longer than to ask it of a register with a handful of rows: half of the
suite's time went to writing the same queries out again for every test.
"""

from collections.abc import Callable
from typing import Any

from sqlalchemy import Engine, event
from sqlalchemy.util import LRUCache

from db import session

MOST = 4_000  # statements that are kept, of each database and kind of engine


def share_compiled() -> None:
    """From now on every store that is opened has its statements in common with those opened before it."""
    for name in ("_sqlite_engine", "_server_engine", "_reader"):
        setattr(session, name, _sharing(getattr(session, name), {}))


def _sharing(make: Callable[[Any], Engine], known: dict[str, tuple[Any, Any]]) -> Callable[[Any], Engine]:
    def made(of: Any) -> Engine:
        engine = make(of)
        name = engine.dialect.name
        if name in known:
            engine.dialect, engine._compiled_cache = known[name]
        elif type(engine) is Engine:  # and not the same one with other options
            keep = (engine.dialect, LRUCache(MOST))  # the dialect has to have met its database first
            event.listen(engine, "connect", lambda *_: known.setdefault(name, keep))
        return engine

    return made
