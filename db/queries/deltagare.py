"""The list of deltagare and the search in it: what its rows, its filters and its search are is told in
`deltagare_rader`, `deltagare_urval` and `deltagare_sok`.

A page costs the same in a register of any size: every way of searching is read in the order of an index, a
page at a time (keyset).
"""

from dataclasses import dataclass
from datetime import date
from enum import Enum, auto
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Integer,
    Select,
    String,
    and_,
    bindparam,
    exists,
    false,
    join,
    literal,
    or_,
    select,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from db.aktor import Aktor
from db.models import Arende, Deltagare, Sokord, TidigareNummer
from db.queries import access
from db.queries.deltagare_rader import DeltagareRow as DeltagareRow
from db.queries.deltagare_rader import list_rader
from db.queries.deltagare_rader import read_rad as read_rad
from db.queries.deltagare_sok import (
    Form,
    begins,
    begins_any,
    has_nummer,
    has_nummer_now,
    has_word,
    has_words,
    matches,
    read_sokning,
)
from db.queries.deltagare_urval import ALLA as ALLA
from db.queries.deltagare_urval import Urval as Urval
from db.queries.deltagare_urval import list_conditions, may_be_in_steg
from db.sql import Prepared

NEAR = 3_000  # people of the alphabet among whom those in a steg are sought first
_ALFABET = (Deltagare.sortering, Deltagare.id)
_EFTER = (bindparam("efter", type_=String), bindparam("efter_tva", type_=String))
_EFTER_ID = bindparam("efter_id", type_=Integer)
_SLUT = (bindparam("slut", type_=String), bindparam("slut_id", type_=Integer))


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page ended; handed back for the next one. Means nothing else to the caller."""

    gren: int
    nyckel: tuple[str, str]
    deltagare_id: int


@dataclass(frozen=True, slots=True)
class Page:
    """Rows and, when there are more, where the next page begins."""

    rows: tuple[DeltagareRow, ...]
    after: Position | None


def search_deltagare(
    session: Session,
    aktor: Aktor,
    text: str,
    dag: date,
    limit: int = 100,
    after: Position | None = None,
    urval: Urval = ALLA,
) -> Page:
    """A page of the people whose name, number or ärendenummer begins as `text`; all of them when it is
    empty.

    Every word must begin some word of the name. A page that holds all hits is in Swedish order; longer
    results of a name come by the word that was found, then in Swedish order. Protected people come first,
    and only for staff who are named for them. Thirteen statements at most, whatever the size.
    """
    sokning = read_sokning(session, text)
    if sokning is None:
        return Page((), None)
    fraga = _Fraga(sokning.form, aktor, dag, urval)
    hits = _find(session, fraga, sokning.values, after, limit + 1)
    rows = list_rader(session, aktor, [hit[3] for hit in hits[:limit]], dag) if hits else []
    if len(hits) > limit:
        gren, first, second, deltagare_id = hits[limit - 1]
        return Page(tuple(row for _, row in rows), Position(gren, (first, second), deltagare_id))
    if after is None:
        rows.sort(key=lambda pair: (not pair[1].is_masked, "" if pair[1].is_masked else pair[0], pair[1].id))
    return Page(tuple(row for _, row in rows), None)


@dataclass(frozen=True, slots=True)
class _Gren:
    """One way to hits: its rows are read in the order of `nycklar` (at most two texts), then id."""

    nycklar: tuple[Any, ...]
    id: Any
    where: tuple[ColumnElement[bool], ...]
    tables: Any = Deltagare

    def page(self, number: int, after: int | None, limit: int) -> Select[Any]:
        """The first rows, labelled with the number of the way; where it is `after`, beyond the place that is
        filled in."""
        order = (*self.nycklar, self.id)
        first, second = (*self.nycklar, literal(""), literal(""))[:2]
        query = select(first.label("ett"), second.label("tva"), self.id.label("id")).select_from(self.tables)
        if after == number:
            values = (*_EFTER[: len(self.nycklar)], _EFTER_ID)
            query = query.where(tuple_(*order) > tuple_(*values))
        part = query.where(*self.where).order_by(*order).limit(limit).subquery()
        return select(literal(number).label("gren"), part.c.ett, part.c.tva, part.c.id)


@dataclass(frozen=True, slots=True)
class _Fraga:
    """What is asked for, but for the texts: what its statement is kept by."""

    form: Form
    aktor: Aktor
    dag: date
    urval: Urval


class _Steg(Enum):
    """Where those in a steg are sought: before a place in the alphabet, or from the open inskrivningar."""

    NARA = auto()
    SALLSYNT = auto()


def _find(
    session: Session, fraga: _Fraga, texts: dict[str, str], after: Position | None, limit: int
) -> list[tuple[Any, ...]]:
    """The first hits beyond `after`.

    Those in a steg are sought among the next NEAR people of the alphabet, and where they are too few there
    the steg is so rare that it is read from the open inskrivningar: a walk would go through the register.
    """
    values: dict[str, Any] = dict(texts)
    gren = None if after is None else after.gren
    if after is not None:
        values |= {"efter": after.nyckel[0], "efter_tva": after.nyckel[1], "efter_id": after.deltagare_id}
    walks = fraga.urval.steg and fraga.form.is_empty and not fraga.urval.mina
    end = _look_ahead(gren, NEAR).first(session, **values) if walks else None
    if end is None:
        return _page(fraga, None, gren, limit).rows(session, **values)
    near = _page(fraga, _Steg.NARA, gren, limit).rows(session, **values, slut=end[0], slut_id=end[1])
    return near if len(near) == limit else _page(fraga, _Steg.SALLSYNT, gren, limit).rows(session, **values)


@lru_cache
def _look_ahead(gren: int | None, near: int) -> Prepared:
    """The place in the alphabet `near` people further on; none where the register ends before."""
    query = select(*_ALFABET)
    if gren:
        query = query.where(tuple_(*_ALFABET) > tuple_(_EFTER[0], _EFTER_ID))
    return Prepared(query.order_by(*_ALFABET).offset(near).limit(1))


@lru_cache(maxsize=32)
def _page(fraga: _Fraga, steg: _Steg | None, after: int | None, limit: int) -> Prepared:
    """Built once for each form of search and choice in the list: building takes longer than asking."""
    more: tuple[ColumnElement[bool], ...] = ()
    if steg is _Steg.NARA:
        more = (tuple_(*_ALFABET) <= tuple_(*_SLUT),)
    elif steg is _Steg.SALLSYNT:
        more = (Deltagare.id.in_(may_be_in_steg(fraga.dag, fraga.urval.steg)),)
    ways = enumerate(_grenar(fraga, *more))
    parts = [gren.page(number, after, limit) for number, gren in ways if number >= (after or 0)]
    c = union_all(*parts).subquery().c
    found = select(c.gren, c.ett, c.tva, c.id).order_by(c.gren, c.ett, c.tva, c.id).limit(limit)
    return Prepared(found)


def _grenar(fraga: _Fraga, *more: ColumnElement[bool]) -> list[_Gren]:
    """The ways to the hits; no person is found by two of them. `more` is for those without protection.

    The first is that of the protected people whom the user is named for: their place in the list must not
    tell what they are called, so they come by id and before all others.
    """
    form, aktor, urval = fraga.form, fraga.aktor, fraga.urval
    chosen = tuple(list_conditions(fraga.dag, urval))
    hidden = (false(),) if urval.enhet_id is not None else ()
    named = Deltagare.id.in_(access.own_ids(aktor) if urval.mina else access.named_ids(aktor))
    protected = (Deltagare.skyddad != access.OPEN, named, matches(form), *chosen, *hidden)
    unprotected = (Deltagare.skyddad == access.OPEN, *more, *chosen)
    if urval.mina:
        ways = [_Gren((Deltagare.sortering,), Deltagare.id, (named, matches(form), *unprotected))]
    elif form.is_empty:
        ways = [_Gren((Deltagare.sortering,), Deltagare.id, unprotected)]
    else:
        ways = [*_by_word(form, unprotected), *_by_nummer(form, unprotected)]
        ways += _by_arende(form, unprotected)
    return [_Gren((), Deltagare.id, protected), *ways]


def _by_word(form: Form, where: tuple[ColumnElement[bool], ...]) -> list[_Gren]:
    """By the first word in the order of `sokord`; a person with two such words comes with the first of
    them."""
    if not form.ord_:
        return []
    first, others = form.ord_[0], form.ord_[1:]
    earlier = aliased(Sokord)
    twice = exists().where(
        earlier.deltagare_id == Sokord.deltagare_id, begins(earlier.ord, first), earlier.ord < Sokord.ord
    )
    found = (begins(Sokord.ord, first), ~twice, *(has_word(Sokord.deltagare_id, w) for w in others))
    tables = join(Sokord, Deltagare, Deltagare.id == Sokord.deltagare_id)
    return [_Gren((Sokord.ord, Sokord.sortering), Sokord.deltagare_id, (*found, *where), tables)]


def _by_nummer(form: Form, where: tuple[ColumnElement[bool], ...]) -> list[_Gren]:
    """By the number of today, then by earlier ones."""
    now = [
        _Gren((Deltagare.personnummer,), Deltagare.id, (begins(Deltagare.personnummer, borjan), *where))
        for borjan in form.nummer
    ]
    other = aliased(TidigareNummer)
    twice = exists().where(
        other.deltagare_id == TidigareNummer.deltagare_id,
        begins_any(other.personnummer, form.nummer),
        or_(
            other.personnummer < TidigareNummer.personnummer,
            and_(other.personnummer == TidigareNummer.personnummer, other.id < TidigareNummer.id),
        ),
    )
    tables = join(TidigareNummer, Deltagare, Deltagare.id == TidigareNummer.deltagare_id)
    earlier = [
        _Gren(
            (TidigareNummer.personnummer,),
            TidigareNummer.deltagare_id,
            (begins(TidigareNummer.personnummer, borjan), ~has_nummer_now(form), ~twice, *where),
            tables,
        )
        for borjan in form.nummer
    ]
    return now + earlier


def _by_arende(form: Form, where: tuple[ColumnElement[bool], ...]) -> list[_Gren]:
    """By ärendenummer as written or in capitals; a person already found by name or number is left out."""
    other = aliased(Arende)
    twice = exists().where(
        other.deltagare_id == Arende.deltagare_id,
        begins_any(other.nummer, form.arenden),
        other.nummer < Arende.nummer,
    )
    before = or_(has_words(form), has_nummer(form))
    tables = join(Arende, Deltagare, Deltagare.id == Arende.deltagare_id)
    return [
        _Gren(
            (Arende.nummer,),
            Arende.deltagare_id,
            (begins(Arende.nummer, borjan), ~twice, ~before, *where),
            tables,
        )
        for borjan in form.arenden
    ]
