"""The tables of a plan's indicators and volymmått: a band for every goal, a row for every indicator, and one
each for kvinnor and män under it."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from db.rules.bedomning import say_bedomning, to_farg
from db.rules.koder import Bedomningsskala, Indikatorslag
from db.rules.plan import NIVAER
from db.rules.planbild import Indikatorbild, Malbild
from db.rules.riktvarde import Malslag, Maluppfyllelse
from db.rules.tabell import NAS, NAS_INTE, OKLART, PA_VAG, Tabell, Tabellcell, Tabellkolumn, Tabellrad
from desktop.reports.plan.celler import (
    SAKNAS,
    TOM,
    Celler,
    has_kon,
    numbered,
    period_head,
    printed_cell,
)
from desktop.reports.plan.data import indikator_data
from desktop.reports.plan.former import ORD, Form, Perioder, columns_of, earlier

LAGE, KOPPLING = "Läge", "Åtgärd eller uppdrag"
KON = {"kvinnor": "Kvinnor", "man": "Män"}
STATUS = {
    Maluppfyllelse.NAS: NAS,
    Maluppfyllelse.PA_VAG: PA_VAG,
    Maluppfyllelse.NAS_INTE: NAS_INTE,
    Maluppfyllelse.GAR_INTE: OKLART,
}
FARG = dict(zip(("gron", "gul", "rod"), (NAS, PA_VAG, NAS_INTE), strict=True))
_LONGEST_NOTE = 400


@dataclass(frozen=True, slots=True)
class Tabellmakare:
    """Lays out a plan's values in a form; `nu` is the plain period of the report."""

    form: Form
    skala: Bedomningsskala
    celler: Celler
    nu: str

    def indikatorer(
        self, mal: Sequence[Malbild], bilder: Mapping[str, Indikatorbild], bildtext: str
    ) -> Tabell:
        """The indicators of these goals, each under its own."""
        alla = [bilder[kod] for one in mal for kod in one.indikatorer if kod in bilder]
        perioder = columns_of(self.form, alla, self.nu)
        judged = any(self.lage_of(one) for one in mal)
        kolumner = self._columns(perioder, ORD[self.form].indikator, alla, judged=judged)
        rader: list[Tabellrad] = []
        for one in mal:
            rader.append(self.band(one, kolumner))
            for bild in (bilder[kod] for kod in one.indikatorer if kod in bilder):
                rader += self._rows(bild, perioder, kolumner)
        return Tabell(kolumner, tuple(rader), bildtext, noter=tuple(_footnotes(alla)))

    def utan_mal(self, bilder: Sequence[Indikatorbild], bildtext: str) -> Tabell:
        """Indicators of no goal."""
        perioder = columns_of(self.form, bilder, self.nu)
        kolumner = self._columns(perioder, ORD[self.form].indikator, bilder)
        rader = [rad for bild in bilder for rad in self._rows(bild, perioder, kolumner)]
        return Tabell(kolumner, tuple(rader), bildtext, noter=tuple(_footnotes(bilder)))

    def volymer(self, bilder: Sequence[Indikatorbild], bildtext: str) -> Tabell:
        """The volymmått of one table."""
        perioder = columns_of(self.form, bilder, self.nu)
        kolumner = self._columns(perioder, ORD[self.form].volym, bilder, volymer=True)
        rader = [rad for bild in bilder for rad in self._rows(bild, perioder, kolumner)]
        return Tabell(kolumner, tuple(rader), bildtext, noter=tuple(_footnotes(bilder)))

    def band(self, one: Malbild, kolumner: Sequence[Tabellkolumn]) -> Tabellrad:
        """The goal over its indicators, with its assessment under Läge where the plan judges."""
        word = self.lage_of(one)
        if word is None:
            return Tabellrad(mal_name(one), band=True, spann=len(kolumner))
        at = [kolumn.namn for kolumn in kolumner].index(LAGE)
        rest = len(kolumner) - at - 1
        return Tabellrad(mal_name(one), (word, *[Tabellcell(spann=rest)] * bool(rest)), band=True, spann=at)

    def lage_of(self, one: Malbild) -> Tabellcell | None:
        """The goal's assessment as shape and word, None where there is none."""
        farg = to_farg(self.skala, one.bedomning)
        if farg is None:
            return None
        return Tabellcell(say_bedomning(self.skala, one.bedomning), status=FARG[farg.value])

    def indikatorlage(self, bild: Indikatorbild) -> Tabellcell:
        """How the indicator stands to its target; empty where it has none for the year and nobody has judged
        it. What rests on a hidden total is not told."""
        no_target = bild.provning.riktvarde is None or _no_target(bild)
        if no_target and bild.uppfyllelse is Maluppfyllelse.GAR_INTE:
            return TOM
        samlad = bild.uppfyllelse
        if "totalt" in self.celler.marks(bild.utfall):
            samlad = Maluppfyllelse.GAR_INTE
        return Tabellcell(samlad.value, status=STATUS[samlad])

    def _columns(
        self,
        perioder: Perioder,
        first: str,
        bilder: Sequence[Indikatorbild],
        *,
        judged: bool = False,
        volymer: bool = False,
    ) -> tuple[Tabellkolumn, ...]:
        ord_ = ORD[self.form]
        utfall, mal = (ord_.volym_utfall, ord_.volym_mal) if volymer else (ord_.utfall, ord_.mal)
        tidigare = [Tabellkolumn(period_head(p), utfall, siffror=True) for p in perioder.tidigare]
        nu = Tabellkolumn(period_head(perioder.nu), utfall, siffror=True, totalt=True)
        targets = [Tabellkolumn(period_head(p), mal, siffror=True) for p in perioder.mal]
        kolumner = [Tabellkolumn(first, del_=3)]
        if perioder.ingaende:
            kolumner.append(Tabellkolumn("Ingående värde", siffror=True))
        kolumner += [*tidigare, *targets, nu] if self.form is Form.MATBARA else [*tidigare, nu, *targets]
        if not volymer and (judged or any(self.indikatorlage(bild).text for bild in bilder)):
            kolumner.append(Tabellkolumn(LAGE, del_=3))
        if self.form is Form.BILAGA and any(bild.indikator.koppling for bild in bilder):
            kolumner.append(Tabellkolumn(KOPPLING))
        if self.form in (Form.BILAGA, Form.RIKTVARDEN) and any(bild.indikator.kalla for bild in bilder):
            kolumner.append(Tabellkolumn("Källa"))
        return tuple(kolumner)

    def _rows(
        self, bild: Indikatorbild, perioder: Perioder, kolumner: Sequence[Tabellkolumn]
    ) -> Iterator[Tabellrad]:
        indikator = bild.indikator
        yield Tabellrad(
            numbered(indikator, bilaga=self.form is Form.BILAGA),
            (*self._figures(bild, perioder, "totalt"), *self._words(bild, kolumner)),
            id=indikator.kod,
            data=indikator_data(self.celler, bild, self.nu, self.indikatorlage(bild).text),
        )
        if has_kon(indikator, (bild.utfall, bild.ingaende, *bild.tidigare)):
            for nyckel, namn in KON.items():
                yield Tabellrad(namn, tuple(self._figures(bild, perioder, nyckel)), niva=1)

    def _figures(self, bild: Indikatorbild, perioder: Perioder, nyckel: str) -> Iterator[Tabellcell]:
        if perioder.ingaende:
            yield self.celler.utfall(bild.indikator, bild.ingaende, nyckel)
        for period in perioder.tidigare:
            yield self._earlier(bild, perioder, period, nyckel)
        nu = self.celler.utfall(bild.indikator, bild.utfall, nyckel)
        nu = SAKNAS if nu == TOM else nu
        mal = [self._target(bild, period, nyckel) for period in perioder.mal]
        yield from [*mal, nu] if self.form is Form.MATBARA else [nu, *mal]

    def _earlier(self, bild: Indikatorbild, perioder: Perioder, period: str, nyckel: str) -> Tabellcell:
        utfall, year = earlier(self.form, bild, perioder, period)
        cell = self.celler.utfall(bild.indikator, utfall, nyckel)
        if not year or cell == TOM or nyckel != "totalt":
            return cell
        return Tabellcell(f"{cell.text} ({period_head(year)})", cell.tal, cell.dold)

    def _target(self, bild: Indikatorbild, period: str, nyckel: str) -> Tabellcell:
        varde = next((v for v in bild.indikator.riktvarden if v.period == period), None)
        # A volymmått is planned for, not aimed at: how many there will be is neither minst nor högst.
        is_volym = bild.indikator.slag is Indikatorslag.VOLYM
        return printed_cell(varde, nyckel, "" if is_volym else bild.provning.riktning.value)

    def _words(self, bild: Indikatorbild, kolumner: Sequence[Tabellkolumn]) -> Iterator[Tabellcell]:
        for kolumn in kolumner:
            if kolumn.namn == LAGE:
                yield self.indikatorlage(bild)
            elif kolumn.namn == KOPPLING:
                yield Tabellcell(bild.indikator.koppling)
            elif kolumn.namn == "Källa":
                yield Tabellcell(bild.indikator.kalla)


def mal_name(one: Malbild) -> str:
    """The goal as it is called in a table: its level, number and title."""
    niva = NIVAER.get(one.mal.niva, one.mal.niva)
    nummer = f"{niva} {one.mal.nummer}".strip()
    return f"{nummer}: {one.mal.titel}" if one.mal.titel else nummer


def _no_target(bild: Indikatorbild) -> bool:
    return all(mal.slag is Malslag.SAKNAS for mal in bild.provning.mal.values())


def _footnotes(bilder: Iterable[Indikatorbild]) -> Iterator[str]:
    """The definitions that explain a sign in the table (*), each once."""
    found = dict.fromkeys(
        bild.indikator.definition.strip()
        for bild in bilder
        if bild.indikator.definition.strip().startswith("*")
    )
    return (note for note in found if len(note) <= _LONGEST_NOTE)
