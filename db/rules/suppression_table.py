"""What a reader of a report can reckon with (R12): its counts as cells, and the sums that bind them.

Printed counts are cells. The numerator, base and complement behind a share, and the number of people behind a
mean, are cells too even where no row prints them: an exact share next to its base gives its numerator away.
"""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import Enum

from db.rules.figurer import KON_NYCKLAR, Figur, Konsvarden, Summa, Tal

DELAR = KON_NYCKLAR[:3]
TOTALT = KON_NYCKLAR[3]
Plats = tuple[str, str]


class Lage(Enum):
    """What a reader knows of a cell."""

    SYNLIG = "synlig"
    DOLD = "dold"  # held back on purpose: must not be possible to work out
    OKAND = "okand"  # nobody prints it, and nothing is lost if it can be worked out


@dataclass(frozen=True, slots=True)
class Cell:
    """A number under one kön key of one row.

    `tryckt`: a row prints it. `litet`: a count that R12 hides. `rest`: only what a sum leaves over.
    """

    rad: str
    nyckel: str
    varde: Tal
    tryckt: bool
    skyddas: bool
    litet: bool
    heltal: bool
    rest: bool = False

    @property
    def plats(self) -> Plats:
        """Row and kön key."""
        return self.rad, self.nyckel


@dataclass(frozen=True, slots=True)
class Samband:
    """The cells of one sum: the whole counts +1, its parts −1, together 0. `rang` fixes the order of sums."""

    rang: tuple[int, str, str]
    termer: tuple[tuple[int, int], ...]


@dataclass(slots=True)
class Tabell:
    """All cells and sums of one print, and which printed values (`vilar_pa`) rest on which cells."""

    troskel: int
    celler: list[Cell] = field(default_factory=list)
    samband: list[Samband] = field(default_factory=list)
    samband_for: list[list[tuple[int, int]]] = field(default_factory=list)
    index: dict[Plats, int] = field(default_factory=dict)
    vilar_pa: dict[Plats, tuple[int, ...]] = field(default_factory=dict)
    burna_av: dict[int, list[Plats]] = field(default_factory=dict)
    obedombara: list[Plats] = field(default_factory=list)
    storlek: dict[str, Tal] = field(default_factory=dict)

    def add_cell(
        self, plats: Plats, varde: Tal, *, tryckt: bool, skyddas: bool, antal: bool = True, rest: bool = False
    ) -> int:
        """The index of the new cell; it is small when a protected count is from 1 to below the threshold."""
        litet = skyddas and antal and 0 < varde < self.troskel
        heltal = antal and float(varde).is_integer()
        self.celler.append(
            Cell(*plats, int(varde) if heltal else varde, tryckt, skyddas, litet, heltal, rest)
        )
        self.index[plats] = len(self.celler) - 1
        self.storlek[plats[0]] = max(varde, self.storlek.get(plats[0], 0))
        return len(self.celler) - 1

    def add_sum(self, rang: tuple[int, str, str], hel: int, delar: Sequence[int], *, allt: bool) -> None:
        """Bind `hel` to its parts where they add up; where a part is missing, an unknown rest fills the gap.

        A gap although nothing is missing (`allt`), or parts above the whole, means that it is no sum.
        """
        if not delar or hel in delar:
            return
        rest = self.celler[hel].varde - sum(self.celler[i].varde for i in delar)
        exakt = abs(rest) < 1e-6 * max(1, abs(self.celler[hel].varde))
        if not exakt and (allt or rest < 0):
            return
        termer = [(hel, 1), *((i, -1) for i in delar)]
        if not exakt:
            namn = f"{rang[1]}#{rang[2]}#okand"
            termer.append((self.add_cell((namn, rang[2]), rest, tryckt=False, skyddas=False, rest=True), -1))
        self.samband.append(Samband(rang, tuple(termer)))

    def bind(self, termer: Iterable[tuple[int, int]]) -> None:
        """A sum between prints, after those of each."""
        self.samband.append(Samband((3, "", ""), tuple(termer)))

    def connect(self) -> None:
        """Note at every cell which sums it stands in."""
        self.samband_for = [[] for _ in self.celler]
        for nummer, samband in enumerate(self.samband):
            for i, tecken in samband.termer:
                self.samband_for[i].append((nummer, tecken))

    def is_given_up(self, cell: int, dolda: Container[Plats]) -> bool:
        """Whether nothing shown rests on this unprinted count; where nothing ever did, a zero is known."""
        fakta = self.celler[cell]
        burna = self.burna_av.get(cell)
        if fakta.tryckt:
            return False
        return fakta.rest or (all(p in dolda for p in burna) if burna else fakta.varde != 0)

    def rest_on(self, plats: Plats, celler: Sequence[int]) -> None:
        """The printed value at `plats` may be shown only while all of `celler` may."""
        self.vilar_pa[plats] = tuple(celler)
        for i in celler:
            self.burna_av.setdefault(i, []).append(plats)


def _parts(varde: Konsvarden) -> dict[str, Tal]:
    return {k: v for k in KON_NYCKLAR if (v := varde.get(k)) is not None}


