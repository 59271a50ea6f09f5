"""Keeps what is written in a form as a draft in the register, and brings it back."""

from collections.abc import Callable, Mapping
from datetime import datetime
from functools import partial

from PySide6.QtCore import QTimer

from db.commands.utkast import remove_utkast, save_utkast
from db.errors import KnownError
from db.queries.utkast import UtkastVarden, read_utkast
from desktop.context import Context
from desktop.formatting import clock, full_date
from desktop.i18n import tr
from desktop.messages import Kind, Message
from desktop.runner import Change, Query, Task
from desktop.screens.formular.sheet import Sheet

PAUSE = 2000  # ms at most that something written is not kept


class Drafts:
    """The draft of one open form. Only fields that the user changed are kept, so that a draft laid over a row
    which somebody changed meanwhile brings back the user's words and nothing else; `beside` is kept with
    them and is no field."""

    def __init__(
        self,
        context: Context,
        sheet: Sheet,
        nyckel: str,
        deltagare_id: int | None,
        beside: Mapping[str, object],
    ) -> None:
        self._context, self._sheet, self._beside = context, sheet, beside
        self._nyckel, self._deltagare_id = nyckel, deltagare_id
        self._rubrik = sheet.title.text()
        self._kept = False  # something may lie in the register
        self._saved = False  # the form itself is saved: what is late must not come after it
        self._told = False
        self._timer = QTimer(sheet)
        self._timer.setSingleShot(True)
        self._timer.setInterval(PAUSE)
        self._timer.timeout.connect(self.keep)
        sheet.keeps_drafts = True
        sheet.edited.connect(self._edited)
        sheet.closed.connect(self._closed)
        sheet.draft.discarded.connect(self._discard)
        if sheet.is_started:
            self._ask()
        else:
            sheet.started.connect(self._ask)

    def keep(self) -> None:
        """Write the draft now; one that says nothing is taken away."""
        self._timer.stop()
        values = self._sheet.changed_values()
        if values:
            self._kept = True
            work = partial(self._write, values={**self._beside, **values})
            self._run(work, self._not_kept)
        elif self._kept:
            self._kept = False
            self._run(lambda _task: self._remove())

    def forget(self) -> None:
        """The form is being saved, on the worker: its draft has done its work."""
        self._saved = True
        try:
            self._remove()
        except KnownError:
            return  # what was to be saved is saved; the draft is offered once more and can be thrown away

    def begin_again(self) -> None:
        """Another form under the same key."""
        self._saved = self._kept = False
        self._timer.stop()
        self._sheet.draft.hide()

    def _run(self, work: Callable[[Task], None], failed: Callable[[KnownError], None] | None = None) -> None:
        # No owner: a draft is written also when its sheet is gone.
        self._context.runner.run(Change("", work, lambda _nothing: frozenset(), failed=failed or _quiet))

    def _write(self, _task: Task, *, values: dict[str, object]) -> None:
        if self._saved:
            return
        context = self._context
        save_utkast(context.store, context.aktor, self._nyckel, self._rubrik, values, self._deltagare_id)

    def _remove(self) -> None:
        remove_utkast(self._context.store, self._context.aktor, self._nyckel)

    def _not_kept(self, error: KnownError) -> None:
        if not self._told:
            self._told = True
            self._context.messages.warning(f"{tr('Utkastet kunde inte sparas.')} {error.message}")

    def _edited(self) -> None:
        if not self._timer.isActive():
            self._timer.start()

    def _closed(self) -> None:
        if self._saved or not self._sheet.is_dirty:
            self._timer.stop()
            if self._kept and not self._saved:
                self._run(lambda _task: self._remove())
            return
        self.keep()
        throw = partial(self._run, lambda _task: self._remove())
        self._context.messages.send(
            Message(tr("Utkastet finns kvar."), Kind.INFO, throw, tr("Släng utkastet"))
        )

    def _ask(self) -> None:
        work = partial(_read, context=self._context, nyckel=self._nyckel)
        key = f"utkast {self._nyckel}"
        self._context.runner.run(Query(key, work, self._show, failed=_quiet, owner=self._sheet))

    def _show(self, found: UtkastVarden | None) -> None:
        if found is None:
            return
        self._kept = True
        if self._sheet.is_dirty or not self._sheet.is_open:
            return  # the user has begun already: the newest words win
        if self._sheet.set_values(found.varden):
            self._sheet.draft.tell(
                f"{tr('Utkast från')} {_when(found.tid, self._context)} {tr('återställt.')}"
            )

    def _discard(self) -> None:
        self._sheet.reset_values()
        self._sheet.draft.hide()
        self._kept = True
        self.keep()


def _read(_task: Task, *, context: Context, nyckel: str) -> UtkastVarden | None:
    with context.store.read(context.aktor) as session:
        return read_utkast(session, context.aktor, nyckel)


def _when(tid: str, context: Context) -> str:
    local = datetime.fromisoformat(tid).astimezone()
    time = clock(local.hour, local.minute)
    return time if local.date() == context.today() else f"{full_date(local.date())} {tr('kl.')} {time}"


def _quiet(error: KnownError) -> None:
    """A draft that cannot be read or thrown away stops nobody; it is offered again next time."""
    del error
