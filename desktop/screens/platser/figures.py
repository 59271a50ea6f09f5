"""Key figures and pictures of the screen Platser, worked out off the GUI thread. Pure."""

from collections.abc import Sequence
from datetime import date

from db.queries.platslista import Platslista, PlatsRow, Platstal, calculate_kostnad_fore, sum_platser
from db.rules.statistik import round_half_up
from desktop.charts.columns import stacked_columns
from desktop.charts.lines import Goal, lines
from desktop.charts.picture import Picture, Series, say_percent
from desktop.formatting import kronor, month, month_short, number, percent, plural, short_date
from desktop.i18n import tr
from desktop.screens.platser.rows import tell_change, tell_cost, tell_percent
from desktop.widgets.figures import Kpi

TYPER = {"intern": "Interna", "extern": "Externa"}
_WAYS = {1: "trending-up", -1: "trending-down", 0: "minus"}


def make_figures(lista: Platslista, rader: Sequence[PlatsRow], idag: date) -> tuple[Kpi, ...]:
    """The row of key figures for the enheter shown."""
    tal = sum_platser(rader)
    return (
        _places(rader, tal),
        _occupied(lista, tal),
        _free(tal, lista.dag == idag),
        _queue(lista),
        _cost(lista, rader, tal),
        Kpi(tr("Tomma platser kostar"), kronor(_tens(tal.kostnad_lediga)), tr("per månad"), "wallet"),
    )


def make_goal(lista: Platslista) -> tuple[str, str, int] | None:
    """The goal of new places in words, a detail of it, and how far it is in per cent; None without a goal."""
    mal = lista.platsmal
    if mal is None:
        return None
    told = f"{number(mal.nya)} {tr('av')} {number(mal.antal)} {tr('nya platser')}"
    since = f"{tr('sedan')} {short_date(mal.fran, lista.dag)}"
    if mal.fran > lista.dag:
        since = f"{tr('från')} {short_date(mal.fran, lista.dag)}"
    gone = f" · {plural(mal.borta, tr('plats'), tr('platser'))} {tr('borta')}" if mal.borta else ""
    return told, f"{since}{gone}", min(100, 100 * mal.nya // mal.antal)


def draw_months(lista: Platslista, rader: Sequence[PlatsRow]) -> Picture:
    """Beläggning by month, interna beside externa, with the goal as a band."""
    low, high = lista.mal
    series = [
        Series(tr(namn), sum_platser(own).grader, typ)
        for typ, namn in TYPER.items()
        if (own := [rad for rad in rader if rad.typ == typ])
    ]
    goal = Goal(f"{tr('Mål')} {low}–{high} %", low, high)
    title = tr("Beläggning, 12 månader")
    months = [month_short(manad) for manad in lista.manader]
    return lines(title, months, series, told=_percent, share=True, goal=goal, source=_source(lista))


def draw_weeks(lista: Platslista, rader: Sequence[PlatsRow]) -> Picture:
    """Places coming free by week, interna under externa."""
    weeks = [f"v.\u00a0{vecka.isocalendar().week}" for vecka in lista.veckor]
    series = [
        Series(
            tr(namn[:-1]),
            tuple(sum(rad.veckor[at] for rad in own) for at in range(len(weeks))),
            typ,
            tuple(f"{typ}:{vecka.isoformat()}" for vecka in lista.veckor),
        )
        for typ, namn in TYPER.items()
        if (own := [rad for rad in rader if rad.typ == typ])
    ]
    return stacked_columns(tr("Platser som blir lediga"), weeks, series, source=_source(lista))


def _percent(value: float) -> str:
    return say_percent(int(round_half_up(value)))


def _source(lista: Platslista) -> str:
    return f"{tr('Platser')}, {short_date(lista.dag)}\u00a0{lista.dag.year} ({month(lista.dag)})"


def _tens(kr: float) -> int:
    return int(round_half_up(kr, -1))


def _places(rader: Sequence[PlatsRow], tal: Platstal) -> Kpi:
    own = {typ: sum(rad.tal.platser for rad in rader if rad.typ == typ) for typ in TYPER}
    detail = f"{number(own['intern'])} {tr('interna')}, {number(own['extern'])} {tr('externa')}"
    return Kpi(tr("Platser"), number(tal.platser), detail)


def _occupied(lista: Platslista, tal: Platstal) -> Kpi:
    low, high = lista.mal
    goal = f"{tr('mål')} {low}–{percent(high)}"
    if tal.grad is None:
        return Kpi(tr("Belagda"), number(tal.belagda), goal)
    inside = low <= round_half_up(tal.grad) <= high
    icon, tone = ("circle-check", "ok") if inside else ("triangle-alert", "warn")
    return Kpi(tr("Belagda"), number(tal.belagda), f"{tell_percent(tal.grad)} · {goal}", icon, tone)


def _free(tal: Platstal, is_today: bool) -> Kpi:
    label = tr("Lediga nu") if is_today else tr("Lediga då")
    detail = f"{number(tal.reserverade)} {tr('reserverade därutöver')}"
    return Kpi(label, number(tal.lediga), detail, "circle-check", "ok")


def _queue(lista: Platslista) -> Kpi:
    if lista.langsta_ko is None:
        return Kpi(tr("Personer i kö"), "0", tr("ingen väntar"), "circle-check", "ok")
    longest = plural(lista.langsta_ko, tr("dag"), tr("dagar"))
    return Kpi(tr("Personer i kö"), number(lista.i_ko), f"{tr('längst väntan')} {longest}", "clock")


def _cost(lista: Platslista, rader: Sequence[PlatsRow], tal: Platstal) -> Kpi:
    now = tal.kostnad_per_plats
    if now is None:
        detail = tr("kostnad saknas för någon enhet") if tal.platser else ""
        return Kpi(tr("Kostnad per plats/mån"), tell_cost(None), detail, "info" if detail else "")
    told, way = tell_change(now, calculate_kostnad_fore(rader), lista.dag.year - 1)
    return Kpi(tr("Kostnad per plats/mån"), tell_cost(now), told, _WAYS[way] if told else "")
