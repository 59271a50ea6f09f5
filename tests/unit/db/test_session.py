"""The store: reads that cannot write, acts that are whole or not at all, and faults told in Swedish."""

import gc
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, closing
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from db import faults, session
from db.aktor import SYSTEM
from db.errors import StoreError
from db.models import Deltagare, Enhet
from db.session import Store, open_store, store_url
from tests.helpers.factories import make_deltagare, make_enhet


def _count(store: Store) -> int:
    with store.read(SYSTEM) as reading:
        return len(reading.execute(select(Enhet.id)).all())


def _add(store: Store, namn: str = "Snickeriet") -> None:
    with store.unit_of_work(SYSTEM, "prov") as work:
        work.session.add(Enhet(namn=namn, typ="intern"))


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(session, "BUSY_MILLISECONDS", 20)


def test_a_read_session_cannot_write(store: Store) -> None:
    with pytest.raises(StoreError, match="skrivskyddat"), store.read(SYSTEM) as reading:
        make_enhet(reading)
    assert _count(store) == 0


def test_a_read_session_cannot_write_in_its_next_transaction_either(store: Store) -> None:
    with pytest.raises(StoreError, match="skrivskyddat"), store.read(SYSTEM) as reading:
        reading.commit()
        make_enhet(reading)
        reading.commit()
    assert _count(store) == 0


def test_a_read_session_sees_one_moment(store: Store) -> None:
    with store.read(SYSTEM) as reading:
        assert reading.execute(select(Enhet.id)).all() == []
        _add(store)
        assert reading.execute(select(Enhet.id)).all() == []
    assert _count(store) == 1


def test_reads_and_acts_take_turns_on_the_same_connections(store: Store) -> None:
    for turn in range(12):
        _add(store, f"Enhet {turn}")
        assert _count(store) == turn + 1
        with pytest.raises(StoreError), store.read(SYSTEM) as reading:
            make_enhet(reading)


def test_sessions_know_the_acting_user(store: Store) -> None:
    with store.read(SYSTEM) as reading:
        assert reading.info["aktor"] is SYSTEM
    with store.unit_of_work(SYSTEM, "prov") as work:
        assert work.session.info["aktor"] is SYSTEM


def test_an_error_in_the_block_rolls_everything_back(store: Store) -> None:
    with pytest.raises(ZeroDivisionError), store.unit_of_work(SYSTEM, "prov") as work:
        make_enhet(work.session)
        _ = 1 / 0
    assert _count(store) == 0
    _add(store)
    assert _count(store) == 1


def test_an_act_by_statements_alone_needs_no_session(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "prov") as work:
        enhet_id = work.recorder.insert(Enhet, {"namn": "Snickeriet", "typ": "intern"})
        assert work._session is None
    assert work.changes is not None
    assert work.changes.touched == {("enhet", enhet_id)}
    assert _count(store) == 1


def test_statements_and_session_are_one_act(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "prov") as work:
        first = work.recorder.insert(Enhet, {"namn": "Snickeriet", "typ": "intern"})
        assert work.session.get_one(Enhet, first).namn == "Snickeriet"
        second = make_enhet(work.session).id
        assert len(work.connection.execute(select(Enhet.id)).all()) == 2
    assert work.changes is not None
    assert work.changes.touched == {("enhet", first), ("enhet", second)}
    with pytest.raises(ZeroDivisionError), store.unit_of_work(SYSTEM, "prov") as work:
        work.recorder.insert(Enhet, {"namn": "Tvätten", "typ": "intern"})
        make_enhet(work.session)
        _ = 1 / 0
    assert _count(store) == 2


def test_what_the_block_takes_back_leaves_no_history(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "prov") as work:
        work.recorder.insert(Enhet, {"namn": "Snickeriet", "typ": "intern"})
        make_enhet(work.session)
        work.session.rollback()
        tvatten = work.recorder.insert(Enhet, {"namn": "Tvätten", "typ": "intern"})
    assert work.changes is not None
    assert work.changes.touched == {("enhet", tvatten)}
    assert _count(store) == 1


def test_a_fault_of_ours_passes_through_and_leaves_nothing(store: Store) -> None:
    with pytest.raises(DBAPIError), store.unit_of_work(SYSTEM, "prov") as work:
        make_enhet(work.session)
        work.session.execute(text("SELECT * FROM finns_inte"))
    assert _count(store) == 0


def test_references_are_kept_on_every_connection(store: Store) -> None:
    with ExitStack() as stack:
        for _ in range(3):
            reading = stack.enter_context(store.read(SYSTEM))
            reading.execute(text("SELECT 1"))
        with pytest.raises(DBAPIError), store.unit_of_work(SYSTEM, "prov") as work:
            person = make_deltagare(work.session)
            person.hushall_id = 999


