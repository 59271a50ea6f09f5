"""Taking away a row of the card, with a toast to have it back."""

from PySide6.QtCore import QObject

from db.commands.borttagning import remove_row
from db.commands.findings import Saved
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.runner import Change

REMOVED = {
    "insats": "Insatsen är borttagen.",
    "mote": "Mötet är borttaget.",
    "planering": "Planeringen är borttagen.",
}


def remove(owner: QObject, context: Context, tabell: str, rad_id: int) -> None:
    """Take away a row; where something hangs on it that is told."""

    def told(saved: Saved) -> None:
        context.tell_done(tr(REMOVED[tabell]), saved.changes.handelse_id)

    context.runner.run(
        Change(
            tr("Tar bort"),
            lambda _task: remove_row(context.store, context.aktor, tabell, rad_id),
            lambda saved: touched(saved.changes),
            done=told,
            failed=context.tell_failure,
            owner=owner,
        )
    )
