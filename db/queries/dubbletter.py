"""Who may already be in the register while somebody is being registered: the likely doubles."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, or_, select, union
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Arende, Deltagare, Sokord, TidigareNummer
from db.queries import access
from db.queries.deltagare_sok import LAST
from db.rules.namnlikhet import is_like, is_same
from db.rules.personnummer import format_nummer
from db.rules.text import sort_key, words

MOST = 6
READ = 200  # people of one name looked at: the likely ones are among few


class Skal(StrEnum):
    """Why somebody is likely to be the same person, the surest first."""

    SAMMA_NUMMER = "samma nummer"
    TIDIGARE_NUMMER = "hade numret tidigare"
    SAMMA_DAG = "född samma dag, liknande namn"
    SAMMA_NAMN = "samma namn"


@dataclass(frozen=True, slots=True)
class Sokt:
    """What is known so far of the one being registered; `nummer` is twelve characters."""

    nummer: str | None = None
    fodelsedatum: date | None = None
    fornamn: str = ""
    efternamn: str = ""


@dataclass(frozen=True, slots=True)
class DubblettRow:
    """Somebody registered. A protected person is masked and told by an ärendenummer."""

    id: int
    namn: str
    personnummer: str
    fodelsedatum: date | None
    skal: Skal
    is_masked: bool = False


def find_dubbletter(
    session: Session, aktor: Aktor, sokt: Sokt, utom_id: int | None = None
) -> tuple[DubblettRow, ...]:
    """The likely doubles among those that the acting user may know of, the surest first, at most six.

    Birth dates are looked for through the numbers that hold them and names by their place in the alphabet,
    so the cost is the same in a register of any size. Five statements at most.
    """
    found: dict[int, tuple[Skal, Any]] = {}
    for skal, people in _ways(session, aktor, sokt):
        for person in people:
            if person.id != utom_id:
                found.setdefault(person.id, (skal, person))
    chosen = sorted(found.values(), key=lambda pair: (list(Skal).index(pair[0]), pair[1].id))[:MOST]
    arenden = _arenden(session, [p.id for _, p in chosen if not access.is_open(p.skyddad)])
    return tuple(_row(skal, person, arenden) for skal, person in chosen)


def _ways(session: Session, aktor: Aktor, sokt: Sokt) -> Iterable[tuple[Skal, Iterable[Any]]]:
    name = (sokt.fornamn, sokt.efternamn)
    if sokt.nummer:
        had = select(TidigareNummer.deltagare_id).where(TidigareNummer.personnummer == sokt.nummer)
        yield Skal.SAMMA_NUMMER, _people(session, aktor, Deltagare.personnummer == sokt.nummer)
        yield Skal.TIDIGARE_NUMMER, _people(session, aktor, Deltagare.id.in_(had))
    if sokt.fodelsedatum and sokt.fornamn:
        born = _people(session, aktor, _is_born(sokt.fodelsedatum))
        yield Skal.SAMMA_DAG, (p for p in born if is_like(*name, p.fornamn, p.efternamn))
    if words(sokt.fornamn) and words(sokt.efternamn):
        named = _people(session, aktor, _has_words(sokt))
        yield Skal.SAMMA_NAMN, (p for p in named if is_same(*name, p.fornamn, p.efternamn))


def _people(session: Session, aktor: Aktor, condition: ColumnElement[bool]) -> Iterable[Any]:
    query = select(
        Deltagare.id, Deltagare.skyddad, Deltagare.fornamn, Deltagare.efternamn, Deltagare.personnummer,
        Deltagare.fodelsedatum,
    ).where(condition, access.may_know(aktor))  # fmt: skip
    return session.execute(query.limit(READ)).all()


def _is_born(day: date) -> ColumnElement[bool]:
    """A number begins with the birth date, a samordningsnummer with the day + 60; few people have none."""
    digits = (f"{day:%Y%m%d}", f"{day:%Y%m}{day.day + 60}")
    begins = (and_(Deltagare.personnummer >= d, Deltagare.personnummer < d + LAST) for d in digits)
    return or_(*begins, and_(Deltagare.personnummer.is_(None), Deltagare.fodelsedatum == day))


def _has_words(sokt: Sokt) -> ColumnElement[bool]:
    """Names with the first förnamn, at the place in the alphabet of the efternamn, or the two the other way
    round; of people whose birth date may be the same."""
    ways = ((sokt.fornamn, sokt.efternamn), (sokt.efternamn, sokt.fornamn))
    named = Deltagare.id.in_(union(*(_named(word, place) for word, place in ways)))
    return named if sokt.fodelsedatum is None else and_(named, Deltagare.fodelsedatum.is_(None))


def _named(word: str, place: str) -> Select[int]:
    """One range of the index, however common the names are."""
    begins = sort_key(place).split()[0]
    return select(Sokord.deltagare_id).where(
        Sokord.ord == words(word)[0], Sokord.sortering >= begins, Sokord.sortering < begins + LAST
    )


def _arenden(session: Session, ids: list[int]) -> dict[int, str]:
    if not ids:
        return {}
    query = select(Arende.deltagare_id, Arende.nummer).where(Arende.deltagare_id.in_(ids))
    order = query.order_by(Arende.avslutat.is_(None), Arende.ansokan, Arende.id)
    return {row.deltagare_id: row.nummer for row in session.execute(order)}


def _row(skal: Skal, person: Any, arenden: dict[int, str]) -> DubblettRow:
    if not access.is_open(person.skyddad):
        arende = arenden.get(person.id, "")
        return DubblettRow(person.id, f"{access.MASK} {arende}".strip(), "", None, skal, True)
    number = format_nummer(person.personnummer) if person.personnummer else ""
    namn = f"{person.fornamn} {person.efternamn}"
    return DubblettRow(person.id, namn, number, person.fodelsedatum, skal)
