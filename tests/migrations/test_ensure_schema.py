"""What happens when a register is opened: made, upgraded after a backup, or refused untouched."""

import multiprocessing
import subprocess
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import inspect, select, text

from db import migrate, session
from db.aktor import Aktor
from db.errors import StoreError
from db.migrate import Schema
from db.models import Deltagare
from db.session import Store, open_store
from tests.conftest import PATIENCE
from tests.helpers.factories import make_deltagare

from .conftest import LATER, Later

ADD_COLUMN = 'op.add_column("mote", sa.Column("parkering", sa.Text()))'
FAIL_HALF_WAY = f'{ADD_COLUMN}\nop.execute("DELETE FROM deltagare")\nraise RuntimeError("half-way")'


def columns(store: Store, table: str) -> set[str]:
    with store.engine.connect() as connection:
        return {str(column["name"]) for column in inspect(connection).get_columns(table)}


def people(store: Store, aktor: Aktor) -> list[str]:
    with store.read(aktor) as session:
        return list(session.execute(select(Deltagare.nummer).order_by(Deltagare.id)).scalars())


def set_revision(store: Store, revision: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :new"), {"new": revision})


def test_an_empty_store_gets_its_tables(bare_store: Store) -> None:
    assert migrate.schema_of(bare_store) is Schema.EMPTY
    migrate.ensure_schema(bare_store)
    assert migrate.schema_of(bare_store) is Schema.CURRENT


def test_a_current_store_is_left_alone(store: Store) -> None:
    migrate.ensure_schema(store, tell=lambda said: pytest.fail(said))


def test_an_older_store_is_upgraded(
    store: Store, aktor: Aktor, later_programme: Later, tmp_path: Path
) -> None:
    with store.unit_of_work(aktor, "test") as work:
        make_deltagare(work.session, nummer="D1")
    later_programme(ADD_COLUMN)
    told: list[str] = []
    migrate.ensure_schema(store, backup_dir=tmp_path / "kopior", tell=told.append)
    assert "parkering" in columns(store, "mote")
    assert people(store, aktor) == ["D1"]
    assert told[-1] == "Registret uppgraderas."


def test_the_backup_before_an_upgrade_is_the_register_as_it_was(
    register_file: Path, aktor: Aktor, later_programme: Later, tmp_path: Path
) -> None:
    with closing(open_store(register_file)) as store:
        with store.unit_of_work(aktor, "test") as work:
            make_deltagare(work.session, nummer="D1")
        later_programme(ADD_COLUMN)
        migrate.ensure_schema(store, backup_dir=tmp_path / "kopior")
    (copy,) = (tmp_path / "kopior").iterdir()
    assert LATER in copy.name
    with closing(open_store(copy)) as old:
        assert people(old, aktor) == ["D1"]
        assert "parkering" not in columns(old, "mote")


def test_a_revision_that_fails_half_way_leaves_nothing(
    store: Store, aktor: Aktor, later_programme: Later, tmp_path: Path
) -> None:
    with store.unit_of_work(aktor, "test") as work:
        make_deltagare(work.session, nummer="D1")
    later_programme(FAIL_HALF_WAY)
    with pytest.raises(StoreError, match="kvar som det var"):
        migrate.ensure_schema(store, backup_dir=tmp_path / "kopior")
    assert "parkering" not in columns(store, "mote")
    assert people(store, aktor) == ["D1"]
    assert migrate.schema_of(store) is Schema.OLDER


def test_a_revision_that_breaks_references_leaves_nothing(
    register_file: Path, aktor: Aktor, later_programme: Later, tmp_path: Path
) -> None:
    with closing(open_store(register_file)) as store:
        with store.unit_of_work(aktor, "test") as work:
            make_deltagare(work.session, nummer="D1")
        later_programme('op.execute("UPDATE deltagare SET hushall_id = 404")')
        with pytest.raises(StoreError, match="trasiga hänvisningar"):
            migrate.ensure_schema(store, backup_dir=tmp_path / "kopior")
        assert migrate.schema_of(store) is Schema.OLDER


def test_no_upgrade_without_a_backup(register_file: Path, later_programme: Later, tmp_path: Path) -> None:
    later_programme(ADD_COLUMN)
    (tmp_path / "kopior").write_text("a file where the folder should be")
    with closing(open_store(register_file)) as store:
        with pytest.raises(StoreError, match="kvar som det var"):
            migrate.ensure_schema(store, backup_dir=tmp_path / "kopior")
        assert migrate.schema_of(store) is Schema.OLDER


@pytest.mark.parametrize("revision", ["9998", "0002x"])
def test_a_newer_store_is_refused(store: Store, revision: str) -> None:
    set_revision(store, revision)
    with pytest.raises(StoreError, match="nyare version"):
        migrate.ensure_schema(store)


@pytest.mark.parametrize(
    ("break_it", "told"),
    [
        ("UPDATE alembic_version SET version_num = '9998'", "nyare version"),
        ("DROP TABLE alembic_version", "inget register"),
        ("ALTER TABLE handelse RENAME TO annat", "inget register"),
    ],
)
def test_a_refused_file_keeps_its_bytes(register_file: Path, break_it: str, told: str) -> None:
    with closing(open_store(register_file)) as store, store.engine.begin() as connection:
        connection.execute(text(break_it))
    before = register_file.read_bytes()
    with pytest.raises(StoreError, match=told):
        migrate.open_register(register_file)
    assert register_file.read_bytes() == before
    assert [path.name for path in register_file.parent.iterdir()] == [register_file.name]


def test_a_refused_file_keeps_its_log_while_others_have_it_open(register_file: Path) -> None:
    with closing(open_store(register_file)) as other:
        set_revision(other, "9998")
        log = Path(f"{register_file}-wal")
        before = register_file.read_bytes(), log.read_bytes()
        with pytest.raises(StoreError, match="nyare version"):
            migrate.open_register(register_file)
        assert (register_file.read_bytes(), log.read_bytes()) == before


def test_another_programmes_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "annat.db"
    with closing(open_store(path, create=True)) as store, store.engine.begin() as connection:
        connection.execute(text("CREATE TABLE kunder (id INTEGER PRIMARY KEY)"))
    before = path.read_bytes()
    with pytest.raises(StoreError, match="inget register"):
        migrate.open_register(path)
    assert path.read_bytes() == before


def test_what_is_no_database_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "brev.txt"
    path.write_bytes(b"Hej " * 400)
    with pytest.raises(StoreError, match="inget register"):
        migrate.open_register(path)
    assert path.read_bytes() == b"Hej " * 400


def test_an_empty_file_becomes_a_register(tmp_path: Path) -> None:
    path = tmp_path / "tom.egenvag"
    path.touch()
    with closing(migrate.open_register(path)) as store:
        assert migrate.schema_of(store) is Schema.CURRENT
        with store.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA journal_mode").scalar_one() == "wal"


def test_a_missing_file_is_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="finns inte"):
        migrate.open_register(tmp_path / "saknas.egenvag")
    assert list(tmp_path.iterdir()) == []


