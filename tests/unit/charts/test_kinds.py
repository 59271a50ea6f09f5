"""Every kind of chart at every width: nothing outside, no label over another, sums and words right."""

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from desktop.charts.areas import stacked_area
from desktop.charts.bars import Bar, Group, bars
from desktop.charts.columns import grouped_columns, stacked_columns
from desktop.charts.flows import Flow, Node, flow_diagram
from desktop.charts.lines import Goal, lines
from desktop.charts.looks import KON, step_looks
from desktop.charts.matrix import Cell, matrix
from desktop.charts.picture import NO_FIGURES, Picture, Series, say_percent
from desktop.charts.scene import Area, Label, Line, Mark, Rect
from desktop.charts.shares import Band, share_bands
from desktop.charts.spark import WORDS, spark, trend
from tests.helpers.scenes import box_of, faults, measure, texts

WEEKS = tuple(f"v.\u00a0{week}" for week in range(20, 46))
STEPS = ("Aktualisering", "Kartläggning", "Planering", "Insats", "Matchning", "Uppföljning")
LAST = (14, 38, 27, 96, 23, 14)
MONTHS = ("dec", "jan", "feb", "mar", "apr", "maj", "jun", "jul", "aug", "sep", "okt", "nov")


def flow() -> list[Series]:
    """26 weeks in six steps."""
    return [
        Series(
            name,
            (*(last + week % 3 for week in range(25)), last),
            look,
            tuple(f"{name}/{w}" for w in WEEKS),
        )
        for name, last, look in zip(STEPS, LAST, step_looks(6), strict=True)
    ]


def kon(kvinnor: tuple[float | None, ...], man: tuple[float | None, ...]) -> list[Series]:
    """Kvinnor and män."""
    return [Series("Kvinnor", kvinnor, "kvinnor"), Series("Män", man, "man")]


MAKERS: dict[str, Callable[..., Picture]] = {
    "area": stacked_area,
    "lines": lines,
    "stacked": stacked_columns,
    "grouped": grouped_columns,
}
VALUES = st.one_of(
    st.none(), st.just(0), st.integers(0, 300), st.floats(0, 1e12, allow_nan=False), st.integers(0, 10**15)
)
NAMES = st.text(st.sampled_from("abc <b>&å- \u00a0"), min_size=1, max_size=40)


@st.composite
def figures(draw: st.DrawFn) -> tuple[list[str], list[Series]]:
    """A few places with a few series, whatever they hold."""
    places = draw(st.lists(NAMES, min_size=1, max_size=30))
    looks = ("kvinnor", "man", "totalt", *step_looks(6))
    count = draw(st.integers(1, 8))
    made = []
    for at in range(count):
        values = draw(st.lists(VALUES, min_size=len(places), max_size=len(places)))
        made.append(Series(draw(NAMES), tuple(values), looks[at]))
    return places, made


@pytest.mark.parametrize("kind", MAKERS)
@given(data=figures(), width=st.floats(220, 1500), height=st.sampled_from((0.0, 1.0, 150.0, 400.0)))
@settings(max_examples=60, deadline=None)
def test_nothing_lies_outside_or_over_another(
    kind: str, data: tuple[list[str], list[Series]], width: float, height: float
) -> None:
    places, series = data
    picture = MAKERS[kind]("<b>& titel", places, series)
    drawing = picture.draw(width, height, measure)
    assert list(faults(drawing)) == []
    assert drawing.width == width
    assert drawing.height >= height
    assert len(picture.table.rows) == len(places)


def test_areas_are_stacked_and_named_with_their_last_number() -> None:
    drawing = stacked_area("Deltagare per steg", WEEKS, flow()).draw(560, 150, measure)
    areas = [shape for shape in drawing.shapes if isinstance(shape, Area)]
    tops = [box_of(area)[1] for area in areas]
    assert tops == sorted(tops)
    assert areas[0].fill.colour == "s1"
    named = [text for text in texts(drawing) if text.split(" ")[0] in STEPS]
    assert named == [f"{name} {last}" for name, last in zip(STEPS, LAST, strict=True)]


def test_the_areas_share_the_height_as_the_numbers_do() -> None:
    series = [Series("A", (10, 10), "steg1"), Series("B", (30, 30), "steg2")]
    drawing = stacked_area("t", ("1", "2"), series).draw(500, 200, measure)
    first, second = (box_of(shape) for shape in drawing.shapes if isinstance(shape, Area))
    assert (second[3] - second[1]) == pytest.approx(3 * (first[3] - first[1]))


