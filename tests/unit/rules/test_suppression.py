"""Small numbers are hidden, and what would give them away (R12): cases of domain.md and reports-pdf.md."""

import pytest

from db.rules.figurer import Figur, Konsvarden, Summa
from db.rules.suppression import change, derivable, hide, masked
from tests.unit.rules.attack import Attacker, count_row, counts, share_row


def mean_row(namn: str, namnare: Konsvarden, namnare_id: str = "") -> Figur:
    """A mean number of days, by kön."""
    varde = Konsvarden(**{k: 10.5 if namnare.get(k) else None for k in ("kvinnor", "man", "totalt")})
    return Figur(namn, "dagar", varde, namnare=namnare, namnare_id=namnare_id)


class TestCounts:
    """R12: a printed or exported count from 1 to 4 is hidden; zero is shown."""

    @pytest.mark.parametrize("antal", [1, 2, 3, 4])
    def test_one_to_four_is_hidden(self, antal: int) -> None:
        assert hide([Figur("a", "antal", Konsvarden(totalt=antal))]) == {"a": {"totalt": "<5"}}

    @pytest.mark.parametrize("antal", [0, 5, 6, 1200])
    def test_zero_and_five_are_shown(self, antal: int) -> None:
        assert hide([Figur("a", "antal", Konsvarden(totalt=antal))]) == {"a": {}}

    def test_the_threshold_is_a_setting(self) -> None:
        figur = Figur("a", "antal", Konsvarden(totalt=7))
        assert hide([figur], troskel=10) == {"a": {"totalt": "<10"}}
        assert hide([figur], troskel=7) == {"a": {}}

    def test_a_mark_that_would_mean_one_single_number_is_not_used(self) -> None:
        assert hide([Figur("a", "antal", Konsvarden(totalt=1))], troskel=2) == {"a": {"totalt": ".."}}

    def test_what_is_not_about_people_is_shown(self) -> None:
        assert hide([Figur("platser", "antal", Konsvarden(totalt=3), skyddas=False)]) == {"platser": {}}

    def test_a_count_that_is_a_mean_number_is_hidden_below_five(self) -> None:
        assert hide([Figur("helarsplatser", "antal", Konsvarden(totalt=3.7))]) == {
            "helarsplatser": {"totalt": "<5"}
        }

    def test_no_rows_no_marks(self) -> None:
        assert hide([]) == {}

    def test_one_id_for_two_figures_is_a_fault_of_ours(self) -> None:
        with pytest.raises(ValueError, match="two different rows called a"):
            hide([count_row("a", 1, 2), count_row("a", 1, 3)])

    def test_the_same_row_in_two_sections_is_one_row(self) -> None:
        rad = count_row("a", 3, 9)
        assert hide([rad, rad]) == {"a": {"kvinnor": "<5", "man": ".."}}


