"""A board: a column per step with cards in it, moved to another column by key, menu or mouse.

Each column is a list of its own, so only the cards on screen are painted and a screen reader walks them.
"""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QMenu, QScrollArea, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.board_column import CARD, ColumnView
from desktop.widgets.board_column import BoardCard as BoardCard
from desktop.widgets.board_column import BoardColumn as BoardColumn
from desktop.widgets.boxes import clear_layout

GAP = 10  # px between columns


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
