"""The people behind the report `bistand`. A household is told of by those of it whom the user may know: one
row for each, under the first of their names. With whom a protected person lives is not told."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, Select, func, null, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Arende, Deltagare, Hushall
from db.queries import access
from db.queries.bakom.gemensamt import Loader, Oppning, People, Vad, by_name, each_once, make_rows, share
from db.queries.figurer import bistand, manader
from db.queries.figurer.gemensamt import last_seen
from db.queries.figurer.manadsfonster import Fonster
from db.queries.flode_personer import PersonBakom, with_arende
from db.queries.idag.scope import PERSON, make_person
from db.rules.period import Period, first_day
from db.sql import days_between

Fits = Callable[[Fonster, int], bool]


def find(rad_id: str) -> Oppning | None:
    """How a row of the report opens; None for one of another."""
    return _ROWS.get(rad_id)


@dataclass(frozen=True, slots=True)
class _Medlem:
    """Somebody of a household: the day that put it there, its months and children."""

    enhet: int
    dag: date | None
    bitar: int
    barn: int
    person: Any
    kon: str | None
    alder: int


def _medlemmar(session: Session, enheter: Any, aktor: Aktor, period: Period) -> list[_Medlem]:
    """Those of the households of (enhet, dag, bitar) whom the user may know, by household."""
    kolumner = (
        enheter.c.enhet, enheter.c.dag, enheter.c.bitar, func.coalesce(Hushall.antal_barn, 0),
        Deltagare.kon, manader.age_class(period), *PERSON,
    )  # fmt: skip
    found = []
    for join in manader.members_of(enheter.c.enhet):
        query = (
            select(*kolumner)
            .join(enheter, join)
            .outerjoin(Hushall, Hushall.id == enheter.c.enhet)
            .where(access.may_know(aktor))
        )
        for enhet, dag, bitar, barn, kon, alder, *person in session.execute(query):
            tal = manader.join_bits(bitar)
            found.append(_Medlem(enhet, dag, tal, barn, make_person(person), kon, alder))
    return found


def _with_months(session: Session, aktor: Aktor, period: Period, per: date) -> list[_Medlem]:
    monster = manader.monster_of(per, Fonster(period, per).forsta)
    enheter = select(monster.c.enhet, null().label("dag"), monster.c.bitar).subquery()
    return _medlemmar(session, enheter, aktor, period)


def _households(session: Session, medlemmar: Iterable[_Medlem], dag: date, *, barn: bool = False) -> People:
    """One row for each household, and who else is in it; `barn`: only those with children."""
    hushall: defaultdict[int, list[_Medlem]] = defaultdict(list)
    for medlem in medlemmar:
        if medlem.barn or not barn:
            hushall[medlem.enhet].append(medlem)
    found = []
    for alla in hushall.values():
        alla.sort(key=lambda m: (m.person.is_masked, m.alder == manader.BARN, m.person.sortering))
        forst = alla[0]
        text = ", ".join(m.person.namn for m in alla[1:] if not m.person.is_masked)
        tal = forst.barn if barn else None
        found.append(PersonBakom(forst.person, forst.dag or dag, text, forst.kon, tal))
    return by_name(with_arende(session, found))


def _granted_households(
    session: Session, aktor: Aktor, period: Period, per: date, *, barn: bool = False
) -> People:
    """Households with an ärende granted and not closed on the last day: since when."""
    slut = last_seen(period, per)
    enheter = _enheter(func.max(Arende.beslut), bistand.is_granted_on(slut))
    return _households(session, _medlemmar(session, enheter, aktor, period), slut, barn=barn)


def _closed_households(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    """Households with an ärende closed to annan försörjning in the period: when."""
    slut = last_seen(period, per)
    enheter = _enheter(func.max(Arende.avslutat), bistand.is_closed_to_annan(period.fran, slut))
    return _households(session, _medlemmar(session, enheter, aktor, period), slut)


def _enheter(dag: ColumnElement[Any], which: ColumnElement[bool]) -> Any:
    """The households that have an ärende which fits."""
    enhet = manader.household(Deltagare)
    return (
        select(enhet.label("enhet"), dag.label("dag"), null().label("bitar"))
        .join(Arende, Arende.deltagare_id == Deltagare.id)
        .where(which)
        .group_by(enhet)
        .subquery()
    )


def _month_households(fits: Fits, *, barn: bool = False) -> Loader:
    """Households whose months fit: the period's last month."""

    def load(session: Session, aktor: Aktor, period: Period, per: date) -> People:
        fonster = Fonster(period, per)
        lika = (m for m in _with_months(session, aktor, period, per) if fits(fonster, m.bitar))
        return _households(session, lika, first_day(fonster.sista), barn=barn)

    return load


