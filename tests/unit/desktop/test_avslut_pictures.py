"""The pictures of avslut: what they show adds up, and nothing small leaves (R12)."""

import random
from collections import Counter
from contextlib import suppress
from datetime import date

import pytest

from db.errors import KnownError
from db.queries.figurer.avslut import Avslutsrad, make_figures
from db.queries.figurer.efter_avslut import Vag, Varaktighet
from db.queries.figurer.gemensamt import NOLL, add, by_kon
from db.rules.avslut import REGLER
from db.rules.figurer import Konsvarden
from db.rules.koder import Forsorjning, Uppfoljningsslag
from db.rules.period import parse_period
from desktop.charts.picture import Picture
from desktop.screens.avslut.model import Resultatrad, Siffror, make_rows
from desktop.screens.avslut.pictures import make_all
from desktop.screens.avslut.utlamnas import TABELL, make_sides

WORDS = [None, *(word.value for word in list(Forsorjning)[:5])]
SMALL = {"1", "2", "3", "4"}


def some(slump: random.Random, unknown: bool) -> Konsvarden:
    kon = (("K", slump.choice((0, 1, 3, 8, 20))), ("M", slump.choice((0, 2, 4, 9))))
    return by_kon((*kon, (None, slump.choice((0, 0, 0, 1)) if unknown else 0)))


def make(seed: int, *, unknown: bool = True) -> Siffror:
    slump = random.Random(seed)
    rader = []
    for resultat, regel in REGLER.items():
        for manad in (None, True, False) if regel.kraver_manad else (None,):
            back = some(slump, unknown)
            stayed = some(slump, unknown)
            antal = add(back, stayed)
            rader.append(Avslutsrad(resultat, manad, antal, ((slump.randrange(1, 366), back),)))
    kvar = tuple(
        Varaktighet(slag.value, *(by_kon((("K", k), ("M", m))) for k, m in ((20, 9), (12, 7), (6, 3))))
        for slag in Uppfoljningsslag
    )  # fmt: skip
    figurer = {figur.id: figur for figur in make_figures(tuple(rader), by_kon((("K", 30), ("M", 20))))}
    return Siffror(tuple(rader), figurer, share_out(slump, figurer["avslut.totalt"].varde), kvar, 5)


def share_out(slump: random.Random, totalt: Konsvarden) -> dict[Vag, Konsvarden]:
    """Each avslut goes from some försörjning to some: few of them where most go."""
    antal: dict[Vag, Counter[str | None]] = {}
    for kon, key in (("K", "kvinnor"), ("M", "man"), (None, "uppgift_saknas")):
        for _ in range(int(totalt.get(key) or 0)):
            fore, efter = (WORDS[min(slump.randrange(9), slump.randrange(9)) % len(WORDS)] for _ in "fe")
            antal.setdefault((fore, efter), Counter())[kon] += 1
    return {vag: by_kon(counter.items()) for vag, counter in antal.items()}


def leaving(siffror: Siffror, kon: str = "totalt") -> dict[str, tuple[Picture, Picture]]:
    """Every picture that may leave, as it is shown and as it leaves when nothing has left before."""
    sidor = make_sides(siffror, parse_period("2026"), date(2026, 12, 31))
    found = {}
    for namn, (shown, draw) in make_all(siffror, kon, "i år").items():
        with suppress(KnownError):
            found[namn] = shown, sidor.underlag(namn, "", draw).made()
    assert found.keys() >= {"klasser", "matris", "kvar", "dagar"}
    return found


def rows_leaving(siffror: Siffror) -> tuple[Resultatrad, ...]:
    sidor = make_sides(siffror, parse_period("2026"), date(2026, 12, 31))
    reserv = sidor.underlag("klasser", "", lambda dolda: make_rows(siffror, dolda)[-1:])
    return sidor.underlag(TABELL, "", lambda dolda: make_rows(siffror, dolda), reserv).made()


def figures(picture: Picture) -> set[str]:
    return {cell for row in picture.table.rows for cell in row.cells[1:]}


@pytest.mark.parametrize("seed", range(4))
def test_no_small_number_leaves(seed: int) -> None:
    siffror = make(seed)
    for name, (shown, left) in leaving(siffror).items():
        assert [row.cells[0] for row in shown.table.rows] == [row.cells[0] for row in left.table.rows]
        if name in ("klasser", "matris", "dagar"):
            assert not {cell.split(" ")[0] for cell in figures(left)} & SMALL, name
        if name in ("kvar", "tillbaka"):
            assert not {cell.split("\u00a0")[0] for cell in figures(left) if "%" not in cell} & SMALL, name
    for rad in rows_leaving(siffror):
        for key in ("kvinnor", "man", "totalt"):
            assert rad.dolda.get(key) or not 0 < (rad.varde.get(key) or 0) < 5


@pytest.mark.parametrize("seed", range(4))
def test_a_hidden_cell_is_not_the_difference_of_two_pictures(seed: int) -> None:
    siffror = make(seed, unknown=False)
    tables = {}
    for kon in ("totalt", "kvinnor", "man"):
        shown, left = leaving(siffror, kon)["matris"]
        tables[kon] = [row.cells[1:-1] for row in left.table.rows[:-1]]
        assert sum(int(row.cells[-1]) for row in shown.table.rows[:-1]) == sum(
            int(varde.get(kon) or 0) for varde in siffror.vagar.values()
        )
    for rows in zip(*tables.values(), strict=True):
        for cells in zip(*rows, strict=True):
            hidden = [cell for cell in cells if not cell.isdigit()]
            assert len(hidden) != 1, cells


def test_the_rows_are_the_classes_with_their_results() -> None:
    siffror = make(7)
    rows = make_rows(siffror, {})
    klass, total = [rad for rad in rows if rad.niva == 0], rows[-1]
    assert [rad.namn.replace("\u2002", " ") for rad in klass[:2]] == ["A Arbete", "B Studier"]
    assert sum(rad.varde.totalt or 0 for rad in klass[:-1]) == total.varde.totalt
    assert sum(rad.varde.totalt or 0 for rad in rows if rad.niva == 1) == total.varde.totalt
    assert {rad.namn for rad in rows} >= {"Arbete, mindre än en månad", "Kommunal arbetsmarknadsanställning"}


def test_nothing_at_all_is_told() -> None:
    figurer = {figur.id: figur for figur in make_figures((), NOLL)}
    empty = tuple(Varaktighet(slag.value, NOLL, NOLL, NOLL) for slag in Uppfoljningsslag)
    siffror = Siffror((), figurer, {}, empty, 5)
    pictures = leaving(siffror)
    assert all(pictures[name][0].empty for name in ("matris", "kvar", "dagar", "tillbaka"))
    assert [rad.andel for rad in make_rows(siffror, {})] == [None] * 7
