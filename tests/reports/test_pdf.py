"""The printed report: reports-pdf.md, Checks in the test-suite."""

import io
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from functools import cache

import pytest

from db.rules.figurer import Avsnitt
from desktop.reports.fonts import text_width
from desktop.reports.pdf import write_pdf
from desktop.reports.tabledata import UPPGIFT_SAKNAS, table_data
from desktop.reports.tables import column_widths
from tests.helpers.pdf_structure import TaggedPdf, faults
from tests.helpers.rapport_exempel import (
    all_hidden,
    avslut_rapport,
    empty_rapport,
    hostile_rapport,
    long_rapport,
    rad,
    without_comparison,
)

WHEN = datetime(2024, 9, 12, 8, 14)
REPORTS = {
    "ordinary": avslut_rapport(),
    "alone": without_comparison(avslut_rapport()),
    "hidden": all_hidden(),
    "empty": empty_rapport(),
    "long": long_rapport(120),
    "hostile": hostile_rapport(),
    "nothing": replace(avslut_rapport(), avsnitt=(), kommun="", namnd="", uttag="", demo=False),
}


def pdf_bytes(rapport, when=WHEN):
    out = io.BytesIO()
    write_pdf(rapport, out, utskrivet=when)
    return out.getvalue()


def pdf_of(rapport):
    return TaggedPdf(pdf_bytes(rapport))


@cache
def ordinary():
    return pdf_of(avslut_rapport())


def words(text):
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("name", REPORTS)
def test_structure_fonts_and_marks_are_without_fault(name):
    assert faults(pdf_bytes(REPORTS[name])) == []


def test_title_language_and_no_machine_data():
    pdf = ordinary()
    about = pdf.reader.metadata
    assert about.title == "Avslut och vad de ledde till, delår augusti 2024"
    assert about.author == "Exempelkommun, Arbetsmarknadsnämnden"
    assert (about["/Producer"], about["/Creator"]) == ("Egenväg", "Egenväg")
    assert "Påhittade uppgifter" in about.subject
    assert about["/CreationDate"] == "D:20240912081400"
    assert b"eportLab" not in pdf.data


def test_a_time_zone_is_kept():
    when = WHEN.replace(tzinfo=timezone(timedelta(hours=2)))
    about = TaggedPdf(pdf_bytes(avslut_rapport(), when)).reader.metadata
    assert about["/CreationDate"] == "D:20240912081400+02'00'"


def test_the_same_report_gives_the_same_bytes():
    assert pdf_bytes(avslut_rapport()) == pdf_bytes(avslut_rapport())
    assert pdf_bytes(avslut_rapport())[-200:] != pdf_bytes(empty_rapport())[-200:]


def test_text_is_extractable_with_swedish_letters():
    text = "\n".join(page.extract_text() for page in ordinary().pages)
    for word in ("Arbetsmarknadsnämnden", "Påhittade", "Övriga orsaker", "Män", "återkommit"):
        assert word in text


def test_tables_hold_the_data_word_for_word():
    pdf = ordinary()
    tables = [pdf.table_texts(table) for table in pdf.nodes("Table")]
    assert tables[0][2:] == [
        ["Alla avslut", "409", "327", "736", "418", "344", "764", "+28"],
        ["varav uppgift om kön saknas", "", "", "0", "", "", "2", "+2"],
        ["Arbete", "104", "118", "222", "118", "128", "246", "+24"],
        ["Studier", "76", "52", "128", "79", "60", "139", "+11"],
        ["Annan myndighet", "61", "48", "109", "58", "47", "105", "−4"],
        ["Slutfört uppdrag", "74", "38", "112", "69", "36", "105", "−7"],
        ["Övriga orsaker", "94", "71", "165", "94", "73", "169", "+4"],
        ["varav uppgift om kön saknas", "", "", "0", "", "", "2", "+2"],
    ]
    assert tables[2][3:] == [
        ["Praktik inför OSA", "5", "6", "11", "5", "8", "13", "+2"],
        ["Övergång till annan anställning", "0", "<5", "<5", "<5", "..", "6", ".."],
        ["Kostnad per intern plats, kr", "ej uppdelat", "244 000", "ej uppdelat", "238 123", "−5 877"],
    ]


def test_front_page_tells_period_comparison_dates_contents_and_demo():
    pdf = ordinary()
    text = pdf.tree_text()
    for line in (
        "Påhittade uppgifter",
        "Perioden är 1 januari–31 augusti 2024. Jämförelsen är samma period 2023.",
        "Läget är bedömt 2024-08-31. Siffrorna är hämtade ur Egenväg 2024-09-09. "
        "Rapporten är utskriven 2024-09-12.",
        "764 avslut gjordes under perioden.",
        "Offentligt skyddat arbete (OSA) 3",
        "Så läser du rapporten 4",
        "764 totalt +28",
        "Jan–aug 2023: 48 %",
    ):
        assert line in text.split("\n"), line
    assert [words(node.full_text()) for node in pdf.nodes("H1")] == ["Avslut och vad de ledde till"]


