"""The municipality beside others and the whole country: the figures that have been read in from Kolada."""

from collections.abc import Iterable, Iterator, Sequence

from db.rules.figurer import Avsnitt
from db.rules.kolada import Koladarad
from db.rules.kommuner import RIKET, find_kommunkod, kommun_name
from db.rules.planbild import Indikatorbild
from db.rules.planvarden import NYCKLAR
from db.rules.tabell import Tabell, Tabellcell, Tabellkolumn, Tabellrad
from desktop.reports import formats
from desktop.reports.plan.celler import SAKNAS, decimals_of, label_of

RUBRIK = "Jämförelse med andra kommuner"
MOST_OTHERS = 20  # of a measure: with more, those at both ends stand for them
ENDS = 5
_HEADS = (("Kvinnor", False), ("Män", False), ("Totalt", True))


def others_section(bilder: Iterable[Indikatorbild], kommun: str, uttag: str) -> Avsnitt | None:
    """The municipality, the country and the others for every measure that Kolada's figures are read in for;
    None where there are none."""
    by_kpi = {bild.kolada[0].kpi: bild for bild in bilder if bild.kolada}
    if not by_kpi:
        return None
    kod = find_kommunkod(kommun)
    kolumner = (
        Tabellkolumn("Mått och kommun", del_=3),
        Tabellkolumn("År", siffror=True),
        *(Tabellkolumn(head, siffror=True, totalt=totalt) for head, totalt in _HEADS),
    )
    rader = [rad for bild in by_kpi.values() for rad in _rows(bild, kod, len(kolumner))]
    noter = tuple(dict.fromkeys(note for bild in by_kpi.values() if (note := _note(bild, kod))))
    nycklar = ", ".join(by_kpi)
    kalla = f"Källa: Kolada, nyckeltal {nycklar}, inlästa i Egenväg {uttag}."
    tabell = Tabell(kolumner, tuple(rader), "Andra kommuner och riket", kalla, noter)
    return Avsnitt(RUBRIK, (), _lead(tuple(by_kpi.values()), kod, kommun), delar=(tabell,))


def _lead(bilder: Sequence[Indikatorbild], kod: str, kommun: str) -> str:
    """The answer where both the municipality and the country have figures, else what the table is."""
    pairs = [(_total(bild, kod), _total(bild, RIKET)) for bild in bilder]
    known = [(egen, riket) for egen, riket in pairs if egen is not None and riket is not None]
    what = "Tabellen visar det senaste år som Kolada har värden för."
    if not known:
        return what
    over, under = sum(e > r for e, r in known), sum(e < r for e, r in known)
    if len(known) == 1:
        ord_ = "högre än" if over else "lägre än" if under else "samma som"
        return f"{kommun} har ett värde som är {ord_} rikets. {what}"
    first = f"Av {len(known)} mått har {kommun} ett högre värde än riket för {over}"
    return f"{first} och ett lägre för {under}. {what}"


def _total(bild: Indikatorbild, kod: str) -> float | None:
    return next((rad.totalt for rad in bild.kolada if rad.kommun == kod), None)


def _rows(bild: Indikatorbild, kod: str, columns: int) -> Iterator[Tabellrad]:
    yield Tabellrad(f"{label_of(bild.indikator)} (Kolada {bild.kolada[0].kpi})", band=True, spann=columns)
    decimals = _decimals(bild)
    for rad in _chosen(bild.kolada, kod):
        cells = [Tabellcell(rad.period), *(_cell(rad, nyckel, decimals) for nyckel in NYCKLAR)]
        yield Tabellrad(kommun_name(rad.kommun), tuple(cells), stark=rad.kommun == kod)


def _cell(rad: Koladarad, nyckel: str, decimals: int) -> Tabellcell:
    tal: float | None = getattr(rad, nyckel)
    return SAKNAS if tal is None else Tabellcell(formats.format_tal(tal, decimals), tal)


def _decimals(bild: Indikatorbild) -> int:
    """Those that the plan prints, or one where any figure needs it."""
    tal = [t for rad in bild.kolada for nyckel in NYCKLAR if (t := getattr(rad, nyckel)) is not None]
    return max(decimals_of(bild.indikator), formats.decimals_for("antal", tal))


def _chosen(rader: Sequence[Koladarad], kod: str) -> list[Koladarad]:
    """The own municipality, the country, then the others by name, or the ends of them by figure."""
    first = [rad for wanted in (kod, RIKET) for rad in rader if rad.kommun == wanted]
    others = sorted((rad for rad in rader if rad not in first), key=lambda rad: kommun_name(rad.kommun))
    if len(others) > MOST_OTHERS:
        ranked = sorted(
            (rad for rad in others if rad.totalt is not None), key=lambda rad: rad.totalt or 0, reverse=True
        )
        others = ranked if len(ranked) <= 2 * ENDS else [*ranked[:ENDS], *ranked[-ENDS:]]
    return [*first, *others]


def _note(bild: Indikatorbild, kod: str) -> str:
    others = sum(rad.kommun not in (kod, RIKET) for rad in bild.kolada)
    if others <= MOST_OTHERS:
        return ""
    return f"Av {others} andra kommuner visas de {ENDS} med högst och de {ENDS} med lägst värde."
