"""A table of the card with what can be done with the row chosen: opened, copied, taken away."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from db.queries.card_rows import Card
from desktop.i18n import tr
from desktop.screens.kort.page import Akt, KortPage
from desktop.screens.kort.tabs import Rows
from desktop.theme import Theme
from desktop.widgets.boxes import column, row
from desktop.widgets.button import Button


@dataclass(frozen=True, slots=True)
class RaderAkter:
    """The acts of a table by name: a new row with the words of its button, and those of the row chosen."""

    ny: str
    ny_text: str
    oppna: str
    kopiera: str
    ta_bort: str


class RaderPage(KortPage):
    """`wanted` as `akter` says. `pick` gives the rows of a card."""

    def __init__(
        self,
        theme: Theme,
        rows: Rows[Any],
        akter: RaderAkter,
        pick: Callable[[Card], Sequence[Any]],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.rows, self._akter, self._pick = rows, akter, pick
        self.table, self.model, self.empty = rows.table, rows.model, rows.empty
        self.table.opens = True
        self.new = Button(theme, akter.ny_text, "plus")
        self.copy = Button(theme, tr("Kopiera"), "copy")
        self.remove = Button(theme, tr("Ta bort"), "trash-2")
        self.new.clicked.connect(lambda: self.wanted.emit(Akt(akter.ny)))
        self.copy.clicked.connect(lambda: self._want(akter.kopiera))
        self.remove.clicked.connect(lambda: self._want(akter.ta_bort))
        rows.opened.connect(lambda chosen: self.wanted.emit(Akt(akter.oppna, chosen.id)))
        self.table.current_changed.connect(lambda _row: self._tell_chosen())
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(lambda: self._want(akter.ta_bort))
        self.head = row(self.copy, self.remove, 0, self.new)
        self.lines = column(self.head, rows, spacing=10)
        self.lines.setStretch(1, 1)
        self.setLayout(self.lines)

    def show_card(self, card: Card, today: date) -> None:
        """Show the rows, the latest first."""
        del today
        self.rows.show_rows(self._pick(card)[::-1])
        self._tell_chosen()

    def _want(self, namn: str) -> None:
        chosen = self.table.current_row()
        if chosen is not None:
            self.wanted.emit(Akt(namn, chosen.id))

    def _tell_chosen(self) -> None:
        why = "" if self.table.current_row() is not None else tr("Välj en rad i tabellen först.")
        for button in (self.copy, self.remove):
            button.set_disabled_because(why)
