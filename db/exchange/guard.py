"""Looks a workbook over before anything reads it: what is harmful or broken is refused in one line.

The parts are unpacked here first, counted as they come, because a zip may lie about its sizes. What the
reader would lose without a word (error values, formulas never worked out) is noted by part and cell.
"""

import hashlib
import re
import struct
import zipfile
import zlib
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path

from db.errors import StoreError

MAX_UNPACKED = 200 * 1024 * 1024
MAX_PARTS = 2_000
MAX_FILE = MAX_UNPACKED
MAX_ROW, MAX_COLUMN = 1_048_576, 16_384
MAX_CELLS = 40_000_000  # the reader lays a sheet out as one rectangle
MAX_SHARED_TEXT = 1_000_000_000

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_LOCAL_HEADER = struct.Struct("<4s5H3L2H")
# Begins with plain letters, which the search then leaps between.
_FAR_OUT = re.compile(rb'r="(?:[A-Z]{2}|[A-Z]?[0-9]{7})')
_ANY_REF = re.compile(rb'\br="([A-Z]*)([0-9]*)"')
_LAST_ROW = re.compile(rb'<(?:\w+:)?row\b[^>]*?\br="([0-9]+)"')
_UNUSUAL = re.compile(rb'=(?:[^"]|(?<=\s=))')
_ATTRIBUTE = re.compile(rb"""\s*=\s*(?:'([^'<]*)'|"([^"<]*)")""")
_DECLARATION = re.compile(rb"<!(?:DOCTYPE|ENTITY|ELEMENT|ATTLIST|NOTATION)", re.IGNORECASE)
_MARKUP = re.compile(rb"[\xef\xbb\xbf\s]*<")
_ERROR = re.compile(rb'<(?:\w+:)?c\b[^>]*?\bt="e"[^>]*>.{0,2000}?</(?:\w+:)?c>', re.DOTALL)
_BARE_FORMULA = re.compile(
    rb"<((?:\w+:)?)c\b([^>]*)>\s*<\1f\b(?:[^>]*/>|[^>]*>[^<]*</\1f>)\s*(?:<\1v\s*/>|<\1v>\s*</\1v>)?\s*</\1c>"
)
_REF = re.compile(rb'\br="([A-Z]+)([0-9]+)"')
_ERROR_TEXT = re.compile(rb"v>([^<]*)</")
_SI = re.compile(rb"<(?:\w+:)?si\b.*?</(?:\w+:)?si>", re.DOTALL)
_SHARED_USE = re.compile(rb'\bt="s"[^>]*>\s*<(?:\w+:)?v>([0-9]+)<')
FORMULA_WITHOUT_VALUE = "=…"


@dataclass(slots=True)
class Inspected:
    """What was found: the file's SHA-256 and, by part, cells to speak up about: (row, column) → text."""

    sha256: str
    odd_cells: dict[str, dict[tuple[int, int], str]] = field(default_factory=dict)
    sheet_parts: dict[str, str] = field(default_factory=dict)


def inspect_workbook(path: Path) -> Inspected:
    """Look the file over. Raises StoreError with one Swedish line when it must not be read."""
    try:
        data = _read_file(path)
        parts = _unpack(data, path.name)
    except (zipfile.BadZipFile, zlib.error, struct.error, EOFError, NotImplementedError, ValueError) as error:
        raise _broken(path.name) from error
    _check_kind(parts, path.name)
    inspected = Inspected(hashlib.sha256(data).hexdigest())
    for name, content in parts.items():
        # By what it is, not by its name: a workbook may keep its sheets in any part.
        if name.endswith((".xml", ".rels")) or _MARKUP.match(content):
            _check_markup(content, path.name)
            markup = _normalise(content)
            _check_extent(markup, path.name)
            if cells := _odd_cells(markup):
                inspected.odd_cells[name] = cells
    _check_shared_texts(parts, path.name)
    if inspected.odd_cells:
        inspected.sheet_parts = _sheet_parts(parts)
    return inspected


