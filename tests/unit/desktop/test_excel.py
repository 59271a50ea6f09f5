"""Every report as a workbook, opened again: real numbers, no formula, print set-up, parity with the JSON."""

from collections import Counter
from collections.abc import Iterator
from datetime import date, datetime
from io import BytesIO
from typing import Any

import pytest
from openpyxl import load_workbook

from db.aktor import SYSTEM
from db.commands.plan_import import import_plan
from db.demo import create_demo
from db.rules.figurer import Rapport
from db.session import Store, open_store
from desktop.report_service import list_reports, make_report
from desktop.reports.json_writer import report_dict
from desktop.reports.xlsx import write_xlsx
from desktop.uppfoljning_service import make_follow_up
from tests.helpers.planer import planmallar
from tests.helpers.rapport_exempel import all_hidden, avslut_rapport
from tests.helpers.rapport_tabell import hostile_tabell, tabell_rapport

DAY = date(2026, 11, 12)
PER = date(2026, 10, 31)
# The follow-up of each plan that the program carries with it, for a period that the plan has values for.
PLANS = {
    "botkyrka-2011": "2011", "linkoping-2024": "2024-08", "sodertalje-2014": "2014",
    "sodertalje-2024": "2024-04", "uppsala-2024": "2024-08",
}  # fmt: skip
REPORTS = [spec.namn for spec in list_reports() if spec.namn != "uppfoljning"]
KEYS = ("kvinnor", "man", "uppgift_saknas", "totalt")
MARKS = ("<5", "..")
HEAD_ROW = 8


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    path = str(tmp_path_factory.mktemp("demo") / "demo.egenvag")
    create_demo(path, 80, 1, DAY)
    store = open_store(path)
    for kod in PLANS:
        import_plan(store, SYSTEM, kod, planmallar()[kod])
    yield store
    store.close()


@pytest.fixture(scope="module", params=[*REPORTS, *PLANS])
def made(demo: Store, request: pytest.FixtureRequest) -> tuple[Rapport, Any]:
    name = request.param
    if name in PLANS:
        rapport, _ = make_follow_up(demo, SYSTEM, PLANS[name], plan=name, idag=DAY)
    else:
        rapport = make_report(demo, SYSTEM, name, "2026-T2", per=PER, jamfor="2025-T2", idag=DAY)
    return rapport, book_of(rapport)


def book_of(rapport: Rapport) -> Any:
    out = BytesIO()
    write_xlsx(rapport, out)
    return load_workbook(out)


def cells(book: Any) -> Iterator[Any]:
    for sheet in book:
        for row in sheet.iter_rows():
            yield from (cell for cell in row if cell.value is not None)


def json_rows(rapport: Rapport) -> list[dict[str, Any]]:
    return [rad for avsnitt in report_dict(rapport)["avsnitt"] for rad in avsnitt["rader"]]


def by_kon(rapport: Rapport) -> list[dict[str, Any]]:
    ids = {rad.id for avsnitt in rapport.avsnitt for rad in avsnitt.rader}
    return [rad for rad in json_rows(rapport) if rad["id"] in ids]


def figure_rows(sheet: Any) -> list[list[Any]]:
    """The rows of figures: those that tell their unit."""
    return [[c.value for c in row] for row in sheet.iter_rows(min_row=HEAD_ROW + 1) if row[1].value]


def test_every_number_is_that_of_the_json_in_its_place(made: tuple[Rapport, Any]) -> None:
    rapport, book = made
    told = by_kon(rapport)
    if not told:
        return
    sheet = book["Rapport"]
    heads = [cell.value for cell in sheet[HEAD_ROW]]
    keys = [key for key in KEYS if key != "uppgift_saknas" or "Uppgift saknas" in heads]
    rows = figure_rows(sheet)
    assert [row[0] for row in rows] == [rad["etikett"] for rad in told]
    for row, rad in zip(rows, told, strict=True):
        for place, key in enumerate(keys, 2):
            # The printed comparison has uppgift saknas too, which the contract's JSON leaves out.
            assert_same(row[place], rad["jamforelse"].get(key), rad["jamforelse"].get("dolda", {}), key)
            assert_same(row[place + len(keys)], rad[key], rad["dolda"] or {}, key)


def assert_same(value: Any, number: float | None, hidden: dict[str, str], key: str) -> None:
    if key in hidden:
        assert value == hidden[key]
    elif number is not None:
        assert value == pytest.approx(number, rel=1e-12)
        assert isinstance(value, int | float)
    elif key != "uppgift_saknas":
        assert isinstance(value, str)


def test_numbers_of_tables_are_numbers(made: tuple[Rapport, Any]) -> None:
    rapport, book = made
    ids = {rad["id"] for rad in by_kon(rapport)}
    rows = [rad for rad in json_rows(rapport) if rad["id"] not in ids]
    wanted = Counter(
        f"{value:.12g}"
        for rad in rows
        for part in (rad, rad.get("jamforelse") or {})
        for key, value in part.items()
        if isinstance(value, int | float) and key not in ("ar", "lopnummer")
    )
    numbers = (cell.value for cell in cells(book) if isinstance(cell.value, int | float))
    found = Counter(f"{value:.12g}" for value in numbers)
    assert not wanted - found
    numbered = [f"{rad['ar']}/{rad['lopnummer']}" for rad in rows if rad.get("lopnummer")]
    assert not Counter(numbered) - Counter(cell.value for cell in cells(book))


