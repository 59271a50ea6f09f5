"""Opening protected details leaves a reason in the sealed log."""

import pytest

from db.commands.visning import log_kopiering, log_utskrift, log_visning
from db.errors import DataError, NotFoundError
from db.history import broken_seals
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, andringar, fill


@pytest.fixture
def deltagare_id(store: Store) -> int:
    secret = fill(store, lambda s: make.make_deltagare(s, skyddad="fingerade uppgifter"))
    fill(store, lambda s: make.make_arende(s, deltagare_id=secret.id, handlaggare="elin"))
    return secret.id


def test_the_reason_is_logged_and_sealed(store: Store, deltagare_id: int) -> None:
    changes = log_visning(store, ELIN, deltagare_id, "  Ringer  upp ")
    assert andringar(store, changes.handelse_id) == [("deltagare", "visning", None, '"Ringer upp"')]
    with store.read(ELIN) as session:
        assert broken_seals(session) == []


@pytest.mark.parametrize("skal", ["", "  ", "x y"[:1]])
def test_a_reason_is_needed(store: Store, deltagare_id: int, skal: str) -> None:
    with pytest.raises(DataError) as refused:
        log_visning(store, ELIN, deltagare_id, skal)
    assert refused.value.field == "skal"


def test_only_the_named_may_open(store: Store, deltagare_id: int) -> None:
    with pytest.raises(NotFoundError):
        log_visning(store, EVA, deltagare_id, "Nyfiken")


def test_a_print_is_logged(store: Store) -> None:
    anyone = fill(store, make.make_deltagare)
    changes = log_utskrift(store, ELIN, anyone.id, "Planering")
    assert andringar(store, changes.handelse_id) == [("deltagare", "utskrift", None, '"Planering"')]


def test_a_protected_person_is_printed_with_a_reason(store: Store, deltagare_id: int) -> None:
    with pytest.raises(DataError) as refused:
        log_utskrift(store, ELIN, deltagare_id, "Planering", " ")
    assert refused.value.field == "skal"
    changes = log_utskrift(store, ELIN, deltagare_id, "Planering", "Till mötet i dag")
    assert andringar(store, changes.handelse_id) == [("deltagare", "utskrift", None, '"Till mötet i dag"')]


def test_only_the_named_may_print(store: Store, deltagare_id: int) -> None:
    with pytest.raises(NotFoundError):
        log_utskrift(store, EVA, deltagare_id, "Planering", "Nyfiken")


def test_a_copy_is_logged_for_those_one_may_know_of(store: Store, deltagare_id: int) -> None:
    anyone = fill(store, make.make_deltagare).id
    changes = log_kopiering(store, ELIN, [anyone, deltagare_id], "Deltagare")
    assert changes is not None
    assert changes.touched == {("deltagare", anyone), ("deltagare", deltagare_id)}
    assert set(andringar(store, changes.handelse_id)) == {("deltagare", "kopiering", None, '"Deltagare"')}
    theirs = log_kopiering(store, EVA, [anyone, deltagare_id], "Deltagare")
    assert theirs is not None
    assert theirs.touched == {("deltagare", anyone)}
    assert log_kopiering(store, EVA, [deltagare_id], "Deltagare") is None
