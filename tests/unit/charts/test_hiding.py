"""R12 in pictures that leave the programme: small numbers go, and none can be worked out or measured."""

from hypothesis import given, settings
from hypothesis import strategies as st

from desktop.charts.areas import stacked_area
from desktop.charts.columns import grouped_columns, stacked_columns
from desktop.charts.flows import Flow, Node, flow_diagram
from desktop.charts.hiding import hide_cells, hide_flows, hide_kon, hide_series
from desktop.charts.matrix import Cell, matrix
from desktop.charts.picture import TOO_SMALL, Series
from desktop.charts.scene import Area, Rect
from tests.helpers.scenes import measure, texts

COUNTS = st.one_of(st.integers(0, 8), st.integers(0, 60), st.none())


def marks(series: list[Series]) -> list[tuple[str, ...]]:
    """The marks of each series."""
    return [one.marks for one in series]


def test_a_small_part_goes_and_another_with_it() -> None:
    hidden = hide_series([Series("A", (3, 30)), Series("B", (20, 20)), Series("C", (40, 40))])
    assert marks(hidden) == [("<5", ""), ("..", ""), ("", "")]
    assert [one.values for one in hidden] == [(None, 30), (None, 20), (40, 40)]
    assert hide_series([]) == []


def test_marks_that_stood_before_stay() -> None:
    (one, _) = hide_series([Series("A", (None, 30), marks=("saknas",)), Series("B", (20, 20))])
    assert one.marks == ("saknas", "")
    assert one.values == (None, 30)


def test_kvinnor_and_man_protect_each_other_and_those_of_unknown_kon() -> None:
    kvinnor, man, totalt = Series("K", (3, 10, 8)), Series("M", (7, 10, 9)), Series("T", (10, 21, 17))
    hidden = hide_kon(kvinnor, man, totalt)
    assert marks(hidden)[:2] == [("<5", "..", ""), ("..", "", "")]
    assert marks(hide_kon(kvinnor, man)) == [("<5", "", ""), ("..", "", "")]
    missing = hide_kon(Series("K", (None, None)), Series("M", (2, 9)), Series("T", (None, 12)))
    assert missing[1].values == (None, 9)


@given(st.lists(st.tuples(COUNTS, COUNTS, COUNTS), min_size=1, max_size=6))
@settings(deadline=None, max_examples=60)
def test_no_small_number_stays_in_any_part_of_a_picture(rows: list[tuple[int | None, ...]]) -> None:
    series = [
        Series(name, tuple(row[at] for row in rows), name)
        for at, name in enumerate(("kvinnor", "man", "totalt"))
    ]
    places = [str(at) for at in range(len(rows))]
    for maker in (stacked_area, stacked_columns, grouped_columns):
        picture = maker("t", places, hide_series(series))
        drawing = picture.draw(600, 0, measure)
        for place, row in zip(places, picture.table.rows, strict=True):
            parts = [part for part in drawing.parts if f", {place}:" in part.name]
            small = {"1", "2", "3", "4"} & set(row.cells[1:4])
            assert not small
            assert not parts or not any(cell in ("<5", "..") for cell in row.cells)


def test_a_picture_of_small_numbers_only_says_so() -> None:
    series = hide_kon(Series("Kvinnor", (3, 2), "kvinnor"), Series("Män", (1, 4), "man"))
    for maker in (stacked_area, stacked_columns, grouped_columns):
        picture = maker("t", ("a", "b"), series)
        drawing = picture.draw(400, 0, measure)
        assert not [shape for shape in drawing.shapes if isinstance(shape, (Area, Rect))]
        assert texts(drawing) == [TOO_SMALL]
        assert picture.table.rows[0].cells[1] in ("<5", "..")


def test_cells_of_a_matrix_and_their_details_go() -> None:
    cells = [[Cell(3, "id", detail="kvinnor 1, män 2"), Cell(20)], [Cell(30), Cell(40)]]
    hidden = hide_cells(cells)
    assert [[cell.mark for cell in line] for line in hidden] == [["<5", ".."], ["..", ".."]]
    assert hidden[0][0] == Cell(None, "id", "<5")
    told = matrix("t", ("A", "B"), ("A", "B"), [[Cell(3), Cell(0)], [Cell(30), Cell(40)]])
    assert "3" in told.table.rows[0].cells
    assert matrix("t", ("A", "B"), ("A", "B"), hidden).empty
    assert hide_cells([[Cell(None), Cell(9)]]) == [[Cell(None), Cell(9)]]
    assert hide_cells([]) == []


def test_flows_and_the_numbers_of_their_nodes_go() -> None:
    nodes = [[Node("a", "A"), Node("b", "B")], [Node("c", "C"), Node("d", "D")]]
    flows = [Flow("a", "c", 3), Flow("a", "d", 20), Flow("b", "c", 30), Flow("b", "d", 40)]
    columns, kept = hide_flows(nodes, flows)
    assert kept[0] == Flow("a", "c", None, mark="<5")
    assert all(flow.value is None for flow in kept)
    picture = flow_diagram("t", columns, kept)
    assert picture.empty
    assert "3" not in picture.alt
    fine = [Flow("a", "c", 30), Flow("b", "d", 40)]
    assert hide_flows(nodes, fine)[1] == fine


def test_what_comes_in_goes_out_so_that_one_side_does_not_tell_the_other() -> None:
    nodes = [[Node("a", "A"), Node("b", "B")], [Node("m", "Mitten")], [Node("c", "C"), Node("d", "D")]]
    flows = [Flow("a", "m", 30), Flow("b", "m", 3), Flow("m", "c", 20), Flow("m", "d", 13)]
    columns, hidden = hide_flows(nodes, flows)
    assert [flow.mark or flow.value for flow in hidden] == ["..", "<5", 20, 13]
    assert [[node.mark for node in column] for column in columns] == [["..", "<5"], [".."], ["..", ".."]]
    single = [Flow("a", "m", 30), Flow("m", "c", 27), Flow("m", "d", 3)]
    assert [flow.mark or flow.value for flow in hide_flows(nodes, single)[1]] == [30, "..", "<5"]
    unlike = [Flow("a", "m", 30), Flow("m", "c", 20)]
    assert hide_flows(nodes, unlike)[1] == unlike
    missing = [Flow("a", "m", None, mark="saknas"), Flow("m", "c", 20)]
    assert hide_flows(nodes, missing)[1] == missing
