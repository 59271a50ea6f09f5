"""Putting off a row of a work list, and taking it back."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from db.aktor import SYSTEM
from db.commands.undo import undo_act
from db.commands.uppskjut import postpone_rad, resume_rad
from db.errors import DataError
from db.models import Uppskjuten
from db.rules.idag import Lista
from db.session import Store
from tests.unit.commands.helpers import ELIN, EVA, IDAG


def kept(store: Store) -> list[tuple[str, str, int, date]]:
    u = Uppskjuten
    with store.read(SYSTEM) as session:
        query = select(u.signatur, u.lista, u.rad_id, u.till).order_by(u.signatur)
        return list(session.execute(query).all())


def test_a_row_is_put_off_for_the_user_alone_and_again(store: Store) -> None:
    week = IDAG + timedelta(7)
    saved = postpone_rad(store, ELIN, Lista.BIP, 17, week, IDAG)
    assert saved is not None
    assert postpone_rad(store, ELIN, Lista.BIP, 17, week, IDAG) is None
    assert postpone_rad(store, EVA, Lista.BIP, 17, IDAG + timedelta(366), IDAG) is not None
    later = postpone_rad(store, ELIN, Lista.BIP, 17, IDAG + timedelta(1), IDAG)
    assert later is not None
    assert kept(store)[0] == ("elin", "bip", 17, IDAG + timedelta(1))
    undo_act(store, ELIN, later.changes.handelse_id)
    assert kept(store)[0] == ("elin", "bip", 17, week)
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert [row[0] for row in kept(store)] == ["eva"]


def test_it_is_shown_again_and_that_is_undone(store: Store) -> None:
    assert resume_rad(store, ELIN, Lista.BIP, 17) is None
    postpone_rad(store, ELIN, Lista.BIP, 17, IDAG + timedelta(7), IDAG)
    saved = resume_rad(store, ELIN, Lista.BIP, 17)
    assert saved is not None
    assert kept(store) == []
    undo_act(store, ELIN, saved.changes.handelse_id)
    assert len(kept(store)) == 1


@pytest.mark.parametrize("days", [0, -1, 367])
def test_the_day_is_ahead_and_within_a_year(store: Store, days: int) -> None:
    with pytest.raises(DataError) as caught:
        postpone_rad(store, ELIN, Lista.BIP, 17, IDAG + timedelta(days), IDAG)
    assert caught.value.field == "till"
    assert kept(store) == []
