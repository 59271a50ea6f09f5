"""The people behind the rows of the reports, for staff who may open them: a share opens its numerator.

Protected people are in the figures, and in these lists only for those named for them.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Insats, Insatstyp, Inskrivning, Steg
from db.queries import access
from db.queries.avslut_personer import list_aterkomna, list_avslutade, of_klass
from db.queries.figurer.avslut import KLASSER, counts_as
from db.queries.figurer.deltagare import VUXEN_FRAN, has_current_plan, has_recent_insats
from db.queries.figurer.gemensamt import born_after, last_seen, runs
from db.queries.figurer.osa import OVERGANG, PERSONER
from db.queries.figurer.slugs import unique_slugs
from db.queries.flode_personer import PersonBakom, list_i_steg, list_in, list_ut, with_arende
from db.queries.idag.scope import PERSON, make_person
from db.queries.kravlista import list_i_figur, list_utan
from db.queries.osa_personer import list_i_osa, list_overgangar
from db.queries.tavla import UTAN_STEG
from db.rules.aktivitetskrav import Status
from db.rules.avslut import is_arbete_studier, is_egen_forsorjning
from db.rules.flode import UTAN_STEG_SLUG
from db.rules.period import Period

People = Sequence[PersonBakom]
Loader = Callable[[Session, Aktor, Period, date], People]
KON: dict[str, str | None] = {"kvinnor": "K", "man": "M", "uppgift_saknas": None}
INSATS, STEG = "insats.", "flode."


def opens(rad_id: str) -> bool:
    """Whether the row of that id opens its people."""
    return _find(rad_id) is not None


def list_bakom(
    session: Session, aktor: Aktor, rad_id: str, nyckel: str, period: Period, per: date
) -> tuple[PersonBakom, ...]:
    """Those behind a row, of one kön or all (`nyckel`, as KON_NYCKLAR); () for a row that does not open."""
    loader = _find(rad_id)
    found = loader(session, aktor, period, per) if loader is not None else ()
    return tuple(rad for rad in found if nyckel not in KON or rad.kon == KON[nyckel])


def _find(rad_id: str) -> Loader | None:
    if rad_id in _ROWS:
        return _ROWS[rad_id]
    if rad_id.startswith(INSATS) and rad_id.endswith(".unika"):
        return partial(_insats, rad_id.removeprefix(INSATS).removesuffix(".unika"))
    if rad_id.startswith(STEG) and rad_id.endswith(".antal"):
        return partial(_steg, rad_id.removeprefix(STEG).removesuffix(".antal"))
    return None


def _people(session: Session, query: Any) -> tuple[PersonBakom, ...]:
    """Each person once of (day, kön, *PERSON)."""
    rows = session.execute(query.group_by(Deltagare.id).order_by(Deltagare.sortering, Deltagare.id))
    return with_arende(session, [PersonBakom(make_person(p), dag, "", kon) for dag, kon, *p in rows])


def _inskrivna(*villkor: Callable[[Period, date], ColumnElement[bool]], sista_dagen: bool = False) -> Loader:
    """People with an inskrivning some day of the period, or on its last, that fits: since when."""

    def load(session: Session, aktor: Aktor, period: Period, per: date) -> People:
        slut = last_seen(period, per)
        fran = slut if sista_dagen else period.fran
        query = (
            select(func.max(Inskrivning.inskriven), Deltagare.kon, *PERSON)
            .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
            .where(
                runs(Inskrivning.inskriven, Inskrivning.avslutad, fran, slut),
                *(fits(period, slut) for fits in villkor),
                access.may_know(aktor),
            )
        )
        return _people(session, query)

    return load


def _insats(slug: str, session: Session, aktor: Aktor, period: Period, per: date) -> People:
    """People with an insats of the type some day of the period: since when the latest has run."""
    slut = last_seen(period, per)
    typer = {row.namn: row.id for row in session.execute(select(Insatstyp.namn, Insatstyp.id))}
    ids = [typer[namn] for namn, ett in unique_slugs(typer).items() if ett == slug]
    query = (
        select(func.max(Insats.start), Deltagare.kon, *PERSON)
        .join(Inskrivning, Inskrivning.id == Insats.inskrivning_id)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(
            Insats.insatstyp_id.in_(ids),
            runs(Insats.start, Insats.slut, period.fran, slut),
            access.may_know(aktor),
        )
    )
    return _people(session, query)


def _steg(slug: str, session: Session, aktor: Aktor, period: Period, per: date) -> People:
    """People who stand in the steg on the last day: since when."""
    slut = last_seen(period, per)
    if slug == UTAN_STEG_SLUG:
        return list_i_steg(session, aktor, UTAN_STEG, slut)
    steg = {row.namn: row.id for row in session.execute(select(Steg.namn, Steg.id))}
    which = [namn for namn, ett in unique_slugs(steg, [UTAN_STEG_SLUG]).items() if ett == slug]
    return [rad for namn in which for rad in list_i_steg(session, aktor, steg[namn], slut)]


def _avslutade(*villkor: ColumnElement[bool], unika: bool = False) -> Loader:
    def load(session: Session, aktor: Aktor, period: Period, per: date) -> People:
        found = list_avslutade(session, aktor, period, per, *villkor)
        return tuple({rad.person.id: rad for rad in found}.values()) if unika else found

    return load


def _krav(status: Status | None = None, plats: str = "bas") -> Loader:
    """Ärenden of the base, or with a status, or of another place in the period: the frist."""

    def load(session: Session, aktor: Aktor, period: Period, per: date) -> People:
        found = list_i_figur(session, aktor, period, per, lambda b: b.status.value, plats=plats)
        return [replace(rad, text="") for rad in found if status is None or rad.text == status.value]

    return load


def _overgangar(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    found = list_overgangar(session, aktor, period.fran, last_seen(period, per), per)
    return [PersonBakom(rad.person, rad.dag, rad.till, rad.kon) for rad in found]


def _osa(rad_id: str) -> Loader:
    return lambda session, aktor, period, per: list_i_osa(
        session, aktor, rad_id, period.fran, last_seen(period, per)
    )


_TILL_ARBETE_STUDIER = counts_as(is_arbete_studier)
_TILL_EGEN = counts_as(lambda resultat, _manad: is_egen_forsorjning(resultat))
_ROWS: dict[str, Loader] = {
    "deltagare.unika": _inskrivna(),
    "deltagare.nya": _inskrivna(lambda period, _slut: Inskrivning.inskriven >= period.fran),
    "deltagare.avslutade": _inskrivna(lambda _period, slut: Inskrivning.avslutad <= slut),
    "deltagare.alder.-24": _inskrivna(lambda period, _slut: born_after(period.till, VUXEN_FRAN)),
    "deltagare.alder.25-": _inskrivna(lambda period, _slut: ~born_after(period.till, VUXEN_FRAN)),
    "deltagare.inskrivna_sista_dag": _inskrivna(sista_dagen=True),
    "deltagare.med_insats_senaste_manaden_andel": _inskrivna(
        lambda _period, slut: has_recent_insats(slut), sista_dagen=True
    ),
    "planering.andel_aktuell": _inskrivna(lambda _period, slut: has_current_plan(slut), sista_dagen=True),
    "avslut.totalt": _avslutade(),
    **{f"avslut.{rad}": _avslutade(of_klass(klass)) for klass, rad in KLASSER.items()},
    "avslut.andel_arbete_studier": _avslutade(_TILL_ARBETE_STUDIER),
    "avslut.antal_arbete_studier_unika": _avslutade(_TILL_ARBETE_STUDIER, unika=True),
    "avslut.egen_forsorjning": _avslutade(_TILL_EGEN),
    "avslut.andel_egen_forsorjning": _avslutade(_TILL_EGEN),
    "avslut.ateraktualiserade_12_manader": lambda session, aktor, period, per: list_aterkomna(
        session, aktor, period, per, lambda resultat, _dagar: resultat
    ),
    "aktivitetskrav.bas": _krav(),
    "aktivitetskrav.andel_uppfyllt": _krav(Status.UPPFYLLT),
    **{
        f"aktivitetskrav.{status.value}": _krav(status)
        for status in (
            Status.UPPFYLLT, Status.UPPFYLLT_SENT, Status.FORFALLET, Status.PAGAR, Status.UNDANTAG,
        )
    },
    "aktivitetskrav.utan_frist": _krav(plats="utan_frist"),
    "aktivitetskrav.avslutat_fore_frist": _krav(plats="avslutat"),
    "aktivitetskrav.utan_aktivitet": lambda session, aktor, _period, per: list_utan(
        session, aktor, per, lambda _dagar: ""
    ),
    **{rad_id: _osa(rad_id) for rad_id in PERSONER},
    OVERGANG: _overgangar,
    "flode.in": lambda session, aktor, period, per: list_in(
        session, aktor, period.fran, last_seen(period, per)
    ),
    "flode.ut": lambda session, aktor, period, per: list_ut(
        session, aktor, period.fran, last_seen(period, per)
    ),
    "flode.inskrivna": lambda session, aktor, period, per: list_i_steg(
        session, aktor, None, last_seen(period, per)
    ),
}  # fmt: skip
