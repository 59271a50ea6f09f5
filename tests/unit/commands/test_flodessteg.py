"""The steg of the flow: added, changed, moved, taken out of use, and who stands in the way."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.commands.flodessteg import (
    FlodesstegUppgifter,
    add_flodessteg,
    check_flodessteg,
    retire_flodessteg,
    revive_flodessteg,
    shift_flodessteg,
    update_flodessteg,
)
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, HinderError, NotFoundError
from db.models import Steg
from db.queries.tavla import read_kolumner
from db.queries.val import list_steg_ids
from db.rules.steg import STANDARDSTEG
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import IDAG, fill

CHEF = Aktor("eva", "Eva Ek", Roll.CHEF)
START = date(2024, 5, 1)
NY = FlodesstegUppgifter("  Praktikrunda ", 21, 12)


@pytest.fixture(autouse=True)
def _chef(store: Store) -> None:
    fill(store, lambda session: make.make_medarbetare(session, signatur="eva", namn="Eva Ek", roll="chef"))


def names(store: Store) -> list[str]:
    with store.read(SYSTEM) as session:
        return [k.namn for k in read_kolumner(session) if k.aktiv]


def id_of(store: Store, namn: str) -> int:
    with store.read(SYSTEM) as session:
        return session.execute(select(Steg.id).where(Steg.namn == namn)).scalar_one()


def told(store: Store, uppgifter: FlodesstegUppgifter, aktor: Aktor = CHEF) -> list[tuple[str, str]]:
    with store.read(aktor) as session:
        return [(f.field, f.message) for f in check_flodessteg(session, aktor, uppgifter)]


def test_a_steg_is_added_last_and_taken_back(store: Store) -> None:
    saved = add_flodessteg(store, CHEF, NY)
    assert names(store) == [*STANDARDSTEG, "Praktikrunda"]
    undo_act(store, CHEF, saved.changes.handelse_id)
    assert names(store) == list(STANDARDSTEG)


def test_values_are_checked(store: Store) -> None:
    assert told(store, FlodesstegUppgifter(" ")) == [("namn", "Skriv vad steget heter.")]
    assert told(store, FlodesstegUppgifter("A" * 201))[0][1].startswith("Namnet är för långt")
    assert told(store, FlodesstegUppgifter("KARTLÄGGNING"))[0][1].startswith("Det finns redan")
    assert told(store, FlodesstegUppgifter("A", 0, 0)) == [
        ("riktvarde_dagar", "Skriv antalet dagar, 1 till 3660."),
        ("grans", "Skriv ett antal från 1 till 100000."),
    ]
    assert told(store, FlodesstegUppgifter("A", 1, 1)) == []


def test_only_those_with_the_right_change_it(store: Store) -> None:
    elin = Aktor("elin", "Elin", Roll.HANDLAGGARE)
    fill(store, lambda session: make.make_medarbetare(session, signatur="elin", roll="handlaggare"))
    assert told(store, NY, elin)[0][0] == ""
    steg = id_of(store, "Insats")
    with pytest.raises(DataError):
        add_flodessteg(store, elin, NY)
    with pytest.raises(DataError):
        update_flodessteg(store, elin, steg, NY)
    with pytest.raises(DataError):
        shift_flodessteg(store, elin, steg, 1)
    with pytest.raises(DataError):
        retire_flodessteg(store, elin, steg, IDAG)
    with pytest.raises(DataError):
        revive_flodessteg(store, elin, steg)


def test_a_steg_is_changed_unless_another_has(store: Store) -> None:
    steg, before = id_of(store, "Insats"), FlodesstegUppgifter("Insats", 180)
    assert update_flodessteg(store, CHEF, steg, before, before) is None
    assert update_flodessteg(store, CHEF, steg, FlodesstegUppgifter("Åtgärd", 90, 40), before) is not None
    with pytest.raises(ConflictError) as error:
        update_flodessteg(store, CHEF, steg, before, before)
    assert error.value.nu == FlodesstegUppgifter("Åtgärd", 90, 40)
    with pytest.raises(NotFoundError):
        update_flodessteg(store, CHEF, 404, NY)


def test_a_steg_is_put_in_another_place(store: Store) -> None:
    steg = id_of(store, "Insats")
    shift_flodessteg(store, CHEF, steg, -1)
    assert names(store)[1:5] == ["Kartläggning", "Insats", "Planering", "Matchning"]
    shift_flodessteg(store, CHEF, steg, 99)
    assert names(store)[-1] == "Insats"
    assert shift_flodessteg(store, CHEF, steg, 1) is None
    retire_flodessteg(store, CHEF, id_of(store, "Planering"), IDAG)
    add_flodessteg(store, CHEF, NY)
    retired = fill(store, _used_and_retired)
    with pytest.raises(DataError, match="i bruk"):
        shift_flodessteg(store, CHEF, retired, 1)


def _used_and_retired(session: Session) -> int:
    row = session.scalars(select(Steg).where(Steg.namn == "Matchning")).one()
    row.aktiv = False
    return row.id


def test_one_that_nobody_came_to_goes_and_one_that_was_used_is_kept(store: Store) -> None:
    def gone_through(session: Session) -> None:
        row = make.make_inskrivning(session, inskriven=START)
        make.make_stegperiod(session, inskrivning_id=row.id, steg="Planering", fran=START)
        make.make_stegperiod(session, inskrivning_id=row.id, steg="Insats", fran=START + timedelta(3))

    fill(store, gone_through)
    retire_flodessteg(store, CHEF, id_of(store, "Matchning"), IDAG)
    planering = id_of(store, "Planering")
    saved = retire_flodessteg(store, CHEF, planering, IDAG)
    with store.read(SYSTEM) as session:
        assert {k.namn: k.aktiv for k in read_kolumner(session)}["Planering"] is False
        assert "Planering" not in [namn for _, namn in list_steg_ids(session, SYSTEM)]
        assert "Planering" in [namn for _, namn in list_steg_ids(session, SYSTEM, "Planering")]
    with pytest.raises(DataError, match="används inte längre"):
        retire_flodessteg(store, CHEF, planering, IDAG)
    undo_act(store, CHEF, saved.changes.handelse_id)
    assert revive_flodessteg(store, CHEF, planering) is None
    retire_flodessteg(store, CHEF, planering, IDAG)
    assert revive_flodessteg(store, CHEF, planering) is not None
    assert "Matchning" not in names(store)
    assert "Planering" in names(store)


def test_those_who_stand_there_are_named_and_hidden_ones_counted(store: Store) -> None:
    def stand(session: Session) -> None:
        for namn, skyddad, steg, fran in (
            ("Åsa", "nej", "Insats", START),
            ("Bo", "nej", "Insats", IDAG + timedelta(5)),
            ("Dold", "sekretessmarkering", "Insats", START),
            ("Cia", "nej", "Matchning", START),
        ):
            person = make.make_deltagare(session, fornamn=namn, efternamn="Ek", skyddad=skyddad)
            row = make.make_inskrivning(session, inskriven=START, deltagare_id=person.id, koordinator="elin")
            make.make_stegperiod(session, inskrivning_id=row.id, steg=steg, fran=fran)

    fill(store, stand)
    with pytest.raises(HinderError) as error:
        retire_flodessteg(store, CHEF, id_of(store, "Insats"), IDAG)
    assert {namn for _, namn in error.value.personer} == {"Åsa Ek", "Bo Ek"}
    assert error.value.ovriga == 1
    assert "3 personer står i Insats" in error.value.message
    with pytest.raises(HinderError, match="1 person står i Matchning"):
        retire_flodessteg(store, CHEF, id_of(store, "Matchning"), IDAG)


def test_the_last_steg_stays(store: Store) -> None:
    for namn in STANDARDSTEG[1:]:
        retire_flodessteg(store, CHEF, id_of(store, namn), IDAG)
    with pytest.raises(DataError, match="minst ett steg"):
        retire_flodessteg(store, CHEF, id_of(store, STANDARDSTEG[0]), IDAG)
