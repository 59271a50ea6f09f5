"""The screen Aktivitetskrav: figures, picture and list. Knows widgets and rows; asks nobody."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QStackedWidget, QWidget

from db.queries.kravlista import Flik, KravRad, KravUrval
from desktop.formatting import plural, weekday_date
from desktop.i18n import tr
from desktop.screens.aktivitetskrav.model import Startad, Steg, start_span
from desktop.screens.aktivitetskrav.rows import make_columns
from desktop.screens.flode.model import Perioden
from desktop.screens.flode.view import PERIODER
from desktop.settings import Settings
from desktop.table_model import TableModel
from desktop.theme import Theme
from desktop.widgets.actions import ActionRow
from desktop.widgets.boxes import Card, EmptyState, PageHeader, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.chart_view import ChartView
from desktop.widgets.choice import Segmented, WrappedPills
from desktop.widgets.fields import CheckField, ComboField
from desktop.widgets.flow import Flow
from desktop.widgets.kon_strip import KonKpi, KonStrip
from desktop.widgets.table import TableView
from desktop.widgets.tall import scroll_page
from desktop.widgets.text import Text

FLIKAR = (
    (Flik.ALLA, "Alla"), (Flik.FORFALLNA, "Förfallna"), (Flik.SNART, "Går ut inom 3 dagar"),
    (Flik.PAGAR, "Pågår"), (Flik.UNDANTAG, "Undantag"), (Flik.GRANSKA, "Undantag att granska"),
    (Flik.UTAN_FRIST, "Utan frist"), (Flik.UPPFYLLT, "Uppfyllt"), (Flik.SENT, "Uppfyllt sent"),
)  # fmt: skip
STARTADE = (
    (Startad.ALLA, "Alla"), (Startad.MANAD, "Senaste månaden"), (Startad.MANADER_3, "Senaste 3 månaderna"),
    (Startad.I_AR, "I år"), (Startad.FORRA_ARET, "Förra året"),
)  # fmt: skip
LEAST_LIST, LEAST_CHART = 340, 190  # design px
NARROW = 880  # of the page, below which the picture stands under the figures


class AktivitetskravView(QWidget):
    """`asked` when all must be read again, `narrowed` when it is chosen among what is read."""

    asked = Signal()
    narrowed = Signal()
    picture_asked = Signal()
    figure_chosen = Signal(str)

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._today, self._day = theme, today, weekday_date(today)
        self.rule = Button(theme, tr("Frist och startpunkt…"), "settings", ButtonKind.QUIET)
        self.review = Button(theme, tr("Granska undantag…"), "file-check")
        self.exempt = Button(theme, tr("Ge undantag…"), "shield-check")
        self.decide = Button(theme, tr("Besluta aktivitet…"), "plus", ButtonKind.PRIMARY)
        self.acts = ActionRow(theme, self.rule, self.review, self.exempt, self.decide)
        self.header = PageHeader(tr("Aktivitetskrav"), self._day, self.acts)
        self.told = Text(" ", "meta", "text2").wrapped()
        self.period: ComboField[Perioden] = ComboField(
            theme, [(value, tr(text)) for value, text in PERIODER], toolbar=tr("Nyckeltal för")
        )
        self.period.set_value(Perioden.I_AR)
        self.kpis = KonStrip(theme, columns=2)
        self.steg = Segmented(
            theme, tr("Punkt i diagrammet"), [(Steg.MANAD, tr("Månad")), (Steg.KVARTAL, tr("Kvartal"))]
        )
        self.chart = ChartView(theme)
        self.pills = WrappedPills(theme, tr("Läge"), [(flik.value, tr(text)) for flik, text in FLIKAR])
        alla = tr("Alla")
        self.handlaggare: ComboField[str] = ComboField(theme, [("", alla)], toolbar=tr("Handläggare"))
        kon = [("", alla), ("K", tr("Kvinnor")), ("M", tr("Män"))]
        self.kon: ComboField[str] = ComboField(theme, kon, toolbar=tr("Kön"))
        self.start: ComboField[Startad] = ComboField(
            theme, [(value, tr(text)) for value, text in STARTADE], toolbar=tr("Startade")
        )
        self.open_only = CheckField(theme, tr("Bara öppna ärenden"))
        self.open_only.setChecked(True)
        self.model: TableModel[KravRad] = TableModel(make_columns(today), key=lambda r: r.id, parent=self)
        self.table = TableView(theme, self.model, tr("Aktivitetskrav"), settings, "aktivitetskrav/kolumner")
        self.empty = EmptyState(
            theme, tr("Hämtar"), tr("Ändra eller ta bort något val ovanför."), tr("Rensa filter"), self.clear
        )
        self._stack = QStackedWidget()
        self._lay_out()
        self._connect()
        self.show_acts(None)

    def filters(self) -> tuple[ComboField[str] | ComboField[Startad], ...]:
        """The choices that leave rows out."""
        return self.handlaggare, self.kon, self.start

    def urval(self) -> KravUrval:
        """What the list is narrowed to."""
        return KravUrval(
            Flik(self.pills.value()),
            self.handlaggare.value() or "",
            self.kon.value() or "",
            start_span(self.start.value() or Startad.ALLA, self._today),
        )

    def focus_filter(self) -> None:
        """Ctrl+F: the pill chosen."""
        self.pills.focus_chosen()

    def clear(self) -> None:
        """All open ärenden again."""
        for field in self.filters():
            with QSignalBlocker(field):
                field.setCurrentIndex(0)
        self.pills.set_value(Flik.ALLA)
        self.narrowed.emit()

    def show_choices(self, namn: Mapping[str, str]) -> None:
        """Those who can be chosen among, name by signatur; who is chosen stays."""
        with QSignalBlocker(self.handlaggare):
            self.handlaggare.set_items([("", tr("Alla")), *namn.items()])

    def show_rule(self, text: str) -> None:
        """The settings of R3–R4 in words."""
        self.told.setText(text)

    def show_counts(self, counts: Mapping[Flik, int]) -> None:
        """How many each pill would leave."""
        for flik, _ in FLIKAR:
            self.pills.set_count(flik.value, counts.get(flik, 0))

    def show_rows(self, rows: Sequence[KravRad], total: int, keep: bool) -> None:
        """The first page; with `keep` the place in the list stays."""
        keep = keep and self.table.currentIndex().isValid()
        self.model.set_rows(rows, total)
        self.header.meta.setText(f"{plural(total, tr('ärende'), tr('ärenden'))} · {self._day}")
        filtered = self.urval() != KravUrval()
        self.empty.fact.setText(tr("Inga träffar.") if filtered else tr("Inga ärenden följs just nu."))
        self.empty.button.setVisible(filtered)
        self.empty.advice.setVisible(filtered)
        self._stack.setCurrentWidget(self._listed if rows else self.empty)
        if rows and not keep:
            self.table.scrollToTop()
            self.table.setCurrentIndex(self.model.index(0, 0))
        self.show_acts(self.table.current_row() if rows else None)

    def show_figures(self, kpis: Sequence[KonKpi]) -> None:
        """The six figures."""
        self.kpis.set_figures(kpis)
        # They are made when their figures come, after the list: Tab goes as the eye does.
        before: QWidget = self.period
        for cell in self.kpis.cells:
            QWidget.setTabOrder(before, cell)
            before = cell

    def show_acts(self, rad: KravRad | None) -> None:
        """What can be done with the row chosen, and why not."""
        none = tr("Välj en rad i listan först.") if rad is None else ""
        closed = tr("Ärendet är avslutat.") if rad is not None and not rad.lage.oppet else ""
        without = tr("Inget undantag gäller idag.") if rad is not None and rad.lage.undantag is None else ""
        enroll = rad is not None and not rad.inskriven
        self.decide.setText(tr("Skriv in…") if enroll else tr("Besluta aktivitet…"))
        self.decide.setAccessibleName(self.decide.text())
        self.decide.set_disabled_because(none or closed)
        self.exempt.set_disabled_because(none or closed)
        self.review.set_disabled_because(none or without)

    def _lay_out(self) -> None:
        theme = self._theme
        figures = Card(theme, padding=14)
        figures.setAccessibleName(tr("Nyckeltal"))
        figures.body.addWidget(self.period, 0, Qt.AlignmentFlag.AlignLeft)
        figures.body.addWidget(self.kpis, 1)
        picture = Card(theme, padding=12)
        picture.body.addWidget(self.steg, 0, Qt.AlignmentFlag.AlignLeft)
        picture.body.addWidget(self.chart, 1)
        self._listed = Card(theme, padding=0)
        self._listed.body.setContentsMargins(1, 1, 1, 1)
        self._listed.body.addWidget(self.table)
        for widget in (self.empty, self._listed):
            self._stack.addWidget(widget)
        self._top = row(figures, picture, spacing=12)
        self._top.setStretch(0, 10)
        self._top.setStretch(1, 11)
        inner = QWidget()
        inside = column(self._top, self.pills, Flow(*self.filters(), self.open_only), self._stack, spacing=12)
        inside.setStretch(3, 1)
        inner.setLayout(inside)
        self._scroll = scroll_page(inner)
        layout = column(self.header, self.told, self._scroll, spacing=8, margins=(24, 14, 24, 12))
        layout.setStretch(2, 1)
        self.setLayout(layout)
        theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        px = self._theme.px
        narrow = self.width() < px(NARROW)
        self._top.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self._stack.setMinimumHeight(px(LEAST_LIST))
        self.chart.setMinimumHeight(px(LEAST_CHART))
        for field in (self.period, *self.filters()):
            field.setMaximumWidth(px(260))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow page the picture stands under the figures."""
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        self.steg.chosen.connect(lambda _key: self.picture_asked.emit())
        self.pills.chosen.connect(lambda _key: self.narrowed.emit())
        for field in self.filters():
            field.activated.connect(lambda _index: self.narrowed.emit())
        self.open_only.clicked.connect(lambda: self.asked.emit())
        self.model.sort_wanted.connect(lambda _key, _falling: self.narrowed.emit())
        self.table.current_changed.connect(self.show_acts)
        self.kpis.chosen.connect(self.figure_chosen)
