"""A flow diagram: how many go from where to where, as bands whose breadth is their number."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from db.rules.figurer import Tal
from desktop.charts.looks import look_of
from desktop.charts.picture import MISSING, Picture, Say, Table, TableRow, empty_picture, fact_of, say
from desktop.charts.scene import (
    AXIS,
    LEADING,
    TEXT,
    Area,
    Drawing,
    Fill,
    Label,
    Line,
    Measure,
    Part,
    Point,
    Rect,
    Shape,
    Stroke,
    box_outline,
)
from desktop.charts.words import cut, name_and_figure, spread

KIND = "Flödesdiagram"
HEIGHT = 300.0
_BAND = "s2"
_NODE = 12.0
_GAP = 10.0
_SIDE_SHARE = 0.3  # of the width, for the labels of a side
_LEADER = 12.0
_LEAST = 1.0  # how broad a band is at least
_BEND = 16  # points of a band's curve
_FIGURE_BREADTH = 14.0
_FIGURE_ROOM = 40.0


@dataclass(frozen=True, slots=True)
class Node:
    """A place that people go from or to: a steg, an insats, a result. `mark` stands where its number must
    not be told (R12)."""

    key: str
    name: str
    look: str = "data"
    id: str = ""
    mark: str = ""


@dataclass(frozen=True, slots=True)
class Flow:
    """So many from one node to one of the next column; None where hidden."""

    source: str
    target: str
    value: Tal | None
    id: str = ""
    mark: str = ""


def flow_diagram(
    title: str,
    columns: Sequence[Sequence[Node]],
    flows: Sequence[Flow],
    *,
    told: Say = say,
    heads: tuple[str, str, str] = ("Från", "Till", "Antal"),
    source: str = "",
) -> Picture:
    """Columns of nodes from the left, and the flows between one column and the next.

    Nodes without flows are left out. A hidden flow is not drawn, and the nodes at its ends have no number.
    ValueError where a flow does not go to the next column: that is a bug.
    """
    names = {node.key: node.name for column in columns for node in column}
    place = {node.key: at for at, column in enumerate(columns) for node in column}
    for flow in flows:
        if place[flow.target] != place[flow.source] + 1:
            raise ValueError(f"{flow.source} → {flow.target} does not go to the next column")
    rows = [_row(flow, names, told) for flow in flows if flow.value != 0]
    table = Table(heads, tuple(rows), words=2)
    drawn = [flow for flow in flows if flow.value is not None and flow.value > 0]
    if not drawn:
        return empty_picture(title, KIND, table, source, fact_of(flow.mark for flow in flows))

    def draw(width: float, height: float, measure: Measure) -> Drawing:
        return _Layout(columns, flows, told, width, height or HEIGHT, measure).draw()

    words = " ".join(
        f"{names[flow.source]} till {names[flow.target]}: {_figure(flow, told)}."
        for flow in flows
        if flow.value != 0
    )
    return Picture(title, KIND, words, table, draw, source)


def _figure(flow: Flow, told: Say) -> str:
    return told(flow.value) if flow.value is not None else flow.mark or MISSING


def _row(flow: Flow, names: dict[str, str], told: Say) -> TableRow:
    figure = _figure(flow, told)
    words = f"{names[flow.source]} – {names[flow.target]} {figure}"
    cells = (names[flow.source], names[flow.target], figure)
    return TableRow(cells, ((words, flow.id),) if flow.id else ())


@dataclass(slots=True)
class _Placed:
    """A node with its box, and where the next band begins on either side."""

    node: Node
    column: int
    figure: str
    height: float
    x: float = 0.0
    y: float = 0.0
    into: float = 0.0
    out: float = 0.0
    broad: dict[str, float] = field(default_factory=dict)

    @property
    def label(self) -> str:
        return f"{self.node.name} {self.figure}".strip()


class _Layout:
    def __init__(
        self,
        columns: Sequence[Sequence[Node]],
        flows: Sequence[Flow],
        told: Say,
        width: float,
        height: float,
        measure: Measure,
    ) -> None:
        self._told, self._measure, self._width = told, measure, width
        self._flows = [flow for flow in flows if flow.value is not None and flow.value > 0]
        self._all = flows
        used = {key for flow in self._flows for key in (flow.source, flow.target)}
        self._columns = [[node for node in column if node.key in used] for column in columns]
        self._columns = [column for column in self._columns if column]
        most = max(len(column) for column in self._columns)
        self._height = max(height, most * (LEADING + _GAP) + 20)
        self._scale = self._find_scale()
        self._nodes = self._place()

    def _sums(self, key: str) -> tuple[float, float]:
        into = sum(float(flow.value or 0) for flow in self._flows if flow.target == key)
        out = sum(float(flow.value or 0) for flow in self._flows if flow.source == key)
        return into, out

    def _find_scale(self) -> float:
        """Px per person, so that the fullest column fits."""
        rooms = []
        for column in self._columns:
            people = sum(max(self._sums(node.key)) for node in column)
            bands = sum(
                1 for flow in self._flows for node in column if node.key in (flow.source, flow.target)
            )
            free = self._height - (len(column) - 1) * _GAP - bands * _LEAST
            rooms.append(free / people)
        return max(min(rooms), 0.0)

    def _breadth(self, flow: Flow) -> float:
        return _LEAST + float(flow.value or 0) * self._scale

    def _place(self) -> dict[str, _Placed]:
        placed: dict[str, _Placed] = {}
        left, right = self._side(0), self._side(-1)
        span = max(self._width - left - right - _NODE, 1.0)
        for at, column in enumerate(self._columns):
            boxes = [self._box(node, at) for node in column]
            total = sum(box.height for box in boxes) + (len(boxes) - 1) * _GAP
            y = (self._height - total) / 2
            for box in boxes:
                box.x = left + span * at / max(len(self._columns) - 1, 1)
                box.y = box.into = box.out = y
                y += box.height + _GAP
                placed[box.node.key] = box
        return placed

    def _box(self, node: Node, column: int) -> _Placed:
        hidden = any(flow.value is None for flow in self._all if node.key in (flow.source, flow.target))
        most = max(self._sums(node.key))
        figure = node.mark if hidden else self._told(int(most) if most == int(most) else most)
        into = sum(self._breadth(flow) for flow in self._flows if flow.target == node.key)
        out = sum(self._breadth(flow) for flow in self._flows if flow.source == node.key)
        return _Placed(node, column, figure, max(into, out))

    def _side(self, at: int) -> float:
        """How broad the labels of the first or the last column are."""
        labels = [self._box(node, at).label for node in self._columns[at]]
        widest = max(self._measure(label, TEXT, True) for label in labels)
        return min(widest + _LEADER + 4, self._width * _SIDE_SHARE)

    def draw(self) -> Drawing:
        shapes: list[Shape] = []
        parts: list[Part] = []
        figures: list[Shape] = []
        self._bands(shapes, figures, parts)
        for placed in self._nodes.values():
            self._node(placed, shapes, parts)
        shapes += figures
        for at in range(len(self._columns)):
            self._labels(at, shapes)
        ordered = sorted(parts, key=lambda part: (part.column, part.row))
        return Drawing(self._width, self._height, tuple(shapes), tuple(ordered))

    def _bands(self, shapes: list[Shape], figures: list[Shape], parts: list[Part]) -> None:
        order = {key: at for at, key in enumerate(self._nodes)}
        flows = sorted(self._flows, key=lambda flow: (order[flow.source], order[flow.target]))
        drawn: list[tuple[float, Area]] = []
        for row, flow in enumerate(flows):
            source, target, broad = self._nodes[flow.source], self._nodes[flow.target], self._breadth(flow)
            outline = _band(source.x + _NODE, source.out, target.x, target.into, broad)
            drawn.append((broad, Area(outline, Fill(_BAND), Stroke("surface"))))
            self._write(flow, source, broad, figures)
            source.out += broad
            target.into += broad
            name = f"{source.node.name} till {target.node.name}: {_figure(flow, self._told)}"
            parts.append(Part(name, outline, 2 * source.column + 1, row, flow.id))
        shapes += [area for _, area in sorted(drawn, key=lambda pair: -pair[0])]

    def _write(self, flow: Flow, source: _Placed, broad: float, figures: list[Shape]) -> None:
        """The number at the start of a band that is broad enough."""
        text = _figure(flow, self._told)
        gap = self._nodes[flow.target].x - source.x - _NODE
        if broad >= _FIGURE_BREADTH and gap > 3 * self._measure(text, AXIS, False) + 12:
            # In a column between others the node's own label stands first.
            x = source.x + _NODE + 6 if source.column == 0 else self._nodes[flow.target].x - 6
            y = source.out + broad / 2 if source.column == 0 else self._nodes[flow.target].into + broad / 2
            anchor = "start" if source.column == 0 else "end"
            figures.append(Label(text, x, y + 4, AXIS, anchor=anchor))

    def _node(self, placed: _Placed, shapes: list[Shape], parts: list[Part]) -> None:
        look = look_of(placed.node.look)
        edge = Stroke(look.edge) if look.edge else None
        shapes.append(Rect(placed.x, placed.y, _NODE, placed.height, look.fill, edge))
        outline = box_outline(placed.x, placed.y, _NODE, placed.height)
        name = f"{placed.node.name}: {placed.figure}" if placed.figure else placed.node.name
        row = list(self._nodes).index(placed.node.key)
        parts.append(Part(name, outline, 2 * placed.column, row, placed.node.id))

    def _labels(self, at: int, shapes: list[Shape]) -> None:
        placed = [self._nodes[node.key] for node in self._columns[at]]
        wanted = [box.y + box.height / 2 for box in placed]
        ys = spread(wanted, LEADING, LEADING / 2, self._height - LEADING / 2)
        last = at == len(self._columns) - 1
        for box, y, middle in zip(placed, ys, wanted, strict=True):
            if at > 0 and not last:
                self._inner_label(box, y, shapes)
            else:
                self._outer_label(box, y, middle, last and at > 0, shapes)

    def _fitted(self, box: _Placed, room: float) -> str:
        def width(words: str) -> float:
            return self._measure(words, TEXT, True)

        if not box.figure:
            return cut(box.label, room, width)
        return name_and_figure(box.node.name, box.figure, room, width)

    def _outer_label(self, box: _Placed, y: float, middle: float, right: bool, shapes: list[Shape]) -> None:
        edge = box.x + _NODE + 2 if right else box.x - 2
        way = 1 if right else -1
        end = edge + way * (_LEADER - 4)
        shapes.append(Line(((edge, middle), (end, y)), Stroke("border_strong")))
        x = end + way * 3
        text = self._fitted(box, self._width - x if right else x)
        shapes.append(Label(text.rstrip(), x, y + 4.2, TEXT, True, anchor="start" if right else "end"))

    def _inner_label(self, box: _Placed, y: float, shapes: list[Shape]) -> None:
        """On a ground of its own, over the bands that leave the node."""
        following = [node.x for node in self._nodes.values() if node.column == box.column + 1]
        x = box.x + _NODE + 4
        room = min(following) - x - _FIGURE_ROOM
        text = self._fitted(box, room - 8).rstrip()
        width = self._measure(text, TEXT, True)
        if width <= room:
            shapes.append(Rect(x, y - 8, width + 8, 16, Fill("surface"), None, 3))
            shapes.append(Label(text, x + 4, y + 4.2, TEXT, True))


def _band(left: float, top: float, right: float, end_top: float, broad: float) -> tuple[Point, ...]:
    """The outline of a band that leaves and comes in level."""
    upper = _curve(left, top, right, end_top)
    lower = _curve(left, top + broad, right, end_top + broad)
    return (*upper, *reversed(lower))


def _curve(left: float, top: float, right: float, bottom: float) -> list[Point]:
    shares = [step / _BEND for step in range(_BEND + 1)]
    return [(left + (right - left) * t, top + (bottom - top) * t * t * (3 - 2 * t)) for t in shares]
