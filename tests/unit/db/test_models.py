"""What the database itself refuses and lets through, in both databases."""

from datetime import date, timedelta
from enum import StrEnum
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from db.aktor import SYSTEM
from db.rules import koder
from db.session import Store
from tests.helpers.factories import (
    START,
    make_arende,
    make_bip,
    make_bistandsmanad,
    make_deltagare,
    make_enhet,
    make_hushall,
    make_insats,
    make_inskrivning,
    make_kostnad,
    make_mote,
    make_narvaro,
    make_undantag,
)

BEFORE = START - timedelta(days=1)
LISTS = [
    (make_deltagare, "skyddad", koder.Skydd),
    (make_deltagare, "utbildningsniva", koder.Utbildningsniva),
    (make_arende, "utfall", koder.Utfall),
    (make_arende, "avslutsorsak", koder.Avslutsorsak),
    (make_inskrivning, "hanvisad_av", koder.HanvisadAv),
    (make_enhet, "typ", koder.Enhetstyp),
    (make_mote, "form", koder.Motesform),
    (make_mote, "verksamhet", koder.Verksamhet),
    (make_narvaro, "pass_", koder.Pass),
    (make_narvaro, "status", koder.NarvaroStatus),
    (make_bip, "svarande", koder.Svarande),
]


def _make(store: Store, make: Any, **values: Any) -> None:
    with store.unit_of_work(SYSTEM, "prov") as work:
        make(work.session, **values)


@pytest.mark.parametrize(("make", "column", "words"), LISTS)
def test_every_word_of_a_list_and_no_other(
    store: Store, make: Any, column: str, words: type[StrEnum]
) -> None:
    for word in words:
        _make(store, make, **{column: word})
        _make(store, make, **{column: word.value})
    with pytest.raises(IntegrityError):
        _make(store, make, **{column: "x"})


@pytest.mark.parametrize(
    ("make", "values"),
    [
        (make_hushall, {"antal_barn": None}),
        (make_deltagare, {"personnummer": None, "kon": None}),
        (make_arende, {"ansokan": START, "beslut": START, "avslutat": START}),
        (make_arende, {"beslut": None, "utfall": None, "avslutat": START}),
        (make_arende, {"avslutat": None, "avslutsorsak": "övrigt"}),
        (make_undantag, {"fran": START, "till": START}),
        (make_bistandsmanad, {"belopp_ore": None}),
        (make_bistandsmanad, {"belopp_ore": -50_000}),  # paid back
        (make_inskrivning, {"avslutad": START}),
        (make_inskrivning, {"anvisad": START + timedelta(days=9)}),
        (make_insats, {"planerat_slut": START, "slut": START}),
        (make_insats, {"slut": date(2024, 2, 1), "planerat_slut": date(2024, 3, 1), "omfattning": 1}),
        (make_mote, {"tid": "", "langd": None, "uteblev": True}),
        (make_narvaro, {"minuter": None}),
        (make_narvaro, {"minuter": 0}),
        (make_kostnad, {"belopp_ore": 0}),
    ],
)
def test_what_happens_in_real_life_is_let_through(store: Store, make: Any, values: dict[str, Any]) -> None:
    _make(store, make, **values)


@pytest.mark.parametrize(
    ("make", "values"),
    [
        (make_hushall, {"antal_barn": -1}),
        (make_deltagare, {"nummertyp": None}),
        (make_arende, {"beslut": BEFORE}),
        (make_arende, {"avslutat": START}),  # before the beslut
        (make_undantag, {"till": BEFORE}),
        (make_inskrivning, {"avslutad": BEFORE}),
        (make_inskrivning, {"avslutad": START, "resultat": None}),  # R9
        (make_inskrivning, {"resultat": "arbete"}),
        (make_inskrivning, {"arbete_till": START}),
        (make_insats, {"slut": BEFORE}),
        (make_insats, {"planerat_slut": BEFORE}),
        (make_insats, {"omfattning": 0}),
        (make_insats, {"omfattning": 101}),
        (make_narvaro, {"minuter": 1441}),
        (make_bip, {"varde": 11}),
        (make_mote, {"tid": "9.30"}),
    ],
)
def test_what_cannot_be_is_refused(store: Store, make: Any, values: dict[str, Any]) -> None:
    with pytest.raises(IntegrityError):
        _make(store, make, **values)
