"""What the window asks of a screen."""

from collections.abc import Sequence, Set

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.shell.command_box import Hit


class Screen(QWidget):
    """A page of the window. Subclasses override what concerns them."""

    navigate = Signal(object)  # Location
    title_changed = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("page")
        # Where the work begins. No focus proxy: Tab would go there past everything before it.
        self.start_at: QWidget | None = None
        # What stands beside the content: a pane of its own for F6.
        self.beside: QWidget | None = None
        # A form that lies over everything else: while it shows F6 goes there.
        self.cover: QWidget | None = None

    def open(self, argument: object) -> None:
        """Show what the location's argument names; called at every visit."""

    def concerns(self, touched: Set[str]) -> bool:
        """Whether a change of these things makes what is shown out of date."""
        return bool(touched)

    def refresh(self) -> None:
        """Ask again for what is shown; called when a concerning change was made, or on the next visit."""

    def focus_filter(self) -> None:
        """Put the focus where one filters (Ctrl+F)."""

    def acts(self) -> Sequence[Hit]:
        """What can be done with what is chosen here, for the command box."""
        return ()

    def may_leave(self) -> bool:
        """False keeps the user here, e.g. over unsaved text after asking."""
        return True
