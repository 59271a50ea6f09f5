"""The people behind the figures of avslut and what came of them, for staff who may open them."""

from collections.abc import Callable, Iterable
from datetime import date
from typing import Any, Literal

from sqlalchemy import ColumnElement, and_, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Inskrivning, Uppfoljning
from db.queries import access
from db.queries.figurer.avslut import counts_as, find_aterkomst, in_period
from db.queries.figurer.efter_avslut import answer_of, falls_in, is_asked
from db.queries.figurer.gemensamt import Kon
from db.queries.flode_personer import PersonBakom, list_behind, with_arende
from db.queries.idag.scope import PERSON, make_person
from db.rules.avslut import classify_avslut
from db.rules.period import Period
from db.rules.uppfoljning import is_kvar
from db.sql import days_between

ALLA_KON = "alla"
Grupp = Kon | Literal["alla"]  # None: uppgift saknas
Vad = Literal["alla", "svar", "kvar"]


def list_avslutade(
    session: Session, aktor: Aktor, period: Period, per: date, *villkor: ColumnElement[bool]
) -> tuple[PersonBakom, ...]:
    """Those whose inskrivning was closed in the period and fits the conditions, with the result. Two
    statements at most."""
    which = (in_period(period, per), *villkor)
    return list_behind(session, aktor, (), which, Inskrivning.avslutad, Inskrivning.resultat)


def list_aterkomna(
    session: Session,
    aktor: Aktor,
    period: Period,
    per: date,
    text: Callable[[str, int], str],
    *villkor: ColumnElement[bool],
) -> tuple[PersonBakom, ...]:
    """Those of `list_avslutade` who came back within 365 days (R11): the day they did, and in words from
    which result and after how many days. Two statements at most."""
    ater = find_aterkomst(per)
    query = (
        select(ater, Inskrivning.avslutad, Inskrivning.resultat, Deltagare.kon, *PERSON)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(in_period(period, per), ater.is_not(None), access.may_know(aktor), *villkor)
        .order_by(ater, Deltagare.sortering, Inskrivning.id)
    )
    rows: Iterable[Any] = session.execute(query)
    found = [
        PersonBakom(make_person(person), tillbaka, text(resultat, (tillbaka - avslutad).days), kon)
        for tillbaka, avslutad, resultat, kon, *person in rows
    ]
    return with_arende(session, found)


def list_uppfoljda(
    session: Session,
    aktor: Aktor,
    slag: str,
    period: Period,
    per: date,
    vad: Vad,
    text: Callable[[bool | None, str | None], str],
    *villkor: ColumnElement[bool],
) -> tuple[PersonBakom, ...]:
    """The people of a Varaktighet: the day of the avslut, and in words whether it has lasted and what the
    person told of. Two statements at most."""
    query = (
        select(
            Inskrivning.avslutad, Inskrivning.resultat, Inskrivning.minst_en_manad, Uppfoljning.forsorjning,
            Deltagare.kon, *PERSON,
        )
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .outerjoin(Uppfoljning, answer_of(slag, per))
        .where(falls_in(slag, period, per), is_asked(slag), access.may_know(aktor), *villkor)
        .order_by(Inskrivning.avslutad, Deltagare.sortering, Inskrivning.id)
    )  # fmt: skip
    rows: Iterable[Any] = session.execute(query)
    found = []
    for avslutad, resultat, manad, forsorjning, kon, *person in rows:
        kvar = is_kvar(slag, resultat, manad, forsorjning)
        if vad == "alla" or (kvar is not None and (kvar or vad == "svar")):
            found.append(PersonBakom(make_person(person), avslutad, text(kvar, forsorjning), kon))
    return with_arende(session, found)


def of_kon(kon: Grupp) -> tuple[ColumnElement[bool], ...]:
    """The condition that the person is of a kön; None: it is not known."""
    return () if kon == ALLA_KON else (Deltagare.kon.is_(kon) if kon is None else Deltagare.kon == kon,)


def of_klass(klass: str) -> ColumnElement[bool]:
    """The condition that an avslut counts as a class of Kolada, or waits to be confirmed (R9, R10)."""
    return counts_as(lambda resultat, manad: classify_avslut(resultat, manad) == klass)


def has_result(resultat: str) -> ColumnElement[bool]:
    """The condition that an avslut has a result."""
    return Inskrivning.resultat == resultat


def went(fore: str | None, efter: str | None) -> ColumnElement[bool]:
    """The condition that an avslut tells of this försörjning before and after; None: it is not told."""
    return and_(
        Inskrivning.forsorjning_fore.is_not_distinct_from(fore),
        Inskrivning.forsorjning_efter.is_not_distinct_from(efter),
    )


def came_back(per: date, fran: int, till: int) -> ColumnElement[bool]:
    """The condition that the person was back, known on `per`, from so many days to so many after the
    avslut."""
    return days_between(Inskrivning.avslutad, find_aterkomst(per)).between(fran, till)
