"""The week worked out for the grid, changed row by row, and what a piece of a sheet means in it."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.queries.idag.rows import Person
from db.queries.narvaro import NarvaroVeckaRow, PassRow
from db.rules.narvaro import Andel, count_andel
from desktop.screens.narvaro.follow_up import MOST, make_atgarder
from desktop.screens.narvaro.paste import read_paste, read_table
from desktop.screens.narvaro.rows import Bild, change_bild, find_missing, make_bild

MANDAG = date(2024, 6, 3)
N, G, O, S = "närvarande", "giltig frånvaro", "ogiltig frånvaro", "sjuk"  # noqa: E741 - the keys
HALVA = ("fm", "em")


def day(place: int) -> date:
    return MANDAG + timedelta(place)


def row(
    insats_id: int, *passes: tuple[int, str, str], name: str = "", delad: bool = False
) -> NarvaroVeckaRow:
    """Planned passes as (day, pass, status)."""
    made = tuple(PassRow(day(place), pass_, True, status, vantad=True) for place, pass_, status in passes)
    andel = count_andel(p.status for p in made)
    person = Person(insats_id, "nej", name or f"Person {insats_id}", "", str(insats_id))
    return NarvaroVeckaRow(
        insats_id, person, "sfi", "Köket", date(2024, 1, 1), None, 100, delad, made, andel, andel, None
    )


def whole(insats_id: int, statuses: str = ".....", name: str = "") -> NarvaroVeckaRow:
    words = {"n": N, "g": G, "o": O, "s": S, ".": ""}
    return row(insats_id, *((place, "", words[letter]) for place, letter in enumerate(statuses)), name=name)


def bild(*rows: NarvaroVeckaRow, idag: date = MANDAG + timedelta(6)) -> Bild:
    return make_bild(rows, MANDAG, idag, with_enhet=False)


Laid = dict[tuple[int, int, str], str]


def paste(text: str, week: Bild, row_: int = 0, slot: int = 0) -> tuple[Laid, tuple[str, ...]]:
    found = read_paste(read_table(text), week.rows, week.slots, row_, slot)
    return {(i, (d - MANDAG).days, p): s for (i, d, p), s in found.rutor.items()}, found.fel


Planned = list[tuple[int, str, str]]


def one_kind_a_day(passes: Planned) -> Planned:
    """A day is whole or in halves."""
    whole_days = {place for place, pass_, _ in passes if not pass_}
    return sorted(p for p in passes if not p[1] or p[0] not in whole_days)


PASSES = st.lists(
    st.tuples(st.integers(0, 6), st.sampled_from(["", *HALVA]), st.sampled_from(["", N, G, O, S])),
    max_size=8,
    unique_by=lambda p: (p[0], p[1]),
).map(one_kind_a_day)
CHANGES = st.lists(
    st.tuples(
        st.integers(1, 3), st.integers(0, 6), st.sampled_from(["", *HALVA]), st.sampled_from(["", N, O])
    )
)


@given(st.lists(PASSES, min_size=3, max_size=3), CHANGES)
def test_a_week_changed_is_the_week_made_anew(
    weeks: list[Planned], wanted: list[tuple[int, int, str, str]]
) -> None:
    before = bild(*(row(place + 1, *passes) for place, passes in enumerate(weeks)))
    known = {cell.key for shown in before.rows for cell in shown.cells}
    changes = {(i, day(d), p): s for i, d, p, s in wanted if (i, day(d), p) in known}
    after = change_bild(before, changes)
    anew = bild(*after.held)
    assert after.laget == anew.laget
    if [(s.day, s.part) for s in after.slots] == [(s.day, s.part) for s in anew.slots]:
        assert after == anew


def test_a_pass_set_and_taken_away_moves_the_figures() -> None:
    week = bild(whole(1, "n...."), whole(2, "o...."))
    assert [slot.total for slot in week.slots] == ["1/2", "0/2", "0/2", "0/2", "0/2"]
    after = change_bild(week, {(2, day(0), ""): N, (1, day(0), ""): "", (1, day(5), ""): S})
    assert after.slots[0].total == "1/2"
    assert (after.laget.registrerade, after.laget.planerade, after.laget.andel) == (2, 11, Andel(1, 2))
    assert [r.share_text for r in after.rows] == ["0\u00a0%", "100\u00a0%"]


def test_days_to_come_have_no_figure_yet() -> None:
    week = bild(whole(1), idag=day(1))
    assert [slot.total for slot in week.slots] == ["0/1", "0/1", "–/1", "–/1", "–/1"]
    assert [slot.today for slot in week.slots] == [False, True, False, False, False]
    assert find_missing(week.held, day(1)) == [(1, day(0), ""), (1, day(1), "")]
    assert find_missing(week.held, day(1), day(1)) == [(1, day(1), "")]


def test_filling_a_half_takes_whole_days_too() -> None:
    week = bild(row(1, (0, "fm", ""), (0, "em", ""), delad=True), whole(2))
    assert find_missing(week.held, day(0), day(0), "em") == [(1, day(0), "em"), (2, day(0), "")]


def test_a_column_per_day_stands_for_both_halves() -> None:
    halves = row(1, *((place, part, "") for place in range(5) for part in HALVA), delad=True)
    week = bild(halves, whole(2))
    assert len(week.slots) == 10
    rutor, fel = paste("n\t\to\t\t\ns\t\t\t\tg", week, slot=3)
    assert rutor == {
        (1, 0, "fm"): N, (1, 0, "em"): N, (1, 2, "fm"): O, (1, 2, "em"): O, (2, 0, ""): S, (2, 4, ""): G
    }  # fmt: skip
    assert fel == ()
    # With a column per half a whole day takes one value.
    rutor, fel = paste("\n".join(["n\to" + "\t" * 8] * 2), week)
    assert rutor == {(1, 0, "fm"): N, (1, 0, "em"): O, (2, 0, ""): N}
    assert fel == ("Person 2, måndag 3\u00a0juni em: Passet är en hel dag men har två olika värden.",)


@pytest.mark.parametrize(
    ("text", "slot", "told"),
    [
        ("n\tn\tn", 4, "Person 1: tabellen är bredare än veckan."),
        ("n\nn\nn", 0, "Tabellen har fler rader än listan. De sista kom inte med."),
        ("7,5", 0, "Person 1, måndag 3\u00a0juni: ”7,5” går inte att tolka. Skriv n, g, o eller s."),
        ("n", 4, "Person 1, fredag 7\u00a0juni: Dagen har inte varit ännu."),
        ("Bo Ek\tn", 0, "”Bo Ek” går inte att tolka. Skriv n, g, o eller s."),
    ],
)
def test_what_cannot_be_laid_out_is_told(text: str, slot: int, told: str) -> None:
    week = bild(whole(1), whole(2), idag=day(3))
    _, fel = paste(text, week, slot=slot)
    assert told in " ".join(fel)


def test_nothing_planned_is_not_pasted_over_but_can_be_taken_away() -> None:
    week = bild(row(1, (0, "", N)))
    assert paste("–\tn", week) == (
        {(1, 0, ""): ""}, ("Person 1, tisdag 4\u00a0juni: Inget pass är planerat.",)
    )  # fmt: skip


def test_two_rows_of_one_name_are_not_guessed_between() -> None:
    week = bild(whole(1, name="Åsa Ek"), whole(2, name="Åsa Ek"), whole(3, name="Bo Ek"))
    rutor, fel = paste("Namn\tmån\nasa ek\tn\nÅSA EK\tn\nbo ek\tS\nEva\tn", week)
    assert rutor == {(3, 0, ""): S}
    assert fel == (
        "asa ek finns inte i listan.",
        "ÅSA EK finns på flera rader. Skriv in de raderna för hand.",
        "Eva finns inte i listan.",
    )


def test_a_long_list_to_follow_up_is_cut() -> None:
    assert len(make_atgarder([whole(place, "o....") for place in range(100)], MANDAG)) == MOST
