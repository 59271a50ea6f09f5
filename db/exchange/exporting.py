"""The whole register as a workbook: importing it into an empty store gives the same register."""

import os
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any, BinaryIO

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.exchange.outcome import Cancel, Progress, Ticker
from db.exchange.schema import SHEETS, UPPGIFT_SAKNAS, Column, Kind, Sheet
from db.exchange.sheet_writer import SheetWriter
from db.exchange.storeside import table
from db.files import write_file
from db.rules.period import format_month
from db.rules.personnummer import format_nummer
from db.session import Store

ROWS_PER_SHEET = 1_048_575  # Excel's last row, less the header
TICK_ROWS = 2_000
Reader = Callable[[Any], Any]


def export_workbook(
    store: Store,
    aktor: Aktor,
    path: str | os.PathLike[str],
    progress: Progress | None = None,
    cancel: Cancel | None = None,
    *,
    rows_per_sheet: int = ROWS_PER_SHEET,
) -> int:
    """Write the register as it stands at one moment; returns the number of rows.

    The file appears whole or not at all. A sheet longer than Excel allows goes on in `Närvaro (2)` and so on.
    Raises StoreError, and CancelledError when the user stops it.
    """
    ticker = Ticker(progress, cancel)

    def write(stream: BinaryIO) -> None:
        with store.read(aktor) as session, SheetWriter(stream) as writer:
            register = _Register(session, writer, ticker, rows_per_sheet)
            register.write()
            written.append(register.done)

    written: list[int] = []
    ticker.tick(0.0, "Läser registret")
    write_file(Path(path), write)
    ticker.tick(1.0, "Klart")
    return written[0]


class _Register:
    def __init__(self, session: Session, writer: SheetWriter, ticker: Ticker, rows_per_sheet: int) -> None:
        self.session = session
        self.ticker = ticker
        self.rows_per_sheet = rows_per_sheet
        self.writer = writer
        self.done = 0
        self.names: dict[str, dict[Any, Any]] = {}
        self.total = sum(self._count(sheet.table) for sheet in SHEETS) or 1

    def write(self) -> None:
        for sheet in SHEETS:
            self._write_sheet(sheet)

    def _count(self, name: str) -> int:
        return self.session.execute(select(func.count()).select_from(table(name))).scalar() or 0

    def _write_sheet(self, sheet: Sheet) -> None:
        number, left = 0, 0
        # Closed also when the work is broken off: a server's cursor must not stay open.
        with closing(self._rows(sheet)) as rows:
            for row in rows:
                if not left:
                    number, left = number + 1, self.rows_per_sheet
                    self._new_sheet(sheet, number)
                self.writer.append(row)
                left -= 1
                self.done += 1
                if self.done % TICK_ROWS == 0:
                    self.ticker.tick(0.95 * self.done / self.total, f"Skriver bladet {sheet.name}")
        if not number:
            self._new_sheet(sheet, 1)

    def _new_sheet(self, sheet: Sheet, number: int) -> None:
        name = sheet.name if number == 1 else f"{sheet.name} ({number})"
        self.writer.start_sheet(name, sheet.columns)
        self.writer.append([column.name for column in sheet.columns], bold=True)

    def _rows(self, sheet: Sheet) -> Generator[list[Any], None, None]:
        chosen = table(sheet.table)
        fields = [c.field for c in sheet.columns if c.field in chosen.c]
        statement = select(*(chosen.c[field] for field in fields)).order_by(chosen.c.id)
        statement = statement.execution_options(yield_per=TICK_ROWS)
        with closing(self.session.execute(statement)) as rows:
            if sheet.table == "kapacitet":
                yield from self._enheter(rows)
            else:
                yield from self._plain(sheet, fields, rows)

    def _plain(self, sheet: Sheet, fields: list[str], rows: Iterable[Any]) -> Iterator[list[Any]]:
        readers = [self._reader(column) for column in sheet.columns]
        places = [fields.index(column.field) for column in sheet.columns]
        kon, nummer = (fields.index(f) if f in fields else None for f in ("kon", "personnummer"))
        for row in rows:
            values = [read(row[place]) for read, place in zip(readers, places, strict=True)]
            # Blank would mean: what the number says.
            if kon is not None and nummer is not None and row[kon] is None and row[nummer] is not None:
                values[kon] = UPPGIFT_SAKNAS
            yield values

    def _enheter(self, rows: Iterable[Any]) -> Iterator[list[Any]]:
        enhet = table("enhet")
        statement = select(enhet.c.id, enhet.c.namn, enhet.c.typ).order_by(enhet.c.id)
        known = {row_id: (namn, typ) for row_id, namn, typ in self.session.execute(statement)}
        bare = dict(known)
        for enhet_id, fran, till, platser in rows:
            bare.pop(enhet_id, None)
            yield [*known[enhet_id], fran, till, platser]
        for namn, typ in bare.values():
            yield [namn, typ, None, None, None]

    def _reader(self, column: Column) -> Reader:
        if column.kind is Kind.REF or (column.kind is Kind.CATALOGUE and column.field.endswith("_id")):
            return self._names(column).get
        return _READERS.get(column.kind, _same)

    def _names(self, column: Column) -> dict[Any, Any]:
        target = {s.name: s.table for s in SHEETS}.get(column.ref, column.ref)
        target = "enhet" if target == "kapacitet" else target
        if target not in self.names:
            chosen = table(target)
            name = chosen.c.nummer if "nummer" in chosen.c else chosen.c.namn
            rows = self.session.execute(select(chosen.c.id, name))
            self.names[target] = {row.id: row[1] for row in rows}
        return self.names[target]


def _same(value: Any) -> Any:
    return value


def _yes_no(value: bool | None) -> str | None:
    return None if value is None else "ja" if value else "nej"


def _kronor(ore: int | None) -> float | int | None:
    if ore is None:
        return None
    return ore // 100 if ore % 100 == 0 else ore / 100


def _hours(minutes: int | None) -> float | int | None:
    if minutes is None:
        return None
    return minutes // 60 if minutes % 60 == 0 else minutes / 60


def _month(index: int | None) -> str | None:
    return None if index is None else format_month(index)


def _nummer(tolv: str | None) -> str | None:
    return None if tolv is None else format_nummer(tolv)


_READERS: dict[Kind, Reader] = {
    Kind.YES_NO: _yes_no,
    Kind.MONEY: _kronor,
    Kind.HOURS: _hours,
    Kind.MONTH: _month,
    Kind.NUMMER: _nummer,
}
