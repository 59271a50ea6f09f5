"""From a cold process to the first rows on the screen, and the memory then, against an empty table window."""

import os
import statistics
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from tests.bench.harness import Row
from tests.bench.registers import register_path

ROOT = Path(__file__).resolve().parents[2]
START, MEMORY = 1.25, 1.3

# Both tell seconds since the process was made and the memory of its own, in MB.
_TELL = """
def tell():
    import os, time
    ticks = os.sysconf("SC_CLK_TCK")
    began = int(open("/proc/self/stat").read().rsplit(")", 1)[1].split()[19]) / ticks
    rss = int(open("/proc/self/statm").read().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    print(time.clock_gettime(time.CLOCK_BOOTTIME) - began, rss, flush=True)
    os._exit(0)
"""
_FLOOR = """
import sqlalchemy.orm
from PySide6.QtCore import QTimer
from PySide6.QtGui import QStandardItemModel
from PySide6.QtWidgets import QApplication, QMainWindow, QTableView
app = QApplication([])
window = QMainWindow()
table = QTableView()
table.setModel(QStandardItemModel(0, 8))
window.setCentralWidget(table)
window.resize(1440, 900)
window.show()
QTimer.singleShot(0, tell)
app.exec()
"""
_OURS = """
import sys
from desktop.__main__ import make_app
application, app = make_app()
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QAbstractItemView
app.start(sys.argv[1], named=True)
def look():
    views = app.window.findChildren(QAbstractItemView)  # the lists of combo boxes too
    tables = [v for v in views if type(v).__name__ in ("TableView", "Worklist")]
    if any(t.model() and t.model().rowCount() for t in tables):
        application.processEvents()
        tell()
watch = QTimer()
watch.timeout.connect(look)
watch.start(2)
application.exec()
"""


def measure(folder: Path, people: int, rounds: int = 7) -> list[Row]:
    """Two rows: seconds and memory, medians of processes started turn by turn."""
    register = register_path(folder, people)
    with TemporaryDirectory() as home:
        environment = {
            **os.environ,
            "QT_QPA_PLATFORM": "offscreen",
            "QT_LOGGING_RULES": "*=false",
            "XDG_CONFIG_HOME": home,
            "XDG_DATA_HOME": home,
            "XDG_STATE_HOME": home,
        }

        def run(code: str) -> tuple[float, float]:
            call = [sys.executable, "-c", _TELL + code, str(register)]
            told = subprocess.run(
                call, cwd=ROOT, env=environment, capture_output=True, text=True, timeout=120, check=True
            )
            seconds, memory = told.stdout.split()
            return float(seconds), float(memory)

        run(_OURS), run(_FLOOR)
        pairs = [(run(_OURS), run(_FLOOR)) for _ in range(rounds)]
    ours, floor = zip(*pairs, strict=True)

    def medians(which: int) -> tuple[float, float]:
        return statistics.median(o[which] for o in ours), statistics.median(f[which] for f in floor)

    return [
        Row(f"start till första raderna, {people} deltagare", *medians(0), START),
        Row("minne då", *medians(1), MEMORY, unit="MB"),
    ]
