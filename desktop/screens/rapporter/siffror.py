"""The numbers of a report as a list, as they stand in print: a number opens the people behind it."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QMenu, QScrollArea, QWidget

from db.rules.figurer import Rad, Rapport
from desktop.i18n import tr
from desktop.reports.formats import period_short
from desktop.reports.tabledata import change_cell, row_label, value_cell
from desktop.table_model import Column
from desktop.theme import Theme
from desktop.widgets.boxes import column
from desktop.widgets.grouped_table import GroupedModel, GroupedTable
from desktop.widgets.text import Text

# Key of the figure, head of the column, words of the menu.
KON = (
    ("kvinnor", "Kvinnor", "Visa kvinnorna"),
    ("man", "Män", "Visa männen"),
    ("uppgift_saknas", "Uppgift saknas", "Visa dem utan uppgift om kön"),
    ("totalt", "Totalt", "Visa alla"),
)
NOBODY = "Raden räknar platser. Det finns inga personer bakom den."
LABEL, NUMBER, EARLIER = 180, 68, 104  # design px


@dataclass(frozen=True, slots=True)
class Siffra:
    """A row of the list: a row of the report, or the heading of a section where `rad` is None."""

    avsnitt: str
    rad: Rad | None = None


def make_rows(rapport: Rapport) -> list[Siffra]:
    """Every section that has figures, each with its rows."""
    rows = []
    for avsnitt in rapport.avsnitt:
        if avsnitt.rader:
            rows.append(Siffra(avsnitt.rubrik))
            rows += [Siffra(avsnitt.rubrik, rad) for rad in avsnitt.rader]
    return rows


class SiffrorView(QWidget):
    """`people_wanted` with the row's id and the kön, a key of KON; `nobody` tells why a number has none."""

    people_wanted = Signal(str, str)
    nobody = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.may_open: Callable[[str], bool] = lambda _rad_id: False
        self.note = Text("", "meta", "text2").wrapped()
        self.title = Text("", "body", "text", 600)
        self.table: GroupedTable | None = None
        self._shown: tuple[bool, str] | None = None
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)  # the table in it is where Tab stops
        inner = QWidget()
        inner.setObjectName("scrolled")
        self._inside = column(0, spacing=8, margins=(18, 4, 18, 16))
        inner.setLayout(self._inside)
        scroll.setWidget(inner)
        layout = column(column(self.title, self.note, spacing=4, margins=(18, 14, 18, 6)), scroll, spacing=0)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def show_report(self, rapport: Rapport) -> None:
        """The numbers of a report; the columns are those that it has."""
        rows = make_rows(rapport)
        self.title.setText(rapport.titel)
        self._shape(rapport, rows)
        assert self.table is not None
        self.table.model_of_groups.show(rows)
        if rows:
            self.note.setText(
                tr("Enter visar personerna bakom totalen, K kvinnorna och M männen. Dolda tal visas inte.")
            )
        else:
            self.note.setText(tr("Rapporten har inga tal som räknas ur registret."))
        self.table.setVisible(bool(rows))

    def clear(self) -> None:
        """Nothing to show."""
        self.title.setText("")
        self.note.setText(tr("Rapporten kan inte göras."))
        if self.table is not None:
            self.table.hide()

    def _shape(self, rapport: Rapport, rows: list[Siffra]) -> None:
        """A table with a column per kön that occurs, and the earlier period where there is one."""
        unknown = any(row.rad and _has_unknown(row.rad) for row in rows)
        earlier = period_short(rapport.jamforelse_period) if rapport.jamforelse_period else ""
        if (unknown, earlier) == self._shown:
            return
        self._shown = (unknown, earlier)
        if self.table is not None:
            self.table.deleteLater()
        kon = [(key, head) for key, head, _ in KON if key != "uppgift_saknas" or unknown]
        columns = [Column[Siffra]("rad", tr("Rad"), _label, LABEL, stretch=True, tone="text", look=_look)]
        columns += [_number(key, tr(head)) for key, head in kon]
        if earlier:
            columns += [
                Column(
                    "da", f"{tr('Totalt')} {earlier}", partial(_text, "totalt", True), EARLIER, right=True
                ),
                Column("andring", tr("Ändring"), _change, NUMBER, right=True),
            ]
        model: GroupedModel[Siffra] = GroupedModel(
            columns,
            key=lambda row: (row.avsnitt, row.rad.id if row.rad else ""),
            group=lambda row: row.avsnitt,
            is_head=lambda row: row.rad is None,
            parent=self,
        )
        self.table = table = GroupedTable(self._theme, model, tr("Rapportens tal"))
        table.fill_menu = self._fill_menu
        table.opened.connect(self._opened)
        for letter, key in ((Qt.Key.Key_K, "kvinnor"), (Qt.Key.Key_M, "man")):
            shortcut = QShortcut(letter, table, context=Qt.ShortcutContext.WidgetShortcut)
            shortcut.activated.connect(partial(self.open_kon, key))
        self._inside.insertWidget(0, table)

    def open_kon(self, key: str) -> None:
        """The people of one kön behind the row that has the focus."""
        self._open(self.table.current_row() if self.table is not None else None, key)

    def _opened(self, row: Siffra) -> None:
        """Enter and a double click: the kön of the column, else all."""
        assert self.table is not None
        key = self.table.model_of_groups.columns[self.table.currentIndex().column()].key
        self._open(row, key if key in {name for name, *_ in KON} else "totalt")

    def _open(self, row: Siffra | None, key: str) -> None:
        if row is None or row.rad is None or key not in _keys(row.rad):
            return
        if self.may_open(row.rad.id):
            self.people_wanted.emit(row.rad.id, key)
        else:
            self.nobody.emit(tr(NOBODY))

    def _fill_menu(self, menu: QMenu) -> None:
        row = self.table.current_row() if self.table is not None else None
        if row is None or row.rad is None:
            return
        if not self.may_open(row.rad.id):
            menu.addAction(tr(NOBODY)).setEnabled(False)
            return
        for key, _, words in KON:
            if key in _keys(row.rad):
                act = menu.addAction(self._theme.icon("users-round"), tr(words))
                act.triggered.connect(lambda _checked=False, key=key: self._open(row, key))


def _keys(rad: Rad) -> tuple[str, ...]:
    """The kön that the row has an open number for."""
    return tuple(key for key, *_ in KON if rad.varde.get(key) is not None and key not in rad.dolda)


def _has_unknown(rad: Rad) -> bool:
    return bool(rad.varde.uppgift_saknas)


def _label(row: Siffra) -> str:
    if row.rad is None:
        return row.avsnitt
    return "\u2003" * row.rad.niva + row_label(row.rad)


def _look(row: Siffra) -> tuple[str, int]:
    return ("text", 600 if row.rad is None else 400)


def _text(key: str, earlier: bool, row: Siffra) -> str:
    if row.rad is None or not (row.rad.konsuppdelad or key == "totalt"):
        return ""
    return value_cell(row.rad, earlier, key).text


def _change(row: Siffra) -> str:
    return change_cell(row.rad).text if row.rad is not None else ""


def _number(key: str, head: str) -> Column[Siffra]:
    weight = 600 if key == "totalt" else 400
    return Column(key, head, partial(_text, key, False), NUMBER, right=True, tone="text", weight=weight)
