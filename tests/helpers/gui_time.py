"""How long the window's own thread is busy at a time, while somebody works in it."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from PySide6.QtCore import QAbstractEventDispatcher, QObject

USUAL = 0.010  # seconds that `slowness` takes where limits of time are set


def slowness() -> float:
    """How many times longer than usual a piece of work takes here now, in processor time; at least 1."""
    began = time.thread_time()
    sum(number * number for number in range(100_000))
    return max(1.0, (time.thread_time() - began) / USUAL)


@dataclass(frozen=True, slots=True)
class Stretch:
    """What the thread did without looking at its events: `seconds` of its own processor time."""

    seconds: float
    doing: str


class GuiTime(QObject):
    """Every stretch of work between two looks at the event queue, from `start` to `stop`.

    In the thread's processor time: what other processes do on a shared machine is not the window's fault.
    A key that a test presses is handled at once and not from the queue: put it in `act`.
    """

    def __init__(self) -> None:
        super().__init__()
        self.stretches: list[Stretch] = []
        self.doing = ""
        self._began: float | None = None
        dispatcher = QAbstractEventDispatcher.instance()
        assert dispatcher is not None
        self._dispatcher = dispatcher

    def start(self) -> None:
        """Begin to watch."""
        self._dispatcher.awake.connect(self._wake)
        self._dispatcher.aboutToBlock.connect(self._rest)

    def stop(self) -> None:
        """Watch no more."""
        self._dispatcher.awake.disconnect(self._wake)
        self._dispatcher.aboutToBlock.disconnect(self._rest)

    @contextmanager
    def act(self, doing: str) -> Iterator[None]:
        """One thing that the user does; what follows of it in the event loop bears its name."""
        self.doing, self._began = doing, None
        began = time.thread_time()
        yield
        self._add(began)

    def longest(self, count: int = 1) -> list[Stretch]:
        """The longest stretches, the worst first."""
        return sorted(self.stretches, key=lambda stretch: -stretch.seconds)[:count]

    def _wake(self) -> None:
        if self._began is not None:
            self._add(self._began)
        self._began = time.thread_time()

    def _rest(self) -> None:
        if self._began is not None:
            self._add(self._began)
            self._began = None

    def _add(self, began: float) -> None:
        self.stretches.append(Stretch(time.thread_time() - began, self.doing))
