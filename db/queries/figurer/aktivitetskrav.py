"""Figures of the report `aktivitetskrav` (R7, R8). Rows count ärenden, by the kön of the deltagare."""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.models import Arende, Deltagare, Undantag
from db.queries.aktivitetskrav import (
    is_utan_aktivitet,
    judge_followed,
    judge_kinds,
    judge_period,
    may_belong,
    start_column,
)
from db.queries.figurer.gemensamt import Kon, Villkor, by_kon, count, mean_and_median, share_of
from db.queries.settings import load_settings
from db.rules.aktivitetskrav import Bedomning, Installningar, Status, place_in_period
from db.rules.figurer import Figur, Konsvarden
from db.rules.period import Period, make_period

STATUSRADER = (Status.UPPFYLLT, Status.UPPFYLLT_SENT, Status.FORFALLET, Status.PAGAR, Status.UNDANTAG)


def figures(
    session: Session, aktor: Aktor, period: Period, per: date, urval: Villkor = ()
) -> tuple[Figur, ...]:
    """All rows of the report, judged on `per` (R7). Four statements."""
    installningar = load_settings(session, aktor).aktivitetskrav
    platser: defaultdict[str, Counter[Kon]] = defaultdict(Counter)
    dagar: Counter[tuple[Kon, int]] = Counter()
    for kon, bedomning in judge_period(session, installningar, period, per, urval):
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
        count_utan_aktivitet(session, installningar, per, urval),
    )


def list_andelar(session: Session, aktor: Aktor, perioder: Sequence[Period], per: date) -> tuple[Figur, ...]:
    """The share within the days given (R7), `aktivitetskrav.andel_uppfyllt`, of each of some periods that
    follow each other in time and have ended by `per`. Six statements however many.

    Once its periods have ended a share no longer hangs on the day of judgement: A ≤ F, and F has passed.
    """
    installningar = load_settings(session, aktor).aktivitetskrav
    slut = [period.till for period in perioder]
    bas: list[Counter[Kon]] = [Counter() for _ in perioder]
    uppfyllt: list[Counter[Kon]] = [Counter() for _ in perioder]
    for kon, bedomning, antal in _judge_perioder(session, installningar, perioder, per):
        if place_in_period(bedomning, perioder[0].fran, slut[-1]) == "bas" and bedomning.frist is not None:
            at = bisect_left(slut, bedomning.frist)
            bas[at][kon] += antal
            uppfyllt[at][kon] += antal * (bedomning.status is Status.UPPFYLLT)
    return tuple(
        _share(by_kon(taljare.items()), by_kon(namnare.items()))
        for taljare, namnare in zip(uppfyllt, bas, strict=True)
    )


def _judge_perioder(
    session: Session, installningar: Installningar, perioder: Sequence[Period], per: date
) -> Iterator[tuple[Kon, Bedomning, int]]:
    """Kön, judgement and number of the ärenden of the periods: each with undantag by itself, the others
    together where they are alike. Five statements."""
    hela = make_period(perioder[0].fran, perioder[-1].till)
    nara, start = may_belong(installningar, hela), start_column(installningar)
    har = Arende.id.in_(select(Undantag.arende_id))
    for _, bedomning, (kon,) in judge_followed(session, installningar, per, nara & har, Deltagare.kon):
        yield kon, bedomning, 1
    dagar = timedelta(days=installningar.dagar)
    period = case(*((start <= p.till - dagar, n) for n, p in enumerate(perioder)))
    i_perioder = start.between(hela.fran - dagar, hela.till - dagar)
    for bedomning, (kon, _), antal in judge_kinds(
        session, installningar, per, i_perioder, Deltagare.kon, period
    ):
        yield kon, bedomning, antal


def count_utan_aktivitet(
    session: Session, installningar: Installningar, per: date, urval: Villkor = ()
) -> Figur:
    """How many ärenden are without activity on `per` (R8). One statement."""
    utan = session.execute(
        select(Deltagare.kon, func.count())
        .join(Arende, Arende.deltagare_id == Deltagare.id)
        .where(is_utan_aktivitet(installningar, per), *urval)
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
