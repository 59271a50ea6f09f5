"""One channel for what the user is told, callable from any layer and thread; kept until a view listens."""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum
from threading import Lock

from PySide6.QtCore import QObject, Signal


class Kind(StrEnum):
    """How a message is shown: errors stay until closed, the others pass."""

    DONE = "done"
    INFO = "info"
    WARNING = "warning"
    ERROR = "error"


@dataclass(frozen=True, slots=True)
class Message:
    """A sentence for the user, and what undoes that which it tells of; `action` is the button's
    word where it is another than Ångra. `handelse_id` is the act that the button would turn round: the
    offer goes when that cannot be done any more."""

    text: str
    kind: Kind = Kind.INFO
    undo: Callable[[], None] | None = None
    action: str = ""
    handelse_id: int | None = None


class Messages(QObject):
    """Hand it to whoever has something to tell. The view calls `listen` once it exists."""

    _published = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._lock = Lock()
        self._kept: list[Message] = []
        self._heard = False

    def done(self, text: str, undo: Callable[[], None] | None = None, handelse_id: int | None = None) -> None:
        """Something was done; `undo` gives the message an Ångra button, for the act `handelse_id`."""
        self.send(Message(text, Kind.DONE, undo, handelse_id=handelse_id))

    def info(self, text: str) -> None:
        """Good to know; passes by itself."""
        self.send(Message(text))

    def warning(self, text: str) -> None:
        """Something to look at; passes by itself."""
        self.send(Message(text, Kind.WARNING))

    def error(self, text: str) -> None:
        """Something failed; stays until closed."""
        self.send(Message(text, Kind.ERROR))

    def send(self, message: Message) -> None:
        """Hand a message to the listener, or keep it for the one to come."""
        with self._lock:
            if not self._heard:
                self._kept.append(message)
                return
        self._published.emit(message)

    def listen(self, view: Callable[[Message], None]) -> None:
        """Deliver to `view` (a method of a QObject) on its own thread, first what was kept."""
        self._published.connect(view)
        with self._lock:
            self._heard, kept = True, self._kept
            self._kept = []
        for message in kept:
            self._published.emit(message)
