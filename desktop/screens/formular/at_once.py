"""Acts that need no form: done at once, told with a toast that takes them back."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from db.commands.findings import Saved
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.runner import Change


def save_at_once(owner: QObject, context: Context, work: Callable[[], Saved | None], text: str) -> None:
    """Run the command on the worker; `text` is told when it changed something."""

    def told(saved: Saved | None) -> None:
        if saved is not None:
            context.tell_done(tr(text), saved.changes.handelse_id)

    context.runner.run(
        Change(
            tr("Sparar"),
            lambda _task: work(),
            lambda saved: touched(saved.changes if saved else None),
            done=told,
            failed=context.tell_failure,
            owner=owner,
        )
    )
