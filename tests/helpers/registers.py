"""Empty migrated registers for tests: a template is migrated once, then copied for each test."""

import os
import shutil
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing, contextmanager
from itertools import count
from pathlib import Path

from sqlalchemy import create_engine, text

from db import migrate
from db.session import Store, open_store, store_url
from tests.helpers.lent import LentDatabase, count_held


class Registers(ABC):
    """Makes registers on one database; what it made is gone after the `with` that asked for it."""

    @abstractmethod
    def make(self, *, migrated: bool) -> tuple[str, Callable[[], None]]:
        """A new register as where to open it, and what removes it again."""

    def lend(self, *, migrated: bool) -> tuple[Store, Callable[[], None]]:
        """A new register that is open, and what closes and removes it again."""
        where, remove = self.make(migrated=migrated)
        store = open_store(where, create=not migrated)

        def give_back() -> None:
            store.close()
            remove()

        return store, give_back

    @contextmanager
    def for_one_test(self, *, migrated: bool = True) -> Iterator[Callable[[], Store]]:
        """A function that makes and opens one more register; without `migrated` it holds no tables."""
        with ExitStack() as stack:

            def new() -> Store:
                store, give_back = self.lend(migrated=migrated)
                stack.callback(give_back)
                stack.callback(_check, store)
                return store

            yield new


def _check(store: Store) -> None:
    """Who still holds a connection would disturb some other test, whenever it is found."""
    assert not count_held(store), "a connection was not given back"


class SqliteRegisters(Registers):
    """Files in a folder, each a copy of `template`, by default of an empty one."""

    def __init__(self, folder: Path, template: Path | None = None) -> None:
        self._folder = folder
        self._numbers = count(1)
        self._template = template or folder / "mall.egenvag"
        if template is None:
            with closing(open_store(self._template, create=True)) as store:
                migrate.upgrade(store)

    def make(self, *, migrated: bool) -> tuple[str, Callable[[], None]]:
        path = self._folder / f"{next(self._numbers)}.egenvag"
        if migrated:
            self.copy_to(path)
        return str(path), lambda: _remove(path)

    def copy_to(self, path: Path) -> Path:
        """Copy the template to a new file; returns the path."""
        shutil.copyfile(self._template, path)
        return path


def _remove(path: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        Path(f"{path}{ending}").unlink(missing_ok=True)


class PostgresRegisters(Registers):
    """Databases on a server, each a copy of a template; several test processes may share the server.

    To copy a template is ten times the work of most tests, so a database is emptied and lent again as long as
    a test changed nothing but rows in it.
    """

    def __init__(self, server: str) -> None:
        self._url = store_url(server)
        self._numbers = count(1)
        self._prefix = f"egenvag_test_{os.getpid()}"
        self._admin = create_engine(self._url, isolation_level="AUTOCOMMIT")
        self._template = self._create("mall")
        with closing(open_store(self._where(self._template))) as store:
            migrate.upgrade(store)
        self._free: list[LentDatabase] = []

    def make(self, *, migrated: bool) -> tuple[str, Callable[[], None]]:
        name = self._create(str(next(self._numbers)), self._template if migrated else "template0")
        return self._where(name), lambda: self._drop(name)

    def lend(self, *, migrated: bool) -> tuple[Store, Callable[[], None]]:
        if not migrated:
            return super().lend(migrated=migrated)
        lent = self._free.pop() if self._free else self._copy_template()
        return lent.store, lambda: self._give_back(lent)

    def close(self) -> None:
        """Remove what was made and let go of the server."""
        for lent in self._free:
            self._remove(lent)
        self._drop(self._template)
        self._admin.dispose()

    def _copy_template(self) -> LentDatabase:
        name = self._create(str(next(self._numbers)), self._template)
        return LentDatabase(name, self._where(name))

    def _give_back(self, lent: LentDatabase) -> None:
        if lent.empty():
            self._free.append(lent)
        else:
            self._remove(lent)

    def _remove(self, lent: LentDatabase) -> None:
        lent.close()
        self._drop(lent.name)

    def _create(self, ending: str, template: str = "template0") -> str:
        name = f"{self._prefix}_{ending}"
        with self._admin.connect() as connection:
            connection.execute(text(f"CREATE DATABASE {name} TEMPLATE {template}"))
        return name

    def _drop(self, name: str) -> None:
        with self._admin.connect() as connection:
            connection.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))

    def _where(self, name: str) -> str:
        return self._url.set(database=name).render_as_string(hide_password=False)
