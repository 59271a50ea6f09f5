"""The list: searched by typing, read by looking, opened by Enter."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.aktor import SYSTEM
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from tests.gui.screens.conftest import People, settle, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]


def names(screen: Any) -> list[str]:
    model = screen.view.model
    return [model.row(i).namn for i in range(model.rowCount())]


def find(qtbot: QtBot, runner: Runner, screen: Any, text: str) -> list[str]:
    screen.view.search.clear()
    with qtbot.waitSignal(screen.view.asked):
        type_text(screen.view.search, text)
    settle(qtbot, runner)
    return names(screen)


def test_my_people_are_shown_first_and_protected_ones_masked(go: Go) -> None:
    screen = go("deltagare")
    assert names(screen) == ["Skyddad identitet", "Hodan Rönnstig", "Åsa Öberg"]
    assert screen.view.header.meta.text() == "3\u00a0deltagare"


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("öb", ["Åsa Öberg"]),
        ("ås", ["Åsa Öberg"]),
        ("as", []),
        ("19880314-98", ["Hodan Rönnstig"]),
        ("880314", ["Hodan Rönnstig"]),
        ("Ä-2", ["Åsa Öberg"]),
        ("ebba", []),
    ],
)
def test_typing_finds(qtbot: QtBot, runner: Runner, go: Go, text: str, found: list[str]) -> None:
    assert find(qtbot, runner, go("deltagare"), text) == found


def test_no_hit_says_what_to_do(qtbot: QtBot, runner: Runner, go: Go) -> None:
    screen = go("deltagare")
    find(qtbot, runner, screen, "xyz")
    assert screen.view.empty.isVisible()
    assert screen.view.empty.fact.text() == "Inga träffar."
    QTest.keyClick(screen.view.search, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: screen.view.model.rowCount() == 3)


def test_all_is_a_choice_that_is_remembered(qtbot: QtBot, runner: Runner, go: Go) -> None:
    screen = go("deltagare")
    with qtbot.waitSignal(screen.view.asked):
        qtbot.mouseClick(screen.view.whose._buttons["alla"], Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert "Ebba Hemlig" not in names(screen)
    assert screen._context.settings.get("deltagare/vilka", "") == "alla"
    with qtbot.waitSignal(screen.view.asked):
        qtbot.mouseClick(screen.view.ongoing, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert len(names(screen)) == 3


def test_keys_open_the_card(qtbot: QtBot, runner: Runner, window: MainWindow, go: Go, people: People) -> None:
    screen = go("deltagare")
    QTest.keyClick(screen.view.search, Qt.Key.Key_Down)
    assert screen.view.table.hasFocus()
    QTest.keyClick(screen.view.table, Qt.Key.Key_Down)
    QTest.keyClick(screen.view.table, Qt.Key.Key_Return)
    settle(qtbot, runner)
    shown: Any = window.screen_shown
    assert shown.card.id == people.hodan
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert window.screen_shown is screen
    QTest.keyClick(window, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    assert screen.view.search.hasFocus()


def test_enter_in_the_search_opens_the_hit(qtbot: QtBot, runner: Runner, window: MainWindow, go: Go) -> None:
    screen = go("deltagare")
    find(qtbot, runner, screen, "öberg")
    QTest.keyClick(screen.view.search, Qt.Key.Key_Return)
    settle(qtbot, runner)
    assert window.windowTitle().startswith("Åsa Öberg")


def test_scrolling_fetches_the_rest(qtbot: QtBot, runner: Runner, store: Store, go: Go) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        for i in range(130):
            person = make.make_deltagare(work.session, fornamn="Bo", efternamn=f"Ek{i:03}")
            make.make_arende(work.session, deltagare_id=person.id, handlaggare="elin")
    screen = go("deltagare")
    assert screen.view.model.rowCount() == 100
    assert "fler än" in screen.view.header.meta.text()
    screen.view.table.scrollToBottom()
    qtbot.waitUntil(lambda: screen.view.model.rowCount() == 133)
    assert screen.view.header.meta.text() == "133\u00a0deltagare"


def test_the_command_box_finds_people_and_acts(
    qtbot: QtBot, runner: Runner, window: MainWindow, go: Go, people: People
) -> None:
    go("kort", people.asa)
    box = window.top_bar.commands
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    type_text(box.field, "rönn")
    qtbot.waitUntil(lambda: any("Hodan" in box.list.item(i).text() for i in range(box.list.count())))
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    settle(qtbot, runner)
    shown: Any = window.screen_shown
    assert shown.card.id == people.hodan
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    type_text(box.field, "ny insats")
    qtbot.waitUntil(
        lambda: box.list.currentItem() is not None and "Ny insats" in box.list.currentItem().text()
    )
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    settle(qtbot, runner)
    assert shown._sheet() is not None
