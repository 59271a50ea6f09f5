"""Brings a store's schema up to what this programme knows. Alembic is imported only when there is work."""

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from enum import Enum
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, text

from db.errors import KnownError, StoreError
from db.faults import known_faults
from db.session import Store, open_store, set_query_only, store_url

if TYPE_CHECKING:
    from alembic.config import Config

# Every revision, oldest first: told here so that start-up need not ask alembic.
REVISIONS = ("0001", "0002", "0003", "0004")
SCHEMA_HEAD = REVISIONS[-1]
OWN_TABLES = {"deltagare", "handelse"}
OLDEST_SQLITE = (3, 51, 3)  # before it two connections could corrupt a file in WAL mode
_LOCK_KEY = 0x45474E55  # PostgreSQL's advisory lock: one process at a time may migrate

Tell = Callable[[str], None]


class Schema(Enum):
    """What a store's schema is to this programme."""

    EMPTY = "tomt"
    OLDER = "äldre"
    CURRENT = "aktuellt"
    NEWER = "nyare eller okänt"
    FOREIGN = "inget register"


_REFUSED = {
    Schema.NEWER: "Registret är gjort av en nyare version av Egenväg. Inget har ändrats. "
    "Uppdatera programmet för att öppna det.",
    Schema.FOREIGN: "Databasen är inget register från Egenväg. Inget har ändrats. Välj en annan.",
}


def open_register(
    where: str | os.PathLike[str], *, backup_dir: Path | None = None, tell: Tell | None = None
) -> Store:
    """Open an existing register and bring its schema up to date; the way in for window and command line.

    Raises StoreError in Swedish when there is none, when it cannot be used, or when it is newer than the
    programme (its bytes are then unchanged). `tell` hears in Swedish what takes time.
    """
    check_engine()
    store = open_store(where)
    try:
        ensure_schema(store, backup_dir=backup_dir, tell=tell)
    except BaseException:
        store.close()
        raise
    return store


def create_store(where: str | os.PathLike[str]) -> Store:
    """Make a new register and open it. A file appears whole or not at all; an existing one is never touched.

    On a server the database must exist and be empty. Raises StoreError in Swedish.
    """
    check_engine()
    if store_url(where).get_backend_name() != "sqlite":
        return _create_on_server(where)
    from db.files import whole_file
    from db.places import data_folder

    path = Path(where)
    if path.parent == data_folder():
        path.parent.mkdir(parents=True, exist_ok=True)
    with whole_file(path, replace=False) as temporary:
        store = open_store(temporary, create=True)
        try:
            upgrade(store)
        finally:
            store.close()
    return open_store(path)


def _create_on_server(where: str | os.PathLike[str]) -> Store:
    store = open_store(where)
    try:
        if schema_of(store) is not Schema.EMPTY:
            raise StoreError("Databasen är inte tom och skrivs inte över. Ange en tom databas.")
        ensure_schema(store)
    except BaseException:
        store.close()
        raise
    return store


def ensure_schema(store: Store, *, backup_dir: Path | None = None, tell: Tell | None = None) -> None:
    """Give an empty store its tables, upgrade an older one after a verified backup, refuse any other.

    The backup of a file lands in `backup_dir`, by default the folder of the file. An upgrade happens whole or
    not at all, and once however many processes start together. Raises StoreError in Swedish; a refused store
    is only ever read.
    """
    schema = schema_of(store)
    if schema is Schema.CURRENT:
        return
    if schema in _REFUSED:
        raise StoreError(_REFUSED[schema])
    if schema is Schema.EMPTY and store.is_sqlite:
        _use_wal(store)
    _upgrade_safely(store, backup_dir, tell or (lambda _text: None))


def schema_of(store: Store) -> Schema:
    """What the store's schema is to this programme; only reads."""
    with known_faults(), store.reader.connect() as connection:
        try:
            return _schema(connection)
        finally:
            connection.rollback()


