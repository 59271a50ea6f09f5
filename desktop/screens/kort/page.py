"""What the card asks of each page under its tabs, and how a page asks for an act."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

if TYPE_CHECKING:  # what start-up imports needs no rows of a card
    from sqlalchemy.orm import Session

    from db.aktor import Aktor
    from db.queries.card_rows import Card

    Read = Callable[[Session, Aktor, date], Any]


@dataclass(frozen=True, slots=True)
class Akt:
    """Something to do with the person shown: a name of `desktop.screens.kort.acts`, the row that it
    concerns, and values to begin the form with, by field."""

    namn: str
    id: int | None = None
    varden: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Oppna:
    """Location("kort", Oppna(17, "bip", Akt("bip"))): a person's card at a page, with an act begun."""

    deltagare_id: int
    flik: str = ""
    akt: Akt | None = None


_DRAFT = re.compile(r"kort/(\d+)/(\w+)/(\d*)(?:\?(.*))?")


def draft_key(deltagare_id: int, akt: Akt) -> str:
    """What an act's form is called among the drafts: "kort/17/insats/5", "kort/17/nytt_mote/"."""
    chosen = "&".join(f"{name}={akt.varden[name]}" for name in sorted(akt.varden))
    key = f"kort/{deltagare_id}/{akt.namn}/{akt.id or ''}"
    return f"{key}?{chosen}"[:200] if chosen else key


def read_draft_key(nyckel: str) -> Oppna | None:
    """The card with the form that a draft belongs to; None where the draft is of another screen."""
    found = _DRAFT.fullmatch(nyckel)
    if found is None:
        return None
    person, namn, row_id, chosen = found.groups()
    varden = dict(pair.split("=", 1) for pair in (chosen or "").split("&") if "=" in pair)
    return Oppna(int(person), akt=Akt(namn, int(row_id) if row_id else None, varden))


class KortPage(QWidget):
    """A page under a tab. `key` names it in Oppna; `wanted` carries an Akt.

    A page that needs more than the card asks for it with `asked`: a Read, made on the worker and answered by
    `show_read`.
    """

    key = ""
    title = ""
    wanted = Signal(object)
    asked = Signal(object)

    def show_card(self, card: "Card", today: date) -> None:
        """Show another card, or the same read again; a masked one (`card.dold`) tells nobody who or where."""
        raise NotImplementedError

    def show_read(self, value: Any) -> None:
        """What was asked for."""
        raise NotImplementedError
