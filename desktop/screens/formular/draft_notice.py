"""Tells that a form holds a draft, with a button that throws it away."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import Notice, column, row
from desktop.widgets.button import Button


class DraftNotice(QWidget):
    """Hidden until there is a draft to tell of."""

    discarded = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.notice = Notice(theme, "info", "")
        self.discard = Button(theme, tr("Släng utkastet"))
        self.discard.clicked.connect(self.discarded)
        self.setLayout(column(self.notice, row(self.discard, 0, spacing=0), spacing=6))
        self.hide()

    def tell(self, text: str) -> None:
        """Show it."""
        self.notice.set("info", text)
        self.show()
