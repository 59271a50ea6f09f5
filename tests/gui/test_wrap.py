"""A row that breaks over lines: buttons at the right while there is room, else below; nothing outside."""

import pytest
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from desktop.theme import Theme
from desktop.widgets.button import Button
from desktop.widgets.chip import Chip
from desktop.widgets.text import Text
from desktop.widgets.wrap import WrapLayout, WrapRow

LONG = "Trivs på arbetsplatsen och vill gärna fortsätta med fler timmar från nästa månad."


def laid_out(qtbot: QtBot, theme: Theme, width: int) -> tuple[WrapRow, list[QWidget]]:
    parts: list[QWidget] = [Text("OSA-anställning", "section").wrapped(), Text(LONG).wrapped()]
    buttons = [Button(theme, "Nytt beslut"), Button(theme, "Följ upp")]
    made = WrapRow(parts, buttons)
    qtbot.addWidget(made)
    made.resize(width, made.heightForWidth(width))
    made.show()
    QApplication.processEvents()
    return made, [*parts, *buttons]


@pytest.mark.parametrize("width", [1400, 700, 420, 260, 140])
def test_everything_is_inside_at_any_width(qtbot: QtBot, theme: Theme, width: int) -> None:
    made, parts = laid_out(qtbot, theme, width)
    for part in parts:
        assert made.rect().contains(part.geometry()), part
    for place, part in enumerate(parts):
        assert not any(part.geometry().intersects(other.geometry()) for other in parts[place + 1 :])


def test_buttons_stand_at_the_right_while_there_is_room(qtbot: QtBot, theme: Theme) -> None:
    made, (title, words, new, follow) = laid_out(qtbot, theme, 1400)
    assert follow.geometry().right() == made.rect().right()
    assert abs(new.geometry().center().y() - title.geometry().center().y()) <= 1
    assert words.y() < new.geometry().bottom()
    made, (title, words, new, follow) = laid_out(qtbot, theme, 200)
    assert new.y() > words.geometry().bottom()
    assert words.height() > title.height()


def test_buttons_without_room_begin_a_line_of_their_own(qtbot: QtBot, theme: Theme) -> None:
    buttons = [Button(theme, "Nytt beslut"), Button(theme, "Följ upp")]
    title = Text("OSA-anställning", "section")
    made = WrapRow((title,), buttons)
    qtbot.addWidget(made)
    width = title.sizeHint().width() + buttons[0].sizeHint().width() + 30
    made.resize(width, made.heightForWidth(width))
    made.show()
    QApplication.processEvents()
    assert buttons[0].y() == buttons[1].y() > title.geometry().bottom()
    assert buttons[0].x() == 0


def test_what_is_hidden_takes_no_room_and_what_is_taken_out_is_gone(qtbot: QtBot, theme: Theme) -> None:
    made, parts = laid_out(qtbot, theme, 700)
    layout = made.layout()
    assert isinstance(layout, WrapLayout)
    high = made.heightForWidth(200)
    parts[1].hide()
    assert made.heightForWidth(200) < high
    assert layout.sizeHint().width() > layout.minimumSize().width() > 0
    assert layout.takeAt(1) is not None
    assert layout.takeAt(9) is None
    assert layout.itemAt(9) is None
    assert layout.count() == 3


def test_an_empty_one_has_no_height(qtbot: QtBot) -> None:
    made = WrapRow(())
    qtbot.addWidget(made)
    assert made.heightForWidth(100) == 0


def test_a_chip_without_room_is_cut_and_told(qtbot: QtBot, theme: Theme) -> None:
    chip = Chip(theme, "later", "Avslutad 24 februari: kommunal arbetsmarknadsanställning")
    made = WrapRow((chip,))
    qtbot.addWidget(made)
    made.resize(chip.sizeHint().width() + 10, 40)
    made.show()
    assert chip.toolTip() == ""
    assert made.minimumSizeHint().width() < chip.sizeHint().width()
    made.resize(200, 40)
    QApplication.processEvents()
    assert chip.width() <= 200
    assert chip.toolTip() == chip.text()
