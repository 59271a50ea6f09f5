"""The screen Flöde: figures over a board or a list. Knows widgets and rows; asks nobody."""

from collections.abc import Hashable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from db.queries.tavla import FlodeUrval, FlodeVal
from desktop.formatting import NBSP, number, weekday_date
from desktop.i18n import tr
from desktop.screens.flode.model import Perioden
from desktop.screens.flode.rows import FlodeRow, make_row_columns
from desktop.settings import Settings
from desktop.table_model import TableModel
from desktop.theme import Theme
from desktop.widgets.actions import ActionRow
from desktop.widgets.board import Board, BoardColumn
from desktop.widgets.boxes import Card, EmptyState, PageHeader, column, row
from desktop.widgets.button import Button
from desktop.widgets.chart_view import ChartView
from desktop.widgets.choice import Segmented
from desktop.widgets.fields import CheckField, ComboField
from desktop.widgets.flow import Flow
from desktop.widgets.kon_strip import KonKpi, KonStrip
from desktop.widgets.paint import text_width
from desktop.widgets.table import TableView
from desktop.widgets.tall import scroll_page

ALDRAR: tuple[tuple[str, tuple[int | None, int | None]], ...] = (
    ("Alla", (None, None)), ("Under 25", (None, 24)), ("25–54", (25, 54)), ("55 och över", (55, None)),
)  # fmt: skip
PERIODER = (
    (Perioden.MANAD, "Senaste månaden"), (Perioden.VECKOR_26, "26 veckor"), (Perioden.VECKOR_52, "52 veckor"),
    (Perioden.I_AR, "I år"), (Perioden.FORRA_ARET, "Förra året"), (Perioden.EGEN, "Egna datum…"),
)  # fmt: skip
LEAST_BOARD = 320  # design px
LEAST_CHART = 190
ROOM_FOR_CHOICE = 82  # beside the label of a filter
NARROW = 880  # of the page, below which the picture stands under the figures


