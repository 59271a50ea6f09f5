"""The names in the store's catalogues, compared without regard to case, and what to say about others."""

from difflib import get_close_matches
from typing import Any

from sqlalchemy import select

from db.exchange.schema import Column
from db.exchange.storeside import StoreSide, table

LISTED = 14  # a catalogue of at most so many names is told in full


def names(store: StoreSide, catalogue: str) -> dict[str, Any]:
    """Case-folded name → id (for resultat: the name itself, which is its key)."""
    return {name.casefold(): value for name, value in _rows(store, catalogue).items()}


def _rows(store: StoreSide, catalogue: str) -> dict[str, Any]:
    if catalogue not in store.catalogues:
        chosen = table(catalogue)
        key = chosen.c.id if "id" in chosen.c else chosen.c.namn
        order = chosen.c.ordning if "ordning" in chosen.c else chosen.c.namn
        rows = store.connection.execute(select(chosen.c.namn, key).order_by(order))
        store.catalogues[catalogue] = {name: value for name, value in rows}  # noqa: C416 - rows are no pairs to mypy
    return store.catalogues[catalogue]


def lost_message(store: StoreSide, column: Column, text: str) -> str:
    """What to say about a text that names nothing."""
    if column.ref == "Insatstyper":
        spelled = {name.casefold(): name for name in _rows(store, "insatstyp")}
        close = get_close_matches(text.casefold(), spelled, 1)
        hint = f" Menar du {spelled[close[0]]}?" if close else ""
        return f"Insatstypen är okänd.{hint} Rätta namnet eller lägg till den i bladet Insatstyper."
    if column.ref in ("steg", "resultat"):
        allowed = list(_rows(store, column.ref))
        listed = (
            f"Skriv {', '.join(allowed[:-1])} eller {allowed[-1]}."
            if len(allowed) <= LISTED
            else "Rätta namnet."
        )
        return f"Värdet är okänt. {listed}"
    return (
        f"Ingen rad har detta id, varken i bladet {column.ref} eller i registret. Rätta eller lägg till den."
    )
