"""The figures of avslut as they were read, the key figures in words, and the rows of the table of results."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from db.queries.figurer.avslut import KLASSER, Avslutsrad, count_unika, list_avslutsrader, make_figures
from db.queries.figurer.efter_avslut import Vag, Varaktighet, count_forsorjning, list_varaktighet
from db.queries.figurer.gemensamt import NOLL, add
from db.rules.avslut import Koladaklass, asks_for_month
from db.rules.figurer import KON_NYCKLAR, Figur, Konsvarden
from db.rules.koder import Uppfoljningsslag
from db.rules.period import Period
from desktop.formatting import number, percent, plural
from desktop.i18n import tr
from desktop.screens.flode.model import Span
from desktop.screens.words import first_upper
from desktop.widgets.kon_strip import KonKpi

KLASSNAMN: Mapping[Koladaklass, str] = {
    "A": "Arbete", "B": "Studier", "C": "Annan myndighet", "D": "Slutfört uppdrag", "E": "Övrigt",
    "invantar": "Inväntar bekräftelse",
}  # fmt: skip
KON = {"kvinnor": "K", "man": "M", "uppgift_saknas": "-", "totalt": ""}  # as ids of parts spell them
TOTALT, EGEN = "avslut.totalt", "avslut.egen_forsorjning"
Dolda = Mapping[str, Mapping[str, str]]


@dataclass(frozen=True, slots=True)
class Siffror:
    """All figures of a period as known on a day; `figurer` are the rows of the report by id."""

    rader: tuple[Avslutsrad, ...]
    figurer: Mapping[str, Figur]
    vagar: Mapping[Vag, Konsvarden]
    varaktighet: tuple[Varaktighet, ...]
    troskel: int

    @property
    def resultat(self) -> dict[tuple[Koladaklass, str], Konsvarden]:
        """How many by class and result, in the order of R9."""
        found: dict[tuple[Koladaklass, str], Konsvarden] = {}
        for rad in self.rader:
            found[rad.klass, rad.resultat] = add(found.get((rad.klass, rad.resultat), NOLL), rad.antal)
        return found

    @property
    def tillbaka(self) -> dict[str, tuple[Konsvarden, Konsvarden]]:
        """How many of each result came back (R11), and how many there are."""
        found: dict[str, tuple[Konsvarden, Konsvarden]] = {}
        for rad in self.rader:
            ater, alla = found.get(rad.resultat, (NOLL, NOLL))
            found[rad.resultat] = add(ater, rad.tillbaka), add(alla, rad.antal)
        return found


@dataclass(frozen=True, slots=True)
class Resultatrad:
    """A row of the table: all avslut, a class of Kolada, or a result in a class. `dolda` may not leave."""

    id: str
    namn: str
    varde: Konsvarden
    andel: float | None
    niva: int
    dolda: Mapping[str, str]


def read_siffror(session: Session, period: Period, per: date, troskel: int) -> Siffror:
    """Six statements."""
    rader = list_avslutsrader(session, period, per)
    figurer = make_figures(rader, count_unika(session, period, per))
    return Siffror(
        rader,
        {figur.id: figur for figur in figurer},
        count_forsorjning(session, period, per),
        list_varaktighet(session, period, per),
        troskel,
    )


def make_kpis(siffror: Siffror, span: Span) -> tuple[KonKpi, ...]:
    """The six figures above everything; their keys open the people."""
    figurer = siffror.figurer
    totalt, invantar = figurer[TOTALT].varde, figurer["avslut.invantar_bekraftelse"].varde
    tillbaka = figurer["avslut.ateraktualiserade_12_manader"].varde
    ett_ar = next(v for v in siffror.varaktighet if v.slag == Uppfoljningsslag.TOLV_MANADER.value)
    unika = figurer["avslut.antal_arbete_studier_unika"].varde.totalt
    return (
        KonKpi("totalt", f"{tr('Avslutade')} {span.namn}", *_count(totalt), icon="door-open",
               detail=tr("inskrivningar")),
        KonKpi("arbete_studier", tr("Till arbete eller studier"),
               *_share(figurer["avslut.andel_arbete_studier"]), tone="ok",
               detail=_people(unika)),
        KonKpi("egen", tr("Till egen försörjning"), *_share(figurer["avslut.andel_egen_forsorjning"]),
               detail=_of(figurer[EGEN].varde, totalt)),
        KonKpi("invantar", tr("Inväntar bekräftelse"), *_count(invantar), tone="warn",
               icon="clock" if invantar.totalt else "", detail=tr("av en månad i arbete")),
        KonKpi("kvar", tr("Kvar efter 12 månader"), *_share(ett_ar.av_svar),
               detail=f"{tr('svar från')} {_of(ett_ar.svar, ett_ar.alla)}"),
        KonKpi("tillbaka", tr("Har inte kommit tillbaka"),
               *_share(figurer["avslut.andel_ej_ateraktualiserade"]),
               detail=f"{number(tillbaka.totalt)} {tr('åter inom 365 dagar')}"),
    )  # fmt: skip


def make_rows(siffror: Siffror, dolda: Dolda) -> tuple[Resultatrad, ...]:
    """Every class with its results, the classes in the order of Kolada, and all avslut last. `dolda`
    are the marks of what may not leave (R12)."""
    totalt = siffror.figurer[TOTALT].varde

    def row(id_: str, namn: str, varde: Konsvarden, niva: int) -> Resultatrad:
        andel = 100 * (varde.totalt or 0) / totalt.totalt if totalt.totalt else None
        return Resultatrad(id_, namn, varde, andel, niva, dolda.get(id_, {}))

    rows = []
    for klass, namn in KLASSER.items():
        figur = siffror.figurer[f"avslut.{namn}"]
        rows.append(row(figur.id, klassnamn(klass), figur.varde, 0))
        rows += [
            row(result_id(klass, resultat), first_upper(_told(klass, resultat)), antal, 1)
            for (own, resultat), antal in siffror.resultat.items()
            if own == klass
        ]
    return (*rows, row(TOTALT, tr("Alla avslut"), totalt, 0))


def result_id(klass: str, resultat: str) -> str:
    """What a result is called in a class: the same result may count as several (R10)."""
    return f"resultat.{klass}.{resultat}"


def klassnamn(klass: Koladaklass) -> str:
    """ "A  Arbete"; one that waits has no letter."""
    namn = tr(KLASSNAMN[klass])
    return namn if klass == "invantar" else f"{klass}\u2002{namn}"


def list_forsorjning(siffror: Siffror) -> tuple[list[str | None], list[str | None]]:
    """The försörjning before and after that somebody has, those of most avslut first, not told last."""

    def order(place: int) -> list[str | None]:
        antal: dict[str | None, float] = {}
        for vag, varde in siffror.vagar.items():
            antal[vag[place]] = antal.get(vag[place], 0) + (varde.totalt or 0)
        return sorted(antal, key=lambda ord_: (ord_ is None, -antal[ord_], ord_ or ""))

    return order(0), order(1)


def total_of(varden: Sequence[Konsvarden]) -> Konsvarden:
    """The sum kön by kön, zero of none."""
    return add(NOLL, *varden)


def shown_kon(varde: Konsvarden) -> tuple[str, ...]:
    """Kvinnor and män, and those of unknown kön where there are any (R2)."""
    return tuple(key for key in KON_NYCKLAR[:3] if key != "uppgift_saknas" or varde.uppgift_saknas)


def _told(klass: Koladaklass, resultat: str) -> str:
    """A result, with what was answered where that makes it another class (R10)."""
    short = klass == "E" and asks_for_month(resultat)
    return f"{resultat}, {tr('mindre än en månad')}" if short else resultat


def _count(varde: Konsvarden) -> tuple[str, str, str]:
    return number(varde.totalt), number(varde.kvinnor), number(varde.man)


def _share(figur: Figur) -> tuple[str, str, str]:
    varde = figur.varde
    return percent(varde.totalt), percent(varde.kvinnor), percent(varde.man)


def _of(del_: Konsvarden, hel: Konsvarden) -> str:
    return f"{number(del_.totalt)} {tr('av')} {number(hel.totalt)}"


def _people(antal: float | None) -> str:
    return plural(int(antal or 0), tr("person"), tr("personer"))
