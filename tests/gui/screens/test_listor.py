"""The list of deltagare, tended by keys: saved lists, several rows, copying, columns, sorting, pins."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM, Aktor, Roll
from db.commands.listor import create_lista, update_lista
from db.models import Andring, Oppnad, SparadLista
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.deltagare import presenter as presenter_module
from desktop.widgets.table_columns import ColumnDialog
from tests.gui.screens.conftest import ELIN, People, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]
EVA = Aktor("eva", "Eva Alm", Roll.CHEF)
SHIFT, CTRL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def screen(go: Go) -> Any:
    return go("deltagare")


@pytest.fixture
def menu_of_lists(screen: Any, runner: Runner, qtbot: QtBot) -> Callable[[], QMenu]:
    """Open the menu Listor by keyboard."""

    def open_it() -> QMenu:
        screen.view.lists.setFocus()
        QTest.keyClick(screen.view.lists, Qt.Key.Key_Space)
        settle(qtbot, runner)
        qtbot.waitUntil(screen.lists.menu.isVisible)
        menu: QMenu = screen.lists.menu
        return menu

    return open_it


def words(menu: QMenu) -> list[str]:
    return [act.text() for act in menu.actions() if not act.isSeparator()]


def choose(qtbot: QtBot, runner: Runner, menu: QMenu, text: str) -> None:
    """By the arrow keys and Enter."""
    while menu.activeAction() is None or menu.activeAction().text() != text:
        QTest.keyClick(menu, Qt.Key.Key_Down)
    QTest.keyClick(menu, Qt.Key.Key_Return)
    settle(qtbot, runner)


def names(screen: Any) -> list[str]:
    model = screen.view.model
    return [model.row(i).namn for i in range(model.rowCount())]


def save_as(screen: Any, qtbot: QtBot, runner: Runner, name: str) -> None:
    dialog = screen.lists.dialog
    qtbot.waitUntil(dialog.namn.hasFocus)
    dialog.namn.clear()
    type_text(dialog.namn, name)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    settle(qtbot, runner)
    settle(qtbot, runner)


def saved(store: Store) -> list[tuple[str, bool]]:
    with store.read(ELIN) as session:
        rows = session.execute(select(SparadLista.namn, SparadLista.delad).order_by(SparadLista.id))
        return [(row.namn, row.delad) for row in rows]


def test_a_list_is_saved_chosen_changed_and_removed(
    screen: Any,
    menu_of_lists: Callable[[], QMenu],
    store: Store,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
) -> None:
    view = screen.view
    view.steg.setCurrentIndex(view.steg.findText("Insats"))
    view.table.set_sorting(("alder", True))
    view.table.layout_of_columns.set_shown(["namn", "alder"])
    settle(qtbot, runner)
    assert words(menu_of_lists()) == ["Spara som ny lista…"]
    choose(qtbot, runner, screen.lists.menu, "Spara som ny lista…")
    save_as(screen, qtbot, runner, "")
    assert screen.lists.dialog.box.error == "Skriv vad listan ska heta."
    save_as(screen, qtbot, runner, "Mina i insats")
    assert not screen.lists.dialog.isVisible()
    qtbot.waitUntil(view.lists.hasFocus)
    assert view.lists.text() == "Lista: Mina i insats"
    assert toast_texts(window)[-1] == "Listan är sparad."
    choose(qtbot, runner, menu_of_lists(), "Visa utan lista")
    assert (view.steg.value(), view.table.sorting(), view.lists.text()) == ("", None, "Listor")
    assert len(view.table.layout_of_columns.shown()) == 9
    choose(qtbot, runner, menu_of_lists(), "Mina i insats")
    assert (view.steg.value(), view.table.sorting()) == ("Insats", ("alder", True))
    assert view.table.layout_of_columns.shown() == ["namn", "alder"]
    view.steg.setCurrentIndex(0)
    settle(qtbot, runner)
    choose(qtbot, runner, menu_of_lists(), "Spara ändringarna i Mina i insats")
    assert "Spara ändringarna i Mina i insats" not in words(menu_of_lists())
    choose(qtbot, runner, screen.lists.menu, "Ändra namn eller delning…")
    QTest.keyClick(screen.lists.dialog.delad, Qt.Key.Key_Space)
    save_as(screen, qtbot, runner, "Mina")
    assert saved(store) == [("Mina", True)]
    assert "Mina · delad" in words(menu_of_lists())
    choose(qtbot, runner, screen.lists.menu, "Ta bort Mina")
    assert saved(store) == []
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert saved(store) == [("Mina", True)]


def test_others_share_lists_which_only_they_change(
    screen: Any, menu_of_lists: Callable[[], QMenu], store: Store, qtbot: QtBot, runner: Runner
) -> None:
    val = {
        "mina": False,
        "steg": "Finns inte",
        "enhet": 99,
        "sortering": ["nytt", True],
        "kolumner": ["nytt"],
    }
    lista = create_lista(store, EVA, "deltagare", "Enhetens", val, delad=True).id
    assert words(menu_of_lists()) == ["Delade av andra", "Enhetens (eva)", "Spara som ny lista…"]
    choose(qtbot, runner, screen.lists.menu, "Enhetens (eva)")
    view = screen.view
    assert (view.whose.value(), view.steg.value(), view.enhet.value()) == ("alla", "", 0)
    assert len(view.table.layout_of_columns.shown()) == 9
    assert words(menu_of_lists())[-1] == "Visa utan lista"
    assert "Ta bort Enhetens" not in words(screen.lists.menu)
    screen.lists.menu.hide()
    update_lista(store, EVA, lista, delad=False)
    assert words(menu_of_lists()) == ["Spara som ny lista…"]


def test_the_command_box_finds_lists(
    screen: Any, store: Store, window: MainWindow, qtbot: QtBot, runner: Runner, go: Go, people: People
) -> None:
    create_lista(store, ELIN, "deltagare", "Enhetens", {"mina": False})
    go("kort", people.hodan)
    QTest.keyClick(window, Qt.Key.Key_K, CTRL)
    box = window.top_bar.commands
    type_text(box.field, "enhetens")
    qtbot.waitUntil(lambda: any("Enhetens" in box.list.item(i).text() for i in range(box.list.count())))
    QTest.keyClick(box.field, Qt.Key.Key_Return)
    settle(qtbot, runner)
    assert window.screen_shown is screen
    assert screen.view.whose.value() == "alla"
    screen.lists.show(999)
    settle(qtbot, runner)
    assert toast_texts(window)[-1] == "Listan finns inte längre."


def test_filters_by_steg_and_enhet(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    view = screen.view
    view.enhet.setFocus()
    QTest.keyClick(view.enhet, Qt.Key.Key_Down)
    settle(qtbot, runner)
    assert view.enhet.currentText() == "Återbruket"
    assert names(screen) == ["Hodan Rönnstig", "Åsa Öberg"]
    view.steg.setCurrentIndex(view.steg.findText("Matchning"))
    settle(qtbot, runner)
    assert view.empty.fact.text() == "Inga träffar."


def test_several_rows_are_chosen_copied_and_logged(
    screen: Any, qtbot: QtBot, runner: Runner, store: Store, people: People, window: MainWindow
) -> None:
    table = screen.view.table
    table.layout_of_columns.set_shown(["personnummer", "namn"])
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_Down, SHIFT)
    assert screen.view.header.meta.text() == "3\u00a0deltagare · 2\u00a0markerade"
    assert screen.view.selected_ids() == [people.skyddad, people.hodan]
    QTest.keyClick(table, Qt.Key.Key_C, CTRL)
    settle(qtbot, runner)
    assert QGuiApplication.clipboard().text().split("\n") == [
        "Personnummer\tNamn", "\tSkyddad identitet", "19880314-9809\tHodan Rönnstig",
    ]  # fmt: skip
    assert toast_texts(window)[-1] == "2\u00a0rader kopierade."
    with store.read(ELIN) as session:
        logged = session.execute(
            select(Andring.rad_id, Andring.nytt).where(Andring.falt == "kopiering").order_by(Andring.rad_id)
        )
        assert [tuple(row) for row in logged] == [
            (people.hodan, '"Deltagare"'), (people.skyddad, '"Deltagare"'),
        ]  # fmt: skip
    QTest.keyClick(table, Qt.Key.Key_A, CTRL)
    assert "3\u00a0markerade" in screen.view.header.meta.text()


def test_the_menu_by_keyboard_sorts_and_chooses_columns(screen: Any, qtbot: QtBot, runner: Runner) -> None:
    table = screen.view.table
    table.setFocus()
    QTest.keyClick(table, Qt.Key.Key_F10, SHIFT)
    qtbot.waitUntil(table.menu.isVisible)
    assert words(table.menu) == [
        "Öppna", "Kopiera", "Markera alla", "Sortera efter", "Välj kolumner…",
    ]  # fmt: skip
    table.menu.hide()
    by_name = next(act for act in table.menu.sorting.actions() if act.text() == "Namn")
    by_name.trigger()
    by_name.trigger()
    assert (table.sorting(), names(screen)[:2]) == (("namn", True), ["Åsa Öberg", "Hodan Rönnstig"])
    screen.refresh()
    settle(qtbot, runner)
    assert names(screen)[0] == "Åsa Öberg"
    table.set_sorting(None)
    assert names(screen)[0] == "Skyddad identitet"
    dialog = ColumnDialog(screen._context.theme, table.layout_of_columns, screen)
    dialog.open()
    keys = dialog.list
    qtbot.waitUntil(keys.hasFocus)
    QTest.keyClick(keys, Qt.Key.Key_Space)  # the name always shows
    for _ in range(2):
        QTest.keyClick(keys, Qt.Key.Key_Down, CTRL)
        come_up(qtbot, dialog.down)
    for _ in range(2):
        QTest.keyClick(keys, Qt.Key.Key_Up)
    QTest.keyClick(keys, Qt.Key.Key_Space)
    QTest.keyClick(dialog, Qt.Key.Key_Return)
    assert table.layout_of_columns.shown()[:2] == ["alder", "namn"]
    assert screen._context.settings.get("deltagare/kolumner/kolumner", "").startswith("alder namn kon")


def come_up(qtbot: QtBot, button: Any) -> None:
    """A button's own keys hold it down for a moment."""
    qtbot.waitUntil(lambda: not button.isDown())


