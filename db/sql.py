"""SQL that SQLite and PostgreSQL spell differently, written once."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import (
    ARRAY,
    Boolean,
    CompoundSelect,
    Connection,
    Date,
    Dialect,
    Integer,
    Select,
    Text,
    TypeDecorator,
    text,
)
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Session
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement
from sqlalchemy.types import TypeEngine


class days_between(FunctionElement[int]):  # noqa: N801 - reads as an SQL function
    """Whole days from the first date to the second: `days_between(a, b)` is b − a."""

    name = "days_between"
    type = Integer()
    inherit_cache = True


@compiles(days_between, "sqlite")
def _days_between_sqlite(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    first, second = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"CAST(julianday({second}) - julianday({first}) AS INTEGER)"


@compiles(days_between, "postgresql")
def _days_between_postgresql(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    first, second = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"(CAST({second} AS DATE) - CAST({first} AS DATE))"


class day_number(FunctionElement[int]):  # noqa: N801 - reads as an SQL function
    """A date as its number, the same as Python's `date.toordinal()`."""

    name = "day_number"
    type = Integer()
    inherit_cache = True


@compiles(day_number, "sqlite")
def _day_number_sqlite(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    (day,) = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"CAST(julianday({day}) - 1721424.5 AS INTEGER)"


@compiles(day_number, "postgresql")
def _day_number_postgresql(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    (day,) = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"(CAST({day} AS DATE) - DATE '0001-01-01' + 1)"


class add_days(FunctionElement[Any]):  # noqa: N801 - reads as an SQL function
    """The date a number of days after another: `add_days(day, n)`."""

    name = "add_days"
    type = Date()
    inherit_cache = True


@compiles(add_days, "sqlite")
def _add_days_sqlite(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    day, number = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"date({day}, ({number}) || ' days')"


@compiles(add_days, "postgresql")
def _add_days_postgresql(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    day, number = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"(CAST({day} AS DATE) + CAST({number} AS INTEGER))"


class IdList(TypeDecorator[list[int]]):
    """Ids as one value of a statement, however many they are: for `among`."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        return dialect.type_descriptor(ARRAY(Integer) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: Iterable[int] | None, dialect: Dialect) -> Any:
        ids = list(value or ())
        return ids if dialect.name == "postgresql" else json.dumps(ids)


class among(FunctionElement[bool]):  # noqa: N801 - reads as an SQL function
    """Whether an id is one of an IdList: `among(column, ids)` is an `in_` whose text stays the same."""

    name = "among"
    type = Boolean()
    inherit_cache = True

    def self_group(self, against: Any = None) -> "among":  # noqa: ARG002 - so it is called
        """As it is: a truth that is compared with 1 is not looked up in an index."""
        return self


@compiles(among, "sqlite")
def _among_sqlite(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    column, ids = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({ids}))"


@compiles(among, "postgresql")
def _among_postgresql(element: Any, compiler: SQLCompiler, **kw: Any) -> str:
    column, ids = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} = ANY({ids})"


def advance_sequences(connection: Connection, tables: Iterable[str]) -> None:
    """Let a server give ids beyond those that rows were written with; a file knows by itself."""
    if connection.dialect.name != "postgresql":
        return
    for name in tables:
        column = f"pg_get_serial_sequence('{name}', 'id')"
        connection.execute(text(f'SELECT setval({column}, max(id)) FROM "{name}" HAVING max(id) > 0'))


def connection_of(session: Session | Connection) -> Connection:
    """The connection that a session asks over; a connection is its own."""
    return session.connection() if isinstance(session, Session) else session


class Prepared:
    """A select that is built and compiled once for each kind of database, and then sent as it is.

    For what is asked at every key press or card: SQLAlchemy's building and compiling of an ORM statement
    takes many times the database's own time. Make it at module level with `bindparam`s; no `in_` of a list,
    whose length the text would depend on (use a subquery, or `among`). Rows are plain tuples in the order of
    the columns.
    """

    def __init__(self, statement: Select[*tuple[Any, ...]] | CompoundSelect[*tuple[Any, ...]]) -> None:
        self._statement = statement
        self._ready: dict[str, _Ready] = {}

    def rows(self, session: Session | Connection, **values: Any) -> list[tuple[Any, ...]]:
        """Every row, with the types that the columns have in Python. Raises KeyError for a missing value.

        Who asks many in a row hands over `session.connection()`, which costs more than a look-up by key.
        """
        connection = connection_of(session)
        ready = self._ready.get(connection.dialect.name) or self._prepare(connection.dialect)
        found = _send(connection, ready.sql, ready.bind(values))
        return [ready.read(row) for row in found] if ready.readers else found

    def first(self, session: Session | Connection, **values: Any) -> tuple[Any, ...] | None:
        """The first row, None where there is none."""
        found = self.rows(session, **values)
        return found[0] if found else None

    def _prepare(self, dialect: Dialect) -> "_Ready":
        compiled = self._statement.compile(dialect=dialect)
        readers = [
            (place, reader)
            for place, column in enumerate(self._statement.selected_columns)
            if (reader := column.type.dialect_impl(dialect).result_processor(dialect, None)) is not None
        ]
        binds = {name: bind for bind, name in compiled.bind_names.items()}
        writers = {
            name: writer
            for name, bind in binds.items()
            if (writer := bind.type.dialect_impl(dialect).bind_processor(dialect)) is not None
        }
        fixed = {name: bind.effective_value for name, bind in binds.items() if not bind.required}
        ready = _Ready(str(compiled), compiled.positiontup, tuple(binds), fixed, readers, writers)
        self._ready[dialect.name] = ready
        return ready


@dataclass(frozen=True, slots=True)
class _Ready:
    """A statement's text for one kind of database, and how values go in and come out."""

    sql: str
    positions: Sequence[str] | None  # the names in order, where the driver wants values by position
    names: tuple[str, ...]
    fixed: dict[str, Any]
    readers: Sequence[tuple[int, Callable[[Any], Any]]]
    writers: Mapping[str, Callable[[Any], Any]]

    def bind(self, values: dict[str, Any]) -> Any:
        given = {**self.fixed, **values} if self.fixed else values
        if self.writers:
            given = dict(given)
            for name, write in self.writers.items():
                given[name] = write(given[name])
        if self.positions is not None:
            return [given[name] for name in self.positions]
        return {name: given[name] for name in self.names}

    def read(self, row: Sequence[Any]) -> tuple[Any, ...]:
        cells = list(row)
        for place, reader in self.readers:
            if cells[place] is not None:
                cells[place] = reader(cells[place])
        return tuple(cells)


def _send(connection: Connection, sql: str, values: Any) -> list[tuple[Any, ...]]:
    """The driver's own rows, inside the connection's transaction. SQLAlchemy's way from a text to its rows
    costs ten times what SQLite takes for a look-up by key."""
    # Who counts statements counts these too. The engine's listeners: a connection's are dear to look up.
    for listener in connection.engine.dispatch.before_cursor_execute:
        listener(connection, None, sql, values, None, False)
    driver: Any = connection.connection.driver_connection
    try:
        found: list[tuple[Any, ...]] = driver.execute(sql, values).fetchall()
    except connection.dialect.loaded_dbapi.Error as error:
        raise DBAPIError.instance(sql, values, error, connection.dialect.loaded_dbapi.Error) from error
    return found
