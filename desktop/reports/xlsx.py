"""A report as a workbook: real numbers, Swedish heads, print set-up, definitions. Never a formula."""

from collections.abc import Iterable
from datetime import date
from math import ceil
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from db.rules.figurer import Avsnitt, Konsvarden, Rad, Rapport, Tal
from desktop.reports import formats, texts
from desktop.reports.xlsx_cells import (
    PERCENT,
    clean,
    fit_column,
    ink,
    link_to_sheet,
    print_on_a4,
    write_text,
)
from desktop.reports.xlsx_file import save_book
from desktop.reports.xlsx_parts import PartSheets, part_lines

KON_HEADS = {"kvinnor": "Kvinnor", "man": "Män", "uppgift_saknas": "Uppgift saknas", "totalt": "Totalt"}
UNIT_NAMES = {"antal": "antal", "andel": "procent", "dagar": "dagar", "kr": "kronor", "ar": "år"}
_FORMATS = {"antal": "#,##0", "andel": "0", "dagar": "#,##0", "kr": "#,##0", "ar": "#,##0"}
_HEAD_ROW = 8
_FIRST_FIGURE = 3
_LINE = 15.0  # points


def write_xlsx(rapport: Rapport, out: BinaryIO) -> None:
    """Write the report as .xlsx to `out`: the sheet Rapport, one for each table, and Definitioner. The same
    report gives the same bytes."""
    book: Any = Workbook()
    _ReportSheet(rapport, book.active, PartSheets(book, rapport)).fill()
    _fill_definitions(rapport, book.create_sheet("Definitioner"))
    _describe(rapport, book.properties)
    save_book(book, out, date.fromisoformat(rapport.uttag or rapport.per))


def _describe(rapport: Rapport, properties: Any) -> None:
    """What the file says of itself, to people and to screen readers."""
    period = texts.period_name(rapport)
    properties.title = clean(f"{rapport.titel}, {period}")
    properties.subject = clean(period)
    properties.description = f"Läget är bedömt {rapport.per}."
    properties.creator = "Egenväg"
    properties.language = "sv-SE"