def test_contents_lead_to_the_pages_they_name():
    pdf = pdf_of(long_rapport(40, sections=3))
    entries = [words(node.full_text()) for node in pdf.nodes("Link")]
    headings = {words(node.text): node.marks[0][0] + 1 for node in pdf.nodes("H2")}
    for entry in entries:
        title, page = entry.rsplit(" ", 1)
        assert headings[title] == int(page)


def test_furniture_is_an_artifact_and_counts_pages():
    pdf = ordinary()
    for index, content in enumerate(pdf.content):
        assert f"Sida {index + 1} av {len(pdf.pages)}" in content.artifact_text
        assert "Utskrivet 2024-09-12 kl. 08.14 · Källa: Egenväg, uttag 2024-09-09" in content.artifact_text
    assert "Sida 1 av" not in pdf.tree_text()


def test_a_long_table_is_one_table_with_its_heads_once_and_repeated_as_furniture():
    pdf = pdf_of(long_rapport(120))
    assert len(pdf.pages) >= 5
    (table,) = pdf.nodes("Table")
    rows = pdf.table_texts(table)
    assert len(rows) == 122
    assert [row[0] for row in rows[2:5]] == ["Interna platser 0", "Återbruket 1", "Park och natur 2"]
    assert [row[0] for row in rows].count("Kvinnor") == 1
    later = [content for content in pdf.content[2:] if "Ändring totalt" in content.artifact_text]
    assert len(later) >= 2
    assert len(pdf.nodes("THead")) == 1


def test_groups_of_up_to_eight_rows_are_not_split():
    pdf = pdf_of(long_rapport(120))
    body = next(node for node in pdf.nodes("TBody"))
    pages = [row.children[0].marks[0][0] for row in body.children]
    for start in range(0, 120, 4):
        assert len(set(pages[start : start + 4])) == 1


def test_a_long_paragraph_over_pages_is_one_element():
    lead = "Ett stycke som är längre än en sida och därför delas. " * 260
    rapport = replace(avslut_rapport(), avsnitt=(Avsnitt("Lång text", (), lead),))
    data = pdf_bytes(rapport)
    assert faults(data) == []
    paragraph = next(
        node
        for node in TaggedPdf(data).nodes("P")
        if node.text.startswith("Ett stycke") and node.parent.role == "Sect" and len(node.text) > 5000
    )
    assert len({page for page, _ in paragraph.marks}) > 1
    assert words(paragraph.text) == words(lead)


def test_marks_are_explained_where_they_stand_and_read_out_in_words():
    pdf = ordinary()
    text = pdf.tree_text()
    assert text.count("<5 = 1–4 personer. .. = dold, så att ett skyddat tal inte går att räkna fram.") == 2
    assert "<5 betyder 1–4 personer." in text
    spoken = {str(node.raw["/ActualText"]) for node in pdf.nodes("Span")}
    assert spoken == {"färre än 5", "dold uppgift"}


def test_a_report_without_marks_has_no_note():
    text = pdf_of(empty_rapport()).tree_text()
    assert "dold," not in text
    assert "Inget tal är dolt i den här rapporten." in text


def test_another_threshold_is_said():
    rapport = replace(avslut_rapport(), troskel=10)
    row = replace(rapport.avsnitt[2].rader[2], dolda={"kvinnor": "<10", "man": ".."}, jamforelse_dolda={})
    rapport = replace(rapport, avsnitt=(replace(rapport.avsnitt[2], rader=(row,)),))
    assert "<10 = 1–9 personer." in pdf_of(rapport).tree_text()


def test_hidden_figures_are_nowhere_even_when_left_in_the_row():
    """Were a value left beside its mark, text, Alt and bars still keep it."""
    secret = 4321
    shown = rad("a", "Liten grupp", (secret, 3, 9999), dolda={"kvinnor": "<5", "man": ".."}, nyckeltal=True)
    part = Avsnitt("Avsnitt", (shown, rad("b", "Annat", (8, 7, 15))), diagram="staplar")
    for kind in ("staplar", "fordelning", "andel"):
        pdf = pdf_of(replace(without_comparison(avslut_rapport()), avsnitt=(replace(part, diagram=kind),)))
        alts = " ".join(str(node.raw["/Alt"]) for node in pdf.nodes("Figure"))
        everything = (
            pdf.tree_text() + alts + str(pdf.reader.metadata) + pdf.catalog["/Metadata"].get_data().decode()
        )
        assert "4 321" not in words(everything)
        assert str(secret) not in everything
        assert "9 999" in words(everything)


def test_without_comparison_there_is_no_change_column():
    pdf = pdf_of(without_comparison(avslut_rapport()))
    assert "Ändring" not in pdf.tree_text()
    assert pdf.table_texts(pdf.nodes("Table")[0])[2] == ["Alla avslut", "418", "344", "764"]


