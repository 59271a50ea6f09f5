"""What prints of other urval of the same days tell of a print (R12): they are one table with it.

Everybody of an urval is of those that hold it too: every number of the one is a part of the other's, and
what is left is a number of people. Urval that differ in their spår alone, or in their enhet alone, are taken
to share nobody where they add up. What is left may be small: then it is protected as any small number.
"""

import heapq
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import permutations

from db.rules.figurer import Figur, Summa
from db.rules.sidor import Sida
from db.rules.suppression_hider import SKYDDAT, Hider
from db.rules.suppression_moves import Ute, read_print
from db.rules.suppression_table import Cell, Lage, Plats, Tabell, build_table
from db.rules.urval import Urval

FLEST = 40  # sides of other urval of the same days; beyond that nothing new is shown
DELANDE = (("spar",), ("enhet",))  # what parts people among urval that are otherwise the same


@dataclass(frozen=True, slots=True)
class Samlat:
    """A side's table with those of other urval in it. `andras` are the cells of those and what a reader knows
    of each, `dolda` their hidden values, `vaga` their vague marks; `for_manga`: more than are weighed."""

    tabell: Tabell
    andras: Mapping[int, Lage] = field(default_factory=dict)
    dolda: frozenset[Plats] = frozenset()
    vaga: frozenset[int] = frozenset()
    for_manga: bool = False

    def add_to(self, ute: Ute | None) -> Ute | None:
        """What is settled with what the others settle: nothing of them can be hidden or is protected for
        nothing."""
        if not self.andras:
            return ute
        ute = ute or Ute()
        andras = set(self.andras)
        return replace(
            ute, oppna=ute.oppna | andras, vaga=ute.vaga | self.vaga, eftergivna=ute.eftergivna | andras
        )

    def begin(self, hider: Hider) -> None:
        """Let the run start from what the others show and hide."""
        hider.dolda |= self.dolda
        for cell, lage in self.andras.items():
            hider.known.lage[cell] = lage
            if lage is Lage.DOLD:
                for samband, _ in self.tabell.samband_for[cell]:
                    heapq.heappush(hider.ensamma, samband)
        if self.for_manga:
            hider.hide_all()


def gather(sida: Sida, andra: Sequence[Sida], troskel: int) -> Samlat:
    """The table of a side with the sides of other urval, newest first, that tell of any of its days: of each
    urval the newest."""
    nara = _newest(sida, andra)
    if not nara:
        return Samlat(build_table(sida.figurer, sida.summor, troskel))
    vagda = nara[:FLEST]
    sidor = [sida, *vagda]
    figurer = [f for n, s in enumerate(sidor) for f in _renamed(s.figurer, n)]
    summor = [
        Summa(_name(s.hel, n), tuple(_name(d, n) for d in s.delar))
        for n, one in enumerate(sidor)
        for s in one.summor
    ]
    tabell = build_table(figurer, summor, troskel)
    egna = len(tabell.celler)
    _bind(tabell, sidor)
    tabell.connect()
    dolda = frozenset(
        (_name(rad, n), k) for n, s in enumerate(vagda, 1) for rad, m in s.dolda.items() for k in m
    )
    lage = read_print(tabell, set(dolda)).lage
    andras = {i: lage[i] for i, cell in enumerate(tabell.celler[:egna]) if _split(cell)[0]}
    return Samlat(tabell, andras, dolda, _vague(tabell, vagda), for_manga=len(nara) > FLEST)


def is_told_by(sida: Sida, andra: Sida) -> bool:
    """Whether every number of the one is a part of the other's, or the other way round."""
    return sida.urval.holds(andra.urval) or andra.urval.holds(sida.urval)


def _newest(sida: Sida, andra: Sequence[Sida]) -> list[Sida]:
    """Of each other urval and days the newest, where any row is decided by the same days."""
    found: dict[object, Sida] = {}
    for one in andra:
        same = (one.slut == sida.slut) or (one.per == sida.per and sida.nar)
        if same:
            found.setdefault((one.urval, one.fran, one.slut, one.per), one)
    return list(found.values())


def _name(rad: str, n: int) -> str:
    return f"{n}|{rad}" if n and rad else rad


def _renamed(figurer: Sequence[Figur], n: int) -> Iterator[Figur]:
    for f in figurer:
        yield replace(
            f, id=_name(f.id, n), taljare_id=_name(f.taljare_id, n), namnare_id=_name(f.namnare_id, n)
        )


def _vague(tabell: Tabell, sidor: Sequence[Sida]) -> frozenset[int]:
    return frozenset(
        i
        for n, s in enumerate(sidor, 1)
        for rad, marks in s.dolda.items()
        for k, mark in marks.items()
        if mark == SKYDDAT and (i := tabell.index.get((_name(rad, n), k))) is not None
    )


def _bind(tabell: Tabell, sidor: Sequence[Sida]) -> None:
    """Add the sums that hold between sides, row by row of those decided by the same days."""
    rader: defaultdict[Plats, dict[int, int]] = defaultdict(dict)
    for i, cell in enumerate(tabell.celler):
        if cell.heltal and cell.skyddas and not cell.rest:
            n, rad = _split(cell)
            rader[rad, cell.nyckel][n] = i
    for (rad, nyckel), celler in rader.items():
        grupper: defaultdict[object, list[int]] = defaultdict(list)
        for n in celler:
            grupper[sidor[n].days_of(rad)].append(n)
        for grupp in grupper.values():
            urval = {n: sidor[n].urval for n in grupp}
            for hel, delar in _sums(urval):
                rang = (2, f"{sidor[hel].urval.nyckel}>{'+'.join(map(str, delar))}|{rad}", nyckel)
                _add(tabell, rang, celler[hel], [celler[n] for n in delar])


def _add(tabell: Tabell, rang: tuple[int, str, str], hel: int, delar: Sequence[int]) -> None:
    """A whole, its parts, and the people who are in none of them."""
    rest = tabell.celler[hel].varde - sum(tabell.celler[i].varde for i in delar)
    if rest < 0:
        return  # the parts share people
    delar = list(delar)
    if rest:
        plats = (f"{rang[1]}#rest", rang[2])
        delar.append(tabell.add_cell(plats, rest, tryckt=False, skyddas=True, rest=True))
    tabell.add_sum(rang, hel, delar, allt=True)


def _split(cell: Cell) -> tuple[int, str]:
    n, streck, rad = cell.rad.partition("|")
    return (int(n), rad) if streck and n.isdecimal() else (0, cell.rad)


def _sums(urval: Mapping[int, Urval]) -> Iterator[tuple[int, tuple[int, ...]]]:
    """Wholes and their parts: one within another, and those that part it by spår or by enhet."""
    for hel, del_ in permutations(urval, 2):
        if urval[hel] != urval[del_] and urval[hel].holds(urval[del_]):
            yield hel, (del_,)
    for hel in urval:
        for vad in DELANDE:
            delar = {
                urval[n]: n
                for n in sorted(urval, reverse=True)
                if urval[hel].holds(urval[n]) and urval[hel].differs_in(urval[n]) == vad
            }
            if len(delar) > 1:
                yield hel, tuple(sorted(delar.values()))
