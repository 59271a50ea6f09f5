"""Figures of the report `aktivitetskrav` (R7, R8). Rows count ärenden, by the kön of the deltagare."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Arende, Deltagare
from db.queries.aktivitetskrav import is_utan_aktivitet, judge_period
from db.queries.figurer.gemensamt import Kon, by_kon, count, mean_and_median, share_of
from db.queries.settings import load_settings
from db.rules.aktivitetskrav import Installningar, Status, place_in_period
from db.rules.figurer import Figur, Konsvarden
from db.rules.period import Period, make_period

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
    return (
        count("aktivitetskrav.bas", antal["bas"]),
        *(count(f"aktivitetskrav.{status.value}", antal[status]) for status in STATUSRADER),
        _share(antal[Status.UPPFYLLT], antal["bas"]),
        median,
        medel,
        count("aktivitetskrav.utan_frist", antal["utan_frist"]),
        count("aktivitetskrav.avslutat_fore_frist", antal["avslutat"]),
        count_utan_aktivitet(session, installningar, per),
    )


def list_andelar(session: Session, aktor: Aktor, perioder: Sequence[Period], per: date) -> tuple[Figur, ...]:
    """The share within the days given (R7), `aktivitetskrav.andel_uppfyllt`, of each of some periods that
    follow each other in time and have ended by `per`. Three statements however many.

    Once its periods have ended a share no longer hangs on the day of judgement: A ≤ F, and F has passed.
    """
    installningar = load_settings(session, aktor).aktivitetskrav
    hela = make_period(perioder[0].fran, perioder[-1].till)
    slut = [period.till for period in perioder]
    bas: list[Counter[Kon]] = [Counter() for _ in perioder]
    uppfyllt: list[Counter[Kon]] = [Counter() for _ in perioder]
    for kon, bedomning in judge_period(session, installningar, hela, per):
        if place_in_period(bedomning, hela.fran, hela.till) == "bas" and bedomning.frist is not None:
            at = bisect_left(slut, bedomning.frist)
            bas[at][kon] += 1
            uppfyllt[at][kon] += bedomning.status is Status.UPPFYLLT
    return tuple(
        _share(by_kon(taljare.items()), by_kon(namnare.items()))
        for taljare, namnare in zip(uppfyllt, bas, strict=True)
    )


def count_utan_aktivitet(session: Session, installningar: Installningar, per: date) -> Figur:
    """How many ärenden are without activity on `per` (R8). One statement."""
    utan = session.execute(
        select(Deltagare.kon, func.count())
        .join(Arende, Arende.deltagare_id == Deltagare.id)
        .where(is_utan_aktivitet(installningar, per))
        .group_by(Deltagare.kon)
    )
    return count("aktivitetskrav.utan_aktivitet", by_kon(utan))


def _share(uppfyllt: Konsvarden, bas: Konsvarden) -> Figur:
    return share_of(
        "aktivitetskrav.andel_uppfyllt",
        uppfyllt,
        bas,
        taljare_id="aktivitetskrav.uppfyllt",
        namnare_id="aktivitetskrav.bas",
    )
