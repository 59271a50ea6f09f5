"""A column of a board: what its cards say, the list of them, and the head over it."""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QMimeData,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    Qt,
    Signal,
)
from PySide6.QtGui import QDrag, QDragEnterEvent, QDropEvent, QFocusEvent, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QListView, QSizePolicy, QWidget

from desktop.formatting import number
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.board_paint import CardDelegate, ColumnHead
from desktop.widgets.boxes import column
from desktop.widgets.button import Button, ButtonKind

Index = QModelIndex | QPersistentModelIndex
CARD = Qt.ItemDataRole.UserRole
LEAST_WIDTH = 140  # of a column, in design px


@dataclass(frozen=True, slots=True)
class BoardCard:
    """A card: who, what comes next, how long in the column against the guide value, and how much is late."""

    key: Hashable
    name: str
    initials: str
    next: str
    days: int
    guide: int | None = None
    late: int = 0
    masked: bool = False
    spoken: str = ""

    @property
    def over(self) -> bool:
        """Longer in the column than the guide value."""
        return self.guide is not None and self.days > self.guide


@dataclass(frozen=True, slots=True)
class BoardColumn:
    """A column: its colour among the steps, kvinnor and män in it, words under, and how many it may hold.

    `more` is told on the mouse and when read out.
    """

    key: Hashable
    title: str
    tone: str
    cards: tuple[BoardCard, ...]
    kvinnor: int = 0
    man: int = 0
    note: str = ""
    limit: int | None = None
    more: str = ""

    @property
    def spoken(self) -> str:
        """The head in words."""
        parts = [
            self.title, number(len(self.cards)), f"{tr('kvinnor')} {self.kvinnor}", f"{tr('män')} {self.man}",
            self.note, self.more, f"{tr('gräns')} {self.limit}" if self.limit is not None else "",
        ]  # fmt: skip
        return ", ".join(part for part in parts if part)


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.cards: tuple[BoardCard, ...] = ()

    def show(self, cards: tuple[BoardCard, ...]) -> None:
        self.beginResetModel()
        self.cards = cards
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.cards)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        card = self.cards[index.row()]
        if role == CARD:
            return card
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return card.spoken
        if role == Qt.ItemDataRole.ToolTipRole:
            return f"{card.name} · {card.next}" if card.next else card.name
        return None


class CardList(QListView):
    """The cards of one column."""

    key_pressed = Signal(object)  # a QKeyEvent that concerns the board

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._model = _Model(self)
        self.setObjectName("board")
        self.setModel(self._model)
        self.setItemDelegate(CardDelegate(theme, self))
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # The head of the column and the line under it tell how many there are; a bar would take the room.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setDragEnabled(True)
        self.setAcceptDrops(False)
        self.viewport().setAcceptDrops(False)
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def show_cards(self, cards: tuple[BoardCard, ...]) -> None:
        """Show these; the card under the ring stays it, else its place."""
        before, place, scrolled = (
            self.current_card(),
            self.currentIndex().row(),
            self.verticalScrollBar().value(),
        )
        self._model.show(cards)
        if before is not None and not self.select(before.key) and cards:
            self.setCurrentIndex(self._model.index(min(place, len(cards) - 1), 0))
        self.verticalScrollBar().setValue(scrolled)

    def cards(self) -> tuple[BoardCard, ...]:
        """Those shown."""
        return self._model.cards

    def current_card(self) -> BoardCard | None:
        """The card under the ring."""
        card = self.currentIndex().data(CARD) if self.currentIndex().isValid() else None
        return card if isinstance(card, BoardCard) else None

    def select(self, key: Hashable) -> bool:
        """Put the ring on the card with this key; False where it is not here."""
        for place, card in enumerate(self._model.cards):
            if card.key == key:
                self.setCurrentIndex(self._model.index(place, 0))
                return True
        return False

    def begin(self) -> None:
        """At the first card, where none is under the ring."""
        if not self.currentIndex().isValid() and self._model.cards:
            self.setCurrentIndex(self._model.index(0, 0))

    def hidden_below(self) -> int:
        """How many cards lie below what is seen."""
        last = self.indexAt(QPoint(self.viewport().width() // 2, self.viewport().height() - 1))
        return len(self._model.cards) - last.row() - 1 if last.isValid() else 0

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The first card where none is under the ring."""
        super().focusInEvent(event)
        self.begin()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down are the list's own; the rest is the board's."""
        own = (
            Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_PageUp,
            Qt.Key.Key_PageDown,
        )  # fmt: skip
        if event.key() in own:
            super().keyPressEvent(event)
        else:
            event.ignore()
            self.key_pressed.emit(event)

    def startDrag(self, _actions: Qt.DropAction) -> None:
        """Take the card by the mouse to another column."""
        card = self.current_card()
        if card is None:
            return
        drag, mime = QDrag(self), QMimeData()
        mime.setText("")
        drag.setMimeData(mime)
        rect = self.visualRect(self.currentIndex())
        drag.setPixmap(self.viewport().grab(rect))
        drag.setHotSpot(QPoint(rect.width() // 2, rect.height() // 2))
        drag.exec(Qt.DropAction.MoveAction)


class ColumnView(QFrame):
    """A column: head, cards, and how many more there are below."""

    dropped = Signal()

    def __init__(self, theme: Theme, shown: BoardColumn, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("boardColumn")
        self.setAcceptDrops(True)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self.shown = shown
        self.head = ColumnHead(theme)
        self.list = CardList(theme)
        self.more = Button(theme, "", kind=ButtonKind.QUIET)
        self.more.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.more.clicked.connect(self._page_down)
        self.setLayout(column(self.head, self.list, self.more, spacing=6, margins=(6, 8, 6, 6)))
        self.list.verticalScrollBar().valueChanged.connect(lambda _value: self._tell_more())
        self.list.verticalScrollBar().rangeChanged.connect(lambda _low, _high: self._tell_more())
        self._theme = theme
        theme.changed.connect(self._fit)
        self._fit()
        self.show_column(shown)

    def show_column(self, shown: BoardColumn) -> None:
        """Show another state of the column."""
        self.shown = shown
        self.head.show_column(shown)
        self.list.setAccessibleName(shown.spoken)
        self.list.show_cards(shown.cards)
        self._tell_more()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        """Cards of the other columns."""
        if isinstance(event.source(), CardList) and event.source() is not self.list:
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        """The card is put here."""
        event.acceptProposedAction()
        self.dropped.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Another height shows other cards."""
        super().resizeEvent(event)
        self._tell_more()

    def _fit(self) -> None:
        self.setMinimumWidth(self._theme.px(LEAST_WIDTH))

    def _page_down(self) -> None:
        bar = self.list.verticalScrollBar()
        bar.setValue(bar.value() + bar.pageStep())

    def _tell_more(self) -> None:
        below = self.list.hidden_below()
        self.more.setText(f"{tr('Visa')} {number(below)} {tr('till')}" if below else "")
        self.more.setVisible(bool(below) or bool(self.list.verticalScrollBar().value()))
        self.more.setEnabled(bool(below))
