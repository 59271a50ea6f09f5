"""Saved lists: the user's own, and those that others share."""

import json
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Medarbetare, SparadLista
from db.rules.text import sort_key


@dataclass(frozen=True)
class ListaRow:
    """A saved list of a screen: its filters, sorting and columns in `val`, as that screen wrote them."""

    id: int
    namn: str
    agare: str
    egen: bool
    delad: bool
    val: dict[str, Any]


def list_listor(session: Session, aktor: Aktor, skarm: str) -> tuple[ListaRow, ...]:
    """The user's own lists of a screen, then those that others share, in Swedish order. One statement."""
    query = (
        select(
            SparadLista.id, SparadLista.namn, func.coalesce(Medarbetare.namn, SparadLista.agare),
            SparadLista.agare, SparadLista.delad, SparadLista.val,
        )
        .outerjoin(Medarbetare, Medarbetare.signatur == SparadLista.agare)
        .where(SparadLista.skarm == skarm)
        .where(or_(SparadLista.agare == aktor.signatur, SparadLista.delad.is_(True)))
    )  # fmt: skip
    rows = (
        ListaRow(id_, namn, agare, signatur == aktor.signatur, delad, json.loads(val))
        for id_, namn, agare, signatur, delad, val in session.execute(query)
    )
    return tuple(sorted(rows, key=lambda row: (not row.egen, sort_key(row.namn), row.id)))
