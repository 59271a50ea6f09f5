"""The canvas that tags and the tree it fills: what they refuse, and what they leave to others."""

import io
import subprocess
import sys

import pytest

from desktop.reports.fonts import fit_lines, printable, register_fonts, text_width
from desktop.reports.srgb import srgb_profile
from desktop.reports.structure import Element, StructureBuilder
from desktop.reports.tagging import DocumentInfo, TaggedCanvas
from tests.reports.test_pdf import WHEN


@pytest.fixture
def canvas():
    register_fonts()
    facts = DocumentInfo("t", "a", "s", WHEN)
    return TaggedCanvas(io.BytesIO(), tree=Element("Document"), facts=facts, initialFontName="SourceSans3")


def test_a_mark_inside_a_mark_is_refused(canvas):
    canvas.begin_mark(Element("P"))
    with pytest.raises(ValueError, match="inside another mark"):
        canvas.begin_mark(Element("Span"))
    with pytest.raises(ValueError, match="inside a mark"):
        canvas.begin_artifact()


def test_marks_inside_an_artifact_are_silent(canvas):
    element = Element("P")
    with canvas.artifact(), canvas.artifact("Pagination"), canvas.mark(element):
        canvas.line(0, 0, 1, 1)
    assert element.marks == []
    assert [line for line in canvas._code if "DC" in line or line == "EMC"] == [
        "/Artifact <</Type /Layout>> BDC",
        "EMC",
    ]


def test_a_page_may_not_end_inside_a_mark(canvas):
    canvas.begin_mark(Element("P"))
    with pytest.raises(ValueError, match="ends inside"):
        canvas.showPage()


def test_mcids_start_over_on_each_page(canvas):
    first, second = Element("P"), Element("P")
    for element in (first, second):
        with canvas.mark(element):
            canvas.line(0, 0, 1, 1)
        canvas.showPage()
    assert (first.marks, second.marks) == ([(0, 0)], [(1, 0)])


def test_an_element_holds_children_or_content_never_both():
    parent = Element("P")
    parent.add("Span")
    with pytest.raises(ValueError, match="already holds elements"):
        parent.add_mark(0, 0)
    leaf = Element("P")
    leaf.add_mark(0, 0)
    with pytest.raises(ValueError, match="already holds content"):
        leaf.add("Span")


def test_empty_elements_are_dropped_but_cells_stay():
    builder = StructureBuilder()
    with builder.group("Table"), builder.group("TBody"), builder.group("TR"):
        builder.leaf("TH").add_mark(0, 0)
        builder.leaf("TD")
    with builder.group("Sect"):
        builder.leaf("P")
    builder.root.prune()
    assert [element.role for element in builder.root.walk()] == [
        "Document",
        "Table",
        "TBody",
        "TR",
        "TH",
        "TD",
    ]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Åsa Öberg", "Åsa Öberg"),
        ("A\u030asa", "Åsa"),
        ("rad\nrad\ttabb", "rad rad tabb"),
        ("mjukt\u00adbindestreck\u200b\u202e", "mjuktbindestreck"),
        ("日本😀", "???"),
        ("\u2003brett\u3000", " brett "),
    ],
)
def test_every_character_has_a_glyph_or_a_visible_substitute(text, shown):
    assert printable(text).replace("\u2003", " ") == shown


def test_fitted_lines_keep_their_width_and_cut_between_words():
    text = "Arbetsmarknadsanställningsverksamhet och mycket annat som inte får plats på tre rader alls"
    lines = fit_lines(text, "SourceSans3", 9, 90, 3)
    assert len(lines) == 3
    assert lines[-1].endswith(" …")
    assert all(text_width(line, "SourceSans3", 9) <= 90 for line in lines)
    assert fit_lines("Kort", "SourceSans3", 9, 90, 3) == ["Kort"]
    assert fit_lines("", "SourceSans3", 9, 90, 3) == [""]


def test_the_colour_profile_is_well_formed():
    profile = srgb_profile()
    assert int.from_bytes(profile[:4], "big") == len(profile)
    assert profile[36:40] == b"acsp"
    count = int.from_bytes(profile[128:132], "big")
    for at in range(132, 132 + 12 * count, 12):
        start, size = (int.from_bytes(profile[at + skip : at + skip + 4], "big") for skip in (4, 8))
        assert start % 4 == 0
        assert start + size <= len(profile)


def test_what_the_window_needs_loads_neither_reportlab_nor_openpyxl():
    code = (
        "import sys, desktop.reports.registry, desktop.reports.assemble, desktop.reports.json_writer\n"
        "print([name for name in ('reportlab', 'openpyxl') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
