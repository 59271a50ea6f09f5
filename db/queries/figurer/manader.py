"""Figures that follow biståndsmånader over time: one number of bits per household, judged by db.rules."""

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Select, case, cast, func, literal, null, select, union_all
from sqlalchemy.orm import Session

from db.models import Arende, Bistandsmanad, Deltagare, Hushall
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
from db.rules.period import Period, month_index

# A number of 62 bits: these months before the period's last one, that one, and some after it for R11.
FORE, EFTER = 56, 5
BARN, UNG, VUXEN = 0, 1, 2
Villkor = Callable[[int], bool]


def household(deltagare: type[Deltagare]) -> ColumnElement[int]:
    """What months are counted for: the household's id, or minus the person's own id where there is none."""
    return func.coalesce(deltagare.hushall_id, -deltagare.id)


def figures(session: Session, period: Period, per: date) -> tuple[Figur, ...]:
    """Rows of utbetalning, long times, those who came back, and young people. One statement."""
    sista = month_index(last_seen(period, per))
    fonster = _Fonster(sista - FORE, sista, last_seen(period, per).year)
    hushall: Counter[int] = Counter()
    barn: Counter[int] = Counter()
    personer: Counter[tuple[Kon, int, int]] = Counter()
    for bitar, kon, alder, antal, antal_barn in session.execute(_query(period, per, fonster.forsta)).tuples():
        if alder is None:
            hushall[int(bitar)] += antal
            barn[int(bitar)] += antal_barn or 0
        else:
            personer[kon, alder, int(bitar)] += antal
    vuxna = [(kon, bitar, antal) for (kon, alder, bitar), antal in personer.items() if alder != BARN]
    unga = [(kon, bitar, antal) for (kon, alder, bitar), antal in personer.items() if alder == UNG]
    return (
        *_hushall_rows(fonster, hushall, barn),
        *_langvarigt_rows(fonster, vuxna),
        _ej_ateraktualiserade(fonster, vuxna),
        _unga_medel(fonster, unga, range(max(period.forsta_manad, fonster.forsta), sista + 1)),
    )


class _Fonster:
    """The rules of months asked with numbers of bits, each once for each pattern that matters to it."""

    def __init__(self, forsta: int, sista: int, ar: int) -> None:
        self.forsta, self.sista, self.ar = forsta, sista, ar
        self._ask = cache(self._ask_rule)

    def span(self, fran: int, till: int) -> int:
        """The bits of the months fran–till."""
        return sum(1 << (manad - self.forsta) for manad in range(max(fran, self.forsta), till + 1))

    def judge(self, regel: Callable[[list[int]], Any], bitar: int) -> Any:
        """What the rule says of these months."""
        return self._ask(regel, bitar)

    def _ask_rule(self, regel: Callable[[list[int]], Any], bitar: int) -> Any:
        return regel([self.forsta + plats for plats in range(bitar.bit_length()) if bitar >> plats & 1])


def _query(period: Period, per: date, forsta: int) -> Select[Any]:
    """By pattern of months: households with their children, and people by kön and age class."""
    till = min(month_index(per), forsta + FORE + EFTER)
    bit = cast(1, BigInteger).bitwise_lshift(Bistandsmanad.manad - forsta)
    monster = (
        select(household(Deltagare).label("enhet"), func.sum(bit.distinct()).label("bitar"))
        .join(Arende, Arende.deltagare_id == Deltagare.id)
        .join(Bistandsmanad, Bistandsmanad.arende_id == Arende.id)
        .where(Bistandsmanad.manad.between(forsta, till))
        .group_by(household(Deltagare))
        .cte("monster")
    )
    alder = case((born_after(period.till, 18), BARN), (born_after(period.till, 25), UNG), else_=VUXEN)
    hushall = (
        select(monster.c.bitar, null(), null(), func.count(), func.sum(Hushall.antal_barn))
        .outerjoin(Hushall, Hushall.id == monster.c.enhet)
        .group_by(monster.c.bitar)
    )
    personer = (
        select(monster.c.bitar, Deltagare.kon, alder.label("alder"), func.count(), literal(0))
        .join(monster, monster.c.enhet == household(Deltagare))
        .group_by(monster.c.bitar, Deltagare.kon, alder)
    )
    return select(union_all(personer, hushall).subquery())


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

    antal = _count(vuxna, lambda b: fonster.judge(langvarigt, b & aret))
    mottagare = _count(vuxna, lambda b: bool(b & aret))
    mycket = _count(vuxna, lambda b: fonster.judge(mycket_langvarigt, b & tre_ar))
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

    ej_tillbaka = _count(vuxna, lambda b: bool(fonster.judge(utfall, b & spann)[0]))
    slutade = _count(vuxna, lambda b: bool(fonster.judge(utfall, b & spann)[1]))
    return share_of("ej_ateraktualiserade.andel", ej_tillbaka, slutade)


def _unga_medel(fonster: _Fonster, unga: Personer, manader: range) -> Figur:
    """People of 18–24 years with stöd, as the mean of the period's months."""
    perioden = fonster.span(manader.start, manader.stop - 1) if manader else 0
    manadssumma = by_kon((kon, antal * (bitar & perioden).bit_count()) for kon, bitar, antal in unga)
    medel = combine(lambda summa: (summa or 0) / len(manader) if manader else None, manadssumma)
    return count("bistand.unga_medel", medel, namnare=_count(unga, lambda b: bool(b & perioden)))


def _count(personer: Iterable[tuple[Kon, int, int]], villkor: Villkor) -> Konsvarden:
    return by_kon((kon, antal) for kon, bitar, antal in personer if villkor(bitar))
