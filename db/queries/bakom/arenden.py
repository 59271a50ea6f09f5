"""The people behind the reports `avslut`, `aktivitetskrav` and `osa`."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.queries.avslut_personer import list_aterkomna, list_avslutade, of_klass
from db.queries.bakom.gemensamt import Loader, Oppning, People, Vad, share
from db.queries.figurer.avslut import KLASSER, counts_as, find_aterkomst
from db.queries.figurer.gemensamt import last_seen
from db.queries.figurer.osa import GAR_UT, OVERGANG, PERSONER, UTAN
from db.queries.flode_personer import PersonBakom
from db.queries.kravlista import list_i_figur, list_utan
from db.queries.osa_personer import list_beslutslosa, list_i_osa, list_overgangar
from db.rules.aktivitetskrav import Status
from db.rules.avslut import is_arbete_studier, is_egen_forsorjning
from db.rules.period import Period


def find(rad_id: str) -> Oppning | None:
    """How a row of the reports opens; None for one of another."""
    return _ROWS.get(rad_id)


def _avslutade(*villkor: ColumnElement[bool], unika: bool = False) -> Loader:
    def load(session: Session, aktor: Aktor, period: Period, per: date) -> People:
        found = list_avslutade(session, aktor, period, per, *villkor)
        return tuple({rad.person.id: rad for rad in found}.values()) if unika else found

    return load


def _ej_aterkomna(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    return list_avslutade(session, aktor, period, per, find_aterkomst(per).is_(None))


def _aterkomna(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    return list_aterkomna(session, aktor, period, per, lambda resultat, _dagar: resultat)


def _krav(status: Status | None = None, plats: str = "bas") -> Loader:
    """Ärenden of the base, or with a status, or of another place in the period: the frist."""

    def load(session: Session, aktor: Aktor, period: Period, per: date) -> People:
        found = list_i_figur(session, aktor, period, per, lambda b: b.status.value, plats=plats)
        return [replace(rad, text="") for rad in found if status is None or rad.text == status.value]

    return load


def _dagar_till_aktivitet(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    found = list_i_figur(session, aktor, period, per, lambda b: str(b.dagar), bara_med_aktivitet=True)
    return [replace(rad, text="", tal=int(rad.text)) for rad in found]


def _utan_aktivitet(session: Session, aktor: Aktor, _period: Period, per: date) -> People:
    return list_utan(session, aktor, per, lambda _dagar: "")


def _overgangar(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    found = list_overgangar(session, aktor, period.fran, last_seen(period, per), per)
    return [PersonBakom(rad.person, rad.dag, rad.till, rad.kon) for rad in found]


def _of_osa(listed: Callable[[Session, Aktor, str, date, date, date], People], rad_id: str) -> Oppning:
    return Oppning(
        lambda session, aktor, period, per: listed(
            session, aktor, rad_id, period.fran, last_seen(period, per), per
        )
    )


def _i_osa(session: Session, aktor: Aktor, rad_id: str, fran: date, slut: date, _per: date) -> People:
    return list_i_osa(session, aktor, rad_id, fran, slut)


_TILL_ARBETE_STUDIER = counts_as(is_arbete_studier)
_TILL_EGEN = counts_as(lambda resultat, _manad: is_egen_forsorjning(resultat))
_ROWS = {
    "avslut.totalt": Oppning(_avslutade()),
    **{f"avslut.{rad}": Oppning(_avslutade(of_klass(klass))) for klass, rad in KLASSER.items()},
    "avslut.andel_arbete_studier": share(_avslutade(_TILL_ARBETE_STUDIER), _avslutade()),
    "avslut.antal_arbete_studier_unika": Oppning(_avslutade(_TILL_ARBETE_STUDIER, unika=True)),
    "avslut.egen_forsorjning": Oppning(_avslutade(_TILL_EGEN)),
    "avslut.andel_egen_forsorjning": share(_avslutade(_TILL_EGEN), _avslutade()),
    "avslut.ateraktualiserade_12_manader": Oppning(_aterkomna),
    "avslut.andel_ej_ateraktualiserade": share(_ej_aterkomna, _avslutade()),
    "aktivitetskrav.bas": Oppning(_krav()),
    "aktivitetskrav.andel_uppfyllt": share(_krav(Status.UPPFYLLT), _krav()),
    **{
        f"aktivitetskrav.{status.value}": Oppning(_krav(status))
        for status in (
            Status.UPPFYLLT, Status.UPPFYLLT_SENT, Status.FORFALLET, Status.PAGAR, Status.UNDANTAG,
        )
    },
    "aktivitetskrav.dagar_median": Oppning(_dagar_till_aktivitet, Vad.DAGAR),
    "aktivitetskrav.dagar_medel": Oppning(_dagar_till_aktivitet, Vad.DAGAR),
    "aktivitetskrav.utan_frist": Oppning(_krav(plats="utan_frist")),
    "aktivitetskrav.avslutat_fore_frist": Oppning(_krav(plats="avslutat")),
    "aktivitetskrav.utan_aktivitet": Oppning(_utan_aktivitet),
    **{rad_id: _of_osa(_i_osa, rad_id) for rad_id in PERSONER},
    **{rad_id: _of_osa(list_beslutslosa, rad_id) for rad_id in (UTAN, GAR_UT)},
    OVERGANG: Oppning(_overgangar),
}  # fmt: skip
