"""What stands in the way of taking an act back, and what an act began as."""

from collections.abc import Collection
from datetime import date

import pytest
from sqlalchemy import func, select

from db.commands.angra import turn_act
from db.commands.mote import MoteUppgifter, create_mote, update_mote
from db.commands.undo import undo_act
from db.commands.visning import log_utskrift
from db.models import Handelse
from db.queries.angrade import Inaktuella, find_inaktuella, find_ursprung
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill


@pytest.fixture
def person(store: Store) -> int:
    return fill(store, lambda s: make.make_deltagare(s, fornamn="Hodan", efternamn="Rönnstig").id)


def meet(person: int, tid: str = "") -> MoteUppgifter:
    return MoteUppgifter(person, date(2024, 6, 4), "fysiskt", "arbetsmarknad", tid)


def look(store: Store, *acts: int) -> Inaktuella:
    with store.read(ELIN) as session:
        return find_inaktuella(session, acts)


def inaktuella(angrade: Collection[int] = (), forbi: Collection[int] = ()) -> Inaktuella:
    return Inaktuella(frozenset(angrade), frozenset(forbi))


def test_what_can_still_be_taken_back_is_left_alone(store: Store, person: int) -> None:
    made = create_mote(store, ELIN, meet(person), IDAG).changes.handelse_id
    log_utskrift(store, ELIN, person, "Planering")
    assert look(store, made) == inaktuella()


def test_what_is_taken_back_is_told_until_it_is_done_again(store: Store, person: int) -> None:
    made = create_mote(store, ELIN, meet(person), IDAG).changes.handelse_id
    undone = undo_act(store, ELIN, made).handelse_id
    assert look(store, made, undone) == inaktuella(angrade={made})
    undo_act(store, ELIN, undone)
    assert look(store, made, undone) == inaktuella(angrade={undone})


def test_what_others_have_changed_since_is_over(store: Store, person: int) -> None:
    made = create_mote(store, ELIN, meet(person), IDAG)
    later = update_mote(store, EVA, made.id, meet(person, "10:00"), IDAG)
    assert later is not None
    assert look(store, made.changes.handelse_id) == inaktuella(forbi={made.changes.handelse_id})
    undo_act(store, EVA, later.changes.handelse_id)
    assert look(store, made.changes.handelse_id) == inaktuella()


def test_what_others_have_built_on_is_over(store: Store) -> None:
    with store.unit_of_work(ELIN, "registrering", "Ny") as work:
        person = make.make_deltagare(work.session).id
    act = latest(store)
    create_mote(store, EVA, meet(person), IDAG)
    assert look(store, act) == inaktuella(forbi={act})


def latest(store: Store) -> int:
    with store.read(ELIN) as session:
        return session.scalars(select(func.max(Handelse.id))).one()


def test_as_many_statements_however_many_rows(store: Store, person: int) -> None:
    one = create_mote(store, ELIN, meet(person), IDAG).changes.handelse_id
    with store.unit_of_work(ELIN, "möten", "Många") as work:
        for _ in range(20):
            make.make_mote(work.session, deltagare_id=person)
    many = latest(store)
    sent = []
    for act in (one, many):
        with store.read(ELIN) as session, sent_statements(store) as statements:
            assert find_inaktuella(session, [act]) == inaktuella()
        sent.append(len(statements))
    assert sent[0] == sent[1] <= 6


def test_turning_an_act_says_what_it_was_and_which_way_it_went(store: Store, person: int) -> None:
    act = create_mote(store, ELIN, meet(person), IDAG).changes.handelse_id
    ways = []
    for _ in range(3):
        turned = turn_act(store, ELIN, act)
        assert (turned.vad, turned.namn) == ("Nytt möte", "Hodan Rönnstig")
        ways.append(turned.gjort_om)
        act = turned.changes.handelse_id
    assert ways == [False, True, False]
    with store.read(ELIN) as session:
        origin, turns = find_ursprung(session, act)
        assert (origin.text, turns) == ("Nytt möte", 3)


def test_of_an_import_nobody_is_named(store: Store) -> None:
    with store.unit_of_work(ELIN, "import", "bok.xlsx") as work:
        make.make_deltagare(work.session)
    turned = turn_act(store, ELIN, latest(store))
    assert (turned.vad, turned.namn) == ("bok.xlsx", "")
