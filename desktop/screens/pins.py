"""Pinning people: first among those opened last, on Idag and in the command box."""

from PySide6.QtCore import QObject

from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Change, Task


def set_pin(context: Context, deltagare_id: int, fast: bool, owner: QObject) -> None:
    """Pin or unpin a person and tell so; screens that show pins ask again."""

    def work(_task: Task) -> None:
        from db.commands.oppnad import pin_deltagare, unpin_deltagare

        (pin_deltagare if fast else unpin_deltagare)(context.store, context.aktor, deltagare_id)

    def done(_nothing: None) -> None:
        context.messages.done(tr("Fäst överst bland senast öppnade.") if fast else tr("Inte längre fäst."))

    context.runner.run(
        Change(
            tr("Sparar"), work, lambda _nothing: {"oppnad", f"fast:{deltagare_id}"}, done,
            failed=context.tell_failure, owner=owner,
        )
    )  # fmt: skip
