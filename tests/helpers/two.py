"""Two users of one register at the same moment, each with a connection of its own."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from types import ModuleType
from typing import Any

import pytest
from sqlalchemy import text

from db.aktor import SYSTEM
from db.errors import KnownError
from db.session import Store

LONGEST = 120  # seconds, only where something is wrong
_WAITING = text(
    "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
)


def run_two(
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    where: ModuleType,
    check: str,
    first: Callable[[], Any],
    second: Callable[[], Any],
) -> tuple[Any, Any]:
    """What two acts give, a KnownError where one was refused; the second begins when the first has checked.

    `check` is the function of the module that the first act checks with: it goes on when the second waits for
    it, or is done because nothing held it.
    """
    checked, go_on = threading.Event(), threading.Event()
    real = getattr(where, check)

    def paused(*args: Any, **more: Any) -> Any:
        found = real(*args, **more)
        if not checked.is_set():
            checked.set()
            assert go_on.wait(LONGEST)
        return found

    monkeypatch.setattr(where, check, paused)
    with ThreadPoolExecutor(2) as workers:
        one = workers.submit(_outcome, first)
        try:
            assert checked.wait(LONGEST)
            other = workers.submit(_outcome, second)
            _wait_for_lock(store, other)
        finally:
            go_on.set()
        return one.result(LONGEST), other.result(LONGEST)


def _outcome(act: Callable[[], Any]) -> Any:
    try:
        return act()
    except KnownError as error:
        return error


def _wait_for_lock(store: Store, other: Future[Any]) -> None:
    """Until the server says that the second waits. In a file it waits for the one writer from the start."""
    end = time.monotonic() + LONGEST
    while not store.is_sqlite and not other.done() and time.monotonic() < end:
        with store.read(SYSTEM) as session:
            if session.execute(_WAITING).scalar_one():
                return
        time.sleep(0.01)