def test_create_makes_a_whole_register(tmp_path: Path) -> None:
    path = tmp_path / "nytt.egenvag"
    with closing(migrate.create_store(path)) as store:
        assert store.path == path
        assert migrate.schema_of(store) is Schema.CURRENT
    assert [file.name for file in tmp_path.iterdir()] == [path.name]


def test_create_never_touches_what_is_there(register_file: Path) -> None:
    before = register_file.read_bytes()
    with pytest.raises(StoreError, match="finns redan"):
        migrate.create_store(register_file)
    assert register_file.read_bytes() == before


def test_create_that_fails_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_store: Store) -> None:
        raise RuntimeError

    monkeypatch.setattr(migrate, "upgrade", fail)
    with pytest.raises(RuntimeError):
        migrate.create_store(tmp_path / "nytt.egenvag")
    assert list(tmp_path.iterdir()) == []


def test_an_old_sqlite_is_refused(monkeypatch: pytest.MonkeyPatch, register_file: Path) -> None:
    monkeypatch.setattr("sqlcipher3.dbapi2.sqlite_version_info", (3, 40, 1))
    with pytest.raises(StoreError, match="för gammal"):
        migrate.open_register(register_file)


def test_on_a_server_only_an_empty_database_becomes_a_register(new_store: Callable[[], Store]) -> None:
    where = new_store().url.render_as_string(hide_password=False)
    with pytest.raises(StoreError, match=r"inte tom|finns"):
        migrate.create_store(where)


def open_and_close(where: str, gate: "multiprocessing.synchronize.Barrier") -> None:
    session.BUSY_MILLISECONDS = PATIENCE  # on a slow machine one upgrade takes longer than a user would wait
    gate.wait()
    migrate.open_register(where).close()


def test_processes_that_start_together_migrate_once(bare_store: Store) -> None:
    where = str(bare_store.path or bare_store.url.render_as_string(hide_password=False))
    context = multiprocessing.get_context("spawn")
    gate = context.Barrier(3)
    started = [context.Process(target=open_and_close, args=(where, gate)) for _ in range(3)]
    for process in started:
        process.start()
    for process in started:
        process.join(PATIENCE / 1000)
    assert [process.exitcode for process in started] == [0, 0, 0]
    assert migrate.schema_of(bare_store) is Schema.CURRENT


def test_opening_imports_nothing_heavy(register_file: Path) -> None:
    """Start-up opens a register: alembic and the like have no business there."""
    told = subprocess.run(
        [
            sys.executable,
            "-c",
            "import sys; from db import migrate; migrate.open_register(sys.argv[1]).close();"
            "heavy = {'alembic', 'openpyxl', 'reportlab', 'PySide6', 'db.backup'};"
            "print(sorted(heavy & sys.modules.keys()))",
            str(register_file),
        ],
        capture_output=True,
        text=True,
        check=True,
    )
    assert told.stdout.strip() == "[]"
