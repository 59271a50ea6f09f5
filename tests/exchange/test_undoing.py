"""An import, or any act, taken back as a whole; refused, naming the rows, where someone built on it."""

from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from db.aktor import Aktor
from db.commands.undo import undo_act
from db.errors import CancelledError, DataError, NotFoundError
from db.exchange.importing import angra_import, import_workbook, list_imports
from db.history import broken_seals
from db.models import (
    Base,
    Delegationsbeslut,
    Deltagare,
    Handelse,
    Insats,
    Kostnad,
    Mote,
    Narvaro,
    Sokord,
    TidigareNummer,
)
from db.queries.angrade import find_undone
from db.rules.namn import sortering
from db.session import Store
from tests.exchange.workbooks import KVINNA, MAN, SAMORDNING, full_register, row_of, save, set_cell

HISTORY = {"handelse", "andring", "importomgang"}


@pytest.fixture
def book(tmp_path: Path) -> Path:
    return save(tmp_path / "register.xlsx", full_register())


def _register(store: Store, aktor: Aktor) -> dict[str, list[Any]]:
    """Every row of every table but the history, as plain tuples."""
    with store.read(aktor) as session:
        return {
            t.name: [tuple(row) for row in session.execute(select(t).order_by(*t.primary_key.columns))]
            for t in Base.metadata.sorted_tables
            if t.name not in HISTORY
        }


def _import(store: Store, aktor: Aktor, path: Path) -> int:
    result = import_workbook(store, aktor, path)
    assert result.fel == ()
    assert result.import_id is not None
    return result.import_id


def test_new_rows_go_and_the_undoing_is_an_act(store: Store, aktor: Aktor, book: Path) -> None:
    before = _register(store, aktor)
    import_id = _import(store, aktor, book)
    shares: list[float] = []

    changes = angra_import(store, aktor, import_id, lambda share, _: shares.append(share))

    assert _register(store, aktor) == before
    assert {"deltagare", "narvaro"} <= changes.tables()
    assert shares == sorted(shares)
    assert shares[-1] == 1.0
    with store.read(aktor) as session:
        undoing = session.get_one(Handelse, changes.handelse_id)
        assert (undoing.slag, undoing.angrar_id, undoing.aktor) == ("ångra", 1, "system")
        assert [row.angrad for row in list_imports(session, aktor)] == [True]
        assert broken_seals(session) == []


def test_changed_rows_get_their_old_values_back(
    store: Store, aktor: Aktor, book: Path, tmp_path: Path
) -> None:
    sheets = set_cell(full_register(), "Deltagare", 2, "personnummer", SAMORDNING)
    _import(store, aktor, save(tmp_path / "a.xlsx", sheets))
    before = _register(store, aktor)
    set_cell(sheets, "Deltagare", 2, "personnummer", KVINNA)
    set_cell(sheets, "Deltagare", 3, "efternamn", "Ågren")
    set_cell(sheets, "Deltagare", 3, "utrikesfödd", None)
    set_cell(sheets, "Insatser", 3, "slut", date(2024, 8, 1))
    set_cell(sheets, "Enheter", 4, "typ", "intern")
    sheets["Möten"].append(["D2", date(2024, 5, 1), None, None, "telefon", "arbetsmarknad", None])
    import_id = _import(store, aktor, save(tmp_path / "b.xlsx", sheets))
    assert _register(store, aktor) != before

    angra_import(store, aktor, import_id)

    assert _register(store, aktor) == before


def test_traded_numbers_are_traded_back(store: Store, aktor: Aktor, book: Path, tmp_path: Path) -> None:
    _import(store, aktor, book)
    before = _register(store, aktor)
    sheets = set_cell(full_register(), "Deltagare", 2, "personnummer", MAN)
    set_cell(sheets, "Deltagare", 3, "personnummer", KVINNA)
    import_id = _import(store, aktor, save(tmp_path / "b.xlsx", sheets))

    angra_import(store, aktor, import_id)

    assert _register(store, aktor) == before


def test_the_undoing_can_be_undone_and_done_again(store: Store, aktor: Aktor, book: Path) -> None:
    import_id = _import(store, aktor, book)
    imported = _register(store, aktor)
    first = angra_import(store, aktor, import_id)

    back = undo_act(store, aktor, first.handelse_id)

    assert _register(store, aktor) == imported
    with store.read(aktor) as session:
        assert find_undone(session) == {first.handelse_id}
        assert set(session.scalars(select(Sokord.ord))) > {"åsa", "öberg"}
    angra_import(store, aktor, import_id)
    with store.read(aktor) as session:
        assert session.scalar(select(func.count()).select_from(Deltagare)) == 0
        assert broken_seals(session) == []
    assert "deltagare" in back.tables()


def test_undoing_twice_or_what_is_not_there_is_refused(store: Store, aktor: Aktor, book: Path) -> None:
    import_id = _import(store, aktor, book)
    angra_import(store, aktor, import_id)

    with pytest.raises(DataError, match="redan ångrat"):
        angra_import(store, aktor, import_id)
    with pytest.raises(NotFoundError, match="ingen import med nummer 99"):
        angra_import(store, aktor, 99)
    with pytest.raises(DataError, match="finns inte"):
        undo_act(store, aktor, 99)


def test_refused_naming_the_rows_that_someone_changed(store: Store, aktor: Aktor, book: Path) -> None:
    import_id = _import(store, aktor, book)
    with store.unit_of_work(aktor, "ändring") as work:
        work.session.scalars(select(Deltagare).where(Deltagare.nummer == "D2")).one().telefon = "08-1"
        work.session.scalars(select(Narvaro)).first().minuter = 60  # type: ignore[union-attr]
    changed = _register(store, aktor)

    with pytest.raises(
        DataError, match=r"ändrats sedan dess: deltagare D2, närvaro för insats N1\."
    ) as refused:
        angra_import(store, aktor, import_id)

    assert "Inget har ändrats" in refused.value.message
    assert _register(store, aktor) == changed


