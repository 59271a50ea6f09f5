"""Figures of the report `avslut` (R9–R11). Rows count avslut; where a row says unika it counts persons."""

from collections import Counter, defaultdict
from datetime import date

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select
from sqlalchemy.orm import Session, aliased

from db.aktor import Aktor
from db.models import Deltagare, Inskrivning
from db.queries.figurer.gemensamt import (
    Kon,
    add,
    by_kon,
    count,
    flag,
    last_seen,
    share_of,
    subtract,
)
from db.rules.avslut import REGLER, classify_avslut, is_arbete_studier, is_egen_forsorjning
from db.rules.figurer import Figur
from db.rules.period import Period
from db.sql import add_days

KLASSER = {
    "A": "a_arbete",
    "B": "b_studier",
    "C": "c_annan_myndighet",
    "D": "d_slutfort",
    "E": "e_ovrigt",
    "invantar": "invantar_bekraftelse",
}


def figures(session: Session, aktor: Aktor, period: Period, per: date) -> tuple[Figur, ...]:  # noqa: ARG001
    """All rows of the report, as known on `per`. Two statements."""
    slut = last_seen(period, per)
    i_perioden = and_(Inskrivning.avslutad >= period.fran, Inskrivning.avslutad <= slut)
    rader: defaultdict[str, Counter[Kon]] = defaultdict(Counter)
    for kon, resultat, manad, antal, tillbaka in session.execute(_avslut(i_perioden, per)):
        rader["totalt"][kon] += antal
        rader[classify_avslut(resultat, manad)][kon] += antal
        rader["tillbaka"][kon] += tillbaka
        if is_egen_forsorjning(resultat):
            rader["egen"][kon] += antal
    varden = {namn: by_kon(rader[namn].items()) for namn in ("totalt", *KLASSER, "tillbaka", "egen")}
    totalt = varden["totalt"]
    unika = session.execute(
        select(Deltagare.kon, func.count(Inskrivning.deltagare_id.distinct()))
        .join(Inskrivning, Inskrivning.deltagare_id == Deltagare.id)
        .where(i_perioden, _till_arbete_studier())
        .group_by(Deltagare.kon)
    )
    bas = "avslut.totalt"
    return (
        count(bas, totalt),
        *(count(f"avslut.{rad}", varden[klass]) for klass, rad in KLASSER.items()),
        share_of(
            "avslut.andel_arbete_studier",
            add(varden["A"], varden["B"]),
            totalt,
            taljare_id="avslut.arbete_studier",
            namnare_id=bas,
        ),
        count("avslut.antal_arbete_studier_unika", by_kon(unika)),
        count("avslut.egen_forsorjning", varden["egen"]),
        share_of(
            "avslut.andel_egen_forsorjning",
            varden["egen"],
            totalt,
            taljare_id="avslut.egen_forsorjning",
            namnare_id=bas,
        ),
        count("avslut.ateraktualiserade_12_manader", varden["tillbaka"]),
        share_of(
            "avslut.andel_ej_ateraktualiserade",
            subtract(totalt, varden["tillbaka"]),
            totalt,
            taljare_id="avslut.ej_ateraktualiserade",
            namnare_id=bas,
        ),
    )


def _avslut(i_perioden: ColumnElement[bool], per: date):  # type: ignore[no-untyped-def]
    """Avslut by kön, result and confirmed month, and how many of them were followed by a return (R11)."""
    ny = aliased(Inskrivning)
    # As db.rules.avslut.is_ateraktualiserad: after the close, within 365 days, and known on `per`.
    tillbaka = exists().where(
        ny.deltagare_id == Inskrivning.deltagare_id,
        ny.inskriven > Inskrivning.avslutad,
        ny.inskriven <= add_days(Inskrivning.avslutad, 365),
        ny.inskriven <= per,
    )
    return (
        select(
            Deltagare.kon,
            Inskrivning.resultat,
            Inskrivning.minst_en_manad,
            func.count(),
            func.sum(flag(tillbaka.correlate(Inskrivning))),
        )
        .join(Deltagare, Deltagare.id == Inskrivning.deltagare_id)
        .where(i_perioden)
        .group_by(Deltagare.kon, Inskrivning.resultat, Inskrivning.minst_en_manad)
    )


def _till_arbete_studier() -> ColumnElement[bool]:
    """A or B as a condition, spelled out from the rule for every result and answer there is (R9, R10)."""
    return or_(
        false(),
        *(
            and_(Inskrivning.resultat == resultat, Inskrivning.minst_en_manad.is_(manad))
            for resultat in REGLER
            for manad in (True, False, None)
            if is_arbete_studier(resultat, manad)
        ),
    )
