"""Swedish dates, numbers and spans as the design writes them. Pure Python: reports and screens share it."""

import re
from datetime import date, datetime, timedelta
from decimal import Decimal

from db.rules.datum import MONTHS as MONTHS
from db.rules.datum import MONTHS_SHORT
from db.rules.datum import NBSP as NBSP
from db.rules.datum import full_date as full_date
from db.rules.datum import long_date as long_date
from db.rules.datum import month as month
from db.rules.datum import short_date as short_date
from db.rules.statistik import round_half_up

MINUS = "−"
# Signs that turn the direction of what stands after them, on the screen and on paper.
_TURNING = re.compile("[\u202a-\u202e\u2066-\u2069]")
_HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029]")
WEEKDAYS = ("måndag", "tisdag", "onsdag", "torsdag", "fredag", "lördag", "söndag")


def weekday_date(day: date) -> str:
    """ "torsdag 12 november 2026"."""
    return f"{WEEKDAYS[day.weekday()]} {long_date(day)}"


def relative_date(day: date, today: date) -> str:
    """ "idag", "igår", "i morgon", else the short date."""
    near = {0: "idag", -1: "igår", 1: f"i{NBSP}morgon"}
    return near.get((day - today).days) or short_date(day, today)


def date_range(start: date, end: date | None, today: date | None = None) -> str:
    """ "9–13 nov", "9 mar–21 apr", "sedan 4 maj" when it has no end."""
    if end is None:
        return f"sedan {short_date(start, today)}"
    if start == end:
        return short_date(start, today)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{short_date(end, today)}"
    first = short_date(start, end) if today is not None else short_date(start)
    return f"{first}–{short_date(end, today)}"


def month_short(day: date) -> str:
    """ "nov"."""
    return MONTHS_SHORT[day.month - 1]


def week(day: date) -> str:
    """ "vecka 46"."""
    return f"vecka{NBSP}{day.isocalendar().week}"


def day_and_time(local: datetime) -> str:
    """ "12 nov 2026 09.30"."""
    return f"{full_date(local.date())}{NBSP}{clock(local.hour, local.minute)}"


def clock(hour: int, minute: int) -> str:
    """ "09.30"."""
    return f"{hour:02}.{minute:02}"


def days(count: int) -> str:
    """ "1 dag", "2 dagar"."""
    return plural(count, "dag", "dagar")


def plural(count: int, one: str, many: str) -> str:
    """The number with the right form: plural(2, "fel", "fel")."""
    return f"{number(count)}{NBSP}{one if abs(count) == 1 else many}"


def due_text(due: date, today: date) -> str:
    """ "Passerad 3 dagar", "Går ut idag", "2 dagar kvar"."""
    left = (due - today).days
    if left < 0:
        return f"Passerad {days(-left)}"
    return f"{days(left)} kvar" if left else "Går ut idag"


def due_kind(due: date, today: date, warn_days: int) -> str:
    """The kind of chip for a due date: "overdue", "soon" (today or within the warning span) or "later"."""
    left = (due - today).days
    return "overdue" if left < 0 else "soon" if left <= warn_days else "later"


def number(value: int | Decimal | float | None, decimals: int = 0) -> str:
    """ "6 400", "−3", "1,5"; "–" where there is nothing to count. Halves go up, as in the reports."""
    if value is None:
        return "–"
    text = f"{abs(round_half_up(value, decimals)):,.{decimals}f}".replace(",", NBSP).replace(".", ",")
    negative = value < 0 and any(c in "123456789" for c in text)
    return f"{MINUS}{text}" if negative else text


def signed(value: int | Decimal | float, decimals: int = 0) -> str:
    """A difference: "+14", "−3", "±0"."""
    text = number(value, decimals)
    if text.startswith(MINUS):
        return text
    return f"+{text}" if any(c in "123456789" for c in text) else f"±{text}"


def kronor(value: int | Decimal | None) -> str:
    """ "6 400 kr", from whole kronor."""
    return "–" if value is None else f"{number(value)}{NBSP}kr"


def parse_kronor(text: str) -> int | None:
    """Öre of an amount in kronor: "8000", "8 000 kr", "8 000,50"; None where it is no amount."""
    plain = re.sub(r"[\s\u00a0\u202f]|kr$", "", text.strip().lower())
    found = re.fullmatch(r"(\d{1,9})(?:[,.](\d{1,2}))?", plain)
    return int(found[1]) * 100 + int((found[2] or "").ljust(2, "0")) if found else None


