"""The screen Avslut: key figures over four pages. Knows widgets and rows; asks nobody."""

from collections.abc import Mapping, Sequence
from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from desktop.charts.picture import Picture
from desktop.formatting import number, weekday_date
from desktop.i18n import tr
from desktop.screens.avslut.model import Resultatrad
from desktop.screens.avslut.rows import make_result_columns
from desktop.screens.avslut.uppfoljningar_view import UppfoljningarView
from desktop.screens.flode.model import Perioden
from desktop.screens.flode.view import PERIODER
from desktop.settings import Settings
from desktop.skarm_service import Underlag
from desktop.table_model import TableModel
from desktop.theme import Theme
from desktop.widgets.boxes import Card, PageHeader, chain_tabs, column, row
from desktop.widgets.chart_view import ChartView
from desktop.widgets.choice import Segmented
from desktop.widgets.fields import ComboField
from desktop.widgets.flow import Flow
from desktop.widgets.kon_strip import KonKpi, KonStrip
from desktop.widgets.table import TableView
from desktop.widgets.tall import scroll_page
from desktop.widgets.text import Text

RESULTAT, MATRIS, UPPFOLJNINGAR, KVAR = "resultat", "matris", "uppfoljningar", "kvar"
SIDOR = (
    (RESULTAT, "Resultat"), (MATRIS, "Före och efter"), (UPPFOLJNINGAR, "Uppföljningar"),
    (KVAR, "Kvar eller tillbaka"),
)  # fmt: skip
KON = (("totalt", "Alla"), ("kvinnor", "Kvinnor"), ("man", "Män"))
IDAG, SLUT = "idag", "slut"
NARROW, WIDE = 880, 1080  # of the page: pictures under each other below, all figures in a row above
LEAST_TABLE, LEAST_CHART = 340, 220  # design px
Bild = tuple[Picture, Underlag[Picture]]


