"""The card and its forms: opened, filled in by typing, saved, undone."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.models import Andring, Insats, Mote, Oppnad
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.formular import sheet as sheet_module
from desktop.screens.formular.mote import parse_time
from desktop.screens.kort.page import Akt
from tests.gui.screens.conftest import ELIN, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]


@pytest.fixture(autouse=True)
def _never_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question nobody answers would stop the tests for ever."""
    monkeypatch.setattr(sheet_module, "confirm", lambda *_args, **_more: True)


def write(sheet: Any, name: str, text: str) -> None:
    field = sheet.boxes[name].field
    line = getattr(field, "line", field)
    line.setFocus()
    line.selectAll()
    type_text(line, text)


def insatser(store: Store) -> list[tuple[date, date | None]]:
    with store.read(ELIN) as session:
        return [tuple(r) for r in session.execute(select(Insats.start, Insats.slut).order_by(Insats.id))]


@pytest.fixture
def card(go: Go, people: People) -> Any:
    return go("kort", people.hodan)


def test_the_card_shows_the_person(card: Any, window: MainWindow) -> None:
    head = card.view.head
    assert (head.name.text(), head.number.text()) == ("Hodan Rönnstig", "19880314-9809")
    assert head.meta.text().replace("\u00a0", " ").startswith("36 år  ·  kvinna  ·  Ärende Ä-1")
    assert not head.show_details.isVisible()
    assert window.windowTitle().startswith("Hodan Rönnstig")
    assert "Insats pågår" in head.stepper.accessibleDescription()
    assert "Vägledning, Återbruket" in card.view.page("tidslinje").gantt.accessibleDescription()


def test_every_tab_opens(card: Any) -> None:
    view = card.view
    for index in range(view.tabs.count()):
        view.tabs.setCurrentIndex(index)
        assert view.pages.currentWidget() is view.page(view._keys[index])
    assert view.page("logg").model.rowCount() > 0
    assert view.page("insatser").model.rowCount() == 1
    assert view.page("bistand").manader.empty.isVisibleTo(view.page("bistand"))


def test_copying_the_number(card: Any, qtbot: QtBot, qapp: Any) -> None:
    qtbot.mouseClick(card.view.head.copy, Qt.MouseButton.LeftButton)
    assert qapp.clipboard().text() == "19880314-9809"


def test_a_missing_person_is_told(go: Go, people: People) -> None:
    for missing in (people.annans, 9999):
        screen = go("kort", missing)
        assert screen.view.missing.isVisible()
        assert screen.view.missing.fact.text() == "Deltagaren finns inte i registret."


