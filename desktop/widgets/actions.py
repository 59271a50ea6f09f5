"""A row of actions that never is wider than its room: first the keys beside the words go, then the first
actions fold into a menu; the last one stays."""

from PySide6.QtCore import QEvent, QPoint, QSize
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.button import Button

SPACING = 8


class ActionRow(QWidget):
    """Buttons from the least to the most important, which stands rightmost; with `left` it stands leftmost
    and the others follow it. A folded one is found under Mer, with its words.

    Only the last may have keys of its own: those of a button out of sight do nothing.
    """

    def __init__(
        self, theme: Theme, *buttons: QPushButton, left: bool = False, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._buttons, self._left = list(buttons), left
        self._left_out: set[QPushButton] = set()
        self.more = Button(theme, tr("Mer"), "chevron-down")
        self.more.setAccessibleName(tr("Fler åtgärder"))
        self.menu = QMenu(self)
        self.menu.setToolTipsVisible(True)
        self.more.clicked.connect(self._open_menu)
        # In the order of Tab, which is that of the eye.
        row = (self.more, *buttons)
        for button in reversed(row) if left else row:
            button.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        theme.changed.connect(self._arrange)
        self._arrange()

    def set_wanted(self, button: QPushButton, wanted: bool) -> None:
        """Whether the button is there at all, in the row or under Mer."""
        self._left_out.discard(button) if wanted else self._left_out.add(button)
        self._arrange()

    def folded(self) -> list[QPushButton]:
        """Those that had no room, in order."""
        return [button for button in self._wanted() if button.isHidden()]

    def sizeHint(self) -> QSize:
        """Room for all, with their keys."""
        return self._size_of(self._wanted(), bare=False)

    def minimumSizeHint(self) -> QSize:
        """The last one without its keys, and the way to the others."""
        wanted = self._wanted()
        return self._size_of([self.more, *wanted[-1:]] if len(wanted) > 1 else wanted, bare=True)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold and unfold with the width."""
        super().resizeEvent(event)
        self._arrange()

    def event(self, event: QEvent) -> bool:
        """Follow buttons that get other words."""
        if event.type() == QEvent.Type.LayoutRequest:
            self._arrange()
        return super().event(event)

    def _wanted(self) -> list[QPushButton]:
        return [button for button in self._buttons if button not in self._left_out]

    def _arrange(self) -> None:
        wanted = self._wanted()
        shown: list[QPushButton] = wanted
        bare = self._size_of(shown, bare=False).width() > self.width()
        for button in self._buttons:
            if isinstance(button, Button):
                button.set_bare(bare)
        while len(shown) > 1 and self._size_of(shown, bare).width() > self.width():
            shown = [self.more, *[button for button in shown if button is not self.more][1:]]
            if len(shown) == 2:
                break
        beside = 0
        for button in reversed(shown):
            size = button.sizeHint()
            top = (self.height() - size.height()) // 2
            at = beside if self._left else self.width() - beside - size.width()
            button.setGeometry(at, top, size.width(), size.height())
            beside += size.width() + SPACING
        for button in (self.more, *self._buttons):
            button.setVisible(button in shown)
        self.updateGeometry()

    def _size_of(self, buttons: list[QPushButton], bare: bool) -> QSize:
        """With or without their keys, however they stand now."""
        widths = [_width(button, bare) for button in buttons]
        height = max((button.sizeHint().height() for button in buttons), default=0)
        return QSize(sum(widths) + SPACING * max(0, len(widths) - 1), height)

    def _open_menu(self) -> None:
        self.menu.clear()
        for button in self.folded():
            action = self.menu.addAction(button.text() or button.accessibleName())
            action.setEnabled(button.isEnabled())
            action.setToolTip(button.toolTip())
            action.triggered.connect(button.click)
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))


def _width(button: QPushButton, bare: bool) -> int:
    if isinstance(button, Button):
        return button.bare_width() if bare else button.full_width()
    return button.sizeHint().width()
