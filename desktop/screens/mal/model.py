"""What can be chosen on Mål & indikatorer, and what is due. Pure."""

from datetime import date

from db.queries.plan import PlanRow
from db.rules.period import PeriodError, parse_period
from db.rules.plan import follow_up_period
from desktop.formatting import full_date
from desktop.i18n import tr
from desktop.screens.words import first_upper


def period_words(text: str) -> str:
    """ "Till och med augusti 2024" of 2024-08 in a follow-up, "Helåret 2024" of 2024."""
    try:
        period = follow_up_period(text)
        named = parse_period(text)
    except PeriodError:
        return text
    if period != named and named.fran.month != 12:
        return f"{tr('Till och med')} {named.namn}"
    if period.text == str(period.fran.year):
        return f"{tr('Helåret')} {period.text}"
    return first_upper(period.namn)


def list_periods(plan: PlanRow, today: date) -> tuple[tuple[str, str], ...]:
    """The plan's own follow-ups, the latest that can be made first, its year, and the years around it."""
    texts = [text for text in plan.uppfoljning if is_follow_up(text)]
    texts = sorted(texts, key=lambda text: follow_up_period(text).till, reverse=True)
    ended = [text for text in texts if follow_up_period(text).till < today]
    begun = [text for text in texts if text not in ended and follow_up_period(text).fran <= today]
    years = [str(year) for year in (plan.ar, plan.ar + 1, plan.ar - 1)]
    if str(today.year) not in years:
        years.append(str(today.year))
    ordered = dict.fromkeys([*ended, *begun, *years, *texts])
    shown: dict[tuple[date, date], str] = {}
    for text in ordered:
        period = follow_up_period(text)
        shown.setdefault((period.fran, period.till), text)
    return tuple((text, period_words(text)) for text in shown.values())


def tell_due(plan: PlanRow, today: date) -> str:
    """Which follow-up of the plan comes next and from when it can be made; "" when all are past."""
    coming = sorted((follow_up_period(text).till, text) for text in plan.uppfoljning if is_follow_up(text))
    for till, text in coming:
        if till >= today:
            told = f"{tr('Nästa uppföljning')}: {period_words(text).lower()}"
            return f"{told}. {tr('Perioden slutar')} {full_date(till)}."
    return ""


def is_follow_up(text: str) -> bool:
    """Whether a plan's text is a period that can be followed up."""
    try:
        follow_up_period(text)
    except PeriodError:
        return False
    return True
