"""A backup is one moment of the register, checked, whole or not there; it gives the same register back."""

from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from db import backup
from db.aktor import Aktor
from db.errors import CancelledError, StoreError
from db.session import Store, open_store
from tests.helpers.factories import FACTORIES, make_deltagare


@pytest.fixture
def full_store(register_file: Path, aktor: Aktor) -> Store:
    """A register as a file with a row of everything."""
    store = open_store(register_file)
    with store.unit_of_work(aktor, "test") as work:
        for make in FACTORIES.values():
            make(work.session)
    return store


def content(path: Path) -> dict[str, list[str]]:
    """Every row of every table."""
    with closing(open_store(path)) as store, store.engine.connect() as connection:
        names = backup.row_counts(connection)
        return {
            name: sorted(map(str, connection.exec_driver_sql(f'SELECT * FROM "{name}"').all()))
            for name in names
        }


def test_back_up_and_restore_give_the_same_register(full_store: Store, tmp_path: Path) -> None:
    copy, again = tmp_path / "kopia", tmp_path / "igen"
    with closing(full_store):
        backup.back_up(full_store, copy)
    backup.restore(copy, again)
    assert content(copy) == content(again) == content(tmp_path / "register.egenvag")


def test_a_backup_is_of_one_moment_while_others_write(
    full_store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    """Somebody registers a person between two pages; the backup does not know of it, and is sound."""
    with full_store.engine.connect() as connection:
        before = backup.row_counts(connection)
        connection.rollback()

    def write(done: int, _total: int) -> None:
        with full_store.unit_of_work(aktor, "test") as work:
            make_deltagare(work.session)

    with closing(full_store):
        backup.back_up(full_store, tmp_path / "kopia", write)
        with full_store.engine.connect() as connection:
            assert backup.row_counts(connection)["deltagare"] > before["deltagare"]
    backup.verify(tmp_path / "kopia", before)


def test_an_existing_file_is_never_touched(full_store: Store, tmp_path: Path) -> None:
    (tmp_path / "kopia").write_bytes(b"annat")
    with closing(full_store), pytest.raises(StoreError, match="finns redan"):
        backup.back_up(full_store, tmp_path / "kopia")
    assert (tmp_path / "kopia").read_bytes() == b"annat"


def test_a_backup_that_is_stopped_leaves_nothing(full_store: Store, tmp_path: Path) -> None:
    def stop(_done: int, _total: int) -> None:
        raise CancelledError

    folder = tmp_path / "kopior"
    folder.mkdir()
    with closing(full_store), pytest.raises(CancelledError):
        backup.back_up(full_store, folder / "kopia", stop)
    assert list(folder.iterdir()) == []


def test_a_copy_without_all_rows_is_no_backup(
    full_store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    copy = backup._copy

    def lose(source: object, target: Path, report: object) -> None:
        copy(source, target, None)
        with closing(open_store(target)) as store, store.engine.begin() as connection:
            connection.execute(text("DELETE FROM narvaro"))

    monkeypatch.setattr(backup, "_copy", lose)
    with closing(full_store), pytest.raises(StoreError, match="inte med alla rader"):
        backup.back_up(full_store, tmp_path / "kopia")
    assert not (tmp_path / "kopia").exists()


def test_a_damaged_backup_is_not_restored(full_store: Store, tmp_path: Path) -> None:
    copy = tmp_path / "kopia"
    with closing(full_store):
        backup.back_up(full_store, copy)
    damaged = bytearray(copy.read_bytes())
    damaged[20_000:60_000] = b"\xaa" * 40_000
    copy.write_bytes(damaged)
    with pytest.raises(StoreError, match=r"skadad|skadat"):
        backup.restore(copy, tmp_path / "igen")
    assert not (tmp_path / "igen").exists()


def test_only_a_register_is_restored(tmp_path: Path) -> None:
    open_store(tmp_path / "tom", create=True).close()
    with pytest.raises(StoreError, match="ingen säkerhetskopia"):
        backup.restore(tmp_path / "tom", tmp_path / "igen")


def test_a_server_is_backed_up_by_its_administrator(new_store: Callable[[], Store], tmp_path: Path) -> None:
    store = new_store()
    if store.is_sqlite:
        backup.back_up(store, tmp_path / "kopia")
        assert (tmp_path / "kopia").exists()
    else:
        with pytest.raises(StoreError, match="administratör"):
            backup.back_up(store, tmp_path / "kopia")