def test_rows_without_a_name_are_named_by_their_owner_or_number(
    store: Store, aktor: Aktor, book: Path
) -> None:
    import_id = _import(store, aktor, book)
    with store.unit_of_work(aktor, "ändring") as work:
        for beslut in work.session.scalars(select(Delegationsbeslut)):
            beslut.lagrum = "annat"
        work.session.scalars(select(Kostnad)).one().belopp_ore = 1

    with pytest.raises(
        DataError, match=r": delegationsbeslut för ärende A1, delegationsbeslut 2, kostnad 1\."
    ):
        angra_import(store, aktor, import_id)


def test_refused_naming_rows_that_someone_took_away(store: Store, aktor: Aktor, book: Path) -> None:
    import_id = _import(store, aktor, book)
    with store.unit_of_work(aktor, "borttagning") as work:
        work.session.delete(work.session.scalars(select(Insats).where(Insats.nummer == "N3")).one())

    with pytest.raises(DataError, match=r"insats \(borttagen\)"):
        angra_import(store, aktor, import_id)


def test_refused_naming_rows_made_since_that_refer_to_the_imported(
    store: Store, aktor: Aktor, book: Path, tmp_path: Path
) -> None:
    import_id = _import(store, aktor, book)
    more = {"Möten": [full_register()["Möten"][0]]}
    more["Möten"] += [
        row_of("Möten", deltagare="D1", datum=date(2024, 6, day), form="telefon", verksamhet="arbetsmarknad")
        for day in range(1, 13)
    ]
    later = _import(store, aktor, save(tmp_path / "b.xlsx", more))

    with pytest.raises(DataError, match=r"hänvisar .*möte för deltagare D1.* och 2 till"):
        angra_import(store, aktor, import_id)

    angra_import(store, aktor, later)
    angra_import(store, aktor, import_id)
    with store.read(aktor) as session:
        assert session.scalar(select(func.count()).select_from(Deltagare)) == 0


def test_a_change_that_was_itself_taken_back_is_no_hindrance(store: Store, aktor: Aktor, book: Path) -> None:
    import_id = _import(store, aktor, book)
    with store.unit_of_work(aktor, "ändring") as work:
        work.session.scalars(select(Deltagare).where(Deltagare.nummer == "D2")).one().telefon = "08-1"
    assert work.changes is not None
    undo_act(store, aktor, work.changes.handelse_id)

    angra_import(store, aktor, import_id)

    with store.read(aktor) as session:
        assert session.scalar(select(func.count()).select_from(Deltagare)) == 0


def test_an_act_of_the_window_is_undone_row_by_row(store: Store, aktor: Aktor, book: Path) -> None:
    """New, changed and removed rows in one act, with a person's new name among them."""
    _import(store, aktor, book)
    before = _register(store, aktor)
    with store.unit_of_work(aktor, "ändring") as work:
        person = work.session.scalars(select(Deltagare).where(Deltagare.nummer == "D1")).one()
        person.efternamn, person.sortering = "Alm", sortering("Alm", "Åsa")
        work.session.delete(work.session.scalars(select(Mote)).all()[-1])
        work.session.add(
            TidigareNummer(
                deltagare_id=person.id, personnummer="x", nummertyp="reservnummer", till=date.today()
            )
        )
        work.session.add(Deltagare(nummer="D9", fornamn="Ny", efternamn="Ek", sortering="ek ny"))
    assert work.changes is not None

    undo_act(store, aktor, work.changes.handelse_id)

    assert _register(store, aktor) == before


def test_a_removed_person_returns_with_search_words(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "registrering") as work:
        work.session.add(
            Deltagare(nummer="D9", fornamn="Ny", efternamn="Ek", sortering="ek ny", utrikesfodd=True)
        )
    with store.unit_of_work(aktor, "borttagning") as work:
        work.session.delete(work.session.scalars(select(Deltagare)).one())
    assert work.changes is not None

    undo_act(store, aktor, work.changes.handelse_id)

    with store.read(aktor) as session:
        assert session.scalars(select(Deltagare.utrikesfodd)).one() is True
        assert set(session.scalars(select(Sokord.ord))) == {"ny", "ek"}


def test_refused_where_a_number_has_a_new_owner(
    store: Store, aktor: Aktor, book: Path, tmp_path: Path
) -> None:
    _import(store, aktor, book)
    sheets = set_cell(full_register(), "Deltagare", 3, "personnummer", None)
    import_id = _import(store, aktor, save(tmp_path / "b.xlsx", sheets, ["Hushåll", "Deltagare"]))
    head = full_register()["Deltagare"][0]
    more = {
        "Deltagare": [head, row_of("Deltagare", deltagare="D9", personnummer=MAN, förnamn="X", efternamn="Y")]
    }
    _import(store, aktor, save(tmp_path / "c.xlsx", more))
    before = _register(store, aktor)

    with pytest.raises(DataError, match="används nu av någon annan"):
        angra_import(store, aktor, import_id)

    assert _register(store, aktor) == before


def test_cancel_leaves_everything(store: Store, aktor: Aktor, book: Path) -> None:
    import_id = _import(store, aktor, book)
    imported = _register(store, aktor)

    class Stop:
        asked = 0

        def is_set(self) -> bool:
            self.asked += 1
            return self.asked > 4

    with pytest.raises(CancelledError):
        angra_import(store, aktor, import_id, cancel=Stop())

    assert _register(store, aktor) == imported
