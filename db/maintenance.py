"""Checks of a register as a whole: the file, the references, what is derived, and the sealed history."""

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter

from sqlalchemy import ColumnElement, Select, and_, exists, func, not_, select, text
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session, aliased

from db.aktor import Aktor
from db.history import NEW, REMOVED, broken_seals
from db.models import Andring, Base, Deltagare, Handelse, Sokord, TidigareNummer
from db.queries.frysta import list_skadade
from db.rules import namn
from db.session import Store

MOST = 50  # faults told of each kind
IN_PARTS = {"yield_per": 5_000}
Report = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong: what was checked (`omrade`) and a sentence with rows by id, never people."""

    omrade: str
    text: str


def check_register(store: Store, aktor: Aktor, report: Report | None = None) -> list[Fault]:
    """Everything found wrong, at most MOST of each kind and then how many more; [] when all is sound.

    Only reads, and sees one moment of the register. `report` hears checks done and in all, and may raise to
    stop. Raises StoreError when the register cannot be read at all.
    """
    faults: list[Fault] = []
    with store.read(aktor) as session:
        for done, (omrade, check) in enumerate(CHECKS.items()):
            if report:
                report(done, len(CHECKS))
            faults += _first(omrade, check, session)
    return faults


def _first(omrade: str, check: Callable[[Session], Iterable[str]], session: Session) -> list[Fault]:
    told: list[str] = []
    try:
        found = iter(check(session))
        told += islice(found, MOST)
        more = sum(1 for _ in found)
        told += [f"… och {more} till."] if more else []
    except DatabaseError:
        told.append("Det gick inte att läsa alla rader. Filen är skadad.")
    return [Fault(omrade, sentence) for sentence in told]


def _check_file(session: Session) -> Iterator[str]:
    if session.get_bind().dialect.name == "sqlite":
        for (told,) in session.execute(text("PRAGMA integrity_check(1000)")):
            if told != "ok":
                yield f"Filen är skadad: {told}."


def _check_references(session: Session) -> Iterator[str]:
    if session.get_bind().dialect.name == "sqlite":
        for table, row, parent, _key in session.execute(text("PRAGMA foreign_key_check")):
            yield f"Rad {row} i {table} hänvisar till en rad i {parent} som inte finns."


def _check_sorting(session: Session) -> Iterator[str]:
    people = select(Deltagare.id, Deltagare.efternamn, Deltagare.fornamn, Deltagare.sortering)
    for row, efternamn, fornamn, sortering in session.execute(people, execution_options=IN_PARTS):
        if sortering != namn.sortering(efternamn, fornamn):
            yield f"Rad {row} i deltagare har fel plats i bokstavsordningen."


def _check_words(session: Session) -> Iterator[str]:
    """Reads people and words side by side in the order of the people's ids."""
    people = select(Deltagare.id, Deltagare.efternamn, Deltagare.fornamn, Deltagare.sortering)
    stored = _words(session)
    following = next(stored, None)
    for row, efternamn, fornamn, sortering in session.execute(
        people.order_by(Deltagare.id), execution_options=IN_PARTS
    ):
        own: set[tuple[str, str]] = set()
        if following and following[0] == row:
            own = following[1]
            following = next(stored, None)
        if own != {(word, sortering) for word in namn.sokord(efternamn, fornamn)}:
            yield f"Rad {row} i deltagare har fel sökord, så personen hittas inte på sitt namn."


def _words(session: Session) -> Iterator[tuple[int, set[tuple[str, str]]]]:
    # Words of people who are gone belong to the references; here they would upset the rows after.
    asked = (
        select(Sokord.deltagare_id, Sokord.ord, Sokord.sortering)
        .join(Deltagare, Deltagare.id == Sokord.deltagare_id)
        .order_by(Sokord.deltagare_id)
    )
    rows = session.execute(asked, execution_options=IN_PARTS)
    for row, group in groupby(rows, key=itemgetter(0)):
        yield row, {(word, sortering) for _, word, sortering in group}


def _check_seals(session: Session) -> Iterator[str]:
    for act in broken_seals(session):
        yield f"Händelse {act} i historiken är ändrad i efterhand, eller så saknas det något före den."


def _check_tail(session: Session) -> Iterator[str]:
    """The database remembers the last id it gave: acts cut off the end of the history show."""
    if session.get_bind().dialect.name != "sqlite":
        return
    last = session.execute(select(func.max(Handelse.id))).scalar_one() or 0
    given = session.execute(text("SELECT seq FROM sqlite_sequence WHERE name = 'handelse'")).scalar() or 0
    if last != given:
        yield f"Historiken slutar vid händelse {last}, men händelse {given} har funnits."


def _check_frozen(session: Session) -> Iterator[str]:
    yield from list_skadade(session)


def _check_removed(session: Session) -> Iterator[str]:
    """Rows that the history made and never removed must be there still."""
    for mapper in Base.registry.mappers:
        model = mapper.class_
        if "id" in model.__table__.columns and model is not TidigareNummer:  # which goes with its person
            for row in session.execute(_gone(model.__tablename__, model.id)).scalars():
                yield f"Rad {row} i {model.__tablename__} är borta utan att historiken säger varför."


def _gone(table: str, identity: ColumnElement[int]) -> Select[int]:
    later = aliased(Andring)
    removed = exists().where(
        and_(later.tabell == table, later.rad_id == Andring.rad_id, later.falt == REMOVED)
    )
    return (
        select(Andring.rad_id)
        .where(Andring.tabell == table, Andring.falt == NEW)
        .where(not_(exists().where(identity == Andring.rad_id)), not_(removed))
        .order_by(Andring.rad_id)
    )


CHECKS: dict[str, Callable[[Session], Iterable[str]]] = {
    "filen": _check_file,
    "hänvisningarna": _check_references,
    "bokstavsordningen": _check_sorting,
    "sökorden": _check_words,
    "frysta rapporter": _check_frozen,
    "raderna": _check_removed,
    "historikens kedja": _check_seals,
    "historikens slut": _check_tail,
}
