"""Insatser: the table of them, and the places that the person waits for."""

from datetime import date
from functools import partial
from typing import Any

from sqlalchemy.orm import Session

from db.aktor import Aktor
from db.queries.card_rows import Card as CardRows
from db.queries.enhet import KoRow, list_ko_for
from desktop.formatting import plural, short_date
from desktop.i18n import tr
from desktop.screens.kort.page import Akt
from desktop.screens.kort.rader_page import RaderAkter, RaderPage
from desktop.screens.kort.sections import row_actions
from desktop.screens.kort.tabs import Rows
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.boxes import Card, chain_tabs, clear_layout, column
from desktop.widgets.button import Button
from desktop.widgets.text import Text
from desktop.widgets.wrap import WrapRow

ACTS = (("ge_plats", "Ge plats…"), ("andra_ko", "Ändra"), ("lamna_ko", "Ta ur kön"))


class InsatserPage(RaderPage):
    """`wanted` as in RaderPage, and stall_i_ko, ge_plats, andra_ko and lamna_ko for the queue."""

    def __init__(self, theme: Theme, rows: Rows[Any], akter: RaderAkter) -> None:
        super().__init__(theme, rows, akter, lambda card: card.insatser)
        self._theme, self._of, self._hidden = theme, 0, False
        self._today = date.min
        self.wait = Button(theme, tr("Ställ i kö för plats"), "map-pin")
        self.wait.clicked.connect(lambda: self.wanted.emit(Akt("stall_i_ko")))
        self.ko = Card(theme, tr("I kö för plats"))
        self._lines = column(spacing=4)
        self.ko.body.addLayout(self._lines)
        self.ko.hide()
        self.head.insertWidget(3, self.wait)
        self.lines.insertWidget(1, self.ko)
        chain_tabs(self.remove, self.wait, self.new)

    def show_card(self, card: CardRows, today: date) -> None:
        """The insatser at once, the queue when it is read. Another person's rows never linger."""
        super().show_card(card, today)
        if card.id != self._of:
            self._show(())
        self._of, self._hidden, self._today = card.id, card.dold, today
        enrolled = card.inskrivning is not None and card.inskrivning.avslutad is None
        self.wait.set_disabled_because("" if enrolled else tr("Deltagaren är inte inskriven nu."))
        self.asked.emit(partial(_read, card.id))

    def show_read(self, value: Any) -> None:
        """What the person waits for."""
        deltagare_id, rows = value
        if deltagare_id == self._of:
            self._show(rows)

    def _show(self, rows: tuple[KoRow, ...]) -> None:
        clear_layout(self._lines)
        for row in rows:
            told = self._tell(row)
            words = [Text(told, weight=500), Text(self._since(row), "body", "text2")]
            acts = [(name, tr(words)) for name, words in ACTS]
            self._lines.addWidget(
                WrapRow(words, row_actions(self._theme, self.wanted.emit, row.id, acts, told), spacing=18)
            )
        self.ko.setVisible(bool(rows))

    def _tell(self, row: KoRow) -> str:
        """Where a masked person waits is told nobody."""
        where = "" if self._hidden else row.enhet
        return " · ".join(part for part in (where, first_upper(row.typ)) if part) or tr("Plats")

    def _since(self, row: KoRow) -> str:
        wish = ""
        if row.onskad_start is not None:
            wish = f" · {tr('önskad start')} {short_date(row.onskad_start, self._today)}"
        text = f" · {row.text}" if row.text and not self._hidden else ""
        return f"{plural(row.dagar, tr('dag'), tr('dagar'))} {tr('i kö')}{wish}{text}"


def _read(deltagare_id: int, session: Session, aktor: Aktor, today: date) -> tuple[int, tuple[KoRow, ...]]:
    return deltagare_id, list_ko_for(session, aktor, deltagare_id, today)
