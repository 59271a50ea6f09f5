"""How the cells of a long table look. A look is worked out once and then copied: finding a style that the
workbook has already takes openpyxl longer than all else about a cell."""

from copy import copy
from dataclasses import dataclass
from typing import Any

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from desktop.reports.xlsx_cells import ink


@dataclass(frozen=True, slots=True)
class Look:
    """A cell in a table: its place in the cell, weight, tint and format; a hair line below."""

    across: str = "left"
    wrap: bool = True
    indent: int = 0
    bold: bool = False
    tinted: bool = False
    code: str = "General"


class Looks:
    """Dresses the cells of one workbook."""

    def __init__(self) -> None:
        self._known: dict[Look, Any] = {}

    def dress(self, cell: Any, look: Look) -> Any:
        """The cell, looking so; what it looked like before is forgotten."""
        if look not in self._known:
            _set(cell, look)
            self._known[look] = copy(cell._style)
        cell._style = copy(self._known[look])
        return cell


def _set(cell: Any, look: Look) -> None:
    cell.font = Font(bold=look.bold, color=ink("text"))
    cell.alignment = Alignment(
        horizontal=look.across, vertical="top", wrap_text=look.wrap, indent=look.indent
    )
    cell.border = Border(bottom=Side("hair", color=ink("border_strong")))
    if look.tinted:
        cell.fill = PatternFill("solid", fgColor=ink("neutral_soft"))
    cell.number_format = look.code
