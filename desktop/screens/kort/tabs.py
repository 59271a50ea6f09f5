"""The pages under the card's tabs."""

from collections.abc import Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QSize, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.screens.kort.bip import BipGrid
from desktop.screens.kort.model import KortModel
from desktop.screens.kort.sections import add_head
from desktop.settings import Settings
from desktop.table_model import Column, TableModel
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, column, row
from desktop.widgets.events import EventList
from desktop.widgets.gantt import BarKind, Gantt, GanttLegend
from desktop.widgets.table import TableView
from desktop.widgets.tall import Tall
from desktop.widgets.text import Text

R = TypeVar("R")
BIP_WIDTH, EVENTS_WIDTH = 372, 260  # design px: of BIP beside the events, and what they need at least
WIDEST = 16777215  # px: as wide as Qt can
LEAST_ROWS, LEAST_LINES, LEAST_BIP, ALL_LINES = 3, 14, 7, 999  # in sight of tables and what scrolls
LEGEND = (
    (BarKind.AVSLUTAD, "Avslutad"), (BarKind.PAGAR, "Pågår"), (BarKind.PLANERAD, "Planerad"),
    (BarKind.AVBRUTEN, "Avbruten"), (BarKind.FRIST, "Frist"),
)  # fmt: skip


class Timeline(QWidget):
    """Gantt, events and BIP."""

    opened = Signal(object)  # key of an event

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        legend = GanttLegend(theme, [(kind, tr(text)) for kind, text in LEGEND])
        self.gantt = Gantt(theme)
        gantt = Card(theme)
        add_head(gantt, tr("Insatser över tid"), legend)
        gantt.body.addWidget(self.gantt)
        self.events = EventList(theme, tr("Händelser"))
        self.events.opened.connect(self.opened)
        events = Card(theme, tr("Händelser"))
        events.body.addWidget(self.events, 1)
        self.bip = BipGrid(theme)
        self.bip_next = Text("", "meta", "text2")
        self.bip_card = Card(theme, "BIP", self.bip_next)
        self._bip_area = scrolled(self.bip, LEAST_BIP)
        self.bip_card.body.addWidget(self._bip_area, 1)
        self.bip_scale = Text("", "meta", "text2").wrapped()
        self.bip_card.body.addWidget(self.bip_scale)
        self._below = row(events, self.bip_card, spacing=14)
        self._below.setStretch(0, 1)
        layout = column(gantt, self._below, spacing=12)
        layout.setStretch(1, 1)
        self.setLayout(layout)
        self._fit()
        theme.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Events and BIP side by side where there is room, else one below the other."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        px = self._theme.px
        beside = self.width() >= px(BIP_WIDTH + EVENTS_WIDTH)
        way = QBoxLayout.Direction.LeftToRight if beside else QBoxLayout.Direction.TopToBottom
        self._below.setDirection(way)
        # Below the events there is nothing beside it to be as high as.
        self._bip_area.keep(LEAST_BIP if beside else ALL_LINES)
        self.bip_card.setMinimumWidth(px(BIP_WIDTH) if beside else 0)
        self.bip_card.setMaximumWidth(px(BIP_WIDTH) if beside else WIDEST)

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
    """A table in a card, or what to do while it is empty. `opened` with a row; `heading` shows the name."""

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
        heading: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.model: TableModel[R] = TableModel(columns, key=lambda r: getattr(r, key), parent=self)
        self.table = TableView(theme, self.model, name, settings, f"kort/{setting}")
        self.table.opened.connect(self.opened)
        self.table.opens = False
        self.table.horizontalScrollBar().rangeChanged.connect(lambda *_range: self.updateGeometry())
        self.empty = EmptyState(theme, *empty)
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        card = Card(theme, padding=0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self._stack)
        self._theme, self._heading = theme, Text(name, "section") if heading else None
        self.setLayout(column(*([self._heading] if self._heading else []), card, spacing=8))

    def minimumSizeHint(self) -> QSize:
        """The heading, the head of the table and a few rows."""
        rows = min(max(1, self.model.rowCount()), LEAST_ROWS)
        table = self._theme.row("table_head") + rows * self._theme.row("worklist") + 4
        bar = self.table.horizontalScrollBar()
        table += bar.sizeHint().height() if bar.maximum() > 0 else 0
        above = self._heading.sizeHint().height() + 8 if self._heading is not None else 0
        inside = table if self._stack.currentWidget() is self.table else self.empty.minimumSizeHint().height()
        return QSize(self._theme.px(120), above + inside)

    def show_rows(self, rows: Sequence[R]) -> None:
        """Show these."""
        self.model.set_rows(rows)
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        self.updateGeometry()


def scrolled(widget: QWidget, lines: int = LEAST_LINES) -> Tall:
    """A part of a page that scrolls where it does not fit, with so many lines of text in sight at least."""
    holder = QWidget()
    layout = QVBoxLayout(holder)
    layout.setContentsMargins(0, 0, 0, 0)
    layout.addWidget(widget)
    layout.addStretch(1)
    return Tall(holder, lines)
