"""Labels pushed apart, names cut and thinned, scales with even steps."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.charts.axes import Scale
from desktop.charts.hatch import hatch_lines
from desktop.charts.legend import EndLabel
from desktop.charts.looks import look_of
from desktop.charts.scene import Part
from desktop.charts.words import cut, fit_lines, shown_ticks, spread, spread_room
from tests.helpers.scenes import measure

FLOATS = st.floats(-1e12, 1e12, allow_subnormal=False)


@given(st.lists(st.floats(-50, 250), max_size=12).map(sorted))
def test_labels_are_pushed_apart_and_kept_within(wanted: list[float]) -> None:
    low, high = 0.0, 180.0
    places = spread(wanted, 15, low, high)
    assert spread_room(len(places), 15) <= high - low
    assert all(low - 0.01 <= place <= high + 0.01 for place in places)
    assert all(later - earlier >= 14.99 for earlier, later in pairwise(places))


def test_labels_with_room_stay_where_they_want_to_be() -> None:
    assert spread([10, 50, 90], 15, 0, 100) == [10, 50, 90]
    assert spread([50, 50], 10, 0, 100) == [45, 55]
    assert spread([], 10, 0, 100) == []


@given(st.lists(st.floats(5, 60), max_size=60), st.floats(0.5, 80))
def test_names_shown_stand_apart(widths: list[float], step: float) -> None:
    shown = shown_ticks(widths, step)
    assert all((later - earlier) * step >= max(widths) + 8 for earlier, later in pairwise(shown))
    assert bool(shown) == bool(widths)


def test_weeks_are_thinned_and_the_last_one_stands() -> None:
    assert shown_ticks([30.0] * 27, 14) == [0, 3, 6, 9, 12, 15, 18, 21, 26]
    assert shown_ticks([30.0] * 5, 50) == [0, 1, 2, 3, 4]


def test_text_is_cut_between_words_where_it_can_be() -> None:
    def width(text: str) -> float:
        return len(text)

    assert cut("Kartläggning", 20, width) == "Kartläggning"
    assert cut("Extern verkstad", 9, width) == "Extern…"
    assert cut("Kartläggning", 6, width) == "Kartl…"
    assert cut("Kartläggning", 0, width) == "…"
    assert fit_lines("ett två tre fyra fem", 9, 2, width) == ["ett två", "tre …"]


def test_a_label_keeps_its_figure() -> None:
    label = EndLabel("Ett mycket långt namn", "1 234", 0, "data")
    fitted = label.fitted(80, measure)
    assert fitted.endswith(" 1 234")
    assert "…" in fitted
    assert label.fitted(1000, measure) == label.text


@given(st.lists(FLOATS, min_size=1, max_size=20), st.booleans(), st.booleans())
def test_a_scale_holds_its_values(values: list[float], share: bool, from_zero: bool) -> None:
    scale = Scale.over(values, share, from_zero)
    assert scale.low <= min([*values, scale.low])
    assert scale.high >= max(values)
    assert 1 <= scale.steps <= 9
    assert all(tick == round(tick, 6) for tick in scale.ticks)


@pytest.mark.parametrize(
    ("values", "share", "ticks"),
    [
        ([212], False, [0, 60, 120, 180, 240]),
        ([0], False, [0, 1]),
        ([3], False, [0, 1, 2, 3]),
        ([10], False, [0, 3, 6, 9, 12]),
        ([12, 88], True, [0, 25, 50, 75, 100]),
        ([], False, [0, 1]),
    ],
)
def test_scales_have_even_steps(values: list[float], share: bool, ticks: list[float]) -> None:
    assert Scale.over(values, share).ticks == ticks


def test_hatching_lies_inside_any_outline() -> None:
    box = ((10.0, 10.0), (50.0, 10.0), (50.0, 30.0), (10.0, 30.0))
    lines = hatch_lines(box)
    assert len(lines) == 11
    for (x, y), (end_x, end_y) in lines:
        assert 10 <= x <= end_x <= 50
        assert 10 <= end_y <= y <= 30
        assert end_x - x == pytest.approx(y - end_y)
    notched = ((0.0, 0.0), (40.0, 0.0), (40.0, 20.0), (20.0, 5.0), (0.0, 20.0))
    part = Part("", notched, 0, 0)
    for (x, y), (end_x, end_y) in hatch_lines(notched):
        if end_x - x > 0.01:
            assert part.holds((x + end_x) / 2, (y + end_y) / 2)
    assert hatch_lines(((5.0, 5.0), (5.0, 5.0), (5.0, 5.0))) == []


def test_an_unknown_look_is_a_bug() -> None:
    for name in ("steg13", "okänd", "steg0"):
        with pytest.raises(KeyError):
            look_of(name)
    assert look_of("kvinnor:0").fill.colour == "kv_1"
    assert look_of("man:3").fill.ink == "man_1"
