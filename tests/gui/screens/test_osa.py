"""OSA on the card: decisions, follow-ups and the övergång, by typing and pressing; Idag begins them."""

from collections.abc import Callable
from contextlib import closing
from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from db.aktor import SYSTEM
from db.commands.osa import BeslutUppgifter, update_osa_beslut
from db.commands.osa_uppfoljning import UppfoljningUppgifter, update_osa_uppfoljning
from db.models import Inskrivning
from db.queries.card import read_card
from db.queries.card_rows import Card
from db.session import Store, open_store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.formular.konflikt import KonfliktDialog
from desktop.screens.kort.page import Akt, Oppna
from tests.gui.screens.conftest import ELIN, IDAG, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]
START = date(2024, 3, 1)


def read(store: Store, person_id: int) -> Card:
    with store.read(ELIN) as session:
        return read_card(session, ELIN, person_id, IDAG)


def place(store: Store, person_id: int, typ: str = "OSA-anställning", **more: Any) -> int:
    with store.unit_of_work(SYSTEM, "test") as work:
        query = work.session.query(Inskrivning.id).filter_by(deltagare_id=person_id)
        values = {"start": START, "omfattning": 75, "inskrivning_id": query.scalar()} | more
        return make.make_insats(work.session, typ=typ, **values).id


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
def insats(store: Store, people: People) -> int:
    return place(store, people.hodan)


@pytest.fixture
def page(insats: int, go: Go, people: People) -> Any:
    return go("kort", Oppna(people.hodan, "osa")).view.page("osa")


