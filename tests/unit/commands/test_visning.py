"""Opening protected details leaves a reason in the sealed log."""

import pytest
from sqlalchemy.orm import Session

from db.commands.visning import log_importkopiering, log_kopiering, log_utskrift, log_visning
from db.errors import DataError, NotFoundError
from db.history import broken_seals
from db.models import Deltagare
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


def test_a_copy_of_those_removed_is_logged_but_of_no_hidden_one(store: Store) -> None:
    def make_three(session: Session) -> tuple[int, int, int]:
        secret = make.make_deltagare(session, skyddad="sekretessmarkering").id
        return make.make_deltagare(session).id, secret, make.make_deltagare(session).id

    gone, secret, back = fill(store, make_three)

    def remove(session: Session) -> None:
        for person_id in (gone, secret, back):
            session.delete(session.get_one(Deltagare, person_id))

    fill(store, remove)
    fill(store, lambda s: make.make_deltagare(s, id=back, skyddad="sekretessmarkering"))
    changes = log_kopiering(store, EVA, [gone, secret, back, 999], "Papperskorg")
    assert changes is not None
    assert changes.touched == {("deltagare", gone)}


def test_copies_of_imports_and_of_a_workbook_are_logged(store: Store) -> None:
    changes = log_importkopiering(store, EVA, [7, 3], "Tidigare importer")
    assert changes.touched == {("importomgang", 3), ("importomgang", 7)}
    tried = log_importkopiering(store, EVA, [], "Fel i filen personer.xlsx")
    told = '"Fel i filen personer.xlsx"'
    assert andringar(store, tried.handelse_id) == [("importomgang", "kopiering", None, told)]
