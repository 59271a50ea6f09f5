"""Ångra and Gör om: the user's own latest act taken back, and done again."""

from dataclasses import dataclass
from datetime import datetime

from db.aktor import Aktor
from db.commands.undo import undo_act
from db.errors import DataError
from db.history import Changes
from db.queries.angrade import find_ursprung
from db.queries.papperskorg import IMPORT, read_namn, read_senaste
from db.session import Store


@dataclass(frozen=True, slots=True)
class Angrat:
    """What was taken back or done again (`gjort_om`), the person where it is one whose name may be told, and
    what it touched: undoing `changes.handelse_id` turns it round."""

    vad: str
    namn: str
    changes: Changes
    gjort_om: bool = False


def undo_latest(store: Store, aktor: Aktor, sedan: datetime) -> Angrat | None:
    """Take back the user's own latest act since a moment; None where there is none.

    Raises DataError where it is an import, or where others have changed or built on its rows since.
    """
    with store.read(aktor) as session:
        akt = read_senaste(session, aktor, sedan).angra
    if akt is not None and akt.slag == IMPORT:
        raise DataError("Det senaste du gjorde var en import. Den tas tillbaka under Importera.")
    return turn_act(store, aktor, akt.handelse_id) if akt is not None else None


def redo_latest(store: Store, aktor: Aktor, sedan: datetime) -> Angrat | None:
    """Do again what the user took back last, unless something new was done after it; None where there is
    none.

    Raises DataError where others have changed or built on its rows since.
    """
    with store.read(aktor) as session:
        akt = read_senaste(session, aktor, sedan).gor_om
    return turn_act(store, aktor, akt.handelse_id) if akt is not None else None


def turn_act(store: Store, aktor: Aktor, handelse_id: int) -> Angrat:
    """Take back an act, or do it again where it is itself the undoing of one. Raises as undo_act."""
    changes = undo_act(store, aktor, handelse_id)
    with store.read(aktor) as session:
        akt, turns = find_ursprung(session, handelse_id)
        # An import is of the whole register: nobody's name is looked for among its rows.
        namn = "" if akt.slag == IMPORT else read_namn(session, aktor, handelse_id)
        return Angrat(akt.text or akt.slag, namn, changes, gjort_om=turns % 2 == 1)
