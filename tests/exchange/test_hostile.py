"""Crafted workbooks: each refused in one Swedish line or read as plain text, soon and without a crash."""

import io
import struct
import time
import zipfile
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from db.aktor import Aktor
from db.errors import StoreError
from db.exchange.importing import import_workbook
from db.models import Handelse
from db.session import Store
from tests.exchange.workbooks import full_register, save

SECONDS = 20  # of the processor, far more than needed
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
HEAD = "<row r='1'><c r='A1' t='inlineStr'><is><t>hushåll</t></is></c></row>"

Parts = dict[str, bytes]


def parts(sheet: str = f"<sheetData>{HEAD}</sheetData>", name: str = "Hushåll") -> Parts:
    """The parts of a small workbook with one sheet."""
    return {
        "[Content_Types].xml": (
            f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" ContentType='
            '"application/vnd.openxmlformats-package.relationships+xml"/><Default Extension="xml" '
            'ContentType="application/xml"/></Types>'
        ).encode(),
        "_rels/.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
            f'Type="{OFFICE}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
        ).encode(),
        "xl/workbook.xml": (
            f'<workbook xmlns="{MAIN}" xmlns:r="{OFFICE}"><sheets>'
            f'<sheet name="{name}" sheetId="1" r:id="r1"/></sheets></workbook>'
        ).encode(),
        "xl/_rels/workbook.xml.rels": (
            f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/worksheet" '
            'Target="worksheets/sheet1.xml"/></Relationships>'
        ).encode(),
        "xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'.encode(),
    }


def pack(content: Parts, compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return stream.getvalue()


def with_part(name: str, data: bytes) -> bytes:
    return pack(parts() | {name: data})


def data_rows(inner: str) -> bytes:
    return pack(parts(f"<sheetData>{HEAD}{inner}</sheetData>"))


def cell_at(reference: str) -> bytes:
    row = "".join(c for c in reference if c.isdigit())
    return data_rows(f"<row r='{row}'><c r='{reference}'><v>1</v></c></row>")


def bomb() -> bytes:
    return with_part("xl/media/bild.bin", b"\0" * (201 * 1024 * 1024))


def sheet_bomb() -> bytes:
    blank = b"<row r='2'><c r='A2'/></row>" * 8_000_000
    return pack(
        parts() | {"xl/worksheets/sheet1.xml": f'<worksheet xmlns="{MAIN}"><sheetData>'.encode() + blank}
    )


def lying_sizes() -> bytes:
    """The sizes in the directory say 10 bytes; the packed data go on for 300 MB."""
    packer = zlib.compressobj(9, zlib.DEFLATED, -15)
    packed = packer.compress(b"\0" * (300 * 1024 * 1024)) + packer.flush()
    name = b"xl/worksheets/sheet1.xml"
    head = struct.pack(
        "<4s5H3L2H", b"PK\3\4", 20, 0, 8, 0, 0, zlib.crc32(b"\0" * 10), len(packed), 10, len(name), 0
    )
    directory = struct.pack(
        "<4s6H3L5H2L",
        b"PK\1\2",
        20,
        20,
        0,
        8,
        0,
        0,
        zlib.crc32(b"\0" * 10),
        len(packed),
        10,
        len(name),
        0,
        0,
        0,
        0,
        0,
        0,
    )
    body = head + name + packed
    end = struct.pack("<4s4H2LH", b"PK\5\6", 0, 0, 1, 1, len(directory) + len(name), len(body), 0)
    return body + directory + name + end


def shared_text_bomb() -> bytes:
    """One long text, used by very many cells."""
    shared = f'<sst xmlns="{MAIN}"><si><t>{"x" * 32_000}</t></si></sst>'.encode()
    rows = "".join(f"<row r='{n}'><c r='A{n}' t=\"s\"><v>0</v></c></row>" for n in range(2, 100_000))
    content = parts(f"<sheetData>{HEAD}{rows}</sheetData>")
    content["xl/_rels/workbook.xml.rels"] = content["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        f'<Relationship Id="r2" Type="{OFFICE}/sharedStrings" Target="sharedStrings.xml"/>'.encode()
        + b"</Relationships>",
    )
    return pack(content | {"xl/sharedStrings.xml": shared})


def encrypted_part() -> bytes:
    data = bytearray(pack(parts(), zipfile.ZIP_STORED))
    place = data.find(b"PK\1\2")
    while place >= 0:
        data[place + 8] |= 1
        place = data.find(b"PK\1\2", place + 4)
    return bytes(data)


def doctype(entity: str) -> bytes:
    content = parts()
    sheet = content["xl/worksheets/sheet1.xml"].decode()
    return pack(content | {"xl/worksheets/sheet1.xml": f"<!DOCTYPE x [{entity}]>{sheet}".encode()})


def bad_checksum() -> bytes:
    data = bytearray(pack(parts(), zipfile.ZIP_STORED))
    data[data.find(b"<worksheet") + 3] ^= 1
    return bytes(data)


LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10 if n else "ha"}">' for n in range(10))
FULL = pack(parts())

