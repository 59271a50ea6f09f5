"""Ctrl+Z and Ctrl+Shift+Z: the user's own latest act of the day taken back, and done again; and the toasts'
offers to do so, which go when it is too late."""

from collections.abc import Callable
from datetime import datetime, time
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject
from PySide6.QtGui import QKeySequence, QShortcut

from db.errors import KnownError
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.runner import Change, Query, Task

if TYPE_CHECKING:
    from db.commands.angra import Angrat
    from db.queries.angrade import Inaktuella
    from desktop.main_window import MainWindow
    from desktop.widgets.toast import ToastArea

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
            self._context.tell_turned(angrat)

    def _redone(self, angrat: "Angrat | None") -> None:
        if angrat is None:
            self._context.messages.info(tr("Det finns inget att göra om."))
        else:
            self._context.tell_turned(angrat)


class Offers(QObject):
    """After each change: no toast offers to take back what is taken back, changed or built on since."""

    def __init__(self, context: Context, toasts: "ToastArea", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._toasts = context, toasts
        context.runner.changed.connect(self._look)

    def _look(self, _things: object, _owner: object) -> None:
        acts = self._toasts.offered()
        if acts:
            work = partial(self._find, acts=acts)
            query = Query("erbjudanden", work, self._drop, failed=_quiet, owner=self)
            self._context.runner.run(query)

    def _find(self, _task: Task, *, acts: set[int]) -> "Inaktuella":
        from db.queries.angrade import find_inaktuella

        with self._context.store.read(self._context.aktor) as session:
            return find_inaktuella(session, acts)

    def _drop(self, found: "Inaktuella") -> None:
        self._toasts.drop(found.angrade, found.forbi)


def _quiet(_error: KnownError) -> None:
    """The offer stays; who takes it up is told why it cannot be done."""
