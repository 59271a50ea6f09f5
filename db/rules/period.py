"""Report periods (exchange.md), month numbers and ages: all calendar arithmetic that the rules share.

A month is stored as one int, year * 12 + month - 1 (manadsindex): the following 12 months are plain addition.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from db.rules.datum import MONTHS

MIN_AR, MAX_AR = 1900, 2999
_EXEMPEL = "Skriv till exempel 2024, 2024-T1, 2024-H1, 2024-Q3, 2024-06 eller 2024-01-01..2024-08-31."
# Letter -> (Swedish word, months in each part): tertial, halvår, kvartal.
_DELAR = {"T": ("tertial", 4), "H": ("halvår", 6), "Q": ("kvartal", 3)}
_DATUM = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_MANAD = re.compile(r"([0-9]{4})-([0-9]{2})")
_DEL = re.compile(r"([0-9]{4})-([THQ])([0-9])")


class PeriodError(ValueError):
    """The text is no period, month or date; the message is Swedish and says what to write."""


@dataclass(frozen=True, slots=True)
class Period:
    """Both days inclusive; `namn` for headings ("januari–april 2024"), `text` as exchange.md writes it."""

    fran: date
    till: date
    namn: str
    text: str

    @property
    def days(self) -> int:
        """Calendar days, both ends counted."""
        return (self.till - self.fran).days + 1

    @property
    def manader(self) -> range:
        """Manadsindex of every month that the period touches."""
        return range(month_index(self.fran), month_index(self.till) + 1)

    @property
    def forsta_manad(self) -> int:
        """Manadsindex of the first month."""
        return month_index(self.fran)

    @property
    def sista_manad(self) -> int:
        """Manadsindex of the last month."""
        return month_index(self.till)

    def __contains__(self, dag: date) -> bool:
        return self.fran <= dag <= self.till

    def previous_year(self) -> "Period":
        """The same period a year earlier; the last day of a month stays the last day (28 or 29 February)."""
        fran = add_months(self.fran, -12)
        till = add_months(self.till, -12)
        if _is_last_day(self.till):
            till = last_day(month_index(till))
        if ".." not in self.text:
            return parse_period(f"{self.fran.year - 1}{self.text[4:]}")
        return make_period(fran, till)


def parse_period(text: str) -> Period:
    """P of exchange.md as a Period. Raises PeriodError with a Swedish sentence for anything else."""
    ren = text.strip().upper()
    if ".." in ren:
        return _parse_span(ren)
    if re.fullmatch(r"[0-9]{4}", ren):
        ar = _check_ar(int(ren))
        return Period(date(ar, 1, 1), date(ar, 12, 31), ren, ren)
    if match := _DEL.fullmatch(ren):
        return _parse_del(int(match[1]), match[2], int(match[3]))
    if _MANAD.fullmatch(ren):
        index = parse_month(ren)
        return _months_period(index, index, ren)
    raise PeriodError(f"”{text.strip()}” är ingen period. {_EXEMPEL}")


def make_period(fran: date, till: date) -> Period:
    """A period of free dates, both inclusive. Raises PeriodError when it ends before it begins."""
    if till < fran:
        raise PeriodError(f"Perioden slutar ({till}) innan den börjar ({fran}). Byt plats på datumen.")
    _check_ar(fran.year)
    _check_ar(till.year)
    return Period(fran, till, _span_namn(fran, till), f"{fran}..{till}")


def default_per(period: Period, idag: date) -> date:
    """The day of judgement when none is asked for: the period's last day or today, whichever is earlier."""
    return min(period.till, idag)


def month_index(dag: date) -> int:
    """The month of a day as manadsindex."""
    return dag.year * 12 + dag.month - 1


