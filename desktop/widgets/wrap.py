"""A row that breaks over lines where it has no room, so that nothing is cut off by a narrow window or large
text: some parts at the left, others, such as buttons, at the right end of the first line."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtWidgets import QLabel, QLayout, QLayoutItem, QSizePolicy, QWidget

from desktop.widgets.chip import Chip
from desktop.widgets.text import ElidedText

LEAST = 60  # px that words can be broken down to
BETWEEN = 4  # px between lines
ROOM = 6  # px that a label needs beside its letters


class WrapLayout(QLayout):
    """Places its items in lines; the last `right` of them stand at the right where they share a line."""

    def __init__(self, right: int, spacing: int, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._right, self._gap = right, spacing
        # By width: Qt asks many times over while a page is laid out.
        self._known: dict[int, list[list[_Placed]]] = {}
        self.setContentsMargins(0, 0, 0, 0)

    def addItem(self, item: QLayoutItem) -> None:
        """At the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place, None where there is none."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Take an item out."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def invalidate(self) -> None:
        """Something has another size, or is shown or hidden."""
        self._known.clear()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """As wide as there is room."""
        return Qt.Orientation.Horizontal

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of all lines."""
        return self._place(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """All in one line."""
        widths = [_width(item) for item in self._items]
        height = max((item.sizeHint().height() for item in self._items), default=0)
        return QSize(sum(widths) + self._gap * max(0, len(widths) - 1), height)

    def minimumSize(self) -> QSize:
        """One below the other."""
        narrowest = (LEAST if _yields(item) else item.minimumSize().width() for item in self._items)
        return QSize(max(narrowest, default=0), 0)

    def setGeometry(self, rect: QRect) -> None:
        """Move everything to its place."""
        super().setGeometry(rect)
        self._place(rect, move=True)

    def _place(self, rect: QRect, *, move: bool) -> int:
        y = rect.top()
        for line in self._lines(rect.width()):
            tallest = max(placed.height for placed in line)
            if move:
                for item, x, width, height in line:
                    item.setGeometry(QRect(rect.left() + x, y + (tallest - height) // 2, width, height))
            y += tallest + BETWEEN
        return max(0, y - BETWEEN - rect.top())

    def _lines(self, room: int) -> list[list["_Placed"]]:
        """What stands on each line, where the row is `room` px wide."""
        if room not in self._known:
            self._known[room] = self._arrange(room)
        return self._known[room]

    def _arrange(self, room: int) -> list[list["_Placed"]]:
        items = [item for item in self._items if not item.isEmpty()]
        split = len(items) - self._right
        left, right = items[:split], items[split:]
        end = sum(_width(item) for item in right) + self._gap * max(0, len(right) - 1)
        shares = bool(left and right) and min(_width(left[0]), room) + self._gap + end <= room
        if not shares:
            return self._flow(left, room, room) + self._flow(right, room, room)
        lines = self._flow(left, room - end - self._gap, room)
        x = room - end
        for item in right:
            lines[0].append(_Placed(item, x, _width(item), item.sizeHint().height()))
            x += _width(item) + self._gap
        return lines

    def _flow(self, items: Sequence[QLayoutItem], first: int, room: int) -> list[list["_Placed"]]:
        """Line after line, the first one `first` wide."""
        lines: list[list[_Placed]] = []
        x = 0
        for item in items:
            width = _width(item)
            if not lines or x + width > (first if len(lines) == 1 else room):
                lines.append([])
                x = 0
            width = min(width, first if len(lines) == 1 else room)
            height = item.heightForWidth(width) if item.hasHeightForWidth() else item.sizeHint().height()
            lines[-1].append(_Placed(item, x, width, height))
            x += width + self._gap
        return lines


class _Placed(NamedTuple):
    item: QLayoutItem
    x: int
    width: int
    height: int


class WrapRow(QWidget):
    """The widget of such a row."""

    def __init__(
        self,
        left: Sequence[QWidget],
        right: Sequence[QWidget] = (),
        spacing: int = 10,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = WrapLayout(len(right), spacing, self)
        for part in (*left, *right):
            layout.addWidget(part)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


def _yields(item: QLayoutItem) -> bool:
    """Whether it breaks its words over lines, or cuts and tells them, where there is little room."""
    widget = item.widget()
    return isinstance(widget, Chip | ElidedText) or (isinstance(widget, QLabel) and widget.wordWrap())


def _width(item: QLayoutItem) -> int:
    """What an item would have; words that can be broken want one line."""
    widget = item.widget()
    if isinstance(widget, QLabel) and widget.wordWrap():
        return max(widget.minimumWidth(), widget.fontMetrics().horizontalAdvance(widget.text()) + ROOM)
    return item.sizeHint().width()
