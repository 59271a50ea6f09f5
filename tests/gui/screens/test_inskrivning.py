"""Inskrivning and steg on the card: begun, changed, moved on and corrected by typing and pressing."""

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.commands.inskrivning import InskrivningUppgifter, update_inskrivning
from db.commands.steg import StegUppgifter, update_steg
from db.models import Deltagare, Inskrivning
from db.queries.card import read_card
from db.queries.card_rows import Card
from db.queries.val import list_steg_ids
from db.session import Store, open_store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.formular.konflikt import KonfliktDialog
from desktop.screens.kort.page import Akt, Oppna
from tests.gui.screens.conftest import ELIN, IDAG, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]
START = date(2024, 1, 8)


def read(store: Store, person_id: int) -> Card:
    with store.read(ELIN) as session:
        return read_card(session, ELIN, person_id, IDAG)


def steg(store: Store, person_id: int) -> list[tuple[str, date, date | None]]:
    return [(row.steg, row.fran, row.till) for row in read(store, person_id).steg]


def texts(page: Any) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.text()]


def press_button(qtbot: QtBot, runner: Runner, page: Any, name: str) -> None:
    found = [b for b in page.findChildren(QPushButton) if b.accessibleName() == name and b.isVisible()]
    qtbot.mouseClick(found[0], Qt.MouseButton.LeftButton)
    settle(qtbot, runner)


def write(line: Any, text: str) -> None:
    line.selectAll()
    type_text(line, text)


def save(qtbot: QtBot, window: MainWindow, runner: Runner) -> None:
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)


