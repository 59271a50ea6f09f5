"""Delegationsbeslut: numbered within the year, changed, taken away, and nobody named."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from db.commands import delegationsbeslut
from db.commands.delegationsbeslut import (
    LONGEST,
    NOT_YOURS,
    DelegationsbeslutUppgifter,
    check_delegationsbeslut,
    create_delegationsbeslut,
    read_delegationsbeslut,
    remove_delegationsbeslut,
    update_delegationsbeslut,
)
from db.commands.findings import Finding, Saved
from db.commands.undo import undo_act
from db.commands.varningar import ASK, FIELD
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Delegationsbeslut, PasseradVarning
from db.queries.papperskorg import list_papperskorg
from db.recorder import RECORDED
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.two import run_two
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

BIFALL = DelegationsbeslutUppgifter(
    date(2024, 5, 27), "Försörjningsstöd", "12 kap. 1 § SoL", "3.1", "Bifall", "Elin Måsvik"
)
OLD = replace(BIFALL, datum=date(2023, 12, 30))
LATER = date(2025, 2, 3)


def numbers(store: Store) -> list[tuple[int, int | None, int | None]]:
    columns = (Delegationsbeslut.id, Delegationsbeslut.ar, Delegationsbeslut.lopnummer)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Delegationsbeslut.id))]


def register(store: Store, uppgifter: DelegationsbeslutUppgifter = BIFALL) -> Saved:
    return create_delegationsbeslut(store, ELIN, uppgifter, LATER)


def told(store: Store, uppgifter: DelegationsbeslutUppgifter, own: int | None = None) -> list[Finding]:
    with store.read(ELIN) as session:
        return list(check_delegationsbeslut(session, ELIN, uppgifter, IDAG, own))


def arende(store: Store, **person: Any) -> str:
    def act(session: Any) -> str:
        owner = make.make_deltagare(session, **person)
        return make.make_arende(session, deltagare_id=owner.id, ansokan=date(2024, 5, 20)).nummer

    return fill(store, act)


def test_each_gets_the_next_number_of_its_year(store: Store) -> None:
    ids = [register(store, uppgifter).id for uppgifter in (BIFALL, OLD, BIFALL, BIFALL)]
    assert numbers(store) == list(zip(ids, (2024, 2023, 2024, 2024), (1, 1, 2, 3), strict=True))


def test_two_at_the_same_moment_get_a_number_each(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    one, other = run_two(
        store, monkeypatch, delegationsbeslut, "check_delegationsbeslut",
        lambda: register(store),
        lambda: create_delegationsbeslut(store, EVA, BIFALL, IDAG),
    )  # fmt: skip
    assert isinstance(one, Saved)
    assert isinstance(other, Saved)
    assert [row[1:] for row in numbers(store)] == [(2024, 1), (2024, 2)]


def test_it_is_changed_and_keeps_its_number(store: Store) -> None:
    nummer = arende(store)
    saved = register(store)
    changed = replace(BIFALL, beslut=" Avslag ", arende=nummer)
    done = update_delegationsbeslut(store, ELIN, saved.id, changed, LATER, BIFALL)
    assert done is not None
    now = replace(changed, beslut="Avslag")
    with store.read(ELIN) as session:
        assert read_delegationsbeslut(session, ELIN, saved.id) == now
    assert update_delegationsbeslut(store, ELIN, saved.id, changed, LATER) is None
    with pytest.raises(ConflictError) as refused:
        update_delegationsbeslut(store, EVA, saved.id, BIFALL, LATER, BIFALL)
    assert refused.value.nu == now
    assert numbers(store) == [(saved.id, 2024, 1)]
    undo_act(store, ELIN, done.changes.handelse_id)
    with store.read(ELIN) as session:
        assert read_delegationsbeslut(session, ELIN, saved.id) == BIFALL


def test_a_day_in_another_year_gives_another_number_and_leaves_a_gap(store: Store) -> None:
    first, second = register(store), register(store)
    moved = replace(BIFALL, datum=date(2023, 5, 1))
    assert [(f.field, f.stops) for f in told(store, moved, second.id)] == [("datum", False)]
    done = update_delegationsbeslut(store, ELIN, second.id, moved, LATER)
    assert done is not None
    third = register(store)
    assert numbers(store) == [(first.id, 2024, 1), (second.id, 2023, 1), (third.id, 2024, 3)]
    undo_act(store, ELIN, done.changes.handelse_id)
    assert numbers(store)[1] == (second.id, 2024, 2)


def test_a_number_taken_away_is_not_given_again_and_comes_back_when_undone(store: Store) -> None:
    register(store)
    second = register(store)
    gone = remove_delegationsbeslut(store, ELIN, second.id)
    assert len(numbers(store)) == 1
    third = register(store)
    undo_act(store, ELIN, gone.changes.handelse_id)
    assert [row[1:] for row in numbers(store)] == [(2024, 1), (2024, 2), (2024, 3)]
    assert [row[0] for row in numbers(store)][1:] == [second.id, third.id]


def test_what_is_undone_never_was_and_is_done_again_with_its_number(store: Store) -> None:
    first = register(store)
    undone = undo_act(store, ELIN, first.changes.handelse_id)
    undo_act(store, ELIN, undone.handelse_id)
    assert numbers(store) == [(first.id, 2024, 1)]
    undone = undo_act(store, ELIN, first.changes.handelse_id)
    second = register(store)
    assert numbers(store) == [(second.id, 2024, 1)]
    with pytest.raises(DataError, match="används nu"):
        undo_act(store, ELIN, undone.handelse_id)


def test_removed_before_there_were_numbers_they_get_one_when_they_return(store: Store) -> None:
    saved = [register(store, uppgifter) for uppgifter in (BIFALL, OLD, BIFALL, BIFALL)]
    for one in (saved[0], saved[2]):
        _forget_number(store, one.id)

    def remove(session: Any) -> int:
        for one in saved[:3]:
            session.delete(session.get(Delegationsbeslut, one.id))
        return 0

    with store.unit_of_work(ELIN, "massa") as work:
        remove(work.session)
    assert work.changes is not None
    undo_act(store, ELIN, work.changes.handelse_id)
    assert [row[1:] for row in numbers(store)] == [(2024, 4), (2023, 1), (2024, 5), (2024, 3)]


def _forget_number(store: Store, beslut_id: int) -> None:
    def act(session: Any) -> None:
        none = {"ar": None, "lopnummer": None}
        query = update(Delegationsbeslut).where(Delegationsbeslut.id == beslut_id).values(**none)
        session.execute(query, execution_options=RECORDED)

    fill(store, act)


def test_a_removed_one_of_no_arende_lies_in_the_trash(store: Store) -> None:
    from datetime import UTC, datetime

    gone = remove_delegationsbeslut(store, ELIN, register(store).id)
    with store.read(ELIN) as session:
        page = list_papperskorg(session, ELIN, datetime(2020, 1, 1, tzinfo=UTC))
    assert [(row.handelse_id, row.innehall) for row in page.rows] == [
        (gone.changes.handelse_id, (("delegationsbeslut", 1),))
    ]


@pytest.mark.parametrize(
    ("values", "field", "stops"),
    [
        ({"datum": date(2024, 6, 4)}, "datum", True),
        ({"arendetyp": " "}, "arendetyp", True),
        ({"lagrum": ""}, "lagrum", False),
        ({"delegationspunkt": ""}, "delegationspunkt", True),
        ({"beslut": ""}, "beslut", True),
        ({"delegat": ""}, "delegat", True),
        ({"beslut": "x" * (LONGEST + 1)}, "beslut", True),
        ({"delegat": "x" * 201}, "delegat", True),
        ({"arende": "A99"}, "arende", True),
        ({"beslut": "Bifall till Anna Andersson"}, "beslut", False),
        ({"arendetyp": "Anna Andersson"}, "arendetyp", False),
        ({"lagrum": "900101-9802"}, "lagrum", False),
    ],
)
def test_what_is_wrong_is_told_at_its_field(
    store: Store, values: dict[str, Any], field: str, stops: bool
) -> None:
    found = told(store, replace(BIFALL, **values))
    assert [(f.field, f.stops) for f in found] == [(field, stops)]
    if stops:
        with pytest.raises(DataError) as refused:
            create_delegationsbeslut(store, ELIN, replace(BIFALL, **values), IDAG)
        assert refused.value.field == field
        assert numbers(store) == []


def test_a_number_in_the_text_is_saved_with_a_reason_that_is_kept(store: Store) -> None:
    named = replace(BIFALL, beslut="Bifall 900101-9802")
    assert [f.asks for f in told(store, named)] == [True]
    with pytest.raises(DataError) as refused:
        create_delegationsbeslut(store, ELIN, named, IDAG, "")
    assert (refused.value.field, refused.value.message) == (FIELD, ASK)
    saved = create_delegationsbeslut(store, ELIN, named, IDAG, "gammalt beslut")
    assert [f.asks for f in told(store, named, saved.id)] == [False]
    with store.read(ELIN) as session:
        kept = session.execute(select(PasseradVarning.tabell, PasseradVarning.skal)).all()
    assert [tuple(row) for row in kept] == [("delegationsbeslut", "gammalt beslut")]


def test_the_persons_own_name_asks_for_a_reason(store: Store) -> None:
    nummer = arende(store, fornamn="Bo", efternamn="Ek")
    found = told(store, replace(BIFALL, arende=nummer, beslut="Avslag för Ek", datum=date(2024, 5, 1)))
    assert [(f.field, f.asks) for f in found] == [("datum", False), ("beslut", True)]
    assert told(store, replace(BIFALL, arende=nummer)) == []


def test_an_arende_of_a_protected_person_is_unknown_to_those_not_named(store: Store) -> None:
    def act(session: Any) -> tuple[str, int]:
        person = make.make_deltagare(session, skyddad="sekretessmarkering")
        row = make.make_arende(session, deltagare_id=person.id, handlaggare="eva", ansokan=date(2024, 5, 20))
        return row.nummer, make.make_delegationsbeslut(session, arende_id=row.id).id

    nummer, row_id = fill(store, act)
    secret = replace(BIFALL, arende=nummer)
    unknown = told(store, replace(BIFALL, arende="A99"))
    assert [(f.field, f.message) for f in told(store, secret)] == [(f.field, f.message) for f in unknown]
    for refused in (
        lambda: update_delegationsbeslut(store, ELIN, row_id, BIFALL, LATER),
        lambda: remove_delegationsbeslut(store, ELIN, row_id),
    ):
        with pytest.raises(DataError, match=NOT_YOURS):
            refused()
    assert create_delegationsbeslut(store, EVA, secret, IDAG).id
    # A row of before the numbers gets one when it is changed.
    assert update_delegationsbeslut(store, EVA, row_id, secret, IDAG) is not None
    assert [row[2] for row in numbers(store)] == [2, 1]


def test_one_that_is_gone_is_told(store: Store) -> None:
    with pytest.raises(NotFoundError):
        remove_delegationsbeslut(store, ELIN, 9)
    saved = register(store)
    fill(store, lambda s: s.delete(s.get(Delegationsbeslut, saved.id)))
    with pytest.raises(NotFoundError):
        update_delegationsbeslut(store, ELIN, saved.id, BIFALL, IDAG)
