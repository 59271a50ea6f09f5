"""`importera`, `angra-import`, `exportera` and `mall` as a job calls them."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from tests.exchange.workbooks import contents, full_register, save, set_cell


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return save(tmp_path / "bok.xlsx", full_register())


@pytest.fixture
def faulty(tmp_path: Path) -> Path:
    return save(tmp_path / "fel.xlsx", set_cell(full_register(), "Möten", 4, "form", "brev"))


def call(register: Path, *arguments: Any) -> int:
    return main(["--db", str(register), *map(str, arguments)])


def told(capsys: pytest.CaptureFixture[str]) -> dict[str, Any]:
    said: dict[str, Any] = json.loads(capsys.readouterr().out)
    return said


def test_an_import_answers_with_the_json_of_the_contract(
    register_file: Path, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(register_file, "importera", book, "--json") == 0
    said = told(capsys)
    rows = sum(len(sheet) - 1 for sheet in full_register().values())
    assert list(said) == ["import_id", "nya", "andrade", "oforandrade", "hoppade", "fel", "varningar"]
    assert said["import_id"] == 1
    assert (said["nya"], said["oforandrade"], said["hoppade"]) == (rows - 1, 1, 0)


def test_faults_are_told_on_stdout_with_exit_one(
    register_file: Path, faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(register_file, "importera", faulty, "--json") == 1
    said = told(capsys)
    assert said["import_id"] is None
    assert said["fel"] == [
        {
            "blad": "Möten",
            "rad": 4,
            "kolumn": "form",
            "varde": "brev",
            "meddelande": "Värdet är okänt. Skriv fysiskt, telefon eller digitalt.",
        }
    ]
    assert call(register_file, "importera", faulty) == 1
    out = capsys.readouterr().out
    assert "Fel: Möten, rad 4, form (brev): Värdet är okänt." in out
    assert out.endswith("1 fel. Inget har lästs in.\n")


def test_trying_leaves_no_trace_and_needs_no_register(
    tmp_path: Path, book: Path, faulty: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    nowhere = tmp_path / "nytt.egenvag"

    assert call(nowhere, "importera", book, "--prova", "--json") == 0
    assert (told(capsys)["import_id"], nowhere.exists()) == (None, False)
    assert call(nowhere, "importera", faulty, "--prova", "--json") == 1
    assert told(capsys)["nya"] == 0
    assert call(nowhere, "importera", book, "--prova") == 0
    assert capsys.readouterr().out.startswith("Provat: ")


def test_skipping_writes_the_error_workbook_and_is_done(
    register_file: Path, faulty: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    felfil = tmp_path / "felfil.xlsx"

    assert call(register_file, "importera", faulty, "--hoppa-over-fel", felfil, "--json") == 0

    said = told(capsys)
    assert (said["import_id"], said["hoppade"], len(said["fel"])) == (1, 1, 1)
    assert contents(felfil)["Möten"][0][-1] == "fel"


def test_an_import_is_undone_once(
    register_file: Path, book: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(register_file, "importera", book) == 0
    assert call(register_file, "angra-import", 1) == 0
    assert capsys.readouterr().out.endswith("Import 1 är ångrad.\n")
    assert call(register_file, "angra-import", 1) == 1
    assert capsys.readouterr().err == ""
    assert call(register_file, "angra-import", 7) == 2
    assert capsys.readouterr().err == "Fel: Det finns ingen import med nummer 7. Kontrollera numret.\n"


def test_export_and_template_are_written(
    register_file: Path, book: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    call(register_file, "importera", book)
    assert call(register_file, "exportera", tmp_path / "ut.xlsx") == 0
    assert call(register_file, "mall", tmp_path / "mall.xlsx") == 0
    assert contents(tmp_path / "ut.xlsx")["Hushåll"][1] == ["H1", 2.0]
    assert call(register_file, "importera", tmp_path / "mall.xlsx", "--json") == 0
    assert "Mallen är skriven" in capsys.readouterr().out


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04skrap", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"])
def test_a_broken_file_is_one_line_and_exit_two(
    register_file: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: bytes
) -> None:
    path = tmp_path / "trasig.xlsx"
    path.write_bytes(content)

    assert call(register_file, "importera", path, "--json") == 2

    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.startswith("Fel: trasig.xlsx ")
    assert said.err.count("\n") == 1
