"""Cells and pages that every sheet of a report shares: text that is never a formula, colours, widths, A4."""

import unicodedata
from collections.abc import Iterable
from typing import Any

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.hyperlink import Hyperlink

from db.rules.figurer import Rapport
from desktop.reports import formats, texts
from desktop.reports.tokens import hex_of

LONGEST_TEXT = 32_000
PERCENT = f'"{formats.HARD_SPACE}%"'  # in quotes: Excel would else multiply the number by a hundred
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")
_PORTRAIT = 96.0  # characters that an upright page holds without getting too small
_LONGEST_FURNITURE = 80
_MARGIN, _MARGIN_TOP = 0.55, 0.8  # inches


def print_on_a4(sheet: Any, rapport: Rapport) -> None:
    """A4, upright where the columns fit, as wide as the page; whose report, which and of what period above,
    where it comes from and the page below. The widths of the columns must be set."""
    widths = sum(dimension.width for dimension in sheet.column_dimensions.values())
    sheet.page_setup.orientation = "portrait" if widths <= _PORTRAIT else "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    margins = sheet.page_margins
    margins.left = margins.right = _MARGIN
    margins.top = margins.bottom = _MARGIN_TOP
    sheet.sheet_view.showGridLines = False
    owner = " · ".join(name for name in (rapport.kommun, rapport.namnd) if name)
    sheet.oddHeader.left.text = _furniture(f"{texts.DEMO} {owner}" if rapport.demo else owner)
    sheet.oddHeader.right.text = _furniture(f"{rapport.titel} · {texts.period_name(rapport)}")
    sheet.oddFooter.left.text = _furniture(f"Källa: Egenväg, uttag {rapport.uttag or rapport.per}")
    sheet.oddFooter.right.text = "Sida &P av &N"


def _furniture(text: str) -> str:
    """As Excel takes the text of a header: its own codes begin with &."""
    return formats.shorten(clean(text), _LONGEST_FURNITURE).replace("&", "&&")


def fit_column(sheet: Any, column: int, lengths: Iterable[float], least: float, most: float) -> None:
    """As wide as the longest of what stands in it, within bounds."""
    width = min(max(least, *(length + 2 for length in lengths), 0.0), most)
    sheet.column_dimensions[get_column_letter(column)].width = width


def write_text(cell: Any, text: str) -> Any:
    """Put `text` in a cell as text; what looks like a formula also gets Excel's text mark."""
    cell.value = clean(text) or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = cell.value.startswith(_FORMULA_STARTS)
    return cell


def link_to_sheet(cell: Any, name: str) -> None:
    """Lead from a cell to another sheet of the workbook, without a formula."""
    cell.hyperlink = Hyperlink(ref=cell.coordinate, location=f"'{name}'!A1", display=cell.value)


def clean(text: str) -> str:
    """Without the control characters that a workbook cannot hold, and no longer than a cell."""
    kept = (char if unicodedata.category(char) not in ("Cc", "Cs") else " " for char in text)
    return "".join(kept)[:LONGEST_TEXT]


def ink(token: str) -> str:
    """A light token as Excel writes a colour."""
    return "FF" + hex_of(token).lstrip("#")
