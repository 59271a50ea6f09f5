"""Taking away a row of the card, with a toast to have it back."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject

from db.commands.borttagning import remove_row
from db.commands.findings import Saved
from db.errors import DataError, KnownError
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.messages import Kind, Message
from desktop.runner import Change

REMOVED = {
    "insats": "Insatsen är borttagen.",
    "mote": "Mötet är borttaget.",
    "planering": "Planeringen är borttagen.",
    "inskrivning": "Inskrivningen är borttagen.",
    "arende": "Ärendet är borttaget.",
}
# Where what stands in the way is seen: the page, and the words that lead there. By table.
WAYS = {
    "insats": ("insatser", "Visa insatserna"),
    "planering": ("planering", "Visa planeringen"),
    "bip": ("bip", "Visa BIP"),
    "uppfoljning": ("avslut", "Visa avslutet"),
    "narvaro": ("narvaro", "Visa närvaron"),
    "osa_beslut": ("osa", "Visa OSA"),
    "osa_uppfoljning": ("osa", "Visa OSA"),
}


def remove(
    owner: QObject, context: Context, tabell: str, rad_id: int, show_page: Callable[[str], None]
) -> None:
    """Take away a row; where something hangs on it that is told, with a way to the page that it is on."""

    def refused(error: KnownError) -> None:
        page, words = WAYS.get(error.field if isinstance(error, DataError) else "", ("", ""))
        if page:
            way = partial(show_page, page)
            context.messages.send(Message(error.message, Kind.ERROR, way, tr(words)))
        else:
            context.tell_failure(error)

    def told(saved: Saved) -> None:
        context.tell_done(tr(REMOVED[tabell]), saved.changes.handelse_id)

    context.runner.run(
        Change(
            tr("Tar bort"),
            lambda _task: remove_row(context.store, context.aktor, tabell, rad_id),
            lambda saved: touched(saved.changes),
            done=told,
            failed=refused,
            owner=owner,
        )
    )