def _month_people(fits: Fits, *alder: int, tal: Callable[[Fonster, int], float] | None = None) -> Loader:
    """People of some ages whose households' months fit: the latest of them within the period's end."""

    def load(session: Session, aktor: Aktor, period: Period, per: date) -> People:
        fonster = Fonster(period, per)
        found = []
        for m in _with_months(session, aktor, period, per):
            if m.alder in alder and fits(fonster, m.bitar):
                antal = tal(fonster, m.bitar) if tal is not None else None
                found.append(PersonBakom(m.person, first_day(fonster.latest(m.bitar)), "", m.kon, antal))
        return by_name(with_arende(session, found))

    return load


def _vuxna(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    """Adults of the households with an ärende granted and not closed on the last day: since when."""
    slut = last_seen(period, per)
    enheter = _enheter(func.max(Arende.beslut), bistand.is_granted_on(slut))
    found = [
        PersonBakom(m.person, m.dag or slut, "", m.kon)
        for m in _medlemmar(session, enheter, aktor, period)
        if m.alder != manader.BARN
    ]
    return by_name(with_arende(session, found))


def _sjuka(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    query = (
        select(func.max(Arende.beslut), Deltagare.kon, *PERSON)
        .join(Arende, Arende.deltagare_id == Deltagare.id)
        .where(bistand.is_sjuk_on(last_seen(period, per)), access.may_know(aktor))
    )
    return each_once(session, query)


def _vantetid(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    """Every ärende with beslut in the period: when, what, and the days from the ansökan."""
    query = (
        select(
            Arende.beslut, days_between(Arende.ansokan, Arende.beslut), Arende.utfall, Deltagare.kon, *PERSON
        )
        .join(Deltagare, Deltagare.id == Arende.deltagare_id)
        .where(bistand.is_decided(period.fran, last_seen(period, per)), access.may_know(aktor))
        .order_by(Arende.beslut, Deltagare.sortering, Arende.id)
    )
    return make_rows(session, session.execute(query))


def _efter_anstallning(
    bara_aktuella: bool, session: Session, aktor: Aktor, period: Period, per: date
) -> People:
    """People who reach the 13th month after their arbetsmarknadsanställning: its last day."""
    fonster, bas = Fonster(period, per), manader.anstallda_of(period, per)
    monster = manader.monster_of(per, fonster.forsta)
    query: Select[Any] = (
        select(monster.c.bitar, bas.c.trettonde, bas.c.sista, Deltagare.kon, *PERSON)
        .select_from(bas.outerjoin(monster, monster.c.enhet == bas.c.enhet))
        .join(Deltagare, Deltagare.id == bas.c.id)
        .where(access.may_know(aktor))
    )
    rows = (
        (sista, None, "", *more)
        for bitar, manad, sista, *more in session.execute(query)
        if not bara_aktuella or fonster.has(manader.join_bits(bitar), manad)
    )
    return by_name(make_rows(session, rows))


_VUXNA = (manader.UNG, manader.VUXEN)
_MOTTAGARE = _month_people(Fonster.has_aret, *_VUXNA)
_LANGVARIGT = _month_people(Fonster.is_langvarigt, *_VUXNA)
_AKTUELLA = partial(_efter_anstallning, True)
_ROWS = {
    "hushall.med_insats": Oppning(_granted_households, Vad.HUSHALL),
    "barn.i_hushall": Oppning(partial(_granted_households, barn=True), Vad.BARN),
    "bistand.vuxna_individer": Oppning(_vuxna),
    manader.UTBETALNING: Oppning(_month_households(Fonster.has_sista), Vad.HUSHALL),
    manader.OVER_2_AR: Oppning(_month_households(Fonster.is_over_tva_ar), Vad.HUSHALL),
    manader.BARN_LANGVARIGT: Oppning(_month_households(Fonster.is_over_tva_ar, barn=True), Vad.BARN),
    manader.MOTTAGARE: Oppning(_MOTTAGARE),
    manader.LANGVARIGT: Oppning(_LANGVARIGT),
    "langvarigt.andel_av_mottagare": share(_LANGVARIGT, _MOTTAGARE),
    "mycket_langvarigt.antal": Oppning(_month_people(Fonster.is_mycket_langvarigt, *_VUXNA)),
    "ej_ateraktualiserade.andel": share(
        _month_people(lambda fonster, bitar: fonster.judge_aterkomst(bitar)[0] > 0, *_VUXNA),
        _month_people(lambda fonster, bitar: fonster.judge_aterkomst(bitar)[1] > 0, *_VUXNA),
    ),
    "bistand.unga_medel": Oppning(
        _month_people(
            lambda fonster, bitar: fonster.count_period(bitar) > 0, manader.UNG, tal=Fonster.count_period
        ),
        Vad.MANADER,
    ),
    manader.AKTUELLA_13: share(_AKTUELLA, partial(_efter_anstallning, False)),
    f"{manader.AKTUELLA_13}.antal": Oppning(_AKTUELLA),
    "avslutade_hushall.annan_forsorjning": Oppning(_closed_households, Vad.HUSHALL),
    "vantetid.medel": Oppning(_vantetid, Vad.DAGAR),
    "vantetid.median": Oppning(_vantetid, Vad.DAGAR),
    "forsorjningshinder.sjuk": Oppning(_sjuka),
}
