"""Counts, re-import, history, skipping with an error workbook, progress, cancel and breaking off."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select, text

from db.aktor import Aktor
from db.errors import CancelledError, StoreError
from db.exchange import importing
from db.exchange.importing import import_workbook, list_imports, preview
from db.exchange.outcome import Antal
from db.history import broken_seals
from db.models import (
    Andring,
    Arende,
    Base,
    Deltagare,
    Enhet,
    Handelse,
    Insats,
    Kapacitet,
    Mote,
    Narvaro,
    Sokord,
    TidigareNummer,
)
from db.session import Store
from tests.exchange.workbooks import (
    KVINNA,
    SAMORDNING,
    contents,
    drop_column,
    full_register,
    row_of,
    save,
    set_cell,
)

EXAMPLES = Path(__file__).parents[1] / "data"
ROWS = sum(len(rows) - 1 for rows in full_register().values())
KNOWN_TYPE = 1  # the row that says of praktik what the catalogue already says


class Stop:
    """A cancel token that is set after so many questions."""

    def __init__(self, after: int) -> None:
        self.left = after

    def is_set(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return save(tmp_path / "register.xlsx", full_register())


def _rows(store: Store, aktor: Aktor) -> dict[str, int]:
    with store.read(aktor) as session:
        return {
            t.name: session.scalar(select(func.count()).select_from(t)) or 0
            for t in Base.metadata.sorted_tables
        }


def test_everything_lands_in_the_store(store: Store, aktor: Aktor, book: Path) -> None:
    result = import_workbook(store, aktor, book)

    assert (result.fel, result.varningar) == ((), ())
    assert result.antal == Antal(nya=ROWS - KNOWN_TYPE, oforandrade=KNOWN_TYPE)
    with store.read(aktor) as session:
        people = {p.nummer: p for p in session.scalars(select(Deltagare))}
        assert [(p.nummer, p.kon) for p in people.values()] == [
            ("D1", "K"),
            ("D2", "K"),
            ("D3", None),
            ("D4", None),
        ]
        assert (people["D3"].nummertyp, people["D3"].fodelsedatum) == ("reservnummer", date(1992, 2, 2))
        assert people["D2"].skyddad == "sekretessmarkering"
        assert set(session.scalars(select(Sokord.ord).where(Sokord.deltagare_id == people["D1"].id))) == {
            "åsa",
            "öberg",
        }
        assert [(m.tid, m.uteblev) for m in session.scalars(select(Mote).order_by(Mote.id))] == [
            ("09:30", False),
            ("09:30", True),
            ("", False),
        ]
        assert [(n.pass_, n.minuter) for n in session.scalars(select(Narvaro).order_by(Narvaro.id))] == [
            ("fm", 210),
            ("em", None),
            ("", 0),
        ]
        assert session.scalars(select(Insats.omfattning).order_by(Insats.id)).all() == [75, 100, 50]
        assert session.scalars(select(Enhet.namn).order_by(Enhet.id)).all() == ["Verkstan", "Bryggan"]
        assert session.scalar(select(func.count()).select_from(Kapacitet)) == 3
        assert broken_seals(session) == []


def test_the_same_file_again_changes_nothing(store: Store, aktor: Aktor, book: Path) -> None:
    import_workbook(store, aktor, book)
    before = _rows(store, aktor)

    again = import_workbook(store, aktor, book)

    assert again.antal == Antal(oforandrade=ROWS)
    after = _rows(store, aktor)
    assert {name: after[name] - before[name] for name in after if after[name] != before[name]} == {
        "handelse": 1,
        "importomgang": 1,
    }


def test_a_changed_cell_keeps_its_old_value_in_the_history(
    store: Store, aktor: Aktor, book: Path, tmp_path: Path
) -> None:
    import_workbook(store, aktor, book)
    sheets = set_cell(full_register(), "Ärenden", 2, "handläggare", "hl9")
    set_cell(sheets, "Ärenden", 2, "avslutat", date(2024, 12, 1))
    set_cell(sheets, "Enheter", 4, "typ", "intern")

    result = import_workbook(store, aktor, save(tmp_path / "b.xlsx", sheets))

    assert result.antal == Antal(andrade=2, oforandrade=ROWS - 2)
    with store.read(aktor) as session:
        columns = (Andring.tabell, Andring.falt, Andring.gammalt, Andring.nytt)
        told = session.execute(select(*columns).where(Andring.handelse_id == result.handelse_id)).all()
        assert {tuple(row) for row in told} == {
            ("arende", "handlaggare", '"hl1"', '"hl9"'),
            ("arende", "avslutat", None, '"2024-12-01"'),
            ("enhet", "typ", '"extern"', '"intern"'),
        }
        assert session.scalars(select(Arende.avslutat).where(Arende.nummer == "A1")).one() == date(
            2024, 12, 1
        )
        assert broken_seals(session) == []


def test_a_changed_name_and_number_is_found_under_both(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    sheets = {
        "Deltagare": [["deltagare", "personnummer", "förnamn", "efternamn"], ["D1", SAMORDNING, "Åsa", "Ek"]]
    }
    import_workbook(store, aktor, save(tmp_path / "a.xlsx", sheets))
    sheets["Deltagare"][1] = ["D1", KVINNA, "Åsa", "Öberg"]

    result = import_workbook(store, aktor, save(tmp_path / "b.xlsx", sheets))

    assert result.antal == Antal(andrade=1)
    with store.read(aktor) as session:
        person = session.scalars(select(Deltagare)).one()
        assert (person.personnummer, person.nummertyp) == (KVINNA.replace("-", ""), "personnummer")
        assert set(session.scalars(select(Sokord.ord))) == {"åsa", "öberg"}
        assert set(session.scalars(select(Sokord.sortering))) == {person.sortering}
        earlier = session.scalars(select(TidigareNummer)).one()
        assert (earlier.personnummer, earlier.nummertyp) == (SAMORDNING.replace("-", ""), "samordningsnummer")


def test_an_absent_column_leaves_the_old_value_and_a_blank_cell_clears_it(
    store: Store, aktor: Aktor, book: Path, tmp_path: Path
) -> None:
    import_workbook(store, aktor, book)
    sheets = drop_column(full_register(), "Deltagare", "område")
    drop_column(sheets, "Deltagare", "kön")
    set_cell(sheets, "Deltagare", 2, "telefon", None)
    set_cell(sheets, "Deltagare", 3, "skyddad", None)

    result = import_workbook(store, aktor, save(tmp_path / "b.xlsx", sheets, ["Deltagare"]))

    assert result.antal == Antal(andrade=1, oforandrade=3)
    with store.read(aktor) as session:
        columns = (Deltagare.omrade, Deltagare.telefon, Deltagare.kon, Deltagare.skyddad)
        rows = session.execute(select(*columns).order_by(Deltagare.id)).all()
    # A blank skyddad never lifts a protection.
    assert [tuple(row) for row in rows[:2]] == [
        ("Ryd", "", "K", "nej"),
        ("Ryd", "", "K", "sekretessmarkering"),
    ]


def test_rows_that_may_repeat_are_counted_in_order(store: Store, aktor: Aktor, tmp_path: Path) -> None:
    sheets = full_register()
    sheets["Delegationsbeslut"] += [sheets["Delegationsbeslut"][1], sheets["Delegationsbeslut"][2]]
    sheets["Möten"].append(sheets["Möten"][1])
    first = import_workbook(store, aktor, save(tmp_path / "a.xlsx", sheets))
    sheets["Delegationsbeslut"].append(sheets["Delegationsbeslut"][2])

    second = import_workbook(store, aktor, save(tmp_path / "b.xlsx", sheets))

    assert first.antal.nya == ROWS + 3 - KNOWN_TYPE
    assert second.antal == Antal(nya=1, oforandrade=ROWS + 3)


def test_trying_writes_nothing_and_counts_the_same(store: Store, aktor: Aktor, book: Path) -> None:
    before = _rows(store, aktor)

    tried = preview(store, aktor, book)

    assert _rows(store, aktor) == before
    assert (tried.filnamn, tried.antal) == ("register.xlsx", import_workbook(store, aktor, book).antal)


def test_skipped_rows_come_back_can_be_corrected_and_imported(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    sheets = set_cell(full_register(), "Deltagare", 2, "kön", "?")
    set_cell(sheets, "Möten", 4, "form", "=brev")
    path, felfil = save(tmp_path / "a.xlsx", sheets), tmp_path / "fel.xlsx"

    first = import_workbook(store, aktor, path, skip_file=felfil)

    assert first.import_id is not None
    assert first.felfil == str(felfil)
    assert first.antal.nya + first.antal.oforandrade + first.antal.hoppade == ROWS
    back = contents(felfil)
    assert back["Deltagare"][0] == [*full_register()["Deltagare"][0], "fel"]
    assert back["Deltagare"][1][0] == "D1"
    assert "kön: Värdet är okänt" in back["Deltagare"][1][-1]
    assert "Hör till raden D1" in back["Ärenden"][1][-1]
    assert sum(len(rows) - 1 for rows in back.values()) == first.antal.hoppade
    corrected = {name: [list(row) for row in rows] for name, rows in back.items()}
    set_cell(corrected, "Deltagare", 2, "kön", "K")
    # A formula that was never worked out comes back as a sign that there was one.
    set_cell(corrected, "Möten", len(corrected["Möten"]), "form", "telefon")

    second = import_workbook(store, aktor, save(tmp_path / "b.xlsx", corrected))

    assert (second.fel, second.varningar) == ((), ())
    assert second.antal.nya == first.antal.hoppade
    with store.read(aktor) as session:
        assert broken_seals(session) == []


def test_without_faults_no_error_workbook_is_made(
    store: Store, aktor: Aktor, book: Path, tmp_path: Path
) -> None:
    result = import_workbook(store, aktor, book, skip_file=tmp_path / "fel.xlsx")

    assert (result.felfil, (tmp_path / "fel.xlsx").exists()) == (None, False)


def test_an_error_workbook_that_cannot_be_written_means_no_import(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    path = save(tmp_path / "a.xlsx", set_cell(full_register(), "Deltagare", 2, "kön", "?"))
    before = _rows(store, aktor)

    with pytest.raises(StoreError, match="Mappen"):
        import_workbook(store, aktor, path, skip_file=tmp_path / "saknas" / "fel.xlsx")
    with pytest.raises(StoreError, match="samma fil"):
        import_workbook(store, aktor, path, skip_file=path)

    assert _rows(store, aktor) == before


def test_a_sheet_missing_a_column_is_skipped_with_what_hangs_on_it(
    store: Store, aktor: Aktor, tmp_path: Path
) -> None:
    path = save(tmp_path / "a.xlsx", drop_column(full_register(), "Insatser", "start"))

    result = import_workbook(store, aktor, path, skip_file=tmp_path / "fel.xlsx")

    assert result.antal.hoppade == 3 + 1 + 3  # insatser, OSA-beslut, närvaro
    assert [(f.blad, f.kolumn) for f in result.fel] == [("Insatser", "start")]
    assert set(contents(tmp_path / "fel.xlsx")) == {"Insatser", "OSA-beslut", "Närvaro"}


def test_progress_never_goes_back_and_ends_at_one(store: Store, aktor: Aktor, book: Path) -> None:
    shares: list[float] = []

    import_workbook(store, aktor, book, lambda share, told: shares.append(share))

    assert shares == sorted(shares)
    assert (shares[0], shares[-1]) == (0.0, 1.0)
    assert len(shares) > 20


@pytest.mark.parametrize("after", [0, 3, 20, 45, 60])
def test_cancel_leaves_nothing(store: Store, aktor: Aktor, book: Path, after: int) -> None:
    before = _rows(store, aktor)

    with pytest.raises(CancelledError):
        import_workbook(store, aktor, book, cancel=Stop(after))

    assert _rows(store, aktor) == before


def test_broken_off_half_way_leaves_nothing(
    store: Store, aktor: Aktor, book: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: Any) -> None:
        raise RuntimeError("avbrott")

    before = _rows(store, aktor)
    monkeypatch.setattr(importing.history, "append_rows", fail)

    with pytest.raises(RuntimeError, match="avbrott"):
        import_workbook(store, aktor, book)

    assert _rows(store, aktor) == before


def test_imports_are_listed_latest_first(store: Store, aktor: Aktor, book: Path) -> None:
    import_workbook(store, aktor, book)
    import_workbook(store, aktor, book)

    with store.read(aktor) as session:
        rows = list_imports(session, aktor)

    assert [(row.id, row.filnamn, row.aktor, row.angrad) for row in rows] == [
        (2, "register.xlsx", "system", False),
        (1, "register.xlsx", "system", False),
    ]
    assert rows[1].antal.nya == ROWS - KNOWN_TYPE


def test_ids_follow_on_rows_that_are_gone(store: Store, aktor: Aktor, book: Path, tmp_path: Path) -> None:
    """A row's id is never given to another row, so the history stays unambiguous."""
    first = import_workbook(store, aktor, book)
    importing.angra_import(store, aktor, first.import_id or 0)
    import_workbook(store, aktor, book)

    with store.read(aktor) as session:
        assert min(session.scalars(select(Deltagare.id))) > 4


