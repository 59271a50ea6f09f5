"""Lying bars in groups, one for each kön: every bar carries its word and its number."""

from collections.abc import Sequence
from dataclasses import dataclass

from db.rules.figurer import Tal
from desktop.charts.lines import Goal
from desktop.charts.looks import look_of
from desktop.charts.picture import MISSING, Picture, Table, TableRow, empty_picture
from desktop.charts.scene import (
    LEADING,
    TEXT,
    Drawing,
    Fill,
    Label,
    Line,
    Measure,
    Part,
    Rect,
    Shape,
    Stroke,
    box_outline,
)
from desktop.charts.words import cut, fit_lines, name_and_figure

KIND = "Stapeldiagram"
LABEL_WIDTH = 200.0
_LABEL_SHARE = 0.32  # of a narrow drawing's width
_TEXT_SHARE = 0.45
_BAR = 14.5
_STEP = 19.5
_GAP = 12.0
_BASELINE = 12.7
_MOST_LINES = 3
_GOAL_GAP = 5.0  # between a goal's line and its name


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar: whose it is ("Kvinnor"), how long, and its number in words."""

    name: str
    value: Tal
    figure: str
    look: str = "data"
    id: str = ""


@dataclass(frozen=True, slots=True)
class Group:
    """Bars under one name; `remark` stands where there are none: "Uppgift saknas".

    With `full` the group has a scale of its own, which goes so far, and its words stand at the end of it. The
    goal is a line over its bars, named below them.
    """

    name: str
    bars: tuple[Bar, ...]
    remark: str = ""
    words: str = ""  # what is read out, where it is not names and figures
    full: float = 0.0
    goal: Goal | None = None

    @property
    def rows(self) -> int:
        """How many rows it takes beside its name: its bars, and the name of its goal."""
        return len(self.bars) + (self.goal is not None)


def bars(
    title: str,
    groups: Sequence[Group],
    *,
    full: float = 0.0,
    track: bool = False,
    head: str = "",
    source: str = "",
) -> Picture:
    """Groups under each other. `full` is what the whole length stands for, the largest value unless told;
    with `track` the length left shows (shares of a hundred)."""
    table = _table(head, groups)
    if not any(group.bars for group in groups):
        return empty_picture(title, KIND, table, source)

    def draw(width: float, _height: float, measure: Measure) -> Drawing:
        return _Layout(groups, full, track, width, measure).draw()

    return Picture(title, KIND, " ".join(_said(group) for group in groups), table, draw, source)


def group_height(label_lines: int, rows: int) -> float:
    """How high a group is, with the gap under it."""
    return max(label_lines * LEADING, rows * _STEP, _STEP) + _GAP


def label_lines(group: Group, width: float, measure: Measure) -> list[str]:
    """A group's name in a drawing so wide: over three lines, or as many as its bars are high."""
    room = min(LABEL_WIDTH, _LABEL_SHARE * width) - 13
    most = max(_MOST_LINES, int(group.rows * _STEP / LEADING))
    return fit_lines(group.name, room, most, lambda words: measure(words, TEXT, False))


def _said(group: Group) -> str:
    told = ", ".join(f"{bar.name[:1].lower()}{bar.name[1:]} {bar.figure}" for bar in group.bars)
    goal = f", {group.goal.name[:1].lower()}{group.goal.name[1:]}" if group.goal else ""
    return f"{group.name}: {group.words or told or group.remark}{goal}."


def _table(head: str, groups: Sequence[Group]) -> Table:
    names = list(dict.fromkeys(bar.name for group in groups for bar in group.bars))
    rows = []
    for group in groups:
        figures = {bar.name: bar.figure for bar in group.bars}
        cells = [figures.get(name, "") for name in names]
        if not figures and cells:
            cells[-1] = group.remark or MISSING
        choices = tuple((f"{bar.name} {bar.figure}", bar.id) for bar in group.bars if bar.id)
        rows.append(TableRow((group.name, *(cell or MISSING for cell in cells)), choices))
    return Table((head, *names), tuple(rows))


