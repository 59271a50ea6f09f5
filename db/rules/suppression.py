"""The one place where small numbers are hidden (R12), for screen, PDF, Excel and JSON alike.

A count from 1 to 4 gets the mark `<5`. A share goes where its numerator, complement or base is that small,
a mean where the people behind it are. What would let a reader work a hidden number out gets `..`: the other
kön, the next smallest row of a sum, and whatever more it takes until every hidden number provably could be
another.
"""

import heapq
from collections.abc import Mapping, Sequence

from db.rules.figurer import KON_NYCKLAR, Figur, Konsvarden, Summa, Tal
from db.rules.statistik import round_half_up
from db.rules.suppression_moves import Knowledge
from db.rules.suppression_table import Lage, Plats, Tabell, build_table

TROSKEL = 5
SKYDDAT = ".."
DECIMALER = {"antal": 0, "andel": 0, "dagar": 1, "kr": 0, "ar": 1}


def hide(
    figurer: Sequence[Figur], summor: Sequence[Summa] = (), troskel: int = TROSKEL
) -> dict[str, dict[str, str]]:
    """Every row id with its hidden kön keys and their marks, `<5` or `..` (R12); an empty dict: all is shown.

    Counts from 1 to below `troskel` are small; zero is shown. A protected share, mean or median with no count
    behind it cannot be judged and is hidden. The mark of a share, mean or median is always `..`, since `<5`
    would read as its value. Rows not about people are hidden only where a sum would give people away.
    Where marks alone would tell a number (four rows of 1 under a whole of 4) the whole is `..` too.

    Raises ValueError where one row id stands for two different figures.
    """
    return _Hider(build_table(figurer, summor, troskel)).run(figurer)


def masked(varde: Konsvarden, dolda: Mapping[str, str]) -> Konsvarden:
    """`varde` with None under every hidden key: all that a writer may see."""
    return Konsvarden(**{k: None if k in dolda else varde.get(k) for k in KON_NYCKLAR})


def change(enhet: str, nu: Konsvarden, fore: Konsvarden, decimaler: int | None = None) -> Konsvarden:
    """The printed change: difference of the printed numbers; None where either is hidden or missing (R12).

    Both sides are already `masked`. Shares are printed in whole per cent, so their change is in whole points;
    `decimaler` is how many decimals the other numbers are printed with, where it is not DECIMALER.
    """
    antal = DECIMALER.get(enhet, 0) if decimaler is None else decimaler

    def difference(nyckel: str) -> Tal | None:
        ny, gammal = nu.get(nyckel), fore.get(nyckel)
        if ny is None or gammal is None:
            return None
        skillnad = round_half_up(ny, antal) - round_half_up(gammal, antal)
        return float(skillnad) if antal else int(skillnad)

    return Konsvarden(**{k: difference(k) for k in KON_NYCKLAR})


def derivable(
    figurer: Sequence[Figur],
    summor: Sequence[Summa],
    dolda: Mapping[str, Mapping[str, str]],
    troskel: int = TROSKEL,
) -> list[tuple[str, str, Tal]]:
    """What a reader of the print could work out, as (row id, kön key, number); empty when the print is safe.

    The reader knows every visible number exactly, every sum, that `<5` is 1-4 and `..` at least 5. A small
    number that is not hidden at all counts as worked out. Numbers that no row prints are called
    `row#taljare`, `row#namnare` and `row#rest`. Errs on the side of caution: what is left out is proven safe.
    """
    tabell = build_table(figurer, summor, troskel)
    hidden = {(rad, nyckel) for rad, marks in dolda.items() for nyckel in marks}
    reader = _reader(tabell, hidden)
    reader.vaga.update(i for p, i in tabell.index.items() if dolda.get(p[0], {}).get(p[1]) == SKYDDAT)
    in_the_open = (
        i
        for i, c in enumerate(tabell.celler)
        if reader.lage[i] is Lage.SYNLIG and (c.litet or c.plats in hidden)
    )
    leaks = {tabell.celler[i].plats: tabell.celler[i].varde for i in (*reader.unproven(), *in_the_open)}
    varden = {(f.id, k): f.varde.get(k) or 0 for f in figurer for k in KON_NYCKLAR}
    for plats in hidden.intersection(tabell.vilar_pa).difference(tabell.index, tabell.obedombara):
        counts = (i for i in tabell.vilar_pa[plats] if not tabell.celler[i].rest)
        if all(reader.lage[i] is Lage.SYNLIG for i in counts):
            leaks[plats] = varden[plats]
    return sorted((*plats, tal) for plats, tal in leaks.items())


