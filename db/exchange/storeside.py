"""What the store already holds, looked up in bulk with SQLAlchemy Core; dates come as ISO text."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Sequence
from itertools import count
from typing import Any

from sqlalchemy import Column, Connection, Date, Table, Text, cast, func, literal, select, text

from db.models import Base

CHUNK = 500
WHOLE_TABLE = 5_000  # from so many keys on, reading the whole table is cheaper than asking for them
Key = tuple[Any, ...]


def table(name: str) -> Table:
    """The table of that name."""
    return Base.metadata.tables[name]


def plain(column: Column[Any]) -> Any:
    """The column as the exchange compares it: dates as ISO text."""
    return cast(column, Text).label(column.name) if isinstance(column.type, Date) else column


def chunks(values: Collection[Any]) -> Iterable[list[Any]]:
    """The values in lists short enough for one statement."""
    listed = list(values)
    return (listed[start : start + CHUNK] for start in range(0, len(listed), CHUNK))


class StoreSide:
    """Answers about the store in one transaction."""

    def __init__(self, connection: Connection, *, reserve: bool) -> None:
        self.connection = connection
        self._empty: dict[str, bool] = {}
        self.catalogues: dict[str, dict[str, Any]] = {}
        self._allot: Callable[[str, int], list[int]] = self._reserve if reserve else self._pretend
        # Ids of rows that are not written, only tried: none that a store can hold.
        self._pretended = count(1 << 40)

    def allot(self, name: str, number: int) -> list[int]:
        """Ids for new rows, kept from everyone else."""
        return self._allot(name, number) if number else []

    def is_empty(self, name: str) -> bool:
        """Whether the table holds no row."""
        if name not in self._empty:
            found = self.connection.execute(select(literal(1)).select_from(table(name)).limit(1)).first()
            self._empty[name] = found is None
        return self._empty[name]

    def rows(self, name: str, fields: Sequence[str], by: str, values: Collection[Any]) -> Iterable[Any]:
        """The rows whose column `by` holds one of the values, as (id, *fields) in id order.

        With many values maybe other rows too.
        """
        if not values or self.is_empty(name):
            return ()
        chosen = table(name)
        statement = select(chosen.c.id, *(plain(chosen.c[field]) for field in fields)).order_by(chosen.c.id)
        if len(values) > WHOLE_TABLE:
            return self.connection.execute(statement)
        found: list[Any] = []
        for part in chunks(values):
            found += self.connection.execute(statement.where(chosen.c[by].in_(part)))
        return found

    def ownerless(self, name: str, fields: Sequence[str], owner: str) -> Iterable[Any]:
        """The rows whose `owner` is NULL, as tuples of (id, *fields) in id order."""
        chosen = table(name)
        columns = (plain(chosen.c[field]) for field in fields)
        statement = select(chosen.c.id, *columns).where(chosen.c[owner].is_(None)).order_by(chosen.c.id)
        return self.connection.execute(statement)

    def by_key(
        self, name: str, fields: Sequence[str], key: Sequence[str], values: Collection[Any]
    ) -> dict[Key, list[tuple[int, Key]]]:
        """The rows whose first key column holds one of the values: key → [(id, values)], by id."""
        found: dict[Key, list[tuple[int, Key]]] = defaultdict(list)
        width = len(key)
        for row in self.rows(name, [*key, *fields], key[0], values):
            found[tuple(row[1 : width + 1])].append((row[0], tuple(row[width + 1 :])))
        return found

    def ids(self, name: str, texts: Collection[str], field: str = "nummer") -> dict[str, int]:
        """Ids of the rows that the texts name; texts that name nothing are left out."""
        wanted = set(texts)
        return {row[1]: row[0] for row in self.rows(name, [field], field, wanted) if row[1] in wanted}

    def _pretend(self, _name: str, number: int) -> list[int]:
        return [next(self._pretended) for _ in range(number)]

    def _reserve(self, name: str, number: int) -> list[int]:
        if self.connection.dialect.name == "postgresql":
            asked = text(
                "SELECT nextval(pg_get_serial_sequence(:name, 'id')) FROM generate_series(1, :number)"
            )
            return list(self.connection.execute(asked, {"name": name, "number": number}).scalars())
        # The transaction holds the write lock, so nobody else can take an id before it ends.
        kept = self.connection.execute(text("SELECT seq FROM sqlite_sequence WHERE name = :n"), {"n": name})
        highest = self.connection.execute(select(func.max(table(name).c.id))).scalar()
        first = max(kept.scalar() or 0, highest or 0) + 1
        return list(range(first, first + number))
