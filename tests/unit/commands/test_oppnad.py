"""People opened: kept for the user, bounded, outside the history, and never protected ones."""

from collections.abc import Sequence

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM
from db.commands import oppnad
from db.commands.oppnad import log_oppnad, pin_deltagare, unpin_deltagare
from db.models import Handelse, Oppnad
from db.queries.oppnad import find_fasta, list_oppnade
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill


def opened(store: Store) -> list[tuple[int, bool]]:
    with store.read(ELIN) as session:
        return [(r.deltagare_id, r.fast) for r in list_oppnade(session, ELIN, IDAG)]


def people(store: Store, count: int) -> Sequence[int]:
    def act(s: Session) -> list[int]:
        return [make.make_deltagare(s).id for _ in range(count)]

    return fill(store, act)


def count(store: Store, model: type[Oppnad] | type[Handelse]) -> int:
    with store.read(SYSTEM) as session:
        return session.execute(select(func.count()).select_from(model)).scalar_one()


def test_the_latest_comes_first_and_the_history_knows_nothing(store: Store) -> None:
    first, second = people(store, 2)
    before = count(store, Handelse)
    for person in (first, second, first):
        log_oppnad(store, ELIN, person)
    log_oppnad(store, EVA, second)
    assert opened(store) == [(first, False), (second, False)]
    assert count(store, Handelse) == before


def test_old_ones_are_forgotten_and_pins_stay(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oppnad, "KEPT", 2)
    ids = people(store, 4)
    pin_deltagare(store, ELIN, ids[0])
    for person in ids:
        log_oppnad(store, ELIN, person)
    assert opened(store) == [(ids[0], True), (ids[3], False), (ids[2], False)]
    with store.read(ELIN) as session:
        assert find_fasta(session, ELIN) == {ids[0]}
        assert find_fasta(session, EVA) == frozenset()
    unpin_deltagare(store, ELIN, ids[0])
    log_oppnad(store, ELIN, ids[3])
    assert opened(store) == [(ids[3], False), (ids[2], False)]


def test_a_pin_does_not_make_somebody_latest(store: Store) -> None:
    first, second = people(store, 2)
    log_oppnad(store, ELIN, first)
    log_oppnad(store, ELIN, second)
    pin_deltagare(store, ELIN, first)
    unpin_deltagare(store, ELIN, first)
    assert opened(store) == [(second, False), (first, False)]


def test_nothing_is_kept_of_protected_people(store: Store) -> None:
    person = fill(store, lambda s: make.make_deltagare(s, skyddad="sekretessmarkering").id)
    for act in (log_oppnad, pin_deltagare, unpin_deltagare):
        act(store, ELIN, person)
        act(store, ELIN, person + 1)
    assert count(store, Oppnad) == 0
