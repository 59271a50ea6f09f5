"""Importera: choose a workbook, look at what it would do, import. Knows widgets and rows; asks nobody."""

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import (
    QDragEnterEvent,
    QDragLeaveEvent,
    QDropEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QFrame, QProgressBar, QStackedWidget, QWidget

from db.exchange.outcome import Granskning
from desktop.formatting import number, plural
from desktop.i18n import tr
from desktop.screens.importera.columns import FelRow, fel_columns, import_columns, number_rows
from desktop.settings import Settings
from desktop.table_model import TableModel
from desktop.theme import Theme
from desktop.widgets.actions import ActionRow
from desktop.widgets.boxes import Card, EmptyState, Notice, PageHeader, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.choice import FilterPills
from desktop.widgets.figures import Kpi, KpiStrip
from desktop.widgets.flow import Flow
from desktop.widgets.table import TableView
from desktop.widgets.text import IconLabel, Text

if TYPE_CHECKING:
    from db.exchange.importing import ImportRow

ENDING = ".xlsx"
LOW = 420  # design px of the page, below which the figures have no words under them


class DropZone(QFrame):
    """Where a workbook can be dropped; the button beside the words does the same."""

    dropped = Signal(str)

    def __init__(self, theme: Theme, choose: Button, template: Button, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._hot = theme, False
        self.setAcceptDrops(True)
        words = column(
            Text(tr("Släpp en arbetsbok här"), "section"),
            Text(
                tr("Hela filen kontrolleras först. Du får se felen innan något läses in."), "body", "text2"
            ).wrapped(),
            spacing=2,
        )
        icon, acts = IconLabel(theme, "file-spreadsheet", "accent_text", 28), Flow(template, choose)
        layout = row(icon, 8, column(words, acts, spacing=10), spacing=8, margins=(24, 16, 20, 16))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Take one workbook."""
        if _workbook(event) is not None:
            self._set_hot(True)
            event.acceptProposedAction()

    def dragLeaveEvent(self, _event: QDragLeaveEvent) -> None:
        """Never mind."""
        self._set_hot(False)

    def dropEvent(self, event: QDropEvent) -> None:
        """Tell the file."""
        self._set_hot(False)
        path = _workbook(event)
        if path is not None:
            event.acceptProposedAction()
            self.dropped.emit(path)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """A dashed frame, filled while a workbook hovers."""
        painter, theme = QPainter(self), self._theme
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        pen = QPen(theme.colour("accent" if self._hot else "border_strong"), 1.5 if self._hot else 1)
        pen.setDashPattern([5, 4])
        painter.setPen(pen)
        painter.setBrush(theme.colour("selected" if self._hot else "surface"))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -2, -2), 8, 8)

    def _set_hot(self, hot: bool) -> None:
        self._hot = hot
        self.update()


def _workbook(event: QDropEvent) -> str | None:
    paths = [url.toLocalFile() for url in event.mimeData().urls()]
    return paths[0] if len(paths) == 1 and paths[0].lower().endswith(ENDING) else None


class ImporteraView(QWidget):
    """Choose → checking → preview → done. Signals tell what is wanted."""

    choose = Signal()
    dropped = Signal(str)
    template = Signal()
    accept = Signal()
    accept_without = Signal()
    cancel = Signal()
    start_over = Signal()
    undo = Signal(object)  # ImportRow

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._settings = theme, settings
        self._found: dict[str, tuple[FelRow, ...]] = {"fel": (), "varningar": ()}
        self.choose_file = Button(theme, tr("Välj fil…"), "folder-open", ButtonKind.PRIMARY)
        self.make_template = Button(theme, tr("Spara tom mall…"), "file-down")
        self.drop = DropZone(theme, self.choose_file, self.make_template)
        self._pages = QStackedWidget()
        for page in (self._make_choosing(), self._make_working(), self._make_preview()):
            self._pages.addWidget(page)
        self.setLayout(column(self._pages, spacing=0))
        theme.changed.connect(self._themed)
        self._themed()
        self._connect()

    def show_choosing(self, imports: "Sequence[ImportRow]") -> None:
        """The first page, with what was imported before."""
        self.imports.set_rows(imports)
        self._earlier.setCurrentIndex(0 if imports else 1)
        self._tell_undo(self.imports_table.current_row())
        self._pages.setCurrentIndex(0)

    def fail(self, text: str) -> None:
        """Say on the first page what went wrong."""
        self.notice.set("danger", text)
        self.notice.setVisible(bool(text))

    def show_working(self, title: str) -> None:
        """Work goes on."""
        self.work_title.setText(title)
        self.bar.setAccessibleName(title)
        self.bar.setRange(0, 0)
        self.stop.setEnabled(True)
        self._pages.setCurrentIndex(1)

    def show_progress(self, done: int, total: int) -> None:
        """How far the work is."""
        self.bar.setRange(0, total)
        self.bar.setValue(done)

    def show_preview(self, found: Granskning) -> None:
        """What the file would do, and what stands in the way."""
        self.preview_header.meta.setText(found.filnamn)
        self._found = {"fel": number_rows(found.fel), "varningar": number_rows(found.varningar)}
        for key, rows in self._found.items():
            self.which.set_count(key, len(rows))
        self.which.set_value("fel" if found.fel or not found.varningar else "varningar")
        self._show_found()
        antal = found.antal
        self.figures.set_figures(
            (
                Kpi(tr("Nya rader"), number(antal.nya), tr("läggs till"), "plus", "ok"),
                Kpi(
                    tr("Ändrade rader"),
                    number(antal.andrade),
                    tr("det gamla värdet sparas i loggen"),
                    "square-pen",
                ),
                Kpi(tr("Oförändrade rader"), number(antal.oforandrade), tr("finns redan"), "check"),
                Kpi(
                    tr("Rader som inte kan läsas in"),
                    number(antal.hoppade),
                    tr("fel och det som hör till dem"),
                    "circle-alert",
                    "danger" if antal.hoppade else "text2",
                ),
            )
        )
        self._tell_verdict(found)
        self._pages.setCurrentIndex(2)
        (self.without if found.fel else self.accept_button).setFocus(Qt.FocusReason.OtherFocusReason)

    def _tell_verdict(self, found: Granskning) -> None:
        if found.fel:
            text = f"{plural(len(found.fel), 'fel', 'fel')} {tr('måste rättas innan filen kan läsas in')}."
            detail = tr(
                "Rätta filen och välj den igen, eller läs in utan felraderna: de sparas i en egen arbetsbok."
            )
            self.verdict.set("danger", text, detail)
        elif found.antal.nya or found.antal.andrade:
            self.verdict.set("ok", tr("Filen kan läsas in."), tr("Importen kan ångras efteråt."))
        else:
            self.verdict.set("info", tr("Allt i filen finns redan i registret."))
        nothing = not (found.antal.nya or found.antal.andrade)
        stop = tr("Filen har fel.") if found.fel else tr("Det finns inget nytt i filen.") if nothing else ""
        self.accept_button.set_disabled_because(stop)
        self.acts.set_wanted(self.without, bool(found.fel))
        self.without.set_disabled_because(tr("Det finns inga rader utan fel.") if nothing else "")

    def _show_found(self) -> None:
        rows = self._found[self.which.value()]
        self.faults.set_rows(rows)
        self._faults_stack.setCurrentIndex(0 if rows else 1)
        self.no_faults.fact.setText(tr("Inga fel.") if self.which.value() == "fel" else tr("Inga varningar."))

    def _make_choosing(self) -> QWidget:
        page = QWidget()
        self.notice = Notice(self._theme, "danger", "")
        self.notice.hide()
        self.imports: TableModel[ImportRow] = TableModel(import_columns(), key=lambda r: r.id, parent=self)
        self.imports_table = TableView(
            self._theme, self.imports, tr("Tidigare importer"), self._settings, "importera/omgangar"
        )
        self.undo_button = Button(self._theme, tr("Ångra importen…"), "undo-2")
        none = EmptyState(self._theme, tr("Inget är inläst ännu."), tr("Importer visas här och kan ångras."))
        self._earlier = QStackedWidget()
        self._earlier.addWidget(self.imports_table)
        self._earlier.addWidget(none)
        card = Card(self._theme, padding=0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self._earlier)
        earlier = row(Text(tr("Tidigare importer"), "section"), 0, self.undo_button)
        layout = column(
            PageHeader(tr("Importera"), tr("Läs in en arbetsbok i registret")),
            self.notice,
            self.drop,
            4,
            earlier,
            card,
            spacing=12,
            margins=(24, 14, 24, 14),
        )
        layout.setStretch(5, 1)
        page.setLayout(layout)
        return page

    def _make_working(self) -> QWidget:
        page, card = QWidget(), Card(self._theme, padding=28)
        self._working = card
        self.work_title = Text("", "section")
        self.bar = QProgressBar()
        self.bar.setTextVisible(False)
        self.stop = Button(self._theme, tr("Avbryt"))
        card.body.addWidget(self.work_title)
        card.body.addWidget(self.bar)
        card.body.addWidget(Text(tr("Avbryter du har inget ändrats."), "meta", "text2"))
        card.body.addLayout(row(0, self.stop))
        page.setLayout(column(0, row(0, card, 0), 0, 0, spacing=0, margins=(24, 24, 24, 24)))
        return page

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The faults have what room there is first."""
        super().resizeEvent(event)
        self._themed()

    def _themed(self) -> None:
        self.figures.show_details(self.height() >= self._theme.px(LOW))
        self._working.setFixedWidth(self._theme.px(480))

    def _make_preview(self) -> QWidget:
        page, theme = QWidget(), self._theme
        self.other = Button(theme, tr("Välj en annan fil…"), "folder-open")
        self.without = Button(theme, tr("Importera utan felraderna…"), "file-warning")
        self.accept_button = Button(theme, tr("Importera"), "file-input", ButtonKind.PRIMARY, "Ctrl+S")
        self.acts = ActionRow(theme, self.other, self.without, self.accept_button)
        self.preview_header = PageHeader(tr("Importera"), "", self.acts)
        self.figures = KpiStrip(theme)
        strip = Card(theme)
        strip.body.addWidget(self.figures)
        self.verdict = Notice(theme, "info", "")
        self.which = FilterPills(theme, tr("Visa"), [("fel", tr("Fel")), ("varningar", tr("Varningar"))])
        self.faults: TableModel[FelRow] = TableModel(fel_columns(), key=lambda r: r.nummer, parent=self)
        self.faults_table = TableView(theme, self.faults, tr("Fel i filen"), self._settings, "importera/fel")
        self.no_faults = EmptyState(theme, " ")
        self._faults_stack = QStackedWidget()
        self._faults_stack.addWidget(self.faults_table)
        self._faults_stack.addWidget(self.no_faults)
        card = Card(theme, padding=0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self._faults_stack)
        layout = column(
            self.preview_header,
            strip,
            self.verdict,
            row(self.which, 0),
            card,
            spacing=12,
            margins=(24, 14, 24, 14),
        )
        layout.setStretch(4, 1)
        page.setLayout(layout)
        return page

    def _tell_undo(self, chosen: "ImportRow | None") -> None:
        reason = tr("Välj en import i listan.") if chosen is None else ""
        self.undo_button.set_disabled_because(
            tr("Importen är redan ångrad.") if chosen and chosen.angrad else reason
        )

    def _connect(self) -> None:
        self.choose_file.clicked.connect(self.choose)
        self.other.clicked.connect(self.choose)
        self.make_template.clicked.connect(self.template)
        self.drop.dropped.connect(self.dropped)
        self.stop.clicked.connect(self.cancel)
        self.stop.clicked.connect(lambda: self.stop.setEnabled(False))
        self.which.chosen.connect(lambda _key: self._show_found())
        self.accept_button.clicked.connect(self.accept)
        self.without.clicked.connect(self.accept_without)
        self.imports_table.current_changed.connect(self._tell_undo)
        self.undo_button.clicked.connect(lambda: self.undo.emit(self.imports_table.current_row()))


def suggest_fault_file(path: str) -> str:
    """Where the faulty rows are saved unless told: beside the workbook."""
    source = Path(path)
    return str(source.with_name(f"{source.stem}-fel{source.suffix}"))
