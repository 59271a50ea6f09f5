"""What can be chosen for a report: the gallery, periods and comparisons. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from db.queries.arshjul import Planarshjul
from db.queries.plan import PlanRow
from db.rules.arshjul import Lage
from db.rules.period import Period, PeriodError, add_months, parse_period
from db.rules.plan import follow_up_period, plain_period
from desktop.formatting import short_date
from desktop.i18n import tr
from desktop.reports.spec import Rapportspec
from desktop.screens.mal.model import is_follow_up, period_words
from desktop.screens.words import first_upper

OWN = "egen"
MOST_DUE = 4  # lines of the årshjul
DAGEN_EFTER = timedelta(days=1)
NONE = ""
YEAR_BEFORE = "foregaende"
UPPFOLJNING = "uppfoljning"  # the report that follows a plan up

Choices = tuple[tuple[str, str], ...]  # what each is called in calls, and in words


@dataclass(frozen=True, slots=True)
class ReportItem:
    """A report in the gallery; `kort` is its title where the room is narrow."""

    namn: str
    titel: str
    kort: str
    rad: str
    icon: str
    grupp: str


@dataclass(frozen=True, slots=True)
class Due:
    """A line of the årshjul: what, whose and when, and the plan and period of a follow-up to make ("" for
    one that is only told of)."""

    titel: str
    under: str
    kod: str = ""
    period: str = ""


# Group, icon and a short line; a report that is not named here stands last.
GALLERY = {
    "deltagare": ("Till nämnden", "users-round", "Inskrivna, nya, planering"),
    "uppfoljning": ("Till nämnden", "target", "Mål, indikatorer, bedömning"),
    "avslut": ("Till nämnden", "door-open", "Arbete, studier, annat"),
    "bistand": ("Till nämnden", "wallet", "Hushåll, barn, långvarigt"),
    "delegationsbeslut": ("Till nämnden", "file-check", "Alla beslut utan namn"),
    "aktivitetskrav": ("Uppföljning", "timer", "Uppfyllda inom fristen"),
    "flode": ("Uppföljning", "square-kanban", "In, ut, dagar i varje steg"),
    "bip": ("Uppföljning", "trending-up", "Mätta och förbättrade"),
    "belaggning": ("Resurser", "map-pin", "Interna och externa platser"),
    "osa": ("Resurser", "badge-check", "Anställning, praktik, beslut"),
}
# What the gallery calls those whose titles it has no room for.
SHORT = {
    "avslut": "Avslut och resultat",
    "uppfoljning": "Mål och indikatorer",
    "osa": "Skyddat arbete (OSA)",
}


def make_gallery(specs: tuple[Rapportspec, ...]) -> tuple[ReportItem, ...]:
    """The reports in the order of their groups."""
    items = []
    for spec in specs:
        grupp, icon, rad = GALLERY.get(spec.namn, ("Övrigt", "file-text", spec.beskrivning))
        kort = tr(SHORT.get(spec.namn, spec.titel))
        items.append(ReportItem(spec.namn, spec.titel, kort, tr(rad), icon, tr(grupp)))
    order = list(dict.fromkeys(grupp for grupp, _, _ in GALLERY.values()))
    return tuple(sorted(items, key=lambda item: order.index(item.grupp) if item.grupp in order else 99))


def make_due(hjul: Iterable[Planarshjul]) -> tuple[Due, ...]:
    """What can be made now, what comes next, and what the month holds, in the words of the gallery."""
    rader = []
    for plan in hjul:
        for uppgift in plan.uppgifter:
            nu = uppgift.lage is Lage.NU
            when = tr("gör och frys") if nu else f"{tr('från')} {short_date(uppgift.till + DAGEN_EFTER)}"
            rader.append(
                Due(
                    period_words(uppgift.period),
                    f"{plan.namn}, {when}",
                    plan.kod if nu else "",
                    uppgift.period if nu else "",
                )
            )
        rader += [Due(typ, f"{plan.namn}, {tr('denna månad')}") for typ in plan.manaden]
    return tuple(rader[:MOST_DUE])


def period_name(text: str) -> str:
    """ "Oktober 2026" of 2026-10; the text itself where it is no period."""
    try:
        return first_upper(parse_period(text).namn)
    except PeriodError:
        return text


def list_periods(today: date) -> Choices:
    """Periods worth choosing today, the latest first, and one's own: (text of the contract, words)."""
    year = today.year
    months = [add_months(today.replace(day=1), -back) for back in range(1, 7)]
    texts = [f"{m.year}-{m.month:02}" for m in months]
    parts = [f"{year}-{part}" for part in ("T1", "T2", "T3") if _has_begun(f"{year}-{part}", today)]
    parts += [f"{year}-{part}" for part in ("Q1", "Q2", "Q3", "Q4") if _has_begun(f"{year}-{part}", today)]
    texts += [f"{year}", *reversed(parts), f"{year - 1}", f"{year - 1}-T2", f"{year - 1}-T1", f"{year - 2}"]
    named = [(text, _words(text)) for text in texts]
    return (*named, (OWN, tr("Egen period…")))


def list_follow_ups(planer: Iterable[PlanRow], today: date) -> Choices:
    """The follow-ups that have begun of this year's plans and last year's: those that have ended first, the
    latest of them first of all."""
    texts = (text for plan in planer if today.year - 1 <= plan.ar <= today.year for text in plan.uppfoljning)
    periods = {period.text: period for period in map(follow_up_period, filter(is_follow_up, texts))}
    begun = [period for period in periods.values() if period.fran <= today]
    begun.sort(key=lambda period: (period.till < today, period.till), reverse=True)
    return tuple((period.text, period_words(plain_period(period.text))) for period in begun)


def offer_periods(report: str, standard: Choices, follow_ups: Choices, wanted: str) -> Choices:
    """What to choose among: before the other periods the follow-ups, where the report makes them. The one
    `wanted` is among them, by name, although it is not one of those worth choosing today."""
    follows = report == UPPFOLJNING
    first = follow_ups if follows else ()
    if wanted not in dict((*first, *standard)) and (period := read_period(wanted)) is not None:
        words = period_words(plain_period(period.text)) if follows else period_name(wanted)
        first = ((wanted, words), *first)
    return (*first, *(one for one in standard if one[0] not in dict(first)))


def comparison_choices(period: Period | None) -> Choices:
    """No comparison, the same period a year earlier, or one's own."""
    before = f"{first_upper(period.previous_year().namn)}" if period else tr("Samma period året före")
    return ((NONE, tr("Ingen jämförelse")), (YEAR_BEFORE, before), (OWN, tr("Egen period…")))


def read_period(text: str) -> Period | None:
    """The period of a text, None where it is none."""
    try:
        return parse_period(text)
    except PeriodError:
        return None


def _has_begun(text: str, today: date) -> bool:
    return parse_period(text).fran <= today


def _words(text: str) -> str:
    part = text.partition("-")[2]
    name = period_name(text)
    return f"{name} ({part})" if part[:1] in ("T", "Q") and part else name
