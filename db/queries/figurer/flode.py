"""Figures of the report `flode`: in, out, in which steg and for how long. Rows count inskrivningar."""

from collections.abc import Iterable, Iterator
from datetime import date

from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.queries import flode
from db.queries.figurer.gemensamt import (
    NOLL,
    Kon,
    Villkor,
    add,
    by_kon,
    count,
    last_seen,
    median_of,
    share_of,
    subtract,
)
from db.queries.figurer.slugs import unique_slugs
from db.rules.figurer import Figur, Konsvarden
from db.rules.flode import UTAN_STEG_SLUG
from db.rules.period import Period


def figures(
    session: Session,
    aktor: Aktor,  # noqa: ARG001
    period: Period,
    per: date,
    urval: Villkor = (),
) -> tuple[Figur, ...]:
    """All rows of the report. Two statements and one for the catalogue."""
    slut = last_seen(period, per)
    genom = flode.count_genomflode(session, period.fran, slut, urval)
    steg = flode.list_steg(session, period.fran, slut, urval)
    inskrivna = by_kon(genom.inskrivna.items())
    return (
        count("flode.in", by_kon(genom.in_.items())),
        count("flode.ut", by_kon(genom.ut.items())),
        median_of("flode.ledtid_median", _histogram(genom.ledtider), namnare_id="flode.ut"),
        count("flode.inskrivna", inskrivna),
        *_per_steg(steg, inskrivna),
        *_over_riktvarde(steg, inskrivna),
    )


def _per_steg(steg: Iterable[flode.Stegrad], inskrivna: Konsvarden) -> Iterator[Figur]:
    rader = tuple(steg)
    slugs = unique_slugs((rad.namn for rad in rader), [UTAN_STEG_SLUG])
    star = {rad.steg_id: _count(rad.pagaende) for rad in rader}
    for rad in rader:
        id_ = f"flode.{slugs[rad.namn]}"
        yield count(f"{id_}.antal", star[rad.steg_id], namn=rad.namn)
        yield median_of(
            f"{id_}.dagar_median", _histogram(rad.pagaende), namnare_id=f"{id_}.antal", namn=rad.namn
        )
        yield count(f"{id_}.lamnat", _count(rad.avslutade), namn=rad.namn)
        yield median_of(
            f"{id_}.lamnat_dagar_median", _histogram(rad.avslutade), namnare_id=f"{id_}.lamnat", namn=rad.namn
        )
    yield count(f"flode.{UTAN_STEG_SLUG}.antal", subtract(inskrivna, add(*star.values())))


def _over_riktvarde(steg: Iterable[flode.Stegrad], inskrivna: Konsvarden) -> tuple[Figur, ...]:
    over = add(NOLL, *(by_kon(rad.over_riktvarde.items()) for rad in steg))
    id_, bas = "flode.over_riktvarde", "flode.inskrivna"
    return (
        count(id_, over),
        share_of("flode.andel_over_riktvarde", over, inskrivna, taljare_id=id_, namnare_id=bas),
    )


def _count(dagar: flode.Dagar) -> Konsvarden:
    return by_kon((kon, antal) for (kon, _), antal in dagar.items())


def _histogram(dagar: flode.Dagar) -> Iterator[tuple[Kon, int, int]]:
    return ((kon, tal, antal) for (kon, tal), antal in dagar.items())
