"""A statement that is compiled once: the same rows as SQLAlchemy's own way, in both databases."""

from datetime import date

import pytest
from sqlalchemy import bindparam, not_, select
from sqlalchemy.exc import DBAPIError

from db.aktor import SYSTEM
from db.models import Mote
from db.session import Store
from db.sql import IdList, Prepared, among
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements

COLUMNS = (Mote.id, Mote.datum, Mote.uteblev, Mote.langd)
MOTEN = Prepared(
    select(*COLUMNS).where(Mote.datum >= bindparam("fran"), Mote.form == "telefon").order_by(Mote.datum)
)


@pytest.fixture
def full(store: Store) -> Store:
    with store.unit_of_work(SYSTEM, "test") as work:
        for day, form in ((3, "telefon"), (2, "telefon"), (4, "fysiskt"), (1, "telefon")):
            make.make_mote(work.session, datum=date(2024, 5, day), form=form, uteblev=day == 3, langd=None)
    return store


def test_rows_have_the_types_of_their_columns(full: Store) -> None:
    with full.read(SYSTEM) as session, sent_statements(full) as sent:
        rows = MOTEN.rows(session, fran=date(2024, 5, 2))
        again = MOTEN.rows(session, fran=date(2024, 5, 3))
    assert [row[1:] for row in rows] == [(date(2024, 5, 2), False, None), (date(2024, 5, 3), True, None)]
    assert again == rows[1:]
    assert len(sent) == 2


def test_the_first_row_or_none(full: Store) -> None:
    with full.read(SYSTEM) as session:
        assert MOTEN.first(session, fran=date(2024, 5, 3)) is not None
        assert MOTEN.first(session, fran=date(2024, 6, 1)) is None


def test_a_missing_value_is_an_error_of_ours(full: Store) -> None:
    with full.read(SYSTEM) as session, pytest.raises(KeyError):
        MOTEN.rows(session)


def test_what_the_database_refuses_comes_as_its_own_word(full: Store) -> None:
    wrong = Prepared(select(Mote.id).where(Mote.id == bindparam("id")))
    with full.read(SYSTEM) as session:
        wrong.rows(session, id=1)
        for ready in wrong._ready.values():
            object.__setattr__(ready, "sql", "SELECT nothing FROM nowhere WHERE 1 = 1")
            object.__setattr__(ready, "positions", ready.positions and ())
        with pytest.raises(DBAPIError):
            wrong.rows(session, id=1)


def test_among_however_many(full: Store) -> None:
    ids = bindparam("ids", type_=IdList)
    chosen = Prepared(select(Mote.id).where(among(Mote.id, ids), Mote.form == "telefon").order_by(Mote.id))
    others = Prepared(select(Mote.id).where(not_(among(Mote.id, ids))).order_by(Mote.id))
    with full.read(SYSTEM) as session:
        every = [row[0] for row in others.rows(session, ids=())]
        assert [row[0] for row in chosen.rows(session, ids=every[:2])] == every[:2]
        assert [row[0] for row in chosen.rows(session, ids=dict.fromkeys(every))] == [
            *every[:2],
            every[3],
        ]
        assert chosen.rows(session, ids=[]) == []
        assert [row[0] for row in others.rows(session, ids={every[1]})] == [every[0], *every[2:]]
        # As in a statement of SQLAlchemy's own.
        query = select(Mote.id).where(among(Mote.id, bindparam("ids", every[1:3], type_=IdList)))
        assert {*session.scalars(query)} == {*every[1:3]}
        assert chosen.rows(session, ids=range(100_000)) == [(id_,) for id_ in every if id_ != every[2]]