def test_every_value_of_an_area_can_be_reached_and_chosen() -> None:
    drawing = stacked_area("t", WEEKS, flow()).draw(560, 150, measure)
    assert len(drawing.parts) == len(WEEKS) * len(STEPS)
    part = drawing.parts[-3]
    assert (part.name, part.id) == ("Insats, v.\u00a045: 96", "Insats/v.\u00a045")
    left, top, right, bottom = part.box
    assert part.holds((left + right) / 2, (top + bottom) / 2)
    assert not part.holds(left - 1, top)


def test_a_hidden_value_leaves_a_gap_in_all_areas_and_no_sum() -> None:
    """Heights can be measured: R12 would otherwise be worked out from the picture."""
    series = kon((5, None, 7, 8), (6, 6, 6, 6))
    hidden = Series("Kvinnor", (5, None, 7, 8), "kvinnor", marks=("", "<5", "", ""))
    picture = stacked_area("t", ("a", "b", "c", "d"), [hidden, series[1]])
    drawing = picture.draw(500, 200, measure)
    xs = sorted({round(x) for shape in drawing.shapes if isinstance(shape, Area) for x, _ in shape.points})
    plot_width = max(xs) - min(xs)
    assert not any(min(xs) + plot_width * 0.2 < x < min(xs) + plot_width * 0.6 for x in xs)
    assert picture.table.rows[1].cells == ("b", "<5", "6", "–")
    assert picture.table.rows[0].cells == ("a", "5", "6", "11")


def test_lines_are_told_apart_without_colour() -> None:
    drawing = lines("t", MONTHS[:3], kon((1, 2, 3), (3, 2, 1))).draw(500, 160, measure)
    strokes = {
        (shape.stroke.dash) for shape in drawing.shapes if isinstance(shape, Line) if shape.stroke.width == 2
    }
    marks = {shape.square for shape in drawing.shapes if isinstance(shape, Mark)}
    assert strokes == {(), (6, 3)}
    assert marks == {True, False}


def test_lines_that_end_together_are_named_apart() -> None:
    drawing = lines("t", MONTHS[:2], kon((5, 9), (3, 9))).draw(500, 110, measure)
    assert list(faults(drawing)) == []
    assert {"Kvinnor 9", "Män 9"} <= set(texts(drawing))


def test_a_goal_is_a_band_or_a_line_with_its_name() -> None:
    values = [Series("Interna", (76, 78, 88), "intern")]
    band = lines("t", MONTHS[:3], values, told=say_percent, share=True, goal=Goal("Mål 85–95 %", 85, 95))
    drawing = band.draw(600, 160, measure)
    (box,) = [shape for shape in drawing.shapes if isinstance(shape, Rect)]
    assert box.fill is not None
    assert box.fill.colour == "ok_soft"
    assert "Mål 85–95 %" in texts(drawing)
    assert "Mål 85–95 %." in band.alt
    single = lines("t", MONTHS[:3], values, share=True, goal=Goal("Mål 90", 90, 90)).draw(600, 160, measure)
    assert any(isinstance(shape, Line) and shape.stroke.colour == "target" for shape in single.shapes)


def test_a_scale_that_does_not_begin_at_zero_says_so() -> None:
    high = lines("t", MONTHS[:3], [Series("A", (81, 90, 88))], told=say_percent, share=True)
    assert "Skalan börjar vid 60\u00a0%" in texts(high.draw(600, 160, measure))
    low = lines("t", MONTHS[:3], [Series("A", (1, 90, 88))], told=say_percent, share=True)
    assert not any("Skalan" in text for text in texts(low.draw(600, 160, measure)))


def test_a_missing_month_breaks_the_line() -> None:
    drawing = lines("t", MONTHS[:5], [Series("A", (1, 2, None, 3, 4), "data")]).draw(500, 160, measure)
    runs = [shape.points for shape in drawing.shapes if isinstance(shape, Line) and shape.stroke.width == 2]
    assert [len(points) for points in runs if len(points) > 1] == [2, 2, 2]  # the third is the label's sample
    assert [part.name for part in drawing.parts] == ["A, dec: 1", "A, jan: 2", "A, mar: 3", "A, apr: 4"]


def test_negative_values_have_a_zero_line() -> None:
    drawing = lines("Netto", MONTHS[:3], [Series("A", (-12, 5, 30))]).draw(500, 160, measure)
    assert "0" in texts(drawing)
    assert "−16" in texts(drawing)