def _schema(connection: Connection) -> Schema:
    tables = _tables(connection)
    if not tables:
        return Schema.EMPTY
    if "alembic_version" not in tables:
        return Schema.FOREIGN
    revisions = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
    if not revisions and tables == {"alembic_version"}:
        return Schema.EMPTY
    if not tables >= OWN_TABLES:
        return Schema.FOREIGN
    if revisions == [SCHEMA_HEAD]:
        return Schema.CURRENT
    return Schema.OLDER if len(revisions) == 1 and revisions[0] in REVISIONS else Schema.NEWER


def _tables(connection: Connection) -> set[str]:
    if connection.dialect.name == "sqlite":
        asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"
    else:
        asked = "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()"
    return set(connection.execute(text(asked)).scalars())


def _upgrade_safely(store: Store, backup_dir: Path | None, tell: Tell) -> None:
    backup: Path | None = None
    try:
        with _changing_schema(store) as connection:
            schema = _schema(connection)  # again, now that nobody else can change it
            if schema is Schema.CURRENT:
                return
            if schema is Schema.OLDER and store.path:
                tell("Registret säkerhetskopieras före uppgraderingen.")
                backup = _back_up(store, store.path, backup_dir)
            tell("Registret uppgraderas." if schema is Schema.OLDER else "Registret skapas.")
            _run_revisions(connection, "head")
    except KnownError:
        raise
    except Exception as error:
        kept = f" En säkerhetskopia ligger i {backup}." if backup else ""
        raise StoreError(f"Registret gick inte att uppgradera. Det är kvar som det var.{kept}") from error


def _back_up(store: Store, path: Path, folder: Path | None) -> Path:
    from datetime import datetime

    from db.backup import back_up

    folder = folder or path.parent
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / f"{path.stem}-före-{SCHEMA_HEAD}-{datetime.now():%Y%m%d-%H%M%S-%f}{path.suffix}"
    back_up(store, target)
    return target


def upgrade(store: Store, revision: str = "head") -> None:
    """Run the missing revisions in one transaction: all of them or none. ensure_schema also backs up."""
    with _changing_schema(store) as connection:
        _run_revisions(connection, revision)


def downgrade(store: Store, revision: str) -> None:
    """Take back revisions down to the one named (`base`: all), in one transaction."""
    with _changing_schema(store) as connection:
        _run_revisions(connection, revision, down=True)


def _run_revisions(connection: Connection, revision: str, *, down: bool = False) -> None:
    from alembic import command

    config = alembic_config()
    config.attributes["connection"] = connection
    (command.downgrade if down else command.upgrade)(config, revision)


def alembic_config() -> "Config":
    """Alembic's configuration, with the revisions that ship with the programme."""
    from alembic.config import Config

    import migrations

    config = Config()
    config.set_main_option("script_location", str(Path(migrations.__file__).parent).replace("%", "%%"))
    return config


@contextmanager
def _changing_schema(store: Store) -> Iterator[Connection]:
    """One transaction that alone may change the schema; foreign keys are checked at its end."""
    with known_faults(), store.engine.connect() as connection:
        if not store.is_sqlite:
            with connection.begin():
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
                yield connection
            return
        # A table that is rebuilt is dropped for a moment: with the keys on, its rows' parts would go with it.
        _pragma(connection, "foreign_keys = OFF")
        try:
            with connection.begin():
                yield connection
                if connection.exec_driver_sql("PRAGMA foreign_key_check").first():
                    raise StoreError("Registret har trasiga hänvisningar. Det är kvar som det var.")
        finally:
            _pragma(connection, "foreign_keys = ON")


def _pragma(connection: Connection, written: str) -> None:
    raw: Any = connection.connection.driver_connection
    raw.execute(f"PRAGMA {written}").fetchall()  # past SQLAlchemy, which would open a transaction first


def _use_wal(store: Store) -> None:
    with known_faults(), store.engine.connect() as connection:
        set_query_only(connection.connection, False)
        _pragma(connection, "journal_mode = WAL")


def check_engine() -> None:
    """Raise StoreError when the SQLite at hand is too old to be trusted with a register."""
    from sqlcipher3 import dbapi2

    if dbapi2.sqlite_version_info < OLDEST_SQLITE:
        raise StoreError(
            f"SQLite {dbapi2.sqlite_version} är för gammal för Egenväg. Installera om programmets delar."
        )
