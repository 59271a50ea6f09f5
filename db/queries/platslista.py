"""The screen Platser: places and who waits for one, on a day; one truth with the report `belaggning`."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import groupby

from sqlalchemy import exists, or_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Enhet, Insats, Platsko
from db.queries.belaggning import Enhetsdata, Platsflode, read_enheter, read_platsfloden
from db.queries.enhet import waits
from db.queries.settings import read_varden
from db.rules.belaggning import (
    MANADER,
    Kapacitet,
    Trend,
    calculate_belaggning,
    calculate_kostnad_per_plats,
    calculate_platser_medel,
    count_erbjudna,
    find_last_day,
    find_offered,
    find_trend,
    resolve_kapacitet,
    scale_kostnad,
    sum_kostnad,
)
from db.rules.koder import Enhetstyp
from db.rules.period import first_day, last_day, month_index

VECKOR = 8
UTAN_ENHET = 0  # who waits for a kind of insats, wherever it is
MAL, NYA = "belaggning.mal", "platser.mal"


@dataclass(frozen=True, slots=True)
class Platstal:
    """Places of an enhet or of several on a day. `lediga` and `over` add up enhet by enhet: a place too few
    at one is not made good by a free one at another.

    `manader` are occupied and offered place-days by month, the last one up to the day; `kostnad` is kronor a
    year, None where some of it is not known, `kostnad_lediga` kronor a month of the free places.
    """

    platser: int = 0
    belagda: int = 0
    reserverade: int = 0
    lediga: int = 0
    over: int = 0
    ko: int = 0
    langsta_ko: int | None = None
    kostnad: float | None = None
    kostnad_lediga: float = 0.0
    manader: tuple[tuple[int, int], ...] = ()

    @property
    def grad(self) -> float | None:
        """Occupied of offered places on the day in per cent, not capped."""
        return calculate_belaggning(self.belagda, self.platser)

    @property
    def grader(self) -> tuple[float | None, ...]:
        """The same by month."""
        return tuple(calculate_belaggning(belagda, erbjudna) for belagda, erbjudna in self.manader)

    @property
    def trend(self) -> Trend | None:
        """Which way it goes."""
        return find_trend(self.grader)

    @property
    def kostnad_per_plats(self) -> float | None:
        """Kronor a month."""
        return _per_manad(calculate_kostnad_per_plats(self.kostnad, self.platser))

    @property
    def kostnad_per_belagd(self) -> float | None:
        """Kronor a month."""
        return _per_manad(calculate_kostnad_per_plats(self.kostnad, self.belagda))


@dataclass(frozen=True, slots=True)
class PlatsRow:
    """An enhet. `stanger` is its last day with places, where that is told; `stangd`: that day has passed, or
    there have never been any. `fore` tells of the whole year before: whether the enhet belongs to the cost,
    kronor, and its average number of places. `veckor` counts places coming free by week; `forandring` is how
    many more places there are than the day before the goal began."""

    id: int
    namn: str
    typ: str
    anordnare: str
    tal: Platstal
    stanger: date | None = None
    stangd: bool = False
    fore: tuple[bool, float | None, float] = (False, None, 0.0)
    veckor: tuple[int, ...] = ()
    forandring: int = 0

    @property
    def is_intern(self) -> bool:
        """Whether the förvaltning itself runs it."""
        return self.typ == Enhetstyp.INTERN


@dataclass(frozen=True, slots=True)
class Platsmal:
    """A goal of so many new places from a day on, counted enhet by enhet: `nya` that stand now and did not
    before it, `borta` that did and do not."""

    antal: int
    fran: date
    nya: int
    borta: int


@dataclass(frozen=True, slots=True)
class Platslista:
    """Everything that the screen shows for a day. `manader` and `veckor` are the first days of the months and
    weeks that the rows tell of; `mal` per cent that the beläggning should lie within; `i_ko` people waiting,
    `i_ko_utan` of them for no enhet by name, `langsta_ko` days."""

    dag: date
    rader: tuple[PlatsRow, ...]
    manader: tuple[date, ...]
    veckor: tuple[date, ...]
    mal: tuple[int, int]
    i_ko: int = 0
    i_ko_utan: int = 0
    langsta_ko: int | None = None
    platsmal: Platsmal | None = None


@dataclass(slots=True)
class _Ko:
    """Who waits for an enhet: inskrivningar, and the day since when the first of them has waited."""

    vilka: set[int] = field(default_factory=set)
    sedan: date = date.max

    def add(self, inskrivning_id: int, sedan: date) -> None:
        self.vilka.add(inskrivning_id)
        self.sedan = min(self.sedan, sedan)

    def days(self, dag: date) -> int | None:
        return (dag - self.sedan).days if self.vilka else None


def read_platslista(session: Session, aktor: Aktor, dag: date, idag: date) -> Platslista:  # noqa: ARG001
    """Every enhet on `dag`, intern first and in the order they were registered. Six statements.

    Places and the queue are counts of everybody, also of people whom the user may not know of.
    """
    manader = [first_day(month_index(dag) - back) for back in range(MANADER - 1, -1, -1)]
    mandag = dag - timedelta(days=dag.weekday())
    veckor = [mandag + timedelta(weeks=n) for n in range(VECKOR)]
    floden = read_platsfloden(session, manader[0], dag, idag)
    koer = _queues(session, dag)
    varden = read_varden(session)
    goal = varden[NYA]
    sedan = date.fromisoformat(goal["fran"]) if goal else None
    rader = tuple(
        _row(enhet, floden.get(enhet.id, Platsflode()), koer.get(enhet.id, _Ko()), (dag, idag), mandag, sedan)
        for enhet in read_enheter(session).values()
    )
    alla = _Ko()
    for ko in koer.values():
        alla.vilka |= ko.vilka
        alla.sedan = min(alla.sedan, ko.sedan)
    return Platslista(
        dag,
        rader,
        tuple(manader),
        tuple(veckor),
        varden[MAL],
        len(alla.vilka),
        len(koer.get(UTAN_ENHET, _Ko()).vilka),
        alla.days(dag),
        None if sedan is None else _goal(goal["antal"], sedan, rader),
    )


def sum_platser(rader: Iterable[PlatsRow]) -> Platstal:
    """The places of several enheter together."""
    alla = list(rader)
    tal = [rad.tal for rad in alla]
    manader = zip(*(t.manader for t in tal), strict=True)
    return Platstal(
        sum(t.platser for t in tal),
        sum(t.belagda for t in tal),
        sum(t.reserverade for t in tal),
        sum(t.lediga for t in tal),
        sum(t.over for t in tal),
        sum(t.ko for t in tal),
        max((t.langsta_ko for t in tal if t.langsta_ko is not None), default=None),
        sum_kostnad((t.platser > 0 or t.kostnad is not None, t.kostnad) for t in tal),
        sum(t.kostnad_lediga for t in tal),
        tuple((sum(belagda for belagda, _ in m), sum(erbjudna for _, erbjudna in m)) for m in manader),
    )


def calculate_kostnad_fore(rader: Iterable[PlatsRow]) -> float | None:
    """What a place of these enheter cost a month in the whole year before, kronor; None where not known."""
    fore = [rad.fore for rad in rader]
    kostnad = sum_kostnad((hor_till, kronor) for hor_till, kronor, _ in fore)
    return _per_manad(calculate_kostnad_per_plats(kostnad, sum(platser for _, _, platser in fore)))


def find_enheter_med_typ(
    session: Session,
    aktor: Aktor,  # noqa: ARG001 - places are no secret; rights get their place here
    insatstyp_id: int,
    dag: date,
) -> frozenset[int]:
    """The enheter where an insats of this kind runs on `dag`, is to come or is waited for. One statement."""
    there = exists().where(
        Insats.enhet_id == Enhet.id,
        Insats.insatstyp_id == insatstyp_id,
        or_(Insats.slut.is_(None), Insats.slut >= dag),
    )
    wanted = exists().where(Platsko.enhet_id == Enhet.id, Platsko.insatstyp_id == insatstyp_id, waits(dag))
    return frozenset(session.execute(select(Enhet.id).where(or_(there, wanted))).scalars())


def _row(
    enhet: Enhetsdata,
    flode: Platsflode,
    ko: _Ko,
    dagar: tuple[date, date],
    mandag: date,
    sedan: date | None,
) -> PlatsRow:
    dag, idag = dagar
    kapacitet = resolve_kapacitet(enhet.kapacitet)
    platser = find_offered(kapacitet, dag) or 0
    forsta = first_day(month_index(dag) - MANADER + 1)
    taken = flode.count_by_day(forsta, (dag - forsta).days + 1)
    belagda = taken[-1]
    # What was planned on a day that has been nobody knows any more.
    ordinal = dag.toordinal()
    reserverade = sum(antal for start, antal in flode.starter.items() if start > ordinal and dag >= idag)
    lediga = max(0, platser - belagda - reserverade)
    kostnad = _kronor(enhet.kostnader, dag, dag)
    per_plats = _per_manad(calculate_kostnad_per_plats(kostnad, platser))
    tal = Platstal(
        platser,
        belagda,
        reserverade,
        lediga,
        max(0, belagda - platser),
        len(ko.vilka),
        ko.days(dag),
        kostnad,
        lediga * (per_plats or 0.0),
        tuple(_months(kapacitet, taken, forsta, dag)),
    )
    stanger = find_last_day(kapacitet)
    fore = date(dag.year - 1, 1, 1), date(dag.year - 1, 12, 31)
    erbjudna_fore = count_erbjudna(enhet.kapacitet, *fore)
    return PlatsRow(
        enhet.id,
        enhet.namn,
        enhet.typ,
        enhet.anordnare,
        tal,
        None if stanger == date.min else stanger,
        stanger is not None and stanger < dag,
        (
            bool(erbjudna_fore) or fore[0].year in enhet.kostnader,
            _kronor(enhet.kostnader, *fore),
            calculate_platser_medel(erbjudna_fore, *fore),
        ),
        _count_free(flode, mandag),
        0 if sedan is None else platser - (find_offered(kapacitet, sedan - timedelta(days=1)) or 0),
    )


def _months(
    kapacitet: Sequence[Kapacitet], taken: Sequence[int], forsta: date, dag: date
) -> Iterator[tuple[int, int]]:
    """Occupied and offered place-days of each month, the last one up to the day."""
    dagar = ((month_index(forsta + timedelta(days=n)), antal) for n, antal in enumerate(taken))
    for index, days in groupby(dagar, key=lambda pair: pair[0]):
        fran, till = first_day(index), min(last_day(index), dag)
        yield sum(antal for _, antal in days), count_erbjudna(kapacitet, fran, till)


def _count_free(flode: Platsflode, mandag: date) -> tuple[int, ...]:
    """Places taken on the day that are free from some day of each week on."""
    fria = [0] * VECKOR
    for slut, antal in flode.slut_nu.items():
        vecka = (slut + 1 - mandag.toordinal()) // 7
        if vecka < VECKOR:
            fria[vecka] += antal
    return tuple(fria)


def _kronor(kostnader: Mapping[int, int], fran: date, till: date) -> float | None:
    ore = scale_kostnad(kostnader, fran, till)
    return None if ore is None else ore / 100


def _per_manad(per_ar: float | None) -> float | None:
    return None if per_ar is None else per_ar / 12


def _goal(antal: int, fran: date, rader: Sequence[PlatsRow]) -> Platsmal:
    return Platsmal(
        antal,
        fran,
        sum(max(0, rad.forandring) for rad in rader),
        sum(max(0, -rad.forandring) for rad in rader),
    )


def _queues(session: Session, dag: date) -> dict[int, _Ko]:
    """By enhet; UTAN_ENHET for those who wait for none by name."""
    koer: dict[int, _Ko] = {}
    query = select(Platsko.enhet_id, Platsko.inskrivning_id, Platsko.sedan).where(waits(dag))
    for enhet_id, inskrivning_id, sedan in session.execute(query):
        koer.setdefault(enhet_id or UTAN_ENHET, _Ko()).add(inskrivning_id, sedan)
    return koer
