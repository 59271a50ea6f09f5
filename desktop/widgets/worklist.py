"""One list of things to do in groups: columns line up across groups, a group folds, a row is worked by keys.

Only what is on screen is painted. A long group shows its first rows until it is asked for all.
"""

from collections.abc import Hashable, Sequence
from dataclasses import dataclass
from typing import Any

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QPoint, QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QListView, QWidget

from desktop.i18n import tr
from desktop.table_model import ChipText
from desktop.theme import Theme
from desktop.widgets.worklist_paint import WorklistDelegate, paint_loading

Index = QModelIndex | QPersistentModelIndex
ENTRY = Qt.ItemDataRole.UserRole
FIRST = 100  # rows of a group before it is asked for all
UNIFORM = 2_000  # beyond this many rows every row has one height, which the view need not ask for


@dataclass(frozen=True, slots=True)
class WorkItem:
    """A row: who, number, why, when and the next act. `key` is the caller's own, `muted` a row put off."""

    key: Hashable
    name: str
    number: str
    reason: str
    chip: ChipText
    act: str
    masked: bool = False
    muted: bool = False

    @property
    def spoken(self) -> str:
        """The row in words."""
        return ", ".join(
            part for part in (self.name, self.number, self.reason, self.chip.text, self.act) if part
        )


@dataclass(frozen=True, slots=True)
class WorkGroup:
    """Rows under a head with icon, title, count and rule; `danger` colours icon and count.

    `count` where there are more than the rows at hand.
    """

    key: str
    icon: str
    title: str
    rule: str
    items: tuple[WorkItem, ...]
    danger: bool = False
    count: int = 0

    @property
    def total(self) -> int:
        """How many there are."""
        return max(self.count, len(self.items))


@dataclass(frozen=True, slots=True)
class Head:
    """A group's head as it is shown now."""

    group: WorkGroup
    folded: bool
    more: int = 0

    @property
    def spoken(self) -> str:
        """The head in words."""
        state = tr("hopfälld") if self.folded else tr("utfälld")
        return f"{self.group.title}, {self.group.total}, {self.group.rule}, {state}"


