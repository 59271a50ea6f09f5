"""Change history: every unit of work leaves one sealed act with the old and new value of each cell."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from itertools import groupby, islice
from math import inf
from operator import itemgetter
from typing import Any

from sqlalchemy import Connection, select, text
from sqlalchemy.orm import Session

from db import bulk
from db.models import Andring, Handelse
from db.sql import Prepared, connection_of

NEW, REMOVED = "+", "-"
# Acts that tell what was done and change nothing: there is nothing to take back.
ONLY_TOLD = frozenset({"visning", "utskrift", "kopiering", "dokumentkopia"})
FIRST_SEAL = "0" * 64
PART = 5_000  # cells at a time
CellRow = tuple[str, int, str, str | None, str | None]
_IN_PARTS = {"yield_per": PART}
_NO_MORE: tuple[float, Iterator[CellRow]] = (inf, iter(()))
_LAST_SEAL = Prepared(select(Handelse.kedja).order_by(Handelse.id.desc()).limit(1))
_LOCK_KEY = 0x45474E56  # PostgreSQL's advisory lock: one act at a time may extend the chain.


@dataclass(frozen=True, slots=True)
class Changes:
    """What an act touched: its id in the history (for undo) and the tables and rows concerned."""

    handelse_id: int
    touched: frozenset[tuple[str, int]]

    def tables(self) -> frozenset[str]:
        """The names of the tables concerned."""
        return frozenset(table for table, _ in self.touched)


def plain_value(value: Any) -> Any:
    """A cell's value as JSON can hold it: dates as ISO text."""
    return value.isoformat() if isinstance(value, date) else value


def to_json(value: Any) -> str | None:
    """A cell's value as JSON text, dates as ISO text; None stays None."""
    return None if value is None else json.dumps(plain_value(value), ensure_ascii=False)


def seal(previous: str, head: Sequence[object], cells: Iterable[CellRow]) -> str:
    """SHA-256 over the seal before, the act and its cells in order; 64 hexadecimal digits.

    JSON in ASCII is the same in every Python and every database, and says where each value ends.
    """
    digest = hashlib.sha256(previous.encode())
    digest.update(json.dumps(list(head)).encode())
    rows, between = iter(cells), ""
    while part := list(islice(rows, PART)):
        digest.update(f"{between}{json.dumps(part)[1:-1]}".encode())
        between = ", "
    return digest.hexdigest()


def append_rows(
    session: Session | Connection,
    aktor: str,
    slag: str,
    beskrivning: str,
    rows: Sequence[CellRow],
    angrar_id: int | None = None,
) -> int:
    """Write one act with its cells (table, row, column, old, new), sealed onto the chain; returns its id.

    The caller commits.
    """
    connection = connection_of(session)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _LOCK_KEY})
    last = _LAST_SEAL.first(connection)
    tid = datetime.now(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    kedja = seal(last[0] if last else FIRST_SEAL, (tid, aktor, slag, beskrivning, angrar_id), rows)
    head = {"tid": tid, "aktor": aktor, "slag": slag, "text": beskrivning, "angrar_id": angrar_id}
    handelse_id = bulk.insert_row(connection, "handelse", {**head, "kedja": kedja})
    names = ("handelse_id", "tabell", "rad_id", "falt", "gammalt", "nytt")
    bulk.insert_rows(connection, "andring", names, ((handelse_id, *row) for row in rows))
    return handelse_id


def broken_seals(session: Session) -> list[int]:
    """The ids of acts whose seal does not fit the act, its cells and the seal before; [] when all is well.

    Finds what was edited, removed, added or moved inside the history. Acts cut off its end leave a shorter
    history that is whole: they show only to someone who knows the last seal. Reads in one pass, a few
    thousand cells at a time, however long the history is.
    """
    broken, previous = [], FIRST_SEAL
    columns = ("id", "kedja", "tid", "aktor", "slag", "text", "angrar_id")
    acts = select(*(Handelse.__table__.c[name] for name in columns)).order_by(Handelse.id)
    cells = _cells_by_act(session)
    cells_of, own = next(cells, _NO_MORE)
    for handelse_id, kedja, *head in session.execute(acts, execution_options=_IN_PARTS):
        while cells_of < handelse_id:  # cells of an act that is not there
            broken.append(int(cells_of))
            cells_of, own = next(cells, _NO_MORE)
        is_own = cells_of == handelse_id
        if seal(previous, head, own if is_own else ()) != kedja:
            broken.append(handelse_id)
        if is_own:
            cells_of, own = next(cells, _NO_MORE)
        previous = kedja
    while cells_of < inf:
        broken.append(int(cells_of))
        cells_of, own = next(cells, _NO_MORE)
    return broken


def _cells_by_act(session: Session) -> Iterator[tuple[float, Iterator[CellRow]]]:
    columns = ("handelse_id", "tabell", "rad_id", "falt", "gammalt", "nytt")
    cells = select(*(Andring.__table__.c[name] for name in columns)).order_by(Andring.handelse_id, Andring.id)
    rows = session.execute(cells, execution_options=_IN_PARTS)
    for handelse_id, group in groupby(rows, key=itemgetter(0)):
        yield handelse_id, (tuple(row[1:]) for row in group)
