"""Writes workbooks row by row straight into the file: no temporary copies of people's data, no formulas ever.

Text is always written as text, whatever it begins with; the same rows always give the same bytes.
"""

import re
from collections.abc import Callable, Iterable
from datetime import date, datetime, time, timedelta
from typing import IO, Any, BinaryIO
from xml.sax.saxutils import escape, quoteattr
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from db.errors import DataError
from db.exchange.cells import clean_text
from db.exchange.schema import Column, Kind

LONGEST_TEXT = 32_767
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_FORMULA_SIGNS = frozenset("=+-@＝＋－＠#")
_MARKUP = re.compile(r"[&<>]")
_MIDNIGHT = datetime(1899, 12, 30)
# Before this day Excel counts a leap day that never was; such days are written as text.
_FIRST_SAFE_DAY = date(1900, 3, 1)
_PLAIN, _DAY, _QUOTED, _MOMENT, _CLOCK, _DURATION, _BOLD = range(7)
_WIDTHS = {
    Kind.DATE: 12,
    Kind.MONTH: 10,
    Kind.PERIOD: 12,
    Kind.YES_NO: 10,
    Kind.INT: 10,
    Kind.TIME: 8,
    Kind.CODE: 20,
    Kind.NUMMER: 18,
}
_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts count="4"><numFmt numFmtId="164" formatCode="yyyy\\-mm\\-dd"/>'
    '<numFmt numFmtId="165" formatCode="yyyy\\-mm\\-dd\\ hh:mm:ss"/>'
    '<numFmt numFmtId="166" formatCode="hh:mm:ss"/>'
    '<numFmt numFmtId="167" formatCode="[h]:mm:ss"/></numFmts>'
    '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font>'
    '<font><b/><sz val="11"/><name val="Calibri"/></font></fonts>'
    '<fills count="2"><fill><patternFill patternType="none"/></fill><fill>'
    '<patternFill patternType="gray125"/></fill></fills><borders count="1"><border/></borders>'
    '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="7"><xf/>'
    '<xf numFmtId="164" applyNumberFormat="1"/><xf quotePrefix="1"/>'
    '<xf numFmtId="165" applyNumberFormat="1"/><xf numFmtId="166" applyNumberFormat="1"/>'
    '<xf numFmtId="167" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs>'
    '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
)


class SheetWriter:
    """A workbook under way: `start_sheet`, then `append` row after row; whole when its `with` ends well."""

    def __init__(self, stream: BinaryIO) -> None:
        self._archive = ZipFile(stream, "w", ZIP_DEFLATED)
        self._names: list[str] = []
        self._part: IO[bytes] | None = None
        self._row = 0
        self._lines: list[str] = []

    def __enter__(self) -> "SheetWriter":
        return self

    def __exit__(self, kind: type[BaseException] | None, *_error: object) -> None:
        if kind is None:
            self._finish()
        else:
            # What was written so far is of no use to anybody, but must be let go.
            if self._part is not None:
                self._part.close()
            self._archive.close()

    def start_sheet(self, name: str, columns: Iterable[Column] = ()) -> None:
        """Begin a sheet; with columns it gets their widths and a header that stays in view."""
        self._end_sheet()
        self._names.append(name)
        self._part = self._open(f"xl/worksheets/sheet{len(self._names)}.xml")
        self._row = 0
        widths = "".join(
            f'<col min="{n}" max="{n}" width="{column_width(column)}" customWidth="1"/>'
            for n, column in enumerate(columns, 1)
        )
        self._lines = [
            f'{_DECLARATION}<worksheet xmlns="{_MAIN}"><sheetViews><sheetView workbookViewId="0">'
            '<pane ySplit="1" topLeftCell="A2" state="frozen"/></sheetView></sheetViews>'
            f"{f'<cols>{widths}</cols>' if widths else ''}<sheetData>"
        ]

    def append(self, values: Iterable[Any], *, bold: bool = False) -> None:
        """Write the next row; None and empty text are left blank. Raises DataError for too long a text."""
        self._row += 1
        row = self._row
        cells = [
            cell(f"{_LETTERS[place]}{row}", value, bold=bold)
            for place, value in enumerate(values)
            if value is not None and value != ""
        ]
        self._lines.append(f'<row r="{row}">{"".join(cells)}</row>')
        if len(self._lines) > 1_000:
            self._flush()

    def _finish(self) -> None:
        self._end_sheet()
        sheets = [(number, name) for number, name in enumerate(self._names, 1)]
        listed = "".join(f'<sheet name={quoteattr(n)} sheetId="{i}" r:id="rId{i}"/>' for i, n in sheets)
        self._write(
            "xl/workbook.xml",
            f'<workbook xmlns="{_MAIN}" xmlns:r="{_OFFICE}"><sheets>{listed}</sheets></workbook>',
        )
        related = "".join(
            f'<Relationship Id="rId{i}" Type="{_OFFICE}/worksheet" Target="worksheets/sheet{i}.xml"/>'
            for i, _ in sheets
        )
        styles = f'<Relationship Id="rId{len(sheets) + 1}" Type="{_OFFICE}/styles" Target="styles.xml"/>'
        self._write("xl/_rels/workbook.xml.rels", _relationships(related + styles))
        self._write("xl/styles.xml", _STYLES)
        root = f'<Relationship Id="rId1" Type="{_OFFICE}/officeDocument" Target="xl/workbook.xml"/>'
        self._write("_rels/.rels", _relationships(root))
        self._write("[Content_Types].xml", _content_types(len(sheets)))
        self._archive.close()

    def _end_sheet(self) -> None:
        if self._part is not None:
            self._lines.append("</sheetData></worksheet>")
            self._flush()
            self._part.close()
            self._part = None

    def _flush(self) -> None:
        assert self._part is not None
        self._part.write("".join(self._lines).encode())
        self._lines = []

    def _open(self, name: str) -> IO[bytes]:
        info = ZipInfo(name)
        info.compress_type = ZIP_DEFLATED
        return self._archive.open(info, "w")

    def _write(self, name: str, markup: str) -> None:
        with self._open(name) as part:
            part.write((_DECLARATION + markup).encode())


