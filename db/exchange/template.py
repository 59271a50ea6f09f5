"""An empty workbook to fill in: every sheet with headers and drop-downs, and a help sheet."""

import os
from pathlib import Path
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from db.exchange.schema import HELP_SHEET, SHEETS, Column, Kind, Sheet
from db.exchange.sheet_writer import column_width
from db.files import whole_file
from db.rules.bip import BIP_INDIKATORER
from db.rules.insatstyper import INSATSTYPER
from db.rules.koder import Resultat
from db.rules.steg import STANDARDSTEG

LAST_ROW = 1_048_576
HEADER_FONT = Font(bold=True)
REQUIRED_FILL = PatternFill("solid", fgColor="FFDCE9F5")
_HOW = (
    "Fyll i de blad du behöver. Kolumner med stjärna måste fyllas i på varje rad. Ändra inte rubrikerna.",
    "Datum skrivs ÅÅÅÅ-MM-DD, månader ÅÅÅÅ-MM. Ett id är den beteckning som raden har hos er.",
    "När samma id läses in igen ändras raden. En kolumn som saknas lämnas som den är; en tom cell tömmer.",
    "Det här bladet läses inte in.",
)


def write_template(path: str | os.PathLike[str]) -> None:
    """Write the template; the file appears whole or not at all. Raises StoreError."""
    workbook = Workbook()
    help_sheet = workbook.active
    assert isinstance(help_sheet, Worksheet)
    for sheet in SHEETS:
        _add_sheet(workbook, sheet)
    _fill_help(help_sheet)
    with whole_file(Path(path)) as temporary:
        workbook.save(temporary)


def _add_sheet(workbook: Workbook, sheet: Sheet) -> None:
    target = workbook.create_sheet(sheet.name)
    assert isinstance(target, Worksheet)
    target.freeze_panes = "A2"
    for number, column in enumerate(sheet.columns, 1):
        letter = get_column_letter(number)
        _write_head(target.cell(1, number), column)
        target.column_dimensions[letter].width = column_width(column)
        if number_format := _format(column):
            target.column_dimensions[letter].number_format = number_format
        if validation := _validation(column):
            validation.add(f"{letter}2:{letter}{LAST_ROW}")
            target.add_data_validation(validation)


def _write_head(head: Any, column: Column) -> None:
    head.value = f"{column.name}*" if column.required else column.name
    head.font = HEADER_FONT
    if column.required:
        head.fill = REQUIRED_FILL


def _format(column: Column) -> str:
    if column.kind is Kind.DATE:
        return "yyyy-mm-dd"
    # As text, so that Excel leaves ids, numbers, months and times as they are typed.
    return "" if column.kind in (Kind.INT, Kind.MONEY, Kind.HOURS, Kind.FLOAT) else "@"


def _validation(column: Column) -> DataValidation | None:
    if column.kind is Kind.DATE:
        return DataValidation(
            type="date",
            operator="greaterThan",
            formula1="1",
            allow_blank=True,
            errorTitle="Datum",
            error="Skriv år-månad-dag, till exempel 2024-06-30.",
        )
    words = allowed(column)
    listed = f'"{",".join(words)}"'
    if not words or len(listed) > 255 or any("," in word for word in words):
        return None
    # Lists that a municipality may extend only suggest; closed ones refuse.
    closed = bool(column.codes)
    return DataValidation(
        type="list",
        formula1=listed,
        allow_blank=True,
        showErrorMessage=closed,
        errorTitle=column.name,
        error="Välj ett värde i listan.",
    )


def allowed(column: Column) -> tuple[str, ...]:
    """The words that a column takes, () where it takes any."""
    catalogues: dict[str, tuple[str, ...]] = {
        "resultat": tuple(code.value for code in Resultat),
        "steg": STANDARDSTEG,
        "Insatstyper": tuple(typ.namn for typ in INSATSTYPER),
    }
    return column.codes or catalogues.get(column.ref, ())


def _fill_help(target: Worksheet) -> None:
    target.title = HELP_SHEET
    for line in _HOW:
        target.append([line])
    target.append([])
    target.append(["Blad", "Kolumn", "Måste fyllas i", "Vad som står där", "Tillåtna värden"])
    for head in target[target.max_row]:
        head.font = Font(bold=True)
    for sheet in SHEETS:
        target.append([sheet.name, "", "", sheet.help])
        for column in sheet.columns:
            target.append(_help_row(sheet, column))
    for letter, width in zip("ABCDE", (20, 22, 15, 70, 70), strict=True):
        target.column_dimensions[letter].width = width
    for row in target.iter_rows(min_row=len(_HOW) + 2):
        for written in row:
            written.alignment = Alignment(wrap_text=True, vertical="top")


def _help_row(sheet: Sheet, column: Column) -> list[Any]:
    words = BIP_INDIKATORER if sheet.name == "BIP" and column.name == "indikator" else allowed(column)
    return [sheet.name, column.name, "ja" if column.required else "", column.help, ", ".join(words)]
