"""`python -m migrations.drift`: do the revisions give the tables of the models? Exit code 1 where not."""

import sys
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from sqlalchemy import CheckConstraint, Connection, inspect

from db import migrate
from db.models import Base
from db.session import Store, open_store


def differences(store: Store) -> list[str]:
    """What alembic would change in a migrated store to make it as the models say; [] when they agree."""
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext

    with store.reader.connect() as connection:
        options = {"compare_type": True, "compare_server_default": _default_differs}
        context = MigrationContext.configure(connection, opts=options)
        found: Sequence[Any] = compare_metadata(context, Base.metadata)
        checks = list(_check_differences(connection))
        connection.rollback()
    return [str(difference) for difference in found] + checks


def _default_differs(
    _context: Any, _inspected: Any, _column: Any, stored: str | None, _default: Any, meant: str | None
) -> bool:
    return _bare(stored) != _bare(meant)


def _bare(default: str | None) -> str | None:
    # SQLite tells it as (''), PostgreSQL with the type behind, ''::text, the model as nothing at all.
    return None if default is None else default.split("::")[0].strip("(')")


def _check_differences(connection: Connection) -> Iterator[str]:
    """Checks by name, which alembic passes over; on SQLite, which keeps them as written, also by text."""
    inspector = inspect(connection)
    as_written = connection.dialect.name == "sqlite"
    for table in Base.metadata.sorted_tables:
        stored = {str(c["name"]): c["sqltext"] for c in inspector.get_check_constraints(table.name)}
        meant = {str(c.name): str(c.sqltext) for c in table.constraints if isinstance(c, CheckConstraint)}
        for name in sorted(stored.keys() ^ meant.keys()):
            yield f"check {name} finns bara på ena stället"
        for name in stored.keys() & meant.keys():
            if as_written and stored[name] != meant[name]:
                yield f"check {name}: {stored[name]} i registret, {meant[name]} i modellen"


def main() -> int:
    """Migrate an empty file and compare; returns the exit code."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "drift.egenvag"
        with closing(open_store(path, create=True)) as store:
            migrate.upgrade(store)
            found = differences(store)
    sys.stdout.writelines(f"Skiljer: {difference}\n" for difference in found)
    if not found:
        sys.stdout.write("Modeller och revisioner säger samma sak.\n")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
