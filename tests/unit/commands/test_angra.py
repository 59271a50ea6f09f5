"""Ångra and Gör om: the user's own latest act, back and forth, never over what others have built."""

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import func, select

from db.aktor import SYSTEM
from db.commands.angra import Angrat, redo_latest, undo_latest
from db.commands.mote import MoteUppgifter, create_mote, update_mote
from db.commands.undo import undo_act
from db.commands.visning import log_utskrift
from db.errors import DataError, NotFoundError
from db.models import Deltagare, Mote
from db.queries.papperskorg import read_senaste
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

SEDAN = datetime(2024, 1, 1, tzinfo=UTC)


@pytest.fixture
def person(store: Store) -> int:
    return fill(store, lambda s: make.make_deltagare(s, fornamn="Hodan", efternamn="Rönnstig").id)


def meet(person: int, tid: str = "") -> MoteUppgifter:
    return MoteUppgifter(person, date(2024, 6, 4), "fysiskt", "arbetsmarknad", tid)


def meetings(store: Store) -> int:
    with store.read(ELIN) as session:
        return session.execute(select(func.count()).select_from(Mote)).scalar_one()


def told(done: Angrat | None) -> tuple[str, str] | None:
    return None if done is None else (done.vad, done.namn)


def test_back_and_forth_through_the_day(store: Store, person: int) -> None:
    first = create_mote(store, ELIN, meet(person), IDAG)
    create_mote(store, EVA, meet(person, "08:00"), IDAG)
    update_mote(store, ELIN, first.id, meet(person, "10:00"), IDAG)
    log_utskrift(store, ELIN, person, "Planering")
    assert told(undo_latest(store, ELIN, SEDAN)) == ("Ändrat möte", "Hodan Rönnstig")
    assert told(undo_latest(store, ELIN, SEDAN)) == ("Nytt möte", "Hodan Rönnstig")
    assert undo_latest(store, ELIN, SEDAN) is None
    assert meetings(store) == 1
    assert told(redo_latest(store, ELIN, SEDAN)) == ("Nytt möte", "Hodan Rönnstig")
    assert told(redo_latest(store, ELIN, SEDAN)) == ("Ändrat möte", "Hodan Rönnstig")
    assert redo_latest(store, ELIN, SEDAN) is None
    assert meetings(store) == 2
    assert told(undo_latest(store, ELIN, SEDAN)) == ("Ändrat möte", "Hodan Rönnstig")


def test_something_new_ends_what_can_be_done_again(store: Store, person: int) -> None:
    create_mote(store, ELIN, meet(person), IDAG)
    undo_latest(store, ELIN, SEDAN)
    create_mote(store, ELIN, meet(person, "09:00"), IDAG)
    assert redo_latest(store, ELIN, SEDAN) is None
    undo_latest(store, ELIN, SEDAN)
    assert told(redo_latest(store, ELIN, SEDAN)) == ("Nytt möte", "Hodan Rönnstig")


def test_yesterday_is_left_alone(store: Store, person: int) -> None:
    create_mote(store, ELIN, meet(person), IDAG)
    assert undo_latest(store, ELIN, datetime.now(UTC) + timedelta(minutes=1)) is None
    assert meetings(store) == 1


def test_what_others_have_changed_stays(store: Store, person: int) -> None:
    made = create_mote(store, ELIN, meet(person), IDAG)
    update_mote(store, EVA, made.id, meet(person, "10:00"), IDAG)
    with pytest.raises(DataError, match="har ändrats sedan dess"):
        undo_latest(store, ELIN, SEDAN)
    assert meetings(store) == 1


def test_an_import_has_its_own_place(store: Store) -> None:
    with store.unit_of_work(ELIN, "import", "bok.xlsx") as work:
        make.make_enhet(work.session)
    with pytest.raises(DataError, match="Importera"):
        undo_latest(store, ELIN, SEDAN)


def test_no_name_is_told_of_several_none_or_a_protected_person(store: Store) -> None:
    with store.unit_of_work(ELIN, "registrering", "Två") as work:
        make.make_deltagare(work.session)
        make.make_deltagare(work.session)
    assert told(undo_latest(store, ELIN, SEDAN)) == ("Två", "")
    with store.unit_of_work(ELIN, "enhet") as work:
        make.make_enhet(work.session)
    assert told(undo_latest(store, ELIN, SEDAN)) == ("enhet", "")
    with store.unit_of_work(ELIN, "registrering", "Skyddad") as work:
        hidden = make.make_deltagare(work.session, skyddad="sekretessmarkering")
        make.make_arende(work.session, deltagare_id=hidden.id, handlaggare="elin")
    with store.unit_of_work(ELIN, "registrering", "Möte") as work:
        make.make_mote(work.session, deltagare_id=hidden.id)
    assert told(undo_latest(store, ELIN, SEDAN)) == ("Möte", "")


def test_what_concerns_a_protected_person_is_taken_back_only_by_those_who_may_know(
    store: Store, person: int
) -> None:
    made = create_mote(store, EVA, meet(person), IDAG).changes.handelse_id
    fill(store, lambda s: setattr(s.get_one(Deltagare, person), "skyddad", "sekretessmarkering"))
    with pytest.raises(NotFoundError, match="Händelsen finns inte"):
        undo_act(store, EVA, made)
    assert undo_act(store, SYSTEM, made)
    fill(store, lambda s: make.make_arende(s, deltagare_id=person, handlaggare="elin"))
    again = create_mote(store, ELIN, meet(person), IDAG).changes.handelse_id
    assert undo_act(store, ELIN, again)


def test_undone_elsewhere_is_not_undone_again(store: Store, person: int) -> None:
    create_mote(store, ELIN, meet(person), IDAG)
    second = create_mote(store, ELIN, meet(person, "09:00"), IDAG)
    undo_act(store, EVA, second.changes.handelse_id)
    with store.read(ELIN) as session, sent_statements(store) as sent:
        found = read_senaste(session, ELIN, SEDAN)
    assert len(sent) == 2
    assert found.angra is not None
    assert found.angra.handelse_id < second.changes.handelse_id
    assert found.gor_om is None