class _ReportSheet:
    """The figures: a few lines of facts, one frozen head, then the sections under each other."""

    def __init__(self, rapport: Rapport, sheet: Any, parts: PartSheets) -> None:
        self._rapport, self._sheet, self._parts = rapport, sheet, parts
        self._by_kon = any(avsnitt.rader for avsnitt in rapport.avsnitt) or not parts.any
        self._periods = [False]
        if rapport.jamforelse_period:
            self._periods.insert(0, True)
        with_unknown = any(
            row.varde.uppgift_saknas or row.jamforelse.uppgift_saknas
            for avsnitt in rapport.avsnitt
            for row in avsnitt.rader
        )
        self._keys = [key for key in KON_HEADS if with_unknown or key != "uppgift_saknas"]
        figures = len(self._keys) * len(self._periods)
        self._change_column = _FIRST_FIGURE + figures if rapport.jamforelse_period else 0
        self._last_column = self._change_column or _FIRST_FIGURE + figures - 1
        self._long: list[int] = []  # rows of one text over all columns

    def fill(self) -> None:
        """Facts, head, sections, and how the sheet looks and prints."""
        self._sheet.title = "Rapport"
        self._write_facts()
        if self._by_kon:
            self._write_heads()
        at = _HEAD_ROW + 1
        for avsnitt in (*self._rapport.framsida, *self._rapport.avsnitt):
            at = self._write_section(avsnitt, at)
        self._write_notes(at)
        self._set_up()
        self._spread()

    def _write_facts(self) -> None:
        rapport = self._rapport
        owner = ", ".join(name for name in (rapport.kommun, texts.board_line(rapport)) if name)
        compared = texts.comparison_name(rapport)
        period = f"Perioden är {formats.period_text(rapport.period)}."
        if compared:
            period += f" Jämförelsen är {compared}."
        if urval := texts.urval_name(rapport):
            period += f" Urvalet är {urval}."
        taken = f" Siffrorna är hämtade ur Egenväg {rapport.uttag}." if rapport.uttag else ""
        title = write_text(self._sheet.cell(1, 1), rapport.titel)
        title.font = Font(bold=True, size=16, color=ink("text"))
        empty = texts.NO_DATA if texts.is_empty(rapport) else ""
        facts = (owner, texts.period_name(rapport), f"{period} Läget är bedömt {rapport.per}.{taken}", empty)
        for row, text in enumerate((*facts, texts.DEMO if rapport.demo else ""), start=2):
            write_text(self._sheet.cell(row, 1), text)
            self._long.append(row)
        self._sheet.cell(6, 1).font = Font(bold=True, color=ink("warn"))

    def _write_heads(self) -> None:
        for column, text in ((1, "Uppgift"), (2, "Enhet")):
            self._head(_HEAD_ROW, column, text)
        column = _FIRST_FIGURE
        for earlier in self._periods:
            period = self._rapport.jamforelse_period if earlier else self._rapport.period
            self._head(_HEAD_ROW - 1, column, formats.period_short(period or self._rapport.period))
            last = column + len(self._keys) - 1
            self._sheet.merge_cells(
                start_row=_HEAD_ROW - 1, end_row=_HEAD_ROW - 1, start_column=column, end_column=last
            )
            self._sheet.cell(_HEAD_ROW - 1, column).alignment = Alignment(horizontal="center")
            for key in self._keys:
                self._head(_HEAD_ROW, column, KON_HEADS[key])
                column += 1
        if self._change_column:
            self._head(_HEAD_ROW, self._change_column, "Ändring totalt")

    def _head(self, row: int, column: int, text: str) -> None:
        cell = write_text(self._sheet.cell(row, column), text)
        cell.font = Font(bold=True, color=ink("text"))
        cell.alignment = Alignment(horizontal="left" if column < _FIRST_FIGURE else "right", wrap_text=True)
        if row == _HEAD_ROW:
            cell.border = Border(bottom=Side("medium", color=ink("text")))

    def _write_section(self, avsnitt: Avsnitt, at: int) -> int:
        heading = write_text(self._sheet.cell(at, 1), avsnitt.rubrik)
        heading.font = Font(bold=True, size=12, color=ink("text"))
        if not avsnitt.rader and not avsnitt.delar:
            write_text(self._sheet.cell(at + 1, 1), texts.NO_ROWS)
            return at + 3
        for row in avsnitt.rader:
            at += 1
            self._write_row(row, at)
        for part in avsnitt.delar:
            for text, name in self._parts.lines(part, avsnitt.rubrik):
                at += 1
                cell = write_text(self._sheet.cell(at, 1), text)
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                if name:
                    link_to_sheet(cell, name)
                    cell.font = Font(underline="single", color=ink("accent_text"))
        return at + 2

    def _write_row(self, row: Rad, at: int) -> None:
        label = write_text(self._sheet.cell(at, 1), row.etikett)
        label.alignment = Alignment(indent=row.niva, wrap_text=True, vertical="top")
        write_text(self._sheet.cell(at, 2), row.enhetsord or UNIT_NAMES[row.enhet])
        column = _FIRST_FIGURE
        for earlier in self._periods:
            values = row.jamforelse if earlier else row.varde
            hidden = row.jamforelse_dolda if earlier else row.dolda
            for key in self._keys:
                cell = self._sheet.cell(at, column)
                self._write_value(cell, row, _shown(row, values, hidden, key))
                if key == "totalt":
                    cell.fill = PatternFill("solid", fgColor=ink("neutral_soft"))
                    cell.font = Font(bold=True, color=ink("text"))
                column += 1
        if self._change_column:
            self._write_change(self._sheet.cell(at, self._change_column), row)
        for column in range(1, self._last_column + 1):
            self._sheet.cell(at, column).border = Border(bottom=Side("hair", color=ink("border_strong")))

    def _write_value(self, cell: Any, row: Rad, shown: Tal | str) -> None:
        if isinstance(shown, str):
            write_text(cell, shown)
        else:
            cell.value = shown
            suffix = PERCENT if row.enhet == "andel" else ""
            cell.number_format = number_format(row.enhet, _decimals(row)) + suffix
        cell.alignment = Alignment(horizontal="right", vertical="top")

    def _write_change(self, cell: Any, row: Rad) -> None:
        cell.alignment = Alignment(horizontal="right", vertical="top")
        if "totalt" in row.dolda or "totalt" in row.jamforelse_dolda:
            write_text(cell, formats.DOLD)
            return
        before, now = row.jamforelse.totalt, row.varde.totalt
        if before is None or now is None:
            write_text(cell, formats.SAKNAS)
            return
        difference = formats.change(before, now, _decimals(row))
        cell.value = float(difference) if _decimals(row) else int(difference)
        plain = number_format(row.enhet, _decimals(row))
        cell.number_format = f'"+"{plain};"{formats.MINUS}"{plain};"±0"'

    def _write_notes(self, at: int) -> None:
        marks = texts.report_marks(self._rapport)
        note = texts.mark_note(marks, self._rapport.troskel).removesuffix(
            " Läs mer under Skyddade uppgifter."
        )
        more = texts.MORE_HIDDEN if self._rapport.fler_dolda else ""
        for text in (note, more, texts.source_note(self._rapport)):
            if text:
                write_text(self._sheet.cell(at, 1), text).font = Font(color=ink("text2"))
                self._long.append(at)
                at += 1

    def _spread(self) -> None:
        """Let long texts go on over all columns, on as many lines as they need."""
        sheet, last = self._sheet, self._last_column if self._by_kon else 1
        room = sum(dimension.width for dimension in sheet.column_dimensions.values())
        for row in self._long:
            cell = sheet.cell(row, 1)
            lines = ceil(len(str(cell.value or "")) / room)
            if lines > 1:
                cell.alignment = Alignment(wrap_text=True, vertical="top")
                sheet.row_dimensions[row].height = lines * _LINE
                sheet.merge_cells(start_row=row, end_row=row, start_column=1, end_column=last)

    def _set_up(self) -> None:
        sheet = self._sheet
        if not self._by_kon:
            sheet.freeze_panes = "A2"
            sheet.column_dimensions["A"].width = 92
            print_on_a4(sheet, self._rapport)
            return
        sheet.freeze_panes = sheet.cell(_HEAD_ROW + 1, _FIRST_FIGURE)
        rows = [row for avsnitt in self._rapport.avsnitt for row in avsnitt.rader]
        fit_column(sheet, 1, (len(row.etikett) + 2 * row.niva for row in rows), 30, 56)
        fit_column(sheet, 2, (len(row.enhetsord or UNIT_NAMES[row.enhet]) for row in rows), 9, 16)
        widest = [_longest(row) for row in rows]
        for column in range(_FIRST_FIGURE, self._last_column + 1):
            fit_column(sheet, column, widest, 12, 20)
        sheet.print_title_rows = f"{_HEAD_ROW - 1}:{_HEAD_ROW}"
        print_on_a4(sheet, self._rapport)


