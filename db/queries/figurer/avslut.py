"""Figures of the report `avslut` (R9–R11). Rows count avslut; where a row says unika it counts persons."""

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, and_, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.aktor import Aktor
from db.models import Deltagare, Inskrivning
from db.queries.figurer.gemensamt import (
    NOLL,
    Kon,
    Villkor,
    add,
    by_kon,
    count,
    last_seen,
    share_of,
    subtract,
)
from db.rules.avslut import REGLER, Koladaklass, classify_avslut, is_arbete_studier, is_egen_forsorjning
from db.rules.figurer import Figur, Konsvarden
from db.rules.period import Period
from db.sql import add_days, days_between

KLASSER: dict[Koladaklass, str] = {
    "A": "a_arbete",
    "B": "b_studier",
    "C": "c_annan_myndighet",
    "D": "d_slutfort",
    "E": "e_ovrigt",
    "invantar": "invantar_bekraftelse",
}


@dataclass(frozen=True, slots=True)
class Avslutsrad:
    """Avslut of one result and one answer about the month (R10), and by days how many of them the person came
    back after (R11)."""

    resultat: str
    minst_en_manad: bool | None
    antal: Konsvarden
    dagar: tuple[tuple[int, Konsvarden], ...]

    @property
    def klass(self) -> Koladaklass:
        """What they count as (R9, R10)."""
        return classify_avslut(self.resultat, self.minst_en_manad)

    @property
    def tillbaka(self) -> Konsvarden:
        """How many came back within 365 days."""
        return add(NOLL, *(antal for _, antal in self.dagar))


def figures(
    session: Session,
    aktor: Aktor,  # noqa: ARG001
    period: Period,
    per: date,
    urval: Villkor = (),
) -> tuple[Figur, ...]:
    """All rows of the report, as known on `per`. Two statements."""
    return make_figures(
        list_avslutsrader(session, period, per, urval), count_unika(session, period, per, urval)
    )


def list_avslutsrader(
    session: Session, period: Period, per: date, urval: Villkor = ()
) -> tuple[Avslutsrad, ...]:
    """Every avslut of the period by result and answer, in the order of R9, as known on `per`. One
    statement."""
    rader: defaultdict[tuple[str, bool | None], defaultdict[int | None, Counter[Kon]]]
    rader = defaultdict(lambda: defaultdict(Counter))
    for kon, resultat, manad, dagar, antal in session.execute(
        _avslut(and_(in_period(period, per), *urval), per)
    ):
        rader[resultat, manad][dagar][kon] += antal
    ordning = {resultat: plats for plats, resultat in enumerate(REGLER)}
    return tuple(
        Avslutsrad(
            resultat,
            manad,
            by_kon((kon, antal) for counter in by_dag.values() for kon, antal in counter.items()),
            tuple((dag, by_kon(by_dag[dag].items())) for dag in sorted(d for d in by_dag if d is not None)),
        )
        for (resultat, manad), by_dag in sorted(
            rader.items(), key=lambda found: (ordning[found[0][0]], str(found[0][1]))
        )
    )


def make_figures(rader: tuple[Avslutsrad, ...], unika: Konsvarden) -> tuple[Figur, ...]:
    """The rows of the report, of the avslut of a period and the persons who went to arbete or studier."""

    def total(*found: Konsvarden) -> Konsvarden:
        return add(NOLL, *found)

    totalt, tillbaka = total(*(rad.antal for rad in rader)), total(*(rad.tillbaka for rad in rader))
    klasser = {klass: total(*(rad.antal for rad in rader if rad.klass == klass)) for klass in KLASSER}
    arbete_studier = total(
        *(rad.antal for rad in rader if is_arbete_studier(rad.resultat, rad.minst_en_manad))
    )
    egen = total(*(rad.antal for rad in rader if is_egen_forsorjning(rad.resultat)))
    bas = "avslut.totalt"
    return (
        count(bas, totalt),
        *(count(f"avslut.{rad}", klasser[klass]) for klass, rad in KLASSER.items()),
        share_of(
            "avslut.andel_arbete_studier",
            arbete_studier,
            totalt,
            taljare_id="avslut.arbete_studier",
            namnare_id=bas,
        ),
        count("avslut.antal_arbete_studier_unika", unika),
        count("avslut.egen_forsorjning", egen),
        share_of(
            "avslut.andel_egen_forsorjning",
            egen,
            totalt,
            taljare_id="avslut.egen_forsorjning",
            namnare_id=bas,
        ),
        count("avslut.ateraktualiserade_12_manader", tillbaka),
        share_of(
            "avslut.andel_ej_ateraktualiserade",
            subtract(totalt, tillbaka),
            totalt,
            taljare_id="avslut.ej_ateraktualiserade",
            namnare_id=bas,
        ),
    )


def count_unika(session: Session, period: Period, per: date, urval: Villkor = ()) -> Konsvarden:
    """The persons with at least one avslut of the period to arbete or studier. One statement."""
    return by_kon(
        session.execute(
            select(Deltagare.kon, func.count(Inskrivning.deltagare_id.distinct()))
            .join(Inskrivning, Inskrivning.deltagare_id == Deltagare.id)
            .where(in_period(period, per), counts_as(is_arbete_studier), *urval)
            .group_by(Deltagare.kon)
        )
    )


def in_period(period: Period, per: date) -> ColumnElement[bool]:
    """Whether an inskrivning was closed in the period, as far as it had come on `per`."""
    return and_(Inskrivning.avslutad >= period.fran, Inskrivning.avslutad <= last_seen(period, per))


def find_aterkomst(per: date) -> ColumnElement[date]:
    """The day that the person of an avslut first came back, known on `per`, as a value of Inskrivning; None
    where not within 365 days (R11)."""
    ny = aliased(Inskrivning)
    # As db.rules.avslut.is_ateraktualiserad: after the close, within 365 days, and known on `per`.
    return (
        select(func.min(ny.inskriven))
        .where(
            ny.deltagare_id == Inskrivning.deltagare_id,
            ny.inskriven > Inskrivning.avslutad,
            ny.inskriven <= add_days(Inskrivning.avslutad, 365),
            ny.inskriven <= per,
        )
        .correlate(Inskrivning)
        .scalar_subquery()
    )


def counts_as(fits: Callable[[str, bool | None], bool]) -> ColumnElement[bool]:
    """Whether an avslut is one that a rule of result and answer lets through, spelled out for every result
    and answer there is (R9, R10)."""
    return or_(
        false(),
        *(
            and_(Inskrivning.resultat == resultat, Inskrivning.minst_en_manad.is_(manad))
            for resultat in REGLER
            for manad in (True, False, None)
            if fits(resultat, manad)
        ),
    )


def _avslut(i_perioden: ColumnElement[bool], per: date):  # type: ignore[no-untyped-def]
    """Avslut by kön, result, confirmed month, and days until the person came back (R11)."""
    dagar = days_between(Inskrivning.avslutad, find_aterkomst(per)).label("dagar")
    return (
        select(Deltagare.kon, Inskrivning.resultat, Inskrivning.minst_en_manad, dagar, func.count())
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(i_perioden)
        .group_by(Deltagare.kon, Inskrivning.resultat, Inskrivning.minst_en_manad, dagar)
    )
