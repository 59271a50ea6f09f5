"""A municipality's goals as a document: goal tree, activities, indicators and volymmått with their printed
values, just as a plan's TOML holds them. Rows refer to each other by `kod`."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from db.rules.koder import Bedomningsskala, Indikatorslag
from db.rules.period import Period, PeriodError, last_day, make_period, parse_period

_MANAD = re.compile(r"[0-9]{4}-[0-9]{2}")
INGAENDE = "ingaende"  # the period of a baseline (ingående värde)
# The words of the files, as shown.
NIVAER = {
    "malomrade": "Målområde",
    "kf-mal": "Kommunfullmäktiges mål",
    "fokusmal": "Fokusmål",
    "namndmal": "Nämndmål",
    "uppdrag": "Uppdrag",
    "mal": "Mål",
}
ENHETER = {
    "antal": "antal",
    "andel": "procent",
    "procentenheter": "procentenheter",
    "dagar": "dagar",
    "kr": "kronor",
    "tkr": "tusen kronor",
    "mnkr": "miljoner kronor",
    "index": "index",
    "betyg": "betyg",
    "annat": "annat",
}
# The words in which a plan's goals are judged (R14), the best first.
BEDOMNINGAR = {
    Bedomningsskala.GRON_GUL_ROD: {"gron": "Grön", "gul": "Gul", "rod": "Röd"},
    Bedomningsskala.BRA_OK_BRISTER: {"bra": "Bra", "ok": "Ok", "har-brister": "Har brister"},
    Bedomningsskala.INGEN: {},
}


@dataclass(frozen=True, slots=True)
class Varde:
    """A printed outcome or target for a period: numbers as printed ("50.0"), a text beside them or alone."""

    period: str
    kvinnor: str | None = None
    man: str | None = None
    totalt: str | None = None
    text: str | None = None


@dataclass(frozen=True, slots=True)
class Mal:
    """A goal; `overordnat` is the kod of the goal above, "" at the top; `bedomning` the printed one."""

    kod: str
    niva: str
    titel: str
    overordnat: str = ""
    nummer: str = ""
    beskrivning: str = ""
    bedomning: str = ""


@dataclass(frozen=True, slots=True)
class Aktivitet:
    """An activity (åtgärd) of the goal `mal`, "" for one of the plan as a whole."""

    text: str
    mal: str = ""
    nummer: str = ""
    beskrivning: str = ""
    forvantad_effekt: str = ""
    styrdokument: str = ""
    avrapporteras: str = ""


@dataclass(frozen=True, slots=True)
class Indikator:
    """An indicator or a volymmått; `beraknas` is the row id of the report that computes it, `kolada` the key
    of the same measure there, `nummer` and `bedomning` the printed ones."""

    kod: str
    namn: str
    enhet: str
    konsuppdelad: bool
    slag: Indikatorslag = Indikatorslag.INDIKATOR
    mal: str = ""
    kalla: str = ""
    definition: str = ""
    beraknas: str = ""
    koppling: str = ""
    kolada: str = ""
    varden: tuple[Varde, ...] = ()
    riktvarden: tuple[Varde, ...] = ()
    nummer: str = ""
    bedomning: str = ""


@dataclass(frozen=True, slots=True)
class Arshjul:
    """What is reported in a month, in its printed word."""

    manad: str
    typ: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Plandokument:
    """A whole plan. `regler` are the printed rules of assessment as they stand in the file."""

    kommun: str
    namnd: str
    ar: int
    titel: str = ""
    kalla: str = ""
    bedomning: Bedomningsskala = Bedomningsskala.INGEN
    uppfoljning: tuple[str, ...] = ()
    mal: tuple[Mal, ...] = ()
    aktiviteter: tuple[Aktivitet, ...] = ()
    indikatorer: tuple[Indikator, ...] = ()
    volymer: tuple[Indikator, ...] = ()
    regler: Mapping[str, Any] = field(default_factory=dict)
    arshjul: tuple[Arshjul, ...] = ()


def parse_planperiod(text: str) -> Period | None:
    """The period of a value, None for the baseline (`ingaende`). Raises PeriodError."""
    return None if text == INGAENDE else parse_period(text)


def is_planperiod(text: str) -> bool:
    """Whether a value may stand for the period: `ingaende`, or a period as exchange.md writes it."""
    try:
        period = parse_planperiod(text)
    except PeriodError:
        return False
    return period is None or period.text == text


def follow_up_period(text: str) -> Period:
    """The days that a follow-up is of: a month means the year until then ("t.o.m. augusti"), December the
    whole year; every other period of exchange.md is itself. Raises PeriodError."""
    period = parse_period(text)
    if not _MANAD.fullmatch(period.text) or period.fran.month == 1:
        return period
    ar = period.fran.year
    if period.till.month == 12:
        return parse_period(str(ar))
    return make_period(date(ar, 1, 1), period.till)


def plain_period(text: str) -> str:
    """One spelling for periods of the same days: 2024 for 2024-12 too, 2024-04 for 2024-T1 too. A text that
    is no period stays as it is."""
    try:
        period = follow_up_period(text)
    except PeriodError:
        return text
    ar = period.fran.year
    if period.fran != date(ar, 1, 1) or period.till != last_day(period.sista_manad) or period.till.year != ar:
        return period.text
    return str(ar) if period.till.month == 12 else f"{ar}-{period.till.month:02}"


def find_cycles(overordnat: Mapping[str, str]) -> tuple[str, ...]:
    """The goals that lie above themselves, from kod → kod above; in the order given."""
    return tuple(kod for kod in overordnat if kod in _above(kod, overordnat))


def _above(kod: str, overordnat: Mapping[str, str]) -> Iterator[str]:
    seen: set[str] = set()
    while (kod := overordnat.get(kod, "")) and kod not in seen:
        seen.add(kod)
        yield kod


def order_tree(mal: Iterable[Mal]) -> tuple[tuple[int, Mal], ...]:
    """The goals as printed: each under the one above it, with its depth from 0; siblings in the order given.

    A goal whose parent is not among them stands at the top.
    """
    alla = list(mal)
    koder = {m.kod for m in alla}
    under: dict[str, list[Mal]] = {}
    for m in alla:
        under.setdefault(m.overordnat if m.overordnat in koder else "", []).append(m)
    ut: list[tuple[int, Mal]] = []
    vantar = [(0, m) for m in reversed(under.get("", []))]
    while vantar:
        djup, m = vantar.pop()
        ut.append((djup, m))
        vantar += [(djup + 1, barn) for barn in reversed(under.get(m.kod, []))]
    return tuple(ut)
