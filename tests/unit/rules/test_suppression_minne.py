"""A print is hidden against those that are out already (R12): cases, and an attacker who has all of them."""

import random
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import pytest

from db.rules import suppression_minne
from db.rules.figurer import Figur, Konsvarden, Summa
from db.rules.sidor import Lager, Nar, Sida, side_from_plain, side_to_plain
from db.rules.suppression import hide
from db.rules.suppression_minne import hide_sides, read_out
from tests.unit.rules.attack import count_row, counts, share_row
from tests.unit.rules.attack_prints import Dagar, Handelser, Prints, make_side

AR = (date(2024, 1, 1), date(2024, 12, 31))
H1 = (date(2024, 1, 1), date(2024, 6, 30))
H2 = (date(2024, 7, 1), date(2024, 12, 31))
T1 = (date(2024, 1, 1), date(2024, 4, 30))
T2 = (date(2024, 5, 1), date(2024, 8, 31))
T3 = (date(2024, 9, 1), date(2024, 12, 31))
JULI = (date(2024, 7, 1), date(2024, 7, 31))
IFJOL = (date(2023, 1, 1), date(2023, 12, 31))


def side(dagar: tuple[date, date], *figurer: Figur, **more: object) -> Sida:
    return replace(Sida(dagar[0], dagar[1], dagar[1], figurer), **more)  # type: ignore[arg-type]


def total(antal: int, namn: str = "a") -> Figur:
    return Figur(namn, "antal", Konsvarden(totalt=antal))


def out(*sidor: Sida) -> list[Sida]:
    """The sides as printed one after the other, with what is hidden of each."""
    printed: list[Sida] = []
    for sida in sidor:
        (marks,) = hide_sides([sida], [read_out(s) for s in reversed(printed)])
        printed.append(replace(sida, dolda=marks))
    return printed


def marks(*sidor: Sida) -> list[str]:
    """The mark of the total of row a, print by print."""
    return [dict(sida.dolda["a"]).get("totalt", "") for sida in out(*sidor)]


class TestSameDays:
    def test_a_difference_of_one_to_four_is_hidden(self) -> None:
        assert marks(side(AR, total(100)), side(AR, total(102))) == ["", ".."]
        assert marks(side(AR, total(100)), side(AR, total(96))) == ["", ".."]
        assert marks(side(AR, total(100)), side(AR, total(105)), side(AR, total(101))) == ["", "", ".."]

    def test_what_is_the_same_is_shown_again(self) -> None:
        assert marks(side(AR, total(100)), side(AR, total(100)), side(AR, total(105))) == ["", "", ""]

    def test_the_same_print_has_the_same_marks(self) -> None:
        first, second = out(*2 * [side(AR, count_row("a", 3, 8, 1), count_row("b", 0, 2))])
        assert first.dolda == second.dolda

    def test_what_was_hidden_stays_hidden(self) -> None:
        """The man hidden to protect three kvinnor: shown when the kvinnor are ten, he would tell of them."""
        first, second = out(side(AR, count_row("a", 3, 8)), side(AR, count_row("a", 10, 8)))
        assert first.dolda["a"] == {"kvinnor": "<5", "man": ".."}
        assert second.dolda["a"] == {"kvinnor": "..", "man": ".."}

    def test_a_vague_mark_stays_vague(self) -> None:
        first, second = out(*2 * [side(AR, count_row("a", 4, 4))])
        assert first.dolda == second.dolda == {"a": {"kvinnor": "<5", "man": "<5", "totalt": ".."}}
        liten = replace(side(AR, total(3)), dolda={"a": {"totalt": ".."}})
        assert hide_sides([side(AR, total(3))], [read_out(liten)]) == [{"a": {"totalt": ".."}}]

    def test_means_and_shares_rest_on_the_same_people(self) -> None:
        def rows(antal: int) -> tuple[Figur, ...]:
            varde = Konsvarden(totalt=10.5)
            medel = Figur("medel", "dagar", varde, namnare=Konsvarden(totalt=antal), namnare_id="bas")
            return medel, share_row("andel", counts(20, 20), counts(20 + antal, 40), "d", "hel")

        first, second = out(side(AR, *rows(30)), side(AR, *rows(33)))
        assert first.dolda == {"medel": {}, "andel": {}}
        assert second.dolda == {"medel": {"totalt": ".."}, "andel": {"kvinnor": "..", "totalt": ".."}}

    def test_what_is_out_is_shown_though_others_stand_behind_it(self) -> None:
        rader = [replace(total(30), namnare=Konsvarden(totalt=antal)) for antal in (40, 42)]
        assert marks(*(side(AR, rad) for rad in rader)) == ["", ""]

    def test_a_threshold_that_was_lower(self) -> None:
        sida = replace(side(AR, total(7)), dolda={})
        assert hide_sides([side(AR, total(7))], [read_out(sida, 10)], 10) == [{"a": {"totalt": ".."}}]

    def test_what_is_not_about_people_is_shown(self) -> None:
        plats = replace(total(100), skyddas=False)
        assert marks(side(AR, plats), side(AR, replace(plats, varde=Konsvarden(totalt=102)))) == ["", ""]