class TestKon:
    """R12: the other kön where totalt is printed; R2: totalt includes uppgift saknas."""

    def test_the_other_kon_goes_too(self) -> None:
        # reports-pdf's table 1: färre än 5, dold uppgift, 11.
        assert hide([count_row("a", 3, 8)]) == {"a": {"kvinnor": "<5", "man": ".."}}
        assert hide([count_row("a", 8, 3)]) == {"a": {"kvinnor": "..", "man": "<5"}}

    def test_two_small_ones_protect_each_other(self) -> None:
        # reports-pdf's table 1: färre än 5, färre än 5, 7.
        assert hide([count_row("a", 3, 4)]) == {"a": {"kvinnor": "<5", "man": "<5"}}

    def test_two_fours_would_be_told_by_a_total_of_eight(self) -> None:
        assert hide([count_row("a", 4, 4)]) == {"a": {"kvinnor": "<5", "man": "<5", "totalt": ".."}}

    def test_a_zero_stays_and_the_small_total_goes_with_its_only_part(self) -> None:
        # reports-pdf's table 3: 0, färre än 5, färre än 5.
        assert hide([count_row("a", 0, 3)]) == {"a": {"man": "<5", "totalt": "<5"}}

    def test_a_single_one_of_unknown_kon_takes_the_smaller_kon_along(self) -> None:
        assert hide([count_row("a", 30, 20, 1)]) == {"a": {"man": "..", "uppgift_saknas": "<5"}}

    def test_an_unknown_kon_not_printed_protects_by_itself(self) -> None:
        # Totalt is above the sum: how many have no kön is printed nowhere.
        assert hide([Figur("a", "antal", Konsvarden(3, 20, None, 30))]) == {"a": {"kvinnor": "<5"}}

    def test_without_totalt_nothing_else_goes(self) -> None:
        assert hide([Figur("a", "antal", Konsvarden(3, 20))]) == {"a": {"kvinnor": "<5"}}

    def test_three_ones_are_ranges(self) -> None:
        marks = hide([count_row("a", 1, 1, 1)])
        assert marks == {"a": dict.fromkeys(("kvinnor", "man", "uppgift_saknas", "totalt"), "<5")}


class TestColumns:
    """R12: the next smallest row where a column total is printed."""

    def test_the_next_smallest_row_goes_too(self) -> None:
        rader = [
            Figur(n, "antal", Konsvarden(totalt=v)) for n, v in (("a", 3), ("b", 40), ("c", 12), ("alla", 55))
        ]
        assert hide(rader, [Summa("alla", ("a", "b", "c"))]) == {
            "a": {"totalt": "<5"},
            "b": {},
            "c": {"totalt": ".."},
            "alla": {},
        }

    def test_rows_by_kon_as_in_the_example_report(self) -> None:
        # reports-pdf's table 2, 2023: föräldraledighet is .. and <5, and the smallest row goes too.
        rader = {
            "arbete": (104, 118),
            "studier": (76, 52),
            "foraldraledighet": (32, 2),
            "flytt": (24, 29),
            "pension": (7, 9),
        }
        figurer = [count_row(n, *v) for n, v in rader.items()]
        figurer.append(count_row("alla", *(sum(v[i] for v in rader.values()) for i in (0, 1))))
        marks = hide(figurer, [Summa("alla", tuple(rader))])
        assert {n: m for n, m in marks.items() if m} == {
            "foraldraledighet": {"kvinnor": "..", "man": "<5"},
            "pension": {"kvinnor": "..", "man": ".."},
        }

    def test_a_zero_protects_nothing(self) -> None:
        rader = [
            Figur(n, "antal", Konsvarden(totalt=v)) for n, v in (("a", 3), ("b", 0), ("c", 12), ("alla", 15))
        ]
        marks = hide(rader, [Summa("alla", ("a", "b", "c"))])
        assert marks == {"a": {"totalt": "<5"}, "b": {}, "c": {"totalt": ".."}, "alla": {}}

    def test_beside_zeros_alone_the_whole_goes(self) -> None:
        rader = [count_row("a", 3, 12), count_row("b", 0, 0), count_row("alla", 3, 12)]
        marks = hide(rader, [Summa("alla", ("a", "b"))])
        assert marks["b"] == {}
        assert marks["alla"] == marks["a"] == {"kvinnor": "<5", "man": ".."}

    def test_a_row_in_two_sums_is_protected_in_both(self) -> None:
        tal = {"a": 3, "b": 9, "c": 30, "ab": 12, "alla": 42}
        rader = [Figur(n, "antal", Konsvarden(totalt=v)) for n, v in tal.items()]
        summor = [Summa("ab", ("a", "b")), Summa("alla", ("ab", "c"))]
        marks = hide(rader, summor)
        assert {n for n, m in marks.items() if m} == {"a", "b"}

    def test_marks_alone_must_not_tell(self) -> None:
        # Four numbers of at least 1 under a whole of at most 4 could only be four ones.
        rader = [Figur(n, "antal", Konsvarden(totalt=1)) for n in "abcd"]
        rader.append(Figur("alla", "antal", Konsvarden(totalt=4)))
        marks = hide(rader, [Summa("alla", tuple("abcd"))])
        assert marks["alla"] == {"totalt": ".."}
        assert all(marks[n] == {"totalt": "<5"} for n in "abcd")

    def test_a_part_that_is_not_printed_leaves_the_rest_unknown(self) -> None:
        rader = [Figur(n, "antal", Konsvarden(totalt=v)) for n, v in (("a", 3), ("b", 20), ("alla", 40))]
        assert hide(rader, [Summa("alla", ("a", "b", "c"))])["b"] == {}

    def test_a_sum_of_an_unprinted_whole_or_of_too_much_is_no_sum(self) -> None:
        rader = [Figur(n, "antal", Konsvarden(totalt=v)) for n, v in (("a", 3), ("b", 20), ("minst", 15))]
        marks = hide(rader, [Summa("alla", ("a", "b")), Summa("minst", ("a", "b"))])
        assert marks == {"a": {"totalt": "<5"}, "b": {}, "minst": {}}

    def test_places_are_given_up_only_where_they_give_people_away(self) -> None:
        platser = Figur("platser", "antal", Konsvarden(totalt=20), skyddas=False)
        lediga = Figur("lediga", "antal", Konsvarden(totalt=17), skyddas=False)
        belagda = Figur("belagda", "antal", Konsvarden(totalt=3))
        marks = hide([platser, lediga, belagda], [Summa("platser", ("lediga", "belagda"))])
        assert marks == {"platser": {}, "lediga": {"totalt": ".."}, "belagda": {"totalt": "<5"}}


