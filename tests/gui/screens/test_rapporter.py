"""Reports on screen: chosen, seen as printed, saved."""

from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.rapporter import choices
from desktop.theme import Theme
from tests.gui.screens.conftest import settle, toast_texts, type_text

Go = Callable[..., Any]


@pytest.fixture
def screen(go: Go) -> Any:
    return go("rapporter")


def test_the_page_is_drawn(screen: Any) -> None:
    preview = screen.view.preview
    assert preview.place.text() == f"Sida 1 av {screen.printed.paper.pages}"
    image = preview.paper.image
    assert image.width() > 400
    assert (
        len({image.pixel(x, y) for x in range(0, image.width(), 7) for y in range(0, image.height(), 7)}) > 2
    )
    assert screen.view.hidden.text.text() == "Inga namn eller personnummer."
    assert "dold" in screen.view.hidden.detail.text()


def test_pages_turn_and_zoom(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    preview = screen.view.preview
    first = preview.paper.image
    qtbot.mouseClick(preview.next, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert preview.place.text().startswith("Sida 2")
    assert preview.paper.image != first
    width = preview.paper.image.width()
    qtbot.mouseClick(preview.larger, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert preview.paper.image.width() > width
    qtbot.mouseClick(preview.smaller, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(preview.fit, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert preview.paper.image.width() == width
    QTest.keyClick(preview.area, Qt.Key.Key_PageUp)
    assert preview.page == 0
    preview.area.verticalScrollBar().setValue(preview.area.verticalScrollBar().maximum())
    QTest.keyClick(preview.area, Qt.Key.Key_PageDown)
    assert preview.page == 1


def test_the_gallery_is_searched(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    gallery = screen.view.gallery
    type_text(gallery.search, "platser")
    assert [i.item.namn for i in gallery._items() if i.isVisible()] == ["belaggning"]
    QTest.keyClick(gallery.search, Qt.Key.Key_Return)
    settle(qtbot, runner)
    assert screen.view.report == "belaggning"
    assert screen.printed.rapport.rapport == "belaggning"
    type_text(gallery.search, "xyz")
    assert gallery.nothing.isVisible()


def test_in_a_narrow_window_the_gallery_is_a_choice(
    screen: Any, theme: Theme, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    view = screen.view
    window.resize(1180, 760)
    assert (view.gallery.isVisible(), view.which.isVisible()) == (True, False)
    theme.set(scale=150)
    qtbot.waitUntil(view.which.isVisible)
    assert not view.gallery.isVisible()
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert view.which.hasFocus()
    QTest.keyClick(view.which, Qt.Key.Key_Down)
    qtbot.waitUntil(lambda: screen.printed is not None and screen.printed.rapport.titel == view.title.text())
    assert view.which.currentText() == view.title.text()
    room = view.preview.area.viewport().width()
    qtbot.waitUntil(lambda: 0 < view.preview.paper.image.deviceIndependentSize().width() <= room)
    theme.set(scale=100)
    qtbot.waitUntil(view.gallery.isVisible)
    assert not view.which.isVisible()


def test_another_period_and_comparison(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    view = screen.view
    with qtbot.waitSignal(view.wanted):
        view.period.set_value("2024")
    with qtbot.waitSignal(view.wanted):
        view.compare.set_value(choices.YEAR_BEFORE)
    settle(qtbot, runner)
    assert view.compare.currentText() == "2023"
    assert screen.printed.rapport.period == ("2024-01-01", "2024-12-31")
    assert screen.printed.rapport.per == "2024-06-03"
    assert screen.printed.rapport.jamforelse_period == ("2023-01-01", "2023-12-31")
    with qtbot.waitSignal(view.wanted):
        type_text(view.per.line, "2024-05-31")
    settle(qtbot, runner)
    assert screen.printed.rapport.per == "2024-05-31"


def test_a_faulty_period_is_told_at_its_field(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    view = screen.view
    with qtbot.waitSignal(view.wanted):
        view.period.set_value(choices.OWN)
        type_text(view.own_period, "2024-13")
    assert "Månad 13 finns inte" in view.boxes["egen_period"].error
    assert not view.pdf.isEnabled()
    assert view.pdf.toolTip() == "Det finns ingen rapport att spara."
    assert view.preview.message.isVisible()
    view.own_period.clear()
    with qtbot.waitSignal(view.wanted):
        type_text(view.own_period, "2024-01-01..2024-03-31")
    settle(qtbot, runner)
    assert view.pdf.isEnabled()
    assert screen.printed.rapport.period[1] == "2024-03-31"


def test_saved_as_pdf_and_excel(
    screen: Any,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    choose_file: Callable[[str], None],
    tmp_path: Path,
) -> None:
    choose_file("")
    qtbot.mouseClick(screen.view.pdf, Qt.MouseButton.LeftButton)
    for button, name in ((screen.view.pdf, "rapport.pdf"), (screen.view.excel, "rapport.xlsx")):
        choose_file(str(tmp_path / Path(name).stem))
        qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
        settle(qtbot, runner)
        assert f"Sparad: {name}" in toast_texts(window)
    assert len(PdfReader(tmp_path / "rapport.pdf").pages) == screen.printed.paper.pages
    assert load_workbook(tmp_path / "rapport.xlsx").sheetnames[0] == "Rapport"
    assert not list(tmp_path.glob("*.tmp"))


def test_a_report_that_cannot_be_saved_is_told(
    screen: Any,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    choose_file: Callable[[str], None],
    tmp_path: Path,
) -> None:
    choose_file(str(tmp_path / "saknas" / "rapport.pdf"))
    qtbot.mouseClick(screen.view.pdf, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert any("saknas" in text for text in toast_texts(window))


def test_a_named_report_opens(go: Go) -> None:
    assert go("rapporter", "osa").printed.rapport.rapport == "osa"


def test_periods_offered_have_begun() -> None:
    offered = dict(choices.list_periods(date(2024, 6, 3)))
    assert offered["2024-05"] == "Maj 2024"
    assert offered["2024-T2"] == "Maj–augusti 2024 (T2)"
    assert "2024-T3" not in offered
    assert offered["2023"] == "2023"
    assert choices.period_name("skräp") == "skräp"
