"""`kontrollera`, `sakerhetskopiera` and `aterstall` as a job calls them."""

from contextlib import closing
from pathlib import Path

import pytest
from sqlalchemy import text

from db.aktor import Aktor
from db.session import open_store
from desktop.cli import main
from tests.helpers.factories import make_deltagare


@pytest.fixture
def register(register_file: Path, aktor: Aktor) -> Path:
    with closing(open_store(register_file)) as store, store.unit_of_work(aktor, "test") as work:
        make_deltagare(work.session)
    return register_file


def test_a_sound_register(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["--db", str(register), "kontrollera"]) == 0
    said = capsys.readouterr()
    assert said.out == "Registret är helt: filen, hänvisningarna, sökorden och historiken stämmer.\n"
    assert said.err == ""


def test_a_register_with_faults(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    with closing(open_store(register)) as store, store.engine.begin() as connection:
        connection.execute(text("DELETE FROM sokord"))
    assert main(["--db", str(register), "kontrollera"]) == 1
    assert capsys.readouterr().out == (
        "sökorden: Rad 1 i deltagare har fel sökord, så personen hittas inte på sitt namn.\n"
    )


def test_there_and_back(register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy, again = tmp_path / "kopia", tmp_path / "igen"
    assert main(["--db", str(register), "sakerhetskopiera", str(copy)]) == 0
    assert main(["--db", str(again), "aterstall", str(copy)]) == 0
    assert main(["--db", str(again), "kontrollera"]) == 0
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["--db", "{saknas}", "kontrollera"], "finns inte"),
        (["--db", "{mapp}", "kontrollera"], "är en mapp"),
        (["--db", "{register}", "sakerhetskopiera", "{register}"], "finns redan"),
        (["--db", "{register}", "sakerhetskopiera", "{saknas}/kopia"], "Mappen"),
        (["--db", "{register}", "aterstall", "{register}"], "finns redan"),
        (["--db", "{saknas}", "aterstall", "{saknas}"], "finns inte"),
        (["--db", "{saknas}", "aterstall", "{brev}"], "inget register"),
        (["--db", "postgresql://x@127.0.0.1:1/x", "aterstall", "{register}"], "administratör"),
        (["--db", "postgresql://x@127.0.0.1:1/x", "kontrollera"], "svarar inte"),
    ],
)
def test_what_cannot_be_done_is_one_line(
    register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    (tmp_path / "brev").write_bytes(b"Hej " * 400)
    names = {
        "saknas": str(tmp_path / "saknas"),
        "mapp": str(tmp_path),
        "register": str(register),
        "brev": str(tmp_path / "brev"),
    }
    before = sorted(tmp_path.iterdir())
    assert main([argument.format(**names) for argument in arguments]) == 2
    said = capsys.readouterr()
    assert told in said.err
    assert said.err.startswith("Fel: ")
    assert said.err.count("\n") == 1
    assert said.out == ""
    assert sorted(tmp_path.iterdir()) == before