def test_the_windows_own_new_rows_fit_after_an_import(store: Store, aktor: Aktor, book: Path) -> None:
    import_workbook(store, aktor, book)

    with store.unit_of_work(aktor, "registrering") as work:
        person = Deltagare(nummer="ny", fornamn="Ny", efternamn="Ek", sortering="ek ny")
        work.session.add(person)

    assert person.id > 4


def test_a_workbook_with_only_a_part_finds_its_owners_in_the_store(
    store: Store, aktor: Aktor, book: Path, tmp_path: Path
) -> None:
    import_workbook(store, aktor, book)
    more = {
        "Insatser": [
            full_register()["Insatser"][0],
            row_of(
                "Insatser",
                insats="N9",
                inskrivning="I2",
                insatstyp="Praktik",
                enhet="Bryggan",
                start="2024-05-01",
            ),
        ],
        "Närvaro": [full_register()["Närvaro"][0], ["N9", "2024-05-02", None, "sjuk", None]],
    }

    result = import_workbook(store, aktor, save(tmp_path / "b.xlsx", more))

    assert (result.fel, result.antal) == ((), Antal(nya=2))


def test_the_example_registers_come_in_without_a_word(new_store: Callable[[], Store], aktor: Aktor) -> None:
    for name, rows in (("register-300.xlsx", 3480), ("register-3000.xlsx", 35294)):
        result = import_workbook(new_store(), aktor, EXAMPLES / name)
        assert (result.fel, result.varningar) == ((), ())
        assert result.antal == Antal(nya=rows)


def test_many_handelser_are_sealed_in_one_chain(store: Store, aktor: Aktor, book: Path) -> None:
    for _ in range(3):
        import_workbook(store, aktor, book)

    with store.unit_of_work(aktor, "fusk") as work:
        assert broken_seals(work.session) == []
        work.session.execute(text("UPDATE andring SET rad_id = rad_id + 1 WHERE id = 5"))
        assert broken_seals(work.session) == [1]
        assert work.session.scalar(select(func.count()).select_from(Handelse)) == 3
