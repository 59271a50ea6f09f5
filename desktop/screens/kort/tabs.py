"""The pages under the card's tabs."""

from collections.abc import Sequence
from datetime import date
from typing import Any, Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.screens.kort import columns as c
from desktop.screens.kort.bip import BipGrid
from desktop.screens.kort.model import KortModel
from desktop.settings import Settings
from desktop.table_model import Column, TableModel
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, column, row
from desktop.widgets.events import EventList
from desktop.widgets.gantt import BarKind, Gantt, GanttLegend
from desktop.widgets.table import TableView
from desktop.widgets.text import Text

R = TypeVar("R")
LEGEND = (
    (BarKind.AVSLUTAD, "Avslutad"), (BarKind.PAGAR, "Pågår"), (BarKind.PLANERAD, "Planerad"),
    (BarKind.AVBRUTEN, "Avbruten"), (BarKind.FRIST, "Frist"),
)  # fmt: skip


class Timeline(QWidget):
    """Gantt, events and BIP."""

    opened = Signal(object)  # key of an event

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        legend = GanttLegend(theme, [(kind, tr(text)) for kind, text in LEGEND])
        self.gantt = Gantt(theme)
        gantt = Card(theme, tr("Insatser över tid"), legend)
        gantt.body.addWidget(self.gantt)
        gantt.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.events = EventList(theme, tr("Händelser"))
        self.events.opened.connect(self.opened)
        events = Card(theme, tr("Händelser"))
        events.body.addWidget(self.events, 1)
        self.bip = BipGrid(theme)
        self.bip_next = Text("", "meta", "text2")
        self.bip_card = Card(theme, "BIP", self.bip_next)
        self.bip_card.body.addWidget(scrolled(self.bip), 1)
        self.bip_card.body.addWidget(
            Text(tr("Skala 1–5. Förändring sedan första mätningen."), "meta", "text2")
        )
        self.bip_card.setFixedWidth(theme.px(372))
        below = row(events, self.bip_card, spacing=14)
        below.setStretch(0, 1)
        layout = column(gantt, below, spacing=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_model(self, model: KortModel) -> None:
        """Show another card."""
        self.gantt.set_data(model.gantt)
        self.events.set_groups(model.events)
        self.bip.set_series(model.bip or model.bip_handlaggare)
        self.bip_card.setVisible(bool(model.bip_count))
        if self.bip_card.title is not None:
            self.bip_card.title.setText(model.bip_title)
        self.bip_next.setText(model.bip_next)


class Rows(QWidget, Generic[R]):
    """A table in a card, or what to do while it is empty. `opened` with a row."""

    opened = Signal(object)

    def __init__(
        self,
        theme: Theme,
        name: str,
        columns: Sequence[Column[R]],
        settings: Settings,
        setting: str,
        key: str,
        empty: tuple[str, str],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model: TableModel[R] = TableModel(columns, key=lambda r: getattr(r, key), parent=self)
        self.table = TableView(theme, self.model, name, settings, f"kort/{setting}")
        self.table.opened.connect(self.opened)
        self.empty = EmptyState(theme, *empty)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card = Card(theme, padding=0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self._stack)
        self.setLayout(column(card, spacing=0))

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these."""
        self.model.set_rows(rows)
        self._stack.setCurrentWidget(self.table if rows else self.empty)


class BipPage(QWidget):
    """All indicators, of the deltagare and of the handläggare."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.own, self.other = BipGrid(theme, 5), BipGrid(theme, 5)
        self.empty = EmptyState(theme, tr("Ingen mätning ännu."), tr("BIP mäts var tredje månad."))
        self._own = Card(theme, tr("Deltagarens svar"))
        self._own.body.addWidget(self.own)
        self._other = Card(theme, tr("Handläggarens svar"))
        self._other.body.addWidget(self.other)
        inner = QWidget()
        inner.setLayout(column(self._own, self._other, self.empty, 0, spacing=12))
        self.setLayout(column(scrolled(inner), spacing=0))

    def show_model(self, model: KortModel) -> None:
        """Show another card."""
        self.own.set_series(model.bip)
        self.other.set_series(model.bip_handlaggare)
        self._own.setVisible(bool(model.bip))
        self._other.setVisible(bool(model.bip_handlaggare))
        self.empty.setVisible(not model.bip_count)


class BistandPage(QWidget):
    """Ärenden over biståndsmånader."""

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        none = (tr("Inget ärende."), "")
        self.arenden: Rows[Any] = Rows(
            theme, tr("Ärenden"), c.arende_columns(today), settings, "arenden", "id", none
        )
        self.manader: Rows[Any] = Rows(
            theme, tr("Biståndsmånader"), c.bistand_columns(), settings, "bistand", "manad",
            (tr("Inga biståndsmånader."), ""),
        )  # fmt: skip
        layout = column(self.arenden, self.manader, spacing=12)
        layout.setStretch(0, 2)
        layout.setStretch(1, 3)
        self.setLayout(layout)


def scrolled(widget: QWidget) -> QScrollArea:
    """A part of a page that scrolls where it does not fit."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    holder = QWidget()
    holder.setObjectName("scrolled")
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(widget)
    layout.addStretch(1)
    area.setWidget(holder)
    return area
