"""The list of deltagare: search, filters and the table. Knows widgets and rows; asks nobody."""

from collections.abc import Sequence
from datetime import date
from typing import TypeVar

from PySide6.QtCore import QSignalBlocker, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.queries.deltagare import DeltagareRow, Urval
from desktop.formatting import NBSP, number
from desktop.i18n import tr
from desktop.screens.deltagare.columns import make_columns
from desktop.settings import Settings
from desktop.table_model import TableModel
from desktop.theme import Theme
from desktop.widgets.actions import ActionRow
from desktop.widgets.boxes import Card, EmptyState, PageHeader, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.choice import Segmented
from desktop.widgets.fields import CheckField, ComboField, SearchField
from desktop.widgets.flow import Flow
from desktop.widgets.table import TableView
from desktop.widgets.text import KeyHint, Text

V = TypeVar("V")
# What can be done with many at once, before how many they are.
MANY = {"ny_insats": "Ny insats för", "nytt_mote": "Nytt möte för", "lamna_over": "Lämna över"}
PAUSE = 80  # ms of silence before the search is told


class DeltagareView(QWidget):
    """`asked` when what is searched for changes, `more` when the table nears its end, `opened` with a row,
    `new_wanted` with what was searched for in vain, `many_wanted` with the act for all who are chosen."""

    asked = Signal()
    more = Signal()
    opened = Signal(object)
    new_wanted = Signal(str)
    many_wanted = Signal(str)  # a kind of desktop.screens.formular.massa, for all who are chosen

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._count = theme, ""
        self.search = _Search(theme, tr("Namn, personnummer eller ärende"), keys="Ctrl+F")
        self.search.setAccessibleName(tr("Sök deltagare"))
        self.whose = Segmented(theme, tr("Vilka"), [("mina", tr("Mina")), ("alla", tr("Alla"))])
        self.steg: ComboField[str] = _Choice(theme, [("", tr("Alla"))], toolbar=tr("Steg"))
        self.enhet: ComboField[int] = _Choice(theme, [(0, tr("Alla"))], toolbar=tr("Enhet"))
        self.ongoing = CheckField(theme, tr("Bara inskrivna idag"))
        self.lists = Button(theme, tr("Listor"), "list")
        self.new = Button(theme, tr("Ny deltagare"), "plus", ButtonKind.PRIMARY, "Ctrl+Shift+N")
        self.many = {kind: Button(theme, "", "users-round") for kind in MANY}
        self.new.setShortcut(QKeySequence())  # told here, and bound by the window: it works everywhere
        self.acts = ActionRow(theme, *self.many.values(), self.new)
        self.header = PageHeader(tr("Deltagare"), "", self.whose, self.acts)
        self.model: TableModel[DeltagareRow] = TableModel(
            make_columns(today), key=lambda r: r.id, parent=self
        )
        self.table = TableView(theme, self.model, tr("Deltagare"), settings, "deltagare/kolumner")
        self.empty = EmptyState(theme, " ", "", tr("Ny deltagare"), self._want_new_of_search)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._lay_out()
        self._tell_chosen()
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._connect()

    def show_choices(self, steg: Sequence[str], enheter: Sequence[tuple[int, str]]) -> None:
        """What can be filtered by; what is chosen stays."""
        with QSignalBlocker(self.steg), QSignalBlocker(self.enhet):
            self.steg.set_items([("", tr("Alla")), *((namn, namn) for namn in steg)])
            self.enhet.set_items([(0, tr("Alla")), *enheter])

    def urval(self) -> Urval:
        """The filters chosen."""
        return Urval(
            mina=self.whose.value() == "mina",
            pagaende=self.ongoing.isChecked(),
            steg=self.steg.value() or "",
            enhet_id=self.enhet.value() or None,
        )

    def set_urval(self, urval: Urval) -> None:
        """Choose filters without asking; what is no longer offered is all."""
        self.whose.set_value("mina" if urval.mina else "alla")
        self.ongoing.setChecked(urval.pagaende)
        _choose(self.steg, urval.steg)
        _choose(self.enhet, urval.enhet_id or 0)

    def selected_ids(self) -> list[int]:
        """The people chosen in the table, from the top down."""
        return [row.id for row in self.table.selected_rows()]

    def show_rows(self, rows: Sequence[DeltagareRow], more: bool, keep: bool = False) -> None:
        """The first page; `more` when others follow. With `keep` the place in the list stays."""
        keep = keep and self.table.currentIndex().isValid()
        self.model.set_rows(rows, len(rows) + 1 if more else len(rows))
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        self._tell_count(len(rows), more)
        if rows and not keep:
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
        self._count = f"{number(shown)}{NBSP}{people}"
        if more:
            self._count = f"{tr('fler än')} {self._count}"
        self._tell_chosen()

    def _tell_chosen(self, chosen: int = 0) -> None:
        """Nothing is said of the one row that always is chosen."""
        more = f" · {number(chosen)}{NBSP}{tr('markerade')}" if chosen > 1 else ""
        self.header.meta.setText(f"{self._count}{more}")
        for kind, button in self.many.items():
            button.setText(many_text(kind, chosen))
            button.setAccessibleName(button.text())
            self.acts.set_wanted(button, chosen > 1)

    def _lay_out(self) -> None:
        card = Card(self._theme, padding=0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self._stack)
        filters = Flow(self.search, self.steg, self.enhet, self.ongoing, self.lists, spacing=10, grows=True)
        self._theme.changed.connect(self._themed)
        self._themed()
        keys = row(
            KeyHint("↑ ↓"), Text(tr("flytta"), "meta", "text2"), 8,
            KeyHint("Enter"), Text(tr("öppna"), "meta", "text2"), 8,
            KeyHint("Ctrl+F"), Text(tr("sök"), "meta", "text2"), 8,
            KeyHint("Skift+↑ ↓"), Text(tr("markera flera"), "meta", "text2"), 8,
            KeyHint("Skift+F10"), Text(tr("meny"), "meta", "text2"), 0, spacing=6,
        )  # fmt: skip
        layout = column(self.header, filters, card, keys, spacing=12, margins=(24, 14, 24, 12))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _themed(self) -> None:
        self.search.setMaximumWidth(self._theme.px(380))
        self.search.updateGeometry()

    def _connect(self) -> None:
        self._pause.timeout.connect(self.asked)
        self.search.textEdited.connect(lambda _text: self._pause.start())
        self.search.down.connect(self._to_table)
        self.search.returnPressed.connect(self._open_first)
        self.whose.chosen.connect(lambda _key: self.asked.emit())
        self.ongoing.clicked.connect(lambda: self.asked.emit())
        for choice in (self.steg, self.enhet):
            choice.currentIndexChanged.connect(lambda _index: self.asked.emit())
        self.table.selection_changed.connect(self._tell_chosen)
        self.model.more_wanted.connect(lambda _offset: self.more.emit())
        self.table.opened.connect(self.opened)
        self.new.clicked.connect(lambda: self.new_wanted.emit(""))
        for kind, button in self.many.items():
            button.clicked.connect(lambda _checked=False, kind=kind: self.many_wanted.emit(kind))

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


def many_text(kind: str, chosen: int) -> str:
    """ "Ny insats för 12…"."""
    return f"{tr(MANY[kind])} {number(chosen)}…"


def _choose(field: ComboField[V], value: V) -> None:
    """Without telling; what is not offered is the first, all."""
    with QSignalBlocker(field):
        field.set_value(value)
        field.setCurrentIndex(max(0, field.currentIndex()))


class _Choice(ComboField[V]):
    def sizeHint(self) -> QSize:
        """As wide as its words, up to a limit."""
        size = super().sizeHint()
        return QSize(min(size.width(), self._theme.px(200)), size.height())


class _Search(SearchField):
    down = Signal()

    def sizeHint(self) -> QSize:
        """What it needs at least; it has more where there is room."""
        return QSize(self._theme.px(260), super().sizeHint().height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down goes on to the table."""
        if event.key() == Qt.Key.Key_Down:
            self.down.emit()
        else:
            super().keyPressEvent(event)
