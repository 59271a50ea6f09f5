"""Importing a workbook, checked, logged and undoable, against openpyxl merely reading it."""

from contextlib import closing
from pathlib import Path
from tempfile import TemporaryDirectory

from openpyxl import load_workbook

from db.aktor import SYSTEM
from db.exchange.importing import import_workbook
from db.migrate import create_store
from tests.bench.harness import Row, compare
from tests.bench.registers import workbook_path

PROMISE = 1.0


def measure(folder: Path, people: int) -> list[Row]:
    """One row for a workbook of that many people."""
    path = workbook_path(folder, people)
    read = 0

    def ours() -> None:
        with TemporaryDirectory() as own, closing(create_store(Path(own) / "ny.egenvag")) as store:
            result = import_workbook(store, SYSTEM, path)
            if result.fel:
                raise ValueError(f"the workbook has faults: {result.fel[0]}")

    def floor() -> None:
        nonlocal read
        book = load_workbook(path, read_only=True)
        read = sum(1 for sheet in book for _ in sheet.iter_rows(values_only=True))
        book.close()

    row = compare(f"import av {people} deltagare", ours, floor, PROMISE, rounds=1, warm=False)
    return [Row(row.what, row.ours, row.floor, PROMISE, note=f"{read} rader")]
