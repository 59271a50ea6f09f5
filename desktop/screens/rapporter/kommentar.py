"""Keeps the comment of each report and period as the user's own draft in the register, and brings it back."""

from functools import partial

from PySide6.QtCore import QObject, QTimer

from db.commands.utkast import remove_utkast, save_utkast
from db.errors import KnownError
from db.queries.utkast import read_utkast
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Change, Task
from desktop.screens.formular.drafts import PAUSE
from desktop.screens.rapporter.innehall import InnehallView

FIELD = "kommentar"


def read_kommentar(context: Context, namn: str, period: str) -> str:
    """The comment that the user has written to a report of a period, "" for none. Runs off the GUI thread."""
    with context.store.read(context.aktor) as session:
        found = read_utkast(session, context.aktor, draft_key(namn, period))
    return str(found.varden.get(FIELD, "")) if found is not None else ""


def draft_key(namn: str, period: str) -> str:
    """What the register calls the comment of a report and period."""
    return f"rapport/{namn}/{period}"


class Kommentar(QObject):
    """The comment of the report and period chosen: `value` is None until `show` has been told what was kept.
    What is written is kept within two seconds, and at once when another report or period is chosen."""

    def __init__(self, context: Context, view: InnehallView) -> None:
        super().__init__(view)
        self._context, self._view = context, view
        self._of: tuple[str, str] | None = None
        self._read = self._told = False
        self._kept = ""
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.keep)
        view.written.connect(self._written)

    def choose(self, namn: str, period: str) -> None:
        """Another report or period; what is written of the one before is kept."""
        if self._of == (namn, period):
            return
        self.keep()
        self._of, self._read, self._kept = (namn, period), False, ""
        self._view.set_kommentar("")

    def value(self) -> str | None:
        """What is written; None where it is not known yet what was."""
        return self._view.kommentar.value() if self._read else None

    def show(self, namn: str, period: str, text: str) -> None:
        """What was kept, unless something else is chosen meanwhile or the user has begun already."""
        if self._of != (namn, period) or self._read:
            return
        self._read, self._kept = True, text
        self._view.set_kommentar(text)

    def keep(self) -> None:
        """Write it now, where it is another than what is kept."""
        self._timer.stop()
        text = self._view.kommentar.value()
        if self._of is None or not self._read or text == self._kept:
            return
        self._kept = text
        work = partial(self._write, nyckel=draft_key(*self._of), text=text)
        self._context.runner.run(Change("", work, lambda _none: frozenset(), failed=self._not_kept))

    def _written(self) -> None:
        self._read = True  # the newest words win
        if not self._timer.isActive():
            self._timer.start()

    def _write(self, _task: Task, *, nyckel: str, text: str) -> None:
        store, aktor = self._context.store, self._context.aktor
        if text:
            save_utkast(store, aktor, nyckel, tr("Kommentar till nämnden"), {FIELD: text})
        else:
            remove_utkast(store, aktor, nyckel)

    def _not_kept(self, error: KnownError) -> None:
        if not self._told:
            self._told = True
            self._context.messages.warning(f"{tr('Kommentaren kunde inte sparas.')} {error.message}")