def first_day(index: int) -> date:
    """The first day of a month given as manadsindex."""
    return date(index // 12, index % 12 + 1, 1)


def last_day(index: int) -> date:
    """The last day of a month given as manadsindex."""
    ar, manad = index // 12, index % 12 + 1
    return date(ar, manad, monthrange(ar, manad)[1])


def parse_month(text: str) -> int:
    """`ÅÅÅÅ-MM` as manadsindex. Raises PeriodError."""
    match = _MANAD.fullmatch(text.strip())
    if not match:
        raise PeriodError(f"”{text.strip()}” är ingen månad. Skriv år och månad, till exempel 2024-06.")
    ar, manad = _check_ar(int(match[1])), int(match[2])
    if not 1 <= manad <= 12:
        raise PeriodError(f"Månad {match[2]} finns inte. Skriv 01 till 12 efter året.")
    return ar * 12 + manad - 1


def format_month(index: int) -> str:
    """A manadsindex as `ÅÅÅÅ-MM`."""
    return f"{index // 12:04d}-{index % 12 + 1:02d}"


def parse_date(text: str) -> date:
    """`ÅÅÅÅ-MM-DD` as a date. Raises PeriodError, also for days that do not exist and two-digit years."""
    match = _DATUM.fullmatch(text.strip())
    if not match:
        raise PeriodError(f"”{text.strip()}” är inget datum. Skriv år-månad-dag, till exempel 2024-06-30.")
    ar = _check_ar(int(match[1]))
    try:
        return date(ar, int(match[2]), int(match[3]))
    except ValueError:
        raise PeriodError(f"Datumet {match[0]} finns inte. Kontrollera månad och dag.") from None


def add_months(dag: date, antal: int) -> date:
    """The same day `antal` months later (or earlier), moved to the month's last day where it is missing."""
    index = month_index(dag) + antal
    return min(last_day(index), first_day(index) + timedelta(days=dag.day - 1))


def age_on(fodelsedatum: date, dag: date) -> int:
    """Whole years of age on a day; born on 29 February, a year older on 1 March in other years."""
    return dag.year - fodelsedatum.year - ((dag.month, dag.day) < (fodelsedatum.month, fodelsedatum.day))


def _check_ar(ar: int) -> int:
    if not MIN_AR <= ar <= MAX_AR:
        raise PeriodError(f"År {ar:04d} går inte att använda. Skriv ett år mellan {MIN_AR} och {MAX_AR}.")
    return ar


def _parse_del(ar: int, bokstav: str, nummer: int) -> Period:
    ord_, langd = _DELAR[bokstav]
    antal = 12 // langd
    if not 1 <= nummer <= antal:
        raise PeriodError(
            f"Det finns inget {ord_} {nummer}. Skriv {bokstav}1 till {bokstav}{antal} efter året."
        )
    forsta = _check_ar(ar) * 12 + (nummer - 1) * langd
    return _months_period(forsta, forsta + langd - 1, f"{ar}-{bokstav}{nummer}")


def _parse_span(text: str) -> Period:
    delar = text.split("..")
    if len(delar) != 2:
        raise PeriodError(f"”{text}” är ingen period. {_EXEMPEL}")
    return make_period(parse_date(delar[0]), parse_date(delar[1]))


def _months_period(forsta: int, sista: int, text: str) -> Period:
    fran, till = first_day(forsta), last_day(sista)
    return Period(fran, till, _span_namn(fran, till), text)


def _is_last_day(dag: date) -> bool:
    return dag == last_day(month_index(dag))


def _span_namn(fran: date, till: date) -> str:
    hela = fran.day == 1 and _is_last_day(till)
    if hela and fran.year == till.year and (fran.month, till.month) == (1, 12):
        return str(fran.year)
    borjan = MONTHS[fran.month - 1] if hela else f"{fran.day} {MONTHS[fran.month - 1]}"
    slut = MONTHS[till.month - 1] if hela else f"{till.day} {MONTHS[till.month - 1]}"
    if fran.year != till.year:
        return f"{borjan} {fran.year}–{slut} {till.year}"
    if borjan == slut:
        return f"{slut} {till.year}"
    if not hela and fran.month == till.month:
        borjan = str(fran.day)
    return f"{borjan}–{slut} {till.year}"