class _Layout:
    def __init__(
        self, groups: Sequence[Group], full: float, track: bool, width: float, measure: Measure
    ) -> None:
        self._groups, self._shares, self._measure = groups, track, measure
        largest = max((float(bar.value) for group in groups for bar in group.bars), default=0.0)
        self._full = max(full, largest) or 1.0
        self._hundred = full or self._full  # how much of the length the track stands for
        self._width = width
        self._left = min(LABEL_WIDTH, _LABEL_SHARE * width)
        self._texts = min(self._text_room(), _TEXT_SHARE * width)
        self._length = width - self._left - self._texts

    def _text_room(self) -> float:
        texts = [f"{bar.name} {bar.figure}" for group in self._groups for bar in group.bars]
        texts += [group.remark for group in self._groups]
        texts += [group.goal.name for group in self._groups if group.goal]
        return max(self._measure(text, TEXT, True) for text in texts) + 13

    def draw(self) -> Drawing:
        shapes: list[Shape] = []
        parts: list[Part] = []
        top, row = 0.0, 0
        for group in self._groups:
            lines = label_lines(group, self._width, self._measure)
            shapes += [Label(line, 0, top + _BASELINE + at * LEADING, TEXT) for at, line in enumerate(lines)]
            for at, bar in enumerate(group.bars):
                self._bar(group, bar, top + at * _STEP, row, shapes, parts)
                row += 1
            if group.remark and not group.bars:
                room = self._width - self._left
                remark = fit_lines(group.remark, room, 1, lambda words: self._measure(words, TEXT, True))
                shapes.append(Label(remark[0], self._left, top + _BASELINE, TEXT, True))
            if group.goal is not None:
                shapes += self._goal(group.goal, top, group)
            top += group_height(len(lines), group.rows)
        return Drawing(self._width, top - _GAP, tuple(shapes), tuple(parts))

    def _bar(
        self, group: Group, bar: Bar, top: float, row: int, shapes: list[Shape], parts: list[Part]
    ) -> None:
        look = look_of(bar.look)
        box_top = top + 1.3
        length = self._length * min(max(float(bar.value), 0.0) / (group.full or self._full), 1.0)
        whole = self._length if group.full else self._length * self._hundred / self._full
        if self._shares or group.full:
            shapes.append(Rect(self._left, box_top, whole, _BAR, Fill("neutral_soft")))
        if length > 0:
            edge = Stroke(look.edge) if look.edge else None
            shapes.append(Rect(self._left, box_top, length, _BAR, look.fill, edge))
        start = self._left + (self._length if self._shares or group.full else length) + 8
        text = name_and_figure(bar.name, bar.figure, self._width - start, self._words_width)
        shapes.append(Label(text, start, top + _BASELINE, TEXT, True))
        outline = box_outline(self._left, box_top, max(length, self._width - self._left), _BAR)
        parts.append(Part(f"{group.name}, {bar.name}: {bar.figure}", outline, 0, row, bar.id))

    def _goal(self, goal: Goal, top: float, group: Group) -> list[Shape]:
        """A line down over the bars, light beside it so that it shows on them, and its name at its foot."""
        x = self._left + self._length * min(goal.high / (group.full or self._full), 1.0)
        below = top + len(group.bars) * _STEP
        ends = ((x, top), (x, below + _BASELINE))
        left, right = x - _GOAL_GAP - self._left, self._width - x - _GOAL_GAP
        after = right >= min(left, self._words_width(goal.name))
        words = cut(goal.name, right if after else left, self._words_width)
        place = x + _GOAL_GAP if after else x - _GOAL_GAP
        name = Label(words, place, below + _BASELINE, TEXT, anchor="start" if after else "end")
        return [Line(ends, Stroke("surface", 4.5)), Line(ends, Stroke("target", 2)), name]

    def _words_width(self, words: str) -> float:
        return self._measure(words, TEXT, True)
