"""Templates for notes: own and shared, changed, removed and had back."""

import pytest
from sqlalchemy import select

from db.commands.mallar import (
    LONGEST,
    LONGEST_NAME,
    MallUppgifter,
    check_mall,
    create_mall,
    remove_mall,
    update_mall,
)
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Anteckningsmall
from db.session import Store
from tests.unit.commands.helpers import ELIN, EVA

OWN = MallUppgifter("Samtal", "Med vem:")
SHARED = MallUppgifter("Samtal", "Med vem:\nOm vad:", delad=True)


def held(store: Store) -> list[tuple[str, str, str]]:
    columns = (Anteckningsmall.namn, Anteckningsmall.text, Anteckningsmall.agare)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Anteckningsmall.id))]


def test_own_and_shared_may_be_called_the_same(store: Store) -> None:
    saved = create_mall(store, ELIN, OWN)
    create_mall(store, ELIN, SHARED)
    create_mall(store, EVA, MallUppgifter(" Samtal ", "Kort:"))
    assert held(store) == [
        ("Samtal", "Med vem:", "elin"),
        ("Samtal", "Med vem:\nOm vad:", ""),
        ("Samtal", "Kort:", "eva"),
    ]
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert len(held(store)) == 2


def test_anybody_keeps_the_shared_and_only_the_owner_the_own(store: Store) -> None:
    own, shared = create_mall(store, ELIN, OWN).id, create_mall(store, ELIN, SHARED).id
    assert update_mall(store, EVA, shared, MallUppgifter("Möte", "Vem:", delad=True)) is not None
    for act in (
        lambda: update_mall(store, EVA, own, OWN),
        lambda: remove_mall(store, EVA, own),
        lambda: remove_mall(store, ELIN, 404),
    ):
        with pytest.raises(NotFoundError, match="finns inte"):
            act()
    with store.read(EVA) as session, pytest.raises(NotFoundError):
        check_mall(session, EVA, OWN, own)


def test_it_is_changed_and_taken_back(store: Store) -> None:
    mall_id = create_mall(store, ELIN, SHARED).id
    assert update_mall(store, ELIN, mall_id, SHARED, SHARED) is None
    changed = update_mall(store, ELIN, mall_id, OWN, SHARED)
    assert changed is not None
    assert [finding.field for finding in changed.varningar] == ["delad"]
    assert held(store) == [("Samtal", "Med vem:", "elin")]
    with pytest.raises(ConflictError) as met:
        update_mall(store, ELIN, mall_id, OWN, SHARED)
    assert (met.value.nu, met.value.senast and met.value.senast[0]) == (OWN, "elin")
    undo_act(store, ELIN, changed.changes.handelse_id)
    assert held(store)[0][2] == ""


def test_it_is_removed_and_had_back(store: Store) -> None:
    removed = remove_mall(store, ELIN, create_mall(store, ELIN, OWN).id)
    assert held(store) == []
    undo_act(store, ELIN, removed.changes.handelse_id)
    assert held(store) == [("Samtal", "Med vem:", "elin")]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        (MallUppgifter(" ", "x"), "namn"),
        (MallUppgifter("x" * (LONGEST_NAME + 1), "x"), "namn"),
        (MallUppgifter("ÅTERKOPPLING", "x"), "namn"),
        (MallUppgifter("x", "\n"), "text"),
        (MallUppgifter("x", "x" * (LONGEST + 1)), "text"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(store: Store, values: MallUppgifter, field: str) -> None:
    create_mall(store, ELIN, MallUppgifter("Återkoppling", "x"))
    with pytest.raises(DataError) as refused:
        create_mall(store, ELIN, values)
    assert refused.value.field == field


def test_it_can_be_checked_without_saving(store: Store) -> None:
    mall_id = create_mall(store, ELIN, OWN).id
    with store.read(ELIN) as session:
        assert check_mall(session, ELIN, OWN, mall_id) == ()
        assert [finding.field for finding in check_mall(session, ELIN, OWN)] == ["namn"]
