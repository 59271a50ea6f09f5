"""The undantag that apply now, and which are to be reviewed."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.aktor import Aktor, Roll
from db.queries.undantag import list_undantag_nu
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements

DAG = date(2024, 6, 3)
ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)


@pytest.fixture
def one(store: Store) -> dict[str, int]:
    ids: dict[str, int] = {}

    def put(session: Session, name: str, arende: dict[str, Any], **values: Any) -> Any:
        row = make.make_arende(session, **{"beslut": date(2024, 2, 1)} | arende)
        ids[name] = row.id
        return make.make_undantag(
            session, arende_id=row.id, **{"fran": date(2024, 2, 1), "till": None} | values
        )

    with store.unit_of_work(Aktor("elin", "Elin", Roll.HANDLAGGARE), "test") as work:
        session = work.session
        put(session, "öppet", {})
        reviewed = put(session, "granskat", {})
        for day, nasta in ((date(2024, 3, 1), date(2024, 4, 1)), (date(2024, 4, 2), date(2024, 6, 4))):
            make.make_undantagsgranskning(session, undantag_id=reviewed.id, datum=day, nasta=nasta)
        put(session, "slutar", {}, till=DAG)
        put(session, "slut", {}, till=date(2024, 6, 2))
        put(session, "kommer", {}, fran=date(2024, 6, 4))
        put(session, "stängt", {"avslutat": DAG})
        hidden = make.make_deltagare(session, skyddad="sekretessmarkering")
        put(session, "dolt", {"deltagare_id": hidden.id})
    return ids


def test_those_that_apply_with_the_day_of_the_next_review(store: Store, one: dict[str, int]) -> None:
    with store.read(ELIN) as session, sent_statements(store) as sent:
        found = list_undantag_nu(session, ELIN, DAG)
    assert len(sent) == 1
    names = {id_: name for name, id_ in one.items()}
    assert {names[id_]: (row.granskas, row.is_due(DAG)) for id_, row in found.items()} == {
        "öppet": (date(2024, 5, 1), True),
        "granskat": (date(2024, 6, 4), False),
        "slutar": (None, False),
    }
    assert found[one["granskat"]].granskad == date(2024, 4, 2)


def test_of_several_the_one_that_lasts_longest(store: Store, one: dict[str, int]) -> None:
    with store.unit_of_work(ELIN, "test") as work:
        make.make_undantag(
            work.session, arende_id=one["slutar"], fran=date(2024, 5, 1), till=date(2024, 7, 1)
        )
        make.make_undantag(work.session, arende_id=one["öppet"], fran=date(2024, 6, 1), till=None)
    with store.read(ELIN) as session:
        found = list_undantag_nu(session, ELIN, DAG)
    assert found[one["slutar"]].till == date(2024, 7, 1)
    assert found[one["öppet"]].fran == date(2024, 2, 1)