def column_width(column: Column) -> int:
    """In characters, wide enough for the header and the usual value."""
    return max(_WIDTHS.get(column.kind, 18), len(column.name) + 3)


def cell(reference: str, value: Any, *, bold: bool = False) -> str:
    """The markup of a cell. Raises DataError for a text that Excel cannot hold."""
    writer = _CELLS.get(value.__class__)
    if writer is not None:
        return writer(reference, value)
    return _text_cell(reference, str(value), bold)


def _text_cell(reference: str, value: str, bold: bool) -> str:
    text = clean_text(value)
    if not text:
        return ""
    if len(text) > LONGEST_TEXT:
        raise DataError(
            f"En text är längre än {LONGEST_TEXT} tecken och ryms inte i en cell. Korta den först."
        )
    # A quoted cell stays text also when somebody edits it in Excel.
    style = _BOLD if bold else _QUOTED if text[0] in _FORMULA_SIGNS else _PLAIN
    if "_x" in text:
        text = _ESCAPED.sub("_x005F_", text)
    if _MARKUP.search(text):
        text = escape(text)
    marked = f' s="{style}"' if style else ""
    space = ' xml:space="preserve"' if "\n" in text or "  " in text else ""
    return f'<c r="{reference}"{marked} t="inlineStr"><is><t{space}>{text}</t></is></c>'


def _number_cell(reference: str, value: float) -> str:
    return f'<c r="{reference}"><v>{value!r}</v></c>'


def _bool_cell(reference: str, value: bool) -> str:
    return f'<c r="{reference}" t="b"><v>{int(value)}</v></c>'


def _day_cell(reference: str, value: date) -> str:
    if value < _FIRST_SAFE_DAY:
        return _text_cell(reference, value.isoformat(), bold=False)
    return f'<c r="{reference}" s="{_DAY}"><v>{value.toordinal() - _MIDNIGHT.toordinal()}</v></c>'


def _moment_cell(reference: str, value: datetime) -> str:
    return f'<c r="{reference}" s="{_MOMENT}"><v>{(value - _MIDNIGHT) / timedelta(days=1)!r}</v></c>'


def _clock_cell(reference: str, value: time) -> str:
    seconds = value.hour * 3600 + value.minute * 60 + value.second
    return f'<c r="{reference}" s="{_CLOCK}"><v>{seconds / 86_400!r}</v></c>'


def _duration_cell(reference: str, value: timedelta) -> str:
    return f'<c r="{reference}" s="{_DURATION}"><v>{value / timedelta(days=1)!r}</v></c>'


_CELLS: dict[type, Callable[[str, Any], str]] = {
    int: _number_cell,
    float: _number_cell,
    bool: _bool_cell,
    date: _day_cell,
    datetime: _moment_cell,
    time: _clock_cell,
    timedelta: _duration_cell,
}


def _letters(number: int) -> str:
    letters = ""
    while number:
        number, rest = divmod(number - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


_LETTERS = tuple(_letters(number) for number in range(1, 16_385))


def _relationships(inner: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inner}</Relationships>'


def _content_types(sheets: int) -> str:
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml"
    parts = [("/xl/workbook.xml", "sheet.main"), ("/xl/styles.xml", "styles")]
    parts += [(f"/xl/worksheets/sheet{number}.xml", "worksheet") for number in range(1, sheets + 1)]
    listed = "".join(f'<Override PartName="{part}" ContentType="{kind}.{name}+xml"/>' for part, name in parts)
    return (
        f'<Types xmlns="{_PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{listed}</Types>'
    )
