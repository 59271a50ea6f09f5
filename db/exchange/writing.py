"""Writes a plan in the open transaction: new rows in blocks, changed cells and search words."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from itertools import repeat
from typing import Any

from sqlalchemy import delete
from sqlalchemy.orm import Session

from db import bulk
from db.exchange.outcome import Ticker
from db.exchange.plan import Plan, TablePlan
from db.exchange.storeside import StoreSide, chunks, table
from db.history import NEW, CellRow, to_json
from db.models import Sokord
from db.rules import namn

BLOCK = 20_000


def write_plan(session: Session, store: StoreSide, plan: Plan, idag: date, ticker: Ticker) -> list[CellRow]:
    """Write the rows; returns their cells for the history, in the order written. Progress 0.65–0.9."""
    connection = session.connection()
    _free_numbers(session, plan)
    total = sum(len(part.new_ids) + len(part.changed) for part in plan.tables) or 1
    cells: list[CellRow] = []
    for part in plan.tables:
        _insert(session, part, len(cells), total, ticker)
        cells += zip(repeat(part.table), part.new_ids, repeat(NEW), repeat(None), repeat(None), strict=False)
        if part.table == "deltagare":
            _write_sokord(session, part)
    for part in plan.tables:
        cells += _update(session, part)
    ticker.tick(0.85, "Skriver ändringar")
    earlier = _earlier_numbers(store, plan, idag)
    if earlier:
        columns = ("id", "deltagare_id", "personnummer", "nummertyp", "till")
        bulk.insert_rows(connection, "tidigare_nummer", columns, earlier)
        cells += [("tidigare_nummer", row[0], NEW, None, None) for row in earlier]
    return cells


def _insert(session: Session, part: TablePlan, done: int, total: int, ticker: Ticker) -> None:
    names = list(part.columns)
    for start in range(0, len(part.new_ids), BLOCK):
        ticker.tick(0.65 + 0.2 * (done + start) / total, f"Skriver {start} av {len(part.new_ids)} rader")
        stop = start + BLOCK
        columns = [part.columns[name][start:stop] for name in names]
        rows = zip(part.new_ids[start:stop], *columns, strict=True)
        bulk.insert_rows(session.connection(), part.table, ["id", *names], rows)


def _update(session: Session, part: TablePlan) -> Iterator[CellRow]:
    alike: dict[tuple[str, ...], list[tuple[Any, ...]]] = defaultdict(list)
    for row_id, changes in part.changed.items():
        written = {name: new for name, (_, new) in changes.items()}
        if "personnummer" in written:
            # The type was let go with the number, so it is written also where it stays the same.
            written.setdefault("nummertyp", number_type(written["personnummer"]))
        alike[tuple(written)].append((*written.values(), row_id))
    for names, rows in alike.items():
        bulk.update_rows(session.connection(), part.table, names, rows)
    if part.table == "deltagare":
        renamed = [row_id for row_id, changes in part.changed.items() if changes.keys() & _NAMES]
        rebuild_sokord(session, renamed)
    for row_id, changes in part.changed.items():
        for name, (old, new) in changes.items():
            yield part.table, row_id, name, to_json(old), to_json(new)


_NAMES = {"fornamn", "efternamn", "sortering"}


def _free_numbers(session: Session, plan: Plan) -> None:
    """Numbers that change are let go first: one row may take over what another was wrongly given."""
    for part in plan.tables:
        if part.table == "delegationsbeslut":
            free_lopnummer(session, (row_id for row_id, c in part.changed.items() if "lopnummer" in c))
        if part.table == "deltagare":
            moved = [(None, None, row_id) for row_id, c in part.changed.items() if "personnummer" in c]
            bulk.update_rows(session.connection(), "deltagare", ("personnummer", "nummertyp"), moved)


def free_lopnummer(session: Session, ids: Iterable[int]) -> None:
    """Let the numbers of these delegationsbeslut go, while they change hands."""
    rows = [(None, row_id) for row_id in ids]
    bulk.update_rows(session.connection(), "delegationsbeslut", ("lopnummer",), rows)


def number_type(number: str | None) -> str | None:
    """What kind of number a stored number is; None for none."""
    if number is None:
        return None
    if not number.isdigit():
        return "reservnummer"
    return "samordningsnummer" if int(number[6:8]) >= 60 else "personnummer"


def _earlier_numbers(store: StoreSide, plan: Plan, idag: date) -> list[tuple[Any, ...]]:
    lost = [
        (row_id, changes["personnummer"][0])
        for part in plan.tables
        if part.table == "deltagare"
        for row_id, changes in part.changed.items()
        if changes.get("personnummer", (None,))[0] is not None
    ]
    ids = store.allot("tidigare_nummer", len(lost))
    return [
        (new_id, row_id, number, number_type(number), idag.isoformat())
        for new_id, (row_id, number) in zip(ids, lost, strict=True)
    ]


def _write_sokord(session: Session, part: TablePlan) -> None:
    columns = part.columns
    people = zip(part.new_ids, columns["efternamn"], columns["fornamn"], columns["sortering"], strict=True)
    _insert_sokord(session, people)


def _insert_sokord(session: Session, people: Iterator[tuple[int, str, str, str]]) -> None:
    rows = [
        (ord_, plats, row_id)
        for row_id, efternamn, fornamn, plats in people
        for ord_ in namn.sokord(efternamn, fornamn)
    ]
    # In key order the index grows at its end instead of all over.
    rows.sort()
    bulk.insert_rows(session.connection(), "sokord", ("ord", "sortering", "deltagare_id"), rows)


def rebuild_sokord(session: Session, ids: Sequence[int]) -> None:
    """Make the search words of these deltagare anew from their names as they now stand."""
    store = StoreSide(session.connection(), reserve=False)
    wanted = set(ids)
    for part in chunks(wanted):
        session.execute(delete(Sokord).where(table("sokord").c.deltagare_id.in_(part)))
    people = store.rows("deltagare", ["efternamn", "fornamn", "sortering"], "id", wanted)
    _insert_sokord(session, (tuple(row) for row in people if row[0] in wanted))
