"""The pictures of the flow: which days, what is drawn, and what may not leave the programme (R12)."""

from collections import Counter
from datetime import date, timedelta
from itertools import pairwise

import pytest

from db.queries.flode import Vag
from db.queries.tavla import FlodeUrval
from db.rules.flode import Kurva
from desktop.screens.flode.model import Perioden, make_span
from desktop.screens.flode.pictures import choose_days, make_stack, make_ways

IDAG = date(2026, 11, 12)


def test_a_short_period_is_drawn_as_half_a_year() -> None:
    dagar = choose_days(date(2026, 10, 1), date(2026, 10, 31), IDAG)
    assert (len(dagar), dagar[-1]) == (26, IDAG)
    assert {b - a for a, b in pairwise(dagar)} == {timedelta(7)}


def test_a_long_period_has_no_more_points_than_can_be_seen() -> None:
    dagar = choose_days(date(2016, 1, 1), date(2025, 12, 31), IDAG)
    assert 30 <= len(dagar) <= 61
    assert dagar[-1] == date(2025, 12, 31)


@pytest.mark.parametrize(
    ("val", "fran", "till", "namn"),
    [
        (Perioden.MANAD, date(2026, 10, 1), date(2026, 10, 31), "i oktober"),
        (Perioden.VECKOR_26, date(2026, 5, 15), IDAG, "på 26 veckor"),
        (Perioden.I_AR, date(2026, 1, 1), IDAG, "i år"),
        (Perioden.FORRA_ARET, date(2025, 1, 1), date(2025, 12, 31), "2025"),
        (Perioden.EGEN, date(2026, 3, 1), date(2026, 4, 15), "1 mar–15 apr"),
    ],
)
def test_the_periods_that_can_be_chosen(val: Perioden, fran: date, till: date, namn: str) -> None:
    span = make_span(val, IDAG, (date(2026, 3, 1), date(2026, 4, 15)))
    assert (span.fran, span.till, span.namn.replace("\u00a0", " ")) == (fran, till, namn)
    assert span.fore[1] < span.fran or val is Perioden.I_AR


def test_in_january_the_month_before_is_december_with_its_year() -> None:
    span = make_span(Perioden.MANAD, date(2026, 1, 5))
    names = (span.namn.replace("\u00a0", " "), span.fore_namn.replace("\u00a0", " "))
    assert names == ("i december 2025", "i november 2025")


def kurva(id_: int | None, namn: str, *antal: int) -> Kurva:
    return Kurva(id_, namn, {"K": antal, "M": tuple(0 for _ in antal), None: tuple(0 for _ in antal)})


def test_small_steg_are_hidden_when_the_picture_leaves() -> None:
    dagar = (date(2026, 11, 5), IDAG)
    kurvor = [kurva(None, "Utan steg", 0, 0), kurva(1, "Insats", 40, 41), kurva(2, "Matchning", 9, 3)]
    shown, leaving = make_stack(kurvor, dagar, IDAG, 5)
    assert shown.title.replace("\u00a0", " ") == "Deltagare per steg, 2 veckor"
    rows = {row.cells[0].replace("\u00a0", " "): row.cells for row in leaving.table.rows}
    assert "<5" in rows["v. 46"]
    assert "3" not in rows["v. 46"]
    assert "<5" not in rows["v. 45"]
    assert "3" in {row.cells[0].replace("\u00a0", " "): row.cells for row in shown.table.rows}["v. 46"]


def vag(steg: str, insats: str, resultat: str, antal: int) -> Vag:
    return Vag(steg, insats, resultat, Counter({"K": antal}))


def test_the_rarer_insatser_stand_together_and_open_nobody() -> None:
    vagar = [vag("Insats", f"insats {n}", "arbete", 20 - n) for n in range(12)] + [vag("", "", "avlidit", 30)]
    shown, underlag = make_ways(vagar, make_span(Perioden.MANAD, IDAG), date(2026, 10, 31), 5)
    cells = [row.cells for row in shown.table.rows]
    assert ("Insats", "Andra insatser", "42") in cells
    assert ("Utan steg", "Ingen insats", "30") in cells
    by_cells = {row.cells: row for row in shown.table.rows}
    assert by_cells["Insats", "Andra insatser", "42"].choices == ()
    assert by_cells["Utan steg", "Ingen insats", "30"].choices != ()
    assert [row.cells for row in underlag.made().table.rows] == cells


def test_nobody_went_anywhere() -> None:
    shown, underlag = make_ways([], make_span(Perioden.MANAD, IDAG), date(2026, 10, 31), 5)
    assert shown.table.rows == underlag.made().table.rows == ()


def test_other_people_are_another_print() -> None:
    span = make_span(Perioden.MANAD, IDAG)
    alla, ena, andra = (
        make_ways([], span, IDAG, 5, urval)[1].variant
        for urval in (FlodeUrval(), FlodeUrval(spar="A"), FlodeUrval(koordinator="A"))
    )
    assert alla == ""
    assert len({alla, ena, andra}) == 3
    assert max(len(ena), len(andra)) <= 120
