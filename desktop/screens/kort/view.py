"""The person's card: head, facts and tabs. Knows widgets and rows; asks nobody."""

from datetime import date
from typing import Any

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QStackedWidget, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.screens.kort import columns as c
from desktop.screens.kort.anteckningar_page import AnteckningarPage
from desktop.screens.kort.handelser import FORMS, PAGES
from desktop.screens.kort.head import Head
from desktop.screens.kort.model import KortModel
from desktop.screens.kort.page import Akt
from desktop.screens.kort.planering_page import PlaneringPage
from desktop.screens.kort.tabs import BipPage, BistandPage, Rows, Timeline
from desktop.settings import Settings
from desktop.theme import Theme
from desktop.widgets.boxes import Card, EmptyState, clear_layout, column, row
from desktop.widgets.chip import Avatar
from desktop.widgets.definitions import DefinitionList
from desktop.widgets.tabs import Tabs
from desktop.widgets.text import Line, Text


class KortView(QWidget):
    """Signals tell what the user wants with the person shown."""

    wanted = Signal(object)  # Akt

    def __init__(
        self,
        theme: Theme,
        settings: Settings,
        today: date,
        anteckningar: AnteckningarPage,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self._theme, self._today = theme, today
        self.anteckningar = anteckningar
        # May be given the focus when a card is opened, without being a stop on the way of Tab.
        self.setFocusPolicy(Qt.FocusPolicy.ClickFocus)
        self.head = Head(theme)
        self.facts, self.background = DefinitionList(theme), DefinitionList(theme)
        self._background_line = Line(name="line")
        self._staff = QVBoxLayout()
        self._staff.setSpacing(6)
        self.tabs = Tabs(theme, tr("Uppgifter om deltagaren"))
        self.pages = QStackedWidget()
        self.missing = EmptyState(theme, " ")
        self._make_pages(settings, today)
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
        self.timeline.show_model(model)
        self.bip.show_model(model)
        self.insatser.show_rows(model.insatser)
        self.moten.show_rows(model.moten)
        self.planering.show_card(model.card, self._today)
        self.narvaro.show_rows(model.narvaro)
        self.bistand.arenden.show_rows(model.arenden)
        self.bistand.manader.show_rows(model.bistand)
        self.logg.show_rows(model.logg)
        self.anteckningar.show_card(model.card, self._today)
        for key, count in (
            ("insatser", len(model.insatser)), ("moten", len(model.moten)), ("bip", model.bip_count),
            ("anteckningar", self.anteckningar.count(model.card)),
        ):  # fmt: skip
            self.tabs.set_count(self._keys.index(key), count or None)

    def show_page(self, key: str) -> None:
        """Bring a page forward; the first where there is none of that name."""
        self.tabs.setCurrentIndex(max(0, self._keys.index(key) if key in self._keys else 0))

    def show_missing(self, text: str) -> None:
        """There is no such person, or the user may not know of one."""
        self.missing.fact.setText(text)
        self.missing.setAccessibleName(text)
        self._body.hide()
        self.missing.show()

    def _make_pages(self, settings: Settings, today: date) -> None:
        theme = self._theme
        self.timeline, self.bip = Timeline(theme), BipPage(theme)
        self.insatser: Rows[Any] = Rows(
            theme, tr("Insatser"), c.insats_columns(today), settings, "insatser", "id",
            (tr("Ingen insats ännu."), tr("Tryck Ctrl+N för att registrera en.")),
        )  # fmt: skip
        self.moten: Rows[Any] = Rows(
            theme, tr("Möten"), c.mote_columns(today), settings, "moten", "id",
            (tr("Inget möte ännu."), tr("Tryck Ctrl+Skift+M för att boka ett.")),
        )  # fmt: skip
        self.planering = PlaneringPage(theme, settings, today)
        self.narvaro: Rows[Any] = Rows(
            theme, tr("Närvaro"), c.narvaro_columns(), settings, "narvaro", "insats_id",
            (tr("Ingen närvaro registrerad."), ""),
        )  # fmt: skip
        self.bistand = BistandPage(theme, settings, today)
        self.logg: Rows[Any] = Rows(
            theme, tr("Logg"), c.logg_columns(), settings, "logg", "key", (tr("Inga ändringar."), "")
        )
        self._keys: list[str] = []
        for key, text, page in (
            ("tidslinje", tr("Tidslinje"), self.timeline), ("insatser", tr("Insatser"), self.insatser),
            ("moten", tr("Möten"), self.moten), ("anteckningar", tr("Anteckningar"), self.anteckningar),
            ("planering", tr("Planering"), self.planering),
            ("narvaro", tr("Närvaro"), self.narvaro), ("bip", "BIP", self.bip),
            ("bistand", tr("Bistånd"), self.bistand), ("logg", tr("Logg"), self.logg),
        ):  # fmt: skip
            self._keys.append(key)
            self.tabs.add(text)
            self.pages.addWidget(page)

    def _show_staff(self, model: KortModel) -> None:
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
        left = Card(self._theme, padding=0)
        left.setAccessibleName(tr("Sammanfattning"))
        left.setFixedWidth(self._theme.size("summary_column"))
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
        self.tabs.currentChanged.connect(self.pages.setCurrentIndex)
        head = self.head
        QShortcut(QKeySequence("Ctrl+Shift+M"), self).activated.connect(lambda: self._want("nytt_mote"))
        QShortcut(QKeySequence("Ctrl+P"), self).activated.connect(lambda: self._want("skriv_ut"))
        head.print.clicked.connect(lambda: self._want("skriv_ut"))
        head.insats.clicked.connect(lambda: self._want("ny_insats"))
        head.meeting.clicked.connect(lambda: self._want("nytt_mote"))
        head.close_case.clicked.connect(lambda: self._want("avslut"))
        self.insatser.opened.connect(lambda insats: self._want("insats", insats.id))
        self.moten.opened.connect(lambda mote: self._want("mote", mote.id))
        self.timeline.opened.connect(self._open_event)
        for page in (self.planering, self.anteckningar):
            page.wanted.connect(self.wanted)
        QShortcut(QKeySequence("Ctrl+Shift+A"), self).activated.connect(lambda: self._want("anteckning"))
        head.note.clicked.connect(lambda: self._want("anteckning"))

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
