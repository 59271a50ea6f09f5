"""The tables of a report as sheets of their own, with frozen heads and real numbers; texts as lines."""

import re
from collections.abc import Iterator
from datetime import date
from itertools import groupby
from typing import Any

from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter

from db.rules.figurer import Rapport
from db.rules.statistik import Tal
from db.rules.tabell import (
    Del,
    Diagram,
    Punktlista,
    Statusrad,
    Stycke,
    Tabell,
    Tabellcell,
    Tabellrad,
)
from desktop.reports import formats, texts
from desktop.reports.xlsx_cells import clean, fit_column, ink, print_on_a4, write_text
from desktop.reports.xlsx_looks import Look, Looks

_FORBIDDEN = re.compile(r"[\[\]:*?/\\']")
_LONGEST_NAME = 31
_FIRST_ROW = 3
_MOST_DECIMALS = 6
_LEAST, _WIDEST, _FIGURE = 9.0, 56.0, 20.0
_DATE = "yyyy-mm-dd"
Line = tuple[str, str]  # what is said, and the sheet that it leads to


class PartSheets:
    """Gives every table a sheet, in the report's order, and says which."""

    def __init__(self, book: Any, rapport: Rapport) -> None:
        self._book, self._rapport, self._looks = book, rapport, Looks()
        avsnitt = (*rapport.framsida, *rapport.avsnitt)
        self.any = any(one.delar for one in avsnitt)
        self._made = 0

    def lines(self, part: Del, rubrik: str) -> list[Line]:
        """The lines that stand on the report's own sheet under `rubrik`; a table goes to a sheet of its own,
        which its line names."""
        if isinstance(part, Tabell) and part.rader:
            return [self._table(part, rubrik)]
        return part_lines(part)

    def _table(self, tabell: Tabell, rubrik: str) -> Line:
        self._made += 1
        words = " ".join(clean(_FORBIDDEN.sub(" ", tabell.bildtext or rubrik)).split())
        name = formats.shorten(f"{self._made} {words}".strip(), _LONGEST_NAME - 2)
        sheet = self._book.create_sheet(name)
        _TableSheet(tabell, sheet, self._rapport, self._looks, _caption(tabell, rubrik)).fill()
        return f"Tabellen står på bladet ”{name}”.", name


def _caption(tabell: Tabell, rubrik: str) -> str:
    """What a sheet begins with: where the table stands in the report, and its own words."""
    words = (rubrik, tabell.rubrik, tabell.bildtext)
    return " · ".join(dict.fromkeys(word for word in words if word))


def part_lines(part: Del) -> list[Line]:
    """A part as lines of text; of a table only what is said where it is empty."""
    return [(line, "") for line in _texts(part)]


def _texts(part: Del) -> list[str]:
    if isinstance(part, Tabell):
        return [part.tom or texts.NO_ROWS]
    if isinstance(part, Statusrad):
        return [f"{one.ord}: {one.antal}" for one in part.antal]
    if isinstance(part, Diagram):
        return []  # its numbers stand in the table
    head = [part.rubrik] if part.rubrik else []
    if isinstance(part, Stycke):
        return head + [line for line in part.text.splitlines() if line.strip()]
    if isinstance(part, Punktlista):
        return [*head, *part.punkter]
    return head + [f"{one.ord}: {one.text}" for one in part.rader]


