"""R3–R8, the two-week aktivitetskrav, by example and against a day-by-day reading of the rules."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from db.rules.aktivitetskrav import (
    ArendeData,
    Bedomning,
    Installningar,
    Intervall,
    Startpunkt,
    Status,
    UtanAktivitet,
    calculate_frist,
    count_dagar,
    count_dagar_kvar,
    find_aktivitet,
    find_start,
    find_utan_aktivitet,
    judge,
    place_in_period,
)

S = date(2024, 3, 1)


def day(antal: int) -> date:
    """The day so many days after S."""
    return S + timedelta(days=antal)


def between(borjan: int, slut: int | None = None) -> Intervall:
    return day(borjan), None if slut is None else day(slut)


def make_arende(
    *insatser: Intervall, undantag: tuple[Intervall, ...] = (), avslutat: int | None = None
) -> ArendeData:
    """An ärende granted on S."""
    stangd = None if avslutat is None else day(avslutat)
    return ArendeData("A1", day(-20), S, "bifall", stangd, undantag, insatser)


def judge_on(antal: int, arende: ArendeData) -> Bedomning:
    bedomning = judge(arende, day(antal))
    assert bedomning is not None
    return bedomning


# R3


def test_r3_start_is_the_beslut_when_it_is_bifall() -> None:
    assert find_start(make_arende()) == S
    assert find_start(ArendeData("A1", S, day(3), "avslag")) is None
    assert find_start(ArendeData("A1", S)) is None
    assert find_start(ArendeData("A1", S, None, "bifall")) is None
    assert judge(ArendeData("A1", S), day(99)) is None


def test_r3_start_may_be_the_ansokan() -> None:
    installning = Installningar(Startpunkt.ANSOKAN)
    assert find_start(ArendeData("A1", S, day(3), "bifall"), installning) == S
    assert find_start(ArendeData("A1", S), installning) == S
    assert find_start(ArendeData("A1", S, day(3), "avslag"), installning) is None
    bedomning = judge(make_arende(), S, installning)
    assert bedomning is not None
    assert bedomning.frist == day(-6)


def test_r3_not_followed_before_its_start() -> None:
    assert judge(make_arende(), day(-1)) is None
    assert judge(make_arende(), S) == Bedomning(S, day(14), None, Status.PAGAR, None)


# R4


@pytest.mark.parametrize(
    ("undantag", "frist"),
    [
        ((), 14),
        ((between(0, 0),), 14),
        ((between(-30, -1),), 14),
        ((between(-30, 0),), 14),
        ((between(1, 1),), 15),
        ((between(14, 14),), 15),
        ((between(15, 20),), 14),
        ((between(-5, 3),), 17),
        ((between(5, 9),), 19),
        ((between(5, 9), between(7, 12)), 22),
        ((between(7, 12), between(5, 9)), 22),
        ((between(5, 12), between(7, 9)), 22),
        ((between(5, 9), between(5, 9)), 19),
        ((between(5, 9), between(10, 12)), 22),
        ((between(5, 9), between(11, 12)), 21),
        ((between(5, 9), between(20, 21)), 19),
        ((between(5, 9), between(19, 21)), 22),
        ((between(0),), None),
        ((between(-9),), None),
        ((between(14),), None),
        ((between(15),), 14),
        (
            (
                between(3, 5),
                between(17),
            ),
            None,
        ),
        (
            (
                between(3, 5),
                between(18),
            ),
            17,
        ),
        ((between(3), between(1, 2)), None),
        ((between(9, 5),), 14),
        (((day(1), date.max),), None),
    ],
)
def test_r4_frist_is_the_14th_day_not_covered(undantag: tuple[Intervall, ...], frist: int | None) -> None:
    assert calculate_frist(S, undantag, 14) == (None if frist is None else day(frist))


def test_r4_frist_over_the_leap_day_and_the_new_year() -> None:
    assert calculate_frist(date(2024, 2, 20), (), 14) == date(2024, 3, 5)
    assert calculate_frist(date(2023, 2, 20), (), 14) == date(2023, 3, 6)
    assert calculate_frist(date(2024, 12, 21), (), 14) == date(2025, 1, 4)


def test_r4_number_of_days_is_a_setting() -> None:
    bedomning = judge(make_arende(), S, Installningar(dagar=30))
    assert bedomning is not None
    assert bedomning.frist == day(30)
    assert calculate_frist(S, (between(0, 5),), 0) == S


# R5


@pytest.mark.parametrize(
    ("insatser", "dag", "aktivitet"),
    [
        ((), 20, None),
        ((between(-10),), 20, 0),
        ((between(-10, 0),), 20, 0),
        ((between(-10, -1),), 20, None),
        ((between(0, 0),), 20, 0),
        ((between(5, 9),), 20, 5),
        ((between(9), between(5, 6)), 20, 5),
        ((between(5), between(-3, 2)), 20, 0),
        ((between(20),), 20, 20),
        ((between(21),), 20, None),
        ((between(21), between(-9, -1)), 20, None),
        ((between(6, 5),), 20, None),
        ((between(5, 60),), 20, 5),
    ],
)
def test_r5_first_day_of_activity(insatser: tuple[Intervall, ...], dag: int, aktivitet: int | None) -> None:
    assert find_aktivitet(S, insatser, day(dag)) == (None if aktivitet is None else day(aktivitet))


# R6


@pytest.mark.parametrize(
    ("arende", "dag", "status"),
    [
        (make_arende(between(14)), 14, Status.UPPFYLLT),
        (make_arende(between(15)), 15, Status.UPPFYLLT_SENT),
        (make_arende(between(15)), 14, Status.PAGAR),
        (make_arende(between(5, 6)), 40, Status.UPPFYLLT),
        (make_arende(between(40), undantag=(between(3),)), 40, Status.UPPFYLLT),
        (make_arende(between(16), undantag=(between(3, 4),)), 40, Status.UPPFYLLT),
        (make_arende(between(17), undantag=(between(3, 4),)), 40, Status.UPPFYLLT_SENT),
        (make_arende(between(5), avslutat=5), 40, Status.UPPFYLLT),
        (make_arende(between(6), avslutat=5), 40, Status.AVSLUTAT_FORE_FRIST),
        (make_arende(between(18), avslutat=18), 40, Status.UPPFYLLT_SENT),
        (make_arende(between(19), avslutat=18), 40, Status.FORFALLET),
        (make_arende(between(5), avslutat=5), 4, Status.PAGAR),
        (make_arende(avslutat=14), 14, Status.AVSLUTAT_FORE_FRIST),
        (make_arende(avslutat=14), 13, Status.PAGAR),
        (make_arende(avslutat=15), 15, Status.FORFALLET),
        (make_arende(avslutat=15), 14, Status.PAGAR),
        (make_arende(avslutat=99, undantag=(between(3),)), 99, Status.AVSLUTAT_FORE_FRIST),
        (make_arende(avslutat=99, undantag=(between(3),)), 98, Status.UNDANTAG),
        (make_arende(avslutat=20, undantag=(between(16),)), 30, Status.UNDANTAG),
        (make_arende(undantag=(between(3, 9),)), 9, Status.UNDANTAG),
        (make_arende(undantag=(between(3, 9),)), 10, Status.PAGAR),
        (make_arende(undantag=(between(30, 40),)), 35, Status.UNDANTAG),
        (make_arende(undantag=(between(30, 40),)), 41, Status.FORFALLET),
        (make_arende(undantag=(between(10),)), 5, Status.PAGAR),
        (make_arende(), 14, Status.PAGAR),
        (make_arende(), 15, Status.FORFALLET),
    ],
)
def test_r6_first_status_that_fits(arende: ArendeData, dag: int, status: Status) -> None:
    assert judge_on(dag, arende).status is status


def test_r6_activity_after_the_close_is_not_shown() -> None:
    assert judge_on(40, make_arende(between(6), avslutat=5)).aktivitet is None
    assert judge_on(40, make_arende(between(6), avslutat=5)).dagar is None
    assert judge_on(40, make_arende(between(6), avslutat=6)).aktivitet == day(6)


def test_r6_days_left() -> None:
    assert count_dagar_kvar(judge_on(4, make_arende()), day(4)) == 10
    assert count_dagar_kvar(judge_on(14, make_arende()), day(14)) == 0
    assert count_dagar_kvar(judge_on(15, make_arende()), day(15)) is None
    assert count_dagar_kvar(judge_on(5, make_arende(undantag=(between(10),))), day(5)) is None


# R7


@pytest.mark.parametrize(
    ("undantag", "aktivitet", "dagar"),
    [
        ((), 0, 0),
        ((), 9, 9),
        ((between(0, 0),), 9, 9),
        ((between(-9, 2),), 9, 7),
        ((between(9, 9),), 9, 8),
        ((between(3, 5), between(4, 6)), 9, 5),
        ((between(3),), 9, 2),
        ((between(10),), 9, 9),
        ((between(-1),), 9, 0),
        ((between(-5),), 0, 0),
    ],
)
def test_r7_days_to_activity(undantag: tuple[Intervall, ...], aktivitet: int, dagar: int) -> None:
    assert count_dagar(S, day(aktivitet), undantag) == dagar


@pytest.mark.parametrize(
    ("arende", "fran", "till", "plats"),
    [
        (make_arende(), 14, 20, "bas"),
        (make_arende(), 10, 14, "bas"),
        (make_arende(), 15, 20, None),
        (make_arende(), 0, 13, None),
        (make_arende(avslutat=3), 0, 20, "avslutat"),
        (make_arende(avslutat=3), 0, 13, None),
        (make_arende(undantag=(between(1),)), 0, 3, "utan_frist"),
        (make_arende(undantag=(between(1),)), 1, 99, None),
        (make_arende(undantag=(between(1),), avslutat=3), 0, 3, "utan_frist"),
    ],
)
def test_r7_each_arende_has_one_place(arende: ArendeData, fran: int, till: int, plats: str | None) -> None:
    assert place_in_period(judge_on(99, arende), day(fran), day(till)) == plats


# R8


@pytest.mark.parametrize(
    ("arende", "dag", "svar"),
    [
        (make_arende(), 20, UtanAktivitet(S, 20, day(14), False)),
        (make_arende(), 0, UtanAktivitet(S, 0, day(14), False)),
        (make_arende(), -1, None),
        (make_arende(between(5, 9)), 9, None),
        (make_arende(between(5, 9)), 10, UtanAktivitet(day(9), 1, day(23), True)),
        (make_arende(between(5, 9), between(8)), 30, None),
        (make_arende(between(5, 9), between(31)), 30, UtanAktivitet(day(9), 21, day(23), True)),
        (make_arende(between(5, 9), between(2, 12)), 30, UtanAktivitet(day(12), 18, day(26), True)),
        (make_arende(between(-9, -2)), 30, UtanAktivitet(S, 30, day(14), False)),
        (make_arende(undantag=(between(3, 6),)), 6, None),
        (make_arende(undantag=(between(3, 6),)), 7, UtanAktivitet(day(6), 1, day(18), False)),
        (make_arende(undantag=(between(3),)), 7, None),
        (
            make_arende(between(1, 4), undantag=(between(7, 9),)),
            6,
            UtanAktivitet(day(4), 2, day(21), True),
        ),
        (
            make_arende(between(1, 4), undantag=(between(7, 9),)),
            10,
            UtanAktivitet(day(9), 1, day(23), True),
        ),
        (make_arende(between(1, 4), undantag=(between(7),)), 6, UtanAktivitet(day(4), 2, None, True)),
        (make_arende(avslutat=20), 20, None),
        (make_arende(avslutat=20), 19, UtanAktivitet(S, 19, day(14), False)),
        (ArendeData("A1", S), 5, None),
    ],
)
def test_r8_work_list(arende: ArendeData, dag: int, svar: UtanAktivitet | None) -> None:
    assert find_utan_aktivitet(arende, day(dag)) == svar


# Properties

TAL = st.integers(-10, 60)
INTERVALL = st.builds(
    lambda borjan, langd: between(borjan, None if langd is None else borjan + langd),
    TAL,
    st.none() | st.integers(0, 30),
)
FLERA = st.lists(INTERVALL, max_size=4).map(tuple)
ARENDEN = st.builds(
    lambda insatser, undantag, avslutat: make_arende(*insatser, undantag=undantag, avslutat=avslutat),
    FLERA,
    FLERA,
    st.none() | st.integers(0, 60),
)
LANGT = 400


def covered(antal: int, intervall: tuple[Intervall, ...]) -> bool:
    return any(a <= day(antal) and (b is None or day(antal) <= b) for a, b in intervall)


def judge_by_days(arende: ArendeData, dag: int) -> Bedomning:
    """The words of R4–R7, day by day."""
    fria = [n for n in range(1, LANGT) if not covered(n, tuple(arende.undantag))]
    frist = fria[13] if len(fria) > 13 else None
    stangd = LANGT if arende.avslutat is None else (arende.avslutat - S).days
    borjade = tuple(i for i in arende.insatser if i[0] <= day(dag))
    aktivitet = next((n for n in range(min(dag, stangd) + 1) if covered(n, borjade)), None)
    if aktivitet is not None:
        sent = frist is not None and aktivitet > frist
        status = Status.UPPFYLLT_SENT if sent else Status.UPPFYLLT
    elif stangd <= dag and (frist is None or stangd <= frist):
        status = Status.AVSLUTAT_FORE_FRIST
    elif covered(dag, tuple(arende.undantag)):
        status = Status.UNDANTAG
    else:
        status = Status.FORFALLET if frist is not None and dag > frist else Status.PAGAR
    return Bedomning(
        S,
        None if frist is None else day(frist),
        None if aktivitet is None else day(aktivitet),
        status,
        None if aktivitet is None else sum(n <= aktivitet for n in fria),
    )


@given(ARENDEN, st.integers(0, 90))
def test_judgement_agrees_with_the_rules_read_day_by_day(arende: ArendeData, dag: int) -> None:
    assert judge(arende, day(dag)) == judge_by_days(arende, dag)


@given(st.dates(date(1990, 1, 1), date(2100, 1, 1)), st.integers(1, 60))
def test_frist_without_undantag_is_start_plus_days(start: date, dagar: int) -> None:
    assert calculate_frist(start, (), dagar) == start + timedelta(days=dagar)


@given(FLERA, INTERVALL)
def test_another_undantag_never_makes_the_frist_earlier(
    undantag: tuple[Intervall, ...], nytt: Intervall
) -> None:
    forr, nu = calculate_frist(S, undantag, 14), calculate_frist(S, (*undantag, nytt), 14)
    assert nu is None or (forr is not None and nu >= forr)


@given(FLERA, st.randoms(use_true_random=False))
def test_order_and_repetition_of_undantag_change_nothing(
    undantag: tuple[Intervall, ...], slump: object
) -> None:
    blandat = sorted(undantag + undantag[:2], key=repr)
    assert calculate_frist(S, tuple(blandat), 14) == calculate_frist(S, undantag, 14)
    assert count_dagar(S, day(50), blandat) == count_dagar(S, day(50), undantag)


@given(FLERA, st.integers(0, 90))
def test_activity_is_in_time_exactly_when_it_took_no_more_than_14_days(
    undantag: tuple[Intervall, ...], aktivitet: int
) -> None:
    frist = calculate_frist(S, undantag, 14)
    i_tid = frist is None or day(aktivitet) <= frist
    # A covered day costs nothing: an activity inside an undantag just after F took 14 days and is late.
    assert i_tid or count_dagar(S, day(aktivitet), undantag) >= 14
    assert not i_tid or count_dagar(S, day(aktivitet), undantag) <= 14


@given(ARENDEN, st.integers(0, 90))
def test_r8_days_are_counted_from_a_day_since_which_nothing_ran(arende: ArendeData, dag: int) -> None:
    rad = find_utan_aktivitet(arende, day(dag))
    if rad is None:
        return
    sedan = (rad.sedan - S).days
    assert rad.dagar == dag - sedan >= 0
    tackt = (*arende.insatser, *arende.undantag)
    assert not any(covered(n, tackt) for n in range(sedan + 1, dag + 1))
