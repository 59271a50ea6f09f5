"""SQL that SQLite and PostgreSQL spell differently, written once."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Date, Integer, text
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.expression import FunctionElement


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


def advance_sequences(connection: Connection, tables: Iterable[str]) -> None:
    """Let a server give ids beyond those that rows were written with; a file knows by itself."""
    if connection.dialect.name != "postgresql":
        return
    for name in tables:
        column = f"pg_get_serial_sequence('{name}', 'id')"
        connection.execute(text(f'SELECT setval({column}, max(id)) FROM "{name}" HAVING max(id) > 0'))
