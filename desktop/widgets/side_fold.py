"""A side panel that stands beside its page in a wide window and folds under a button in a narrow one."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QAbstractButton, QApplication, QBoxLayout, QWidget

from desktop.theme import Theme
from desktop.widgets.boxes import first_stop

FOLDS_BELOW = 1280  # design px of the window
EDGE, FOOT = 24, 12  # px between an open panel and the edges of its view


class SideFold(QObject):
    """Moves `side` between `beside`, the layout that it shares with the page, and a place over the page.

    `view` is the parent of both and calls `arrange` when it gets another size. Folded, the panel is shown
    while `button` is down, from `top` (px in the view) to the foot. Opening it gives it the focus; Esc closes
    it and gives the focus back. `show_button` shows and hides a button that stands in a row of its own.
    """

    folded = Signal(bool)

    def __init__(
        self,
        theme: Theme,
        view: QWidget,
        side: QWidget,
        button: QAbstractButton,
        beside: QBoxLayout,
        top: Callable[[], int],
        left: bool = False,
        show_button: Callable[[bool], object] | None = None,
    ) -> None:
        super().__init__(view)
        self._theme, self._view, self._side, self.button = theme, view, side, button
        self._beside, self._top, self._left = beside, top, left
        self._show_button = show_button or button.setVisible
        self.is_folded = False
        button.setCheckable(True)
        self._show_button(False)
        button.toggled.connect(lambda _down: self.place())
        button.clicked.connect(self._opened)
        self._escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), view)
        self._escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        self._escape.activated.connect(self.close)
        self._escape.setEnabled(False)
        theme.changed.connect(self.arrange)

    @property
    def is_open(self) -> bool:
        """Whether the panel lies over the page now."""
        return self.is_folded and self.button.isChecked()

    def arrange(self) -> None:
        """Fold or unfold with the width of the window."""
        narrow = self._view.window().width() < self._theme.px(FOLDS_BELOW)
        if narrow != self.is_folded:
            self.is_folded = narrow
            if narrow:
                self._beside.removeWidget(self._side)
                self._side.setParent(self._view)  # it may have scrolled with the page
            else:
                self._beside.insertWidget(0 if self._left else -1, self._side)
            self.folded.emit(narrow)
        self.place()

    def place(self) -> None:
        """Where the panel stands now; also called when what decides `top` has moved."""
        self._show_button(self.is_folded)
        self._side.setVisible(not self.is_folded or self.button.isChecked())
        self._escape.setEnabled(self.is_open)
        if self.is_folded:
            view, top = self._view, self._top()
            width = min(self._side.minimumWidth() or self._side.sizeHint().width(), view.width() - 2 * EDGE)
            x = EDGE if self._left else view.width() - width - EDGE
            self._side.setGeometry(x, top, width, max(0, view.height() - top - FOOT))
            self._side.raise_()

    def close(self) -> None:
        """Fold an open panel again."""
        had_focus = self._side.isAncestorOf(QApplication.focusWidget() or self._view)
        self.button.setChecked(False)
        if had_focus and self.is_folded:
            self.button.setFocus(Qt.FocusReason.OtherFocusReason)

    def _opened(self) -> None:
        """The focus goes to the panel's first stop."""
        stop = first_stop(self._side) if self.is_open else None
        if stop is not None:
            stop.setFocus(Qt.FocusReason.TabFocusReason)
