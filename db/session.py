"""The store: one engine for a file or a server, reads of one moment, changes in one transaction."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Engine, create_engine, event, make_url, text
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.errors import StoreError
from db.history import Changes, Recorder

BUSY_MILLISECONDS = 5_000


@dataclass(frozen=True, slots=True)
class Store:
    """An open register. Close it when done; sessions never outlive the `with` that made them."""

    engine: Engine
    url: URL

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
        with known_faults(), Session(self.engine, autoflush=False) as session:
            session.info["aktor"] = aktor
            session.connection(execution_options={"egenvag_read": True, **self._snapshot()})
            yield session
            session.rollback()

    @contextmanager
    def unit_of_work(self, aktor: Aktor, slag: str, beskrivning: str = "") -> Iterator["UnitOfWork"]:
        """One act: everything in the block is committed together with its history, or nothing is.

        `slag` is the act's short name in the history (`registrering`, `import` …). Raises StoreError when the
        store cannot be written; the block's own exceptions roll back and pass through.
        """
        with known_faults(), Session(self.engine, expire_on_commit=False) as session:
            session.info["aktor"] = aktor
            recorder = Recorder(session, aktor, slag, beskrivning)
            work = UnitOfWork(session, recorder)
            yield work
            work.changes = recorder.finish()
            session.commit()

    def _snapshot(self) -> dict[str, Any]:
        return {} if self.is_sqlite else {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


@dataclass(slots=True)
class UnitOfWork:
    """The session of one act and, when it is done, what it touched."""

    session: Session
    recorder: Recorder
    changes: Changes | None = None


def store_url(where: str | os.PathLike[str]) -> URL:
    """The database URL of a file path or of a URL written out (`postgresql://…`)."""
    written = os.fspath(where)
    if "://" not in written:
        return URL.create("sqlite", database=str(Path(written).absolute()))
    url = make_url(written)
    return url.set(drivername="postgresql+psycopg") if url.drivername in ("postgresql", "postgres") else url


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
            engine = create_engine(url, pool_pre_ping=True)
        store = Store(engine, url)
        try:
            _try(engine, create)
        except BaseException:
            store.close()
            raise
        return store


def _try(engine: Engine, create: bool) -> None:
    reading = not create
    with engine.connect().execution_options(egenvag_read=reading) as connection:
        connection.execute(text("SELECT 1"))
        connection.rollback()
        if create and engine.dialect.name == "sqlite":
            # Stays with the file. Not asked for again: a file that is refused must keep its bytes.
            raw: Any = connection.connection.driver_connection
            raw.execute("PRAGMA query_only = OFF")
            raw.execute("PRAGMA journal_mode = WAL")
            raw.execute("SELECT count(*) FROM sqlite_master")


def _check_file(path: Path, create: bool) -> None:
    if path.is_dir():
        raise StoreError(f"{path} är en mapp. Ange en fil.")
    if not path.exists() and not create:
        raise StoreError(f"Registret {path} finns inte. Kontrollera sökvägen eller skapa ett nytt register.")
    if not path.parent.is_dir():
        raise StoreError(f"Mappen {path.parent} finns inte. Skapa den först eller välj en annan.")


def _sqlite_engine(url: URL) -> Engine:
    # SQLCipher's build serves plain files too: a newer SQLite than Python's own, and no change of engine the
    # day the file is encrypted.
    from sqlcipher3 import dbapi2

    engine = create_engine(url, module=dbapi2, pool_size=4, max_overflow=4)
    event.listen(engine, "connect", _set_up_connection)
    event.listen(engine, "begin", _begin)
    return engine


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


def _begin(connection: Any) -> None:
    reading = connection.get_execution_options().get("egenvag_read")
    connection.exec_driver_sql(f"PRAGMA query_only = {'ON' if reading else 'OFF'}")
    connection.exec_driver_sql("BEGIN" if reading else "BEGIN IMMEDIATE")


@contextmanager
def known_faults() -> Iterator[None]:
    """Turn the database's word for a trouble of the surroundings into a Swedish sentence."""
    try:
        yield
    except DBAPIError as error:
        message = explain(error)
        if message is None:
            raise
        raise StoreError(message) from error
    except PermissionError as error:
        raise StoreError(f"Du saknar behörighet till {error.filename}. Inget har ändrats.") from error


_BUSY = "Registret används av ett annat program just nu. Inget har sparats. Försök igen om en stund."
_FULL = "Disken är full. Inget har sparats. Frigör utrymme och försök igen."
_DISK = "Disken gick inte att läsa eller skriva. Inget har sparats. Kontrollera disken och utrymmet."
_READ_ONLY = "Registret är skrivskyddat. Inget har sparats. Be om skrivrättighet till filen och mappen."
_CLOSED = "Registret gick inte att öppna. Kontrollera sökvägen och dina rättigheter till mappen."
_NO_SERVER = "Databasservern svarar inte. Kontrollera adressen och nätverket."

EXPLANATIONS = (
    ("database is locked", _BUSY),
    ("lock timeout", _BUSY),
    ("database or disk is full", _FULL),
    ("no space left", _FULL),
    ("disk i/o error", _DISK),
    ("readonly database", _READ_ONLY),
    ("unable to open database", _CLOSED),
    ("file is not a database", "Filen är inget register från Egenväg, eller så är den skadad."),
    ("database disk image is malformed", "Registret är skadat. Återställ den senaste säkerhetskopian."),
    ("connection failed", _NO_SERVER),
    ("connection refused", _NO_SERVER),
)


def explain(error: DBAPIError) -> str | None:
    """The Swedish sentence for a fault of the surroundings, None when the fault is ours."""
    told = str(error.orig).lower()
    for needle, message in EXPLANATIONS:
        if needle in told:
            return message
    if isinstance(error, OperationalError) and error.connection_invalidated:
        return "Kontakten med databasen bröts. Inget har sparats. Försök igen."
    return None
