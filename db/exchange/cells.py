"""From a cell to a value of the store, and what to tell when it cannot be: one small function for each kind.

Dates are ISO text (which compares like dates), months manadsindex, money öre, hours minutes, yes/no bool.
"""

import math
import re
import unicodedata
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from typing import Any

from db.exchange.guard import FORMULA_WITHOUT_VALUE
from db.exchange.schema import Column, Kind
from db.rules.period import PeriodError, parse_month, parse_period
from db.rules.personnummer import NummerError, parse_nummer
from db.rules.plan import INGAENDE
from db.rules.planvarden import BEYOND

FIRST_DATE, LAST_DATE = "1900-01-01", "2200-12-31"
FIRST_MONTH, LAST_MONTH = 22_800, 26_400
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_TWO_DIGIT_YEAR = re.compile(
    r"[0-9]{2}[-/.][0-9]{1,2}[-/.][0-9]{1,2}|[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{2}|[0-9]{6}"
)
_TIME = re.compile(r"([0-9]{1,2})[:.]([0-9]{2})(?:[:.][0-9]{2})?")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")
_SPACES = str.maketrans(dict.fromkeys(" \u00a0\u202f\u2009"))
ERROR_VALUES = frozenset(
    (
        "#N/A",
        "#VALUE!",
        "#REF!",
        "#DIV/0!",
        "#NUM!",
        "#NAME?",
        "#NULL!",
        "#SPILL!",
        "#CALC!",
        "#GETTING_DATA",
        "#FEL!",
    )
)
MISSING = "Värdet saknas. Fyll i cellen."


class CellError(ValueError):
    """The cell cannot be read; the message is Swedish and says what to do."""


def convert(column: Column, cells: list[Any], idag: date) -> tuple[list[Any], dict[int, str]]:
    """The cells of a column as values (None for blank and faulty ones), and by place what is wrong.

    Each different cell is looked at once, however many rows hold it.
    """
    if bool in set(map(type, cells)):
        cells = [("SANT" if cell else "FALSKT") if cell.__class__ is bool else cell for cell in cells]
    read = _READERS[column.kind]
    table: dict[Any, Any] = {}
    faulty: dict[Any, str] = {}
    for cell in set(cells):
        try:
            table[cell] = _read_cell(read, column, cell, idag)
        except CellError as error:
            table[cell] = None
            faulty[cell] = str(error)
    values = list(map(table.__getitem__, cells))
    if not faulty:
        return values, {}
    return values, {place: faulty[cell] for place, cell in enumerate(cells) if cell in faulty}


def _read_cell(read: Callable[..., Any], column: Column, cell: Any, idag: date) -> Any:
    if cell.__class__ is str:
        cell = clean_text(cell)
        if cell in ERROR_VALUES:
            raise CellError(f"Cellen visar felet {cell}. Rätta formeln eller skriv värdet.")
        if cell == FORMULA_WITHOUT_VALUE:
            raise CellError(
                "Cellen har en formel utan sparat värde. Skriv värdet, eller spara filen i Excel först."
            )
    if cell == "":
        if column.required:
            raise CellError(MISSING)
        return None
    return read(cell, column, idag) if column.kind is Kind.NUMMER else read(cell, column)


def clean_text(text: str) -> str:
    """The text composed (NFC), without outer spaces, control characters or carriage returns."""
    text = text.strip()
    if text.isascii() and text.isprintable():
        return text
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", _CONTROL.sub("", text)).strip()


def shown(cell: Any) -> str:
    """A cell as the user sees it, for the list of faults and for ids: 123.0 is 123."""
    if cell is None:
        return ""
    if cell.__class__ is float:
        return str(int(cell)) if math.isfinite(cell) and cell == int(cell) else repr(cell)
    if isinstance(cell, datetime):
        return cell.isoformat(" ").removesuffix(" 00:00:00")
    if isinstance(cell, bool):
        return "SANT" if cell else "FALSKT"
    return str(cell)