def _shown(row: Rad, values: Konsvarden, hidden: dict[str, str], key: str) -> Tal | str:
    """What stands in a cell: the exact number, the mark, or a word."""
    if key in hidden:
        return hidden[key]
    if not row.konsuppdelad and key in ("kvinnor", "man"):
        return formats.EJ_UPPDELAT
    value = values.get(key)
    if value is None:
        return "" if key == "uppgift_saknas" else formats.SAKNAS
    return value


def _longest(row: Rad) -> int:
    """How many characters the longest figure of a row takes."""
    values = [value for value in (*row.varde, *row.jamforelse) if value is not None]
    return max((len(formats.format_tal(value, _decimals(row))) + 2 for value in values), default=0)


def _decimals(row: Rad) -> int:
    return formats.decimals_for(row.enhet, (*row.varde, *row.jamforelse), row.decimaler)


def number_format(enhet: str, decimals: int) -> str:
    """Excel's format code of a unit; shares show whole per cent and keep their exact value."""
    return _FORMATS[enhet] + ("." + "0" * decimals if decimals else "")


def _fill_definitions(rapport: Rapport, sheet: Any) -> None:
    rows: Iterable[tuple[str, str]] = [
        ("Begrepp", "Betydelse"),
        *texts.definitions(rapport),
        *((one.ord, one.text) for one in rapport.begrepp),
        *_reading(rapport),
        ("Skyddade uppgifter", "".join(text for text, _ in texts.protection_text(rapport))),
        ("Om siffrorna", _about_figures(rapport)),
    ]
    rows = [(term, meaning) for term, meaning in rows if meaning]
    for at, (term, meaning) in enumerate(rows, start=1):
        write_text(sheet.cell(at, 1), term).font = Font(bold=True, color=ink("text"))
        cell = write_text(sheet.cell(at, 2), meaning)
        for written in (sheet.cell(at, 1), cell):
            written.alignment = Alignment(wrap_text=True, vertical="top")
    sheet["B1"].font = Font(bold=True, color=ink("text"))
    sheet.column_dimensions["A"].width = 40
    sheet.column_dimensions["B"].width = 90
    sheet.freeze_panes = "A2"
    sheet.print_title_rows = "1:1"
    print_on_a4(sheet, rapport)


def _about_figures(rapport: Rapport) -> str:
    has_shares = any(row.enhet == "andel" for avsnitt in rapport.avsnitt for row in avsnitt.rader)
    shares = "Andelar står exakta i cellerna och visas i hela procent. " if has_shares else ""
    return f"{shares}{texts.about_figures(rapport)}".strip()


def _reading(rapport: Rapport) -> Iterable[tuple[str, str]]:
    """The parts that open the reading help, each under its own words."""
    for part in rapport.lasning:
        lines = [text for text, _ in part_lines(part)]
        if lines:
            yield (lines[0], "\n".join(lines[1:])) if getattr(part, "rubrik", "") else ("", "\n".join(lines))
