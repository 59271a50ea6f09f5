"""Toasts at the bottom left: six seconds, with Ångra; errors stay until closed."""

from collections.abc import Callable, Collection

import shiboken6
from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QApplication, QFrame, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import row
from desktop.widgets.button import Button, close_button
from desktop.widgets.paint import text_width
from desktop.widgets.text import IconLabel, Text

SHOWN_FOR = 6000  # ms
MOST = 3
WIDEST = 340  # design px of the words
GAP = 10
AROUND = 14 + 8 + 3 * GAP  # px beside words, mark and cross
MARGIN = 24
MARKS = {
    "done": ("circle-check", "ok"), "info": ("info", "info"), "warning": ("triangle-alert", "warn"),
    "error": ("circle-alert", "danger"),
}  # fmt: skip


class Toast(QFrame):
    """One message. It stays while the pointer is on it or the focus in it, and then its time once more.

    `act` names what the button would turn round; `came_from` had the focus before it came here.
    """

    closed = Signal()

    def __init__(
        self,
        theme: Theme,
        kind: str,
        text: str,
        undo: Callable[[], None] | None = None,
        action: str = "",
        act: int | None = None,
        shown_for: int = SHOWN_FOR,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._words = theme, text
        self.act = act
        self.came_from: QWidget | None = None
        self.setObjectName("toast")
        self.setProperty("kind", kind)
        self.setAccessibleName(text)
        mark = IconLabel(theme, *MARKS[kind], 16)
        self.text = Text(text, "body", "text", 500).wrapped()
        self.undo = Button(theme, action or tr("Ångra"), "" if action else "undo-2")
        self._undo = undo
        self.undo.clicked.connect(self._undone)
        self.cross = close_button(theme)
        self.cross.clicked.connect(self.dismiss)
        layout = row(mark, self.text, self.undo, self.cross, spacing=GAP, margins=(14, 8, 8, 8))
        layout.insertStretch(2, 1)
        self.setLayout(layout)
        self.undo.setVisible(undo is not None)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(shown_for)
        self._timer.timeout.connect(self._time_out)
        QApplication.instance().focusChanged.connect(self._focus_changed)  # type: ignore[union-attr]
        if kind != "error":
            self._timer.start()

    @property
    def has_focus(self) -> bool:
        """Whether the focus is in it."""
        return self._holds(QApplication.focusWidget())

    @property
    def offers(self) -> bool:
        """Whether its button can still be pressed."""
        return self._undo is not None

    def fit(self, room: int) -> None:
        """As wide as its words need in the text size of the theme, but no more than `room` px in all."""
        px = self._theme.px
        beside = px(16) + self.cross.sizeHint().width() + AROUND
        beside += self.undo.sizeHint().width() + GAP if self.offers else 0
        most = max(px(80), min(px(WIDEST), room - beside))
        width = min(most, text_width(self._theme, self._words, "body", 500) + 8)
        lines = QFontMetrics(self._theme.font("body", 500)).boundingRect(
            QRect(0, 0, width, 4000), Qt.TextFlag.TextWordWrap, self._words
        )
        self.text.setFixedSize(width, lines.height() + 2)

    def withdraw(self) -> None:
        """What the button would turn round cannot be turned any more: the words stay, the button goes."""
        if self.undo.hasFocus():
            self.cross.setFocus()
        self._undo = None
        self.undo.hide()

    def dismiss(self) -> None:
        """Go away now."""
        self._timer.stop()
        self.closed.emit()

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer has gone on."""
        super().leaveEvent(event)
        self._go_on()

    def _undone(self) -> None:
        undo, self._undo = self._undo, None
        self.dismiss()
        if undo is not None:
            undo()

    def _time_out(self) -> None:
        if not (self.underMouse() or self.has_focus):
            self.dismiss()

    def _focus_changed(self, before: QWidget | None, now: QWidget | None) -> None:
        if self._holds(now):
            if not self._holds(before):
                self.came_from = before
        elif self._holds(before):
            self._go_on()

    def _go_on(self) -> None:
        """Left by focus or pointer: its time begins again, unless it is one that stays."""
        if self.property("kind") != "error" and not self._timer.isActive():
            self._timer.start()

    def _holds(self, widget: QWidget | None) -> bool:
        return widget is not None and shiboken6.isValid(widget) and self.isAncestorOf(widget)


class ToastArea(QFrame):
    """The column of toasts over the bottom left of a window, newest lowest.

    `left` is where the page begins, `give_back` puts the focus on the page where nothing else is left to.
    """

    def __init__(
        self,
        theme: Theme,
        over: QWidget,
        left: Callable[[], int],
        give_back: Callable[[], object] | None = None,
        shown_for: int = SHOWN_FOR,
    ) -> None:
        super().__init__(over)
        self._theme = theme
        self._over = over
        self._left, self._give_back = left, give_back
        self._shown_for = shown_for
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)
        over.installEventFilter(self)
        theme.changed.connect(self.place)
        self.hide()

    def show_toast(
        self,
        kind: str,
        text: str,
        undo: Callable[[], None] | None = None,
        action: str = "",
        act: int | None = None,
    ) -> Toast:
        """Show a message; beyond three the oldest goes, errors last."""
        toast = Toast(self._theme, kind, text, undo, action, act, self._shown_for)
        toast.closed.connect(lambda: self._drop(toast))
        self._column.addWidget(toast)
        toast.show()
        shown = self.toasts()
        if len(shown) > MOST:
            passing = [old for old in shown[:-1] if old.property("kind") != "error"]
            (passing or shown)[0].dismiss()
        self.place()
        return toast

    def toasts(self) -> list[Toast]:
        """Those on screen, oldest first."""
        found = (self._column.itemAt(i) for i in range(self._column.count()))
        return [item.widget() for item in found if item is not None and isinstance(item.widget(), Toast)]  # type: ignore[misc]

    def offered(self) -> set[int]:
        """The acts that the toasts on screen offer to turn round."""
        return {toast.act for toast in self.toasts() if toast.offers and toast.act is not None}

    def drop(self, turned: Collection[int], over: Collection[int]) -> None:
        """Toasts about acts that are turned round already go; of what can no longer be, only the button."""
        for toast in self.toasts():
            if toast.offers and toast.act in turned:
                toast.dismiss()
            elif toast.offers and toast.act in over:
                toast.withdraw()
        self.place()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the window's size, and that of the rail."""
        if event.type() == QEvent.Type.Resize:
            self.place()
        return False

    def event(self, event: QEvent) -> bool:
        """Follow words that get another size."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.place()
        return super().event(event)

    def place(self) -> None:
        """Beside the rail and over the status bar, as they are now."""
        self.setVisible(self._column.count() > 0)
        left = self._left() + MARGIN
        for toast in self.toasts():
            toast.fit(self._over.width() - left - MARGIN)
        self._column.activate()
        self.resize(self._column.sizeHint())
        bottom = self._over.height() - self._theme.size("status_bar") - 16
        self.move(left, bottom - self.height())
        self.raise_()

    def _drop(self, toast: Toast) -> None:
        if toast.has_focus:
            self._leave(toast)
        self._column.removeWidget(toast)
        toast.hide()
        toast.deleteLater()
        self.place()

    def _leave(self, toast: Toast) -> None:
        """The focus goes back to where it was: left to Qt it may come to another toast's Ångra."""
        before = toast.came_from
        if before is not None and shiboken6.isValid(before) and before.isVisible() and before.isEnabled():
            before.setFocus(Qt.FocusReason.OtherFocusReason)
        elif self._give_back is not None:
            self._give_back()