def _broken(name: str) -> StoreError:
    return StoreError(
        f"{name} gick inte att läsa: filen är skadad eller ingen Excel-arbetsbok. Spara om den som .xlsx."
    )


def _read_file(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise StoreError(f"{path.name} är en mapp. Ange en fil.")
        if path.stat().st_size > MAX_FILE:
            raise StoreError(f"{path.name} är för stor: över 200 MB. Dela upp den i flera filer.")
        data = path.read_bytes()
    except FileNotFoundError:
        raise StoreError(f"{path.name} finns inte. Kontrollera sökvägen.") from None
    except OSError as error:
        raise StoreError(f"{path.name} gick inte att öppna. Kontrollera att du får läsa filen.") from error
    if data.startswith(_OLE):
        raise StoreError(
            f"{path.name} är lösenordsskyddad eller sparad i det gamla formatet .xls. "
            "Ta bort lösenordet och spara filen som .xlsx."
        )
    return data


def _unpack(data: bytes, name: str) -> dict[str, bytes]:
    if not data.startswith(b"PK"):
        raise _broken(name)
    import io

    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        infos = archive.infolist()
    if len(infos) > MAX_PARTS:
        raise StoreError(f"{name} har fler än 2 000 delar och läses inte. Spara om arbetsboken i Excel.")
    if sum(info.file_size for info in infos) > MAX_UNPACKED:
        raise _too_large(name)
    parts: dict[str, bytes] = {}
    left = MAX_UNPACKED
    for info in infos:
        if info.flag_bits & 0x1:
            raise StoreError(f"{name} är lösenordsskyddad. Ta bort lösenordet och spara filen igen.")
        content = _inflate(data, info, left, name)
        left -= len(content)
        if info.filename.casefold() in parts:
            raise _broken(name)
        # Names are compared as the reader compares them: some writers use back slashes and capitals.
        parts[info.filename.replace("\\", "/").casefold()] = content
    return parts


def _inflate(data: bytes, info: zipfile.ZipInfo, left: int, name: str) -> bytes:
    header = _LOCAL_HEADER.unpack_from(data, info.header_offset)
    if header[0] != b"PK\x03\x04":
        raise _broken(name)
    start = info.header_offset + _LOCAL_HEADER.size + header[9] + header[10]
    packed = memoryview(data)[start : start + info.compress_size]
    if info.compress_type == zipfile.ZIP_STORED:
        content = bytes(packed)
    elif info.compress_type == zipfile.ZIP_DEFLATED:
        content = zlib.decompressobj(-15).decompress(packed, left + 1)
    else:
        raise _broken(name)
    if len(content) > left:
        raise _too_large(name)
    if len(content) != info.file_size or zlib.crc32(content) != info.CRC:
        raise _broken(name)
    return content


def _too_large(name: str) -> StoreError:
    return StoreError(
        f"{name} blir över 200 MB när den packas upp och läses inte. Dela upp den i flera arbetsböcker."
    )


def _check_kind(parts: dict[str, bytes], name: str) -> None:
    if any(part.endswith("vbaproject.bin") or part.startswith("xl/macrosheets/") for part in parts):
        raise StoreError(f"{name} innehåller makron och läses inte. Spara den som .xlsx utan makron.")
    if "xl/workbook.bin" in parts:
        raise StoreError(f"{name} är sparad som .xlsb. Spara den som .xlsx.")
    if "xl/workbook.xml" not in parts:
        raise _broken(name)


def _check_markup(content: bytes, name: str) -> None:
    # Markup that an XML reader may fetch or multiply; no workbook needs it. In UTF-16 it would pass unseen.
    if content[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in content[:200]:
        raise _broken(name)
    if b"<!" in content and _DECLARATION.search(content):
        raise StoreError(
            f"{name} innehåller en dokumenttypsdeklaration och läses inte. Spara om den i Excel."
        )


def _normalise(content: bytes) -> bytes:
    """The markup with attributes written as everybody writes them, so that the searches miss none."""
    if _UNUSUAL.search(content):
        return _ATTRIBUTE.sub(rb'="\1\2"', content)
    return content


def _check_extent(content: bytes, name: str) -> None:
    """The reader lays a sheet out as one rectangle: a single cell far out would take all memory."""
    too_far = False
    if _FAR_OUT.search(content):
        references = set(_ANY_REF.findall(content))
        columns = max(_column_number(letters) for letters, _ in references)
        last = max(int(digits[:20] or 0) for _, digits in references)
        too_far = columns > MAX_COLUMN or last > MAX_ROW or max(columns, 26) * last > MAX_CELLS
    elif last_row := _LAST_ROW.search(content, max(content.rfind(b"row "), 20) - 20):
        too_far = int(last_row[1]) > 100_000 + 10 * (content.count(b"<row ") + content.count(b":row "))
    if too_far:
        raise StoreError(
            f"{name} har celler långt utanför tabellen och läses inte. Ta bort dem och spara filen igen."
        )


def _column_number(letters: bytes) -> int:
    number = 0
    for letter in letters[:6]:
        number = number * 26 + letter - 64
    return number


def _odd_cells(content: bytes) -> dict[tuple[int, int], str]:
    cells: dict[tuple[int, int], str] = {}
    if b't="e"' in content:
        for match in _ERROR.finditer(content):
            shown = _ERROR_TEXT.search(match[0])
            _note(cells, match[0], shown[1].decode("utf-8", "replace") if shown else "#FEL!")
    if b"<f" in content or b":f" in content:
        for match in _BARE_FORMULA.finditer(content):
            _note(cells, match[2], FORMULA_WITHOUT_VALUE)
    return cells


def _note(cells: dict[tuple[int, int], str], markup: bytes, text: str) -> None:
    if reference := _REF.search(markup):
        cells[int(reference[2]), _column_number(reference[1])] = text


def _check_shared_texts(parts: dict[str, bytes], name: str) -> None:
    """One long text used by a million cells becomes a million texts when it is read."""
    shared = parts.get("xl/sharedstrings.xml", b"")
    sheets = [_normalise(content) for content in parts.values() if _MARKUP.match(content)] if shared else []
    uses = sum(content.count(b't="s"') for content in sheets)
    if len(shared) * uses < MAX_SHARED_TEXT:
        return
    lengths = [len(text) for text in _SI.findall(shared)]
    if max(lengths, default=0) * uses < MAX_SHARED_TEXT:
        return
    counted: Counter[bytes] = Counter()
    for content in sheets:
        counted.update(_SHARED_USE.findall(content))
    total = sum(lengths[int(index)] * times for index, times in counted.items() if int(index) < len(lengths))
    if total > MAX_SHARED_TEXT:
        raise _too_large(name)


def _sheet_parts(parts: dict[str, bytes]) -> dict[str, str]:
    """Sheet name → part, by the workbook's own list."""
    from xml.etree import ElementTree

    relation = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
    try:
        targets = {
            element.get("Id"): element.get("Target", "")
            for element in ElementTree.fromstring(parts.get("xl/_rels/workbook.xml.rels", b"<r/>"))
        }
        sheets = [
            (element.get("name", ""), element.get(relation))
            for element in ElementTree.fromstring(parts["xl/workbook.xml"]).iter()
            if element.tag.endswith("}sheet")
        ]
    except ElementTree.ParseError:
        return {}
    return {sheet: _part_name(targets.get(target, "")) for sheet, target in sheets}


def _part_name(target: str) -> str:
    target = target.replace("\\", "/").casefold()
    return target.removeprefix("/") if target.startswith("/") else f"xl/{target.removeprefix('./')}"
