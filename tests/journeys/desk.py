"""Somebody at the desk: types, presses keys, reads what the window says; nothing goes past the widgets."""

from dataclasses import dataclass, field
from typing import Any

import shiboken6
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QComboBox, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from desktop.app import App
from desktop.main_window import MainWindow
from desktop.screens.formular.sheet import Sheet
from tests.helpers.gui_time import GuiTime

KEYS = {
    "Enter": Qt.Key.Key_Return, "Esc": Qt.Key.Key_Escape, "Tab": Qt.Key.Key_Tab, "Space": Qt.Key.Key_Space,
    "Down": Qt.Key.Key_Down, "Up": Qt.Key.Key_Up, "Left": Qt.Key.Key_Left, "Right": Qt.Key.Key_Right,
    "Home": Qt.Key.Key_Home, "End": Qt.Key.Key_End, "Delete": Qt.Key.Key_Delete, "F9": Qt.Key.Key_F9,
}  # fmt: skip
HELD = {
    "Ctrl": Qt.KeyboardModifier.ControlModifier,
    "Shift": Qt.KeyboardModifier.ShiftModifier,
    "Alt": Qt.KeyboardModifier.AltModifier,
}


@dataclass
class Desk:
    """The window, and the hands of its user."""

    app: App
    qtbot: QtBot
    time: GuiTime
    faults: list[BaseException] = field(default_factory=list)

    @property
    def window(self) -> MainWindow:
        """The window of the register that is open."""
        assert isinstance(self.app.window, MainWindow)
        return self.app.window

    @property
    def screen(self) -> Any:
        """The screen looked at."""
        return self.window.screen_shown

    @property
    def sheet(self) -> Sheet:
        """The form that is open."""
        found = [s for s in self.window.findChildren(Sheet) if shiboken6.isValid(s) and s.is_open]
        assert found, "no form is open"
        return found[-1]

    @property
    def has_sheet(self) -> bool:
        """Whether a form is open."""
        return any(s.is_open for s in self.window.findChildren(Sheet) if shiboken6.isValid(s))

    def settle(self) -> None:
        """Until everything asked of the register is answered and shown."""
        self.qtbot.waitUntil(lambda: not self.app.runner.busy)
        QApplication.processEvents()
        if QApplication.activeWindow() is None:  # without a screen nobody activates what a dialog lay over
            self.window.activateWindow()
            self.qtbot.waitUntil(self.window.isActiveWindow)
        assert self.faults == []

    def press(self, keys: str, on: QWidget | None = None) -> None:
        """Press "Ctrl+Shift+A", "Enter" or "n" where the focus is, and wait for what follows."""
        *held, name = keys.split("+")
        modifiers = Qt.KeyboardModifier.NoModifier
        for one in held:
            modifiers |= HELD[one]
        key = KEYS[name] if name in KEYS else Qt.Key(ord(name.upper()))
        with self.time.act(f"{keys} · {self.screen.__class__.__name__}"):
            QTest.keyClick(on or self._focus(), key, modifiers)
        buttons = self.window.findChildren(QPushButton)
        self.qtbot.waitUntil(lambda: not any(b.isDown() for b in buttons if shiboken6.isValid(b)))
        self.settle()

    def type(self, text: str, into: QWidget | None = None) -> None:
        """Key by key, å ä ö too: QTest knows only the keys of an English keyboard."""
        widget = into or self._focus()
        for letter in text:
            with self.time.act(f"skriver · {self.screen.__class__.__name__}"):
                for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                    QApplication.sendEvent(widget, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, letter))

    def find(self, text: str) -> None:
        """Ctrl+K, the words, Enter on the first hit."""
        self.press("Ctrl+K")
        self.type(text)
        box = self.window.top_bar.commands
        self.qtbot.waitUntil(lambda: not self.app.runner.busy and box.list.count() > 0)
        self.settle()
        self.press("Enter")

    def fill(self, name: str, text: str) -> None:
        """Write in a field of the form in place of what stands there; a choice by how its words begin."""
        widget: Any = self.sheet.boxes[name].field
        widget = getattr(widget, "line", widget)
        widget.setFocus()
        if not isinstance(widget, QComboBox):
            widget.selectAll()
        self.type(text, widget)

    def save(self) -> None:
        """Ctrl+S; the form must close."""
        sheet = self.sheet
        self.press("Ctrl+S")
        self.qtbot.waitUntil(lambda: not shiboken6.isValid(sheet) or not sheet.is_open)
        self.settle()

    def click(self, text: str, within: QWidget | None = None) -> None:
        """Press the button with these words that can be seen."""
        (button,) = [
            b
            for b in (within or self.window).findChildren(QPushButton)
            if shiboken6.isValid(b) and b.isVisible() and text in (b.text(), b.accessibleName())
        ]
        with self.time.act(f"{text} · {self.screen.__class__.__name__}"):
            QTest.mouseClick(button, Qt.MouseButton.LeftButton)
        self.settle()

    def tab(self, key: str) -> Any:
        """Choose a tab of the card by its key, and its page."""
        with self.time.act(f"flik {key}"):
            self.screen.view.show_page(key)
        self.settle()
        return self.screen.view.page(key)

    def undo(self) -> None:
        """The button of the latest toast."""
        with self.time.act("Ångra"):
            self.window.toasts.toasts()[-1].undo.click()
        self.settle()
        self.settle()

    def reads(self, words: str, within: QWidget | None = None) -> bool:
        """Whether a visible text says so."""
        labels = (within or self.window).findChildren(QLabel)
        return any(words in label.text() for label in labels if label.isVisible())

    @property
    def toasts(self) -> list[str]:
        """What the toasts say, the latest last."""
        return [toast.text.text() for toast in self.window.toasts.toasts()]

    def _focus(self) -> QWidget:
        return QApplication.focusWidget() or self.window
