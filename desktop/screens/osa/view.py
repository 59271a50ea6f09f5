"""The screen OSA: figures, picture, and under them a list, a time line, övergångar or places. Asks nobody."""

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from PySide6.QtCore import QSignalBlocker, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from db.queries.osa import ALLA, TYPER, UTAN_ENHET, OsaFlik, OsaRad, OsaTid, OsaUrval
from db.queries.osa_siffror import list_ar
from desktop.formatting import plural
from desktop.i18n import tr
from desktop.screens.osa.model import VOLYM, Tidval, Visning, make_tid, tell_tid
from desktop.screens.osa.pages import OsaPages
from desktop.screens.osa.timeline import Fonster, draw_axis, draw_row, make_window
from desktop.screens.words import first_upper
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.actions import ActionRow
from desktop.widgets.boxes import Card, PageHeader, chain_tabs, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.chart_paint import measure
from desktop.widgets.chart_view import ChartView
from desktop.widgets.choice import Segmented, WrappedPills
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField
from desktop.widgets.flow import Flow
from desktop.widgets.kon_strip import KonKpi, KonStrip
from desktop.widgets.tall import scroll_page

FLIKAR = (
    (OsaFlik.ALLA, "Alla"), (OsaFlik.UTAN, "Utan beslut"), (OsaFlik.GAR_UT, "Går ut inom 60 dagar"),
    (OsaFlik.FINNS, "Beslut finns"), (OsaFlik.KRAVS_INTE, "Kräver inget beslut"),
    (OsaFlik.KOMMER, "Börjar senare"),
)  # fmt: skip
VISNINGAR = (
    (Visning.LISTA, "Lista"), (Visning.TIDSLINJE, "Tidslinje"), (Visning.OVERGANGAR, "Övergångar"),
    (Visning.PLATSER, "Interna platser"),
)  # fmt: skip
SPANN = ((1, "1 år"), (2, "2 år"), (4, "4 år"))
LEAST_LIST, LEAST_CHART = 340, 190  # design px
NARROW = 880  # of the page, below which the picture stands under the figures


