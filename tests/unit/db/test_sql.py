"""What the two databases spell differently gives the same in both."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select, text

from db.aktor import SYSTEM
from db.models import Arende, Enhet
from db.session import Store
from db.sql import add_days, advance_sequences, days_between
from tests.helpers.factories import make_arende, make_enhet

DAYS = (date(1900, 1, 1), date(2024, 2, 28), date(2024, 3, 31), date(2024, 10, 27), date(2100, 12, 31))


@pytest.mark.parametrize("first", DAYS)
@pytest.mark.parametrize("second", DAYS)
def test_days_between(store: Store, first: date, second: date) -> None:
    with store.read(SYSTEM) as session:
        assert session.execute(select(days_between(first, second))).scalar() == (second - first).days


@pytest.mark.parametrize("number", [-400, -1, 0, 1, 14, 366])
def test_add_days(store: Store, number: int) -> None:
    with store.read(SYSTEM) as session:
        for day in DAYS:
            assert session.execute(select(add_days(day, number))).scalar() == day + timedelta(number)


def test_columns_and_unknown_days(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "prov") as work:
        make_arende(work.session, ansokan=date(2024, 2, 20), beslut=date(2024, 3, 1))
        make_arende(work.session, ansokan=date(2024, 2, 20), beslut=None, utfall=None)
    with store.read(SYSTEM) as session:
        query = select(days_between(Arende.ansokan, Arende.beslut), add_days(Arende.beslut, 14))
        rows = [tuple(row) for row in session.execute(query.order_by(Arende.id))]
        assert rows == [(10, date(2024, 3, 15)), (None, None)]
        near = select(Arende.id).where(add_days(Arende.ansokan, 10) == Arende.beslut)
        assert len(session.execute(near).all()) == 1


def test_ids_go_on_after_those_written_out(store: Store) -> None:
    with store.unit_of_work(SYSTEM, "prov") as work:
        connection = work.session.connection()
        connection.execute(text("INSERT INTO enhet (id, namn, typ) VALUES (41, 'Ett', 'intern')"))
        advance_sequences(connection, ["enhet", "steg", "insats"])
        assert make_enhet(work.session).id == 42
    with store.read(SYSTEM) as session:
        assert session.execute(select(Enhet.id).order_by(Enhet.id)).scalars().all() == [41, 42]
