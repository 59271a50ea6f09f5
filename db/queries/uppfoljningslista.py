"""The follow-ups of avslut as a list: placed and chosen among here, people fetched by pages.

What comes later and what is done may be tens of thousands: it is counted, and read when it is looked at.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, and_, func, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Inskrivning, Medarbetare, Uppfoljning
from db.queries import access
from db.queries.idag.avslut import awaits_month, is_first_undone
from db.queries.idag.rows import Person
from db.queries.idag.scope import PERSON, Omfang, Scope, load_scope, make_people
from db.rules.avslut import find_bekraftelsedag
from db.rules.idag import UPPFOLJNING_DAGAR
from db.rules.koder import Uppfoljningsslag
from db.rules.ordning import choose_known, sort_known
from db.rules.uppfoljning import Lage, find_manadens_dag, place_uppfoljning

_EN_MANAD = Uppfoljningsslag.EN_MANAD.value
_AVSLUT = (
    Inskrivning.id, Inskrivning.avslutad, Inskrivning.resultat, Inskrivning.minst_en_manad,
    Inskrivning.arbete_fran, Inskrivning.koordinator, Deltagare.id, Deltagare.kon, Deltagare.skyddad,
    Deltagare.sortering,
)  # fmt: skip


_UPPFOLJNING = (
    Uppfoljning.id, Uppfoljning.slag, Uppfoljning.planerad, Uppfoljning.genomford, Uppfoljning.forsorjning,
)  # fmt: skip
UPPGIFT_SAKNAS = "-"  # what stands for a kön that is not known


class Flik(StrEnum):
    """What the list is narrowed to."""

    ATT_GORA = "att_gora"
    PASSERADE = "passerade"
    SNART = "snart"
    SENARE = "senare"
    BEKRAFTA = "bekrafta"
    GJORDA = "gjorda"
    UTAN_SVAR = "utan_svar"


GJORT = (Flik.GJORDA, Flik.UTAN_SVAR)
SEDAN = (Flik.SENARE, *GJORT)  # only counted until it is looked at
Sedan = Counter[tuple[Flik, str, str, str]]  # by slag, result and kön


@dataclass(frozen=True, slots=True)
class Uppfoljningslage:
    """A follow-up and its avslut. `dag` is the day it was done, else due; without `id` it is the month of an
    avslut that nobody has planned (R10). `vantar`: the month is not confirmed. `sortering` is empty for a
    protected person."""

    id: int | None
    inskrivning_id: int
    deltagare_id: int
    slag: str
    dag: date
    lage: Lage
    avslutad: date
    resultat: str
    minst_en_manad: bool | None
    forsorjning: str | None
    vantar: bool
    koordinator: str
    kon: str | None
    sortering: str

    @property
    def is_done(self) -> bool:
        """Whether somebody carried it out."""
        return self.lage in ("gjord", "utan_svar")

    def may_confirm(self, dag: date) -> bool:
        """Whether the month has gone on `dag` and can be told of (R10)."""
        return self.vantar and self.dag <= dag


@dataclass(frozen=True, slots=True)
class UppfoljningUrval:
    """What the list is narrowed to; what is empty leaves nothing out. `kon` may be
    UPPGIFT_SAKNAS."""

    flik: Flik = Flik.ATT_GORA
    slag: str = ""
    resultat: str = ""
    kon: str = ""


@dataclass(frozen=True, slots=True)
class UppfoljningRad:
    """A row with its person and the name of the koordinator."""

    lage: Uppfoljningslage
    person: Person
    koordinator: str


def list_lagen(
    session: Session,
    aktor: Aktor,
    dag: date,
    omfang: Omfang,
    gjorda: tuple[date, date],
    flik: Flik = Flik.ATT_GORA,
) -> tuple[Uppfoljningslage, ...]:
    """The follow-ups of `flik` and all that is to be done by now, as they stand on `dag`; of those done the
    ones of the span `gjorda`. Three statements at most."""
    scope, senast = load_scope(session, aktor, omfang), _senast(dag)
    read = [_undone(Uppfoljning.planerad <= senast)]
    if flik is Flik.SENARE:
        read.append(_undone(Uppfoljning.planerad > senast))
    elif flik in GJORT:
        read.append(Uppfoljning.genomford.between(*gjorda))
    manader = (lage for lage in _months(session, scope, dag) if lage.dag <= senast or flik is Flik.SENARE)
    return (*_planned(session, scope, dag, or_(*read)), *manader)


def count_sedan(
    session: Session, aktor: Aktor, dag: date, omfang: Omfang, gjorda: tuple[date, date]
) -> Sedan:
    """What `list_lagen` leaves unread, counted. Three statements at most."""
    scope, senast = load_scope(session, aktor, omfang), _senast(dag)
    manader = Counter(
        (Flik.SENARE, *_keys(lage)) for lage in _months(session, scope, dag) if lage.dag > senast
    )
    later, har = _undone(Uppfoljning.planerad > senast), Uppfoljning.genomford.between(*gjorda)
    return manader + _count(session, scope, or_(later, har))


def choose(
    lagen: Iterable[Uppfoljningslage], urval: UppfoljningUrval, dag: date
) -> tuple[tuple[Uppfoljningslage, ...], Counter[Flik]]:
    """Those that the choices leave, the first due first and of those done the latest, and how many each Flik
    of what is to be done by now would leave."""
    found, counts = choose_known(
        lagen, lambda lage: _fits(_keys(lage), urval), lambda lage: fits_in(lage, dag), urval.flik, _place
    )
    return found, Counter({flik: antal for flik, antal in counts.items() if flik not in SEDAN})


def count_chosen(sedan: Sedan, urval: UppfoljningUrval) -> Counter[Flik]:
    """How many each of the other Flik would leave."""
    counts: Counter[Flik] = Counter()
    for (flik, *keys), antal in sedan.items():
        if _fits(keys, urval):
            counts[flik] += antal
    return counts


def fits_in(lage: Uppfoljningslage, dag: date) -> tuple[Flik, ...]:
    """Every Flik that has the follow-up."""
    if lage.is_done:
        return (Flik.GJORDA, Flik.UTAN_SVAR) if lage.lage == "utan_svar" else (Flik.GJORDA,)
    if lage.dag > _senast(dag):
        return (Flik.SENARE,)
    when = Flik.PASSERADE if lage.lage == "forfallen" else Flik.SNART
    return (Flik.ATT_GORA, when, *((Flik.BEKRAFTA,) if lage.may_confirm(dag) else ()))


def sort_lagen(lagen: Iterable[Uppfoljningslage], key: str, falling: bool) -> tuple[Uppfoljningslage, ...]:
    """By a column; where it is empty last, either way."""
    return sort_known(sorted(lagen, key=_place), SORTERINGAR[key], falling)


def list_rader(session: Session, lagen: Sequence[Uppfoljningslage]) -> tuple[UppfoljningRad, ...]:
    """The people of a page, in the same order; the user may know them already. Three statements at most."""
    rows = session.execute(select(*PERSON).where(Deltagare.id.in_({lage.deltagare_id for lage in lagen})))
    people = make_people(session, [tuple(row) for row in rows])
    own = {lage.koordinator for lage in lagen}
    staff = select(Medarbetare.signatur, Medarbetare.namn).where(Medarbetare.signatur.in_(own))
    namn = {row.signatur: row.namn for row in session.execute(staff)}
    return tuple(
        UppfoljningRad(lage, people[lage.deltagare_id], namn.get(lage.koordinator, lage.koordinator))
        for lage in lagen
        if lage.deltagare_id in people  # somebody may have been removed since
    )


def _senast(dag: date) -> date:
    """The last day that is near."""
    return dag + timedelta(UPPFOLJNING_DAGAR)


def _undone(when: ColumnElement[bool]) -> ColumnElement[bool]:
    """Follow-ups not done, but for the months to be confirmed, whose day hangs on more than the plan."""
    return and_(Uppfoljning.genomford.is_(None), when, ~and_(is_first_undone(), awaits_month()))


def _planned(
    session: Session, scope: Scope, dag: date, which: ColumnElement[bool]
) -> Iterator[Uppfoljningslage]:
    query = (
        select(*_UPPFOLJNING, *_AVSLUT)
        .join(Inskrivning, Inskrivning.id == Uppfoljning.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(scope.avslutade(), which)
    )
    rows: Iterable[Any] = session.execute(query)
    return (_make(dag, *row) for row in rows)


def _months(session: Session, scope: Scope, dag: date) -> Iterator[Uppfoljningslage]:
    """The months to be confirmed (R10), also where nobody has planned it, as after an import."""
    query = (
        select(*_UPPFOLJNING, *_AVSLUT)
        .select_from(Inskrivning)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .outerjoin(Uppfoljning, and_(Uppfoljning.inskrivning_id == Inskrivning.id, is_first_undone()))
        .where(scope.avslutade(), awaits_month())
    )
    rows: Iterable[Any] = session.execute(query)
    return (_make(dag, *row) for row in rows)


def _count(session: Session, scope: Scope, which: ColumnElement[bool]) -> Sedan:
    undone, silent = Uppfoljning.genomford.is_(None), Uppfoljning.forsorjning.is_(None)
    by = (undone, silent, Uppfoljning.slag, Inskrivning.resultat, Deltagare.kon)
    query = (
        select(*by, func.count())
        .join(Inskrivning, Inskrivning.id == Uppfoljning.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(scope.avslutade(), which)
        .group_by(*by)
    )
    found: Sedan = Counter()
    rows: Iterable[Any] = session.execute(query)
    for is_undone, is_silent, slag, resultat, kon, antal in rows:
        keys = (slag, resultat, kon or UPPGIFT_SAKNAS)
        found[Flik.SENARE if is_undone else Flik.GJORDA, *keys] += antal
        if is_silent and not is_undone and slag != _EN_MANAD:
            found[Flik.UTAN_SVAR, *keys] += antal
    return found


def _make(
    dag: date,
    uppfoljning_id: int | None,
    slag: str | None,
    planerad: date | None,
    genomford: date | None,
    forsorjning: str | None,
    inskrivning_id: int,
    avslutad: date,
    resultat: str,
    manad: bool | None,
    arbete_fran: date | None,
    koordinator: str,
    deltagare_id: int,
    kon: str | None,
    skyddad: str,
    sortering: str,
) -> Uppfoljningslage:
    slag, bekraftas = slag or _EN_MANAD, None
    if slag == _EN_MANAD and genomford is None:
        bekraftas = find_bekraftelsedag(resultat, manad, arbete_fran or avslutad)
    ska = planerad if bekraftas is None else find_manadens_dag(bekraftas, planerad)
    assert ska is not None  # what nobody has planned is a month to be confirmed
    return Uppfoljningslage(
        uppfoljning_id, inskrivning_id, deltagare_id, slag, genomford or ska,
        place_uppfoljning(slag, ska, genomford, forsorjning, dag), avslutad, resultat, manad, forsorjning,
        bekraftas is not None, koordinator, kon, sortering if access.is_open(skyddad) else "",
    )  # fmt: skip


def _keys(lage: Uppfoljningslage) -> tuple[str, str, str]:
    return lage.slag, lage.resultat, lage.kon or UPPGIFT_SAKNAS


def _fits(keys: Iterable[str], urval: UppfoljningUrval) -> bool:
    wanted = (urval.slag, urval.resultat, urval.kon)
    return all(want in ("", key) for want, key in zip(wanted, keys, strict=True))


def _place(lage: Uppfoljningslage) -> tuple[int, str, int, str]:
    dag = lage.dag.toordinal()
    return -dag if lage.is_done else dag, lage.sortering, lage.inskrivning_id, lage.slag


_ORDNING = {slag.value: plats for plats, slag in enumerate(Uppfoljningsslag)}
SORTERINGAR: dict[str, Callable[[Uppfoljningslage], Any]] = {
    "namn": lambda lage: lage.sortering or None,
    "slag": lambda lage: _ORDNING[lage.slag],
    "lage": lambda lage: lage.dag,
    "resultat": lambda lage: lage.resultat,
    "avslutad": lambda lage: lage.avslutad,
    "svar": lambda lage: lage.forsorjning,
    "koordinator": lambda lage: lage.koordinator or None,
}
