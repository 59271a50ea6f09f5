"""Who the person at the desk is."""

import pytest

from db.aktor import SYSTEM, Aktor, Roll
from db.queries.medarbetare import find_aktor, roles_by_signatur
from db.session import Store
from tests.helpers import factories as make


@pytest.mark.parametrize(
    ("signatur", "aktor"),
    [
        ("ELIN", Aktor("elin", "Elin Måsvik", Roll.KOORDINATOR)),
        ("bo", Aktor("bo", "Bo", Roll.HANDLAGGARE)),
        ("eva", Aktor("eva", "eva", Roll.HANDLAGGARE)),
    ],
)
def test_staff_is_found_by_signatur(store: Store, signatur: str, aktor: Aktor) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_medarbetare(work.session, signatur="elin", namn="Elin Måsvik", roll="koordinator")
        make.make_medarbetare(work.session, signatur="bo", namn="Bo", roll="annat")
        make.make_medarbetare(work.session, signatur="eva", namn="Eva", aktiv=False)
    with store.read(SYSTEM) as session:
        assert find_aktor(session, signatur) == aktor


def test_roles_are_known_of_those_who_have_left_too(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_medarbetare(work.session, signatur="elin", roll="koordinator")
        make.make_medarbetare(work.session, signatur="eva", roll="chef", aktiv=False)
    with store.read(SYSTEM) as session:
        assert roles_by_signatur(session, SYSTEM) == {"elin": "koordinator", "eva": "chef"}
