"""When the follow-ups of a plan are due (årshjul): what is to be handed in now, what comes next, and what the
plan says of the month."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.rules.period import PeriodError
from db.rules.plan import Arshjul, follow_up_period

# A follow-up that nobody has frozen is told of for so long after its period, days.
KVAR = 120
MANADER = (
    "januari", "februari", "mars", "april", "maj", "juni", "juli", "augusti", "september", "oktober",
    "november", "december",
)  # fmt: skip


class Lage(StrEnum):
    """Whether a follow-up can be made now or later."""

    NU = "nu"
    KOMMER = "kommer"


@dataclass(frozen=True, slots=True)
class Uppgift:
    """A follow-up to hand in: `period` as the plan writes it, the last day of which is `till`."""

    kod: str
    period: str
    till: date
    lage: Lage


def list_due(
    kod: str, uppfoljning: Iterable[str], klara: Collection[tuple[date, date]], idag: date
) -> tuple[Uppgift, ...]:
    """Those whose period has ended and that are not among `klara` (the days of frozen ones), then the next to
    come; texts that are no periods are passed over."""
    nu, kommer = [], list[Uppgift]()
    for text in uppfoljning:
        try:
            period = follow_up_period(text)
        except PeriodError:
            continue
        if (period.fran, period.till) in klara:
            continue
        if period.till >= idag:
            kommer.append(Uppgift(kod, text, period.till, Lage.KOMMER))
        elif idag - period.till <= timedelta(days=KVAR):
            nu.append(Uppgift(kod, text, period.till, Lage.NU))
    return (*sorted(nu, key=_last_day), *sorted(kommer, key=_last_day)[:1])


def list_month(arshjul: Sequence[Arshjul], idag: date) -> tuple[str, ...]:
    """What the årshjul says of the month."""
    manad = MANADER[idag.month - 1]
    return tuple(typ for rad in arshjul if rad.manad.strip().casefold() == manad for typ in rad.typ)


def _last_day(uppgift: Uppgift) -> date:
    return uppgift.till
