"""Platser & beläggning: key figures, the table of enheter, and what is to come. Asks nobody."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtCore import QRect, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from desktop.charts.looks import look_of
from desktop.charts.picture import Picture
from desktop.charts.scene import Drawing, Rect, Stroke
from desktop.formatting import number
from desktop.i18n import tr
from desktop.screens.platser.rows import Rad, make_columns
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, chain_tabs, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.chart_view import ChartView
from desktop.widgets.choice import Segmented
from desktop.widgets.date_field import DateField
from desktop.widgets.drawn import Drawn
from desktop.widgets.fields import ComboField
from desktop.widgets.figures import Kpi, KpiStrip
from desktop.widgets.flow import Flow
from desktop.widgets.grouped_table import GroupedModel, GroupedTable
from desktop.widgets.tall import Tall
from desktop.widgets.text import Text
from desktop.widgets.wrap import WrapRow

REGI = (("alla", "Alla"), ("intern", "Interna"), ("extern", "Externa"))
LEGEND = (
    ("belagd", "Belagd"),
    ("reserverad", "Reserverad"),
    ("ledig", "Ledig"),
    ("overbelagd", "Överbelagd"),
)
ONE_ROW = 1090  # design px from which all key figures stand side by side
NARROW = 860  # design px below which the pictures stand one below the other
CHART_HEIGHT = 116


@dataclass(frozen=True, slots=True)
class Val:
    """What is shown: which enheter, an insatstyp (0 for all), only those with room, and on which day."""

    regi: str
    typ: int
    lediga: bool
    dag: date


class PlatserView(QWidget):
    """`asked` when another choice is made; `opened` with a row, `week_wanted` with "intern:2026-11-16"."""

    asked = Signal()
    opened = Signal(object)
    new_wanted = Signal()
    queue_wanted = Signal()
    goal_wanted = Signal()
    week_wanted = Signal(str)

    def __init__(
        self, theme: Theme, settings: Settings, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._today = theme, today
        self._figures: tuple[Kpi, ...] = ()
        self._in_one_row: bool | None = None
        self.dag = DateField(theme, today, today())
        self.dag.line.setAccessibleName(tr("Visa platserna den dag"))
        self.regi = Segmented(theme, tr("Vilka platser"), [(key, tr(text)) for key, text in REGI])
        self.typ: ComboField[int] = ComboField(theme, [(0, tr("Alla insatser"))], toolbar=tr("Typ"))
        self.lediga = Button(theme, tr("Endast lediga"), "funnel")
        self.lediga.setCheckable(True)
        self.new = Button(theme, tr("Ny plats"), "plus", ButtonKind.PRIMARY)
        self.title = Text(tr("Platser & beläggning"), "page")
        # Two rows of them where the window is narrow.
        self.kpis = KpiStrip(theme), KpiStrip(theme)
        self.model: GroupedModel[Rad] = GroupedModel(
            make_columns(), lambda r: r.nyckel, lambda r: r.grupp, lambda r: r.is_head, self
        )
        self.table = GroupedTable(theme, self.model, tr("Platser"), settings, "platser/kolumner")
        self.empty = EmptyState(theme, tr("Inga platser ännu."), "", tr("Ny enhet…"), self.new_wanted.emit)
        self.queue = Button(theme, tr("Kö"), "users-round")
        self.goal = Button(theme, tr("Mål…"), "target")
        self.goal_told = Text("", "meta", weight=600)
        self.months, self.weeks = ChartView(theme), ChartView(theme)
        self.table.set_sorting(("belaggning", True))
        self._stack = QStackedWidget()
        self._stack.addWidget(self.table)
        self._stack.addWidget(self.empty)
        self._lay_out()
        self._connect()

    def val(self) -> Val:
        """What is chosen; a day that cannot be read is today."""
        return Val(
            self.regi.value(), self.typ.value() or 0, self.lediga.isChecked(),
            self.dag.value() or self._today(),
        )  # fmt: skip

    def show_choices(self, typer: Sequence[tuple[int, str]]) -> None:
        """What can be filtered by; what is chosen stays."""
        with QSignalBlocker(self.typ):
            self.typ.set_items([(0, tr("Alla insatser")), *typer])

    def show_figures(self, figures: Sequence[Kpi], waiting: int) -> None:
        """The row of key figures, and how many wait."""
        self._figures = tuple(figures)
        self._show_strips()
        self.queue.setText(f"{tr('Visa kön')} ({number(waiting)})")
        self.queue.setAccessibleName(self.queue.text())
        self.queue.updateGeometry()

    def show_goal(self, goal: tuple[str, str, int] | None) -> None:
        """How far the goal of new places is."""
        told = f"{goal[0]}, {goal[2]}\u00a0%" if goal else ""
        self.goal_told.setText(told)
        self.goal_told.setToolTip(goal[1] if goal else "")
        self.goal_told.setAccessibleName(f"{told}, {goal[1]}" if goal else "")
        self.goal_told.setVisible(goal is not None)

    def show_rows(self, rows: Sequence[Rad], any_at_all: bool) -> None:
        """The table, or why it is empty."""
        self.model.show(rows)
        self._stack.setCurrentWidget(self.table if rows else self.empty)
        self.empty.fact.setText(tr("Inga träffar.") if any_at_all else tr("Inga platser ännu."))
        advice = (
            tr("Ändra eller ta bort något val ovanför.")
            if any_at_all
            else tr("Lägg till den första enheten.")
        )
        self.empty.advice.setText(advice)
        self.empty.advice.show()
        self.empty.button.setVisible(not any_at_all)
        self.empty.setAccessibleName(f"{self.empty.fact.text()} {advice}")
        if rows and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(min(1, self.model.rowCount() - 1), 0))

    def show_pictures(self, months: Picture, weeks: Picture) -> None:
        """What has been and what is to come. Counts of places: nothing of them is hidden."""
        self.months.set_picture(months)
        self.weeks.set_picture(weeks)

    def current(self) -> Rad | None:
        """The enhet under the ring; None on a head."""
        rad = self.table.current_row()
        return rad if isinstance(rad, Rad) and not rad.is_head else None

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The pictures side by side where there is room."""
        super().resizeEvent(event)
        narrow = self.width() < self._theme.px(NARROW)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._pictures.setDirection(way)
        if (self.width() >= self._theme.px(ONE_ROW)) is not self._in_one_row:
            self._show_strips()

    def _themed(self) -> None:
        self.dag.setFixedWidth(self._theme.px(142))
        self.typ.setMaximumWidth(self._theme.px(190))

    def _show_strips(self) -> None:
        """All in a row, or half of them in each of two."""
        self._in_one_row = self.width() >= self._theme.px(ONE_ROW)
        half = len(self._figures) if self._in_one_row else len(self._figures) // 2
        for strip, own in zip(self.kpis, (self._figures[:half], self._figures[half:]), strict=True):
            strip.set_figures(own)
            strip.setVisible(bool(own))

    def _lay_out(self) -> None:
        theme = self._theme
        self._themed()
        figures = Card(theme)
        figures.body.setContentsMargins(16, 7, 16, 7)
        for strip in self.kpis:
            figures.body.addWidget(strip)
        self.kpis[1].hide()
        table = Card(theme, padding=0)
        table.body.setContentsMargins(1, 1, 1, 1)
        table.body.addWidget(self._stack)
        legend = Flow(*(self._legend(look, tr(text)) for look, text in LEGEND), spacing=14)
        under = row(legend, self.goal_told, self.goal, self.queue, spacing=8)
        under.setStretch(0, 1)
        under.setAlignment(legend, Qt.AlignmentFlag.AlignVCenter)
        cards = []
        for chart in (self.months, self.weeks):
            card = Card(theme)
            card.body.setContentsMargins(16, 8, 14, 6)
            card.body.addWidget(chart)
            chart.canvas.setMinimumHeight(theme.px(CHART_HEIGHT))
            cards.append(card)
        self._pictures = row(*cards, spacing=12)
        self._pictures.setStretch(0, 3)
        self._pictures.setStretch(1, 2)
        inner = QWidget()
        layout = column(figures, table, under, self._pictures, spacing=8, margins=(24, 0, 24, 10))
        layout.setStretch(3, 1)
        inner.setLayout(layout)
        self._scroll = Tall(inner)
        # Goes on in another line where the text is large.
        header = WrapRow((self.title, self.dag), (self.regi, self.typ, self.lediga, self.new), spacing=8)
        top = column(header, margins=(24, 14, 24, 0))
        whole = column(top, self._scroll, spacing=10)
        whole.setStretch(1, 1)
        self.setLayout(whole)
        chain_tabs(
            self.dag.line, *self.regi.findChildren(QWidget), self.typ, self.lediga, self.new, self.table,
            self.goal, self.queue, self.months.toggle,
        )  # fmt: skip

    def _legend(self, look: str, text: str) -> QWidget:
        found = look_of(look)
        edge = Stroke(found.edge) if found.edge else None
        swatch = Drawing(18, 12, (Rect(0, 0, 18, 12, found.fill, edge, 2),))
        box = QWidget()
        box.setLayout(row(Drawn(self._theme, swatch), Text(text, "meta", "text2"), spacing=6))
        return box

    def _connect(self) -> None:
        self._theme.changed.connect(self._themed)
        self.dag.value_changed.connect(lambda day: self.asked.emit() if day is not None else None)
        self.regi.chosen.connect(lambda _key: self.asked.emit())
        self.typ.currentIndexChanged.connect(lambda _index: self.asked.emit())
        self.lediga.clicked.connect(lambda: self.asked.emit())
        self.table.opened.connect(self._open)
        self.table.current_changed.connect(lambda _row: self._follow())
        self.new.clicked.connect(lambda: self.new_wanted.emit())
        self.queue.clicked.connect(lambda: self.queue_wanted.emit())
        self.goal.clicked.connect(lambda: self.goal_wanted.emit())
        self.weeks.chosen.connect(self.week_wanted)

    def _open(self, rad: object) -> None:
        if isinstance(rad, Rad) and not rad.is_head:
            self.opened.emit(rad)

    def _follow(self) -> None:
        """The current row stays in sight though the page scrolls and not the table."""
        inner = self._scroll.widget()
        if not self.table.hasFocus() or inner is None:
            return
        at: QRect = self.table.visualRect(self.table.currentIndex())
        top = self.table.viewport().mapTo(inner, at.topLeft())
        self._scroll.ensureVisible(0, top.y() + at.height() // 2, 0, at.height())
