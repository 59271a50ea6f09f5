"""The months to choose among, and the rows of a month that the choices leave. Pure."""

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

from db.queries.delegationsbeslut import DelegationsbeslutRow
from db.rules.datum import MONTHS
from db.rules.period import Period, format_month, month_index, parse_period
from desktop.formatting import plural
from desktop.i18n import tr
from desktop.screens.words import first_upper

OFFERED = 36  # months back


def month_name(index: int) -> str:
    """Of a manadsindex: "November 2026"."""
    return first_upper(f"{tr(MONTHS[index % 12])} {index // 12}")


def list_months(today: date, shown: int) -> list[tuple[int, str]]:
    """The latest months, the newest first, and the one shown."""
    last = month_index(today)
    offered = {shown, *range(last - OFFERED + 1, last + 1)}
    return [(index, month_name(index)) for index in sorted(offered, reverse=True)]


def month_period(index: int) -> Period:
    """The month as a period."""
    return parse_period(format_month(index))


def choose_rows(
    rows: Iterable[DelegationsbeslutRow], delegat: str, typ: str
) -> tuple[DelegationsbeslutRow, ...]:
    """Those by the delegat and of the ärendetyp; "" is any."""
    return tuple(row for row in rows if delegat in ("", row.delegat) and typ in ("", row.arendetyp))


def tell_types(rows: Sequence[DelegationsbeslutRow]) -> str:
    """How many of each ärendetyp, the most first: "12 försörjningsstöd · 2 hyresskuld"."""
    counts = Counter(row.arendetyp for row in rows)
    ordered = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))
    return " · ".join(plural(count, typ.lower(), typ.lower()) for typ, count in ordered)
