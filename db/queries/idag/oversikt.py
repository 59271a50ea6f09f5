"""What stands beside the work lists: the day's möten, the user's people, and one of them looked at."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, func, or_, select, union
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Arende, Deltagare, Inskrivning, Mote, Resultat, Steg
from db.queries import access
from db.queries.flode import steg_on
from db.queries.idag.rows import Person
from db.queries.idag.scope import PERSON, Omfang, Scope, find_arendenummer, load_scope, make_person


@dataclass(frozen=True, slots=True)
class TidRow:
    """A möte of the day; `tid` is HH:MM or empty, `tolk` the language where one is needed."""

    mote_id: int
    person: Person
    tid: str
    langd: int | None
    form: str
    syfte: str
    plats: str
    tolk: str
    uteblev: bool


@dataclass(frozen=True, slots=True)
class Oversikt:
    """The user's people today: by kön (the rest is uppgift saknas), by steg, and those who left this year to
    egen försörjning (R9, Botkyrka's count). `enheten` and `alla` are how many people the other scopes hold,
    `spar` what the unit is called."""

    antal: int = 0
    kvinnor: int = 0
    man: int = 0
    steg: tuple[tuple[str, int], ...] = ()
    egen_forsorjning: int = 0
    spar: str = ""
    enheten: int = 0
    alla: int = 0


def list_tider(session: Session, aktor: Aktor, dag: date) -> tuple[TidRow, ...]:
    """The möten of the day that the user holds, or somebody else with one of the user's people when nobody is
    named for it; by time, those without one last. Three statements at most."""
    scope = load_scope(session, aktor, Omfang.MINA)
    mine: ColumnElement[bool] = access.is_named(Mote.signatur, aktor)
    if scope.ids:
        mine = or_(mine, and_(Mote.signatur == "", Mote.deltagare_id.in_(scope.ids)))
    query = (
        select(
            Mote.id, Mote.tid, Mote.langd, Mote.form, Mote.syfte, Mote.plats, Deltagare.tolk, Mote.uteblev,
            *PERSON,
        )
        .join(Deltagare, Deltagare.id == Mote.deltagare_id)
        .where(Mote.datum == dag, mine, access.may_know(aktor))
        .order_by(Mote.tid == "", Mote.tid, Mote.id)
    )  # fmt: skip
    found = session.execute(query).all()
    masked = [row[8] for row in found if not access.is_open(row[9])]
    nummer = find_arendenummer(session, masked) if masked else {}
    rows = []
    for mote_id, tid, langd, form, syfte, plats, tolk, uteblev, *values in found:
        person = make_person(values)
        if person.is_masked:
            # Where and in what language tells of a person whose place is nobody's business.
            person = Person(person.id, person.skyddad, person.namn, nummer.get(person.id, ""), "")
            plats = tolk = ""
        rows.append(TidRow(mote_id, person, tid, langd, form, syfte, plats, tolk, uteblev))
    return tuple(rows)


def read_oversikt(session: Session, aktor: Aktor, dag: date) -> Oversikt:
    """The figures of the side panel and the size of each scope. Seven statements, six without people."""
    scope, unit = load_scope(session, aktor, Omfang.MINA), load_scope(session, aktor, Omfang.ENHETEN)
    kon, alla = _by_kon(session, scope), _count_people(session, Scope(aktor, None))
    return Oversikt(
        sum(kon.values()), kon.get("K", 0), kon.get("M", 0), _by_steg(session, scope, dag),
        _till_egen_forsorjning(session, aktor, dag), unit.spar or "",
        alla if unit.spar is None else _count_people(session, unit), alla,
    )  # fmt: skip


def _by_kon(session: Session, scope: Scope) -> dict[str | None, int]:
    query = select(Deltagare.kon, func.count()).where(Deltagare.id.in_(scope.ids or ()))
    return dict(session.execute(query.group_by(Deltagare.kon)).all())


def _by_steg(session: Session, scope: Scope, dag: date) -> tuple[tuple[str, int], ...]:
    """How many of the people stand in each steg, in the order of the flow; steg without anybody too."""
    now = select(steg_on(dag).label("steg_id")).where(
        Inskrivning.deltagare_id.in_(scope.ids or ()), Inskrivning.avslutad.is_(None)
    )
    rows = now.subquery()
    query = (
        select(Steg.namn, func.count(rows.c.steg_id))
        .outerjoin(rows, rows.c.steg_id == Steg.id)
        .group_by(Steg.id, Steg.namn, Steg.ordning)
        .order_by(Steg.ordning)
    )
    return tuple((namn, antal) for namn, antal in session.execute(query))


def _till_egen_forsorjning(session: Session, aktor: Aktor, dag: date) -> int:
    query = (
        select(func.count(Inskrivning.deltagare_id.distinct()))
        .join(Resultat, Resultat.namn == Inskrivning.resultat)
        .where(
            access.is_named(Inskrivning.koordinator, aktor), Resultat.egen_forsorjning,
            Inskrivning.avslutad >= dag.replace(month=1, day=1), Inskrivning.avslutad <= dag,
        )
    )  # fmt: skip
    return session.execute(query).scalar_one()


def _count_people(session: Session, scope: Scope) -> int:
    """Everybody of the scope with something open."""
    open_ = union(
        select(Arende.deltagare_id).where(Arende.avslutat.is_(None)),
        select(Inskrivning.deltagare_id).where(Inskrivning.avslutad.is_(None)),
    ).subquery()
    query = select(func.count()).select_from(open_).join(Deltagare, Deltagare.id == open_.c.deltagare_id)
    return session.execute(query.where(scope.people(Deltagare.id))).scalar_one()
