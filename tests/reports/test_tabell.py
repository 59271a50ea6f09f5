"""Tables, texts and lists as parts of a report, in every form; hostile text in every field."""

import io
import json
from dataclasses import replace
from datetime import datetime

import pytest
from openpyxl import load_workbook

from desktop.reports.column_widths import column_widths
from desktop.reports.json_writer import to_json
from desktop.reports.pdf import write_pdf
from desktop.reports.printed_tables import cut_texts
from desktop.reports.styles import CONTENT
from desktop.reports.text_writer import to_text
from desktop.reports.xlsx import write_xlsx
from desktop.reports.xlsx_parts import number_code
from tests.helpers.pdf_structure import TaggedPdf, faults
from tests.helpers.rapport_tabell import LONG, PAYLOAD, hostile_tabell, tabell_rapport, table, words_table

LABEL = "Indikator 100, andel i procent av alla som avslutats"
WHEN = datetime(2024, 9, 12, 8, 14)
REPORTS = {
    "ordinary": tabell_rapport(),
    "three pages": tabell_rapport(indicators=20, mal=5),
    "hostile": hostile_tabell(),
    "long": hostile_tabell(LONG),
}


def pdf_bytes(rapport):
    out = io.BytesIO()
    write_pdf(rapport, out, utskrivet=WHEN)
    return out.getvalue()


def book_of(rapport):
    out = io.BytesIO()
    write_xlsx(rapport, out)
    return load_workbook(out)


def words(text):
    return " ".join(text.replace("\u00a0", " ").split())


@pytest.mark.parametrize("name", REPORTS)
def test_structure_fonts_and_marks_are_without_fault(name):
    assert faults(pdf_bytes(REPORTS[name])) == []


def test_the_table_holds_the_data_word_for_word():
    pdf = TaggedPdf(pdf_bytes(tabell_rapport(indicators=1, mal=1)))
    (shown,) = [pdf.table_texts(one) for one in pdf.nodes("Table") if "Hushåll" in one.full_text()]
    assert shown == [
        ["Indikator", "Jan–aug 2023", "Jan–aug 2024", "Riktvärde", "Läge"],
        ["Kvinnor", "Män", "Totalt", "Kvinnor", "Män", "Totalt"],
        ["Mål 1. Fler i arbete", "Uppfylls delvis"],
        [LABEL, "44,5", "52", "100", "47", "55", "100,5", "minst 80", "På väg"],
        ["Hushåll", "ej uppdelat", "ca 2527", "ej uppdelat", "2 391", "högst 2 400", "Nås"],
        ["Dolda", "<5", "..", "..", "saknas", "saknas", "I.U", "Öka", ""],
        ["Osäker", "0", "1", "2", "3", "4", "5", "", "Nås inte"],
    ]


def test_cells_point_at_their_band_row_and_column():
    pdf = TaggedPdf(pdf_bytes(tabell_rapport(indicators=1, mal=1)))
    (shown,) = [one for one in pdf.nodes("Table") if "Hushåll" in one.full_text()]
    named = {str(node.raw["/ID"]): words(node.full_text()) for node in shown.walk() if node.role == "TH"}
    (cell,) = [node for node in shown.walk() if node.role == "TD" and node.full_text() == "100,5"]
    assert [named[str(ident)] for ident in cell.attribute("Headers")] == [
        "Mål 1. Fler i arbete",
        LABEL,
        "Jan–aug 2024",
        "Totalt",
    ]
    spans = {
        node.full_text().strip(): node.raw.get("/ActualText") for node in shown.walk() if node.role == "Span"
    }
    assert {"<5", ".."} == set(spans)


def test_a_table_over_three_pages_is_one_table_with_its_heads_once():
    pdf = TaggedPdf(pdf_bytes(tabell_rapport(indicators=20, mal=5)))
    (shown,) = [one for one in pdf.nodes("Table") if "Hushåll" in one.full_text()]
    pages = {page for node in shown.walk() for page, _ in node.marks}
    assert len(pages) >= 3
    assert len(pdf.table_texts(shown)) == 2 + 5 * 21 + 3
    for page in sorted(pages)[1:]:
        assert "Kvinnor" in pdf.content[page].artifact_text
    for index in range(1, 6):  # a mål never stands alone at the foot of a page
        (band,) = [node for node in shown.walk() if node.text.startswith(f"Mål {index}.")]
        (first,) = [node for node in shown.walk() if node.text.startswith(f"Indikator {100 * index},")]
        assert band.marks[0][0] == first.marks[0][0]


def test_parts_stand_in_order_under_their_headings():
    lines = TaggedPdf(pdf_bytes(tabell_rapport())).tree_text().split("\n")
    at = [
        lines.index(line)
        for line in (
            "Nämndens mål",
            "Mål och indikatorer",
            "3 Går inte att bedöma",
            "Kommentar",
            "Rad ett.",
            "Rad två.",
            "Första",
            "Inget.",
            "Så bedöms målen",
            "Ett mål uppfylls när flertalet når.",
            "Riktvärde",
            "Det nämnden vill nå.",
        )
        if line not in ("Nämndens mål", "Riktvärde")
    ]
    assert at == sorted(at)


