"""What is shown under the figures of OSA: list, time line, övergångar and places, each with its table."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from PySide6.QtWidgets import QStackedWidget, QWidget

from db.queries.osa import OsaRad
from db.queries.osa_personer import OvergangRad
from desktop.charts.scene import Drawing
from desktop.i18n import tr
from desktop.screens.osa.model import Visning
from desktop.screens.osa.rows import (
    LOOKS,
    EnhetRad,
    draw_look,
    make_columns,
    make_enhet_columns,
    make_overgang_columns,
    make_timeline_columns,
)
from desktop.screens.osa.timeline import LEGEND, draw_swatch
from desktop.settings import Settings
from desktop.table_model import TableModel
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, column, row
from desktop.widgets.drawn import Drawn
from desktop.widgets.flow import Flow
from desktop.widgets.table import TableView
from desktop.widgets.text import Text
from desktop.widgets.timeline_table import TimelineTable


class OsaPages(QStackedWidget):
    """One page at a time; `clear` takes away the filters that left nobody."""

    def __init__(
        self, theme: Theme, settings: Settings, today: Callable[[], date], clear: Callable[[], None],
        parent: QWidget | None = None,
    ) -> None:  # fmt: skip
        super().__init__(parent)
        self._theme = theme
        self._visas = Visning.LISTA
        self.model: TableModel[OsaRad] = TableModel(make_columns(today), _key, self)
        self.table = TableView(theme, self.model, tr("OSA-placeringar"), settings, "osa/kolumner")
        self.lines: TableModel[OsaRad] = TableModel(make_timeline_columns(today), _key, self)
        self.timeline = TimelineTable(
            theme, self.lines, tr("Tidslinje över OSA-placeringar"), "tidslinje", settings, "osa/tidslinje"
        )
        self.gone: TableModel[OvergangRad] = TableModel(
            make_overgang_columns(today), lambda rad: rad.person.id, self
        )
        self.overgangar = TableView(theme, self.gone, tr("Övergångar"), settings, "osa/overgangar")
        self.enheter: TableModel[EnhetRad] = TableModel(make_enhet_columns(), lambda rad: rad.enhet.id, self)
        self.platser = TableView(theme, self.enheter, tr("Interna platser"), settings, "osa/platser")
        self.empty = EmptyState(
            theme, tr("Hämtar"), tr("Ändra eller ta bort något val ovanför."), tr("Rensa filter"), clear
        )
        self.empty_gone = EmptyState(theme, tr("Inga övergångar."), tr("Välj ett annat år."))
        self.told = Text(" ", "meta", "text2").wrapped()
        self._listed = self._tabled(self.table)
        self._drawn = self._tabled(
            self.timeline, self._legend((draw_swatch(name), text) for name, text in LEGEND)
        )
        self._gone = self._tabled(self.overgangar)
        legend = self._legend((draw_look(look), text) for look, text in LOOKS)
        self._places = self._tabled(self.platser, legend, self.told)
        for page in (self.empty, self._listed, self._drawn, self._gone, self.empty_gone, self._places):
            self.addWidget(page)

    def tables(self) -> tuple[TableView, ...]:
        """All of them, in the order of the choice."""
        return self.table, self.timeline, self.overgangar, self.platser

    def current_table(self) -> TableView:
        """The table that is shown."""
        return {
            Visning.LISTA: self.table, Visning.TIDSLINJE: self.timeline, Visning.OVERGANGAR: self.overgangar,
            Visning.PLATSER: self.platser,
        }[self._visas]  # fmt: skip

    def show_rows(self, rows: Sequence[OsaRad], total: int, keep: bool, filtered: bool) -> None:
        """The first page, in the list and on the time line; with `keep` the ring stays on its placement."""
        for table, model in ((self.table, self.model), (self.timeline, self.lines)):
            before = table.current_row() if keep else None
            model.set_rows(rows, total)
            at = model.find(before.id) if before is not None else -1
            if rows and at < 0:
                table.scrollToTop()
            if rows:
                table.setCurrentIndex(model.index(max(at, 0), 0))
        self.empty.fact.setText(tr("Inga träffar.") if filtered else tr("Ingen i OSA de här dagarna."))
        self.empty.button.setVisible(filtered)
        self.empty.advice.setVisible(filtered)
        self.show_visning(self._visas)

    def append_rows(self, rows: Sequence[OsaRad]) -> None:
        """The next page, in both."""
        self.model.append_rows(rows)
        self.lines.append_rows(rows)

    def show_more(self, rows: Sequence[OvergangRad], enheter: Sequence[EnhetRad], told: str) -> None:
        """Övergångar and places."""
        self.gone.set_rows(rows)
        self.enheter.set_rows(enheter)
        self.told.setText(told)
        for table, model in ((self.overgangar, self.gone), (self.platser, self.enheter)):
            if model.rowCount() and not table.currentIndex().isValid():
                table.setCurrentIndex(model.index(0, 0))
        self.show_visning(self._visas)

    def show_visning(self, visning: Visning) -> None:
        """Show this page, or why it is empty."""
        self._visas = visning
        page: QWidget = {
            Visning.LISTA: self._listed if self.model.rowCount() else self.empty,
            Visning.TIDSLINJE: self._drawn if self.lines.rowCount() else self.empty,
            Visning.OVERGANGAR: self._gone if self.gone.rowCount() else self.empty_gone,
            Visning.PLATSER: self._places,
        }[visning]
        self.setCurrentWidget(page)

    def _tabled(
        self, table: TableView, below: QWidget | None = None, above: QWidget | None = None
    ) -> QWidget:
        """A table in its card, with a line of words above or a legend below."""
        card = Card(self._theme, padding=0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(table)
        page = QWidget()
        layout = column(*(part for part in (above, card, below) if part is not None), spacing=8)
        layout.setStretch(1 if above is not None else 0, 1)
        page.setLayout(layout)
        return page

    def _legend(self, entries: Iterable[tuple[Drawing, str]]) -> QWidget:
        boxes = []
        for drawing, text in entries:
            box = QWidget()
            box.setLayout(row(Drawn(self._theme, drawing), Text(tr(text), "meta", "text2"), spacing=6))
            boxes.append(box)
        return Flow(*boxes, spacing=14)


def _key(rad: OsaRad) -> int:
    return rad.id