class _Builder:
    """Fills a Tabell from the rows of a report."""

    def __init__(self, figurer: Sequence[Figur], summor: Sequence[Summa], troskel: int) -> None:
        self.tabell = Tabell(troskel)
        self.rader: dict[str, Figur] = {}
        for figur in figurer:
            if self.rader.setdefault(figur.id, figur) != figur:
                raise ValueError(f"two different rows called {figur.id}")
        self.summor = sorted(set(summor), key=lambda s: (s.hel, s.delar))
        self.summerade = {i for s in self.summor for i in (s.hel, *s.delar)}
        self.taljare: dict[str, dict[str, int]] = {}

    def build(self) -> Tabell:
        """The table, the same whatever order the rows came in."""
        figurer = [self.rader[i] for i in sorted(self.rader)]
        for figur in figurer:
            if figur.enhet == "antal" or (figur.enhet != "andel" and figur.id in self.summerade):
                self._add_printed(figur)
        for figur in figurer:
            self._add_basis(figur)
        for summa in self.summor:
            for nyckel in KON_NYCKLAR:
                self._add_summa(summa, nyckel)
        self.tabell.samband.sort(key=lambda s: s.rang)
        self.tabell.connect()
        return self.tabell

    def _add_printed(self, figur: Figur) -> None:
        antal = figur.enhet == "antal" and not figur.matt
        celler = {
            k: self.tabell.add_cell((figur.id, k), v, tryckt=True, skyddas=figur.skyddas, antal=antal)
            for k, v in _parts(figur.varde).items()
        }
        # Kronor and days may be means, which do not add up: only what does is a sum.
        self._bind_kon(figur.id, celler, allt=not antal or len(celler) == len(KON_NYCKLAR))

    def _bind_kon(self, rad: str, celler: Mapping[str, int], *, allt: bool) -> None:
        if TOTALT in celler:
            delar = [celler[k] for k in DELAR if k in celler]
            self.tabell.add_sum((0, rad, TOTALT), celler[TOTALT], delar, allt=allt)

    def _add_basis(self, figur: Figur) -> None:
        """The counts that a share, mean or sum rests on."""
        varden = _parts(figur.varde)
        if figur.enhet == "antal" and figur.namnare is None and not figur.namnare_id:
            return
        if not (figur.skyddas or figur.taljare_id or figur.namnare_id):
            return
        namnare = self._count_row(figur, "namnare", figur.namnare, figur.namnare_id)
        andel = figur.enhet == "andel"
        taljare = self._count_row(figur, "taljare", figur.taljare, figur.taljare_id) if andel else {}
        self.taljare[figur.id] = taljare
        for nyckel in KON_NYCKLAR:
            vilar_pa = [rad[nyckel] for rad in (taljare, namnare) if nyckel in rad]
            if andel and len(vilar_pa) == 2:
                vilar_pa.append(self._add_complement(figur, nyckel, *vilar_pa))
            if nyckel not in varden:
                # That there is no share or mean tells that nobody is behind it.
                self.tabell.rest_on((figur.id, nyckel), [i for i in (namnare.get(nyckel),) if i is not None])
                continue
            self.tabell.rest_on((figur.id, nyckel), vilar_pa)
            if len(vilar_pa) < (3 if andel else 1) and figur.skyddas:
                self.tabell.obedombara.append((figur.id, nyckel))

    def _count_row(self, figur: Figur, roll: str, varde: Konsvarden | None, namn: str) -> dict[str, int]:
        """The cells of a numerator or base: those of the row it names, new ones where nothing prints them."""
        if varde is None:
            return {k: self.tabell.index[namn, k] for k in KON_NYCKLAR if (namn, k) in self.tabell.index}
        celler: dict[str, int] = {}
        nya = False
        for nyckel, tal in _parts(varde).items():
            redan = self.tabell.index.get((namn, nyckel)) if namn else None
            if redan is None or abs(self.tabell.celler[redan].varde - tal) > 1e-6:
                # Not the number that the named row holds: kept apart, under a name of its own.
                rad = namn if namn and redan is None else f"{figur.id}#{roll}"
                redan = self.tabell.add_cell((rad, nyckel), tal, tryckt=False, skyddas=figur.skyddas)
                nya = True
            celler[nyckel] = redan
        if nya:
            self._bind_kon(f"{namn or figur.id}#{roll}", celler, allt=len(celler) == len(KON_NYCKLAR))
        return celler

    def _add_complement(self, figur: Figur, nyckel: str, taljare: int, namnare: int) -> int:
        plats = (f"{figur.id}#rest", nyckel)
        rest = self.tabell.celler[namnare].varde - self.tabell.celler[taljare].varde
        cell = self.tabell.add_cell(plats, rest, tryckt=False, skyddas=figur.skyddas, rest=True)
        if taljare != namnare:
            self.tabell.add_sum((1, *plats), namnare, (taljare, cell), allt=True)
        return cell

    def _add_summa(self, summa: Summa, nyckel: str) -> None:
        hel = self._count_cell(summa.hel, nyckel)
        if hel is None:
            return
        delar = [i for rad in dict.fromkeys(summa.delar) if (i := self._count_cell(rad, nyckel)) is not None]
        self.tabell.add_sum((2, summa.hel + "=" + "+".join(summa.delar), nyckel), hel, delar, allt=False)

    def _count_cell(self, rad: str, nyckel: str) -> int | None:
        """The count of a row in a sum; a share stands for its numerator."""
        return self.tabell.index.get((rad, nyckel), self.taljare.get(rad, {}).get(nyckel))


def build_table(figurer: Sequence[Figur], summor: Sequence[Summa], troskel: int) -> Tabell:
    """The cells and sums of a report's rows; ValueError where one row id means two things."""
    return _Builder(figurer, summor, troskel).build()
