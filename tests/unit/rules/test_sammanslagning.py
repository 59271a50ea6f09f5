"""Which values are suggested when two become one."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.koder import Skydd
from db.rules.sammanslagning import FALT, keeps_protection, suggest_fields

EMPTY: dict[str, Any] = dict.fromkeys((*FALT, "nummertyp")) | {"skyddad": "nej"}
NUMBER = {"personnummer": "198803149809", "nummertyp": "personnummer"}
COORDINATED = {"personnummer": "198803742389", "nummertyp": "samordningsnummer"}


@pytest.mark.parametrize(
    ("kvar", "annan", "taken"),
    [
        ({}, {}, set()),
        ({"telefon": ""}, {"telefon": "1"}, {"telefon"}),
        ({"telefon": "1"}, {"telefon": "2"}, set()),
        ({}, {"utrikesfodd": False, "hushall_id": 3}, {"utrikesfodd", "hushall_id"}),
        ({}, NUMBER, {"personnummer"}),
        (COORDINATED, NUMBER, {"personnummer"}),
        (NUMBER, COORDINATED, set()),
        (COORDINATED | {"kon": "M"}, NUMBER | {"kon": "K"}, {"personnummer", "kon"}),
        ({}, {"skyddad": "sekretessmarkering"}, {"skyddad"}),
        ({"skyddad": "fingerade uppgifter"}, {"skyddad": "sekretessmarkering"}, set()),
    ],
)
def test_what_is_suggested(kvar: dict[str, Any], annan: dict[str, Any], taken: set[str]) -> None:
    assert suggest_fields(EMPTY | kvar, EMPTY | annan) == taken


SIDES = st.fixed_dictionaries(
    {name: st.sampled_from((None, "a", "b")) for name in FALT if name not in ("personnummer", "skyddad")}
    | {
        "skyddad": st.sampled_from([s.value for s in Skydd]),
        "typ": st.sampled_from((NUMBER, COORDINATED, {})),
    }
)


@given(SIDES, SIDES)
def test_nothing_known_is_lost_by_the_suggestion(kvar: dict[str, Any], annan: dict[str, Any]) -> None:
    one, other = (EMPTY | side | side["typ"] for side in (kvar, annan))
    taken = suggest_fields(one, other)
    for name in FALT:
        held = (other if name in taken else one)[name]
        assert held is not None or (one[name] is None and other[name] is None)
    assert keeps_protection(one["skyddad"], other["skyddad"], fran_annan="skyddad" in taken)


def test_protection_is_not_lost() -> None:
    assert keeps_protection("nej", "nej", fran_annan=True)
    assert not keeps_protection("nej", "sekretessmarkering", fran_annan=False)
    assert keeps_protection("sekretessmarkering", "nej", fran_annan=False)
