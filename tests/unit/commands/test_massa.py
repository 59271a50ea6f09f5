"""The same insats or möte for many people: one act, one undo, faults told person by person."""

from dataclasses import dataclass, replace
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.commands.insats import InsatsUppgifter
from db.commands.massa import (
    NOBODY,
    PERSON,
    REST,
    check_many_insatser,
    check_many_moten,
    create_many_insatser,
    create_many_moten,
)
from db.commands.mote import MoteUppgifter
from db.commands.undo import undo_act
from db.commands.varningar import FIELD
from db.errors import DataError
from db.models import Handelse, Insats, Insatstyp, Inskrivning, Mote, PasseradVarning
from db.queries.personer import PersonRow, list_personer
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill


@dataclass
class Place:
    ids: list[int]
    out: int  # not enrolled
    secret: int
    values: InsatsUppgifter


@pytest.fixture
def place(store: Store) -> Place:
    """Three who are inskrivna, one who is not, one whom only Elin may know; an enhet with two places."""

    def act(session: Session) -> Place:
        ids = []
        for name in ("Öberg", "Ek", "Åberg"):
            person = make.make_deltagare(session, efternamn=name, fornamn="Bo")
            make.make_inskrivning(session, deltagare_id=person.id)
            ids.append(person.id)
        out = make.make_deltagare(session, efternamn="Ute")
        make.make_inskrivning(session, deltagare_id=out.id, avslutad=date(2024, 2, 1))
        secret = make.make_deltagare(session, skyddad="sekretessmarkering", efternamn="Hemlig")
        make.make_inskrivning(session, deltagare_id=secret.id, koordinator="elin")
        enhet = make.make_enhet(session, namn="Återbruket")
        make.make_kapacitet(session, enhet_id=enhet.id, platser=2)
        typ = session.scalars(select(Insatstyp.id).where(Insatstyp.namn == "praktik")).one()
        values = InsatsUppgifter(0, typ, IDAG, enhet.id, schema=((1, "fm"),))
        return Place(ids, out.id, secret.id, values)

    return fill(store, act)


def found(store: Store, place: Place, ids: list[int], values: InsatsUppgifter) -> list[tuple[str, str]]:
    with store.read(ELIN) as session:
        return [(f.field, f.message) for f in check_many_insatser(session, ELIN, ids, values)]


def count(store: Store, model: type[Insats] | type[Mote] | type[Handelse] | type[PasseradVarning]) -> int:
    with store.read(ELIN) as session:
        return session.scalars(select(func.count()).select_from(model)).one()


def test_people_by_name_masked_and_only_those_one_may_know(store: Store, place: Place) -> None:
    ids = [*place.ids, place.out, place.secret, 999]
    with store.read(ELIN) as session, sent_statements(store) as sent:
        rows = list_personer(session, ELIN, ids, IDAG)
    assert [row.namn for row in rows] == ["Skyddad identitet", "Bo Ek", "Anna Ute", "Bo Åberg", "Bo Öberg"]
    assert rows[2] == PersonRow(place.out, "Anna Ute", None)
    assert len(sent) == 2
    with store.read(EVA) as session:
        assert len(list_personer(session, EVA, ids, IDAG)) == 4
        assert list_personer(session, EVA, [], IDAG) == ()


def test_all_get_it_in_one_act_that_is_taken_back_whole(store: Store, place: Place) -> None:
    values = replace(place.values, enhet_id=None)
    before = count(store, Handelse)
    made = create_many_insatser(store, ELIN, place.ids, values)
    assert (made.antal, made.utelamnade, made.varningar) == (3, 0, ())
    assert (count(store, Insats), count(store, Handelse)) == (3, before + 1)
    with store.read(ELIN) as session:
        rows = session.scalars(select(Insats)).all()
        owners = {session.get_one(Inskrivning, row.inskrivning_id).deltagare_id for row in rows}
    assert owners == set(place.ids)
    undo_act(store, ELIN, made.changes.handelse_id)
    assert count(store, Insats) == 0


def test_who_cannot_have_it_is_told_and_left_out(store: Store, place: Place) -> None:
    values = replace(place.values, enhet_id=None)
    ids = [*place.ids, place.out]
    assert found(store, place, ids, values) == [(f"{PERSON}{place.out}", "Inte inskriven den dagen.")]
    with pytest.raises(DataError) as refused:
        create_many_insatser(store, ELIN, ids, values)
    assert refused.value.field == REST
    assert count(store, Insats) == 0
    made = create_many_insatser(store, ELIN, ids, values, ovriga=True)
    assert (made.antal, made.utelamnade) == (3, 1)
    with pytest.raises(DataError, match=NOBODY):
        create_many_insatser(store, ELIN, [], values, ovriga=True)
    assert found(store, place, [place.out], values) == [("start", "Inte inskriven den dagen.")]


