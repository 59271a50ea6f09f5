"""Two cards of one person are made one, seen side by side first; and parted again."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.models import Andring, Arende, Deltagare, TidigareNummer
from db.queries.sammanslagning import Jamforelse
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.formular.jamforelse import word
from desktop.screens.formular.sammanslagning import describe_moved
from desktop.screens.kort.page import Akt, Oppna
from desktop.widgets.dialog import Dialog
from tests.gui.screens.conftest import People, press, settle, toast_texts, type_text
from tests.gui.screens.test_ny_deltagare import write
from tests.gui.screens.test_uppgifter import press_button, texts
from tests.helpers import factories as make

Go = Callable[..., Any]
OLD = "198803742389"


@pytest.fixture
def double(store: Store, people: People) -> int:
    """Hodan once more, registered with a samordningsnummer before she got her own."""
    with store.unit_of_work(SYSTEM, "test") as work:
        row = make.make_deltagare(
            work.session, fornamn="Hodan", efternamn="Rönstig", personnummer=OLD,
            nummertyp="samordningsnummer", epost="hodan@example.com", telefon="",
        )  # fmt: skip
        make.make_arende(work.session, deltagare_id=row.id, nummer="Ä-17")
        return row.id


@pytest.fixture
def screen(go: Go, people: People, double: int) -> Any:
    return go("kort", Oppna(people.hodan, "uppgifter"))


def people_held(store: Store) -> dict[int, Deltagare]:
    with store.read(SYSTEM) as session:
        return {row.id: row for row in session.scalars(select(Deltagare))}


def link(sheet: Any, begins: str) -> Any:
    (found,) = [w for w in sheet._stops() if w.accessibleName().startswith(begins) and w.isVisible()]
    return found


def test_a_double_is_chosen_compared_merged_and_parted(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People, double: int
) -> None:
    page = screen.view.page("uppgifter")
    press_button(qtbot, runner, page, "Slå ihop…")
    sheet = screen._sheet()
    qtbot.mouseClick(link(sheet, "Hodan Rönstig"), Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    told = [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    assert "Hodan Rönstig tas bort som eget kort." in told
    assert "Flyttas hit: 1\u00a0ärende." in told
    assert not sheet.boxes["sok"].isVisible()
    assert link(sheet, "Nummer, det här kortet: 19880314-9809").isChecked()
    assert link(sheet, "E-post, det andra kortet: hodan@example.com").isChecked()
    name = link(sheet, "Efternamn, det här kortet: Rönnstig")
    name.setFocus()
    QTest.keyClick(name, Qt.Key.Key_Right)
    assert link(sheet, "Efternamn, det andra kortet: Rönstig").isChecked()
    type_text(sheet.boxes["skal"].field, "Fick personnummer i maj")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    held = people_held(store)
    assert double not in held
    hodan = held[people.hodan]
    assert (hodan.efternamn, hodan.epost, hodan.personnummer) == (
        "Rönstig", "hodan@example.com", "198803149809",
    )  # fmt: skip
    assert screen.view.head.name.text() == "Hodan Rönstig"
    assert "Korten är ihopslagna." in toast_texts(window)
    assert "19880374-2389" in texts(page)
    assert "Hodan Rönstig 19880374-2389" in texts(page)
    press_button(qtbot, runner, page, "Dela igen: Hodan Rönstig 19880374-2389")
    qtbot.mouseClick(_dialog(screen).action, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    held = people_held(store)
    assert held[double].personnummer == OLD
    assert (held[people.hodan].efternamn, held[people.hodan].epost) == ("Rönnstig", "")
    with store.read(SYSTEM) as session:
        assert session.scalars(select(TidigareNummer)).all() == []
        assert session.scalars(select(Arende.deltagare_id).where(Arende.nummer == "Ä-17")).one() == double
    assert "Kortet är delat." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert double not in people_held(store)


def _dialog(screen: Any) -> Any:
    (dialog,) = [d for d in screen.findChildren(Dialog) if d.isVisible()]
    return dialog


def test_the_merge_is_taken_back(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, double: int
) -> None:
    screen.act(Akt("sla_ihop"))
    settle(qtbot, runner)
    sheet = screen._sheet()
    qtbot.mouseClick(link(sheet, "Hodan Rönstig"), Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    type_text(sheet.boxes["skal"].field, "Dubbelt")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert people_held(store)[double].personnummer == OLD
    assert screen.card.sammanslagna == ()


def test_anybody_is_found_by_search_and_another_chosen(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, people: People
) -> None:
    screen.act(Akt("sla_ihop"))
    settle(qtbot, runner)
    sheet = screen._sheet()
    press(qtbot, window, Qt.Key.Key_S)
    assert sheet.boxes["sok"].error == "Sök den andra deltagaren, och välj raden."
    assert sheet.boxes["skal"].error == "Skriv varför det är samma person."
    write(qtbot, runner, sheet, sok="xyz")
    assert "Inga träffar." in [label.text() for label in sheet.findChildren(QLabel) if label.isVisible()]
    write(qtbot, runner, sheet, sok="öberg")
    qtbot.mouseClick(link(sheet, "Åsa Öberg"), Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    type_text(sheet.boxes["skal"].field, "Samma")
    with qtbot.waitSignal(sheet.edited):
        type_text(sheet.boxes["skal"].field, " person")
    settle(qtbot, runner)
    assert "Båda har ett personnummer." in sheet.notice.text.text()
    qtbot.mouseClick(link(sheet, "Välj en annan"), Qt.MouseButton.LeftButton)
    assert sheet.boxes["sok"].isVisible()


def test_a_protected_one_is_opened_with_the_reason_and_stays_protected(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    screen.act(Akt("sla_ihop"))
    settle(qtbot, runner)
    sheet = screen._sheet()
    write(qtbot, runner, sheet, sok="Ä-3")
    masked = link(sheet, "Skyddad identitet")
    assert "Lövmo" not in masked.accessibleName()
    with qtbot.waitSignal(sheet.edited):
        qtbot.mouseClick(masked, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert sheet.boxes["skal"].error.startswith("Uppgifterna är skyddade.")
    assert not any("Lövmo" in label.text() for label in sheet.findChildren(QLabel))
    type_text(sheet.boxes["skal"].field, "Fick skydd i maj")
    qtbot.mouseClick(link(sheet, "Skyddad identitet"), Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert link(sheet, "Efternamn, det här kortet: Rönnstig").isChecked()
    with store.read(SYSTEM) as session:
        logged = session.scalars(select(Andring).where(Andring.falt == "visning")).one()
    assert (logged.rad_id, logged.nytt) == (people.skyddad, '"Fick skydd i maj"')
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert people_held(store)[people.hodan].skyddad == "sekretessmarkering"
    assert screen.card.dold


def test_parting_that_cannot_be_done_is_told(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People, double: int
) -> None:
    screen.act(Akt("sla_ihop"))
    settle(qtbot, runner)
    sheet = screen._sheet()
    qtbot.mouseClick(link(sheet, "Hodan Rönstig"), Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    type_text(sheet.boxes["skal"].field, "Dubbelt")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_deltagare(work.session, personnummer=OLD, nummertyp="samordningsnummer")
    screen.act(Akt("dela", screen.card.sammanslagna[0].id))
    qtbot.mouseClick(_dialog(screen).action, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert any("finns nu hos en annan deltagare" in text for text in toast_texts(window))


def test_values_in_words() -> None:
    assert word("hushall_id", ("H1", 2, 1)) == "1\u00a0vuxen, 2\u00a0barn"
    assert word("hushall_id", ("H1", None, 2)) == "2\u00a0vuxna"
    assert word("utrikesfodd", False) == "I Sverige"
    assert word("fodelsedatum", date(1988, 3, 14)) == "14\u00a0mars\u00a01988"
    assert word("kon", "K") == "Kvinna"
    assert word("skyddad", "nej") == "Nej"
    assert word("epost", "") == ""
    assert describe_moved(Jamforelse(1, "Åsa", (), frozenset(), ())) == "Inget mer står på det."


def test_one_who_has_nothing_is_merged_and_told_on_the_card(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        nothing = {"personnummer": None, "fodelsedatum": None, "kon": None}
        empty = make.make_deltagare(work.session, fornamn="Hodan", efternamn="Rönnstig", **nothing).id
    screen.act(Akt("sla_ihop"))
    settle(qtbot, runner)
    sheet = screen._sheet()
    sheet.boxes["vald"].field.setText(str(empty))
    settle(qtbot, runner)
    type_text(sheet.boxes["skal"].field, "Påbörjad två gånger")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert [row.skal for row in screen.card.sammanslagna] == ["Påbörjad två gånger"]