def test_one_worker_thread_beside_another(store: Store) -> None:
    with ThreadPoolExecutor(1) as worker:
        for turn in range(5):
            future = worker.submit(_add, store, f"Enhet {turn}")
            _count(store)
            future.result()
        assert worker.submit(_count, store).result() == _count(store) == 5


def test_a_busy_register_is_told_of_after_the_timeout(impatient: None, store: Store) -> None:
    with store.unit_of_work(SYSTEM, "prov") as work:
        make_enhet(work.session)
        # The end of an act is where two of them meet on a server; in a file it is the beginning.
        work.recorder.finish()
        with pytest.raises(StoreError, match="används av ett annat program"):
            _add(store, "En annan")
    assert _count(store) == 1


def test_one_waits_for_another_that_is_soon_done(store: Store) -> None:
    began = threading.Event()

    def add_second() -> None:
        began.set()
        _add(store, "Den andra")

    with ThreadPoolExecutor(1) as worker:
        with store.unit_of_work(SYSTEM, "prov") as work:
            make_enhet(work.session)
            future = worker.submit(add_second)
            began.wait()
        future.result()
    assert _count(store) == 2


def test_closing_leaves_the_file_alone(register_file: Path) -> None:
    with closing(open_store(register_file)) as store:
        _add(store)
        assert _count(store) == 1  # the last connection used only reads
    assert [path.name for path in register_file.parent.iterdir()] == [register_file.name]
    assert not store.is_sqlite or store.path == register_file
    gc.collect()  # a connection that nobody closed would warn here


def test_the_file_keeps_what_is_promised(register_file: Path) -> None:
    with closing(open_store(register_file)) as store:
        for enter in (lambda: store.read(SYSTEM), lambda: store.unit_of_work(SYSTEM, "prov")):
            with enter() as opened:
                asked = getattr(opened, "session", opened)
                pragma = {
                    name: asked.execute(text(f"PRAGMA {name}")).scalar()
                    for name in ("journal_mode", "synchronous", "foreign_keys")
                }
                assert pragma == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_full_disk_leaves_the_register_as_it_was(register_file: Path) -> None:
    with closing(open_store(register_file)) as store:
        with pytest.raises(StoreError, match="Disken är full"), store.unit_of_work(SYSTEM, "prov") as work:
            pages = work.session.execute(text("PRAGMA page_count")).scalar_one()
            work.session.execute(text(f"PRAGMA max_page_count = {pages + 1}"))
            for turn in range(200):
                make_enhet(work.session, namn=f"{turn} {'x' * 190}")
        assert _count(store) == 0


def test_a_missing_file_is_told_of_and_not_made(tmp_path: Path) -> None:
    with pytest.raises(StoreError, match="finns inte"):
        open_store(tmp_path / "borta.egenvag")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "told"),
    [
        (".", "är en mapp"),
        ("borta/ny.egenvag", "Mappen .* finns inte"),
        ("x" * 400, "gick inte att öppna"),
        ("noll\0tecken", "gick inte att öppna|finns inte"),
    ],
)
def test_a_place_that_cannot_hold_a_register(tmp_path: Path, name: str, told: str) -> None:
    with pytest.raises(StoreError, match=told):
        open_store(tmp_path / name, create=name.startswith("borta"))


def test_another_kind_of_file_is_refused_and_untouched(tmp_path: Path) -> None:
    path = tmp_path / "brev.txt"
    path.write_bytes(b"Hej! " * 4_000)
    for create in (False, True):
        with pytest.raises(StoreError, match="inget register från Egenväg"):
            open_store(path, create=create)
    assert path.read_bytes() == b"Hej! " * 4_000
    assert list(tmp_path.iterdir()) == [path]


def test_a_damaged_register_is_told_of(register_file: Path) -> None:
    whole = register_file.read_bytes()
    register_file.write_bytes(whole[:100] + b"\xff" * 3_000 + whole[3_100:])
    with pytest.raises(StoreError, match="skadat"):
        open_store(register_file)


def test_a_place_without_permission_is_told_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(path: Path) -> bool:
        raise PermissionError(13, "Permission denied", str(path))

    monkeypatch.setattr(Path, "is_dir", refuse)
    with pytest.raises(StoreError, match="saknar behörighet"):
        open_store(tmp_path / "a.egenvag")