class TestShares:
    """R12: a share is hidden when its numerator, its complement or its base is 1-4."""

    @pytest.mark.parametrize(("taljare", "namnare"), [(3, 40), (38, 40), (2, 4), (0, 3), (4, 4)])
    def test_small_numerator_complement_or_base(self, taljare: int, namnare: int) -> None:
        figur = share_row("andel", Konsvarden(totalt=taljare), Konsvarden(totalt=namnare))
        assert hide([figur]) == {"andel": {"totalt": ".."}}

    @pytest.mark.parametrize(("taljare", "namnare"), [(5, 10), (0, 5), (10, 10), (6, 400), (0, 0)])
    def test_others_are_shown(self, taljare: int, namnare: int) -> None:
        figur = share_row("andel", Konsvarden(totalt=taljare), Konsvarden(totalt=namnare))
        assert hide([figur]) == {"andel": {}}

    def test_the_other_kon_goes_too(self) -> None:
        # 40 % of 80 less 30 of 60 would leave the 2 of 20.
        figur = share_row("andel", counts(2, 30), counts(20, 60))
        assert hide([figur]) == {"andel": {"kvinnor": "..", "man": ".."}}

    def test_a_share_of_a_hidden_count_goes(self) -> None:
        bas = count_row("bas", 40, 60)
        figurer = [
            count_row("ja", 10, 20),
            count_row("nej", 28, 35),
            count_row("vet_inte", 2, 5),
            bas,
            share_row("andel", counts(10, 20), bas.varde, taljare_id="ja", namnare_id="bas"),
        ]
        marks = hide(figurer, [Summa("bas", ("ja", "nej", "vet_inte"))])
        assert marks["vet_inte"] == {"kvinnor": "<5", "man": ".."}
        assert marks["ja"] == marks["andel"] == {"kvinnor": "..", "man": ".."}
        assert marks["nej"] == marks["bas"] == {}

    def test_a_small_complement_hides_the_printed_numerator(self) -> None:
        # 48 of 50 printed side by side would tell the hidden share, and the two who are left.
        figurer = [
            count_row("ja", 48, 30),
            count_row("bas", 50, 60),
            share_row("andel", counts(48, 30), counts(50, 60), taljare_id="ja", namnare_id="bas"),
        ]
        marks = hide(figurer)
        assert marks["ja"] == marks["andel"] == {"kvinnor": "..", "man": ".."}
        assert marks["bas"] == {}

    def test_a_share_stands_for_its_numerator_in_a_sum(self) -> None:
        # The share of a + b, next to a printed base and b, tells a.
        figurer = [
            *(
                count_row(n, *v)
                for n, v in {"a": (3, 30), "b": (40, 50), "c": (9, 8), "bas": (52, 88)}.items()
            ),
            share_row("andel", counts(43, 80), counts(52, 88), namnare_id="bas"),
        ]
        summor = [Summa("bas", ("a", "b", "c")), Summa("andel", ("a", "b"))]
        marks = hide(figurer, summor)
        assert marks["a"]["kvinnor"] == "<5"
        assert marks["b"].get("kvinnor") or marks["andel"].get("kvinnor")
        assert derivable(figurer, summor, marks) == []

    def test_two_shares_of_one_unprinted_base(self) -> None:
        bas = counts(3, 60)
        ett = share_row("ett", counts(0, 20), bas, namnare_id="tillfragade")
        tva = share_row("tva", counts(3, 30), bas, namnare_id="tillfragade")
        marks = hide([ett, tva])
        assert marks["ett"] == marks["tva"] == {"kvinnor": "..", "man": ".."}

    def test_a_share_without_its_counts_cannot_be_judged(self) -> None:
        andel = Konsvarden(totalt=50.0)
        assert hide([Figur("andel", "andel", andel)]) == {"andel": {"totalt": ".."}}
        assert hide([Figur("andel", "andel", andel, skyddas=False)]) == {"andel": {}}
        assert hide([Figur("andel", "andel", andel, namnare=Konsvarden(totalt=40))]) == {
            "andel": {"totalt": ".."}
        }

    def test_a_row_that_holds_another_number_is_not_taken_for_the_base(self) -> None:
        figurer = [
            count_row("bas", 40, 60),
            share_row("andel", counts(9, 2), counts(19, 62), namnare_id="bas"),
        ]
        assert hide(figurer) == {"bas": {}, "andel": {"kvinnor": "..", "man": ".."}}

    def test_a_count_shared_with_itself(self) -> None:
        bas = count_row("bas", 40, 60)
        assert hide([bas, share_row("andel", bas.varde, bas.varde, "bas", "bas")]) == {"bas": {}, "andel": {}}

    def test_the_counts_of_a_named_row_need_not_be_repeated(self) -> None:
        andel = Figur("andel", "andel", Konsvarden(totalt=50.0), taljare_id="ja", namnare_id="bas")
        rader = [Figur(n, "antal", Konsvarden(totalt=v)) for n, v in (("ja", 20), ("bas", 40))]
        assert hide([*rader, andel])["andel"] == {}


