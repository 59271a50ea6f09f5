"""Figures that follow biståndsmånader over time: one number of bits per household, judged by db.rules."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
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
from db.rules import avslut, bistand
from db.rules.figurer import Figur, Konsvarden
from db.rules.insatstyper import ARBETSMARKNADSANSTALLNING
from db.rules.period import Period, first_day, last_day, month_index

# A number of 62 bits: these months before the period's last one, that one, and some after it for R11.
FORE, EFTER = 56, 5
BARN, UNG, VUXEN = 0, 1, 2
HUSHALL, PERSON, ANSTALLD = 0, 1, 2
MANADER_EFTER = 13
SKILJE = ","
Villkor = Callable[[int], bool]


def household(deltagare: type[Deltagare]) -> ColumnElement[int]:
    """What months are counted for: the household's id, or minus the person's own id where there is none."""
    return func.coalesce(deltagare.hushall_id, -deltagare.id)


def members_of(enhet: ColumnElement[int]) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """The people of a household's id, and who is one alone: two conditions, so that each finds its index."""
    return Deltagare.hushall_id == enhet, and_(Deltagare.id == -enhet, Deltagare.hushall_id.is_(None))


def figures(session: Session, period: Period, per: date) -> tuple[Figur, ...]:
    """Rows of utbetalning, long times, those who came back, young and formerly employed. One statement."""
    sista = month_index(last_seen(period, per))
    fonster = _Fonster(sista - FORE, sista, last_seen(period, per).year)
    hushall: Counter[int] = Counter()
    barn: Counter[int] = Counter()
    personer: Counter[tuple[Kon, int, int]] = Counter()
    anstallda: Personer = []
    for slag, bitar, kon, tal, antal, antal_barn in session.execute(_query(period, per, fonster.forsta)):
        monster = _join_bits(bitar)
        if slag == HUSHALL:
            hushall[monster] += antal
            barn[monster] += antal_barn or 0
        elif slag == PERSON:
            personer[kon, tal, monster] += antal
        else:
            anstallda.append((kon, monster >> (tal - fonster.forsta) & 1, antal))
    vuxna = [(kon, bitar, antal) for (kon, alder, bitar), antal in personer.items() if alder != BARN]
    unga = [(kon, bitar, antal) for (kon, alder, bitar), antal in personer.items() if alder == UNG]
    return (
        *_hushall_rows(fonster, hushall, barn),
        *_langvarigt_rows(fonster, vuxna),
        _ej_ateraktualiserade(fonster, vuxna),
        _unga_medel(fonster, unga, range(max(period.forsta_manad, fonster.forsta), sista + 1)),
        *_aktuella_efter_anstallning(anstallda),
    )


def _join_bits(text: str | None) -> int:
    """The months of any of a household's ärenden."""
    bitar = 0
    for tal in (text or "0").split(SKILJE):
        bitar |= int(tal)
    return bitar


class _Fonster:
    """The rules of months asked with numbers of bits, each once for each pattern that matters to it."""

    def __init__(self, forsta: int, sista: int, ar: int) -> None:
        self.forsta, self.sista, self.ar = forsta, sista, ar
        self._ask = cache(self._ask_rule)

    def span(self, fran: int, till: int) -> int:
        """The bits of the months fran–till."""
        return sum(1 << (manad - self.forsta) for manad in range(max(fran, self.forsta), till + 1))

    def judge(self, regel: Callable[[list[int]], Any], bitar: int, minst: int = 1) -> Any:
        """What the rule says of these months; False without asking where they are fewer than it can want."""
        return bitar.bit_count() >= minst and self._ask(regel, bitar)

    def _ask_rule(self, regel: Callable[[list[int]], Any], bitar: int) -> Any:
        return regel([self.forsta + plats for plats in range(bitar.bit_length()) if bitar >> plats & 1])


def _query(period: Period, per: date, forsta: int) -> Select[Any]:
    """By pattern of months: households with their children, and people by kön and age class."""
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
    monster = (
        select(household(Deltagare).label("enhet"), bitar.label("bitar"))
        .join(Arende, Arende.deltagare_id == Deltagare.id)
        .join(arenden, arenden.c.arende_id == Arende.id)
        .where(arenden.c.bitar > 0)
        .group_by(household(Deltagare))
        .cte("monster")
    )
    alder = case((born_after(period.till, 18), BARN), (born_after(period.till, 25), UNG), else_=VUXEN)
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
    bas = _anstallda(period, per)
    anstallda = (
        select(literal(ANSTALLD), monster.c.bitar, bas.c.kon, bas.c.trettonde, func.count(), literal(0))
        .select_from(bas.outerjoin(monster, monster.c.enhet == bas.c.enhet))
        .group_by(monster.c.bitar, bas.c.kon, bas.c.trettonde)
    )
    return select(union_all(hushall, *personer, anstallda).subquery())


