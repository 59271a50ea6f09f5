"""Moving on the board: from today, back again, and what stops it."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.tavla import move_on_board
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Inskrivning, Steg, Stegperiod
from db.queries.tavla import UTAN_STEG
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

START = date(2024, 5, 1)


def steg_id(store: Store, namn: str) -> int:
    with store.read(ELIN) as session:
        return session.execute(select(Steg.id).where(Steg.namn == namn)).scalar_one()


def enroll(store: Store, *steg: tuple[str, date], **values: object) -> int:
    def made(session: Session) -> int:
        row = make.make_inskrivning(session, inskriven=START, **values)
        for namn, fran in steg:
            make.make_stegperiod(session, inskrivning_id=row.id, steg=namn, fran=fran)
        return int(row.id)

    return fill(store, made)


def move(store: Store, inskrivning_id: int, to: str, fore: str, aktor: Aktor = ELIN) -> int:
    before = steg_id(store, fore) if fore else UTAN_STEG
    saved = move_on_board(store, aktor, inskrivning_id, steg_id(store, to), before, IDAG)
    return saved.changes.handelse_id


def held(store: Store) -> list[tuple[str, date]]:
    query = select(Steg.namn, Stegperiod.fran).join(Steg).order_by(Stegperiod.fran, Steg.ordning)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(query)]


def test_a_move_is_from_today_and_can_be_taken_back(store: Store) -> None:
    inskrivning = enroll(store, ("Aktualisering", START))
    act = move(store, inskrivning, "Insats", "Aktualisering")
    assert held(store) == [("Aktualisering", START), ("Insats", IDAG)]
    undo_act(store, ELIN, act)
    assert held(store) == [("Aktualisering", START)]


def test_a_second_move_of_the_day_replaces_the_first(store: Store) -> None:
    inskrivning = enroll(store, ("Aktualisering", START))
    move(store, inskrivning, "Insats", "Aktualisering")
    move(store, inskrivning, "Kartläggning", "Insats")
    assert held(store) == [("Aktualisering", START), ("Kartläggning", IDAG)]


def test_moved_back_the_same_day_one_has_never_left(store: Store) -> None:
    inskrivning = enroll(store, ("Aktualisering", START))
    move(store, inskrivning, "Insats", "Aktualisering")
    move(store, inskrivning, "Aktualisering", "Insats")
    assert held(store) == [("Aktualisering", START)]


def test_several_steg_of_today_become_the_one_moved_to(store: Store) -> None:
    inskrivning = enroll(store, ("Planering", IDAG), ("Insats", IDAG))
    move(store, inskrivning, "Aktualisering", "Insats")
    assert held(store) == [("Aktualisering", IDAG)]
    move(store, inskrivning, "Insats", "Aktualisering")
    assert held(store) == [("Insats", IDAG)]


def test_who_has_no_steg_comes_to_one(store: Store) -> None:
    inskrivning = enroll(store)
    move(store, inskrivning, "Kartläggning", "")
    assert held(store) == [("Kartläggning", IDAG)]


def test_a_limit_is_told_and_not_a_stop(store: Store) -> None:
    def limit(session: Session) -> None:
        session.scalars(select(Steg).where(Steg.namn == "Matchning")).one().grans = 1

    fill(store, limit)
    first, second = enroll(store, ("Insats", START)), enroll(store, ("Insats", START))
    ids = [steg_id(store, namn) for namn in ("Matchning", "Insats")]
    assert move_on_board(store, ELIN, first, *ids, IDAG).varningar == ()
    (varning,) = move_on_board(store, ELIN, second, *ids, IDAG).varningar
    assert varning.message == "Matchning har nu 2 inskrivna. Gränsen är 1."


def test_two_who_move_the_same_person(store: Store) -> None:
    inskrivning = enroll(store, ("Aktualisering", START))
    move(store, inskrivning, "Insats", "Aktualisering")
    with pytest.raises(ConflictError, match="Någon annan har flyttat"):
        move(store, inskrivning, "Kartläggning", "Aktualisering", EVA)
    assert held(store) == [("Aktualisering", START), ("Insats", IDAG)]


def test_what_is_planned_next_is_no_step(store: Store) -> None:
    inskrivning = enroll(store, ("Aktualisering", START), ("Insats", IDAG + timedelta(7)))
    with pytest.raises(DataError, match="redan planerat när deltagaren kommer till Insats"):
        move(store, inskrivning, "Insats", "Aktualisering")
    move(store, inskrivning, "Planering", "Aktualisering")
    assert held(store)[1:] == [("Planering", IDAG), ("Insats", IDAG + timedelta(7))]


def test_it_is_refused_where_it_means_nothing(store: Store) -> None:
    inskrivning = enroll(store, ("Aktualisering", START))
    with pytest.raises(DataError, match="redan i Aktualisering"):
        move(store, inskrivning, "Aktualisering", "Aktualisering")
    with pytest.raises(DataError, match="används inte längre"):
        move_on_board(store, ELIN, inskrivning, 404, steg_id(store, "Aktualisering"), IDAG)

    def retire(session: Session) -> None:
        session.scalars(select(Steg).where(Steg.namn == "Matchning")).one().aktiv = False

    fill(store, retire)
    with pytest.raises(DataError, match="används inte längre"):
        move(store, inskrivning, "Matchning", "Aktualisering")
    with pytest.raises(NotFoundError):
        move(store, 404, "Insats", "Aktualisering")
    closed = enroll(store, ("Aktualisering", START), avslutad=IDAG, resultat="arbete")
    with pytest.raises(DataError, match="avslutad"):
        move(store, closed, "Insats", "Aktualisering")


def test_a_hidden_person_is_moved_only_by_those_named(store: Store) -> None:
    def made(session: Session) -> int:
        person = make.make_deltagare(session, skyddad="sekretessmarkering")
        row: Inskrivning = make.make_inskrivning(
            session, inskriven=START, deltagare_id=person.id, koordinator="elin"
        )
        make.make_stegperiod(session, inskrivning_id=row.id, steg="Aktualisering", fran=START)
        return int(row.id)

    inskrivning = fill(store, made)
    with pytest.raises(NotFoundError):
        move(store, inskrivning, "Insats", "Aktualisering", EVA)
    move(store, inskrivning, "Insats", "Aktualisering")
    assert len(held(store)) == 2