REFUSED: dict[str, Callable[[], bytes]] = {
    "tom fil": lambda: b"",
    "text": lambda: b"deltagare;efternamn\nD1;Ek\n",
    "html": lambda: b"<html><table><tr><td>1</td></tr></table></html>",
    "slump": lambda: bytes(range(256)) * 50,
    "bara PK": lambda: b"PK",
    "PK och skräp": lambda: b"PK\3\4" + b"\xff" * 500,
    "avklippt zip": lambda: FULL[: len(FULL) // 2],
    "utan katalog": lambda: FULL[: FULL.find(b"PK\1\2")],
    "trasig deflate": lambda: FULL.replace(FULL[45:60], b"\xff" * 15, 1),
    "fel kontrollsumma": bad_checksum,
    "gammalt xls eller lösenord": lambda: b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 1000,
    "krypterad del": encrypted_part,
    "annan zip": lambda: pack({"word/document.xml": b"<w/>"}),
    "tom zip": lambda: pack({}),
    "ods": lambda: pack(
        {"mimetype": b"application/vnd.oasis.opendocument.spreadsheet", "content.xml": b"<x/>"}
    ),
    "xlsb": lambda: with_part("xl/workbook.bin", b"\0"),
    "makro": lambda: with_part("xl/vbaProject.bin", b"\xd0\xcf\x11\xe0"),
    "makro med stora bokstäver": lambda: with_part("XL/VBAPROJECT.BIN", b"x"),
    "excel 4-makro": lambda: with_part("xl/macrosheets/sheet1.xml", b"<x/>"),
    "bomb": bomb,
    "bomb i ett blad": sheet_bomb,
    "bomb med falska storlekar": lying_sizes,
    "bomb av en delad text": shared_text_bomb,
    "många delar": lambda: pack(parts() | {f"xl/x/{n}.xml": b"<x/>" for n in range(2_000)}),
    "två delar med samma namn": lambda: with_part("XL/workbook.xml", b"<x/>"),
    "xxe mot en fil": lambda: doctype('<!ENTITY x SYSTEM "file:///etc/passwd">'),
    "xxe mot nätet": lambda: doctype('<!ENTITY x SYSTEM "http://example.invalid/x">'),
    "miljard skratt": lambda: doctype(LAUGHS),
    "doctype i delade texter": lambda: with_part("xl/sharedStrings.xml", b"<!DOCTYPE x><sst/>"),
    "utf-16": lambda: with_part("xl/styles.xml", "<!DOCTYPE x><x/>".encode("utf-16")),
    "trasig xml i arbetsboken": lambda: pack(parts() | {"xl/workbook.xml": b"<workbook><sheets>"}),
    "trasig xml i bladet": lambda: pack(parts("<sheetData><row><c></row>")),
    "bladet saknas": lambda: pack({k: v for k, v in parts().items() if "sheet1" not in k}),
    "cell i sista kolumnen och sista raden": lambda: cell_at("XFD1048576"),
    "kolumn som inte finns": lambda: cell_at("ZZZZZZ2"),
    "rad som inte finns": lambda: cell_at("A4294967295"),
    "rad bortom allt": lambda: cell_at("A99999999999999999999"),
    "ogiltig utf-8": lambda: pack(
        parts() | {"xl/workbook.xml": parts()["xl/workbook.xml"].replace(b"H", b"\xff")}
    ),
    "packad på annat sätt": lambda: pack(parts(), zipfile.ZIP_LZMA),
}


def moved_sheet() -> bytes:
    """The sheet with a cell far out lies where nobody looks for sheets."""
    content = parts(f"<sheetData>{HEAD}<row r = '2'><c r = 'XFD1048576'><v>1</v></c></row></sheetData>")
    content["xl/x.bin"] = content.pop("xl/worksheets/sheet1.xml")
    related = content["xl/_rels/workbook.xml.rels"]
    return pack(content | {"xl/_rels/workbook.xml.rels": related.replace(b"worksheets/sheet1.xml", b"x.bin")})


REFUSED["blad på annan plats"] = moved_sheet


@pytest.mark.parametrize("name", REFUSED)
def test_refused_in_one_line(store: Store, aktor: Aktor, tmp_path: Path, name: str) -> None:
    path = tmp_path / "fil.xlsx"
    path.write_bytes(REFUSED[name]())
    began = time.process_time()

    with pytest.raises(StoreError) as refused:
        import_workbook(store, aktor, path)

    assert time.process_time() - began < SECONDS
    assert "fil.xlsx" in refused.value.message
    assert "\n" not in refused.value.message
    assert refused.value.message.endswith(".")
    with store.read(aktor) as session:
        assert session.scalar(select(func.count()).select_from(Handelse)) == 0


READ: dict[str, tuple[Callable[[], bytes], str]] = {
    # what it is → (the file, the first household's id or "" for none)
    "inga rader": (lambda: pack(parts("<sheetData/>")), ""),
    "bara rubriker": (lambda: FULL, ""),
    "fel mått": (
        lambda: pack(parts(f"<dimension ref='A1:XFD1048576'/><sheetData>{HEAD}</sheetData>")),
        "",
    ),
    "formel med värde": (
        lambda: data_rows("<row r='2'><c r='A2' t='str'><f>1+1</f><v>H2</v></c></row>"),
        "H2",
    ),
    "text som liknar formel": (
        lambda: data_rows("<row r='2'><c r='A2' t='inlineStr'><is><t>=cmd|' /C calc'!A0</t></is></c></row>"),
        "=cmd|' /C calc'!A0",
    ),
    "delad text som inte finns": (
        lambda: data_rows("<row r='2'><c r='A2' t='inlineStr'><is><t>H&amp;1</t></is></c></row>"),
        "H&1",
    ),
    "styrtecken": (
        lambda: data_rows("<row r='2'><c r='A2' t='inlineStr'><is><t>H_x0007_1</t></is></c></row>"),
        "H1",
    ),
    "extern länk": (
        lambda: with_part("xl/externalLinks/externalLink1.xml", b"<x target='http://example.invalid'/>"),
        "",
    ),
}


@pytest.mark.parametrize("name", READ)
def test_read_as_plain_values(store: Store, aktor: Aktor, tmp_path: Path, name: str) -> None:
    from db.models import Hushall

    make, wanted = READ[name]
    path = tmp_path / "fil.xlsx"
    path.write_bytes(make())

    result = import_workbook(store, aktor, path)

    assert result.fel == ()
    with store.read(aktor) as session:
        assert (session.scalars(select(Hushall.nummer)).first() or "") == wanted


def test_a_folder_a_missing_file_and_one_that_may_not_be_read(
    store: Store, aktor: Aktor, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with pytest.raises(StoreError, match="mapp"):
        import_workbook(store, aktor, tmp_path)
    with pytest.raises(StoreError, match="finns inte"):
        import_workbook(store, aktor, tmp_path / "x.xlsx")
    path = save(tmp_path / "a.xlsx", full_register())

    def forbidden(_: Path) -> bytes:
        raise PermissionError("nej")

    monkeypatch.setattr(Path, "read_bytes", forbidden)
    with pytest.raises(StoreError, match="gick inte att öppna"):
        import_workbook(store, aktor, path)


def test_a_very_large_file_is_not_read(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    path = tmp_path / "a.xlsx"
    with path.open("wb") as stream:
        stream.truncate(201 * 1024 * 1024)

    with pytest.raises(StoreError, match="200 MB"):
        import_workbook(store, aktor, path)


def test_far_columns_in_a_short_sheet_are_no_harm(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    path = tmp_path / "fil.xlsx"
    path.write_bytes(cell_at("ZZ2"))

    result = import_workbook(store, aktor, path)

    assert [(f.rad, f.kolumn) for f in result.fel] == [(2, "hushåll")]


def test_every_column_of_the_wrong_type_gives_faults_not_crashes(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    from datetime import date, datetime, time, timedelta

    strange = [
        "text",
        1.5,
        -1,
        1e300,
        True,
        date(2024, 1, 1),
        datetime(2024, 1, 1, 5),
        time(5),
        timedelta(hours=30),
    ]
    for value in strange:
        sheets = {name: [rows[0], [value for _ in rows[0]]] for name, rows in full_register().items()}
        result = import_workbook(store, aktor, save(tmp_path / "fil.xlsx", sheets))
        assert result.import_id is None
        assert len(result.fel) > 20
