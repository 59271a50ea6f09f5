"""A window on a register with a few people, as the composition root makes it."""

import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass
from datetime import date
from types import FrameType
from typing import Any

import pytest
import shiboken6
from PySide6.QtCore import QEvent, Qt, QThread
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlalchemy.orm import Session

from db.aktor import SYSTEM, Aktor, Roll
from db.session import Store, open_store
from desktop.context import Context
from desktop.main_window import MainWindow
from desktop.messages import Messages
from desktop.runner import Runner
from desktop.screens import register_screens
from desktop.settings import Settings
from desktop.shell.navigation import Location
from desktop.theme import Theme
from tests.helpers import factories as make
from tests.helpers.registers import SqliteRegisters
from tests.helpers.statements import hear_statements

IDAG = date(2024, 6, 3)
ELIN = Aktor("elin", "Elin Måsvik", Roll.HANDLAGGARE)


@dataclass
class People:
    """Ids of those in the register."""

    hodan: int
    asa: int
    skyddad: int
    annans: int
    insats: int


def _fill(session: Session) -> People:
    make.make_medarbetare(session, signatur="elin", namn="Elin Måsvik")
    enhet = make.make_enhet(session, namn="Återbruket")
    make.make_kapacitet(session, enhet_id=enhet.id, platser=1)
    ids = []
    for fornamn, efternamn, number, skyddad, handlaggare in (
        ("Hodan", "Rönnstig", "198803149809", "nej", "elin"),
        ("Åsa", "Öberg", "199001019802", "nej", "elin"),
        ("Amira", "Lövmo", "199607309805", "sekretessmarkering", "elin"),
        ("Ebba", "Hemlig", "197902289804", "fingerade uppgifter", "bo"),
    ):
        person = make.make_deltagare(
            session,
            fornamn=fornamn,
            efternamn=efternamn,
            personnummer=number,
            skyddad=skyddad,
            telefon="070-1740635",
        )
        make.make_arende(
            session, deltagare_id=person.id, nummer=f"Ä-{len(ids) + 1}", handlaggare=handlaggare,
            ansokan=date(2024, 5, 20), beslut=date(2024, 5, 21),
        )  # fmt: skip
        inskrivning = make.make_inskrivning(
            session, deltagare_id=person.id, koordinator=handlaggare, spar="Arena Arbetsmarknad"
        )
        make.make_stegperiod(session, inskrivning_id=inskrivning.id, steg="Insats", fran=date(2024, 3, 1))
        make.make_mote(session, deltagare_id=person.id, datum=date(2024, 5, 2))
        insats = make.make_insats(
            session,
            inskrivning_id=inskrivning.id,
            typ="vägledning",
            start=date(2024, 3, 1),
            enhet_id=enhet.id,
        )
        make.make_bip(session, inskrivning_id=inskrivning.id, datum=date(2024, 3, 1))
        ids.append(person.id)
    return People(*ids, insats=insats.id)


@pytest.fixture(scope="session")
def with_people(
    register_files: SqliteRegisters, tmp_path_factory: pytest.TempPathFactory
) -> tuple[SqliteRegisters, People]:
    """Registers with a few people in them: filled once, copied for each test."""
    folder = tmp_path_factory.mktemp("folk")
    template = register_files.copy_to(folder / "folk.egenvag")
    make.number_from(1)
    with closing(open_store(template)) as store, store.unit_of_work(SYSTEM, "test") as work:
        return SqliteRegisters(folder, template), _fill(work.session)


@pytest.fixture
def store(request: pytest.FixtureRequest) -> Iterator[Store]:
    """A register with the people, where somebody asks for them, else an empty one."""
    if "people" in request.fixturenames:
        registers, _ = request.getfixturevalue("with_people")
    else:
        registers = request.getfixturevalue("register_files")
    with registers.for_one_test() as new:
        yield new()


@pytest.fixture
def people(store: Store, with_people: tuple[SqliteRegisters, People]) -> People:
    return with_people[1]


@pytest.fixture
def context(
    store: Store, theme: Theme, runner: Runner, messages: Messages, settings: Settings
) -> Iterator[Context]:
    yield Context(theme, runner, messages, settings, store, ELIN, lambda: IDAG)
    runner.close()  # before the register goes: a query may be under way


@pytest.fixture
def watch_gui_thread(store: Store, runner: Runner) -> Iterator[Callable[[], None]]:
    """From the call on, what the window's own code asks the register must be asked on the worker.

    The tests' own look-ups are on the GUI thread too: they come from no frame of the programme's window.
    """
    found: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if QThread.currentThread() is QApplication.instance().thread() and _asked_by_the_window():  # type: ignore[union-attr]
            found.append(statement)

    with ExitStack() as watch:
        yield lambda: watch.enter_context(hear_statements(store, note))
    assert found == [], "asked on the GUI thread"


def _asked_by_the_window() -> bool:
    frame: FrameType | None = sys._getframe(1)
    while frame is not None:
        if frame.f_globals.get("__name__", "").startswith("desktop."):
            return True
        frame = frame.f_back
    return False


@pytest.fixture
def crashes(runner: Runner) -> Iterator[list[BaseException]]:
    """Faults of ours on the worker; there are to be none."""
    found: list[BaseException] = []
    runner.crashed.connect(found.append)
    yield found
    assert found == []


@pytest.fixture
def window(
    make_window: Callable[..., MainWindow],
    context: Context,
    people: People,
    crashes: object,
    watch_gui_thread: Callable[[], None],
) -> MainWindow:
    made = make_window()
    watch_gui_thread()
    context.runner.failed.connect(context.tell_failure)
    register_screens(made, context)
    return made


@pytest.fixture
def go(window: MainWindow, runner: Runner, qtbot: QtBot) -> Callable[..., Any]:
    """Go to a screen and wait until it has what it asked for."""

    def go(key: str, argument: object = None) -> Any:
        window.go(Location(key, argument))
        settle(qtbot, runner)
        return window.screen_shown

    return go


def settle(qtbot: QtBot, runner: Runner) -> None:
    """Until the worker has answered everything asked."""
    qtbot.waitUntil(lambda: not runner.busy)
    QApplication.processEvents()


def press(qtbot: QtBot, window: QWidget, key: Qt.Key) -> None:
    """Press Ctrl and a key; a button that they press comes up again before it acts."""
    QTest.keyClick(window, key, Qt.KeyboardModifier.ControlModifier)
    buttons = window.findChildren(QPushButton)
    qtbot.waitUntil(lambda: not any(b.isDown() for b in buttons if shiboken6.isValid(b)))


def type_text(widget: QWidget, text: str) -> None:
    """Key by key, å ä ö too: QTest knows only the keys of an English keyboard."""
    for letter in text:
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            event = QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter)
            QApplication.sendEvent(widget, event)


def toast_texts(window: MainWindow) -> list[str]:
    """What the toasts on screen say."""
    return [toast.text.text() for toast in window.toasts.toasts()]


@pytest.fixture
def choose_file(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the next file dialogs answer with a path, "" for none."""

    def choose(path: str) -> None:
        for name in ("getSaveFileName", "getOpenFileName"):
            monkeypatch.setattr(QFileDialog, name, lambda *_args, **_more: (path, ""))

    return choose