class TestMeans:
    """R12: a mean, median or sum is hidden where the people behind it are few or protectively hidden."""

    def test_few_people(self) -> None:
        assert hide([mean_row("dagar", Konsvarden(totalt=4))]) == {"dagar": {"totalt": ".."}}
        assert hide([mean_row("dagar", Konsvarden(totalt=5))]) == {"dagar": {}}

    def test_the_other_kon_goes_too(self) -> None:
        assert hide([mean_row("dagar", counts(2, 20))]) == {"dagar": {"kvinnor": "..", "man": ".."}}

    def test_a_mean_over_a_hidden_printed_count(self) -> None:
        figurer = [count_row("personer", 2, 20), mean_row("dagar", counts(2, 20), "personer")]
        assert hide(figurer) == {
            "personer": {"kvinnor": "<5", "man": ".."},
            "dagar": {"kvinnor": "..", "man": ".."},
        }

    def test_without_people_there_is_nothing_to_hide(self) -> None:
        assert hide([mean_row("dagar", counts(0, 20))]) == {"dagar": {}}

    def test_a_mean_that_does_not_say_how_many_it_rests_on(self) -> None:
        assert hide([Figur("dagar", "dagar", Konsvarden(totalt=12.5))]) == {"dagar": {"totalt": ".."}}

    def test_a_count_of_meetings_with_few_people(self) -> None:
        moten = Figur("moten", "antal", Konsvarden(totalt=40), namnare=Konsvarden(totalt=3))
        assert hide([moten]) == {"moten": {"totalt": ".."}}

    def test_kronor_in_a_column_are_protected_as_counts_are(self) -> None:
        kr = {"a": (9000, 2), "b": (70000, 9), "c": (88000, 12), "alla": (167000, 23)}
        figurer = [
            Figur(n, "kr", Konsvarden(totalt=v), namnare=Konsvarden(totalt=antal))
            for n, (v, antal) in kr.items()
        ]
        marks = hide(figurer, [Summa("alla", ("a", "b", "c"))])
        assert marks == {"a": {"totalt": ".."}, "b": {"totalt": ".."}, "c": {}, "alla": {}}