def test_an_inskrivning_that_ends_takes_no_insats_without_end(store: Store, place: Place) -> None:
    def act(session: Session) -> None:
        own = select(Inskrivning).where(Inskrivning.deltagare_id == place.ids[0])
        row = session.scalars(own).one()
        row.avslutad, row.resultat = IDAG + timedelta(30), "studier"

    fill(store, act)
    values = replace(place.values, enhet_id=None)
    ((field, message),) = found(store, place, place.ids, values)
    assert field == f"{PERSON}{place.ids[0]}"
    assert "måste ha ett slut" in message
    assert found(store, place, place.ids, replace(values, slut=IDAG + timedelta(30))) == []


def test_what_is_wrong_for_all_is_told_once_at_its_field(store: Store, place: Place) -> None:
    values = replace(place.values, planerat_slut=date(2024, 5, 1))
    assert [field for field, _ in found(store, place, place.ids, values)] == ["planerat_slut"]
    with pytest.raises(DataError) as refused:
        create_many_insatser(store, ELIN, place.ids, values)
    assert refused.value.field == "planerat_slut"


def test_who_has_overrun_a_planned_end_keeps_the_place(store: Store, place: Place) -> None:
    overrun = {"start": date(2024, 1, 2), "planerat_slut": IDAG - timedelta(1)}
    fill(store, lambda s: make.make_insats(s, enhet_id=place.values.enhet_id, **overrun))
    with store.read(ELIN) as session:
        told = check_many_insatser(session, ELIN, place.ids[:2], place.values, IDAG)
    assert [f.message for f in told if f.asks] == ["Återbruket har 1 ledig plats, och 2 personer är valda."]
    with pytest.raises(DataError) as asked:
        create_many_insatser(store, ELIN, place.ids[:2], place.values, "", idag=IDAG)
    assert asked.value.field == FIELD


def test_too_few_places_and_a_double_are_passed_with_one_reason(store: Store, place: Place) -> None:
    first = create_many_insatser(store, ELIN, place.ids[:1], place.values, "")
    assert first.varningar == ()
    told = found(store, place, place.ids, place.values)
    assert told == [
        ("enhet", "Återbruket har 1 ledig plats, och 3 personer är valda."),
        (
            f"{PERSON}{place.ids[0]}",
            "Samma insats finns redan från 3\u00a0jun\u00a02024. Är det en dubblett?",
        ),
    ]
    with pytest.raises(DataError) as refused:
        create_many_insatser(store, ELIN, place.ids, place.values, "")
    assert refused.value.field == FIELD
    assert count(store, Insats) == 1
    create_many_insatser(store, ELIN, place.ids, place.values, "Gruppstart")
    assert count(store, PasseradVarning) == 4
    later = replace(place.values, start=date(2023, 1, 1), slut=date(2023, 2, 1))
    assert [field for field, _ in found(store, place, place.ids, later)] == ["start"]


def test_an_enhet_without_capacity_says_nothing(store: Store, place: Place) -> None:
    bare = fill(store, make.make_enhet)
    assert found(store, place, place.ids, replace(place.values, enhet_id=bare.id)) == []


def test_the_same_meeting_for_many(store: Store, place: Place) -> None:
    values = MoteUppgifter(0, IDAG, "fysiskt", "arbetsmarknad", "09:30", 45, syfte="Information")
    fill(store, lambda s: make.make_mote(s, deltagare_id=place.ids[0], datum=IDAG, tid="09:45"))
    with store.read(ELIN) as session:
        told = check_many_moten(session, ELIN, place.ids, values, IDAG)
    assert [(f.field, f.asks) for f in told] == [(f"{PERSON}{place.ids[0]}", True)]
    with pytest.raises(DataError):
        create_many_moten(store, ELIN, place.ids, values, IDAG, "")
    made = create_many_moten(store, ELIN, place.ids, values, IDAG, "Delar på tiden")
    assert (made.antal, count(store, Mote), count(store, PasseradVarning)) == (3, 4, 1)
    undo_act(store, ELIN, made.changes.handelse_id)
    assert (count(store, Mote), count(store, PasseradVarning)) == (1, 0)
    with pytest.raises(DataError) as refused:
        create_many_moten(store, ELIN, place.ids, replace(values, langd=0), IDAG)
    assert refused.value.field == "langd"
