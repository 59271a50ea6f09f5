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
from db.rules.planbild import Beraknad
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


def compute_rapporter(
    session: Session, aktor: Aktor, beraknas: Iterable[str], period: Period, per: date
) -> tuple[Beraknad, ...]:
    """The reports that hold the row ids, each asked once; nothing for a period that lies ahead, and for one
    before the register held anything that the report counts: there it would tell a false zero."""
    rapporter = sorted({rapport for id_ in beraknas if (rapport := find_rapport(id_))})
    if not rapporter or per < period.fran:
        return ()
    began = _began(session)
    ut: list[Beraknad] = []
    for rapport in rapporter:
        forsta = began.get(rapport, began[""])
        if forsta is not None and forsta <= min(period.till, per):
            ut.append(Beraknad(rapport, period, per, _FIGURES[rapport](session, aktor, period, per)))
    return tuple(ut)


def pick_utfall(beraknade: Iterable[Beraknad]) -> dict[str, Figur]:
    """The figures of the reports by row id."""
    return {figur.id: figur for one in beraknade for figur in one.figurer}


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
