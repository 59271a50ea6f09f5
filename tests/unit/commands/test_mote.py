"""Registering and changing a meeting."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.commands.mote import MoteUppgifter, check_mote, create_mote, read_mote, update_mote
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Mote
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, andringar, fill


@pytest.fixture
def values(store: Store) -> MoteUppgifter:
    person = fill(store, make.make_deltagare)
    told = {"syfte": "Kartläggning", "plats": "Torget 1", "signatur": "elin"}
    return MoteUppgifter(person.id, IDAG, "fysiskt", "arbetsmarknad", "09:30", 45, **told)  # type: ignore[arg-type]


def check(store: Store, uppgifter: MoteUppgifter, mote_id: int | None = None) -> list[tuple[str, bool]]:
    with store.read(ELIN) as session:
        return [(f.field, f.stops) for f in check_mote(session, ELIN, uppgifter, IDAG, mote_id)]


def test_a_new_meeting_is_saved(store: Store, values: MoteUppgifter) -> None:
    made = create_mote(store, ELIN, values, IDAG)
    with store.read(ELIN) as session:
        assert read_mote(session, ELIN, made.id) == values
    assert made.varningar == ()
    assert andringar(store, made.changes.handelse_id) == [("mote", "+", None, None)]


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"tid": "9.30"}, "tid"),
        ({"tid": "24:00"}, "tid"),
        ({"langd": 0}, "langd"),
        ({"langd": 1441}, "langd"),
        ({"form": "brev"}, "form"),
        ({"verksamhet": ""}, "verksamhet"),
        ({"syfte": "x" * 2001}, "syfte"),
        ({"plats": "x" * 2001}, "plats"),
        ({"uteblev": True, "datum": IDAG + timedelta(1)}, "uteblev"),
    ],
)
def test_what_would_be_wrong_is_refused_at_its_field(
    store: Store, values: MoteUppgifter, change: dict[str, Any], field: str
) -> None:
    with pytest.raises(DataError) as refused:
        create_mote(store, ELIN, replace(values, **change), IDAG)
    assert refused.value.field == field
    with store.read(ELIN) as session:
        assert session.execute(select(Mote)).first() is None


@pytest.mark.parametrize(
    ("change", "found"),
    [
        ({}, [("tid", False)]),
        ({"tid": "10:14"}, [("tid", False)]),
        ({"tid": "10:15"}, []),
        ({"tid": "09:00", "langd": 30}, []),
        ({"tid": "09:00", "langd": None}, []),
        ({"tid": ""}, [("tid", False)]),
        ({"datum": date(2024, 6, 8)}, [("datum", False)]),
        ({"datum": IDAG, "uteblev": True, "tid": "12:00"}, []),
    ],
)
def test_warnings_of_the_calendar(
    store: Store, values: MoteUppgifter, change: dict[str, Any], found: list[tuple[str, bool]]
) -> None:
    other = create_mote(store, ELIN, values, IDAG)
    assert check(store, replace(values, **change)) == found
    assert check(store, values, other.id) == []


def test_a_change_is_recorded_and_guarded(store: Store, values: MoteUppgifter) -> None:
    mote_id = create_mote(store, ELIN, values, IDAG).id
    changed = update_mote(store, ELIN, mote_id, replace(values, uteblev=True), IDAG, values)
    assert changed is not None
    assert andringar(store, changed.changes.handelse_id) == [("mote", "uteblev", "false", "true")]
    assert update_mote(store, ELIN, mote_id, replace(values, uteblev=True), IDAG) is None
    with pytest.raises(ConflictError) as refused:
        update_mote(store, ELIN, mote_id, replace(values, langd=30), IDAG, values)
    assert refused.value.nu == replace(values, uteblev=True)


def test_nobody_elses_meeting(store: Store, values: MoteUppgifter) -> None:
    with pytest.raises(NotFoundError):
        update_mote(store, ELIN, 999, values, IDAG)
    secret = fill(store, lambda s: make.make_deltagare(s, skyddad="sekretessmarkering"))
    fill(store, lambda s: make.make_arende(s, deltagare_id=secret.id, handlaggare="elin"))
    made = create_mote(store, ELIN, replace(values, deltagare_id=secret.id), IDAG)
    with pytest.raises(NotFoundError):
        update_mote(store, EVA, made.id, values, IDAG)
    with pytest.raises(NotFoundError):
        create_mote(store, EVA, replace(values, deltagare_id=secret.id), IDAG)
