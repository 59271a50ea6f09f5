"""Ctrl+Z and the trash: taken back, done again, restored, and told what it was."""

from collections.abc import Callable
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from db.aktor import Aktor, Roll
from db.commands.mote import MoteUppgifter, create_mote, update_mote
from db.commands.undo import undo_act
from db.models import Andring, Mote
from db.session import Store
from desktop.context import Context
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.kort.page import Akt
from tests.gui.screens.conftest import ELIN, IDAG, People, settle, toast_texts, type_text

Go = Callable[..., Any]
BO = Aktor("bo", "Bo Alm", Roll.HANDLAGGARE)
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier


def meetings(store: Store) -> int:
    with store.read(ELIN) as session:
        return session.execute(select(func.count()).select_from(Mote)).scalar_one()


def meet(person: int, tid: str = "") -> MoteUppgifter:
    return MoteUppgifter(person, IDAG, "telefon", "arbetsmarknad", tid)


@pytest.fixture
def keys(window: MainWindow, runner: Runner, qtbot: QtBot) -> Callable[..., None]:
    """Press keys where the focus is and wait until what they asked for is done."""

    def keys(key: Qt.Key, modifiers: Qt.KeyboardModifier = CTRL, on: QWidget | None = None) -> None:
        QTest.keyClick(on or window.focusWidget() or window, key, modifiers)
        settle(qtbot, runner)

    return keys


def cells(table: Any) -> list[list[str]]:
    model = table.model()
    return [[table._text(row, c) for c in range(1, model.columnCount())] for row in range(model.rowCount())]


def test_the_latest_act_is_taken_back_and_done_again(
    go: Go, people: People, store: Store, window: MainWindow, keys: Callable[..., None]
) -> None:
    before = meetings(store)
    create_mote(store, ELIN, meet(people.hodan), IDAG)
    go("kort", people.hodan)
    keys(Qt.Key.Key_Z)
    assert meetings(store) == before
    assert toast_texts(window)[-1] == "Ångrat: Nytt möte, Hodan Rönnstig."
    assert window.toasts.toasts()[-1].undo.text() == "Gör om"
    keys(Qt.Key.Key_Z, CTRL | SHIFT)
    assert meetings(store) == before + 1
    assert toast_texts(window)[-1] == "Gjort om: Nytt möte, Hodan Rönnstig."
    keys(Qt.Key.Key_Z, CTRL | SHIFT)
    assert toast_texts(window)[-1] == "Det finns inget att göra om."
    window.toasts.toasts()[-2].undo.click()
    keys(Qt.Key.Key_Z)
    assert meetings(store) == before
    assert toast_texts(window)[-1] == "Du har inte ändrat något idag som kan ångras."


def test_gor_om_in_the_toast(
    go: Go,
    people: People,
    store: Store,
    window: MainWindow,
    keys: Callable[..., None],
    runner: Runner,
    qtbot: QtBot,
) -> None:
    before = meetings(store)
    create_mote(store, ELIN, meet(people.hodan), IDAG)
    go("deltagare")
    window.screen_shown.view.table.setFocus()
    keys(Qt.Key.Key_Z)
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert meetings(store) == before + 1
    assert toast_texts(window)[-1] == "Gjort om: Nytt möte, Hodan Rönnstig."


def test_no_toast_offers_what_is_taken_back_or_changed_since(
    go: Go,
    people: People,
    store: Store,
    window: MainWindow,
    context: Context,
    keys: Callable[..., None],
    runner: Runner,
    qtbot: QtBot,
) -> None:
    def offers() -> list[tuple[str, str]]:
        return [(t.text.text(), t.undo.text() if t.offers else "") for t in window.toasts.toasts()]

    made = create_mote(store, ELIN, meet(people.hodan), IDAG)
    context.tell_done("Mötet är sparat.", made.changes.handelse_id)
    go("kort", people.hodan)
    keys(Qt.Key.Key_Z)
    undone = ("Ångrat: Nytt möte, Hodan Rönnstig.", "Gör om")
    qtbot.waitUntil(lambda: offers() == [undone])
    window.toasts.toasts()[-1].undo.click()
    done_again = "Gjort om: Nytt möte, Hodan Rönnstig."
    qtbot.waitUntil(lambda: offers() == [(done_again, "Ångra")])
    update_mote(store, BO, made.id, meet(people.hodan, "10:00"), IDAG)
    runner.changed.emit(frozenset({f"mote:{made.id}"}), None)
    qtbot.waitUntil(lambda: offers() == [(done_again, "")])
    assert not window.toasts.toasts()[0].undo.isVisible()


def test_what_others_have_built_on_is_refused(
    go: Go, people: People, store: Store, window: MainWindow, keys: Callable[..., None]
) -> None:
    made = create_mote(store, ELIN, meet(people.hodan), IDAG)
    update_mote(store, BO, made.id, meet(people.hodan, "10:00"), IDAG)
    go("kort", people.hodan)
    keys(Qt.Key.Key_Z)
    assert "har ändrats sedan dess" in toast_texts(window)[-1]