class AvslutView(QWidget):
    """`asked` when the figures must be read again, `drawn_again` when only the matrix is of another kön."""

    asked = Signal()
    drawn_again = Signal()
    turned = Signal(str)  # the page chosen
    figure_chosen = Signal(str)
    part_chosen = Signal(str)

    def __init__(self, theme: Theme, settings: Settings, today: date, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.page = Segmented(theme, tr("Visa"), [(key, tr(text)) for key, text in SIDOR])
        self.header = PageHeader(tr("Avslut"), weekday_date(today))
        self.period: ComboField[Perioden] = ComboField(
            theme, [(value, tr(text)) for value, text in PERIODER], toolbar=tr("Period")
        )
        self.period.set_value(Perioden.I_AR)
        self.per: ComboField[str] = ComboField(
            theme, [(IDAG, tr("idag")), (SLUT, tr("periodens sista dag"))], toolbar=tr("Läget bedöms")
        )
        self.kpis = KonStrip(theme, columns=6)
        self.charts = {name: ChartView(theme) for name in ("klasser", "matris", "kvar", "dagar", "tillbaka")}
        self.kon = Segmented(theme, tr("Kön i matrisen"), [(key, tr(text)) for key, text in KON])
        self.told = Text("", "meta", "text2").wrapped()
        self.model: TableModel[Resultatrad] = TableModel(
            make_result_columns(), key=lambda rad: rad.id, parent=self
        )
        self.table = TableView(theme, self.model, tr("Avslut efter resultat"))
        self.uppfoljningar = UppfoljningarView(theme, settings, today)
        self.pages: dict[str, QWidget] = {}
        self._rows: list[QBoxLayout] = []
        self._lay_out()
        self._connect()
        self._turn(RESULTAT)

    def shown(self) -> str:
        """The page that shows."""
        return self.page.value()

    def show_page(self, key: str) -> None:
        """Turn to a page."""
        self.page.set_value(key)
        self._turn(key)

    def focus_filter(self) -> None:
        """Ctrl+F: what the page is filtered by."""
        shown = self.shown()
        if shown == UPPFOLJNINGAR:
            self.uppfoljningar.pills.focus_chosen()
        else:
            self.period.setFocus()

    def first(self) -> QWidget:
        """Where the work of the page begins."""
        return {
            RESULTAT: self.table, MATRIS: self.charts["matris"].canvas,
            UPPFOLJNINGAR: self.uppfoljningar.table, KVAR: self.charts["kvar"].canvas,
        }[self.shown()]  # fmt: skip

    def show_figures(self, kpis: Sequence[KonKpi], rows: Sequence[Resultatrad]) -> None:
        """The key figures and the table of results."""
        self.kpis.set_figures(kpis)
        # They are made when their figures come: Tab goes as the eye does.
        chain_tabs(self.per, *self.kpis.cells)
        self.model.set_rows(rows)
        # R2: those of unknown kön have a column of their own only where there are any.
        unknown = any(rad.varde.uppgift_saknas for rad in rows)
        self.table.setColumnHidden([c.key for c in self.model.columns].index("uppgift_saknas"), not unknown)
        if rows and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(0, 0))

    def show_pictures(self, pictures: Mapping[str, Bild]) -> None:
        """Pictures by name, each with what it is made of when it leaves."""
        for name, (shown, underlag) in pictures.items():
            self.charts[name].set_picture(shown, underlag=underlag)

    def show_missing(self, fore: float, efter: float) -> None:
        """How many avslut tell of no försörjning before, and after."""
        words = tr("Försörjningar som ingen hade visas inte.")
        if fore or efter:
            before = f"{tr('Uppgift saknas om försörjningen före i')} {number(fore)} {tr('avslut')}"
            words = f"{before} {tr('och efter i')} {number(efter)}. {words}"
        self.told.setText(words)

    def _card(self, *parts: QWidget) -> Card:
        card = Card(self._theme, padding=14)
        for part in parts:
            card.body.addWidget(part, 1 if isinstance(part, ChartView) else 0)
        return card

    def _beside(self, *cards: QWidget) -> QBoxLayout:
        """Cards beside each other, under each other where there is no room."""
        layout = row(*cards, spacing=12)
        for at in range(len(cards)):
            layout.setStretch(at, 1)
        self._rows.append(layout)
        return layout

    def _lay_out(self) -> None:
        charts = self.charts
        figures = self._card(self.kpis)
        figures.setAccessibleName(tr("Nyckeltal"))
        listed = Card(self._theme, padding=0)
        listed.body.setContentsMargins(1, 1, 1, 1)
        listed.body.addWidget(self.table)
        lasted = self._beside(self._card(charts["kvar"]), self._card(charts["dagar"]))
        contents = {
            RESULTAT: self._beside(self._card(charts["klasser"]), listed),
            MATRIS: column(self._card(charts["matris"], self.told), 0, spacing=12),
            UPPFOLJNINGAR: column(self.uppfoljningar, spacing=0),
            KVAR: column(lasted, self._card(charts["tillbaka"]), 0, spacing=12),
        }
        charts["matris"].layout().insertWidget(1, self.kon)  # type: ignore[union-attr]
        inner = QWidget()
        inside = column(figures, spacing=12)
        for key, content in contents.items():
            self.pages[key] = QWidget()
            self.pages[key].setLayout(content)
            inside.addWidget(self.pages[key], 1)
        inner.setLayout(inside)
        scroll = scroll_page(inner)
        filters = Flow(self.page, self.period, self.per)
        layout = column(self.header, filters, scroll, spacing=12, margins=(24, 14, 24, 12))
        layout.setStretch(2, 1)
        self.setLayout(layout)
        self._theme.changed.connect(self._fit)
        self._fit()

    def _fit(self) -> None:
        px = self._theme.px
        narrow = self.width() < px(NARROW)
        for layout in self._rows:
            layout.setDirection(
                QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
            )
        self.kpis.set_columns(6 if self.width() >= px(WIDE) else 3)
        self.table.setMinimumHeight(px(LEAST_TABLE))
        self.charts["dagar"].setMinimumHeight(px(LEAST_CHART))  # the others are as high as they need
        self.period.setMaximumWidth(px(220))
        self.per.setMaximumWidth(px(300))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow page everything stands under each other."""
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        self.per.activated.connect(lambda _index: self.asked.emit())
        self.kon.chosen.connect(lambda _key: self.drawn_again.emit())
        self.page.chosen.connect(self._turn)
        self.page.chosen.connect(self.turned)
        self.kpis.chosen.connect(self.figure_chosen)
        self.table.opened.connect(lambda rad: self.part_chosen.emit(f"{rad.id}:"))
        for chart in self.charts.values():
            chart.chosen.connect(self.part_chosen)

    def _turn(self, key: str) -> None:
        for name, page in self.pages.items():
            page.setVisible(name == key)
