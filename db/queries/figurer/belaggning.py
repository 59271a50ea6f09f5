"""Figures of the report `belaggning`: places offered, occupied and paid for. Places have no kön."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Insats, Insatstyp, Inskrivning
from db.queries.belaggning import count_belagda, read_enheter
from db.queries.figurer.gemensamt import by_kon, count, last_seen, runs
from db.queries.figurer.slugs import unique_slugs
from db.rules.belaggning import (
    calculate_belaggning,
    calculate_kostnad_per_plats,
    calculate_platser_medel,
    count_erbjudna,
    scale_kostnad,
    sum_kostnad,
)
from db.rules.figurer import Figur, Konsvarden
from db.rules.koder import Enhetstyp
from db.rules.period import Period

DAGLIG_VERKSAMHET = "daglig verksamhet"


@dataclass(frozen=True, slots=True)
class _Enhet:
    namn: str
    typ: str
    belagda: int
    erbjudna: int
    kostnader: dict[int, int]


def figures(session: Session, aktor: Aktor, period: Period, per: date) -> tuple[Figur, ...]:  # noqa: ARG001
    """All rows of the report. Five statements."""
    slut = last_seen(period, per)
    enheter = _enheter(session, period.fran, slut)
    grupper = {typ.value: [e for e in enheter if e.typ == typ] for typ in Enhetstyp}
    slugs = unique_slugs(e.namn for e in enheter)
    return (
        *(_grad(f"belaggning.{typ}.grad", grupp) for typ, grupp in grupper.items()),
        *(
            _about_places(f"belaggning.{typ}.platser_medel", "antal", _platser(grupp, period.fran, slut))
            for typ, grupp in grupper.items()
        ),
        *(
            _about_places(f"belaggning.{typ}.kostnad_per_plats", "kr", _kostnad(grupp, period.fran, slut))
            for typ, grupp in grupper.items()
        ),
        *(_grad(f"belaggning.enhet.{slugs[e.namn]}.grad", [e], e.namn) for e in enheter),
        _daglig_verksamhet(session, slut),
    )


def _enheter(session: Session, fran: date, slut: date) -> list[_Enhet]:
    """Every enhet, intern first and in the order they were registered, with the period's place-days."""
    belagda = count_belagda(session, fran, slut)
    return [
        _Enhet(e.namn, e.typ, belagda.get(e.id, 0), count_erbjudna(e.kapacitet, fran, slut), e.kostnader)
        for e in read_enheter(session).values()
    ]


def _grad(id_: str, enheter: list[_Enhet], namn: str = "") -> Figur:
    """Occupied of offered place-days in per cent."""
    belagda, erbjudna = sum(e.belagda for e in enheter), sum(e.erbjudna for e in enheter)
    grad = calculate_belaggning(belagda, erbjudna)
    return Figur(
        id_,
        "andel",
        Konsvarden(totalt=grad),
        Konsvarden(totalt=belagda),
        Konsvarden(totalt=erbjudna),
        skyddas=False,
        namn=namn,
    )


def _platser(enheter: Iterable[_Enhet], fran: date, slut: date) -> float:
    if slut < fran:
        return 0.0
    return calculate_platser_medel(sum(e.erbjudna for e in enheter), fran, slut)


def _kostnad(enheter: Iterable[_Enhet], fran: date, slut: date) -> float | None:
    """Kronor per place and year; None when an enhet that offers places lacks the cost of some year.

    An enhet without places in the period belongs to the cost only where a cost is registered for it.
    """
    if slut < fran:
        return None
    artal, alla = range(fran.year, slut.year + 1), list(enheter)
    ore = sum_kostnad(
        (bool(e.erbjudna) or any(ar in e.kostnader for ar in artal), scale_kostnad(e.kostnader, fran, slut))
        for e in alla
    )
    return calculate_kostnad_per_plats(None if ore is None else ore / 100, _platser(alla, fran, slut))


def _about_places(id_: str, enhet: str, varde: float | None) -> Figur:
    return Figur(id_, enhet, Konsvarden(totalt=varde), skyddas=False)


def _daglig_verksamhet(session: Session, slut: date) -> Figur:
    """Places in daglig verksamhet on the last day: insatser running, by the kön of who has the place."""
    rows = session.execute(
        select(Deltagare.kon, func.count())
        .join(Inskrivning, Inskrivning.deltagare_id == Deltagare.id)
        .join(Insats, Insats.inskrivning_id == Inskrivning.id)
        .join(Insatstyp, Insatstyp.id == Insats.insatstyp_id)
        .where(Insatstyp.namn == DAGLIG_VERKSAMHET, runs(Insats.start, Insats.slut, slut, slut))
        .group_by(Deltagare.kon)
    )
    return count("daglig_verksamhet.platser", by_kon(rows))
