"""`rapporter`, `rapport` and `aktivitetskrav` as a job calls them."""

import json
from contextlib import closing
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from db.aktor import Aktor
from db.errors import ConflictError, KnownError
from db.models import Deltagare
from db.session import Store, open_store
from desktop import report_service
from desktop.cli import main
from desktop.report_service import Fardig, make_report
from desktop.reports.innehall import Tillval
from desktop.reports.texts import is_empty
from resources import resource_path
from tests.helpers import factories as make
from tests.helpers.pdf_structure import TaggedPdf

REPORTS = ["deltagare", "aktivitetskrav", "flode", "bip", "avslut", "osa", "belaggning", "bistand"]


@pytest.fixture
def register(register_file: Path, aktor: Aktor) -> Path:
    with closing(open_store(register_file)) as store, store.unit_of_work(aktor, "test") as work:
        for nummer in range(12):
            person = make.make_deltagare(work.session, kon="KM"[nummer % 2]).id
            make.make_arende(
                work.session, deltagare_id=person, ansokan=date(2024, 1, 2), beslut=date(2024, 1, 9)
            )
            make.make_inskrivning(work.session, deltagare_id=person, inskriven=date(2024, 2, 1))
        make.make_enhet(work.session, namn="Köket")
    return register_file


def call(register: Path, *arguments: str) -> int:
    return main(["--db", str(register), *arguments])


