"""Widgets side by side that go on in a new line where the room ends, as words do."""

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QSizePolicy, QWidget


class Flow(QWidget):
    """Holds widgets in lines. None is ever narrower than it must be, so that no word is cut."""

    def __init__(
        self,
        *widgets: QWidget,
        spacing: int = 8,
        right: bool = False,
        grows: bool = False,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        layout = FlowLayout(self, spacing, right, grows)
        for widget in widgets:
            layout.addWidget(widget)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)


class FlowLayout(QLayout):
    """Lines of items, each as wide as it wants to be; `right` lets them end at the right edge. With `grows`
    the first takes what its line leaves, up to its greatest width, and the last ends at the right edge."""

    def __init__(self, parent: QWidget, spacing: int, right: bool, grows: bool = False) -> None:
        super().__init__(parent)
        self._items: list[QLayoutItem] = []
        self._sized: list[tuple[QLayoutItem, QSize]] | None = None
        self._heights: dict[int, int] = {}
        self._right, self._grows = right, grows
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """At the end."""
        self._items.append(item)
        self.invalidate()

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Let go of an item."""
        if not 0 <= index < len(self._items):
            return None
        self.invalidate()
        return self._items.pop(index)

    def invalidate(self) -> None:
        """Forget the sizes: Qt says so whenever an item is shown, hidden or wants another size."""
        self._sized = None
        self._heights.clear()
        super().invalidate()

    def expandingDirections(self) -> Qt.Orientation:
        """It wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the lines at a width."""
        # Asked dozens of times while a screen is laid out, mostly for the same few widths.
        if width not in self._heights:
            self._heights[width] = self._arrange(QRect(0, 0, width, 0), move=False)
        return self._heights[width]

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [size for _, size in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """As narrow as the widest item."""
        sizes = [size for _, size in self._shown()]
        height = max((size.height() for size in sizes), default=0)
        return QSize(max((size.width() for size in sizes), default=0), height)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _shown(self) -> list[tuple[QLayoutItem, QSize]]:
        if self._sized is None:
            self._sized = [(item, item.sizeHint()) for item in self._items if not item.isEmpty()]
        return self._sized

    def _lines(self, width: int) -> list[list[tuple[QLayoutItem, QSize]]]:
        lines: list[list[tuple[QLayoutItem, QSize]]] = [[]]
        left = width
        for item, size in self._shown():
            need = size.width()
            if lines[-1] and need > left:
                lines.append([])
                left = width
            lines[-1].append((item, size))
            left -= need + self.spacing()
        return lines

    def _arrange(self, rect: QRect, move: bool) -> int:
        y = rect.top()
        for line in self._lines(rect.width()):
            height = max((size.height() for _, size in line), default=0)
            used = sum(size.width() for _, size in line) + self.spacing() * (len(line) - 1)
            left = max(0, rect.width() - used)
            x = rect.left() + (left if self._right else 0)
            for item, size in line:
                wide = size.width()
                if self._grows and item is self._items[0]:
                    wide = min(wide + left, item.maximumSize().width())
                    left -= wide - size.width()
                elif self._grows and item is self._items[-1]:
                    x += left
                if move:
                    at = QPoint(x, y + (height - size.height()) // 2)
                    item.setGeometry(QRect(at, QSize(wide, size.height())))
                x += wide + self.spacing()
            y += height + self.spacing()
        return max(0, y - self.spacing() - rect.top())
