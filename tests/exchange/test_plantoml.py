"""Plans as TOML: the five of the contract and any other come back as they were; faults are told with line."""

import tomllib
from dataclasses import fields
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from db.errors import StoreError
from db.exchange.planfil import list_planmallar
from db.exchange.plantoml import MAX_BYTES, Planfel, find_kod, parse_plan, read_plan
from db.exchange.plantoml_skriv import write_plan
from db.rules.koder import Bedomningsskala
from db.rules.plan import Aktivitet, Indikator, Mal, Plandokument
from tests.helpers.planer import ALLA_NYCKLAR, KODER, plandokument, planmallar

HEAD = '[plan]\nkommun = "Provstad"\nnamnd = "Nämnden"\nar = 2024\n'


def told(text: str | bytes) -> list[tuple[int, str]]:
    return [(fel.rad, fel.meddelande) for fel in parse_plan(text).fel]


def warned(text: str) -> list[tuple[int, str]]:
    return [(fel.rad, fel.meddelande) for fel in parse_plan(text).varningar]


def test_the_five_are_read_without_a_word_and_written_without_loss() -> None:
    mallar = list_planmallar()
    assert tuple(mall.kod for mall in mallar) == KODER
    for mall in mallar:
        last = read_plan(mall.fil)
        assert (last.fel, last.varningar) == ((), ())
        assert parse_plan(write_plan(mall.plan)).plan == last.plan


def test_a_plan_with_every_key_of_the_format_is_kept_whole() -> None:
    last = read_plan(ALLA_NYCKLAR)
    assert (last.fel, last.varningar) == ((), ())
    assert last.plan is not None
    skriven = write_plan(last.plan)
    assert parse_plan(skriven).plan == last.plan
    assert tomllib.loads(skriven) == tomllib.loads(ALLA_NYCKLAR.read_text(encoding="utf-8"))
    known = {Mal: last.plan.mal, Aktivitet: last.plan.aktiviteter, Indikator: last.plan.indikatorer}
    for slag, rader in known.items():  # every field is used, so none can be lost unseen
        assert [f.name for f in fields(slag) if not any(getattr(rad, f.name) for rad in rader)] == []
    assert [f.name for f in fields(last.plan) if not getattr(last.plan, f.name)] == []


def test_what_is_printed_stays_as_printed() -> None:
    linkoping = planmallar()["linkoping-2024"]
    assert len(linkoping.mal) == 31
    assert len(linkoping.aktiviteter) == 24
    assert (len(linkoping.indikatorer), len(linkoping.volymer)) == (61, 15)
    text = (
        HEAD
        + '[[indikator]]\nid = "i"\nnamn = "N"\nenhet = "andel"\nvarden = [{period="2024",totalt=50.0}]\n'
    )
    plan = parse_plan(text).plan
    assert plan is not None
    assert plan.indikatorer[0].varden[0].totalt == "50.0"
    assert "totalt = 50.0" in write_plan(plan)


def test_rules_and_arshjul_are_kept() -> None:
    assert planmallar()["sodertalje-2024"].regler["delarsbokslut"][0]["farg"] == "gron"
    assert planmallar()["uppsala-2024"].arshjul[1].manad == "Mars"


@settings(max_examples=30)
@given(plandokument())
def test_any_plan_comes_back(plan: Plandokument) -> None:
    last = parse_plan(write_plan(plan).encode())
    assert last.fel == ()
    assert last.plan == plan


def test_faults_are_told_all_at_once_with_their_lines() -> None:
    text = HEAD + (
        '\n[[mal]]\nid = "a"\nniva = "namndmal"\ntitel = """\nEn\ntitel"""\noverordnat = "saknas"\n'  # 6-12
        '\n[[mal]]\nid = "a"\nniva = "okand"\ntitel = 5\n'  # 14-17
        '\n[[aktivitet]]\nmal = "borta"\ntext = "x"\nsvar = 1\n'  # 19-22
        '\n[[indikator]]\nid = "i"\nnamn = "N"\nenhet = "antal"\nkonsuppdelad = "ja"\nvarden = [\n'
        '  { period = "2024", totalt = "många" },\n  { period = "förra året", totalt = 1 },\n'
        '  { period = "2024" },\n]\nriktvarden = [ { period = "2024", text = "≥ hög" } ]\n'
    )
    assert told(text) == [
        (12, "Det överordnade målet ”saknas” finns inte i planen."),
        (15, "Id ”a” finns redan på rad 7."),
        (17, "titel ska vara en text inom citattecken."),
        (20, "Målet ”borta” finns inte i planen."),
        (28, "konsuppdelad ska vara true eller false."),
        (30, "Värdet har varken tal eller text."),
        (30, "totalt ska vara ett tal utan citattecken, med decimalpunkt."),
        (
            31,
            "Perioden ”förra året” går inte att läsa. Skriv till exempel 2024, 2024-T1, 2024-08 "
            "eller ingaende.",
        ),
        (32, "Perioden 2024 står två gånger."),
        (32, "Värdet har varken tal eller text."),
        (34, "Riktvärdet ”≥ hög” går inte att läsa. Skriv ett tal efter tecknet."),
    ]
    assert [rad for rad, _ in warned(text)] == [16, 22]


def test_goals_above_themselves() -> None:
    mal = '[[mal]]\nid = "{}"\nniva = "mal"\ntitel = "T"\noverordnat = "{}"\n'
    assert told(HEAD + mal.format("a", "b") + mal.format("b", "a") + mal.format("c", "a")) == [
        (9, "Målet ”a” ligger över sig självt."),
        (14, "Målet ”b” ligger över sig självt."),
    ]


