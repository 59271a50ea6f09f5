"""Parts left out of a report, and the comment to the nämnd, in every form."""

import io
import json
from datetime import datetime

import pytest
from openpyxl import load_workbook

from db.errors import KnownError
from desktop.reports.innehall import (
    DIAGRAM,
    KOMMENTAR,
    LONGEST,
    NOTHING_LEFT,
    Tillval,
    choose_innehall,
    list_delar,
)
from desktop.reports.json_writer import to_json
from desktop.reports.pdf import write_pdf
from desktop.reports.text_writer import to_text
from desktop.reports.xlsx import write_xlsx
from tests.helpers.pdf_structure import TaggedPdf, faults
from tests.helpers.rapport_exempel import HOSTILE, avslut_rapport
from tests.helpers.rapport_tabell import LONG, PAYLOAD

WHEN = datetime(2024, 9, 12, 8, 14)
RUBRIKER = [avsnitt.rubrik for avsnitt in avslut_rapport().avsnitt]


def pdf_bytes(rapport):
    out = io.BytesIO()
    write_pdf(rapport, out, utskrivet=WHEN)
    return out.getvalue()


def cells(rapport):
    out = io.BytesIO()
    write_xlsx(rapport, out)
    return [
        c for sheet in load_workbook(out) for row in sheet.iter_rows() for c in row if c.value is not None
    ]


def words(text):
    return " ".join(text.split())


def test_each_section_and_the_charts_can_be_left_out():
    whole = avslut_rapport()
    delar = list_delar(whole)
    assert [del_.rubrik for del_ in delar] == ["Diagram", *RUBRIKER]
    assert delar[0].nyckel == DIAGRAM
    without = choose_innehall(whole, Tillval(utan=(DIAGRAM, delar[2].nyckel)))
    assert [avsnitt.rubrik for avsnitt in without.avsnitt] == [RUBRIKER[0], *RUBRIKER[2:]]
    assert not any(avsnitt.diagram for avsnitt in without.avsnitt)
    data = pdf_bytes(without)
    assert faults(data) == []
    read = TaggedPdf(data).tree_text()
    assert RUBRIKER[0] in read
    assert RUBRIKER[1] not in read
    assert RUBRIKER[1] not in to_text(without)


def test_nothing_chosen_is_the_report_itself():
    assert choose_innehall(avslut_rapport(), Tillval()) == avslut_rapport()
    assert Tillval().parametrar() == {}


def test_a_part_that_this_report_lacks_is_passed_over():
    assert choose_innehall(avslut_rapport(), Tillval(utan=("finns_inte",))) == avslut_rapport()


def test_something_must_be_left():
    alla = tuple(del_.nyckel for del_ in list_delar(avslut_rapport()))
    with pytest.raises(KnownError, match=NOTHING_LEFT):
        choose_innehall(avslut_rapport(), Tillval(utan=alla, kommentar="Kvar"))


def test_a_comment_that_is_too_long_is_refused():
    assert choose_innehall(avslut_rapport(), Tillval(kommentar="x" * LONGEST)).avsnitt[-1].delar
    with pytest.raises(KnownError, match="för lång"):
        choose_innehall(avslut_rapport(), Tillval(kommentar="x" * (LONGEST + 1)))


def test_the_comment_stands_last_under_a_heading_of_its_own():
    rapport = choose_innehall(avslut_rapport(), Tillval(kommentar="  Första raden.\nAndra raden.\n "))
    assert [avsnitt.rubrik for avsnitt in rapport.avsnitt] == [*RUBRIKER, KOMMENTAR]
    data = pdf_bytes(rapport)
    assert faults(data) == []
    lines = [line.strip() for line in TaggedPdf(data).tree_text().splitlines()]
    at = [lines.index(text) for text in ("Första raden.", "Andra raden.", "Skyddade uppgifter")]
    assert at == sorted(at)
    assert json.loads(to_json(rapport))["avsnitt"][-1] == {
        "rubrik": KOMMENTAR, "rader": [], "text": "Första raden.\nAndra raden.",
    }  # fmt: skip
    assert "text" not in json.loads(to_json(rapport))["avsnitt"][0]


@pytest.mark.parametrize("text", [*HOSTILE, PAYLOAD, LONG, "ord " * 5_000, "x" * 20_000, "rad\n" * 400])
def test_hostile_and_long_comments_print_as_text(text):
    rapport = choose_innehall(avslut_rapport(), Tillval(kommentar=text))
    data = pdf_bytes(rapport)
    assert faults(data) == []
    assert b"/Subtype /Image" not in data
    assert data == pdf_bytes(rapport)
    found = cells(rapport)
    assert all(cell.data_type != "f" for cell in found)
    assert json.loads(to_json(rapport))["avsnitt"][-1]["text"] == text.strip()
    if text in (PAYLOAD, "<b>&</para>"):
        assert words(text) in words(TaggedPdf(data).tree_text())
        assert words(text) in words(to_text(rapport))
        assert any(words(text) in words(str(cell.value)) for cell in found)
    if text.startswith(("ord ", "xxx")):
        kept = TaggedPdf(data).tree_text().count(text[0])
        assert kept >= text.count(text[0])


def test_what_is_chosen_is_written_down_and_read_again():
    tillval = Tillval(("diagram", "kostnad_per_plats"), "Rad ett\nrad två")
    assert Tillval.from_parametrar(tillval.parametrar()) == tillval
    assert Tillval.from_parametrar({"namn": "avslut"}) == Tillval()
