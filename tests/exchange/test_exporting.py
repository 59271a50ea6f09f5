"""Export, template: the same register comes back, text stays text, long sheets go on."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from sqlalchemy import select

from db.aktor import Aktor
from db.errors import CancelledError, DataError, StoreError
from db.exchange.exporting import export_workbook
from db.exchange.importing import import_workbook, preview
from db.exchange.outcome import Antal
from db.exchange.schema import HELP_SHEET, SHEETS
from db.exchange.sheet_writer import cell
from db.exchange.template import write_template
from db.models import Deltagare, Enhet, Narvaro
from db.session import Store
from tests.exchange.workbooks import contents, full_register, row_of, save

EXAMPLES = Path(__file__).parents[1] / "data"

PAYLOADS = [
    f"{sign}{body}"
    for sign in ("=", "+", "-", "@", "\t=", "\r=", " =", "\n=", "＝", "=\u200b")
    for body in (
        "1+1",
        "cmd|' /C calc'!A0",
        'HYPERLINK("http://example.invalid","klicka")',
        "SUM(A1:A9)",
        'IMPORTXML("http://example.invalid","//a")',
        'DDE("cmd";"/C calc";"x")',
        'WEBSERVICE("http://example.invalid")',
        "A1",
        "'x'!A1",
        "(1)",
        "10",
        "1E5",
        'INDIRECT("A1")',
        "NOW()",
        "{1,2}",
        "-1",
        "+1",
        "=1",
        "@SUM(1)",
        "_xlfn.FOO()",
    )
]


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return save(tmp_path / "register.xlsx", full_register())


def _export(store: Store, aktor: Aktor, path: Path, **settings: Any) -> dict[str, list[list[Any]]]:
    export_workbook(store, aktor, path, **settings)
    return contents(path)


@pytest.mark.parametrize("name", ["fyllt", "register-300.xlsx", "register-3000.xlsx"])
def test_export_imported_into_an_empty_store_exports_the_same(
    new_store: Callable[[], Store], aktor: Aktor, book: Path, tmp_path: Path, name: str
) -> None:
    first, second = new_store(), new_store()
    import_workbook(first, aktor, book if name == "fyllt" else EXAMPLES / name)

    one = _export(first, aktor, tmp_path / "1.xlsx")
    result = import_workbook(second, aktor, tmp_path / "1.xlsx")
    two = _export(second, aktor, tmp_path / "2.xlsx")

    assert (result.fel, result.varningar) == ((), ())
    assert list(one) == [sheet.name for sheet in SHEETS]
    assert one == two
    assert (tmp_path / "1.xlsx").read_bytes() == (tmp_path / "2.xlsx").read_bytes()


def test_every_filled_cell_is_exported(store: Store, aktor: Aktor, book: Path, tmp_path: Path) -> None:
    import_workbook(store, aktor, book)

    out = _export(store, aktor, tmp_path / "ut.xlsx")

    for sheet in SHEETS:
        assert out[sheet.name][0] == [column.name for column in sheet.columns]
        for place, column in enumerate(sheet.columns):
            assert any(row[place] != "" for row in out[sheet.name][1:]), (sheet.name, column.name)
    assert [row[4] for row in out["Deltagare"][1:]] == ["K", "K", "uppgift saknas", "uppgift saknas"]
    assert out["Deltagare"][1][1] == "19900115-9806"
    assert out["Möten"][1][2:4] == ["09:30", 45.0]
    assert out["Närvaro"][1][4] == 3.5
    assert [row[2] for row in out["Biståndsmånader"][1:]] == [8449.0, 9000.25, ""]
    assert out["Planeringar"][1][2] == "Arbete i kök\noch körkort"


def test_an_enhet_without_known_places_survives(
    new_store: Callable[[], Store], aktor: Aktor, tmp_path: Path
) -> None:
    first, second = new_store(), new_store()
    with first.unit_of_work(aktor, "registrering") as work:
        work.session.add(Enhet(namn="Köket", typ="extern"))

    one = _export(first, aktor, tmp_path / "1.xlsx")
    result = import_workbook(second, aktor, tmp_path / "1.xlsx")

    assert result.fel == ()
    assert one["Enheter"][1] == ["Köket", "extern", "", "", ""]
    assert _export(second, aktor, tmp_path / "2.xlsx") == one
    assert import_workbook(second, aktor, tmp_path / "1.xlsx").antal.nya == 0


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_text_becomes_a_formula(payload: str) -> None:
    markup = cell("A1", payload)

    assert 't="inlineStr"' in markup
    assert "<f" not in markup
    assert ' s="2"' in markup


def test_formula_payloads_come_out_as_text_and_come_back(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    with store.unit_of_work(aktor, "registrering") as work:
        work.session.add_all(
            Deltagare(
                nummer=f"D{n}", fornamn=payload, efternamn="#REF!", sortering="x", omrade="_x0041_\x07 a"
            )
            for n, payload in enumerate(PAYLOADS)
        )

    export_workbook(store, aktor, tmp_path / "ut.xlsx")

    workbook = openpyxl.load_workbook(tmp_path / "ut.xlsx")
    kinds = {c.data_type for sheet in workbook for row in sheet.iter_rows() for c in row}
    assert kinds <= {"s", "n", "inlineStr", "d"}
    out = contents(tmp_path / "ut.xlsx")["Deltagare"]
    assert [row[2] for row in out[1:]] == [payload.strip() for payload in PAYLOADS]
    assert {(row[3], row[6]) for row in out[1:]} == {("#REF!", "_x0041_ a")}


def test_names_like_formulas_are_imported_as_they_are(
    new_store: Callable[[], Store], aktor: Aktor, tmp_path: Path
) -> None:
    first, second = new_store(), new_store()
    with first.unit_of_work(aktor, "registrering") as work:
        work.session.add(
            Deltagare(nummer="=cmd|' /C calc'!A0", fornamn="=1+1", efternamn="@x", sortering="x")
        )
    export_workbook(first, aktor, tmp_path / "ut.xlsx")

    import_workbook(second, aktor, tmp_path / "ut.xlsx")

    with second.read(aktor) as session:
        row = session.execute(select(Deltagare.nummer, Deltagare.fornamn, Deltagare.efternamn)).one()
    assert tuple(row) == ("=cmd|' /C calc'!A0", "=1+1", "@x")


def test_a_sheet_that_is_too_long_goes_on_in_another(
    new_store: Callable[[], Store], aktor: Aktor, tmp_path: Path
) -> None:
    first, second = new_store(), new_store()
    sheets = full_register()
    head = sheets["Närvaro"][0]
    sheets["Närvaro"] = [head, *(["N1", f"2024-02-{day:02d}", None, "sjuk", None] for day in range(1, 26))]
    import_workbook(first, aktor, save(tmp_path / "a.xlsx", sheets))

    out = _export(first, aktor, tmp_path / "ut.xlsx", rows_per_sheet=10)
    result = import_workbook(second, aktor, tmp_path / "ut.xlsx")

    assert [len(out[name]) for name in ("Närvaro", "Närvaro (2)", "Närvaro (3)")] == [11, 11, 6]
    assert (result.fel, result.varningar) == ((), ())
    with second.read(aktor) as session:
        assert len(session.scalars(select(Narvaro.id)).all()) == 25


def test_a_fault_in_a_continuation_names_its_sheet(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    head = ["hushåll", "antal barn"]
    sheets = {"Hushåll": [head, ["H1", 1]], "Hushåll (2)": [head[::-1], [1, "H2"], ["x", "H1"]]}

    fel = preview(store, aktor, save(tmp_path / "a.xlsx", sheets)).fel

    assert [(f.blad, f.rad, f.kolumn) for f in fel] == [
        ("Hushåll (2)", 3, "antal barn"),
        ("Hushåll (2)", 3, "hushåll"),
    ]


def test_the_file_appears_whole_or_not_at_all(store: Store, aktor: Aktor, book: Path, tmp_path: Path) -> None:
    import_workbook(store, aktor, book)
    target = tmp_path / "ut" / "register.xlsx"
    with pytest.raises(StoreError, match="Mappen"):
        export_workbook(store, aktor, target)
    target.parent.mkdir()
    target.write_text("det gamla")
    with store.unit_of_work(aktor, "registrering") as work:
        work.session.add(
            Deltagare(nummer="lång", fornamn="x", efternamn="y", sortering="x", sprak="x" * 40_000)
        )

    with pytest.raises(DataError, match="ryms inte"):
        export_workbook(store, aktor, target)

    assert target.read_text() == "det gamla"
    assert list(target.parent.iterdir()) == [target]


def test_cancel_leaves_no_file(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    class Stop:
        def is_set(self) -> bool:
            return True

    with pytest.raises(CancelledError):
        export_workbook(store, aktor, tmp_path / "ut.xlsx", cancel=Stop())

    assert list(tmp_path.iterdir()) == []


def test_the_empty_template_is_a_valid_workbook(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    write_template(tmp_path / "mall.xlsx")

    result = import_workbook(store, aktor, tmp_path / "mall.xlsx")

    assert (result.antal, result.fel, result.varningar) == (Antal(), (), ())


def test_the_template_holds_every_sheet_with_help_and_lists(tmp_path: Path) -> None:
    write_template(tmp_path / "mall.xlsx")

    workbook = openpyxl.load_workbook(tmp_path / "mall.xlsx")
    assert set(workbook.sheetnames) == {HELP_SHEET, *(sheet.name for sheet in SHEETS)}
    person = workbook["Deltagare"]
    assert [c.value for c in person[1]][:5] == ["deltagare*", "personnummer", "förnamn*", "efternamn*", "kön"]
    lists = {str(v.sqref): v.formula1 for v in person.data_validations.dataValidation}
    assert lists["E2:E1048576"] == '"K,M,uppgift saknas"'
    assert lists["I2:I1048576"] == '"ja,nej"'
    help_rows = [[c.value for c in row] for row in workbook[HELP_SHEET].iter_rows()]
    told = {(row[0], row[1]) for row in help_rows}
    assert all((sheet.name, column.name) in told for sheet in SHEETS for column in sheet.columns)
    assert all(len(v.formula1) <= 255 for s in workbook for v in s.data_validations.dataValidation)


def test_the_filled_in_template_is_imported(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    write_template(tmp_path / "mall.xlsx")
    workbook = openpyxl.load_workbook(tmp_path / "mall.xlsx")
    workbook["Deltagare"].append(row_of("Deltagare", deltagare="D1", förnamn="Åsa", efternamn="Ö"))
    workbook.save(tmp_path / "ifylld.xlsx")

    result = import_workbook(store, aktor, tmp_path / "ifylld.xlsx")

    assert (result.antal, result.fel, result.varningar) == (Antal(nya=1), (), ())
