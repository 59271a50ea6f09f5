"""Colours that can be read, text that scales, and a binding that does not lose references."""

import re
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
import shiboken6
from PySide6.QtGui import QColor, QFontInfo
from PySide6.QtWidgets import QApplication, QLabel, QWidget
from pytestqt.qtbot import QtBot

from desktop.theme import Mode, Theme
from desktop.tokens import load_tokens
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.text import Text
from resources import resource_path

TOKENS = load_tokens()


def _luminance(value: str) -> float:
    colour = QColor(value)
    parts = (colour.redF(), colour.greenF(), colour.blueF())
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    """The WCAG 2 ratio of two colours."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_pair_of_the_tokens_reaches_its_contrast(scheme: str) -> None:
    colours = TOKENS.colours[scheme]
    for pair in TOKENS.contrast[scheme]:
        ratio = contrast(colours[pair["fg"]], colours[pair["bg"]])
        assert ratio >= pair["min"], pair
        assert ratio == pytest.approx(pair["ratio"], abs=0.02)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_kind_of_chip_can_be_read(scheme: str) -> None:
    colours = TOKENS.colours[scheme]
    for kind, chip in TOKENS.chips.items():
        assert contrast(colours[chip.text], colours[chip.fill]) >= 4.5, kind


def test_disabled_text_can_be_read() -> None:
    for colours in TOKENS.colours.values():
        assert contrast(colours["text3"], colours["neutral_soft"]) >= 4.5


def test_every_icon_can_be_drawn_and_every_chip_has_its_own(theme: Theme) -> None:
    there = {path.stem for path in resource_path("icons").glob("*.svg")}
    assert {c.icon for c in TOKENS.chips.values()} <= there
    for name in there - {"egenvag"}:
        assert not theme.pixmap(name).toImage().allGray(), name


def test_an_icon_takes_the_colour_and_is_drawn_once(theme: Theme) -> None:
    pixmap = theme.pixmap("check", "danger", 16)
    image = pixmap.toImage()
    inked = [image.pixelColor(x, y) for x in range(16) for y in range(16)]
    assert any(c.alpha() > 200 and c.name() == theme.colour("danger").name() for c in inked)
    assert theme.pixmap("check", "danger", 16) is pixmap


def test_text_scale_changes_fonts_and_measures(qtbot: QtBot, theme: Theme) -> None:
    label = Text("Hodan", "page")
    qtbot.addWidget(label)
    label.ensurePolished()
    small = label.fontMetrics().height()
    theme.set(scale=150)
    label.ensurePolished()
    assert QFontInfo(label.font()).pixelSize() == 30
    assert label.fontMetrics().height() > small
    assert theme.size("button") == 48


def test_steps_of_text_scale_stop_at_the_ends(theme: Theme) -> None:
    for _ in range(9):
        theme.step_scale(1)
    assert theme.scale == 200
    for _ in range(9):
        theme.step_scale(-1)
    assert theme.scale == 90
    theme.step_scale(0)
    assert theme.scale == 100


def test_an_unknown_scale_becomes_the_nearest(theme: Theme) -> None:
    theme.set(scale=123)
    assert theme.scale == 125


def test_inter_is_loaded_with_figures_of_one_width(theme: Theme) -> None:
    from PySide6.QtGui import QFontMetricsF

    metrics = QFontMetricsF(theme.font())
    assert QFontInfo(theme.font()).family() == "Inter"
    assert metrics.horizontalAdvance("1") == metrics.horizontalAdvance("0")


def test_dark_and_light_differ_everywhere_and_are_built_once(qapp: QApplication, theme: Theme) -> None:
    changes: list[int] = []
    theme.changed.connect(lambda: changes.append(1))
    light = theme.sheet
    theme.set(Mode.DARK)
    assert theme.sheet != light
    assert qapp.palette().window().color() == QColor(TOKENS.colours["dark"]["bg"])
    theme.set(Mode.DARK)
    assert len(changes) == 1


def test_a_window_wears_the_style_sheet_until_it_is_gone(qtbot: QtBot, theme: Theme) -> None:
    window, gone = QWidget(), QWidget()
    qtbot.addWidget(window)
    for one in (window, gone):
        theme.dress(one)
    assert window.styleSheet() == theme.sheet
    shiboken6.delete(gone)
    theme.set(Mode.DARK)
    assert window.styleSheet() == theme.sheet
    theme.dress(window)
    assert theme._dressed == [window]


def test_the_style_sheet_holds_no_colour_outside_the_tokens(theme: Theme) -> None:
    known = {value.upper() for value in TOKENS.colours["light"].values()}
    assert {c.upper() for c in re.findall(r"#[0-9A-Fa-f]{6,8}\b", theme.sheet)} <= known


@pytest.mark.parametrize("kind", list(ButtonKind))
def test_the_focus_ring_is_two_pixels_of_the_focus_colour(
    qtbot: QtBot, theme: Theme, kind: ButtonKind
) -> None:
    window = QWidget()
    button = Button(theme, "Spara", kind=kind, parent=window)
    button.resize(button.sizeHint())
    qtbot.addWidget(window)
    window.show()
    window.activateWindow()
    button.setFocus()
    qtbot.waitUntil(button.hasFocus)
    image = button.grab().toImage()
    middle = image.width() // 2
    ring = theme.colour("focus").name()
    assert [image.pixelColor(middle, y).name() for y in (0, 1)] == [ring, ring]
    assert image.pixelColor(middle, 2).name() != ring


def test_setting_titles_does_not_wear_out_none(qtbot: QtBot) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    before = sys.getrefcount(None)
    for number in range(1000):
        widget.setWindowTitle(str(number))
    assert sys.getrefcount(None) > before - 100


def test_start_up_loads_no_more_of_qt_than_it_must(qtbot: QtBot, make_window: Callable[..., QWidget]) -> None:
    make_window()
    heavy = {"PySide6.QtNetwork", "PySide6.QtQml", "PySide6.QtWebEngineCore"}
    assert heavy & set(sys.modules) == set()


def test_the_fonts_and_icons_carry_their_licences() -> None:
    assert "ISC" in resource_path("icons", "LICENSE").read_text(encoding="utf-8")
    assert Path(resource_path("fonts", "Inter-LICENSE.txt")).exists()


def test_labels_never_read_text_as_markup(qtbot: QtBot, theme: Theme) -> None:
    label = Text("<b>fet</b>")
    qtbot.addWidget(label)
    assert isinstance(label, QLabel)
    assert label.textFormat().name == "PlainText"
