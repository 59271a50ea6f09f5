"""The screens' modules are there before anybody asks for them, and nothing heavy came with them."""

import json
import subprocess
import sys
from pathlib import Path

from pytestqt.qtbot import QtBot

from desktop.preload import Preload

LOOK = """
import gc, json, sys
from PySide6.QtCore import QCoreApplication, QTimer
from desktop.preload import Preload
application = QCoreApplication([])
before = "desktop.screens.formular.insats" in sys.modules
preload = Preload()
preload.start()
preload._thread.finished.connect(application.quit)
application.exec()
preload.close()
print(json.dumps([before, sorted(sys.modules), gc.get_freeze_count()]))
"""


def test_every_screen_is_imported_and_nothing_that_only_a_report_needs() -> None:
    done = subprocess.run(
        [sys.executable, "-c", LOOK],
        capture_output=True,
        text=True,
        check=True,
        cwd=Path(__file__).parents[2],
    )
    before, after, kept = json.loads(done.stdout)
    assert not before
    assert kept > 50_000  # objects that nobody goes through in search of garbage
    assert {"desktop.screens.kort.presenter", "desktop.screens.formular.insats"} <= set(after)
    assert not {"reportlab", "openpyxl", "alembic", "python_calamine"} & set(after)


def test_closing_stops_it_before_it_began(qtbot: QtBot) -> None:
    preload = Preload()
    preload.start()
    preload.close()
    assert not preload._timer.isActive()
    preload._thread.start()
    with qtbot.waitSignal(preload._thread.finished):
        pass
    assert preload._thread.isFinished()
    preload.start()
    assert not preload._timer.isActive()
