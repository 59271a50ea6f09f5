"""Cells for the workbooks that go out: text stays text whatever it begins with, dates are dates."""

import re
from collections.abc import Iterable
from typing import Any

from openpyxl.cell import WriteOnlyCell
from openpyxl.cell.cell import ERROR_CODES
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet._write_only import WriteOnlyWorksheet

from db.errors import DataError
from db.exchange.cells import clean_text
from db.exchange.schema import Column, Kind

LONGEST_TEXT = 32_767
_ESCAPE = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_WIDTHS = {
    Kind.DATE: 12,
    Kind.MONTH: 10,
    Kind.YES_NO: 10,
    Kind.INT: 10,
    Kind.TIME: 8,
    Kind.CODE: 20,
    Kind.NUMMER: 18,
}
HEADER_FONT = Font(bold=True)
REQUIRED_FILL = PatternFill("solid", fgColor="FFDCE9F5")


def cell(sheet: WriteOnlyWorksheet, value: Any) -> Any:
    """The value as a cell that Excel takes for what it is: never a formula, never an error."""
    if value.__class__ is not str:
        return value
    if not value:
        return None
    text = value if value.isascii() and value.isprintable() else clean_text(value)
    if "_x" in text:
        text = _ESCAPE.sub("_x005F_", text)
    if len(text) > LONGEST_TEXT:
        raise DataError(
            f"En text är längre än {LONGEST_TEXT} tecken och ryms inte i en cell. Korta den först."
        )
    if text[0] not in "=+-@#\t":
        return text
    written = WriteOnlyCell(sheet, value=text)  # type: ignore[arg-type]
    if text[0] == "=" or text in ERROR_CODES:
        written.data_type = "s"
    # Excel then shows it as typed with an apostrophe, so that editing the cell does not make a formula of it.
    written.style = "Normal"
    written.quotePrefix = True  # type: ignore[attr-defined]
    return written


def append(sheet: WriteOnlyWorksheet, values: Iterable[Any]) -> None:
    """Write one row of safe cells."""
    sheet.append([cell(sheet, value) for value in values])


def set_up(sheet: WriteOnlyWorksheet, columns: Iterable[Column]) -> None:
    """Column widths and a header that stays in view; before the first row."""
    for number, column in enumerate(columns, 1):
        letter = chr(64 + number)
        sheet.column_dimensions[letter].width = column_width(column)
    sheet.freeze_panes = "A2"


def column_width(column: Column) -> int:
    """In characters, wide enough for the header and the usual value."""
    return max(_WIDTHS.get(column.kind, 18), len(column.name) + 3)


def header(sheet: WriteOnlyWorksheet, columns: Iterable[Column], *, mark: bool = False) -> list[Any]:
    """The header cells; with `mark` the required ones carry a star and a tint."""
    cells = []
    for column in columns:
        written = WriteOnlyCell(sheet, value=f"{column.name}*" if mark and column.required else column.name)  # type: ignore[arg-type]
        written.font = HEADER_FONT
        if mark and column.required:
            written.fill = REQUIRED_FILL
        cells.append(written)
    return cells
