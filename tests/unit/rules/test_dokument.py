"""Files that may be attached, and names that are made harmless."""

import unicodedata
from io import BytesIO
from zipfile import ZipFile

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from db.rules.dokument import (
    LANGSTA_NAMN,
    STORST,
    check_fil,
    clean_namn,
    describe_typ,
    ending,
    rename,
)


def zipped(*names: str) -> bytes:
    out = BytesIO()
    with ZipFile(out, "w") as parts:
        for name in names:
            parts.writestr(name, "x")
    return out.getvalue()


@pytest.mark.parametrize(
    ("namn", "data"),
    [
        ("intyg.pdf", b"%PDF-1.7"),
        ("INTYG.PDF", b"\r\n%PDF-1.4"),
        ("cv.docx", zipped("word/document.xml")),
        ("cv.odt", zipped("content.xml", "mimetype")),
        ("lista.xlsx", zipped("xl/workbook.xml")),
        ("bild.jpg", b"\xff\xd8\xff\xe0"),
        ("bild.png", b"\x89PNG\r\n\x1a\n..."),
        ("skanning.tiff", b"MM\x00*"),
        ("brev.rtf", b"{\\rtf1"),
        ("samtal.txt", "Åsa ringde.".encode()),
    ],
)
def test_what_may_be_attached(namn: str, data: bytes) -> None:
    assert check_fil(namn, data) == ""


@pytest.mark.parametrize(
    ("namn", "data", "said"),
    [
        ("virus.exe", b"MZ", "filtyp"),
        ("utan ändelse", b"%PDF-1.7", "filtyp"),
        ("intyg.pdf.exe", b"%PDF-1.7", "filtyp"),
        ("makro.docm", zipped("word/document.xml"), "filtyp"),
        ("tom.pdf", b"", "tom"),
        ("stor.pdf", b"%PDF-" + b"x" * STORST, "för stor"),
        ("intyg.pdf", b"MZ" + b"x" * 2000 + b"%PDF-", "något annat"),
        ("bild.png", b"\xff\xd8\xff", "något annat"),
        ("cv.docx", zipped("xl/workbook.xml"), "något annat"),
        ("cv.docx", b"PK\x03\x04 trasig", "skadad"),
        ("cv.docx", zipped("word/document.xml", "word/vbaProject.bin"), "makron"),
        ("text.txt", b"MZ\x00\x01", "något annat"),
    ],
)
def test_what_may_not(namn: str, data: bytes, said: str) -> None:
    sentence = check_fil(namn, data)
    assert said in sentence
    assert sentence.startswith(namn)
    assert sentence.endswith(".")


@pytest.mark.parametrize(
    ("hostile", "clean"),
    [
        ("intyg.pdf", "intyg.pdf"),
        ("../../etc/passwd", "passwd"),
        ("C:\\Users\\åsa\\läkarintyg.pdf", "läkarintyg.pdf"),
        ("faktura\u202efdp.exe", "faktura fdp.exe"),
        ("rad\nbrytning\x00.pdf", "rad brytning.pdf"),
        ("CON.pdf", "_CON.pdf"),
        ("com1", "_com1"),
        ("nul.tar.pdf", "_nul.tar.pdf"),
        ("konsult.pdf", "konsult.pdf"),
        ('a<b>:"c|?*.pdf', "a_b___c___.pdf"),
        ("  . .pdf", "pdf"),
        ("...", "dokument"),
        ("", "dokument"),
        ("sluta. ", "sluta"),
        ("la\u0308karintyg.pdf", "läkarintyg.pdf"),
    ],
)
def test_hostile_names(hostile: str, clean: str) -> None:
    assert clean_namn(hostile) == clean


@given(st.text(max_size=300))
@example("." * 300)
@example("x" * 300 + ".pdf")
@example("a. .. .")
def test_a_clean_name_is_harmless_and_stays(namn: str) -> None:
    clean = clean_namn(namn)
    assert 0 < len(clean) <= LANGSTA_NAMN + 1
    assert not set(clean) & set('/\\<>:"|?*')
    assert not any(unicodedata.category(sign).startswith("C") for sign in clean)
    assert clean == clean.strip()
    assert clean.strip(".") == clean
    assert clean_namn(clean) == clean


def test_a_new_name_keeps_the_kind() -> None:
    assert rename("intyg.pdf", " Läkarintyg mars ") == "Läkarintyg mars.pdf"
    assert rename("intyg.pdf", "nytt.PDF") == "nytt.PDF"
    assert rename("intyg.pdf", "nytt.exe") == "nytt.exe.pdf"


def test_words() -> None:
    assert describe_typ("application/pdf") == "Pdf"
    assert describe_typ("application/x-annat") == "Fil"
    assert (ending("cv.DOCX"), ending("cv")) == ("docx", "")


def test_a_cut_ending_has_no_blank_left() -> None:
    assert clean_namn("0.000000000 0") == "0.000000000"
