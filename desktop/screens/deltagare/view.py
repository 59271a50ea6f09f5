"""The list of deltagare: search, filters and the table. Knows widgets and rows; asks nobody."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.queries.deltagare import DeltagareRow
from desktop.formatting import NBSP, number
from desktop.i18n import tr
from desktop.screens.deltagare.columns import make_columns
from desktop.settings import Settings
from desktop.table_model import TableModel
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, PageHeader, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.choice import Segmented
from desktop.widgets.fields import CheckField, SearchField
from desktop.widgets.table import TableView
from desktop.widgets.text import KeyHint, Text

PAUSE = 80  # ms of silence before the search is told


class DeltagareView(QWidget):
    """`asked` when what is searched for changes, `more` when the table nears its end, `opened` with a row,
    `new_wanted` with what was searched for in vain."""

    asked = Signal()
    more = Signal()
    opened = Signal(object)
    new_wanted = Signal(str)

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.search = _Search(theme, tr("Namn, personnummer eller ärende"), keys="Ctrl+F")
        self.search.setAccessibleName(tr("Sök deltagare"))
        self.whose = Segmented(theme, tr("Vilka"), [("mina", tr("Mina")), ("alla", tr("Alla"))])
        self.ongoing = CheckField(theme, tr("Bara inskrivna idag"))
        self.new = Button(theme, tr("Ny deltagare"), "plus", ButtonKind.PRIMARY, "Ctrl+Shift+N")
        self.header = PageHeader(tr("Deltagare"), "", self.whose, self.new)
        self.model: TableModel[DeltagareRow] = TableModel(
            make_columns(today), key=lambda r: r.id, parent=self
        )
        self.table = TableView(theme, self.model, tr("Deltagare"), settings, "deltagare/kolumner")
        self.empty = EmptyState(theme, " ", "", tr("Ny deltagare"), self._want_new_of_search)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._lay_out()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._connect()

    def show_rows(self, rows: Sequence[DeltagareRow], more: bool) -> None:
        """The first page; `more` when others follow."""
        self.model.set_rows(rows, len(rows) + 1 if more else len(rows))
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        self._tell_count(len(rows), more)
        if rows:
            self.table.scrollToTop()
            self.table.setCurrentIndex(self.model.index(0, 0))

    def add_rows(self, rows: Sequence[DeltagareRow], more: bool) -> None:
        """The next page."""
        shown = self.model.rowCount() + len(rows)
        self.model.append_rows(rows, shown + 1 if more else shown)
        self._tell_count(shown, more)

    def show_empty(self, fact: str, advice: str, may_register: bool = False) -> None:
        """Why nothing is shown, and what to do about it."""
        self.empty.button.setVisible(may_register)
        self.empty.fact.setText(fact)
        self.empty.advice.setText(advice)
        self.empty.advice.setVisible(bool(advice))
        self.empty.setAccessibleName(f"{fact} {advice}".strip())

    def focus_search(self) -> None:
        """Ctrl+F."""
        self.search.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.search.selectAll()

    def _tell_count(self, shown: int, more: bool) -> None:
        people = tr("deltagare")
        self.header.meta.setText(
            f"{tr('fler än')} {number(shown)}{NBSP}{people}" if more else f"{number(shown)}{NBSP}{people}"
        )

    def _lay_out(self) -> None:
        card = Card(self._theme, padding=0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self._stack)
        self.search.setFixedWidth(self._theme.px(380))
        filters = row(self.search, 8, self.ongoing, 0, spacing=8)
        keys = row(
            KeyHint("↑ ↓"), Text(tr("flytta"), "meta", "text2"), 8,
            KeyHint("Enter"), Text(tr("öppna"), "meta", "text2"), 8,
            KeyHint("Ctrl+F"), Text(tr("sök"), "meta", "text2"), 0, spacing=6,
        )  # fmt: skip
        layout = column(self.header, filters, card, keys, spacing=12, margins=(24, 14, 24, 12))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self._pause.timeout.connect(self.asked)
        self.search.textEdited.connect(lambda _text: self._pause.start())
        self.search.down.connect(self._to_table)
        self.search.returnPressed.connect(self._open_first)
        self.whose.chosen.connect(lambda _key: self.asked.emit())
        self.ongoing.clicked.connect(lambda: self.asked.emit())
        self.model.more_wanted.connect(lambda _offset: self.more.emit())
        self.table.opened.connect(self.opened)
        self.new.clicked.connect(lambda: self.new_wanted.emit(""))

    def _want_new_of_search(self) -> None:
        self.new_wanted.emit(self.search.text().strip())

    def _to_table(self) -> None:
        if self.model.rowCount():
            self.table.setFocus(Qt.FocusReason.TabFocusReason)

    def _open_first(self) -> None:
        """Enter in the search box opens the row under the ring, once the answer is there."""
        if self._pause.isActive():
            self._pause.stop()
            self.asked.emit()
        elif self.table.current_row() is not None:
            self.opened.emit(self.table.current_row())


class _Search(SearchField):
    down = Signal()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes on to the table."""
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)