class TestMasked:
    """A writer receives figures already hidden (reports-pdf.md)."""

    def test_hidden_keys_are_none(self) -> None:
        assert masked(counts(3, 8), {"kvinnor": "<5", "man": ".."}) == Konsvarden(None, None, 0, 11)

    def test_nothing_hidden_is_untouched(self) -> None:
        assert masked(counts(30, 80), {}) == counts(30, 80)


class TestChange:
    """A printed change is the difference of the printed numbers, and hidden where either is (R12)."""

    def test_counts(self) -> None:
        assert change("antal", counts(30, 28), counts(25, 40)) == Konsvarden(5, -12, 0, -7)

    def test_either_side_hidden_or_missing(self) -> None:
        nu, fore = Konsvarden(None, 9, None, 12), Konsvarden(8, None, None, 10)
        assert change("antal", nu, fore) == Konsvarden(totalt=2)

    def test_shares_are_rounded_half_up_before_they_are_compared(self) -> None:
        # 66,5 is printed as 67 and 58,4 as 58.
        skillnad = change("andel", Konsvarden(totalt=66.5), Konsvarden(totalt=58.4))
        assert skillnad == Konsvarden(totalt=9)
        assert isinstance(skillnad.totalt, int)

    def test_decimals_as_printed(self) -> None:
        nu, fore = Konsvarden(totalt=19.84), Konsvarden(totalt=19.55)
        assert change("dagar", nu, fore) == Konsvarden(totalt=0.2)
        assert change("dagar", nu, fore, decimaler=0) == Konsvarden(totalt=0)


