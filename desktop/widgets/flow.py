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
        self._right, self._grows = right, grows
        self.setContentsMargins(0, 0, 0, 0)
        self.setSpacing(spacing)

    def addItem(self, item: QLayoutItem) -> None:
        """At the end."""
        self._items.append(item)

    def count(self) -> int:
        """How many there are."""
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        """The item at a place, None beyond the last."""
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        """Let go of an item."""
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        """It wants no more room than it needs."""
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        """The narrower, the more lines."""
        return True

    def heightForWidth(self, width: int) -> int:
        """The height of the lines at a width."""
        return self._arrange(QRect(0, 0, width, 0), move=False)

    def sizeHint(self) -> QSize:
        """All in one line."""
        sizes = [item.sizeHint() for item in self._shown()]
        width = sum(size.width() for size in sizes) + self.spacing() * max(0, len(sizes) - 1)
        return QSize(width, max((size.height() for size in sizes), default=0))

    def minimumSize(self) -> QSize:
        """As narrow as the widest item."""
        sizes = [item.sizeHint() for item in self._shown()]
        height = max((size.height() for size in sizes), default=0)
        return QSize(max((size.width() for size in sizes), default=0), height)

    def setGeometry(self, rect: QRect) -> None:
        """Place the items."""
        super().setGeometry(rect)
        self._arrange(rect, move=True)

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = [[]]
        left = width
        for item in self._shown():
            need = item.sizeHint().width()
            if lines[-1] and need > left:
                lines.append([])
                left = width
            lines[-1].append(item)
            left -= need + self.spacing()
        return lines

    def _arrange(self, rect: QRect, move: bool) -> int:
        y = rect.top()
        for line in self._lines(rect.width()):
            height = max((item.sizeHint().height() for item in line), default=0)
            used = sum(item.sizeHint().width() for item in line) + self.spacing() * (len(line) - 1)
            left = max(0, rect.width() - used)
            x = rect.left() + (left if self._right else 0)
            for item in line:
                size = item.sizeHint()
                if self._grows and item is self._items[0]:
                    wide = min(size.width() + left, item.maximumSize().width())
                    left -= wide - size.width()
                    size.setWidth(wide)
                elif self._grows and item is self._items[-1]:
                    x += left
                if move:
                    item.setGeometry(QRect(QPoint(x, y + (height - size.height()) // 2), size))
                x += size.width() + self.spacing()
            y += height + self.spacing()
        return max(0, y - self.spacing() - rect.top())
