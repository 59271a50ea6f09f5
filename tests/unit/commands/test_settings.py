"""Changing settings: checked, warned of, kept from others' changes, by those who may, and taken back."""

from datetime import date
from typing import Any

import pytest

from db.aktor import Aktor, Roll
from db.commands.settings import check_settings, save_settings
from db.commands.undo import undo_act
from db.commands.varningar import FIELD
from db.errors import ConflictError, DataError
from db.queries.settings import NOT_ALLOWED, load_settings, may_change_settings
from db.rules.bip import BIP_INDIKATORER, LANGSTA_ETIKETT
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, andringar, fill

SKALA, ETIKETTER = "bip.skala", "bip.etiketter"
OWN = ("mående", *BIP_INDIKATORER[1:])


def found(store: Store, varden: dict[str, Any], aktor: Aktor = ELIN) -> list[tuple[str, str, bool, bool]]:
    with store.read(aktor) as session:
        return [(f.field, f.message, f.stops, f.asks) for f in check_settings(session, aktor, varden)]


def settings_of(store: Store) -> tuple[int, tuple[str, ...]]:
    with store.read(ELIN) as session:
        now = load_settings(session, ELIN)
    return now.bip_skala, now.bip_etiketter


def test_several_are_saved_in_one_act_and_taken_back(store: Store) -> None:
    saved = save_settings(store, ELIN, {SKALA: 7, ETIKETTER: list(OWN)})
    assert saved is not None
    assert settings_of(store) == (7, OWN)
    again = save_settings(store, ELIN, {SKALA: 7, ETIKETTER: OWN, "kommun.namn": ""})
    assert again is None
    changed = save_settings(store, ELIN, {SKALA: 4, ETIKETTER: OWN})
    assert changed is not None
    assert andringar(store, changed.changes.handelse_id) == [("installning", "varde", '"7"', '"4"')]
    undo_act(store, ELIN, changed.changes.handelse_id)
    assert settings_of(store) == (7, OWN)
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert settings_of(store) == (5, BIP_INDIKATORER)


def test_who_saves_on_top_of_another_is_told_what_and_by_whom(store: Store) -> None:
    fill(store, lambda s: make.make_medarbetare(s, signatur="eva", namn="Eva Ek", roll="chef"))
    opened = {SKALA: 5, ETIKETTER: BIP_INDIKATORER}
    save_settings(store, EVA, {SKALA: 7})
    with pytest.raises(ConflictError) as caught:
        save_settings(store, EVA, {SKALA: 3, ETIKETTER: OWN}, opened)
    assert caught.value.nu == {SKALA: 7, ETIKETTER: BIP_INDIKATORER}
    assert caught.value.senast is not None
    assert caught.value.senast[0] == "Eva Ek"
    assert settings_of(store) == (7, BIP_INDIKATORER)
    # What is not in the form does not stand in its way.
    assert save_settings(store, EVA, {ETIKETTER: OWN}, {ETIKETTER: BIP_INDIKATORER}) is not None


def test_only_chef_and_administrator_may_where_there_are_such(store: Store) -> None:
    saved = save_settings(store, ELIN, {SKALA: 7})
    assert saved is not None
    fill(store, lambda s: make.make_medarbetare(s, signatur="eva", namn="Eva Ek", roll="chef"))
    with pytest.raises(DataError, match=NOT_ALLOWED):
        save_settings(store, ELIN, {SKALA: 3})
    with pytest.raises(DataError, match=NOT_ALLOWED):
        undo_act(store, ELIN, saved.changes.handelse_id)
    undone = undo_act(store, EVA, saved.changes.handelse_id)
    with pytest.raises(DataError, match=NOT_ALLOWED):
        undo_act(store, ELIN, undone.handelse_id)
    undo_act(store, Aktor("adam", "Adam", Roll.ADMINISTRATOR), undone.handelse_id)
    assert settings_of(store)[0] == 7


def test_in_the_demo_anybody_may(store: Store) -> None:
    fill(store, lambda s: make.make_medarbetare(s, signatur="eva", namn="Eva Ek", roll="chef"))
    with store.read(ELIN) as session:
        assert not may_change_settings(session, ELIN)
    save_settings(store, EVA, {"demo": True})
    with store.read(ELIN) as session:
        assert may_change_settings(session, ELIN)


def test_labels_are_told_one_by_one(store: Store) -> None:
    labels = ("", "x" * (LANGSTA_ETIKETT + 1), "Samma", " samma ", *BIP_INDIKATORER[4:])
    assert found(store, {ETIKETTER: labels}) == [
        ("etikett1", "Skriv vad frågan heter.", True, False),
        ("etikett2", "Frågan är för lång. Korta den.", True, False),
        ("etikett4", "En annan fråga heter så. Ändra den ena.", True, False),
    ]


@pytest.mark.parametrize(
    ("nyckel", "varde", "told"),
    [
        (SKALA, 11, "Välj en skala från 2 till 10."),
        ("aktivitetskrav.dagar", 0, "Skriv antalet dagar, 1 till 366."),
        ("sekretess.troskel", 101, "Skriv ett antal från 1 till 100."),
        ("osa.mal_per_ar", 100_001, "Skriv antalet personer, 0 till 100000."),
        ("kommun.namn", "å" * 201, "Namnet är för långt. Korta det."),
        ("namnd.namn", 3, "Inställningen namnd.namn kan inte vara 3."),
    ],
)
def test_what_does_not_fit_stops(store: Store, nyckel: str, varde: Any, told: str) -> None:
    assert found(store, {nyckel: varde}) == [(nyckel, told, True, False)]


def test_what_a_change_brings_with_it(store: Store) -> None:
    assert found(store, {SKALA: 7, "aktivitetskrav.dagar": 14, "sekretess.troskel": 8}) == []

    def answer(session: Any) -> None:
        inskrivning = make.make_inskrivning(session)
        make.make_bip(session, inskrivning_id=inskrivning.id, datum=date(2024, 1, 2))

    fill(store, answer)
    warned = found(store, {SKALA: 7, "aktivitetskrav.dagar": 30, "sekretess.troskel": 3})
    assert [(field, stops, asks) for field, _, stops, asks in warned] == [
        (SKALA, False, False),
        ("aktivitetskrav.dagar", False, False),
        ("sekretess.troskel", False, True),
    ]
    assert found(store, {SKALA: 5}) == []


def test_fewer_hidden_figures_ask_why(store: Store) -> None:
    with pytest.raises(DataError) as caught:
        save_settings(store, ELIN, {"sekretess.troskel": 3}, skal=" ")
    assert caught.value.field == FIELD
    saved = save_settings(store, ELIN, {"sekretess.troskel": 3}, skal="Nämnden har beslutat.")
    assert saved is not None
    assert ("passerad_varning", "+", None, None) in andringar(store, saved.changes.handelse_id)
