"""An attacker with every print of a report: what was printed of different periods adds up over time (R12)."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import pairwise

from db.rules.figurer import Figur, Konsvarden, Summa
from db.rules.sidor import Sida
from tests.unit.rules.attack import Attacker, Plats, share_row

START = date(2024, 1, 1)
NYCKLAR = ("kvinnor", "man", "uppgift_saknas", "totalt")
RADER = ("hel", "d0", "d1")
Dagar = tuple[int, int]  # the first day and the day after the last
Handelser = Mapping[tuple[int, str, int], int]  # how many by day, row and place among NYCKLAR


def make_side(handelser: Handelser, dagar: Dagar, *, share: bool = True) -> Sida:
    """What a report says of the days: two classes, their sum, and the share of the first."""

    def row(namn: str) -> Konsvarden:
        tal = [
            sum(n for (dag, rad, kon), n in handelser.items() if _in(dag, dagar) and rad == namn and kon == k)
            for k in range(3)
        ]
        return Konsvarden(*tal, sum(tal))

    d0, d1 = row("d0"), row("d1")
    hel = Konsvarden(*((a or 0) + (b or 0) for a, b in zip(d0, d1, strict=True)))
    figurer = [Figur(n, "antal", v) for n, v in zip(RADER, (hel, d0, d1), strict=True)]
    figurer += [share_row("andel", d0, hel, "d0", "hel")] if share else []
    fran, slut = START + timedelta(dagar[0]), START + timedelta(dagar[1] - 1)
    return Sida(fran, slut, slut, tuple(figurer), (Summa("hel", ("d0", "d1")),))


def _in(dag: int, dagar: Dagar) -> bool:
    return dagar[0] <= dag < dagar[1]


@dataclass(frozen=True)
class Prints:
    """Every side that is out, and what happened."""

    sidor: Sequence[Sida]
    handelser: Handelser

    def attacker(self, tak: int) -> Attacker:
        """One who knows that every number is the sum of what happened between the days that prints tell of,
        and who also wants each of those, and what one period leaves of another."""
        figurer = [_renamed(f, n) for n, sida in enumerate(self.sidor) for f in sida.figurer]
        summor = [
            Summa(f"{n}/{s.hel}", tuple(f"{n}/{d}" for d in s.delar))
            for n, sida in enumerate(self.sidor)
            for s in sida.summor
        ]
        dolda = {
            f"{n}/{f.id}": dict(sida.dolda[f.id]) for n, sida in enumerate(self.sidor) for f in sida.figurer
        }
        attacker = Attacker(figurer, summor, dolda, 5, tak)
        self._add_atoms(attacker, self._atoms(), tak)
        # Where a print is hidden against others, `..` stands for small and large alike.
        for (rad, k), doman in attacker.doman.items():
            if not rad.startswith(("0/", "atom")) and len(doman) > 1 and dolda[rad].get(k) == "..":
                attacker.doman[rad, k] = range(tak + 1)
        return attacker

    def give_away(self) -> list[tuple[Plats, int]]:
        """Every number of 1–4, hidden or left between two periods, that can be no other."""
        tak = max(int(_value(s, rad, "totalt")) for s in self.sidor for rad in RADER) + 3
        attacker = self.attacker(tak)
        for plats, termer in self.wanted():
            attacker.doman[plats] = range(tak + 1)
            attacker.sanning[plats] = sum(attacker.sanning[p] * tecken for p, tecken in termer)
            attacker.ekvationer.append([(plats, -1), *termer])
        hidden = [(rad, k) for rad, marks in attacker.dolda.items() for k in marks]
        wanted = [plats for plats, _ in self.wanted()]
        return [
            (plats, tal)
            for plats in (*hidden, *wanted)
            if 0 < (tal := attacker.sanning.get(plats, 0)) < 5 and not can_be_otherwise(attacker, plats)
        ]

    def wanted(self) -> Iterator[tuple[Plats, Sequence[tuple[Plats, int]]]]:
        """What periods leave of each other where it is 1–4, as a name and the numbers that make it."""
        for n, a in enumerate(self.sidor):
            for m, b in enumerate(self.sidor):
                if not (b.fran <= a.fran and a.slut <= b.slut) or (a.fran, a.slut) == (b.fran, b.slut):
                    continue
                for rad in RADER:
                    for k in NYCKLAR:
                        if 0 < _value(b, rad, k) - _value(a, rad, k) < 5:
                            yield (f"{m}-{n}/{rad}", k), (((f"{m}/{rad}", k), 1), ((f"{n}/{rad}", k), -1))

    def _atoms(self) -> list[Dagar]:
        granser = sorted({g for s in self.sidor for g in _days(s)})
        return [(a, b) for a, b in pairwise(granser) if any(_covers(s, (a, b)) for s in self.sidor)]

    def _add_atoms(self, attacker: Attacker, atomer: Sequence[Dagar], tak: int) -> None:
        for n, dagar in enumerate(atomer):
            sida = make_side(self.handelser, dagar)
            for rad in RADER:
                for k in NYCKLAR:
                    attacker.doman[f"atom {n}/{rad}", k] = range(tak + 1)
                    attacker.sanning[f"atom {n}/{rad}", k] = _value(sida, rad, k)
                attacker._bind(f"atom {n}/{rad}")
        for n, sida in enumerate(self.sidor):
            delar = [m for m, dagar in enumerate(atomer) if _covers(sida, dagar)]
            for rad in RADER:
                for k in NYCKLAR:
                    termer = [((f"atom {m}/{rad}", k), -1) for m in delar]
                    attacker.ekvationer.append([((f"{n}/{rad}", k), 1), *termer])


def _days(sida: Sida) -> Dagar:
    return (sida.fran - START).days, (sida.slut - START).days + 1


def _covers(sida: Sida, dagar: Dagar) -> bool:
    fran, efter = _days(sida)
    return fran <= dagar[0] and dagar[1] <= efter


def _renamed(figur: Figur, n: int) -> Figur:
    def name(text: str) -> str:
        return f"{n}/{text}" if text else ""

    return replace(
        figur, id=name(figur.id), taljare_id=name(figur.taljare_id), namnare_id=name(figur.namnare_id)
    )


def _value(sida: Sida, rad: str, k: str) -> int:
    return next(int(f.varde.get(k) or 0) for f in sida.figurer if f.id == rad)


def can_be_otherwise(attacker: Attacker, plats: Plats) -> bool:
    """Whether some table that fits every print has another number there."""
    sanning = attacker.sanning[plats]
    for varde in attacker._order(plats, attacker.doman[plats]):
        if varde != sanning and attacker._solve({**attacker.doman, plats: range(varde, varde + 1)}):
            return True
    return False
