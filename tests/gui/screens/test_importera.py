"""Import by hand: choose, look at the faults, import, take back."""

from collections.abc import Callable
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from openpyxl import Workbook
from PySide6.QtCore import QMimeData, QPointF, Qt, QUrl
from PySide6.QtGui import QDropEvent, QGuiApplication
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot
from sqlalchemy import func, select

from db.models import Andring, Deltagare
from db.session import Store
from desktop.main_window import MainWindow
from desktop.runner import Change, Runner
from desktop.screens.importera import presenter
from tests.conftest import PATIENCE
from tests.gui.screens.conftest import ELIN, settle, toast_texts

Go = Callable[..., Any]
GOOD = ("N-1", "19910205-9806", "Olena", "Fjällmo", "K")
BAD = ("N-2", "19910205-9801", "Dawit", "Nyvret", "M")


@pytest.fixture
def workbook(tmp_path: Path) -> Callable[..., str]:
    def make(*rows: tuple[str, ...]) -> str:
        book = Workbook()
        sheet = book.active
        assert sheet is not None
        sheet.title = "Deltagare"
        sheet.append(["deltagare", "personnummer", "förnamn", "efternamn", "kön"])
        for row in rows:
            sheet.append(row)
        path = tmp_path / "arbetsbok.xlsx"
        book.save(path)
        return str(path)

    return make


def count(store: Store) -> int:
    with store.read(ELIN) as session:
        return session.execute(select(func.count()).select_from(Deltagare)).scalar_one()


def click(qtbot: QtBot, runner: Runner, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)


