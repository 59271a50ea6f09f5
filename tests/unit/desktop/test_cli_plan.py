"""`plan …` as a job calls it."""

import json
from pathlib import Path
from typing import Any

import pytest

from desktop.cli import main
from resources import resource_path

UPPSALA = resource_path("planer", "uppsala-2024.toml")


def call(register: Path, *arguments: Any) -> int:
    return main(["--db", str(register), "plan", *map(str, arguments)])


def test_a_plan_goes_in_and_comes_out(
    tmp_path: Path, register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(register_file, "lista") == 0
    assert call(register_file, "importera", UPPSALA) == 0
    assert call(register_file, "importera", UPPSALA) == 0
    assert call(register_file, "lista") == 0
    assert capsys.readouterr().out.splitlines() == [
        "Det finns inga planer i registret.",
        "Planen uppsala-2024 är inläst.",
        "Planen uppsala-2024 finns redan i registret, likadan. Inget har ändrats.",
        "uppsala-2024: Uppsala, Verksamhetsplan och budget 2024–2026. 28 mål, 72 aktiviteter, "
        "43 indikatorer, 0 volymmått.",
    ]
    ut = tmp_path / "ut.toml"
    assert call(register_file, "exportera", "uppsala-2024", ut) == 0
    assert capsys.readouterr().out == f"Planen är skriven till {ut}.\n"
    assert call(register_file, "exportera", "uppsala-2024", "-") == 0
    assert capsys.readouterr().out == ut.read_text(encoding="utf-8")
    assert call(register_file, "importera", ut, "--kod", "uppsala-2024", "--json") == 0
    assert json.loads(capsys.readouterr().out) == {
        "kod": "uppsala-2024", "plan_id": None, "fel": [], "varningar": [],
    }  # fmt: skip
    assert call(register_file, "lista", "--json") == 0
    assert json.loads(capsys.readouterr().out)[0]["kod"] == "uppsala-2024"


def test_faults_are_told_with_exit_one(
    tmp_path: Path, register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fil = tmp_path / "plan.toml"
    fil.write_text('[plan]\nkommun = "K"\nnamnd = "N"\nar = 24\nextra = 1\n', encoding="utf-8")
    assert call(register_file, "importera", fil, "--json") == 1
    said = json.loads(capsys.readouterr().out)
    assert [fel["rad"] for fel in said["fel"]] == [4]
    assert [fel["rad"] for fel in said["varningar"]] == [5]
    assert call(register_file, "importera", fil) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 fel. Inget har lästs in."
    assert call(register_file, "importera", UPPSALA, "--kod", "A/B") == 1
    assert "bindestreck" in capsys.readouterr().out


def test_what_does_not_exist_is_wrong_use(
    tmp_path: Path, register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert call(register_file, "importera", tmp_path / "borta.toml") == 2
    assert call(register_file, "exportera", "borta", tmp_path / "x.toml") == 2
    assert "Läs in en plan först." in capsys.readouterr().err
    with pytest.raises(SystemExit) as caught:
        call(register_file)
    assert caught.value.code == 2


def test_figures_of_other_municipalities(
    tmp_path: Path, register_file: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    fil = tmp_path / "kolada.json"
    varde = {"gender": "T", "count": 1, "status": "", "value": 47.2}
    rad = {"kpi": "U40455", "municipality": "0580", "period": 2023, "values": [varde]}
    fil.write_text(json.dumps({"values": [rad], "extra": 1}), encoding="utf-8")
    assert call(register_file, "kolada", fil) == 0
    assert capsys.readouterr().out.splitlines() == [
        "Varning: Nyckeln 'extra' känns inte igen och tas inte med.",
        "1 nya, 0 ändrade, 0 oförändrade, 0 borttagna värden.",
    ]
    assert call(register_file, "kolada", fil, "--json") == 0
    assert json.loads(capsys.readouterr().out)["oforandrade"] == 1
    fil.write_text("[]", encoding="utf-8")
    assert call(register_file, "kolada", fil) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "1 fel. Inget har lästs in."
    assert call(register_file, "kolada", fil, "--json") == 1
    assert len(json.loads(capsys.readouterr().out)["fel"]) == 1
    assert call(register_file, "kolada", tmp_path / "borta.json") == 2


def test_a_demo_has_a_plan_of_the_year_when_asked_for(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for register, extra, koder in (
        (tmp_path / "med", ("--plan",), ["exempelkommun-2026"]),
        (tmp_path / "utan", (), []),
    ):
        assert main(["--db", str(register), "demo", "--deltagare", "3", "--per", "2026-11-12", *extra]) == 0
        capsys.readouterr()
        assert call(register, "lista", "--json") == 0
        assert [plan["kod"] for plan in json.loads(capsys.readouterr().out)] == koder
