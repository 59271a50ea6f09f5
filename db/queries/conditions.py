"""Conditions that several queries share."""

from datetime import date

from sqlalchemy import ColumnElement, func
from sqlalchemy.orm import InstrumentedAttribute


def is_past(
    dag: ColumnElement[date | None] | InstrumentedAttribute[date | None], per: date
) -> ColumnElement[bool]:
    """Whether the day has come by `per`; without a day it has not.

    For columns where that holds of nearly every row: no index is used, since reading the table is quicker.
    """
    return func.coalesce(dag, date.max) <= per
