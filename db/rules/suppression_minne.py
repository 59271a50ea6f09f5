"""Hides a print against everything of the same report that is out already (R12).

Each side of a print is hidden by itself, but what earlier prints show is known (it cannot be used to
protect anything), and what would tell a hidden number of theirs, or a number as small, is hidden from the
start: see db.rules.suppression_tid. A number that would close a sum with a hidden one is hidden in every row
and kön where that is so: whatever the earlier numbers could have been instead, the new ones could have been
with them.

Counts of people are taken to add up over time as events do: where they do not, what differs is a count of
people. Data are taken to be as they were when an earlier print was made, save where the prints differ.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from db.rules.figurer import KON_NYCKLAR
from db.rules.sidor import Lager, Sida
from db.rules.suppression import TROSKEL
from db.rules.suppression_hider import SKYDDAT, Hider
from db.rules.suppression_moves import Ute, read_print
from db.rules.suppression_table import Cell, Lage, Plats, Tabell, build_table
from db.rules.suppression_tid import Dom, Kant, Tidslinje, judge_day, tells_of_part
from db.rules.suppression_urval import gather, is_told_by

FLEST = 400  # sides of earlier prints with days in common; beyond that nothing new is shown
Marks = dict[str, dict[str, str]]


@dataclass(frozen=True, slots=True)
class Utgiven:
    """A side that is out, as a reader sees it: its numbers by row and kön key, and the vague small ones."""

    sida: Sida
    kanter: Mapping[Plats, Kant]
    vaga: frozenset[Plats]


def read_out(sida: Sida, troskel: int = TROSKEL) -> Utgiven:
    """What a reader has of a side that is out."""
    tabell = build_table(sida.figurer, sida.summor, troskel)
    reader = read_print(tabell, {(rad, k) for rad, marks in sida.dolda.items() for k in marks})
    lage = _with_simple_sums(tabell, reader.lage)
    kanter, vaga = {}, set()
    for i, cell in enumerate(tabell.celler):
        if _is_followed(cell):
            synlig = lage[i] is Lage.SYNLIG
            stort = not synlig and cell.tryckt and not cell.litet
            kanter[cell.plats] = _kant(sida, cell, synlig=synlig, stort=stort)
            if cell.litet and sida.dolda.get(cell.rad, {}).get(cell.nyckel) == SKYDDAT:
                vaga.add(cell.plats)
    return Utgiven(sida, kanter, frozenset(vaga))


def hide_sides(nya: Sequence[Sida], tidigare: Sequence[Utgiven] = (), troskel: int = TROSKEL) -> list[Marks]:
    """The marks of every new side, as `hide` gives them; `tidigare` are sides that are out, newest first.

    The first side comes first: those after it are hidden against it too. Where more than FLEST earlier ones
    have days in common with it, only numbers that are out already are shown. Raises ValueError where one row
    id stands for two different figures of a side.
    """
    marks: list[Marks] = []
    ute = list(tidigare)
    for sida in nya:
        egna = [u for u in ute if u.sida.urval == sida.urval]
        andra = [u for u in ute if u.sida.urval != sida.urval]
        marks.append(_Sidodoljare(sida, _relevant(sida, egna), troskel, andra).run())
        if len(marks) < len(nya):
            ute.insert(0, read_out(replace(sida, dolda=marks[-1]), troskel))
    return marks


def _relevant(sida: Sida, tidigare: Sequence[Utgiven]) -> list[Utgiven]:
    """Those with days in common with the side, or with another such; next to it where a row counts what there
    is on the last day. No sum holds between others."""
    spans = [_span(u.sida) for u in tidigare]
    nadda: set[int] = set()
    kvar = [_span(sida)]
    while kvar:
        fran, till = kvar.pop()
        nya = {i for i, (a, b) in enumerate(spans) if i not in nadda and a <= till and fran <= b}
        nadda |= nya
        kvar += {spans[i] for i in nya}
    return [u for i, u in enumerate(tidigare) if i in nadda]


def _span(sida: Sida) -> tuple[int, int]:
    dagar = [dag.toordinal() for rad in ("", *sida.nar) for dag in sida.days_of(rad)]
    return min(dagar) - bool(sida.lager), max(dagar)


def _with_simple_sums(tabell: Tabell, lage: list[Lage]) -> list[Lage]:
    """What a sum with one single unknown tells at once is known too."""
    kvar = list(range(len(tabell.samband)))
    while kvar:
        okanda = [i for i, _ in tabell.samband[kvar.pop()].termer if lage[i] is not Lage.SYNLIG]
        if len(okanda) == 1:
            lage[okanda[0]] = Lage.SYNLIG
            kvar += [s for s, _ in tabell.samband_for[okanda[0]]]
    return lage


def _is_followed(cell: Cell) -> bool:
    return cell.heltal and cell.skyddas and not cell.rad.endswith("#okand")


def _kant(sida: Sida, cell: Cell, *, synlig: bool, stort: bool) -> Kant:
    fran, slut = sida.days_of(cell.rad)
    return Kant(fran.toordinal(), slut.toordinal() + 1, int(cell.varde), synlig, stort)


class _Sidodoljare:
    """Hides one side."""

    def __init__(
        self, sida: Sida, ute: Sequence[Utgiven], troskel: int, andra: Sequence[Utgiven] = ()
    ) -> None:
        self.sida, self.ute, self.troskel = sida, ute, troskel
        self.samlat = gather(sida, [u.sida for u in andra], troskel)
        self.andra = [u for u in andra if is_told_by(sida, u.sida)]
        self.tabell = self.samlat.tabell
        self.linjer: dict[Plats, Tidslinje] = {}
        self.domar: dict[int, Dom] = {}
        self.granser: dict[int, tuple[float, float]] = {}
        self.upprepade: set[Plats] = set()

    def run(self) -> Marks:
        """The marks of every row."""
        ute = self._settle() if self.ute or self.andra else None
        hider = Hider(self.tabell, self.samlat.add_to(ute))
        self.samlat.begin(hider)
        if len(self.ute) > FLEST:
            hider.hide_all()
        hider.run()
        return {f.id: hider.marks(f.id) for f in self.sida.figurer}

    def _settle(self) -> Ute:
        kanter: defaultdict[Plats, list[Kant]] = defaultdict(list)
        for utgiven in self.ute:
            for plats, kant in utgiven.kanter.items():
                kanter[plats].append(kant)
        for i, cell in enumerate(self.tabell.celler):
            if _is_followed(cell) and cell.plats in kanter:
                self.domar[i] = self._judge(cell, kanter[cell.plats])
        for utgiven in self.ute:
            self._follow(utgiven)
        self._weigh_others()
        for lager in self.sida.lager:
            for nyckel in KON_NYCKLAR:
                self._judge_stock(lager, nyckel, kanter.get((lager.dag, nyckel), ()))
        self.tabell.connect()
        celler = self.tabell.celler
        vaga = {plats for utgiven in self.ute for plats in utgiven.vaga}
        dolda = {i for i, dom in self.domar.items() if dom is Dom.DOLJ}
        ute = {i for i, dom in self.domar.items() if dom is Dom.UTE}
        return Ute(
            oppna={i for i in ute if not celler[i].litet},
            dolda=dolda,
            # A mark that says how small bounds other days too; one that is out already says nothing new.
            vaga={
                i
                for i, c in enumerate(celler)
                if c.litet and (c.plats in vaga or c.plats not in self.upprepade)
                if i not in self.samlat.andras
            },
            eftergivna=ute,
            granser=self.granser,
        )

    def _follow(self, utgiven: Utgiven) -> None:
        """Hide what the other print hides, where one of the periods is within the other and leaves nothing of
        a number hidden there: the one cannot be otherwise without the other."""
        andra = {
            i: kant
            for plats, kant in utgiven.kanter.items()
            if not kant.synlig
            and (i := self.tabell.index.get(plats)) in self.domar
            and self._is_nested(plats[0], kant)
        }
        if any(kant.varde and kant.varde == self.tabell.celler[i].varde for i, kant in andra.items()):
            self.domar |= {i: Dom.DOLJ for i in andra if self.domar[i] is not Dom.UTE}

    def _weigh_others(self) -> None:
        """Numbers of other days that count more people or fewer, and days that those make together."""
        for larger in (True, False):
            kanter: defaultdict[Plats, list[Kant]] = defaultdict(list)
            for utgiven in self.andra:
                if utgiven.sida.urval.holds(self.sida.urval) is larger:
                    for plats, kant in utgiven.kanter.items():
                        kanter[plats].append(kant)
            for i, cell in enumerate(self.tabell.celler):
                if cell.plats in kanter and _is_followed(cell) and self.sida.is_of_period(cell.rad):
                    fran, slut = (dag.toordinal() for dag in self.sida.days_of(cell.rad))
                    found = kanter[cell.plats]
                    if tells_of_part(found, fran, slut + 1, int(cell.varde), self.troskel, larger=larger):
                        self.domar[i] = Dom.DOLJ

    def _is_nested(self, rad: str, kant: Kant) -> bool:
        fran, slut = (dag.toordinal() for dag in self.sida.days_of(rad))
        inne = fran <= kant.fran and kant.efter <= slut + 1
        return self.sida.is_of_period(rad) and (inne or (kant.fran <= fran and slut < kant.efter))

    def _judge(self, cell: Cell, kanter: Sequence[Kant]) -> Dom:
        fran, slut = (dag.toordinal() for dag in self.sida.days_of(cell.rad))
        varde = int(cell.varde)
        if not self.sida.is_of_period(cell.rad):
            return judge_day(kanter, fran, varde, self.troskel)
        self.linjer[cell.plats] = linje = Tidslinje(kanter)
        self.granser[self.tabell.index[cell.plats]] = linje.bounds(fran, slut + 1)
        if linje.is_repeated(fran, slut + 1, varde):
            self.upprepade.add(cell.plats)
        return linje.judge(fran, slut + 1, varde, self.troskel)

    def _judge_stock(self, lager: Lager, nyckel: str, dagar: Sequence[Kant]) -> None:
        """What there is on two days differs by what came and went between, as good as exactly: who ends on
        the last day is counted both as there and as gone, so few may the sum be out by."""
        rader = (lager.dag, lager.in_, lager.ut)
        celler = [self.tabell.index.get((rad, nyckel)) for rad in rader]
        if None in celler:
            return
        egen, kom, gick = (i for i in celler if i is not None)
        for kant in dagar:
            if kant.fran == self.sida.fran.toordinal() - 1:
                self._bind_own(kant, egen, kom, gick)
            else:
                self._judge_told(kant, egen, [self.linjer.get((rad, nyckel)) for rad in rader[1:]])

    def _bind_own(self, fore: Kant, egen: int, kom: int, gick: int) -> None:
        """The day before the period is out: the three rows of this print make it."""
        varde = [int(self.tabell.celler[i].varde) for i in (egen, kom, gick)]
        if abs(varde[0] - fore.varde - varde[1] + varde[2]) >= self.troskel:
            return
        dolj = [i for i in (egen, gick, kom) if self.domar.get(i) is not Dom.UTE]
        if fore.synlig:
            self.tabell.bind([(egen, 1), (kom, -1), (gick, 1)])
        elif dolj:
            self.domar[dolj[0]] = Dom.DOLJ

    def _judge_told(self, annan: Kant, egen: int, linjer: Sequence[Tidslinje | None]) -> None:
        """Another day is out, and what came and went between."""
        dag = self.sida.slut.toordinal()
        forst, sist = sorted((dag, annan.fran))
        told = [linje.told(forst + 1, sist + 1) if linje else None for linje in linjer]
        if forst == sist or told[0] is None or told[1] is None:
            return
        skillnad = (told[0][0] - told[1][0]) * (1 if annan.fran < dag else -1)
        rest = int(self.tabell.celler[egen].varde) - annan.varde - skillnad
        if not (annan.synlig and told[0][1] and told[1][1]):
            if abs(rest) < self.troskel:
                self.domar[egen] = Dom.DOLJ
        elif rest == 0 and self.domar.get(egen) is not Dom.DOLJ:
            self.domar[egen] = Dom.UTE