def _read_text(cell: Any, column: Column) -> str:
    text = cell if cell.__class__ is str else shown(cell)
    if column.width and len(text) > column.width:
        raise CellError(f"Texten har {len(text)} tecken. Korta den till högst {column.width}.")
    return text


def _read_reference(cell: Any, _column: Column) -> str:
    return cell if cell.__class__ is str else shown(cell)


def _read_code(cell: Any, column: Column) -> str:
    wanted = shown(cell).casefold()
    for code in column.codes:
        if code.casefold() == wanted:
            return code
    raise CellError(f"Värdet är okänt. Skriv {_listed(column.codes)}.")


def _listed(words: tuple[str, ...]) -> str:
    return f"{', '.join(words[:-1])} eller {words[-1]}"


def _read_yes_no(cell: Any, _column: Column) -> bool:
    answer = {"ja": True, "sant": True, "true": True, "nej": False, "falskt": False, "false": False}.get(
        shown(cell).casefold()
    )
    if answer is None:
        raise CellError("Värdet är okänt. Skriv ja eller nej.")
    return answer


def _read_date(cell: Any, _column: Column) -> str:
    if isinstance(cell, datetime):
        cell = cell.date()
    if isinstance(cell, date):
        return _within_years(cell.isoformat())
    if not isinstance(cell, str):
        raise CellError("Det är inget datum. Skriv år-månad-dag, till exempel 2024-06-30.")
    if not _DATE.fullmatch(cell):
        if _TWO_DIGIT_YEAR.fullmatch(cell):
            raise CellError(
                "Året har bara två siffror. Skriv år-månad-dag med fyra siffror i året: 2024-06-30."
            )
        raise CellError("Det är inget datum. Skriv år-månad-dag, till exempel 2024-06-30.")
    try:
        date.fromisoformat(cell)
    except ValueError:
        raise CellError("Datumet finns inte. Kontrollera månad och dag.") from None
    return _within_years(cell)


def _within_years(iso: str) -> str:
    if not FIRST_DATE <= iso <= LAST_DATE:
        raise CellError("Året är orimligt. Skriv ett år mellan 1900 och 2200, eller lämna cellen tom.")
    return iso


def _read_month(cell: Any, _column: Column) -> int:
    # Excel makes a date of a month that is typed into a cell not marked as text.
    if isinstance(cell, date) and cell.day == 1:
        cell = f"{cell.year:04d}-{cell.month:02d}"
    if not isinstance(cell, str):
        raise CellError("Det är ingen månad. Skriv år och månad, till exempel 2024-06.")
    try:
        month = parse_month(cell)
    except PeriodError as error:
        raise CellError(str(error)) from None
    if not FIRST_MONTH <= month <= LAST_MONTH:
        raise CellError("Året är orimligt. Skriv ett år mellan 1900 och 2200.")
    return month


def _read_period(cell: Any, _column: Column) -> str:
    # Excel makes a date of a month here too.
    if isinstance(cell, date) and cell.day == 1:
        cell = f"{cell.year:04d}-{cell.month:02d}"
    text = shown(cell)
    if text.casefold() in (INGAENDE, "ingående", "ingående värde"):
        return INGAENDE
    try:
        return parse_period(text).text
    except PeriodError as error:
        raise CellError(str(error)) from None


def _number(cell: Any, example: str) -> float:
    if isinstance(cell, str):
        written = cell.translate(_SPACES).replace("−", "-").replace(",", ".")
        if not re.fullmatch(r"[-+]?[0-9]{1,15}(?:\.[0-9]+)?", written):
            raise CellError(f"Det är inget tal. Skriv bara siffror, till exempel {example}.")
        return float(written)
    if not isinstance(cell, float | int):
        raise CellError(f"Det är inget tal. Skriv bara siffror, till exempel {example}.")
    if not math.isfinite(cell):
        raise CellError("Talet är för stort. Kontrollera värdet.")
    return float(cell)


