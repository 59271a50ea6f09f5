"""Handing people over: chosen ones or all of a colleague's, protected people, what stops it, and undo."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.commands.overlamning import Overlamning, check_overlamning, hand_over
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Arende, Handelse, Inskrivning
from db.queries.overlamning import Slag, Underlag, list_for, list_hos
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

BO = Aktor("bo", "Bo", Roll.HANDLAGGARE)


@pytest.fixture
def people(store: Store) -> tuple[int, int, int]:
    """Bo's open person, Bo's protected one, and one whose ärende is Bo's but inskriven with nobody."""

    def act(s: Session) -> tuple[int, int, int]:
        make.make_medarbetare(s, signatur="elin", namn="Elin Måsvik")
        make.make_medarbetare(s, signatur="bo", namn="Bo")
        make.make_medarbetare(s, signatur="gunn", namn="Gunn", aktiv=False)
        ids = []
        for skyddad, koordinator in (("nej", "bo"), ("sekretessmarkering", "bo"), ("nej", "")):
            person = make.make_deltagare(s, skyddad=skyddad)
            make.make_arende(s, deltagare_id=person.id, handlaggare="bo")
            make.make_inskrivning(s, deltagare_id=person.id, koordinator=koordinator)
            ids.append(person.id)
        make.make_arende(s, deltagare_id=ids[0], handlaggare="bo", avslutat=IDAG, avslutsorsak="flyttat")
        return ids[0], ids[1], ids[2]

    return fill(store, act)


def hos(store: Store, aktor: Aktor, signatur: str = "bo") -> Underlag:
    with store.read(aktor) as session:
        return list_hos(session, aktor, signatur)


def held(store: Store, signatur: str) -> tuple[int, int]:
    """How many open ärenden and inskrivningar name somebody."""
    with store.read(SYSTEM) as session:
        arenden = session.scalars(select(Arende).where(Arende.avslutat.is_(None))).all()
        inskrivna = session.scalars(select(Inskrivning)).all()
    return (
        sum(row.handlaggare == signatur for row in arenden),
        sum(row.koordinator == signatur for row in inskrivna),
    )


def test_all_of_a_colleagues_are_handed_over_in_one_act_and_taken_back(
    store: Store, people: tuple[int, int, int]
) -> None:
    underlag = hos(store, EVA)
    assert (len(underlag.rader), underlag.personer, underlag.dolda) == (3, 2, 1)
    done = hand_over(store, EVA, Overlamning(underlag.rader, "elin", " Bo är ledig "))
    assert (done.rader, done.personer) == (3, 2)
    assert held(store, "elin") == (2, 1)
    assert held(store, "bo") == (1, 1), "the protected person stays"
    with store.read(EVA) as session:
        act = session.get_one(Handelse, done.changes.handelse_id)
    assert (act.slag, act.text) == ("överlämning", "Överlämnade till elin: Bo är ledig")
    undo_act(store, EVA, done.changes.handelse_id)
    assert held(store, "bo") == (3, 2)


def test_chosen_people_are_handed_over_whoever_had_them(store: Store, people: tuple[int, int, int]) -> None:
    with store.read(EVA) as session:
        underlag = list_for(session, EVA, people)
    assert [(rad.slag, rad.ansvarig) for rad in underlag.rader] == [
        (Slag.ARENDE, "bo"), (Slag.ARENDE, "bo"), (Slag.INSKRIVNING, "bo"), (Slag.INSKRIVNING, ""),
    ]  # fmt: skip
    assert underlag.dolda == 1
    hand_over(store, EVA, Overlamning(underlag.rader, "elin"))
    assert held(store, "elin") == (2, 2)


def test_only_inskrivningar(store: Store, people: tuple[int, int, int]) -> None:
    rader = tuple(rad for rad in hos(store, EVA).rader if rad.slag is Slag.INSKRIVNING)
    hand_over(store, EVA, Overlamning(rader, "elin"))
    assert held(store, "elin") == (0, 1)


def test_what_nobody_has_is_given_to_somebody(store: Store, people: tuple[int, int, int]) -> None:
    done = hand_over(store, EVA, Overlamning(hos(store, EVA, "").rader, "elin"))
    assert (done.rader, held(store, "elin")) == (1, (0, 1))


def test_who_is_named_hands_over_the_protected_and_can_take_it_back(
    store: Store, people: tuple[int, int, int]
) -> None:
    underlag = hos(store, BO)
    assert (underlag.personer, underlag.dolda) == (3, 0)
    done = hand_over(store, BO, Overlamning(underlag.rader, "elin"))
    assert held(store, "bo") == (0, 0)
    with pytest.raises(NotFoundError):
        undo_act(store, EVA, done.changes.handelse_id)
    undo_act(store, BO, done.changes.handelse_id)
    assert held(store, "bo") == (3, 2)


def test_the_slip_is_no_way_back_to_a_protected_person_later(
    store: Store, people: tuple[int, int, int]
) -> None:
    done = hand_over(store, BO, Overlamning(hos(store, BO).rader, "elin"))
    before = (datetime.now(UTC) - timedelta(2)).isoformat(timespec="microseconds").replace("+00:00", "Z")
    with store.engine.begin() as connection:
        connection.execute(update(Handelse).where(Handelse.id == done.changes.handelse_id).values(tid=before))
    with pytest.raises(NotFoundError):
        undo_act(store, BO, done.changes.handelse_id)


def test_a_protected_persons_rows_are_not_there_for_others(
    store: Store, people: tuple[int, int, int]
) -> None:
    with pytest.raises(NotFoundError):
        hand_over(store, EVA, Overlamning(hos(store, BO).rader, "elin"))
    assert held(store, "bo") == (3, 2)


def test_moved_or_closed_meanwhile(store: Store, people: tuple[int, int, int]) -> None:
    uppgifter = Overlamning(hos(store, EVA).rader, "elin")
    arende = uppgifter.rader[0]
    hand_over(store, EVA, Overlamning((arende,), "elin"))
    with pytest.raises(ConflictError):
        hand_over(store, EVA, uppgifter)
    again = Overlamning(hos(store, EVA).rader, "elin")
    fill(store, lambda s: _close(s, again.rader[0].id))
    with pytest.raises(ConflictError):
        hand_over(store, EVA, again)
    assert held(store, "elin") == (1, 0)


def _close(session: Session, arende_id: int) -> None:
    arende = session.get_one(Arende, arende_id)
    arende.avslutat, arende.avslutsorsak = IDAG, "flyttat"


@pytest.mark.parametrize(
    ("till", "skal", "field"),
    [("gunn", "", "till"), ("okänd", "", "till"), ("bo", "", "till"), ("elin", "x" * 501, "skal")],
)
def test_what_stops_it(store: Store, people: tuple[int, int, int], till: str, skal: str, field: str) -> None:
    uppgifter = Overlamning(hos(store, EVA).rader, till, skal)
    with store.read(EVA) as session:
        assert [f.field for f in check_overlamning(session, EVA, uppgifter)] == [field]
    with pytest.raises(DataError) as error:
        hand_over(store, EVA, uppgifter)
    assert error.value.field == field
    assert held(store, "bo") == (3, 2)


def test_nothing_to_hand_over(store: Store, people: tuple[int, int, int]) -> None:
    with pytest.raises(DataError, match="inget öppet"):
        hand_over(store, ELIN, Overlamning((), "elin"))
