"""Warnings passed with a reason, kept beside the row in the same act."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.insats import InsatsUppgifter, check_insats, create_insats, update_insats
from db.commands.mote import MoteUppgifter, create_mote, update_mote
from db.commands.undo import undo_act
from db.commands.varningar import ASK, FIELD, LONGEST
from db.errors import DataError
from db.models import Insats, Insatstyp, Inskrivning
from db.queries.card import read_card
from db.queries.passerade import PasseradRow, list_passerade
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, IDAG, fill

START = date(2024, 3, 1)
FULL = "Återbruket har ingen ledig plats 1\u00a0mar\u00a02024."


@pytest.fixture
def values(store: Store) -> InsatsUppgifter:
    """At an enhet whose only place is taken."""

    def act(session: Session) -> InsatsUppgifter:
        enhet = make.make_enhet(session, namn="Återbruket")
        make.make_kapacitet(session, enhet_id=enhet.id, platser=1)
        make.make_insats(session, enhet_id=enhet.id)
        typ = session.scalars(select(Insatstyp.id).where(Insatstyp.namn == "arbetsträning")).one()
        inskrivning = make.make_inskrivning(session)
        return InsatsUppgifter(inskrivning.id, typ, START, enhet.id, planerat_slut=date(2024, 4, 1))

    return fill(store, act)


def passed(store: Store, tabell: str, rad_id: int) -> tuple[PasseradRow, ...]:
    with store.read(ELIN) as session:
        return list_passerade(session, tabell, rad_id)


def test_a_reason_is_wanted_and_kept(store: Store, values: InsatsUppgifter) -> None:
    for skal, told in (("", ASK), (" \n", ASK), ("x" * (LONGEST + 1), "Skälet är för långt. Korta det.")):
        with pytest.raises(DataError, match=told) as refused:
            create_insats(store, ELIN, values, skal)
        assert refused.value.field == FIELD
    with store.read(ELIN) as session:
        assert len(session.scalars(select(Insats)).all()) == 1
    made = create_insats(store, ELIN, values, " Överenskommet ")
    assert passed(store, "insats", made.id) == (PasseradRow("enhet", FULL, "Överenskommet"),)
    undo_act(store, ELIN, made.changes.handelse_id)
    assert passed(store, "insats", made.id) == ()


def test_whoever_has_nobody_to_ask_saves_without(store: Store, values: InsatsUppgifter) -> None:
    made = create_insats(store, ELIN, values)
    assert [w.message for w in made.varningar] == [FULL]
    assert passed(store, "insats", made.id) == ()


def test_a_change_that_takes_no_more_asks_nobody(store: Store, values: InsatsUppgifter) -> None:
    made = create_insats(store, ELIN, values)
    shorter = replace(values, planerat_slut=date(2024, 3, 20), omfattning=50)
    changed = update_insats(store, ELIN, made.id, shorter, values, skal="")
    assert changed is not None
    assert [w.asks for w in changed.varningar] == [False]
    longer = replace(values, planerat_slut=date(2024, 5, 1))
    with pytest.raises(DataError, match=ASK):
        update_insats(store, ELIN, made.id, longer, skal="")


def test_what_was_passed_is_not_asked_for_again(store: Store, values: InsatsUppgifter) -> None:
    made = create_insats(store, ELIN, values, "Överenskommet")
    longer = replace(values, planerat_slut=date(2024, 5, 1))
    assert update_insats(store, ELIN, made.id, longer, skal="") is not None
    assert len(passed(store, "insats", made.id)) == 1
    with store.read(ELIN) as session:
        found = check_insats(session, ELIN, replace(longer, start=date(2024, 2, 28)), made.id)
    assert [w.asks for w in found] == [True]
    assert update_insats(store, ELIN, made.id, longer, skal="") is None


def test_two_meetings_at_once_ask_why(store: Store) -> None:
    person = fill(store, make.make_deltagare)
    values = MoteUppgifter(person.id, IDAG, "fysiskt", "arbetsmarknad", "09:30", 45)
    create_mote(store, ELIN, values, IDAG, "")
    with pytest.raises(DataError, match=ASK):
        create_mote(store, ELIN, values, IDAG, "")
    made = create_mote(store, ELIN, values, IDAG, "Tolk båda gångerna")
    (row,) = passed(store, "mote", made.id)
    assert (row.falt, row.skal) == ("tid", "Tolk båda gångerna")
    later = replace(values, tid="10:00")
    assert update_mote(store, ELIN, made.id, later, IDAG, values, "") is not None
    other = create_mote(store, ELIN, replace(values, tid="13:00"), IDAG, "")
    with pytest.raises(DataError, match=ASK):
        update_mote(store, ELIN, other.id, values, IDAG, skal="")


def test_the_log_of_the_card_tells_why(store: Store, values: InsatsUppgifter) -> None:
    create_insats(store, ELIN, values, "Överenskommet")
    with store.read(ELIN) as session:
        person = session.get_one(Inskrivning, values.inskrivning_id).deltagare_id
        card = read_card(session, ELIN, person, IDAG)
    (line,) = [row for row in card.logg if row.tabell == "passerad_varning"]
    assert (line.varning, line.skal, line.falt) == (FULL, "Överenskommet", "+")
    assert [row.varning for row in card.logg if row.tabell == "insats"] == [""]
