"""What every screen gets from the composition root: the store, who acts, and the channels of the window."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, datetime

from PySide6.QtCore import QObject

from db.aktor import Aktor
from db.errors import KnownError
from db.history import Changes
from db.session import Store
from desktop.i18n import tr
from desktop.messages import Messages
from desktop.runner import Change, Runner
from desktop.settings import Settings
from desktop.theme import Theme


@dataclass(frozen=True)
class Context:
    """Handed to screens; never global. `today` is the day that everything is judged on."""

    theme: Theme
    runner: Runner
    messages: Messages
    settings: Settings
    store: Store
    aktor: Aktor
    today: Callable[[], date]

    def undo(self, handelse_id: int, owner: QObject | None = None, told: str = "") -> None:
        """Take back an act, tell so (or what is `told`), and let the screens concerned ask again."""

        def work(_task: object) -> Changes:
            from db.commands.undo import undo_act

            return undo_act(self.store, self.aktor, handelse_id)

        self.runner.run(
            Change(
                tr("Ångrar"),
                work,
                touched,
                done=lambda _changes: self.messages.done(told or tr("Ångrat.")),
                failed=self.tell_failure,
                owner=owner,
            )
        )

    def log_copy(self, deltagare_ids: Collection[int], vad: str, owner: QObject | None = None) -> None:
        """Log that rows about these people were copied; `vad` is from where."""

        def work(_task: object) -> Changes | None:
            from db.commands.visning import log_kopiering

            return log_kopiering(self.store, self.aktor, deltagare_ids, vad)

        self.runner.run(
            Change(tr("Loggar"), work, lambda _changes: (), failed=self.tell_failure, owner=owner)
        )

    def tell_failure(self, error: KnownError) -> None:
        """A fault that has no field of its own."""
        self.messages.error(error.message)


def touched(changes: Changes | None) -> frozenset[str]:
    """What an act touched as the runner's names: "insats:17"."""
    return frozenset(f"{tabell}:{rad_id}" for tabell, rad_id in (changes.touched if changes else ()))


def now(context: Context) -> datetime:
    """The moment, on the day that everything is judged on, in the computer's time zone."""
    return datetime.combine(context.today(), datetime.now().time()).astimezone()
