"""Documents on the card: attached by button and by dropping, opened and saved as copies, changed, removed."""

import errno
import os
import stat
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDesktopServices, QDragEnterEvent, QDragLeaveEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog
from pytestqt.qtbot import QtBot
from sqlalchemy import select

from db.aktor import SYSTEM
from db.errors import StoreError
from db.models import Andring, Dokument
from db.session import Store
from desktop import kopior
from desktop.kopior import OLDEST, PREFIX, Kopior
from desktop.main_window import MainWindow
from desktop.runner import Runner
from desktop.screens.formular.skal import SkalDialog
from desktop.screens.kort.page import Akt, Oppna
from tests.gui.screens.conftest import ELIN, People, press, settle, toast_texts, type_text
from tests.helpers import factories as make

Go = Callable[..., Any]
PDF = b"%PDF-1.7 intyg"


def held(store: Store) -> list[tuple[str, str]]:
    with store.read(ELIN) as session:
        query = select(Dokument.namn, Dokument.beskrivning).order_by(Dokument.id)
        return [tuple(row) for row in session.execute(query)]


def logged(store: Store) -> list[str]:
    with store.read(ELIN) as session:
        return list(session.scalars(select(Andring.nytt).where(Andring.falt == "kopia")))


def click(qtbot: QtBot, runner: Runner, button: Any) -> None:
    qtbot.mouseClick(button, Qt.MouseButton.LeftButton)
    settle(qtbot, runner)


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Two that may be attached and one that may not."""
    made = []
    for namn, data in (("intyg.pdf", PDF), ("cv.txt", "Kock i Åmål".encode()), ("virus.exe", b"MZ")):
        (tmp_path / namn).write_bytes(data)
        made.append(str(tmp_path / namn))
    return made


@pytest.fixture
def intyg(store: Store, people: People) -> int:
    with store.unit_of_work(SYSTEM, "test") as work:
        return make.make_dokument(work.session, PDF, deltagare_id=people.hodan).id


@pytest.fixture
def page(go: Go, people: People) -> Any:
    return go("kort", Oppna(people.hodan, "dokument")).view.page("dokument")


@pytest.fixture
def chosen(intyg: int, page: Any) -> Any:
    """The page with its one document chosen."""
    assert not page.open_copy.isEnabled()
    page.rows.table.setFocus()
    assert page.rows.table.current_row().id == intyg
    return page


@pytest.fixture
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """What the computer was asked to open."""
    found: list[Path] = []

    def take(url: QUrl) -> bool:
        found.append(Path(url.toLocalFile()))
        return True

    monkeypatch.setattr(QDesktopServices, "openUrl", take)
    return found


@pytest.fixture
def choose_files(monkeypatch: pytest.MonkeyPatch) -> Callable[[list[str]], None]:
    def choose(paths: list[str]) -> None:
        monkeypatch.setattr(QFileDialog, "getOpenFileNames", lambda *_args, **_more: (paths, ""))

    return choose


def mime_of(*paths: str) -> QMimeData:
    data = QMimeData()
    data.setUrls([QUrl.fromLocalFile(path) for path in paths])
    return data


def enter(page: Any, data: QMimeData) -> bool:
    """Hold something over the page; whether it may be let go there."""
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDragEnterEvent(QPoint(20, 20), copy, data, left, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(page, event)
    return event.isAccepted()


def drop(page: Any, data: QMimeData) -> None:
    enter(page, data)
    copy, left = Qt.DropAction.CopyAction, Qt.MouseButton.LeftButton
    event = QDropEvent(QPointF(20, 20), copy, data, left, Qt.KeyboardModifier.NoModifier, QEvent.Type.Drop)
    QApplication.sendEvent(page, event)


def test_files_are_attached_by_the_button_and_taken_back(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, files: list[str],
    choose_files: Callable[[list[str]], None],
) -> None:  # fmt: skip
    choose_files([])
    click(qtbot, runner, page.new)
    assert held(store) == []
    choose_files(files)
    click(qtbot, runner, page.new)
    assert held(store) == [("intyg.pdf", ""), ("cv.txt", "")]
    fault = "virus.exe har en filtyp som inte kan bifogas. Spara den som pdf och bifoga den."
    assert toast_texts(window) == [fault, "2\u00a0filer är bifogade."]
    assert page.rows.model.rowCount() == 2
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert held(store) == []
    assert page.rows.empty.isVisible()


def test_files_are_dropped_on_the_page(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, files: list[str]
) -> None:
    assert not enter(page, QMimeData())
    assert not page.veil.isVisible()
    assert enter(page, mime_of(*files[:2]))
    assert page.veil.isVisible()
    window.resize(window.width() + 40, window.height())
    assert page.veil.size() == page.size()
    assert not page.grab().isNull()
    QApplication.sendEvent(page, QDragLeaveEvent())
    assert not page.veil.isVisible()
    drop(page, mime_of(*files[:2]))
    settle(qtbot, runner)
    assert [namn for namn, _ in held(store)] == ["intyg.pdf", "cv.txt"]


def test_what_cannot_be_read_is_told(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, tmp_path: Path
) -> None:
    drop(page, mime_of(str(tmp_path / "borta.pdf")))
    settle(qtbot, runner)
    assert toast_texts(window) == ["borta.pdf finns inte längre. Kontrollera att filen inte har flyttats."]


def test_a_full_disk_is_told(
    page: Any, window: MainWindow, qtbot: QtBot, runner: Runner, files: list[str],
    monkeypatch: pytest.MonkeyPatch,
) -> None:  # fmt: skip
    def full(*_args: object) -> None:
        raise StoreError("Disken är full. Inget har sparats. Frigör utrymme och försök igen.")

    monkeypatch.setattr("desktop.screens.formular.dokument.attach_dokument", full)
    drop(page, mime_of(files[0]))
    settle(qtbot, runner)
    assert toast_texts(window) == ["Disken är full. Inget har sparats. Frigör utrymme och försök igen."]


def test_a_copy_is_opened_read_only_and_logged(
    chosen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, opened: list[Path]
) -> None:
    QTest.keyClick(chosen.rows.table, Qt.Key.Key_Return)
    settle(qtbot, runner)
    click(qtbot, runner, chosen.open_copy)
    first, second = opened
    assert (first.name, first.read_bytes()) == ("intyg.pdf", PDF)
    assert first != second
    assert stat.S_IMODE(first.stat().st_mode) == 0o400
    assert stat.S_IMODE(first.parent.parent.stat().st_mode) == 0o700
    assert logged(store) == ['"intyg.pdf"'] * 2
    assert toast_texts(window)[-1] == "En kopia är öppnad. Ändringar i den sparas inte i registret."
    line = window.screen_shown.view.page("logg").model.row(0)
    assert (line.vad, line.efter) == ("Kopia av dokument", "intyg.pdf")


def test_without_a_programme_for_it_that_is_told(
    chosen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(QDesktopServices, "openUrl", lambda _url: False)
    click(qtbot, runner, chosen.open_copy)
    assert "inget program" in toast_texts(window)[-1]


def test_a_copy_is_saved(
    chosen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store, tmp_path: Path,
    choose_file: Callable[[str], None],
) -> None:  # fmt: skip
    choose_file("")
    click(qtbot, runner, chosen.save_copy)
    assert logged(store) == []
    choose_file(str(tmp_path / "läkarintyg"))
    click(qtbot, runner, chosen.save_copy)
    assert (tmp_path / "läkarintyg.pdf").read_bytes() == PDF
    assert toast_texts(window)[-1] == "Kopian är sparad som läkarintyg.pdf."
    choose_file(str(tmp_path / "saknas" / "intyg.pdf"))
    click(qtbot, runner, chosen.save_copy)
    assert "finns inte" in toast_texts(window)[-1]


def test_it_is_renamed_and_described(
    chosen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    click(qtbot, runner, chosen.change)
    sheet = window.screen_shown._sheet()
    namn = sheet.boxes["namn"].field
    assert namn.selectedText() == "intyg"
    namn.selectAll()
    QTest.keyClick(namn, Qt.Key.Key_Delete)
    press(qtbot, window, Qt.Key.Key_S)
    assert sheet.boxes["namn"].error == "Skriv vad dokumentet heter."
    type_text(namn, "Mars/april")
    qtbot.waitUntil(lambda: sheet.boxes["namn"].warning == "Namnet sparas som april.pdf.")
    namn.selectAll()
    type_text(namn, "Läkarintyg")
    type_text(sheet.boxes["beskrivning"].field, "Från mars")
    press(qtbot, window, Qt.Key.Key_S)
    settle(qtbot, runner)
    assert held(store) == [("Läkarintyg.pdf", "Från mars")]
    assert chosen.rows.table.current_row().namn == "Läkarintyg.pdf"


def test_it_is_removed_and_had_back(
    chosen: Any, window: MainWindow, qtbot: QtBot, runner: Runner, store: Store
) -> None:
    click(qtbot, runner, chosen.remove)
    assert held(store) == []
    window.toasts.toasts()[-1].undo.click()
    settle(qtbot, runner)
    assert held(store) == [("intyg.pdf", "")]


def test_one_removed_meanwhile_is_told(window: MainWindow, go: Go, people: People) -> None:
    screen = go("kort", people.hodan)
    for namn in ("dokument", "oppna_dokument", "spara_dokument"):
        screen.act(Akt(namn, 404))
    assert toast_texts(window) == ["Det som skulle öppnas finns inte längre på kortet."] * 3


def test_a_masked_card_tells_nothing_and_a_copy_needs_a_reason(
    window: MainWindow, go: Go, people: People, store: Store, qtbot: QtBot, runner: Runner, opened: list[Path]
) -> None:
    with store.unit_of_work(SYSTEM, "test") as work:
        row_id = make.make_dokument(work.session, PDF, deltagare_id=people.skyddad, namn="Hemlig.pdf").id
    screen = go("kort", Oppna(people.skyddad, "dokument"))
    page = screen.view.page("dokument")
    page.rows.table.setFocus()
    assert page.rows.model.index(0, 0).data() == "Dolt"
    assert page.open_copy.toolTip() == "Tryck Visa uppgifter… först."
    QTest.keyClick(page.rows.table, Qt.Key.Key_Return)
    screen.act(Akt("oppna_dokument", row_id))
    settle(qtbot, runner)
    assert opened == []
    screen._reveal()
    settle(qtbot, runner)
    click(qtbot, runner, page.open_copy)
    (dialog,) = screen.findChildren(SkalDialog)
    click(qtbot, runner, dialog.action)
    assert dialog.box.error == "Skriv varför du behöver dokumentet."
    type_text(dialog.skal, "Möte idag")
    click(qtbot, runner, dialog.action)
    assert [path.name for path in opened] == ["Hemlig.pdf"]
    assert logged(store) == ['"Hemlig.pdf: Möte idag"']


def test_copies_go_with_the_window_and_old_ones_at_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    old, new = tmp_path / f"{PREFIX}gammal", tmp_path / f"{PREFIX}ny"
    for folder in (old, new):
        (folder / "a").mkdir(parents=True)
        (folder / "a" / "intyg.pdf").write_bytes(PDF)
        (folder / "a" / "intyg.pdf").chmod(0o400)
    yesterday = time.time() - OLDEST - 60
    os.utime(old, (yesterday, yesterday))
    copies = Kopior()
    path = copies.write("intyg.pdf", PDF)
    assert (old.exists(), new.exists(), path.exists()) == (False, True, True)
    del copies
    assert not path.parent.parent.exists()


@pytest.mark.parametrize(("number", "words"), [(errno.ENOSPC, "Disken är full."), (errno.EACCES, "mapp för")])
def test_a_copy_that_cannot_be_written_is_told(
    monkeypatch: pytest.MonkeyPatch, number: int, words: str
) -> None:
    def refuse(*_args: object) -> int:
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(kopior.os, "open", refuse)
    with pytest.raises(StoreError, match=words):
        Kopior().write("intyg.pdf", PDF)
