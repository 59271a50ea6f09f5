"""Saved lists: own and shared, named, changed and removed by whoever made them, taken back."""

import pytest

from db.aktor import Aktor
from db.commands.listor import LONGEST, create_lista, remove_lista, update_lista
from db.commands.undo import undo_act
from db.errors import DataError, NotFoundError
from db.queries.listor import ListaRow, list_listor
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, fill

VAL = {"steg": "Insats", "mina": True}


def lists(store: Store, aktor: Aktor = ELIN, skarm: str = "deltagare") -> list[tuple[str, str, bool, bool]]:
    with store.read(aktor) as session:
        return [(row.namn, row.agare, row.egen, row.delad) for row in list_listor(session, aktor, skarm)]


def read(store: Store) -> ListaRow:
    with store.read(ELIN) as session:
        return list_listor(session, ELIN, "deltagare")[0]


def test_own_and_shared_in_swedish_order(store: Store) -> None:
    fill(store, lambda s: make.make_medarbetare(s, signatur="eva", namn="Eva Alm"))
    for namn in ("Ö-lista", "Alla i insats", "Åter"):
        create_lista(store, ELIN, "deltagare", namn, VAL)
    create_lista(store, ELIN, "narvaro", "Annan skärm", VAL)
    create_lista(store, EVA, "deltagare", "Enhetens", VAL, delad=True)
    create_lista(store, EVA, "deltagare", "Bara Evas", VAL)
    with sent_statements(store) as sent:
        found = lists(store)
    assert len(sent) == 1
    assert found == [
        ("Alla i insats", "elin", True, False), ("Åter", "elin", True, False),
        ("Ö-lista", "elin", True, False), ("Enhetens", "Eva Alm", False, True),
    ]  # fmt: skip


def test_a_list_keeps_its_choice_and_can_be_taken_back(store: Store) -> None:
    saved = create_lista(store, ELIN, "deltagare", "  Mina   i insats ", VAL)
    assert (read(store).namn, read(store).val) == ("Mina i insats", VAL)
    changed = update_lista(store, ELIN, saved.id, "I insats", {"steg": ""}, delad=True)
    assert changed is not None
    assert (read(store).namn, read(store).val, read(store).delad) == ("I insats", {"steg": ""}, True)
    assert update_lista(store, ELIN, saved.id, namn="I insats", val={"steg": ""}) is None
    assert update_lista(store, ELIN, saved.id) is None
    undo_act(store, ELIN, changed.changes.handelse_id)
    assert read(store).val == VAL
    removed = remove_lista(store, ELIN, saved.id)
    assert lists(store) == []
    undo_act(store, ELIN, removed.handelse_id)
    assert read(store).val == VAL


@pytest.mark.parametrize("namn", ["", "  ", "x" * (LONGEST + 1), "Upptagen"])
def test_a_name_is_needed_and_used_once(store: Store, namn: str) -> None:
    create_lista(store, ELIN, "deltagare", "Upptagen", VAL)
    create_lista(store, EVA, "deltagare", "Annans namn", VAL)
    other = create_lista(store, ELIN, "deltagare", "Annans namn", VAL)
    for act in (
        lambda: create_lista(store, ELIN, "deltagare", namn, VAL),
        lambda: update_lista(store, ELIN, other.id, namn),
    ):
        with pytest.raises(DataError) as refused:
            act()
        assert refused.value.field == "namn"


def test_only_the_owner_changes_it(store: Store) -> None:
    shared = create_lista(store, EVA, "deltagare", "Enhetens", VAL, delad=True).id
    for id_ in (shared, shared + 1):
        with pytest.raises(NotFoundError):
            update_lista(store, ELIN, id_, "Min")
        with pytest.raises(NotFoundError):
            remove_lista(store, ELIN, id_)
