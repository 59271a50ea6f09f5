"""What is written in the person search can mean, and what each meaning asks of a person.

People are searched by name, number and ärendenummer alone (förordning 2001:637, 15 §).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    String,
    and_,
    bindparam,
    exists,
    false,
    func,
    literal,
    or_,
    select,
    true,
)
from sqlalchemy.orm import Session, aliased

from db.models import Arende, Deltagare, Sokord, TidigareNummer
from db.rules.personnummer import search_forms
from db.rules.text import words
from db.sql import Prepared

LAST = "\U0010ffff"  # no text that begins with a prefix sorts after prefix + LAST
PROBE = 400


class Borjan(NamedTuple):
    """A beginning of a text in SQL: the text and what no text that begins so comes after, to be filled in."""

    fran: BindParameter[str]
    till: BindParameter[str]


@dataclass(frozen=True, slots=True)
class Form:
    """How many words, numbers and ärendenummer a search has: all that its SQL hangs on, and so what a
    statement can be kept by."""

    antal_ord: int = 0
    antal_nummer: int = 0
    antal_arenden: int = 0

    @property
    def is_empty(self) -> bool:
        """True where nothing is searched for."""
        return not (self.antal_ord or self.antal_nummer or self.antal_arenden)

    @property
    def ord_(self) -> tuple[Borjan, ...]:
        """The words, the rarest first."""
        return _borjan("ord", self.antal_ord)

    @property
    def nummer(self) -> tuple[Borjan, ...]:
        """The forms of the number."""
        return _borjan("nummer", self.antal_nummer)

    @property
    def arenden(self) -> tuple[Borjan, ...]:
        """The forms of the ärendenummer."""
        return _borjan("arende", self.antal_arenden)


@dataclass(frozen=True, slots=True)
class Sokning:
    """What the text can mean; `ord_` with the rarest word first."""

    ord_: tuple[str, ...] = ()
    nummer: tuple[str, ...] = ()
    arenden: tuple[str, ...] = ()

    @property
    def form(self) -> Form:
        """Its form, whatever is searched for."""
        return Form(len(self.ord_), len(self.nummer), len(self.arenden))

    @property
    def values(self) -> dict[str, str]:
        """What is filled in where a statement has the texts of the form."""
        return {
            name: value
            for slag, texts in (("ord", self.ord_), ("nummer", self.nummer), ("arende", self.arenden))
            for name, value in _values(slag, texts)
        }


def _borjan(slag: str, antal: int) -> tuple[Borjan, ...]:
    return tuple(
        Borjan(bindparam(f"{slag}{n}", type_=String), bindparam(f"{slag}{n}_slut", type_=String))
        for n in range(antal)
    )


def _values(slag: str, texts: Sequence[str]) -> Iterator[tuple[str, str]]:
    for n, text in enumerate(texts):
        yield f"{slag}{n}", text
        yield f"{slag}{n}_slut", text + LAST


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
    return None if sokning.form.is_empty else sokning


def _shortest(forms: Sequence[str]) -> tuple[str, ...]:
    """The forms without those that another one already covers."""
    return tuple(f for f in forms if not any(f != other and f.startswith(other) for other in forms))


def _rarest_first(session: Session, ord_: tuple[str, ...]) -> tuple[str, ...]:
    """One look at the index tells which word to read by: counting stops at PROBE."""
    found = _counts(len(ord_)).rows(session, **dict(_values("ord", ord_)))[0]
    return tuple(word for _, _, word in sorted(zip(found, (-len(w) for w in ord_), ord_, strict=True)))


@lru_cache
def _counts(antal: int) -> Prepared:
    counts = [
        select(func.count())
        .select_from(select(literal(1)).where(begins(Sokord.ord, word)).limit(PROBE).subquery())
        .scalar_subquery()
        for word in _borjan("ord", antal)
    ]
    return Prepared(select(*counts))


def begins(column: Any, prefix: Borjan) -> ColumnElement[bool]:
    """The text of the column begins so, in a form that an index answers."""
    return and_(column >= prefix.fran, column < prefix.till)


def begins_any(column: Any, prefixes: Sequence[Borjan]) -> ColumnElement[bool]:
    """It begins as one of these."""
    return or_(false(), *(begins(column, prefix) for prefix in prefixes))


def has_word(deltagare_id: Any, word: Borjan) -> ColumnElement[bool]:
    """Some word of the person's name begins so."""
    other = aliased(Sokord)
    return exists().where(other.deltagare_id == deltagare_id, begins(other.ord, word))


def has_words(form: Form) -> ColumnElement[bool]:
    """Every word of the search begins some word of the name; false without words."""
    if not form.ord_:
        return false()
    return and_(*(has_word(Deltagare.id, word) for word in form.ord_))


def has_nummer_now(form: Form) -> ColumnElement[bool]:
    """The number of today begins as searched for."""
    return func.coalesce(begins_any(Deltagare.personnummer, form.nummer), false())


def has_nummer(form: Form) -> ColumnElement[bool]:
    """The number of today or an earlier one does."""
    if not form.nummer:
        return false()
    other = aliased(TidigareNummer)
    earlier = exists().where(other.deltagare_id == Deltagare.id, begins_any(other.personnummer, form.nummer))
    return or_(has_nummer_now(form), earlier)


def _has_arende(form: Form) -> ColumnElement[bool]:
    other = aliased(Arende)
    return exists().where(other.deltagare_id == Deltagare.id, begins_any(other.nummer, form.arenden))


def matches(form: Form) -> ColumnElement[bool]:
    """The search as a condition on a person, for those who are few to begin with."""
    if form.is_empty:
        return true()
    return or_(has_words(form), has_nummer(form), _has_arende(form))
