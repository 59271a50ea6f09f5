"""The real window on a demo register, as the composition root makes it, and somebody to work in it."""

import shutil
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from db.demo import create_demo
from desktop.app import App
from desktop.screens.formular import sheet as sheet_module
from desktop.settings import Settings
from tests.conftest import PATIENCE
from tests.gui.conftest import _buried, _no_qt_warnings  # noqa: F401 - fixtures
from tests.helpers.gui_time import GuiTime, slowness
from tests.journeys.desk import Desk

IDAG = date(2026, 11, 12)
# Of the thread's own processor time. The promise of quality.md is a fifth of it and measured by
# `python -m tests.bench fonster`: a slow, shared machine is not the window's fault, a query or a loop over
# the register on its thread is.
LONGEST = 0.25


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A demo register that is copied and never opened."""
    path = tmp_path_factory.mktemp("demo") / "demo.egenvag"
    create_demo(path, 300, 1, IDAG)
    return path


@pytest.fixture(autouse=True)
def _never_ask(monkeypatch: pytest.MonkeyPatch) -> None:
    """A question nobody answers would stop the tests for ever."""
    monkeypatch.setattr(sheet_module, "confirm", lambda *_args, **_more: True)


@pytest.fixture
def sit_down(demo: Path, tmp_path: Path, qapp: QApplication, qtbot: QtBot) -> Iterator[Callable[..., Desk]]:
    """Open the window as one of the staff; nothing may have kept its thread long when the test ends."""
    desks: list[Desk] = []

    def sit(signatur: str = "") -> Desk:
        path = tmp_path / "register.egenvag"
        if not path.exists():
            shutil.copyfile(demo, path)
        settings = Settings(tmp_path / f"{len(desks)}.ini")
        settings.set("look/theme", "light")
        settings.set("anvandare/signatur", signatur)
        app = App(qapp, settings, lambda: IDAG)
        desk = Desk(app, qtbot, GuiTime())
        app.runner.crashed.connect(desk.faults.append)
        app.start(str(path), named=True)
        desks.append(desk)
        desk.window.toasts._shown_for = PATIENCE
        desk.window.activateWindow()
        qtbot.waitUntil(desk.window.isActiveWindow)
        desk.settle()
        qtbot.waitUntil(app.preload._thread.isFinished)
        desk.time.start()
        return desk

    yield sit
    for desk in desks:
        desk.time.stop()
        desk.app.close()
        desk.window.close()
        desk.window.deleteLater()
    for desk in desks:
        (longest,) = desk.time.longest()
        assert longest.seconds < LONGEST * slowness(), longest
