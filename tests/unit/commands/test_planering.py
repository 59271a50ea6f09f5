"""Saving a plan: versions by day, steps that keep their rows, checks, conflicts and undo."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.commands.planering import (
    LONGEST,
    PlaneringUppgifter,
    Steguppgifter,
    check_planering,
    read_planering,
    save_planering,
    tick_steg,
)
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Planering, Planeringssteg
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, fill

IDAG = date(2024, 6, 3)
LATER = IDAG + timedelta(60)
CV, PRAKTIK = Steguppgifter("Skriva cv"), Steguppgifter("Hitta praktik", "handläggaren", LATER)


@pytest.fixture
def inskrivning_id(store: Store) -> int:
    return int(fill(store, make.make_inskrivning).id)


def told(inskrivning_id: int, **values: Any) -> PlaneringUppgifter:
    return PlaneringUppgifter(
        **{"inskrivning_id": inskrivning_id, "mal": "Kock", "nasta_uppfoljning": LATER, "steg": (CV,)}
        | values
    )


def versions(store: Store) -> list[tuple[date, str]]:
    with store.read(ELIN) as session:
        return [
            (p.upprattad, p.mal) for p in session.scalars(select(Planering).order_by(Planering.upprattad))
        ]


def held(store: Store, inskrivning_id: int) -> PlaneringUppgifter | None:
    with store.read(ELIN) as session:
        return read_planering(session, ELIN, inskrivning_id)


def test_the_first_plan_is_saved_and_taken_back(store: Store, inskrivning_id: int) -> None:
    wanted = told(inskrivning_id, steg=(CV, PRAKTIK))
    saved = save_planering(store, ELIN, wanted, IDAG)
    assert saved is not None
    assert held(store, inskrivning_id) == wanted
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert held(store, inskrivning_id) is None


def test_the_same_day_is_the_same_version_and_another_day_a_new_one(
    store: Store, inskrivning_id: int
) -> None:
    first = told(inskrivning_id, steg=(CV, PRAKTIK))
    save_planering(store, ELIN, first, IDAG)
    second = told(inskrivning_id, mal="Kock på heltid", steg=(PRAKTIK,))
    save_planering(store, ELIN, second, IDAG, first)
    assert versions(store) == [(IDAG, "Kock på heltid")]
    assert held(store, inskrivning_id) == second
    third = told(inskrivning_id, mal="Bagare", steg=(PRAKTIK, CV, CV))
    save_planering(store, ELIN, third, IDAG + timedelta(1), second)
    assert versions(store) == [(IDAG, "Kock på heltid"), (IDAG + timedelta(1), "Bagare")]
    assert held(store, inskrivning_id) == third


def test_nothing_new_is_nothing_to_save(store: Store, inskrivning_id: int) -> None:
    save_planering(store, ELIN, told(inskrivning_id), IDAG)
    assert save_planering(store, ELIN, told(inskrivning_id), IDAG + timedelta(5)) is None


def test_changed_meanwhile(store: Store, inskrivning_id: int) -> None:
    first = told(inskrivning_id)
    save_planering(store, ELIN, first, IDAG)
    save_planering(store, ELIN, told(inskrivning_id, mal="Snickare"), IDAG)
    with pytest.raises(ConflictError) as refused:
        save_planering(store, ELIN, told(inskrivning_id, mal="Målare"), IDAG, first)
    assert refused.value.nu == told(inskrivning_id, mal="Snickare")
    assert refused.value.senast is not None


def test_who_changed_only_a_step_is_told(store: Store, inskrivning_id: int) -> None:
    first = told(inskrivning_id)
    save_planering(store, ELIN, first, IDAG)
    with store.read(ELIN) as session:
        steg_id = session.scalars(select(Planeringssteg.id)).one()
    tick_steg(store, EVA, steg_id, IDAG)
    with pytest.raises(ConflictError) as refused:
        save_planering(store, ELIN, told(inskrivning_id, mal="Målare"), IDAG, first)
    assert refused.value.senast is not None
    assert refused.value.senast[0] == "eva"


def test_a_plan_taken_away_meanwhile_is_an_empty_one(store: Store, inskrivning_id: int) -> None:
    first = told(inskrivning_id)
    saved = save_planering(store, ELIN, first, IDAG)
    assert saved is not None
    undo_act(store, ELIN, saved.changes.handelse_id)
    with pytest.raises(ConflictError) as refused:
        save_planering(store, ELIN, told(inskrivning_id, mal="Målare"), IDAG, first)
    assert (refused.value.nu, refused.value.senast) == (PlaneringUppgifter(inskrivning_id, ""), None)
    assert save_planering(store, ELIN, first, IDAG, PlaneringUppgifter(inskrivning_id, "")) is not None


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"mal": "  "}, "mal"),
        ({"mal": "x" * (LONGEST + 1)}, "mal"),
        ({"nasta_uppfoljning": IDAG - timedelta(1)}, "nasta_uppfoljning"),
        ({"steg": (CV, Steguppgifter(" "))}, "steg2"),
        ({"steg": (Steguppgifter("x" * (LONGEST + 1)),)}, "steg1"),
        ({"steg": (Steguppgifter("Skriva cv", "ingen"),)}, "ansvarig1"),
        ({"steg": (Steguppgifter("Skriva cv", klar=LATER),)}, "steg1"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(
    store: Store, inskrivning_id: int, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(DataError) as refused:
        save_planering(store, ELIN, told(inskrivning_id, **values), IDAG)
    assert refused.value.field == field
    assert versions(store) == []


def test_a_plan_without_a_follow_up_is_told(store: Store, inskrivning_id: int) -> None:
    with store.read(ELIN) as session:
        (finding,) = check_planering(session, ELIN, told(inskrivning_id, nasta_uppfoljning=None), IDAG)
    assert (finding.field, finding.stops) == ("nasta_uppfoljning", False)


def test_a_closed_inskrivning_gets_no_plan(store: Store) -> None:
    closed = fill(store, lambda s: make.make_inskrivning(s, avslutad=IDAG, resultat="studier"))
    with pytest.raises(DataError, match="avslutades 3\u00a0jun\u00a02024"):
        save_planering(store, ELIN, told(closed.id), IDAG)


def test_a_step_is_ticked_and_unticked(store: Store, inskrivning_id: int) -> None:
    save_planering(store, ELIN, told(inskrivning_id), IDAG)
    with store.read(ELIN) as session:
        steg_id = session.scalar(select(Planeringssteg.id))
    ticked = tick_steg(store, ELIN, steg_id, IDAG)
    assert ticked is not None
    assert tick_steg(store, ELIN, steg_id, IDAG) is None
    plan = held(store, inskrivning_id)
    assert plan is not None
    assert plan.steg[0].klar == IDAG
    assert tick_steg(store, ELIN, steg_id, None) is not None


def test_what_does_not_exist_or_may_not_be_known(store: Store) -> None:
    with pytest.raises(NotFoundError):
        tick_steg(store, ELIN, 404, IDAG)
    with pytest.raises(NotFoundError):
        save_planering(store, ELIN, told(404), IDAG)
    secret = fill(store, lambda s: make.make_deltagare(s, skyddad="fingerade uppgifter"))
    hidden = fill(store, lambda s: make.make_inskrivning(s, deltagare_id=secret.id, koordinator="elin"))
    save_planering(store, ELIN, told(hidden.id), IDAG)
    with pytest.raises(NotFoundError), store.read(EVA) as session:
        read_planering(session, EVA, hidden.id)
