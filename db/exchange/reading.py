"""Reads a looked-over workbook into columns of cells: the values of formulas, never formulas."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from db.errors import StoreError
from db.exchange.guard import Inspected, inspect_workbook
from db.exchange.outcome import Fel, Ticker
from db.exchange.schema import FAULT_COLUMN, HELP_SHEET, SHEET_BY_NAME, Column, Sheet

_CONTINUATION = re.compile(r"(.+?) \((?:[2-9]|[1-9][0-9]+)\)")


@dataclass(slots=True)
class RawSheet:
    """A sheet as it stands: the cells of each known column, and the row numbers that Excel shows."""

    name: str
    sheet: Sheet
    rows: list[int]
    cells: dict[Column, list[Any]] = field(default_factory=dict)
    # A fault of the sheet as a whole: none of its rows can be used.
    unusable: str = ""


@dataclass(slots=True)
class Book:
    """A workbook that was read: its sheets in contract order, faults and warnings of their layout."""

    filnamn: str
    sha256: str
    sheets: list[RawSheet] = field(default_factory=list)
    fel: list[Fel] = field(default_factory=list)
    varningar: list[Fel] = field(default_factory=list)


def read_workbook(path: Path, ticker: Ticker) -> Book:
    """Read the file. Raises StoreError with one Swedish line when it is broken or harmful; progress 0–0.3."""
    ticker.tick(0.0, "Läser filen")
    inspected = inspect_workbook(path)
    book = Book(path.name, inspected.sha256)
    seen: set[str] = set()
    for share, name, rows in read_tables(path, inspected):
        key = name.strip().casefold()
        sheet = find_sheet(key)
        ticker.tick(0.05 + share * 0.25, f"Läser bladet {name.strip()}")
        if sheet is None:
            book.varningar.append(
                Fel(name, 1, "", name, "Bladet är okänt och läses inte. Kontrollera stavningen av namnet.")
            )
        elif raw := _lay_out(book, name, sheet, rows()):
            if key in seen:
                _refuse(book, raw, 1, "", name, "Bladet finns två gånger. Slå ihop dem till ett blad.")
            book.sheets.append(raw)
        seen.add(key)
    order = list(SHEET_BY_NAME.values())
    book.sheets.sort(key=lambda raw: order.index(raw.sheet))
    return book


def find_sheet(name: str) -> Sheet | None:
    """The sheet that a name means; `Närvaro (2)` continues Närvaro, for registers longer than a sheet."""
    key = name.strip().casefold()
    match = _CONTINUATION.fullmatch(key)
    return SHEET_BY_NAME.get(match[1] if match else key)


def read_tables(path: Path, inspected: Inspected) -> Iterator[tuple[float, str, Any]]:
    """Each worksheet but the help sheet as (share read, name, function that gives its rows from row 1 on)."""
    import python_calamine as calamine

    with _reader_faults(path.name), calamine.CalamineWorkbook.from_path(path) as workbook:
        names = [
            sheet.name for sheet in workbook.sheets_metadata if sheet.typ == calamine.SheetTypeEnum.WorkSheet
        ]
        for number, name in enumerate(names):
            if name.strip().casefold() == HELP_SHEET.casefold():
                continue

            def rows(name: str = name) -> list[list[Any]]:
                with _reader_faults(path.name):
                    table: list[list[Any]] = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
                _put_odd_cells(table, inspected, name)
                return table

            yield number / len(names), name, rows


class _reader_faults:  # noqa: N801 - reads as a statement
    """Turns the reader's faults, its panics among them, into one Swedish line."""

    def __init__(self, filename: str) -> None:
        self._filename = filename

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _trace: object) -> None:
        if kind is None:
            return
        import python_calamine as calamine

        # A panic in the reader's native code is a BaseException of a type that cannot be imported.
        broken = (calamine.CalamineError, OSError, UnicodeError, ValueError, OverflowError)
        if issubclass(kind, broken) or kind.__name__ == "PanicException":
            raise StoreError(
                f"{self._filename} gick inte att läsa: filen är skadad. Öppna den i Excel och spara om den."
            ) from error


def _put_odd_cells(table: list[list[Any]], inspected: Inspected, name: str) -> None:
    """Write back what the reader leaves blank: error values and formulas without a kept value."""
    for (row, column), text in inspected.odd_cells.get(inspected.sheet_parts.get(name, ""), {}).items():
        if row > len(table):
            if row > len(table) + 1_000:
                continue
            table += [[] for _ in range(row - len(table))]
        cells = table[row - 1]
        cells += [""] * (column - len(cells))
        if cells[column - 1] == "":
            cells[column - 1] = text


def is_blank(row: list[Any]) -> bool:
    """Whether nothing stands in the row."""
    return all(cell == "" or (cell.__class__ is str and not cell.strip()) for cell in row)


def _lay_out(book: Book, name: str, sheet: Sheet, table: list[list[Any]]) -> RawSheet | None:
    numbers = [number for number, row in enumerate(table, 1) if not is_blank(row)]
    if not numbers:
        return None
    header_row, *numbers = numbers
    header = [_header_text(cell) for cell in table[header_row - 1]]
    width = len(header)
    rows = [table[number - 1] for number in numbers]
    for place, row in enumerate(rows):
        if len(row) != width:
            rows[place] = (row + [""] * (width - len(row)))[:width]
    columns = [list(column) for column in zip(*rows, strict=True)] if rows else [[] for _ in header]
    raw = RawSheet(name.strip(), sheet, numbers)
    _name_columns(book, raw, header_row, header, columns)
    for column in sheet.columns:
        if column.required and column not in raw.cells:
            _refuse(book, raw, header_row, column.name, "", "Kolumnen saknas. Lägg till den i bladet.")
    return raw


def _header_text(cell: Any) -> str:
    """A header as it is compared; the template marks required ones with a star."""
    return str(cell).strip().removesuffix("*").strip()


def _name_columns(
    book: Book, raw: RawSheet, header_row: int, header: list[str], columns: list[list[Any]]
) -> None:
    for text, cells in zip(header, columns, strict=True):
        column = raw.sheet.by_name.get(text.casefold())
        if column is None:
            if text.casefold() == FAULT_COLUMN:
                continue
            if text:
                message = "Kolumnen är okänd och läses inte. Kontrollera stavningen av rubriken."
            elif not is_blank(cells):
                message = "En kolumn saknar rubrik och läses inte. Skriv rubriken i den första raden."
            else:
                continue
            book.varningar.append(Fel(raw.name, header_row, text, text, message))
        elif column in raw.cells:
            _refuse(book, raw, header_row, column.name, text, "Kolumnen finns två gånger. Ta bort den ena.")
        else:
            raw.cells[column] = cells


def _refuse(book: Book, raw: RawSheet, row: int, column: str, value: str, message: str) -> None:
    book.fel.append(Fel(raw.name, row, column, value, message))
    raw.unusable = raw.unusable or message
