"""The start page: opens, makes or fills a register, and hands it over."""

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QMainWindow, QWidget

from db.errors import CancelledError, KnownError
from desktop.i18n import tr
from desktop.opening import Opened, demo_register, open_for_window
from desktop.runner import Change, Progress, Runner, Task
from desktop.screens.start.view import StartView
from desktop.theme import Theme

REGISTERS = "Register (*.egenvag);;Alla filer (*)"
WORKBOOKS = "Arbetsböcker (*.xlsx)"


class StartScreen(QMainWindow):
    """Shown while no register is open. `opened` with the register and the screen to begin on."""

    opened = Signal(object, str)  # Opened, key of the first screen

    def __init__(
        self, theme: Theme, runner: Runner, people: int, fault: str = "", parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._runner, self._people = runner, people
        self._task: Task | None = None
        self.view = StartView(theme, fault)
        self.setCentralWidget(self.view)
        self.setWindowTitle(tr("Egenväg"))
        self.setObjectName("page")
        theme.dress(self)
        self.resize(1180, 720)
        self.view.open_file.clicked.connect(self._choose_existing)
        self.view.new.clicked.connect(lambda: self._choose_new("deltagare"))
        self.view.imported.clicked.connect(lambda: self._choose_new("importera"))
        self.view.demo.clicked.connect(self.make_demo)
        self.view.cancelled.connect(self._cancel)
        runner.progressed.connect(self._progressed)

    def make_demo(self) -> None:
        """Open the window's own demo register, made first where it is missing."""
        where = demo_register()
        self._run(tr("Hittar på personer"), partial(_make_demo, where, self._people), "deltagare")

    def open_existing(self, where: str) -> None:
        """Open a register that exists; an older one is backed up and upgraded."""
        self._run(tr("Öppnar registret"), lambda _task: open_for_window(where), "deltagare")

    def make_new(self, where: str, first: str = "deltagare") -> None:
        """Make an empty register and open it."""
        self._run(tr("Gör ett nytt register"), partial(_create, where), first)

    def _choose_existing(self) -> None:
        where, _ = QFileDialog.getOpenFileName(self, tr("Öppna register"), _folder(), REGISTERS)
        if where:
            self.open_existing(where)

    def _choose_new(self, first: str) -> None:
        wanted = str(Path(_folder()) / "register.egenvag")
        where, _ = QFileDialog.getSaveFileName(self, tr("Nytt register"), wanted, REGISTERS)
        if where:
            self.make_new(where if Path(where).suffix else f"{where}.egenvag", first)

    def _run(self, title: str, work: Callable[[Task], Opened], first: str) -> None:
        self.view.fail("")
        self.view.set_working(title)
        self._task = self._runner.run(
            Change(
                title,
                work,
                touched=lambda _opened: frozenset(),
                done=lambda opened: self.opened.emit(opened, first),
                failed=self._failed,
                owner=self,
            )
        )

    def _failed(self, error: KnownError) -> None:
        self.view.set_working("")
        self.view.fail("" if isinstance(error, CancelledError) else error.message)

    def _progressed(self, progress: Progress) -> None:
        self.view.set_progress(progress.done, progress.total)

    def _cancel(self) -> None:
        if self._task is not None:
            self._task.cancel()


def _make_demo(where: str, people: int, task: Task) -> Opened:
    from db.demo import create_demo

    if not Path(where).exists():
        Path(where).parent.mkdir(parents=True, exist_ok=True)
        create_demo(where, people, progress=task.progress, plan=True)
    return open_for_window(where)


def _create(where: str, _task: Task) -> Opened:
    from db.migrate import create_store

    Path(where).parent.mkdir(parents=True, exist_ok=True)
    create_store(where).close()
    return open_for_window(where)


def _folder() -> str:
    from db.places import data_folder

    folder = data_folder()
    return str(folder if folder.is_dir() else Path.home())
