"""What may not leave the programme (R12), hidden in the figures of a chart by the one function that hides.

Give what comes back to the same chart function: that picture is a ChartView's `leaving`. Sums count as known
to the reader even where the chart leaves them out, since another picture or report may print them.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from db.rules.figurer import Figur, Konsvarden, Summa, Tal
from db.rules.suppression import TROSKEL, hide
from desktop.charts.flows import Flow, Node
from desktop.charts.matrix import Cell
from desktop.charts.picture import Series

_ALL = "allt"
_KON = ("kvinnor", "man", "totalt")


def hide_series(series: Sequence[Series], troskel: int = TROSKEL) -> list[Series]:
    """Counts of people that add up to a whole in every place, such as steg in a week."""
    places = len(series[0].values) if series else 0
    hidden = [_hide_sum([one.values[at] for one in series], troskel) for at in range(places)]
    return [_masked(one, [marks.get(row, "") for marks in hidden]) for row, one in enumerate(series)]


def hide_kon(
    kvinnor: Series, man: Series, totalt: Series | None = None, troskel: int = TROSKEL
) -> list[Series]:
    """Counts of kvinnor and män, and of all where it is drawn too: what differs are those of unknown kön."""
    series = [kvinnor, man, *([totalt] if totalt else [])]
    hidden = []
    for at in range(len(kvinnor.values)):
        values = [one.values[at] for one in series]
        hidden.append(hide([Figur("rad", "antal", _konsvarden(values))], (), troskel)["rad"])
    return [
        _masked(one, [marks.get(key, "") for marks in hidden]) for key, one in zip(_KON, series, strict=False)
    ]


def hide_cells(cells: Sequence[Sequence[Cell]], troskel: int = TROSKEL) -> list[list[Cell]]:
    """The counts of a matrix with sums by row and column."""
    ids = [[f"{row}/{column}" for column in range(len(line))] for row, line in enumerate(cells)]
    values = {
        key: cell.value
        for line, keys in zip(cells, ids, strict=True)
        for cell, key in zip(line, keys, strict=True)
    }
    sums = [(f"rad {row}", keys) for row, keys in enumerate(ids)]
    sums += [(f"kolumn {at}", list(keys)) for at, keys in enumerate(zip(*ids, strict=True))]
    sums.append((_ALL, list(values)))
    marks = _hide_groups(values, sums, troskel)
    return [
        [
            replace(cell, value=None, mark=marks[key], detail="") if key in marks else cell
            for cell, key in zip(line, keys, strict=True)
        ]
        for line, keys in zip(cells, ids, strict=True)
    ]


def hide_flows(
    columns: Sequence[Sequence[Node]], flows: Sequence[Flow], troskel: int = TROSKEL
) -> tuple[list[list[Node]], list[Flow]]:
    """The nodes and flows of a flow diagram, each diagram by itself."""
    figures, sums = flow_figures(columns, flows)
    return mask_flows(columns, flows, _totals_of(hide(figures, sums, troskel)))


def flow_figures(columns: Sequence[Sequence[Node]], flows: Sequence[Flow]) -> tuple[list[Figur], list[Summa]]:
    """Its numbers and the sums that bind them. A node's number is the sum of what comes in or goes out; where
    they are the same it is one number, and a hidden flow on one side cannot be had from the other.
    """
    ids = [_flow_id(flow) for flow in flows]
    values = dict(zip(ids, (flow.value for flow in flows), strict=True))
    sums: list[tuple[str, list[str]]] = []
    for node in (node for column in columns for node in column):
        into = [key for key, flow in zip(ids, flows, strict=True) if flow.target == node.key]
        out = [key for key, flow in zip(ids, flows, strict=True) if flow.source == node.key]
        kept = all(side for side in (into, out)) and _total(values, into) == _total(values, out)
        sums += [(node_id(node, kept or not at), side) for at, side in enumerate((into, out)) if side]
    return _group_figures(values, sums)


def mask_flows(
    columns: Sequence[Sequence[Node]], flows: Sequence[Flow], marks: Mapping[str, str]
) -> tuple[list[list[Node]], list[Flow]]:
    """The diagram with the marks of its numbers."""
    hidden = [
        replace(flow, value=None, mark=marks[_flow_id(flow)]) if _flow_id(flow) in marks else flow
        for flow in flows
    ]
    told = [
        [
            replace(node, mark=marks.get(node_id(node, True)) or marks.get(node_id(node, False)) or "..")
            for node in column
        ]
        for column in columns
    ]
    return told, hidden


def _flow_id(flow: Flow) -> str:
    return f"{flow.source} → {flow.target}"


def node_id(node: Node, whole: bool = True) -> str:
    """The id of a node's number; of what goes out of it where that is another than what came in."""
    return f"nod {node.key}" if whole else f"från {node.key}"


def _total(values: Mapping[str, Tal | None], keys: Sequence[str]) -> Tal | None:
    known = [value for key in keys if (value := values[key]) is not None]
    return sum(known) if len(known) == len(keys) else None


def _hide_sum(values: Sequence[Tal | None], troskel: int) -> dict[int, str]:
    """The marks of values that are parts of one whole, by place."""
    ids = {str(at): value for at, value in enumerate(values)}
    marks = _hide_groups(ids, [(_ALL, list(ids))], troskel)
    return {int(key): mark for key, mark in marks.items() if key != _ALL}


def _hide_groups(
    values: Mapping[str, Tal | None], sums: Sequence[tuple[str, Sequence[str]]], troskel: int
) -> dict[str, str]:
    """The marks of hidden values, and of sums."""
    figures, known = _group_figures(values, sums)
    return _totals_of(hide(figures, known, troskel))


def _totals_of(found: Mapping[str, Mapping[str, str]]) -> dict[str, str]:
    return {key: marks["totalt"] for key, marks in found.items() if "totalt" in marks}


def _group_figures(
    values: Mapping[str, Tal | None], sums: Sequence[tuple[str, Sequence[str]]]
) -> tuple[list[Figur], list[Summa]]:
    """The figures of the values that are known, and the sums; one with a value missing is not known."""
    totals = [(name, keys, _total(values, keys)) for name, keys in sums]
    figures = [_count(key, value) for key, value in values.items() if value is not None]
    figures += {name: _count(name, total) for name, _, total in totals if total is not None}.values()
    known = [Summa(name, tuple(keys)) for name, keys, total in totals if total is not None]
    return figures, known


def _count(key: str, value: Tal) -> Figur:
    return Figur(key, "antal", Konsvarden(totalt=value))


def _konsvarden(values: Sequence[Tal | None]) -> Konsvarden:
    kvinnor, man, *rest = values
    if kvinnor is None or man is None:
        return Konsvarden(kvinnor, man, None, rest[0] if rest else None)
    totalt = rest[0] if rest and rest[0] is not None else kvinnor + man
    return Konsvarden(kvinnor, man, totalt - kvinnor - man, totalt)


def _masked(one: Series, marks: Sequence[str]) -> Series:
    before = [*one.marks, *[""] * (len(one.values) - len(one.marks))]
    values = tuple(None if mark else value for value, mark in zip(one.values, marks, strict=True))
    told = tuple(mark or old for mark, old in zip(marks, before, strict=True))
    return replace(one, values=values, marks=told)