def test_columns_have_their_sums_above() -> None:
    series = [Series("Intern", (2, 4, 0), "intern"), Series("Extern", (3, 1, 0), "extern")]
    picture = stacked_columns("Platser som blir lediga", ("v. 47", "v. 48", "v. 49"), series)
    drawing = picture.draw(430, 150, measure)
    sums = [shape.text for shape in drawing.shapes if isinstance(shape, Label) and shape.strong]
    assert sums == ["5", "5", "0"]
    assert [row.cells for row in picture.table.rows] == [
        ("v. 47", "2", "3", "5"),
        ("v. 48", "4", "1", "5"),
        ("v. 49", "0", "0", "0"),
    ]
    bars = [shape for shape in drawing.shapes if isinstance(shape, Rect) and shape.width > 12.5]
    assert [bar.fill.ink if bar.fill else "" for bar in bars] == ["", "s5", "", "s5"]


def test_a_place_with_a_hidden_value_has_no_column() -> None:
    series = kon((5, None), (6, 6))
    for maker in (stacked_columns, grouped_columns):
        drawing = maker("t", ("a", "b"), series).draw(400, 150, measure)
        assert {part.name for part in drawing.parts} == {"Kvinnor, a: 5", "Män, a: 6"}


def test_kvinnor_stand_before_man_and_man_are_hatched() -> None:
    drawing = grouped_columns("t", ("2025",), kon((10,), (20,))).draw(400, 200, measure)
    kvinnor, man = [shape for shape in drawing.shapes if isinstance(shape, Rect) and shape.width > 12.5]
    assert kvinnor.x < man.x
    assert kvinnor.fill is not None
    assert man.fill is not None
    assert (kvinnor.fill.ink, man.fill.ink) == ("", "man_hatch")
    assert man.height == pytest.approx(2 * kvinnor.height)


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_nothing_to_draw_says_so(maker: Callable[..., Picture]) -> None:
    for places, series in (((), ()), (("a",), ()), (("a", "b"), kon((None, None), (None, None)))):
        picture = maker("Tomt", places, series)
        assert picture.empty
        assert texts(picture.draw(400, 0, measure)) == [NO_FIGURES]
        assert NO_FIGURES in picture.alt


@pytest.mark.parametrize("maker", MAKERS.values(), ids=MAKERS)
def test_zeros_and_one_value_are_drawn(maker: Callable[..., Picture]) -> None:
    for values in ((0,), (1,), (10**15,)):
        drawing = maker("t", ("a",), [Series("A", values, "data")]).draw(300, 0, measure)
        assert list(faults(drawing)) == []
        assert len(drawing.parts) == 1


def test_a_series_of_another_length_is_a_bug() -> None:
    with pytest.raises(ValueError, match="has 1 values"):
        lines("t", ("a", "b"), [Series("A", (1,))])


def test_long_series_are_told_by_their_ends_and_extremes() -> None:
    picture = stacked_area("Deltagare", WEEKS, flow()[:1])
    assert picture.alt == (
        "Ytdiagram. Deltagare. Aktualisering: från 14 (v.\u00a020) till 14 (v.\u00a045), "
        "lägst 14 (v.\u00a020), högst 16 (v.\u00a022)."
    )


def test_rows_of_the_table_know_what_can_be_opened() -> None:
    picture = stacked_area("t", WEEKS, flow())
    assert picture.table.heads == ("Vecka", *STEPS, "Totalt")
    assert picture.table.rows[-1].choices[3] == ("Insats 96", "Insats/v.\u00a045")


def test_shades_go_from_light_to_dark() -> None:
    for count in range(1, 7):
        looks = step_looks(count)
        assert len(set(looks)) == count
        assert all(one < other for one, other in pairwise(looks))
    assert len(set(step_looks(12))) == 12
    assert len(step_looks(20)) == 20


# --- lying bars and shares


ROWS = {"In": 100.0, "Ut": 200.0}


def kon_group(name: str, kvinnor: float, man: float) -> Group:
    """A group of two bars."""
    return Group(
        name,
        (Bar("Kvinnor", kvinnor, f"{kvinnor}", "kvinnor", f"{name}/k"), Bar("Män", man, f"{man}", "man")),
    )


