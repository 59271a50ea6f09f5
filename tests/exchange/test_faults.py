"""Each fault gets its sheet, Excel row, column and remedy; nothing is imported."""

from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db.aktor import Aktor
from db.commands.settings import save_settings
from db.exchange.importing import import_workbook, preview
from db.exchange.outcome import Fel
from db.models import Deltagare, Handelse
from db.session import Store
from tests.exchange.workbooks import KVINNA, MAN, drop_column, full_register, row_of, save, set_cell

# sheet, row, column, value, words that the message holds
CELLS: list[tuple[str, int, str, Any, str]] = [
    ("Deltagare", 2, "personnummer", "19900115-9807", "Kontrollsiffran"),
    ("Deltagare", 2, "personnummer", "20900115-9806", "framtiden"),
    ("Deltagare", 2, "personnummer", 12345, "siffror"),
    ("Deltagare", 2, "personnummer", "19900115-000" + "5", "000"),
    ("Deltagare", 3, "personnummer", KVINNA, "rad 2"),
    ("Deltagare", 2, "förnamn", None, "saknas"),
    ("Deltagare", 2, "förnamn", "   ", "saknas"),
    ("Deltagare", 2, "förnamn", "x" * 201, "högst 200"),
    ("Deltagare", 2, "deltagare", "D" * 65, "högst 64"),
    ("Deltagare", 2, "kön", "kvinna", "K, M"),
    ("Deltagare", 2, "hushåll", "H99", "Hushåll"),
    ("Deltagare", 2, "skyddad", "kanske", "sekretessmarkering"),
    ("Deltagare", 2, "utrikesfödd", "kanske", "ja eller nej"),
    ("Deltagare", 2, "utbildningsnivå", "hög", "förgymnasial"),
    ("Deltagare", 3, "deltagare", "D1", "rad 2"),
    ("Ärenden", 2, "ansökan", None, "saknas"),
    ("Ärenden", 2, "ansökan", "24-01-02", "två siffror"),
    ("Ärenden", 2, "ansökan", "2024-02-30", "finns inte"),
    ("Ärenden", 2, "ansökan", 45000, "inget datum"),
    ("Ärenden", 2, "ansökan", "i går", "inget datum"),
    ("Ärenden", 2, "ansökan", True, "inget datum"),
    ("Ärenden", 2, "avslutat", date(9999, 12, 31), "orimligt"),
    ("Ärenden", 2, "beslut", date(2023, 12, 31), "ansökan"),
    ("Ärenden", 2, "avslutat", date(2024, 1, 9), "beslut"),
    ("Ärenden", 2, "utfall", "kanske", "bifall eller avslag"),
    ("Ärenden", 2, "deltagare", "D99", "Deltagare"),
    ("Ärenden", 3, "avslutsorsak", "okänd", "flyttat"),
    ("Ärenden", 3, "ärende", "A1", "rad 2"),
    ("Undantag", 2, "till", date(2024, 1, 11), "från"),
    ("Undantag", 2, "skäl", None, "saknas"),
    ("Undantag", 2, "ärende", "A9", "Ärenden"),
    ("Biståndsmånader", 2, "månad", "januari", "år och månad"),
    ("Biståndsmånader", 2, "månad", "2024-13", "01 till 12"),
    ("Biståndsmånader", 3, "månad", "2024-01", "rad 2"),
    ("Biståndsmånader", 2, "belopp", "mycket", "inget tal"),
    ("Biståndsmånader", 2, "belopp", -1, "negativt"),
    ("Biståndsmånader", 2, "belopp", 1.234, "decimaler"),
    ("Biståndsmånader", 2, "belopp", 1e300, "stort"),
    ("Inskrivningar", 2, "inskriven", date(2024, 10, 1), ""),
    ("Inskrivningar", 2, "resultat", None, "saknar resultat"),
    ("Inskrivningar", 2, "avslutad", None, "Resultat utan"),
    ("Inskrivningar", 2, "resultat", "lottovinst", "okänt"),
    ("Inskrivningar", 2, "arbete till", date(2024, 9, 1), "arbete från"),
    ("Inskrivningar", 2, "arbete från", None, "ingen början"),
    ("Inskrivningar", 2, "minst en månad", "vet ej", "ja eller nej"),
    ("Inskrivningar", 2, "hänvisad av", "granne", "socialtjänst"),
    ("Inskrivningar", 3, "inskrivning", "I1", "rad 2"),
    ("Steg", 2, "steg", "Väntan", "Aktualisering"),
    ("Steg", 2, "inskrivning", "I9", "Inskrivningar"),
    ("Insatser", 2, "start", date(2024, 1, 14), "före inskrivningen"),
    ("Insatser", 2, "slut", date(2024, 10, 1), "avslutats"),
    ("Insatser", 2, "slut", None, "måste ha ett slut"),
    ("Insatser", 2, "slut", date(2024, 1, 31), "start"),
    ("Insatser", 2, "planerat slut", date(2024, 1, 31), "start"),
    ("Insatser", 2, "insatstyp", "praktikk", "Menar du praktik"),
    ("Insatser", 2, "enhet", "Köket", "Enheter"),
    ("Insatser", 2, "omfattning", 0, "1 till 100"),
    ("Insatser", 2, "omfattning", 101, "1 till 100"),
    ("Insatser", 2, "omfattning", 50.5, "heltal"),
    ("Insatser", 3, "insats", "N1", "rad 2"),
    ("OSA-beslut", 2, "beslut till", date(2024, 2, 1), "beslut från"),
    ("Planeringar", 2, "upprättad", "2024-1-5", "inget datum"),
    ("Möten", 2, "tid", "25:00", "klockslag"),
    ("Möten", 2, "längd", 0, "1 till 1440"),
    ("Möten", 2, "form", "brev", "fysiskt"),
    ("Möten", 2, "deltagare", "D9", "Deltagare"),
    ("Närvaro", 2, "timmar", 25, "0 till 24"),
    ("Närvaro", 2, "status", "okänd", "sjuk"),
    ("Närvaro", 2, "pass", "kväll", "fm eller em"),
    ("Närvaro", 3, "datum", date(2024, 2, 1), "rad 2"),
    ("BIP", 2, "värde", 6, "1 till 5"),
    ("BIP", 2, "indikator", "lycka", "okänd"),
    ("Delegationsbeslut", 2, "ärende", "A9", "Ärenden"),
    ("Delegationsbeslut", 2, "delegat", None, "saknas"),
    ("Indikatorvärden", 2, "kvinnor", "många", "inget tal"),
    ("Enheter", 2, "typ", "privat", "intern"),
    ("Enheter", 3, "typ", "extern", "samma typ"),
    ("Enheter", 2, "platser", -1, "0 till"),
    ("Enheter", 2, "platser", "tio", "inget tal"),
    ("Enheter", 3, "från", date(2023, 12, 31), "slutar"),
    ("Enheter", 2, "till", date(2022, 12, 31), "från"),
    ("Kostnader", 2, "enhet", "Köket", "Enheter"),
    ("Kostnader", 2, "år", 24, "1900 till 2200"),
    ("Insatstyper", 2, "räknas som aktivitet", None, "saknas"),
    ("Hushåll", 2, "antal barn", -1, "0 till"),
]


