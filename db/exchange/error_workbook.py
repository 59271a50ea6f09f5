"""The rows that were left out, as they stood, with the reason: a workbook to correct and import again."""

from collections import defaultdict
from pathlib import Path

from db.exchange.frames import Frame
from db.exchange.guard import inspect_workbook
from db.exchange.reading import find_sheet, is_blank, read_tables
from db.exchange.schema import FAULT_COLUMN
from db.exchange.sheet_writer import SheetWriter


def write_error_workbook(source: Path, target: Path, frames: dict[str, Frame]) -> None:
    """Copy the faulty rows of `source`, sheet by sheet with their headers, and add the column `fel`."""
    reasons = _reasons(frames)
    with target.open("wb") as stream, SheetWriter(stream) as writer:
        _copy_sheets(writer, source, reasons)


def _copy_sheets(writer: SheetWriter, source: Path, reasons: dict[str, dict[int, str]]) -> None:
    for _, name, rows in read_tables(source, inspect_workbook(source)):
        faulty = reasons.get(name.strip())
        if not faulty or find_sheet(name) is None:
            continue
        writer.start_sheet(name.strip())
        table = rows()
        header = next(row for row in table if not is_blank(row))
        place = next(
            (n for n, text in enumerate(header) if str(text).strip().casefold() == FAULT_COLUMN), None
        )
        if place is None:
            place = len(header)
        writer.append([*header[:place], FAULT_COLUMN, *header[place + 1 :]], bold=True)
        for number in sorted(faulty):
            row = table[number - 1]
            writer.append([*row[:place], faulty[number], *row[place + 1 :]])


def _reasons(frames: dict[str, Frame]) -> dict[str, dict[int, str]]:
    found: dict[str, dict[int, str]] = defaultdict(dict)
    for frame in frames.values():
        for place, told in frame.bad.items():
            found[frame.blad(place)][frame.rows[place]] = "; ".join(dict.fromkeys(told))
    return found
