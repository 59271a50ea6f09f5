"""Persons in OSA by year and kön, against the target: as staff see it, and how it leaves (R12)."""

from collections.abc import Mapping, Sequence
from datetime import date

from db.queries.osa_siffror import Siffror, year_span
from db.rules.figurer import Figur
from db.rules.sidor import Sida
from desktop.charts.columns import stacked_columns
from desktop.charts.lines import Goal
from desktop.charts.picture import Picture, Series
from desktop.formatting import number
from desktop.i18n import tr
from desktop.screens.osa.model import TOTALT, VOLYM, find_figur
from desktop.screens.words import first_lower
from desktop.skarm_service import Underlag

_KON = (
    ("kvinnor", "Kvinnor", "kvinnor"), ("man", "Män", "man"),
    ("uppgift_saknas", "Uppgift saknas", "uppgift_saknas"),
)  # fmt: skip
KEYS = {"kvinnor": "K", "man": "M", "uppgift_saknas": "-"}
Marks = Mapping[str, Mapping[str, str]]
OSA = "osa"  # the report whose figures they are


def make_volume(siffror: Siffror, rad_id: str, troskel: int) -> tuple[Picture, Underlag[Picture]]:
    """A column per year; a part opens its people. The target is of all in OSA."""
    idag = siffror.tid.idag
    places = [f"{ar} {tr('hittills')}" if ar == idag.year else str(ar) for ar, _ in siffror.ar]
    what = first_lower(tr(VOLYM[rad_id])) if rad_id != TOTALT else tr("OSA")
    title = f"{tr('Personer i')} {what} {tr('per år')}"
    goal = Goal(f"{tr('Mål')} {number(siffror.mal)}", siffror.mal, siffror.mal)

    def draw(dolda: Sequence[Marks]) -> Picture:
        return stacked_columns(
            title, places, _series(siffror, rad_id, dict(zip(years, dolda, strict=False))), head=tr("År"),
            goal=goal if siffror.mal and rad_id == TOTALT else None,
        )  # fmt: skip

    years = [ar for ar, _ in reversed(siffror.ar)]
    sidor = tuple(_side(ar, figurer, idag) for ar, figurer in reversed(siffror.ar))
    return draw(()), Underlag(OSA, title, sidor, draw, troskel)


def _side(ar: int, figurer: Sequence[Figur], idag: date) -> Sida:
    """All rows of a year, as the report has them, so that one picture does not tell what another hides."""
    fran, till = year_span(ar, idag)
    return Sida(fran, till, till, tuple(figurer))


def _series(siffror: Siffror, rad_id: str, dolda: Mapping[int, Marks]) -> list[Series]:
    """Kvinnor, män, and those of unknown kön where there are any; `dolda` hides, by year."""
    years = [(ar, find_figur(figurer, rad_id).varde) for ar, figurer in siffror.ar]
    series = []
    for key, name, look in _KON:
        if key == "uppgift_saknas" and not any(varde.uppgift_saknas for _, varde in years):
            continue
        hidden = [dolda.get(ar, {}).get(rad_id, {}).get(key, "") for ar, _ in years]
        values = [None if mark else varde.get(key) for mark, (_, varde) in zip(hidden, years, strict=True)]
        ids = tuple(f"{rad_id}|{KEYS[key]}|{ar}" for ar, _ in years)
        series.append(Series(tr(name), tuple(values), look, ids, tuple(hidden)))
    return series


def read_id(key: str) -> tuple[str, str | None, int]:
    """The row, kön (None: unknown) and year of a part."""
    rad_id, kon, ar = key.split("|")
    return rad_id, kon if kon in ("K", "M") else None, int(ar)
