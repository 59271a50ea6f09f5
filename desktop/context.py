"""What every screen gets from the composition root: the store, who acts, and the channels of the window."""

from collections.abc import Callable, Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject

from db.aktor import Aktor
from db.errors import KnownError
from db.history import Changes
from db.session import Store
from desktop.bildlada import Bildlada
from desktop.formatting import plural
from desktop.i18n import tr
from desktop.messages import Kind, Message, Messages
from desktop.runner import Change, Runner
from desktop.settings import Settings
from desktop.theme import Theme

if TYPE_CHECKING:
    from db.commands.angra import Angrat


@dataclass(frozen=True)
class Context:
    """Handed to screens; never global. `today` is the day that everything is judged on, `bilder` the pictures
    put aside for a report."""

    theme: Theme
    runner: Runner
    messages: Messages
    settings: Settings
    store: Store
    aktor: Aktor
    today: Callable[[], date]
    bilder: Bildlada = field(default_factory=Bildlada)

    def undo(self, handelse_id: int, owner: QObject | None = None) -> None:
        """Take back an act, or do again what is taken back by it; tell so, and let the screens concerned ask
        again."""

        def work(_task: object) -> "Angrat":
            from db.commands.angra import turn_act

            return turn_act(self.store, self.aktor, handelse_id)

        self.runner.run(
            Change(
                tr("Ångrar"),
                work,
                lambda angrat: touched(angrat.changes),
                done=self.tell_turned,
                failed=self.tell_failure,
                owner=owner,
            )
        )

    def tell_done(self, text: str, handelse_id: int) -> None:
        """Say that an act was done, with Ångra."""
        self.messages.done(text, partial(self.undo, handelse_id), handelse_id)

    def tell_turned(self, angrat: "Angrat") -> None:
        """ "Ångrat: Nytt möte, Hodan Rönnstig." with Gör om, or the other way round."""
        what = ", ".join(part for part in (angrat.vad[:1].upper() + angrat.vad[1:], angrat.namn) if part)
        told, action = (tr("Gjort om"), "") if angrat.gjort_om else (tr("Ångrat"), tr("Gör om"))
        act = angrat.changes.handelse_id
        turn = partial(self.undo, act)
        self.messages.send(Message(f"{told}: {what}.", Kind.DONE, turn, action, act))

    def log_copy(self, deltagare_ids: Collection[int], vad: str, owner: QObject | None = None) -> None:
        """Log that rows about these people were copied; `vad` is from where."""

        def work() -> Changes | None:
            from db.commands.visning import log_kopiering

            return log_kopiering(self.store, self.aktor, deltagare_ids, vad)

        self._log(work, owner)

    def log_import_copy(self, import_ids: Collection[int], vad: str, owner: QObject | None = None) -> None:
        """Log that rows about imports were copied, or of a workbook that is not read in."""

        def work() -> Changes | None:
            from db.commands.visning import log_importkopiering

            return log_importkopiering(self.store, self.aktor, import_ids, vad)

        self._log(work, owner)

    def tell_copied(self, count: int) -> None:
        """Say how many rows were copied."""
        self.messages.info(f"{plural(count, tr('rad kopierad'), tr('rader kopierade'))}.")

    def _log(self, work: Callable[[], Changes | None], owner: QObject | None) -> None:
        self.runner.run(
            Change(
                tr("Loggar"), lambda _task: work(), lambda _changes: (), failed=self.tell_failure, owner=owner
            )
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