def _anstallda(period: Period, per: date) -> Subquery:
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
        select(Deltagare.kon, household(Deltagare).label("enhet"), (manad + MANADER_EFTER).label("trettonde"))
        .join(latest, latest.c.deltagare_id == Deltagare.id)
        .subquery()
    )


def _hushall_rows(fonster: _Fonster, hushall: Counter[int], barn: Counter[int]) -> tuple[Figur, ...]:
    sista_bit = fonster.span(fonster.sista, fonster.sista)
    till_sista = fonster.span(fonster.forsta, fonster.sista)

    def over_tva_ar(manader: list[int]) -> bool:
        return bistand.is_over_tva_ar(manader, fonster.sista)

    med = [b for b in hushall if b & sista_bit]
    lange = [b for b in med if fonster.judge(over_tva_ar, b & till_sista)]
    return (
        count_total("hushall.utbetalning", sum(hushall[b] for b in med)),
        count_total("hushall.over_2_ar", sum(hushall[b] for b in lange)),
        count_total("barn.langvarigt", sum(barn[b] for b in lange)),
    )


Personer = list[tuple[Kon, int, int]]


def _langvarigt_rows(fonster: _Fonster, vuxna: Personer) -> tuple[Figur, ...]:
    aret = fonster.span(fonster.ar * 12, fonster.sista)
    tre_ar = fonster.span(fonster.sista - 35, fonster.sista)

    def langvarigt(manader: list[int]) -> bool:
        return bistand.is_langvarigt(manader, fonster.ar)

    def mycket_langvarigt(manader: list[int]) -> bool:
        return bistand.is_mycket_langvarigt(manader, fonster.sista)

    minst = bistand.MINST_MYCKET_LANGVARIGT
    antal = _count(vuxna, lambda b: fonster.judge(langvarigt, b & aret, bistand.MINST_LANGVARIGT))
    mottagare = _count(vuxna, lambda b: bool(b & aret))
    mycket = _count(vuxna, lambda b: fonster.judge(mycket_langvarigt, b & tre_ar, minst))
    return (
        count("bistand.mottagare", mottagare),
        count("langvarigt.antal", antal),
        share_of(
            "langvarigt.andel_av_mottagare",
            antal,
            mottagare,
            taljare_id="langvarigt.antal",
            namnare_id="bistand.mottagare",
        ),
        count("mycket_langvarigt.antal", mycket),
    )


def _ej_ateraktualiserade(fonster: _Fonster, vuxna: Personer) -> Figur:
    """Year T is the year of the period's last day (R11)."""
    januari = (fonster.ar - 1) * 12
    spann = fonster.span(januari, januari + 17)

    def utfall(manader: list[int]) -> tuple[int, int]:
        return avslut.count_ej_ateraktualiserade([manader], fonster.ar)

    # Who had none of the half-year's months cannot have ended in it.
    halvar = fonster.span(januari, januari + 5)
    utfall_av = [(kon, fonster.judge(utfall, b & spann), antal) for kon, b, antal in vuxna if b & halvar]
    ej_tillbaka = by_kon((kon, antal * ej) for kon, (ej, _), antal in utfall_av)
    slutade = by_kon((kon, antal * slut) for kon, (_, slut), antal in utfall_av)
    return share_of("ej_ateraktualiserade.andel", ej_tillbaka, slutade)


def _unga_medel(fonster: _Fonster, unga: Personer, manader: range) -> Figur:
    """People of 18–24 years with stöd, as the mean of the period's months."""
    perioden = fonster.span(manader.start, manader.stop - 1) if manader else 0
    manadssumma = by_kon((kon, antal * (bitar & perioden).bit_count()) for kon, bitar, antal in unga)
    medel = combine(lambda summa: (summa or 0) / len(manader) if manader else None, manadssumma)
    return count("bistand.unga_medel", medel, namnare=_count(unga, lambda b: bool(b & perioden)))


def _aktuella_efter_anstallning(anstallda: Personer) -> tuple[Figur, Figur]:
    """People with stöd in the 13th month after their latest arbetsmarknadsanställning ended (R11)."""
    bas = _count(anstallda, lambda _: True)
    aktuella = _count(anstallda, bool)
    rad = "bistand.aktuella_13_manader_efter_anstallning"
    return (
        share_of(rad, aktuella, bas, taljare_id=f"{rad}.antal"),
        count(f"{rad}.antal", aktuella),
    )


def _count(personer: Iterable[tuple[Kon, int, int]], villkor: Villkor) -> Konsvarden:
    return by_kon((kon, antal) for kon, bitar, antal in personer if villkor(bitar))
