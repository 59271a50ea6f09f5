"""Notes on the card: written, changed, signed, corrected; a masked card tells nothing of them."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.models import Anteckning
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.kort.page import Oppna
from tests.gui.screens.conftest import ELIN, IDAG, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]


def held(store: Store) -> list[tuple[str, str, bool, int | None]]:
    with store.read(ELIN) as session:
        notes = session.scalars(select(Anteckning).order_by(Anteckning.id))
        return [(n.rubrik, n.text, n.signerad is not None, n.rattar_id) for n in notes]


def press_button(qtbot: QtBot, runner: Runner, page: Any, text: str) -> None:
    (button,) = [b for b in page.findChildren(QPushButton) if b.text() == text and b.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)


@pytest.fixture
def page(go: Go, people: People) -> Any:
    return go("kort", Oppna(people.hodan, "anteckningar")).view.page("anteckningar")


@pytest.fixture
def note(store: Store, people: People) -> int:
    with store.unit_of_work(SYSTEM, "test") as work:
        skapad = (
            datetime.combine(IDAG, datetime.now().time()).astimezone(UTC).isoformat(timespec="microseconds")
        )
        return make.make_anteckning(
            work.session, deltagare_id=people.hodan, datum=IDAG, rubrik="Samtal", text="Vill arbeta.",
            skapad=skapad.replace("+00:00", "Z"),
        ).id  # fmt: skip


def test_a_note_is_written_from_a_template_and_taken_back(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, go: Go, people: People
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_anteckningsmall(work.session, namn="Telefonsamtal", text="Med vem:")
    assert page.empty.isVisible()
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(window.screen_shown.view, Qt.Key.Key_A, keys)
    settle(qtbot, runner)
    sheet = window.screen_shown._sheet()
    sheet.boxes["mall"].field.setCurrentIndex(1)
    assert sheet.boxes["text"].field.value() == "Med vem:"
    sheet.boxes["text"].field.moveCursor(sheet.boxes["text"].field.textCursor().MoveOperation.End)
    type_text(sheet.boxes["text"].field, " Åsa på Återbruket")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert held(store) == [("Telefonsamtal", "Med vem: Åsa på Återbruket", False, None)]
    assert any("Med vem: Åsa" in label.text() for label in page.findChildren(QLabel))
    assert "Anteckningen är sparad." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert held(store) == []


def test_an_empty_note_is_told_at_the_field(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    press_button(qtbot, runner, page, "Ny anteckning")
    sheet = window.screen_shown._sheet()
    line = sheet.boxes["datum"].field.line
    line.selectAll()
    QTest.keyClick(line, Qt.Key.Key_Delete)
    press(qtbot, window, Qt.Key.Key_S)
    assert sheet.boxes["text"].error == "Skriv anteckningen."
    assert sheet.boxes["datum"].error == "Ange dagen som anteckningen gäller."


@pytest.mark.usefixtures("note")
def test_ones_own_is_changed_signed_and_then_corrected(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    press_button(qtbot, runner, page, "Ändra")
    field = window.screen_shown._sheet().boxes["text"].field
    field.selectAll()
    type_text(field, "Vill studera.")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert held(store) == [("Samtal", "Vill studera.", False, None)]
    press_button(qtbot, runner, page, "Signera")
    assert "Anteckningen är signerad och låst." in toast_texts(window)
    press_button(qtbot, runner, page, "Rätta")
    sheet = window.screen_shown._sheet()
    assert sheet.boxes["text"].field.value() == ""
    type_text(sheet.boxes["text"].field, "Menade sfi.")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    first, correction = held(store)
    assert first == ("Samtal", "Vill studera.", True, None)
    assert (correction[1], correction[3] is not None) == ("Menade sfi.", True)
    assert any(label.text() == "Rättelse" for label in page.findChildren(QLabel))


def test_a_masked_card_tells_nothing_of_notes(go: Go, people: People, store: Store) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_anteckning(work.session, deltagare_id=people.skyddad, text="Bor hos Åsa", rubrik="Hemligt")
    page = go("kort", Oppna(people.skyddad, "anteckningar")).view.page("anteckningar")
    texts = " ".join(label.text() for label in page.findChildren(QLabel))
    assert "Texten är dold." in texts
    assert "Åsa" not in texts
    assert "Hemligt" not in texts
