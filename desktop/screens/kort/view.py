"""The person's card: head, facts and tabs. Knows widgets and rows; asks nobody."""

from functools import partial
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.screens.kort.flikar import FLIKAR, Flik, Grund
from desktop.screens.kort.handelser import FORMS, PAGES
from desktop.screens.kort.head import Head
from desktop.screens.kort.model import KortModel
from desktop.screens.kort.page import Akt, KortPage
from desktop.screens.kort.tabs import Timeline
from desktop.widgets.boxes import Card, EmptyState, clear_layout, column, row
from desktop.widgets.chip import Avatar
from desktop.widgets.definitions import DefinitionList
from desktop.widgets.table import TableView
from desktop.widgets.tabs import Tabs
from desktop.widgets.text import Line, Text


class KortView(QWidget):
    """Signals tell what the user wants with the person shown."""

    wanted = Signal(object)  # Akt
    asked = Signal(object, object)  # KortPage, what it wants read
    copied = Signal(str)  # from which table

    def __init__(self, grund: Grund, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        theme = self._theme = grund.theme
        self._grund = grund
        self._model: KortModel | None = None
        self._built: dict[str, QWidget] = {}
        self._stale: set[str] = set()  # built, and last shown another card
        self._keys = [flik.key for flik in FLIKAR]
        # May be given the focus when a card is opened, without being a stop on the way of Tab.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.head = Head(theme)
        self.facts = DefinitionList(theme, tr("Ändra uppgifter"))
        self.background = DefinitionList(theme)
        self._background_line = Line(name="line")
        self._staff = QVBoxLayout()
        self._staff.setSpacing(6)
        self.tabs = Tabs(theme, tr("Uppgifter om deltagaren"))
        self.pages = QStackedWidget()
        self.missing = EmptyState(theme, " ")
        for flik in FLIKAR:
            self.tabs.add(tr(flik.title))
        self._lay_out()
        self._connect()

    def show_model(self, model: KortModel) -> None:
        """Show a card; the tab chosen stays."""
        self.missing.hide()
        self._body.show()
        self.head.show_model(model)
        self.facts.set_groups(model.facts)
        self.background.set_groups(model.background)
        self._background_line.setVisible(bool(model.background))
        self._show_staff(model)
        self._model, self._stale = model, set(self._built)
        self._show_chosen(max(0, self.tabs.currentIndex()))
        self.tabs.set_counts({index: flik.count(model) for index, flik in enumerate(FLIKAR)})

    def show_page(self, key: str) -> None:
        """Bring a page forward; the first where there is none of that name."""
        self.tabs.setCurrentIndex(max(0, self._keys.index(key) if key in self._keys else 0))

    def show_missing(self, text: str) -> None:
        """There is no such person, or the user may not know of one."""
        self.missing.fact.setText(text)
        self.missing.setAccessibleName(text)
        self._body.hide()
        self.missing.show()

    def page(self, key: str) -> Any:
        """The page under a tab with the card shown, built if it has not been looked at yet."""
        flik = FLIKAR[self._keys.index(key)]
        page = self._built.get(key)
        if page is None:
            page = self._built[key] = flik.make(self._grund)
            self.pages.addWidget(page)
            self._stale.add(key)
            self._listen(flik, page)
        if key in self._stale and self._model is not None:
            self._stale.discard(key)
            flik.show(page, self._model, self._grund.today)
        return page

    def _themed(self) -> None:
        self._left.setFixedWidth(self._theme.size("summary_column"))

    def _listen(self, flik: Flik, page: Any) -> None:
        if isinstance(page, KortPage):
            page.wanted.connect(self.wanted)
            page.asked.connect(partial(self.asked.emit, page))
        elif isinstance(page, Timeline):
            page.opened.connect(self._open_event)
        elif flik.act:
            page.table.opens = True
            page.opened.connect(lambda row: self._want(flik.act, row.id))
        for table in page.findChildren(TableView):
            table.copied.connect(partial(self._tell_copied, table.accessibleName()))

    def _tell_copied(self, name: str, _rows: object) -> None:
        self.copied.emit(name)

    def _show_chosen(self, index: int) -> None:
        self.pages.setCurrentWidget(self.page(self._keys[index]))

    def _show_staff(self, model: KortModel) -> None:
        if self._model is not None and self._model.staff == model.staff:
            return
        clear_layout(self._staff)
        if not model.staff:
            return
        self._staff.addWidget(Line(name="line"))
        self._staff.addWidget(Text(tr("Ansvariga"), "body", weight=600))
        for name, part in model.staff:
            words = column(Text(name, "body", weight=500), Text(part, "meta", "text2"), spacing=0)
            self._staff.addLayout(row(Avatar(self._theme, name, 26), words, 0, spacing=10))

    def _lay_out(self) -> None:
        inner = QWidget()
        inner.setObjectName("scrolled")
        # As wide as the column, whatever word is longest.
        inner.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        parts = (self.facts, self._staff, self._background_line, self.background)
        inner.setLayout(column(*parts, 0, spacing=8, margins=(16, 12, 12, 12)))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        left = self._left = Card(self._theme, padding=0)
        left.setAccessibleName(tr("Sammanfattning"))
        self._themed()
        self._theme.changed.connect(self._themed)
        left.body.setContentsMargins(1, 1, 1, 1)
        left.body.addWidget(scroll)
        right = column(self.tabs, self.pages, spacing=12)
        right.setStretch(1, 1)
        below = row(left, right, spacing=16)
        below.setStretch(1, 1)
        self._body = QWidget()
        layout = column(self.head, below, spacing=12, margins=(24, 14, 24, 14))
        layout.setStretch(1, 1)
        self._body.setLayout(layout)
        self.missing.hide()
        self.setLayout(column(self._body, self.missing, spacing=0))

    def _connect(self) -> None:
        self.tabs.currentChanged.connect(self._show_chosen)
        head = self.head
        QShortcut(QKeySequence("Ctrl+Shift+M"), self).activated.connect(lambda: self._want("nytt_mote"))
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(lambda: self._want("skriv_ut"))
        head.copied.connect(lambda: self.copied.emit(tr("Personnummer")))
        head.print.clicked.connect(lambda: self._want("skriv_ut"))
        head.insats.clicked.connect(lambda: self._want("ny_insats"))
        head.meeting.clicked.connect(lambda: self._want("nytt_mote"))
        head.close_case.clicked.connect(lambda: self._want("avslut"))
        QShortcut(QKeySequence("Ctrl+Shift+A"), self).activated.connect(lambda: self._want("anteckning"))
        head.note.clicked.connect(lambda: self._want("anteckning"))
        self.facts.edit_wanted.connect(lambda: self._want("uppgifter"))

    def _want(self, namn: str, row_id: int | None = None) -> None:
        self.wanted.emit(Akt(namn, row_id))

    def _open_event(self, key: object) -> None:
        if not isinstance(key, tuple):
            return
        slag, row_id = key
        if slag in FORMS:
            self._want(slag, row_id)
        elif PAGES[slag] in self._keys:
            self.show_page(PAGES[slag])
