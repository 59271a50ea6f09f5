"""What leaves from a screen is a print like any other (R12): hidden against what has been handed over of the
report whose figures it shows, and remembered before it leaves, so that later prints are hidden against it."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Generic, TypeVar

from db.aktor import Aktor
from db.errors import ConflictError, KnownError
from db.rules.sidor import Sida
from db.rules.suppression_minne import Marks, Utgiven, hide_sides
from db.rules.suppression_prov import find_told, is_of_same_days

if TYPE_CHECKING:
    from db.session import Store

T = TypeVar("T")
FEW = (
    "Siffrorna handlar om så få personer att de kan räknas ut tillsammans med rapporten för samma tid. Inget "
    "har lämnats ut. Välj en längre period."
)
TRIES = 5  # another print may come out between reading and remembering


@dataclass(frozen=True, slots=True)
class Underlag(Generic[T]):
    """What a picture or a table of a screen tells: `sidor` are all its figures and the sums that bind them,
    and `make` makes it of the marks of each side.

    `grund` is what the report itself says of the same days: hidden first, as the report does, so that a
    picture never hides what the report can show. It is not handed over. `reserv` leaves instead where all of
    it may not. `variant` tells apart figures of others than everybody.
    """

    rapport: str
    titel: str
    sidor: tuple[Sida, ...]
    make: Callable[[Sequence[Marks]], T]
    troskel: int
    grund: tuple[Sida, ...] = ()
    reserv: "Underlag[T] | None" = None
    variant: str = ""

    def hide(self, utgivna: Sequence[Utgiven] = ()) -> "Dolt[T]":
        """With what is hidden of it, against `utgivna` too, newest first. Raises KnownError where it may not
        leave: where the report of the same days, what has left of them and this would together tell of few.
        """
        sidor = (*self.grund, *self.sidor)
        dolda = hide_sides(sidor, utgivna, self.troskel)
        hidden = tuple(replace(sida, dolda=marks) for sida, marks in zip(sidor, dolda, strict=True))
        for sida in self.sidor:
            beside = [u.sida for u in utgivna if is_of_same_days(u.sida, sida)]
            if find_told([s for s in hidden if is_of_same_days(s, sida)] + beside, self.troskel):
                if self.reserv is not None:
                    return self.reserv.hide(utgivna)
                raise KnownError(FEW)
        own = len(self.grund)
        return Dolt(self.make(dolda[own:]), hidden[own:])

    def made(self) -> T:
        """As it may leave when nothing has been handed over before: to be looked at only."""
        return self.hide().made


@dataclass(frozen=True, slots=True)
class Dolt(Generic[T]):
    """What may leave, and its sides with what is hidden of them."""

    made: T
    sidor: tuple[Sida, ...]


def leave(store: "Store", aktor: Aktor, underlag: Underlag[T], form: str) -> T:
    """What may leave now, remembered as handed over: put it nowhere before this has returned. `form` is what
    it leaves as. Raises KnownError where it may not leave, ConflictError where other prints come out all the
    time, StoreError when the register cannot be written. Not for the GUI thread."""
    for last in range(TRIES):
        try:
            return _leave(store, aktor, underlag, form)
        except ConflictError:
            if last == TRIES - 1:
                raise
    raise AssertionError


def _leave(store: "Store", aktor: Aktor, underlag: Underlag[T], form: str) -> T:
    from db.commands.rapportutskrift import Utskrift, remember_utskrift
    from db.queries.rapportutskrift import list_utgivna

    with store.read(aktor) as session:
        utgivna, senast = list_utgivna(session, aktor, underlag.rapport, underlag.variant, underlag.troskel)
    dolt = underlag.hide(utgivna)
    fran, till = min(sida.fran for sida in dolt.sidor), max(sida.slut for sida in dolt.sidor)
    per = max(sida.per for sida in dolt.sidor)
    utskrift = Utskrift(
        underlag.rapport, underlag.titel, fran, till, per, dolt.sidor, senast, underlag.variant
    )
    remember_utskrift(store, aktor, utskrift, form, datetime.now().astimezone())
    return dolt.made
