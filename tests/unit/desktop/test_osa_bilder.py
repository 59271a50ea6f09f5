"""The pictures of OSA: the volume by year, the time line, bars of places, and what may not leave (R12)."""

from collections.abc import Sequence
from datetime import date, timedelta
from itertools import pairwise

import pytest

from db.queries.card_rows import OsaRow
from db.queries.figurer.osa import GAR_UT, OVERGANG, PERSONER, UTAN
from db.queries.idag.rows import Person
from db.queries.osa import OsaRad, OsaTid
from db.queries.osa_platser import OsaEnhet, OsaPlatser
from db.queries.osa_siffror import Siffror
from db.rules.figurer import Figur, Konsvarden
from db.rules.insatstyper import LONEBIDRAGSANSTALLNING, OSA_ANSTALLNING, PRAKTIK_INFOR_OSA
from db.rules.osa import Beslutslage, find_luckor, find_tackt_till, judge_beslut
from desktop.charts.columns import stacked_columns
from desktop.charts.lines import Goal
from desktop.charts.picture import Series
from desktop.charts.scene import Area, Drawing, Label, Line, Rect
from desktop.screens.osa.model import (
    LONEBIDRAG,
    TOTALT,
    Tidval,
    make_kpis,
    make_tid,
    tell_ar,
    tell_platser,
    tell_tid,
)
from desktop.screens.osa.pictures import make_volume, read_id
from desktop.screens.osa.rows import draw_enhet, lage_chip, lage_text, make_enheter, tell_enhet
from desktop.screens.osa.timeline import LEGEND, draw_axis, draw_row, draw_swatch, make_window, tell_row

IDAG = date(2026, 11, 12)
TID = OsaTid(IDAG, IDAG, IDAG)
AR = OsaTid(date(2026, 1, 1), IDAG, IDAG)
WIDE, HIGH = 800.0, 36.0
Span = tuple[int, int]


def day(n: int) -> date:
    return IDAG + timedelta(days=n)


def measure(text: str, size: float, strong: bool) -> float:
    return len(text) * size * (0.58 if strong else 0.54)


def plain(text: str) -> str:
    return text.replace("\u00a0", " ")


def rad(
    beslut: Sequence[Span] = (), typ: str = OSA_ANSTALLNING, fran: int = -100, slut: int | None = None,
    plan: int | None = 300, tid: OsaTid = TID,
) -> OsaRad:  # fmt: skip
    start, last = day(fran), None if slut is None else day(slut)
    rows = tuple(OsaRow(at, 1, day(a), day(b), "AF-1", 100) for at, (a, b) in enumerate(beslut))
    spans = [(row.fran, row.till) for row in rows]
    kraver = typ == OSA_ANSTALLNING
    kommer = start > tid.till
    first = (start, start) if kommer else (tid.fran, tid.till)
    lagen = judge_beslut(start, last, spans, *first, tid.till) if kraver else (Beslutslage.KRAVS_INTE,)
    return OsaRad(
        1, Person(1, "nej", "Anna Ek", "", "ek"), "K", "bo", "Bo", None, typ, 3, "Köket", "intern", start,
        None if plan is None else day(plan), last, 100, True, tid.till, kommer, lagen,
        find_tackt_till(max(tid.till, start), spans) if kraver else None,
        find_luckor(start, last, spans) if kraver else (), rows, (),
    )  # fmt: skip


def drawn(one: OsaRad, tid: OsaTid = TID, ar: int = 2, width: float = WIDE) -> Drawing:
    return draw_row(one, make_window(tid.fran, tid.till, tid.idag, ar), width, HIGH, measure)


def words(drawing: Drawing) -> list[str]:
    return [plain(shape.text) for shape in drawing.shapes if isinstance(shape, Label)]


def hatched(drawing: Drawing, ink: str) -> list[Rect]:
    found = [shape for shape in drawing.shapes if isinstance(shape, Rect) and shape.fill is not None]
    return [shape for shape in found if shape.fill is not None and shape.fill.ink == ink]


