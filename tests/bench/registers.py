"""Demo registers of the sizes that are measured, made once and kept in a folder."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

from db.aktor import SYSTEM
from db.demo import create_demo
from db.exchange.exporting import export_workbook
from db.migrate import open_register
from db.session import Store
from tests.helpers.statements import hear_statements

PER = date(2024, 12, 31)


def register_path(folder: Path, people: int) -> Path:
    """The file of a register with that many invented people, made where it is missing."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"demo-{people}.egenvag"
    if not path.exists():
        create_demo(path, people, per=PER)
    return path


@contextmanager
def open_bench_register(folder: Path, people: int) -> Iterator[Store]:
    """The register, open."""
    store = open_register(register_path(folder, people))
    try:
        yield store
    finally:
        store.close()


def workbook_path(folder: Path, people: int) -> Path:
    """The workbook that the register exports to, made where it is missing."""
    path = folder / f"demo-{people}.xlsx"
    if not path.exists():
        with open_bench_register(folder, people) as store:
            export_workbook(store, SYSTEM, path)
    return path


def selects_of(store: Store, work: Callable[[], object]) -> list[tuple[str, Any]]:
    """The SELECTs that the work sends, with their values: to be sent again bare."""
    said: list[tuple[str, Any]] = []

    def note(_connection: Any, _cursor: Any, sql: str, values: Any, *_rest: Any) -> None:
        if sql.lstrip().upper().startswith(("SELECT", "WITH")):
            said.append((sql, values))

    with hear_statements(store, note):
        work()
    return said
