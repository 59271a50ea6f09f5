"""Reviews of undantag: what stays, what ends, what is refused, and two who review at the same time."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.undantag import LONGEST, remove_undantag
from db.commands.undantagsgranskning import (
    Granskat,
    GranskningUppgifter,
    check_granskning,
    review_undantag,
)
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Arende, Undantag, Undantagsgranskning
from db.rules.koder import Granskningsbeslut
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

FRAN = date(2024, 5, 1)
KVAR = GranskningUppgifter(Granskningsbeslut.KVARSTAR, IDAG, "Läkarintyg till hösten", None, date(2024, 9, 1))
SLUT = GranskningUppgifter(Granskningsbeslut.UPPHOR, IDAG, "Frisk igen", IDAG)


def make_undantag(store: Store, till: date | None = None, **arende: Any) -> int:
    def act(session: Session) -> Undantag:
        values = {"ansokan": date(2024, 4, 1), "beslut": date(2024, 4, 25)} | arende
        return make.make_undantag(
            session, arende_id=make.make_arende(session, **values).id, fran=FRAN, till=till, skal="sjuk"
        )

    return int(fill(store, act).id)


def held(store: Store) -> tuple[list[date | None], list[tuple[Any, ...]]]:
    row = Undantagsgranskning
    with store.read(ELIN) as session:
        ends = list(session.scalars(select(Undantag.till)))
        query = select(row.datum, row.signatur, row.beslut, row.skal, row.nasta).order_by(row.id)
        return ends, [tuple(found) for found in session.execute(query)]


def told(store: Store, undantag_id: int, uppgifter: GranskningUppgifter) -> list[tuple[str, str]]:
    with store.read(ELIN) as session:
        found = check_granskning(session, ELIN, undantag_id, uppgifter, IDAG)
    return [(f.field, f.message.replace("\u00a0", " ")) for f in found]


def given(**values: Any) -> GranskningUppgifter:
    known: dict[str, Any] = {"beslut": Granskningsbeslut.KVARSTAR, "datum": IDAG, "skal": "x"}
    return GranskningUppgifter(**known | values)


def test_it_stays_with_a_reason_and_a_next_day(store: Store) -> None:
    saved = review_undantag(store, ELIN, make_undantag(store), KVAR, IDAG)
    wanted = (IDAG, "elin", "kvarstår", "Läkarintyg till hösten", date(2024, 9, 1))
    assert held(store) == ([None], [wanted])
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert held(store) == ([None], [])


def test_it_ends_and_undo_opens_it_again(store: Store) -> None:
    undantag_id = make_undantag(store)
    saved = review_undantag(store, ELIN, undantag_id, SLUT, IDAG, Granskat(FRAN, None, None))
    assert held(store) == ([IDAG], [(IDAG, "elin", "upphör", "Frisk igen", None)])
    assert [f.message.replace("\u00a0", " ") for f in saved.varningar] == [
        "Fristen för aktivitet flyttas till 12 jun 2024."
    ]
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert held(store) == ([None], [])


@pytest.mark.parametrize(
    ("till", "values", "field"),
    [
        (None, {"datum": IDAG + timedelta(1)}, "datum"),
        (None, {"datum": FRAN - timedelta(1)}, "datum"),
        (date(2024, 5, 31), {}, "datum"),
        (None, {"skal": "  "}, "skal"),
        (None, {"skal": "x" * (LONGEST + 1)}, "skal"),
        (None, {"nasta": IDAG}, "nasta"),
        (None, {"beslut": Granskningsbeslut.UPPHOR}, "till"),
        (None, {"beslut": Granskningsbeslut.UPPHOR, "till": FRAN - timedelta(1)}, "till"),
        (date(2024, 7, 1), {"beslut": Granskningsbeslut.UPPHOR, "till": date(2024, 7, 2)}, "till"),
        (None, {"beslut": Granskningsbeslut.UPPHOR, "till": IDAG, "skal": ""}, "skal"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(
    store: Store, till: date | None, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(DataError) as refused:
        review_undantag(store, ELIN, make_undantag(store, till), given(**values), IDAG)
    assert refused.value.field == field
    assert held(store) == ([till], [])


def test_what_comes_next_is_told(store: Store) -> None:
    open_id, ends_id = make_undantag(store), make_undantag(store, date(2024, 7, 1))
    assert told(store, open_id, given()) == [("nasta", "Utan dag tas undantaget upp igen efter 90 dagar.")]
    assert told(store, open_id, KVAR) == []
    assert told(store, ends_id, given()) == []
    assert told(store, ends_id, KVAR) == [("nasta", "Undantaget slutar 1 jul 2024, före nästa granskning.")]
    assert told(store, ends_id, given(nasta=date(2024, 6, 20))) == []
    assert told(store, ends_id, given(beslut=Granskningsbeslut.UPPHOR, till=IDAG)) == [
        ("till", "Fristen för aktivitet flyttas från 10 jul 2024 till 12 jun 2024.")
    ]


def test_two_who_review_at_the_same_time_are_told(store: Store) -> None:
    undantag_id = make_undantag(store)
    seen = Granskat(FRAN, None, None)
    review_undantag(store, EVA, undantag_id, KVAR, IDAG, seen)
    with pytest.raises(ConflictError, match="Någon annan har granskat"):
        review_undantag(store, ELIN, undantag_id, SLUT, IDAG, seen)
    assert held(store)[0] == [None]


def test_one_taken_away_takes_its_reviews_along_and_back(store: Store) -> None:
    undantag_id = make_undantag(store)
    review_undantag(store, ELIN, undantag_id, KVAR, IDAG)
    gone = remove_undantag(store, ELIN, undantag_id)
    assert held(store) == ([], [])
    undo_act(store, ELIN, gone.changes.handelse_id)
    ends, reviews = held(store)
    assert (ends, len(reviews)) == ([None], 1)


def test_what_does_not_exist_or_may_not_be_known(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Undantaget"):
        review_undantag(store, ELIN, 404, KVAR, IDAG)

    def hide(session: Session) -> None:
        person = make.make_deltagare(session, skyddad="fingerade uppgifter")
        session.get_one(Undantag, undantag_id)
        arende = session.scalars(select(Arende)).one()
        arende.deltagare_id, arende.handlaggare = person.id, "elin"

    undantag_id = make_undantag(store)
    fill(store, hide)
    with pytest.raises(NotFoundError, match="Deltagaren"):
        review_undantag(store, EVA, undantag_id, KVAR, IDAG)
    assert review_undantag(store, ELIN, undantag_id, KVAR, IDAG).id
