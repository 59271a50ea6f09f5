"""What the tests of the window share. A Qt warning that nobody expected fails the test."""

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QMessageLogContext, QtMsgType, qInstallMessageHandler
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from desktop.main_window import MainWindow
from desktop.messages import Messages
from desktop.runner import Runner
from desktop.settings import Settings
from desktop.shell.top_bar import User
from desktop.theme import Mode, Theme
from tests.conftest import PATIENCE

OFFSCREEN = "This plugin does not support "  # what windows without a screen cannot do
QUIET = (QtMsgType.QtDebugMsg, QtMsgType.QtInfoMsg)


@pytest.fixture(autouse=True)
def _no_qt_warnings() -> Iterator[None]:
    told: list[str] = []

    def listen(kind: QtMsgType, _context: QMessageLogContext, text: str) -> None:
        if kind not in QUIET and not text.startswith(OFFSCREEN):
            told.append(text)

    before = qInstallMessageHandler(listen)
    yield
    qInstallMessageHandler(before)
    assert told == [], "Qt warned"


@pytest.fixture(autouse=True)
def _buried(qapp: QApplication) -> Iterator[None]:
    yield
    bury(qapp)


@pytest.fixture
def theme(qapp: QApplication) -> Iterator[Theme]:
    """The light theme at 100 %. Widgets without a window have its style sheet from the application; a window
    dresses itself."""
    made = Theme(qapp)
    made.set(Mode.LIGHT, 100)

    def dress_the_bare() -> None:
        if qapp.styleSheet():
            qapp.setStyleSheet(made.sheet)

    qapp.setStyleSheet(made.sheet)
    made.changed.connect(dress_the_bare)
    yield made
    bury(qapp)
    qapp.setStyleSheet("")
    qapp.styleHints().colorSchemeChanged.disconnect(made._system_changed)
    made.deleteLater()


def bury(qapp: QApplication) -> None:
    """Delete now what was to be deleted later: a change of style would first dress all of it anew."""
    qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete)


@pytest.fixture
def runner(qapp: QApplication) -> Iterator[Runner]:
    """A running worker, stopped after the test."""
    made = Runner()
    yield made
    made.close()


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    """Settings in a file of the test."""
    return Settings(tmp_path / "egenvag.ini")


@pytest.fixture
def messages(qapp: QApplication) -> Messages:
    """An empty channel."""
    return Messages()


@pytest.fixture
def make_window(
    qapp: QApplication,
    qtbot: QtBot,
    theme: Theme,
    runner: Runner,
    settings: Settings,
    messages: Messages,
) -> Callable[..., MainWindow]:
    """Make a shown, active main window; keywords go to MainWindow."""

    def make(**keywords: object) -> MainWindow:
        qapp.setStyleSheet("")
        user = User("Elin Måsvik", "Handläggare")
        settings.set("look/theme", settings.get("look/theme", "light"))
        window = MainWindow(theme, runner, messages, settings, user, **keywords)  # type: ignore[arg-type]
        window.toasts._shown_for = PATIENCE
        qtbot.addWidget(window)
        window.show()
        window.activateWindow()
        qtbot.waitUntil(window.isActiveWindow)
        return window

    return make
