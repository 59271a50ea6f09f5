"""Saved lists: kept by name, changed and removed by whoever made them, seen by all when shared."""

import json
from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.commands.findings import Saved
from db.errors import DataError, NotFoundError
from db.history import Changes
from db.models import SparadLista
from db.session import Store

SLAG = "sparad lista"
LONGEST = 60
NOT_FOUND = "Listan finns inte längre, eller så är den någon annans."


def create_lista(
    store: Store, aktor: Aktor, skarm: str, namn: str, val: Mapping[str, Any], delad: bool = False
) -> Saved:
    """Keep a choice of filters, sorting and columns under a name. Raises DataError, field `namn`, where the
    name is empty, too long or in use."""
    with store.unit_of_work(aktor, SLAG, "Ny lista") as work:
        lista = SparadLista(
            agare=aktor.signatur, skarm=skarm, namn=_check(work.session, aktor, skarm, namn), delad=delad,
            val=_json(val),
        )  # fmt: skip
        work.session.add(lista)
        work.session.flush()
        id_ = lista.id
    assert work.changes is not None
    return Saved(id_, work.changes)


def update_lista(
    store: Store,
    aktor: Aktor,
    lista_id: int,
    namn: str | None = None,
    val: Mapping[str, Any] | None = None,
    delad: bool | None = None,
) -> Saved | None:
    """Rename, share or let the list hold another choice; what is None stays. None when nothing differs.

    Raises DataError as create_lista, NotFoundError where the list is gone or somebody else's.
    """
    with store.unit_of_work(aktor, SLAG, "Ändrad lista") as work:
        lista = _own(work.session, aktor, lista_id)
        if namn is not None:
            lista.namn = _check(work.session, aktor, lista.skarm, namn, lista_id)
        if val is not None:
            lista.val = _json(val)
        if delad is not None:
            lista.delad = delad
    return None if work.changes is None else Saved(lista_id, work.changes)


def remove_lista(store: Store, aktor: Aktor, lista_id: int) -> Changes:
    """Remove a list. Raises NotFoundError where it is gone or somebody else's."""
    with store.unit_of_work(aktor, SLAG, "Borttagen lista") as work:
        work.session.delete(_own(work.session, aktor, lista_id))
    assert work.changes is not None
    return work.changes


def _own(session: Session, aktor: Aktor, lista_id: int) -> SparadLista:
    lista = session.get(SparadLista, lista_id, with_for_update=True)
    if lista is None or lista.agare != aktor.signatur:
        raise NotFoundError(NOT_FOUND)
    return lista


def _check(session: Session, aktor: Aktor, skarm: str, namn: str, own_id: int = 0) -> str:
    namn = " ".join(namn.split())
    if not namn:
        raise DataError("Skriv vad listan ska heta.", "namn")
    if len(namn) > LONGEST:
        raise DataError(f"Skriv ett namn med högst {LONGEST} tecken.", "namn")
    same = select(SparadLista.id).where(
        SparadLista.agare == aktor.signatur,
        SparadLista.skarm == skarm,
        SparadLista.namn == namn,
        SparadLista.id != own_id,
    )
    if session.execute(same).first() is not None:
        raise DataError("Du har redan en lista som heter så. Välj ett annat namn.", "namn")
    return namn


def _json(val: Mapping[str, Any]) -> str:
    return json.dumps(dict(val), ensure_ascii=False, sort_keys=True)
