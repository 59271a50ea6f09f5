"""`frys`, `frysta` and `fryst` as a job calls them."""

import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from db.aktor import SYSTEM, Aktor, Roll
from db.commands.frysta import approve_fryst
from db.errors import ConflictError
from db.session import open_store
from desktop import fryst_service, version
from desktop.cli import main
from desktop.fryst_service import compare_frozen, freeze_report, make_frozen_form, make_pdf, read_frozen
from desktop.report_service import prepare_report
from desktop.reports.registry import REPORTS
from resources import resource_path
from tests.helpers import factories as make

NU = datetime(2025, 1, 15, 9, 30, tzinfo=UTC)
CHEF = Aktor("eva", "Eva", Roll.CHEF)


@pytest.fixture
def register(register_file: Path, aktor: Aktor) -> Path:
    with closing(open_store(register_file)) as store, store.unit_of_work(aktor, "test") as work:
        make.make_medarbetare(work.session, signatur="elin", namn="Elin Måsvik")
        for nummer in range(24):
            person = make.make_deltagare(work.session, kon="KM"[nummer % 2]).id
            make.make_inskrivning(
                work.session, deltagare_id=person, inskriven=date(2024, 2, 1), koordinator="elin"
            )
    return register_file


@pytest.fixture
def call(register: Path) -> Callable[..., int]:
    return lambda *arguments: main(["--db", str(register), *arguments])


def add_people(register: Path, antal: int, kon: str = "K") -> None:
    with closing(open_store(register)) as store, store.unit_of_work(SYSTEM, "test") as work:
        for _ in range(antal):
            person = make.make_deltagare(work.session, kon=kon).id
            make.make_inskrivning(work.session, deltagare_id=person, inskriven=date(2024, 3, 1))