class FlodeView(QWidget):
    """`asked` when the filters change; the rest tells what was pressed."""

    asked = Signal()
    filtered = Signal()  # only what is at hand is chosen among
    shown_as = Signal(str)  # "tavla" or "lista"
    opened = Signal(object)  # inskrivning id
    moved = Signal(object, object)  # inskrivning id, steg id
    figure_chosen = Signal(str)
    steg_chosen = Signal(object)

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._day = theme, weekday_date(today)
        self.shape = Segmented(theme, tr("Visa som"), [("tavla", tr("Tavla")), ("lista", tr("Lista"))])
        self.vagar = Button(theme, tr("Vart går de…"), "arrow-right")
        self.steg = Button(theme, tr("Steg och gränser"), "settings")
        self.header = PageHeader(tr("Flöde"), self._day, self.shape, ActionRow(theme, self.vagar, self.steg))
        self.period: ComboField[Perioden] = ComboField(
            theme, [(value, tr(text)) for value, text in PERIODER], toolbar=tr("Period")
        )
        alla = tr("Alla")
        self.spar: ComboField[str] = ComboField(theme, [("", alla)], toolbar=tr("Spår"))
        self.enhet: ComboField[int] = ComboField(theme, [(0, alla)], toolbar=tr("Enhet"))
        self.koordinator: ComboField[str] = ComboField(theme, [("", alla)], toolbar=tr("Koordinator"))
        kon = [("", alla), ("K", tr("Kvinnor")), ("M", tr("Män"))]
        self.kon: ComboField[str] = ComboField(theme, kon, toolbar=tr("Kön"))
        self.alder: ComboField[int] = ComboField(
            theme, [(place, tr(text)) for place, (text, _) in enumerate(ALDRAR)], toolbar=tr("Ålder")
        )
        self.omrade: ComboField[str] = ComboField(theme, [("", alla)], toolbar=tr("Område"))
        self.over = CheckField(theme, tr("Bara över riktvärde"))
        self.kpis = KonStrip(theme)
        self.chart = ChartView(theme)
        self.board = Board(theme, tr("Tavla"))
        self.model: TableModel[FlodeRow] = TableModel(
            make_row_columns(today), key=lambda r: r.inskrivning_id, parent=self
        )
        self.table = TableView(theme, self.model, tr("Flöde"), settings, "flode/kolumner")
        self.empty = EmptyState(
            theme,
            tr("Inga träffar."),
            tr("Ändra eller ta bort något val ovanför."),
            tr("Rensa filter"),
            self.clear_filters,
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()

    def filters(self) -> tuple[ComboField[str] | ComboField[int], ...]:
        """The choices that leave people out."""
        return self.spar, self.enhet, self.koordinator, self.kon, self.alder, self.omrade

    def show_choices(self, val: FlodeVal, namn: Mapping[str, str]) -> None:
        """What can be filtered by; what is chosen stays."""
        alla = tr("Alla")
        offered = (
            (self.spar, [("", alla), *((s, s) for s in val.spar)]),
            (self.koordinator, [("", alla), *((s, namn.get(s, s)) for s in val.koordinatorer)]),
            (self.omrade, [("", alla), *((o, o) for o in val.omraden)]),
        )
        for field, items in offered:
            with QSignalBlocker(field):
                field.set_items(items)
        with QSignalBlocker(self.enhet):
            self.enhet.set_items([(0, alla), *val.enheter])

    def urval(self) -> FlodeUrval:
        """The filters chosen."""
        return FlodeUrval(
            spar=self.spar.value() or "",
            enhet_id=self.enhet.value() or None,
            koordinator=self.koordinator.value() or "",
            kon=self.kon.value() or "",
            aldrar=ALDRAR[self.alder.value() or 0][1],
            omrade=self.omrade.value() or "",
        )

    def clear_filters(self) -> None:
        """Everybody again."""
        for field in self.filters():
            with QSignalBlocker(field):
                field.setCurrentIndex(0)
        self.over.setChecked(False)
        self.asked.emit()

    def show_columns(self, columns: Sequence[BoardColumn], rows: Sequence[FlodeRow]) -> None:
        """The board and the same people as a list."""
        self.board.set_columns(columns)
        self.model.set_rows(rows)
        self.header.meta.setText(f"{self._day} · {number(len(rows))}{NBSP}{tr('deltagare på tavlan')}")
        filtered = self.urval() != FlodeUrval() or self.over.isChecked()
        self.empty.fact.setText(tr("Inga träffar.") if filtered else tr("Ingen är inskriven just nu."))
        self.empty.button.setVisible(filtered)
        self.empty.advice.setVisible(filtered)
        self._choose_shape()

    def show_figures(self, kpis: Sequence[KonKpi]) -> None:
        """The six figures."""
        self.kpis.set_figures(kpis)

    def select(self, inskrivning_id: Hashable) -> None:
        """Put the focus on somebody's card."""
        self.board.select(inskrivning_id)

    def _choose_shape(self) -> None:
        some = self.model.rowCount() > 0
        shape = self.board if self.shape.value() == "tavla" else self._listed
        self._stack.setCurrentWidget(shape if some else self.empty)

    def _lay_out(self) -> None:
        theme = self._theme
        figures = Card(theme, padding=14)
        figures.body.addWidget(self.kpis)
        figures.setAccessibleName(tr("Nyckeltal"))
        picture = Card(theme, padding=12)
        picture.body.addWidget(self.chart)
        self._listed = Card(theme, padding=0)
        self._listed.body.setContentsMargins(1, 1, 1, 1)
        self._listed.body.addWidget(self.table)
        for widget in (self.board, self._listed, self.empty):
            self._stack.addWidget(widget)
        self._top = row(figures, picture, spacing=12)
        self._top.setStretch(0, 11)
        self._top.setStretch(1, 10)
        filters = Flow(self.period, *self.filters(), self.over)
        inner = QWidget()
        inside = column(self._top, self._stack, spacing=12)
        inside.setStretch(1, 1)
        inner.setLayout(inside)
        self._scroll = scroll_page(inner)
        layout = column(self.header, filters, self._scroll, spacing=12, margins=(24, 14, 24, 12))
        layout.setStretch(2, 1)
        self.setLayout(layout)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        narrow = self.width() < self._theme.px(NARROW)
        direction = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._top.setDirection(direction)
        self._stack.setMinimumHeight(self._theme.px(LEAST_BOARD))
        for field in (self.period, *self.filters()):
            label = text_width(self._theme, field.accessibleName(), "meta")
            field.setMaximumWidth(label + self._theme.px(ROOM_FOR_CHOICE))
        self.period.setMaximumWidth(self._theme.px(200))
        self.chart.setMinimumHeight(self._theme.px(LEAST_CHART))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow page the picture stands under the figures."""
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        for field in self.filters():
            field.activated.connect(lambda _index: self.asked.emit())
        self.over.clicked.connect(lambda: self.filtered.emit())
        self.shape.chosen.connect(self._shaped)
        self.board.opened.connect(self.opened)
        self.board.moved.connect(self.moved)
        self.board.head_chosen.connect(self.steg_chosen)
        self.table.opened.connect(lambda found: self.opened.emit(found.inskrivning_id))
        self.kpis.chosen.connect(self.figure_chosen)

    def _shaped(self, key: str) -> None:
        self._choose_shape()
        self.shown_as.emit(key)