def test_the_reports_are_listed(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(register, "rapporter", "--json") == 0
    listed = [*REPORTS, "uppfoljning", "delegationsbeslut"]
    assert [rad["namn"] for rad in json.loads(capsys.readouterr().out)] == listed
    assert call(register, "rapporter") == 0
    assert [line.split()[0] for line in capsys.readouterr().out.splitlines()] == listed


@pytest.mark.parametrize("namn", REPORTS)
def test_a_report_as_json_on_stdout(register: Path, capsys: pytest.CaptureFixture[str], namn: str) -> None:
    assert call(register, "rapport", namn, "--period", "2024", "--jamfor", "2023", "--json", "-") == 0
    rapport = json.loads(capsys.readouterr().out)
    assert (rapport["rapport"], rapport["per"]) == (namn, "2024-12-31")
    assert rapport["period"] == {"fran": "2024-01-01", "till": "2024-12-31"}
    for rad in (rad for avsnitt in rapport["avsnitt"] for rad in avsnitt["rader"]):
        assert rad["etikett"]
        assert rad["enhet"] in ("antal", "andel", "dagar", "kr", "ar")


def test_the_list_of_decisions_names_nobody(
    register: Path, aktor: Aktor, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_store(register)) as store, store.unit_of_work(aktor, "test") as work:
        own = make.make_arende(work.session, nummer="A7").id
        for lopnummer, dag, typ in ((2, date(2024, 5, 2), "hyra"), (1, date(2024, 5, 1), "försörjningsstöd")):
            make.make_delegationsbeslut(
                work.session, arende_id=own, ar=2024, lopnummer=lopnummer, datum=dag, arendetyp=typ,
                lagrum="12 kap. 1 §", beslut="Bifall för 900101-9802",
            )  # fmt: skip
        make.make_delegationsbeslut(work.session, arende_id=None, datum=date(2023, 5, 3), arendetyp="hyra")
    call(register, "rapport", "delegationsbeslut", "--period", "2024", "--jamfor", "2023", "--json", "-")
    antal, lista = json.loads(capsys.readouterr().out)["avsnitt"]
    assert [(rad["id"], rad["totalt"], rad["jamforelse"]["totalt"]) for rad in antal["rader"]] == [
        ("delegationsbeslut.hyra.antal", 1, 1),
        ("delegationsbeslut.forsorjningsstod.antal", 1, 0),
        ("delegationsbeslut.totalt", 2, 1),
    ]
    assert lista["rader"][0] == {
        "id": "delegationsbeslut.2024.1", "etikett": "2024/1", "ar": 2024, "lopnummer": 1,
        "datum": "2024-05-01", "arende": "A7", "arendetyp": "försörjningsstöd", "lagrum": "12 kap. 1 §",
        "delegationspunkt": "2.1", "beslut": "Bifall för [nummer borttaget]", "delegat": "socialsekreterare",
    }  # fmt: skip
    assert len(lista["rader"]) == 2
    call(register, "rapport", "delegationsbeslut", "--period", "2023", "--json", "-")
    assert json.loads(capsys.readouterr().out)["avsnitt"][1]["rader"][0]["etikett"] == "saknas"
    call(register, "rapport", "delegationsbeslut", "--period", "2022")
    assert "Inga delegationsbeslut i perioden." in capsys.readouterr().out


def test_a_report_without_a_file_is_text(register: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert call(register, "rapport", "Deltagare", "--period", "2024-h1", "--jamfor", "2023-H1") == 0
    said = capsys.readouterr().out
    assert said.startswith("Deltagare och insatser\n1 januari–30 juni 2024, bedömt 2024-06-30\n")
    row = next(line for line in said.splitlines() if line.startswith("Inskrivna under perioden"))
    assert row.split()[3:] == ["6", "6", "12", "0"]


def test_every_form_in_one_call(register: Path, tmp_path: Path) -> None:
    files = {slag: tmp_path / f"rapport.{slag}" for slag in ("pdf", "xlsx", "json")}
    chosen = [text for slag, path in files.items() for text in (f"--{slag}", str(path))]
    assert call(register, "rapport", "deltagare", "--period", "2024", *chosen) == 0
    assert files["pdf"].read_bytes().startswith(b"%PDF-")
    assert files["xlsx"].read_bytes().startswith(b"PK")
    assert json.loads(files["json"].read_text(encoding="utf-8"))["rapport"] == "deltagare"


def test_all_files_or_none(register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    good, bad = tmp_path / "rapport.json", tmp_path / "saknas" / "rapport.xlsx"
    good.write_text("förra året", encoding="utf-8")
    arguments = ("--json", str(good), "--xlsx", str(bad))
    assert call(register, "rapport", "deltagare", "--period", "2024", *arguments) == 2
    assert "Mappen" in capsys.readouterr().err
    assert good.read_text(encoding="utf-8") == "förra året"
    assert [path.name for path in tmp_path.iterdir() if path.suffix != ".egenvag"] == ["rapport.json"]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (
            ["rapport", "finnsinte", "--period", "2024"],
            "Rapporten finnsinte finns inte. Välj bland",
        ),
        (["rapport", "avslut", "--period", "2024-13"], "Månad 13 finns inte"),
        (["rapport", "avslut", "--period", "2024", "--jamfor", "ifjol"], "är ingen period"),
        (["rapport", "avslut", "--period", "2024", "--per", "2024-02-30"], "är inget datum"),
        (["rapport", "avslut"], "det saknas: --period"),
        (["rapport", "avslut", "--period", "2024", "--json", "-", "--pdf", "-"], "Bara en av formerna"),
        (["rapport", "avslut", "--period", "2024", "--json", "a", "--pdf", "a"], "samma fil"),
    ],
)
def test_wrong_use_is_one_line(
    register: Path, capsys: pytest.CaptureFixture[str], arguments: list[str], told: str
) -> None:
    try:
        code = call(register, *arguments)
    except SystemExit as stop:
        code = int(stop.code or 0)
    said = capsys.readouterr()
    assert code == 2
    assert said.out == ""
    assert told in said.err
    assert said.err.count("\n") == 1


def test_every_followed_arende(register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    place = tmp_path / "krav.json"
    assert call(register, "aktivitetskrav", "--per", "2024-01-20", "--json", str(place)) == 0
    listed: list[dict[str, Any]] = json.loads(place.read_text(encoding="utf-8"))
    assert len(listed) == 12
    assert listed[0] | {"arende": ""} == {
        "arende": "",
        "start": "2024-01-09",
        "frist": "2024-01-23",
        "aktivitet": None,
        "status": "pagar",
        "dagar": None,
    }
    assert call(register, "aktivitetskrav", "--per", "2024-01-08", "--json", "-") == 0
    assert json.loads(capsys.readouterr().out) == []


def test_the_day_of_judgement_is_the_last_day_or_today_and_the_comparison_is_as_old(
    register: Path, aktor: Aktor
) -> None:
    def made(period: str, idag: date, **kw: Any) -> Any:
        with closing(open_store(register)) as store:
            return make_report(store, aktor, "deltagare", period, idag=idag, **kw)

    assert made("2024", date(2026, 3, 1)).per == "2024-12-31"
    halfway = made("2025", date(2025, 1, 31), jamfor="2024")
    assert halfway.per == "2025-01-31"
    # Inskrivna on 1 February 2024: nobody yet by the last of January.
    assert halfway.avsnitt[0].rader[0].jamforelse.totalt == 0
    assert made("2025", date(2026, 3, 1), jamfor="2024").avsnitt[0].rader[0].jamforelse.totalt == 12
    with pytest.raises(KnownError):
        made("2025", date(2026, 3, 1), jamfor="2024-Q5")


def _json(register: Path, capsys: pytest.CaptureFixture[str], period: str) -> dict[str, Any]:
    assert call(register, "rapport", "deltagare", "--period", period, "--json", "-") == 0
    rapport = json.loads(capsys.readouterr().out)
    return {rad["id"]: rad for avsnitt in rapport["avsnitt"] for rad in avsnitt["rader"]}


def _add_person(register: Path, aktor: Aktor, inskriven: date) -> None:
    with closing(open_store(register)) as store, store.unit_of_work(aktor, "test") as work:
        person = make.make_deltagare(work.session, kon="K").id
        make.make_inskrivning(work.session, deltagare_id=person, inskriven=inskriven)


def test_what_was_handed_over_hides_more_of_what_comes_after(
    register: Path, aktor: Aktor, capsys: pytest.CaptureFixture[str]
) -> None:
    """R12: 12 people in the first half-year; with one more the year would tell of her."""
    assert _json(register, capsys, "2024-H1")["deltagare.unika"]["totalt"] == 12
    _add_person(register, aktor, date(2024, 9, 1))
    rad = _json(register, capsys, "2024")["deltagare.unika"]
    assert (rad["totalt"], rad["kvinnor"], rad["dolda"]) == (None, None, {"kvinnor": "..", "totalt": ".."})
    assert call(register, "rapport", "deltagare", "--period", "2024") == 0
    said = " ".join(capsys.readouterr().out.split())
    assert "Fler tal är dolda för att de annars går att räkna fram med hjälp av en rapport" in said


def test_another_report_and_one_that_failed_hide_nothing(
    register: Path, aktor: Aktor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    missing = str(tmp_path / "saknas" / "rapport.pdf")
    assert call(register, "rapport", "deltagare", "--period", "2024-H1", "--pdf", missing) == 2
    assert call(register, "rapport", "avslut", "--period", "2024-H1", "--json", "-") == 0
    _add_person(register, aktor, date(2024, 9, 1))
    capsys.readouterr()
    assert _json(register, capsys, "2024")["deltagare.unika"]["totalt"] == 13


def test_a_print_that_comes_out_meanwhile_is_hidden_against(
    register: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Made anew, at most so many times."""
    asked: list[str] = []

    def busy(_store: Store, _aktor: Aktor, fardig: Fardig, _form: str) -> None:
        asked.append(fardig.rapport.rapport)
        if len(asked) != 2:
            raise ConflictError("En annan utskrift har lämnats ut.")

    monkeypatch.setattr(report_service, "hand_over", busy)
    assert call(register, "rapport", "avslut", "--period", "2024", "--json", "-") == 0
    assert json.loads(capsys.readouterr().out)["rapport"] == "avslut"
    assert len(asked) == 2
    assert call(register, "rapport", "avslut", "--period", "2024", "--json", "-") == 1
    assert "lämnats ut" in "".join(capsys.readouterr())
    assert len(asked) == 2 + 3


def test_a_plan_is_followed_up(register: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    plan = resource_path("planer", "uppsala-2024.toml")
    assert call(register, "plan", "importera", str(plan)) == 0
    fil = tmp_path / "uppfoljning.json"
    assert call(register, "rapport", "uppfoljning", "--period", "2024-T1", "--json", str(fil)) == 0
    made = json.loads(fil.read_text(encoding="utf-8"))
    rader = {rad["id"]: rad for avsnitt in made["avsnitt"] for rad in avsnitt["rader"]}
    assert len(rader) == 43
    bistand = next(rad for rad in rader.values() if "Ej återaktualiserade" in rad["etikett"])
    assert (bistand["utfall"]["2022"]["kvinnor"], bistand["utfall"]["2022"]["totalt"]) == (61, 67)
    assert bistand["riktvarde"]["text"] == "Öka"
    capsys.readouterr()
    asked = ("uppfoljning", "--period", "2024-T1", "--jamfor")
    assert call(register, "rapport", *asked, "2023-T1", "--json", "-") == 0
    said = capsys.readouterr()
    assert (json.loads(said.out), said.err.count("\n")) == (made, 1)
    assert "används inte" in said.err
    assert call(register, "frys", *asked, "2023-T1") == 0
    assert call(register, "rapport", *asked, "förra året") == 2
    capsys.readouterr()
    assert call(register, "rapport", "uppfoljning", "--period", "2024-T1", "--plan", "ingen") == 2
    assert "Planen ingen finns inte." in capsys.readouterr().err
    assert call(register, "rapport", "osa", "--period", "2024", "--form", "bilaga") == 2


def test_parts_are_left_out_and_the_comment_stands_last(
    register: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    chosen = ["--utan", "Möten", "--utan", "diagram", "--kommentar", "Fler än i fjol, se 19900101-9802."]
    assert call(register, "rapport", "deltagare", "--period", "2024", *chosen, "--json", "-") == 0
    avsnitt = json.loads(capsys.readouterr().out)["avsnitt"]
    assert "Möten" not in [one["rubrik"] for one in avsnitt]
    assert avsnitt[-1]["text"] == "Fler än i fjol, se [nummer borttaget]."
    assert call(register, "rapport", "deltagare", "--period", "2024", "--utan", "mötn", "--json", "-") == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert "ingen del som heter motn. Välj bland diagram, " in said.err


def test_what_is_left_out_is_hidden_against_all_the_same(register: Path, aktor: Aktor) -> None:
    """R12: a print without a section remembers the same as the whole one does."""
    with closing(open_store(register)) as store:
        whole, part = (
            report_service.prepare_report(
                store, aktor, "deltagare", "2024", tillval=Tillval(utan), idag=date(2025, 1, 1)
            )
            for utan in ((), ("moten", "insatser"))
        )
    assert part.utskrift == whole.utskrift
    assert part.delar == whole.delar
    assert len(part.rapport.avsnitt) == len(whole.rapport.avsnitt) - 2


@pytest.mark.parametrize("namn", REPORTS)
def test_a_period_that_has_not_begun_has_no_figures(register: Path, aktor: Aktor, namn: str) -> None:
    """Those who are inskrivna today are not inskrivna in ten years; nor are they as a comparison."""
    idag = date(2024, 12, 31)
    with closing(open_store(register)) as store:
        ahead = make_report(store, aktor, namn, "2034", jamfor="2023", idag=idag)
        compared = make_report(store, aktor, namn, "2024", jamfor="2034", idag=idag)
    assert is_empty(ahead)
    rader = [rad for avsnitt in compared.avsnitt for rad in avsnitt.rader]
    assert not any(tal for rad in rader for tal in rad.jamforelse)
    assert not any(rad.jamforelse_dolda for rad in rader)


def test_a_report_may_be_judged_after_today_and_before_its_period(register: Path, aktor: Aktor) -> None:
    with closing(open_store(register)) as store:
        sedan = make_report(store, aktor, "deltagare", "2024", per=date(2024, 12, 31), idag=date(2023, 1, 1))
        fore = make_report(store, aktor, "deltagare", "2024", per=date(2023, 12, 31), idag=date(2024, 5, 1))
    assert not is_empty(sedan)
    assert fore.per == "2023-12-31"


def test_a_report_of_an_enhet_and_a_group_tells_whom_it_counts(
    register: Path, aktor: Aktor, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(open_store(register)) as store, store.unit_of_work(aktor, "test") as work:
        for _ in range(7):
            person = make.make_deltagare(work.session, utrikesfodd=True).id
            make.make_inskrivning(
                work.session, deltagare_id=person, inskriven=date(2024, 2, 1), spar="Arena Arbetsmarknad"
            )
    chosen = ["--enhet", "arena arbetsmarknad", "--malgrupp", "Utrikesfodda"]
    assert call(register, "rapport", "deltagare", "--period", "2024", *chosen, "--json", "-") == 0
    rapport = json.loads(capsys.readouterr().out)
    assert rapport["urval"] == {"spar": "Arena Arbetsmarknad", "malgrupp": "utrikesfodda"}
    assert rapport["avsnitt"][0]["rader"][0]["totalt"] == 7
    files = {slag: tmp_path / f"r.{slag}" for slag in ("pdf", "xlsx")}
    forms = [text for slag, path in files.items() for text in (f"--{slag}", str(path))]
    assert call(register, "rapport", "deltagare", "--period", "2024", *chosen, *forms) == 0
    read = " ".join(TaggedPdf(files["pdf"].read_bytes()).tree_text().split())
    assert "Urvalet är Arena Arbetsmarknad, Utrikesfödda." in read
    assert "Rapporten räknar bara deltagare som var inskrivna i spåret Arena Arbetsmarknad" in read
    book = load_workbook(files["xlsx"])
    assert "Urvalet är Arena Arbetsmarknad, Utrikesfödda." in str(book["Rapport"]["A4"].value)
    assert "Urval" in [cell.value for cell in book["Definitioner"]["A"]]
    capsys.readouterr()
    assert call(register, "rapport", "deltagare", "--period", "2024", *chosen) == 0
    assert "Urval: Arena Arbetsmarknad, Utrikesfödda" in capsys.readouterr().out


@pytest.mark.parametrize(
    ("namn", "chosen", "told"),
    [
        ("deltagare", ["--enhet", "Finnsinte"], "Enheten Finnsinte finns inte. Välj bland Arena"),
        ("deltagare", ["--malgrupp", "gamla"], "Målgruppen gamla finns inte. Välj bland unga"),
        ("belaggning", ["--enhet", "Köket"], "går inte att avgränsa"),
        ("uppfoljning", ["--malgrupp", "unga"], "går inte att avgränsa"),
    ],
)
def test_an_urval_that_cannot_be_is_told(
    register: Path, capsys: pytest.CaptureFixture[str], namn: str, chosen: list[str], told: str
) -> None:
    assert call(register, "rapport", namn, "--period", "2024", *chosen, "--json", "-") == 2
    assert told in capsys.readouterr().err


def test_an_urval_is_hidden_against_the_whole_report(register: Path, aktor: Aktor) -> None:
    """R12: twelve of sixteen would tell of the four others."""
    with closing(open_store(register)) as store:
        with store.unit_of_work(aktor, "test") as work:
            for kon in "KKMM":
                person = make.make_deltagare(work.session, kon=kon).id
                make.make_inskrivning(work.session, deltagare_id=person, inskriven=date(2024, 2, 1))
            for person in work.session.scalars(select(Deltagare).limit(12)):
                person.utrikesfodd = True
        given = {"per": date(2024, 12, 31), "idag": date(2025, 1, 1)}
        make_one = partial(report_service.prepare_report, store, aktor, "deltagare", "2024", **given)
        narrowed = Tillval(malgrupp="utrikesfodda")
        assert total_of(make_one(tillval=narrowed)) == (12, None)
        report_service.hand_over(store, aktor, make_one(), "pdf")
        assert total_of(make_one(tillval=narrowed)) == (None, "..")
        assert total_of(make_one()) == (16, None)


def total_of(fardig: Fardig) -> tuple[object, object]:
    """How many took part, and the mark where that is hidden."""
    rad = fardig.rapport.avsnitt[0].rader[0]
    return rad.varde.totalt, rad.dolda.get("totalt")
