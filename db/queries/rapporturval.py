"""The people of an urval as conditions for the figure queries, and what can be chosen."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING

from sqlalchemy import ColumnElement, and_, exists, or_, select
from sqlalchemy.orm import Session, aliased

from db.aktor import Aktor
from db.errors import KnownError
from db.models import Arende, Deltagare, Enhet, Hushall, Insats, Inskrivning
from db.queries.figurer.gemensamt import Villkor, born_after, last_seen, runs
from db.rules.koder import Spar, Utbildningsniva, Utfall
from db.rules.period import Period
from db.rules.text import fold, slug, sort_key
from db.rules.urval import MALGRUPPER, Malgrupp, Urval

if TYPE_CHECKING:
    from db.queries.flode_personer import PersonBakom


@dataclass(frozen=True, slots=True)
class Val:
    """The spår and enheter that a report can be narrowed to, in Swedish order."""

    spar: tuple[str, ...]
    enheter: tuple[str, ...]


def list_val(session: Session, aktor: Aktor) -> Val:  # noqa: ARG001
    """What can be chosen: the two spår and others that are registered, and every enhet. Two statements."""
    egna = session.scalars(select(Inskrivning.spar).where(Inskrivning.spar != "").distinct())
    enheter = session.scalars(select(Enhet.namn))
    spar = [one.value for one in Spar]
    return Val((*spar, *sorted(set(egna) - set(spar), key=sort_key)), tuple(sorted(enheter, key=sort_key)))


def find_urval(session: Session, aktor: Aktor, enhet: str = "", malgrupp: str = "") -> Urval:
    """The urval of names as they are written: of a spår or an enhet, and of a målgrupp. Two statements, none
    where nothing is narrowed. Raises KnownError for a name that does not exist."""
    spar = namn = ""
    if enhet.strip():
        val = list_val(session, aktor)
        spar = _same(enhet, val.spar)
        namn = "" if spar else _same(enhet, val.enheter)
        if not (spar or namn):
            raise KnownError(
                f"Enheten {enhet} finns inte. Välj bland {', '.join((*val.spar, *val.enheter))}."
            )
    grupp = slug(malgrupp)
    if grupp and grupp not in list(Malgrupp):
        raise KnownError(f"Målgruppen {malgrupp} finns inte. Välj bland {', '.join(MALGRUPPER)}.")
    return Urval(spar, namn, grupp)


def villkor_of(urval: Urval, period: Period, per: date) -> Villkor:
    """Conditions on Deltagare that hold for those of the urval in the period, as far as it had come on
    `per`; none for everybody."""
    slut = last_seen(period, per)
    found: list[ColumnElement[bool]] = []
    if urval.spar:
        found.append(_has_inskrivning(urval.spar, period.fran, slut))
    if urval.enhet:
        found.append(_has_insats(urval.enhet, period.fran, slut))
    if urval.malgrupp:
        found.append(_is_of(Malgrupp(urval.malgrupp), period, slut))
    return tuple(found)


def keep_urval(
    session: Session, rader: "Iterable[PersonBakom]", urval: Urval, period: Period, per: date
) -> "tuple[PersonBakom, ...]":
    """Of the people behind a number, those of the urval. One statement, none for everybody."""
    villkor = villkor_of(urval, period, per)
    if not villkor:
        return tuple(rader)
    kvar = set(session.scalars(select(Deltagare.id).where(*villkor)))
    return tuple(rad for rad in rader if rad.person.id in kvar)


def _same(sokt: str, namn: Iterable[str]) -> str:
    return next((ett for ett in namn if fold(ett) == fold(sokt)), "")


def _has_inskrivning(spar: str, fran: date, slut: date) -> ColumnElement[bool]:
    # Of another name than the inskrivning that the query around may count.
    egen = aliased(Inskrivning)
    return (
        exists()
        .where(
            egen.deltagare_id == Deltagare.id, egen.spar == spar,
            runs(egen.inskriven, egen.avslutad, fran, slut),
        )
        .correlate(Deltagare)
    )  # fmt: skip


def _has_insats(enhet: str, fran: date, slut: date) -> ColumnElement[bool]:
    egen, insats = aliased(Inskrivning), aliased(Insats)
    vilken = select(Enhet.id).where(Enhet.namn == enhet).scalar_subquery()
    return (
        exists()
        .where(
            egen.deltagare_id == Deltagare.id, insats.inskrivning_id == egen.id, insats.enhet_id == vilken,
            runs(insats.start, insats.slut, fran, slut),
        )
        .correlate(Deltagare)
    )  # fmt: skip


def _is_of(malgrupp: Malgrupp, period: Period, slut: date) -> ColumnElement[bool]:
    match malgrupp:
        case Malgrupp.UNGA:
            return and_(born_after(period.till, 25), ~born_after(period.till, 18))
        case Malgrupp.OVER_55:
            return ~born_after(period.till, 55)
        case Malgrupp.UTRIKESFODDA:
            return Deltagare.utrikesfodd.is_(True)
        case Malgrupp.UTAN_GYMNASIUM:
            return Deltagare.utbildningsniva == Utbildningsniva.FORGYMNASIAL.value
        case Malgrupp.MED_BARN:
            return (
                exists()
                .where(Hushall.id == Deltagare.hushall_id, Hushall.antal_barn > 0)
                .correlate(Deltagare)
            )
    arende = aliased(Arende)
    return (
        exists()
        .where(
            arende.deltagare_id == Deltagare.id, arende.utfall == Utfall.BIFALL.value, arende.beslut <= slut,
            or_(arende.avslutat.is_(None), arende.avslutat >= period.fran),
        )
        .correlate(Deltagare)
    )  # fmt: skip
