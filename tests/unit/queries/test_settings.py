"""Settings: defaults, saving, and values that cannot be used."""

from typing import Any

import pytest
from sqlalchemy import insert, select

from db.aktor import Aktor
from db.commands.settings import save_settings
from db.errors import DataError, StoreError
from db.models import Andring, Installning
from db.queries.settings import Installningar, load_settings
from db.rules.aktivitetskrav import Startpunkt
from db.rules.bip import BIP_INDIKATORER
from db.session import Store
from tests.helpers.statements import sent_statements


def load(store: Store, aktor: Aktor) -> Installningar:
    with store.read(aktor) as session:
        return load_settings(session, aktor)


def test_an_empty_register_has_the_defaults(store: Store, aktor: Aktor) -> None:
    with sent_statements(store) as sent:
        found = load(store, aktor)
    assert found == Installningar()
    assert (found.troskel, found.aktivitetskrav.dagar) == (5, 14)
    assert len(sent) == 1


def test_saved_values_are_read_back_and_stand_in_the_history(store: Store, aktor: Aktor) -> None:
    assert save_settings(store, aktor, {"kommun.namn": "Ängby"}) is not None
    assert save_settings(store, aktor, {"aktivitetskrav.startpunkt": "ansokan"}) is not None
    assert save_settings(store, aktor, {"sekretess.troskel": 10}) is not None
    assert save_settings(store, aktor, {"sekretess.troskel": 3}) is not None
    assert save_settings(store, aktor, {"sekretess.troskel": 3}) is None
    assert save_settings(store, aktor, {"bip.skala": 7}) is not None
    assert save_settings(store, aktor, {"osa.mal_per_ar": 90}) is not None
    assert save_settings(store, aktor, {"belaggning.mal": [80, 90]}) is not None
    assert save_settings(store, aktor, {"bip.etiketter": ["Mående", *BIP_INDIKATORER[1:]]}) is not None
    found = load(store, aktor)
    assert (found.kommun, found.troskel) == ("Ängby", 3)
    assert found.osa_mal == 90
    assert (found.bip_skala, found.bip_etiketter) == (7, ("Mående", *BIP_INDIKATORER[1:]))
    assert found.aktivitetskrav.startpunkt is Startpunkt.ANSOKAN
    with store.read(aktor) as session:
        changed = session.execute(select(Andring.gammalt, Andring.nytt).where(Andring.falt == "varde")).all()
    assert [tuple(row) for row in changed] == [('"10"', '"3"')]


def test_a_setting_of_a_later_programme_is_passed_over(store: Store, aktor: Aktor) -> None:
    with store.unit_of_work(aktor, "test") as work:
        work.session.add(Installning(nyckel="framtid.dag", varde="1"))
    assert load(store, aktor) == Installningar()


@pytest.mark.parametrize(
    ("nyckel", "varde"),
    [
        ("aktivitetskrav.startpunkt", "igår"),
        ("aktivitetskrav.dagar", 0),
        ("aktivitetskrav.dagar", True),
        ("sekretess.troskel", "5"),
        ("demo", "ja"),
        ("bip.skala", 1),
        ("bip.skala", 11),
        ("osa.mal_per_ar", -1),
        ("belaggning.mal", [95, 85]),
        ("osa.mal_per_ar", "110"),
        ("bip.etiketter", ["bara en"]),
        ("finns.inte", "x"),
    ],
)
def test_values_that_do_not_fit_are_refused(store: Store, aktor: Aktor, nyckel: str, varde: Any) -> None:
    with pytest.raises(DataError) as caught:
        save_settings(store, aktor, {nyckel: varde})
    assert caught.value.field == nyckel


@pytest.mark.parametrize("text", ["inte json", '"många"', "-1"])
def test_a_stored_value_that_cannot_be_used_is_told(store: Store, aktor: Aktor, text: str) -> None:
    with store.engine.begin() as connection:
        connection.execute(insert(Installning), [{"nyckel": "sekretess.troskel", "varde": text}])
    with pytest.raises(StoreError, match=r"sekretess\.troskel"):
        load(store, aktor)
