"""The store: one engine for a file or a server, reads of one moment, changes in one transaction."""

import os
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import ArgumentError
from sqlalchemy.orm import Session

# SQLCipher's build serves plain files too: a newer SQLite than Python's own, and no change of engine the day
# the file is encrypted.
from sqlcipher3 import dbapi2

from db.aktor import Aktor
from db.errors import StoreError
from db.faults import CLOSED, known_faults
from db.history import Changes
from db.recorder import RecordedSession, Recorder

BUSY_MILLISECONDS = 5_000
_DRIVERS = {
    "sqlite": "sqlite",
    "postgres": "postgresql+psycopg",
    "postgresql": "postgresql+psycopg",
    "postgresql+psycopg": "postgresql+psycopg",
}
_NO_ADDRESS = (
    "Adressen till databasen går inte att förstå. Skriv en fil eller postgresql://användare@server/databas."
)


@dataclass(frozen=True, slots=True)
class Store:
    """An open register. Close it when done; sessions never outlive the `with` that made them."""

    engine: Engine
    url: URL
    # The same pool; every transaction that it begins only reads, also one after a commit in the same session.
    reader: Engine = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "reader", _reader(self.engine))

    @property
    def is_sqlite(self) -> bool:
        return self.engine.dialect.name == "sqlite"

    @property
    def path(self) -> Path | None:
        """The file of a local register, None for a server."""
        return Path(self.url.database) if self.is_sqlite and self.url.database else None

    def close(self) -> None:
        """Let go of every connection."""
        self.engine.dispose()

    @contextmanager
    def read(self, aktor: Aktor) -> Iterator[Session]:
        """A session that sees one moment of the register and cannot change it.

        Raises StoreError when the store cannot be read.
        """
        with known_faults(), Session(self.reader, autoflush=False) as session:
            session.info["aktor"] = aktor
            yield session

    @contextmanager
    def unit_of_work(self, aktor: Aktor, slag: str, beskrivning: str = "") -> Iterator["UnitOfWork"]:
        """One act: everything in the block is committed together with its history, or nothing is.

        `slag` is the act's short name in the history (`registrering`, `import` …). Raises StoreError when the
        store cannot be written; the block's own exceptions roll back and pass through.
        """
        with known_faults(), self.engine.connect() as connection:
            work = UnitOfWork(connection, aktor, slag, beskrivning)
            try:
                yield work
                work.commit()
            finally:
                work.close()


class UnitOfWork:
    """One act: its connection, its session, its recorder, and what it touched when it is done (`changes`).

    The session is made for those who ask for it: an act that reads and writes by statements compiled once
    needs none, and is done in half the time.
    """

    def __init__(self, connection: Connection, aktor: Aktor, slag: str, beskrivning: str) -> None:
        self.changes: Changes | None = None
        self.recorder = Recorder(self, aktor, slag, beskrivning)
        self._connection = connection
        self._session: RecordedSession | None = None

    @property
    def connection(self) -> Connection:
        """The connection, inside the act's transaction."""
        if not self._connection.in_transaction():
            self._connection.begin()
        return self._connection

    @property
    def session(self) -> Session:
        """The session, on the connection and in its transaction."""
        if self._session is None:
            self._session = session = RecordedSession(
                self._connection, expire_on_commit=False, join_transaction_mode="control_fully"
            )
            session.recorder, session.info["aktor"] = self.recorder, self.recorder.aktor
        return self._session

    def flush(self) -> None:
        """Send what the session has not sent yet."""
        if self._session is not None:
            self._session.flush()

    def commit(self) -> None:
        """Seal the act and make it last. The store calls it, once, at the end of the block."""
        self.changes = self.recorder.finish()
        if self._session is not None:
            self._session.commit()
        if self._connection.in_transaction():
            self._connection.commit()

    def close(self) -> None:
        """Let go of the session; the store lets go of the connection, which takes back what is not
        committed."""
        if self._session is not None:
            self._session.close()


def store_url(where: str | os.PathLike[str]) -> URL:
    """The database URL of a file path or of a URL written out (`postgresql://…`). Raises StoreError."""
    written = os.fspath(where)
    if "://" not in written:
        return URL.create("sqlite", database=str(Path(written).absolute()))
    try:
        url = make_url(written)
    except (ArgumentError, ValueError):
        raise StoreError(_NO_ADDRESS) from None  # which may hold a password
    if url.drivername not in _DRIVERS:
        raise StoreError(_NO_ADDRESS)
    return url.set(drivername=_DRIVERS[url.drivername])


