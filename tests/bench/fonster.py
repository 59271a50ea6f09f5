"""The longest that the window's own thread is away while somebody works, on the big register: 50 ms."""

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

from tests.bench.harness import Row
from tests.bench.registers import PER, register_path

if TYPE_CHECKING:
    from desktop.app import App

MOST = 0.05  # seconds
FORMS = ("ny_insats", "nytt_mote", "anteckning", "planering", "avslut")


def measure(folder: Path, people: int) -> list[Row]:
    """One row: the longest stretch of a walk through every screen, card tab and form once the first list is
    there, in processor time of the thread."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    os.environ["QT_LOGGING_RULES"] = "*=false"
    from PySide6.QtWidgets import QApplication

    from desktop.app import App
    from desktop.settings import Settings
    from tests.helpers.gui_time import GuiTime

    application = QApplication.instance() or QApplication(["bench"])
    assert isinstance(application, QApplication)
    with TemporaryDirectory() as home:
        app = App(application, Settings(Path(home) / "egenvag.ini"), lambda: PER)
        app.start(str(register_path(folder, people)), named=True)
        _wait(lambda: not app.runner.busy and app.preload._thread.isFinished())
        time = GuiTime()
        time.start()
        for doing, act in _walk(app):
            with time.act(doing):
                act()
            _wait(lambda: not app.runner.busy)
        time.stop()
        app.close()
    (longest,) = time.longest()
    what = f"längsta stund i fönstrets tråd, {people} deltagare"
    return [Row(what, longest.seconds, MOST, 1.0, note=longest.doing)]


def _walk(app: "App") -> Iterator[tuple[str, Callable[[], object]]]:
    from desktop.screens.kort.page import Akt
    from desktop.shell.navigation import Location

    window: Any = app.window
    yield "hela enheten", lambda: window.screen_shown.view.whose._buttons["enheten"].click()
    for key in (*window.rail.keys(), "deltagare"):
        yield f"går till {key}", lambda key=key: window.go(Location(key))  # type: ignore[misc]
    for letter in "anders":
        yield "söker", lambda letter=letter: _type(window.screen_shown, letter)  # type: ignore[misc]
    view = window.screen_shown.view
    yield "tömmer sökrutan", view.search.clear
    yield "bara inskrivna", view.ongoing.click
    ids = [view.model.row(place).id for place in range(3)]
    for person in ids:
        yield "öppnar ett kort", lambda person=person: window.go(Location("kort", person))  # type: ignore[misc]
    card = window.screen_shown
    for index in range(card.view.tabs.count()):
        yield card.view.tabs.tabText(index), lambda index=index: card.view.tabs.setCurrentIndex(index)  # type: ignore[misc]
    for form in FORMS:
        yield form, lambda form=form: card.act(Akt(form))  # type: ignore[misc]
        sheet = card._sheet()
        if sheet is not None:
            yield f"stänger {form}", sheet.dismiss


def _type(screen: Any, letter: str) -> None:
    field = screen.view.search
    field.setText(field.text() + letter)


def _wait(ready: Callable[[], bool]) -> None:
    """In the event loop, so that what it does there is measured too; longer than any pause of a form."""
    from PySide6.QtCore import QEventLoop, QTimer

    loop, quiet, watch = QEventLoop(), [0], QTimer()

    def look() -> None:
        quiet[0] = quiet[0] + 1 if ready() else 0
        if quiet[0] > 9:
            loop.quit()

    watch.timeout.connect(look)
    watch.start(20)
    loop.exec()
    watch.stop()