def written_kronor(ore: int | None) -> str:
    """Öre as an amount stands in a field: "8000" or "8000,50"; empty for None."""
    if ore is None:
        return ""
    kr, rest = divmod(ore, 100)
    return f"{kr},{rest:02}" if rest else str(kr)


def percent(value: Decimal | float | None, decimals: int = 0) -> str:
    """ "84 %", from a share already in percent."""
    return "–" if value is None else f"{number(value, decimals)}{NBSP}%"


def file_size(size: int) -> str:
    """ "84 kB", "1,2 MB", from bytes; at least 1 kB."""
    if size < 1000 * 1000:
        return f"{number(max(1, round(size / 1000)))}{NBSP}kB"
    return f"{number(size / 1000 / 1000, 1)}{NBSP}MB"


def personnummer(digits: str) -> str:
    """ "19880314-9809" from twelve digits in any writing; other text comes back as it is."""
    plain = re.sub(r"[-+\s]", "", digits)
    return f"{plain[:8]}-{plain[8:]}" if re.fullmatch(r"\d{12}", plain) else digits


def initials(name: str) -> str:
    """ "EM" of Elin Måsvik: first and last word."""
    words = [w for w in name.split() if w[0].isalpha()]
    return "".join(w[0] for w in (words[:1] + words[1:][-1:])).upper()


def iso(day: date | None) -> str:
    """ "2026-11-12", as written in fields."""
    return "" if day is None else day.isoformat()


def one_line(text: str) -> str:
    """What was written or pasted as one line: line breaks and tabs are spaces, and nothing is hidden."""
    return _HIDDEN.sub(" ", " ".join(_TURNING.sub("", text).splitlines()))


def lines(text: str) -> str:
    """What was written or pasted as several lines, with nothing hidden in it."""
    return _HIDDEN.sub(" ", _TURNING.sub("", "\n".join(text.splitlines())))


def parse_date_shorthand(text: str, today: date) -> date | None:
    """The date meant by t, +3, -1, 12, 12/3, 12/3-26, fre, 2026-11-12, 261112, 20261112 or 12 nov; else None.

    A weekday is the next such day, today included. A day without a year is in this year.
    """
    plain = text.strip().lower().replace(MINUS, "-").replace(NBSP, " ").rstrip(".")
    for parser in (_parse_word, _parse_offset, _parse_iso, _parse_day_month, _parse_named_month):
        try:
            found = parser(plain, today)
        except (ValueError, OverflowError):
            return None
        if found is not None:
            return found
    return None


def _parse_word(text: str, today: date) -> date | None:
    near = {"t": 0, "i": 0, "idag": 0, "igår": -1, "g": -1, "imorgon": 1, "i morgon": 1, "m": 1}
    if text in near:
        return today + timedelta(near[text])
    for index, name in enumerate(WEEKDAYS):
        if len(text) >= 2 and name.startswith(text) and text.isalpha():
            return today + timedelta((index - today.weekday()) % 7)
    return None


def _parse_offset(text: str, today: date) -> date | None:
    found = re.fullmatch(r"([+-])\s?(\d{1,4})\s?(d|v)?", text)
    if not found:
        return None
    count = int(found[2]) * (7 if found[3] == "v" else 1)
    return today + timedelta(count if found[1] == "+" else -count)


def _parse_iso(text: str, _today: date) -> date | None:
    found = re.fullmatch(r"(\d{4})-(\d{1,2})-(\d{1,2})|(\d{4})(\d{2})(\d{2})|(\d{2})-?(\d{2})-?(\d{2})", text)
    if not found:
        return None
    year, month_, day = (int(part) for part in found.groups() if part is not None)
    return date(year + 2000 if year < 100 else year, month_, day)


def _parse_day_month(text: str, today: date) -> date | None:
    found = re.fullmatch(r"(\d{1,2})(?:\s?[/.]\s?(\d{1,2})(?:\s?[-/. ]\s?(\d{2}|\d{4}))?)?", text)
    if not found:
        return None
    year = int(found[3]) if found[3] else today.year
    return date(year + 2000 if year < 100 else year, int(found[2] or today.month), int(found[1]))


def _parse_named_month(text: str, today: date) -> date | None:
    found = re.fullmatch(r"(\d{1,2})\s?([a-z]{3,9})\.?\s?(\d{4})?", text)
    if not found:
        return None
    for index, name in enumerate(MONTHS, start=1):
        if name.startswith(found[2]):
            return date(int(found[3] or today.year), index, int(found[1]))
    return None
