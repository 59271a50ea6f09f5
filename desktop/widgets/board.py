"""A board: a column per step with cards in it, moved to another column by key, menu or mouse.

Each column is a list of its own, so only the cards on screen are painted and a screen reader walks them.
"""

from collections.abc import Hashable, Sequence
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
from PySide6.QtGui import (
    QContextMenuEvent,
    QDrag,
    QDragEnterEvent,
    QDropEvent,
    QFocusEvent,
    QKeyEvent,
    QResizeEvent,
)
from PySide6.QtWidgets import (
    QAbstractItemView,
    QFrame,
    QHBoxLayout,
    QListView,
    QMenu,
    QScrollArea,
    QSizePolicy,
    QWidget,
)

from desktop.formatting import number
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.board_paint import CardDelegate, ColumnHead
from desktop.widgets.boxes import clear_layout, column
from desktop.widgets.button import Button, ButtonKind

Index = QModelIndex | QPersistentModelIndex
CARD = Qt.ItemDataRole.UserRole
LEAST_WIDTH = 140  # of a column, in design px
GAP = 10


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
    """A column: its colour among the steps, kvinnor and män in it, words under, and how many it may hold."""

    key: Hashable
    title: str
    tone: str
    cards: tuple[BoardCard, ...]
    kvinnor: int = 0
    man: int = 0
    note: str = ""
    limit: int | None = None

    @property
    def spoken(self) -> str:
        """The head in words."""
        parts = [
            self.title, number(len(self.cards)), f"{tr('kvinnor')} {self.kvinnor}", f"{tr('män')} {self.man}",
            self.note, f"{tr('gräns')} {self.limit}" if self.limit is not None else "",
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


class Board(QScrollArea):
    """Columns side by side. Arrows go between cards and columns, Ctrl with an arrow takes the card along."""

    opened = Signal(object)  # the card's key
    moved = Signal(object, object)  # the card's key, the column's key
    head_chosen = Signal(object)  # the column's key

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setObjectName("boardArea")
        self.setAccessibleName(name)
        self.setWidgetResizable(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._inner = QWidget()
        self._inner.setObjectName("page")
        self._row = QHBoxLayout(self._inner)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(GAP)
        self.setWidget(self._inner)
        self.views: list[ColumnView] = []

    def set_columns(self, columns: Sequence[BoardColumn]) -> None:
        """Show these. The focus follows the card that has it to the column where it is now."""
        focused = self.current_view()
        card = focused.list.current_card() if focused is not None else None
        if [view.shown.key for view in self.views] == [shown.key for shown in columns]:
            for view, shown in zip(self.views, columns, strict=True):
                view.show_column(shown)
        else:
            self._make(columns)
        if card is not None:
            self.select(card.key) or self._keep_near(focused)

    def columns(self) -> tuple[BoardColumn, ...]:
        """Those shown."""
        return tuple(view.shown for view in self.views)

    def current_view(self) -> ColumnView | None:
        """The column with the focus."""
        focus = self.window().focusWidget()  # also while a dialog lies over the window
        return next((view for view in self.views if view.list is focus), None)

    def select(self, key: Hashable) -> bool:
        """Put the focus on a card; False where it is not on the board."""
        for view in self.views:
            if view.list.select(key):
                view.list.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(view, 0, 0)
                return True
        return False

    def focusInEvent(self, event: QFocusEvent) -> None:
        """The focus belongs to the cards."""
        super().focusInEvent(event)
        self.focus_first()

    def focus_first(self) -> None:
        """The first column with cards."""
        for view in self.views:
            if view.shown.cards:
                view.list.begin()
                view.list.setFocus(Qt.FocusReason.TabFocusReason)
                return

    def stops(self) -> list[QWidget]:
        """Where Tab stops, from the left."""
        return [view.list for view in self.views]

    def _make(self, columns: Sequence[BoardColumn]) -> None:
        clear_layout(self._row)
        self.views = []
        for shown in columns:
            view = ColumnView(self._theme, shown)
            view.list.key_pressed.connect(lambda event, view=view: self._key(view, event))
            view.list.doubleClicked.connect(lambda index: self.opened.emit(index.data(CARD).key))
            view.dropped.connect(lambda view=view: self._dropped(view))
            view.head.clicked.connect(lambda view=view: self.head_chosen.emit(view.shown.key))
            self.views.append(view)
            self._row.addWidget(view, 1)

    def _keep_near(self, view: ColumnView | None) -> bool:
        if view is not None and view in self.views:
            view.list.setFocus(Qt.FocusReason.OtherFocusReason)
        else:
            self.focus_first()
        return True

    def _dropped(self, onto: ColumnView) -> None:
        for view in self.views:
            card = view.list.current_card()
            if view is not onto and view is self.current_view() and card is not None:
                self.moved.emit(card.key, onto.shown.key)

    def _key(self, view: ColumnView, event: QKeyEvent) -> None:
        card, at = view.list.current_card(), self.views.index(view)
        ctrl = bool(event.modifiers() & Qt.KeyboardModifier.ControlModifier)
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and card is not None:
            event.accept()
            self.opened.emit(card.key)
        elif event.key() in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            event.accept()
            step = 1 if event.key() == Qt.Key.Key_Right else -1
            if not 0 <= at + step < len(self.views):
                return
            if ctrl and card is not None:
                self.moved.emit(card.key, self.views[at + step].shown.key)
            elif not ctrl:
                self._go(view, step)

    def _go(self, view: ColumnView, step: int) -> None:
        """To the next column with cards, at the same height."""
        place, at = view.list.currentIndex().row(), self.views.index(view) + step
        while 0 <= at < len(self.views):
            other = self.views[at].list
            if other.cards():
                other.setCurrentIndex(other.model().index(min(max(place, 0), len(other.cards()) - 1), 0))
                other.setFocus(Qt.FocusReason.OtherFocusReason)
                self.ensureWidgetVisible(self.views[at], 0, 0)
                return
            at += step

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Open the card, or move it to any column."""
        view = self.current_view()
        card = view.list.current_card() if view is not None else None
        if view is not None and card is not None:
            self.make_menu(view, card).popup(event.globalPos())

    def make_menu(self, view: ColumnView, card: BoardCard) -> QMenu:
        """What can be done with a card."""
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        menu.addAction(tr("Öppna kortet")).triggered.connect(lambda: self.opened.emit(card.key))
        menu.addSeparator()
        for other in self.views:
            if other is not view and other.shown.key:
                act = menu.addAction(f"{tr('Flytta till')} {other.shown.title}")
                act.triggered.connect(lambda _c=False, key=other.shown.key: self.moved.emit(card.key, key))
        return menu
