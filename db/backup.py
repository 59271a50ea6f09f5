"""Backup and restore of a register that is a file: the engine's own online copy, opened and checked."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, MetaData, Table, func, select, text

from db.errors import StoreError
from db.faults import known_faults
from db.files import whole_file
from db.session import Store, open_store

PAGES_AT_A_TIME = 4_096
Report = Callable[[int, int], None]
ON_SERVER = "Ett register på en databasserver kopieras av serverns administratör, med pg_dump och pg_restore."


def back_up(store: Store, target: Path, report: Report | None = None) -> None:
    """Copy one moment of the register to a new file, which appears whole and verified or not at all.

    Others may go on working meanwhile. `report` hears pages done and in all, and may raise to stop. Raises
    StoreError in Swedish: the target exists, cannot be written, or the copy does not hold what it should.
    """
    if not store.is_sqlite:
        raise StoreError(ON_SERVER)
    with known_faults(), whole_file(target, replace=False) as temporary:
        with store.reader.connect() as connection:
            expected = row_counts(connection)  # opens the moment that the copy is of
            _copy(connection.connection.driver_connection, temporary, report)
            connection.rollback()
        verify(temporary, expected)


def restore(backup: Path, target: Path, report: Report | None = None) -> None:
    """Make a new register out of a backup, whole and verified or not at all; never over an existing one.

    Raises StoreError in Swedish.
    """
    from db import migrate

    with closing(open_store(backup)) as store:
        if migrate.schema_of(store) not in (migrate.Schema.CURRENT, migrate.Schema.OLDER):
            raise StoreError(f"{backup} är ingen säkerhetskopia som den här versionen av Egenväg kan läsa.")
        _check_file(store)
        back_up(store, target, report)


def row_counts(connection: Connection) -> dict[str, int]:
    """The number of rows of each table of a file."""
    asked = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite@_%' ESCAPE '@'"
    names = connection.execute(text(asked)).scalars().all()
    tables = [Table(name, MetaData()) for name in names]
    return {t.name: connection.execute(select(func.count()).select_from(t)).scalar_one() for t in tables}


def verify(copy: Path, expected: dict[str, int]) -> None:
    """Open a copy and check that it is sound and holds the expected rows. Raises StoreError when not."""
    with closing(open_store(copy)) as store:
        _check_file(store)
        with store.reader.connect() as connection:
            if row_counts(connection) != expected:
                raise StoreError("Kopian fick inte med alla rader. Försök igen.")


def _check_file(store: Store) -> None:
    with store.reader.connect() as connection:
        told = connection.exec_driver_sql("PRAGMA integrity_check(1)").scalar_one()
    if told != "ok":
        raise StoreError(f"{store.path} är skadad. Använd en annan säkerhetskopia.")


def _copy(source: Any, target: Path, report: Report | None) -> None:
    from sqlcipher3 import dbapi2

    def tell(_status: int, remaining: int, total: int) -> None:
        if report:
            report(total - remaining, total)

    with closing(dbapi2.connect(str(target))) as destination:
        source.backup(destination, pages=PAGES_AT_A_TIME, progress=tell)