def test_a_list_too_long_to_sort_says_so(
    screen: Any,
    qtbot: QtBot,
    runner: Runner,
    store: Store,
    monkeypatch: pytest.MonkeyPatch,
    window: MainWindow,
) -> None:
    monkeypatch.setattr(presenter_module, "PAGE", 2)
    monkeypatch.setattr(presenter_module, "SORT_MOST", 3)
    screen.refresh()
    settle(qtbot, runner)
    screen.view.table.set_sorting(("alder", False))
    settle(qtbot, runner)
    assert screen.view.table.sorting() == ("alder", False)
    with store.unit_of_work(SYSTEM, "test") as work:
        person = make.make_deltagare(work.session, fornamn="Bo", efternamn="Ek")
        make.make_arende(work.session, deltagare_id=person.id, handlaggare="elin")
    screen.refresh()
    settle(qtbot, runner)
    settle(qtbot, runner)
    assert screen.view.table.sorting() is None
    assert toast_texts(window)[-1] == "Högst 3 rader kan sorteras. Välj färre först."


def test_pins_from_the_list_and_the_card(
    screen: Any, qtbot: QtBot, runner: Runner, store: Store, people: People, go: Go
) -> None:
    def pinned() -> list[int]:
        with store.read(ELIN) as session:
            return list(session.scalars(select(Oppnad.deltagare_id).where(Oppnad.fast.is_(True))))

    def offered(row: int) -> list[str]:
        table.setCurrentIndex(table.model().index(row, 0))
        QTest.keyClick(table, Qt.Key.Key_Menu)
        qtbot.waitUntil(table.menu.isVisible)
        return words(table.menu)

    table = screen.view.table
    table.setFocus()
    assert "Fäst överst" not in offered(0)
    table.menu.hide()
    assert "Fäst överst" in offered(1)
    choose(qtbot, runner, table.menu, "Fäst överst")
    settle(qtbot, runner)
    assert pinned() == [people.hodan]
    assert "Lossa" in offered(1)
    table.menu.hide()
    head = go("kort", people.hodan).view.head
    settle(qtbot, runner)
    assert head.pin.accessibleName() == "Lossa"
    qtbot.mouseClick(head.pin, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert (pinned(), head.pin.accessibleName()) == ([], "Fäst överst bland senast öppnade")
    head = go("kort", people.skyddad).view.head
    assert not head.pin.isVisible()


def test_copies_from_the_card_are_logged(
    go: Go, people: People, store: Store, qtbot: QtBot, runner: Runner
) -> None:
    view = go("kort", people.hodan).view
    view.show_page("insatser")
    table = view.page("insatser").table
    table.selectRow(0)
    QTest.keyClick(table, Qt.Key.Key_C, CTRL)
    qtbot.mouseClick(view.head.copy, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    with store.read(ELIN) as session:
        logged = session.scalars(select(Andring.nytt).where(Andring.falt == "kopiering").order_by(Andring.id))
        assert list(logged) == ['"Insatser"', '"Personnummer"']
