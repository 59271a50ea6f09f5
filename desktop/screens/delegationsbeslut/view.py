"""The screen Delegationsbeslut: a month's list. Knows widgets and rows; asks nobody."""

from collections.abc import Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.queries.delegationsbeslut import DelegationsbeslutRow
from db.rules.period import month_index
from desktop.formatting import number
from desktop.i18n import tr
from desktop.screens.delegationsbeslut.columns import make_columns
from desktop.screens.delegationsbeslut.model import choose_rows, list_months, month_name, tell_types
from desktop.settings import Settings
from desktop.table_model import TableModel
from desktop.theme import Theme
from desktop.widgets.actions import ActionRow
from desktop.widgets.boxes import Card, EmptyState, PageHeader, column, row
from desktop.widgets.button import Button, ButtonKind, IconButton
from desktop.widgets.fields import ComboField
from desktop.widgets.flow import Flow
from desktop.widgets.table import TableView
from desktop.widgets.text import KeyHint, Text


class DelegationsbeslutView(QWidget):
    """`asked` when another month is wanted; what is chosen among its rows is chosen here."""

    asked = Signal()
    new_wanted = Signal()

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._today = theme, today
        self._rows: tuple[DelegationsbeslutRow, ...] = ()
        self.printed = Button(theme, tr("Lista till nämnden"), "file-text")
        self.remove = Button(theme, tr("Ta bort"), "trash-2")
        self.change = Button(theme, tr("Ändra"), "square-pen")
        self.new = Button(theme, tr("Nytt beslut"), "plus", ButtonKind.PRIMARY, "Ctrl+N")
        self.acts = ActionRow(theme, self.remove, self.change, self.printed, self.new)
        self.header = PageHeader(tr("Delegationsbeslut"), "", self.acts)
        self.previous = IconButton(theme, "chevron-left", tr("Föregående månad (Ctrl+Page Up)"), 32)
        self.next = IconButton(theme, "chevron-right", tr("Nästa månad (Ctrl+Page Down)"), 32)
        self.month: ComboField[int] = ComboField(theme, toolbar=tr("Månad"))
        alla = tr("Alla")
        self.delegat: ComboField[str] = ComboField(theme, [("", alla)], toolbar=tr("Delegat"))
        self.typ: ComboField[str] = ComboField(theme, [("", alla)], toolbar=tr("Ärendetyp"))
        self.counts = Text("", "meta", "text2").wrapped()
        self.model: TableModel[DelegationsbeslutRow] = TableModel(
            make_columns(), key=lambda r: r.id, parent=self
        )
        self.table = TableView(
            theme, self.model, tr("Delegationsbeslut"), settings, "delegationsbeslut/kolumner"
        )
        self.empty = EmptyState(theme, tr("Hämtar"), " ", tr("Nytt beslut"), self._begin)
        self._stack = QStackedWidget()
        self.show_month(month_index(today))
        self._lay_out()
        self._connect()
        self.show_acts(None)

    def show_month(self, index: int) -> None:
        """Choose a month, without telling."""
        with QSignalBlocker(self.month):
            self.month.set_items(list_months(self._today, index))
            self.month.set_value(index)
        last = month_index(self._today)
        self.next.setEnabled(index < last)
        self.next.setToolTip(
            tr("Nästa månad (Ctrl+Page Down)") if index < last else tr("Nästa månad har inte börjat.")
        )

    def shown_month(self) -> int:
        """The manadsindex of the month chosen."""
        return self.month.value() or month_index(self._today)

    def set_rows(self, rows: Sequence[DelegationsbeslutRow]) -> None:
        """All of the month; the choices stay where they still are possible."""
        self._rows = tuple(rows)
        for field, values in (
            (self.delegat, {r.delegat for r in rows}),
            (self.typ, {r.arendetyp for r in rows}),
        ):
            with QSignalBlocker(field):
                field.set_items([("", tr("Alla")), *((value, value) for value in sorted(values))])
        self.narrow()

    def narrow(self) -> None:
        """Show those that the choices leave; the row chosen stays."""
        rows = choose_rows(self._rows, self.delegat.value() or "", self.typ.value() or "")
        held = self.table.currentIndex().isValid()
        self.model.set_rows(rows)
        narrowed = len(rows) != len(self._rows)
        told = f"{number(len(rows))} {tr('av')} " if narrowed else ""
        name = month_name(self.shown_month())
        self.header.meta.setText(f"{name} · {told}{number(len(self._rows))} {tr('beslut')}")
        self.counts.setText(tell_types(rows))
        self._tell_empty(narrowed, name)
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        if rows and not held:
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.show_acts(self.table.current_row() if rows else None)

    def show_acts(self, chosen: DelegationsbeslutRow | None) -> None:
        """What can be done with the row."""
        reason = tr("Välj ett beslut först.") if chosen is None else ""
        if chosen is not None and not chosen.egen:
            reason = tr("Bara den som ansvarar för ärendet kan ändra beslutet.")
        for button in (self.change, self.remove):
            button.set_disabled_because(reason)

    def choose(self, beslut_id: int) -> None:
        """Make the row of a decision the current one, where it is listed."""
        for place in range(self.model.rowCount()):
            if self.model.row(place).id == beslut_id:
                self.table.setCurrentIndex(self.model.index(place, 0))

    def turn(self, months: int) -> None:
        """Another month, not one that has not begun."""
        index = self.shown_month() + months
        if index <= month_index(self._today):
            self.show_month(index)
            self.asked.emit()

    def clear(self) -> None:
        """All of the month again."""
        for field in (self.delegat, self.typ):
            with QSignalBlocker(field):
                field.setCurrentIndex(0)
        self.narrow()

    def _tell_empty(self, narrowed: bool, name: str) -> None:
        self.empty.fact.setText(
            tr("Inga träffar.") if narrowed else f"{tr('Inga delegationsbeslut i')} {name.lower()}."
        )
        self.empty.advice.setText(tr("Ändra eller ta bort något val ovanför.") if narrowed else "")
        self.empty.advice.setVisible(narrowed)
        self.empty.button.setText(tr("Rensa filter") if narrowed else tr("Nytt beslut"))

    def _begin(self) -> None:
        """What the empty list offers."""
        if self._rows:
            self.clear()
        else:
            self.new_wanted.emit()

    def _lay_out(self) -> None:
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card = Card(self._theme, padding=0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self._stack)
        month = QWidget()
        month.setLayout(row(self.previous, self.month, self.next, spacing=6))
        filters = Flow(month, self.delegat, self.typ)
        keys = row(
            KeyHint("Enter"), Text(tr("ändra"), "meta", "text2"), 8,
            KeyHint("Delete"), Text(tr("ta bort"), "meta", "text2"), 8,
            KeyHint("Ctrl+C"), Text(tr("kopiera med rubriker"), "meta", "text2"), 0, spacing=6,
        )  # fmt: skip
        layout = column(self.header, filters, card, self.counts, keys, spacing=10, margins=(24, 14, 24, 12))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.month.currentIndexChanged.connect(self._choose_month)
        self.previous.clicked.connect(lambda: self.turn(-1))
        self.next.clicked.connect(lambda: self.turn(1))
        for field in (self.delegat, self.typ):
            field.currentIndexChanged.connect(self.narrow)
        self.table.current_changed.connect(self.show_acts)
        self.new.clicked.connect(self.new_wanted)
        for keys, months in (("Ctrl+PgUp", -1), ("Ctrl+PgDown", 1)):
            shortcut = QShortcut(QKeySequence(keys), self)
            shortcut.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
            shortcut.activated.connect(lambda months=months: self.turn(months))
        delete = QShortcut(QKeySequence(Qt.Key.Key_Delete), self.table)
        delete.setContext(Qt.ShortcutContext.WidgetShortcut)
        delete.activated.connect(self.remove.click)

    def _choose_month(self) -> None:
        self.show_month(self.shown_month())
        self.asked.emit()
