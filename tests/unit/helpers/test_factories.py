"""Every factory makes a row that the database accepts, alone and many times."""

import pytest
from sqlalchemy import func, select

from db.aktor import Aktor
from db.models import Base
from db.session import Store
from tests.helpers.factories import FACTORIES, SERIALS, fictitious_personnummer
from tests.helpers.statements import sent_statements


@pytest.mark.parametrize("model", FACTORIES, ids=lambda model: model.__tablename__)
def test_twice(store: Store, aktor: Aktor, model: type[Base]) -> None:
    with store.unit_of_work(aktor, "test") as work:
        first, second = FACTORIES[model](work.session), FACTORIES[model](work.session)
    assert first.id != second.id
    with store.read(aktor) as session:
        assert session.execute(select(func.count()).select_from(model)).scalar_one() >= 2


@pytest.mark.parametrize("kon", SERIALS)
def test_numbers_have_a_valid_check_digit(kon: str) -> None:
    from stdnum import luhn

    number = fictitious_personnummer(kon)
    assert len(number) == 12
    assert luhn.is_valid(number[2:])
    assert (int(number[10]) % 2 == 1) is (kon == "M")


def test_statements_are_counted(store: Store, aktor: Aktor) -> None:
    with sent_statements(store) as statements, store.read(aktor) as session:
        session.execute(select(1))
        session.execute(select(2))
    assert len(statements) == 2
