"""Each test's register is as new, whatever the test before did to the one that it was lent."""

import pytest
from sqlalchemy import inspect, text

from db.aktor import SYSTEM
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.registers import Registers

CHANGES = (
    "ALTER TABLE mote ADD COLUMN parkering TEXT",
    "DROP TABLE mote",
    "DROP INDEX ix_mote_datum",
    "UPDATE steg SET namn = namn || ' två'",
    "CREATE TABLE kunder (id INTEGER PRIMARY KEY)",
)
TABLES = ("deltagare", "mote", "sokord", "handelse", "andring", "alembic_version")


def _what_is_there(store: Store) -> object:
    found = inspect(store.engine)
    columns = {key: [column["name"] for column in rows] for key, rows in found.get_multi_columns().items()}
    indexes = {str(index["name"]) for rows in found.get_multi_indexes().values() for index in rows}
    with store.engine.connect() as connection:
        counts = [connection.scalar(text(f"SELECT count(*) FROM {name}")) for name in TABLES]
        steps = connection.scalars(text("SELECT namn FROM steg ORDER BY id")).all()
    return columns, indexes, counts, steps


def _add_somebody(store: Store) -> int:
    with store.unit_of_work(SYSTEM, "test") as work:
        return make.make_deltagare(work.session).id


def test_rows_are_gone_and_ids_begin_anew(registers: Registers) -> None:
    for _ in range(3):
        with registers.for_one_test() as new:
            one, other = new(), new()
            before = _what_is_there(one)
            assert _what_is_there(other) == before
            assert (_add_somebody(one), _add_somebody(one), _add_somebody(other)) == (1, 2, 1)
            assert _what_is_there(one) != before


@pytest.mark.parametrize("change", CHANGES)
def test_what_is_changed_beside_rows_is_gone_too(registers: Registers, change: str) -> None:
    with registers.for_one_test() as new:
        store = new()
        before = _what_is_there(store)
        with store.engine.begin() as connection:
            connection.execute(text(change))
    with registers.for_one_test() as new:
        assert _what_is_there(new()) == before


def test_nobody_stays_behind_and_who_tried_is_told(registers: Registers) -> None:
    with pytest.raises(AssertionError, match="given back"), registers.for_one_test() as new:
        store = new()
        left = store.engine.connect()
        left.execute(text("DELETE FROM steg WHERE 1 = 0"))
    with registers.for_one_test() as new:
        assert _add_somebody(new()) == 1
    left.invalidate()
    store.close()


def test_a_test_makes_the_same_rows_each_time(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        assert make.make_hushall(work.session).nummer == f"H{make.ROOM}"