def figur(key: str, kvinnor: int, man: int, saknas: int = 0) -> Figur:
    return Figur(key, "antal", Konsvarden(kvinnor, man, saknas, kvinnor + man + saknas))


def siffror(tid: OsaTid = TID, mal: int = 110, saknas: int = 0) -> Siffror:
    years = tuple(
        (ar, tuple(figur(key, 10 + at, 2, saknas) for key in PERSONER)) for at, ar in enumerate((2025, 2026))
    )
    return Siffror(
        tid, mal, years, years[-1][1], figur(OVERGANG, 1, 0), figur(UTAN, 0, 0), figur(GAR_UT, 1, 1)
    )


def test_a_gap_up_to_today_is_hatched_with_a_sign_and_words() -> None:
    drawing = drawn(rad())
    (gap,) = hatched(drawing, "danger")
    assert words(drawing) == ["Utan beslut"]
    assert any(isinstance(shape, Area) for shape in drawing.shapes)
    assert gap.width > WIDE / 3
    assert plain(tell_row(rad(), IDAG)) == "OSA-anställning 4 aug 2026–8 sep 2027. Utan beslut sedan 4 aug."


def test_days_to_come_that_nobody_has_decided_on_are_no_error() -> None:
    one = rad([(-100, 100)])
    drawing = drawn(one)
    assert hatched(drawing, "danger") == []
    assert words(drawing) == []
    dashed = [s for s in drawing.shapes if isinstance(s, Rect) and s.edge is not None and s.edge.dash]
    assert len(dashed) == 1
    assert plain(tell_row(one, IDAG)).endswith("Inget beslut än sedan 21 feb 2027.")


def test_a_gap_without_room_for_words_keeps_its_shape() -> None:
    narrow = drawn(rad([(-100, -40), (-36, 400)]))
    assert len(hatched(narrow, "danger")) == 1
    assert words(narrow) == []
    sign = drawn(rad([(-100, -70), (-45, 400)]))
    assert words(sign) == []
    assert any(isinstance(shape, Area) for shape in sign.shapes)
    told = drawn(rad([(-100, -98), (-2, 400)]))
    assert words(told) == ["Utan beslut"]


@pytest.mark.parametrize(("width", "left"), [(WIDE, True), (170.0, False)])
def test_the_end_that_is_near_is_told_where_there_is_room(width: float, left: bool) -> None:
    one = rad([(-100, 30)])
    drawing = drawn(one, width=width)
    assert words(drawing) == ["går ut 12 dec"]
    (label,) = (shape for shape in drawing.shapes if isinstance(shape, Label))
    assert label.x + measure(label.text, label.size, True) <= width
    assert (label.x > 300) is left
    ends = [s for s in drawing.shapes if isinstance(s, Line) and s.stroke.colour == "s6"]
    assert len(ends) == 2


def test_what_lies_outside_the_window_is_not_drawn() -> None:
    gone = drawn(rad([(-900, -700)], fran=-900, slut=-700))
    assert [s for s in gone.shapes if isinstance(s, Rect | Area | Label)] == []
    assert hatched(drawn(rad([(-900, -700)], fran=-900, slut=-650)), "danger") == []
    later = drawn(rad(fran=900, plan=1200))
    assert [s for s in later.shapes if isinstance(s, Rect | Label)] == []


@pytest.mark.parametrize("plan", [None, -5])
def test_without_a_known_end_the_bar_is_an_arrow(plan: int | None) -> None:
    drawing = drawn(rad(typ=PRAKTIK_INFOR_OSA, plan=plan))
    (arrow,) = (shape for shape in drawing.shapes if isinstance(shape, Area))
    assert arrow.fill.ink == "s5"
    assert max(x for x, _ in arrow.points) > WIDE - 20


def test_kinds_are_told_by_their_filling() -> None:
    looks = {
        (s.fill.colour, s.fill.ink, s.edge.dash)
        for typ in (OSA_ANSTALLNING, PRAKTIK_INFOR_OSA, LONEBIDRAGSANSTALLNING)
        for s in drawn(rad([(-100, 400)], typ=typ)).shapes[:20]
        if isinstance(s, Rect) and s.fill is not None and s.edge is not None
    }
    assert len(looks) == 3
    assert all(draw_swatch(name).shapes for name, _ in LEGEND)