def test_a_text_field_keeps_its_own_undo_and_a_form_waits(
    go: Go, people: People, store: Store, window: MainWindow, keys: Callable[..., None]
) -> None:
    create_mote(store, ELIN, meet(people.hodan), IDAG)
    before = meetings(store)
    search = go("deltagare").view.search
    search.setFocus()
    type_text(search, "Hodan")
    keys(Qt.Key.Key_Z, on=search)
    assert (search.text(), meetings(store)) == ("", before)
    card = go("kort", people.hodan)
    card.act(Akt("nytt_mote"))
    window.rail.setFocus()
    keys(Qt.Key.Key_Z, on=window)
    assert toast_texts(window)[-1] == "Spara eller stäng formuläret först."
    assert meetings(store) == before


def test_the_command_box_knows_undo(
    go: Go, people: People, store: Store, window: MainWindow, keys: Callable[..., None]
) -> None:
    create_mote(store, ELIN, meet(people.hodan), IDAG)
    before = meetings(store)
    go("deltagare")
    keys(Qt.Key.Key_K)
    type_text(window.top_bar.commands.field, "ångra det")
    keys(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, window.top_bar.commands.field)
    assert meetings(store) == before - 1


def test_the_trash_restores(
    go: Go,
    people: People,
    store: Store,
    window: MainWindow,
    keys: Callable[..., None],
    runner: Runner,
    qtbot: QtBot,
) -> None:
    screen = go("papperskorg")
    view = screen.view
    assert view.empty.isVisible()
    assert not view.action.isEnabled()
    with store.unit_of_work(ELIN, "ändring", "Möte borttaget") as work:
        work.session.delete(work.session.scalars(select(Mote).where(Mote.deltagare_id == people.hodan)).one())
    with store.unit_of_work(BO, "ändring", "Möte borttaget") as work:
        work.session.delete(
            work.session.scalars(select(Mote).where(Mote.deltagare_id == people.skyddad)).one()
        )
    create_mote(store, ELIN, meet(people.asa), IDAG)
    before = meetings(store)
    keys(Qt.Key.Key_Z, on=window)
    assert cells(view.table) == [
        ["Ångrat", "Nytt möte", "Åsa Öberg", "1\u00a0möte", "Elin Måsvik"],
        ["Borttaget", "Möte borttaget", "Hodan Rönnstig", "1\u00a0möte", "Elin Måsvik"],
    ]
    assert view.header.meta.text() == "2\u00a0ändringar"
    qtbot.mouseClick(view.whose._buttons["alla"], Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert cells(view.table)[1][2:] == ["Skyddad identitet", "1\u00a0möte", "bo"]
    view.table.setFocus()
    keys(Qt.Key.Key_Down, Qt.KeyboardModifier.NoModifier, view.table)
    keys(Qt.Key.Key_Return, Qt.KeyboardModifier.NoModifier, view.table)
    assert toast_texts(window)[-1] == "Återställt: Möte borttaget."
    assert meetings(store) == before
    assert len(cells(view.table)) == 2
    view.table.setCurrentIndex(view.model.index(0, 0))
    qtbot.mouseClick(view.action, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)
    assert meetings(store) == before + 1
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert meetings(store) == before


@pytest.mark.parametrize("restored", [0, 1, 2])
def test_a_long_trash_comes_in_parts(
    go: Go,
    people: People,
    store: Store,
    qtbot: QtBot,
    monkeypatch: pytest.MonkeyPatch,
    restored: int,
) -> None:
    from db.queries import papperskorg as query
    from desktop.screens.papperskorg import presenter

    def few(*arguments: Any) -> Any:
        return query.list_papperskorg(*arguments, limit=1)

    monkeypatch.setattr(presenter, "list_papperskorg", few)
    removed = []
    for person in (people.hodan, people.asa, people.skyddad):
        with store.unit_of_work(ELIN, "ändring", "Möte borttaget") as work:
            work.session.delete(work.session.scalars(select(Mote).where(Mote.deltagare_id == person)).one())
        assert work.changes is not None
        removed.append(work.changes.handelse_id)
    names = ["Skyddad identitet", "Åsa Öberg", "Hodan Rönnstig"]
    undo_act(store, ELIN, removed[2 - restored])  # a page whose only act is restored, first, between or last
    view = go("papperskorg").view
    left = [name for place, name in enumerate(names) if place != restored]
    qtbot.waitUntil(lambda: [r[2] for r in cells(view.table)] == left)
    qtbot.waitUntil(lambda: view.header.meta.text() == "2\u00a0ändringar")


def test_copied_rows_are_logged(
    go: Go, people: People, store: Store, window: MainWindow, keys: Callable[..., None], qtbot: QtBot
) -> None:
    create = create_mote(store, ELIN, meet(people.hodan), IDAG)
    undo_act(store, ELIN, create.changes.handelse_id)
    table = go("papperskorg").view.table
    table.setFocus()
    keys(Qt.Key.Key_C, on=table)
    assert "Hodan Rönnstig" in QGuiApplication.clipboard().text()

    def logged() -> list[tuple[Any, ...]]:
        query = select(Andring.tabell, Andring.rad_id, Andring.nytt).where(Andring.falt == "kopiering")
        with store.read(ELIN) as session:
            return [tuple(row) for row in session.execute(query)]

    qtbot.waitUntil(lambda: logged() == [("deltagare", people.hodan, '"Papperskorg"')])
    assert toast_texts(window)[-1] == "1\u00a0rad kopierad."
