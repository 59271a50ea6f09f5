"""Figures of the report `bip`: who was measured in the period, and what has changed since their first time.

A person counts once: with the latest inskrivning that was measured in the period. Change is the latest answer
up to the last day minus the first of that inskrivning, also when the first came before the period, for each
indikator as one svarande answered it (db.rules.bip.calculate_forandring). A person is improved when the
changes of all answers together are above zero.
"""

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import CTE, CompoundSelect, func, literal, null, or_, select, union_all
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Bip, Deltagare, Inskrivning
from db.queries.figurer.gemensamt import (
    Kon,
    Villkor,
    amount,
    by_kon,
    combine,
    count,
    flag,
    last_seen,
    share_of,
)
from db.queries.settings import load_settings
from db.rules.bip import list_indikatorer, name_indikatorer
from db.rules.figurer import Figur
from db.rules.koder import Svarande
from db.rules.period import Period
from db.rules.text import slug
from db.sql import day_number

SHIFT = 100  # larger than any answer: a day and the answer of the day as one number


@dataclass(frozen=True, slots=True)
class _Svar:
    """Those with two answers at least: how many, the sum of their changes, and how many are improved."""

    antal: Counter[Kon] = field(default_factory=Counter)
    summa: Counter[Kon] = field(default_factory=Counter)
    battre: Counter[Kon] = field(default_factory=Counter)


def figures(
    session: Session, aktor: Aktor, period: Period, per: date, urval: Villkor = ()
) -> tuple[Figur, ...]:
    """All rows of the report. One statement and one for the settings."""
    etiketter = name_indikatorer(load_settings(session, aktor).bip_etiketter)
    found: defaultdict[tuple[str | None, str | None], _Svar] = defaultdict(_Svar)
    for svarande, indikator, kon, antal, summa, battre in session.execute(
        _query(period.fran, last_seen(period, per), urval)
    ):
        svar = found[svarande, indikator]
        svar.antal[kon] += antal
        svar.summa[kon] += int(summa)
        svar.battre[kon] += int(battre)
    egna = list_indikatorer(Svarande.DELTAGARE)
    bara_handlaggaren = [i for i in list_indikatorer(Svarande.HANDLAGGARE) if i not in egna]
    main = [*((i, Svarande.DELTAGARE) for i in egna), *((i, Svarande.HANDLAGGARE) for i in bara_handlaggaren)]
    return (
        count("bip.matta", by_kon(found[None, None].antal.items())),
        *_personer(found[Svarande.DELTAGARE, None], ""),
        *(_medel(found[vem, i], i, etiketter[i], "") for i, vem in main),
        *(_andel(found[vem, i], i, etiketter[i]) for i, vem in main),
        *_personer(found[Svarande.HANDLAGGARE, None], "_handlaggare"),
        *(_medel(found[Svarande.HANDLAGGARE, i], i, etiketter[i], "_handlaggare") for i in egna),
    )


def _personer(svar: _Svar, vem: str) -> Iterator[Figur]:
    """How many can be compared, and the share of them that is improved."""
    flera = by_kon(svar.antal.items())
    bas = f"bip.matta_flera{vem}"
    yield count(bas, flera)
    yield share_of(f"bip.andel_forbattrade{vem}", by_kon(svar.battre.items()), flera, namnare_id=bas)


def _medel(svar: _Svar, indikator: str, namn: str, vem: str) -> Figur:
    """The mean change, in points of the scale."""
    antal = by_kon(svar.antal.items())
    medel = combine(lambda s, n: (s or 0) / n if n else None, by_kon(svar.summa.items()), antal)
    id_ = f"bip.{slug(indikator)}"
    return amount(
        f"{id_}.forandring_medel{vem}", medel, antal, namn=namn, namnare_id=f"{id_}.matta_flera{vem}"
    )


def _andel(svar: _Svar, indikator: str, namn: str) -> Figur:
    """The share whose answer is higher than the first."""
    id_, battre = f"bip.{slug(indikator)}", by_kon(svar.battre.items())
    antal = by_kon(svar.antal.items())
    return share_of(f"{id_}.andel_forbattrade", battre, antal, namnare_id=f"{id_}.matta_flera", namn=namn)


def _query(fran: date, slut: date, urval: Villkor) -> CompoundSelect[*tuple[Any, ...]]:
    """Rows of (svarande, indikator, kön, how many, sum of changes, improved).

    Without indikator they are of persons, without svarande of everybody measured.
    """
    matta = matta_of(fran, slut, urval)
    svar = forandringar_of(matta, slut)
    personer = (
        select(svar.c.svarande, svar.c.kon, func.sum(svar.c.forandring).label("summa"))
        .group_by(svar.c.inskrivning_id, svar.c.svarande, svar.c.kon)
        .subquery()
    )
    return union_all(
        select(null(), null(), matta.c.kon, func.count(), literal(0), literal(0)).group_by(matta.c.kon),
        select(
            personer.c.svarande, null(), personer.c.kon, func.count(), literal(0),
            func.sum(flag(personer.c.summa > 0)),
        ).group_by(personer.c.svarande, personer.c.kon),
        select(
            svar.c.svarande, svar.c.indikator, svar.c.kon, func.count(), func.sum(svar.c.forandring),
            func.sum(flag(svar.c.forandring > 0)),
        ).group_by(svar.c.svarande, svar.c.indikator, svar.c.kon),
    )  # fmt: skip


def matta_of(fran: date, slut: date, urval: Villkor = ()) -> CTE:
    """The latest inskrivning measured in the span, of each person."""
    matta = select(Bip.inskrivning_id).where(Bip.datum >= fran, Bip.datum <= slut)
    plats = func.row_number().over(
        partition_by=Inskrivning.deltagare_id, order_by=(Inskrivning.inskriven.desc(), Inskrivning.id.desc())
    )
    rader = select(Inskrivning.id, Inskrivning.deltagare_id, plats.label("plats")).where(
        Inskrivning.id.in_(matta)
    )
    alla = rader.subquery()
    return (
        select(alla.c.id, Deltagare.kon)
        .join(Deltagare, Deltagare.id == alla.c.deltagare_id)
        .where(alla.c.plats == 1, *urval)
        .cte("matta")
    )


def forandringar_of(matta: CTE, slut: date) -> CTE:
    """Latest minus first of every indikator that one svarande has answered on two days at least."""
    egna = Bip.indikator.in_(list_indikatorer(Svarande.DELTAGARE))
    varde = day_number(Bip.datum) * SHIFT + Bip.varde
    # The earliest day's number has the first answer in its last digits: one pass, without looking days up.
    forsta, senaste = func.min(varde), func.max(varde)
    return (
        select(
            Bip.inskrivning_id, matta.c.kon, Bip.svarande, Bip.indikator,
            (senaste % SHIFT - forsta % SHIFT).label("forandring"),
        )
        .join(matta, matta.c.id == Bip.inskrivning_id)
        .where(Bip.datum <= slut, or_(Bip.svarande != Svarande.DELTAGARE.value, egna))
        .group_by(Bip.inskrivning_id, matta.c.kon, Bip.svarande, Bip.indikator)
        .having(senaste > forsta)
        .cte("forandringar")
    )  # fmt: skip