def test_nothing_is_a_formula_and_days_are_days(made: tuple[Rapport, Any]) -> None:
    _, book = made
    assert {cell.data_type for cell in cells(book)} <= {"s", "n", "d"}
    for cell in cells(book):
        if cell.data_type == "d":
            assert isinstance(cell.value, datetime)
            assert cell.number_format == "yyyy-mm-dd"
        assert not str(cell.value).startswith("=")


def test_heads_stay_and_every_sheet_prints_well(made: tuple[Rapport, Any]) -> None:
    rapport, book = made
    for sheet in book:
        assert sheet.freeze_panes
        assert sheet.print_title_rows or sheet.title == "Rapport"
        setup = sheet.page_setup
        assert (setup.paperSize, setup.fitToWidth, setup.fitToHeight) == (9, 1, 0)  # 9: A4
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        width = sum(dimension.width for dimension in sheet.column_dimensions.values())
        assert setup.orientation == ("portrait" if width <= 96 else "landscape")
        assert rapport.titel[:40] in sheet.oddHeader.right.text
        assert rapport.period_namn[:12] in sheet.oddHeader.right.text
        assert rapport.namnd[:20] in sheet.oddHeader.left.text
        assert sheet.oddFooter.left.text == f"Källa: Egenväg, uttag {DAY.isoformat()}"
        assert sheet.oddFooter.right.text == "Sida &P av &N"
        assert not sheet.sheet_view.showGridLines


def test_figures_fit_their_columns(made: tuple[Rapport, Any]) -> None:
    _, book = made
    for sheet in book:
        for row in sheet.iter_rows():
            for cell in row:
                if isinstance(cell.value, int | float):
                    shown = len(f"{cell.value:,.0f}") + cell.number_format.partition(".")[2].count("0")
                    assert shown < sheet.column_dimensions[cell.column_letter].width


def test_definitions_and_what_the_file_says_of_itself(made: tuple[Rapport, Any]) -> None:
    rapport, book = made
    meanings = {row[0].value: row[1].value for row in book["Definitioner"].iter_rows(min_row=2)}
    told = [rad for avsnitt in rapport.avsnitt for rad in avsnitt.rader if rad.definition]
    assert all(meanings[rad.etikett] for rad in told)
    assert all(meanings[ord_.ord] == ord_.text for ord_ in rapport.begrepp)
    assert len(meanings) > 2
    assert all(isinstance(meaning, str) and meaning for meaning in meanings.values())
    properties = book.properties
    assert properties.title == f"{rapport.titel}, {rapport.period_namn}"
    assert (properties.creator, properties.language) == ("Egenväg", "sv-SE")
    assert rapport.per in properties.description


@pytest.mark.parametrize("rapport", [avslut_rapport(), all_hidden(), tabell_rapport()])
def test_marks_are_text_to_the_right(rapport: Rapport) -> None:
    book = book_of(rapport)
    marks = [
        cell for sheet in book if sheet.title != "Definitioner" for row in sheet.iter_rows() for cell in row
        if cell.value in MARKS
    ]  # fmt: skip
    assert marks
    assert {(cell.data_type, cell.alignment.horizontal) for cell in marks} == {("s", "right")}


def test_shares_are_numbers_shown_in_per_cent() -> None:
    sheet = book_of(avslut_rapport())["Rapport"]
    shares = [
        cell for row in sheet.iter_rows(min_row=HEAD_ROW + 1) if row[1].value == "procent"
        for cell in row[2:-1] if isinstance(cell.value, int | float)
    ]  # fmt: skip
    assert shares
    assert {cell.number_format for cell in shares} == {'0"\u00a0%"'}


def test_hostile_text_is_text_also_in_heads_feet_and_names_of_sheets() -> None:
    book = book_of(hostile_tabell())
    assert {cell.data_type for cell in cells(book)} <= {"s", "n"}
    for cell in cells(book):
        if str(cell.value).startswith(("=", "+", "-", "@")) and cell.data_type == "s":
            assert cell.quotePrefix
    for sheet in book:
        assert len(sheet.title) <= 31
        assert len(str(sheet.oddHeader.right.text)) < 200


def test_a_table_is_reached_from_the_first_sheet_and_can_be_filtered(demo: Store) -> None:
    rapport = make_report(demo, SYSTEM, "delegationsbeslut", "2026", per=PER, idag=DAY)
    book = book_of(rapport)
    links = [cell for row in book["Rapport"].iter_rows() for cell in row if cell.hyperlink]
    names = [sheet.title for sheet in book if sheet.title not in ("Rapport", "Definitioner")]
    assert [cell.hyperlink.location for cell in links] == [f"'{name}'!A1" for name in names]
    assert names == ["1 Antal per ärendetyp", "2 Beslut i nummerordning"]
    antal, lista = (book[name] for name in names)
    assert antal.auto_filter.ref is None  # the sum is no row of the list
    assert lista.auto_filter.ref == f"A3:H{len(rapport.avsnitt[1].delar[0].rader) + 3}"  # type: ignore[union-attr]
    assert lista["A4"].value == "2026/1"
    assert isinstance(lista["B4"].value, datetime)
