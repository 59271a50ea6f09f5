"""Templates kept from the note's form: made of what is written, changed, removed; words are not lost."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.commands.mallar import MallUppgifter, create_mall, remove_mall, update_mall
from db.errors import StoreError
from db.models import Anteckningsmall
from db.session import Store
from desktop.context import touched
from desktop.main_window import MainWindow
from desktop.runner import Change, Runner
from desktop.screens.formular import mallar
from desktop.screens.formular.konflikt import KonfliktDialog
from desktop.screens.formular.mallar import MallDialog
from desktop.screens.kort.page import Akt, Oppna
from tests.gui.screens.conftest import ELIN, People, press, settle, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]


def held(store: Store) -> list[tuple[str, str, str]]:
    columns = (Anteckningsmall.namn, Anteckningsmall.text, Anteckningsmall.agare)
    with store.read(ELIN) as session:
        return [tuple(row) for row in session.execute(select(*columns).order_by(Anteckningsmall.namn))]


def click(qtbot: QtBot, runner: Runner, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)


def names(dialog: MallDialog) -> list[str]:
    return [dialog.list.item(n).text() for n in range(dialog.list.count())]


def replace(field: Any, text: str) -> None:
    field.selectAll()
    type_text(field, text)


@pytest.fixture
def sheet(go: Go, people: People, store: Store) -> Any:
    """A note begun where there are two shared templates."""
    with store.unit_of_work(SYSTEM, "test") as work:
        for namn in ("Samtal", "Uppföljning"):
            make.make_anteckningsmall(work.session, namn=namn, text=f"{namn}:")
    return go("kort", Oppna(people.hodan, "anteckningar", Akt("anteckning")))._sheet()


@pytest.fixture
def open_dialog(sheet: Any, window: MainWindow, qtbot: QtBot, runner: Runner) -> Callable[[], MallDialog]:
    def open_dialog() -> MallDialog:
        (button,) = [b for b in sheet._stops() if getattr(b, "text", str)() == "Hantera mallar…"]
        click(qtbot, runner, button)
        (dialog,) = [d for d in window.findChildren(MallDialog) if d.isVisible()]
        return dialog

    return open_dialog


@pytest.fixture
def answer(monkeypatch: pytest.MonkeyPatch) -> Callable[[bool], None]:
    """What is answered when words would be thrown away."""
    return lambda yes: monkeypatch.setattr(mallar, "confirm", lambda *_args, **_more: yes)


def test_a_template_is_made_of_the_note_and_can_be_used_at_once(
    sheet: Any, open_dialog: Callable[[], MallDialog], qtbot: QtBot, runner: Runner, store: Store
) -> None:
    type_text(sheet.boxes["text"].field, "Nuläge:")
    dialog = open_dialog()
    assert names(dialog) == ["Samtal", "Uppföljning"]
    assert dialog.namn.text() == "Samtal"
    click(qtbot, runner, dialog.from_note)
    type_text(dialog.namn, "Ängsmöte")
    press(qtbot, dialog, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert ("Ängsmöte", "Nuläge:", "elin") in held(store)
    assert names(dialog) == ["Samtal", "Uppföljning", "Ängsmöte (egen)"]
    assert dialog.list.currentRow() == 2
    assert dialog.told.text() == "Mallen är sparad."
    click(qtbot, runner, dialog.cancel)
    mall = sheet.boxes["mall"].field
    assert [mall.itemText(n) for n in range(mall.count())][-1] == "Ängsmöte (egen)"
    assert sheet.boxes["text"].field.value() == "Nuläge:"


def test_one_is_changed_and_the_change_taken_back(
    open_dialog: Callable[[], MallDialog], qtbot: QtBot, runner: Runner, store: Store
) -> None:
    dialog = open_dialog()
    assert not dialog.from_note.isVisible()
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.text.value() == "Uppföljning:"
    click(qtbot, runner, dialog.action)
    assert dialog.told.text() == ""
    replace(dialog.text, "Hur går det?")
    qtbot.mouseClick(dialog.delad, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: dialog.boxes["delad"].warning == "Mallen försvinner för alla andra.")
    click(qtbot, runner, dialog.action)
    assert ("Uppföljning", "Hur går det?", "elin") in held(store)
    assert dialog.list.currentItem().text() == "Uppföljning (egen)"
    click(qtbot, runner, dialog.undo)
    assert ("Uppföljning", "Uppföljning:", "") in held(store)
    assert (dialog.text.value(), dialog.undo.isVisible()) == ("Uppföljning:", False)


def test_one_is_removed_and_had_back(
    open_dialog: Callable[[], MallDialog], qtbot: QtBot, runner: Runner, store: Store
) -> None:
    dialog = open_dialog()
    click(qtbot, runner, dialog.remove)
    assert names(dialog) == ["Uppföljning"]
    assert not dialog.remove.isEnabled()
    assert dialog.told.text() == "Mallen är borttagen."
    click(qtbot, runner, dialog.undo)
    assert names(dialog) == ["Samtal", "Uppföljning"]


def test_what_is_wrong_is_told_at_its_field(
    open_dialog: Callable[[], MallDialog], qtbot: QtBot, runner: Runner
) -> None:
    dialog = open_dialog()
    click(qtbot, runner, dialog.new)
    assert dialog.namn.hasFocus()
    click(qtbot, runner, dialog.action)
    assert dialog.boxes["namn"].error == "Skriv vad mallen heter."
    type_text(dialog.namn, "samtal")
    type_text(dialog.text, "Vem:")
    qtbot.mouseClick(dialog.delad, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: "redan en mall" in dialog.boxes["namn"].error)
    replace(dialog.namn, "Möte")
    qtbot.waitUntil(lambda: dialog.boxes["namn"].error == "")
    dialog.list.setFocus()
    assert (dialog.list.currentRow(), dialog.namn.text()) == (-1, "Möte")


def test_words_are_not_lost_by_a_slip(
    open_dialog: Callable[[], MallDialog], window: MainWindow, qtbot: QtBot, runner: Runner,
    answer: Callable[[bool], None],
) -> None:  # fmt: skip
    dialog = open_dialog()
    replace(dialog.text, "Mycket skrivet")
    answer(False)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert (dialog.list.currentRow(), dialog.text.value()) == (0, "Mycket skrivet")
    for button in (dialog.new, dialog.remove, dialog.cancel):
        click(qtbot, runner, button)
        assert dialog.isVisible()
        assert dialog.text.value() == "Mycket skrivet"
    answer(True)
    QTest.keyClick(dialog.list, Qt.Key.Key_Down)
    assert dialog.text.value() == "Uppföljning:"
    click(qtbot, runner, dialog.new)
    type_text(dialog.text, "Ny")
    answer(False)
    QTest.keyClick(dialog.list, Qt.Key.Key_Up)
    assert (dialog.list.currentRow(), dialog.text.value()) == (-1, "Ny")
    answer(True)
    click(qtbot, runner, dialog.cancel)
    assert window.findChildren(MallDialog) == []


def conflict(dialog: MallDialog, qtbot: QtBot) -> KonfliktDialog:
    qtbot.waitUntil(lambda: any(d.isVisible() for d in dialog.findChildren(KonfliktDialog)))
    (found,) = [d for d in dialog.findChildren(KonfliktDialog) if d.isVisible()]
    return found


def test_both_versions_are_shown_where_somebody_else_has_saved(
    open_dialog: Callable[[], MallDialog], qtbot: QtBot, runner: Runner, store: Store
) -> None:
    dialog = open_dialog()
    shown = dialog._mallar[0]
    replace(dialog.text, "Mina ord")
    update_mall(store, SYSTEM, shown.id, MallUppgifter("Samtal 2", "Andras ord", delad=True))
    click(qtbot, runner, dialog.action)
    asked = conflict(dialog, qtbot)
    assert (set(asked.mine), asked.chosen_mine()) == ({"namn", "text"}, ["text"])
    assert asked.theirs["text"].accessibleName() == "Text, nu i registret: Andras ord"
    assert asked.said.text().startswith("system sparade")
    asked.reject()
    assert dialog.text.value() == "Mina ord"
    click(qtbot, runner, dialog.action)
    click(qtbot, runner, conflict(dialog, qtbot).action)
    qtbot.waitUntil(lambda: ("Samtal 2", "Mina ord", "") in held(store))
    qtbot.waitUntil(lambda: dialog.told.text() == "Mallen är sparad.")
    assert dialog.list.item(dialog.list.currentRow()).text() == "Samtal 2"


def test_words_of_one_that_is_gone_begin_a_new_one(
    open_dialog: Callable[[], MallDialog], qtbot: QtBot, runner: Runner, store: Store
) -> None:
    dialog = open_dialog()
    replace(dialog.text, "Mina ord")
    saved = remove_mall(store, SYSTEM, dialog._mallar[0].id)
    click(qtbot, runner, dialog.action)
    qtbot.waitUntil(lambda: names(dialog) == ["Uppföljning"])
    assert "Spara för att göra en ny mall" in dialog.notice.text.text()
    assert (dialog.text.value(), dialog.remove.isEnabled()) == ("Mina ord", False)
    runner.run(Change("", lambda _task: None, lambda _none: touched(saved.changes)))
    settle(qtbot, runner)
    assert (names(dialog), dialog.text.value()) == (["Uppföljning"], "Mina ord")
    replace(dialog.namn, "Mitt samtal")
    click(qtbot, runner, dialog.action)
    qtbot.waitUntil(
        lambda: (
            ("Mitt samtal", "Mina ord", "elin") in held(store)
            or (("Mitt samtal", "Mina ord", "") in held(store))
        )
    )


def test_a_full_disk_is_told_and_words_stay(
    open_dialog: Callable[[], MallDialog], qtbot: QtBot, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_args: object) -> None:
        raise StoreError("Disken är full. Inget har sparats. Frigör utrymme och försök igen.")

    dialog = open_dialog()
    monkeypatch.setattr(mallar, "update_mall", full)
    replace(dialog.text, "Mina ord")
    click(qtbot, runner, dialog.action)
    assert dialog.notice.text.text().startswith("Disken är full.")
    assert dialog.text.value() == "Mina ord"
    assert dialog.action.isEnabled()


def test_the_first_template_of_all(
    go: Go, people: People, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    screen = go("kort", Oppna(people.hodan, "anteckningar", Akt("anteckning")))
    (button,) = [b for b in screen._sheet()._stops() if getattr(b, "text", str)() == "Hantera mallar…"]
    click(qtbot, runner, button)
    (dialog,) = window.findChildren(MallDialog)
    assert not dialog.remove.isEnabled()
    create_mall(store, ELIN, MallUppgifter("Samtal", "Vem:"))
    type_text(dialog.namn, "Möte")
    type_text(dialog.text, "Var:")
    click(qtbot, runner, dialog.action)
    assert names(dialog) == ["Möte (egen)", "Samtal (egen)"]
    assert dialog.list.currentRow() == 0
