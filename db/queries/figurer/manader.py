"""Figures that follow biståndsmånader over time: one number of bits per household, judged by db.rules."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Integer,
    Select,
    String,
    Subquery,
    and_,
    case,
    cast,
    extract,
    func,
    literal,
    null,
    select,
    union_all,
)
from sqlalchemy.orm import Session

from db.models import Arende, Bistandsmanad, Deltagare, Hushall, Insats, Insatstyp, Inskrivning
from db.queries.figurer.gemensamt import (
    Kon,
    born_after,
    by_kon,
    combine,
    count,
    count_total,
    last_seen,
    share_of,
)
from db.queries.figurer.manadsfonster import EFTER, FORE, Fonster
from db.rules.figurer import Figur, Konsvarden
from db.rules.insatstyper import ARBETSMARKNADSANSTALLNING
from db.rules.period import Period, first_day, last_day, month_index

BARN, UNG, VUXEN = 0, 1, 2
HUSHALL, PERSON, ANSTALLD = 0, 1, 2
MANADER_EFTER = 13
SKILJE = ","
Villkor = Callable[[int], bool]
# Rows of the report.
UTBETALNING, OVER_2_AR, BARN_LANGVARIGT = "hushall.utbetalning", "hushall.over_2_ar", "barn.langvarigt"
MOTTAGARE, LANGVARIGT = "bistand.mottagare", "langvarigt.antal"
AKTUELLA_13 = "bistand.aktuella_13_manader_efter_anstallning"


def household(deltagare: type[Deltagare]) -> ColumnElement[int]:
    """What months are counted for: the household's id, or minus the person's own id where there is none."""
    return func.coalesce(deltagare.hushall_id, -deltagare.id)


def members_of(enhet: ColumnElement[int]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The people of a household's id, and who is one alone: two conditions, so that each finds its index."""
    return Deltagare.hushall_id == enhet, and_(Deltagare.id == -enhet, Deltagare.hushall_id.is_(None))


def figures(session: Session, period: Period, per: date) -> tuple[Figur, ...]:
    """Rows of utbetalning, long times, those who came back, young and formerly employed. One statement."""
    fonster = Fonster(period, per)
    hushall: Counter[int] = Counter()
    barn: Counter[int] = Counter()
    personer: Counter[tuple[Kon, int, int]] = Counter()
    anstallda: Personer = []
    for slag, bitar, kon, tal, antal, antal_barn in session.execute(_query(period, per, fonster.forsta)):
        monster = join_bits(bitar)
        if slag == HUSHALL:
            hushall[monster] += antal
            barn[monster] += antal_barn or 0
        elif slag == PERSON:
            personer[kon, tal, monster] += antal
        else:
            anstallda.append((kon, fonster.has(monster, tal), antal))
    vuxna = [(kon, bitar, antal) for (kon, alder, bitar), antal in personer.items() if alder != BARN]
    unga = [(kon, bitar, antal) for (kon, alder, bitar), antal in personer.items() if alder == UNG]
    return (
        *_hushall_rows(fonster, hushall, barn),
        *_langvarigt_rows(fonster, vuxna),
        _ej_ateraktualiserade(fonster, vuxna),
        _unga_medel(fonster, unga),
        *_aktuella_efter_anstallning(anstallda),
    )


def join_bits(text: str | None) -> int:
    """The months of any of a household's ärenden."""
    bitar = 0
    for tal in (text or "0").split(SKILJE):
        bitar |= int(tal)
    return bitar


def monster_of(per: date, forsta: int) -> CTE:
    """The months with stöd of every household that has any, as a number of bits from the month `forsta`: of
    each of its ärenden, for `join_bits`."""
    till = min(month_index(per), forsta + FORE + EFTER)
    bit = cast(1, BigInteger).bitwise_lshift(Bistandsmanad.manad - forsta)
    # No condition on the month: read in the order of the unique key, an ärende's months need no sorting.
    i_fonstret = Bistandsmanad.manad.between(forsta, till)
    arenden = (
        select(Bistandsmanad.arende_id, func.sum(case((i_fonstret, bit), else_=0)).label("bitar"))
        .group_by(Bistandsmanad.arende_id)
        .subquery()
    )
    # Two ärenden of a household may hold the same month, and no function of both databases joins bits.
    bitar = func.aggregate_strings(cast(arenden.c.bitar, String), SKILJE)
    return (
        select(household(Deltagare).label("enhet"), bitar.label("bitar"))
        .join(Arende, Arende.deltagare_id == Deltagare.id)
        .join(arenden, arenden.c.arende_id == Arende.id)
        .where(arenden.c.bitar > 0)
        .group_by(household(Deltagare))
        .cte("monster")
    )


def age_class(period: Period) -> ColumnElement[int]:
    """BARN, UNG or VUXEN on the period's last day; VUXEN where the age is unknown."""
    return case((born_after(period.till, 18), BARN), (born_after(period.till, 25), UNG), else_=VUXEN)


