"""Numbers and dates as they stand on paper: decimal comma, hard space, minus sign, half up."""

from collections.abc import Iterable
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from db.rules.datum import MONTHS
from db.rules.figurer import Tal

HARD_SPACE = "\N{NO-BREAK SPACE}"
MINUS = "\N{MINUS SIGN}"
EN_DASH = "\N{EN DASH}"
SAKNAS = "saknas"
EJ_UPPDELAT = "ej uppdelat"
DOLD = ".."
SUFFIX = {"antal": "", "andel": "%", "dagar": "dagar", "kr": "kr", "ar": "år"}
SHORT_MONTHS = ("jan", "feb", "mars", "april", "maj", "juni", "juli", "aug", "sept", "okt", "nov", "dec")
_NOISE_DECIMALS = 9


def round_half_up(value: Tal, decimals: int = 0) -> Decimal:
    """`value` rounded half away from zero; 49.49999999999999 is taken for the 49.5 that it stands for."""
    exact = Decimal(str(round(value, _NOISE_DECIMALS)))
    return exact.quantize(Decimal(1).scaleb(-decimals), rounding=ROUND_HALF_UP) + Decimal(0)


def decimals_for(enhet: str, values: Iterable[Tal | None], most: int = 1) -> int:
    """How many decimals a row is printed with: none for shares and kronor, else `most` where any needs it."""
    if enhet in ("andel", "kr"):
        return 0
    needed = any(value is not None and round(value, _NOISE_DECIMALS) != int(value) for value in values)
    return most if needed else 0


def format_decimal(value: Decimal) -> str:
    """A rounded number with hard spaces between thousands, decimal comma and a true minus sign."""
    text = f"{abs(value):,}".replace(",", HARD_SPACE).replace(".", ",")
    return (MINUS if value < 0 else "") + text


def format_tal(value: Tal, decimals: int = 0) -> str:
    """The bare number as printed in a table: `12 345`, `10,5`, `−3`."""
    return format_decimal(round_half_up(value, decimals))


def with_suffix(text: str, enhet: str) -> str:
    """A printed number with its unit after a hard space: `49 %`, `12 dagar`."""
    suffix = SUFFIX[enhet]
    return f"{text}{HARD_SPACE}{suffix}" if suffix else text


def change(before: Tal, now: Tal, decimals: int = 0) -> Decimal:
    """The printed change: the difference of the printed numbers, not of the exact ones."""
    return round_half_up(now, decimals) - round_half_up(before, decimals)


def format_change(before: Tal, now: Tal, decimals: int = 0) -> str:
    """The printed change with its sign: `+77`, `−6`, `±0`."""
    difference = change(before, now, decimals)
    if difference == 0:
        return "±0"
    return ("+" if difference > 0 else "") + format_decimal(difference)


def spoken_mark(mark: str) -> str:
    """What a mark is read out as: `<5` is "färre än 5", `..` is "dold uppgift"."""
    return f"färre än {mark[1:]}" if mark.startswith("<") else "dold uppgift"


def shorten(text: str, most: int) -> str:
    """`text` cut between words to `most` characters, with an ellipsis when something is left out."""
    if len(text) <= most:
        return text
    kept = text[:most]
    return f"{kept.rsplit(' ', 1)[0] if ' ' in kept else kept} …"


def format_date(iso: str) -> str:
    """`1 januari 2024` from an ISO date; text that is no date comes back as it is."""
    try:
        day = date.fromisoformat(iso)
    except ValueError:
        return iso
    return f"{day.day} {MONTHS[day.month - 1]} {day.year}"


def period_text(period: tuple[str, str]) -> str:
    """A period in running text: `1 januari–31 augusti 2024`."""
    first, last = (date.fromisoformat(day) for day in period)
    if first == last:
        return format_date(period[0])
    if first.year != last.year:
        return f"{format_date(period[0])}{EN_DASH}{format_date(period[1])}"
    start = str(first.day)
    if first.month != last.month:
        start += f" {MONTHS[first.month - 1]}"
    return f"{start}{EN_DASH}{format_date(period[1])}"


def period_short(period: tuple[str, str]) -> str:
    """A period as a column head: `2024`, `Jan–aug 2024`, `Juni 2024`, `1–14 juni 2024`."""
    first, last = (date.fromisoformat(day) for day in period)
    if not (_starts_month(first) and _ends_month(last)):
        return period_text(period)
    if first.year != last.year:
        return f"{_month(first)} {first.year}{EN_DASH}{_month(last)} {last.year}".capitalize()
    if (first.month, last.month) == (1, 12):
        return str(first.year)
    if first.month == last.month:
        return f"{MONTHS[first.month - 1].capitalize()} {first.year}"
    return f"{_month(first)}{EN_DASH}{_month(last)} {last.year}".capitalize()


def _month(day: date) -> str:
    return SHORT_MONTHS[day.month - 1]


def _starts_month(day: date) -> bool:
    return day.day == 1


def _ends_month(day: date) -> bool:
    return date.fromordinal(day.toordinal() + 1).day == 1
