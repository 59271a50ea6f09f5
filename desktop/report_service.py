"""Makes a whole report from the register, for window and command line: queries, hides and labels."""

import json
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from db.aktor import Aktor
from db.errors import KnownError
from db.rules.aktivitetskrav import Startpunkt
from db.rules.delegation import hide_numbers
from db.rules.figurer import Figur, Rapport, nothing_yet
from db.rules.period import (
    Period,
    PeriodError,
    add_months,
    default_per,
    last_day,
    month_index,
    parse_period,
)
from db.rules.urval import Urval
from desktop.reports.assemble import Huvud, assemble
from desktop.reports.innehall import SOM_DEN_AR, Del, Tillval, choose_innehall, list_delar
from desktop.reports.plan.rapport import NAMN as UPPFOLJNING
from desktop.reports.registry import REPORTS
from desktop.reports.spec import Rapportspec
from desktop.uppfoljning_service import make_follow_up

if TYPE_CHECKING:
    from sqlalchemy.orm import Session

    from db.commands.rapportutskrift import Utskrift
    from db.queries.namndbehandling import Rapportplats
    from db.queries.settings import Installningar
    from db.session import Store

STARTORD = {Startpunkt.BEVILJANDE: "beslutet om bistånd", Startpunkt.ANSOKAN: "ansökan om bistånd"}
NO_COMPARISON = (
    "Uppföljningen jämförs med planens ingående värden och tidigare utfall, inte med en vald period. "
    "Gör om den utan jämförelse."
)
Rows = Callable[["Session", Aktor, Period, date], Sequence[object]]
Figures = Callable[..., tuple[Figur, ...]]
LONGEST_VARIANT = 120


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


@dataclass(frozen=True, slots=True)
class Fardig:
    """A report made and hidden, and what is to be remembered when it is handed over: `parametrar` make it
    again, `installningar` are the settings it was made with, `delar` what can be left out of it."""

    rapport: Rapport
    utskrift: "Utskrift"
    parametrar: Mapping[str, str]
    installningar: Mapping[str, object]
    delar: tuple[Del, ...] = ()


def make_report(
    store: "Store",
    aktor: Aktor,
    namn: str,
    period_text: str,
    *,
    per: date | None = None,
    jamfor: str | None = None,
    plan: str | None = None,
    form: str | None = None,
    tillval: Tillval = SOM_DEN_AR,
    idag: date,
) -> Rapport:
    """As `prepare_report`, to be looked at only: whatever leaves the program goes through `hand_over`."""
    return prepare_report(
        store, aktor, namn, period_text, per=per, jamfor=jamfor, plan=plan, form=form, tillval=tillval,
        idag=idag,
    ).rapport  # fmt: skip


def prepare_report(
    store: "Store",
    aktor: Aktor,
    namn: str,
    period_text: str,
    *,
    per: date | None = None,
    jamfor: str | None = None,
    plan: str | None = None,
    form: str | None = None,
    tillval: Tillval = SOM_DEN_AR,
    idag: date,
) -> Fardig:
    """The report `namn` for a period, judged on `per` (by default its last day or today, the earlier), hidden
    also against everything handed over of it before (R12).

    `jamfor` names a comparison period, judged at the same distance as the report is. `plan` and `form` are
    for the follow-up of a plan, which compares as the plan does; `tillval` is what of it is printed and whom
    it counts. Raises KnownError for a name, plan, period, enhet or målgrupp that does not exist, and where
    nothing is left to print, StoreError when the register cannot be read.
    """
    from db.commands.rapportutskrift import Utskrift
    from db.queries.rapporturval import find_urval
    from db.queries.rapportutskrift import list_utgivna
    from db.queries.settings import load_settings

    spec, period = find_report(namn), read_period(period_text)
    if (tillval.enhet or tillval.malgrupp) and not spec.urval:
        raise KnownError(f"Rapporten {spec.namn} går inte att avgränsa till en enhet eller en målgrupp.")
    if spec.namn == UPPFOLJNING:
        if jamfor:
            raise KnownError(NO_COMPARISON)
        whole = _prepare_follow_up(store, aktor, period_text, per=per, plan=plan, form=form, idag=idag)
        return _chosen(whole, tillval, idag)
    if plan or form:
        raise KnownError(f"Plan och form gäller bara rapporten {UPPFOLJNING}.")
    jamforelse = read_period(jamfor) if jamfor else None
    dag = per or default_per(period, idag)
    fore_dag = _same_distance(period, dag, jamforelse) if jamforelse else None
    with store.read(aktor) as session:
        installningar = load_settings(session, aktor)
        urval = find_urval(session, aktor, tillval.enhet, tillval.malgrupp)
        count = partial(_figures, spec, session, aktor, urval)
        nu = count(period, dag)
        fore = count(jamforelse, fore_dag) if jamforelse and fore_dag else None
        if period.fran > max(dag, idag):
            nu = nothing_yet(nu)
        if jamforelse and fore and jamforelse.fran > max(dag, idag):
            fore = nothing_yet(fore)
        utgivna, senast = list_utgivna(session, aktor, spec.namn, "", installningar.troskel)
        huvud = replace(_head(installningar, period, dag, idag, jamforelse, fore_dag), urval=urval)
        if spec.listor:
            huvud = _with_rows(spec, huvud, session, aktor)
    underlag = assemble(spec, nu, fore, huvud, utgivna)
    titel, variant = ", ".join(filter(None, (spec.titel, urval.rubrik()))), urval.nyckel[:LONGEST_VARIANT]
    utskrift = Utskrift(spec.namn, titel, period.fran, period.till, dag, underlag.sidor, senast, variant)
    parametrar = {"namn": spec.namn, "period": period.text, "per": dag.isoformat()}
    parametrar |= {"jamfor": jamforelse.text} if jamforelse else {}
    whole = Fardig(underlag.rapport, utskrift, parametrar, plain_settings(installningar))
    return _chosen(_with_behandling(store, aktor, whole), tillval, idag)


