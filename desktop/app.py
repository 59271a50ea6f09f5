"""The composition root: the only place that wires store, screens and window together.

What start-up does not need (alembic, reportlab, openpyxl, calamine) is imported where it is used.
"""

from collections.abc import Callable
from datetime import date
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QApplication, QWidget

from db.errors import KnownError
from desktop.context import Context
from desktop.errors import CrashReporter, log_path, start_log
from desktop.i18n import speak_swedish
from desktop.main_window import MainWindow
from desktop.messages import Messages
from desktop.opening import Opened, demo_register, describe, exists, open_for_window
from desktop.preload import Preload
from desktop.runner import Runner
from desktop.screens import register_screens
from desktop.settings import Settings
from desktop.shell.navigation import Location
from desktop.shell.top_bar import User
from desktop.theme import Mode, Theme

if TYPE_CHECKING:
    from desktop.screens.start.presenter import StartScreen

DEMO_PEOPLE = 1000
LAST_REGISTER = "register/senaste"


class App(QObject):
    """One run of the program: the start page until a register is open, then the window."""

    def __init__(
        self,
        application: QApplication,
        settings: Settings | None = None,
        today: Callable[[], date] = date.today,
    ) -> None:
        super().__init__()
        speak_swedish(application)
        self.settings = settings or Settings()
        self.theme = Theme(application)
        self.runner = Runner()
        self.preload = Preload(self)
        self.today = today
        self.window: QWidget | None = None
        self._opened: Opened | None = None
        self._reporter = CrashReporter(self._show_crash)
        self.runner.crashed.connect(self._reporter.report)
        self.theme.set(self._mode(), self.settings.get("look/text_scale", 100))

    def install_crash_hook(self) -> None:
        """Log to the user's own folder and show what goes wrong, instead of a traceback on a console."""
        start_log()
        self._reporter.install()

    def start(self, where: str, *, named: bool, mode: Mode | None = None) -> None:
        """Open the register, or the start page when there is none and none was asked for."""
        if mode is not None:
            self.settings.set("look/theme", mode.value)
            self.theme.set(mode=mode)
        remembered = self.settings.get(LAST_REGISTER, "")
        place = where if named or exists(where) or not exists(remembered) else remembered
        if named or exists(place):
            self._open_now(place)
        else:
            self.show_start()

    def start_demo(self) -> None:
        """Open the demo register of the window, made first where it is missing."""
        if exists(demo_register()):
            self._open_now(demo_register())
        else:
            self.show_start().make_demo()

    def show_start(self, fault: str = "") -> "StartScreen":
        """The page that helps one to a register; `fault` says why there is none."""
        from desktop.screens.start.presenter import StartScreen

        page = StartScreen(self.theme, self.runner, DEMO_PEOPLE, fault)
        page.opened.connect(self._show_window)
        self._replace(page)
        return page

    @property
    def opened(self) -> Opened | None:
        """The register open now."""
        return self._opened

    def close(self) -> None:
        """Let the changes under way finish and let go of the store."""
        self.preload.close()
        self.runner.close()
        if self._opened is not None:
            self._opened.store.close()
            self._opened = None

    def _open_now(self, where: str) -> None:
        try:
            opened = open_for_window(where, self.settings.get("anvandare/signatur", ""))
        except KnownError as error:
            self.show_start(error.message)
            return
        self._show_window(opened)

    def _show_window(self, opened: Opened, first: str = "idag") -> None:
        if self._opened is not None:
            self._opened.store.close()
        self._opened = opened
        if opened.store.path is not None and not opened.demo:
            self.settings.set(LAST_REGISTER, str(opened.store.path))
        messages = Messages(self)
        context = Context(
            self.theme, self.runner, messages, self.settings, opened.store, opened.aktor, self.today
        )
        window = MainWindow(
            self.theme,
            self.runner,
            messages,
            self.settings,
            User(opened.aktor.namn, opened.aktor.roll.value.capitalize()),
            opened.unit,
            opened.demo,
        )
        window.status_bar.set_connection(describe(opened.store))
        self.runner.failed.connect(context.tell_failure)
        register_screens(window, context)
        window.closing.connect(self.close)
        self._replace(window)
        window.go(Location(first))
        self.preload.start()

    def _replace(self, window: QWidget) -> None:
        before, self.window = self.window, window
        window.show()
        if before is not None:
            before.hide()
            before.deleteLater()

    def _mode(self) -> Mode:
        known = self.settings.get("look/theme", Mode.SYSTEM.value)
        return Mode(known) if known in list(Mode) else Mode.SYSTEM

    def _show_crash(self, details: str) -> None:
        from desktop.shell.crash_dialog import CrashDialog

        CrashDialog(self.theme, details, log_path(), parent=self.window).exec()
