"""Attendance: the passes a week has, what an insats has come to, and days of ogiltig frånvaro in a row.

A pass without a row is ej registrerat. That is a state of its own: it is never read as absence, is in no
share, and neither begins, lengthens nor breaks a series. Which of them somebody should have registered, and
are counted and asked for, `find_forsta` and `find_sista` say, for the card, the week's grid and the day's
work list alike.
"""

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from operator import itemgetter

from db.rules.koder import NarvaroStatus, Pass
from db.rules.statistik import share

SERIE_DAGAR = 3
HELDAG = ""
EJ_REGISTRERAT = ""
HALVDAGAR = (Pass.FM.value, Pass.EM.value)
PASS = (HELDAG, *HALVDAGAR)
Schema = Collection[tuple[int, str]]  # weekday 1 (Monday) to 7, and pass
_WORDS = {
    "n": NarvaroStatus.NARVARANDE, "närv": NarvaroStatus.NARVARANDE, "närvaro": NarvaroStatus.NARVARANDE,
    "g": NarvaroStatus.GILTIG_FRANVARO, "giltig": NarvaroStatus.GILTIG_FRANVARO,
    "o": NarvaroStatus.OGILTIG_FRANVARO, "ogiltig": NarvaroStatus.OGILTIG_FRANVARO,
    "s": NarvaroStatus.SJUK, "sjukfrånvaro": NarvaroStatus.SJUK,
}  # fmt: skip
_NOTHING = {"ej registrerat", "ej registrerad", "-", "–"}


@dataclass(frozen=True, slots=True)
class Andel:
    """How many of the registered passes somebody was there."""

    narvarande: int
    registrerade: int

    @property
    def procent(self) -> float | None:
        """The share in per cent, not rounded; None while nothing is registered."""
        return share(self.narvarande, self.registrerade)

    def __add__(self, other: "Andel") -> "Andel":
        return Andel(self.narvarande + other.narvarande, self.registrerade + other.registrerade)


@dataclass(frozen=True, slots=True)
class Serie:
    """Days of ogiltig frånvaro in a row: the first, the last, and how many were registered."""

    fran: date
    till: date
    dagar: int


def find_mandag(dag: date) -> date:
    """The Monday of the day's week."""
    return dag - timedelta(dag.weekday())


def plan_passes(schema: Schema, dag: date) -> tuple[str, ...]:
    """The passes that somebody is expected to on a day: whole weekdays where the insats has no schema.

    Where a weekday has the whole day beside halves, the whole day holds.
    """
    if not schema:
        return (HELDAG,) if dag.isoweekday() <= 5 else ()
    return _without_halves(pass_ for veckodag, pass_ in schema if veckodag == dag.isoweekday())


def find_forsta(start: date, har_schema: bool, forsta_rad: date | None) -> date | None:
    """The first day of an insats whose planned passes count as ej registrerade; None where none of them does.

    With a schema somebody has planned its passes here: each is expected from the start, also before the
    first that was registered. Without one nobody has said that närvaro is kept at all. It is from the first
    registered day (`forsta_rad`) on, then on every weekday; what was before tells nothing: an insats may
    have come with an import, or have run for years before närvaro began to be kept. So an insats without
    schema and rows, of a kind or from a time where närvaro is never registered, is nowhere told to lack it.
    """
    if har_schema:
        return start
    return forsta_rad if forsta_rad is None else max(start, forsta_rad)


def find_sista(slut: date | None, avslutad: date | None, dag: date) -> date:
    """The last day whose planned passes count as ej registrerade, seen on `dag`: the day before, while the
    insats and its inskrivning last. Today can still be registered in time.

    A work list may look at fewer days, and ask only while the inskrivning is open: an avslut cancels what
    was due.
    """
    return min(slut or dag, avslutad or dag, dag - timedelta(1))


def merge_passes(planerade: Collection[str], registrerade: Collection[str]) -> tuple[str, ...]:
    """The passes of a day, planned or registered, in the order of the day.

    A day is either whole or in halves, and what is registered says which: a whole day's row stands for both
    halves, and any half's for the whole day, as in the work list of the day.
    """
    if registrerade:
        whole = HELDAG in registrerade
        planerade = [pass_ for pass_ in planerade if (pass_ == HELDAG) == whole]
    return _without_halves((*planerade, *registrerade))


def _without_halves(passes: Iterable[str]) -> tuple[str, ...]:
    found = set(passes)
    return (HELDAG,) if HELDAG in found else tuple(half for half in HALVDAGAR if half in found)


def count_andel(statusar: Iterable[str]) -> Andel:
    """The share of the passes; those without a status are not registered and count nowhere."""
    registrerade = [status for status in statusar if status != EJ_REGISTRERAT]
    return Andel(registrerade.count(NarvaroStatus.NARVARANDE), len(registrerade))


def find_serier(
    registrerat: Iterable[tuple[date, str]], fore: Serie | None = None, minst: int = SERIE_DAGAR
) -> tuple[Serie, ...]:
    """Every series of at least `minst` days of ogiltig frånvaro, the earliest first.

    `registrerat` is the day and status of each registered pass of one insats, days in order. A day counts
    when every pass registered on it is ogiltig frånvaro; a day with anything else registered breaks the
    series. Weekends, days without a pass and days that nobody has registered do neither. `fore` is a series
    that was running when the first of the days came.
    """
    found: list[Serie] = []
    running = fore
    for dag, passes in groupby(registrerat, key=itemgetter(0)):
        if all(status == NarvaroStatus.OGILTIG_FRANVARO for _, status in passes):
            running = Serie(running.fran, dag, running.dagar + 1) if running else Serie(dag, dag, 1)
        else:
            found += [running] if running else []
            running = None
    found += [running] if running else []
    return tuple(serie for serie in found if serie.dagar >= minst)


def fill_passes(passes: Iterable[tuple[date, str, bool, str]], idag: date) -> Iterator[tuple[date, str]]:
    """Of passes (day, pass, planned, status) those that filling a week registers: planned, not to come, and
    not registered yet. What somebody has registered is never filled over."""
    for dag, pass_, planerad, status in passes:
        if planerad and dag <= idag and status == EJ_REGISTRERAT:
            yield dag, pass_


def parse_status(text: str) -> str | None:
    """The status that a cell of a sheet means: n, g, o, s or the Swedish words in any case of letters.

    EJ_REGISTRERAT for "ej registrerat" or a dash; None where the text means nothing.
    """
    sokt = " ".join(text.casefold().split()).rstrip(".")
    if sokt in _NOTHING:
        return EJ_REGISTRERAT
    if sokt in _WORDS:
        return _WORDS[sokt].value
    return sokt if sokt in list(NarvaroStatus) else None