class _Model(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: list[Head | WorkItem] = []

    def show(self, entries: list[Head | WorkItem]) -> None:
        self.beginResetModel()
        self.entries = entries
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == ENTRY:
            return entry
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return entry.spoken
        if role == Qt.ItemDataRole.ToolTipRole and isinstance(entry, WorkItem):
            return f"{entry.name} · {entry.reason}"
        return None


class Worklist(QListView):
    """↑ ↓ move, Enter opens, Space previews, U puts off, ← and → fold and unfold the group."""

    opened = Signal(object)  # WorkItem
    previewed = Signal(object)
    postponed = Signal(object)
    current_changed = Signal(object)  # WorkItem or None

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._groups: tuple[WorkGroup, ...] = ()
        self._folded: set[str] = set()
        self._whole: set[str] = set()
        self._loading = False
        self.row_hovered = -1
        self._model = _Model(self)
        self.setObjectName("list")
        self.setAccessibleName(name)
        self.setModel(self._model)
        self._delegate = WorklistDelegate(theme, self)
        self.setItemDelegate(self._delegate)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setMouseTracking(True)
        self.doubleClicked.connect(lambda index: self._open(index.data(ENTRY)))
        theme.changed.connect(self.scheduleDelayedItemsLayout)

    def set_groups(self, groups: Sequence[WorkGroup]) -> None:
        """Show these; groups without rows are left out. The row under the ring stays it, else its place."""
        self._groups, self._loading = tuple(group for group in groups if group.items), False
        self._fill()

    def set_loading(self) -> None:
        """Three grey rows until the first groups are there."""
        self._loading = not self._groups
        self.viewport().update()

    def groups(self) -> tuple[WorkGroup, ...]:
        """Those with rows."""
        return self._groups

    def current_item(self) -> WorkItem | None:
        """The row under the ring; None on a head."""
        entry = self.currentIndex().data(ENTRY) if self.currentIndex().isValid() else None
        return entry if isinstance(entry, WorkItem) else None

    def item_rect(self) -> QRect:
        """Where the current row is, in the coordinates of the viewport."""
        return self.visualRect(self.currentIndex())

    def select(self, key: Hashable) -> None:
        """Go to the row with this key, if it is shown."""
        for place, entry in enumerate(self._model.entries):
            if isinstance(entry, WorkItem) and entry.key == key:
                self.setCurrentIndex(self._model.index(place, 0))
                return

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The keys of the list; letters do nothing else here."""
        entry = self.currentIndex().data(ENTRY) if self.currentIndex().isValid() else None
        key = event.key()
        if key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(entry)
        elif key == Qt.Key.Key_Space:
            self._tell(self.previewed, entry)
        elif key == Qt.Key.Key_U and not event.modifiers():
            self._tell(self.postponed, entry)
        elif key in (Qt.Key.Key_Left, Qt.Key.Key_Right):
            self._fold(entry, key == Qt.Key.Key_Left)
        elif event.text().isalpha() and not event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            event.ignore()
        else:
            super().keyPressEvent(event)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """A head folds, "Visa alla" shows all, the act of a row begins it."""
        super().mousePressEvent(event)
        index = self.indexAt(event.position().toPoint())
        entry = index.data(ENTRY) if index.isValid() else None
        if event.button() is not Qt.MouseButton.LeftButton:
            return
        if isinstance(entry, Head):
            if entry.more and event.position().x() > self.viewport().width() - self._theme.px(120):
                self._show_whole(entry.group.key)
            else:
                self._set_folded(entry.group.key, not entry.folded)
        elif isinstance(entry, WorkItem) and self._is_act(event.position().toPoint()):
            self._open(entry)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """A hand over what is pressed."""
        super().mouseMoveEvent(event)
        index = self.indexAt(event.position().toPoint())
        self.row_hovered = index.row()
        pressable = isinstance(index.data(ENTRY), Head) or self._is_act(event.position().toPoint())
        shape = Qt.CursorShape.PointingHandCursor if pressable else Qt.CursorShape.ArrowCursor
        self.viewport().setCursor(shape)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Where rows become of one line or of two they are laid out anew."""
        super().resizeEvent(event)
        stacks = self._delegate.stacks
        if stacks(event.oldSize().width()) != stacks(event.size().width()):
            self.scheduleDelayedItemsLayout()

    def leaveEvent(self, event: Any) -> None:
        """No row is under the pointer."""
        self.row_hovered = -1
        super().leaveEvent(event)
        self.viewport().update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The rows, or three grey ones while they are asked for."""
        super().paintEvent(event)
        if self._loading and not self._model.entries:
            paint_loading(QPainter(self.viewport()), self._theme, self.viewport().width())

    def currentChanged(self, current: Index, previous: Index) -> None:
        """Tell which row one stands on."""
        super().currentChanged(current, previous)
        self.viewport().update()
        self.current_changed.emit(self.current_item())

    def _is_act(self, point: QPoint) -> bool:
        return self.indexAt(point).isValid() and point.x() > self.viewport().width() - self._theme.px(170)

    def _tell(self, signal: Any, entry: object) -> None:
        if isinstance(entry, WorkItem):
            signal.emit(entry)

    def _open(self, entry: object) -> None:
        if isinstance(entry, Head):
            if entry.more:
                self._show_whole(entry.group.key)
            else:
                self._set_folded(entry.group.key, not entry.folded)
        else:
            self._tell(self.opened, entry)

    def _fold(self, entry: object, fold: bool) -> None:
        group = entry.group if isinstance(entry, Head) else self._group_of(self.currentIndex().row())
        if group is not None:
            self._set_folded(group.key, fold)

    def _group_of(self, row: int) -> WorkGroup | None:
        heads = (e for e in reversed(self._model.entries[: row + 1]) if isinstance(e, Head))
        head = next(heads, None)
        return head.group if head is not None else None

    def _set_folded(self, key: str, folded: bool) -> None:
        if folded == (key in self._folded):
            return
        (self._folded.add if folded else self._folded.discard)(key)
        self._fill(on_head=key)

    def _show_whole(self, key: str) -> None:
        self._whole.add(key)
        self._fill(on_head=key)

    def _fill(self, on_head: str = "") -> None:
        current, place = self.current_item(), self.currentIndex().row()
        entries: list[Head | WorkItem] = []
        for group in self._groups:
            folded = group.key in self._folded
            shown = group.items if group.key in self._whole else group.items[:FIRST]
            entries.append(Head(group, folded, 0 if folded else len(group.items) - len(shown)))
            entries += () if folded else shown
        self.setUniformItemSizes(len(entries) > UNIFORM)
        scrolled = self.verticalScrollBar().value()
        self._model.show(entries)
        if entries:
            self.setCurrentIndex(self._model.index(self._place(entries, current, place, on_head), 0))
            self.verticalScrollBar().setValue(scrolled)
            self.scrollTo(self.currentIndex())
        self.current_changed.emit(self.current_item())

    def _place(
        self, entries: list[Head | WorkItem], current: WorkItem | None, before: int, on_head: str
    ) -> int:
        """The head just folded, the same row, else the row that came into its place; first the first row."""
        for place, entry in enumerate(entries):
            if isinstance(entry, Head) and on_head == entry.group.key:
                return place
            if (
                isinstance(entry, WorkItem)
                and not on_head
                and current is not None
                and entry.key == current.key
            ):
                return place
        place = min(max(before, 0), len(entries) - 1)
        if isinstance(entries[place], Head) and place + 1 < len(entries):
            place += 1
        return place
