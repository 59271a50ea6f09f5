"""Dialogs of one make: title, body, what went wrong, and the actions with the main one rightmost."""

import shiboken6
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import Notice, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.text import Line, Text


def resize_within(dialog: QDialog, width: int, height: int) -> None:
    """The size wanted in px, as far as the screen has room for it: large text makes it large."""
    parent, room = dialog.parentWidget(), dialog.screen().availableSize()
    if parent is not None:
        room = room.expandedTo(parent.window().size())
    dialog.resize(min(width, room.width()), min(height, room.height()))


class Dialog(QDialog):
    """A dialog with `body` to fill. The main action is told by `accept_wanted` of its button; Esc cancels."""

    def __init__(
        self,
        theme: Theme,
        title: str,
        action: str,
        action_kind: ButtonKind = ButtonKind.PRIMARY,
        cancel: str = "",
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setMinimumWidth(theme.px(440))
        self.theme = theme
        self._came_from = parent.window().focusWidget() if parent is not None else None
        self.body = QVBoxLayout()
        self.body.setSpacing(10)
        self.notice = Notice(theme, "danger", "")
        self.notice.hide()
        self.action = Button(theme, action, kind=action_kind)
        self.action.setDefault(action_kind is not ButtonKind.DANGER)
        self.cancel = Button(theme, cancel or tr("Avbryt"))
        self.cancel.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(24, 20, 24, 18)
        layout.setSpacing(12)
        layout.addWidget(Text(title, "panel"))
        layout.addLayout(self.body, 1)
        layout.addWidget(self.notice)
        layout.addWidget(Line(name="line"))
        self.footer = row(0, self.cancel, self.action)
        layout.addLayout(self.footer)
        if parent is None:
            theme.dress(self)

    def fail(self, text: str) -> None:
        """Say what went wrong, in the dialog, which stays; empty clears."""
        self.notice.set("danger", text)
        self.notice.setVisible(bool(text))

    def done(self, code: int) -> None:
        """The focus goes back to where it was, before whoever waits for the answer may move it on."""
        before, parent, was_active = self._came_from, self.parentWidget(), self.isActiveWindow()
        if before is not None and shiboken6.isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        super().done(code)
        if was_active and parent is not None:
            parent.window().activateWindow()

    def set_busy(self, busy: bool) -> None:
        """While the work goes on the main action waits."""
        self.action.setEnabled(not busy)
        if busy:
            self.setCursor(Qt.CursorShape.BusyCursor)
        else:
            self.unsetCursor()


def confirm(
    theme: Theme, title: str, text: str, action: str, danger: bool = False, parent: QWidget | None = None
) -> bool:
    """Ask before something; the safe answer has the focus where something would be lost."""
    kind = ButtonKind.DANGER if danger else ButtonKind.PRIMARY
    dialog = Dialog(theme, title, action, kind, parent=parent)
    dialog.body.addWidget(Text(text, "body", "text2").wrapped())
    dialog.action.clicked.connect(dialog.accept)
    (dialog.cancel if danger else dialog.action).setFocus()
    return dialog.exec() == QDialog.DialogCode.Accepted
