"""Undantag: registered, changed, taken away, and what they do to the frist (R4)."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.undantag import (
    LONGEST,
    UndantagUppgifter,
    check_undantag,
    create_undantag,
    remove_undantag,
    update_undantag,
)
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Arende, Undantag
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, fill

BESLUT = date(2024, 5, 27)
SJUK = UndantagUppgifter(date(2024, 6, 1), date(2024, 6, 5), "läkarintyg")


@pytest.fixture
def arende_id(store: Store) -> int:
    return int(fill(store, lambda s: make.make_arende(s, ansokan=date(2024, 5, 20), beslut=BESLUT)).id)


def held(store: Store) -> list[tuple[date, date | None, str]]:
    columns = (Undantag.fran, Undantag.till, Undantag.skal)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Undantag.fran))]


def told(store: Store, arende_id: int, uppgifter: UndantagUppgifter, own: int | None = None) -> list[str]:
    with store.read(ELIN) as session:
        return [f.message for f in check_undantag(session, ELIN, arende_id, uppgifter, own)]


def test_it_is_registered_changed_and_taken_away(store: Store, arende_id: int) -> None:
    saved = create_undantag(store, ELIN, arende_id, SJUK)
    assert [f.message for f in saved.varningar] == [
        "Fristen för aktivitet flyttas från 10\u00a0jun\u00a02024 till 15\u00a0jun\u00a02024."
    ]
    longer = UndantagUppgifter(date(2024, 6, 1), None, "läkarintyg")
    changed = update_undantag(store, ELIN, saved.id, longer, SJUK)
    assert changed is not None
    assert held(store) == [(date(2024, 6, 1), None, "läkarintyg")]
    assert update_undantag(store, ELIN, saved.id, longer) is None
    with pytest.raises(ConflictError):
        update_undantag(store, ELIN, saved.id, SJUK, SJUK)
    undo_act(store, ELIN, changed.changes.handelse_id)
    gone = remove_undantag(store, ELIN, saved.id)
    assert held(store) == []
    undo_act(store, ELIN, gone.changes.handelse_id)
    assert held(store) == [(date(2024, 6, 1), date(2024, 6, 5), "läkarintyg")]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"till": date(2024, 5, 31)}, "till"),
        ({"fran": date(2024, 5, 1), "till": date(2024, 5, 19)}, "till"),
        ({"fran": date(2024, 7, 1), "till": None}, "fran"),
        ({"skal": " "}, "skal"),
        ({"skal": "x" * (LONGEST + 1)}, "skal"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(
    store: Store, arende_id: int, values: dict[str, Any], field: str
) -> None:
    def close(session: Session) -> None:
        session.get_one(Arende, arende_id).avslutat = date(2024, 6, 30)

    fill(store, close)
    given: dict[str, Any] = {"fran": SJUK.fran, "till": SJUK.till, "skal": SJUK.skal} | values
    with pytest.raises(DataError) as refused:
        create_undantag(store, ELIN, arende_id, UndantagUppgifter(**given))
    assert refused.value.field == field


def test_what_becomes_of_the_frist_is_told(store: Store, arende_id: int) -> None:
    assert told(store, arende_id, UndantagUppgifter(SJUK.fran, None, "x")) == [
        "Utan slutdag finns ingen frist så länge undantaget gäller."
    ]
    late = UndantagUppgifter(date(2024, 7, 1), date(2024, 7, 9), "x")
    assert told(store, arende_id, late) == []
    first = create_undantag(store, ELIN, arende_id, UndantagUppgifter(SJUK.fran, None, "x")).id
    assert told(store, arende_id, SJUK, first) == [
        "Fristen för aktivitet flyttas till 15\u00a0jun\u00a02024."
    ]
    assert told(store, arende_id, SJUK) == [
        "Ett annat undantag gäller från 1\u00a0jun\u00a02024 tills vidare. En dag räknas en gång.",
        "Utan slutdag finns ingen frist så länge undantaget gäller.",
    ]
    update_undantag(store, ELIN, first, SJUK)
    next_ = UndantagUppgifter(SJUK.fran + timedelta(4), date(2024, 6, 9), "x")
    first, last = "1\u00a0jun\u00a02024", "5\u00a0jun\u00a02024"
    assert told(store, arende_id, next_)[0] == (
        f"Ett annat undantag gäller från {first} till {last}. En dag räknas en gång."
    )
    apart = UndantagUppgifter(SJUK.fran + timedelta(5), date(2024, 6, 9), "x")
    assert told(store, arende_id, apart) == [
        "Fristen för aktivitet flyttas från 15\u00a0jun\u00a02024 till 19\u00a0jun\u00a02024."
    ]


def test_without_bifall_nothing_is_followed(store: Store) -> None:
    row = fill(store, lambda s: make.make_arende(s, beslut=None, utfall=None))
    assert told(store, row.id, SJUK) == ["Ärendet är inte beviljat. Aktivitetskravet följs inte ännu."]


def test_what_does_not_exist_or_may_not_be_known(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Ärendet"):
        create_undantag(store, ELIN, 404, SJUK)
    with pytest.raises(NotFoundError, match="Undantaget"):
        remove_undantag(store, ELIN, 404)

    def secret(session: Session) -> Undantag:
        person = make.make_deltagare(session, skyddad="fingerade uppgifter")
        arende = make.make_arende(session, deltagare_id=person.id)
        return make.make_undantag(session, arende_id=arende.id)

    row = fill(store, secret)
    with pytest.raises(NotFoundError, match="Deltagaren"):
        update_undantag(store, EVA, row.id, SJUK)
