"""Declarative base, naming of constraints and the column types that all aggregates share."""

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Any

from sqlalchemy import BigInteger, Date, ForeignKey, Integer, MetaData, String, Text
from sqlalchemy.orm import DeclarativeBase, mapped_column

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s_%(referred_table_name)s",
    "pk": "pk_%(table_name)s",
}

# Compared byte for byte in both databases: prefix search by index, and the order that sort_key promises.
BINARY_64 = String(64).with_variant(String(64, collation="C"), "postgresql")
BINARY_400 = String(400).with_variant(String(400, collation="C"), "postgresql")

Pk = Annotated[int, mapped_column(Integer, primary_key=True)]
# The name that the municipality's own systems give a row; what the workbook calls its id. Always text.
Nummer = Annotated[str, mapped_column(BINARY_64, unique=True)]
Namn = Annotated[str, mapped_column(String(200))]
Kod = Annotated[str, mapped_column(String(40))]
Fritext = Annotated[str, mapped_column(Text, default="", server_default="")]
Dag = Annotated[dt.date, mapped_column(Date)]
# A calendar month as year * 12 + month - 1: months next to each other differ by one, in any database.
Manad = Annotated[int, mapped_column(Integer)]
# Money is whole öre.
Ore = Annotated[int, mapped_column(BigInteger)]


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)
    type_annotation_map = {dt.date: Date, str: Text, int: Integer}  # noqa: RUF012


def fk(target: str, *, index: bool = True, nullable: bool = False, cascade: bool = False) -> Any:
    """A foreign key column; `cascade` only where the row is a part of its owner and dies with it."""
    return mapped_column(
        ForeignKey(target, ondelete="CASCADE" if cascade else "RESTRICT"), index=index, nullable=nullable
    )


def one_of(column: str, words: Iterable[str]) -> str:
    """The SQL of a check that a column holds one of the words, such as a list of db.rules.koder."""
    return f"{column} IN ({', '.join(repr(str(word)) for word in words)})"


# Ids are never used again, so the history may name a row by table and id for ever.
NEVER_REUSE = {"sqlite_autoincrement": True}