def test_warnings_stop_nothing() -> None:
    text = HEAD + 'bedomning = "stjärnor"\nextra = 1\n[fel]\n'
    text += '[[mal]]\nid="m"\nniva="mal"\ntitel="T"\nbedomning="bra"\n'
    last = parse_plan(text)
    assert last.plan is not None
    assert last.plan.bedomning is Bedomningsskala.INGEN
    assert [fel.rad for fel in last.varningar] == [5, 6, 7, 12]


@pytest.mark.parametrize(
    ("text", "rad", "needle"),
    [
        ("", 0, "tom"),
        (" \n\n", 0, "tom"),
        (b"\xef\xbb\xbf", 0, "tom"),
        (HEAD.encode("utf-16"), 1, "UTF-8"),
        (b"# ok\n# \xe5\n", 2, "UTF-8"),
        ("x" * (MAX_BYTES + 1), 0, "större än"),
        (HEAD + "titel = \n", 5, "TOML"),
        (HEAD + 'titel = "öppen\n', 5, "citattecken"),
        (HEAD + "uppfoljning = [", 0, "slut"),
        (HEAD + "ar = 2025\n", 5, "två gånger"),
        (HEAD + "[plan]\n", 5, "två gånger"),
        ("a" + ".a" * 200_000 + " = 1", 0, "för många delar"),
        (HEAD + "[[aktivitet]]\ntext='x'\n" * 2001, 0, "fler än 2000 av aktivitet"),
        (HEAD + "[[volym]]\nvarden=[" + "{period='2024'}," * 501 + "]", 6, "fler än 500 värden"),
        ("a = " + "[" * 5000 + "]" * 5000, 0, "hakparenteser"),
        ("plan = 5\n", 1, "Skriv [plan] som en tabell"),
        ("mal = 5\n" + HEAD, 1, "[[mal]]"),
        (HEAD + "[bedomningsregler]\nx = 1.5\n", 6, "bara hålla"),
        (HEAD + "[bedomningsregler]\nx = 2024-01-01\n", 6, "bara hålla"),
        ("bedomningsregler = 1\n" + HEAD, 1, "Skriv [bedomningsregler]"),
        ("x = 1\n", 0, "[plan] saknas"),
        (HEAD.replace("2024", '"2024"'), 4, "årtal"),
        (HEAD.replace("2024", "true"), 4, "årtal"),
        (HEAD.replace("2024", "24"), 4, "årtal"),
        (HEAD.replace("ar = 2024\n", ""), 1, "ar saknas i [plan]"),
        (HEAD.replace("Provstad", " "), 2, "tom"),
        (HEAD.replace("Provstad", "\\u0000"), 2, "styrtecken"),
        (HEAD + 'titel = "' + "x" * 20_001 + '"\n', 5, "för lång"),
        (HEAD + "uppfoljning = [1]\n", 5, "lista med texter"),
        (HEAD + 'uppfoljning = ["\\u0007"]\n', 5, "styrtecken"),
        (HEAD + 'uppfoljning = ["snart"]\n', 5, "Perioden"),
        (HEAD + '[[mal]]\nid = " a\\n"\nniva = "mal"\ntitel = "T"\n', 6, "blanksteg i kanten"),
    ],
)
def test_what_is_no_plan_is_told_in_a_line(text: str | bytes, rad: int, needle: str) -> None:
    last = parse_plan(text)
    assert last.plan is None
    assert any(fel.rad == rad and needle in fel.meddelande for fel in last.fel), last.fel


@pytest.mark.parametrize("tal", ["inf", "nan", "1e400", "1e999999999999", "9" * 41, "0." + "1" * 45, "true"])
def test_numbers_that_nobody_prints(tal: str) -> None:
    text = HEAD + f'[[volym]]\nid="v"\nnamn="N"\nenhet="kr"\nvarden=[{{period="2024",totalt={tal}}}]\n'
    last = parse_plan(text)
    assert last.plan is None
    assert last.fel


def test_values_as_tables_of_their_own() -> None:
    text = HEAD + (
        '[[indikator]]\nid="i"\nnamn="N"\nenhet="andel"\n'
        '[[indikator.varden]]\nperiod="2023"\ntotalt=1\n[[indikator.varden]]\nperiod="2024"\n'
    )
    assert told(text) == [(12, "Värdet har varken tal eller text.")]
    assert told(HEAD + '[[indikator]]\nid="i"\nnamn="N"\nenhet="kr"\nvarden=5\n')[0][0] == 9


@given(st.text(max_size=200))
def test_no_text_brings_it_down(text: str) -> None:
    last = parse_plan(text)
    assert last.plan is None
    assert last.fel


@given(st.data())
def test_no_damage_brings_it_down(data: st.DataObject) -> None:
    text = HEAD + '[[mal]]\nid="m"\nniva="mal"\ntitel="T"\n[[volym]]\nid="v"\nnamn="N"\nenhet="kr"\n'
    place = data.draw(st.integers(0, len(text)))
    parse_plan(text[:place] + data.draw(st.sampled_from("\"'[]{}=.,\n0aå\\#")) + text[place:])


def test_files_that_cannot_be_read(tmp_path: Path) -> None:
    for path, needle in ((tmp_path, "mapp"), (tmp_path / "borta.toml", "finns inte")):
        with pytest.raises(StoreError, match=needle):
            read_plan(path)
    with pytest.raises(StoreError, match="gick inte"):
        read_plan(Path("a\0b"))


def test_what_a_plan_is_called() -> None:
    assert find_kod(Path("/x/Södertälje 2024.toml")) == "sodertalje-2024"
    assert len(find_kod(Path("x" * 200 + ".toml"))) == 64
    with pytest.raises(StoreError, match="Filnamnet"):
        find_kod(Path("---.toml"))


def test_a_fault_is_a_place_and_a_text() -> None:
    assert parse_plan("").fel == (Planfel(0, "Filen är tom."),)