def _refused(store: Store, aktor: Aktor, path: Path) -> tuple[Fel, ...]:
    result = import_workbook(store, aktor, path)
    assert result.import_id is None
    with store.read(aktor) as session:
        assert session.scalar(select(func.count()).select_from(Deltagare)) == 0
        assert session.scalar(select(func.count()).select_from(Handelse)) == 0
    return result.fel


@pytest.mark.parametrize(("sheet", "row", "column", "value", "words"), CELLS)
def test_a_fault_is_told_with_its_place_and_remedy(
    store: Store, aktor: Aktor, tmp_path: Path, sheet: str, row: int, column: str, value: Any, words: str
) -> None:
    sheets = set_cell(full_register(), sheet, row, column, value)
    if words == "rad 2" and sheet == "Närvaro":
        set_cell(sheets, sheet, row, "pass", "fm")

    fel = _refused(store, aktor, save(tmp_path / "fel.xlsx", sheets))

    hits = [f for f in fel if (f.blad, f.rad) == (sheet, row) and words in f.meddelande]
    assert hits, fel
    assert all(f.meddelande.endswith(".") for f in fel)
    assert all((f.blad, f.rad) == (sheet, row) for f in fel) or column == full_register()[sheet][0][0], fel
    if sheet != "Inskrivningar":
        assert [f.kolumn for f in hits] == [column]


