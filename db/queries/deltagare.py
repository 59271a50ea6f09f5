"""The list of deltagare and the search in it.

People are searched by name, number and ärendenummer alone (förordning 2001:637, 15 §). A page costs the
same in a register of any size: every way of searching is read in the order of an index, a page at a time
(keyset).
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Select,
    and_,
    exists,
    false,
    func,
    join,
    literal,
    or_,
    select,
    true,
    tuple_,
    union_all,
)
from sqlalchemy.orm import Session, aliased

from db.aktor import Aktor
from db.models import (
    Arende,
    Deltagare,
    Enhet,
    Insats,
    Insatstyp,
    Inskrivning,
    Medarbetare,
    Sokord,
    Steg,
    Stegperiod,
    TidigareNummer,
)
from db.queries import access
from db.queries.krav import Krav, list_krav
from db.rules.period import age_on
from db.rules.personnummer import format_nummer, search_forms
from db.rules.text import words

LAST = "\U0010ffff"  # no text that begins with a prefix sorts after prefix + LAST
PROBE = 400
NEAR = 3_000  # people of the alphabet among whom those in a steg are sought first
_ALFABET = (Deltagare.sortering, Deltagare.id)


@dataclass(frozen=True, slots=True)
class Position:
    """Where a page ended; handed back for the next one. Means nothing else to the caller."""

    gren: int
    nyckel: tuple[str, str]
    deltagare_id: int


@dataclass(frozen=True, slots=True)
class Urval:
    """The filters of the list: only the user's own people, only those inskrivna on the day, those who stand
    in a steg, those with an insats at an enhet on the day.

    Where protected people are is nobody's to find out: with an enhet they are left out.
    """

    mina: bool = False
    pagaende: bool = False
    steg: str = ""
    enhet_id: int | None = None


ALLA = Urval()


@dataclass(frozen=True, slots=True)
class DeltagareRow:
    """A person in a list. A protected person is masked: name, number, age and kön are left out, and the
    place in the alphabet (`sortering`) too."""

    id: int
    skyddad: str
    namn: str
    personnummer: str
    alder: int | None
    kon: str | None
    arende: str = ""
    handlaggare: str = ""
    koordinator: str = ""
    inskriven: date | None = None
    steg: str = ""
    steg_fran: date | None = None
    insats: str = ""
    enhet: str = ""
    insats_slut: date | None = None
    krav: Krav | None = None
    sortering: str = ""

    @property
    def is_masked(self) -> bool:
        """True for a protected person."""
        return not access.is_open(self.skyddad)


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
    sokning = _read(session, text)
    if sokning is None:
        return Page((), None)
    hits = _find(session, _Fraga(sokning, aktor, dag, urval), after, limit + 1)
    rows = _rows(session, aktor, [hit[3] for hit in hits[:limit]], dag) if hits else []
    if len(hits) > limit:
        gren, first, second, deltagare_id = hits[limit - 1]
        return Page(tuple(row for _, row in rows), Position(gren, (first, second), deltagare_id))
    if after is None:
        rows.sort(key=lambda pair: (not pair[1].is_masked, "" if pair[1].is_masked else pair[0], pair[1].id))
    return Page(tuple(row for _, row in rows), None)


def read_rad(session: Session, aktor: Aktor, deltagare_id: int, dag: date) -> DeltagareRow:
    """One person as in the list. Raises NotFoundError where the user may not know of the person. Eight
    statements."""
    access.require_known(session, aktor, deltagare_id)
    return _rows(session, aktor, [deltagare_id], dag)[0][1]


@dataclass(frozen=True, slots=True)
class _Sokning:
    """What the text can mean; `ord_` with the rarest word first."""

    ord_: tuple[str, ...] = ()
    nummer: tuple[str, ...] = ()
    arenden: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not (self.ord_ or self.nummer or self.arenden)


def _read(session: Session, text: str) -> _Sokning | None:
    plain = " ".join(text.split())
    if not plain:
        return _Sokning()
    nummer = _shortest(search_forms(plain))
    arenden = () if " " in plain else tuple(dict.fromkeys((plain, plain.upper())))
    ord_ = () if nummer else tuple(dict.fromkeys(words(plain)))
    if len(ord_) > 1:
        ord_ = _rarest_first(session, ord_)
    sokning = _Sokning(ord_, nummer, arenden)
    return None if sokning.is_empty else sokning


def _shortest(forms: Sequence[str]) -> tuple[str, ...]:
    """The forms without those that another one already covers."""
    return tuple(f for f in forms if not any(f != other and f.startswith(other) for other in forms))


def _rarest_first(session: Session, ord_: tuple[str, ...]) -> tuple[str, ...]:
    """One look at the index tells which word to read by: counting stops at PROBE."""
    counts = [
        select(func.count())
        .select_from(select(literal(1)).where(_begins(Sokord.ord, word)).limit(PROBE).subquery())
        .scalar_subquery()
        for word in ord_
    ]
    found = session.execute(select(*counts)).one()
    return tuple(word for _, _, word in sorted(zip(found, (-len(w) for w in ord_), ord_, strict=True)))


@dataclass(frozen=True, slots=True)
class _Gren:
    """One way to hits: its rows are read in the order of `nycklar` (at most two texts), then id."""

    nycklar: tuple[Any, ...]
    id: Any
    where: tuple[ColumnElement[bool], ...]
    tables: Any = Deltagare

    def page(self, number: int, after: Position | None, limit: int) -> Select[Any]:
        """The first rows beyond `after`, labelled with the number of the way."""
        order = (*self.nycklar, self.id)
        first, second = (*self.nycklar, literal(""), literal(""))[:2]
        query = select(first.label("ett"), second.label("tva"), self.id.label("id")).select_from(self.tables)
        if after is not None and after.gren == number:
            values = (*after.nyckel[: len(self.nycklar)], after.deltagare_id)
            query = query.where(tuple_(*order) > tuple_(*values))
        part = query.where(*self.where).order_by(*order).limit(limit).subquery()
        return select(literal(number).label("gren"), part.c.ett, part.c.tva, part.c.id)


@dataclass(frozen=True, slots=True)
class _Fraga:
    """What is asked for."""

    sokning: _Sokning
    aktor: Aktor
    dag: date
    urval: Urval


def _find(session: Session, fraga: _Fraga, after: Position | None, limit: int) -> Sequence[Any]:
    """The first hits beyond `after`.

    Those in a steg are sought among the next NEAR people of the alphabet, and where they are too few there
    the steg is so rare that it is read from the open inskrivningar: a walk would go through the register.
    """
    walks = fraga.urval.steg and fraga.sokning.is_empty and not fraga.urval.mina
    end = _look_ahead(session, after) if walks else None
    if end is None:
        return session.execute(_page(_grenar(fraga), after, limit)).all()
    hits = session.execute(_page(_grenar(fraga, tuple_(*_ALFABET) <= tuple_(*end)), after, limit)).all()
    if len(hits) == limit:
        return hits
    rare = Deltagare.id.in_(_may_be_in_steg(fraga.dag, fraga.urval.steg))
    return session.execute(_page(_grenar(fraga, rare), after, limit)).all()


def _look_ahead(session: Session, after: Position | None) -> tuple[str, int] | None:
    """The place in the alphabet NEAR people beyond `after`; None where the register ends before."""
    query = select(*_ALFABET)
    if after is not None and after.gren:
        query = query.where(tuple_(*_ALFABET) > tuple_(after.nyckel[0], after.deltagare_id))
    row = session.execute(query.order_by(*_ALFABET).offset(NEAR).limit(1)).first()
    return None if row is None else (row[0], row[1])


def _page(grenar: list[_Gren], after: Position | None, limit: int) -> Select[Any]:
    first = 0 if after is None else after.gren
    parts = [gren.page(number, after, limit) for number, gren in enumerate(grenar) if number >= first]
    c = union_all(*parts).subquery().c
    return select(c.gren, c.ett, c.tva, c.id).order_by(c.gren, c.ett, c.tva, c.id).limit(limit)


def _grenar(fraga: _Fraga, *more: ColumnElement[bool]) -> list[_Gren]:
    """The ways to the hits; no person is found by two of them. `more` is for those without protection.

    The first is that of the protected people whom the user is named for: their place in the list must not
    tell what they are called, so they come by id and before all others.
    """
    sokning, aktor, urval = fraga.sokning, fraga.aktor, fraga.urval
    chosen = tuple(_chosen(fraga.dag, urval))
    hidden = (false(),) if urval.enhet_id is not None else ()
    named = Deltagare.id.in_(access.own_ids(aktor) if urval.mina else access.named_ids(aktor))
    protected = (Deltagare.skyddad != access.OPEN, named, _matches(sokning), *chosen, *hidden)
    unprotected = (Deltagare.skyddad == access.OPEN, *more, *chosen)
    if urval.mina:
        ways = [_Gren((Deltagare.sortering,), Deltagare.id, (named, _matches(sokning), *unprotected))]
    elif sokning.is_empty:
        ways = [_Gren((Deltagare.sortering,), Deltagare.id, unprotected)]
    else:
        ways = [*_by_word(sokning, unprotected), *_by_nummer(sokning, unprotected)]
        ways += _by_arende(sokning, unprotected)
    return [_Gren((), Deltagare.id, protected), *ways]


def _by_word(sokning: _Sokning, where: tuple[ColumnElement[bool], ...]) -> list[_Gren]:
    """By the first word in the order of `sokord`; a person with two such words comes with the first of
    them."""
    if not sokning.ord_:
        return []
    first, others = sokning.ord_[0], sokning.ord_[1:]
    earlier = aliased(Sokord)
    twice = exists().where(
        earlier.deltagare_id == Sokord.deltagare_id, _begins(earlier.ord, first), earlier.ord < Sokord.ord
    )
    found = (_begins(Sokord.ord, first), ~twice, *(_has_word(Sokord.deltagare_id, w) for w in others))
    tables = join(Sokord, Deltagare, Deltagare.id == Sokord.deltagare_id)
    return [_Gren((Sokord.ord, Sokord.sortering), Sokord.deltagare_id, (*found, *where), tables)]


def _by_nummer(sokning: _Sokning, where: tuple[ColumnElement[bool], ...]) -> list[_Gren]:
    """By the number of today, then by earlier ones."""
    now = [
        _Gren((Deltagare.personnummer,), Deltagare.id, (_begins(Deltagare.personnummer, form), *where))
        for form in sokning.nummer
    ]
    other = aliased(TidigareNummer)
    twice = exists().where(
        other.deltagare_id == TidigareNummer.deltagare_id,
        _begins_any(other.personnummer, sokning.nummer),
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
            (_begins(TidigareNummer.personnummer, form), ~_has_nummer_now(sokning), ~twice, *where),
            tables,
        )
        for form in sokning.nummer
    ]
    return now + earlier


def _by_arende(sokning: _Sokning, where: tuple[ColumnElement[bool], ...]) -> list[_Gren]:
    """By ärendenummer as written or in capitals; a person already found by name or number is left out."""
    other = aliased(Arende)
    twice = exists().where(
        other.deltagare_id == Arende.deltagare_id,
        _begins_any(other.nummer, sokning.arenden),
        other.nummer < Arende.nummer,
    )
    before = or_(_has_words(sokning), _has_nummer(sokning))
    tables = join(Arende, Deltagare, Deltagare.id == Arende.deltagare_id)
    return [
        _Gren(
            (Arende.nummer,),
            Arende.deltagare_id,
            (_begins(Arende.nummer, form), ~twice, ~before, *where),
            tables,
        )
        for form in sokning.arenden
    ]


def _begins(column: Any, prefix: str) -> ColumnElement[bool]:
    return and_(column >= prefix, column < prefix + LAST)


def _begins_any(column: Any, prefixes: Sequence[str]) -> ColumnElement[bool]:
    return or_(false(), *(_begins(column, prefix) for prefix in prefixes))


def _has_word(deltagare_id: Any, word: str) -> ColumnElement[bool]:
    other = aliased(Sokord)
    return exists().where(other.deltagare_id == deltagare_id, _begins(other.ord, word))


def _has_words(sokning: _Sokning) -> ColumnElement[bool]:
    if not sokning.ord_:
        return false()
    return and_(*(_has_word(Deltagare.id, word) for word in sokning.ord_))


def _has_nummer_now(sokning: _Sokning) -> ColumnElement[bool]:
    return func.coalesce(_begins_any(Deltagare.personnummer, sokning.nummer), false())


def _has_nummer(sokning: _Sokning) -> ColumnElement[bool]:
    if not sokning.nummer:
        return false()
    other = aliased(TidigareNummer)
    earlier = exists().where(
        other.deltagare_id == Deltagare.id, _begins_any(other.personnummer, sokning.nummer)
    )
    return or_(_has_nummer_now(sokning), earlier)


def _has_arende(sokning: _Sokning) -> ColumnElement[bool]:
    other = aliased(Arende)
    return exists().where(other.deltagare_id == Deltagare.id, _begins_any(other.nummer, sokning.arenden))


def _matches(sokning: _Sokning) -> ColumnElement[bool]:
    """The search as a condition on a person, for those who are few to begin with."""
    if sokning.is_empty:
        return true()
    return or_(_has_words(sokning), _has_nummer(sokning), _has_arende(sokning))


def _is_inskriven(dag: date) -> ColumnElement[bool]:
    return exists().where(Inskrivning.deltagare_id == Deltagare.id, *_runs(dag))


def _chosen(dag: date, urval: Urval) -> Iterator[ColumnElement[bool]]:
    """The filters that hold for whomever the user may see."""
    if urval.pagaende:
        yield _is_inskriven(dag)
    if urval.steg:
        yield _is_in_steg(dag, urval.steg)
    if urval.enhet_id is not None:
        yield Deltagare.id.in_(_at_enhet(dag, urval.enhet_id))


def _is_in_steg(dag: date, steg: str) -> ColumnElement[bool]:
    """The row shows this steg. Asked of one person at a time: people in a steg are many, and a
    page needs few of them."""
    stands = (
        select(Steg.namn)
        .select_from(Inskrivning)
        .outerjoin(Stegperiod, and_(Stegperiod.inskrivning_id == Inskrivning.id, Stegperiod.fran <= dag))
        .outerjoin(Steg, Steg.id == Stegperiod.steg_id)
        .where(Inskrivning.deltagare_id == Deltagare.id, *_runs(dag))
        .order_by(
            Inskrivning.inskriven.desc(), Inskrivning.id.desc(), Stegperiod.fran.desc(), Steg.ordning.desc()
        )
        .limit(1)
        .correlate(Deltagare)
        .scalar_subquery()
    )
    return stands == steg


def _may_be_in_steg(dag: date, steg: str) -> Select[int]:
    """Ids of those with an inskrivning that came to the steg and to no other on a later day. Those who came
    to two on the same day, or are inskrivna twice, are among them: `_is_in_steg` judges."""
    later = aliased(Stegperiod)
    gone_on = exists().where(
        later.inskrivning_id == Stegperiod.inskrivning_id, later.fran > Stegperiod.fran, later.fran <= dag
    )
    # Asked of each inskrivning that runs, which are fewer than all that ever came to the steg.
    came = exists().where(
        Stegperiod.inskrivning_id == Inskrivning.id, Stegperiod.fran <= dag, ~gone_on,
        Stegperiod.steg_id == select(Steg.id).where(Steg.namn == steg).scalar_subquery(),
    )  # fmt: skip
    return select(Inskrivning.deltagare_id).where(*_runs(dag), came)


def _at_enhet(dag: date, enhet_id: int) -> Select[int]:
    """Ids of those who have an insats there on the day."""
    return (
        select(Inskrivning.deltagare_id)
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        .where(Insats.enhet_id == enhet_id, Insats.start <= dag)
        .where(or_(Insats.slut.is_(None), Insats.slut >= dag))
    )


def _runs(dag: date) -> tuple[ColumnElement[bool], ...]:
    ends = or_(Inskrivning.avslutad.is_(None), Inskrivning.avslutad >= dag)
    return Inskrivning.inskriven <= dag, ends


def _rows(session: Session, aktor: Aktor, ids: Sequence[int], dag: date) -> list[tuple[str, DeltagareRow]]:
    """The rows of these people in this order, each with its place in the alphabet. Seven statements."""
    query = select(
        Deltagare.id, Deltagare.skyddad, Deltagare.fornamn, Deltagare.efternamn, Deltagare.personnummer,
        Deltagare.fodelsedatum, Deltagare.kon, Deltagare.sortering,
    ).where(Deltagare.id.in_(ids))  # fmt: skip
    people = {row.id: row for row in session.execute(query)}
    arenden = _arenden(session, ids)
    inskrivningar = _inskrivningar(session, ids, dag)
    insatser = _insatser(session, [i["inskrivning_id"] for i in inskrivningar.values()], dag)
    krav = list_krav(session, aktor, [a.id for a in arenden.values() if a.avslutat is None], dag)
    rows = []
    for deltagare_id in ids:
        person, arende = people[deltagare_id], arenden.get(deltagare_id)
        inskrivning = dict(inskrivningar.get(deltagare_id, {}))
        insats = insatser.get(inskrivning.pop("inskrivning_id", 0), {})
        row = DeltagareRow(
            **_identity(person, dag),
            arende=arende.nummer if arende else "",
            handlaggare=arende.handlaggare if arende else "",
            krav=krav.get(arende.id) if arende else None,
            **inskrivning,
            **insats,
        )
        rows.append((person.sortering, row))
    return rows


def _identity(person: Any, dag: date) -> dict[str, Any]:
    if not access.is_open(person.skyddad):
        masked = {"namn": access.MASK, "personnummer": "", "alder": None, "kon": None}
        return {"id": person.id, "skyddad": person.skyddad, **masked}
    return {
        "id": person.id,
        "skyddad": person.skyddad,
        "namn": f"{person.fornamn} {person.efternamn}",
        "personnummer": format_nummer(person.personnummer) if person.personnummer else "",
        "alder": age_on(person.fodelsedatum, dag) if person.fodelsedatum else None,
        "kon": person.kon,
        "sortering": person.sortering,
    }


def _arenden(session: Session, ids: Sequence[int]) -> dict[int, Any]:
    """The ärende that a person is known by: the open one, else the latest."""
    namn = func.coalesce(Medarbetare.namn, Arende.handlaggare).label("handlaggare")
    query = (
        select(Arende.id, Arende.deltagare_id, Arende.nummer, Arende.avslutat, namn)
        .outerjoin(Medarbetare, Medarbetare.signatur == Arende.handlaggare)
        .where(Arende.deltagare_id.in_(ids))
        .order_by(Arende.avslutat.is_(None), Arende.ansokan, Arende.id)
    )
    return {row.deltagare_id: row for row in session.execute(query)}


def _inskrivningar(session: Session, ids: Sequence[int], dag: date) -> dict[int, dict[str, Any]]:
    """The running inskrivning of each person and the steg it stands in."""
    namn = func.coalesce(Medarbetare.namn, Inskrivning.koordinator).label("koordinator")
    query = (
        select(
            Inskrivning.deltagare_id, Inskrivning.id, Inskrivning.inskriven, namn,
            Steg.namn.label("steg"), Stegperiod.fran,
        )
        .outerjoin(Medarbetare, Medarbetare.signatur == Inskrivning.koordinator)
        .outerjoin(Stegperiod, and_(Stegperiod.inskrivning_id == Inskrivning.id, Stegperiod.fran <= dag))
        .outerjoin(Steg, Steg.id == Stegperiod.steg_id)
        .where(Inskrivning.deltagare_id.in_(ids), *_runs(dag))
        .order_by(Inskrivning.inskriven, Inskrivning.id, Stegperiod.fran, Steg.ordning)
    )  # fmt: skip
    return {
        row.deltagare_id: {
            "inskrivning_id": row.id,
            "inskriven": row.inskriven,
            "koordinator": row.koordinator,
            "steg": row.steg or "",
            "steg_fran": row.fran,
        }
        for row in session.execute(query)
    }


def _insatser(session: Session, inskrivning_ids: Sequence[int], dag: date) -> dict[int, dict[str, Any]]:
    """The insats that runs on the day in each inskrivning, the latest begun where there are several."""
    query = (
        select(
            Insats.inskrivning_id, Insatstyp.namn.label("insats"), Enhet.namn.label("enhet"),
            func.coalesce(Insats.slut, Insats.planerat_slut).label("slut"),
        )
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .outerjoin(Enhet, Enhet.id == Insats.enhet_id)
        .where(
            Insats.inskrivning_id.in_(inskrivning_ids),
            Insats.start <= dag,
            or_(Insats.slut.is_(None), Insats.slut >= dag),
        )
        .order_by(Insats.start, Insats.id)
    )  # fmt: skip
    return {
        row.inskrivning_id: {"insats": row.insats, "enhet": row.enhet or "", "insats_slut": row.slut}
        for row in session.execute(query)
    }
