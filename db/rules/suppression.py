"""The one place where small numbers are hidden (R12), for screen, PDF, Excel and JSON alike.

A count from 1 to 4 gets the mark `<5`. A share goes where its numerator, complement or base is that small,
a mean where the people behind it are. What would let a reader work a hidden number out gets `..`: the other
kön, the next smallest row of a sum, and whatever more it takes until every hidden number provably could be
another.
"""

from collections.abc import Mapping, Sequence

from db.rules.figurer import KON_NYCKLAR, Figur, Konsvarden, Summa, Tal
from db.rules.statistik import round_half_up
from db.rules.suppression_hider import SKYDDAT, Hider
from db.rules.suppression_moves import read_print
from db.rules.suppression_table import Lage, build_table

TROSKEL = 5
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
    hider = Hider(build_table(figurer, summor, troskel))
    hider.run()
    return {f.id: hider.marks(f.id) for f in figurer}


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
    reader = read_print(tabell, hidden)
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