def test_a_new_insats_is_checked_saved_and_undone(
    card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    before = insatser(store)
    press(qtbot, window, Qt.Key.Key_N)
    settle(qtbot, runner)
    sheet = card._sheet()
    press(qtbot, window, Qt.Key.Key_S)
    assert sheet.boxes["insatstyp"].error == "Välj en insats."
    type_text(sheet.boxes["insatstyp"].field, "prak")
    assert sheet.boxes["insatstyp"].field.currentText() == "Praktik"
    write(sheet, "start", "3/1")
    qtbot.waitUntil(lambda: bool(sheet.boxes["start"].error))
    assert "Inskrivningen börjar 8\u00a0jan\u00a02024" in sheet.boxes["start"].error
    write(sheet, "start", "i går")
    qtbot.waitUntil(lambda: "Skriv ett datum" in sheet.boxes["start"].error)
    write(sheet, "start", "t")
    sheet.boxes["enhet"].field.setCurrentIndex(1)
    qtbot.waitUntil(lambda: not sheet.boxes["start"].error)
    qtbot.waitUntil(lambda: "ingen ledig plats" in sheet.boxes["enhet"].warning)
    write(sheet, "omfattning", "1x")
    qtbot.waitUntil(lambda: bool(sheet.boxes["omfattning"].error))
    press(qtbot, window, Qt.Key.Key_S)
    assert insatser(store) == before
    write(sheet, "omfattning", "50")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert sheet.reason.error == "Skriv varför det ska sparas ändå."
    assert insatser(store) == before
    type_text(window.focusWidget(), "Överenskommet med Återbruket")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert len(insatser(store)) == len(before) + 1
    assert card._sheet() is None
    assert "Insatsen är registrerad." in toast_texts(window)
    settle(qtbot, runner)
    assert card.view.page("insatser").model.rowCount() == 2
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert insatser(store) == before
    settle(qtbot, runner)
    assert card.view.page("insatser").model.rowCount() == 1
    assert "Ångrat: Ny insats, Hodan Rönnstig." in toast_texts(window)


def test_save_and_another(card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store) -> None:
    before = len(insatser(store))
    press(qtbot, window, Qt.Key.Key_N)
    settle(qtbot, runner)
    sheet = card._sheet()
    for typ in ("Sfi", "Yrkesspår"):
        sheet.boxes["insatstyp"].field.setCurrentText(typ)
        qtbot.mouseClick(sheet.again, Qt.MouseButton.LeftButton)
        settle(qtbot, runner)
        assert card._sheet() is sheet
        assert not sheet.is_dirty
    assert len(insatser(store)) == before + 2


def test_enter_goes_on_and_tab_stays_inside(
    card: Any, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    press(qtbot, window, Qt.Key.Key_N)
    settle(qtbot, runner)
    sheet = card._sheet()
    field = {name: getattr(box.field, "line", box.field) for name, box in sheet.boxes.items()}
    assert field["insatstyp"].hasFocus()
    for name in ("enhet", "start", "planerat_slut", "omfattning", "schema"):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
        assert field[name].hasFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Return)
    assert sheet.save.hasFocus()
    for _ in range(4):
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Tab)
    assert field["insatstyp"].hasFocus()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Backtab, Qt.KeyboardModifier.ShiftModifier)
    assert sheet.cross.hasFocus()


def test_a_meeting_is_saved(
    card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    QTest.keyClick(
        window, Qt.Key.Key_M, Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    )
    sheet = card._sheet()
    write(sheet, "datum", "+1")
    write(sheet, "tid", "25")
    qtbot.waitUntil(lambda: bool(sheet.boxes["tid"].error))
    write(sheet, "tid", "930")
    write(sheet, "langd", "45")
    qtbot.mouseClick(sheet.boxes["uteblev"].field, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: bool(sheet.boxes["uteblev"].error))
    qtbot.mouseClick(sheet.boxes["uteblev"].field, Qt.MouseButton.LeftButton)
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    with store.read(ELIN) as session:
        newest = session.execute(select(Mote.datum, Mote.tid, Mote.langd).order_by(Mote.id.desc())).first()
    assert newest is not None
    assert tuple(newest) == (date(2024, 6, 4), "09:30", 45)
    assert "Mötet är registrerat." in toast_texts(window)


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("9.30", "09:30"),
        ("09:30", "09:30"),
        ("930", "09:30"),
        ("9", "09:00"),
        ("24", None),
        ("9.60", None),
        ("x", None),
    ],
)
def test_times_are_read(text: str, time: str | None) -> None:
    assert parse_time(text) == time


