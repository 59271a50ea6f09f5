"""What every test may ask for: an empty register on the chosen database, an acting user, quiet logs."""

import functools
import importlib
import logging
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import TYPE_CHECKING, Any

# Before anything imports Qt.
os.environ["QT_QPA_PLATFORM"] = "offscreen"
if os.environ.get("LC_ALL") in ("C", "POSIX"):  # of which Qt warns
    os.environ["LC_ALL"] = "C.UTF-8"
os.environ.pop("EGENVAG_DB", None)

import hypothesis
import pytest

from db.aktor import SYSTEM, Aktor
from db.session import Store
from tests.helpers import factories
from tests.helpers.compiled import share_compiled
from tests.helpers.log_check import LogCheck
from tests.helpers.registers import PostgresRegisters, Registers, SqliteRegisters

if TYPE_CHECKING:
    from pytestqt.qtbot import QtBot

# The same examples every time: what a run says of a change is due to the change. To look for more, with
# others each time: pytest --hypothesis-profile leta
hypothesis.settings.register_profile("egenvag", deadline=None, print_blob=True, derandomize=True)
hypothesis.settings.register_profile("leta", deadline=None, print_blob=True, max_examples=2_000)
hypothesis.settings.load_profile("egenvag")
share_compiled()

ONE_DATABASE = ("gui", "reports", "journeys", "trust")  # folders of tests that need not run on both
# Those that reach every branch of rules, queries and commands, on one database. To follow the others too
# would make them half as slow again, or worse.
MEASURED = ("unit", "exchange", "reports")

PATIENCE = 120_000  # ms until a state is given up: a slow machine is no fault, and what holds never waits


@pytest.fixture
def qtbot(qtbot: "QtBot") -> "QtBot":
    """pytest-qt's own, with more patience than its five seconds."""
    qtbot.waitUntil = functools.partial(qtbot.waitUntil, timeout=PATIENCE)  # type: ignore[method-assign]
    qtbot.waitSignal = functools.partial(qtbot.waitSignal, timeout=PATIENCE)  # type: ignore[method-assign]
    return qtbot


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--db-url", help="run the tests of the store on this server (postgresql://…/postgres)")
    parser.addoption("--bada", action="store_true", help="with --db-url: run them on SQLite as well")
    parser.addoption("--avbrott", type=int, default=20, help="how many times tests/trust kills a process")


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers", "db: a test of the store, for SQLite and PostgreSQL alike; set by itself"
    )


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    if "registers" in metafunc.fixturenames:
        path = metafunc.definition.path
        databases = _databases(metafunc.config, path)
        ids = databases if len(databases) > 1 else [pytest.HIDDEN_PARAM]
        metafunc.parametrize("registers", databases, ids=ids, indirect=True)


def _databases(config: pytest.Config, path: Path) -> list[str]:
    if config.getoption("--db-url") is None or _folder(path) in ONE_DATABASE:
        return ["sqlite"]
    return ["sqlite", "postgresql"] if config.getoption("--bada") else ["postgresql"]


def _folder(path: Path) -> str:
    return path.relative_to(Path(__file__).parent).parts[0]


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if "registers" in getattr(item, "fixturenames", ()) and _folder(item.path) not in ONE_DATABASE:
            item.add_marker("db")
    items.sort(key=_is_measured)  # the long ones first: no worker is left alone with one of them at the end


def _is_measured(item: pytest.Item) -> bool:
    chosen = getattr(item, "callspec", None)
    database = chosen.params.get("registers") if chosen else None
    return _folder(item.path) in MEASURED and database in (None, _databases(item.config, item.path)[0])


def pytest_collection_finish() -> None:
    """Import what coverage is promised for while it is measured, and on this thread: it cannot follow the
    window's worker threads, where a screen may be the first to ask for a module."""
    for package in ("db.rules", "db.queries", "db.commands"):
        for found in pkgutil.walk_packages(importlib.import_module(package).__path__, f"{package}."):
            importlib.import_module(found.name)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    """Coverage is followed through the MEASURED tests alone."""
    coverage = getattr(item.config.pluginmanager.getplugin("_cov"), "cov_controller", None)
    if coverage is not None and coverage.started is not _is_measured(item):
        if coverage.started:
            coverage.pause()
        else:
            _forget_built()
            coverage.resume()
    return (yield)


def _forget_built() -> None:
    """Let what was built once for the whole process be built anew: nobody followed its building."""
    for name, module in list(sys.modules.items()):
        if name.startswith("db."):
            for made in vars(module).values():
                if isinstance(made, functools._lru_cache_wrapper):
                    made.cache_clear()


@pytest.fixture
def registers(request: pytest.FixtureRequest) -> Registers:
    """Makes registers on the database under test, each a copy of one that was migrated once."""
    name = "register_files" if request.param == "sqlite" else "register_server"
    made: Registers = request.getfixturevalue(name)
    return made


@pytest.fixture(scope="session")
def register_server(request: pytest.FixtureRequest) -> Iterator[Registers]:
    """Makes registers on the server named by --db-url."""
    with closing(PostgresRegisters(request.config.getoption("--db-url"))) as made:
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


@pytest.fixture(scope="module", autouse=True)
def _rows_of_a_file() -> None:
    """What the fixtures of a whole file make is the same whichever files were run before."""
    factories.number_from(1)


@pytest.fixture(autouse=True)
def _rows_of_a_test(_rows_of_a_file: None) -> None:
    """What a test makes is the same whichever tests were run before."""
    factories.number_from(factories.ROOM)


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
