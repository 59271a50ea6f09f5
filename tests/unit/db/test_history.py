"""The seals: every edit, removal, addition and move inside the history shows; the end needs an anchor."""

import random
import tracemalloc
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from sqlalchemy import Connection, text

from db.aktor import SYSTEM
from db.history import FIRST_SEAL, PART, append_rows, broken_seals, seal, to_json
from db.models import Handelse
from db.session import Store
from tests.helpers.factories import make_enhet

CELLS = [("enhet", 1, "namn", '"Ett"', '"Två å 😀"'), ("enhet", 2, "+", None, None)]


def _write(store: Store, acts: int, cells: int = 3) -> list[int]:
    ids = []
    for act in range(acts):
        with store.unit_of_work(SYSTEM, "prov") as work:
            rows = [("enhet", nr, "namn", to_json(f"{act}"), to_json(f"{nr}")) for nr in range(cells)]
            ids.append(append_rows(work.session, "anna", "ändring", f"Nr {act}", rows))
    return ids


def _broken(store: Store) -> list[int]:
    with store.read(SYSTEM) as reading:
        return broken_seals(reading)


def _tamper(store: Store, change: Callable[[Connection], object]) -> None:
    """Change the history behind the programme's back, references and all."""
    with store.engine.connect() as connection:
        if store.is_sqlite:
            connection.connection.cursor().execute("PRAGMA foreign_keys = OFF").close()
        with connection.begin():
            if not store.is_sqlite:
                connection.execute(text("SET LOCAL session_replication_role = replica"))
            change(connection)
    store.engine.dispose()


def _run(*statements: str) -> Callable[[Connection], None]:
    def run(connection: Connection) -> None:
        for statement in statements:
            connection.execute(text(statement))

    return run


def test_an_empty_history_is_whole(store: Store) -> None:
    assert _broken(store) == []


def test_a_history_is_whole(store: Store) -> None:
    _write(store, 4)
    with store.unit_of_work(SYSTEM, "prov") as work:
        make_enhet(work.session)
    with store.unit_of_work(SYSTEM, "visning"):
        pass
    _write(store, 1, cells=0)
    assert _broken(store) == []


@pytest.mark.parametrize(
    ("change", "broken"),
    [
        (_run("UPDATE handelse SET aktor = 'bo' WHERE id = 2"), [2]),
        (_run("UPDATE handelse SET tid = '2020-01-01T00:00:00Z' WHERE id = 2"), [2]),
        (_run("UPDATE handelse SET slag = 'import' WHERE id = 3"), [3]),
        (_run("UPDATE handelse SET text = '' WHERE id = 5"), [5]),
        (_run("UPDATE handelse SET angrar_id = 1 WHERE id = 3"), [3]),
        (_run("UPDATE handelse SET kedja = 'x' WHERE id = 2"), [2, 3]),
        (_run("UPDATE andring SET nytt = '\"9\"' WHERE id = 5"), [2]),
        (_run("UPDATE andring SET gammalt = NULL WHERE id = 5"), [2]),
        (_run("UPDATE andring SET rad_id = 7 WHERE id = 1"), [1]),
        (_run("UPDATE andring SET handelse_id = 3 WHERE id = 4"), [2, 3]),
        (_run("DELETE FROM andring WHERE id = 6"), [2]),
        (_run("DELETE FROM andring WHERE handelse_id = 2"), [2]),
        (
            _run("INSERT INTO andring (handelse_id, tabell, rad_id, falt) VALUES (4, 'enhet', 9, '+')"),
            [4],
        ),
        (
            _run("INSERT INTO andring (handelse_id, tabell, rad_id, falt) VALUES (99, 'enhet', 9, '+')"),
            [99],
        ),
        (_run("DELETE FROM andring WHERE handelse_id = 2", "DELETE FROM handelse WHERE id = 2"), [3]),
        (_run("DELETE FROM handelse WHERE id = 2"), [2, 3]),
        (_run("DELETE FROM andring WHERE handelse_id = 1", "DELETE FROM handelse WHERE id = 1"), [2]),
        (
            _run(
                "UPDATE handelse SET id = 90 WHERE id = 2",
                "UPDATE handelse SET id = 2 WHERE id = 3",
                "UPDATE handelse SET id = 3 WHERE id = 90",
            ),
            [2, 3, 4],
        ),
        (
            _run(
                "UPDATE andring SET id = 90 WHERE id = 4",
                "UPDATE andring SET id = 4 WHERE id = 5",
                "UPDATE andring SET id = 5 WHERE id = 90",
            ),
            [2],
        ),
    ],
)
def test_tampering_shows(store: Store, change: Callable[[Connection], None], broken: list[int]) -> None:
    assert _write(store, 5) == [1, 2, 3, 4, 5]
    _tamper(store, change)
    assert _broken(store) == broken