def _query(period: Period, per: date, forsta: int) -> Select[Any]:
    """By pattern of months: households with their children, and people by kön and age class."""
    monster, alder = monster_of(per, forsta), age_class(period)
    hushall = (
        select(
            literal(HUSHALL).label("slag"),
            monster.c.bitar,
            null().label("kon"),
            null().label("tal"),
            func.count().label("antal"),
            func.sum(Hushall.antal_barn).label("barn"),
        )
        .outerjoin(Hushall, Hushall.id == monster.c.enhet)
        .group_by(monster.c.bitar)
    )
    personer = [
        select(
            literal(PERSON), monster.c.bitar, Deltagare.kon, alder.label("alder"), func.count(), literal(0)
        )
        .join(monster, join)
        .group_by(monster.c.bitar, Deltagare.kon, alder)
        for join in members_of(monster.c.enhet)
    ]
    bas = anstallda_of(period, per)
    anstallda = (
        select(literal(ANSTALLD), monster.c.bitar, bas.c.kon, bas.c.trettonde, func.count(), literal(0))
        .select_from(bas.outerjoin(monster, monster.c.enhet == bas.c.enhet))
        .group_by(monster.c.bitar, bas.c.kon, bas.c.trettonde)
    )
    return select(union_all(hushall, *personer, anstallda).subquery())


def anstallda_of(period: Period, per: date) -> Subquery:
    """People who reach the 13th month after their latest arbetsmarknadsanställning in the period (R11)."""
    slut = last_seen(period, per)
    sista = func.max(func.coalesce(Insats.slut, date.max))
    forst = first_day(month_index(period.fran) - MANADER_EFTER)
    sist = last_day(month_index(slut) - MANADER_EFTER)
    latest = (
        select(Inskrivning.deltagare_id, sista.label("sista"))
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        .where(
            Insats.insatstyp_id.in_(select(Insatstyp.id).where(Insatstyp.namn == ARBETSMARKNADSANSTALLNING)),
            Insats.start <= per,
        )
        .group_by(Inskrivning.deltagare_id)
        .having(and_(sista >= forst, sista <= sist))
        .subquery()
    )
    dag = latest.c.sista
    manad = cast(extract("year", dag), Integer) * 12 + cast(extract("month", dag), Integer) - 1
    return (
        select(
            Deltagare.id,
            Deltagare.kon,
            household(Deltagare).label("enhet"),
            dag,
            (manad + MANADER_EFTER).label("trettonde"),
        )
        .join(latest, latest.c.deltagare_id == Deltagare.id)
        .subquery()
    )


def _hushall_rows(fonster: Fonster, hushall: Counter[int], barn: Counter[int]) -> tuple[Figur, ...]:
    lange = [bitar for bitar in hushall if fonster.is_over_tva_ar(bitar)]
    return (
        count_total(UTBETALNING, sum(antal for bitar, antal in hushall.items() if fonster.has_sista(bitar))),
        count_total(OVER_2_AR, sum(hushall[bitar] for bitar in lange)),
        count_total(BARN_LANGVARIGT, sum(barn[bitar] for bitar in lange)),
    )


Personer = list[tuple[Kon, int, int]]


def _langvarigt_rows(fonster: Fonster, vuxna: Personer) -> tuple[Figur, ...]:
    antal, mottagare = _count(vuxna, fonster.is_langvarigt), _count(vuxna, fonster.has_aret)
    return (
        count(MOTTAGARE, mottagare),
        count(LANGVARIGT, antal),
        share_of(
            "langvarigt.andel_av_mottagare", antal, mottagare, taljare_id=LANGVARIGT, namnare_id=MOTTAGARE
        ),
        count("mycket_langvarigt.antal", _count(vuxna, fonster.is_mycket_langvarigt)),
    )


def _ej_ateraktualiserade(fonster: Fonster, vuxna: Personer) -> Figur:
    """Year T is the year of the period's last day (R11)."""
    utfall_av = [(kon, fonster.judge_aterkomst(bitar), antal) for kon, bitar, antal in vuxna]
    ej_tillbaka = by_kon((kon, antal * ej) for kon, (ej, _), antal in utfall_av)
    slutade = by_kon((kon, antal * slut) for kon, (_, slut), antal in utfall_av)
    return share_of("ej_ateraktualiserade.andel", ej_tillbaka, slutade)


def _unga_medel(fonster: Fonster, unga: Personer) -> Figur:
    """People of 18–24 years with stöd, as the mean of the period's months."""
    manadssumma = by_kon((kon, antal * fonster.count_period(bitar)) for kon, bitar, antal in unga)
    manader = len(fonster.period)
    medel = combine(lambda summa: (summa or 0) / manader if manader else None, manadssumma)
    namnare = _count(unga, lambda bitar: bool(fonster.count_period(bitar)))
    return count("bistand.unga_medel", medel, namnare=namnare)


def _aktuella_efter_anstallning(anstallda: Personer) -> tuple[Figur, Figur]:
    """People with stöd in the 13th month after their latest arbetsmarknadsanställning ended (R11)."""
    bas = _count(anstallda, lambda _: True)
    aktuella = _count(anstallda, bool)
    rad = AKTUELLA_13
    return (
        share_of(rad, aktuella, bas, taljare_id=f"{rad}.antal"),
        count(f"{rad}.antal", aktuella),
    )


def _count(personer: Iterable[tuple[Kon, int, int]], villkor: Villkor) -> Konsvarden:
    return by_kon((kon, antal) for kon, bitar, antal in personer if villkor(bitar))