def _chosen(whole: Fardig, tillval: Tillval, idag: date) -> Fardig:
    """The report with what is chosen of it; a comment names nobody by number."""
    tillval = replace(tillval, kommentar=hide_numbers(tillval.kommentar, idag))
    return replace(
        whole,
        rapport=choose_innehall(whole.rapport, tillval),
        parametrar={**whole.parametrar, **tillval.parametrar()},
        delar=list_delar(whole.rapport),
    )


def _prepare_follow_up(
    store: "Store",
    aktor: Aktor,
    period_text: str,
    *,
    per: date | None,
    plan: str | None,
    form: str | None,
    idag: date,
) -> Fardig:
    from db.queries.settings import load_settings

    rapport, utskrift = make_follow_up(store, aktor, period_text, per=per, plan=plan, form=form, idag=idag)
    with store.read(aktor) as session:
        installningar = plain_settings(load_settings(session, aktor))
    parametrar = {"namn": UPPFOLJNING, "period": period_text, "per": utskrift.per.isoformat()}
    parametrar |= {"plan": utskrift.variant, **({"form": form} if form else {})}
    return _with_behandling(store, aktor, Fardig(rapport, utskrift, parametrar, installningar))


def plats_of(utskrift: "Utskrift") -> "Rapportplats":
    """What the meeting and the diarienummer of a report are written under."""
    from db.queries.namndbehandling import Rapportplats

    return Rapportplats(utskrift.rapport, utskrift.variant, utskrift.fran, utskrift.till)


def _with_behandling(store: "Store", aktor: Aktor, fardig: Fardig) -> Fardig:
    """The report with the meeting and the diarienummer on its first page."""
    from db.queries.namndbehandling import find_behandling

    with store.read(aktor) as session:
        found = find_behandling(session, aktor, plats_of(fardig.utskrift))
    dag = found.sammantrade.isoformat() if found.sammantrade else ""
    return replace(fardig, rapport=replace(fardig.rapport, sammantrade=dag, dnr=found.dnr))


def hand_over(store: "Store", aktor: Aktor, fardig: Fardig, form: str) -> None:
    """Remember that the report leaves the program. Call it with everything made and nothing handed over yet:
    nothing is handed over that is not remembered. Raises ConflictError where another print of the report has
    come out since it was made: then it must be made anew."""
    from db.commands.rapportutskrift import remember_utskrift

    remember_utskrift(store, aktor, fardig.utskrift, form, datetime.now().astimezone())


def hand_over_files(store: "Store", aktor: Aktor, fardig: Fardig, filer: Mapping[Path, bytes]) -> None:
    """Put a report's files in their places, all of them whole or none, when it is remembered that they leave.
    Raises as `hand_over`, and StoreError where a file cannot be written."""
    from db.files import whole_file

    with ExitStack() as stack:
        for path, content in filer.items():
            stack.enter_context(whole_file(path)).write_bytes(content)
        hand_over(store, aktor, fardig, ", ".join(path.suffix[1:] for path in filer))


def _figures(
    spec: Rapportspec, session: "Session", aktor: Aktor, urval: Urval, period: Period, per: date
) -> tuple[Figur, ...]:
    """The figures of the report, of those of the urval."""
    from db.queries.rapporturval import villkor_of

    figures: Figures = import_module(f"db.queries.figurer.{spec.namn}").figures
    villkor = (villkor_of(urval, period, per),) if urval else ()
    return figures(session, aktor, period, per, *villkor)


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


def plain_settings(installningar: "Installningar") -> dict[str, object]:
    """The settings as values that JSON can hold."""
    plain: dict[str, object] = json.loads(json.dumps(asdict(installningar), default=str))
    return plain


def _head(
    installningar: "Installningar",
    period: Period,
    per: date,
    idag: date,
    jamforelse: Period | None,
    jamforelse_per: date | None,
) -> Huvud:
    krav = installningar.aktivitetskrav
    return Huvud(
        period=period,
        per=per,
        uttag=idag,
        jamforelse=jamforelse,
        jamforelse_per=jamforelse_per,
        kommun=installningar.kommun,
        namnd=installningar.namnd,
        demo=installningar.demo,
        troskel=installningar.troskel,
        ord={"dagar": str(krav.dagar), "startpunkt": STARTORD[krav.startpunkt]},
    )
