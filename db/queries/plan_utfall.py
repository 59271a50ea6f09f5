"""Outcomes of a plan's indicators worked out from the register, by the reports' own figures: one truth."""

from collections.abc import Callable, Iterable
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Arende, Inskrivning, Kapacitet
from db.queries.figurer import aktivitetskrav, avslut, belaggning, bip, bistand, deltagare, flode, osa
from db.rules.figurer import Figur
from db.rules.period import Period
from db.rules.planmatt import find_rapport

Figures = Callable[[Session, Aktor, Period, date], tuple[Figur, ...]]
_FIGURES: dict[str, Figures] = {
    "deltagare": deltagare.figures,
    "aktivitetskrav": aktivitetskrav.figures,
    "avslut": avslut.figures,
    "osa": osa.figures,
    "belaggning": belaggning.figures,
    "bistand": bistand.figures,
    "flode": flode.figures,
    "bip": bip.figures,
}


def compute_utfall(
    session: Session, aktor: Aktor, beraknas: Iterable[str], period: Period, per: date
) -> dict[str, Figur]:
    """The figures of the row ids, each report asked once; nothing for a period that lies ahead, and for one
    before the register held anything that the report counts: there it would tell a false zero."""
    ids = {id_ for id_ in beraknas if find_rapport(id_)}
    rapporter = sorted({find_rapport(id_) or "" for id_ in ids})
    if not rapporter or per < period.fran:
        return {}
    began = _began(session)
    ut: dict[str, Figur] = {}
    for rapport in rapporter:
        forsta = began.get(rapport, began[""])
        if forsta is not None and forsta <= min(period.till, per):
            figurer = _FIGURES[rapport](session, aktor, period, per)
            ut |= {figur.id: figur for figur in figurer if figur.id in ids}
    return ut


def _began(session: Session) -> dict[str, date | None]:
    """The first day of which the register knows anything, by report; "" for those about inskrivna."""
    inskrivna, arenden, platser = session.execute(
        select(
            select(func.min(Inskrivning.inskriven)).scalar_subquery(),
            select(func.min(Arende.ansokan)).scalar_subquery(),
            select(func.min(Kapacitet.fran)).scalar_subquery(),
        )
    ).one()
    return {"": inskrivna, "aktivitetskrav": arenden, "bistand": arenden, "belaggning": platser}