def test_bars_are_as_long_as_their_numbers() -> None:
    picture = bars("Kvinnor och män", [kon_group("In", 80, 40), kon_group("Ut", 20, 0)], head="Rad")
    drawing = picture.draw(640, 0, measure)
    lengths = [shape.width for shape in drawing.shapes if isinstance(shape, Rect)]
    assert lengths == pytest.approx([lengths[0], lengths[0] / 2, lengths[0] / 4])
    assert picture.alt == ("Stapeldiagram. Kvinnor och män. In: kvinnor 80, män 40. Ut: kvinnor 20, män 0.")
    assert picture.table.heads == ("Rad", "Kvinnor", "Män")
    assert picture.table.rows[1].cells == ("Ut", "20", "0")
    assert [part.id for part in drawing.parts] == ["In/k", "", "Ut/k", ""]


def test_a_group_of_its_own_scale_has_its_words_at_the_end_and_its_goal_as_a_line() -> None:
    goal = Goal("Riktvärde minst 90", 90, 90)
    made = [Group(name, kon_group(name, 40, 80).bars, full=full, goal=goal) for name, full in ROWS.items()]
    picture = bars("t", made)
    drawing = picture.draw(640, 0, measure)
    assert list(faults(drawing)) == []
    fills = [s for s in drawing.shapes if isinstance(s, Rect) and s.fill and s.fill.colour != "neutral_soft"]
    assert [bar.width / fills[1].width for bar in fills] == pytest.approx([0.5, 1, 0.25, 0.5])
    lines = [s for s in drawing.shapes if isinstance(s, Line) and s.stroke.colour == "target"]
    left = fills[0].x
    assert [line.points[0][0] - left for line in lines] == pytest.approx(
        [fills[1].width * 90 / 80, fills[3].width * 90 / 80]
    )
    assert picture.words.endswith("Ut: kvinnor 40, män 80, riktvärde minst 90.")
    starts = {s.x for s in drawing.shapes if isinstance(s, Label) and s.text.startswith("Män")}
    assert len(starts) == 1


def test_a_group_without_bars_says_why() -> None:
    hidden = Group("Ut", (), "Totalt <5", "totalt färre än 5")
    picture = bars("t", [kon_group("In", 8, 4), hidden])
    assert "Totalt <5" in texts(picture.draw(640, 0, measure))
    assert picture.words.endswith("Ut: totalt färre än 5.")
    assert picture.table.rows[1].cells == ("Ut", "–", "Totalt <5")
    assert bars("t", [hidden]).empty


@given(
    st.lists(st.tuples(NAMES, st.floats(0, 1e15), st.floats(0, 1e6)), min_size=1, max_size=6),
    st.floats(220, 1200),
    st.booleans(),
)
@settings(deadline=None)
def test_bars_keep_within_their_box(
    groups: list[tuple[str, float, float]], width: float, track: bool
) -> None:
    made = [kon_group(name, round(one), round(other)) for name, one, other in groups]
    drawing = bars("t", made, full=100 if track else 0, track=track).draw(width, 0, measure)
    assert list(faults(drawing)) == []


@given(
    st.tuples(NAMES, st.floats(0, 1e6), st.floats(0, 1e6), NAMES),
    st.floats(0, 2e6),
    st.floats(220, 1200),
)
@example(("<" * 18, 0.0, 0.0, "<" * 16), 1.0, 220.0)
@settings(deadline=None)
def test_a_goal_keeps_within_the_box(
    group: tuple[str, float, float, str], target: float, width: float
) -> None:
    name, one, other, words = group
    own = Group(
        name,
        kon_group(name, round(one), round(other)).bars,
        full=max(one, other, target) or 1.0,
        goal=Goal(words, target, target),
    )
    assert list(faults(bars("t", [own]).draw(width, 0, measure))) == []


def test_bands_share_out_a_whole() -> None:
    bands = [[Band("Kvinnor", (10, 30), "kvinnor", ("a", "b"))], [Band("Män", (0, 0), "man")]]
    picture = share_bands("Fördelning", ("Arbete", "Studier"), bands)
    drawing = picture.draw(640, 0, measure)
    first, second = [shape for shape in drawing.shapes if isinstance(shape, Rect) and shape.height > 20]
    assert second.width == pytest.approx(3 * first.width)
    assert {"25\u00a0%", "75\u00a0%"} <= set(texts(drawing))
    assert "Män" not in picture.alt
    assert [part.id for part in drawing.parts] == ["a", "b"]
    assert picture.table.rows[0].cells == ("Kvinnor", "25\u00a0%", "75\u00a0%")
    assert share_bands("t", ("A",), [[Band("Alla", (0,))]]).empty


