"""The rows of a demo register on their way to the store: ids given here, written in blocks."""

from bisect import bisect
from collections import Counter, defaultdict
from collections.abc import Iterable
from itertools import accumulate
from random import Random
from typing import Any, Generic, TypeVar

from sqlalchemy import Connection

from db import bulk
from db.models import Base
from db.sql import advance_sequences

T = TypeVar("T")
Row = dict[str, Any]
# Owners before the rows that refer to them.
ORDER = (
    "medarbetare",
    "enhet",
    "kapacitet",
    "kostnad",
    "hushall",
    "deltagare",
    "tidigare_nummer",
    "sokord",
    "arende",
    "undantag",
    "bistandsmanad",
    "inskrivning",
    "stegperiod",
    "planering",
    "planeringssteg",
    "uppfoljning",
    "bip",
    "insats",
    "platsko",
    "osa_beslut",
    "osa_uppfoljning",
    "narvaroschema",
    "narvaro",
    "mote",
    "anteckning",
    "anteckningsmall",
    "dokumentinnehall",
    "dokument",
    "delegationsbeslut",
)


class Tables:
    """Rows that wait to be written, by table; ids go on from one block to the next."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection
        self._rows: dict[str, list[Row]] = defaultdict(list)
        self._last = Counter[str]()

    def add(self, table: str, **values: Any) -> int:
        """Add a row and return its id."""
        self._last[table] += 1
        values["id"] = self._last[table]
        self._rows[table].append(values)
        return self._last[table]

    def add_without_id(self, table: str, **values: Any) -> None:
        """Add a row of a table whose rows have no id."""
        self._rows[table].append(values)

    def next_number(self, table: str) -> int:
        """The id that the next row of the table will get."""
        return self._last[table] + 1

    def write(self) -> None:
        """Write the rows that wait, and forget them."""
        for name in ORDER:
            if waiting := self._rows.pop(name, None):
                columns = [column.name for column in Base.metadata.tables[name].columns]
                # Every row of a table has the same columns; those left out are empty by the table's own word.
                named = [column for column in columns if column in waiting[0]]
                rows = ([row[column] for column in named] for row in waiting)
                bulk.insert_rows(self._connection, name, named, rows)

    def finish(self) -> None:
        """Write what waits and let the store go on from the ids given here."""
        self.write()
        advance_sequences(self._connection, self._last)


class Weighted(Generic[T]):
    """Values to draw from, each as often as its weight says."""

    def __init__(self, values: Iterable[tuple[T, float]]) -> None:
        pairs = tuple(values)
        self._values = tuple(value for value, _ in pairs)
        self._sums = tuple(accumulate(weight for _, weight in pairs))

    def draw(self, rng: Random) -> T:
        """One of the values."""
        return self._values[bisect(self._sums, rng.random() * self._sums[-1])]
