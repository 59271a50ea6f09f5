"""A block of cells copied from a sheet: rows of kvinnor, män and totalt with Swedish numbers."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from db.rules.riktvarde import Malslag, parse_riktvarde_or_text, parse_tal

# By how many cells a row has, where no row of headings says which they are.
_KOLUMNER: dict[int, tuple[str, ...]] = {
    1: ("totalt",),
    2: ("kvinnor", "man"),
    3: ("kvinnor", "man", "totalt"),
}
_RUBRIKER = {
    "kvinnor": "kvinnor", "kvinna": "kvinnor", "k": "kvinnor", "flickor": "kvinnor",
    "män": "man", "man": "man", "m": "man", "pojkar": "man",
    "totalt": "totalt", "total": "totalt", "alla": "totalt", "t": "totalt", "kvinnor och män": "totalt",
}  # fmt: skip
MOST_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Inklistrad:
    """A pasted row: the numbers of its columns (`kolumner`). A column that it lacks is None, as is one whose
    cell is empty."""

    kolumner: tuple[str, ...]
    kvinnor: Decimal | None = None
    man: Decimal | None = None
    totalt: Decimal | None = None


class InklistringError(ValueError):
    """The block cannot be read; the message is Swedish and tells every fault with its row."""


def parse_inklistring(text: str, forsta: str = "") -> tuple[Inklistrad, ...]:
    """The rows of a block, tab between cells. A first row of headings says which column is which; else one
    cell is totalt, two are kvinnor and män, three all; `forsta` is the column that the paste begins in.

    Raises InklistringError, with every cell that is no number.
    """
    rader = [
        rad.split("\t") for rad in text.replace("\r\n", "\n").replace("\r", "\n").rstrip("\n").split("\n")
    ]
    if not text.strip():
        raise InklistringError("Det finns inget att klistra in.")
    if len(rader) > MOST_ROWS:
        raise InklistringError(f"För många rader. Högst {MOST_ROWS} i taget.")
    rubriker = [_RUBRIKER.get(cell.strip().casefold(), "") for cell in rader[0]]
    har_rubriker = all(rubriker) and len(set(rubriker)) == len(rubriker)
    kropp = rader[1:] if har_rubriker else rader
    fel: list[str] = []
    ut = []
    for nummer, celler in enumerate(kropp, 2 if har_rubriker else 1):
        kolumner = rubriker if har_rubriker else _columns(len(celler), forsta)
        if kolumner is None or len(celler) > len(kolumner):
            fel.append(f"Rad {nummer} har {len(celler)} celler. Klistra in kvinnor, män och totalt.")
        else:
            ut.append(_read(kolumner, celler, nummer, fel))
    if not fel and not ut:
        fel.append("Det finns inga tal under rubrikerna.")
    if fel:
        fler = f" Och {len(fel) - 20} fel till." if len(fel) > 20 else ""
        raise InklistringError(" ".join(fel[:20]) + fler)
    return tuple(ut)


def _columns(antal: int, forsta: str) -> Sequence[str] | None:
    alla = _KOLUMNER[3]
    if forsta in alla:
        fran = alla[alla.index(forsta) :]
        return fran[:antal] if antal <= len(fran) else None
    return _KOLUMNER.get(antal)


def _read(kolumner: Sequence[str], celler: Sequence[str], nummer: int, fel: list[str]) -> Inklistrad:
    tal: dict[str, Decimal | None] = {}
    for kolumn, cell in zip(kolumner, celler, strict=False):
        ren = cell.strip().removesuffix("%").strip()
        tal[kolumn] = parse_tal(ren)
        if tal[kolumn] is None and parse_riktvarde_or_text(ren).slag is not Malslag.SAKNAS:
            fel.append(f"Rad {nummer}: ”{cell.strip()[:40]}” är inget tal.")
    return Inklistrad(tuple(tal), tal.get("kvinnor"), tal.get("man"), tal.get("totalt"))