def test_today_is_a_line_before_the_bars_and_behind_the_words() -> None:
    drawing = drawn(rad())
    lines = [n for n, s in enumerate(drawing.shapes) if isinstance(s, Line)]
    (at,) = (n for n in lines if drawing.shapes[n].stroke.colour == "danger_solid")  # type: ignore[union-attr]
    label = next(n for n, s in enumerate(drawing.shapes) if isinstance(s, Label))
    assert 0 < at < label
    year = OsaTid(date(2024, 1, 1), date(2024, 12, 31), IDAG)
    past = drawn(rad(tid=year, fran=-900), year, 1)
    assert not any(isinstance(s, Line) and s.stroke.colour == "danger_solid" for s in past.shapes)


@pytest.mark.parametrize("width", [120.0, 400.0, 900.0, 1500.0])
@pytest.mark.parametrize("ar", [1, 2, 4])
def test_the_axis_keeps_its_words_apart(width: float, ar: int) -> None:
    drawing = draw_axis(make_window(IDAG, IDAG, IDAG, ar), width, 32, measure)
    labels = [shape for shape in drawing.shapes if isinstance(shape, Label)]
    boxes = sorted(
        (s.x - w / 2, s.x + w / 2) if s.anchor == "middle" else (s.x, s.x + w)
        for s in labels
        for w in (measure(s.text, s.size, s.strong),)
    )
    assert all(a[1] <= b[0] for a, b in pairwise(boxes))
    assert all(left >= 0 and right <= width for left, right in boxes)
    assert labels[-1].text == "Idag"


def test_the_window_is_of_whole_years_or_round_a_day() -> None:
    one = make_window(IDAG, IDAG, IDAG, 1)
    assert (one.fran, one.till) == (date(2026, 7, 1), date(2027, 6, 30))
    assert make_window(IDAG, IDAG, IDAG, 4).fran == date(2025, 7, 1)
    years = make_window(date(2025, 1, 1), date(2025, 12, 31), IDAG, 4)
    assert (years.fran, years.till) == (date(2024, 1, 1), date(2027, 12, 31))
    past = make_window(date(2020, 1, 1), date(2020, 12, 31), IDAG, 1)
    assert "Idag" not in words(draw_axis(past, WIDE, 32, measure))


def test_the_volume_hides_small_numbers_in_what_leaves() -> None:
    shown, underlag = make_volume(siffror(), TOTALT, 5)
    assert [row.cells for row in shown.table.rows] == [
        ("2025", "10", "2", "12"), ("2026 hittills", "11", "2", "13")
    ]  # fmt: skip
    assert [row.cells for row in underlag.made().table.rows] == [
        ("2025", "..", "<5", "–"), ("2026 hittills", "..", "<5", "–")
    ]  # fmt: skip
    assert shown.words.endswith("Mål 110.")
    assert read_id(shown.table.rows[1].choices[0][1]) == (TOTALT, "K", 2026)
    assert make_volume(siffror(), TOTALT, 1)[1].made().table == shown.table
    other, _ = make_volume(siffror(saknas=3), LONEBIDRAG, 5)
    assert other.table.heads == ("År", "Kvinnor", "Män", "Uppgift saknas", "Totalt")
    assert read_id(other.table.rows[0].choices[2][1]) == (LONEBIDRAG, None, 2025)
    assert "Mål" not in other.words
    assert "Mål" not in make_volume(siffror(mal=0), TOTALT, 5)[0].words


