"""Who must act: the overview, the things of somebody, handing over and taking it back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.models import Arende, Inskrivning
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.formular.sheet import Sheet
from tests.gui.screens.conftest import People, settle, toast_texts
from tests.helpers import factories as make

Go = Callable[..., Any]


@pytest.fixture
def ansvar(go: Go, store: Store, people: People, qtbot: QtBot) -> Any:
    """Bo has somebody open besides the protected person, and has left."""
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_medarbetare(work.session, signatur="bo", namn="Bo Ek", aktiv=False)
        person = make.make_deltagare(work.session, fornamn="Nils", efternamn="Berg")
        make.make_arende(work.session, deltagare_id=person.id, handlaggare="bo", beslut=date(2024, 5, 21))
        make.make_inskrivning(work.session, deltagare_id=person.id, koordinator="bo", spar="OSA")
    screen = go("ansvar")
    qtbot.waitUntil(lambda: bool(names(screen)))
    return screen


def names(screen: Any) -> list[str]:
    table = screen.view.table()
    model = table.model()
    return [model.index(place, 0).data() for place in range(model.rowCount())]


def choose_by(screen: Any, by: str) -> None:
    screen.view.by.set_value(by)
    screen.view.by.chosen.emit(by)


def stand_on(screen: Any, name: str) -> None:
    table = screen.view.table()
    table.setCurrentIndex(table.model().index(names(screen).index(name), 0))


def sheet_of(screen: Any, qtbot: QtBot) -> Any:
    qtbot.waitUntil(lambda: any(s.is_open and s.is_started for s in screen.findChildren(Sheet)))
    return next(s for s in screen.findChildren(Sheet) if s.is_open)


def held(store: Store, signatur: str) -> int:
    with store.read(SYSTEM) as session:
        arenden = session.scalars(select(Arende.handlaggare)).all()
        inskrivna = session.scalars(select(Inskrivning.koordinator)).all()
    return [*arenden, *inskrivna].count(signatur)


def test_everybody_with_something_open_is_there_also_who_has_left(ansvar: Any) -> None:
    assert names(ansvar) == ["Bo Ek (inte i tjänst)", "Elin Måsvik"]
    assert "att göra" in ansvar.view.header.meta.text()


def test_enter_shows_the_things_and_a_thing_opens_the_card(
    ansvar: Any, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    stand_on(ansvar, "Elin Måsvik")
    QTest.keyClick(ansvar.view.table(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ansvar.view.shows_items())
    assert ansvar.view.whose.text() == "Elin Måsvik"
    row = ansvar.view.table().current_row()
    assert sum(group.total for group in ansvar.view.list.groups()) == row.alla > 0
    qtbot.waitUntil(lambda: ansvar.view.list.current_item() is not None)
    QTest.keyClick(ansvar.view.list, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not ansvar.view.shows_items())
    QTest.keyClick(ansvar.view.table(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ansvar.view.shows_items())
    QTest.keyClick(ansvar.view.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_shown is not ansvar)
    settle(qtbot, runner)


def test_by_spar(ansvar: Any) -> None:
    choose_by(ansvar, "spar")
    assert names(ansvar) == ["Arena Arbetsmarknad", "OSA"]
    assert not ansvar.view.hand_over.isEnabled() or ansvar.view.hand_over.toolTip()
    ansvar.hand_over()
    assert not any(sheet.is_open for sheet in ansvar.findChildren(Sheet))


def test_by_enhet(ansvar: Any, qtbot: QtBot) -> None:
    choose_by(ansvar, "enhet")
    assert names(ansvar) == ["Ingen enhet", "Återbruket"]
    assert not ansvar.view.hand_over.isEnabled()
    stand_on(ansvar, "Återbruket")
    row = ansvar.view.table().current_row()
    QTest.keyClick(ansvar.view.table(), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: ansvar.view.shows_items())
    assert ansvar.view.whose.text() == "Återbruket"
    assert sum(group.total for group in ansvar.view.list.groups()) == row.alla > 0


def test_a_colleagues_people_are_handed_over_and_taken_back(
    ansvar: Any, store: Store, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    stand_on(ansvar, "Bo Ek (inte i tjänst)")
    before = held(store, "bo")
    ansvar.view.hand_over.click()
    sheet = sheet_of(ansvar, qtbot)
    words = sheet.context.text().replace("\u00a0", " ")
    assert "1 öppet ärende, 1 pågående inskrivning" in words
    assert "1 deltagare med skyddade uppgifter är inte med" in words
    assert sheet.set_values({"till": "Elin Måsvik", "skal": "Bo har slutat"})
    sheet.save_wanted.emit(False)
    qtbot.waitUntil(lambda: held(store, "bo") == before - 2)
    qtbot.waitUntil(lambda: names(ansvar) == ["Elin Måsvik"])
    qtbot.waitUntil(lambda: any("överlämnade till Elin" in text for text in toast_texts(window)))
    settle(qtbot, runner)
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    qtbot.waitUntil(lambda: held(store, "bo") == before)
    qtbot.waitUntil(lambda: "Bo Ek (inte i tjänst)" in names(ansvar))
    settle(qtbot, runner)


def test_nobody_chosen_is_told_at_the_field(ansvar: Any, qtbot: QtBot, runner: Runner) -> None:
    stand_on(ansvar, "Elin Måsvik")
    ansvar.view.hand_over.click()
    sheet = sheet_of(ansvar, qtbot)
    sheet.save_wanted.emit(False)
    qtbot.waitUntil(lambda: bool(sheet.boxes["till"].error))
    settle(qtbot, runner)
    sheet.dismiss()


def test_chosen_people_are_handed_over_from_deltagare(
    ansvar: Any, go: Go, store: Store, people: People, qtbot: QtBot, runner: Runner
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_medarbetare(work.session, signatur="eva", namn="Eva Ström")
    screen = go("deltagare")
    screen.register_many([people.hodan, people.asa], "lamna_over")
    sheet = sheet_of(screen, qtbot)
    assert sheet.set_values({"till": "Eva Ström", "vad": "Bara inskrivningar"})
    sheet.save_wanted.emit(False)
    qtbot.waitUntil(lambda: held(store, "eva") == 2)
    settle(qtbot, runner)


def choose_tab(screen: Any, tab: str) -> None:
    screen.view.tab.set_value(tab)
    screen.view.tab.chosen.emit(tab)


@pytest.fixture
def stam_av(ansvar: Any, store: Store, qtbot: QtBot) -> Any:
    """Elin's period, with an insats past its planned end and people without planering."""
    with store.unit_of_work(SYSTEM, "test") as work:
        person = make.make_deltagare(work.session, fornamn="Sara", efternamn="Lind")
        ik = make.make_inskrivning(work.session, deltagare_id=person.id, koordinator="elin")
        make.make_insats(work.session, inskrivning_id=ik.id, planerat_slut=date(2024, 5, 15))
    choose_tab(ansvar, "stam_av")
    qtbot.waitUntil(lambda: ansvar.stam_av.model.rowCount() == 2)
    return ansvar.stam_av


