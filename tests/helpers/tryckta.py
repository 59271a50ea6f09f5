"""The tables of the five documents as they are printed (tests/data/tryckta: the documents' own lines, columns
with tabs), and the rows of a follow-up, both brought to one form so that their figures can be compared."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from db.rules.figurer import Rapport
from db.rules.tabell import Tabell

FOLDER = Path(__file__).parent.parent / "data" / "tryckta"
_NOTE = re.compile(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+|<sup>.*?</sup>")
_MARKUP = re.compile(r"</?[a-z]+>")
_KON = re.compile(r"\b(kvinnor|flickor|män|pojkar)\b", re.IGNORECASE)
_WORDS = ("minst ", "högst ", "tkr/år", "%")
_YEAR = re.compile(r"20\d\d\*?")  # a head
_HIDDEN = ("saknas", "")


@dataclass(frozen=True)
class Rad:
    """A printed row: what it is called and its figures in order, empty cells left out."""

    namn: str
    tal: tuple[str, ...]


def plain(text: str) -> str:
    """A printed cell without what only this or that printer sets: notes, %, spaces in numbers, case."""
    text = _MARKUP.sub("", _NOTE.sub("", text)).replace("\u00a0", " ").replace("−", "-").lower().strip()
    for word in _WORDS:
        text = text.replace(word, "")
    text = re.sub(r"(?<=\d) (?=\d{3}\b)", "", text)
    text = re.sub(r"(?<=\d) ?\*+$", "", " ".join(text.split()))  # a star that only points at a note
    return re.sub(r"^i\.u\.?$", "i.u", text)


def printed_rows(kod: str) -> list[Rad]:
    """The rows of the document's tables that hold any figure."""
    lines = (FOLDER / f"{kod}.txt").read_text(encoding="utf-8").split("\n")
    rows = (_printed(line) for line in lines)
    return [rad for rad in rows if any(not _YEAR.fullmatch(tal) for tal in rad.tal)]


def _printed(line: str) -> Rad:
    cells = [cell.strip() for cell in line.split("\t")]
    first = next((at for at, cell in enumerate(cells) if _is_figure(cell)), len(cells))
    return Rad(plain(" ".join(cells[:first])), tuple(plain(c) for c in cells[first:] if _is_figure(c)))


def _is_figure(cell: str) -> bool:
    """A number, or one of the words and signs that stand for one."""
    text = plain(cell)
    if re.fullmatch(r"[*]+|-|i\.u|öka|minska|bibehålla|värde saknas|inga signifikanta skillnader", text):
        return True
    if re.fullmatch(r"utifrån budget|ny indikator|amc: .*", text):
        return True
    return bool(re.fullmatch(r"[-<>≤≥]{0,1} ?\d+(?:,\d+)?(?: \(\d+\))?", text))


def report_rows(rapport: Rapport) -> Iterator[Rad]:
    """The rows of the follow-up's tables of indicators and volymmått, with the columns of figures only."""
    for avsnitt in rapport.avsnitt:
        for part in avsnitt.delar:
            if isinstance(part, Tabell) and any(kolumn.siffror for kolumn in part.kolumner):
                yield from _table_rows(part)


def _table_rows(tabell: Tabell) -> Iterator[Rad]:
    above = ""
    for rad in tabell.rader:
        if rad.band:
            continue
        above = above if rad.niva else rad.etikett
        figures = [
            c.text for c, kolumn in zip(rad.celler, tabell.kolumner[1:], strict=False) if kolumn.siffror
        ]
        name = f"{above}, {rad.etikett}" if rad.niva else rad.etikett
        yield Rad(plain(name), tuple(text for cell in figures if (text := plain(cell)) not in _HIDDEN))


def is_kon(namn: str) -> bool:
    """Whether the row is of one kön."""
    return bool(_KON.search(namn))