def test_a_goal_is_a_line_within_the_columns_scale() -> None:
    series = [Series("Kvinnor", (10, 20), "kvinnor"), Series("Män", (5, 5), "man")]
    with_goal = stacked_columns("t", ["a", "b"], series, goal=Goal("Mål 110", 110, 110))
    drawing = with_goal.draw(400, 200, measure)
    (line,) = (s for s in drawing.shapes if isinstance(s, Line) and s.stroke.colour == "target")
    columns = [s for s in drawing.shapes if isinstance(s, Rect) and s.width > 12]
    assert all(column.y > line.points[0][1] for column in columns)
    name = next(s for s in drawing.shapes if isinstance(s, Label) and s.text == "Mål 110")
    assert name.x + measure(name.text, name.size, True) <= 400
    assert max(column.x + column.width for column in columns) <= name.x
    assert "Mål" not in stacked_columns("t", ["a", "b"], series).words


def test_the_figures_in_words() -> None:
    kpis = {kpi.key: kpi for kpi in make_kpis(siffror())}
    assert [plain(kpis[key].detail) for key in (TOTALT, "osa.praktik_infor", "utan")] == [
        "mål 110, 12 %", "13 har haft båda", "idag"
    ]  # fmt: skip
    assert (kpis["utan"].icon, kpis["gar_ut"].icon) == ("", "triangle-alert")
    assert {kpi.key: kpi.detail for kpi in make_kpis(siffror(mal=0))}[TOTALT] == "inget mål"
    assert {kpi.key: kpi for kpi in make_kpis(siffror(AR))}["utan"].detail == "någon dag 2026 hittills"


@pytest.mark.parametrize(
    ("tid", "told", "ar"),
    [
        (TID, "idag", "2026 hittills"),
        (OsaTid(date(2026, 3, 3), date(2026, 3, 3), IDAG), "3 mars 2026", "2026 t.o.m. 3 mar"),
        (AR, "2026 hittills", "2026 hittills"),
        (make_tid(Tidval.AR, IDAG, 2025, IDAG), "2025", "2025"),
        (make_tid(Tidval.DAG, date(2025, 12, 31), 2026, IDAG), "31 december 2025", "2025"),
    ],
)
def test_the_days_in_words(tid: OsaTid, told: str, ar: str) -> None:
    assert (plain(tell_tid(tid)), plain(tell_ar(tid))) == (told, ar)


def test_a_day_without_that_has_been_is_told_of_a_year() -> None:
    one = rad([(-90, 300)], tid=AR)
    chip = lage_chip(one)
    assert chip is not None
    assert (one.lagen, chip.text) == ((Beslutslage.UTAN,), "Tid utan beslut")
    now = lage_chip(rad([(-90, 300)]))
    assert now is not None
    assert plain(now.text) == "Beslut t.o.m. 8 sep 2027"
    assert lage_chip(rad(typ=PRAKTIK_INFOR_OSA)) is None
    assert lage_text(rad(typ=PRAKTIK_INFOR_OSA)) == "Kräver inget beslut"
    assert lage_text(rad([(-100, 300)], slut=-10, tid=AR)) == "Avslutad, hade beslut"


def test_places_are_told_once_with_what_is_elsewhere() -> None:
    enheter = (OsaEnhet(1, "Köket", 10, 8, 3), OsaEnhet(2, "Trä", 4, 6, 6), OsaEnhet(3, "Ny", 0, 0, 0))
    told = plain(tell_platser(OsaPlatser(IDAG, enheter, 1, 2)))
    assert told == (
        "OSA har 9 av 14 interna platser (64 %). De räknas en gång: platserna är enheternas egna. "
        "1 placering finns på en extern enhet. 2 placeringar har ingen enhet."
    )
    assert plain(tell_platser(OsaPlatser(IDAG, (), 0, 0))).startswith("OSA har 0 av 0 interna platser. ")
    assert [tell_enhet(enhet) for enhet in enheter[:2]] == [
        "10 platser: 3 OSA, 5 andra, 2 lediga", "4 platser: 6 OSA, 0 andra, 2 för många",
    ]  # fmt: skip
    rows = make_enheter(enheter, 5)
    assert [(row.osa_ut, row.andra_ut) for row in rows] == [("<5", ".."), ("..", ".."), ("0", "0")]
    assert [len(draw_enhet(enhet).shapes) for enhet in enheter] == [4, 3, 1]
