"""What is written in the person search can mean, and what each meaning asks of a person.

People are searched by name, number and ärendenummer alone (förordning 2001:637, 15 §).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, false, func, literal, or_, select, true
from sqlalchemy.orm import Session, aliased

from db.models import Arende, Deltagare, Sokord, TidigareNummer
from db.rules.personnummer import search_forms
from db.rules.text import words

LAST = "\U0010ffff"  # no text that begins with a prefix sorts after prefix + LAST
PROBE = 400


@dataclass(frozen=True, slots=True)
class Sokning:
    """What the text can mean; `ord_` with the rarest word first."""

    ord_: tuple[str, ...] = ()
    nummer: tuple[str, ...] = ()
    arenden: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """True where nothing is searched for."""
        return not (self.ord_ or self.nummer or self.arenden)


def read_sokning(session: Session, text: str) -> Sokning | None:
    """What the text may mean; None where it means nothing at all. One statement where it has many words."""
    plain = " ".join(text.split())
    if not plain:
        return Sokning()
    nummer = _shortest(search_forms(plain))
    arenden = () if " " in plain else tuple(dict.fromkeys((plain, plain.upper())))
    ord_ = () if nummer else tuple(dict.fromkeys(words(plain)))
    if len(ord_) > 1:
        ord_ = _rarest_first(session, ord_)
    sokning = Sokning(ord_, nummer, arenden)
    return None if sokning.is_empty else sokning


def _shortest(forms: Sequence[str]) -> tuple[str, ...]:
    """The forms without those that another one already covers."""
    return tuple(f for f in forms if not any(f != other and f.startswith(other) for other in forms))


def _rarest_first(session: Session, ord_: tuple[str, ...]) -> tuple[str, ...]:
    """One look at the index tells which word to read by: counting stops at PROBE."""
    counts = [
        select(func.count())
        .select_from(select(literal(1)).where(begins(Sokord.ord, word)).limit(PROBE).subquery())
        .scalar_subquery()
        for word in ord_
    ]
    found = session.execute(select(*counts)).one()
    return tuple(word for _, _, word in sorted(zip(found, (-len(w) for w in ord_), ord_, strict=True)))


def begins(column: Any, prefix: str) -> ColumnElement[bool]:
    """The text of the column begins so, in a form that an index answers."""
    return and_(column >= prefix, column < prefix + LAST)


def begins_any(column: Any, prefixes: Sequence[str]) -> ColumnElement[bool]:
    """It begins as one of these."""
    return or_(false(), *(begins(column, prefix) for prefix in prefixes))


def has_word(deltagare_id: Any, word: str) -> ColumnElement[bool]:
    """Some word of the person's name begins so."""
    other = aliased(Sokord)
    return exists().where(other.deltagare_id == deltagare_id, begins(other.ord, word))


def has_words(sokning: Sokning) -> ColumnElement[bool]:
    """Every word of the search begins some word of the name; false without words."""
    if not sokning.ord_:
        return false()
    return and_(*(has_word(Deltagare.id, word) for word in sokning.ord_))


def has_nummer_now(sokning: Sokning) -> ColumnElement[bool]:
    """The number of today begins as searched for."""
    return func.coalesce(begins_any(Deltagare.personnummer, sokning.nummer), false())


def has_nummer(sokning: Sokning) -> ColumnElement[bool]:
    """The number of today or an earlier one does."""
    if not sokning.nummer:
        return false()
    other = aliased(TidigareNummer)
    earlier = exists().where(
        other.deltagare_id == Deltagare.id, begins_any(other.personnummer, sokning.nummer)
    )
    return or_(has_nummer_now(sokning), earlier)


def _has_arende(sokning: Sokning) -> ColumnElement[bool]:
    other = aliased(Arende)
    return exists().where(other.deltagare_id == Deltagare.id, begins_any(other.nummer, sokning.arenden))


def matches(sokning: Sokning) -> ColumnElement[bool]:
    """The search as a condition on a person, for those who are few to begin with."""
    if sokning.is_empty:
        return true()
    return or_(has_words(sokning), has_nummer(sokning), _has_arende(sokning))
