"""Marks cells in a table until nothing small can be seen or worked out (R12)."""

import heapq
from collections.abc import Sequence

from db.rules.figurer import KON_NYCKLAR
from db.rules.suppression_moves import Knowledge, Ute
from db.rules.suppression_table import Lage, Plats, Tabell

SKYDDAT = ".."


class Hider:
    """One run of hiding; `ute` holds what earlier prints have settled."""

    def __init__(self, tabell: Tabell, ute: Ute | None = None) -> None:
        self.tabell = tabell
        self.known = Knowledge(tabell, ute)
        self.dolda: set[Plats] = set()
        self.ensamma: list[int] = []

    def run(self) -> None:
        """Hide until nothing more needs to be."""
        self._hide_small()
        self._protect_lonely()
        bevisade: set[int] = set()
        while unproven := self.known.unproven(bevisade) or self.known.unproven():
            if not (self._free(unproven) or self._hide_around(unproven)):
                break

    def hide_all(self) -> None:
        """Hide every number that is not out already."""
        for i, cell in enumerate(self.tabell.celler):
            if cell.tryckt and i not in self.known.ute.oppna:
                self._hide_cell(i)
        for plats in self.tabell.vilar_pa:
            self._hide_value(plats)

    def marks(self, rad: str) -> dict[str, str]:
        """The hidden kön keys of a row and their marks."""
        return {k: self._mark((rad, k)) for k in KON_NYCKLAR if (rad, k) in self.dolda}

    def _free(self, celler: Sequence[int]) -> bool:
        """Hide what cheap moves of `celler` ask for, or weaken marks; False when they ask for nothing."""
        befriade: set[int] = set()
        before = self.known.hidden_count()
        for cell in celler:
            if cell not in befriade:
                move = self.known.find_move(cell, also_visible=True) or {}
                befriade.update(move)
                for i in move:
                    self._hide_cell(i)
                self.known.vaga.update(i for i, steg in move.items() if not self.known.allows(i, steg))
                self._protect_lonely()
        return self.known.hidden_count() > before or not self.known.forlorade.isdisjoint(celler)

    def _hide_around(self, celler: Sequence[int]) -> bool:
        """The last resort: by each cell hide one more, else make marks vaguer, else hide a zero."""
        before = self.known.hidden_count()
        for cell in celler:
            termer = {t for s, _ in self.tabell.samband_for[cell] for t in self.tabell.samband[s].termer}
            synliga = sorted((t for t in termer if self._may_hide(t[0])), key=self._partner_order)
            sma = {i for i in (cell, *(t[0] for t in termer)) if self.tabell.celler[i].litet}
            if synliga and (self.tabell.celler[synliga[0][0]].varde or sma <= self.known.vaga):
                self._hide_cell(synliga[0][0])
                self._protect_lonely()
            else:
                self.known.vaga |= sma
        return self.known.hidden_count() > before

    def _hide_small(self) -> None:
        for i, cell in enumerate(self.tabell.celler):
            if not cell.litet and self._may_hide(i) and self.tabell.is_given_up(i, self.dolda):
                self.known.lage[i] = Lage.OKAND
        for plats in self.tabell.obedombara:
            self._hide_value(plats)
        for i in self.known.ute.dolda:
            self._hide_cell(i)
        for i, cell in enumerate(self.tabell.celler):
            if cell.litet:
                self._hide_cell(i)

    def _hide_cell(self, cell: int) -> None:
        """Hide a visible cell, and every printed value that rests on it."""
        if not self._may_hide(cell):
            return
        self.known.withhold(cell)
        fakta = self.tabell.celler[cell]
        for samband, _ in self.tabell.samband_for[cell]:
            heapq.heappush(self.ensamma, samband)
        if fakta.tryckt:
            self.dolda.add(fakta.plats)
        for plats in self.tabell.burna_av.get(cell, ()):
            self._hide_value(plats)

    def _may_hide(self, cell: int) -> bool:
        return self.known.lage[cell] is Lage.SYNLIG and cell not in self.known.ute.oppna

    def _hide_value(self, plats: Plats) -> None:
        """Hide a printed value; unprinted counts that no shown value rests on become unknown to a reader."""
        if (egen := self.tabell.index.get(plats)) is not None:
            if egen in self.known.ute.oppna:
                return
            self._hide_cell(egen)
        self.dolda.add(plats)
        for i in self.tabell.vilar_pa[plats]:
            synlig = self._may_hide(i) and not self.tabell.celler[i].litet
            if synlig and self.tabell.is_given_up(i, self.dolda):
                self.known.lage[i] = Lage.OKAND

    def _protect_lonely(self) -> None:
        """Give every sum with one single unknown, a hidden one, a second: by kön first, then by row (R12).

        A cell that mends another such sum at the same time comes first: one mark less in the print.
        """
        while self.ensamma:
            samband = heapq.heappop(self.ensamma)
            ensam = self._lonely_cell(samband)
            if ensam is not None:
                termer = [t for t in self.tabell.samband[samband].termer if self._may_hide(t[0])]
                termer.sort(key=lambda t: (-self._mends(t[0]), *self._partner_order(t)))
                for cell, _ in termer[:1]:  # none where earlier prints show all the others
                    self._hide_cell(cell)

    def _lonely_cell(self, samband: int) -> int | None:
        """The only cell of the sum that a reader does not see, if it is hidden on purpose."""
        okanda = [i for i, _ in self.tabell.samband[samband].termer if self.known.lage[i] is not Lage.SYNLIG]
        return okanda[0] if len(okanda) == 1 and self.known.lage[okanda[0]] is Lage.DOLD else None

    def _mends(self, cell: int) -> int:
        """How many lonely sums get their second unknown when the cell is hidden; none for a zero."""
        if not self.tabell.celler[cell].varde or not self.tabell.celler[cell].skyddas:
            return 0
        return sum(self._lonely_cell(s) is not None for s, _ in self.tabell.samband_for[cell])

    def _partner_order(self, term: tuple[int, int]) -> tuple[object, ...]:
        """A number before a zero, a mean before a count, a part before the whole, a row already touched, then
        the smallest row. (A count that nothing prints is lost only with the mean or share that rests on it.)
        """
        fakta = self.tabell.celler[term[0]]
        return (
            fakta.varde == 0,
            not fakta.skyddas,
            fakta.tryckt,
            term[1] > 0,
            fakta.rad not in self.known.rorda,
            self.tabell.storlek[fakta.rad],
            fakta.varde,
            fakta.rad,
            KON_NYCKLAR.index(fakta.nyckel),
        )

    def _mark(self, plats: Plats) -> str:
        i = self.tabell.index.get(plats)
        litet = i is not None and self.tabell.celler[i].litet and i not in self.known.vaga
        return f"<{self.tabell.troskel}" if litet else SKYDDAT
