"""Typed outcomes, one at a time and pasted."""

import pytest

from db.commands.indikatorvarde import (
    IndikatorvardeUppgifter,
    check_indikatorvarde,
    paste_indikatorvarden,
    set_indikatorvarde,
)
from db.commands.plan_import import import_plan
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError
from db.queries.plan_ord import load_skrivna
from db.rules.plan import Indikator, Plandokument
from db.session import Store
from tests.helpers.factories import make_indikatorvarde, make_medarbetare
from tests.unit.commands.helpers import ELIN, EVA, fill

PLAN = Plandokument(
    "Provstad", "Nämnden", 2024,
    indikatorer=(
        Indikator("i", "Andel", "andel", True),
        Indikator("j", "Antal", "antal", True),
        Indikator("k", "Deltagare", "antal", True, beraknas="deltagare.unika"),
    ),
)  # fmt: skip
TOM = IndikatorvardeUppgifter()
HALV = IndikatorvardeUppgifter(44.0, 52.5, 49.0, "Enkäten")


@pytest.fixture(autouse=True)
def _plan(store: Store) -> None:
    import_plan(store, EVA, "provstad", PLAN)


def typed(store: Store) -> dict[tuple[str, str], IndikatorvardeUppgifter]:
    with store.read(EVA) as session:
        return {
            (kod, period): IndikatorvardeUppgifter(r.kvinnor, r.man, r.totalt, r.kalla, r.kommentar)
            for kod, perioder in load_skrivna(session, 1).items()
            for period, r in perioder.items()
        }


def test_an_outcome_is_typed_changed_and_taken_away(store: Store) -> None:
    saved = set_indikatorvarde(store, EVA, "i", "2024-12", HALV, TOM)
    assert saved is not None
    assert typed(store) == {("i", "2024"): HALV}
    assert set_indikatorvarde(store, EVA, "i", "2024", HALV, HALV) is None
    hel = IndikatorvardeUppgifter(45.0, 52.5, 49.5)
    andrad = set_indikatorvarde(store, EVA, "i", "2024", hel, HALV)
    assert andrad is not None
    assert andrad.id == saved.id
    with pytest.raises(ConflictError) as caught:
        set_indikatorvarde(store, EVA, "i", "2024", HALV, HALV)
    assert caught.value.nu == hel
    removed = set_indikatorvarde(store, EVA, "i", "2024", TOM, hel)
    assert removed is not None
    assert typed(store) == {}
    with pytest.raises(ConflictError):
        set_indikatorvarde(store, EVA, "i", "2024", HALV, hel)
    assert set_indikatorvarde(store, EVA, "i", "2024", TOM) is None
    undo_act(store, EVA, removed.changes.handelse_id)
    assert typed(store) == {("i", "2024"): hel}


def test_an_imported_row_is_the_same_whatever_its_spelling(store: Store) -> None:
    fill(store, lambda s: make_indikatorvarde(s, indikator="i", period="2024-T1", totalt=1.0))
    set_indikatorvarde(store, EVA, "i", "2024-04", HALV)
    assert typed(store) == {("i", "2024-04"): HALV}


@pytest.mark.parametrize(
    ("kod", "period", "uppgifter", "falt"),
    [
        ("saknas", "2024", HALV, "indikator"),
        ("i", "snart", HALV, "period"),
        ("i", "ingaende", HALV, "period"),
        ("i", "2024", IndikatorvardeUppgifter(kvinnor=float("nan")), "kvinnor"),
        ("i", "2024", IndikatorvardeUppgifter(totalt=1e16), "totalt"),
        ("i", "2024", IndikatorvardeUppgifter(1.0, kalla="\x00"), "kalla"),
        ("i", "2024", IndikatorvardeUppgifter(1.0, kommentar="x" * 20_001), "kommentar"),
    ],
)
def test_what_is_refused(
    store: Store, kod: str, period: str, uppgifter: IndikatorvardeUppgifter, falt: str
) -> None:
    with store.read(EVA) as session:
        assert [f.field for f in check_indikatorvarde(session, EVA, kod, period, uppgifter)] == [falt]
    with pytest.raises(DataError) as caught:
        set_indikatorvarde(store, EVA, kod, period, uppgifter)
    assert caught.value.field == falt


def test_above_the_register_only_with_a_reason(store: Store) -> None:
    saved = set_indikatorvarde(store, EVA, "k", "2024", HALV)
    assert saved is not None
    assert [v.field for v in saved.varningar] == ["kommentar"]
    med = IndikatorvardeUppgifter(1.0, kommentar="Registret saknar januari")
    assert set_indikatorvarde(store, EVA, "k", "2024", med).varningar == ()  # type: ignore[union-attr]
    assert set_indikatorvarde(store, EVA, "k", "2024", TOM).varningar == ()  # type: ignore[union-attr]


def test_who_may(store: Store) -> None:
    fill(store, lambda session: make_medarbetare(session, roll="chef"))
    with pytest.raises(DataError, match="behörighet"):
        set_indikatorvarde(store, ELIN, "i", "2024", HALV)


def test_a_block_is_pasted_row_by_row(store: Store) -> None:
    set_indikatorvarde(store, EVA, "j", "2024", IndikatorvardeUppgifter(1.0, 2.0, 3.0, "Fil", "Not"))
    changes = paste_indikatorvarden(
        store, EVA, ["i", "j", "k"], "2024-12", "44,5\t52\t49 %\r\n1 250\t\n", "", "Kalkyl"
    )
    assert changes is not None
    assert typed(store) == {
        ("i", "2024"): IndikatorvardeUppgifter(44.5, 52.0, 49.0, "Kalkyl"),
        ("j", "2024"): IndikatorvardeUppgifter(1250.0, None, 3.0, "Kalkyl", "Not"),
    }
    assert paste_indikatorvarden(store, EVA, ["i"], "2024", "44,5\t52\t49") is None
    undo_act(store, EVA, changes.handelse_id)
    assert list(typed(store)) == [("j", "2024")]


def test_a_block_with_a_fault_is_refused_whole(store: Store) -> None:
    with pytest.raises(DataError, match="Rad 2: ”många” är inget tal"):
        paste_indikatorvarden(store, EVA, ["i", "j"], "2024", "1\nmånga")
    with pytest.raises(DataError, match="2 rader men här finns plats för 1"):
        paste_indikatorvarden(store, EVA, ["i"], "2024", "1\n2")
    with pytest.raises(DataError, match="finns inte i någon plan"):
        paste_indikatorvarden(store, EVA, ["i", "saknas"], "2024", "1\n2")
    assert typed(store) == {}
