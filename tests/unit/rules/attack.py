"""An attacker who tries every table that fits a print (R12): slow, simple, and blind to how hiding works."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction

from db.rules.figurer import Figur, Konsvarden, Summa

KON = ("kvinnor", "man", "uppgift_saknas")
Plats = tuple[str, str]
Term = tuple[Plats, int]


def count_row(namn: str, kvinnor: int, man: int, saknas: int = 0) -> Figur:
    """A printed count."""
    return Figur(namn, "antal", counts(kvinnor, man, saknas))


def counts(kvinnor: int, man: int, saknas: int = 0) -> Konsvarden:
    """Kvinnor, män, uppgift saknas and their sum."""
    return Konsvarden(kvinnor, man, saknas, kvinnor + man + saknas)


def share_row(
    namn: str, taljare: Konsvarden, namnare: Konsvarden, taljare_id: str = "", namnare_id: str = ""
) -> Figur:
    """A share with its exact value in per cent."""

    def value(nyckel: str) -> float | None:
        t, n = taljare.get(nyckel), namnare.get(nyckel)
        return 100 * t / n if t is not None and n else None

    varde = Konsvarden(**{k: value(k) for k in ("kvinnor", "man", "uppgift_saknas", "totalt")})
    return Figur(namn, "andel", varde, taljare, namnare, taljare_id=taljare_id, namnare_id=namnare_id)


class Attacker:
    """Lists the values each hidden number may have, by trying all tables with numbers up to `tak`."""

    def __init__(
        self,
        figurer: Sequence[Figur],
        summor: Sequence[Summa],
        dolda: Mapping[str, Mapping[str, str]],
        troskel: int,
        tak: int,
    ) -> None:
        self.doman: dict[Plats, range] = {}
        self.sanning: dict[Plats, int] = {}
        self.ekvationer: list[list[Term]] = []
        self.kvoter: list[tuple[Plats, Plats, Fraction]] = []
        self.olika: list[tuple[Plats, Plats]] = []
        self.taljare: dict[str, str] = {}
        self.dolda = dolda
        for figur in figurer:
            if figur.enhet == "antal":
                self._read_counts(figur, troskel, tak)
        for figur in figurer:
            if figur.enhet == "andel":
                self._read_share(figur, tak)
        for summa in summor:
            for k in (*KON, "totalt"):
                termer = [((summa.hel, k), 1), *(((d, k), -1) for d in summa.delar)]
                self.ekvationer.append([((self.taljare.get(rad, rad), n), t) for (rad, n), t in termer])

    def _bind(self, rad: str) -> None:
        self.ekvationer.append([((rad, "totalt"), 1), *(((rad, k), -1) for k in KON)])

    def _read_counts(self, figur: Figur, troskel: int, tak: int) -> None:
        for k in (*KON, "totalt"):
            varde = figur.varde.get(k)
            assert isinstance(varde, int)
            mark = self.dolda[figur.id].get(k)
            if mark is None:
                doman = range(varde, varde + 1)
            elif mark != "..":
                doman = range(1, troskel)
            else:
                doman = range(troskel if varde >= troskel else 0, tak + 1)
            self.doman[figur.id, k] = doman
            self.sanning[figur.id, k] = varde
        self._bind(figur.id)

    def _read_share(self, figur: Figur, tak: int) -> None:
        assert figur.taljare is not None
        assert figur.namnare is not None
        taljare, namnare = figur.taljare_id or f"{figur.id}/t", figur.namnare_id or f"{figur.id}/n"
        self.taljare[figur.id] = taljare
        for rad in (taljare, namnare):
            if (rad, "totalt") not in self.doman:
                self.doman.update({(rad, k): range(tak + 1) for k in (*KON, "totalt")})
                self._bind(rad)
        for k in (*KON, "totalt"):
            self.olika.append(((taljare, k), (namnare, k)))
            t, n = figur.taljare.get(k), figur.namnare.get(k)
            assert isinstance(t, int)
            assert isinstance(n, int)
            self.sanning.update({(taljare, k): t, (namnare, k): n})
            if k not in self.dolda[figur.id] and n == 0:
                self.doman[namnare, k] = range(1)
            elif k not in self.dolda[figur.id]:
                self.kvoter.append(((taljare, k), (namnare, k), Fraction(t, n)))

    def worked_out(self) -> list[Plats]:
        """The hidden counts that have one single possible value in all tables that fit."""
        dolda = [p for rad in self.dolda for k in self.dolda[rad] if (p := (rad, k)) in self.doman]
        funna: dict[Plats, set[int]] = {p: {self.sanning[p]} for p in dolda}
        for plats in dolda:
            for varde in self._order(plats, self.doman[plats]):
                if len(funna[plats]) > 1:
                    break
                table = self._solve({**self.doman, plats: range(varde, varde + 1)})
                for p in dolda if table else ():
                    funna[p].add(table[p][0])
        return [p for p in dolda if len(funna[p]) < 2]

    def _order(self, plats: Plats, doman: range) -> list[int]:
        """The likely first, to save time."""
        return sorted(doman, key=lambda v: abs(v - self.sanning[plats]))

    def _solve(self, doman: dict[Plats, range]) -> dict[Plats, range]:
        """A table that fits, as ranges of one number; {} where there is none."""
        if not self._tighten(doman):
            return {}
        oppna = [p for p in doman if len(doman[p]) > 1]
        if not oppna:
            return doman
        plats = min(oppna, key=lambda p: (len(doman[p]), p))
        for varde in self._order(plats, doman[plats]):
            if table := self._solve({**doman, plats: range(varde, varde + 1)}):
                return table
        return {}

    def _tighten(self, doman: dict[Plats, range]) -> bool:
        """Shrink the ranges by all that is known; False when nothing fits any more."""
        andrat = True
        while andrat:
            andrat = False
            for plats, low, high in self._bounds(doman):
                gammal = doman[plats]
                ny = range(max(gammal[0], low), min(gammal[-1], high) + 1)
                if not ny:
                    return False
                if ny != gammal:
                    doman[plats], andrat = ny, True
        return all(
            doman[n][0] and Fraction(doman[t][0], doman[n][0]) == kvot
            for t, n, kvot in self.kvoter
            if len(doman[t]) == len(doman[n]) == 1
        )

    def _bounds(self, doman: Mapping[Plats, range]) -> Iterator[tuple[Plats, int, int]]:
        for ekvation in self.ekvationer:
            for plats, tecken in ekvation:
                rest = [(doman[p], -t * tecken) for p, t in ekvation if p != plats]
                yield (
                    plats,
                    sum(t * (d[0] if t > 0 else d[-1]) for d, t in rest),
                    sum(t * (d[-1] if t > 0 else d[0]) for d, t in rest),
                )
        for t, n in self.olika:
            yield t, 0, doman[n][-1]
            yield n, doman[t][0], doman[n][-1]
        for t, n, kvot in self.kvoter:
            if len(doman[n]) == 1:
                yield t, -int(-doman[n][0] * kvot // 1), int(doman[n][0] * kvot // 1)
