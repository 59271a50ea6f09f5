"""Proof that a number stays hidden (R12): another table, with another number there, prints the same.

A *move* raises some unknown cells by one and lowers others by one so that every sum still holds and every
cell stays within what its mark says (`<5`: 1-4; `..`: at least 5). A cell with a move cannot be worked out,
whatever method a reader uses. In rows by kön with sums, a cell that is free at all is free by steps of one.
"""

import heapq
from collections.abc import Mapping, Set
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import count
from math import inf

from db.rules.suppression_table import TOTALT, Lage, Plats, Tabell

BUDGET = 1000
COST_ZERO, COST_UNPROTECTED, COST_VAGUE = 10**6, 10**5, 1000
COST_CELL, COST_WHOLE, COST_SIZE, COST_NEW_ROW = 100, 50, 40, 30

Steg = tuple[int, int]


class _BudgetError(Exception):
    """Neither a move nor the end of all ways was reached in time."""


@dataclass(frozen=True, slots=True)
class Ute:
    """What earlier prints have settled, by cell.

    `oppna` are out: to hide them keeps nothing. `dolda` are hidden from the start, those in `vaga` with the
    vague mark. `eftergivna` may be let go where nothing in the print can keep them. `granser` are the least
    and the most that earlier prints leave possible.
    """

    oppna: Set[int] = frozenset()
    dolda: Set[int] = frozenset()
    vaga: Set[int] = frozenset()
    eftergivna: Set[int] = frozenset()
    granser: Mapping[int, tuple[float, float]] = field(default_factory=dict)


