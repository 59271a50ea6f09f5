"""Notes, the newest first, each with its corrections below and what can be done with it."""

from collections import defaultdict
from collections.abc import Callable
from datetime import UTC, date, datetime

from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from db.queries.card_rows import AnteckningRow
from db.queries.card_rows import Card as CardRows
from db.rules.anteckning import is_locked, open_until
from desktop.formatting import clock, long_date, short_date
from desktop.i18n import tr
from desktop.screens.kort.page import Akt, KortPage
from desktop.screens.kort.tabs import scrolled
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, clear_layout, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.chip import Chip
from desktop.widgets.text import Line, Text
from desktop.widgets.wrap import WrapRow


class AnteckningarPage(KortPage):
    """`wanted`: anteckning, las_anteckning, ratta_anteckning and signera_anteckning."""

    key, title = "anteckningar", "Anteckningar"

    def __init__(
        self, theme: Theme, signatur: str, now: Callable[[], datetime], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._signatur, self._now = theme, signatur, now
        self.new = Button(theme, tr("Ny anteckning"), "notebook-pen")
        self.new.clicked.connect(lambda: self._want("anteckning"))
        self.empty = EmptyState(
            theme, tr("Ingen anteckning ännu."), tr("Tryck Ctrl+Skift+A för att skriva en.")
        )
        self.notes = QVBoxLayout()
        self.notes.setSpacing(12)
        inner = QWidget()
        inner.setLayout(column(self.notes, self.empty, spacing=0))
        layout = column(row(0, self.new), scrolled(inner), spacing=10)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_card(self, card: CardRows, today: date) -> None:
        """Show the notes; of a masked card only that there are some, and by whom."""
        corrections: defaultdict[int | None, list[AnteckningRow]] = defaultdict(list)
        for note in card.anteckningar:
            corrections[note.rattar_id].append(note)
        clear_layout(self.notes)
        for note in reversed(corrections[None]):
            self.notes.addWidget(self._card(note, corrections, today, card.dold))
        self.empty.setVisible(not card.anteckningar)

    def _card(
        self,
        note: AnteckningRow,
        corrections: dict[int | None, list[AnteckningRow]],
        today: date,
        hidden: bool,
    ) -> Card:
        card = Card(self._theme)
        card.setAccessibleName(f"{tr('Anteckning')} {long_date(note.datum)} {note.rubrik}".strip())
        self._fill(card.body, note, today, hidden)
        for correction in corrections.get(note.id, ()):
            card.body.addWidget(Line(name="line"))
            below = QFrame()
            words = QVBoxLayout()
            words.setSpacing(6)
            self._fill(words, correction, today, hidden)
            below.setLayout(column(words, spacing=0, margins=(18, 0, 0, 0)))
            card.body.addWidget(below)
        return card

    def _fill(self, into: QVBoxLayout, note: AnteckningRow, today: date, hidden: bool) -> None:
        kind = tr("Rättelse") if note.rattar_id is not None else note.rubrik or tr("Anteckning")
        told = f"{short_date(note.datum, today)} · {note.namn}"
        title = [Text(kind, "body", weight=600).wrapped(), Text(told, "meta", "text2"), self._state(note)]
        into.addWidget(WrapRow(title, [] if hidden else self._actions(note)))
        text = Text(tr("Texten är dold.") if hidden else note.text, "body", "text2" if hidden else "text")
        into.addWidget(text.wrapped())

    def _state(self, note: AnteckningRow) -> Chip:
        if note.signerad is not None:
            return Chip(self._theme, "ok", tr("Signerad"), "lock")
        if self._is_locked(note):
            return Chip(self._theme, "later", tr("Låst"), "lock")
        until = open_until(note.skapad).astimezone()
        return Chip(
            self._theme, "info", f"{tr('Öppen till')} {clock(until.hour, until.minute)}", "square-pen"
        )

    def _actions(self, note: AnteckningRow) -> list[Button]:
        wanted = [("ratta_anteckning", tr("Rätta"))]
        if note.signatur == self._signatur and not self._is_locked(note):
            wanted = [("las_anteckning", tr("Ändra")), ("signera_anteckning", tr("Signera"))]
        buttons = []
        for name, text in wanted:
            button = Button(self._theme, text, kind=ButtonKind.QUIET)
            button.clicked.connect(lambda _checked=False, name=name: self._want(name, note.id))
            buttons.append(button)
        return buttons

    def _is_locked(self, note: AnteckningRow) -> bool:
        return is_locked(note.skapad, note.signerad, self._now().astimezone(UTC))

    def _want(self, name: str, row_id: int | None = None) -> None:
        self.wanted.emit(Akt(name, row_id))
