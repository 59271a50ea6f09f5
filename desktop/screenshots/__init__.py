"""`egenvag --skarmbilder MAPP`: every screen of the demo as a picture, drawn without a display.

`subjects` finds whom to show, `scenes` brings the window to each picture.
"""

import os
import tempfile
from collections.abc import Collection
from datetime import date
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PySide6.QtGui import QPixmap
    from PySide6.QtWidgets import QWidget

    from desktop.app import App

# The day of the design's pictures, so that the same program gives the same pictures.
DAY = date(2026, 11, 12)
PEOPLE, SEED = 400, 1
SIZE = (1440, 900)
PATIENCE = 60_000  # ms


def draw_all(
    folder: Path, where: str | None = None, people: int = PEOPLE, schemes: Collection[str] = ("light", "dark")
) -> int:
    """Draw the screens in `folder` to `<name>.png` and, dark, `<name>-mork.png`; returns the exit code.

    Without `where` a demo register is made for the purpose and thrown away. Raises KnownError where the
    folder cannot be written or the register not be read.
    """
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    from db.demo import create_demo
    from db.errors import StoreError
    from desktop.screenshots.subjects import fill_trash

    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreError(f"Mappen {folder} gick inte att skapa. Välj en annan.") from error
    with tempfile.TemporaryDirectory(prefix="egenvag-") as scratch:
        place = where or str(Path(scratch) / "demo.egenvag")
        if where is None:
            create_demo(place, people, SEED, DAY, plan=True)
            fill_trash(place, DAY)
        _draw(folder, place, Path(scratch), schemes)
    return 0


def _draw(folder: Path, where: str, scratch: Path, schemes: Collection[str]) -> None:
    from PySide6.QtWidgets import QApplication

    from desktop.app import App
    from desktop.screenshots.scenes import Scene, pictures
    from desktop.settings import Settings
    from desktop.theme import Mode

    application = QApplication.instance() or QApplication(["egenvag"])
    assert isinstance(application, QApplication)
    settings = Settings(scratch / "egenvag.ini")
    app = App(application, settings, lambda: DAY)
    faults: list[BaseException] = []
    opening: list[Scene] = [("start", lambda: _show_start(app)), ("idag", lambda: _open(app, where))]
    app.runner.crashed.connect(faults.append)
    app.runner.failed.connect(faults.append)
    try:
        for mode in map(Mode, schemes):
            app.theme.set(mode, 100)
            settings.set("look/theme", mode.value)
            for name, show in chain(opening, pictures(app, scratch, DAY)):
                show()
                _settle(app)
                _raise_first(faults)
                _drop_toasts(app)
                suffix = "" if mode is Mode.LIGHT else "-mork"
                assert app.window is not None
                _grab(app.window).save(str(folder / f"{name}{suffix}.png"))
    finally:
        app.close()
        if app.window is not None:
            app.window.deleteLater()


def _drop_toasts(app: "App") -> None:
    """Whatever closing the form before this picture said."""
    from desktop.widgets.toast import Toast

    assert app.window is not None
    for toast in app.window.findChildren(Toast):
        toast.dismiss()


def _grab(window: "QWidget") -> "QPixmap":
    """The window with the dialogs that stand over it."""
    from PySide6.QtGui import QPainter
    from PySide6.QtWidgets import QDialog

    picture = window.grab()
    painter = QPainter(picture)
    for dialog in window.findChildren(QDialog):
        if dialog.isVisible():
            at = (picture.width() - dialog.width()) // 2, (picture.height() - dialog.height()) // 2
            painter.drawPixmap(*at, dialog.grab())
    painter.end()
    return picture


def _raise_first(faults: list[BaseException]) -> None:
    if faults:
        raise faults[0]


def _show_start(app: "App") -> None:
    app.show_start().resize(*SIZE)


def _open(app: "App", where: str) -> None:
    app.start(where, named=True)
    assert app.window is not None
    app.window.resize(*SIZE)


def _settle(app: "App") -> None:
    """Until the worker has nothing more to do and the window has taken in the answers."""
    from PySide6.QtCore import QEventLoop, QTimer
    from PySide6.QtWidgets import QApplication

    loop, quiet = QEventLoop(), [0]
    watch = QTimer()
    watch.setInterval(20)

    def look() -> None:
        # Longer than any pause of a search box or a form.
        quiet[0] = 0 if app.runner.busy else quiet[0] + 1
        if quiet[0] > 9:
            loop.quit()

    watch.timeout.connect(look)
    watch.start()
    QTimer.singleShot(PATIENCE, loop.quit)
    loop.exec()
    watch.stop()
    QApplication.sendPostedEvents()
