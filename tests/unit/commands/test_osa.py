"""Decisions for an OSA placement: registered, changed, taken away; what is contradictory is refused."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.commands.osa import (
    LONGEST_NUMMER,
    MEST_BIDRAG_ORE,
    BeslutUppgifter,
    check_osa_beslut,
    create_osa_beslut,
    remove_osa_beslut,
    update_osa_beslut,
)
from db.commands.undo import undo_act
from db.commands.varningar import FIELD
from db.errors import ConflictError, DataError, NotFoundError
from db.models import OsaBeslut
from db.queries.passerade import list_passerade
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

START = date(2024, 1, 8)
BESLUT = BeslutUppgifter(START, date(2025, 1, 7), "AF-2024/17", 150_000)


@pytest.fixture
def insats_id(store: Store) -> int:
    return int(fill(store, lambda s: make.make_insats(s, typ="OSA-anställning", start=START)).id)


def held(store: Store) -> list[tuple[date, date, str, int | None]]:
    columns = (OsaBeslut.fran, OsaBeslut.till, OsaBeslut.diarienummer, OsaBeslut.bidrag_ore)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(OsaBeslut.fran))]


def told(store: Store, insats_id: int, uppgifter: BeslutUppgifter) -> list[str]:
    with store.read(ELIN) as session:
        return [f.message for f in check_osa_beslut(session, ELIN, insats_id, uppgifter, IDAG)]


def test_a_decision_is_registered_changed_and_taken_back(store: Store, insats_id: int) -> None:
    saved = create_osa_beslut(store, ELIN, insats_id, BESLUT, IDAG)
    assert held(store) == [(START, date(2025, 1, 7), "AF-2024/17", 150_000)]
    assert saved.varningar == ()
    other = BeslutUppgifter(START, date(2024, 12, 31), "AF-2024/17")
    changed = update_osa_beslut(store, ELIN, saved.id, other, IDAG, BESLUT)
    assert changed is not None
    assert update_osa_beslut(store, ELIN, saved.id, other, IDAG) is None
    with pytest.raises(ConflictError):
        update_osa_beslut(store, ELIN, saved.id, BESLUT, IDAG, BESLUT)
    undo_act(store, ELIN, changed.changes.handelse_id)
    assert held(store)[0][3] == 150_000
    gone = remove_osa_beslut(store, ELIN, saved.id)
    assert held(store) == []
    undo_act(store, ELIN, gone.changes.handelse_id)
    assert len(held(store)) == 1


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"till": START - timedelta(1)}, "till"),
        ({"fran": START - timedelta(9), "till": START - timedelta(1)}, "till"),
        ({"fran": date(2024, 7, 1), "till": date(2024, 7, 9)}, "fran"),
        ({"fran": date(2024, 3, 1)}, "fran"),
        ({"diarienummer": "x" * (LONGEST_NUMMER + 1)}, "diarienummer"),
        ({"bidrag_ore": -1}, "bidrag"),
        ({"bidrag_ore": MEST_BIDRAG_ORE + 1}, "bidrag"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(store: Store, values: dict[str, Any], field: str) -> None:
    def placed(session: Any) -> Any:
        insats = make.make_insats(session, typ="OSA-anställning", start=START, slut=date(2024, 6, 30))
        make.make_osa_beslut(session, insats_id=insats.id, fran=date(2024, 3, 1), till=date(2024, 3, 9))
        return insats

    insats = fill(store, placed)
    given = {"fran": START, "till": date(2024, 6, 30), "diarienummer": "AF-1"} | values
    with pytest.raises(DataError) as refused:
        create_osa_beslut(store, ELIN, insats.id, BeslutUppgifter(**given), IDAG)
    assert refused.value.field == field


def test_only_osa_has_decisions(store: Store) -> None:
    insats = fill(store, make.make_insats)
    with pytest.raises(DataError, match="annat slag"):
        create_osa_beslut(store, ELIN, insats.id, BESLUT, IDAG)


def test_what_to_think_about_is_told(store: Store, insats_id: int) -> None:
    fill(store, lambda s: make.make_osa_beslut(s, insats_id=insats_id, fran=START, till=date(2024, 3, 31)))
    gap = BeslutUppgifter(date(2024, 5, 1), date(2025, 5, 1))
    assert told(store, insats_id, gap) == [
        "Arbetsförmedlingen beslutar om högst tolv månader åt gången.",
        "Tiden från 1\u00a0apr\u00a02024 saknar beslut.",
        "Beslutet saknar diarienummer.",
    ]
    over = BeslutUppgifter(date(2024, 3, 31), IDAG + timedelta(60), "AF-1")
    assert told(store, insats_id, over) == [
        "Beslutet överlappar det som gäller 8\u00a0jan\u00a02024 till 31\u00a0mar\u00a02024.",
        "Beslutet går ut om 60 dagar.",
    ]
    assert told(store, insats_id, BeslutUppgifter(date(2024, 4, 1), IDAG + timedelta(61), "AF-1")) == []
    soon = BeslutUppgifter(date(2024, 4, 1), IDAG + timedelta(1), "AF-1")
    assert told(store, insats_id, soon) == ["Beslutet går ut om 1 dag."]
    passed = BeslutUppgifter(date(2024, 4, 1), IDAG - timedelta(1), "AF-1")
    assert told(store, insats_id, passed) == ["Beslutet har redan gått ut."]


def test_what_is_passed_has_its_reason_kept(store: Store, insats_id: int) -> None:
    long = BeslutUppgifter(START, date(2025, 2, 1), "AF-1")
    with pytest.raises(DataError) as asked:
        create_osa_beslut(store, ELIN, insats_id, long, IDAG, "")
    assert asked.value.field == FIELD
    saved = create_osa_beslut(store, ELIN, insats_id, long, IDAG, "Enligt beslutet.")
    with store.read(ELIN) as session:
        (passed,) = list_passerade(session, "osa_beslut", saved.id)
    assert (passed.falt, passed.skal) == ("till", "Enligt beslutet.")
    # Where the days stay nobody is asked again.
    assert update_osa_beslut(store, ELIN, saved.id, replace(long, diarienummer="AF-2"), IDAG, None, "")
    longer = replace(long, till=date(2025, 3, 1))
    with pytest.raises(DataError) as asked:
        create_osa_beslut(store, ELIN, insats_id, replace(longer, fran=date(2024, 1, 9)), IDAG, "")
    assert asked.value.field == FIELD
    assert update_osa_beslut(store, ELIN, saved.id, longer, IDAG, None, "") is not None  # passed before


def test_a_decision_that_lasts_as_long_as_the_placement_never_runs_out(store: Store) -> None:
    insats = fill(
        store, lambda s: make.make_insats(s, typ="OSA-anställning", start=START, slut=IDAG + timedelta(9))
    )
    assert told(store, insats.id, BeslutUppgifter(START, IDAG + timedelta(9), "AF-1")) == []


def test_what_does_not_exist_or_may_not_be_known(store: Store, insats_id: int) -> None:
    with pytest.raises(NotFoundError, match="Insatsen"):
        create_osa_beslut(store, ELIN, 404, BESLUT, IDAG)
    with pytest.raises(NotFoundError, match="Beslutet"):
        remove_osa_beslut(store, ELIN, 404)

    def secret(session: Any) -> Any:
        person = make.make_deltagare(session, skyddad="fingerade uppgifter")
        inskrivning = make.make_inskrivning(session, deltagare_id=person.id)
        insats = make.make_insats(session, typ="OSA-anställning", inskrivning_id=inskrivning.id)
        return make.make_osa_beslut(session, insats_id=insats.id)

    beslut = fill(store, secret)
    with pytest.raises(NotFoundError, match="Deltagaren"):
        update_osa_beslut(store, EVA, beslut.id, BESLUT, IDAG)