def test_frozen_listed_and_printed_again(
    register: Path,
    call: Callable[..., int],
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert call("frys", "deltagare", "--period", "2024", "--jamfor", "2023", "--text", "Bokslut") == 0
    said = capsys.readouterr()
    assert said.out == "1\n"
    assert "Perioden är inte markerad som klar av Elin Måsvik." in said.err
    assert call("frysta", "--json") == 0
    (rad,) = json.loads(capsys.readouterr().out)
    assert (rad["rapport"], rad["fran"], rad["text"], rad["godkand"]) == (
        "deltagare", "2024-01-01", "Bokslut", None,
    )  # fmt: skip
    files = {form: tmp_path / f"r.{form}" for form in ("pdf", "xlsx", "json")}
    forms = [text for form, path in files.items() for text in (f"--{form}", str(path))]
    assert call("fryst", "1", *forms) == 0
    first = {form: path.read_bytes() for form, path in files.items()}
    assert first["pdf"].startswith(b"%PDF-")
    assert first["xlsx"].startswith(b"PK")
    add_people(register, 9)
    monkeypatch.setattr("time.time", lambda: 2_000_000_000.0)  # another year
    assert call("fryst", "1", "--pdf", str(files["pdf"]), "--xlsx", str(files["xlsx"])) == 0
    assert files["pdf"].read_bytes() == first["pdf"]
    assert files["xlsx"].read_bytes() == first["xlsx"]
    capsys.readouterr()
    assert call("fryst", "1", "--json", "-") == 0
    assert capsys.readouterr().out.encode() == first["json"]
    assert call("kontrollera") == 0


def test_the_list_tells_who_approved_and_which_version(
    register: Path, call: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    for _ in range(2):
        assert call("frys", "deltagare", "--period", "2024") == 0
    with closing(open_store(register)) as store:
        approve_fryst(store, CHEF, 2, NU)
    capsys.readouterr()
    assert call("frysta") == 0
    second, first = capsys.readouterr().out.splitlines()
    assert second.startswith("2  Deltagare och insatser, 2024-01-01–2024-12-31, version 2, fryst ")
    assert second.endswith("godkänd av eva, chef")
    assert first.endswith("inte godkänd, ersatt av en senare version")
    assert call("fryst", "2") == 0
    assert capsys.readouterr().out.rstrip() == second


def test_what_has_changed_since(
    register: Path, call: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    """R12: nine more are told, two more are not."""
    assert call("frys", "deltagare", "--period", "2024", "--jamfor", "2023") == 0
    capsys.readouterr()
    assert call("fryst", "1", "--andrat-sedan") == 0
    assert capsys.readouterr().out == "Inget har ändrats sedan rapporten frystes.\n"
    add_people(register, 9)
    assert call("fryst", "1", "--andrat-sedan") == 0
    said = capsys.readouterr().out.splitlines()
    assert "Inskrivna under perioden, kvinnor: 12 → 21 (+9)" in said
    assert "Inskrivna under perioden, totalt: 24 → 33 (+9)" in said
    add_people(register, 2, "M")
    assert call("fryst", "1", "--andrat-sedan") == 0
    said = capsys.readouterr().out.splitlines()
    assert "Inskrivna under perioden, man: 12 → .." in said
    assert "Inskrivna under perioden, kvinnor: 12 → 21 (+9)" in said


def test_what_was_chosen_of_a_report_is_frozen_with_it(
    register: Path, call: Callable[..., int], capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ["--utan", "moten", "--kommentar", "Som väntat."]
    assert call("frys", "deltagare", "--period", "2024", *chosen) == 0
    assert call("frys", "deltagare", "--period", "2024", "--utan", "finnsinte") == 2
    assert "ingen del" in capsys.readouterr().err
    assert call("fryst", "1", "--json", "-") == 0
    avsnitt = json.loads(capsys.readouterr().out)["avsnitt"]
    assert (avsnitt[-1]["rubrik"], avsnitt[-1]["text"]) == ("Förvaltningens kommentar", "Som väntat.")
    assert "Möten" not in [one["rubrik"] for one in avsnitt]
    assert call("fryst", "1", "--andrat-sedan") == 0
    assert capsys.readouterr().out == "Inget har ändrats sedan rapporten frystes.\n"


def test_an_urval_is_frozen_beside_the_whole_report(
    call: Callable[..., int], register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """Another urval is no later version of the same report."""
    add_people(register, 6)
    assert call("frys", "deltagare", "--period", "2024") == 0
    assert call("frys", "deltagare", "--period", "2024", "--malgrupp", "over_55") == 0
    capsys.readouterr()
    assert call("frysta") == 0
    narrowed, whole = capsys.readouterr().out.splitlines()
    assert "Deltagare och insatser, 55 år och äldre, 2024-01-01–2024-12-31, version 1, fryst" in narrowed
    assert "version 1" in whole
    assert "ersatt" not in narrowed + whole
    assert call("fryst", "2", "--andrat-sedan") == 0
    assert capsys.readouterr().out == "Inget har ändrats sedan rapporten frystes.\n"
    assert call("fryst", "2", "--json", "-") == 0
    assert json.loads(capsys.readouterr().out)["urval"] == {"malgrupp": "over_55"}


def test_sections_and_the_comparison_are_told() -> None:
    from db.rules.andrat import Andrat, Skillnad
    from desktop.reports.andrat_ord import tell_changes

    andel = Skillnad("A", "a", "Andel", "andel", "jamforelse", "uppgift_saknas", 49.55, None, "", "", None)
    assert tell_changes(Andrat((andel,), ("Beslut",))) == [
        "Andel, jämförelsen, uppgift saknas: 50 → –", "Beslut: texten har ändrats",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["fryst", "7"], "finns inte"),
        (["fryst", "1", "--pdf", "a", "--json", "a"], "samma plats"),
        (["frys", "finnsinte", "--period", "2024"], "finns inte"),
        (["fryst", "ett"], "ID"),
    ],
)
def test_wrong_use_is_told(
    call: Callable[..., int], capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    try:
        code = call(*arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    assert code == 2
    assert told in capsys.readouterr().err


def test_it_is_made_anew_where_a_print_comes_out_meanwhile(
    call: Callable[..., int], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    real, asked = fryst_service.freeze_report, []

    def busy(*arguments: Any) -> Any:
        asked.append(1)
        if len(asked) != 2:
            raise ConflictError("En annan utskrift har lämnats ut.")
        return real(*arguments)

    monkeypatch.setattr(fryst_service, "freeze_report", busy)
    assert call("frys", "deltagare", "--period", "2024") == 0
    assert len(asked) == 2
    assert call("frys", "deltagare", "--period", "2024") == 1
    assert "lämnats ut" in "".join(capsys.readouterr())
    assert len(asked) == 2 + 3


def check_frozen(register: Path, namn: str, period: str, **more: str) -> None:
    """Frozen, read, written anew with the same bytes by the same version, and not changed since."""
    with closing(open_store(register)) as store:
        fardig = prepare_report(store, SYSTEM, namn, period, idag=date(2025, 1, 15), **more)
        frozen = freeze_report(store, CHEF, fardig, datetime.now().astimezone())
        fryst = read_frozen(store, CHEF, frozen.id)
        assert fryst.rapport == fardig.rapport
        assert fryst.installningar["troskel"] == 5
        assert make_pdf(fryst.rapport, fryst.utskrivet) == make_frozen_form(store, CHEF, frozen.id, "pdf")
        andrat, _ = compare_frozen(store, CHEF, frozen.id, date(2025, 1, 15))
        assert not andrat


@pytest.mark.parametrize("namn", sorted(set(REPORTS) - {"uppfoljning"}))
def test_the_pages_are_written_anew_with_the_same_bytes(register: Path, namn: str) -> None:
    check_frozen(register, namn, "2024", jamfor="2023")


PLANER = Path(__file__).parents[3] / "resources/planer"
UPPFOLJDA = {
    "botkyrka-2011": "2011-12", "linkoping-2024": "2024-08", "sodertalje-2014": "2014-12",
    "sodertalje-2024": "2024-T1", "uppsala-2024": "2024-03",
}  # fmt: skip


@pytest.mark.parametrize("plan", UPPFOLJDA)
def test_so_are_those_of_a_follow_up(register: Path, call: Callable[..., int], plan: str) -> None:
    assert call("plan", "importera", str(PLANER / f"{plan}.toml")) == 0
    check_frozen(register, "uppfoljning", UPPFOLJDA[plan], plan=plan)


def test_a_program_run_from_its_source_has_no_version(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(version, "version", lambda _name: "1.2")
    assert version.program_version() == "1.2"

    def missing(name: str) -> str:
        raise version.PackageNotFoundError(name)

    monkeypatch.setattr(version, "version", missing)
    assert version.program_version() == version.UNKNOWN


def test_the_follow_up_of_a_plan_is_frozen_with_its_plan(
    register: Path, call: Callable[..., int], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    for kod in ("sodertalje-2024", "uppsala-2024"):
        assert call("plan", "importera", str(resource_path("planer") / f"{kod}.toml")) == 0
    with closing(open_store(register)) as store:
        fardig = prepare_report(store, SYSTEM, "uppfoljning", "2024", plan="uppsala-2024", idag=NU.date())
        saved = freeze_report(store, SYSTEM, fardig, NU)
        fryst = read_frozen(store, SYSTEM, saved.id)
        assert fryst.parametrar["plan"] == "uppsala-2024"
        assert make_frozen_form(store, SYSTEM, saved.id, "pdf") == make_pdf(fardig.rapport, NU)
        assert not compare_frozen(store, SYSTEM, saved.id, NU.date())[0]
    assert call("fryst", str(saved.id), "--andrat-sedan") == 0
    assert "Inget har ändrats" in capsys.readouterr().out
