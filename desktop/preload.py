"""The screens' modules, imported ahead on a thread of their own once the window is in use.

A first visit then only builds its widgets: importing a card and its forms takes longer than the 50 ms that
the window's thread may be away, and start-up has no business with them.
"""

import gc
import importlib
import pkgutil
from threading import Event

from PySide6.QtCore import QObject, QThread, QTimer

import desktop.screens

AFTER = 400  # ms from the window is shown: the first list comes first


class Preload(QObject):
    """`start` once there is a window; `close` before the program ends."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._thread = _Importer()
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(AFTER)
        self._timer.timeout.connect(lambda: self._thread.start(QThread.Priority.LowestPriority))

    def start(self) -> None:
        """Import in a moment, unless that is under way or done."""
        if not self._thread.isRunning() and not self._thread.isFinished():
            self._timer.start()

    def close(self) -> None:
        """Wait for the module being imported and leave the rest."""
        self._timer.stop()
        self._thread.stopped.set()
        self._thread.wait()


class _Importer(QThread):
    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("egenvag-preload")
        self.stopped = Event()

    def run(self) -> None:
        for found in pkgutil.walk_packages(desktop.screens.__path__, "desktop.screens."):
            if self.stopped.is_set():
                return
            importlib.import_module(found.name)
        # What is there now stays: the search for cyclic garbage need never go through it again. Once only, so
        # that a window that is closed later does not stay too.
        if not gc.get_freeze_count():
            gc.freeze()
