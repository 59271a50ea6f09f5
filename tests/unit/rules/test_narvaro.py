"""Passes of a week, shares and series; ej registrerat is never absence."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.koder import NarvaroStatus
from db.rules.narvaro import (
    EJ_REGISTRERAT,
    Andel,
    Serie,
    count_andel,
    fill_passes,
    find_forsta,
    find_mandag,
    find_serier,
    find_sista,
    merge_passes,
    parse_status,
    plan_passes,
)

MANDAG = date(2024, 6, 3)
N, G, O, S = (status.value for status in NarvaroStatus)  # noqa: E741 - the key that one presses
LETTERS = {"n": N, "g": G, "o": O, "s": S}


def days(count: int) -> date:
    return MANDAG + timedelta(count)


def written(letters: str) -> list[tuple[date, str]]:
    """A letter per day from Monday on; "." is ej registrerat, and a pair in brackets fm and em."""
    found, day, inside = [], MANDAG, False
    for letter in letters:
        inside = letter == "(" or (inside and letter != ")")
        if letter in LETTERS:
            found.append((day, LETTERS[letter]))
        if not inside:
            day += timedelta(1)
    return found


@pytest.mark.parametrize("dag", [days(0), days(3), days(6)])
def test_a_week_begins_on_its_monday(dag: date) -> None:
    assert find_mandag(dag) == MANDAG


def test_without_a_schema_every_weekday_is_planned() -> None:
    assert [plan_passes((), days(n)) for n in range(7)] == [("",)] * 5 + [()] * 2


def test_a_schema_says_which_passes() -> None:
    schema = {(1, "em"), (1, "fm"), (2, "fm"), (3, ""), (3, "fm"), (6, "")}
    assert [plan_passes(schema, days(n)) for n in range(7)] == [
        ("fm", "em"), ("fm",), ("",), (), (), ("",), ()
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("planerade", "registrerade", "passes"),
    [
        (("fm", "em"), (), ("fm", "em")),
        (("fm", "em"), ("em",), ("fm", "em")),
        (("fm", "em"), ("",), ("",)),
        (("",), ("fm",), ("fm",)),
        (("",), (), ("",)),
        ((), ("em", "fm"), ("fm", "em")),
        (("fm",), ("em",), ("fm", "em")),
        ((), ("", "fm"), ("",)),
        ((), (), ()),
    ],
)
def test_a_day_is_whole_or_in_halves(
    planerade: tuple[str, ...], registrerade: tuple[str, ...], passes: tuple[str, ...]
) -> None:
    assert merge_passes(planerade, registrerade) == passes


def test_the_share_is_of_what_is_registered() -> None:
    assert count_andel([N, "", O, N, ""]) == Andel(2, 3)
    assert Andel(2, 3).procent == pytest.approx(200 / 3)
    assert count_andel(["", ""]).procent is None
    assert Andel(1, 2) + Andel(3, 4) == Andel(4, 6)


@pytest.mark.parametrize(
    ("letters", "serier"),
    [
        ("oo", ()),
        ("ooo", ((0, 2, 3),)),
        ("oo.o", ((0, 3, 3),)),
        ("oo.no", ()),
        ("ooo..oo", ((0, 6, 5),)),
        ("oosoo", ()),
        ("ooonooo", ((0, 2, 3), (4, 6, 3))),
        # Friday, then Monday: a weekend is nothing.
        ("....o..oo", ((4, 8, 3),)),
        # A day is ogiltig when nothing else is registered on it.
        ("(oo)o(o.)", ((0, 2, 3),)),
        ("(on)ooo", ((1, 3, 3),)),
        ("oo(so)o", ()),
    ],
)
def test_three_days_in_a_row(letters: str, serier: tuple[tuple[int, int, int], ...]) -> None:
    expected = tuple(Serie(days(first), days(last), count) for first, last, count in serier)
    assert find_serier(written(letters)) == expected


def test_a_series_may_have_begun_before() -> None:
    fore = Serie(days(-4), days(-3), 2)
    assert find_serier(written("o"), fore) == (Serie(days(-4), MANDAG, 3),)
    assert find_serier(written("no"), fore) == ()
    assert find_serier([], Serie(days(-7), days(-3), 5)) == (Serie(days(-7), days(-3), 5),)
    assert find_serier(written("no"), fore, minst=1) == (fore, Serie(days(1), days(1), 1))


STATUSAR = st.lists(st.sampled_from(["", *LETTERS.values()]), max_size=40)


SPREAD = st.lists(st.tuples(st.integers(1, 12), st.sampled_from(list(LETTERS.values()))), max_size=40)


@given(SPREAD)
def test_days_that_nobody_registered_change_no_series(steps: list[tuple[int, str]]) -> None:
    """However far apart the registered days lie, the series have as many days as side by side."""
    day, spread = MANDAG, []
    for step, status in steps:
        day += timedelta(step)
        spread.append((day, status))
    close = [(days(place), status) for place, (_, status) in enumerate(steps)]
    assert [serie.dagar for serie in find_serier(spread)] == [serie.dagar for serie in find_serier(close)]


@given(STATUSAR.map(lambda found: [status for status in found if status]), st.integers(0, 40))
def test_a_series_goes_on_over_any_week_end(statusar: list[str], cut: int) -> None:
    """Read in two parts, with what was running handed over, the series are those of the whole."""
    rows = [(days(place), status) for place, status in enumerate(statusar)]
    before, after = find_serier(rows[:cut], minst=1), rows[cut:]
    running = before[-1] if before and rows[:cut][-1][1] == O else None
    whole = find_serier(rows)
    ended = before[:-1] if running else before
    assert [s for s in ended if s.dagar >= 3] + list(find_serier(after, running)) == list(whole)


@given(STATUSAR)
def test_a_share_is_between_nothing_and_all(statusar: list[str]) -> None:
    andel = count_andel(statusar)
    assert 0 <= andel.narvarande <= andel.registrerade == sum(1 for status in statusar if status)
    assert andel.procent is None or 0 <= andel.procent <= 100
    assert andel == count_andel(status for status in statusar if status)


def test_filling_leaves_what_is_registered_and_what_is_to_come() -> None:
    passes = [
        (days(0), "", True, O), (days(1), "fm", True, ""), (days(1), "em", False, ""),
        (days(2), "", True, ""), (days(3), "", True, ""),
    ]  # fmt: skip
    assert list(fill_passes(passes, days(2))) == [(days(1), "fm"), (days(2), "")]


@pytest.mark.parametrize(
    ("text", "status"),
    [
        ("n", N), ("N", N), (" Närvarande ", N), ("närv.", N), ("g", G), ("Giltig  frånvaro", G),
        ("giltig", G), ("O", O), ("ogiltig frånvaro", O), ("ogiltig", O), ("s", S), ("SJUK", S),
        ("sjukfrånvaro", S),
        ("ej registrerat", EJ_REGISTRERAT), ("–", EJ_REGISTRERAT), ("-", EJ_REGISTRERAT),
        ("x", None), ("7,5", None), ("närvarande?", None), ("", None),
    ],
)  # fmt: skip
def test_words_of_a_sheet(text: str, status: str | None) -> None:
    assert parse_status(text) == status


@pytest.mark.parametrize(
    ("har_schema", "forsta_rad", "forsta"),
    [
        (True, None, MANDAG),
        (True, MANDAG + timedelta(9), MANDAG),
        (False, None, None),
        (False, MANDAG + timedelta(9), MANDAG + timedelta(9)),
        (False, MANDAG - timedelta(3), MANDAG),  # a row outside, as an import may bring
    ],
)
def test_passes_are_missed_from_the_start_with_a_schema_else_from_the_first_row(
    har_schema: bool, forsta_rad: date | None, forsta: date | None
) -> None:
    assert find_forsta(MANDAG, har_schema, forsta_rad) == forsta


@pytest.mark.parametrize(
    ("slut", "avslutad", "sista"),
    [(None, None, -1), (-3, None, -3), (None, -5, -5), (-3, -5, -5), (0, None, -1), (4, 7, -1)],
)
def test_passes_are_missed_to_yesterday_or_the_end(
    slut: int | None, avslutad: int | None, sista: int
) -> None:
    ends = [None if end is None else MANDAG + timedelta(end) for end in (slut, avslutad)]
    assert find_sista(*ends, MANDAG) == MANDAG + timedelta(sista)
