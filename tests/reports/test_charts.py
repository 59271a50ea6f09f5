"""Charts by kön: what is drawn, how long, and what R12 forbids to draw."""

import io
from dataclasses import replace

import pytest

from db.rules.figurer import Avsnitt
from desktop.charts.looks import LOOKS, SHADES
from desktop.charts.scene import Rect
from desktop.reports.charts import chart_of, drawn_keys
from desktop.reports.drawing import PX
from desktop.reports.fonts import register_fonts
from desktop.reports.linecharts import Line, line_chart
from desktop.reports.structure import Element
from desktop.reports.styles import CONTENT
from desktop.reports.tagging import DocumentInfo, TaggedCanvas
from desktop.reports.tokens import hex_of
from desktop.tokens import load_tokens
from tests.helpers.rapport_exempel import avslut_rapport, rad, without_comparison
from tests.reports.test_pdf import WHEN

ALONE = without_comparison(avslut_rapport())


def canvas():
    register_fonts()
    facts = DocumentInfo("t", "a", "s", WHEN)
    return TaggedCanvas(io.BytesIO(), tree=Element("Document"), facts=facts, initialFontName="SourceSans3")


def bars(chart):
    """(kön, length) of every bar drawn."""
    keys = {LOOKS[key].fill: key for key in ("kvinnor", "man", "totalt")}
    rects = [shape for shape in chart.drawing.shapes if isinstance(shape, Rect)]
    return [(keys[rect.fill], rect.width * PX) for rect in rects if rect.fill in keys]


def section(kind, *rows):
    return Avsnitt("Avsnitt", rows, diagram=kind)


def paint(chart):
    chart.paint(canvas(), CONTENT, chart.height)


def test_kvinnor_come_first_and_lengths_follow_the_numbers():
    drawn = bars(chart_of(ALONE, section("staplar", rad("a", "A", (10, 20, 30)), rad("b", "B", (40, 5, 45)))))
    assert [key for key, _ in drawn] == ["kvinnor", "man", "kvinnor", "man"]
    lengths = [length for _, length in drawn]
    assert lengths == pytest.approx([lengths[2] / 4, lengths[2] / 2, lengths[2], lengths[2] / 8])


def test_a_row_with_a_hidden_figure_is_drawn_as_totalt_only():
    hidden = rad("a", "A", (None, 7777, 7780), dolda={"kvinnor": "<5"})
    gone = rad("b", "B", (None, None, None), dolda={"kvinnor": "<5", "man": "..", "totalt": ".."})
    chart = chart_of(ALONE, section("staplar", hidden, gone, rad("c", "C", (8, 9, 17))))
    paint(chart)
    assert [key for key, _ in bars(chart)] == ["totalt", "kvinnor", "man"]
    assert "B: totalt dold uppgift." in chart.alt
    assert "7\u00a0777" not in chart.alt


@pytest.mark.parametrize(
    ("row", "keys"),
    [
        (rad("a", "A", (1, 2, 3)), ("kvinnor", "man")),
        (rad("a", "A", (0, 0, 0)), ("kvinnor", "man")),
        (rad("a", "A", (None, None, 3)), ("totalt",)),
        (rad("a", "A", (7, 8, 15), dolda={"uppgift_saknas": "<5"}), ("totalt",)),
        (rad("a", "A", (7, 8, 15), konsuppdelad=False), ("totalt",)),
        (rad("a", "A", (None, None, None), dolda={"totalt": "<5"}), ()),
        (rad("a", "A", (None, None, None)), ()),
    ],
)
def test_which_bars_a_row_may_have(row, keys):
    assert drawn_keys(row) == keys


def test_shares_have_totalt_too_and_a_scale_of_a_hundred():
    rows = [rad("a", "A", (25, 50, 40), enhet="andel"), rad("b", "B", (1, 2, 3))]
    drawn = bars(chart_of(ALONE, section("andel", *rows)))
    full = drawn[1][1] * 2
    assert drawn == [
        ("kvinnor", pytest.approx(full / 4)),
        ("man", full / 2),
        ("totalt", pytest.approx(0.4 * full)),
    ]


def test_a_share_over_a_hundred_is_shown_whole():
    row = rad("a", "A", (None, None, 125), enhet="andel", konsuppdelad=False)
    ((_, length),) = bars(chart_of(ALONE, section("andel", row)))
    assert length < CONTENT


def test_a_chart_has_one_unit():
    rows = [rad("a", "A", (1, 2, 3)), rad("b", "B", (4, 5, 9)), rad("k", "K", (None, None, 9e6), enhet="kr")]
    assert len(bars(chart_of(ALONE, section("staplar", *rows)))) == 4


