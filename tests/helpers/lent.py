"""A migrated database on a server that many tests are lent, one after the other."""

from sqlalchemy import Connection, create_engine, text
from sqlalchemy.exc import DBAPIError

from db.session import Store, open_store

GROWN = 3_000_000  # bytes of deleted rows that a database may hold before a new one is cheaper

# Ends whoever is at work: a test may have left a connection in a transaction that locks. The store rests.
_ALONE = """
SELECT pg_terminate_backend(pid) FROM pg_stat_activity a
WHERE datname = current_database() AND pid <> pg_backend_pid()
AND (state <> 'idle' OR EXISTS (SELECT FROM pg_locks l WHERE l.pid = a.pid))
"""
_TABLES = """
SELECT quote_ident(relname) FROM pg_class
WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace ORDER BY relname
"""
_SEQUENCES = "SELECT quote_ident(sequencename), last_value FROM pg_sequences WHERE schemaname = 'public'"
# Where tables, columns, rules, rights and what the planner knows of them are written down.
_CATALOGUES = (
    "class", "attribute", "attrdef", "constraint", "index", "trigger", "proc", "policy", "namespace", "type",
    "default_acl", "statistic",
)  # fmt: skip


def count_held(store: Store) -> int:
    """How many of the store's connections somebody has."""
    return int(store.engine.pool.checkedout())  # type: ignore[attr-defined]


class LentDatabase:
    """A database as it was when it was new, and what makes it so again.

    The store stays open from test to test: a server's new connection has all to learn about every table.
    """

    def __init__(self, name: str, where: str) -> None:
        self.name = name
        self.store = open_store(where)
        self._engine = create_engine(self.store.url, isolation_level="AUTOCOMMIT", pool_pre_ping=True)
        with self._engine.connect() as connection:
            tables = list(connection.scalars(text(_TABLES)))
            full = [t for t in tables if connection.scalar(text(f"SELECT EXISTS (SELECT FROM {t})"))]
            self._print = text(_print_of(full))
            self._clearing = text(_clearing(connection, [table for table in tables if table not in full]))
            self._new = self._look(connection)
            self._size = self._measure(connection)

    def empty(self) -> bool:
        """Take away all rows that were not there at first; whether the database is then as new."""
        if count_held(self.store):
            return False
        try:
            with self._engine.connect() as connection:
                connection.execute(text(_ALONE))
                if self._measure(connection) > self._size + GROWN or self._look(connection) != self._new:
                    return False
                connection.execute(self._clearing)
        except DBAPIError:  # tables are gone, or whoever runs the tests may not do this
            return False
        return True

    def close(self) -> None:
        """Let go of the database."""
        self.store.close()
        self._engine.dispose()

    def _look(self, connection: Connection) -> list[str | None]:
        return list(connection.scalars(self._print))

    def _measure(self, connection: Connection) -> int:
        return connection.scalar(text("SELECT pg_database_size(current_database())")) or 0


def _print_of(full: list[str]) -> str:
    """What tells a change of anything but rows, and of the rows that every register has."""
    newest = (f"SELECT count(*) || ' ' || max(xmin::text::bigint) FROM pg_{name}" for name in _CATALOGUES)
    rows = (f"SELECT string_agg(t::text, ' ' ORDER BY t::text) FROM {name} t" for name in full)
    return " UNION ALL ".join((*newest, *rows))


def _clearing(connection: Connection, tables: list[str]) -> str:
    """Statements that empty the tables, whatever triggers and keys say, and let the ids begin anew."""
    starts = (
        f"SELECT setval('{name}', {last or 1}, {last is not None})"
        for name, last in connection.execute(text(_SEQUENCES))
    )
    deletes = (f"DELETE FROM {name}" for name in tables)
    return ";".join(("SET session_replication_role = replica", *deletes, *starts))
