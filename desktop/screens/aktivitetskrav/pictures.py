"""The share within the days given, by kön over time: as staff see it, and how it leaves (R12)."""

from collections.abc import Mapping, Sequence
from datetime import date

from db.rules.figurer import Figur
from db.rules.period import Period, month_index
from db.rules.sidor import Sida
from desktop.charts.lines import lines
from desktop.charts.picture import Picture, Series, say_percent
from desktop.formatting import days, month_short
from desktop.i18n import tr
from desktop.screens.aktivitetskrav.model import Steg
from desktop.skarm_service import Underlag

_KON = (("kvinnor", "Kvinnor", "kvinnor"), ("man", "Män", "man"), ("totalt", "Totalt", "totalt"))
RAPPORT = "aktivitetskrav"
LETTERS = {"kvinnor": "K", "man": "M", "totalt": ""}


def make_shares(
    steg: Steg, perioder: Sequence[Period], andelar: Sequence[Figur], dagar: int, troskel: int
) -> tuple[Picture, Underlag[Picture]]:
    """A line for kvinnor, män and all; a point opens those whose frist lies in its period."""
    title = f"{tr('I aktivitet inom')} {days(dagar)} {tr('per')} {_unit(steg).lower()}"
    places = [_place(steg, period) for period in perioder]

    def draw(dolda: Sequence[Mapping[str, Mapping[str, str]]]) -> Picture:
        marks = [found[andel.id] for andel, found in zip(andelar, reversed(dolda), strict=True)]
        return lines(title, places, series(marks), told=say_percent, share=True, head=_unit(steg))

    def series(dolda: Sequence[Mapping[str, str]]) -> list[Series]:
        return [
            Series(
                tr(name),
                tuple(None if key in d else a.varde.get(key) for a, d in zip(andelar, dolda, strict=True)),
                look,
                tuple(f"{LETTERS[key]}:{p.fran.isoformat()}:{p.till.isoformat()}" for p in perioder),
                tuple(found.get(key, "") for found in dolda),
            )
            for key, name, look in _KON
        ]

    sidor = [_side(period, andel) for period, andel in zip(perioder, andelar, strict=True)]
    shown = draw([{andel.id: {}} for andel in reversed(andelar)])
    return shown, Underlag(RAPPORT, title, tuple(reversed(sidor)), draw, troskel)


def _side(period: Period, andel: Figur) -> Sida:
    """What is told of a period, under the names of the report. It has ended: no later day judges it."""
    return Sida(period.fran, period.till, period.till, (andel,))


def read_id(key: str) -> tuple[str, date, date]:
    """Kön ("" for all) and period of a point."""
    kon, fran, till = key.split(":")
    return kon, date.fromisoformat(fran), date.fromisoformat(till)


def _unit(steg: Steg) -> str:
    return tr("Månad") if steg is Steg.MANAD else tr("Kvartal")


def _place(steg: Steg, period: Period) -> str:
    """ "nov", "jan 2026"; "kv 1 2026"."""
    if steg is Steg.KVARTAL:
        return f"{tr('kv')} {month_index(period.fran) % 12 // 3 + 1} {period.fran.year}"
    name = month_short(period.fran)
    return f"{name} {period.fran.year}" if period.fran.month == 1 else name
