"""Ctrl+Z and Ctrl+Shift+Z: the user's own latest act of the day taken back, and done again."""

from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.messages import Kind, Message
from desktop.runner import Change, Task
from desktop.screens.words import first_upper

if TYPE_CHECKING:
    from db.commands.angra import Angrat
    from desktop.main_window import MainWindow

UNDO, REDO = "Ctrl+Z", "Ctrl+Shift+Z"


class UndoKeys(QObject):
    """In a text field the keys are the field's own; over an open form they wait."""

    def __init__(self, context: Context, window: "MainWindow") -> None:
        super().__init__(window)
        self._context, self._window = context, window
        for keys, act in ((UNDO, self.undo), (REDO, self.redo)):
            QShortcut(QKeySequence(keys), window).activated.connect(act)

    def undo(self) -> None:
        """Take back the latest act of the day."""

        def work(_task: Task) -> "Angrat | None":
            from db.commands.angra import undo_latest

            return undo_latest(self._context.store, self._context.aktor, self._since())

        self._run(tr("Ångrar"), work, self._undone)

    def redo(self) -> None:
        """Do again what was taken back last."""

        def work(_task: Task) -> "Angrat | None":
            from db.commands.angra import redo_latest

            return redo_latest(self._context.store, self._context.aktor, self._since())

        self._run(tr("Gör om"), work, self._redone)

    def _run(
        self, title: str, work: "Callable[[Task], Angrat | None]", done: "Callable[[Angrat | None], None]"
    ) -> None:
        if self._form_is_open():
            self._context.messages.info(tr("Spara eller stäng formuläret först."))
            return
        change = Change(
            title,
            work,
            lambda angrat: touched(angrat.changes if angrat else None),
            done,
            failed=self._context.tell_failure,
            owner=self,
        )
        self._context.runner.run(change)

    def _since(self) -> datetime:
        return datetime.combine(self._context.today(), time.min).astimezone()

    def _form_is_open(self) -> bool:
        from desktop.screens.formular.sheet import Sheet

        return any(sheet.is_open for sheet in self._window.findChildren(Sheet))

    def _undone(self, angrat: "Angrat | None") -> None:
        if angrat is None:
            self._context.messages.info(tr("Du har inte ändrat något idag som kan ångras."))
        else:
            told, again = f"{tr('Ångrat')}: {_words(angrat)}.", f"{tr('Gjort om')}: {_words(angrat)}."
            redo = partial(self._context.undo, angrat.changes.handelse_id, told=again)
            self._context.messages.send(Message(told, Kind.DONE, redo, tr("Gör om")))

    def _redone(self, angrat: "Angrat | None") -> None:
        if angrat is None:
            self._context.messages.info(tr("Det finns inget att göra om."))
        else:
            undo = partial(self._context.undo, angrat.changes.handelse_id)
            self._context.messages.done(f"{tr('Gjort om')}: {_words(angrat)}.", undo=undo)


def _words(angrat: "Angrat") -> str:
    return ", ".join(part for part in (first_upper(angrat.vad), angrat.namn) if part)
