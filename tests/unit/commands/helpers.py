"""What the tests of commands share."""

from collections.abc import Callable
from datetime import date
from typing import TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.models import Andring
from db.session import Store

T = TypeVar("T")
IDAG = date(2024, 6, 3)
ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)
EVA = Aktor("eva", "Eva", Roll.CHEF)


def fill(store: Store, act: Callable[[Session], T]) -> T:
    """Make rows; what the function returns stays readable."""
    with store.unit_of_work(SYSTEM, "test") as work:
        return act(work.session)


def andringar(store: Store, handelse_id: int) -> list[tuple[str, str, str | None, str | None]]:
    """The recorded cells of an act: table, column, old, new."""
    query = select(Andring.tabell, Andring.falt, Andring.gammalt, Andring.nytt)
    with store.read(SYSTEM) as session:
        return [tuple(row) for row in session.execute(query.where(Andring.handelse_id == handelse_id))]
