"""A plan's values for a period: outcome, baseline, target and assessment side by side (R13, R14)."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from db.rules.figurer import Figur
from db.rules.koder import Indikatorslag
from db.rules.period import Period
from db.rules.plan import INGAENDE, Indikator, Varde, follow_up_period, plain_period
from db.rules.planmatt import known_riktning
from db.rules.riktvarde import (
    Malslag,
    Maluppfyllelse,
    Riktning,
    Riktvarde,
    find_riktning,
    judge,
    judge_skillnad,
    parse_riktvarde_or_text,
    parse_tal,
    say_riktvarde,
    weigh_kon,
)

NYCKLAR = ("kvinnor", "man", "totalt")
BEYOND = 1e15  # no outcome is as large


class Kalla(StrEnum):
    """Where an outcome comes from."""

    BERAKNAT = "beräknat ur registret"
    SKRIVET = "inskrivet"
    TRYCKT = "tryckt i planen"
    KOLADA = "hämtat ur Kolada"
    SAKNAS = "saknas"


@dataclass(frozen=True, slots=True)
class Utfall:
    """An outcome in the indicator's unit; `period` is a plain_period or `ingaende`.

    `tryckt` is what the plan prints for the period, whatever the source; `figur` what was worked out, whole,
    so that it can be hidden (R12); `kommentar` and `kallnot` go with a typed value.
    """

    period: str
    kalla: Kalla
    kvinnor: Decimal | None = None
    man: Decimal | None = None
    totalt: Decimal | None = None
    text: str = ""
    tryckt: Varde | None = None
    figur: Figur | None = None
    kommentar: str = ""
    kallnot: str = ""

    def tal(self, nyckel: str) -> Decimal | None:
        """The number under one of NYCKLAR."""
        value: Decimal | None = getattr(self, nyckel)
        return value

    @property
    def has_tal(self) -> bool:
        """Whether it has any number."""
        return any(self.tal(nyckel) is not None for nyckel in NYCKLAR)


@dataclass(frozen=True, slots=True)
class Provning:
    """An outcome held against its target, by NYCKLAR; `samlad` is one answer of all.

    `mal` holds the target per key, `ord` what is printed of it, `jamfort` what Öka and Minska were held
    against. The target itself is `riktvarde` as printed, None for a year without one.
    """

    riktvarde: Varde | None
    riktning: Riktning
    mal: Mapping[str, Riktvarde]
    ord: Mapping[str, str]
    uppfyllelse: Mapping[str, Maluppfyllelse]
    samlad: Maluppfyllelse
    jamfort: Utfall | None


def read_tryckt(varde: Varde) -> Utfall:
    """A printed value as an outcome. A text such as "ca 580" is a number where no number stands beside it."""
    tal = {nyckel: None if (t := getattr(varde, nyckel)) is None else parse_tal(t) for nyckel in NYCKLAR}
    if varde.text and all(t is None for t in tal.values()):
        last = parse_riktvarde_or_text(varde.text)
        if last.slag is Malslag.TAL and not last.tecken:
            tal["totalt"] = last.tal
    period = varde.period if varde.period == INGAENDE else plain_period(varde.period)
    return Utfall(period, Kalla.TRYCKT, *in_order(tal), text=varde.text or "", tryckt=varde)


def find_riktvarde(riktvarden: Iterable[Varde], period: Period) -> Varde | None:
    """The target that a period is held against: that of the same days, else the shortest period around its
    last day, else any of the same year; None where the plan has none for the year."""
    bast: tuple[tuple[bool, bool, int], Varde] | None = None
    for varde in riktvarden:
        if varde.period == INGAENDE:
            continue
        egen = follow_up_period(varde.period)
        samma = (egen.fran, egen.till) == (period.fran, period.till)
        if not samma and period.till not in egen and egen.till.year != period.till.year:
            continue
        vikt = (not samma, period.till not in egen, egen.days)
        if bast is None or vikt < bast[0]:
            bast = (vikt, varde)
    return None if bast is None else bast[1]


def find_previous(tidigare: Sequence[Utfall], period: Period) -> Utfall | None:
    """The outcome with a number to hold a period against: that of the same part of the year before, else the
    latest."""
    fore = plain_period(period.previous_year().text)
    med_tal = [utfall for utfall in tidigare if utfall.has_tal]
    samma = next((utfall for utfall in med_tal if utfall.period == fore), None)
    return samma or (med_tal[-1] if med_tal else None)


def try_indikator(
    indikator: Indikator, period: Period, utfall: Utfall, ingaende: Utfall | None, tidigare: Sequence[Utfall]
) -> Provning:
    """The outcome held against the target of the year, by kön and totalt. `tidigare`: the oldest first.

    A volymmått is followed, not judged: its numbers are printed without minst or högst.
    """
    riktvarde = find_riktvarde(indikator.riktvarden, period)
    previous = find_previous(tidigare, period)
    jamfort = ingaende if ingaende is not None and ingaende.has_tal else previous
    mal = {nyckel: _target(riktvarde, nyckel) for nyckel in NYCKLAR}
    if indikator.slag is Indikatorslag.VOLYM:
        ord_ = {nyckel: say_riktvarde(m, None) for nyckel, m in mal.items()}
        ingen = dict.fromkeys(NYCKLAR, Maluppfyllelse.GAR_INTE)
        return Provning(riktvarde, Riktning.UPP, mal, ord_, ingen, Maluppfyllelse.GAR_INTE, jamfort)
    riktning = _riktning(indikator, mal["totalt"], ingaende, tidigare)
    uppfyllelse = {
        nyckel: judge(mal[nyckel], utfall.tal(nyckel), _first(nyckel, ingaende, previous), riktning)
        for nyckel in NYCKLAR
    }
    if mal["totalt"].slag is Malslag.INGA_SKILLNADER:
        skillnad = judge_skillnad(_counts(utfall.figur, "kvinnor"), _counts(utfall.figur, "man"))
        uppfyllelse = dict.fromkeys(NYCKLAR, Maluppfyllelse.GAR_INTE) | {"totalt": skillnad}
    samlad = uppfyllelse["totalt"]
    if samlad is Maluppfyllelse.GAR_INTE:
        samlad = weigh_kon([uppfyllelse["kvinnor"], uppfyllelse["man"]])
    ord_ = {nyckel: say_riktvarde(m, riktning) for nyckel, m in mal.items()}
    return Provning(riktvarde, riktning, mal, ord_, uppfyllelse, samlad, jamfort)


def order_periods(perioder: Iterable[str]) -> list[str]:
    """Periods by their last day, then the shorter first; the baseline is none of them."""
    days = {p: follow_up_period(p) for p in perioder if p != INGAENDE}
    return sorted(days, key=lambda p: (days[p].till, days[p].days))


def is_before(period: str, senast: date) -> bool:
    """Whether a period ends before a day."""
    return follow_up_period(period).till < senast


def in_order(tal: Mapping[str, Decimal | None]) -> tuple[Decimal | None, Decimal | None, Decimal | None]:
    """Numbers by NYCKLAR, in the order in which an outcome has them."""
    return tal["kvinnor"], tal["man"], tal["totalt"]


def _target(riktvarde: Varde | None, nyckel: str) -> Riktvarde:
    """The target of one kön: its own number, else that of all, else the text."""
    if riktvarde is None:
        return Riktvarde(Malslag.SAKNAS)
    tal: str | None = getattr(riktvarde, nyckel) or riktvarde.totalt
    if tal is not None:
        return Riktvarde(Malslag.TAL, parse_tal(tal), text=riktvarde.text or "")
    return parse_riktvarde_or_text(riktvarde.text or "")


def _riktning(
    indikator: Indikator, mal: Riktvarde, ingaende: Utfall | None, tidigare: Sequence[Utfall]
) -> Riktning:
    """Which way is better for the indicator: the same in the follow-up of every period, so a number is held
    against where the plan came from when it set its first target."""
    skrivna = [v for v in indikator.riktvarden if v.totalt and v.period != INGAENDE]
    med_tal = [(v.period, tal) for v in skrivna if (tal := parse_tal(v.totalt or "")) is not None]
    fore = list(tidigare)
    if med_tal and mal.slag in (Malslag.TAL, Malslag.SAKNAS) and not mal.tecken:
        forsta, tal = med_tal[0]
        mal = Riktvarde(Malslag.TAL, tal)
        tryckta = (read_tryckt(v) for v in indikator.varden if v.period != INGAENDE)
        fore = [u for u in (*tryckta, *tidigare) if is_before(u.period, follow_up_period(forsta).till)]
    return find_riktning(
        mal,
        known_riktning(indikator.beraknas),
        [tal for _, tal in med_tal],
        [utfall.tal("totalt") for utfall in (*([ingaende] if ingaende else []), *fore)],
        indikator.namn,
        indikator.enhet,
    )


def _first(nyckel: str, *utfall: Utfall | None) -> Decimal | None:
    return next((t for u in utfall if u is not None and (t := u.tal(nyckel)) is not None), None)


def _counts(figur: Figur | None, kon: str) -> tuple[float, float] | None:
    """How many, of how many: what a share of one kön rests on."""
    if figur is None or figur.taljare is None or figur.namnare is None:
        return None
    taljare, namnare = figur.taljare.get(kon), figur.namnare.get(kon)
    return None if taljare is None or namnare is None else (taljare, namnare)
