"""Ångra and Gör om: the user's own latest act taken back, and done again."""

from dataclasses import dataclass
from datetime import datetime

from db.aktor import Aktor
from db.commands.undo import undo_act
from db.errors import DataError
from db.history import Changes
from db.queries.papperskorg import IMPORT, AktRow, read_namn, read_senaste
from db.session import Store


@dataclass(frozen=True, slots=True)
class Angrat:
    """What was taken back or done again, the person where it is one whose name may be told, and what it
    touched: undoing `changes.handelse_id` turns it round."""

    vad: str
    namn: str
    changes: Changes


def undo_latest(store: Store, aktor: Aktor, sedan: datetime) -> Angrat | None:
    """Take back the user's own latest act since a moment; None where there is none.

    Raises DataError where it is an import, or where others have changed or built on its rows since.
    """
    with store.read(aktor) as session:
        akt = read_senaste(session, aktor, sedan).angra
    if akt is not None and akt.slag == IMPORT:
        raise DataError("Det senaste du gjorde var en import. Den tas tillbaka under Importera.")
    return _turn(store, aktor, akt)


def redo_latest(store: Store, aktor: Aktor, sedan: datetime) -> Angrat | None:
    """Do again what the user took back last, unless something new was done after it; None where there is
    none.

    Raises DataError where others have changed or built on its rows since.
    """
    with store.read(aktor) as session:
        akt = read_senaste(session, aktor, sedan).gor_om
    return _turn(store, aktor, akt)


def _turn(store: Store, aktor: Aktor, akt: AktRow | None) -> Angrat | None:
    if akt is None:
        return None
    changes = undo_act(store, aktor, akt.handelse_id)
    with store.read(aktor) as session:
        namn = read_namn(session, aktor, akt.handelse_id)
    return Angrat(akt.what, namn, changes)
