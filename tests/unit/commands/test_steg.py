"""Steg of an inskrivning: moved on, planned, corrected, taken away; the earlier ones are kept."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.steg import StegUppgifter, check_steg, move_steg, remove_steg, update_steg
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Inskrivning, Steg, Stegperiod
from db.queries.val import list_steg_ids
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

START = date(2024, 5, 1)


@pytest.fixture
def inskrivning_id(store: Store) -> int:
    def made(session: Session) -> Inskrivning:
        row = make.make_inskrivning(session, inskriven=START)
        make.make_stegperiod(session, inskrivning_id=row.id, steg="Aktualisering", fran=START)
        return row

    return int(fill(store, made).id)


def to(store: Store, namn: str, fran: date) -> StegUppgifter:
    with store.read(ELIN) as session:
        return StegUppgifter(session.execute(select(Steg.id).where(Steg.namn == namn)).scalar_one(), fran)


def held(store: Store) -> list[tuple[str, date]]:
    query = select(Steg.namn, Stegperiod.fran).join(Steg).order_by(Stegperiod.fran, Steg.ordning)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(query)]


def move(store: Store, inskrivning_id: int, namn: str, fran: date) -> int:
    return move_steg(store, ELIN, inskrivning_id, to(store, namn, fran), IDAG).id


def told(store: Store, inskrivning_id: int, namn: str, fran: date) -> list[str]:
    uppgifter = to(store, namn, fran)
    with store.read(ELIN) as session:
        return [f.message for f in check_steg(session, ELIN, inskrivning_id, uppgifter, IDAG)]


def test_a_person_moves_on_and_back_and_is_taken_back(store: Store, inskrivning_id: int) -> None:
    move(store, inskrivning_id, "Kartläggning", START)  # the same day as the first
    move(store, inskrivning_id, "Insats", date(2024, 5, 20))
    saved = move_steg(store, ELIN, inskrivning_id, to(store, "Kartläggning", IDAG), IDAG)
    assert saved.varningar == ()
    assert held(store) == [
        ("Aktualisering", START), ("Kartläggning", START), ("Insats", date(2024, 5, 20)),
        ("Kartläggning", IDAG),
    ]  # fmt: skip
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert len(held(store)) == 3


def test_what_to_think_about_is_told(store: Store, inskrivning_id: int) -> None:
    assert told(store, inskrivning_id, "Matchning", IDAG + timedelta(1)) == [
        "Dagen har inte varit ännu. Steget blir planerat."
    ]
    move(store, inskrivning_id, "Insats", date(2024, 5, 20))
    assert told(store, inskrivning_id, "Planering", date(2024, 5, 10)) == [
        "Deltagaren går vidare till Insats 20\u00a0maj\u00a02024."
    ]


@pytest.mark.parametrize(
    ("namn", "fran", "text"),
    [
        ("Planering", START - timedelta(1), "Inskrivningen börjar"),
        ("Planering", date(2024, 6, 2), "avslutades 1\u00a0jun\u00a02024"),
        ("Aktualisering", date(2024, 5, 10), "redan i Aktualisering sedan 1\u00a0maj\u00a02024"),
        ("Insats", date(2024, 5, 10), "kommer till Insats 20\u00a0maj\u00a02024"),
        ("Planering", date(2024, 5, 20), "Samma dag kom deltagaren till Insats"),
        ("Insats", date(2024, 5, 20), "redan i Insats"),
    ],
)
def test_what_is_contradictory_is_refused(
    store: Store, inskrivning_id: int, namn: str, fran: date, text: str
) -> None:
    move(store, inskrivning_id, "Insats", date(2024, 5, 20))

    def close(session: Session) -> None:
        row = session.get_one(Inskrivning, inskrivning_id)
        row.avslutad, row.resultat = date(2024, 6, 1), "arbete"

    fill(store, close)
    with pytest.raises(DataError, match=text):
        move(store, inskrivning_id, namn, fran)


def test_a_steg_that_is_not_in_the_flow_is_refused(store: Store, inskrivning_id: int) -> None:
    with pytest.raises(DataError, match="Välj ett steg") as refused:
        move_steg(store, ELIN, inskrivning_id, StegUppgifter(404, IDAG), IDAG)
    assert refused.value.field == "steg"


def test_one_is_corrected_and_taken_away(store: Store, inskrivning_id: int) -> None:
    row = move(store, inskrivning_id, "Insats", date(2024, 5, 20))
    before, earlier = to(store, "Insats", date(2024, 5, 20)), to(store, "Planering", date(2024, 5, 18))
    assert update_steg(store, ELIN, row, earlier, IDAG, before) is not None
    assert update_steg(store, ELIN, row, earlier, IDAG) is None
    with pytest.raises(ConflictError):
        update_steg(store, ELIN, row, earlier, IDAG, before)
    assert held(store)[1] == ("Planering", date(2024, 5, 18))
    gone = remove_steg(store, ELIN, row)
    assert held(store) == [("Aktualisering", START)]
    undo_act(store, ELIN, gone.changes.handelse_id)
    assert len(held(store)) == 2


def test_the_only_one_stays(store: Store, inskrivning_id: int) -> None:
    with store.read(ELIN) as session:
        row = session.execute(select(Stegperiod.id)).scalar_one()
    with pytest.raises(DataError, match="ska ha ett steg"):
        remove_steg(store, ELIN, row)


def test_what_does_not_exist_or_may_not_be_known(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Inskrivningen"):
        move(store, 404, "Insats", IDAG)
    with pytest.raises(NotFoundError, match="Steget"):
        remove_steg(store, ELIN, 404)

    def secret(session: Session) -> Inskrivning:
        person = make.make_deltagare(session, skyddad="fingerade uppgifter")
        return make.make_inskrivning(session, deltagare_id=person.id)

    inskrivning = fill(store, secret)
    with pytest.raises(NotFoundError, match="Deltagaren"):
        move_steg(store, EVA, inskrivning.id, to(store, "Insats", IDAG), IDAG)


def test_the_flow_is_offered_in_order(store: Store) -> None:
    with store.read(ELIN) as session, sent_statements(store) as sent:
        found = list_steg_ids(session, ELIN)
    assert [namn for _, namn in found][:2] == ["Aktualisering", "Kartläggning"]
    assert len(sent) == 1
