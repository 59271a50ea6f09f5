"""The board of the flow: every open inskrivning in its steg on a day, and what comes next for it.

Only what is open is read, so the board costs the same however many have been closed.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import ColumnElement, and_, exists, func, not_, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Enhet, Insats, Insatstyp, Inskrivning, Mote, Steg, Stegperiod
from db.queries import access
from db.queries.figurer.gemensamt import born_after, runs
from db.queries.idag.rows import Person
from db.queries.idag.scope import PERSON, find_arendenummer, make_person
from db.rules.period import age_on
from db.rules.text import sort_key

UTAN_STEG = 0


@dataclass(frozen=True, slots=True)
class FlodeUrval:
    """Whom the flow is shown for; what is empty leaves nobody out. `enhet_id`: an insats is running there."""

    spar: str = ""
    enhet_id: int | None = None
    koordinator: str = ""
    kon: str = ""
    aldrar: tuple[int | None, int | None] = (None, None)
    omrade: str = ""

    @property
    def namn(self) -> str:
        """What is chosen as one word, the same for the same choice; "" for everybody. At most 120 signs."""
        if self == FlodeUrval():
            return ""
        return sha256(repr(self).encode()).hexdigest()

    def villkor(self, dag: date) -> tuple[ColumnElement[bool], ...]:
        """The conditions on Inskrivning and Deltagare, as it is on `dag`."""
        yngst, aldst = self.aldrar
        found = [
            (self.spar, Inskrivning.spar == self.spar),
            (self.koordinator, Inskrivning.koordinator == self.koordinator),
            (self.kon, Deltagare.kon == self.kon),
            # Where somebody protected lives is known to nobody here.
            (self.omrade, and_(Deltagare.omrade == self.omrade, Deltagare.skyddad == access.OPEN)),
            (self.enhet_id, and_(Deltagare.skyddad == access.OPEN, _is_at(self.enhet_id, dag))),
            (yngst, not_(born_after(dag, yngst or 0))),
            (aldst, born_after(dag, (aldst or 0) + 1)),
        ]
        return tuple(villkor for wanted, villkor in found if wanted)


ALLA = FlodeUrval()


def _is_at(enhet_id: int | None, dag: date) -> ColumnElement[bool]:
    return exists().where(
        Insats.inskrivning_id == Inskrivning.id, Insats.enhet_id == enhet_id,
        runs(Insats.start, Insats.slut, dag, dag),
    )  # fmt: skip


@dataclass(frozen=True, slots=True)
class FlodeVal:
    """What can be chosen among those who are inskrivna: values in Swedish order, enheter with id and name."""

    spar: tuple[str, ...]
    koordinatorer: tuple[str, ...]
    omraden: tuple[str, ...]
    enheter: tuple[tuple[int, str], ...]


@dataclass(frozen=True, slots=True)
class Kolumn:
    """A steg of the flow: the days that one should stand there at most, and how many at a time.

    `id` is UTAN_STEG for those who have come to no steg.
    """

    id: int
    namn: str
    riktvarde: int | None = None
    grans: int | None = None
    aktiv: bool = True


@dataclass(frozen=True, slots=True)
class Lage:
    """Where an open inskrivning stands: the steg, since which day, and the days since then."""

    steg_id: int
    sedan: date
    dagar: int


@dataclass(frozen=True, slots=True)
class TavlaKort:
    """An open inskrivning. `pagar` and `slutar` tell of the insats that ends first, `kommer` and `startar` of
    the one that begins next; `bokad` is the next möte."""

    inskrivning_id: int
    person: Person
    kon: str | None
    alder: int | None
    omrade: str
    spar: str
    koordinator: str
    inskriven: date
    lage: Lage
    bokad: date | None = None
    pagar: str = ""
    slutar: date | None = None
    kommer: str = ""
    startar: date | None = None
    enheter: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Tavla:
    """The columns in order, and the cards in them: who has stood longest first."""

    kolumner: tuple[Kolumn, ...]
    kort: tuple[TavlaKort, ...]


@dataclass(slots=True)
class _Insatser:
    """What an inskrivning takes part in now, and what comes."""

    pagar: str = ""
    slutar: date | None = None
    kommer: str = ""
    startar: date | None = None
    enheter: list[str] = field(default_factory=list)

    def add(self, typ: str, enhet: str | None, start: date, slut: date | None, dag: date) -> None:
        if start > dag:
            if self.startar is None or start < self.startar:
                self.kommer, self.startar = typ, start
            return
        if enhet and enhet not in self.enheter:
            self.enheter.append(enhet)
        if not self.pagar or (slut or date.max) < (self.slutar or date.max):
            self.pagar, self.slutar = typ, slut


def read_tavla(session: Session, aktor: Aktor, dag: date, urval: FlodeUrval = ALLA) -> Tavla:
    """The board on `dag`. Six statements at most; people whom the user may not know of are not on it."""
    kolumner = read_kolumner(session)
    lagen = find_lagen(session, dag, *is_open(dag))
    insatser = _find_insatser(session, dag)
    moten = _find_moten(session, dag)
    kort = [
        _card(values, lagen, insatser, moten, dag)
        for values in session.execute(
            select(
                Inskrivning.id, Inskrivning.spar, Inskrivning.koordinator, Inskrivning.inskriven,
                Deltagare.kon, Deltagare.fodelsedatum, Deltagare.omrade, *PERSON,
            )
            .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
            .where(*is_open(dag), access.may_know(aktor), *urval.villkor(dag))
        )
    ]  # fmt: skip
    kort = _with_arende(session, kort)
    kort.sort(key=lambda k: (-k.lage.dagar, k.person.sortering, k.inskrivning_id))
    steg = {k.lage.steg_id for k in kort}
    utan = (Kolumn(UTAN_STEG, "Utan steg"),) if UTAN_STEG in steg else ()
    return Tavla(utan + tuple(k for k in kolumner if k.aktiv or k.id in steg), tuple(kort))


def read_kolumner(session: Session) -> tuple[Kolumn, ...]:
    """Every steg in order, also those no longer in use. One statement."""
    rows = session.execute(
        select(Steg.id, Steg.namn, Steg.riktvarde_dagar, Steg.grans, Steg.aktiv).order_by(
            Steg.ordning, Steg.id
        )
    )
    return tuple(Kolumn(*row) for row in rows)


def read_val(session: Session, aktor: Aktor, dag: date) -> FlodeVal:
    """What the flow can be filtered by on `dag`. Four statements."""

    def values(column: Any, *more: ColumnElement[bool]) -> tuple[str, ...]:
        query = (
            select(column)
            .select_from(Inskrivning)
            .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
            .distinct()
        )
        found = session.scalars(query.where(*is_open(dag), column != "", access.may_know(aktor), *more))
        return tuple(sorted(found, key=sort_key))

    enheter = session.execute(select(Enhet.id, Enhet.namn))
    return FlodeVal(
        values(Inskrivning.spar),
        values(Inskrivning.koordinator),
        values(Deltagare.omrade, Deltagare.skyddad == access.OPEN),
        tuple(sorted(((row.id, row.namn) for row in enheter), key=lambda pair: sort_key(pair[1]))),
    )


def find_lagen(session: Session, dag: date, *villkor: ColumnElement[bool]) -> dict[int, Lage]:
    """Where each inskrivning that fits the conditions stands on `dag`, by id, as db.rules.flode says. Those
    who have come to no steg are left out. One statement."""
    senaste = (
        select(Stegperiod.id)
        .join(Steg, Steg.id == Stegperiod.steg_id)
        .where(Stegperiod.inskrivning_id == Inskrivning.id, Stegperiod.fran <= dag)
        .order_by(Stegperiod.fran.desc(), Steg.ordning.desc(), Steg.id.desc())
        .limit(1)
        .correlate(Inskrivning)
        .scalar_subquery()
    )
    query = (
        select(Inskrivning.id, Stegperiod.steg_id, Stegperiod.fran, Inskrivning.inskriven)
        .join(Stegperiod, Stegperiod.id == senaste)
        .where(*villkor)
    )
    return {
        inskrivning_id: Lage(steg_id, max(fran, inskriven), (dag - max(fran, inskriven)).days)
        for inskrivning_id, steg_id, fran, inskriven in session.execute(query)
    }


def is_open(dag: date) -> tuple[Any, ...]:
    """Who is avslutad today has left the board, though the figures of the day still hold them."""
    return Inskrivning.avslutad.is_(None), Inskrivning.inskriven <= dag


def _find_insatser(session: Session, dag: date) -> dict[int, _Insatser]:
    query = (
        select(
            Insats.inskrivning_id, Insatstyp.namn, Enhet.namn, Insats.start,
            func.coalesce(Insats.slut, Insats.planerat_slut),
        )
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .outerjoin(Enhet, Enhet.id == Insats.enhet_id)
        .where(*is_open(dag), or_(Insats.slut.is_(None), Insats.slut >= dag))
        .order_by(Insats.inskrivning_id, Insats.start, Insats.id)
    )  # fmt: skip
    found: dict[int, _Insatser] = {}
    for inskrivning_id, typ, enhet, start, slut in session.execute(query):
        found.setdefault(inskrivning_id, _Insatser()).add(typ, enhet, start, slut, dag)
    return found


def _find_moten(session: Session, dag: date) -> dict[int, date]:
    """The next möte of each person with an open inskrivning."""
    query = (
        select(Mote.deltagare_id, func.min(Mote.datum))
        .join(Inskrivning, Inskrivning.deltagare_id == Mote.deltagare_id)
        .where(*is_open(dag), Mote.datum >= dag, Mote.uteblev.is_(False))
        .group_by(Mote.deltagare_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}


def _card(
    values: Any,
    lagen: Mapping[int, Lage],
    insatser: Mapping[int, _Insatser],
    moten: Mapping[int, date],
    dag: date,
) -> TavlaKort:
    inskrivning_id, spar, koordinator, inskriven, kon, fodd, omrade, *person = values
    lage = lagen.get(inskrivning_id) or Lage(UTAN_STEG, inskriven, (dag - inskriven).days)
    egna = insatser.get(inskrivning_id) or _Insatser()
    vem = make_person(person)
    return TavlaKort(
        inskrivning_id, vem, kon, age_on(fodd, dag) if fodd else None,
        # Where somebody protected lives is known to nobody here.
        "" if vem.is_masked else omrade or "",
        spar, koordinator, inskriven, lage, moten.get(vem.id),
        egna.pagar, egna.slutar, egna.kommer, egna.startar,
        () if vem.is_masked else tuple(egna.enheter),
    )  # fmt: skip


def _with_arende(session: Session, kort: Iterable[TavlaKort]) -> list[TavlaKort]:
    """The ärendenummer in the place of a protected person's number."""
    kort = list(kort)
    masked = [k.person.id for k in kort if k.person.is_masked]
    nummer = find_arendenummer(session, masked) if masked else {}
    return [
        replace(k, person=replace(k.person, nummer=nummer.get(k.person.id, ""))) if k.person.is_masked else k
        for k in kort
    ]
