"""A table that tags its cells, and the block that keeps caption, table and notes together."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from reportlab.platypus.flowables import Flowable
from reportlab.platypus.tables import Table, TableRenderCB

from desktop.reports.structure import Element

ANY_HEIGHT = 1e9  # reportlab measures no rows beyond the height it is given
GROUP_ROWS = 8
_GROUP_HEIGHT = 300.0
_CHAIN_HEIGHT = 500.0


class CellMarks(TableRenderCB):
    """Marks what a table draws: cells as content, tint, rules and repeated heads as artifacts."""

    def startTable(self, table: Any) -> None:
        table.repeated = False

    def startBG(self, table: Any) -> None:
        table.canv.begin_artifact()

    def endBG(self, table: Any) -> None:
        table.canv.end_artifact()

    def startRow(self, table: Any, row: int) -> None:
        table.repeated = table.offset > 0 and row < table.head_rows

    def startCell(self, table: Any, row: int, column: int, value: Any, *_look: Any) -> None:
        table.marking = False
        if table.repeated:
            table.canv.begin_artifact("Pagination")
            return
        element = table.elements[row + (table.offset if row >= table.head_rows else 0)][column]
        if element is not None and value != "":
            table.canv.begin_mark(element)
            table.marking = True

    def endCell(self, table: Any) -> None:
        if table.repeated:
            table.canv.end_artifact()
        elif table.marking:
            table.canv.end_mark()

    def endRow(self, table: Any) -> None:
        pass

    def startLines(self, table: Any) -> None:
        table.canv.begin_artifact()

    def endLines(self, table: Any) -> None:
        table.canv.end_artifact()

    def endTable(self, table: Any) -> None:
        pass


class TaggedTable(Table):
    """A table whose cells know their elements; `offset` is how many body rows earlier parts have drawn."""

    canv: Any
    _rowHeights: Any  # noqa: N815
    _nosplitCmds: Any  # noqa: N815
    _argH: Any  # noqa: N815
    elements: Sequence[Sequence[Element | None]] = ()
    offset = 0
    head_rows = 0
    repeated = False
    marking = False

    def measure(self, width: float) -> Sequence[float]:
        """The rows' heights, heads among them; they stay, so that parts are not measured again."""
        self.wrap(width, ANY_HEIGHT)
        heights: list[float] = list(self._rowHeights)
        self._argH = heights
        return heights

    def split(self, width: float, room: float) -> list[Any]:
        """The parts share the elements; the later one begins where the earlier ended."""
        parts: list[Any] = super().split(width, room)
        drawn = self.offset
        for part in parts:
            if part is not self:
                part.elements, part.head_rows, part.offset = self.elements, self.head_rows, drawn
                drawn += len(part._cellvalues) - self.head_rows
        return parts


class TableBlock(Flowable):
    """Caption, table and notes: the caption stays with the head, the notes with the last rows."""

    _AFTER_TABLE = 4.0

    def __init__(self, caption: Flowable | None, table: TaggedTable, notes: list[Flowable]) -> None:
        super().__init__()
        self._caption, self._table, self._notes = caption, table, notes
        self.spaceAfter = 14.0

    def wrap(self, width: float, room: float) -> tuple[float, float]:
        """The three on top of each other."""
        self._caption_height = 0.0
        if self._caption:
            self._caption_height = self._caption.wrap(width, room)[1] + self._caption.getSpaceAfter()
        self._table_height = self._table.wrap(width, room)[1]
        self._note_heights = [note.wrap(width, room)[1] for note in self._notes]
        after = self._AFTER_TABLE if self._notes else 0.0
        self.width = width
        self.height = self._caption_height + self._table_height + after + sum(self._note_heights)
        return self.width, self.height

    def start_height(self, width: float) -> float:
        """What must fit for the block to begin on a page: caption, head and the first rows kept together."""
        self.wrap(width, ANY_HEIGHT)
        heights = self._table._rowHeights
        least = self._table.head_rows + 3
        kept = max((end + 1 for start, end in self._kept_rows() if start < least), default=0)
        if len(heights) <= max(least, kept) + 1:
            return self.height
        return self._caption_height + float(sum(heights[: max(least, kept)]))

    def _kept_rows(self) -> Iterable[tuple[int, int]]:
        for command in self._table._nosplitCmds:
            yield command[1][1], command[2][1]

    def split(self, width: float, room: float) -> list[Flowable]:
        """Between rows, never between the last rows and the notes."""
        room = min(room - self._caption_height, self._table_height - 0.1)
        parts = self._table.split(width, room)
        if len(parts) < 2:
            return []
        return [TableBlock(self._caption, parts[0], []), TableBlock(None, parts[1], self._notes)]

    def draw(self) -> None:
        """From the top down, which is also the reading order."""
        top = self.height
        if self._caption:
            self._caption.drawOn(self.canv, 0, top - self._caption_height + self._caption.getSpaceAfter())
        top -= self._caption_height + self._table_height
        self._table.drawOn(self.canv, 0, top)
        top -= self._AFTER_TABLE
        for note, height in zip(self._notes, self._note_heights, strict=True):
            top -= height
            note.drawOn(self.canv, 0, top)


def kept_together(starts: Sequence[int], heights: Sequence[float], head_rows: int) -> list[tuple[Any, ...]]:
    """The commands that keep groups of up to eight rows on a page, and three rows first and last.

    `starts` are the rows that open a group, `heights` those of all rows, heads among them; never more than
    fits a page is kept.
    """
    body = heights[head_rows:]
    count = len(body)
    ends = [(0, min(2, count - 1)), (max(count - 3, 0), count - 1)]
    groups = [(0, count - 1)] if count <= GROUP_ROWS else [*ends, *_groups(starts, count)]
    kept = [(first, last) for first, last in groups if sum(body[first : last + 1]) <= _GROUP_HEIGHT]
    if any(sum(body[first : last + 1]) > _CHAIN_HEIGHT for first, last in _chained(kept)):
        kept = [group for group in kept if group not in ends]
    return [
        ("NOSPLIT", (0, first + head_rows), (-1, last + head_rows)) for first, last in kept if first < last
    ]


def _groups(starts: Sequence[int], count: int) -> Iterable[tuple[int, int]]:
    for start, end in pairwise([*starts, count]):
        if end - start > GROUP_ROWS:
            yield start, start + 2  # a long group: its head never stands alone below
        elif end - start > 1:
            yield start, end - 1


def _chained(groups: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The groups with those that share a row joined: what cannot be split, in truth."""
    joined: list[tuple[int, int]] = []
    for first, last in sorted(groups):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(last, joined[-1][1]))
        else:
            joined.append((first, last))
    return joined
