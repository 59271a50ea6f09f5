"""What is wrong in a register is found, told in Swedish, and names nobody."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from db import maintenance
from db.aktor import Aktor
from db.history import broken_seals
from db.models import Deltagare
from db.session import Store, open_store
from tests.helpers.factories import FACTORIES, make_deltagare, make_mote


@pytest.fixture
def full_store(store: Store, aktor: Aktor) -> Store:
    """A register with a row of everything, made in several acts."""
    for make in FACTORIES.values():
        with store.unit_of_work(aktor, "test") as work:
            make(work.session)
    return store


def tamper(store: Store, statement: str) -> None:
    """Change the register past the programme, as with a bare client."""
    with store.engine.begin() as connection:
        connection.execute(text(statement))


def found(store: Store, aktor: Aktor) -> list[str]:
    return [f"{fault.omrade}: {fault.text}" for fault in maintenance.check_register(store, aktor)]


def test_a_sound_register(full_store: Store, aktor: Aktor) -> None:
    assert found(full_store, aktor) == []


def test_an_empty_register(store: Store, aktor: Aktor) -> None:
    assert found(store, aktor) == []


@pytest.mark.parametrize(
    ("statement", "omrade"),
    [
        ("UPDATE deltagare SET sortering = 'z' WHERE id = 2", "bokstavsordningen: Rad 2 i deltagare"),
        ("UPDATE deltagare SET fornamn = 'Eva' WHERE id = 2", "sökorden: Rad 2 i deltagare"),
        ("DELETE FROM sokord WHERE deltagare_id = 2", "sökorden: Rad 2 i deltagare"),
        ("INSERT INTO sokord VALUES ('falskt', 'x', 2)", "sökorden: Rad 2 i deltagare"),
        ("DELETE FROM narvaro", "raderna: Rad 1 i narvaro är borta"),
        ("UPDATE andring SET falt = '-' WHERE id = 1", "historikens kedja: Händelse 1 "),
        ("UPDATE handelse SET aktor = 'annan' WHERE id = 3", "historikens kedja: Händelse 3 "),
        ("DELETE FROM andring WHERE handelse_id = 4", "historikens kedja: Händelse 4 "),
        ("UPDATE handelse SET tid = '2000-01-01T00:00:00Z' WHERE id = 1", "historikens kedja: Händelse 1 "),
    ],
)
def test_tampering_is_found(full_store: Store, aktor: Aktor, statement: str, omrade: str) -> None:
    tamper(full_store, statement)
    told = found(full_store, aktor)
    assert any(line.startswith(omrade) for line in told), told
    assert not any("Åkesson" in line for line in told)


def test_an_act_taken_out_of_the_middle_is_found(full_store: Store, aktor: Aktor) -> None:
    tamper(full_store, "DELETE FROM andring WHERE handelse_id = 5")
    tamper(full_store, "DELETE FROM handelse WHERE id = 5")
    assert any("Händelse 6 " in line for line in found(full_store, aktor))


def test_a_history_cut_at_its_end_is_found(register_file: Path, aktor: Aktor) -> None:
    with closing(open_store(register_file)) as store:
        for _ in range(3):
            with store.unit_of_work(aktor, "test") as work:
                make_mote(work.session)
        tamper(store, "DELETE FROM andring WHERE handelse_id = 3")
        tamper(store, "DELETE FROM handelse WHERE id = 3")
        assert "historikens slut: Historiken slutar vid händelse 2, men händelse 3 har funnits." in found(
            store, aktor
        )


def test_references_to_nothing_are_found(register_file: Path, aktor: Aktor) -> None:
    with closing(open_store(register_file)) as store:
        with store.unit_of_work(aktor, "test") as work:
            make_deltagare(work.session)
        with store.engine.connect() as connection:
            raw = connection.connection.driver_connection
            raw.execute("PRAGMA foreign_keys = OFF")  # type: ignore[union-attr]
            raw.execute("UPDATE deltagare SET hushall_id = 404")  # type: ignore[union-attr]
        told = found(store, aktor)
    assert told == ["hänvisningarna: Rad 1 i deltagare hänvisar till en rad i hushall som inte finns."]


def test_a_damaged_file_is_told_of(register_file: Path, aktor: Aktor) -> None:
    with closing(open_store(register_file)) as store, store.unit_of_work(aktor, "test") as work:
        for _ in range(300):
            make_deltagare(work.session)
    damaged = bytearray(register_file.read_bytes())
    damaged[-40_000:] = b"\xaa" * 40_000
    register_file.write_bytes(damaged)
    with closing(open_store(register_file)) as store:
        told = found(store, aktor)
    assert any(line.startswith("filen: Filen är skadad") for line in told)


def test_many_faults_of_a_kind_are_counted(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        for _ in range(60):
            make_deltagare(work.session)
    tamper(store, "UPDATE deltagare SET sortering = '~'")
    told = [line for line in found(store, aktor) if line.startswith("bokstavsordningen")]
    assert len(told) == maintenance.MOST + 1
    assert told[-1] == "bokstavsordningen: … och 10 till."


def test_progress(store: Store, aktor: Aktor) -> None:
    told: list[tuple[int, int]] = []
    maintenance.check_register(store, aktor, lambda done, total: told.append((done, total)))
    assert told[0] == (0, len(maintenance.CHECKS))
    assert len(told) == len(maintenance.CHECKS)


def test_a_row_removed_with_its_history_is_no_fault(full_store: Store, aktor: Aktor) -> None:
    with full_store.unit_of_work(aktor, "test") as work:
        mote = make_mote(work.session)
    with full_store.unit_of_work(aktor, "test") as work:
        work.session.delete(work.session.merge(mote))
    assert found(full_store, aktor) == []


def test_a_new_name_brings_its_words(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        row = make_deltagare(work.session, fornamn="Anna-Lisa", efternamn="von Ekström")
        identity = row.id
    assert found(store, aktor) == []
    with store.read(aktor) as session:
        assert session.get_one(Deltagare, identity).sortering
        assert broken_seals(session) == []


def test_seals_of_many_acts(store: Store, aktor: Aktor, new_store: Callable[[], Store]) -> None:
    for _ in range(5):
        with store.unit_of_work(aktor, "test") as work:
            for _ in range(3):
                make_mote(work.session)
    tamper(store, "UPDATE andring SET nytt = 'x' WHERE handelse_id IN (2, 4)")
    with store.read(aktor) as session:
        assert broken_seals(session) == [2, 4]