@given(
    st.lists(st.lists(st.integers(0, 1000), min_size=4, max_size=4), min_size=1, max_size=4),
    st.lists(NAMES, min_size=4, max_size=4),
    st.floats(220, 1200),
)
@settings(deadline=None)
def test_bands_keep_within_their_box(values: list[list[int]], names: list[str], width: float) -> None:
    groups = [[Band(names[0], tuple(row), kon)] for row, kon in zip(values, KON + KON, strict=False)]
    assert list(faults(share_bands("t", names, groups).draw(width, 0, measure))) == []


# --- flows, matrix, sparkline

FROM = [Node("s1", "Planering", "steg3"), Node("s2", "Insats", "steg5", "steg/insats"), Node("s3", "Tom")]
TO = [Node("r1", "Arbete", id="resultat/arbete"), Node("r2", "Studier")]


def test_a_flow_diagram_shares_out_its_nodes() -> None:
    flows = [
        Flow("s1", "r1", 10, "1"),
        Flow("s2", "r1", 20),
        Flow("s2", "r2", 30),
        Flow("s1", "r2", 0, "noll"),
    ]
    picture = flow_diagram("Vart går de?", (FROM, TO), flows)
    drawing = picture.draw(640, 300, measure)
    assert list(faults(drawing)) == []
    assert {"Planering 10", "Insats 50", "Arbete 30", "Studier 30"} <= set(texts(drawing))
    heights = {part.name: part.box[3] - part.box[1] for part in drawing.parts}
    assert heights["Insats: 50"] == pytest.approx(5 * heights["Planering: 10"], rel=0.05)
    assert heights["Arbete: 30"] == pytest.approx(heights["Studier: 30"], rel=0.05)
    assert [part.id for part in drawing.parts] == ["", "steg/insats", "1", "", "", "resultat/arbete", ""]
    assert "Tom" not in " ".join(texts(drawing))
    assert picture.table.rows[0].cells == ("Planering", "Arbete", "10")
    assert "Insats till Studier: 30." in picture.alt


def test_a_band_is_found_where_it_lies() -> None:
    picture = flow_diagram("t", (FROM, TO), [Flow("s1", "r1", 10), Flow("s2", "r2", 10)])
    band = next(part for part in picture.draw(640, 300, measure).parts if " till " in part.name)
    left, top, right, bottom = band.box
    assert band.holds((left + right) / 2, (top + bottom) / 2)
    assert not band.holds(left + 3, bottom + 3)


def test_a_hidden_flow_is_not_drawn_and_its_nodes_have_no_number() -> None:
    nodes = [Node("s1", "Planering"), Node("s2", "Insats", mark="..")]
    flows = [Flow("s1", "r1", 10), Flow("s2", "r1", None, mark="<5"), Flow("s2", "r2", 30)]
    picture = flow_diagram("t", (nodes, TO), flows)
    drawing = picture.draw(640, 300, measure)
    assert {"Planering 10", "Insats ..", "Arbete", "Studier 30"} <= set(texts(drawing))
    assert picture.table.rows[1].cells == ("Insats", "Arbete", "<5")
    assert flow_diagram("t", (nodes, TO), [Flow("s2", "r1", None)]).empty


def test_flows_go_one_column_at_a_time() -> None:
    with pytest.raises(ValueError, match="next column"):
        flow_diagram("t", (FROM, TO), [Flow("r1", "s1", 1)])


@st.composite
def flow_data(draw: st.DrawFn) -> tuple[list[list[Node]], list[Flow]]:
    """Two or three columns with whatever goes between them."""
    counts = draw(st.lists(st.integers(1, 8), min_size=2, max_size=3))
    columns = [
        [Node(f"{at}/{row}", draw(NAMES), f"steg{row % 6 + 1}") for row in range(count)]
        for at, count in enumerate(counts)
    ]
    flows = [
        Flow(one.key, other.key, draw(st.one_of(st.none(), st.integers(0, 50), st.integers(0, 10**9))))
        for before, after in pairwise(columns)
        for one in before
        for other in after
    ]
    return columns, flows


@given(data=flow_data(), width=st.floats(220, 1400), height=st.sampled_from((0.0, 1.0, 500.0)))
@settings(max_examples=60, deadline=None)
def test_flows_keep_within_their_box(
    data: tuple[list[list[Node]], list[Flow]], width: float, height: float
) -> None:
    drawing = flow_diagram("t", *data).draw(width, height, measure)
    assert list(faults(drawing)) == []