def choose_and_save(qtbot: QtBot, runner: Runner, window: MainWindow) -> KonfliktDialog:
    """In the dialog with both versions one's own words are chosen where one has changed them."""
    (dialog,) = [d for d in window.findChildren(KonfliktDialog) if d.isVisible()]
    qtbot.mouseClick(dialog.action, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    settle(qtbot, runner)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    return dialog


@pytest.fixture
def page(go: Go, people: People) -> Any:
    return go("kort", Oppna(people.hodan, "inskrivning")).view.page("inskrivning")


@pytest.fixture
def new_person(store: Store, people: People) -> int:
    with store.unit_of_work(SYSTEM, "test") as work:
        person: Deltagare = make.make_deltagare(work.session, fornamn="Bo", efternamn="Ek", kon="M")
        make.make_arende(work.session, deltagare_id=person.id, handlaggare="elin", nummer="Ä-9")
        make.make_medarbetare(work.session, signatur="bo", namn="Bo Berg")
        return person.id


def test_idag_enrols_a_person(
    new_person: int, go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    idag = go("idag")
    item = next(i for g in idag.view.list.groups() for i in g.items if i.name == "Bo Ek")
    idag.view.list.select(item.key)
    QTest.keyClick(idag.view.list, Qt.Key.Key_Return)
    settle(qtbot, runner)
    screen = window.screen_shown
    sheet = screen._sheet()
    assert sheet.title.text() == "Ny inskrivning"
    assert sheet.boxes["koordinator"].field.currentText() == "Elin Måsvik"
    sheet.boxes["hanvisad_av"].field.setFocus()
    QTest.keyClick(sheet.boxes["hanvisad_av"].field, Qt.Key.Key_S)
    QTest.keyClick(sheet.boxes["spar"].field, Qt.Key.Key_S)
    QTest.keyClick(sheet.boxes["forsorjning_fore"].field, Qt.Key.Key_E)
    write(sheet.boxes["anvisad"].field.line, "-7")
    save(qtbot, window, runner)
    card = read(store, new_person)
    own = card.inskrivning
    assert own is not None
    assert (own.inskriven, own.anvisad, own.hanvisad_av, own.spar, own.signatur, own.forsorjning_fore) == (
        IDAG, IDAG - timedelta(7), "socialtjänst", "Sysselsättning", "elin", "ekonomiskt bistånd"
    )  # fmt: skip
    assert steg(store, new_person) == [("Aktualisering", IDAG, None)]
    assert "Deltagaren är inskriven." in toast_texts(window)
    assert screen.view.page("inskrivning").isVisible()
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert read(store, new_person).inskrivning is None
    assert screen.view.page("inskrivning").empty.isVisible()


def test_days_that_contradict_are_told_at_the_field(
    new_person: int, go: Go, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = go("kort", Oppna(new_person, "inskrivning")).view.page("inskrivning")
    press_button(qtbot, runner, page, "Skriv in")
    sheet = window.screen_shown._sheet()
    write(sheet.boxes["inskriven"].field.line, "i våras")
    save(qtbot, window, runner)
    assert sheet.boxes["inskriven"].error.startswith("Skriv ett datum")
    QTest.keyClick(sheet.boxes["inskriven"].field.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(sheet.boxes["inskriven"].field.line, Qt.Key.Key_Delete)
    save(qtbot, window, runner)
    assert sheet.boxes["inskriven"].error == "Ange första dagen."
    write(sheet.boxes["inskriven"].field.line, "1900-01-01")
    save(qtbot, window, runner)
    assert sheet.boxes["inskriven"].error.startswith("Dagen är före födelsedatumet")


def test_it_is_changed_with_whoever_is_responsible(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People, go: Go
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        row = work.session.scalars(select(Inskrivning).where(Inskrivning.deltagare_id == people.hodan)).one()
        row.koordinator, row.spar = "slutat", "Eget spår"
    go("kort", Oppna(people.hodan, "inskrivning"))
    press_button(qtbot, runner, page, "Ändra 8 januari 2024")
    sheet = window.screen_shown._sheet()
    assert sheet.boxes["koordinator"].field.currentText() == "slutat"
    assert sheet.boxes["spar"].field.currentText() == "Eget spår"
    sheet.boxes["koordinator"].field.set_value("elin")
    save(qtbot, window, runner)
    own = read(store, people.hodan).inskrivning
    assert own is not None
    assert (own.signatur, own.spar, own.inskriven) == ("elin", "Eget spår", START)
    assert not page.new.isVisible()


def test_a_person_moves_on_is_corrected_and_taken_back(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    press_button(qtbot, runner, page, "Nytt steg…")
    sheet = window.screen_shown._sheet()
    assert "nu i Insats sedan 1\u00a0mar" in sheet.context.text()
    assert sheet.boxes["steg"].field.currentText() == "Matchning"
    save(qtbot, window, runner)
    assert steg(store, people.hodan) == [
        ("Insats", date(2024, 3, 1), IDAG - timedelta(1)), ("Matchning", IDAG, None)
    ]  # fmt: skip
    press_button(qtbot, runner, page, "Ändra Matchning 3 jun")
    sheet = window.screen_shown._sheet()
    write(sheet.boxes["fran"].field.line, "någon gång")
    save(qtbot, window, runner)
    assert sheet.boxes["fran"].error.startswith("Skriv ett datum")
    QTest.keyClick(sheet.boxes["fran"].field.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(sheet.boxes["fran"].field.line, Qt.Key.Key_Delete)
    save(qtbot, window, runner)
    assert sheet.boxes["fran"].error == "Ange dagen."
    write(sheet.boxes["fran"].field.line, "2024-05-20")
    save(qtbot, window, runner)
    assert steg(store, people.hodan)[1] == ("Matchning", date(2024, 5, 20), None)
    assert "sedan 20\u00a0maj · 14\u00a0dagar" in texts(page)
    press_button(qtbot, runner, page, "Ta bort Matchning 20 maj")
    assert steg(store, people.hodan) == [("Insats", date(2024, 3, 1), None)]
    assert "Steget är borttaget." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert len(steg(store, people.hodan)) == 2


def test_two_who_change_the_same_see_both_versions(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    own = read(store, people.hodan).inskrivning
    assert own is not None
    press_button(qtbot, runner, page, "Ändra 8 januari 2024")
    window.screen_shown._sheet().boxes["spar"].field.set_value("Sysselsättning")
    told = InskrivningUppgifter(START, date(2024, 1, 3), koordinator="elin")
    with closing(open_store(store.path or "")) as other:
        update_inskrivning(other, ELIN, own.id, told, IDAG)
    save(qtbot, window, runner)
    choose_and_save(qtbot, runner, window)
    changed = read(store, people.hodan).inskrivning
    assert changed is not None
    assert (changed.anvisad, changed.spar) == (date(2024, 1, 3), "Sysselsättning")
    press_button(qtbot, runner, page, "Ändra Insats 1 mar")
    write(window.screen_shown._sheet().boxes["fran"].field.line, "2024-03-08")
    (row,) = read(store, people.hodan).steg
    with store.read(ELIN) as session:
        planering = {namn: id_ for id_, namn in list_steg_ids(session, ELIN)}["Planering"]
    with closing(open_store(store.path or "")) as other:
        update_steg(other, ELIN, row.id, StegUppgifter(planering, date(2024, 3, 1)), IDAG)
    save(qtbot, window, runner)
    choose_and_save(qtbot, runner, window)
    assert steg(store, people.hodan) == [("Planering", date(2024, 3, 8), None)]


def test_after_the_last_steg_one_is_chosen(
    go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        own = work.session.scalars(select(Inskrivning).where(Inskrivning.deltagare_id == people.hodan)).one()
        make.make_stegperiod(
            work.session, inskrivning_id=own.id, steg="Uppföljning", fran=IDAG + timedelta(7)
        )
    screen = go("kort", Oppna(people.hodan, "inskrivning", Akt("steg")))
    sheet = screen._sheet()
    save(qtbot, window, runner)
    assert sheet.boxes["steg"].error == "Välj ett steg."
    assert "Planerat" in texts(screen.view.page("inskrivning"))


def test_earlier_ones_stand_below_with_how_they_ended(go: Go, store: Store, people: People) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_inskrivning(
            work.session, deltagare_id=people.hodan, inskriven=date(2022, 3, 1), avslutad=date(2022, 3, 10),
            resultat="studier", forsorjning_efter="studiemedel",
        )  # fmt: skip
    page = go("kort", Oppna(people.hodan, "inskrivning")).view.page("inskrivning")
    found = texts(page)
    assert found.index("Inskriven 8\u00a0januari\u00a02024") < found.index("Inskriven 1\u00a0mars\u00a02022")
    assert "Avslutad: studier" in found
    assert "1–10\u00a0mar\u00a02022 · 10\u00a0dagar" in found
    assert "Studiemedel" in found
    assert "Inget steg registrerat." in found


def test_one_that_is_to_begin_is_planned(go: Go, store: Store, new_person: int) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_inskrivning(work.session, deltagare_id=new_person, inskriven=IDAG + timedelta(7))
    page = go("kort", Oppna(new_person, "inskrivning")).view.page("inskrivning")
    assert {"Planerad", "10\u00a0jun"} <= set(texts(page))


def test_the_command_box_knows_both(
    go: Go, people: People, new_person: int, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    def choose(words: str) -> str:
        box = window.top_bar.commands
        QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
        type_text(box.field, words)
        qtbot.waitUntil(lambda: box.list.currentItem() is not None and words in box.list.currentItem().text())
        QTest.keyClick(box.field, Qt.Key.Key_Return)
        settle(qtbot, runner)
        sheet = window.screen_shown._sheet()
        title = str(sheet.title.text())
        QTest.keyClick(sheet, Qt.Key.Key_Escape)
        settle(qtbot, runner)
        return title

    go("kort", people.hodan)
    assert choose("Nytt steg") == "Nytt steg"
    go("kort", new_person)
    assert choose("Ny inskrivning") == "Ny inskrivning"


def test_one_that_is_closed_lets_another_begin(
    go: Go, store: Store, new_person: int, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_inskrivning(
            work.session,
            deltagare_id=new_person,
            inskriven=START,
            avslutad=date(2024, 4, 1),
            resultat="studier",
        )
    page = go("kort", Oppna(new_person, "inskrivning")).view.page("inskrivning")
    press_button(qtbot, runner, page, "Ny inskrivning")
    sheet = window.screen_shown._sheet()
    sheet.edited.emit()
    settle(qtbot, runner)
    assert "Räknas som återaktualisering" in sheet.boxes["inskriven"].warning


def enrolled(store: Store, person_id: int) -> list[date]:
    return [row.inskriven for row in read(store, person_id).inskrivningar]


def test_one_with_insatser_stays_and_the_way_to_them_is_offered(
    go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    view = go("kort", Oppna(people.hodan, "inskrivning")).view
    before = enrolled(store, people.hodan)
    (button,) = [b for b in view.page("inskrivning").findChildren(QPushButton) if b.text() == "Ta bort"][:1]
    assert button.accessibleName().startswith("Ta bort inskrivning")
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: any("hör 1 insats och BIP-svar" in text for text in toast_texts(window)))
    assert enrolled(store, people.hodan) == before
    way = window.toasts.toasts()[-1].undo
    assert way.text() == "Visa insatserna"
    way.click()
    assert view.page("insatser").isVisible()


def test_one_registered_by_mistake_is_removed_and_had_back(
    go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        person = make.make_deltagare(work.session, fornamn="Ali", efternamn="Ek").id
        inskrivning = make.make_inskrivning(work.session, deltagare_id=person, koordinator="elin")
        make.make_stegperiod(work.session, inskrivning_id=inskrivning.id, fran=START)
    page = go("kort", Oppna(person, "inskrivning")).view.page("inskrivning")
    before = enrolled(store, person)
    (button, *_) = [b for b in page.findChildren(QPushButton) if b.text() == "Ta bort"]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "Inskrivningen är borttagen." in toast_texts(window))
    qtbot.waitUntil(page.empty.isVisible)
    assert enrolled(store, person) == []
    trash = go("papperskorg").view
    (row,) = [trash.model.row(place) for place in range(trash.model.rowCount())]
    assert (row.text, dict(row.innehall)) == ("Borttagen inskrivning", {"inskrivning": 1, "stegperiod": 1})
    trash.restore.emit(row)
    qtbot.waitUntil(lambda: enrolled(store, person) == before)