def test_rows_open_for_change(
    card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    view = card.view
    view.tabs.setCurrentIndex(1)
    view.page("insatser").table.setFocus()
    QTest.keyClick(view.page("insatser").table, Qt.Key.Key_Return)
    settle(qtbot, runner)
    sheet = card._sheet()
    assert sheet.boxes["insatstyp"].field.currentText() == "Vägledning"
    write(sheet, "slut", "1/6")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert insatser(store)[0] == (date(2024, 3, 1), date(2024, 6, 1))
    view.tabs.setCurrentIndex(2)
    view.page("moten").table.setFocus()
    QTest.keyClick(view.page("moten").table, Qt.Key.Key_Return)
    settle(qtbot, runner)
    sheet = card._sheet()
    write(sheet, "langd", "15")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert "Mötet är ändrat." in toast_texts(window)


def test_a_protected_card_hides_everything_until_asked(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, people: People, store: Store
) -> None:
    card = go("kort", people.skyddad)
    head = card.view.head
    assert (head.name.text(), head.number.isVisible()) == ("Skyddad identitet", False)
    assert "Lövmo" not in window.windowTitle()
    qtbot.mouseClick(head.show_details, Qt.MouseButton.LeftButton)
    sheet = card._sheet()
    press(qtbot, window, Qt.Key.Key_S)
    assert sheet.boxes["skal"].error
    type_text(sheet.boxes["skal"].field, "Ringer om kallelse")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert head.name.text() == "Amira Lövmo"
    assert "Lövmo" not in window.windowTitle()
    with store.read(ELIN) as session:
        logged = session.execute(select(Andring.nytt).where(Andring.falt == "visning")).scalar_one()
    assert logged == '"Ringer om kallelse"'
    qtbot.mouseClick(head.hide_details, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert head.name.text() == "Skyddad identitet"


def test_what_is_shown_hides_again_by_itself_and_on_leaving(
    go: Go, qtbot: QtBot, runner: Runner, people: People
) -> None:
    card = go("kort", people.skyddad)
    card._reveal()
    settle(qtbot, runner)
    assert card.view.head.name.text() == "Amira Lövmo"
    assert card._hide_timer.interval() == 120_000
    card._hide_timer.timeout.emit()
    settle(qtbot, runner)
    assert card.view.head.name.text() == "Skyddad identitet"
    card._reveal()
    settle(qtbot, runner)
    go("deltagare")
    assert go("kort", people.skyddad).view.head.name.text() == "Skyddad identitet"


@pytest.mark.parametrize("namn", ["insats", "kopiera_insats", "mote", "kopiera_mote"])
def test_what_a_masked_card_hides_is_opened_only_with_a_reason(
    go: Go, people: People, store: Store, window: MainWindow, qtbot: QtBot, runner: Runner, namn: str
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        inskrivning = make.make_inskrivning(work.session, deltagare_id=people.skyddad)
        insats = make.make_insats(work.session, inskrivning_id=inskrivning.id, start=date(2024, 1, 8))
        mote = make.make_mote(work.session, deltagare_id=people.skyddad)
        row_id = insats.id if "insats" in namn else mote.id
    card = go("kort", people.skyddad)
    card.act(Akt(namn, row_id))
    settle(qtbot, runner)
    assert card._sheet().title.text() == "Visa skyddade uppgifter"
    type_text(card._sheet().boxes["skal"].field, "Platsen ska ändras")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert card._sheet().title.text() != "Visa skyddade uppgifter"


def test_a_card_opened_is_remembered_but_never_a_protected_one(go: Go, people: People, store: Store) -> None:
    go("kort", people.hodan)
    go("kort", people.skyddad)
    with store.read(ELIN) as session:
        assert list(session.scalars(select(Oppnad.deltagare_id))) == [people.hodan]


def test_the_columns_of_an_open_card_follow_the_size_of_the_text(card: Any, theme: Any, qtbot: QtBot) -> None:
    view = card.view
    card.window().resize(1920, 1080)  # wide enough for all of them at once
    width = view.summary.width()
    theme.set(scale=150)
    assert view.summary.minimumWidth() == round(width * 1.5)
    assert view.page("tidslinje").bip_card.minimumWidth() == theme.px(372)

    def names() -> list[str]:
        return [label.text() for label in view.facts.findChildren(QLabel) if label.isVisible()]

    qtbot.waitUntil(lambda: names().count("Telefon") == 1)


def test_what_a_save_tells_is_not_wiped_by_a_check_of_the_last_key(
    card: Any, qtbot: QtBot, runner: Runner, window: MainWindow
) -> None:
    press(qtbot, window, Qt.Key.Key_N)
    settle(qtbot, runner)
    sheet = card._sheet()
    type_text(sheet.boxes["insatstyp"].field, "prak")
    write(sheet, "omfattning", "50")
    assert sheet._pause.isActive()
    sheet.set_busy(True)
    assert not sheet._pause.isActive()


@pytest.mark.parametrize("words", ["anteckn", "skriv ut", "planering", "närvaro", "nytt möte"])
def test_the_command_box_knows_the_acts_of_the_card(
    card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, words: str
) -> None:
    press(qtbot, window, Qt.Key.Key_K)
    box = window.top_bar.commands
    type_text(box.field, words)
    settle(qtbot, runner)
    qtbot.waitUntil(lambda: box.list.count() > 0 and not runner.busy)
    shown = [box.list.item(row).text().casefold() for row in range(box.list.count())]
    assert any(words in text for text in shown)


def test_the_focus_goes_back_after_saving_and_space_undoes_nothing(
    card: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    for end in (Qt.Key.Key_S, Qt.Key.Key_Escape):
        press(qtbot, window, Qt.Key.Key_N)
        settle(qtbot, runner)
        sheet = card._sheet()
        type_text(sheet.boxes["insatstyp"].field, "prak")
        if end is Qt.Key.Key_S:
            press(qtbot, window, end)
        else:
            QTest.keyClick(sheet, end)
        settle(qtbot, runner)
        before = insatser(store)
        assert card.isAncestorOf(window.focusWidget()) or window.focusWidget() is card
        QTest.keyClick(window.focusWidget(), Qt.Key.Key_Space)
        settle(qtbot, runner)
        assert insatser(store) == before
        assert window.screen_shown is card


def test_a_narrow_window_folds_the_summary_under_its_button(
    card: Any, qtbot: QtBot, window: MainWindow
) -> None:
    view = card.view
    window.resize(1440, 900)
    assert view.summary.isVisible()
    assert not view.fold_button.isVisible()
    window.resize(1180, 760)
    qtbot.waitUntil(lambda: view.fold_button.isVisible() and not view.summary.isVisible())
    view.fold_button.setFocus()
    QTest.keyClick(view.fold_button, Qt.Key.Key_Space)
    qtbot.waitUntil(lambda: view.summary.isVisible())
    # The focus goes along, and the panel stays within the card.
    assert view.summary.isAncestorOf(window.focusWidget())
    assert view.rect().contains(view.summary.geometry())
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not view.summary.isVisible())
    assert window.focusWidget() is view.fold_button
    qtbot.mouseClick(view.fold_button, Qt.MouseButton.LeftButton)
    qtbot.mouseClick(view.summary.close_panel, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not view.summary.isVisible())
    window.resize(1440, 900)
    qtbot.waitUntil(lambda: view.summary.isVisible() and not view.fold_button.isVisible())


def test_a_long_name_is_cut_and_told_and_the_next_one_is_not(
    card: Any, theme: Any, window: MainWindow, qtbot: QtBot
) -> None:
    head = card.view.head
    window.resize(1180, 760)
    model = card.view._model
    long = replace(model, namn="Maria Elisabet Rönnstig-Lindqvistson af Ekenstam och Vindelälven " * 2)
    head.show_model(long)
    qtbot.waitUntil(lambda: (head.grab(), head.name.toolTip() == long.namn)[1])
    assert head.insats.isVisible()
    assert head.action_row.more.isVisible()
    head.show_model(model)
    head.grab()
    assert head.name.toolTip() == ""


def test_a_card_that_is_too_low_scrolls_as_a_whole(
    card: Any, theme: Any, window: MainWindow, qtbot: QtBot
) -> None:
    view = card.view
    window.resize(1440, 900)
    assert view._body.verticalScrollBar().maximum() == 0
    theme.set(scale=200)
    window.resize(1180, 760)
    qtbot.waitUntil(lambda: view._body.verticalScrollBar().maximum() > 0)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_PageDown)
    assert view._body.verticalScrollBar().value() > 0
    QTest.keyClick(view, Qt.Key.Key_PageUp)
    # An open panel has the height of the view where little is left under the tabs.
    view.fold_button.click()
    assert view.summary.geometry().bottom() <= view.height()
    assert view.summary.height() > view.height() / 2
