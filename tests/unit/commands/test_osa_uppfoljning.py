"""Follow-ups of an OSA placement: done, planned, changed, taken away."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.commands.osa_uppfoljning import (
    LONGEST,
    NyUppfoljning,
    UppfoljningUppgifter,
    check_ny_uppfoljning,
    follow_up_osa,
    remove_osa_uppfoljning,
    update_osa_uppfoljning,
)
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import OsaUppfoljning
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, IDAG, fill

START = date(2024, 1, 8)
NASTA = IDAG + timedelta(90)
GJORD = NyUppfoljning(IDAG, "Trivs och vill fortsätta.", NASTA)


@pytest.fixture
def insats_id(store: Store) -> int:
    return int(fill(store, lambda s: make.make_insats(s, typ="OSA-anställning", start=START)).id)


def planned(store: Store, insats_id: int, dag: date = IDAG - timedelta(3), **more: Any) -> int:
    return int(
        fill(store, lambda s: make.make_osa_uppfoljning(s, insats_id=insats_id, planerad=dag, **more)).id
    )


def held(store: Store) -> list[tuple[date, date | None, str]]:
    columns = (OsaUppfoljning.planerad, OsaUppfoljning.genomford, OsaUppfoljning.text)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(OsaUppfoljning.planerad))]


def told(store: Store, insats_id: int, ny: NyUppfoljning, planerad_id: int | None = None) -> list[str]:
    with store.read(ELIN) as session:
        return [f.message for f in check_ny_uppfoljning(session, ELIN, insats_id, ny, IDAG, planerad_id)]


def test_the_planned_one_gets_the_outcome_and_the_next_is_planned(store: Store, insats_id: int) -> None:
    row = planned(store, insats_id)
    saved = follow_up_osa(store, ELIN, insats_id, GJORD, IDAG, row)
    assert held(store) == [(IDAG - timedelta(3), IDAG, "Trivs och vill fortsätta."), (NASTA, None, "")]
    with pytest.raises(ConflictError):
        follow_up_osa(store, ELIN, insats_id, NyUppfoljning(IDAG, "En gång till."), IDAG, row)
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert held(store) == [(IDAG - timedelta(3), None, "")]
    follow_up_osa(store, ELIN, insats_id, NyUppfoljning(IDAG, "Slutar snart."), IDAG, row)
    assert held(store) == [(IDAG - timedelta(3), IDAG, "Slutar snart.")]


def test_without_a_plan_the_outcome_is_a_row_of_its_own(store: Store, insats_id: int) -> None:
    follow_up_osa(store, ELIN, insats_id, GJORD, IDAG)
    assert held(store) == [(IDAG, IDAG, "Trivs och vill fortsätta."), (NASTA, None, "")]
    with pytest.raises(DataError, match="redan en uppföljning den dagen"):
        follow_up_osa(store, ELIN, insats_id, GJORD, IDAG)


def test_the_next_alone_is_planned(store: Store, insats_id: int) -> None:
    follow_up_osa(store, ELIN, insats_id, NyUppfoljning(nasta=NASTA), IDAG)
    assert held(store) == [(NASTA, None, "")]
    with pytest.raises(DataError, match="redan en uppföljning planerad"):
        follow_up_osa(store, ELIN, insats_id, NyUppfoljning(nasta=NASTA), IDAG)


def test_one_that_is_gone_or_anothers_is_a_conflict(store: Store, insats_id: int) -> None:
    elsewhere = fill(store, make.make_osa_uppfoljning)
    for other in (404, elsewhere.id):
        with pytest.raises(ConflictError):
            follow_up_osa(store, ELIN, insats_id, GJORD, IDAG, other)


@pytest.mark.parametrize(
    ("ny", "field"),
    [
        (NyUppfoljning(), "genomford"),
        (NyUppfoljning(text="Bra.", nasta=NASTA), "genomford"),
        (NyUppfoljning(IDAG + timedelta(1), "Bra."), "genomford"),
        (NyUppfoljning(START - timedelta(1), "Bra."), "genomford"),
        (NyUppfoljning(IDAG, " "), "text"),
        (NyUppfoljning(IDAG, "x" * (LONGEST + 1)), "text"),
        (NyUppfoljning(IDAG, "Bra.", IDAG), "nasta"),
        (NyUppfoljning(nasta=IDAG), "nasta"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(
    store: Store, insats_id: int, ny: NyUppfoljning, field: str
) -> None:
    with pytest.raises(DataError) as refused:
        follow_up_osa(store, ELIN, insats_id, ny, IDAG)
    assert refused.value.field == field


def test_a_placement_that_goes_on_without_a_next_day_is_told(store: Store, insats_id: int) -> None:
    done = NyUppfoljning(IDAG, "Bra.")
    assert told(store, insats_id, done) == ["Ingen nästa uppföljning är planerad."]
    row = planned(store, insats_id)
    assert told(store, insats_id, done, row) == ["Ingen nästa uppföljning är planerad."]
    planned(store, insats_id, NASTA)
    assert told(store, insats_id, done, row) == []


def test_of_an_ended_placement_no_next_day_is_asked(store: Store) -> None:
    insats = fill(store, lambda s: make.make_insats(s, typ="OSA-anställning", start=START, slut=IDAG))
    assert told(store, insats.id, NyUppfoljning(IDAG, "Bra.")) == []
    late = NyUppfoljning(IDAG, "Bra.", NASTA)
    assert told(store, insats.id, late) == ["Insatsen slutar 3\u00a0jun\u00a02024, före uppföljningen."]


def test_one_is_changed_and_taken_away(store: Store, insats_id: int) -> None:
    row = planned(store, insats_id)
    before = UppfoljningUppgifter(IDAG - timedelta(3))
    moved = UppfoljningUppgifter(NASTA)
    assert update_osa_uppfoljning(store, ELIN, row, moved, IDAG, before) is not None
    assert update_osa_uppfoljning(store, ELIN, row, moved, IDAG) is None
    with pytest.raises(ConflictError):
        update_osa_uppfoljning(store, ELIN, row, moved, IDAG, before)
    done = UppfoljningUppgifter(NASTA, IDAG, "Tidigare än planerat.")
    assert update_osa_uppfoljning(store, ELIN, row, done, IDAG) is not None
    assert held(store) == [(NASTA, IDAG, "Tidigare än planerat.")]
    gone = remove_osa_uppfoljning(store, ELIN, row)
    assert held(store) == []
    undo_act(store, ELIN, gone.changes.handelse_id)
    assert len(held(store)) == 1


@pytest.mark.parametrize(
    ("uppgifter", "field"),
    [
        (UppfoljningUppgifter(START - timedelta(1)), "planerad"),
        (UppfoljningUppgifter(NASTA), "planerad"),
        (UppfoljningUppgifter(IDAG, None, "Bra."), "genomford"),
        (UppfoljningUppgifter(IDAG, IDAG, ""), "text"),
    ],
)
def test_a_change_that_is_wrong_is_refused(
    store: Store, insats_id: int, uppgifter: UppfoljningUppgifter, field: str
) -> None:
    row = planned(store, insats_id)
    planned(store, insats_id, NASTA)
    with pytest.raises(DataError) as refused:
        update_osa_uppfoljning(store, ELIN, row, uppgifter, IDAG)
    assert refused.value.field == field


def test_what_does_not_exist(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Uppföljningen"):
        remove_osa_uppfoljning(store, ELIN, 404)
