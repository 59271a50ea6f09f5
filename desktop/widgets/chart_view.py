"""A chart with its title, the same figures as a table, and a menu to take the picture along."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication
from PySide6.QtWidgets import QMenu, QVBoxLayout, QWidget

from desktop.charts.picture import Picture
from desktop.charts.picture import Table as Figures
from desktop.i18n import tr
from desktop.skarm_service import Underlag
from desktop.table_model import Column, TableModel
from desktop.theme import Theme
from desktop.widgets.boxes import row
from desktop.widgets.button import Button, ButtonKind, IconButton
from desktop.widgets.chart_canvas import ChartCanvas
from desktop.widgets.table import TableView
from desktop.widgets.text import ElidedText

_TABLE_ROWS = 5  # that a table shows at least before it scrolls
_FIRST_COLUMN = 130
_COLUMN = 70
_MOST_COLUMN = 260
_ONE_LINE = str.maketrans("\t\n\r", "   ")


class ChartView(QWidget):
    """Show a Picture with `set_picture`. What a part stands for is `chosen`.

    What leaves the programme may hide more than the screen does (R12): give it as `leaving`, or as `underlag`
    where it is also to be remembered. Then `hand` copies the figures: of these rows, or of all.
    """

    chosen = Signal(str)  # the id of a bar, a point or a row of the table
    copy_wanted = Signal()
    save_wanted = Signal(str)  # "png" or "svg"

    def __init__(self, theme: Theme, titled: bool = True, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._picture: Picture | None = None
        self._leaving: Picture | None = None
        self.underlag: Underlag[Picture] | None = None
        self.hand: Callable[[Sequence[int] | None], None] | None = None
        self.fill_menu: Callable[[QMenu], None] | None = None  # what the screen offers, first
        self.fill_report: Callable[[QMenu], None] | None = None  # what can be done to put it in a report
        self.title = ElidedText("", "section")
        if not titled:
            self.title.hide()
        self.toggle = Button(theme, tr("Visa som tabell"), kind=ButtonKind.QUIET)
        self.more = IconButton(theme, "ellipsis", tr("Kopiera eller spara diagrammet"), 24, 16)
        self.canvas = ChartCanvas(theme)
        self.table: FigureTable | None = None
        self.menu = QMenu(self)
        head = row(self.title, *([] if titled else [0]), self.toggle, self.more, spacing=4)
        head.setStretchFactor(self.title, 1)
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(6)
        self._column.addLayout(head)
        self._column.addWidget(self.canvas, 1)
        self._connect()

    def _connect(self) -> None:
        self.toggle.clicked.connect(lambda: self.show_table(not self.shows_table))
        self.more.clicked.connect(
            lambda: self.open_menu(self.more.mapToGlobal(self.more.rect().bottomLeft()))
        )
        self.canvas.chosen.connect(self.chosen)
        self.canvas.menu_wanted.connect(self.open_menu)

    @property
    def picture(self) -> Picture | None:
        """What is shown."""
        return self._picture

    @property
    def leaving(self) -> Picture | None:
        """What is copied, saved and printed; None where that is made of `underlag` when it leaves."""
        return self._leaving

    @property
    def shows_table(self) -> bool:
        """Whether the figures stand as a table now."""
        return self.table is not None

    def set_picture(
        self,
        picture: Picture,
        leaving: Picture | None = None,
        underlag: Underlag[Picture] | None = None,
    ) -> None:
        """Show this; `leaving` is the same with all hidden that may not leave the programme."""
        self._picture, self.underlag = picture, underlag
        self._leaving = None if underlag is not None else leaving or picture
        self.title.setText(picture.title)
        self.title.setToolTip("")
        self.toggle.setAccessibleName(f"{self.toggle.text()}: {picture.title}")
        self.more.setAccessibleName(f"{tr('Kopiera eller spara')}: {picture.title}")
        self.canvas.set_picture(picture)
        told = not picture.empty or bool(picture.table.rows)
        self.toggle.setVisible(told)
        self.more.setVisible(told)
        if self.shows_table:
            self._make_table()

    def show_table(self, wanted: bool) -> None:
        """The figures as a table, or the drawing."""
        had_focus = self.canvas.hasFocus() or (self.table is not None and self.table.hasFocus())
        if wanted and self._picture is not None:
            self._make_table()
        elif self.table is not None:
            self._drop_table()
        self.canvas.setVisible(not self.shows_table)
        self.toggle.setText(tr("Visa som diagram") if self.shows_table else tr("Visa som tabell"))
        title = self._picture.title if self._picture else ""
        self.toggle.setAccessibleName(f"{self.toggle.text()}: {title}")
        self.toggle.updateGeometry()
        if had_focus:
            (self.table or self.canvas).setFocus()

    def _make_table(self) -> None:
        assert self._picture is not None
        height = self.table.height() if self.table is not None else self.canvas.height()
        focused = self.table is not None and self.table.hasFocus()
        self._drop_table()
        self.table = FigureTable(self._theme, self._picture, self._copy_places)
        least = self._theme.row("table_head") + _TABLE_ROWS * self._theme.row("worklist")
        self.table.setFixedHeight(max(height, least))
        self.table.chosen.connect(self.chosen)
        self._column.addWidget(self.table)
        self.setTabOrder(self.more, self.table)
        if focused:
            self.table.setFocus()

    def _drop_table(self) -> None:
        if self.table is not None:
            self.table.hide()
            self._column.removeWidget(self.table)
            self.table.deleteLater()
            self.table = None

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """The right button."""
        self.open_menu(event.globalPos())

    def open_menu(self, at: QPoint) -> None:
        """What can be done with the picture, at a place on the screen."""
        if self._picture is None or self.more.isHidden() or self.menu.isVisible():
            return
        self.menu.clear()
        if self.fill_menu is not None:
            self.fill_menu(self.menu)
            self.menu.addSeparator()
        self._add("copy", tr("Kopiera bilden"), self.copy_wanted.emit)
        self._add("table-2", tr("Kopiera siffrorna"), self.copy_figures)
        self._add("download", tr("Spara som PNG…"), lambda: self.save_wanted.emit("png"))
        self._add("download", tr("Spara som SVG…"), lambda: self.save_wanted.emit("svg"))
        if self.fill_report is not None:
            self.menu.addSeparator()
            self.fill_report(self.menu)
        self.menu.addSeparator()
        text = tr("Visa som diagram") if self.shows_table else tr("Visa som tabell")
        self._add("sheet", text, lambda: self.show_table(not self.shows_table))
        self.menu.popup(at)
        self.menu.setActiveAction(self.menu.actions()[0])

    def _add(self, icon: str, text: str, act: Callable[[], None]) -> None:
        action = self.menu.addAction(self._theme.icon(icon), text)
        action.triggered.connect(lambda _checked=False: act())

    def copy_figures(self) -> None:
        """All figures as text with heads, hidden as what leaves the programme."""
        self._copy_places(None)

    def _copy_places(self, places: Sequence[int] | None) -> None:
        if self._leaving is not None:
            copy_rows(self._leaving.table, places)
        elif self.underlag is not None and self.hand is not None:
            self.hand(places)


def copy_rows(figures: Figures, places: Sequence[int] | None) -> None:
    """These rows, or all, with their heads on the clipboard."""
    known = range(len(figures.rows))
    kept = known if places is None else [place for place in places if place in known]
    lines = [figures.heads, *(figures.rows[place].cells for place in kept)]
    text = "\n".join("\t".join(cell.translate(_ONE_LINE) for cell in cells) for cells in lines)
    QGuiApplication.clipboard().setText(text)


@dataclass(frozen=True, slots=True)
class _Row:
    place: int
    cells: tuple[str, ...]
    choices: tuple[tuple[str, str], ...]


class FigureTable(TableView):
    """The figures of a picture in the house's table. Enter opens what a row stands for, or a menu of it.
    `hand` copies the rows at some places as they may leave the programme."""

    chosen = Signal(str)

    def __init__(self, theme: Theme, picture: Picture, hand: Callable[[Sequence[int]], None]) -> None:
        figures = picture.table
        model = TableModel(_columns(figures), lambda row: row.place)
        super().__init__(theme, model, picture.title)
        model.setParent(self)
        self._hand_places = hand
        rows = [_Row(place, found.cells, found.choices) for place, found in enumerate(figures.rows)]
        model.set_rows(rows)
        self.opens = False
        self.opened.connect(self._open)
        self.fill_menu = self._fill

    def copy(self) -> None:
        """The selected rows as they may leave the programme."""
        self._hand_places([found.place for found in self.selected_rows()])

    def _open(self, found: _Row) -> None:
        if len(found.choices) == 1:
            self.chosen.emit(found.choices[0][1])
        elif found.choices:
            self.menu.open_at_row()

    def _fill(self, menu: QMenu) -> None:
        found = self.current_row()
        for words, wanted in found.choices if found is not None else ():
            action = menu.addAction(f"{tr('Öppna')} {words}".replace("&", "&&"))
            action.triggered.connect(lambda _checked=False, wanted=wanted: self.chosen.emit(wanted))


def _columns(figures: Figures) -> list[Column[_Row]]:
    columns = []
    for at, head in enumerate(figures.heads):
        words = at < figures.words
        signs = max((len(found.cells[at]) for found in figures.rows), default=0) if words else len(head)
        columns.append(
            Column[_Row](
                str(at),
                head,
                lambda row, at=at: row.cells[at] if at < len(row.cells) else "",  # type: ignore[misc]
                width=_width(signs, _FIRST_COLUMN if words else _COLUMN),
                right=not words,
                stretch=at == 0,
                tone="text" if words else "text2",
            )
        )
    return columns


def _width(signs: int, least: int) -> int:
    """Room for so many signs of the body text, within reason."""
    return min(max(least, 26 + 8 * signs), _MOST_COLUMN)
