"""The figures of the screen Avslut as sides of prints (R12), one for each picture and one for the table.

The numbers stand under the names that the report gives them where it has them, and are bound by the sums
that a reader knows though a picture leaves them out.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar

from db.queries.figurer.avslut import KLASSER
from db.queries.figurer.gemensamt import NOLL, count, share_of
from db.rules.avslut import is_egen_forsorjning
from db.rules.figurer import Figur, Konsvarden, Summa
from db.rules.period import Period
from db.rules.sidor import Sida
from desktop.reports.avslut import SPEC
from desktop.screens.avslut.model import EGEN, TOTALT, Dolda, Siffror, result_id, total_of
from desktop.skarm_service import Underlag

TILLBAKA = "avslut.ateraktualiserade_12_manader"
STEG = 30  # days in a bar of those who came back
_LAST = 331
SPANS = tuple((fran, fran + STEG - 1 if fran < _LAST else 365) for fran in range(1, _LAST + 1, STEG))
TABELL = "tabell"
T = TypeVar("T")
Del = tuple[Sequence[Figur], Sequence[Summa]]


@dataclass(frozen=True, slots=True)
class Sidor:
    """What the report says of the period, and what each picture and the table do, by name."""

    rapport: Sida
    delar: Mapping[str, Sida]
    troskel: int

    def underlag(
        self, namn: str, titel: str, make: Callable[[Dolda], T], reserv: Underlag[T] | None = None
    ) -> Underlag[T]:
        """How a picture or the table leaves, made of its marks."""
        # That so many of a result came back is told of those that the table tells of.
        fore = (self.delar[TABELL],) if namn == "tillbaka" else ()
        return Underlag(
            SPEC.namn, titel, (self.delar[namn],), lambda dolda: make(dolda[0]), self.troskel,
            (self.rapport, *fore), reserv,
        )  # fmt: skip


def make_sides(siffror: Siffror, period: Period, per: date) -> Sidor:
    """The sides of a period as known on a day."""
    slut = max(period.fran, min(period.till, per))

    def side(del_: Del) -> Sida:
        return Sida(period.fran, slut, per, tuple(del_[0]), tuple(del_[1]))

    alla = tuple(siffror.figurer.values())
    delar = {
        "klasser": side(_klasser(siffror)),
        TABELL: side(_resultat(siffror)),
        "matris": side(_vagar(siffror)),
        "kvar": side(_kvar(siffror)),
        "dagar": side(_dagar(siffror)),
        "tillbaka": side(_tillbaka(siffror)),
    }
    return Sidor(side((alla, SPEC.sums(alla))), delar, siffror.troskel)


def _klasser(siffror: Siffror) -> Del:
    ids = [f"avslut.{namn}" for namn in KLASSER.values()]
    return [siffror.figurer[id_] for id_ in (TOTALT, *ids)], [Summa(TOTALT, tuple(ids))]


def _resultat(siffror: Siffror) -> Del:
    """Every row of the report, and each result in its class."""
    figurer, delar = [*siffror.figurer.values()], dict[str, list[str]]()
    summor = [*SPEC.sums(figurer)]
    for (klass, resultat), antal in siffror.resultat.items():
        figurer.append(count(result_id(klass, resultat), antal))
        delar.setdefault(f"avslut.{KLASSER[klass]}", []).append(figurer[-1].id)
    egna = [result_id(klass, namn) for klass, namn in siffror.resultat if is_egen_forsorjning(namn)]
    delar |= {EGEN: egna} if egna else {}
    return figurer, [*summor, *(Summa(hel, tuple(ids)) for hel, ids in delar.items())]


def cell_id(row: str | None, column: str | None) -> str:
    """What a cell of the matrix of försörjning is called."""
    return f"vag.{row or ''}.{column or ''}"


def _vagar(siffror: Siffror) -> Del:
    """From each försörjning to each. The sums of rows and columns stand nowhere but in the matrix, and only
    where nothing in them is hidden."""
    figurer = [count(cell_id(*vag), varde) for vag, varde in siffror.vagar.items()]
    summor = [Summa(TOTALT, tuple(figur.id for figur in figurer))] if figurer else []
    return [siffror.figurer[TOTALT], *figurer], summor


def dagar_id(fran: int) -> str:
    """What those are called who came back from so many days after."""
    return f"dagar.{fran}"


def list_dagar(siffror: Siffror) -> dict[tuple[int, int], Konsvarden]:
    """How many came back by days after the avslut (R11)."""
    return {
        (fran, till): total_of(
            [antal for rad in siffror.rader for dag, antal in rad.dagar if fran <= dag <= till]
        )
        for fran, till in SPANS
    }


def _dagar(siffror: Siffror) -> Del:
    figurer = [count(dagar_id(fran), varde) for (fran, _), varde in list_dagar(siffror).items()]
    summa = Summa(TILLBAKA, tuple(figur.id for figur in figurer))
    return [siffror.figurer[TILLBAKA], *figurer], [summa]


def make_aterkomst(siffror: Siffror) -> Mapping[str, Figur]:
    """The share of each result who came back (R11)."""
    return {
        r: share_of(f"ater.andel.{r}", antal, hela, taljare_id=f"ater.{r}", namnare_id=_alla(siffror, r)[0])
        for r, (antal, hela) in siffror.tillbaka.items()
    }


def _alla(siffror: Siffror, resultat: str) -> tuple[str, list[str]]:
    """What all avslut of a result are called, and its rows of the table where it is in several classes."""
    ids = [result_id(klass, own) for klass, own in siffror.resultat if own == resultat]
    return (ids[0], []) if len(ids) == 1 else (f"alla.{resultat}", ids)


def _tillbaka(siffror: Siffror) -> Del:
    """How many of each result came back, of how many; the table is hidden before."""
    andelar = make_aterkomst(siffror)
    figurer = [siffror.figurer[TILLBAKA], *andelar.values()]
    figurer += [count(result_id(*nyckel), antal) for nyckel, antal in siffror.resultat.items()]
    summor = [Summa(TILLBAKA, tuple(figur.taljare_id for figur in andelar.values()))] if andelar else []
    for resultat, figur in andelar.items():
        figurer.append(count(figur.taljare_id, figur.taljare or NOLL))
        hela, delar = _alla(siffror, resultat)
        if delar:
            figurer.append(count(hela, figur.namnare or NOLL))
            summor.append(Summa(hel=hela, delar=tuple(delar)))
    return figurer, summor


def _kvar(siffror: Siffror) -> Del:
    """Who was followed up in the period: other avslut than the rest tells of."""
    figurer = []
    for rad in siffror.varaktighet:
        figurer += [rad.av_svar, rad.av_alla]
        figurer += [count(f"{vad}.{rad.slag}", getattr(rad, vad)) for vad in ("alla", "svar")]
    return figurer, []
