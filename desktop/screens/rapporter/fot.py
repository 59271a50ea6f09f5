"""The foot of what is chosen in Rapporter: what is hidden, and what can be done with the report made."""

from PySide6.QtWidgets import QWidget

from desktop.formatting import plural
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import Notice, column, row
from desktop.widgets.button import Button, ButtonKind


class Fot(QWidget):
    """The notice stands first in `inner`, from where it may be moved."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.hidden = Notice(theme, "info", tr("Inga namn eller personnummer."), " ")
        self.excel = Button(theme, "Excel", "table-2")
        self.print = Button(theme, tr("Skriv ut"), "printer", keys="Ctrl+P")
        self.pdf = Button(theme, tr("Spara som pdf"), "download", ButtonKind.PRIMARY, "Ctrl+S")
        for button in (self.excel, self.print, self.pdf):
            policy = button.sizePolicy()
            policy.setHorizontalPolicy(policy.Policy.Expanding)
            button.setSizePolicy(policy)
        self.inner = column(
            self.hidden, row(self.excel, self.print, spacing=8), self.pdf, spacing=10, margins=(18, 4, 18, 16)
        )
        self.setLayout(self.inner)

    def show_hidden(self, cells: int) -> None:
        """How many cells of the report are hidden (R12)."""
        if cells:
            detail = f"{plural(cells, 'cell är dold', 'celler är dolda')} {tr('i rapporten.')}"
        else:
            detail = tr("Inga celler behövde döljas.")
        self.hidden.set("info", tr("Inga namn eller personnummer."), detail)

    def set_ready(self, reason: str) -> None:
        """Whether there is something to save; else why not."""
        for button in (self.excel, self.print, self.pdf):
            button.set_disabled_because(reason)
