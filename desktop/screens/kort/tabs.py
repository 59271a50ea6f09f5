"""The pages under the card's tabs."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import tr
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
BIP_WIDTH = 372
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
        self.bip_scale = Text("", "meta", "text2")
        self.bip_card.body.addWidget(self.bip_scale)
        self._theme = theme
        self._themed()
        theme.changed.connect(self._themed)
        below = row(events, self.bip_card, spacing=14)
        below.setStretch(0, 1)
        layout = column(gantt, below, spacing=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _themed(self) -> None:
        self.bip_card.setFixedWidth(self._theme.px(BIP_WIDTH))

    def show_model(self, model: KortModel) -> None:
        """Show another card."""
        self.gantt.set_data(model.gantt)
        self.events.set_groups(model.events)
        self.bip.set_series(model.bip or model.bip_handlaggare, model.card.bip_skala)
        self.bip_scale.setText(
            f"{tr('Skala')} 1–{model.card.bip_skala}. {tr('Förändring sedan första mätningen.')}"
        )
        self.bip_card.setVisible(bool(model.bip or model.bip_handlaggare))
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
        self.table.opens = False
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
