"""Work off the GUI thread: queries and changes on one worker, answers by signal on the GUI thread.

A query only reads, and a newer one with the same key makes the older one's answer uninteresting. A change
writes, is never dropped, and tells what it touched so that the screens concerned can ask again.
"""

import gc
import time
from collections import deque
from collections.abc import Callable, Collection, Iterator
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from threading import Condition, Event
from typing import Generic, TypeAlias, TypeVar

import shiboken6
from PySide6.QtCore import QObject, QThread, Signal, Slot

from db.errors import CancelledError, KnownError

T = TypeVar("T")
PROGRESS_INTERVAL = 0.05  # seconds between progress signals; more only loads the GUI thread


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a task is; total 0 means that nobody knows."""

    title: str
    done: int = 0
    total: int = 0


class Task:
    """What the work gets: a way to tell how far it is and to notice that it should stop."""

    def __init__(self, title: str, report: Callable[[Progress], None]) -> None:
        self._title = title
        self._report = report
        self._stop = Event()
        self._last = 0.0
        self.superseded = False

    @property
    def cancelled(self) -> bool:
        """True once somebody asked the work to stop."""
        return self._stop.is_set()

    def cancel(self) -> None:
        """Ask the work to stop at its next `check` or `progress`."""
        self._stop.set()

    def supersede(self) -> None:
        """A newer query asks the same: stop, and tell nobody."""
        self.superseded = True
        self._stop.set()

    def check(self) -> None:
        """Raise CancelledError if the work should stop."""
        if self.cancelled:
            raise CancelledError

    def progress(self, done: int, total: int = 0) -> None:
        """Tell how far the work is, as often as wanted; raises CancelledError if it should stop."""
        self.check()
        now = time.monotonic()
        if now - self._last >= PROGRESS_INTERVAL or done == total:
            self._last = now
            self._report(Progress(self._title, done, total))


@dataclass(frozen=True)
class Query(Generic[T]):
    """A read. `owner` is the widget that wants the answer: once it is gone, nobody is told."""

    key: str
    work: Callable[[Task], T]
    done: Callable[[T], None]
    failed: Callable[[KnownError], None] | None = None
    owner: QObject | None = None
    title: str = ""


@dataclass(frozen=True)
class Change(Generic[T]):
    """A write, run whole and in order. `touched` names what the answer changed, e.g. {"insats:17"}."""

    title: str
    work: Callable[[Task], T]
    touched: Callable[[T], Collection[str]]
    done: Callable[[T], None] | None = None
    failed: Callable[[KnownError], None] | None = None
    owner: QObject | None = None


Job: TypeAlias = Query[T] | Change[T]


@dataclass(frozen=True)
class _Outcome(Generic[T]):
    job: Job[T]
    task: Task
    value: T | None = None
    error: BaseException | None = None


@dataclass
class _Queue:
    """The jobs waiting, and the one running; shared by both threads under one lock."""

    waiting: deque[tuple[Job[object], Task]] = field(default_factory=deque)
    running: tuple[Job[object], Task] | None = None
    closed: bool = False
    wake: Condition = field(default_factory=Condition)


class _Worker(QThread):
    finished_job = Signal(object)

    def __init__(self, queue: _Queue) -> None:
        super().__init__()
        self.setObjectName("egenvag-worker")
        self._queue = queue

    def run(self) -> None:
        while (item := self._next()) is not None:
            self.finished_job.emit(_perform(*item))

    def _next(self) -> tuple[Job[object], Task] | None:
        with self._queue.wake:
            self._queue.running = None
            self._queue.wake.wait_for(lambda: self._queue.waiting or self._queue.closed)
            if not self._queue.waiting:
                return None
            self._queue.running = self._queue.waiting.popleft()
            return self._queue.running


def _perform(job: Job[object], task: Task) -> _Outcome[object]:
    try:
        task.check()
        with _left_in_peace() if isinstance(job, Query) else nullcontext():
            return _Outcome(job, task, value=job.work(task))
    except BaseException as error:  # nothing may be lost: also SystemExit in a worker is told of
        return _Outcome(job, task, error=error)


@contextmanager
def _left_in_peace() -> Iterator[None]:
    """Without looking for cyclic garbage: to go through the rows of a big register takes half a second, and
    the window stands still meanwhile. What a query leaves behind is found after it."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


class Runner(QObject):
    """Takes jobs on the GUI thread and answers there. Close it before the program ends."""

    changed = Signal(object, object)  # frozenset of what was touched, the owner of the change or None
    progressed = Signal(object)  # Progress
    busy_changed = Signal(bool)
    failed = Signal(object)  # KnownError nobody took care of
    crashed = Signal(object)  # an exception that is a bug of ours
    _reported = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._queue = _Queue()
        self._left = 0
        self._latest: dict[str, Task] = {}  # by a query's key, until its answer is told
        self._reported.connect(self.progressed)
        self._worker = _Worker(self._queue)
        self._worker.finished_job.connect(self._deliver)
        self._worker.start()

    def run(self, job: Job[T]) -> Task:
        """Queue a job and return its task, which can be cancelled."""
        task = Task(job.title, self._reported.emit)
        if isinstance(job, Query):
            self._supersede(job.key, task)
        with self._queue.wake:
            if self._queue.closed:
                task.cancel()
                return task
            self._queue.waiting.append((job, task))  # type: ignore[arg-type]
            self._queue.wake.notify()
        self._left += 1
        if self._left == 1:
            self.busy_changed.emit(True)
        return task

    def cancel_all(self) -> None:
        """Ask the running and the waiting jobs to stop; each is told through its `failed`."""
        with self._queue.wake:
            for _, task in self._all():
                task.cancel()

    def close(self) -> None:
        """Drop queries, let changes finish, stop the thread and wait for it."""
        with self._queue.wake:
            self._queue.closed = True
            for job, task in self._all():
                if isinstance(job, Query):
                    task.cancel()
            self._queue.wake.notify_all()
        self._worker.wait()

    @property
    def busy(self) -> bool:
        """True while any job is queued or running."""
        return self._left > 0

    def _all(self) -> list[tuple[Job[object], Task]]:
        running = [self._queue.running] if self._queue.running else []
        return [*running, *self._queue.waiting]

    def _supersede(self, key: str, task: Task) -> None:
        """Also the one whose answer is ready and not told yet: it is older than what is asked now."""
        before, self._latest[key] = self._latest.get(key), task
        if before is not None:
            before.supersede()

    @Slot(object)
    def _deliver(self, outcome: _Outcome[object]) -> None:
        try:
            self._tell(outcome)
        finally:
            self._left -= 1
            if self._left == 0:
                self.busy_changed.emit(False)

    def _tell(self, outcome: _Outcome[object]) -> None:
        job, error = outcome.job, outcome.error
        if isinstance(job, Query) and self._latest.get(job.key) is outcome.task:
            del self._latest[job.key]
        if outcome.task.superseded and (error is None or isinstance(error, KnownError)):
            return
        if error is not None:
            self._tell_error(job, error)
            return
        if isinstance(job, Change):
            self.changed.emit(frozenset(job.touched(outcome.value)), job.owner)
        if job.done is not None and _alive(job.owner):
            job.done(outcome.value)

    def _tell_error(self, job: Job[object], error: BaseException) -> None:
        if not isinstance(error, KnownError):
            self.crashed.emit(error)
        elif job.failed is not None:
            if _alive(job.owner):
                job.failed(error)
        elif not isinstance(error, CancelledError):
            self.failed.emit(error)


def _alive(owner: QObject | None) -> bool:
    return owner is None or shiboken6.isValid(owner)
