"""A picture: what it shows, its drawing for any width, the same figures as a table, and in words."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from db.rules.figurer import Tal
from desktop.charts.scene import LEADING, TEXT, Drawing, Label, Measure
from desktop.charts.words import fit_lines
from desktop.formatting import number

Say: TypeAlias = Callable[[Tal], str]
Draw: TypeAlias = Callable[[float, float, Measure], Drawing]
NO_FIGURES = "Det finns inga uppgifter att visa."
TOO_SMALL = "Talen är för små för att få visas."
MISSING = "–"
_MOST_TOLD = 13  # values of one series that the words tell one by one


def say(value: Tal) -> str:
    """A number with the decimals it has, one at most: `1 234`, `10,5`."""
    return number(value, 0 if round(value, 9) == int(value) else 1)


def say_percent(value: Tal) -> str:
    """A share already in per cent: `88 %`."""
    return f"{number(value)}\u00a0%"


@dataclass(frozen=True, slots=True)
class Series:
    """What is counted, a value per place (None where hidden or missing), and how it looks.

    `ids` tells what is chosen for each value, `marks` what stands in words where there is no value (`<5`).
    """

    name: str
    values: tuple[Tal | None, ...]
    look: str = "data"
    ids: tuple[str, ...] = ()
    marks: tuple[str, ...] = ()

    def id(self, at: int) -> str:
        """What is chosen at a place."""
        return self.ids[at] if at < len(self.ids) else ""

    def text(self, at: int, told: Say) -> str:
        """The value at a place in words."""
        value = self.values[at]
        if value is not None:
            return told(value)
        return (self.marks[at] if at < len(self.marks) else "") or MISSING

    @property
    def known(self) -> list[float]:
        """The values there are."""
        return [float(value) for value in self.values if value is not None]


@dataclass(frozen=True, slots=True)
class TableRow:
    """What a row says, and what can be chosen in it: (words, id)."""

    cells: tuple[str, ...]
    choices: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Table:
    """The figures of a picture: a head per column. The first `words` columns name the row, the others are
    figures."""

    heads: tuple[str, ...]
    rows: tuple[TableRow, ...]
    words: int = 1


@dataclass(frozen=True, slots=True)
class Picture:
    """A chart ready to be drawn by any painter.

    `draw(width, height, measure)` gives the drawing, at least as high as asked for and as it needs. `words`
    tells everything to those who cannot see it. `source` stands under it where it leaves the programme.
    """

    title: str
    kind: str
    words: str
    table: Table
    draw: Draw = field(repr=False)
    source: str = ""
    empty: bool = False

    @property
    def alt(self) -> str:
        """Kind, title and all it says, for screen readers and tagged documents."""
        title = self.title.rstrip()
        stop = "" if title.endswith((".", "?", "…")) else "."
        return f"{self.kind}. {title}{stop} {self.words}".strip()


def empty_picture(title: str, kind: str, table: Table, source: str = "", fact: str = NO_FIGURES) -> Picture:
    """A picture that says that there is nothing to draw."""

    def draw(width: float, height: float, measure: Measure) -> Drawing:
        lines = fit_lines(fact, width, 3, lambda words: measure(words, TEXT, False))
        height = max(height, 60.0)
        top = (height - len(lines) * LEADING) / 2 + TEXT
        labels = tuple(
            Label(line, width / 2, top + row * LEADING, TEXT, colour="text2", anchor="middle")
            for row, line in enumerate(lines)
        )
        return Drawing(width, height, labels)

    return Picture(title, kind, fact, table, draw, source, empty=True)


def fact_of(marks: Iterable[str]) -> str:
    """Why there is nothing to draw: small numbers are hidden, or there are none."""
    return TOO_SMALL if any(marks) else NO_FIGURES


def fact_of_series(series: Sequence[Series]) -> str:
    """The same of series."""
    return fact_of(mark for one in series for mark in one.marks)


def series_table(
    head: str, places: Sequence[str], series: Sequence[Series], told: Say, total: str = ""
) -> Table:
    """A row per place and a column per series; `total` heads a column of sums where all values are known."""
    rows = []
    for at, place in enumerate(places):
        cells = [place, *(one.text(at, told) for one in series)]
        if total:
            cells.append(_sum(series, at, told))
        choices = tuple((f"{one.name} {one.text(at, told)}", one.id(at)) for one in series if one.id(at))
        rows.append(TableRow(tuple(cells), choices))
    return Table((head, *(one.name for one in series), *([total] if total else [])), tuple(rows))


def _sum(series: Sequence[Series], at: int, told: Say) -> str:
    values = [one.values[at] for one in series]
    known = [value for value in values if value is not None]
    return told(sum(known)) if len(known) == len(values) else MISSING


def series_words(places: Sequence[str], series: Sequence[Series], told: Say) -> str:
    """Every series in a sentence: all its values, or where there are many first, last, least and most."""
    return " ".join(f"{one.name}: {_told(places, one, told)}." for one in series)


def _told(places: Sequence[str], one: Series, told: Say) -> str:
    if len(places) <= _MOST_TOLD:
        return ", ".join(f"{place} {one.text(at, told)}" for at, place in enumerate(places))
    if not one.known:
        return "inga uppgifter"
    known = [(value, at) for at, value in enumerate(one.values) if value is not None]
    (first, start), (last, end) = known[0], known[-1]
    (least, low), (most, high) = min(known), max(known, key=lambda pair: (pair[0], -pair[1]))
    return (
        f"från {told(first)} ({places[start]}) till {told(last)} ({places[end]}), "
        f"lägst {told(least)} ({places[low]}), högst {told(most)} ({places[high]})"
    )


def check_lengths(places: Sequence[str], series: Sequence[Series]) -> None:
    """ValueError where a series has not one value per place: that is a bug."""
    for one in series:
        if len(one.values) != len(places):
            raise ValueError(f"{one.name} has {len(one.values)} values for {len(places)} places")
