"""An indicator's outcome held against the target of the year."""

from decimal import Decimal

import pytest

from db.rules.figurer import Figur, Konsvarden
from db.rules.koder import Indikatorslag
from db.rules.plan import Indikator, Varde, follow_up_period
from db.rules.planvarden import (
    Kalla,
    Provning,
    Utfall,
    find_previous,
    find_riktvarde,
    is_before,
    order_periods,
    read_tryckt,
    try_indikator,
)
from db.rules.riktvarde import Malslag, Maluppfyllelse, Riktning
from tests.helpers.planer import KODER, planmallar

NAS, PA_VAG, NAS_INTE, GAR_INTE = Maluppfyllelse
AR = follow_up_period("2024")


def indikator(
    *riktvarden: Varde, slag: Indikatorslag = Indikatorslag.INDIKATOR, beraknas: str = ""
) -> Indikator:
    return Indikator("i", "Andel i arbete", "andel", True, slag, beraknas=beraknas, riktvarden=riktvarden)


def ut(period: str, *tal: float | None, figur: Figur | None = None) -> Utfall:
    return Utfall(period, Kalla.BERAKNAT, *(None if t is None else Decimal(str(t)) for t in tal), figur=figur)


def tried(
    mal: Varde, utfall: Utfall, ingaende: Utfall | None = None, *tidigare: Utfall, **named: str
) -> Provning:
    return try_indikator(indikator(mal, **named), AR, utfall, ingaende, tidigare)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("period", "funnen"),
    [
        ("2024", "2024"),
        ("2024-12", "2024"),
        ("2024-08", "2024-08"),
        ("2024-04", "2024-T1"),
        ("2024-02", "2024-T1"),
        ("2024-06", "2024-08"),
        ("2025-08", "2025"),
        ("2026-03", "2026-06-01..2026-12-31"),
        ("2023", None),
    ],
)
def test_the_target_of_a_period(period: str, funnen: str | None) -> None:
    alla = [
        Varde(p, totalt="1")
        for p in ("ingaende", "2024", "2024-08", "2024-T1", "2025", "2026-06-01..2026-12-31")
    ]
    found = find_riktvarde(alla, follow_up_period(period))
    assert (found.period if found else None) == funnen


def test_the_outcome_to_hold_a_period_against() -> None:
    delar = follow_up_period("2024-08")
    ar, del_, tom = ut("2023", None, None, 5), ut("2023-08", None, None, 3), ut("2023-10")
    assert find_previous([del_, tom, ar], delar) is del_
    assert find_previous([ar, tom], delar) is ar
    assert find_previous([tom], delar) is None


def test_each_kon_against_its_own_number_else_that_of_all() -> None:
    provning = tried(Varde("2024", kvinnor="50", totalt="60"), ut("2024", 55, 55, 55))
    assert provning.uppfyllelse == {"kvinnor": NAS, "man": NAS_INTE, "totalt": NAS_INTE}
    assert provning.ord == {"kvinnor": "minst 50", "man": "minst 60", "totalt": "minst 60"}
    assert provning.samlad is NAS_INTE


def test_without_a_total_the_worse_kon_tells() -> None:
    assert tried(Varde("2024", totalt="50"), ut("2024", 55, 45, None)).samlad is NAS_INTE


def test_the_baseline_goes_before_the_previous_outcome() -> None:
    oka = Varde("2024", text="Öka")
    fore, ingaende = ut("2023", 1, None, 9), ut("ingaende", None, 2, 5)
    provning = tried(oka, ut("2024", 2, 2, 7), ingaende, fore)
    assert provning.uppfyllelse == {"kvinnor": NAS, "man": NAS_INTE, "totalt": NAS}
    assert provning.jamfort is ingaende
    assert tried(oka, ut("2024", None, None, 7), ut("ingaende"), fore).samlad is NAS_INTE


def test_no_target_for_the_year() -> None:
    provning = tried(Varde("2026", totalt="5"), ut("2024", None, None, 5))
    assert (provning.riktvarde, provning.samlad, provning.ord["totalt"]) == (None, GAR_INTE, "")


