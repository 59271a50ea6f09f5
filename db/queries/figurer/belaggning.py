"""Figures of the report `belaggning`: places offered, occupied and paid for. Places have no kön."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Deltagare, Enhet, Insats, Insatstyp, Inskrivning, Kapacitet, Kostnad
from db.queries.figurer.gemensamt import by_kon, count, last_seen, overlap_days, runs
from db.queries.figurer.slugs import unique_slugs
from db.rules import belaggning
from db.rules.figurer import Figur, Konsvarden
from db.rules.koder import Enhetstyp
from db.rules.period import Period

DAGLIG_VERKSAMHET = "daglig verksamhet"
INGEN_ENHET = 0


@dataclass(slots=True)
class _Enhet:
    namn: str
    typ: str
    belagda: int = 0
    erbjudna: int = 0
    kapacitet: list[belaggning.Kapacitet] = field(default_factory=list)
    kostnader: dict[int, int] = field(default_factory=dict)


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
    enheter = {
        id_: _Enhet(namn, typ)
        for id_, namn, typ in session.execute(
            select(Enhet.id, Enhet.namn, Enhet.typ).order_by(Enhet.typ.desc(), Enhet.id)
        )
    }
    # Not the bare column: going through its index is slower than reading the table once.
    enhet_id_av = func.coalesce(Insats.enhet_id, INGEN_ENHET)
    belagda = (
        select(enhet_id_av, func.sum(overlap_days(Insats.start, Insats.slut, fran, slut)))
        .where(runs(Insats.start, Insats.slut, fran, slut))
        .group_by(enhet_id_av)
    )
    for enhet_id, dagar in session.execute(belagda):
        if enhet_id != INGEN_ENHET:
            enheter[enhet_id].belagda = int(dagar)
    for enhet_id, borjan, till, platser in session.execute(
        select(Kapacitet.enhet_id, Kapacitet.fran, Kapacitet.till, Kapacitet.platser)
    ):
        enheter[enhet_id].kapacitet.append(belaggning.Kapacitet(borjan, till, platser))
    for enhet_id, ar, ore in session.execute(select(Kostnad.enhet_id, Kostnad.ar, Kostnad.belopp_ore)):
        enheter[enhet_id].kostnader[ar] = ore
    for enhet in enheter.values():
        enhet.erbjudna = belaggning.count_erbjudna(enhet.kapacitet, fran, slut)
    return list(enheter.values())


def _grad(id_: str, enheter: list[_Enhet], namn: str = "") -> Figur:
    """Occupied of offered place-days in per cent."""
    belagda, erbjudna = sum(e.belagda for e in enheter), sum(e.erbjudna for e in enheter)
    grad = belaggning.calculate_belaggning(belagda, erbjudna)
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
    return belaggning.calculate_platser_medel(sum(e.erbjudna for e in enheter), fran, slut)


def _kostnad(enheter: Iterable[_Enhet], fran: date, slut: date) -> float | None:
    """Kronor per place and year; None when an enhet that offers places lacks the cost of some year.

    An enhet without places in the period belongs to the cost only where a cost is registered for it.
    """
    if slut < fran:
        return None
    artal = range(fran.year, slut.year + 1)
    med = [e for e in enheter if e.erbjudna or any(ar in e.kostnader for ar in artal)]
    kostnader = [belaggning.scale_kostnad(e.kostnader, fran, slut) for e in med]
    kanda = [kostnad for kostnad in kostnader if kostnad is not None]
    if len(kanda) < len(kostnader):
        return None
    return belaggning.calculate_kostnad_per_plats(sum(kanda) / 100, _platser(med, fran, slut))


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