def test_a_decision_is_registered_continued_and_taken_back(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    assert "Saknar beslut" in texts(page)
    press_button(qtbot, runner, page, "Nytt beslut")
    sheet = window.screen_shown._sheet()
    assert sheet.boxes["fran"].field.line.text() == "2024-03-01"
    write(sheet.boxes["till"].field.line, "31/7")
    type_text(sheet.boxes["bidrag"].field, "15 500,50")
    qtbot.waitUntil(lambda: "går ut om 58 dagar" in sheet.boxes["till"].warning)
    type_text(sheet.boxes["diarienummer"].field, "AF-2024/17")
    qtbot.mouseClick(sheet.again, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert sheet.boxes["fran"].field.line.text() == "2024-08-01"
    write(sheet.boxes["till"].field.line, "2025-02-28")
    save(qtbot, window, runner)
    card = read(store, people.hodan)
    assert [(row.fran, row.till, row.diarienummer, row.bidrag_ore) for row in card.osa] == [
        (START, date(2024, 7, 31), "AF-2024/17", 1_550_050),
        (date(2024, 8, 1), date(2025, 2, 28), "", 1_550_050),
    ]
    assert "Beslut t.o.m. 28\u00a0feb\u00a02025" in texts(page)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert len(read(store, people.hodan).osa) == 1
    assert "Beslut går ut om 58\u00a0dagar" in texts(page)


def test_contradictory_dates_are_told_at_the_field(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    press_button(qtbot, runner, page, "Nytt beslut")
    sheet = window.screen_shown._sheet()
    save(qtbot, window, runner)
    assert sheet.boxes["till"].error == "Ange sista dagen i beslutet."
    write(sheet.boxes["till"].field.line, "2024-02-01")
    type_text(sheet.boxes["bidrag"].field, "mycket")
    save(qtbot, window, runner)
    assert sheet.boxes["bidrag"].error.startswith("Skriv bidraget i kronor")
    sheet.boxes["bidrag"].field.clear()
    write(sheet.boxes["fran"].field.line, "")
    QTest.keyClick(sheet.boxes["fran"].field.line, Qt.Key.Key_Delete)
    save(qtbot, window, runner)
    assert sheet.boxes["fran"].error == "Ange första dagen i beslutet."
    write(sheet.boxes["fran"].field.line, "2024-03-01")
    save(qtbot, window, runner)
    assert sheet.boxes["till"].error == "Beslutet slutar före det börjar. Kontrollera datumen."
    assert read(store, people.hodan).osa == ()


def test_a_decision_is_changed_and_taken_away(
    insats: int, go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_osa_beslut(
            work.session, insats_id=insats, fran=START, till=date(2025, 2, 28), bidrag_ore=1_600_000
        )
    page = go("kort", Oppna(people.hodan, "osa")).view.page("osa")
    press_button(qtbot, runner, page, "Ändra 1 mar 2024–28 feb 2025")
    sheet = window.screen_shown._sheet()
    assert sheet.boxes["bidrag"].field.text() == "16000"
    type_text(sheet.boxes["diarienummer"].field, "AF-9")
    save(qtbot, window, runner)
    assert read(store, people.hodan).osa[0].diarienummer == "AF-9"
    press_button(qtbot, runner, page, "Ta bort 1 mar 2024–28 feb 2025")
    assert read(store, people.hodan).osa == ()
    assert "Beslutet är borttaget." in toast_texts(window)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert len(read(store, people.hodan).osa) == 1


def test_two_who_change_the_same_see_both_versions(
    insats: int, go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        beslut = make.make_osa_beslut(work.session, insats_id=insats, fran=START, till=date(2025, 2, 28)).id
        row = make.make_osa_uppfoljning(work.session, insats_id=insats, planerad=IDAG).id
    page = go("kort", Oppna(people.hodan, "osa")).view.page("osa")
    press_button(qtbot, runner, page, "Ändra 1 mar 2024–28 feb 2025")
    type_text(window.screen_shown._sheet().boxes["diarienummer"].field, "AF-1")
    with closing(open_store(store.path or "")) as other:
        update_osa_beslut(other, ELIN, beslut, BeslutUppgifter(START, date(2025, 1, 31)), IDAG)
    save(qtbot, window, runner)
    choose_and_save(qtbot, runner, window)
    (held,) = read(store, people.hodan).osa
    assert (held.till, held.diarienummer) == (date(2025, 1, 31), "AF-1")
    press_button(qtbot, runner, page, "Ändra 3 jun")
    write(window.screen_shown._sheet().boxes["planerad"].field.line, "2024-06-10")
    with closing(open_store(store.path or "")) as other:
        update_osa_uppfoljning(other, ELIN, row, UppfoljningUppgifter(IDAG, IDAG, "Trivs."), IDAG)
    save(qtbot, window, runner)
    choose_and_save(qtbot, runner, window)
    (followed,) = read(store, people.hodan).osa_uppfoljningar
    assert (followed.planerad, followed.genomford, followed.text) == (date(2024, 6, 10), IDAG, "Trivs.")


def test_idag_begins_the_decision_and_the_follow_up(
    insats: int, go: Go, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_osa_uppfoljning(work.session, insats_id=insats, planerad=IDAG - timedelta(2))
    for title, heading in (("OSA-beslut som går ut", "OSA-beslut"), ("OSA-uppföljningar", "OSA-uppföljning")):
        idag = go("idag")
        group = next(g for g in idag.view.list.groups() if g.title == title)
        idag.view.list.select(group.items[0].key)
        QTest.keyClick(idag.view.list, Qt.Key.Key_Return)
        settle(qtbot, runner)
        screen = window.screen_shown
        assert screen.view.pages.currentWidget() is screen.view.page("osa")
        assert screen._sheet().title.text() == heading
    sheet = screen._sheet()
    assert "Planerad 1\u00a0jun" in sheet.context.text()
    save(qtbot, window, runner)
    assert sheet.boxes["text"].error == "Skriv vad ni kom fram till."
    type_text(sheet.boxes["text"].field, "Trivs på Återbruket.")
    write(sheet.boxes["nasta"].field.line, "+90")
    save(qtbot, window, runner)
    rows = read(store, people.hodan).osa_uppfoljningar
    assert [(row.planerad, row.genomford, row.text) for row in rows] == [
        (IDAG - timedelta(2), IDAG, "Trivs på Återbruket."),
        (IDAG + timedelta(90), None, ""),
    ]
    assert "Uppföljningen är sparad." in toast_texts(window)


def test_a_follow_up_is_planned_moved_and_taken_away(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    press_button(qtbot, runner, page, "Följ upp")
    sheet = window.screen_shown._sheet()
    write(sheet.boxes["genomford"].field.line, "i våras")
    save(qtbot, window, runner)
    assert sheet.boxes["genomford"].error.startswith("Skriv ett datum")
    QTest.keyClick(sheet.boxes["genomford"].field.line, Qt.Key.Key_A, Qt.KeyboardModifier.ControlModifier)
    QTest.keyClick(sheet.boxes["genomford"].field.line, Qt.Key.Key_Delete)
    write(sheet.boxes["nasta"].field.line, "2024-07-01")
    save(qtbot, window, runner)
    assert "Planerad" in texts(page)
    press_button(qtbot, runner, page, "Ändra 1 jul")
    sheet = window.screen_shown._sheet()
    write(sheet.boxes["planerad"].field.line, "när som helst")
    save(qtbot, window, runner)
    assert sheet.boxes["planerad"].error.startswith("Skriv ett datum")
    write(sheet.boxes["planerad"].field.line, "2024-05-30")
    save(qtbot, window, runner)
    assert read(store, people.hodan).osa_uppfoljningar[0].planerad == date(2024, 5, 30)
    assert "Försenad 4\u00a0dagar" in texts(page)
    press_button(qtbot, runner, page, "Ta bort 30 maj")
    assert read(store, people.hodan).osa_uppfoljningar == ()


def test_the_overgang_ends_the_one_and_begins_the_other(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, people: People
) -> None:
    press_button(qtbot, runner, page, "Övergång…")
    sheet = window.screen_shown._sheet()
    save(qtbot, window, runner)
    assert sheet.boxes["insatstyp"].error == "Välj vad OSA går över till."
    field = sheet.boxes["insatstyp"].field
    field.setFocus()
    QTest.keyClick(field, Qt.Key.Key_N)
    assert field.currentText() == "Nystartsjobb"
    write(sheet.boxes["omfattning"].field, "halvtid")
    save(qtbot, window, runner)
    assert sheet.boxes["omfattning"].error.startswith("Skriv omfattningen")
    write(sheet.boxes["omfattning"].field, "50")
    write(sheet.boxes["start"].field.line, "t")
    save(qtbot, window, runner)
    osa, ny = read(store, people.hodan).insatser[-2:]
    assert (osa.slut, ny.typ, ny.start, ny.omfattning) == (IDAG, "nystartsjobb", IDAG, 50)
    assert "Övergång: nystartsjobb 3\u00a0jun" in texts(page)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert read(store, people.hodan).insatser[-1].slut is None


def test_chips_tell_how_each_placement_stands(go: Go, store: Store, people: People) -> None:
    place(store, people.hodan, "praktik inför OSA", start=date(2024, 1, 10), slut=date(2024, 2, 29))
    place(store, people.hodan, start=date(2024, 3, 1), slut=date(2024, 5, 1))
    place(store, people.hodan, start=IDAG + timedelta(10))
    view = go("kort", Oppna(people.hodan, "osa")).view
    found = texts(view.page("osa"))
    assert "Saknas vid start" in found
    assert "Tid utan beslut" in found
    assert "Ingen övergång registrerad" in found
    assert "Övergång: OSA-anställning 1\u00a0mar" in found
    assert view.tabs.accessibleTabName(view._keys.index("osa")) == "OSA 3"


def test_an_avslut_to_work_is_an_overgang_too(go: Go, store: Store, people: People) -> None:
    insats = place(store, people.hodan, slut=date(2024, 5, 1))
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_osa_beslut(work.session, insats_id=insats, fran=START, till=date(2024, 5, 1))
        inskrivning = work.session.query(Inskrivning).filter_by(deltagare_id=people.hodan).one()
        inskrivning.avslutad, inskrivning.resultat = date(2024, 5, 1), "arbete"
    page = go("kort", Oppna(people.hodan, "osa")).view.page("osa")
    assert "Övergång: avslut till arbete 1\u00a0maj" in texts(page)
    assert "Tid utan beslut" not in texts(page)


def test_without_osa_the_page_says_how_to_begin(
    go: Go, people: People, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    page = go("kort", Oppna(people.asa, "osa")).view.page("osa")
    assert page.empty.isVisible()
    press_button(qtbot, runner, page, "Ny insats")
    assert window.screen_shown._sheet().title.text() == "Ny insats"


def test_a_masked_card_tells_no_numbers_and_offers_no_change(go: Go, store: Store, people: People) -> None:
    insats = place(store, people.skyddad)
    with store.unit_of_work(SYSTEM, "test") as work:
        make.make_osa_beslut(work.session, insats_id=insats, fran=START, diarienummer="AF-77")
        make.make_osa_uppfoljning(
            work.session, insats_id=insats, planerad=IDAG, genomford=IDAG, text="Hos Åsa"
        )
    page = go("kort", Oppna(people.skyddad, "osa")).view.page("osa")
    found = " ".join(texts(page))
    assert "AF-77" not in found
    assert "Åsa" not in found
    assert "Texten är dold." in found
    assert not [b for b in page.findChildren(QPushButton) if b.accessibleName().startswith("Ändra")]


def test_on_a_masked_card_a_decision_is_changed_only_with_a_reason(
    go: Go, store: Store, people: People, window: MainWindow, qtbot: QtBot, runner: Runner
) -> None:
    insats = place(store, people.skyddad)
    with store.unit_of_work(SYSTEM, "test") as work:
        beslut = make.make_osa_beslut(
            work.session, insats_id=insats, fran=START, till=date(2025, 2, 28), diarienummer="AF-77"
        ).id
    screen = go("kort", Oppna(people.skyddad, "osa", Akt("andra_osa_beslut", beslut)))
    sheet = screen._sheet()
    assert sheet.title.text() == "Visa skyddade uppgifter"
    type_text(sheet.boxes["skal"].field, "Beslutet ska rättas")
    qtbot.mouseClick(sheet.save, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert screen._sheet().boxes["diarienummer"].field.text() == "AF-77"


def test_what_is_gone_is_told(go: Go, window: MainWindow, people: People, runner: Runner) -> None:
    go("kort", Oppna(people.hodan, "osa", Akt("andra_osa_beslut", 404)))
    assert "Det som skulle öppnas finns inte längre på kortet." in toast_texts(window)
