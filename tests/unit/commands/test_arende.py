"""Ärenden: registered, decided, closed; what is contradictory is refused, what follows from it told."""

from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from db.commands.arende import (
    LONGEST,
    LONGEST_NUMMER,
    ArendeUppgifter,
    check_arende,
    create_arende,
    update_arende,
)
from db.commands.undo import undo_act
from db.commands.varningar import FIELD
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Arende
from db.queries.card import read_card
from db.queries.passerade import list_passerade
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

ANSOKAN = date(2024, 5, 20)
NYTT = ArendeUppgifter("Ä-1", ANSOKAN, handlaggare="elin")
BEVILJAT = ArendeUppgifter(
    "Ä-1", ANSOKAN, date(2024, 5, 27), "bifall", forsorjningshinder="arbetslös", handlaggare="elin"
)


@pytest.fixture
def person_id(store: Store) -> int:
    return int(fill(store, make.make_deltagare).id)


def held(store: Store) -> list[tuple[Any, ...]]:
    columns = (Arende.nummer, Arende.beslut, Arende.utfall, Arende.avslutat, Arende.avslutsorsak)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Arende.id))]


def told(store: Store, person_id: int, uppgifter: ArendeUppgifter, own: int | None = None) -> list[str]:
    with store.read(ELIN) as session:
        return [f.message for f in check_arende(session, ELIN, person_id, uppgifter, IDAG, own)]


