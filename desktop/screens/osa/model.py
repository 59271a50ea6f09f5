"""What days the screen is of, and its figures in words."""

from collections.abc import Sequence
from datetime import date
from enum import StrEnum

from db.queries.figurer.osa import PERSONER
from db.queries.osa import OsaTid
from db.queries.osa_platser import OsaPlatser
from db.queries.osa_siffror import Siffror
from db.rules.figurer import Figur, Konsvarden
from db.rules.statistik import round_half_up, share
from desktop.formatting import NBSP, long_date, number, percent, plural, short_date
from desktop.i18n import tr
from desktop.widgets.kon_strip import KonKpi

TOTALT, ANSTALLNING, PRAKTIK, LONEBIDRAG = PERSONER
VOLYM = {
    TOTALT: "All OSA", ANSTALLNING: "OSA-anställning", PRAKTIK: "Praktik inför OSA",
    LONEBIDRAG: "OSA och lönebidrag",
}  # fmt: skip


class Tidval(StrEnum):
    """Whether the placements of a day or of a year are shown."""

    DAG = "dag"
    AR = "ar"


class Visning(StrEnum):
    """What is shown under the figures."""

    LISTA = "lista"
    TIDSLINJE = "tidslinje"
    OVERGANGAR = "overgangar"
    PLATSER = "platser"


def make_tid(val: Tidval, dag: date, ar: int, idag: date) -> OsaTid:
    """The days of the list: a day, or what has come of a year."""
    if val is Tidval.DAG:
        return OsaTid(dag, dag, idag)
    return OsaTid(date(ar, 1, 1), min(date(ar, 12, 31), idag), idag)


def tell_tid(tid: OsaTid) -> str:
    """ "idag", "12 november 2026", "2026 hittills", "2025"."""
    if tid.fran == tid.till:
        return tr("idag") if tid.till == tid.idag else long_date(tid.till)
    return tell_ar(tid)


def tell_ar(tid: OsaTid) -> str:
    """The year up to its last day: "2025", "2026 hittills", "2026 t.o.m. 3 mar"."""
    till = tid.till
    if (till.month, till.day) == (12, 31):
        return str(till.year)
    if till == tid.idag:
        return f"{till.year} {tr('hittills')}"
    return f"{till.year} t.o.m.{NBSP}{short_date(till)}"


def make_kpis(siffror: Siffror) -> tuple[KonKpi, ...]:
    """The six figures: four of the year, two of the decisions."""
    by_id = {figur.id: figur.varde for figur in siffror.personer}
    ar, tid = tell_ar(siffror.tid), siffror.tid
    when = tr("någon dag") + f" {ar}" if tid.fran != tid.till else tell_tid(tid)
    utan, gar_ut = siffror.utan.varde, siffror.gar_ut.varde
    alla, anstallda, praktik = (by_id[key] for key in (TOTALT, ANSTALLNING, PRAKTIK))
    both = (anstallda.totalt or 0) + (praktik.totalt or 0) - (alla.totalt or 0)
    return (
        KonKpi(TOTALT, f"{tr('I OSA')} {ar}", *_told(alla), detail=_goal(alla, siffror.mal)),
        KonKpi(
            ANSTALLNING, tr("OSA-anställning"), *_told(anstallda),
            detail=f"{number(by_id[LONEBIDRAG].totalt)} {tr('räknat med lönebidrag')}",
        ),
        KonKpi(
            PRAKTIK, tr("Praktik inför OSA"), *_told(praktik), detail=f"{number(both)} {tr('har haft båda')}"
        ),
        KonKpi(
            "overgang", tr("Övergångar"), *_told(siffror.overgang.varde), detail=tr("till annan anställning")
        ),
        KonKpi(
            "utan", tr("Utan täckande beslut"), *_told(utan), icon="circle-alert" if utan.totalt else "",
            detail=when, tone="danger",
        ),
        KonKpi(
            "gar_ut", tr("Beslut går ut"), *_told(gar_ut), icon="triangle-alert" if gar_ut.totalt else "",
            detail=tr("inom 60 dagar"), tone="warn",
        ),
    )  # fmt: skip


def tell_platser(platser: OsaPlatser) -> str:
    """How many intern places OSA has, and where else it is."""
    part = share(platser.interna, platser.platser)
    told = f" ({percent(round_half_up(part))})" if part is not None else ""
    first = (
        f"{tr('OSA har')} {number(platser.interna)} {tr('av')} "
        f"{plural(platser.platser, tr('intern plats'), tr('interna platser'))}{told}."
    )
    once = tr("De räknas en gång: platserna är enheternas egna.")
    extern = plural(
        platser.externa, tr("placering finns på en extern enhet"), tr("placeringar finns på externa enheter")
    )
    ingen = plural(platser.utan_enhet, tr("placering har ingen enhet"), tr("placeringar har ingen enhet"))
    more = [f"{text}." for antal, text in ((platser.externa, extern), (platser.utan_enhet, ingen)) if antal]
    return " ".join((first, once, *more))


def _goal(varde: Konsvarden, mal: int) -> str:
    """ "mål 110, 64 %"."""
    if not mal:
        return tr("inget mål")
    reached = share(varde.totalt or 0, mal)
    assert reached is not None
    return f"{tr('mål')} {number(mal)}, {percent(round_half_up(reached))}"


def _told(varde: Konsvarden) -> tuple[str, str, str]:
    return number(varde.totalt), number(varde.kvinnor), number(varde.man)


def find_figur(figurer: Sequence[Figur], rad_id: str) -> Figur:
    """The row with an id."""
    return next(figur for figur in figurer if figur.id == rad_id)
