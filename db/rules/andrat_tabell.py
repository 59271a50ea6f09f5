"""What differs between the tables of a frozen report and those of the same report made now: a line for each
cell, by its row and column, as a reader sees both (R12: a hidden figure is its mark on either side)."""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from db.rules.riktvarde import parse_tal
from db.rules.tabell import Del, Diagram, Tabell, Tabellkolumn, Tabellrad

Radnyckel = tuple[str, str, str, int]


@dataclass(frozen=True, slots=True)
class Cellskillnad:
    """A cell that is printed otherwise now. `rad` tells the row, after that which it belongs to. `kolumn` is
    "" for a row that came or went, and `nu` says which. `skillnad` is that of the two numbers."""

    avsnitt: str
    rad: str
    kolumn: str
    da: str
    nu: str
    skillnad: Decimal | None = None


def compare_tables(rubrik: str, da: Iterable[Del], nu: Iterable[Del]) -> Iterator[Cellskillnad]:
    """The cells that differ between the tables of a section, in the order of the frozen one."""
    gamla, nya = ([del_ for del_ in delar if isinstance(del_, Tabell)] for delar in (da, nu))
    for nummer in range(max(len(gamla), len(nya))):
        fore, efter = (_rows(tabeller[nummer : nummer + 1]) for tabeller in (gamla, nya))
        for nyckel in {**fore, **efter}:
            yield from _compare_rows(rubrik, _name(nyckel), fore.get(nyckel), efter.get(nyckel))


def plain_parts(delar: Iterable[Del]) -> list[Del]:
    """What a section says beside its tables' cells: a chart says what a table does."""
    return [
        replace(del_, kolumner=(), rader=()) if isinstance(del_, Tabell) else del_
        for del_ in delar
        if not isinstance(del_, Diagram)
    ]


def _rows(tabeller: Sequence[Tabell]) -> dict[Radnyckel, dict[str, str]]:
    """Every row's cells by column; a row is known by its id, else by its words, under what it stands."""
    found: dict[Radnyckel, dict[str, str]] = {}
    seen: Counter[tuple[str, str, str]] = Counter()
    for tabell in tabeller:
        band = over = ""
        for rad in tabell.rader:
            if rad.band:
                band = rad.etikett
            elif not rad.niva:
                over = rad.etikett
            under = "" if rad.band else over if rad.niva else band
            namn = (rad.id, under if rad.niva or not rad.id else "", rad.etikett)
            seen[namn] += 1
            found[(*namn, seen[namn])] = dict(_cells(tabell.kolumner, rad))
    return found


def _cells(kolumner: Sequence[Tabellkolumn], rad: Tabellrad) -> Iterator[tuple[str, str]]:
    at = rad.spann
    for cell in rad.celler:
        yield f"{kolumner[at].grupp} {kolumner[at].namn}".strip(), cell.dold or cell.text
        at += cell.spann


def _name(nyckel: Radnyckel) -> str:
    _, under, etikett, _ = nyckel
    return f"{under}, {etikett[:1].lower()}{etikett[1:]}" if under else etikett


def _compare_rows(
    rubrik: str, namn: str, da: dict[str, str] | None, nu: dict[str, str] | None
) -> Iterator[Cellskillnad]:
    if da is None or nu is None:
        yield Cellskillnad(rubrik, namn, "", "", "ny rad" if da is None else "raden finns inte längre")
        return
    for kolumn in {**da, **nu}:
        fore, efter = da.get(kolumn, ""), nu.get(kolumn, "")
        if fore != efter:
            yield Cellskillnad(rubrik, namn, kolumn, fore, efter, _difference(fore, efter))


def _difference(da: str, nu: str) -> Decimal | None:
    fore, efter = parse_tal(da), parse_tal(nu)
    return None if fore is None or efter is None else efter - fore
