"""The screen Ansvar: who has how much to do, and the things themselves. Knows rows; asks nobody."""

from collections.abc import Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QStackedWidget, QWidget

from db.queries.ansvar import AnsvarRow, Efter
from desktop.formatting import plural
from desktop.i18n import tr
from desktop.screens.ansvar.columns import make_columns, name_of
from desktop.settings import Settings
from desktop.table_model import TableModel
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, PageHeader, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.choice import Segmented
from desktop.widgets.table import TableView
from desktop.widgets.text import KeyHint, Text
from desktop.widgets.worklist import WorkGroup, Worklist

EFTER = (
    (Efter.PERSON, "Per person", "Att göra per person"), (Efter.SPAR, "Per spår", "Att göra per spår"),
    (Efter.ENHET, "Per enhet", "Att göra per enhet"),
)  # fmt: skip
ATT_GORA, STAM_AV = "att_gora", "stam_av"


class AnsvarView(QWidget):
    """The overview, or the things of one of its rows. `opened` with the row whose things are wanted."""

    by_chosen = Signal()
    opened = Signal(object)  # AnsvarRow
    back_wanted = Signal()
    hand_over_wanted = Signal()

    def __init__(self, theme: Theme, settings: Settings, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._settings = theme, settings
        self.tab = Segmented(theme, tr("Vy"), [(ATT_GORA, tr("Att göra")), (STAM_AV, tr("Stäm av period"))])
        self.by = Segmented(theme, tr("Visa"), [(efter.value, tr(text)) for efter, text, _ in EFTER])
        self.hand_over = Button(theme, tr("Lämna över…"), "user-round-check", ButtonKind.PRIMARY)
        self.header = PageHeader(tr("Ansvar"), "", self.tab, self.hand_over)
        self._models: dict[Efter, TableModel[AnsvarRow]] = {}
        self.tables = {efter: self._table(efter, tr(name)) for efter, _, name in EFTER}
        self.empty = EmptyState(
            theme, tr("Inget öppet just nu."), tr("Här visas vem som ansvarar när det finns öppna ärenden.")
        )
        self.back = Button(theme, tr("Tillbaka"), "chevron-left")
        self.whose = Text("", "section")
        self.list = Worklist(theme, tr("Att göra"))
        self.nothing = EmptyState(theme, tr("Inget att göra just nu."))
        self.pages, self._overview, self._items = QStackedWidget(), QStackedWidget(), QStackedWidget()
        self.tabs = QStackedWidget()
        self._lay_out()
        self._connect()

    def efter(self) -> Efter:
        """What the rows are."""
        return Efter(self.by.value())

    def table(self) -> TableView:
        """The table of the choice made."""
        return self.tables[self.efter()]

    def current_row(self) -> AnsvarRow | None:
        """The row that stands under the ring, if the overview is of people."""
        found = self.table().current_row()
        return found if isinstance(found, AnsvarRow) else None

    def show_rows(self, overview: Mapping[Efter, Sequence[AnsvarRow]], alla: int, late: int) -> None:
        """The overview; the ring stays where it was."""
        for efter, rows in overview.items():
            table = self.tables[efter]
            model = self._models[efter]
            model.columns = make_columns(efter, max((r.alla for r in rows), default=0) or 1)
            model.set_rows(rows)
            if rows and not table.currentIndex().isValid():
                table.setCurrentIndex(model.index(0, 0))
        told = plural(alla, tr("sak att göra"), tr("saker att göra"))
        self.header.meta.setText(f"{told} · {plural(late, tr('passerad'), tr('passerade'))}")
        self._overview.setCurrentWidget(self.table() if self._models[self.efter()].rowCount() else self.empty)
        self.enable()

    def show_items(self, row: AnsvarRow, groups: Sequence[WorkGroup]) -> None:
        """The things of a row."""
        late = plural(row.uppskjutna, tr("uppskjuten visas inte"), tr("uppskjutna visas inte"))
        name = name_of(row, self.efter())
        self.whose.setText(f"{name} · {late}" if row.uppskjutna else name)
        self.list.set_groups(groups)
        self._items.setCurrentWidget(self.list if self.list.groups() else self.nothing)
        self.pages.setCurrentIndex(1)

    def show_overview(self) -> None:
        """Back to all rows."""
        self.pages.setCurrentIndex(0)
        self.table().setFocus()

    def add_stam_av(self, page: QWidget) -> None:
        """The other tab's page."""
        self.tabs.addWidget(page)

    def show_tab(self) -> None:
        """The page of the tab chosen; what there is to hand over stands in the first."""
        first = self.tab.value() == ATT_GORA
        self.tabs.setCurrentIndex(0 if first else 1)
        self.hand_over.setVisible(first)
        self.header.meta.setVisible(first)

    def shows_items(self) -> bool:
        """Whether the things of a row are shown."""
        return self.pages.currentIndex() == 1

    def enable(self) -> None:
        """What people have can be handed over; a spår or an enhet has nobody to hand over from."""
        row = self.current_row()
        why = ""
        if self.efter() is not Efter.PERSON:
            why = tr("Välj Per person och en ansvarig först.")
        elif row is None:
            why = tr("Välj en ansvarig först.")
        elif not row.arenden + row.inskrivningar:
            why = tr("Har inga öppna ärenden eller inskrivningar.")
        self.hand_over.set_disabled_because(why)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc goes back from the things."""
        if event.key() == Qt.Key.Key_Escape and self.shows_items():
            self.back_wanted.emit()
        else:
            super().keyPressEvent(event)

    def _table(self, efter: Efter, name: str) -> TableView:
        model: TableModel[AnsvarRow] = TableModel(
            make_columns(efter, 1), key=lambda row: row.nyckel, parent=self
        )
        self._models[efter] = model
        return TableView(self._theme, model, name, self._settings, f"ansvar/{efter.value}")

    def _lay_out(self) -> None:
        card = Card(self._theme, padding=0)
        card.body.setContentsMargins(1, 1, 1, 1)
        card.body.addWidget(self._overview)
        for widget in (*self.tables.values(), self.empty):
            self._overview.addWidget(widget)
        keys = row(
            KeyHint("↑ ↓"), Text(tr("flytta"), "meta", "text2"), 8,
            KeyHint("Enter"), Text(tr("visa vad som ska göras"), "meta", "text2"), 0, spacing=6,
        )  # fmt: skip
        whole = QWidget()
        inside = column(row(self.by, 0), card, keys, spacing=10)
        inside.setStretch(1, 1)
        whole.setLayout(inside)
        things = Card(self._theme, padding=0)
        things.body.setContentsMargins(1, 1, 1, 1)
        things.body.addWidget(self._items)
        for widget in (self.list, self.nothing):
            self._items.addWidget(widget)
        one = QWidget()
        head = row(self.back, 4, self.whose, 0)
        both = column(head, things, spacing=10)
        both.setStretch(1, 1)
        one.setLayout(both)
        self.pages.addWidget(whole)
        self.pages.addWidget(one)
        self.tabs.addWidget(self.pages)
        layout = column(self.header, self.tabs, spacing=12, margins=(24, 14, 24, 12))
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _connect(self) -> None:
        self.by.chosen.connect(lambda _key: self.by_chosen.emit())
        self.back.clicked.connect(self.back_wanted)
        self.hand_over.clicked.connect(self.hand_over_wanted)
        for table in self.tables.values():
            table.opened.connect(self.opened)
            table.current_changed.connect(lambda _row: self.enable())