def test_a_workbook_is_tried_imported_and_taken_back(
    go: Go,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    store: Store,
    workbook: Callable[..., str],
    choose_file: Callable[[str], None],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    before = count(store)
    screen = go("importera")
    assert not screen.view.undo_button.isEnabled()
    choose_file(workbook(GOOD))
    click(qtbot, runner, screen.view.choose_file)
    view = screen.view
    assert view.verdict.text.text() == "Filen kan läsas in."
    assert not view.without.isVisible()
    assert count(store) == before
    click(qtbot, runner, view.accept_button)
    settle(qtbot, runner)
    assert count(store) == before + 1
    assert any("1\u00a0rad lästes in." in text for text in toast_texts(window))
    assert view.imports.row(0).filnamn == "arbetsbok.xlsx"
    monkeypatch.setattr(presenter, "confirm", lambda *_args, **_more: True)
    view.imports_table.setCurrentIndex(view.imports.index(0, 0))
    click(qtbot, runner, view.undo_button)
    settle(qtbot, runner)
    assert count(store) == before
    assert view.imports.row(0).angrad
    view.imports_table.setCurrentIndex(view.imports.index(0, 0))
    assert view.undo_button.toolTip() == "Importen är redan ångrad."


def test_faults_are_shown_and_can_be_left_out(
    go: Go,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    store: Store,
    workbook: Callable[..., str],
    choose_file: Callable[[str], None],
    tmp_path: Path,
) -> None:
    before = count(store)
    screen = go("importera", workbook(GOOD, BAD))
    view = screen.view
    assert not view.accept_button.isEnabled()
    fault = view.faults.row(0).fel
    assert (fault.blad, fault.rad, fault.kolumn, fault.varde) == (
        "Deltagare",
        3,
        "personnummer",
        "19910205-9801",
    )
    assert "Kontrollsiffran" in fault.meddelande
    choose_file("")
    click(qtbot, runner, view.without)
    assert count(store) == before
    choose_file(str(tmp_path / "felrader"))
    click(qtbot, runner, view.without)
    settle(qtbot, runner)
    assert count(store) == before + 1
    assert (tmp_path / "felrader.xlsx").exists()
    assert any("felrader.xlsx" in text for text in toast_texts(window))


def test_nothing_new_is_nothing_to_import(
    go: Go, qtbot: QtBot, runner: Runner, workbook: Callable[..., str]
) -> None:
    path = workbook(GOOD)
    screen = go("importera", path)
    click(qtbot, runner, screen.view.accept_button)
    screen = go("importera", path)
    assert screen.view.accept_button.toolTip() == "Det finns inget nytt i filen."
    click(qtbot, runner, screen.view.which._buttons["varningar"])
    assert screen.view.no_faults.fact.text() == "Inga varningar."


def test_a_broken_file_is_told_in_a_line(go: Go, tmp_path: Path) -> None:
    path = tmp_path / "trasig.xlsx"
    path.write_bytes(b"ingen arbetsbok")
    view = go("importera", str(path)).view
    assert view.notice.isVisible()
    assert view.notice.text.text().endswith(".")


def test_cancel_leaves_nothing(
    go: Go, qtbot: QtBot, runner: Runner, window: MainWindow, workbook: Callable[..., str]
) -> None:
    screen = go("importera")
    # The worker is held at the door, so that the trial cannot be over before the button is pressed.
    door = Event()
    runner.run(Change("", lambda _task: door.wait(20), lambda _passed: frozenset()))
    screen.try_file(workbook(GOOD))
    assert screen.view.stop.isVisible()
    qtbot.mouseClick(screen.view.stop, Qt.MouseButton.LeftButton)
    door.set()
    settle(qtbot, runner)
    assert "Avbrutet. Inget har ändrats." in toast_texts(window)
    assert screen.view.drop.isVisible()


def test_dropping_a_workbook_tries_it(
    go: Go, qtbot: QtBot, runner: Runner, workbook: Callable[..., str], tmp_path: Path
) -> None:
    drop = go("importera").view.drop
    for name, taken in ((str(tmp_path / "a.txt"), False), (workbook(GOOD), True)):
        data = QMimeData()
        data.setUrls([QUrl.fromLocalFile(name)])
        event = QDropEvent(
            QPointF(5, 5),
            Qt.DropAction.CopyAction,
            data,
            Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
        with qtbot.waitSignal(drop.dropped, raising=taken, timeout=PATIENCE if taken else 1):
            drop.dropEvent(event)
    settle(qtbot, runner)


def test_the_template_is_saved(
    go: Go,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    choose_file: Callable[[str], None],
    tmp_path: Path,
) -> None:
    choose_file(str(tmp_path / "tom"))
    click(qtbot, runner, go("importera").view.make_template)
    assert (tmp_path / "tom.xlsx").exists()
    assert "Mallen är sparad: tom.xlsx" in toast_texts(window)


def test_copied_rows_are_logged(
    go: Go,
    qtbot: QtBot,
    runner: Runner,
    window: MainWindow,
    store: Store,
    workbook: Callable[..., str],
) -> None:
    def copy(table: Any) -> None:
        table.setFocus(Qt.FocusReason.TabFocusReason)
        QTest.keyClick(table, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
        settle(qtbot, runner)

    def logged() -> list[tuple[Any, ...]]:
        query = select(Andring.tabell, Andring.nytt).where(Andring.falt == "kopiering").order_by(Andring.id)
        with store.read(ELIN) as session:
            return [tuple(row) for row in session.execute(query)]

    copy(go("importera", workbook(BAD)).view.faults_table)
    told = [("importomgang", '"Fel i filen arbetsbok.xlsx"')]
    qtbot.waitUntil(lambda: logged() == told)
    assert "19910205-9801" in QGuiApplication.clipboard().text()
    screen = go("importera", workbook(GOOD))
    click(qtbot, runner, screen.view.accept_button)
    qtbot.waitUntil(lambda: screen.view.imports.rowCount() == 1)
    copy(screen.view.imports_table)
    qtbot.waitUntil(lambda: logged() == [*told, ("importomgang", '"Tidigare importer"')])
    assert toast_texts(window)[-1] == "1\u00a0rad kopierad."