class OsaView(QWidget):
    """`asked` when other days must be read, `narrowed` when it is chosen among what is read."""

    asked = Signal()
    narrowed = Signal()
    picture_asked = Signal()
    figure_chosen = Signal(str)
    opened = Signal(object)  # a row of any of the tables

    def __init__(
        self, theme: Theme, settings: Settings, today: Callable[[], date], parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._today = theme, today
        self._shown_tid = make_tid(Tidval.DAG, today(), 0, today())
        self.goal = Button(theme, tr("Mål…"), "target", ButtonKind.QUIET)
        self.go_over = Button(theme, tr("Övergång…"), "arrow-right")
        self.follow = Button(theme, tr("Följ upp…"), "phone")
        self.decide = Button(theme, tr("Nytt beslut…"), "plus", ButtonKind.PRIMARY)
        self.acts = ActionRow(theme, self.goal, self.go_over, self.follow, self.decide)
        self.header = PageHeader("OSA", " ", self.acts)
        self.tidval = Segmented(
            theme, tr("Placeringar på en dag eller under ett år"),
            [(Tidval.DAG, tr("Dag")), (Tidval.AR, tr("År"))],
        )  # fmt: skip
        self.dag = DateField(theme, today, today())
        self.dag.line.setAccessibleName(tr("Dag"))
        years = [(ar, str(ar)) for ar in reversed(list_ar(today()))]
        self.ar: ComboField[int] = ComboField(theme, years, toolbar=tr("År"))
        self.kpis = KonStrip(theme, columns=3)
        self.volym: ComboField[str] = ComboField(
            theme, [(key, tr(text)) for key, text in VOLYM.items()], toolbar=tr("Visa")
        )
        self.chart = ChartView(theme)
        self.visning = Segmented(theme, tr("Visa"), [(key, tr(text)) for key, text in VISNINGAR])
        self.spann: ComboField[int] = ComboField(
            theme, [(ar, tr(text)) for ar, text in SPANN], toolbar=tr("Tidslinjen visar")
        )
        self.spann.set_value(2)
        self.pills = WrappedPills(theme, tr("Beslut"), [(flik.value, tr(text)) for flik, text in FLIKAR])
        self._make_filters()
        self.pages = OsaPages(theme, settings, today, self.clear)
        self._lay_out()
        self._connect()
        self._show_visning()
        self.show_acts(None)

    def _make_filters(self) -> None:
        theme, alla = self._theme, tr("Alla")
        typer = [("", alla), *((typ, first_upper(typ)) for typ in TYPER)]
        self.typ: ComboField[str] = ComboField(theme, typer, toolbar=tr("Typ"))
        self.enhet: ComboField[int | None] = ComboField(theme, [(None, alla)], toolbar=tr("Enhet"))
        self.ansvarig: ComboField[str] = ComboField(theme, [("", alla)], toolbar=tr("Ansvarig"))
        kon = [("", alla), ("K", tr("Kvinnor")), ("M", tr("Män"))]
        self.kon: ComboField[str] = ComboField(theme, kon, toolbar=tr("Kön"))

    def tid(self) -> OsaTid:
        """The days of what is shown."""
        return self._shown_tid

    def wanted_tid(self) -> OsaTid:
        """The days chosen; a day that cannot be read is today."""
        idag = self._today()
        return make_tid(
            Tidval(self.tidval.value()), self.dag.value() or idag, self.ar.value() or idag.year, idag
        )

    def visas(self) -> Visning:
        """What is shown under the figures."""
        return Visning(self.visning.value())

    def filters(self) -> tuple[ComboField[str] | ComboField[int | None], ...]:
        """The choices that leave rows out."""
        return self.typ, self.enhet, self.ansvarig, self.kon

    def urval(self) -> OsaUrval:
        """What the list is narrowed to."""
        return OsaUrval(
            OsaFlik(self.pills.value()), self.typ.value() or "", self.enhet.value(),
            self.ansvarig.value() or "", self.kon.value() or "",
        )  # fmt: skip

    def sorting(self) -> tuple[str, bool] | None:
        """How the list or the time line is sorted."""
        sorting = self.pages.current_table().sorting()
        return sorting if self.visas() in (Visning.LISTA, Visning.TIDSLINJE) else self.pages.table.sorting()

    def current_rad(self) -> OsaRad | None:
        """The placement under the ring of the list or the time line."""
        found = self.pages.current_table().current_row()
        return found if isinstance(found, OsaRad) else None

    def choose_visning(self, visning: Visning) -> None:
        """Show this under the figures."""
        self.visning.set_value(visning.value)
        self._show_visning()

    def focus_filter(self) -> None:
        """Ctrl+F: the pill chosen, else the choice of what is shown."""
        if self.pills.isVisible():
            self.pills.focus_chosen()
        else:
            self.visning.focus_chosen()

    def clear(self) -> None:
        """Everybody of the days chosen again."""
        for field in self.filters():
            with QSignalBlocker(field):
                field.setCurrentIndex(0)
        self.pills.set_value(OsaFlik.ALLA)
        self.narrowed.emit()

    def show_choices(self, enheter: Sequence[tuple[int, str]], namn: Mapping[str, str]) -> None:
        """What can be chosen among; what is chosen stays."""
        alla = tr("Alla")
        with QSignalBlocker(self.enhet), QSignalBlocker(self.ansvarig):
            self.enhet.set_items([(None, alla), *enheter, (UTAN_ENHET, tr("Utan enhet"))])
            self.ansvarig.set_items([("", alla), *namn.items()])

    def show_counts(self, counts: Mapping[OsaFlik, int]) -> None:
        """How many each pill would leave."""
        for flik, _ in FLIKAR:
            self.pills.set_count(flik.value, counts.get(flik, 0))

    def show_rows(self, tid: OsaTid, rows: Sequence[OsaRad], total: int, keep: bool) -> None:
        """The first page, in the list and on the time line; with `keep` the ring stays on its placement,
        which may have come to another place."""
        self._shown_tid = tid
        filtered = self.urval() != ALLA
        self.pages.show_rows(rows, total, keep, filtered)
        told = plural(total, tr("placering"), tr("placeringar"))
        self.header.meta.setText(f"{told} · {tell_tid(tid)}")
        self._draw_timeline()
        self.pages.show_visning(self.visas())
        self.show_acts(self.current_rad())

    def show_figures(self, kpis: Sequence[KonKpi]) -> None:
        """The six figures."""
        self.kpis.set_figures(kpis)
        before: QWidget = self.ar
        for cell in self.kpis.cells:  # they are made when their figures come: Tab goes as the eye does
            QWidget.setTabOrder(before, cell)
            before = cell

    def show_acts(self, rad: OsaRad | None) -> None:
        """What can be done with the placement under the ring, and why not."""
        none = tr("Välj en placering i listan först.") if rad is None else ""
        closed = tr("Inskrivningen är avslutad.") if rad is not None and not rad.oppen else ""
        inget = tr("Bara en OSA-anställning har beslut.") if rad is not None and not rad.kraver_beslut else ""
        annan = tr("Det här är ingen OSA-placering.") if rad is not None and not rad.is_osa else ""
        extends = rad is not None and rad.kraver_beslut and bool(rad.osa)
        self.decide.setText(tr("Förläng beslut…") if extends else tr("Nytt beslut…"))
        self.decide.setAccessibleName(self.decide.text())
        self.decide.set_disabled_because(none or inget)
        self.follow.set_disabled_because(none or annan)
        self.go_over.set_disabled_because(none or annan or closed)

    def window_shown(self) -> Fonster:
        """The days of the time line."""
        tid = self._shown_tid
        return make_window(tid.fran, tid.till, tid.idag, self.spann.value() or 1)

    def _draw_timeline(self) -> None:
        fonster = self.window_shown()
        self.pages.timeline.set_drawing(
            lambda rad, width, height: draw_row(rad, fonster, width, height, measure),
            lambda width, height: draw_axis(fonster, width, height, measure),
        )

    def _show_visning(self) -> None:
        visas = self.visas()
        listed = visas in (Visning.LISTA, Visning.TIDSLINJE)
        for widget in (*self.filters(), self.pills):
            widget.setVisible(listed)
        self.spann.setVisible(visas is Visning.TIDSLINJE)
        self.pages.show_visning(self.visas())
        self.show_acts(self.current_rad())
        if listed and self.pages.model.total > self.pages.model.rowCount():
            self.narrowed.emit()  # in the order of the one that is shown now

    def _lay_out(self) -> None:
        theme = self._theme
        figures = Card(theme, padding=14)
        figures.setAccessibleName(tr("Nyckeltal"))
        figures.body.addWidget(Flow(self.tidval, self.dag, self.ar))
        figures.body.addWidget(self.kpis)
        figures.body.addStretch(1)
        picture = Card(theme, padding=14)
        picture.body.addLayout(row(self.volym, 0))
        picture.body.addWidget(self.chart, 1)
        self._top = row(figures, picture, spacing=12)
        self._top.setStretch(0, 11)
        self._top.setStretch(1, 9)
        inner = QWidget()
        choices = Flow(self.visning, *self.filters(), self.spann)
        inside = column(self._top, choices, self.pills, self.pages, spacing=12)
        inside.setStretch(3, 1)
        inner.setLayout(inside)
        self._scroll = scroll_page(inner)
        layout = column(self.header, self._scroll, spacing=8, margins=(24, 14, 24, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)
        theme.changed.connect(self._fit)
        self._fit()
        chain_tabs(
            *self.tidval.findChildren(QWidget), self.dag.line, self.ar, self.volym, self.chart.toggle,
            self.chart.more, self.chart.canvas, *self.visning.findChildren(QWidget),
            *self.filters(), self.spann, *self.pills.findChildren(QWidget), *self.pages.tables(),
        )  # fmt: skip

    def _fit(self) -> None:
        px = self._theme.px
        narrow = self.width() < px(NARROW)
        self._top.setDirection(
            QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        )
        self.pages.setMinimumHeight(px(LEAST_LIST))
        self.chart.setMinimumHeight(px(LEAST_CHART))
        self.dag.setFixedWidth(px(142))
        for field in (*self.filters(), self.volym):
            field.setMaximumWidth(px(260))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow page the picture stands under the figures."""
        super().resizeEvent(event)
        self._fit()

    def _connect(self) -> None:
        self.tidval.chosen.connect(lambda _key: self._choose_tidval())
        self.dag.value_changed.connect(lambda day: self.asked.emit() if day is not None else None)
        self.ar.activated.connect(lambda _index: self.asked.emit())
        self.volym.activated.connect(lambda _index: self.picture_asked.emit())
        self.visning.chosen.connect(lambda _key: self._show_visning())
        self.spann.activated.connect(lambda _index: self._draw_timeline())
        self.pills.chosen.connect(lambda _key: self.narrowed.emit())
        for field in self.filters():
            field.activated.connect(lambda _index: self.narrowed.emit())
        for table in (self.pages.table, self.pages.timeline, self.pages.overgangar, self.pages.platser):
            table.opened.connect(self.opened)
        for model in (self.pages.model, self.pages.lines):
            model.sort_wanted.connect(lambda _key, _falling: self.narrowed.emit())
        for table in (self.pages.table, self.pages.timeline):
            table.current_changed.connect(lambda _row: self.show_acts(self.current_rad()))
        self.kpis.chosen.connect(self.figure_chosen)
        self._choose_tidval(ask=False)

    def _choose_tidval(self, ask: bool = True) -> None:
        is_day = self.tidval.value() == Tidval.DAG
        self.dag.setVisible(is_day)
        self.ar.setVisible(not is_day)
        if ask:
            self.asked.emit()
