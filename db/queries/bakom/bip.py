"""The people behind the report `bip`: since when each has been inskriven. What somebody answered is on the
card alone; a share only tells who is improved."""

from collections.abc import Callable
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Inskrivning
from db.queries import access
from db.queries.bakom.gemensamt import Loader, Oppning, People, Vad, each_once, share
from db.queries.figurer.bip import forandringar_of, matta_of
from db.queries.figurer.gemensamt import last_seen
from db.queries.idag.scope import PERSON
from db.rules.bip import BIP_INDIKATORER, list_indikatorer
from db.rules.koder import Svarande
from db.rules.period import Period
from db.rules.text import slug

BIP, HANDLAGGARE = "bip.", "_handlaggare"
_EGNA = {slug(i): i for i in list_indikatorer(Svarande.DELTAGARE)}
_ALLA = {slug(i): i for i in BIP_INDIKATORER}


def find(rad_id: str) -> Oppning | None:
    """How a row of the report opens; None for one of another."""
    if rad_id in _ROWS:
        return _ROWS[rad_id]
    indikator, _, rad = rad_id.removeprefix(BIP).partition(".")
    if indikator not in _ALLA:
        return None
    vem = Svarande.DELTAGARE if indikator in _EGNA else Svarande.HANDLAGGARE
    match rad:
        case "andel_forbattrade":
            return share(_svar(vem, _ALLA[indikator], battre=True), _svar(vem, _ALLA[indikator]))
        case "forandring_medel":
            return Oppning(_svar(vem, _ALLA[indikator]), Vad.MEDEL)
        case "forandring_medel_handlaggare" if indikator in _EGNA:
            return Oppning(_svar(Svarande.HANDLAGGARE, _ALLA[indikator]), Vad.MEDEL)
    return None


def _matta(session: Session, aktor: Aktor, period: Period, per: date) -> People:
    """Who was measured."""
    return _list(session, aktor, period, per, lambda _slut, _matta: ())


def _svar(vem: Svarande, indikator: str = "", *, battre: bool = False) -> Loader:
    """Those with two answers at least, to one question or to any; `battre`: whose answers have gone up."""

    def load(session: Session, aktor: Aktor, period: Period, per: date) -> People:
        def answered(slut: date, matta: Any) -> tuple[ColumnElement[bool], ...]:
            svar = forandringar_of(matta, slut)
            found = select(svar.c.inskrivning_id).where(svar.c.svarande == vem.value)
            found = found.where(svar.c.indikator == indikator) if indikator else found
            found = found.group_by(svar.c.inskrivning_id)
            found = found.having(func.sum(svar.c.forandring) > 0) if battre else found
            return (matta.c.id.in_(found),)

        return _list(session, aktor, period, per, answered)

    return load


def _list(
    session: Session,
    aktor: Aktor,
    period: Period,
    per: date,
    which: Callable[[date, Any], tuple[ColumnElement[bool], ...]],
) -> People:
    slut = last_seen(period, per)
    matta = matta_of(period.fran, slut)
    query = (
        select(func.max(Inskrivning.inskriven), Deltagare.kon, *PERSON)
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .join(matta, matta.c.id == Inskrivning.id)
        .where(*which(slut, matta), access.may_know(aktor))
    )
    return each_once(session, query)


_FLERA = _svar(Svarande.DELTAGARE)
_FLERA_HANDLAGGARE = _svar(Svarande.HANDLAGGARE)
_ROWS = {
    "bip.matta": Oppning(_matta),
    "bip.matta_flera": Oppning(_FLERA),
    "bip.andel_forbattrade": share(_svar(Svarande.DELTAGARE, battre=True), _FLERA),
    "bip.matta_flera_handlaggare": Oppning(_FLERA_HANDLAGGARE),
    "bip.andel_forbattrade_handlaggare": share(_svar(Svarande.HANDLAGGARE, battre=True), _FLERA_HANDLAGGARE),
}
