"""Makes a whole report from the register, for window and command line: queries, hides and labels."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING

from db.aktor import Aktor
from db.errors import KnownError
from db.rules.aktivitetskrav import Startpunkt
from db.rules.figurer import Figur, Rapport
from db.rules.period import (
    Period,
    PeriodError,
    add_months,
    default_per,
    last_day,
    month_index,
    parse_period,
)
from desktop.reports.assemble import Huvud, assemble
from desktop.reports.registry import REPORTS
from desktop.reports.spec import Rapportspec

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.queries.settings import Installningar
    from db.session import Store

STARTORD = {Startpunkt.BEVILJANDE: "beslutet om bistånd", Startpunkt.ANSOKAN: "ansökan om bistånd"}
Rows = Callable[["Session", Aktor, Period, date], Sequence[object]]
Figures = Callable[["Session", Aktor, Period, date], tuple[Figur, ...]]


def list_reports() -> tuple[Rapportspec, ...]:
    """Every report there is, in the order they are shown."""
    return tuple(REPORTS.values())


def find_report(namn: str) -> Rapportspec:
    """The report of that name. Raises KnownError that names those there are."""
    spec = REPORTS.get(namn.strip().lower())
    if spec is None:
        raise KnownError(f"Rapporten {namn} finns inte. Välj bland {', '.join(REPORTS)}.")
    return spec


def read_period(text: str) -> Period:
    """The period that the text names (exchange.md). Raises KnownError in Swedish."""
    try:
        return parse_period(text)
    except PeriodError as error:
        raise KnownError(str(error)) from error


def make_report(
    store: "Store",
    aktor: Aktor,
    namn: str,
    period_text: str,
    *,
    per: date | None = None,
    jamfor: str | None = None,
    idag: date,
) -> Rapport:
    """The report `namn` for a period, judged on `per` (by default its last day or today, the earlier).

    `jamfor` names a comparison period, judged at the same distance as the report is. Raises KnownError for
    a name or period that does not exist, StoreError when the register cannot be read.
    """
    spec, period = find_report(namn), read_period(period_text)
    jamforelse = read_period(jamfor) if jamfor else None
    dag = per or default_per(period, idag)
    figures = _figures_of(spec)
    with store.read(aktor) as session:
        from db.queries.settings import load_settings

        installningar = load_settings(session, aktor)
        nu = figures(session, aktor, period, dag)
        fore = None
        if jamforelse:
            fore = figures(session, aktor, jamforelse, _same_distance(period, dag, jamforelse))
        huvud = _head(installningar, period, dag, idag, jamforelse)
        if spec.listor:
            huvud = _with_rows(spec, huvud, session, aktor)
    return assemble(spec, nu, fore, huvud)


def _figures_of(spec: Rapportspec) -> Figures:
    figures: Figures = import_module(f"db.queries.figurer.{spec.namn}").figures
    return figures


def _with_rows(spec: Rapportspec, huvud: Huvud, session: "Session", aktor: Aktor) -> Huvud:
    """With the rows that the report's lists are made of, which are no figures."""
    rows: Rows = import_module(f"db.queries.figurer.{spec.namn}").rows
    fore = huvud.jamforelse
    before = rows(session, aktor, fore, _same_distance(huvud.period, huvud.per, fore)) if fore else None
    return replace(huvud, rader=rows(session, aktor, huvud.period, huvud.per), jamforelse_rader=before)


def _same_distance(period: Period, per: date, jamforelse: Period) -> date:
    """The day that judges the comparison alike: as long after its end, or as far into it while it goes on."""
    if per >= period.till:
        return jamforelse.till + (per - period.till)
    manader = jamforelse.forsta_manad - period.forsta_manad
    dag = add_months(per, manader)
    if per == last_day(month_index(per)):
        dag = last_day(month_index(dag))
    return min(dag, jamforelse.till)


def _head(
    installningar: "Installningar", period: Period, per: date, idag: date, jamforelse: Period | None
) -> Huvud:
    krav = installningar.aktivitetskrav
    return Huvud(
        period=period,
        per=per,
        uttag=idag,
        jamforelse=jamforelse,
        kommun=installningar.kommun,
        namnd=installningar.namnd,
        demo=installningar.demo,
        troskel=installningar.troskel,
        ord={"dagar": str(krav.dagar), "startpunkt": STARTORD[krav.startpunkt]},
    )
