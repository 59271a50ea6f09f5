"""What is written of a person is changed; a number that is replaced stays in the history."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM
from db.commands.person import REFUSED, PersonUppgifter, read_person
from db.commands.undo import undo_act
from db.commands.uppgifter import check_uppgifter, read_uppgifter, update_deltagare
from db.commands.varningar import ASK
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Deltagare, TidigareNummer
from db.queries.deltagare import search_deltagare
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, IDAG, fill

BEFORE = PersonUppgifter("Hodan", "Rönnstig", "198803742389", date(1988, 3, 14), "K")
AFTER = replace(
    BEFORE, personnummer="198803149809", efternamn="Lövmo", telefon="070-1740605", utrikesfodd=True,
    utbildningsniva="gymnasial", sprak="somaliska", tolk="somaliska", omrade="Norr", epost="h@example.com",
)  # fmt: skip


def _hodan(session: Session) -> int:
    return make.make_deltagare(
        session, fornamn="Hodan", efternamn="Rönnstig", personnummer="198803742389",
        nummertyp="samordningsnummer",
    ).id  # fmt: skip


@pytest.fixture
def person_id(store: Store) -> int:
    return fill(store, _hodan)


def held(store: Store, person_id: int) -> PersonUppgifter:
    with store.read(SYSTEM) as session:
        return read_person(session.get_one(Deltagare, person_id))


def earlier(store: Store) -> list[tuple[str, str, date]]:
    columns = (TidigareNummer.personnummer, TidigareNummer.nummertyp, TidigareNummer.till)
    with store.read(SYSTEM) as session:
        return [tuple(row) for row in session.execute(select(*columns))]


def found(store: Store, text: str) -> int:
    with store.read(ELIN) as session:
        return len(search_deltagare(session, ELIN, text, IDAG).rows)


def test_a_replaced_number_is_kept_and_found(store: Store, person_id: int) -> None:
    saved = update_deltagare(store, ELIN, person_id, AFTER, IDAG, BEFORE)
    assert saved is not None
    assert held(store, person_id) == AFTER
    assert earlier(store) == [("198803742389", "samordningsnummer", IDAG)]
    assert [found(store, text) for text in ("lövmo", "rönnstig", "880374-2389", "880314-98")] == [1, 0, 1, 1]
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert held(store, person_id) == BEFORE
    assert earlier(store) == []
    assert [found(store, text) for text in ("lövmo", "rönnstig", "880374-2389")] == [0, 1, 1]


def test_a_number_is_given_and_taken_away(store: Store, person_id: int) -> None:
    without = replace(BEFORE, personnummer="")
    assert update_deltagare(store, ELIN, person_id, without, IDAG) is not None
    assert [typ for _, typ, _ in earlier(store)] == ["samordningsnummer"]
    assert update_deltagare(store, ELIN, person_id, AFTER, IDAG, without) is not None
    assert len(earlier(store)) == 1


def test_nothing_changed_is_no_act(store: Store, person_id: int) -> None:
    same = replace(BEFORE, personnummer="19880374-2389")
    with store.read(ELIN) as session:
        before = read_uppgifter(session, ELIN, person_id)
    assert update_deltagare(store, ELIN, person_id, same, IDAG, before) is None


def test_a_change_meanwhile_is_told(store: Store, person_id: int) -> None:
    update_deltagare(store, ELIN, person_id, AFTER, IDAG)
    with pytest.raises(ConflictError):
        update_deltagare(store, ELIN, person_id, replace(BEFORE, telefon="1"), IDAG, BEFORE)


def test_anothers_number_is_refused(store: Store, person_id: int) -> None:
    fill(store, lambda session: make.make_deltagare(session, personnummer="198803149809", fornamn="Åsa"))
    with pytest.raises(DataError, match="Åsa"):
        update_deltagare(store, ELIN, person_id, AFTER, IDAG)
    hidden = {"personnummer": "197902289805", "skyddad": "sekretessmarkering"}
    fill(store, lambda session: make.make_deltagare(session, **hidden))
    wanted = replace(AFTER, personnummer="197902289805", fodelsedatum=date(1979, 2, 28))
    with pytest.raises(DataError, match=REFUSED):
        update_deltagare(store, ELIN, person_id, wanted, IDAG)


def test_the_person_may_get_out_of_sight(store: Store, person_id: int) -> None:
    protected = replace(BEFORE, skyddad="sekretessmarkering")
    with store.read(ELIN) as session:
        assert [f.field for f in check_uppgifter(session, ELIN, person_id, protected, IDAG)] == ["skyddad"]
        assert check_uppgifter(session, ELIN, person_id, BEFORE, IDAG) == ()
    fill(store, lambda session: make.make_arende(session, deltagare_id=person_id, handlaggare="elin"))
    with store.read(ELIN) as session:
        assert check_uppgifter(session, ELIN, person_id, protected, IDAG) == ()
    with store.read(SYSTEM) as session:
        assert check_uppgifter(session, SYSTEM, person_id, protected, IDAG) == ()


def test_a_hidden_person_is_not_there(store: Store) -> None:
    hidden = fill(store, lambda session: make.make_deltagare(session, skyddad="sekretessmarkering")).id
    with pytest.raises(NotFoundError):
        update_deltagare(store, ELIN, hidden, AFTER, IDAG)


def test_a_number_that_was_anothers_asks_once(store: Store, person_id: int) -> None:
    fill(store, lambda session: make.make_tidigare_nummer(session, personnummer="198803149809"))
    with pytest.raises(DataError, match=ASK):
        update_deltagare(store, ELIN, person_id, AFTER, IDAG, skal=" ")
    assert update_deltagare(store, ELIN, person_id, AFTER, IDAG, skal="Rättat") is not None
    with store.read(ELIN) as session:
        assert [f.asks for f in check_uppgifter(session, ELIN, person_id, AFTER, IDAG)] == [False]
    assert update_deltagare(store, ELIN, person_id, AFTER, IDAG, skal="") is None