def test_it_is_registered_decided_closed_and_taken_back(store: Store, person_id: int) -> None:
    saved = create_arende(store, ELIN, person_id, ArendeUppgifter(" Ä-1 ", ANSOKAN, handlaggare="elin"), IDAG)
    assert held(store) == [("Ä-1", None, None, None, None)]
    assert update_arende(store, ELIN, saved.id, BEVILJAT, IDAG, NYTT) is not None
    assert update_arende(store, ELIN, saved.id, BEVILJAT, IDAG) is None
    with pytest.raises(ConflictError):
        update_arende(store, ELIN, saved.id, BEVILJAT, IDAG, NYTT)
    closed = ArendeUppgifter("Ä-1", ANSOKAN, date(2024, 5, 27), "bifall", IDAG, "flyttat")
    done = update_arende(store, ELIN, saved.id, closed, IDAG)
    assert done is not None
    assert held(store) == [("Ä-1", date(2024, 5, 27), "bifall", IDAG, "flyttat")]
    undo_act(store, ELIN, done.changes.handelse_id)
    assert held(store) == [("Ä-1", date(2024, 5, 27), "bifall", None, None)]


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"nummer": " "}, "nummer"),
        ({"nummer": "x" * (LONGEST_NUMMER + 1)}, "nummer"),
        ({"nummer": "Ä-9"}, "nummer"),
        ({"ansokan": IDAG + timedelta(1)}, "ansokan"),
        ({"beslut": ANSOKAN - timedelta(1), "utfall": "avslag"}, "beslut"),
        ({"beslut": IDAG + timedelta(1), "utfall": "avslag"}, "beslut"),
        ({"utfall": "bifall"}, "beslut"),
        ({"beslut": IDAG}, "utfall"),
        ({"beslut": IDAG, "utfall": "kanske"}, "utfall"),
        ({"avslutat": ANSOKAN - timedelta(1), "avslutsorsak": "flyttat"}, "avslutat"),
        ({"beslut": IDAG, "utfall": "avslag", "avslutat": ANSOKAN, "avslutsorsak": "flyttat"}, "avslutat"),
        ({"avslutsorsak": "flyttat"}, "avslutat"),
        ({"avslutat": IDAG, "avslutsorsak": "trött"}, "avslutsorsak"),
        ({"forsorjningshinder": "x" * (LONGEST + 1)}, "forsorjningshinder"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(
    store: Store, person_id: int, values: dict[str, Any], field: str
) -> None:
    fill(store, lambda s: make.make_arende(s, nummer="Ä-9"))
    with pytest.raises(DataError) as refused:
        create_arende(
            store, ELIN, person_id, ArendeUppgifter(**{"nummer": "Ä-1", "ansokan": ANSOKAN} | values), IDAG
        )
    assert refused.value.field == field


def test_a_close_is_told_what_it_leaves(store: Store, person_id: int) -> None:
    def made(session: Session) -> Arende:
        row = make.make_arende(session, deltagare_id=person_id, nummer="Ä-1", ansokan=ANSOKAN)
        make.make_bistandsmanad(session, arende_id=row.id, manad=make.month(2024, 6))
        make.make_undantag(session, arende_id=row.id, fran=date(2024, 6, 10))
        return row

    row = fill(store, made)
    closed = ArendeUppgifter("Ä-1", ANSOKAN, ANSOKAN, "bifall", date(2024, 5, 31))
    assert told(store, person_id, closed, row.id) == [
        "Utan orsak räknas avslutet inte i statistiken över orsaker.",
        "Det finns biståndsmånader till och med juni\u00a02024.",
        "Det finns ett undantag från 10\u00a0jun\u00a02024, efter avslutet.",
    ]
    later = ArendeUppgifter("Ä-1", ANSOKAN, ANSOKAN, "bifall", date(2024, 6, 30), "flyttat")
    assert told(store, person_id, later, row.id) == ["Dagen har inte varit ännu. Ärendet är öppet till dess."]


def test_another_open_one_and_a_return_are_told(store: Store, person_id: int) -> None:
    def made(session: Session) -> Arende:
        make.make_arende(
            session,
            deltagare_id=person_id,
            nummer="Ä-7",
            ansokan=date(2022, 1, 3),
            avslutat=date(2023, 11, 1),
        )
        return make.make_arende(session, deltagare_id=person_id, nummer="Ä-8", ansokan=date(2024, 5, 1))

    row = fill(store, made)
    assert told(store, person_id, NYTT) == ["Deltagaren har redan ett öppet ärende, Ä-8."]
    moved = ArendeUppgifter("Ä-8", date(2024, 5, 2), handlaggare="anna")
    assert told(store, person_id, moved, row.id) == [
        "Räknas som återaktualisering: förra ärendet avslutades 1\u00a0nov\u00a02023."
    ]
    same = ArendeUppgifter("Ä-8", date(2024, 5, 1), handlaggare="bo")
    assert told(store, person_id, same, row.id) == []


def test_a_second_open_one_has_its_reason_kept(store: Store, person_id: int) -> None:
    fill(store, lambda s: make.make_arende(s, deltagare_id=person_id, nummer="Ä-8"))
    with pytest.raises(DataError) as asked:
        create_arende(store, ELIN, person_id, NYTT, IDAG, " ")
    assert asked.value.field == FIELD
    saved = create_arende(store, ELIN, person_id, NYTT, IDAG, "Eget ärende för medsökanden.")
    assert update_arende(store, ELIN, saved.id, BEVILJAT, IDAG, NYTT, "") is not None
    with store.read(ELIN) as session:
        assert [row.skal for row in list_passerade(session, "arende", saved.id)] == [
            "Eget ärende för medsökanden."
        ]
        logg = read_card(session, ELIN, person_id, IDAG).logg
    assert "Eget ärende för medsökanden." in {row.skal for row in logg}


def test_a_protected_person_is_seen_by_those_named_alone(store: Store) -> None:
    def secret(session: Session) -> Any:
        person = make.make_deltagare(session, skyddad="sekretessmarkering")
        make.make_inskrivning(session, deltagare_id=person.id, koordinator="elin")
        return person

    person = fill(store, secret)
    assert told(store, person.id, ArendeUppgifter("Ä-1", ANSOKAN, handlaggare="bo")) == [
        "Deltagaren har skyddade personuppgifter och syns bara för den som är ansvarig."
    ]
    assert told(store, person.id, NYTT) == []
    with pytest.raises(NotFoundError):
        create_arende(store, EVA, person.id, NYTT, IDAG)


def test_what_does_not_exist(store: Store) -> None:
    with pytest.raises(NotFoundError, match="Ärendet"):
        update_arende(store, ELIN, 404, NYTT, IDAG)
