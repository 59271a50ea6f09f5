"""Notes: written, changed while open, signed, corrected; never overwritten when locked."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from db.commands.anteckning import (
    LOCKED,
    LONGEST,
    LONGEST_TITLE,
    AnteckningUppgifter,
    create_anteckning,
    sign_anteckning,
    update_anteckning,
)
from db.commands.undo import undo_act
from db.errors import ConflictError, DataError, NotFoundError
from db.models import Anteckning
from db.session import Store
from tests.helpers import factories as make
from tests.unit.commands.helpers import ELIN, EVA, fill

NU = datetime(2024, 6, 3, 9, 30, tzinfo=UTC)
NOTE = AnteckningUppgifter(date(2024, 6, 3), "Vill arbeta i kök.", "Samtal")
OTHER = AnteckningUppgifter(date(2024, 6, 2), "Vill arbeta i kök på halvtid.", "Samtal")


@pytest.fixture
def person_id(store: Store) -> int:
    return int(fill(store, make.make_deltagare).id)


def held(store: Store) -> list[tuple[str, str, str | None, int | None]]:
    columns = (Anteckning.text, Anteckning.signatur, Anteckning.signerad, Anteckning.rattar_id)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Anteckning.id))]


def test_a_note_is_written_and_taken_back(store: Store, person_id: int) -> None:
    saved = create_anteckning(store, ELIN, person_id, NOTE, NU)
    assert held(store) == [("Vill arbeta i kök.", "elin", None, None)]
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert held(store) == []


def test_the_author_changes_it_for_a_day(store: Store, person_id: int) -> None:
    note = create_anteckning(store, ELIN, person_id, NOTE, NU).id
    assert update_anteckning(store, ELIN, note, OTHER, NU + timedelta(hours=23), NOTE) is not None
    assert update_anteckning(store, ELIN, note, OTHER, NU + timedelta(hours=23)) is None
    with pytest.raises(ConflictError):
        update_anteckning(store, ELIN, note, OTHER, NU, NOTE)
    with pytest.raises(DataError, match=LOCKED):
        update_anteckning(store, ELIN, note, NOTE, NU + timedelta(days=1))
    assert [row[0] for row in held(store)] == [OTHER.text]


def test_what_is_signed_is_only_corrected(store: Store, person_id: int) -> None:
    note = create_anteckning(store, ELIN, person_id, NOTE, NU).id
    sign_anteckning(store, ELIN, note, NU)
    for act in (
        lambda: sign_anteckning(store, ELIN, note, NU),
        lambda: update_anteckning(store, ELIN, note, OTHER, NU),
    ):
        with pytest.raises(DataError, match=LOCKED):
            act()
    create_anteckning(store, EVA, person_id, OTHER, NU, rattar_id=note)
    assert held(store) == [
        (NOTE.text, "elin", "2024-06-03T09:30:00.000000Z", None),
        (OTHER.text, "eva", None, note),
    ]


def test_nobody_changes_anothers_note(store: Store, person_id: int) -> None:
    note = create_anteckning(store, ELIN, person_id, NOTE, NU).id
    with pytest.raises(DataError, match="någon annan"):
        update_anteckning(store, EVA, note, OTHER, NU)


@pytest.mark.parametrize(
    ("values", "field"),
    [
        ({"datum": date(2024, 6, 4)}, "datum"),
        ({"text": " \n"}, "text"),
        ({"text": "x" * (LONGEST + 1)}, "text"),
        ({"rubrik": "x" * (LONGEST_TITLE + 1)}, "rubrik"),
    ],
)
def test_what_is_wrong_is_refused_at_its_field(
    store: Store, person_id: int, values: dict[str, Any], field: str
) -> None:
    with pytest.raises(DataError) as refused:
        create_anteckning(
            store, ELIN, person_id, AnteckningUppgifter(**{"datum": NOTE.datum, "text": "x"} | values), NU
        )
    assert refused.value.field == field


def test_what_does_not_exist_is_anothers_or_may_not_be_known(store: Store, person_id: int) -> None:
    with pytest.raises(NotFoundError):
        update_anteckning(store, ELIN, 404, NOTE, NU)
    elsewhere = fill(store, make.make_anteckning)
    with pytest.raises(NotFoundError, match="annan deltagare"):
        create_anteckning(store, ELIN, person_id, NOTE, NU, rattar_id=elsewhere.id)
    secret = fill(store, lambda s: make.make_deltagare(s, skyddad="fingerade uppgifter"))
    with pytest.raises(NotFoundError):
        create_anteckning(store, EVA, secret.id, NOTE, NU)