def _read_int(cell: Any, column: Column) -> int:
    if isinstance(cell, str) and column.field == "omfattning":
        cell = cell.removesuffix("%")
    number = _number(cell, str(column.high if column.high <= 100 else max(column.low, 25)))
    if number != int(number):
        raise CellError(f"Talet har decimaler. Skriv ett heltal från {column.low} till {column.high}.")
    if not column.low <= number <= column.high:
        raise CellError(f"Talet ska vara från {column.low} till {column.high}. Rätta det.")
    return int(number)


def _read_money(cell: Any, column: Column) -> int:
    if isinstance(cell, str):
        cell = re.sub(r"\s*(?:kr|:-)$", "", cell)
    kronor = _number(cell, "8449 eller 8449,50")
    if kronor < 0:
        raise CellError("Beloppet är negativt. Skriv 0 eller mer.")
    if kronor > column.high:
        raise CellError("Beloppet är orimligt stort. Kontrollera värdet.")
    ore = round(kronor * 100)
    # What a formula leaves after the second decimal by rounding is no fault, a third decimal is.
    if abs(kronor * 100 - ore) > max(1e-4, kronor * 1e-9):
        raise CellError("Beloppet har fler än två decimaler. Avrunda till hela ören.")
    return ore


def _read_hours(cell: Any, column: Column) -> int:
    if isinstance(cell, time):
        cell = timedelta(hours=cell.hour, minutes=cell.minute)
    if isinstance(cell, timedelta):
        cell = cell.total_seconds() / 3600
    elif isinstance(cell, str) and (match := re.fullmatch(r"([0-9]{1,2}):([0-5][0-9])", cell)):
        cell = int(match[1]) + int(match[2]) / 60
    hours = _number(cell, "3,5")
    if not 0 <= hours <= column.high:
        raise CellError(f"Antalet timmar ska vara från 0 till {column.high}. Rätta det.")
    return round(hours * 60)


def _read_time(cell: Any, _column: Column) -> str:
    if isinstance(cell, datetime):
        cell = cell.time()
    if isinstance(cell, time):
        return f"{cell:%H:%M}"
    if isinstance(cell, float) and 0 <= cell < 1:
        minutes = round(cell * 1440) % 1440
        return f"{minutes // 60:02d}:{minutes % 60:02d}"
    match = _TIME.fullmatch(cell) if isinstance(cell, str) else None
    if not match or int(match[1]) > 23 or int(match[2]) > 59:
        raise CellError("Det är inget klockslag. Skriv timme och minut, till exempel 09:30.")
    return f"{int(match[1]):02d}:{match[2]}"


def _read_float(cell: Any, _column: Column) -> float:
    if isinstance(cell, str):
        cell = cell.removesuffix("%")
    number = _number(cell, "42,5")
    if abs(number) >= BEYOND:
        raise CellError("Talet är för stort. Kontrollera värdet.")
    return number


def _read_nummer(cell: Any, _column: Column, idag: date) -> Any:
    try:
        return parse_nummer(shown(cell), idag)
    except NummerError as error:
        raise CellError(str(error)) from None


_READERS: dict[Kind, Callable[..., Any]] = {
    Kind.TEXT: _read_text,
    Kind.REF: _read_reference,
    Kind.CATALOGUE: _read_reference,
    Kind.CODE: _read_code,
    Kind.DATE: _read_date,
    Kind.MONTH: _read_month,
    Kind.PERIOD: _read_period,
    Kind.YES_NO: _read_yes_no,
    Kind.INT: _read_int,
    Kind.MONEY: _read_money,
    Kind.HOURS: _read_hours,
    Kind.TIME: _read_time,
    Kind.FLOAT: _read_float,
    Kind.NUMMER: _read_nummer,
}
