"""A line of text with what was written before to choose from; anything else may be written too."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QStringListModel, Qt
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QCompleter, QListView, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.fields import TextField

MOST = 12  # lines of the list without scrolling


class SuggestField(TextField):
    """While one writes the list holds what has the text in it; ↓, or the arrow, opens all of it. Nothing is
    taken from the list unless it is chosen."""

    def __init__(self, theme: Theme, limit: int = 200, parent: QWidget | None = None) -> None:
        super().__init__(limit, parent=parent)
        self._theme = theme
        self._offered = QStringListModel(self)
        self._is_dressed = False
        completer = QCompleter(self._offered, self)
        completer.setCaseSensitivity(Qt.CaseSensitivity.CaseInsensitive)
        completer.setFilterMode(Qt.MatchFlag.MatchContains)
        completer.setMaxVisibleItems(MOST)
        self._list = QListView()
        self._list.setObjectName("suggestions")
        self._list.setAccessibleName(tr("Förslag"))
        completer.setPopup(self._list)
        self.setCompleter(completer)
        theme.changed.connect(self._themed)
        self._themed()

    def offer(self, texts: Sequence[str]) -> None:
        """What to choose from, the likeliest first."""
        self._offered.setStringList(list(texts))
        self.update()

    def offered(self) -> list[str]:
        """What there is to choose from."""
        return self._offered.stringList()

    def open_list(self) -> None:
        """All there is to choose from."""
        if self.offered():
            self._dress()
            self.completer().setCompletionPrefix("")
            self.completer().complete()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """↓ opens the list."""
        if event.key() == Qt.Key.Key_Down and not self._list.isVisible():
            self.open_list()
            return
        self._dress()
        super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """The arrow opens the list."""
        super().mousePressEvent(event)
        if self.offered() and event.position().x() >= self.width() - self._theme.px(30):
            self.open_list()

    def paintEvent(self, event: QPaintEvent) -> None:
        """With an arrow where there is something to choose from."""
        super().paintEvent(event)
        if self.offered():
            px = self._theme.px
            place = QPointF(self.width() - px(25), (self.height() - px(15)) / 2)
            QPainter(self).drawPixmap(place, self._theme.pixmap("chevron-down", "text2", 15))

    def _dress(self) -> None:
        """The list is a window of its own, which nobody but Qt knows of: dressed when first needed."""
        if not self._is_dressed:
            self._is_dressed = True
            self._theme.dress(self._list)

    def _themed(self) -> None:
        self.setTextMargins(0, 0, self._theme.px(22), 0)
