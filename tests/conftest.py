"""What every test may ask for: an empty register on the chosen database, an acting user, quiet logs."""

import logging
import os
from collections.abc import Callable, Iterator
from pathlib import Path

# Before anything imports Qt.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
os.environ.pop("EGENVAG_DB", None)

import hypothesis
import pytest

from db.aktor import SYSTEM, Aktor
from db.session import Store
from tests.helpers.log_check import LogCheck
from tests.helpers.registers import Registers, SqliteRegisters, make_registers

hypothesis.settings.register_profile("egenvag", deadline=None, print_blob=True)
hypothesis.settings.load_profile("egenvag")

ONE_DATABASE = ("gui", "reports", "journeys", "trust")  # folders of tests that need not run on both


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--db-url", help="run the tests of the store on this PostgreSQL server (postgresql://…/postgres)"
    )
    parser.addoption("--avbrott", type=int, default=20, help="how many times tests/trust kills a process")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "db: runs on SQLite and PostgreSQL alike; set by the fixtures asked for"
    )


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        fixtures = getattr(item, "fixturenames", ())
        folder = item.path.relative_to(Path(__file__).parent).parts[0]
        if "registers" in fixtures and folder not in ONE_DATABASE:
            item.add_marker("db")


@pytest.fixture(scope="session")
def registers(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Registers]:
    """Makes registers on the database under test, each a copy of one that was migrated once."""
    with make_registers(request.config.getoption("--db-url"), tmp_path_factory.mktemp("register")) as made:
        yield made


@pytest.fixture
def new_store(registers: Registers) -> Iterator[Callable[[], Store]]:
    """Makes one more empty migrated register each time it is called."""
    with registers.for_one_test() as new:
        yield new


@pytest.fixture
def store(new_store: Callable[[], Store]) -> Store:
    """An empty migrated register: the catalogues and nothing else."""
    return new_store()


@pytest.fixture(scope="session")
def register_files(tmp_path_factory: pytest.TempPathFactory) -> SqliteRegisters:
    """Makes registers as files, whichever database the tests run on."""
    return SqliteRegisters(tmp_path_factory.mktemp("filer"))


@pytest.fixture
def register_file(register_files: SqliteRegisters, tmp_path: Path) -> Path:
    """The closed file of an empty migrated register, whichever database the tests run on."""
    return register_files.copy_to(tmp_path / "register.egenvag")


@pytest.fixture
def aktor() -> Aktor:
    """The acting user who may see everything."""
    return SYSTEM


@pytest.fixture(autouse=True)
def _own_places(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep the tests away from the files of whoever runs them."""
    home = tmp_path_factory.getbasetemp() / "hem"
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME", "XDG_CACHE_HOME"):
        monkeypatch.setenv(name, str(home / name.lower()))


@pytest.fixture(autouse=True)
def _no_unexpected_logs(request: pytest.FixtureRequest) -> Iterator[None]:
    """A warning or worse in the log fails the test, unless the test looks at the log itself (caplog)."""
    if "caplog" in request.fixturenames:
        yield
        return
    with LogCheck() as check:
        yield
    unexpected = [f"{r.name}: {r.levelname}: {r.getMessage()}" for r in check.records]
    assert not unexpected, "the log got: " + "; ".join(unexpected)


logging.getLogger("hypothesis").setLevel(logging.ERROR)
