"""Every kind of chart on paper: painted inside its box, in the light colours, with its patterns and words."""

import io

import pytest
from pypdf import PdfReader

from desktop.charts.areas import stacked_area
from desktop.charts.bars import Bar, Group, bars
from desktop.charts.columns import grouped_columns, stacked_columns
from desktop.charts.flows import Flow, Node, flow_diagram
from desktop.charts.lines import Goal, lines
from desktop.charts.matrix import Cell, matrix
from desktop.charts.picture import Picture, Series
from desktop.charts.shares import Band, share_bands
from desktop.reports.drawing import PX, Chart, fill_bar, measure, place
from desktop.reports.fonts import SEMIBOLD, register_fonts, text_width
from desktop.reports.structure import Element
from desktop.reports.styles import CONTENT
from desktop.reports.tagging import DocumentInfo, TaggedCanvas
from tests.helpers.scenes import faults
from tests.reports.test_pdf import WHEN

KON = (Series("Kvinnor", (10, 20, 30), "kvinnor"), Series("Män", (8, 9, 7), "man"))
PLACES = ("jan", "feb", "<b>&mars")
NODES = ((Node("a", "Insats"), Node("b", "Planering")), (Node("c", "Arbete"),))
PICTURES = [
    stacked_area("yta", PLACES, KON),
    lines("linjer", PLACES, KON, goal=Goal("Mål 5–9", 5, 9)),
    stacked_columns("staplar", PLACES, KON),
    grouped_columns("grupper", PLACES, KON),
    bars("liggande", [Group("In", (Bar("Kvinnor", 3, "3", "kvinnor"), Bar("Män", 4, "4", "man")))]),
    share_bands("andelar", ("A", "B"), [[Band("Kvinnor", (3, 4), "kvinnor")], [Band("Män", (1, 2), "man")]]),
    flow_diagram("flöde", NODES, [Flow("a", "c", 3), Flow("b", "c", 9)]),
    matrix("matris", ("A", "B"), ("A", "B"), [[Cell(1), Cell(2)], [Cell(None, mark="<5"), Cell(9)]]),
    stacked_area("tomt", (), ()),
]


def page(chart: Chart) -> tuple[str, str]:
    """Operators and text of a page with the chart alone, the figure tagged."""
    register_fonts()
    out, tree = io.BytesIO(), Element("Document")
    facts = DocumentInfo("t", "a", "s", WHEN)
    canvas = TaggedCanvas(out, tree=tree, facts=facts, initialFontName="SourceSans3")
    figure = tree.add("Figure")
    figure.alt = chart.alt
    with canvas.mark(figure):
        canvas.translate(56, 300)
        chart.paint(canvas, CONTENT, chart.height)
    canvas.save()
    (found,) = PdfReader(out).pages
    return found.get_contents().get_data().decode("latin-1"), found.extract_text()


@pytest.mark.parametrize("picture", PICTURES, ids=[picture.title for picture in PICTURES])
def test_every_kind_is_painted_with_all_its_words(picture: Picture) -> None:
    chart = place(picture)
    assert list(faults(chart.drawing, measure)) == []
    assert chart.drawing.width * PX == pytest.approx(CONTENT)
    operators, text = page(chart)
    words = {word for shape in chart.drawing.shapes for word in getattr(shape, "text", "").split()}
    assert words <= set(text.split())
    assert operators.count("BDC") == operators.count("EMC") == 1
    assert operators.count(" re ") + operators.count(" l\n") + operators.count(" l ") or picture.empty


def test_man_are_hatched_on_paper_and_kvinnor_are_not() -> None:
    def lines_of(key: str) -> int:
        register_fonts()
        facts = DocumentInfo("t", "a", "s", WHEN)
        canvas = TaggedCanvas(io.BytesIO(), tree=Element("Document"), facts=facts)
        before = len(canvas._code)
        fill_bar(canvas, key, 10, 10, 100, 11)
        fill_bar(canvas, key, 10, 10, 0, 11)
        return sum(line.endswith(" l") for line in canvas._code[before:])

    assert lines_of("kvinnor") == 0
    assert lines_of("man") > 15


def test_words_are_measured_as_they_are_printed() -> None:
    assert measure("Kvinnor", 12, True) * PX == pytest.approx(text_width("Kvinnor", SEMIBOLD, 9))
    assert measure("a\nb", 12, False) == measure("a b", 12, False)
