"""Work off the GUI thread: answers on it, newer before older, and nothing lost at the end."""

import gc
import threading
from threading import Event

import pytest
from PySide6.QtCore import QObject
from pytestqt.qtbot import QtBot

from db.errors import CancelledError, DataError, KnownError
from desktop.runner import Change, Progress, Query, Runner, Task


def _wait_idle(qtbot: QtBot, runner: Runner) -> None:
    qtbot.waitUntil(lambda: not runner.busy)


def test_query_works_elsewhere_and_answers_here(qtbot: QtBot, runner: Runner) -> None:
    told: list[tuple[str, str]] = []

    def work(_task: Task) -> str:
        return threading.current_thread().name

    runner.run(Query("q", work, lambda worker: told.append((worker, threading.current_thread().name))))
    _wait_idle(qtbot, runner)
    assert told[0][0] != threading.main_thread().name
    assert told[0][1] == threading.main_thread().name


def test_newer_query_of_the_same_key_supersedes_the_running_and_the_waiting(
    qtbot: QtBot, runner: Runner
) -> None:
    started, go_on, told = Event(), Event(), []

    def slow(_task: Task) -> str:
        started.set()
        go_on.wait()
        return "old"

    runner.run(Query("search", slow, told.append))
    started.wait()
    runner.run(Query("search", lambda _task: "waiting", told.append))
    runner.run(Query("search", lambda _task: "new", told.append))
    runner.run(Query("other", lambda _task: "other", told.append))
    go_on.set()
    _wait_idle(qtbot, runner)
    assert told == ["new", "other"]


def test_newer_query_supersedes_the_one_that_is_answered_but_not_told(qtbot: QtBot, runner: Runner) -> None:
    answered, told = Event(), []
    runner.run(Query("kort", lambda _task: "old", told.append))
    runner.run(Query("other", lambda _task: answered.set(), lambda _none: None))
    answered.wait()  # the first is done, and its answer lies among this thread's events
    runner.run(Query("kort", lambda _task: "new", told.append))
    _wait_idle(qtbot, runner)
    assert told == ["new"]


def test_change_tells_what_it_touched_before_its_own_answer(qtbot: QtBot, runner: Runner) -> None:
    told: list[object] = []
    owner = QObject()
    runner.changed.connect(lambda things, who: told.append((things, who is owner)))
    runner.run(Change("Sparar", lambda _task: 17, lambda key: {f"insats:{key}"}, told.append, owner=owner))
    _wait_idle(qtbot, runner)
    assert told == [(frozenset({"insats:17"}), True), 17]


def test_nobody_looks_for_garbage_while_a_query_reads(qtbot: QtBot, runner: Runner) -> None:
    """To go through the rows of a big register would stop the window's thread too."""
    told: list[bool] = []

    def fail(_task: Task) -> bool:
        raise DataError("nej")

    runner.run(Query("a", lambda _task: gc.isenabled(), told.append))
    runner.run(Change("Sparar", lambda _task: gc.isenabled(), lambda _on: (), told.append))
    runner.run(Query("b", fail, told.append, lambda _error: told.append(gc.isenabled())))
    _wait_idle(qtbot, runner)
    assert told == [False, True, True]


def test_changes_run_in_order_and_are_never_superseded(qtbot: QtBot, runner: Runner) -> None:
    done: list[int] = []
    for number in range(5):
        runner.run(Change("Sparar", lambda _task, n=number: n, lambda _n: (), done.append))
    _wait_idle(qtbot, runner)
    assert done == [0, 1, 2, 3, 4]


def test_known_error_goes_to_the_one_who_asked_else_to_the_window(qtbot: QtBot, runner: Runner) -> None:
    own: list[KnownError] = []
    general: list[KnownError] = []
    runner.failed.connect(general.append)

    def work(_task: Task) -> None:
        raise DataError("Datumet saknas.", "startdatum")

    runner.run(Change("Sparar", work, lambda _none: (), failed=own.append))
    runner.run(Query("q", work, lambda _none: None))
    _wait_idle(qtbot, runner)
    assert [error.message for error in own] == ["Datumet saknas."]
    assert [error.message for error in general] == ["Datumet saknas."]


@pytest.mark.parametrize("error", [ValueError("bug"), SystemExit(1)])
def test_any_other_error_is_a_crash_and_the_worker_goes_on(
    qtbot: QtBot, runner: Runner, error: BaseException
) -> None:
    crashes: list[BaseException] = []
    answers: list[int] = []
    runner.crashed.connect(crashes.append)

    def work(_task: Task) -> None:
        raise error

    runner.run(Query("q", work, lambda _none: None))
    runner.run(Query("r", lambda _task: 1, answers.append))
    _wait_idle(qtbot, runner)
    assert crashes == [error]
    assert answers == [1]


def test_cancel_stops_at_the_next_progress_and_is_told(qtbot: QtBot, runner: Runner) -> None:
    started, told = Event(), []

    def work(task: Task) -> None:
        for step in range(10_000_000):
            started.set()
            task.progress(step, 10_000_000)

    task = runner.run(Change("Läser in", work, lambda _none: (), failed=told.append))
    started.wait()
    task.cancel()
    _wait_idle(qtbot, runner)
    assert isinstance(told[0], CancelledError)


def test_progress_is_told_on_the_gui_thread_and_the_last_step_always(qtbot: QtBot, runner: Runner) -> None:
    told: list[tuple[Progress, str]] = []
    runner.progressed.connect(lambda progress: told.append((progress, threading.current_thread().name)))

    def work(task: Task) -> None:
        for step in range(1, 1001):
            task.progress(step, 1000)

    runner.run(Change("Läser in", work, lambda _none: ()))
    _wait_idle(qtbot, runner)
    qtbot.waitUntil(lambda: bool(told) and told[-1][0] == Progress("Läser in", 1000, 1000))
    assert {thread for _, thread in told} == {threading.main_thread().name}
    assert len(told) < 100


def test_an_answer_for_a_widget_that_is_gone_is_dropped(qtbot: QtBot, runner: Runner) -> None:
    told: list[int] = []
    owner, go_on = QObject(), Event()
    runner.run(Query("q", lambda _task: go_on.wait() and 1, told.append, owner=owner))
    import shiboken6

    shiboken6.delete(owner)
    go_on.set()
    _wait_idle(qtbot, runner)
    assert told == []


def test_busy_is_told_once_up_and_once_down(qtbot: QtBot, runner: Runner) -> None:
    told: list[bool] = []
    runner.busy_changed.connect(told.append)
    runner.run(Query("a", lambda _task: 1, lambda _n: None))
    runner.run(Query("b", lambda _task: 1, lambda _n: None))
    _wait_idle(qtbot, runner)
    assert told == [True, False]


def test_close_finishes_changes_and_drops_queries(qtbot: QtBot) -> None:
    runner, started = Runner(), Event()
    saved: list[int] = []
    asked: list[int] = []

    def slow(task: Task) -> None:
        started.set()
        task._stop.wait()

    runner.run(Query("slow", slow, lambda _none: None))
    runner.run(Query("dropped", lambda _task: asked.append(1), lambda _none: None))
    runner.run(Change("Sparar", lambda _task: saved.append(1), lambda _none: ()))
    started.wait()
    runner.close()
    assert (saved, asked) == ([1], [])
    assert runner.run(Query("late", lambda _task: asked.append(2), lambda _none: None)).cancelled
    assert asked == []
