"""The screen Inställningar: the look is changed at once, the register's settings in forms."""

from collections.abc import Set

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.queries.settings import NOT_ALLOWED, Installningar, load_settings, may_change_settings
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.over import FormScreen
from desktop.screens.installningar.keys import BIP
from desktop.screens.installningar.view import InstallningarView
from desktop.theme import Mode
from desktop.widgets.boxes import column

# Who may change them hangs on the staff there is.
TABLES = ("installning:", "medarbetare:")


class InstallningarScreen(FormScreen):
    """Location("installningar", "bip") begins with the form of that group."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._settings: Installningar | None = None
        self._locked = ""
        self._wanted = ""
        self.view = InstallningarView(context.theme)
        self.setLayout(column(self.view, spacing=0))
        self.start_at = self.view.buttons[BIP]
        self.view.mode_chosen.connect(self._choose_mode)
        self.view.scale_chosen.connect(self._choose_scale)
        self.view.change.connect(self.change)
        context.theme.chosen.connect(self.view.show_look)

    def open(self, argument: object) -> None:
        """Ask at every visit; others may have changed something."""
        self._wanted = argument if isinstance(argument, str) else ""
        # Left to Qt it would come to the first choice of the look, whichever is chosen.
        self.view.buttons[BIP].setFocus(Qt.FocusReason.OtherFocusReason)
        self.refresh()

    def concerns(self, touched: Set[str]) -> bool:
        """Settings, and who may change them."""
        return any(name.startswith(TABLES) for name in touched)

    def refresh(self) -> None:
        """Ask again."""
        self._context.runner.run(Query("inställningar", self._read, self._show, owner=self))

    def change(self, key: str) -> None:
        """Open the form of a group of settings."""
        from desktop.screens.installningar.forms import FORMS, list_varden

        if self._settings is None or self._locked or self._sheet() is not None:
            return
        FORMS[key](self, self._context, key, list_varden(self._settings)[key])

    def _read(self, _task: Task) -> tuple[Installningar, bool]:
        context = self._context
        with context.store.read(context.aktor) as session:
            allowed = may_change_settings(session, context.aktor)
            return load_settings(session, context.aktor), allowed

    def _show(self, found: tuple[Installningar, bool]) -> None:
        self._settings, allowed = found
        self._locked = "" if allowed else tr(NOT_ALLOWED)
        self.view.show_settings(self._settings, self._locked)
        wanted, self._wanted = self._wanted, ""
        if wanted:
            self.change(wanted)

    def _choose_mode(self, mode: Mode) -> None:
        self._context.theme.set(mode=mode)
        self._context.settings.set("look/theme", mode.value)

    def _choose_scale(self, scale: int) -> None:
        self._context.theme.set(scale=scale)
        self._context.settings.set("look/text_scale", self._context.theme.scale)