def test_any_one_cell_edited_at_random_shows(store: Store) -> None:
    _write(store, 12, cells=4)
    rng = random.Random(5)
    for _ in range(10):
        cell = rng.randint(1, 48)
        column = rng.choice(("tabell", "falt", "gammalt", "nytt"))
        with store.engine.connect() as connection:
            kept = connection.execute(text(f"SELECT {column} FROM andring WHERE id = {cell}")).scalar()
        _tamper(store, _run(f"UPDATE andring SET {column} = {column} || 'x' WHERE id = {cell}"))
        assert _broken(store) == [(cell - 1) // 4 + 1]
        undo = text(f"UPDATE andring SET {column} = :kept WHERE id = {cell}").bindparams(kept=kept)
        _tamper(store, lambda connection, undo=undo: connection.execute(undo))  # type: ignore[misc]
    assert _broken(store) == []


def test_acts_cut_off_the_end_need_an_anchor(store: Store) -> None:
    """What is left is a whole history: only the last seal, kept elsewhere, tells that it was longer."""
    _write(store, 3)
    _tamper(store, _run("DELETE FROM andring WHERE handelse_id = 3", "DELETE FROM handelse WHERE id = 3"))
    assert _broken(store) == []


def test_the_seal_is_the_same_for_ever() -> None:
    """A register sealed by an older version must stay whole: this value never changes."""
    head = ("2026-11-12T08:00:00.000000Z", "anna", "ändring", "Åäö", None)
    expected = "398c07b9"
    assert seal(FIRST_SEAL, head, CELLS)[:8] == expected
    assert seal(FIRST_SEAL, head, iter(CELLS))[:8] == expected


@pytest.mark.parametrize("number", [PART - 1, PART, PART + 1, 2 * PART])
def test_the_seal_does_not_depend_on_how_cells_are_taken_in_parts(
    number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    cells = [("enhet", nr, "+", None, None) for nr in range(number)]
    whole = seal(FIRST_SEAL, (), cells)
    monkeypatch.setattr("db.history.PART", 999)
    assert seal(FIRST_SEAL, (), cells) == whole


def test_values_cannot_be_moved_over_their_borders() -> None:
    one = [("enhet", 1, "namn", "a", "bc")]
    other = [("enhet", 1, "namn", "ab", "c")]
    two = [("enhet", 1, "namn", "a", "b"), ("enhet", 1, "namn", "c", "d")]
    assert len({seal(FIRST_SEAL, (), cells) for cells in (one, other, two, [], two[:1], two[1:])}) == 6


def test_a_long_history_is_checked_in_little_memory(store: Store) -> None:
    _write(store, 1, cells=60_000)
    with store.read(SYSTEM) as reading:
        tracemalloc.start()
        assert broken_seals(reading) == []
        _, most = tracemalloc.get_traced_memory()
        tracemalloc.stop()
    assert most < 12_000_000


@pytest.mark.parametrize(
    ("value", "told"),
    [
        (None, None),
        (date(2024, 2, 29), '"2024-02-29"'),
        (True, "true"),
        (0, "0"),
        (0.1, "0.1"),
        ("", '""'),
        ('å "citat" \\ 😀', '"å \\"citat\\" \\\\ 😀"'),
    ],
)
def test_cells_hold_json(value: Any, told: str | None) -> None:
    assert to_json(value) == told


def test_an_act_can_say_which_act_it_takes_back(store: Store) -> None:
    [first] = _write(store, 1)
    with store.unit_of_work(SYSTEM, "ångra") as work:
        work.recorder.angrar_id = first
        make_enhet(work.session)
    assert work.changes is not None
    assert work.changes.tables() == {"enhet"}
    with store.read(SYSTEM) as reading:
        assert reading.get_one(Handelse, work.changes.handelse_id).angrar_id == first
    assert _broken(store) == []
