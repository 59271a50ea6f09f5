"""The trash: what was removed or taken back. Knows widgets and rows; asks nobody."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.queries.papperskorg import PapperskorgRow
from desktop.formatting import NBSP, number
from desktop.i18n import tr
from desktop.screens.papperskorg.columns import make_columns
from desktop.settings import Settings
from desktop.table_model import TableModel
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, PageHeader, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.choice import Segmented
from desktop.widgets.table import TableView
from desktop.widgets.text import KeyHint, Text


class PapperskorgView(QWidget):
    """`asked` when other rows are wanted, `more` at the end of the table, `restore` with the row chosen."""

    asked = Signal()
    more = Signal()
    restore = Signal(object)

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.whose = Segmented(theme, tr("Vems"), [("mina", tr("Mina")), ("alla", tr("Alla"))])
        self.days = Segmented(
            theme, tr("Hur långt tillbaka"), [("30", tr("30 dagar")), ("365", tr("Ett år"))]
        )
        self.action = Button(theme, tr("Återställ"), "rotate-ccw", ButtonKind.PRIMARY)
        self.header = PageHeader(tr("Papperskorg"), "", self.action)
        self.model: TableModel[PapperskorgRow] = TableModel(
            make_columns(), key=lambda r: r.handelse_id, parent=self
        )
        self.table = TableView(theme, self.model, tr("Papperskorg"), settings, "papperskorg/kolumner")
        self.empty = EmptyState(
            theme,
            tr("Papperskorgen är tom."),
            tr("Det som tas bort eller ångras visas här och kan återställas."),
        )
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._lay_out()
        self._connect()
        self._choice_changed(None)

    def show_rows(self, rows: Sequence[PapperskorgRow], more: bool) -> None:
        """The first page; `more` when others may follow."""
        self.model.set_rows(rows, len(rows) + 1 if more else len(rows))
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        if rows and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))
        self._choice_changed(self.table.current_row())
        self._tell_count(len(rows), more)

    def add_rows(self, rows: Sequence[PapperskorgRow], more: bool) -> None:
        """The next page; empty where there turned out to be no more."""
        shown = self.model.rowCount() + len(rows)
        self.model.append_rows(rows, shown + 1 if more else shown)
        self._tell_count(shown, more)

    def _tell_count(self, shown: int, more: bool) -> None:
        words = tr("ändringar") if shown != 1 else tr("ändring")
        self.header.meta.setText(
            f"{tr('fler än')} {number(shown)}{NBSP}{words}" if more else f"{number(shown)}{NBSP}{words}"
        )

    def _choice_changed(self, chosen: PapperskorgRow | None) -> None:
        self.action.set_disabled_because("" if chosen is not None else tr("Välj en rad först."))

    def _lay_out(self) -> None:
        card = Card(self._theme, padding=0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self._stack)
        filters = row(self.whose, self.days, 0, spacing=12)
        keys = row(
            KeyHint("↑ ↓"), Text(tr("flytta"), "meta", "text2"), 8,
            KeyHint("Enter"), Text(tr("återställ"), "meta", "text2"), 8,
            KeyHint("Ctrl+Z"), Text(tr("ångra det senaste du gjorde"), "meta", "text2"), 0, spacing=6,
        )  # fmt: skip
        layout = column(self.header, filters, card, keys, spacing=12, margins=(24, 14, 24, 12))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        for choice in (self.whose, self.days):
            choice.chosen.connect(lambda _key: self.asked.emit())
        self.model.more_wanted.connect(lambda _offset: self.more.emit())
        self.table.current_changed.connect(self._choice_changed)
        self.table.opened.connect(self.restore)
        self.action.clicked.connect(lambda: self.restore.emit(self.table.current_row()))
