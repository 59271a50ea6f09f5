"""Tables, texts and lists of a report as lines for a terminal."""

from collections.abc import Iterator
from itertools import groupby
from textwrap import wrap

from db.rules.tabell import Del, Diagram, Forklaringar, Punktlista, Statusrad, Stycke, Tabell, Tabellrad
from desktop.reports import texts

_WIDEST = 40
_GAP = "  "


def part_lines(part: Del, width: int) -> list[str]:
    """The part as lines; text is wrapped to `width` characters, a table is as wide as it is."""
    if isinstance(part, Tabell):
        return _table(part, width)
    if isinstance(part, Statusrad):
        return ["  ".join(f"{one.antal} {one.ord}" for one in part.antal)]
    if isinstance(part, Diagram):
        return []  # its numbers stand in the table
    head = ["", part.rubrik] if part.rubrik else []
    if isinstance(part, Stycke):
        return head + [line for text in part.text.splitlines() for line in wrap(text, width)]
    if isinstance(part, Punktlista):
        return head + [line for point in part.punkter for line in _point(point, width)]
    return head + [line for one in _explained(part) for line in _point(one, width)]


def _explained(part: Forklaringar) -> Iterator[str]:
    return (f"{one.ord}: {one.text}" for one in part.rader)


def _point(text: str, width: int) -> list[str]:
    return wrap(text, width, initial_indent="- ", subsequent_indent="  ")


def _table(tabell: Tabell, width: int) -> list[str]:
    if not tabell.rader:
        return wrap(tabell.tom or texts.NO_ROWS, width)
    rows = [_cells(rad) for rad in tabell.rader]
    heads = [[(kolumn.namn, 1) for kolumn in tabell.kolumner]]
    if any(kolumn.grupp for kolumn in tabell.kolumner):
        groups = groupby(tabell.kolumner, key=lambda kolumn: kolumn.grupp)
        heads.insert(0, [(group, len(list(columns))) for group, columns in groups])
    wide = [min(_natural([*heads[-1:], *rows], at), _WIDEST) for at in range(len(tabell.kolumner))]
    _widen(wide, heads[0])
    figures = [kolumn.siffror for kolumn in tabell.kolumner]
    lines = [line for row in [*heads, *rows] for line in _lines(row, wide, figures)]
    notes = [line for note in (*tabell.noter, tabell.kalla) for line in wrap(note, width)]
    head = ["", *wrap(tabell.rubrik, width)] if tabell.rubrik else []
    return [*head, *wrap(tabell.bildtext, width), *lines, *notes]


def _widen(wide: list[int], heads: list[tuple[str, int]]) -> None:
    """Make room for heads over several columns."""
    at = 0
    for text, span in heads:
        lack = len(text) - sum(wide[at : at + span]) - len(_GAP) * (span - 1)
        wide[at] += max(lack, 0)
        at += span


def _cells(rad: Tabellrad) -> list[tuple[str, int]]:
    label = ("  " * rad.niva + rad.etikett, rad.spann)
    return [label, *((" ".join(cell.text.split()), cell.spann) for cell in rad.celler)]


def _natural(rows: list[list[tuple[str, int]]], column: int) -> int:
    widest = 1
    for row in rows:
        at = 0
        for text, span in row:
            if at == column and span == 1:
                widest = max(widest, len(text))
            at += span
    return widest


def _lines(row: list[tuple[str, int]], wide: list[int], figures: list[bool]) -> list[str]:
    """The row on as many lines as its longest cell takes."""
    columns: list[tuple[list[str], int, bool]] = []
    at = 0
    for text, span in row:
        width = sum(wide[at : at + span]) + len(_GAP) * (span - 1)
        indent = text[: len(text) - len(text.lstrip(" "))]
        wrapped = wrap(text.strip(), width, initial_indent=indent, subsequent_indent=indent) or [""]
        columns.append((wrapped, width, figures[at] and span == 1))
        at += span
    deep = max(len(lines) for lines, _, _ in columns)
    return [
        _GAP.join(_aligned(lines[i : i + 1], width, right) for lines, width, right in columns).rstrip()
        for i in range(deep)
    ]


def _aligned(lines: list[str], width: int, right: bool) -> str:
    text = lines[0] if lines else ""
    return f"{text:>{width}}" if right else f"{text:<{width}}"