def test_a_matrix_has_every_number_and_its_sums() -> None:
    cells = [[Cell(12, "a", detail="kvinnor 7, män 5"), Cell(0)], [Cell(3), Cell(40)]]
    picture = matrix("Före och efter", ("Bistånd", "Lön"), ("Bistånd", "Lön"), cells)
    drawing = picture.draw(480, 0, measure)
    assert [row.cells for row in picture.table.rows] == [
        ("Bistånd", "12", "0", "12"),
        ("Lön", "3", "40", "43"),
        ("Totalt", "15", "40", "55"),
    ]
    assert {"12", "0", "3", "40", "15", "43", "55", "Oförändrat"} <= set(texts(drawing))
    assert drawing.parts[0].name == "Bistånd till Bistånd: 12 (kvinnor 7, män 5)"
    fills = [shape.fill.colour if shape.fill else "" for shape in drawing.shapes if isinstance(shape, Rect)]
    assert fills == ["s2", "s1", "s5", ""]  # a zero has no colour; the last is the key of the frame
    assert "Bistånd till Lön" not in picture.words


def test_a_hidden_cell_hides_its_sums() -> None:
    picture = matrix("t", ("A", "B"), ("C",), [[Cell(None, mark="<5")], [Cell(9)]])
    assert [row.cells[-1] for row in picture.table.rows] == ["–", "9", "–"]
    assert "<5" in texts(picture.draw(480, 0, measure))
    assert matrix("t", ("A",), ("B",), [[Cell(0)]]).empty
    with pytest.raises(ValueError, match="as many"):
        matrix("t", ("A",), ("B",), [])


def test_long_heads_become_numbers_that_are_told() -> None:
    names = ("Aktivitetsersättning", "Försörjningsstöd", "Arbetsmarknadspolitiskt program")
    same = matrix("t", names, names, [[Cell(1)] * 3] * 3).draw(300, 0, measure)
    assert any(text.startswith("1  Aktivitet") for text in texts(same))
    other = matrix("t", ("A",), names, [[Cell(1)] * 3]).draw(300, 0, measure)
    assert "3\u00a0Arbetsmarknadspolitiskt program" in " ".join(texts(other))


@given(
    st.integers(1, 9).flatmap(
        lambda count: st.tuples(
            st.lists(NAMES, min_size=count, max_size=count),
            st.lists(
                st.lists(st.one_of(st.none(), st.integers(0, 10**6)), min_size=count, max_size=count),
                min_size=count,
                max_size=count,
            ),
        )
    ),
    st.floats(220, 1200),
)
@settings(max_examples=60, deadline=None)
def test_a_matrix_keeps_within_its_box(data: tuple[list[str], list[list[int | None]]], width: float) -> None:
    names, values = data
    cells = [[Cell(value, mark="<5" if value is None else "") for value in row] for row in values]
    drawing = matrix("t", names, list(reversed(names)), cells).draw(width, 0, measure)
    assert list(faults(drawing)) == []


@pytest.mark.parametrize(
    ("values", "way"),
    [((1, 2, 8), 1), ((8, 2, 1), -1), ((100, 50, 101), 0), ((0, 0), 0), ((0, 1), 1), ((None, 3), 0), ((), 0)],
)
def test_where_a_sparkline_is_going(values: tuple[float | None, ...], way: int) -> None:
    assert trend(values) == way
    drawing = spark(values)
    assert list(faults(drawing)) == []
    marks = [shape for shape in drawing.shapes if isinstance(shape, Mark)]
    assert len(marks) == (1 if any(value is not None for value in values) else 0)


def test_a_sparkline_has_gaps_and_takes_a_trend_from_elsewhere() -> None:
    drawing = spark((5, 4, None, 3, 9), going=-1)
    runs = [
        shape.points for shape in drawing.shapes if isinstance(shape, Line) and shape.stroke.colour == "s5"
    ]
    assert [len(run) for run in runs] == [2, 2]
    arrow = [
        shape.points for shape in drawing.shapes if isinstance(shape, Line) and shape.stroke.colour == "text2"
    ]
    assert arrow[0][0][1] < arrow[0][-1][1]  # downwards
    assert spark((1, 2), going=0).shapes[-1] == spark((2, 2)).shapes[-1]
    assert WORDS[1] == "ökar"
