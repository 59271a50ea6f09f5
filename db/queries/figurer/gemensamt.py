"""What the figure queries share: values by kön, rows as Figur, and the conditions that recur in their SQL."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, case, or_
from sqlalchemy.orm import InstrumentedAttribute

from db.models import Deltagare
from db.rules.figurer import Figur, Konsvarden, Tal
from db.rules.period import Period, add_months
from db.rules.statistik import calculate_mean, calculate_median, share
from db.sql import day_number

Kon = str | None
# Conditions on Deltagare that narrow a report; none: everybody.
Villkor = Sequence[ColumnElement[bool]]
Dag = ColumnElement[date] | InstrumentedAttribute[date] | InstrumentedAttribute[date | None]

NOLL = Konsvarden(0, 0, 0, 0)


def last_seen(period: Period, per: date) -> date:
    """The last day of the period that has come on the day of judgement; before the period when none has."""
    return min(period.till, per)


def by_kon(rows: Iterable[tuple[Kon, Tal | None]]) -> Konsvarden:
    """Counts by kön and their sum, zero where there is no row; each person or thing belongs to one row."""
    kvinnor: Tal = 0
    man: Tal = 0
    saknas: Tal = 0
    for kon, antal in rows:
        if kon == "K":
            kvinnor += antal or 0
        elif kon == "M":
            man += antal or 0
        else:
            saknas += antal or 0
    return Konsvarden(kvinnor, man, saknas, kvinnor + man + saknas)


def columns_by_kon(rows: Sequence[Sequence[Any]]) -> list[Konsvarden]:
    """One Konsvarden per column after the first, which is the kön; none of no rows."""
    return [by_kon((row[0], row[i]) for row in rows) for i in range(1, len(rows[0]))] if rows else []


def combine(rakna: Callable[..., Tal | None], *varden: Konsvarden) -> Konsvarden:
    """The values worked out kön by kön."""
    return Konsvarden(*(rakna(*tal) for tal in zip(*varden, strict=True)))


def add(*varden: Konsvarden) -> Konsvarden:
    """The sum kön by kön."""
    return combine(lambda *tal: sum(t or 0 for t in tal), *varden)


def subtract(hel: Konsvarden, del_: Konsvarden) -> Konsvarden:
    """What is left kön by kön."""
    return combine(lambda a, b: (a or 0) - (b or 0), hel, del_)


def amount(
    id_: str, varde: Konsvarden, namnare: Konsvarden, *, namn: str = "", namnare_id: str = ""
) -> Figur:
    """A row of amounts that count no people themselves but rest on `namnare` people."""
    return Figur(id_, "antal", varde, namnare=namnare, matt=True, namn=namn, namnare_id=namnare_id)


def count(id_: str, varde: Konsvarden, *, namn: str = "", namnare: Konsvarden | None = None) -> Figur:
    """A row of counts; `namnare` where the count is a sum that rests on another number of people."""
    return Figur(id_, "antal", varde, namn=namn, namnare=namnare)


def count_total(id_: str, antal: Tal, *, namnare: Tal | None = None) -> Figur:
    """A row of counts that has no kön."""
    return Figur(
        id_,
        "antal",
        Konsvarden(totalt=antal),
        namnare=None if namnare is None else Konsvarden(totalt=namnare),
    )


def share_of(
    id_: str,
    taljare: Konsvarden,
    namnare: Konsvarden,
    *,
    taljare_id: str = "",
    namnare_id: str = "",
    namn: str = "",
) -> Figur:
    """A row of shares in per cent, exact; None where the base is empty."""
    varde = combine(lambda t, n: None if n is None else share(t or 0, n), taljare, namnare)
    return Figur(
        id_, "andel", varde, taljare, namnare, namn=namn, taljare_id=taljare_id, namnare_id=namnare_id
    )


def mean_and_median(
    medel_id: str,
    median_id: str,
    histogram: Iterable[tuple[Kon, int, int]],
    *,
    namnare_id: str = "",
) -> tuple[Figur, Figur]:
    """Rows of days from (kön, days, how many): the mean, the median, and the number that they rest on."""
    grupper = _spread(histogram)
    namnare = Konsvarden(*map(len, grupper))

    def row(id_: str, calculate: Callable[[Sequence[Tal]], float | None]) -> Figur:
        return Figur(
            id_, "dagar", Konsvarden(*map(calculate, grupper)), namnare=namnare, namnare_id=namnare_id
        )

    return row(medel_id, calculate_mean), row(median_id, calculate_median)


def median_of(
    id_: str, histogram: Iterable[tuple[Kon, int, int]], *, namnare_id: str = "", namn: str = ""
) -> Figur:
    """A row of median days from (kön, days, how many), and the number that it rests on."""
    grupper = _spread(histogram)
    return Figur(
        id_,
        "dagar",
        Konsvarden(*map(calculate_median, grupper)),
        namnare=Konsvarden(*map(len, grupper)),
        namnare_id=namnare_id,
        namn=namn,
    )


def _spread(histogram: Iterable[tuple[Kon, int, int]]) -> tuple[list[int], ...]:
    """The days of kvinnor, män, uppgift saknas and all, each as often as it occurs."""
    dagar: Mapping[Kon, list[int]] = {"K": [], "M": [], None: []}
    for kon, antal_dagar, antal in histogram:
        dagar[kon].extend([antal_dagar] * antal)
    return dagar["K"], dagar["M"], dagar[None], [*dagar["K"], *dagar["M"], *dagar[None]]


def flag(condition: ColumnElement[bool]) -> ColumnElement[int]:
    """1 where the condition holds, else 0 (also where it is unknown)."""
    return case((condition, 1), else_=0)


def runs(
    borjan: Dag, slut: Dag, fran: date | ColumnElement[date], till: date | ColumnElement[date]
) -> ColumnElement[bool]:
    """Whether it runs some day of the span; both ends inclusive, open while `slut` is NULL."""
    return and_(borjan <= till, or_(slut.is_(None), slut >= fran))


def overlap_days(borjan: Dag, slut: Dag, fran: date, till: date) -> ColumnElement[int]:
    """Days that it runs inside the span, for rows where `runs` holds."""
    # Only the ends that lie inside are turned into numbers: for most rows that is one date, or none.
    forsta = case((borjan < fran, fran.toordinal()), else_=day_number(borjan))
    sista = case((slut <= till, day_number(slut)), else_=till.toordinal())
    return sista - forsta + 1


def born_after(dag: date, alder: int) -> ColumnElement[bool]:
    """Whether the person is younger than `alder` on the day (as age_on); unknown without a birth date."""
    return Deltagare.fodelsedatum > add_months(dag, -12 * alder)
