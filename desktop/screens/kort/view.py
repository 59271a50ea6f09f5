"""The person's card: head, facts and tabs. Knows widgets and rows; asks nobody."""

from functools import partial
from typing import Any

from PySide6.QtCore import QEvent, QObject, Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QResizeEvent, QShortcut
from PySide6.QtWidgets import QWidget

from desktop.i18n import tr
from desktop.screens.kort.flikar import FLIKAR, Flik, Grund
from desktop.screens.kort.handelser import FORMS, PAGES
from desktop.screens.kort.head import Head
from desktop.screens.kort.model import KortModel
from desktop.screens.kort.page import Akt, KortPage
from desktop.screens.kort.summary import Summary
from desktop.screens.kort.tabs import Timeline
from desktop.widgets.boxes import EmptyState, column, row
from desktop.widgets.button import Button
from desktop.widgets.side_fold import SideFold
from desktop.widgets.table import TableView
from desktop.widgets.tabs import Tabs
from desktop.widgets.tall import PageStack, Tall

EDGE, GAP = 14, 12  # px above and below the page, and between its parts
LEAST_PANEL = 300  # design px


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
        self.summary = Summary(theme)
        self.facts = self.summary.facts
        self.fold_button = Button(theme, tr("Sidopanel"), "panel-left")
        self.tabs = Tabs(theme, tr("Uppgifter om deltagaren"))
        self.pages = PageStack()
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
        self.summary.show_model(model)
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

    def resizeEvent(self, event: QResizeEvent) -> None:
        """A narrow window folds the summary under its button."""
        super().resizeEvent(event)
        self.fold.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Page Up, Page Down and the arrows scroll a card that is higher than the window."""
        self._body.keyPressEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """The open panel hangs from the tabs, wherever the head lets them be."""
        if event.type() == QEvent.Type.Move and self.fold.is_open:
            self.fold.place()
        return super().eventFilter(watched, event)

    def _panel_top(self) -> int:
        """Under the tabs; from the top of the page where little room would be left."""
        below = self.tabs.mapTo(self, self.tabs.rect().bottomLeft()).y() + GAP
        return below if EDGE <= below <= self.height() - self._theme.px(LEAST_PANEL) else EDGE

    def _lay_out(self) -> None:
        head = row(self.fold_button, self.tabs, spacing=GAP)
        head.setStretch(1, 1)
        right = column(head, self.pages, spacing=GAP)
        right.setStretch(1, 1)
        below = row(self.summary, right, spacing=16)
        below.setStretch(1, 1)
        body = QWidget()
        layout = column(self.head, below, spacing=GAP, margins=(24, EDGE, 24, EDGE))
        layout.setStretch(1, 1)
        body.setLayout(layout)
        self._body = Tall(body)
        self.missing.hide()
        self.setLayout(column(self._body, self.missing, spacing=0))
        self.fold = SideFold(
            self._theme, self, self.summary, self.fold_button, below, self._panel_top, left=True
        )
        self.fold.folded.connect(self.summary.set_folded)
        self.tabs.installEventFilter(self)
        self._body.verticalScrollBar().valueChanged.connect(lambda _value: self.fold.place())

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
        self.summary.close_panel.clicked.connect(lambda: self.fold.close())
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