def test_a_new_file_uses_wal(tmp_path: Path) -> None:
    with closing(open_store(tmp_path / "ny.egenvag", create=True)) as store, store.read(SYSTEM) as reading:
        assert reading.execute(text("PRAGMA journal_mode")).scalar() == "wal"


@pytest.mark.parametrize(
    ("written", "understood"),
    [
        ("postgresql://u:p@h/d", "postgresql+psycopg://u:***@h/d"),
        ("postgres://h/d", "postgresql+psycopg://h/d"),
        ("postgresql+psycopg://h/d", "postgresql+psycopg://h/d"),
        ("sqlite:////a/b.egenvag", "sqlite:////a/b.egenvag"),
    ],
)
def test_addresses(written: str, understood: str) -> None:
    assert repr(store_url(written)) == understood


def test_a_path_becomes_absolute(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert store_url("en fil.egenvag").database == str(tmp_path / "en fil.egenvag")


@pytest.mark.parametrize(
    "written",
    [
        "mysql://anna:hemligt@h/d",
        "postgresql://anna:hemligt@h:port/d",
        "://anna:hemligt",
        "sqlite+x://hemligt",
    ],
)
def test_an_address_that_means_nothing_is_refused_without_repeating_it(written: str) -> None:
    with pytest.raises(StoreError, match="går inte att förstå") as told:
        store_url(written)
    assert "hemligt" not in f"{told.value} {told.value.__cause__}"


def test_a_server_that_is_not_there_is_told_of_without_the_password() -> None:
    with pytest.raises(StoreError, match="svarar inte") as told:
        open_store("postgresql://anna:hemligt@127.0.0.1:1/register?connect_timeout=1")
    assert "hemligt" not in f"{told.value} {told.value.__cause__}"


def test_a_store_does_not_show_its_password() -> None:
    url = store_url("postgresql://anna:hemligt@h/register")
    with closing(Store(session._server_engine(url), url)) as store:
        assert "hemligt" not in repr(store)
        assert store.path is None


class _FaultError(Exception):
    """What a driver raises; a server's fault has a number."""

    def __init__(self, told: str, sqlstate: str | None = None) -> None:
        super().__init__(told)
        if sqlstate:
            self.sqlstate = sqlstate


def _driver_faults() -> Iterator[tuple[_FaultError, str | None]]:
    yield _FaultError("database is locked"), "används"
    yield _FaultError("FEL: en låst rad", "55P03"), "används"
    yield _FaultError("FEL: kunde inte utöka filen", "53100"), "full"
    yield _FaultError("FEL: nekad", "42501"), "behörighet"
    yield (
        _FaultError("connection failed: FATAL:  password authentication failed"),
        "inloggningen",
    )
    yield _FaultError('connection failed: FATAL:  role "u" does not exist'), "inloggningen"
    yield _FaultError('connection failed: FATAL:  database "d" does not exist'), "Databasen finns inte"
    yield _FaultError("disk I/O error"), "Disken gick inte"
    yield _FaultError("syntaxfel", "42601"), None
    yield _FaultError("no such table: x"), None


@pytest.mark.parametrize(("fault", "told"), list(_driver_faults()), ids=lambda value: str(value))
def test_what_the_engines_say_is_explained(fault: _FaultError, told: str | None) -> None:
    for error in (fault, DBAPIError("SELECT 1", None, fault)):
        message = faults.explain(error)
        assert (message is None) if told is None else (message and told in message)


def test_a_lost_connection_is_told_of() -> None:
    error = DBAPIError("SELECT 1", None, _FaultError("hej då"), connection_invalidated=True)
    with pytest.raises(StoreError, match="Kontakten med databasen bröts"), faults.known_faults():
        raise error


def test_a_fault_of_the_bare_driver_is_told_of_too(make_fault: Callable[[str], Exception]) -> None:
    with pytest.raises(StoreError, match="Disken är full"), faults.known_faults():
        raise make_fault("database or disk is full")
    with pytest.raises(type(make_fault("")), match="no such table"), faults.known_faults():
        raise make_fault("no such table: x")


@pytest.fixture
def make_fault() -> Callable[[str], Exception]:
    from sqlcipher3 import dbapi2

    return dbapi2.OperationalError


def test_people_and_places_are_apart(store: Store) -> None:
    """A unit of work hands its rows back usable after the commit."""
    with store.unit_of_work(SYSTEM, "prov") as work:
        person = make_deltagare(work.session, fornamn="Åsa")
    assert person.fornamn == "Åsa"
    assert work.changes is not None
    assert work.changes.tables() == {"deltagare"}
    with store.read(SYSTEM) as reading:
        assert reading.execute(select(Deltagare.id)).scalar_one() == person.id