def test_hostile_text_is_text_and_long_text_is_whole():
    shown = words(TaggedPdf(pdf_bytes(hostile_tabell())).tree_text())
    assert shown.count(words(PAYLOAD)) > 20
    data = pdf_bytes(hostile_tabell(LONG))
    assert b"/Subtype /Image" not in data
    assert words(TaggedPdf(data).tree_text()).count("SLUTORDET") >= 8


def test_cells_that_hold_too_much_stand_whole_after_the_table():
    long = words_table(LONG)
    assert cut_texts(long, column_widths(long)) == [("Unga utan arbete, Orsak", LONG)]
    assert cut_texts(words_table(), column_widths(words_table())) == []


@pytest.mark.parametrize("tabell", [table(), words_table(), words_table(LONG), words_table("x" * 500)])
def test_columns_fill_the_page(tabell):
    widths = column_widths(tabell)
    assert sum(widths) == pytest.approx(CONTENT)
    assert min(widths) > 20


def test_too_many_columns_still_fit_the_page():
    wide = table()
    more = replace(wide, kolumner=wide.kolumner + wide.kolumner[1:] * 2)
    assert sum(column_widths(more)) == pytest.approx(CONTENT)


def test_excel_has_real_numbers_and_frozen_heads_on_a_sheet_of_its_own():
    book = book_of(tabell_rapport(indicators=1, mal=1))
    assert book.sheetnames == ["Rapport", "1 Avvikelser", "2 Nämndens mål", "3 Avvikelser", "Definitioner"]
    sheet = book["2 Nämndens mål"]
    assert sheet.freeze_panes == "B5"
    rows = list(sheet.iter_rows(min_row=3, max_row=9, values_only=True))
    assert rows[0][1] == "Jan–aug 2023"
    assert rows[3][1:7] == (44.5, 52, 100, 47, 55, 100.5)
    assert sheet["B6"].number_format == "0.0"
    assert rows[4][3] == 2527
    assert sheet["D7"].number_format == '"ca\u00a0"0'
    assert rows[5][1:7] == ("<5", "..", "..", "saknas", "saknas", "I.U")
    report = [cell.value for cell in book["Rapport"]["A"] if cell.value]
    assert "Tabellen står på bladet ”2 Nämndens mål”." in report
    assert "Rad två." in report
    assert "Går inte att bedöma: 3" in report


def test_a_sheet_says_where_its_table_stands():
    rapport = tabell_rapport(indicators=1, mal=1)
    utan = replace(table(), bildtext="", rubrik="")
    book = book_of(
        replace(rapport, avsnitt=(replace(rapport.avsnitt[0], rubrik="Läget", delar=(table(), utan)),))
    )
    caption = table().bildtext
    assert book.sheetnames[-3:-1] == [f"2 {caption}", "3 Läget"]
    assert book[f"2 {caption}"]["A1"].value == f"Läget · {caption}"
    assert book["3 Läget"]["A1"].value == "Läget"


def test_excel_never_reads_hostile_text_as_a_formula():
    for sheet in book_of(hostile_tabell("=1+1")).worksheets:
        for row in sheet.iter_rows():
            assert all(cell.data_type != "f" for cell in row)


@pytest.mark.parametrize(
    ("text", "number", "code"),
    [
        ("67,6", 67.6, "0.0"),
        ("74", 74, "0"),
        ("2589", 2589, "0"),
        ("2 589", 2589, "#,##0"),
        ("58,4%", 58.4, '0.0"%"'),
        (">89,9%", 89.9, '">"0.0"%"'),
        ("-5", -5, "0"),
        ("I.U", 5, None),
        ("1580", 580, None),
        ("5,8", 5, None),
    ],
)
def test_the_number_keeps_its_printed_form(text, number, code):
    assert number_code(text, number) == code


def test_json_has_the_rows_with_id_by_column_or_as_they_say_of_themselves():
    made = json.loads(to_json(tabell_rapport(indicators=1, mal=1)))
    rows = {row["id"]: row for row in made["avsnitt"][0]["rader"]}
    assert rows["m1"] == {"id": "m1", "etikett": "Mål 1. Fler i arbete", "lage": "Uppfylls delvis"}
    assert rows["i100"]["Totalt 2024"] == 100.5
    assert rows["dolda"]["Kvinnor 2023"] is None
    assert rows["dolda"]["dolda"] == {"Kvinnor 2023": "<5", "Män 2023": "..", "Totalt 2023": ".."}
    assert rows["osaker"] == {"id": "osaker", "etikett": "Osäker", "egen": [1]}


def test_text_for_a_terminal_has_every_part():
    text = to_text(tabell_rapport(indicators=1, mal=1))
    for line in ("3 Nås  3 På väg  3 Nås inte  3 Går inte att bedöma", "- Första", "Rad två.", "Inget."):
        assert line in text.split("\n")
    assert "Jan–aug 2023" in text
    assert "ca 2527" in text
    assert to_text(hostile_tabell(LONG)).count("SLUTORDET") > 5


def test_a_table_longer_than_any_page_is_measured_to_its_end():
    pdf = TaggedPdf(pdf_bytes(tabell_rapport(indicators=300, mal=2)))
    (shown,) = [one for one in pdf.nodes("Table") if "Hushåll" in one.full_text()]
    assert len(pdf.table_texts(shown)) == 2 + 2 * 301 + 3
