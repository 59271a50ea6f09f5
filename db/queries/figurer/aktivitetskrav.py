"""Figures of the report `aktivitetskrav` (R7, R8). Rows count ärenden, by the kön of the deltagare."""

from collections import Counter, defaultdict
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Arende, Deltagare
from db.queries.aktivitetskrav import is_utan_aktivitet, judge_period
from db.queries.figurer.gemensamt import Kon, by_kon, count, mean_and_median, share_of
from db.queries.settings import load_settings
from db.rules.aktivitetskrav import Status, place_in_period
from db.rules.figurer import Figur
from db.rules.period import Period

STATUSRADER = (Status.UPPFYLLT, Status.UPPFYLLT_SENT, Status.FORFALLET, Status.PAGAR, Status.UNDANTAG)


def figures(session: Session, aktor: Aktor, period: Period, per: date) -> tuple[Figur, ...]:
    """All rows of the report, judged on `per` (R7). Four statements."""
    installningar = load_settings(session, aktor).aktivitetskrav
    platser: defaultdict[str, Counter[Kon]] = defaultdict(Counter)
    dagar: Counter[tuple[Kon, int]] = Counter()
    for kon, bedomning in judge_period(session, installningar, period, per):
        plats = place_in_period(bedomning, period.fran, period.till)
        if plats is None:
            continue
        platser[plats][kon] += 1
        if plats == "bas":
            platser[bedomning.status][kon] += 1
            if bedomning.dagar is not None:
                dagar[kon, bedomning.dagar] += 1
    antal = {namn: by_kon(platser[namn].items()) for namn in ("bas", "utan_frist", "avslutat", *STATUSRADER)}
    medel, median = mean_and_median(
        "aktivitetskrav.dagar_medel",
        "aktivitetskrav.dagar_median",
        ((kon, tal, hur_manga) for (kon, tal), hur_manga in dagar.items()),
        namnare_id="aktivitetskrav.med_aktivitet",
    )
    utan = session.execute(
        select(Deltagare.kon, func.count())
        .join(Arende, Arende.deltagare_id == Deltagare.id)
        .where(is_utan_aktivitet(installningar, per))
        .group_by(Deltagare.kon)
    )
    return (
        count("aktivitetskrav.bas", antal["bas"]),
        *(count(f"aktivitetskrav.{status.value}", antal[status]) for status in STATUSRADER),
        share_of(
            "aktivitetskrav.andel_uppfyllt",
            antal[Status.UPPFYLLT],
            antal["bas"],
            taljare_id="aktivitetskrav.uppfyllt",
            namnare_id="aktivitetskrav.bas",
        ),
        median,
        medel,
        count("aktivitetskrav.utan_frist", antal["utan_frist"]),
        count("aktivitetskrav.avslutat_fore_frist", antal["avslutat"]),
        count("aktivitetskrav.utan_aktivitet", by_kon(utan)),
    )