def open_store(where: str | os.PathLike[str], *, create: bool = False) -> Store:
    """Open a register's store without looking at its schema (db.migrate does).

    A file that does not exist is made only when `create` is set. Raises StoreError with a Swedish sentence
    when the file is missing, is no register, cannot be written, or the server does not answer.
    """
    with known_faults():
        url = store_url(where)
        if url.get_backend_name() == "sqlite":
            _check_file(Path(url.database or ""), create)
            engine = _sqlite_engine(url)
        else:
            engine = _server_engine(url)
        store = Store(engine, url)
        try:
            _try(store, create)
        except BaseException:
            store.close()
            raise
        return store


def _try(store: Store, create: bool) -> None:
    if create and store.is_sqlite:
        with closing(store.engine.raw_connection()) as connection:
            # Stays with the file. Not asked for again: a file that is refused must keep its bytes.
            connection.cursor().execute("PRAGMA journal_mode = WAL").close()
    with store.reader.connect() as connection:
        # Looking for tables makes SQLite read the file.
        asked = "SELECT 1 FROM sqlite_master LIMIT 1" if store.is_sqlite else "SELECT 1"
        connection.execute(text(asked)).close()


def _check_file(path: Path, create: bool) -> None:
    try:
        is_folder, is_there, has_folder = path.is_dir(), path.exists(), path.parent.is_dir()
    except PermissionError:
        raise
    except (OSError, ValueError):  # a name that no disk can hold
        raise StoreError(CLOSED) from None
    if is_folder:
        raise StoreError(f"{path} är en mapp. Ange en fil.")
    if not is_there and not create:
        raise StoreError(f"Registret {path} finns inte. Kontrollera sökvägen eller skapa ett nytt register.")
    if not has_folder:
        raise StoreError(f"Mappen {path.parent} finns inte. Skapa den först eller välj en annan.")


def _sqlite_engine(url: URL) -> Engine:
    # The connection used last first: it holds the pages that are asked for again.
    engine = create_engine(url, module=dbapi2, pool_size=4, max_overflow=4, pool_use_lifo=True)
    event.listen(engine, "connect", _set_up_connection)
    # Rather than a listener to the engine's "begin": listeners make every connection and statement dearer.
    engine.dialect.do_begin = _begin_writing  # type: ignore[method-assign, assignment]
    return engine


def _reader(engine: Engine) -> Engine:
    if engine.dialect.name != "sqlite":
        return engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
    reader = create_engine(engine.url, module=dbapi2, pool=engine.pool)
    reader.dialect.do_begin = _begin_reading  # type: ignore[method-assign, assignment]
    return reader


def _server_engine(url: URL) -> Engine:
    seconds = {} if "connect_timeout" in url.query else {"connect_timeout": BUSY_MILLISECONDS // 1000}
    engine = create_engine(url, pool_pre_ping=True, connect_args=seconds)
    event.listen(engine, "connect", _set_up_server_connection)
    return engine


def _set_up_server_connection(connection: Any, _record: Any) -> None:
    connection.execute(f"SET lock_timeout = {BUSY_MILLISECONDS}")
    connection.commit()


def _set_up_connection(connection: Any, _record: Any) -> None:
    # None: the driver must not begin or commit by itself, so that schema changes roll back too.
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute(f"PRAGMA busy_timeout = {BUSY_MILLISECONDS}")
    cursor.execute("PRAGMA synchronous = FULL")
    cursor.execute("PRAGMA foreign_keys = ON")
    cursor.execute("PRAGMA cache_size = -32768")
    cursor.execute("PRAGMA temp_store = MEMORY")
    cursor.close()


def _begin_writing(connection: Any) -> None:
    set_query_only(connection, False)
    connection.driver_connection.execute("BEGIN IMMEDIATE")


def _begin_reading(connection: Any) -> None:
    set_query_only(connection, True)
    connection.driver_connection.execute("BEGIN")


def set_query_only(connection: Any, on: bool) -> None:
    """Let SQLite itself refuse writes over a connection, or not. Sent only where it changes: the pragma
    makes SQLite forget every statement it has prepared, which costs a card more than its look-ups."""
    if connection.info.get("query_only") is not on:
        connection.driver_connection.execute(f"PRAGMA query_only = {'ON' if on else 'OFF'}")
        connection.info["query_only"] = on