class _TableSheet:
    """One table: caption, frozen heads, rows, notes."""

    def __init__(self, tabell: Tabell, sheet: Any, rapport: Rapport, looks: Looks, caption: str) -> None:
        self._tabell, self._sheet, self._rapport, self._looks = tabell, sheet, rapport, looks
        self._caption = caption
        self._dates = _date_columns(tabell)
        self._grouped = any(kolumn.grupp for kolumn in tabell.kolumner)
        self._head_row = _FIRST_ROW + int(self._grouped)

    def fill(self) -> None:
        """Everything, and how the sheet looks and prints."""
        caption = write_text(self._sheet.cell(1, 1), self._caption)
        caption.font = Font(bold=True, size=12, color=ink("text"))
        self._write_heads()
        at = self._head_row
        for rad in self._tabell.rader:
            at += 1
            self._write_row(rad, at)
        self._write_notes(at + 2)
        self._set_up(at)

    def _write_heads(self) -> None:
        column = 1
        for group, columns in groupby(self._tabell.kolumner, key=lambda kolumn: kolumn.grupp):
            named = list(columns)
            if group:
                self._head(self._head_row - 1, column, group, "center")
                if len(named) > 1:
                    self._merge(self._head_row - 1, column, len(named))
            for kolumn in named:
                self._head(self._head_row, column, kolumn.namn, "right" if kolumn.siffror else "left")
                column += 1

    def _head(self, row: int, column: int, text: str, align: str) -> None:
        cell = write_text(self._sheet.cell(row, column), text)
        cell.font = Font(bold=True, color=ink("text"))
        cell.alignment = Alignment(horizontal=align, vertical="bottom", wrap_text=True)
        if row == self._head_row:
            cell.border = Border(bottom=Side("medium", color=ink("text")))

    def _merge(self, row: int, column: int, count: int) -> None:
        last = column + count - 1
        self._sheet.merge_cells(start_row=row, end_row=row, start_column=column, end_column=last)

    def _write_row(self, rad: Tabellrad, at: int) -> None:
        strong = rad.stark or rad.band
        head = self._sheet.cell(at, 1)
        self._looks.dress(head, Look(indent=rad.niva, bold=strong, tinted=self._is_tinted(rad, 1)))
        write_text(head, rad.etikett)
        column = self._span(rad, at, 1, rad.spann)
        for cell in rad.celler:
            self._write_cell(self._sheet.cell(at, column), cell, rad)
            column = self._span(rad, at, column, cell.spann)
        for rest in range(column, len(self._tabell.kolumner) + 1):
            self._looks.dress(self._sheet.cell(at, rest), Look(tinted=self._is_tinted(rad, rest)))

    def _span(self, rad: Tabellrad, at: int, column: int, count: int) -> int:
        """Let a cell take its columns; returns the next one."""
        if count > 1:
            self._merge(at, column, count)
            for taken in range(column + 1, column + count):
                self._looks.dress(self._sheet.cell(at, taken), Look(tinted=self._is_tinted(rad, taken)))
        return column + count

    def _is_tinted(self, rad: Tabellrad, column: int) -> bool:
        return rad.band or self._tabell.kolumner[column - 1].totalt

    def _write_cell(self, at: Any, cell: Tabellcell, rad: Tabellrad) -> None:
        kolumn = self._tabell.kolumner[at.column - 1]
        code = None if cell.tal is None or cell.dold else number_code(cell.text, cell.tal)
        is_date = code is None and at.column in self._dates and bool(cell.text)
        look = Look(
            across="center" if cell.spann > 1 else "right" if kolumn.siffror else "left",
            wrap=code is None,
            bold=rad.stark or rad.band or cell.stark or (kolumn.totalt and not cell.tyst),
            tinted=self._is_tinted(rad, at.column),
            code=_DATE if is_date else code or "General",
        )
        self._looks.dress(at, look)
        if code is not None:
            at.value = cell.tal
        elif is_date:
            at.value = date.fromisoformat(cell.text)  # which gives it openpyxl's own format for days
            self._looks.dress(at, look)
        else:
            write_text(at, cell.text)

    def _write_notes(self, at: int) -> None:
        tabell = self._tabell
        note = texts.mark_note(tabell.marks(), self._rapport.troskel)
        note = note.removesuffix(" Läs mer under Skyddade uppgifter.")
        for text in filter(None, (*tabell.noter, note, tabell.kalla)):
            write_text(self._sheet.cell(at, 1), text).font = Font(color=ink("text2"))
            at += 1

    def _set_up(self, last_row: int) -> None:
        sheet, columns = self._sheet, self._tabell.kolumner
        sheet.freeze_panes = f"B{self._head_row + 1}"
        for index, kolumn in enumerate(columns, start=1):
            words = max(map(len, kolumn.namn.split()), default=0)
            fit_column(
                sheet, index, [words, *_lengths(self._tabell, index)], _LEAST, _FIGURE if kolumn.siffror
                else _WIDEST,
            )  # fmt: skip
        if self._is_plain_list():
            sheet.auto_filter.ref = f"A{self._head_row}:{get_column_letter(len(columns))}{last_row}"
        sheet.print_title_rows = f"{self._head_row - int(self._grouped)}:{self._head_row}"
        print_on_a4(sheet, self._rapport)

    def _is_plain_list(self) -> bool:
        """Whether every row is one of the same kind, so that rows can be sorted and left out."""
        rows = self._tabell.rader
        return not self._grouped and all(
            rad.spann == 1
            and not (rad.band or rad.stark or rad.niva)
            and all(c.spann == 1 for c in rad.celler)
            for rad in rows
        )


def _cells(tabell: Tabell, index: int) -> Iterator[Tabellcell]:
    """The cells that stand in a column alone; of the first one the heads of the rows."""
    for rad in tabell.rader:
        at = rad.spann + 1
        if index == 1 and rad.spann == 1:
            yield Tabellcell("  " * rad.niva + rad.etikett)
        for cell in rad.celler:
            if at == index and cell.spann == 1:
                yield cell
            at += cell.spann


def _lengths(tabell: Tabell, index: int) -> Iterator[int]:
    return (len(cell.text) for cell in _cells(tabell, index))


def _date_columns(tabell: Tabell) -> set[int]:
    """The columns where nothing but days stand: they become dates that can be sorted and filtered."""
    found = set()
    for index in range(2, len(tabell.kolumner) + 1):
        told = [cell.text for cell in _cells(tabell, index) if cell.text]
        if told and all(_is_day(text) for text in told):
            found.add(index)
    return found


def _is_day(text: str) -> bool:
    try:
        return date.fromisoformat(text).isoformat() == text
    except ValueError:
        return False


def number_code(text: str, tal: Tal) -> str | None:
    """Excel's format code that shows the number as it is printed, words beside it included ("ca 580").

    None where the text does not hold the number: then the text itself must stand in the cell.
    """
    words = text.replace(" ", formats.HARD_SPACE).replace("-", formats.MINUS)
    for decimals in range(_MOST_DECIMALS + 1):
        for thousands in (True, False):
            shown = formats.format_tal(tal, decimals)
            shown = shown if thousands else shown.replace(formats.HARD_SPACE, "")
            before, found, after = words.partition(shown)
            if found and not _goes_on(before[-1:], after[:2]):
                plain = ("#,##0" if thousands and abs(tal) >= 1000 else "0") + "." * bool(decimals)
                return _literal(before) + plain + "0" * decimals + _literal(after)
    return None


def _goes_on(before: str, after: str) -> bool:
    """Whether the digits found are only a piece of a longer number."""
    return (
        before.isdigit() or before == "," or after[:1].isdigit() or (after[:1] == "," and after[1:].isdigit())
    )


def _literal(text: str) -> str:
    words = clean(text).replace('"', "").replace(formats.MINUS, "-")
    return f'"{words}"' if words else ""