def test_a_period_without_data_says_so():
    text = pdf_of(empty_rapport()).tree_text()
    assert "Det finns inga uppgifter för perioden." in text
    assert "Inga uppgifter för perioden." in text


def test_markup_in_data_is_printed_as_it_stands():
    text = words(pdf_of(hostile_rapport()).tree_text())
    for printed in (
        "<b>&</para>",
        '<img src="/etc/passwd"/>',
        "]]>&amp;<!--",
        "(\\) EMC Q %place 0 sida 1",
        "??? ?",
    ):
        assert printed in text
    assert "rad ett rad två tabb" in text


def test_figures_say_their_numbers_in_words():
    alts = [words(str(node.raw["/Alt"])) for node in ordinary().nodes("Figure")]
    assert len(alts) == 3
    assert "Kvinnor jan–aug 2024: arbete 28 %, studier 19 %" in alts[0]
    assert "Andel till arbete eller studier: kvinnor 47 %, män 55 %, totalt 51 %." in alts[1]
    assert "Övergång till annan anställning: totalt 6." in alts[2]


def test_definitions_stand_under_begrepp():
    text = ordinary().tree_text().split("\n")
    at = text.index("Begrepp")
    assert text[at + 1 : at + 5 : 2] == ["Alla avslut", "Arbete"]


@pytest.mark.parametrize("text", ["x" * 5000, "långa ord " * 500], ids=["one word", "words"])
def test_texts_of_any_length_are_printed_or_shortened_never_refused(text):
    rows = tuple(
        rad(str(n), text, (10**9 + n, 10**9, 2 * 10**9), (7, 8, 15), niva=n % 5 > 0, definition=text)
        for n in range(24)
    )
    part = Avsnitt(text, rows, text, "staplar")
    rapport = replace(avslut_rapport(), titel=text, kommun=text, namnd=text, avsnitt=(part,))
    assert faults(pdf_bytes(rapport)) == []


def test_head_words_fit_their_columns():
    data = table_data(avslut_rapport(), avslut_rapport().avsnitt[0])
    for width, head in zip(
        column_widths(data)[1:], ["Kvinnor", "Män", "Totalt"] * 2 + ["Ändring totalt"], strict=True
    ):
        assert text_width(head, "SourceSans3-Semibold", 8.2) + 4 <= width


def test_uppgift_saknas_has_a_row_only_where_it_is_not_zero():
    rows = (
        rad("a", "A", (5, 6, 11, 0), (5, 6, 11, 0)),
        rad("b", "B", (5, 6, 12, 1), (5, 6, 11, 0)),
        rad("c", "C", (None, 6, 22, None), (5, 6, 11, 0), dolda={"kvinnor": "..", "uppgift_saknas": "<5"}),
        rad("d", "D", (5, 6, 11, 0), (5, 6, 18, 7)),
    )
    data = table_data(avslut_rapport(), Avsnitt("Avsnitt", rows))
    assert [row.label for row in data.rows] == ["A", "B", UPPGIFT_SAKNAS, "C", "D", UPPGIFT_SAKNAS]


class TestMutantsFail:
    """Check 13: the checks see what they are there to see."""

    def test_untagged_footer(self, monkeypatch):
        from desktop.reports import tagging

        monkeypatch.setattr(tagging.TaggedCanvas, "begin_artifact", lambda self, subtype="": None)
        monkeypatch.setattr(tagging.TaggedCanvas, "end_artifact", lambda self: None)
        assert any("outside a mark" in fault for fault in faults(pdf_bytes(avslut_rapport())))

    def test_alt_removed(self, monkeypatch):
        from desktop.reports import charts

        ordinary = charts.chart_of
        monkeypatch.setattr("desktop.reports.story.chart_of", lambda *a: replace(ordinary(*a), alt=""))
        assert "Figure without Alt" in faults(pdf_bytes(avslut_rapport()))

    def test_row_offset_lost(self, monkeypatch):
        from desktop.reports.tagged_table import TaggedTable

        def split(self, width, room):
            parts = super(TaggedTable, self).split(width, room)
            for part in parts:
                part.elements, part.head_rows, part.offset = self.elements, self.head_rows, 0
            return parts

        monkeypatch.setattr(TaggedTable, "split", split)
        assert faults(pdf_bytes(long_rapport(60)))

    def test_cards_reordered(self, monkeypatch):
        from desktop.reports.cards import CardRow

        def draw(self):
            self._cards.reverse()
            for card in self._cards:
                card.paint(self.canv, self.height, self._title_lines)

        monkeypatch.setattr(CardRow, "draw", draw)
        assert "the tree's order is not the content's" in faults(pdf_bytes(avslut_rapport()))

    def test_helvetica(self, monkeypatch):
        monkeypatch.setattr("desktop.reports.page.REGULAR", "Helvetica")
        assert any("Helvetica" in fault for fault in faults(pdf_bytes(avslut_rapport())))
