"""Which files may be attached to a person, and what they are called: never a programme, never a macro.

A file is judged by its name and by its first bytes; the two must agree.
"""

import re
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from zipfile import BadZipFile, ZipFile

STORST = 20 * 1024 * 1024  # bytes of a file
FLEST = 20  # files at a time
LANGSTA_NAMN = 120
UTAN_NAMN = "dokument"

_MACROS = "vbaproject.bin"
# What Windows keeps for its devices, whatever the ending.
_RESERVED = re.compile(r"(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)", re.IGNORECASE)
_FORBIDDEN = re.compile(r'[<>:"|?*]')
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Filtyp:
    """A kind of file: media type, what it is called, and how its bytes begin, or what its zip holds."""

    typ: str
    ord: str
    borjan: tuple[bytes, ...] = ()
    innehaller: str = ""


_OFFICE = "application/vnd.openxmlformats-officedocument."
_OPEN = "application/vnd.oasis.opendocument."
_JPEG = Filtyp("image/jpeg", "Bild", (b"\xff\xd8\xff",))
_TIFF = Filtyp("image/tiff", "Bild", (b"II*\x00", b"MM\x00*"))
FILTYPER = {
    "pdf": Filtyp("application/pdf", "Pdf", (b"%PDF-",)),
    "docx": Filtyp(f"{_OFFICE}wordprocessingml.document", "Word", innehaller="word/document.xml"),
    "xlsx": Filtyp(f"{_OFFICE}spreadsheetml.sheet", "Excel", innehaller="xl/workbook.xml"),
    "pptx": Filtyp(f"{_OFFICE}presentationml.presentation", "Powerpoint", innehaller="ppt/presentation.xml"),
    "odt": Filtyp(f"{_OPEN}text", "Textdokument", innehaller="content.xml"),
    "ods": Filtyp(f"{_OPEN}spreadsheet", "Kalkylblad", innehaller="content.xml"),
    "odp": Filtyp(f"{_OPEN}presentation", "Presentation", innehaller="content.xml"),
    "rtf": Filtyp("application/rtf", "Textdokument", (b"{\\rtf",)),
    "txt": Filtyp("text/plain", "Text"),
    "jpg": _JPEG,
    "jpeg": _JPEG,
    "png": Filtyp("image/png", "Bild", (b"\x89PNG\r\n\x1a\n",)),
    "gif": Filtyp("image/gif", "Bild", (b"GIF87a", b"GIF89a")),
    "tif": _TIFF,
    "tiff": _TIFF,
}
_NAMED = {filtyp.typ: filtyp.ord for filtyp in FILTYPER.values()}


def ending(namn: str) -> str:
    """The ending of a name without its dot, in lower case; empty where there is none."""
    _, dot, last = namn.rpartition(".")
    return last.lower() if dot else ""


def describe_typ(typ: str) -> str:
    """What a media type is called; "Fil" for one that is not attached any more."""
    return _NAMED.get(typ, "Fil")


def clean_namn(namn: str) -> str:
    """A name that every disk can hold and that reads as what it is: without folders, without signs that are
    not seen or that turn the direction of the text, not a device of Windows, at most LANGSTA_NAMN long."""
    last = unicodedata.normalize("NFC", namn).replace("\\", "/").rsplit("/", 1)[-1]
    seen = "".join(sign if unicodedata.category(sign)[0] != "C" else " " for sign in last)
    plain = _SPACES.sub(" ", _FORBIDDEN.sub("_", seen)).strip(" .")
    stem, dot, end = plain.rpartition(".")
    if not dot:
        stem, end = plain, ""
    end = end.strip()[:10].strip()
    stem = stem[: LANGSTA_NAMN - len(end) - 1].strip(" .") or UTAN_NAMN
    if _RESERVED.match(f"{stem}."):
        stem = f"_{stem}"
    return f"{stem}.{end}" if end else stem


def rename(namn: str, nytt: str) -> str:
    """The new name, cleaned, with the ending that the file has: a new name never makes it another kind."""
    end = ending(namn)
    written = nytt.strip()
    return clean_namn(written if ending(written) == end else f"{written}.{end}")


def check_fil(namn: str, data: bytes) -> str:
    """Why a file is not attached, in a sentence with its name; empty where it may be."""
    filtyp = FILTYPER.get(ending(namn))
    if filtyp is None:
        return f"{namn} har en filtyp som inte kan bifogas. Spara den som pdf och bifoga den."
    if not data:
        return f"{namn} är tom. Kontrollera filen."
    if len(data) > STORST:
        return f"{namn} är för stor. En fil kan vara högst {STORST // 1024 // 1024} MB."
    return _check_content(namn, data, filtyp)


def _check_content(namn: str, data: bytes, filtyp: Filtyp) -> str:
    strange = f"{namn} innehåller något annat än namnet säger. Kontrollera filen."
    if filtyp.innehaller:
        return _check_zip(namn, data, filtyp, strange)
    if filtyp.typ == "text/plain":
        return strange if b"\x00" in data else ""
    # A pdf may have something before its head.
    before = 1024 if filtyp.typ == "application/pdf" else 0
    found = any(data.find(mark, 0, before + len(mark)) >= 0 for mark in filtyp.borjan)
    return "" if found else strange


def _check_zip(namn: str, data: bytes, filtyp: Filtyp, strange: str) -> str:
    try:
        with ZipFile(BytesIO(data)) as parts:
            names = {part.lower() for part in parts.namelist()}
    except (BadZipFile, OSError, ValueError, NotImplementedError):
        return f"{namn} är skadad och går inte att läsa. Kontrollera filen."
    if any(name.rsplit("/", 1)[-1] == _MACROS for name in names):
        return f"{namn} innehåller makron och bifogas inte. Spara den som pdf."
    return "" if filtyp.innehaller in names else strange