def test_volymmatt_are_followed_not_judged() -> None:
    volym = indikator(Varde("2024", totalt="350"), slag=Indikatorslag.VOLYM)
    provning = try_indikator(volym, AR, ut("2024", None, None, 400), None, ())
    assert (provning.samlad, provning.ord["totalt"]) == (GAR_INTE, "350")


def test_differences_between_kon_rest_on_the_counts() -> None:
    mal = Varde("2024", text="Inga signifikanta skillnader")
    figur = Figur(
        "x",
        "andel",
        Konsvarden(44, 52, None, 48),
        Konsvarden(440, 520, 0, 960),
        Konsvarden(1000, 1000, 0, 2000),
    )
    provning = tried(mal, ut("2024", 44, 52, 48, figur=figur))
    assert provning.uppfyllelse == {"kvinnor": GAR_INTE, "man": GAR_INTE, "totalt": NAS_INTE}
    assert tried(mal, ut("2024", 44, 52, 48)).samlad is GAR_INTE
    utan = Figur("x", "andel", Konsvarden(), Konsvarden(man=5), Konsvarden(man=10))
    assert tried(mal, ut("2024", 44, 52, 48, figur=utan)).samlad is GAR_INTE
    antal = Figur("x", "antal", Konsvarden(44, 52, 0, 96))
    assert tried(mal, ut("2024", 44, 52, 48, figur=antal)).samlad is GAR_INTE


def test_where_one_comes_from_tells_which_way_is_better() -> None:
    fore = [ut("2022", None, None, 2589), ut("2023-08", None, None, 2527)]
    assert tried(Varde("2024", totalt="2400"), ut("2024", None, None, 2500), None, *fore).samlad is PA_VAG
    known = tried(
        Varde("2024", totalt="2400"), ut("2024", None, None, 2300), None, beraknas="hushall.med_insats"
    )
    assert (known.riktning, known.samlad) == (Riktning.NER, NAS)


def test_a_target_of_the_baseline_tells_nothing_of_the_way() -> None:
    mal = indikator(Varde("ingaende", totalt="100"), Varde("2024", totalt="50"))
    fore = [ut("2023", None, None, 20)]
    assert try_indikator(mal, AR, ut("2024"), None, fore).riktning is Riktning.UPP


@pytest.mark.parametrize("kod", KODER)
def test_which_way_is_better_is_the_same_in_every_follow_up(kod: str) -> None:
    for one in planmallar()[kod].indikatorer:
        if not any(v.totalt for v in one.riktvarden):
            continue
        sagt = set()
        for period in ("2011", "2012", "2014", "2022", "2023-08", "2024-08", "2024", "2025"):
            days = follow_up_period(period)
            tidigare = [
                read_tryckt(v)
                for v in one.varden
                if v.period != "ingaende" and is_before(v.period, days.till)
            ]
            ingaende = next((read_tryckt(v) for v in one.varden if v.period == "ingaende"), None)
            provning = try_indikator(one, days, Utfall(period, Kalla.SAKNAS), ingaende, tidigare)
            if provning.mal["totalt"].slag in (Malslag.TAL, Malslag.SAKNAS):
                sagt.add(provning.riktning)
        assert len(sagt) <= 1, one.namn


@pytest.mark.parametrize(
    ("varde", "totalt", "text"),
    [
        (Varde("2013", totalt="580", text="ca 580"), "580", "ca 580"),
        (Varde("2013", text="ca 580"), "580", "ca 580"),
        (Varde("2013", text=">5"), None, ">5"),
        (Varde("2013", text="I.U"), None, "I.U"),
        (Varde("2013", totalt="50.0"), "50.0", ""),
    ],
)
def test_printed_outcomes(varde: Varde, totalt: str | None, text: str) -> None:
    last = read_tryckt(varde)
    assert (None if last.totalt is None else str(last.totalt), last.text, last.tryckt) == (
        totalt,
        text,
        varde,
    )
    assert last.has_tal is (totalt is not None)
    assert read_tryckt(Varde("ingaende", totalt="1")).period == "ingaende"


def test_periods_in_order() -> None:
    assert order_periods({"2023", "2022", "ingaende", "2023-08", "2023-T3"}) == [
        "2022",
        "2023-08",
        "2023-T3",
        "2023",
    ]
    assert is_before("2023-12", AR.fran)
    assert not is_before("2024", AR.till)