def test_bip_is_on_the_scale_of_the_register(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    save_settings(store, aktor, {"bip.skala": 7})
    sheets = set_cell(full_register(), "BIP", 2, "värde", 7)
    assert import_workbook(store, aktor, save(tmp_path / "sju.xlsx", sheets)).fel == ()
    set_cell(sheets, "BIP", 2, "värde", 8)
    result = import_workbook(store, aktor, save(tmp_path / "atta.xlsx", sheets))
    assert [f.meddelande for f in result.fel] == ["Talet ska vara från 1 till 7. Rätta det."]


def test_all_faults_are_told_at_once_several_in_a_row_too(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    sheets = full_register()
    set_cell(sheets, "Deltagare", 2, "kön", "X")
    set_cell(sheets, "Deltagare", 2, "personnummer", "abc")
    set_cell(sheets, "Deltagare", 3, "efternamn", None)
    set_cell(sheets, "Möten", 4, "form", "brev")

    fel = _refused(store, aktor, save(tmp_path / "fel.xlsx", sheets))

    assert {(f.blad, f.rad, f.kolumn, f.varde) for f in fel} == {
        ("Deltagare", 2, "kön", "X"),
        ("Deltagare", 2, "personnummer", "abc"),
        ("Deltagare", 3, "efternamn", ""),
        ("Möten", 4, "form", "brev"),
    }


def test_rows_are_excels_own_and_blank_rows_are_passed_over(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    sheets = full_register()
    sheets["Hushåll"] = [[], ["hushåll", "antal barn"], [None, None], ["H1", 1], ["  "], ["H2", "x"]]

    fel = _refused(store, aktor, save(tmp_path / "fel.xlsx", sheets))

    assert [(f.blad, f.rad, f.kolumn, f.varde) for f in fel] == [("Hushåll", 6, "antal barn", "x")]


def test_a_missing_required_column_is_one_fault(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    path = save(tmp_path / "fel.xlsx", drop_column(full_register(), "Deltagare", "efternamn"))

    fel = _refused(store, aktor, path)

    assert [(f.blad, f.rad, f.kolumn) for f in fel] == [("Deltagare", 1, "efternamn")]
    assert "Kolumnen saknas" in fel[0].meddelande


def test_a_column_twice_and_a_sheet_twice_are_faults(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    sheets = full_register()
    sheets["Hushåll"] = [["hushåll", "antal barn", " HUSHÅLL "], ["H1", 1, "H1"], ["H2", 1, "H2"]]
    sheets["steg "] = [["inskrivning", "steg", "från"], ["I1", "Insats", date(2024, 2, 1)]]

    fel = _refused(store, aktor, save(tmp_path / "fel.xlsx", sheets))

    assert {(f.blad, f.kolumn) for f in fel} == {("Hushåll", "hushåll"), ("steg", "")}


def test_names_of_sheets_and_columns_match_without_case_and_outer_spaces(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    sheets = {
        " HUSHÅLL": [[" Hushåll ", "ANTAL BARN"], ["H1", 1]],
        "deltagare": [["Deltagare", "FÖRNAMN", "Efternamn", "hushåll"], ["D1", "Åsa", "Ö", "H1"]],
    }

    result = import_workbook(store, aktor, save(tmp_path / "b.xlsx", sheets))

    assert (result.fel, result.varningar, result.antal.nya) == ((), (), 2)


def test_unknown_sheets_and_columns_are_warnings(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    sheets = {"Anteckningar": [["hej"]], "Hushåll": [["hushåll", "adress", None], ["H1", "Storgatan", "x"]]}

    result = import_workbook(store, aktor, save(tmp_path / "b.xlsx", sheets))

    assert result.import_id is not None
    assert [(v.blad, v.kolumn) for v in result.varningar] == [
        ("Anteckningar", ""),
        ("Hushåll", "adress"),
        ("Hushåll", ""),
    ]


def test_ids_are_text_and_true_dates_may_carry_a_time(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    sheets = {
        "Deltagare": [["deltagare", "personnummer", "förnamn", "efternamn"], [123, 198506209819, 7, "Ek"]],
        "Ärenden": [["ärende", "deltagare", "ansökan"], [4.5, "123", datetime(2024, 1, 2, 13, 30)]],
    }

    result = import_workbook(store, aktor, save(tmp_path / "b.xlsx", sheets))

    assert result.fel == ()
    with store.read(aktor) as session:
        person = session.scalars(select(Deltagare)).one()
    assert (person.nummer, person.personnummer, person.fornamn, person.kon) == (
        "123",
        "198506209819",
        "7",
        "M",
    )


def test_errors_and_unworked_formulas_are_faults_not_blanks(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    sheets = set_cell(full_register(), "Deltagare", 2, "område", "#N/A")
    set_cell(sheets, "Deltagare", 3, "område", "=1+1")

    fel = _refused(store, aktor, save(tmp_path / "fel.xlsx", sheets))

    assert [(f.rad, f.kolumn) for f in fel] == [(2, "område"), (3, "område")]
    assert "#N/A" in fel[0].meddelande
    assert "formel" in fel[1].meddelande


def test_what_hangs_on_a_faulty_row_is_no_fault_of_its_own(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    path = save(tmp_path / "fel.xlsx", set_cell(full_register(), "Deltagare", 2, "kön", "?"))

    tried = preview(store, aktor, path)

    assert [(f.blad, f.rad) for f in tried.fel] == [("Deltagare", 2)]
    # D1, A1 with 2 undantag, 3 månader and a beslut, I1 with steg, planering and 2 BIP,
    # N1 with 3 närvaro, 2 möten
    assert tried.antal.hoppade == 1 + 1 + 2 + 3 + 1 + 1 + 1 + 1 + 2 + 1 + 3 + 2


@pytest.mark.parametrize(
    ("sheet", "row", "column", "value", "words"),
    [
        ("OSA-beslut", 2, "beslut från", date(2024, 3, 2), "OSA-anställning"),
        ("Ärenden", 2, "utfall", None, "utfall"),
        ("Ärenden", 2, "beslut", None, "beslut"),
        ("Ärenden", 2, "avslutsorsak", "flyttat", "avslut"),
        ("Deltagare", 4, "kön", None, "reservnummer"),
        ("Närvaro", 2, "datum", date(2025, 1, 1), "utanför"),
        ("Planeringar", 2, "nästa uppföljning", date(2024, 1, 1), "upprättad"),
    ],
)
def test_what_only_looks_wrong_is_a_warning(
    store: Store, aktor: Aktor, tmp_path: Path, sheet: str, row: int, column: str, value: Any, words: str
) -> None:
    assert preview(store, aktor, save(tmp_path / "a.xlsx", full_register())).varningar == ()
    path = save(tmp_path / "b.xlsx", set_cell(full_register(), sheet, row, column, value))

    result = import_workbook(store, aktor, path)

    assert result.import_id is not None, result.fel
    assert [words in v.meddelande for v in result.varningar] == [True]


def test_a_number_that_another_in_the_register_has_is_a_fault(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    import_workbook(store, aktor, save(tmp_path / "a.xlsx", full_register()))
    more = {
        "Deltagare": [
            full_register()["Deltagare"][0],
            row_of("Deltagare", deltagare="D9", personnummer=MAN, förnamn="X", efternamn="Y"),
        ]
    }

    result = import_workbook(store, aktor, save(tmp_path / "b.xlsx", more))

    assert [(f.rad, f.kolumn, "D2" in f.meddelande) for f in result.fel] == [(2, "personnummer", True)]


def test_two_people_may_trade_numbers(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    import_workbook(store, aktor, save(tmp_path / "a.xlsx", full_register()))
    sheets = set_cell(full_register(), "Deltagare", 2, "personnummer", MAN)
    set_cell(sheets, "Deltagare", 3, "personnummer", KVINNA)

    result = import_workbook(store, aktor, save(tmp_path / "b.xlsx", sheets))

    assert (result.fel, result.antal.andrade) == ((), 2)
    with store.read(aktor) as session:
        rows = session.execute(select(Deltagare.nummer, Deltagare.personnummer, Deltagare.nummertyp)).all()
    assert ("D1", MAN.replace("-", ""), "personnummer") in rows
    assert ("D2", KVINNA.replace("-", ""), "personnummer") in rows


def test_closing_an_inskrivning_before_insatser_that_the_file_leaves_out(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    import_workbook(store, aktor, save(tmp_path / "a.xlsx", full_register()))
    sheets = set_cell(full_register(), "Inskrivningar", 3, "avslutad", date(2024, 4, 1))
    set_cell(sheets, "Inskrivningar", 3, "resultat", "flyttat")

    result = import_workbook(store, aktor, save(tmp_path / "b.xlsx", sheets, ["Inskrivningar"]))

    assert [(f.rad, f.kolumn, "N2" in f.meddelande) for f in result.fel] == [(3, "avslutad", True)]


def test_what_the_store_holds_counts_too(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    """Capacity of an enhet, insatser of an inskrivning, beslut of a placement."""
    import_workbook(store, aktor, save(tmp_path / "a.xlsx", full_register()))
    head = full_register()["Enheter"][0]
    places = {"Enheter": [head, ["Verkstan", "intern", date(2023, 6, 1), date(2024, 2, 1), 3]]}
    later = set_cell(full_register(), "Inskrivningar", 3, "inskriven", date(2024, 3, 2))
    placement = set_cell(full_register(), "Insatser", 3, "omfattning", 50)

    overlap = preview(store, aktor, save(tmp_path / "b.xlsx", places)).fel
    moved = preview(store, aktor, save(tmp_path / "c.xlsx", later, ["Inskrivningar"])).fel
    covered = preview(store, aktor, save(tmp_path / "d.xlsx", placement, ["Insatser"]))

    assert [(f.rad, f.kolumn) for f in overlap] == [(2, "från"), (2, "till")]
    assert {(f.rad, f.kolumn) for f in moved} == {(3, "inskriven")}
    assert (covered.fel, covered.varningar, covered.antal.andrade) == ((), (), 1)


def test_each_day_out_of_order_is_told_once(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    sheets = set_cell(full_register(), "Ärenden", 2, "avslutat", date(2023, 1, 1))
    set_cell(sheets, "Insatser", 2, "start", date(2024, 10, 2))
    set_cell(sheets, "Insatser", 2, "slut", date(2024, 10, 3))
    set_cell(sheets, "Insatser", 2, "planerat slut", None)

    fel = _refused(store, aktor, save(tmp_path / "fel.xlsx", sheets))

    assert [(f.blad, f.kolumn) for f in fel] == [
        ("Ärenden", "avslutat"),
        ("Insatser", "start"),
        ("Insatser", "slut"),
    ]


def test_a_continuation_may_lack_a_column(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    sheets = {"Hushåll": [["hushåll", "antal barn"], ["H1", 1]], "Hushåll (2)": [["hushåll"], ["H2"]]}

    assert preview(store, aktor, save(tmp_path / "a.xlsx", sheets)).antal.nya == 2


def test_a_preview_can_hand_back_the_faulty_rows(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    path = save(tmp_path / "a.xlsx", set_cell(full_register(), "Möten", 4, "form", "brev"))

    tried = preview(store, aktor, path, skip_file=tmp_path / "fel.xlsx")

    assert tried.antal.hoppade == 1
    assert (tmp_path / "fel.xlsx").exists()


def test_a_faulty_start_does_not_hide_a_late_end(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    sheets = set_cell(full_register(), "Insatser", 2, "start", "snart")
    set_cell(sheets, "Insatser", 2, "slut", date(2024, 10, 3))

    fel = _refused(store, aktor, save(tmp_path / "fel.xlsx", sheets))

    assert [(f.rad, f.kolumn) for f in fel] == [(2, "start"), (2, "slut")]
