"""The share within the days given, by kön over time: as staff see it, and as it may leave (R12)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from db.rules.figurer import Figur
from db.rules.period import Period, month_index
from db.rules.suppression import hide
from desktop.charts.lines import lines
from desktop.charts.picture import Picture, Series, say_percent
from desktop.formatting import days, month_short
from desktop.i18n import tr
from desktop.screens.aktivitetskrav.model import Steg

_KON = (("kvinnor", "Kvinnor", "kvinnor"), ("man", "Män", "man"), ("totalt", "Totalt", "totalt"))
LETTERS = {"kvinnor": "K", "man": "M", "totalt": ""}


def make_shares(
    steg: Steg, perioder: Sequence[Period], andelar: Sequence[Figur], dagar: int, troskel: int
) -> tuple[Picture, Picture]:
    """A line for kvinnor, män and all; a point opens those whose frist lies in its period."""
    # Each period is a row of its own, so that hiding knows that they are different people.
    rows = [replace(figur, id=str(at), taljare_id="", namnare_id="") for at, figur in enumerate(andelar)]
    dolda = hide(rows, (), troskel)
    title = f"{tr('I aktivitet inom')} {days(dagar)} {tr('per')} {_unit(steg).lower()}"
    places = [_place(steg, period) for period in perioder]

    def series(hiding: bool) -> list[Series]:
        return [
            Series(
                tr(name),
                tuple(None if hiding and key in dolda[row.id] else row.varde.get(key) for row in rows),
                look,
                tuple(f"{LETTERS[key]}:{p.fran.isoformat()}:{p.till.isoformat()}" for p in perioder),
                tuple(dolda[row.id].get(key, "") if hiding else "" for row in rows),
            )
            for key, name, look in _KON
        ]

    def draw(hiding: bool) -> Picture:
        return lines(title, places, series(hiding), told=say_percent, share=True, head=_unit(steg))

    return draw(hiding=False), draw(hiding=True)


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