def stand_on_elin(page: Any) -> Any:
    place = next(p for p in range(page.model.rowCount()) if page.model.row(p).signatur == "elin")
    page.table.setCurrentIndex(page.model.index(place, 0))
    return page.model.row(place)


def test_what_is_left_of_a_period_opens_where_it_is_registered(
    stam_av: Any, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    assert stam_av.chosen().text == "2024-05"
    assert stam_av.status.text().replace("\u00a0", " ").startswith("0 av 2 klara. Kvar: Bo Ek")
    row = stand_on_elin(stam_av)
    QTest.keyClick(stam_av.table, Qt.Key.Key_Return)
    qtbot.waitUntil(stam_av.shows_items)
    assert sum(group.total for group in stam_av.list.groups()) == len(row.kvar) > 1
    QTest.keyClick(stam_av.list, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not stam_av.shows_items())
    QTest.keyClick(stam_av.table, Qt.Key.Key_Return)
    qtbot.waitUntil(stam_av.shows_items)
    before = window.screen_shown
    QTest.keyClick(stam_av.list, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.screen_shown is not before)
    settle(qtbot, runner)


def test_klart_asks_for_a_reason_and_is_taken_back(
    ansvar: Any, stam_av: Any, qtbot: QtBot, runner: Runner
) -> None:
    stand_on_elin(stam_av)
    stam_av.klart.click()
    sheet = sheet_of(ansvar, qtbot)
    qtbot.waitUntil(lambda: not sheet.reason.isHidden())
    sheet.skal.setPlainText("Väntar på listan från enheten")
    sheet.save_wanted.emit(False)
    qtbot.waitUntil(lambda: stand_on_elin(stam_av).klar is not None)
    qtbot.waitUntil(lambda: stam_av.klart.text() == "Ta tillbaka Klart")
    settle(qtbot, runner)
    stam_av.klart.click()
    qtbot.waitUntil(lambda: stand_on_elin(stam_av).klar is None)
    settle(qtbot, runner)


def test_a_running_period_cannot_be_klar(stam_av: Any, qtbot: QtBot, runner: Runner) -> None:
    stam_av.period.set_value("2024")
    qtbot.waitUntil(lambda: stam_av.chosen().text == "2024" and not runner.busy)
    stand_on_elin(stam_av)
    qtbot.waitUntil(lambda: stam_av._why_not(stam_av.table.current_row()) == "Perioden är inte slut ännu.")
    stam_av.turn()
    sheets = [sheet for sheet in stam_av._over.findChildren(Sheet) if sheet.is_open]
    for sheet in sheets:
        sheet.dismiss()
    settle(qtbot, runner)
