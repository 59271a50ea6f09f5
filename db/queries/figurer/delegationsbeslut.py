"""The report `delegationsbeslut`: the list of a period. It has no figures by kön and names nobody."""

from dataclasses import replace
from datetime import date

from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.queries.delegationsbeslut import DelegationsbeslutRow, list_delegationsbeslut
from db.rules.delegation import hide_numbers
from db.rules.figurer import Figur
from db.rules.period import Period


def figures(_session: Session, _aktor: Aktor, _period: Period, _per: date) -> tuple[Figur, ...]:
    """None: everything is in the list."""
    return ()


def rows(session: Session, aktor: Aktor, period: Period, per: date) -> tuple[DelegationsbeslutRow, ...]:
    """Every decision of the period up to `per` by number, numbers of people taken out. One statement."""
    found = list_delegationsbeslut(session, aktor, period)
    return tuple(_without_numbers(row, per) for row in found if row.datum <= per)


def _without_numbers(row: DelegationsbeslutRow, per: date) -> DelegationsbeslutRow:
    return replace(
        row,
        arendetyp=hide_numbers(row.arendetyp, per),
        lagrum=hide_numbers(row.lagrum, per),
        delegationspunkt=hide_numbers(row.delegationspunkt, per),
        beslut=hide_numbers(row.beslut, per),
    )