class TestOtherDays:
    def test_half_a_year_within_the_year(self) -> None:
        assert marks(side(H1, total(50)), side(AR, total(53))) == ["", ".."]
        assert marks(side(AR, total(53)), side(H1, total(50))) == ["", ".."]
        assert marks(side(AR, total(53)), side(H1, total(40)), side(H2, total(13))) == ["", "", ""]

    def test_within_the_year_with_days_on_both_sides(self) -> None:
        assert marks(side(AR, total(53)), side(JULI, total(50))) == ["", ".."]
        assert marks(side(AR, total(53)), side(JULI, total(40))) == ["", ""]

    def test_parts_that_make_the_year(self) -> None:
        """Two open parts and the year tell the third: it is hidden, and so is what would tell it."""
        assert marks(*(side(d, total(n)) for d, n in ((T1, 20), (T2, 30), (AR, 53)))) == ["", "", ".."]
        assert marks(*(side(d, total(n)) for d, n in ((T1, 20), (T3, 3), (AR, 53)))) == ["", "<5", ""]
        told = (T1, 20), (T3, 3), (AR, 53), (T2, 30)
        assert marks(*(side(d, total(n)) for d, n in told)) == ["", "<5", "", ".."]

    def test_parts_that_overlap(self) -> None:
        """H1 and T2 together with T1 tell May and June, and July and August."""
        assert marks(*(side(d, total(n)) for d, n in ((T1, 20), (H1, 23), (T2, 30)))) == ["", "..", ""]
        assert marks(*(side(d, total(n)) for d, n in ((T1, 20), (H1, 40), (T2, 23)))) == ["", "", ".."]

    def test_days_that_have_nothing_to_do_with_each_other(self) -> None:
        assert marks(side(AR, total(50)), side(IFJOL, total(52))) == ["", ""]

    def test_a_bound_next_to_a_hidden_number(self) -> None:
        """Eight män, hidden for three kvinnor: eight men in July would leave the kvinnor at most three."""
        _first, second = out(side(AR, count_row("a", 3, 8)), side(JULI, count_row("a", 0, 8)))
        assert "man" in second.dolda["a"]

    def test_the_comparison_of_the_same_print(self) -> None:
        """The year and its first half side by side: the rest must not be told."""
        sidor = [side(AR, total(53)), side(H1, total(50))]
        assert hide_sides(sidor) == [{"a": {}}, {"a": {"totalt": ".."}}]

    def test_too_many_prints(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Beyond what is weighed, nothing is shown that is not out already."""
        monkeypatch.setattr(suppression_minne, "FLEST", 1)
        andel = share_row("andel", counts(20, 20), counts(40, 40), "b", "hel")
        forst = side(AR, total(100), count_row("b", 20, 20))
        printed = out(forst, side(T1, total(50)), side(AR, total(100), count_row("b", 60, 70), andel))
        assert dict(printed[2].dolda["a"]) == {}
        assert set(printed[2].dolda["b"]) == {"kvinnor", "man", "totalt"}
        assert {"kvinnor", "man", "totalt"} <= set(printed[2].dolda["andel"])
        medel = Figur("m", "antal", Konsvarden(totalt=30.5), namnare=Konsvarden(totalt=40))
        again = out(forst, side(T1, total(50)), side(AR, medel), side(AR, medel), side(AR, medel))
        assert [bool(sida.dolda["m"]) for sida in again[2:]] == [True, True, True]


class TestDays:
    """Rows that count what there is on the last day, the day of judgement, or in the year so far."""

    def test_another_day_tells_nothing(self) -> None:
        nar = {"a": Nar.DAG}
        assert marks(side(H1, total(50), nar=nar), side(AR, total(52), nar=nar)) == ["", ""]
        assert marks(side(H2, total(50), nar=nar), side(AR, total(52), nar=nar)) == ["", ".."]
        assert marks(side(H2, total(50), nar=nar), side(AR, total(60), nar=nar)) == ["", ""]

    def test_the_same_day_hides_the_same(self) -> None:
        nar = {"a": Nar.PER}
        first, second = out(side(H2, count_row("a", 3, 8), nar=nar), side(AR, count_row("a", 3, 8), nar=nar))
        assert first.dolda == {"a": {"kvinnor": "<5", "man": ".."}}
        assert set(second.dolda["a"]) == {"kvinnor", "man"}

    def test_the_year_so_far(self) -> None:
        nar = {"a": Nar.AR}
        assert marks(side(T1, total(50), nar=nar), side(T2, total(53), nar=nar)) == ["", ".."]


LAGER = (Lager("a", "in", "ut"),)


def flow(dagar: tuple[date, date], antal: int, kom: int, gick: int) -> Sida:
    rader = [total(antal), total(kom, "in"), total(gick, "ut")]
    return side(dagar, *rader, nar={"a": Nar.DAG}, lager=LAGER)


def hidden(sida: Sida) -> set[str]:
    return {rad for rad, marks in sida.dolda.items() if marks}


class TestStockAndFlow:
    def test_two_days_and_one_flow_tell_the_other(self) -> None:
        """100 at the end of June and 120 in December, 23 came: 3 went."""
        first, second = out(flow(H1, 100, 30, 20), flow(H2, 120, 23, 3))
        assert hidden(first) == set()
        assert {"ut"} < hidden(second)
        (second,) = out(flow(H2, 120, 23, 3))
        assert hidden(second) == {"ut"}

    def test_a_hidden_day_before_stays_hidden(self) -> None:
        first, second = out(flow(H1, 3, 30, 20), flow(H2, 30, 40, 13))
        assert hidden(first) == {"a"}
        assert hidden(second) == {"a"}

    def test_where_the_day_is_out_the_flow_is_hidden(self) -> None:
        first = flow(H1, 3, 30, 20)
        rest = side(T3, total(30), nar={"a": Nar.DAG})
        printed = out(first, rest, flow(H2, 30, 40, 13))
        assert hidden(printed[1]) == set()
        assert hidden(printed[2]) == {"ut"}
        same = side(H2, total(40, "in"), total(13, "ut"))
        printed = out(first, rest, same, flow(H2, 30, 40, 13))
        assert hidden(printed[3]) == set()  # all of it is out already

    def test_other_prints_tell_what_came_and_went(self) -> None:
        """The flows of H2 are out, without the day: then June and December tell each other."""
        flows = side(H2, total(40, "in"), total(13, "ut"), lager=LAGER)
        december = flow((date(2024, 12, 1), date(2024, 12, 31)), 30, 10, 5)
        printed = out(flow(H1, 3, 30, 20), flows, december)
        assert hidden(printed[2]) == {"a"}
        printed = out(flow(H1, 13, 30, 20), flows, flow(december_days(), 40, 10, 5))
        assert hidden(printed[2]) == set()

    def test_the_day_before_is_printed_afterwards(self) -> None:
        """December's 30 are out, and H2's flows: they tell June's 3."""
        h2 = flow(H2, 30, 40, 13)
        _first, second = out(h2, flow(H1, 3, 30, 20))
        assert hidden(second) == {"a"}
        _first, second = out(h2, flow(H1, 300, 30, 20))
        assert hidden(second) == set()

    def test_flows_that_nobody_has_told(self) -> None:
        """H1's day is out, December is printed, and what came from July to November is not."""
        printed = out(flow(H1, 3, 30, 20), flow(december_days(), 30, 10, 5))
        assert hidden(printed[1]) == set()
        half = side(H2, total(40, "in"), lager=LAGER)
        printed = out(flow(H1, 3, 30, 20), half, flow(december_days(), 30, 10, 5))
        assert hidden(printed[2]) == set()

    def test_numbers_that_do_not_add_up_tell_nothing(self) -> None:
        _first, second = out(flow(H1, 3, 30, 20), flow(H2, 130, 40, 13))
        assert hidden(second) == set()
        flows = side(H2, total(40, "in"), total(13, "ut"), lager=LAGER)
        printed = out(flow(H1, 3, 30, 20), flows, flow(december_days(), 130, 10, 5))
        assert hidden(printed[2]) == set()


def december_days() -> tuple[date, date]:
    return date(2024, 12, 1), date(2024, 12, 31)


def test_a_side_is_the_same_when_read_again() -> None:
    andel = share_row("andel", counts(3, 20), counts(40, 40), "a", "hel")
    rader = [
        count_row("a", 3, 20),
        andel,
        replace(total(3, "p"), skyddas=False),
        replace(total(3, "m"), matt=True),
    ]
    sida = side(
        AR, *rader, summor=(Summa("a", ("p", "m")),), nar={"a": Nar.DAG}, lager=(Lager("a", "p", "m"),),
        dolda={"a": {"man": "..", "kvinnor": "<5"}, "p": {}},
    )  # fmt: skip
    read = side_from_plain(side_to_plain(sida))
    assert side_to_plain(read) == side_to_plain(sida)
    assert {f.id: f for f in read.figurer} == {f.id: f for f in sida.figurer}
    assert read_out(read).kanter == read_out(sida).kanter


def test_alone_it_is_hidden_as_always() -> None:
    rader = [count_row("a", 3, 8, 1), count_row("b", 0, 2)]
    assert hide_sides([side(AR, *rader)]) == [hide(rader)]
    assert hide_sides([side(AR, *rader)], [read_out(side(IFJOL, *rader))]) == [hide(rader)]


MANADER = 4


def sequence(seed: int) -> tuple[Handelser, list[Dagar]]:
    """What happened in four months, few things at a time, and which of them are printed in turn."""
    slump = random.Random(seed)
    tal = [(0, 0, 1, 2, 3, 6, 9), (0, 0, 1, 2, 3, 6, 9), (0, 0, 0, 1)]
    handelser = {
        (dag, rad, k): slump.choice(tal[k])
        for dag in range(MANADER)
        for rad in ("d0", "d1")
        for k in range(3)
    }
    dagar = []
    for _ in range(slump.randint(2, 4)):
        forst = slump.randrange(MANADER)
        dagar.append((forst, slump.randrange(forst + 1, MANADER + 1)))
    return handelser, dagar


def print_all(handelser: Handelser, dagar: Sequence[Dagar], *, remembers: bool) -> Prints:
    printed: list[Sida] = []
    for d in dagar:
        sida = make_side(handelser, d)
        ute = [read_out(s) for s in reversed(printed)] if remembers else []
        printed.append(replace(sida, dolda=hide_sides([sida], ute)[0]))
    return Prints(printed, handelser)


@pytest.mark.parametrize("seed", [7, 31, 32, 39, 62, 108, 131, *range(204, 208)])
def test_no_attacker_with_every_print_gets_through(seed: int) -> None:
    """Every hidden 1–4, and every 1–4 that two periods leave, could be another number in tables and times
    that print exactly the same."""
    assert print_all(*sequence(seed), remembers=True).give_away() == []


def test_without_the_memory_the_attacker_gets_through() -> None:
    through = [seed for seed in (31, 32, 33) if print_all(*sequence(seed), remembers=False).give_away()]
    assert through == [31, 32, 33]


@pytest.mark.parametrize("seed", range(30))
def test_data_that_change_between_prints_are_not_told(seed: int) -> None:
    """Two numbers shown of one row, of the same days or of days within, never differ by 1–4."""
    slump = random.Random(seed)
    handelser, printed = dict(sequence(seed)[0]), []
    for _ in range(6):
        for plats in slump.sample(sorted(handelser), 2):
            handelser[plats] += slump.choice((0, 1, 2, 5))
        forst = slump.randrange(MANADER)
        sida = make_side(handelser, (forst, slump.randrange(forst + 1, MANADER + 1)))
        (hidden_now,) = hide_sides([sida], [read_out(s) for s in reversed(printed)])
        printed.append(replace(sida, dolda=hidden_now))
    shown = [
        (s, f.id, k, f.varde.get(k))
        for s in printed
        for f in s.figurer
        for k in ("kvinnor", "man", "uppgift_saknas", "totalt")
        if f.enhet == "antal" and k not in s.dolda[f.id]
    ]
    for a, rad, k, ena in shown:
        for b, annan_rad, annat_k, andra in shown:
            if (rad, k) == (annan_rad, annat_k) and b.fran <= a.fran and a.slut <= b.slut:
                assert abs((ena or 0) - (andra or 0)) not in (1, 2, 3, 4)


def test_many_prints_are_weighed_in_no_time() -> None:
    """A report of forty rows against sixty earlier prints of overlapping periods."""
    slump = random.Random(1)
    printed: list[Sida] = []
    for _ in range(60):
        forst = slump.randrange(300)
        dagar = (
            date(2024, 1, 1) + timedelta(forst),
            date(2024, 1, 1) + timedelta(forst + slump.randrange(60)),
        )
        rader = [count_row(f"r{n}", slump.randrange(40), slump.randrange(40)) for n in range(40)]
        printed.append(replace(side(dagar, *rader), dolda=hide(rader)))
    ute = [read_out(s) for s in printed]
    rader = [count_row(f"r{n}", slump.randrange(400), slump.randrange(400)) for n in range(40)]
    (found,) = hide_sides([side(AR, *rader)], ute)
    assert set(found) == {f"r{n}" for n in range(40)}
