"""Cells and pages that every sheet of a report shares: text that is never a formula, colours, A4."""

import unicodedata
from typing import Any

from desktop.reports.tokens import hex_of

LONGEST_TEXT = 32_000
_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r")


def print_on_a4(sheet: Any, titel: str) -> None:
    """Landscape A4, as wide as the page, with the report's name and the page below."""
    sheet.page_setup.orientation = "landscape"
    sheet.page_setup.paperSize = sheet.PAPERSIZE_A4
    sheet.page_setup.fitToWidth = 1
    sheet.page_setup.fitToHeight = 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.left.text = _footer(titel)
    sheet.oddFooter.right.text = "Sida &P av &N"


def _footer(text: str) -> str:
    return clean(text).replace("&", "&&")[:120]


def write_text(cell: Any, text: str) -> Any:
    """Put `text` in a cell as text; what looks like a formula also gets Excel's text mark."""
    cell.value = clean(text) or None
    if cell.value is not None:
        cell.data_type = "s"
        cell.quotePrefix = cell.value.startswith(_FORMULA_STARTS)
    return cell


def clean(text: str) -> str:
    """Without the control characters that a workbook cannot hold, and no longer than a cell."""
    kept = (char if unicodedata.category(char) not in ("Cc", "Cs") else " " for char in text)
    return "".join(kept)[:LONGEST_TEXT]


def ink(token: str) -> str:
    """A light token as Excel writes a colour."""
    return "FF" + hex_of(token).lstrip("#")
