"""Days in Swedish words, one way for sentences of the store and for screens, reports and prints."""

from datetime import date

NBSP = "\u00a0"
MONTHS = (
    "januari", "februari", "mars", "april", "maj", "juni",
    "juli", "augusti", "september", "oktober", "november", "december",
)  # fmt: skip
MONTHS_SHORT = tuple(m[:3] for m in MONTHS)


def long_date(day: date) -> str:
    """ "12 november 2026"."""
    return f"{day.day}{NBSP}{MONTHS[day.month - 1]}{NBSP}{day.year}"


def month(day: date) -> str:
    """ "november 2026"."""
    return f"{MONTHS[day.month - 1]}{NBSP}{day.year}"


def short_date(day: date, today: date | None = None) -> str:
    """ "12 nov"; with `today` given, the year too when it is another: "12 nov 2025"."""
    if today is None or day.year == today.year:
        return f"{day.day}{NBSP}{MONTHS_SHORT[day.month - 1]}"
    return full_date(day)


def full_date(day: date) -> str:
    """ "12 nov 2025", always with the year: in sentences that are kept and compared on other days."""
    return f"{day.day}{NBSP}{MONTHS_SHORT[day.month - 1]}{NBSP}{day.year}"
