"""The trash: what was removed or taken back, of whom, by whom; nothing of people one may not know of."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from db.aktor import SYSTEM, Aktor
from db.commands.undo import undo_act
from db.models import Importomgang, Insats, Mote, Narvaro, SparadLista, Uppskjuten
from db.queries.papperskorg import PapperskorgRow, list_papperskorg
from db.recorder import Cell
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, fill

SEDAN = datetime(2024, 1, 1, tzinfo=UTC)


def rows(store: Store, aktor: Aktor = ELIN, **choice: Any) -> tuple[PapperskorgRow, ...]:
    with store.read(aktor) as session:
        return list_papperskorg(session, aktor, choice.pop("sedan", SEDAN), **choice).rows


def act(store: Store, aktor: Aktor, text: str, do: Callable[[Any], object]) -> int:
    with store.unit_of_work(aktor, "ändring", text) as work:
        do(work.session)
    assert work.changes is not None
    return work.changes.handelse_id


def remove(store: Store, aktor: Aktor, model: type[Any], id_: int) -> int:
    return act(store, aktor, f"Borttaget: {model.__tablename__}", lambda s: s.delete(s.get(model, id_)))


@pytest.fixture
def hodan(store: Store) -> tuple[int, int, int]:
    """A person, her insats and a meeting."""

    def make_her(s: Any) -> tuple[int, int, int]:
        make.make_medarbetare(s, signatur="elin", namn="Elin Måsvik")
        person = make.make_deltagare(s, fornamn="Hodan", efternamn="Rönnstig")
        stay = make.make_inskrivning(s, deltagare_id=person.id)
        insats = make.make_insats(s, inskrivning_id=stay.id)
        for day in range(3, 5):
            make.make_narvaro(s, insats_id=insats.id, datum=insats.start + timedelta(day))
        return person.id, insats.id, make.make_mote(s, deltagare_id=person.id).id

    return fill(store, make_her)


def test_removed_and_taken_back_the_latest_first(store: Store, hodan: tuple[int, int, int]) -> None:
    person, insats, mote = hodan
    removed = remove(store, ELIN, Mote, mote)
    changed = act(store, EVA, "Ändrad insats", lambda s: setattr(s.get(Insats, insats), "omfattning", 40))
    undone = undo_act(store, ELIN, changed).handelse_id
    with store.read(ELIN) as session:
        page = list_papperskorg(session, ELIN, SEDAN)
    assert page.after is None
    assert [(r.handelse_id, r.vem, r.angrat, r.text, r.personer, r.innehall) for r in page.rows] == [
        (undone, "Elin Måsvik", True, "Ändrad insats", ((person, "Hodan Rönnstig"),), (("insats", 1),)),
        (removed, "Elin Måsvik", False, "Borttaget: mote", ((person, "Hodan Rönnstig"),), (("mote", 1),)),
    ]
    undo_act(store, EVA, undone)
    undo_act(store, EVA, removed)
    assert rows(store) == ()


def test_what_is_removed_with_its_owners_is_still_somebodys(
    store: Store, hodan: tuple[int, int, int]
) -> None:
    """First the närvaro, then in another act the insats that it belonged to."""
    _, insats, _ = hodan

    def drop_narvaro(s: Any) -> None:
        for row in s.query(Narvaro).filter_by(insats_id=insats):
            s.delete(row)

    act(store, ELIN, "Närvaro borta", drop_narvaro)
    remove(store, ELIN, Insats, insats)
    last, first = rows(store)
    assert first.innehall == (("narvaro", 2),)
    assert [name for _, name in first.personer] == ["Hodan Rönnstig"]
    assert [name for _, name in last.personer] == ["Hodan Rönnstig"]


def test_a_new_person_taken_back_is_named(store: Store) -> None:
    made = act(store, ELIN, "Ny deltagare", lambda s: make.make_deltagare(s, fornamn="Bo", efternamn="Å"))
    undo_act(store, ELIN, made)
    hidden = act(store, ELIN, "Ny deltagare", lambda s: make.make_deltagare(s, skyddad="sekretessmarkering"))
    undo_act(store, SYSTEM, hidden)
    assert [[name for _, name in row.personer] for row in rows(store)] == [["Bo Å"]]


def test_protected_people_only_for_those_named_and_masked(store: Store) -> None:
    def make_one(s: Any) -> int:
        person = make.make_deltagare(s, skyddad="sekretessmarkering")
        make.make_arende(s, deltagare_id=person.id, handlaggare="elin")
        return make.make_mote(s, deltagare_id=person.id).id

    remove(store, ELIN, Mote, fill(store, make_one))
    assert [[name for _, name in row.personer] for row in rows(store)] == [["Skyddad identitet"]]
    assert rows(store, EVA) == ()


def test_own_only_since_a_moment_and_in_pages(store: Store, hodan: tuple[int, int, int]) -> None:
    mote = hodan[2]
    first = remove(store, ELIN, Mote, mote)
    second = act(store, EVA, "Bytt namn", lambda s: make.make_enhet(s))
    third = undo_act(store, EVA, second).handelse_id
    assert [r.handelse_id for r in rows(store, ELIN, mina=True)] == [first]
    assert rows(store, sedan=datetime.now(UTC) + timedelta(minutes=1)) == ()
    with store.read(ELIN) as session:
        page = list_papperskorg(session, ELIN, SEDAN, limit=1)
        rest = list_papperskorg(session, ELIN, SEDAN, limit=1, fore=page.after)
    assert ([r.handelse_id for r in page.rows], page.after) == ([third], third)
    assert ([r.handelse_id for r in rest.rows], rest.after) == ([first], None)


def test_imports_reminders_and_others_lists_are_not_there(store: Store) -> None:
    def lists(s: Any) -> tuple[int, int, int, int]:
        own = make.make_sparad_lista(s, agare="elin", delad=False)
        shared = make.make_sparad_lista(s, agare="eva", delad=True)
        others = make.make_sparad_lista(s, agare="eva", delad=False)
        return own.id, shared.id, others.id, make.make_uppskjuten(s, signatur="elin").id

    own, shared, others, late = fill(store, lists)
    kept = [remove(store, ELIN, SparadLista, own)]
    for id_ in (shared, others):
        remove(store, EVA, SparadLista, id_)
    with store.unit_of_work(ELIN, "uppskjuten", "Inte längre uppskjuten") as work:
        work.session.delete(work.session.get(Uppskjuten, late))

    imported = act(store, ELIN, "bok.xlsx", make.make_enhet)
    counts = {"nya": 1, "andrade": 0, "oforandrade": 0, "hoppade": 0}
    book = Importomgang(handelse_id=imported, filnamn="bok.xlsx", sha256="0" * 64, **counts)
    fill(store, lambda s: s.add(book))
    undo_act(store, ELIN, imported)
    assert [r.handelse_id for r in rows(store)] == kept[::-1]


def test_a_row_whose_person_cannot_be_told_is_not_shown(store: Store, hodan: tuple[int, int, int]) -> None:
    with store.unit_of_work(ELIN, "ändring", "Två möten") as work:
        work.recorder.record([Cell("mote", 999, "datum", '"2024-06-01"', '"2024-06-02"')])
        work.session.delete(work.session.get(Mote, hodan[2]))
    assert rows(store) == ()


def test_as_many_statements_for_many_as_for_one(store: Store, hodan: tuple[int, int, int]) -> None:
    moten = [fill(store, lambda s: make.make_mote(s, deltagare_id=hodan[0]).id) for _ in range(4)]
    counts = []
    for mote in moten:
        remove(store, ELIN, Mote, mote)
        with sent_statements(store) as sent:
            rows(store)
        counts.append(len(sent))
    assert counts == [4] * 4