class TestDerivable:
    """The audit sees what hiding by halves would leave to be worked out (R12)."""

    def test_a_small_number_in_the_open(self) -> None:
        rader = [count_row("a", 3, 8)]
        assert derivable(rader, (), {}) == [("a", "kvinnor", 3)]

    def test_the_other_kon_left(self) -> None:
        rader = [count_row("a", 3, 8)]
        assert derivable(rader, (), {"a": {"kvinnor": "<5"}}) == [("a", "kvinnor", 3)]

    def test_four_and_four(self) -> None:
        rader = [count_row("a", 4, 4)]
        assert derivable(rader, (), {"a": {"kvinnor": "<5", "man": "<5"}}) == [
            ("a", "kvinnor", 4),
            ("a", "man", 4),
        ]

    def test_a_share_left_beside_its_hidden_numerator(self) -> None:
        figurer = [
            count_row("ja", 3, 30),
            count_row("bas", 50, 60),
            share_row("andel", counts(3, 30), counts(50, 60), taljare_id="ja", namnare_id="bas"),
        ]
        dolda = {"ja": {"kvinnor": "<5", "man": ".."}}
        assert derivable(figurer, (), dolda) == [("ja", "kvinnor", 3), ("ja", "man", 30)]
        assert derivable(figurer, (), hide(figurer)) == []

    def test_a_hidden_share_of_printed_counts(self) -> None:
        figurer = [
            count_row("ja", 48, 30),
            count_row("bas", 50, 60),
            share_row("andel", counts(48, 30), counts(50, 60), taljare_id="ja", namnare_id="bas"),
        ]
        assert ("andel", "kvinnor", 96.0) in derivable(figurer, (), {"andel": {"kvinnor": ".."}})

    def test_an_unprinted_numerator(self) -> None:
        figur = share_row("andel", counts(2, 30), counts(20, 60))
        assert derivable([figur], (), {"andel": {"kvinnor": ".."}}) == [("andel#taljare", "kvinnor", 2)]

    def test_a_mean_that_does_not_say_how_many_it_rests_on_is_safe_when_hidden(self) -> None:
        figur = Figur("dagar", "dagar", Konsvarden(totalt=12.5))
        assert derivable([figur], (), hide([figur])) == []


class TestAttacker:
    """The attacker of the property tests does find what is there to find."""

    def test_finds_a_difference(self) -> None:
        rader = [count_row("a", 3, 8)]
        assert Attacker(rader, (), {"a": {"kvinnor": "<5"}}, 5, 20).worked_out() == [("a", "kvinnor")]

    def test_finds_what_only_ranges_tell(self) -> None:
        rader = [count_row("a", 4, 4)]
        dolda = {"a": {"kvinnor": "<5", "man": "<5"}}
        assert Attacker(rader, (), dolda, 5, 20).worked_out() == [("a", "kvinnor"), ("a", "man")]

    def test_finds_a_count_behind_a_share(self) -> None:
        figurer = [
            count_row("ja", 3, 30),
            count_row("bas", 50, 60),
            share_row("andel", counts(3, 30), counts(50, 60), taljare_id="ja", namnare_id="bas"),
        ]
        dolda = {"ja": {"kvinnor": "<5", "man": ".."}, "bas": {}, "andel": {"man": ".."}}
        assert ("ja", "kvinnor") in Attacker(figurer, (), dolda, 5, 60).worked_out()


def test_a_cell_that_mends_two_sums_spares_the_rows_around_r12() -> None:
    """Statuses under a base, one of them 2 women: only the next smallest status loses kvinnor and totalt."""
    rows = [
        Figur("bas", "antal", Konsvarden(446, 446, 0, 892)),
        Figur("uppfyllt", "antal", Konsvarden(197, 200, 0, 397)),
        Figur("sent", "antal", Konsvarden(50, 45, 0, 95)),
        Figur("forfallet", "antal", Konsvarden(197, 201, 0, 398)),
        Figur("undantag", "antal", Konsvarden(2, 0, 0, 2)),
    ]
    marks = hide(rows, [Summa("bas", ("uppfyllt", "sent", "forfallet", "undantag"))])
    assert {rad: dolda for rad, dolda in marks.items() if dolda} == {
        "undantag": {"kvinnor": "<5", "totalt": "<5"},
        "sent": {"kvinnor": "..", "totalt": ".."},
    }


def test_a_small_amount_of_many_people_is_shown_r12() -> None:
    """2.8 helårsplatser of 70 women name nobody; those of two men do."""
    amount = Konsvarden(2.8, 2.9, 0, 5.7)
    many = Figur("helarsplatser", "antal", amount, namnare=Konsvarden(70, 69, 0, 139), matt=True)
    few = Figur("helarsplatser", "antal", amount, namnare=Konsvarden(70, 2, 0, 72), matt=True)
    assert hide([many]) == {"helarsplatser": {}}
    assert hide([few])["helarsplatser"] == {"kvinnor": "..", "man": ".."}
