"""What happened in time order: date, icon, title and a line under, in groups with headings."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QHelpEvent, QKeyEvent, QPainter, QPen
from PySide6.QtWidgets import (
    QAbstractItemView,
    QListView,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QToolTip,
    QWidget,
)

from desktop.theme import Theme
from desktop.widgets.paint import draw_text, focus_ring, rounded, text_width

Index = QModelIndex | QPersistentModelIndex
ROW = Qt.ItemDataRole.UserRole
DAYS, LEAST_EVENTS = 62, 4  # design px of the column of days; events in sight


class EventKind(StrEnum):
    """How the mark looks: planned has a dashed ring, missed is in the danger colour."""

    PLANNED = "planned"
    DONE = "done"
    NOTE = "note"
    MISSED = "missed"


@dataclass(frozen=True, slots=True)
class Event:
    """One event; `key` is what `opened` tells."""

    key: object
    day: str
    title: str
    icon: str
    kind: EventKind = EventKind.DONE
    time: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class EventGroup:
    """Events under a heading."""

    title: str
    events: tuple[Event, ...]


class _Events(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.rows: list[Event | str] = []

    def show(self, groups: Sequence[EventGroup]) -> None:
        self.beginResetModel()
        self.rows = []
        for group in groups:
            self.rows += [group.title, *group.events] if group.events else []
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.rows)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> Any:
        if not index.isValid():
            return None
        row = self.rows[index.row()]
        if role == ROW:
            return row
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return row if isinstance(row, str) else " ".join((row.day, row.time, row.title, row.detail))
        return None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and isinstance(self.rows[index.row()], str):
            return Qt.ItemFlag.ItemNeverHasChildren
        return super().flags(index) | Qt.ItemFlag.ItemNeverHasChildren


class _Delegate(QStyledItemDelegate):
    def __init__(self, theme: Theme, view: "EventList") -> None:
        super().__init__(view)
        self._theme = theme
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = isinstance(index.data(ROW), str)
        return QSize(self._theme.px(200), self._theme.px(24) if heading else self._theme.row("event"))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        rect, row = QRectF(option.rect), index.data(ROW)
        if isinstance(row, str):
            self._paint_heading(painter, rect, row)
        else:
            current = index == self._view.currentIndex() and self._view.hasFocus()
            self._paint_event(painter, rect, row, current)
        painter.restore()

    def _paint_heading(self, painter: QPainter, rect: QRectF, title: str) -> None:
        theme, px = self._theme, self._theme.px
        draw_text(painter, theme, rect, title, "text2", "meta", 600)
        left = rect.left() + text_width(theme, title, "meta", 600) + px(8)
        line = QRectF(left, rect.center().y(), rect.right() - left, 1)
        painter.fillRect(line, theme.colour("hair"))

    def _paint_event(self, painter: QPainter, rect: QRectF, event: Event, current: bool) -> None:
        theme, px = self._theme, self._theme.px
        if current:
            rounded(painter, rect, 6, theme.colour("selected"), None)
        days = self._view.day_width()
        first = QRectF(rect.left() + px(2), rect.top() + px(1), days, px(18))
        draw_text(painter, theme, first, event.day, "text", "meta", 600)
        draw_text(painter, theme, first.translated(0, px(16)), event.time, "text2", "meta")
        middle = QPointF(first.right() + px(12), rect.top() + px(14))
        painter.fillRect(QRectF(middle.x() - 1, rect.top(), 2, rect.height()), theme.colour("hair"))
        self._paint_mark(painter, event, middle)
        words = self._words(rect)
        draw_text(painter, theme, words, event.title, "text", "body", 600)
        draw_text(painter, theme, words.translated(0, px(16)), event.detail, "text2", "meta")
        if current:
            focus_ring(painter, theme, rect, 6)

    def _words(self, rect: QRectF) -> QRectF:
        """Where the title of an event stands in its row."""
        px, left = self._theme.px, rect.left() + self._view.day_width() + self._theme.px(36)
        return QRectF(left, rect.top() + px(1), rect.right() - left - px(4), px(18))

    def helpEvent(
        self, event: QHelpEvent, view: QAbstractItemView, option: QStyleOptionViewItem, index: Index
    ) -> bool:
        """What is cut is told whole."""
        row, text = index.data(ROW), ""
        if isinstance(row, Event):
            room, theme = self._words(QRectF(option.rect)).width(), self._theme
            title, detail = text_width(theme, row.title, "body", 600), text_width(theme, row.detail, "meta")
            wide = max(title, detail) > room
            text = "\n".join(part for part in (row.title, row.detail) if part) if wide else ""
        QToolTip.showText(event.globalPos(), text, view)
        return True

    def _paint_mark(self, painter: QPainter, event: Event, at: QPointF) -> None:
        theme, px = self._theme, self._theme.px
        r = px(11.5)
        fill, edge, tone = {
            EventKind.PLANNED: ("surface", "accent", "accent_text"),
            EventKind.DONE: ("accent_soft", "accent_soft", "accent_text"),
            EventKind.NOTE: ("neutral_soft", "neutral_border", "text2"),
            EventKind.MISSED: ("danger_soft", "danger_border", "danger"),
        }[event.kind]
        pen = QPen(theme.colour(edge), 1.5 if event.kind is EventKind.PLANNED else 1)
        if event.kind is EventKind.PLANNED:
            pen.setDashPattern([3, 2])
        painter.setPen(pen)
        painter.setBrush(theme.colour(fill))
        painter.drawEllipse(at, r, r)
        half = px(14) / 2
        painter.drawPixmap(at - QPointF(half, half), theme.pixmap(event.icon, tone, 14))


class EventList(QListView):
    """Arrow keys move, Enter or a double click is `opened`."""

    opened = Signal(object)  # key of the event

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._events = _Events(self)
        self._days = theme.px(DAYS)
        self.setObjectName("list")
        self.setAccessibleName(name)
        self.setModel(self._events)
        self.setItemDelegate(_Delegate(theme, self))
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.doubleClicked.connect(self._open)
        theme.changed.connect(self._measure)

    def day_width(self) -> int:
        """How wide the column of days is, px: no day and no time is ever cut."""
        return self._days

    def _measure(self) -> None:
        rows = [row for row in self._events.rows if isinstance(row, Event)]
        texts = {(row.day, 600) for row in rows} | {(row.time, 400) for row in rows}
        widest = max((text_width(self._theme, text, "meta", weight) for text, weight in texts), default=0)
        self._days = max(self._theme.px(DAYS), widest + self._theme.px(8))
        self.scheduleDelayedItemsLayout()
        self.updateGeometry()

    def minimumSizeHint(self) -> QSize:
        """A heading and a few events."""
        most = self._theme.px(24) + LEAST_EVENTS * self._theme.row("event")
        return QSize(self.day_width() + self._theme.px(120), most)

    def set_groups(self, groups: Sequence[EventGroup]) -> None:
        """Show these; the event under the cursor stays it, if it is still there."""
        chosen = self.current_key()
        self._events.show(groups)
        self._measure()
        for place, row in enumerate(self._events.rows):
            if isinstance(row, Event) and chosen is not None and row.key == chosen:
                self.setCurrentIndex(self._events.index(place, 0))

    def current_key(self) -> object:
        """The key of the event under the cursor, or None."""
        row = self.currentIndex().data(ROW) if self.currentIndex().isValid() else None
        return row.key if isinstance(row, Event) else None

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter opens."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._open(self.currentIndex())
        else:
            super().keyPressEvent(event)

    def _open(self, index: QModelIndex) -> None:
        row = index.data(ROW) if index.isValid() else None
        if isinstance(row, Event):
            self.opened.emit(row.key)
