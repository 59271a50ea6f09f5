"""What is written in a form is kept while one writes, and is there again after closing."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from db.commands.utkast import save_utkast
from db.queries.utkast import list_utkast, read_utkast
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens import commands
from desktop.screens.formular import drafts
from desktop.screens.kort.page import Akt, Oppna, draft_key, read_draft_key
from desktop.shell.navigation import Location
from tests.gui.screens.conftest import ELIN, People, press, settle, toast_texts, type_text


@pytest.fixture(autouse=True)
def _often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(drafts, "PAUSE", 1)


@pytest.fixture
def open_form(go: Callable[..., Any], qtbot: QtBot, runner: Runner, people: People) -> Callable[[str], Any]:
    def open_form(name: str) -> Any:
        card = go("kort", people.hodan)
        card.act(Akt(name))
        settle(qtbot, runner)
        return card._sheet()

    return open_form


def write(sheet: Any, name: str, text: str) -> None:
    field = sheet.boxes[name].field
    field.setFocus()
    field.selectAll()
    type_text(field, text)


def kept(store: Store) -> list[tuple[str, str]]:
    with store.read(ELIN) as session:
        return [(row.rubrik, row.namn) for row in list_utkast(session, ELIN)]


MINE = [("Nytt möte", "Hodan Rönnstig")]


def test_words_are_kept_while_one_writes(open_form: Any, qtbot: QtBot, store: Store) -> None:
    write(open_form("nytt_mote"), "langd", "45")
    qtbot.waitUntil(lambda: kept(store) == MINE)


def test_closing_keeps_them_and_opening_brings_them_back(
    open_form: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    sheet = open_form("nytt_mote")
    write(sheet, "langd", "45")
    sheet.boxes["uteblev"].field.click()
    sheet.boxes["form"].field.setCurrentIndex(1)
    sheet.boxes["datum"].field.line.setText("t")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    settle(qtbot, runner)
    assert toast_texts(window) == ["Utkastet finns kvar."]
    assert kept(store) == MINE
    again = open_form("nytt_mote")
    assert again.boxes["langd"].field.value() == "45"
    assert again.boxes["uteblev"].field.isChecked()
    assert again.boxes["form"].field.currentIndex() == 1
    assert again.draft.isVisible()
    assert again.draft.notice.text.text().startswith("Utkast från ")
    again.draft.discard.click()
    settle(qtbot, runner)
    assert again.boxes["langd"].field.value() == ""
    assert not again.draft.isVisible()
    assert kept(store) == []


def test_the_toast_throws_the_draft(
    open_form: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    write(open_form("nytt_mote"), "langd", "45")
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    settle(qtbot, runner)
    toast = window.toasts.toasts()[0]
    assert toast.undo.text() == "Släng utkastet"
    toast.undo.click()
    settle(qtbot, runner)
    assert kept(store) == []


def test_saving_takes_the_draft_away(
    open_form: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    write(open_form("nytt_mote"), "langd", "45")
    qtbot.waitUntil(lambda: kept(store) == MINE)
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert toast_texts(window) == ["Mötet är registrerat."]
    assert kept(store) == []


def test_a_day_is_kept_as_the_day_it_was_when_it_was_written(
    open_form: Any, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    line = open_form("nytt_mote").boxes["datum"].field.line
    line.setFocus()
    line.selectAll()
    type_text(line, "+1")

    def days() -> list[object]:
        with store.read(ELIN) as session:
            found = [read_utkast(session, ELIN, row.nyckel) for row in list_utkast(session, ELIN)]
        return [draft.varden["datum"] for draft in found if draft is not None]

    qtbot.waitUntil(lambda: days() == ["2024-06-04"])


def test_spara_och_ny_with_a_date_by_its_letter_begins_clean(
    open_form: Any, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    sheet = open_form("nytt_mote")
    line = sheet.boxes["datum"].field.line
    line.setFocus()
    line.selectAll()
    type_text(line, "t")
    sheet.again.click()
    settle(qtbot, runner)
    line.clearFocus()
    assert not sheet.is_dirty
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    settle(qtbot, runner)
    assert kept(store) == []


def test_what_is_taken_back_leaves_no_draft(
    open_form: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    sheet = open_form("nytt_mote")
    write(sheet, "langd", "45")
    qtbot.waitUntil(lambda: kept(store) == MINE)
    sheet.boxes["langd"].field.clear()
    QTest.keyClick(window.focusWidget(), Qt.Key.Key_Escape)
    settle(qtbot, runner)
    assert (toast_texts(window), kept(store)) == ([], [])


def test_closing_the_window_keeps_the_draft_and_asks_nothing(
    open_form: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    write(open_form("nytt_mote"), "langd", "45")
    assert window.close()
    settle(qtbot, runner)
    assert kept(store) == MINE


def test_a_field_that_is_gone_is_skipped(open_form: Any, store: Store, people: People) -> None:
    values: dict[str, object] = {"borttaget": "x", "form": "finns inte", "langd": "30"}
    save_utkast(store, ELIN, f"kort/{people.hodan}/nytt_mote/", "Nytt möte", values, people.hodan)
    sheet = open_form("nytt_mote")
    assert sheet.boxes["langd"].field.value() == "30"
    assert sheet.boxes["form"].field.currentIndex() == 0


def test_the_command_box_leads_back_to_a_form_begun(
    open_form: Any, qtbot: QtBot, runner: Runner, window: MainWindow, store: Store
) -> None:
    sheet = open_form("nytt_mote")
    write(sheet, "langd", "45")
    qtbot.waitUntil(lambda: kept(store) == MINE)
    QTest.keyClick(sheet, Qt.Key.Key_Escape)
    settle(qtbot, runner)
    window.go(Location("deltagare"))
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    settle(qtbot, runner)
    box = window.top_bar.commands
    texts = [box.list.item(i).text() for i in range(box.list.count())]
    at = texts.index("Utkast att fortsätta") + 1
    assert texts[at].startswith("Nytt möte: Hodan Rönnstig")
    box.list.setCurrentRow(at)
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    settle(qtbot, runner)
    settle(qtbot, runner)
    again = window.screen_shown._sheet()
    assert again.boxes["langd"].field.text() == "45"


@pytest.mark.parametrize(
    ("deltagare_id", "akt"),
    [(17, Akt("nytt_mote")), (3, Akt("insats", 5)), (3, Akt("skriv_ut", None, {"slag": "narvaro"}))],
)
def test_a_key_leads_to_the_form_it_came_from(deltagare_id: int, akt: Akt) -> None:
    assert read_draft_key(draft_key(deltagare_id, akt)) == Oppna(deltagare_id, akt=akt)
    assert read_draft_key("registrera/ny") is None


@pytest.mark.parametrize(
    ("nyckel", "screen"),
    [("ansvar/overlamning/leila", "ansvar"), ("flode/steg/3", "flode"), ("platser/ny", "platser")],
)
def test_a_draft_leads_to_the_screen_of_its_form(nyckel: str, screen: str) -> None:
    place = commands._place(nyckel)
    assert place is not None
    assert place.key == screen
    assert commands._place("okand/form") is None
