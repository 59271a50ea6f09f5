"""Toasts at the bottom left: six seconds, with Ångra; errors stay until closed."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import row
from desktop.widgets.button import Button, close_button
from desktop.widgets.paint import text_width
from desktop.widgets.text import IconLabel, Text

SHOWN_FOR = 6000  # ms
MOST = 3
MARKS = {
    "done": ("circle-check", "ok"), "info": ("info", "info"), "warning": ("triangle-alert", "warn"),
    "error": ("circle-alert", "danger"),
}  # fmt: skip


class Toast(QFrame):
    """One message. It stays while the pointer is on it or the focus in it."""

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        kind: str,
        text: str,
        undo: Callable[[], None] | None = None,
        action: str = "",
        shown_for: int = SHOWN_FOR,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("toast")
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        mark = IconLabel(theme, *MARKS[kind], 16)
        self.text = Text(text, "body", "text", 500).wrapped()
        width = min(theme.px(340), text_width(theme, text, "body", 500) + 8)
        self.text.setFixedSize(
            width,
            QFontMetrics(theme.font("body", 500))
            .boundingRect(QRect(0, 0, width, 400), Qt.TextFlag.TextWordWrap, text)
            .height()
            + 2,
        )
        self.undo = Button(theme, action or tr("Ångra"), "" if action else "undo-2")
        self._undo = undo
        self.undo.clicked.connect(self._undone)
        close = close_button(theme)
        close.clicked.connect(self.dismiss)
        layout = row(mark, self.text, self.undo, close, spacing=10, margins=(14, 8, 8, 8))
        layout.insertStretch(2, 1)
        self.setLayout(layout)
        self.undo.setVisible(undo is not None)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(shown_for)
        self._timer.timeout.connect(self._time_out)
        if kind != "error":
            self._timer.start()

    def dismiss(self) -> None:
        """Go away now."""
        self._timer.stop()
        self.closed.emit()

    def _undone(self) -> None:
        undo, self._undo = self._undo, None
        self.dismiss()
        if undo is not None:
            undo()

    def _time_out(self) -> None:
        if self.underMouse() or (self.focusWidget() is not None and self.focusWidget().hasFocus()):
            self._timer.start()
        else:
            self.dismiss()


class ToastArea(QFrame):
    """The column of toasts over the bottom left of a window, newest lowest."""

    def __init__(
        self, theme: Theme, over: QWidget, left: Callable[[], int], shown_for: int = SHOWN_FOR
    ) -> None:
        super().__init__(over)
        self._theme = theme
        self._over = over
        self._left = left
        self._shown_for = shown_for
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        over.installEventFilter(self)
        self.hide()

    def show_toast(
        self, kind: str, text: str, undo: Callable[[], None] | None = None, action: str = ""
    ) -> Toast:
        """Show a message; beyond three the oldest goes, errors last."""
        toast = Toast(self._theme, kind, text, undo, action, self._shown_for)
        toast.closed.connect(lambda: self._drop(toast))
        self._column.addWidget(toast)
        toast.show()
        shown = self.toasts()
        if len(shown) > MOST:
            passing = [old for old in shown[:-1] if old.property("kind") != "error"]
            (passing or shown)[0].dismiss()
        self._place()
        return toast

    def toasts(self) -> list[Toast]:
        """Those on screen, oldest first."""
        found = (self._column.itemAt(i) for i in range(self._column.count()))
        return [item.widget() for item in found if item is not None and isinstance(item.widget(), Toast)]  # type: ignore[misc]

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the window's size."""
        if event.type() == QEvent.Type.Resize:
            self._place()
        return False

    def _drop(self, toast: Toast) -> None:
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self._place()

    def _place(self) -> None:
        self.setVisible(self._column.count() > 0)
        self._column.activate()
        self.resize(self._column.sizeHint())
        bottom = self._over.height() - self._theme.size("status_bar") - 16
        self.move(self._left() + 24, bottom - self.height())
        self.raise_()