def test_nothing_to_draw_is_no_chart():
    assert chart_of(ALONE, section("", rad("a", "A", (1, 2, 3)))) is None
    assert chart_of(ALONE, section("staplar", rad("a", "A", (0, 0, 0)))) is None
    assert chart_of(ALONE, section("andel", rad("a", "A", (1, 2, 3)))) is None
    assert chart_of(ALONE, section("fordelning", rad("a", "A", (1, 2, 3)))) is None


def parts(**second):
    first = rad("a", "Alla", (30, 30, 60))
    return [first, rad("b", "B", (10, 20, 30), niva=1), rad("c", "C", (20, 10, 30), niva=1, **second)]


def test_a_distribution_shares_out_the_indented_rows():
    chart = chart_of(ALONE, section("fordelning", *parts()))
    paint(chart)
    assert "Kvinnor jan–aug 2024: b 33" in chart.alt
    assert "Totalt jan–aug 2024: b 50" in chart.alt


def test_a_hidden_part_leaves_totals_only_and_a_hidden_total_leaves_nothing():
    by_kon = chart_of(ALONE, section("fordelning", *parts(dolda={"kvinnor": "<5", "man": ".."})))
    assert "Kvinnor" not in by_kon.alt
    assert "Totalt" in by_kon.alt
    assert chart_of(ALONE, section("fordelning", *parts(dolda={"totalt": ".."}))) is None


def test_more_than_four_parts_become_three_and_the_rest():
    rows = [rad(str(size), f"Del {size}", (size, size, 2 * size), niva=1) for size in (10, 60, 20, 50, 40)]
    chart = chart_of(ALONE, section("fordelning", *rows))
    assert "del 60 33\u00a0%, del 50 28\u00a0%, del 40 22\u00a0%, resten 17\u00a0%" in chart.alt


def test_a_long_chart_stops_and_says_so():
    rows = [rad(str(n), f"Rad {n}", (n, n, 2 * n)) for n in range(1, 60)]
    chart = chart_of(ALONE, section("staplar", *rows))
    assert chart.height <= 430
    assert chart.title.endswith("första rader)")


MONTHS = ("jan", "feb", "mars")


def test_lines_month_by_month_are_told_in_words_and_drawn():
    lines = [Line("kvinnor", (57, 59, 61)), Line("man", (66, 67, 68)), Line("totalt", (62, 63, 64.5))]
    chart = line_chart("Andel i tid", MONTHS, lines, "andel")
    paint(chart)
    assert "Kvinnor: jan 57\u00a0%, feb 59\u00a0%, mars 61\u00a0%." in chart.alt


def test_a_hidden_month_leaves_the_line_of_totalt():
    lines = [Line("kvinnor", (5, None, 6)), Line("man", (7, 8, 9)), Line("totalt", (12, 11, 15))]
    chart = line_chart("Nya", MONTHS, lines, "antal")
    assert "Män" not in chart.alt
    assert "Totalt: jan 12, feb 11, mars 15." in chart.alt
    assert line_chart("Nya", MONTHS, lines[:2], "antal") is None


def test_a_cut_scale_says_so(monkeypatch):
    drawn = []
    chart = line_chart("Andel", MONTHS, [Line("totalt", (81, 90, 88))], "andel")
    target = canvas()
    monkeypatch.setattr(target, "drawString", lambda x, y, text: drawn.append(text.strip()))
    chart.paint(target, CONTENT, chart.height)
    assert "Skalan börjar vid 60\u00a0%" in drawn


def luminance(colour):
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(first, second):
    high, low = sorted((luminance(first), luminance(second)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def test_contrasts_of_text_and_graphics():
    white = hex_of("surface")
    for token in ("text", "text2", "warn"):
        assert contrast(hex_of(token), white) >= 4.5
    assert contrast(hex_of("text"), hex_of("neutral_soft")) >= 4.5
    assert contrast(hex_of("warn"), hex_of("warn_soft")) >= 4.5
    for token in ("kv", "man", "total"):
        assert contrast(hex_of(token), white) >= 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_figures_in_every_shade_can_be_read(scheme):
    colours = load_tokens().colours[scheme]
    for look in [shade for shades in SHADES.values() for shade in shades] + list(LOOKS.values()):
        if look.on:
            assert contrast(colours[look.on], colours[look.fill.colour]) >= 4.5
        strong = look.edge or look.fill.colour
        assert contrast(colours[strong], colours["surface"]) >= (3 if look.edge else 1.4)


def test_the_period_itself_hidden_is_no_chart_of_last_year_alone():
    rapport = avslut_rapport()
    rows = [replace(row, jamforelse=row.varde) for row in parts(dolda={"totalt": ".."})]
    assert chart_of(rapport, section("fordelning", *rows)) is None
