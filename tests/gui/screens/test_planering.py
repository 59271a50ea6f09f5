"""The plan on the card: made by typing, ticked, changed another day, taken back."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.aktor import SYSTEM
from db.queries.card import read_card
from db.queries.card_rows import PlaneringRow
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.kort.page import Akt, Oppna
from tests.gui.screens.conftest import ELIN, IDAG, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]


def plans(store: Store, person_id: int) -> tuple[PlaneringRow, ...]:
    with store.read(ELIN) as session:
        return read_card(session, ELIN, person_id, IDAG).planeringar


def click(qtbot: QtBot, runner: Runner, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)


@pytest.fixture
def planned(store: Store, people: People) -> People:
    with store.unit_of_work(SYSTEM, "test") as work:
        inskrivning = make.make_inskrivning(work.session, deltagare_id=people.asa, inskriven=date(2024, 5, 1))
        plan = make.make_planering(
            work.session, inskrivning_id=inskrivning.id, upprattad=date(2024, 5, 2), mal="Kock",
            nasta_uppfoljning=IDAG - timedelta(3),
        )  # fmt: skip
        make.make_planeringssteg(work.session, planering_id=plan.id, ordning=1, text="Skriva cv")
    return people


def test_a_first_plan_is_written_and_taken_back(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store
) -> None:
    screen = go("kort", Oppna(people.hodan, "planering"))
    page = screen.view.page("planering")
    assert screen.view.pages.currentWidget() is page
    assert page.empty.isVisible()
    click(qtbot, runner, page.empty.button)
    sheet = screen._sheet()
    assert sheet.title.text() == "Ny planering"
    type_text(sheet.boxes["mal"].field, "Arbete i kök")
    type_text(sheet.boxes["nasta_uppfoljning"].field.line, "+30")
    type_text(sheet.boxes["steg1"].field, "Skriva cv")
    type_text(sheet.boxes["senast1"].field.line, "+7")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    (plan,) = plans(store, people.hodan)
    assert (plan.mal, plan.nasta_uppfoljning) == ("Arbete i kök", IDAG + timedelta(30))
    assert [(s.text, s.ansvarig, s.senast) for s in plan.steg] == [
        ("Skriva cv", "deltagaren", IDAG + timedelta(7))
    ]
    assert page.goal.text() == "Arbete i kök"
    assert "Planeringen är sparad." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert plans(store, people.hodan) == ()


def test_a_plan_without_a_goal_is_told_at_the_field(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People
) -> None:
    screen = go("kort", Oppna(people.hodan, "planering", Akt("planering")))
    sheet = screen._sheet()
    told = sheet.boxes["nasta_uppfoljning"]
    type_text(told.field.line, "-3")  # what is wrong is told though something else is missing
    qtbot.waitUntil(lambda: told.error == "Uppföljningen har passerat. Välj en senare dag.")
    assert sheet.boxes["mal"].error == ""
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert sheet.boxes["mal"].error == "Skriv målet med planeringen."
    told.field.line.clear()
    type_text(told.field.line, "-4")
    qtbot.waitUntil(lambda: (told.error != "") and (sheet.boxes["mal"].error != ""))
    told.field.line.clear()
    type_text(sheet.boxes["mal"].field, "Kock")
    type_text(sheet.boxes["nasta_uppfoljning"].field.line, "i höst")
    press(qtbot, window, Qt.Key.Key_S)
    assert sheet.boxes["nasta_uppfoljning"].error.startswith("Skriv ett datum")


def test_a_step_is_ticked_and_the_plan_carried_on(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, planned: People, store: Store
) -> None:
    screen = go("kort", Oppna(planned.asa, "planering"))
    page = screen.view.page("planering")
    assert page.chip.text().endswith("31\u00a0maj")
    (box,) = page.boxes
    QTest.keyClick(box, Qt.Key.Key_Space)
    settle(qtbot, runner)
    assert plans(store, planned.asa)[0].steg[0].klar == IDAG
    assert "Steget är klart." in toast_texts(window)
    click(qtbot, runner, page.change)
    sheet = screen._sheet()
    assert sheet.title.text() == "Ändra planering"
    assert sheet.boxes["klar1"].field.isChecked()
    line = sheet.boxes["nasta_uppfoljning"].field.line
    line.selectAll()
    type_text(line, "+60")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    earlier, now = plans(store, planned.asa)
    assert (earlier.upprattad, now.upprattad) == (date(2024, 5, 2), IDAG)
    assert now.steg[0].klar == IDAG
    assert page.versions.isVisible()
    assert "Aktuell" in page.chip.text()
