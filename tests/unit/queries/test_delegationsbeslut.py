"""The list of delegationsbeslut, what was written before, and the next number."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy.orm import Session

from db.queries.delegationsbeslut import (
    DelegationsbeslutRow,
    Forslag,
    find_nummer,
    list_delegationsbeslut,
    list_forslag,
)
from db.rules.period import parse_period
from db.session import Store
from tests.helpers import factories as make
from tests.helpers.statements import sent_statements
from tests.unit.commands.helpers import ELIN, EVA, IDAG, fill

MAJ = parse_period("2024-05")


def _beslut(session: Session, dag: int, lopnummer: int | None, **values: Any) -> None:
    make.make_delegationsbeslut(
        session, datum=date(2024, 5, dag), ar=None if lopnummer is None else 2024, lopnummer=lopnummer,
        **values,
    )  # fmt: skip


def _secret(session: Session) -> None:
    person = make.make_deltagare(session, skyddad="sekretessmarkering")
    own = make.make_arende(session, nummer="A2", deltagare_id=person.id, handlaggare="eva").id
    _beslut(session, 31, 3, arende_id=own)


def _month(session: Session) -> None:
    own = make.make_arende(session, nummer="A1").id
    _beslut(session, 2, 2, arende_id=own)
    _beslut(session, 20, 1, arende_id=None, lagrum="4 kap.")
    make.make_delegationsbeslut(session, datum=date(2024, 6, 1), ar=2024, lopnummer=4)
    _secret(session)


def test_a_month_by_number_with_the_protected_by_their_arende_alone(store: Store) -> None:
    fill(store, _month)
    with store.read(ELIN) as session, sent_statements(store) as sent:
        rows = list_delegationsbeslut(session, ELIN, MAJ)
    assert len(sent) == 1
    assert [(row.nummer, row.arende, row.deltagare_id is None, row.egen) for row in rows] == [
        ("2024/1", "", True, True),
        ("2024/2", "A1", False, True),
        ("2024/3", "A2", True, False),
    ]
    with store.read(EVA) as session:
        assert [row.egen for row in list_delegationsbeslut(session, EVA, MAJ)] == [True] * 3


def test_one_without_a_number_says_none() -> None:
    row = DelegationsbeslutRow(1, None, None, IDAG, "", "", "", "", "", "", None, egen=True)
    assert row.nummer == ""


def test_the_number_of_one_is_told(store: Store) -> None:
    own = fill(store, lambda s: make.make_delegationsbeslut(s, ar=2024, lopnummer=7).id)
    with store.read(ELIN) as session:
        assert find_nummer(session, ELIN, own) == "2024/7"


@pytest.mark.parametrize("beslut", ["Bifall till Anna Andersson", "Avslag 900101-9802", "x" * 81])
def test_what_was_used_before_is_offered_the_most_used_first(store: Store, beslut: str) -> None:
    def act(session: Session) -> None:
        own = make.make_arende(session).id
        for typ, lagrum, punkt, text in (
            *[("stöd", "12 kap.", "3.1", "Bifall")] * 3,
            *[("stöd", "12 kap.", "3.2", "Avslag")] * 2,
            ("stöd", "", "3.1", "Annat"),
            *[("hyra", "", "3.6", beslut)] * 2,
        ):
            make.make_delegationsbeslut(
                session, arende_id=own, arendetyp=typ, lagrum=lagrum, delegationspunkt=punkt, beslut=text
            )
        make.make_delegationsbeslut(session, arende_id=own, datum=date(2019, 1, 1), arendetyp="gammal")

    fill(store, act)
    with store.read(ELIN) as session, sent_statements(store) as sent:
        forslag = list_forslag(session, ELIN, IDAG)
    assert len(sent) == 1
    assert forslag == Forslag(
        {"stöd": ("12 kap.", "3.1"), "hyra": ("", "3.6")},
        ("12 kap.",),
        ("3.1", "3.2", "3.6"),
        {"stöd": ("Bifall", "Avslag"), "hyra": ()},
        ("socialsekreterare",),
    )
