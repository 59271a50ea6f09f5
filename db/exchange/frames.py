"""A sheet's rows as columns of values, with the faults found so far: what all checks work on."""

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.exchange.cells import MISSING, convert, shown
from db.exchange.outcome import Fel, Ticker
from db.exchange.reading import Book, RawSheet
from db.exchange.schema import ENHETER, SHEETS, Column, Sheet


@dataclass(slots=True)
class Frame:
    """All rows of a sheet, its continuations included. Lists run in step; place 0 is the first row."""

    sheet: Sheet
    rows: list[int] = field(default_factory=list)
    # The name of the sheet from a place on.
    parts: list[tuple[int, str]] = field(default_factory=list)
    cells: dict[str, list[Any]] = field(default_factory=dict)
    values: dict[str, list[Any]] = field(default_factory=dict)
    # Places of rows that cannot be imported, with the reasons to hand back.
    bad: dict[int, list[str]] = field(default_factory=dict)
    # Enheter only: rows that name an enhet and nothing of its places.
    bare: set[int] = field(default_factory=set)
    fel: list[Fel] = field(default_factory=list)
    varningar: list[Fel] = field(default_factory=list)

    def __len__(self) -> int:
        return len(self.rows)

    def blad(self, place: int) -> str:
        """The name, as written in the file, of the sheet that holds the row."""
        return next(name for start, name in reversed(self.parts) if start <= place)

    def fault(self, place: int, name: str, message: str) -> None:
        """A fault of the row at `place`; `name` is the field, or "" for the whole row."""
        told = self._told(place, name, message)
        self.fel.append(told)
        self.bad.setdefault(place, []).append(f"{told.kolumn}: {message}" if told.kolumn else message)

    def warn(self, place: int, name: str, message: str) -> None:
        """A warning: the row is imported all the same."""
        self.varningar.append(self._told(place, name, message))

    def leave_out(self, place: int, message: str) -> None:
        """The row cannot be imported because of another row's fault, which is listed there."""
        self.bad.setdefault(place, []).append(message)

    def _told(self, place: int, name: str, message: str) -> Fel:
        column = self.sheet.by_field[name].name if name else ""
        cell = self.cells[name][place] if name in self.cells else ""
        return Fel(self.blad(place), self.rows[place], column, shown(cell), message)


def make_frames(book: Book, idag: date, ticker: Ticker) -> dict[str, Frame]:
    """One frame per sheet of the contract, faulty cells told. Progress 0.3–0.5."""
    frames = {sheet.name: Frame(sheet) for sheet in SHEETS}
    for number, raw in enumerate(book.sheets):
        ticker.tick(0.3 + 0.2 * number / len(book.sheets), f"Kontrollerar bladet {raw.name}")
        _append(frames[raw.sheet.name], raw, idag)
        raw.cells.clear()
    for frame in frames.values():
        frame.fel.sort(key=lambda fel: fel.rad)
    return frames


def _append(frame: Frame, raw: RawSheet, idag: date) -> None:
    start = len(frame)
    frame.parts.append((start, raw.name))
    frame.rows += raw.rows
    if frame.sheet is ENHETER:
        frame.bare |= _bare_enheter(raw, start)
    for column in frame.sheet.columns:
        if column in raw.cells:
            _append_column(frame, column, raw.cells[column], start, idag)
        elif column.field in frame.cells:
            frame.cells[column.field] += [""] * len(raw.rows)
            frame.values[column.field] += [None] * len(raw.rows)
    if raw.unusable:
        for place in range(start, len(frame)):
            frame.leave_out(place, raw.unusable)


def _append_column(frame: Frame, column: Column, cells: list[Any], start: int, idag: date) -> None:
    values, faults = convert(column, cells, idag)
    frame.cells.setdefault(column.field, [""] * start).extend(cells)
    frame.values.setdefault(column.field, [None] * start).extend(values)
    for place, message in faults.items():
        if message != MISSING or start + place not in frame.bare:
            frame.fault(start + place, column.field, message)


def _bare_enheter(raw: RawSheet, start: int) -> set[int]:
    cells = {column.field: raw.cells.get(column) for column in ENHETER.columns}
    columns = [cells[name] or [""] * len(raw.rows) for name in ("fran", "till", "platser")]
    named = zip(cells["enhet_id"] or (), cells["typ"] or (), strict=False)
    return {
        start + place
        for place, (own, rest) in enumerate(zip(named, zip(*columns, strict=True), strict=False))
        if all(shown(cell).strip() for cell in own) and not any(shown(cell).strip() for cell in rest)
    }