class Knowledge:
    """What a reader knows of each cell, and what each cell could be."""

    def __init__(self, tabell: Tabell, ute: Ute | None = None) -> None:
        self.tabell = tabell
        self.ute = ute or Ute()
        self.lage = [Lage.SYNLIG] * len(tabell.celler)
        self.hel = {i for s in tabell.samband for i, tecken in s.termer if tecken > 0}
        self.rorda: set[str] = set()
        self.vaga: set[int] = set(self.ute.vaga)
        self.forlorade: set[int] = set()

    def withhold(self, cell: int) -> None:
        """Hide a cell on purpose."""
        self.lage[cell] = Lage.DOLD
        self.rorda.add(self.tabell.celler[cell].rad)

    def hidden_count(self) -> int:
        """How much is kept from a reader: cells, and marks made vaguer."""
        return len(self.lage) - self.lage.count(Lage.SYNLIG) + len(self.vaga)

    def allows(self, cell: int, steg: int) -> bool:
        """Whether the mark (or no mark) of the cell also fits its number plus `steg`."""
        fakta = self.tabell.celler[cell]
        if not fakta.heltal:
            return True
        ny, troskel = fakta.varde + steg, self.tabell.troskel
        if not self._is_possible(cell, steg):
            return False
        if not fakta.tryckt:
            return ny >= min(0, fakta.varde)
        if fakta.litet and cell not in self.vaga:
            return 1 <= ny < troskel
        return ny >= (troskel if fakta.varde >= troskel else 0)

    def cost(self, cell: int, steg: int) -> int:
        """What the step takes from the reader: nothing in a hidden cell, most in a zero.

        Four rows of 1 under a whole of 4 are given away by their marks alone: the whole must then be `..`.
        """
        if self.lage[cell] is not Lage.SYNLIG:
            return 0 if self.allows(cell, steg) else COST_VAGUE
        fakta = self.tabell.celler[cell]
        cost = (
            COST_CELL + round(COST_SIZE * fakta.varde / (fakta.varde + 50)) if fakta.varde > 0 else COST_CELL
        )
        cost += COST_ZERO * (fakta.varde == 0) + COST_UNPROTECTED * (not fakta.skyddas)
        cost += COST_NEW_ROW * (fakta.rad not in self.rorda)
        cost += COST_WHOLE * (cell in self.hel or fakta.nyckel == TOTALT)
        return cost

    def find_move(self, cell: int, *, also_visible: bool) -> dict[int, int] | None:
        """A cheap move that changes `cell`, or None; `also_visible`: it may use cells still to be hidden."""
        try:
            move = self._search(cell, also_visible, greedy=not also_visible)
            if move is None and also_visible and cell in self.ute.eftergivna:
                self.forlorade.add(cell)
            return move
        except _BudgetError:
            with suppress(_BudgetError):
                return self._search(cell, also_visible, greedy=also_visible)
        return None

    def unproven(self, bevisade: set[int] | None = None) -> list[int]:
        """The cells, printed or small, that are held back but for which no move is found.

        `bevisade` holds cells that have a move, and gets those found now: hiding more takes no move away.
        """
        celler = self.tabell.celler
        kvar = [
            i
            for i, lage in enumerate(self.lage)
            if lage is Lage.DOLD and (celler[i].tryckt or celler[i].litet) and i not in self.forlorade
        ]
        bevisade = set() if bevisade is None else bevisade
        for i in kvar:
            if i not in bevisade:
                bevisade.update(self.find_move(i, also_visible=False) or ())
        return [i for i in kvar if i not in bevisade]

    def _search(self, cell: int, also_visible: bool, *, greedy: bool) -> dict[int, int] | None:
        nummer = count()
        heap: list[tuple[tuple[int, ...], int, int, dict[int, int], dict[int, int]]] = []
        sedda: set[frozenset[Steg]] = set()

        def push(move: dict[int, int], obalans: dict[int, int], cost: int) -> None:
            nyckel = frozenset(move.items())
            if nyckel not in sedda:
                sedda.add(nyckel)
                rang = (len(obalans), cost, len(move)) if greedy else (cost + 60 * len(obalans), len(move))
                heapq.heappush(heap, (rang, next(nummer), cost, move, obalans))

        for steg in (1, -1):
            if self._may(cell, steg, also_visible):
                push({cell: steg}, self._unbalance({}, cell, steg), self.cost(cell, steg))
        for _ in range(BUDGET):
            if not heap:
                return None
            _, _, cost, move, obalans = heapq.heappop(heap)
            if not obalans:
                return move
            for j, steg in self._ways_on(move, obalans, also_visible):
                push({**move, j: steg}, self._unbalance(obalans, j, steg), cost + self.cost(j, steg))
        raise _BudgetError

    def _may(self, cell: int, steg: int, also_visible: bool) -> bool:
        """Whether a move may hold the step; `also_visible`: it may ask for a cell to be hidden or vaguer."""
        if not also_visible or cell in self.ute.oppna:
            return self.lage[cell] is not Lage.SYNLIG and self.allows(cell, steg)
        vag = self.tabell.celler[cell].litet and self.lage[cell] is Lage.DOLD
        return self.allows(cell, steg) or (vag and self._is_possible(cell, steg))

    def _is_possible(self, cell: int, steg: int) -> bool:
        lagst, hogst = self.ute.granser.get(cell, (0, inf))
        varde = self.tabell.celler[cell].varde
        return min(lagst, varde) <= varde + steg <= max(hogst, varde)

    def _unbalance(self, obalans: Mapping[int, int], cell: int, steg: int) -> dict[int, int]:
        """The sums that do not hold, and by how much, after one more step."""
        ny = dict(obalans)
        for samband, tecken in self.tabell.samband_for[cell]:
            fel = ny.pop(samband, 0) + tecken * steg
            if fel:
                ny[samband] = fel
        return ny

    def _ways_on(self, move: Mapping[int, int], obalans: Mapping[int, int], also_visible: bool) -> list[Steg]:
        """The steps that mend the sum which can be mended in the fewest ways."""
        best: list[Steg] | None = None
        for samband, fel in sorted(obalans.items()):
            ways = [
                (i, steg)
                for i, tecken in self.tabell.samband[samband].termer
                if i not in move and self._may(i, steg := -tecken if fel > 0 else tecken, also_visible)
            ]
            if best is None or len(ways) < len(best):
                best = ways
        return best or []


def read_print(tabell: Tabell, hidden: set[Plats]) -> Knowledge:
    """What a reader of the print knows of each cell."""
    reader = Knowledge(tabell)
    for i, cell in enumerate(tabell.celler):
        if tabell.is_given_up(i, hidden):
            reader.lage[i] = Lage.DOLD if cell.litet else Lage.OKAND
        elif cell.plats in hidden and hidden.issuperset(tabell.burna_av.get(i, ())):
            # A hidden count behind a share in the open is as good as known: only others stay hidden.
            reader.lage[i] = Lage.DOLD
    return reader
