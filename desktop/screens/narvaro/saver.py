"""Saves what is typed in the order it was typed, tells how it went, and takes it back."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from db.errors import KnownError
from desktop.context import Context, touched
from desktop.formatting import clock
from desktop.i18n import tr
from desktop.runner import Change, Task

if TYPE_CHECKING:
    from db.commands.findings import Saved

Work = Callable[[Task], "Saved | None"]


class Saver(QObject):
    """`state` with a text and its kind; `settled` when nothing more waits, True where something failed.

    `now` is the clock of the text.
    """

    state = Signal(str, str)
    settled = Signal(bool)
    can_undo = Signal(bool)

    def __init__(self, context: Context, owner: QObject) -> None:
        super().__init__(owner)
        self._context, self._owner = context, owner
        self._pending, self._has_failed = 0, False
        self._acts: list[int] = []  # that can be taken back here, the latest last
        self.now = datetime.now
        context.runner.changed.connect(self._changed)

    @property
    def is_busy(self) -> bool:
        """True while something typed is not saved yet."""
        return self._pending > 0

    def run(self, work: Work, told: str = "", failed: Callable[[], None] | None = None) -> None:
        """Save; `told` is the message with Ångra for what is done to many. `failed` hears of a refusal."""
        self._pending += 1
        self.state.emit(tr("Sparar…"), "wait")
        self._context.runner.run(
            Change(
                tr("Sparar närvaro"),
                work,
                lambda saved: touched(saved.changes if saved else None),
                done=partial(self._saved, told),
                failed=partial(self._failed, failed),
                owner=self._owner,
            )
        )

    def undo(self, act: int | None = None) -> None:
        """Take back an act, the latest where none is told."""
        chosen = self._acts[-1] if act is None else act
        self._acts = [kept for kept in self._acts if kept != chosen]
        self.can_undo.emit(bool(self._acts))
        self.state.emit("", "ok")
        self._context.undo(chosen, self._owner)

    def _saved(self, told: str, saved: "Saved | None") -> None:
        if saved is not None:
            act = saved.changes.handelse_id
            self._acts.append(act)
            self.can_undo.emit(True)
            if told:
                self._context.messages.done(told, partial(self.undo, act), act)
        self._finish()

    def _failed(self, hear: Callable[[], None] | None, error: KnownError) -> None:
        self._has_failed = True
        self._context.tell_failure(error)
        if hear is not None:
            hear()
        self._finish()

    def _finish(self) -> None:
        self._pending -= 1
        if self._pending:
            return
        failed, self._has_failed = self._has_failed, False
        now = self.now()
        saved = f"{tr('Sparat')} {clock(now.hour, now.minute)}"
        self.state.emit(*((tr("Inte sparat"), "danger") if failed else (saved, "ok")))
        self.settled.emit(failed)

    def _changed(self, things: frozenset[str], owner: object) -> None:
        """What others do to the attendance, Ctrl+Z too, comes after what was done here."""
        if owner is not self._owner and any(name.startswith("narvaro:") for name in things):
            self._acts.clear()
            self.can_undo.emit(False)