def _reader(tabell: Tabell, hidden: set[Plats]) -> Knowledge:
    """What a reader of the print knows of each cell."""
    reader = Knowledge(tabell)
    for i, cell in enumerate(tabell.celler):
        if tabell.is_given_up(i, hidden):
            reader.lage[i] = Lage.DOLD if cell.litet else Lage.OKAND
        elif cell.plats in hidden and hidden.issuperset(tabell.burna_av.get(i, ())):
            # A hidden count behind a share in the open is as good as known: only others stay hidden.
            reader.lage[i] = Lage.DOLD
    return reader


class _Hider:
    """One run of `hide`: marks cells in the table until nothing small can be seen or worked out."""

    def __init__(self, tabell: Tabell) -> None:
        self.tabell = tabell
        self.known = Knowledge(tabell)
        self.dolda: set[Plats] = set()
        self.ensamma: list[int] = []

    def run(self, figurer: Sequence[Figur]) -> dict[str, dict[str, str]]:
        """The marks of every row."""
        self._hide_small()
        self._protect_lonely()
        bevisade: set[int] = set()
        while unproven := self.known.unproven(bevisade) or self.known.unproven():
            if not (self._free(unproven) or self._hide_around(unproven)):
                break
        return {f.id: self._marks(f) for f in figurer}

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
        return self.known.hidden_count() > before

    def _hide_around(self, celler: Sequence[int]) -> bool:
        """The last resort: by each cell hide one more, else make marks vaguer, else hide a zero."""
        before = self.known.hidden_count()
        for cell in celler:
            termer = {t for s, _ in self.tabell.samband_for[cell] for t in self.tabell.samband[s].termer}
            synliga = sorted(
                (t for t in termer if self.known.lage[t[0]] is Lage.SYNLIG), key=self._partner_order
            )
            sma = {i for i in (cell, *(t[0] for t in termer)) if self.tabell.celler[i].litet}
            if synliga and (self.tabell.celler[synliga[0][0]].varde or sma <= self.known.vaga):
                self._hide_cell(synliga[0][0])
                self._protect_lonely()
            else:
                self.known.vaga |= sma
        return self.known.hidden_count() > before

    def _hide_small(self) -> None:
        for i, cell in enumerate(self.tabell.celler):
            if not cell.litet and self.tabell.is_given_up(i, self.dolda):
                self.known.lage[i] = Lage.OKAND
        for plats in self.tabell.obedombara:
            self._hide_value(plats)
        for i, cell in enumerate(self.tabell.celler):
            if cell.litet:
                self._hide_cell(i)

    def _hide_cell(self, cell: int) -> None:
        """Hide a visible cell, and every printed value that rests on it."""
        if self.known.lage[cell] is not Lage.SYNLIG:
            return
        self.known.withhold(cell)
        fakta = self.tabell.celler[cell]
        for samband, _ in self.tabell.samband_for[cell]:
            heapq.heappush(self.ensamma, samband)
        if fakta.tryckt:
            self.dolda.add(fakta.plats)
        for plats in self.tabell.burna_av.get(cell, ()):
            self._hide_value(plats)

    def _hide_value(self, plats: Plats) -> None:
        """Hide a printed value; unprinted counts that no shown value rests on become unknown to a reader."""
        self.dolda.add(plats)
        if (egen := self.tabell.index.get(plats)) is not None:
            self._hide_cell(egen)
        for i in self.tabell.vilar_pa[plats]:
            synlig = self.known.lage[i] is Lage.SYNLIG and not self.tabell.celler[i].litet
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
                termer = [t for t in self.tabell.samband[samband].termer if t[0] != ensam]
                self._hide_cell(min(termer, key=lambda t: (-self._mends(t[0]), *self._partner_order(t)))[0])

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

    def _marks(self, figur: Figur) -> dict[str, str]:
        marks = {}
        for nyckel in KON_NYCKLAR:
            if (plats := (figur.id, nyckel)) in self.dolda:
                i = self.tabell.index.get(plats)
                litet = i is not None and self.tabell.celler[i].litet and i not in self.known.vaga
                marks[nyckel] = f"<{self.tabell.troskel}" if litet else SKYDDAT
        return marks
