"""A report as a workbook: read back with openpyxl."""

import io
import zipfile

import pytest
from openpyxl import load_workbook

from desktop.reports.xlsx import write_xlsx
from tests.helpers.rapport_exempel import (
    HOSTILE,
    all_hidden,
    avslut_rapport,
    empty_rapport,
    hostile_rapport,
    long_rapport,
    without_comparison,
)


def written(rapport):
    out = io.BytesIO()
    write_xlsx(rapport, out)
    return out.getvalue()


def book_of(rapport):
    return load_workbook(io.BytesIO(written(rapport)))


def row_of(sheet, label):
    return next(list(row) for row in sheet.iter_rows() if row[0].value == label)


def test_numbers_are_numbers_in_the_order_of_the_printed_table():
    sheet = book_of(avslut_rapport())["Rapport"]
    heads = [cell.value for cell in sheet[8]]
    assert heads == [
        "Uppgift",
        "Enhet",
        *("Kvinnor", "Män", "Uppgift saknas", "Totalt") * 2,
        "Ändring totalt",
    ]
    assert (sheet["C7"].value, sheet["G7"].value) == ("Jan–aug 2023", "Jan–aug 2024")
    values = [cell.value for cell in row_of(sheet, "Alla avslut")]
    assert values == ["Alla avslut", "antal", 409, 327, 0, 736, 418, 344, 2, 764, 28]


def test_shares_stay_exact_and_show_whole_per_cent():
    sheet = book_of(avslut_rapport())["Rapport"]
    row = row_of(sheet, "Andel till arbete eller studier")
    section = [cells for cells in sheet.iter_rows() if cells[0].value == "Andel till arbete eller studier"]
    row = section[-1]
    assert [row[1].value, row[7].value, row[7].number_format] == ["procent", 54.65, '0"\u00a0%"']
    assert row[10].value == 3


def test_hidden_cells_hold_their_mark_and_never_a_number():
    sheet = book_of(avslut_rapport())["Rapport"]
    values = [cell.value for cell in row_of(sheet, "Övergång till annan anställning")]
    assert values[2:] == [0, "<5", 0, "<5", "<5", "..", 0, 6, ".."]
    hidden = book_of(all_hidden())["Rapport"]
    figures = [
        cell for row in hidden.iter_rows(min_row=9, min_col=3) for cell in row if cell.value is not None
    ]
    assert {cell.value for cell in figures} <= {"<5", "..", "ej uppdelat"}


def test_a_note_explains_the_marks_only_when_there_are_any():
    def texts(rapport):
        return " ".join(str(row[0].value) for row in book_of(rapport)["Rapport"].iter_rows())

    assert "<5 = 1–4 personer." in texts(avslut_rapport())
    assert "personer." not in texts(without_comparison(empty_rapport()))


@pytest.mark.parametrize("rapport", [avslut_rapport(), hostile_rapport(), long_rapport(), empty_rapport()])
def test_no_formula_anywhere(rapport):
    data = written(rapport)
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        sheets = [archive.read(name) for name in archive.namelist() if name.startswith("xl/worksheets/")]
    assert all(b"<f>" not in sheet and b"<f " not in sheet for sheet in sheets)
    book = load_workbook(io.BytesIO(data))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row if cell.value is not None]
    assert {cell.data_type for cell in cells} <= {"s", "n"}
    suspect = [
        cell for cell in cells if str(cell.value).startswith(("=", "+", "-", "@")) and cell.data_type == "s"
    ]
    assert all(cell.quotePrefix for cell in suspect)


def test_hostile_labels_are_kept_as_text():
    labels = {row[0].value for row in book_of(hostile_rapport())["Rapport"].iter_rows(min_row=9)}
    assert set(HOSTILE[:7]) <= labels
    assert "rad ett rad två tabb" in labels


def test_frozen_heads_print_set_up_and_definitions():
    book = book_of(avslut_rapport())
    sheet = book["Rapport"]
    assert sheet.freeze_panes == "C9"
    assert sheet.print_title_rows == "$7:$8"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight) == ("landscape", 0)
    meanings = {row[0].value: row[1].value for row in book["Definitioner"].iter_rows()}
    assert meanings["Studier"] == "Studier som berättigar till studiemedel."
    assert meanings["Skyddade uppgifter"].startswith("<5 betyder 1–4 personer.")


def test_demo_and_empty_reports_say_so():
    texts = {row[0].value for row in book_of(empty_rapport())["Rapport"].iter_rows()}
    assert {
        "Påhittade uppgifter",
        "Det finns inga uppgifter för perioden.",
        "Inga uppgifter för perioden.",
    } <= texts
