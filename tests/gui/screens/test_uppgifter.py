"""What is written of a person and the household, changed on the card; a masked card asks why first."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.commands.hushall import HushallUppgifter, save_hushall
from db.models import Arende, Deltagare, Hushall, Inskrivning, TidigareNummer
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.formular.konflikt import KonfliktDialog
from desktop.screens.kort.page import Akt, Oppna
from tests.gui.screens.conftest import IDAG, People, press, settle, toast_texts, type_text
from tests.gui.screens.test_ny_deltagare import write
from tests.helpers import factories as make

Go = Callable[..., Any]


def texts(page: Any) -> list[str]:
    return [label.text() for label in page.findChildren(QLabel) if label.isVisible()]


def press_button(qtbot: QtBot, runner: Runner, page: Any, text: str) -> None:
    (button,) = [b for b in page.findChildren(QPushButton) if b.accessibleName() == text and b.isVisible()]
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)


def person(store: Store, deltagare_id: int) -> Deltagare:
    with store.read(SYSTEM) as session:
        return session.get_one(Deltagare, deltagare_id)


@pytest.fixture
def screen(go: Go, people: People) -> Any:
    return go("kort", Oppna(people.hodan, "uppgifter"))


def test_a_number_is_replaced_and_the_old_one_kept(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    page = screen.view.page("uppgifter")
    press_button(qtbot, runner, page, "Ändra uppgifter")
    sheet = screen._sheet()
    assert sheet.boxes["personnummer"].field.value() == "19880314-9809"
    write(qtbot, runner, sheet, personnummer="880314-2382", efternamn="Lövmo", telefon="070-1740699")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    held = person(store, people.hodan)
    assert (held.personnummer, held.efternamn, held.telefon) == ("198803142382", "Lövmo", "070-1740699")
    with store.read(SYSTEM) as session:
        (earlier,) = session.scalars(select(TidigareNummer))
    assert (earlier.personnummer, earlier.till) == ("198803149809", IDAG)
    assert "19880314-9809" in texts(page)
    assert "Uppgifterna är sparade." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert person(store, people.hodan).personnummer == "198803149809"
    assert "070-1740635" in texts(page)


def test_what_is_wrong_is_told_and_a_double_opened(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, people: People
) -> None:
    screen.act(Akt("uppgifter"))
    settle(qtbot, runner)
    sheet = screen._sheet()
    write(qtbot, runner, sheet, fornamn=" ", personnummer="19900101-9802")
    press(qtbot, window, Qt.Key.Key_S)
    assert sheet.boxes["fornamn"].error == "Skriv förnamnet."
    write(qtbot, runner, sheet, fornamn="Åsa")
    assert sheet.boxes["personnummer"].error.startswith("Numret finns redan: Åsa Öberg.")
    (link,) = [w for w in sheet._stops() if w.accessibleName().startswith("Åsa Öberg")]
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert screen.card.id == people.asa


def test_the_pencil_beside_the_facts_leads_there(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    press_button(qtbot, runner, screen.view.facts, "Ändra uppgifter")
    assert screen._sheet().title.text() == "Ändra uppgifter"


def test_a_masked_card_asks_why_and_hides_the_form_again(
    go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, people: People
) -> None:
    screen = go("kort", Oppna(people.skyddad, "uppgifter"))
    page = screen.view.page("uppgifter")
    assert "Uppgifterna är dolda." in texts(page)
    assert not any("Lövmo" in text or "9805" in text for text in texts(page))
    press_button(qtbot, runner, page, "Ändra uppgifter")
    ask = screen._sheet()
    type_text(ask.boxes["skal"].field, "Nytt telefonnummer")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    sheet = screen._sheet()
    assert sheet.boxes["efternamn"].field.value() == "Lövmo"
    write(qtbot, runner, sheet, telefon="070-1740611")
    assert screen._hide_timer.isActive()
    screen._hide_timer.timeout.emit()
    settle(qtbot, runner)
    assert screen._sheet() is None
    assert screen.card.dold


def test_cancelling_the_reason_opens_nothing(go: Go, qtbot: QtBot, runner: Runner, people: People) -> None:
    screen = go("kort", Oppna(people.skyddad))
    screen.act(Akt("hushall"))
    QTest.keyClick(screen._sheet(), Qt.Key.Key_Escape)
    screen.refresh()
    settle(qtbot, runner)
    assert screen._sheet() is None


def test_a_household_is_begun_and_its_members_opened(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    page = screen.view.page("uppgifter")
    assert "Inga andra vuxna i hushållet." in texts(page)
    press_button(qtbot, runner, page, "Ändra hushåll")
    sheet = screen._sheet()
    write(qtbot, runner, sheet, antal_barn="tre")
    assert sheet.boxes["antal_barn"].error == "Skriv antalet med siffror."
    write(qtbot, runner, sheet, antal_barn="3")
    qtbot.mouseClick(sheet.boxes["har_medsokande"].field, Qt.MouseButton.LeftButton)
    write(qtbot, runner, sheet, med_personnummer="900101-9802")
    (link,) = [w for w in sheet._stops() if w.accessibleName().startswith("Åsa Öberg")]
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert person(store, people.hodan).hushall_id == person(store, people.asa).hushall_id is not None
    assert "3\u00a0barn" in texts(page)
    (member,) = page.links
    assert member.accessibleName().startswith("Åsa Öberg")
    qtbot.mouseClick(member, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert screen.card.id == people.asa


def test_an_adult_is_registered_and_another_moves_out(
    go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        hushall = make.make_hushall(work.session, antal_barn=1)
        for deltagare_id in (people.hodan, people.asa):
            work.session.get_one(Deltagare, deltagare_id).hushall_id = hushall.id
    screen = go("kort", Oppna(people.hodan, "uppgifter"))
    press_button(qtbot, runner, screen.view.page("uppgifter"), "Ändra hushåll")
    sheet = screen._sheet()
    qtbot.mouseClick(sheet.boxes[f"vuxen{people.asa}"].field, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(sheet.boxes["har_medsokande"].field, Qt.MouseButton.LeftButton)
    write(qtbot, runner, sheet, med_fornamn="Ali", med_efternamn="Rönnstig")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert person(store, people.asa).hushall_id is None
    with store.read(SYSTEM) as session:
        ali = session.scalars(select(Deltagare).where(Deltagare.fornamn == "Ali")).one()
        assert ali.hushall_id == hushall.id
        assert session.get_one(Hushall, hushall.id).antal_barn == 1
    assert "Hushållet är sparat." in toast_texts(window)


def test_two_who_change_a_household_see_both_versions(
    go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        hushall = make.make_hushall(work.session, antal_barn=1)
        work.session.get_one(Deltagare, people.hodan).hushall_id = hushall.id
    screen = go("kort", Oppna(people.hodan, "uppgifter"))
    press_button(qtbot, runner, screen.view.page("uppgifter"), "Ändra hushåll")
    sheet = screen._sheet()
    write(qtbot, runner, sheet, antal_barn="2")
    theirs = HushallUppgifter(3, frozenset({people.asa}))
    save_hushall(store, SYSTEM, people.hodan, theirs, IDAG)
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(KonfliktDialog)))
    (dialog,) = [d for d in window.findChildren(KonfliktDialog) if d.isVisible()]
    adult = f"vuxen{people.asa}"
    assert (set(dialog.mine), dialog.chosen_mine()) == ({"antal_barn", adult}, ["antal_barn"])
    assert dialog.theirs[adult].accessibleName() == "Åsa Öberg, nu i registret: Ja"
    stops = list(sheet._stops())
    places = [stops.index(sheet.boxes[name].field) for name in ("antal_barn", adult, "har_medsokande")]
    assert places == sorted(places)
    dialog.action.click()
    qtbot.waitUntil(lambda: "Hushållet är sparat." in toast_texts(window))
    assert person(store, people.asa).hushall_id == hushall.id
    with store.read(SYSTEM) as session:
        assert session.get_one(Hushall, hushall.id).antal_barn == 2


def test_two_who_count_the_children(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    press_button(qtbot, runner, screen.view.page("uppgifter"), "Ändra hushåll")
    write(qtbot, runner, screen._sheet(), antal_barn="2")
    save_hushall(store, SYSTEM, people.hodan, HushallUppgifter(3), IDAG)
    press(qtbot, window, Qt.Key.Key_S)
    qtbot.waitUntil(lambda: any(d.isVisible() for d in window.findChildren(KonfliktDialog)))
    (dialog,) = [d for d in window.findChildren(KonfliktDialog) if d.isVisible()]
    dialog.theirs["antal_barn"].click()
    dialog.action.click()
    qtbot.waitUntil(lambda: screen._sheet() is None)
    with store.read(SYSTEM) as session:
        assert session.scalars(select(Hushall.antal_barn)).all() == [3]


def test_a_person_who_is_gone_is_told(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        work.session.get_one(Deltagare, people.hodan).skyddad = "fingerade uppgifter"
        work.session.scalars(
            select(Arende).where(Arende.deltagare_id == people.hodan)
        ).one().handlaggare = "bo"
        mine = select(Inskrivning).where(Inskrivning.deltagare_id == people.hodan)
        work.session.scalars(mine).one().koordinator = "bo"
    for name in ("uppgifter", "hushall"):
        screen.act(Akt(name))
        settle(qtbot, runner)
        assert screen._sheet() is None
    assert "Deltagaren finns inte i registret." in toast_texts(window)


def test_who_changes_the_same_sees_both_versions(
    screen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    screen.act(Akt("uppgifter"))
    settle(qtbot, runner)
    sheet = screen._sheet()
    write(qtbot, runner, sheet, telefon="070-1740611")
    with store.unit_of_work(SYSTEM, "test") as work:
        row = work.session.get_one(Deltagare, people.hodan)
        row.telefon, row.epost = "070-1740622", "hodan@example.com"
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    (dialog,) = [d for d in window.findChildren(KonfliktDialog) if d.isVisible()]
    assert dialog.mine["telefon"].isChecked()
    assert dialog.theirs["epost"].isChecked()
    qtbot.mouseClick(dialog.action, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    held = person(store, people.hodan)
    assert (held.telefon, held.epost) == ("070-1740611", "hodan@example.com")


def test_the_cards_stand_below_each_other_where_it_is_narrow(screen: Any, window: MainWindow) -> None:
    page = screen.view.page("uppgifter")
    assert page.household.mapTo(page, page.household.rect().topLeft()).x() > page.person.width()
    page.resize(420, 600)
    assert page._sides.direction() is page._sides.Direction.TopToBottom
