"""The figures above the list in words, and the periods of the picture."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from db.queries.kravlista import Kravlage
from db.rules.aktivitetskrav import Installningar, Status
from db.rules.figurer import Figur, Tal
from db.rules.period import Period, add_months, first_day, last_day, make_period, month_index
from desktop.formatting import NBSP, days, number, percent
from desktop.i18n import tr
from desktop.screens.flode.model import Span
from desktop.screens.installningar.facts import STARTPUNKTER
from desktop.screens.words import first_lower
from desktop.widgets.kon_strip import KonKpi


class Steg(StrEnum):
    """How wide a point of the picture is."""

    MANAD = "manad"
    KVARTAL = "kvartal"


class Startad(StrEnum):
    """When the ärenden of the list began."""

    ALLA = ""
    MANAD = "manad"
    MANADER_3 = "3"
    I_AR = "i_ar"
    FORRA_ARET = "forra"


@dataclass(frozen=True, slots=True)
class Siffror:
    """Rows of the report: share and median of the period, and who is without activity now."""

    andel: Figur
    median: Figur
    utan: Figur


MONTHS, QUARTERS = 12, 8  # whole ones in the picture


def list_perioder(steg: Steg, idag: date) -> tuple[Period, ...]:
    """The latest whole months or quarters, in order of time."""
    if steg is Steg.MANAD:
        last = month_index(idag)
        return tuple(make_period(first_day(m), last_day(m)) for m in range(last - MONTHS, last))
    last = month_index(idag) // 3
    return tuple(make_period(first_day(3 * q), last_day(3 * q + 2)) for q in range(last - QUARTERS, last))


def start_span(val: Startad, idag: date) -> tuple[date, date] | None:
    """The first and the last day of S that are let through; None: any."""
    if val in (Startad.MANAD, Startad.MANADER_3):
        return add_months(idag, -1 if val is Startad.MANAD else -3) + timedelta(1), idag
    if val is Startad.I_AR:
        return date(idag.year, 1, 1), idag
    if val is Startad.FORRA_ARET:
        return date(idag.year - 1, 1, 1), date(idag.year - 1, 12, 31)
    return None


def tell_rule(krav: Installningar) -> str:
    """ "Räknas från dagen då biståndet beviljas, frist 14 dagar" (R3–R4)."""
    start = first_lower(tr(STARTPUNKTER[krav.startpunkt]))
    return f"{tr('Räknas från')} {start}, {tr('frist')} {days(krav.dagar)}"


def make_kpis(
    lagen: Iterable[Kravlage], siffror: Siffror, span: Span, krav: Installningar
) -> tuple[KonKpi, ...]:
    """The six figures: two of the period, four of the open ärenden today."""
    oppna = [lage for lage in lagen if lage.oppet]
    sena = Counter(lage.kon for lage in oppna if lage.bedomning.status is Status.FORFALLET)
    undantag = Counter(lage.kon for lage in oppna if lage.undantag is not None)
    granska = Counter(lage.kon for lage in oppna if lage.granska)
    andel, utan = siffror.andel, siffror.utan.varde
    bas, uppfyllt = andel.namnare, andel.taljare
    return (
        KonKpi(
            "andel", f"{tr('I aktivitet inom')} {days(krav.dagar)}", percent(andel.varde.totalt),
            percent(andel.varde.kvinnor), percent(andel.varde.man), tone="ok",
            detail=f"{number(uppfyllt.totalt if uppfyllt else 0)} {tr('av')} "
            f"{number(bas.totalt if bas else 0)} {tr('med frist')} {span.namn}",
        ),
        KonKpi(
            "median", tr("Mediantid till aktivitet"), *_told_days(siffror.median),
            detail=f"{tr('för ärenden med frist')} {span.namn}",
        ),
        KonKpi(
            "forfallna", tr("Förfallna nu"), *_count(sena), icon="triangle-alert" if sena else "",
            detail=tr("öppna ärenden"), tone="danger",
        ),
        KonKpi("undantag", tr("Undantag nu"), *_count(undantag), detail=tr("öppna ärenden")),
        KonKpi(
            "granska", tr("Undantag att granska"), *_count(granska), icon="file-check" if granska else "",
            detail=tr("dagen för granskning har kommit"), tone="warn",
        ),
        KonKpi(
            "utan", tr("Utan aktivitet nu"), number(utan.totalt), number(utan.kvinnor), number(utan.man),
            detail=tr("också efter en avslutad aktivitet"),
        ),
    )  # fmt: skip


def _told_days(figur: Figur) -> tuple[str, str, str]:
    return _days(figur.varde.totalt), _days(figur.varde.kvinnor), _days(figur.varde.man)


def _days(value: Tal | None) -> str:
    return "–" if value is None else f"{number(value, 0 if value == int(value) else 1)}{NBSP}d"


def _count(antal: Counter[str | None]) -> tuple[str, str, str]:
    return number(antal.total()), number(antal["K"]), number(antal["M"])
