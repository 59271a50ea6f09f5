"""Pages that shrink with the window as far as their contents allow, and scroll as a whole from there."""

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QBoxLayout, QFrame, QScrollArea, QWidget

from desktop.theme import Theme
from desktop.widgets.boxes import first_stop, row


def least_height(widget: QWidget, width: int) -> int:
    """How low a widget can be at a width, px, without anything in it being cut off."""
    layout = widget.layout()
    if layout is not None and layout.hasHeightForWidth():
        return layout.totalMinimumHeightForWidth(width)
    return max(widget.minimumHeight(), widget.minimumSizeHint().height())


def scroll_page(inner: QWidget) -> QScrollArea:
    """A page that scrolls downwards where the window is lower than it."""
    inner.setObjectName("page")
    scroll = QScrollArea()
    scroll.setFrameShape(QFrame.Shape.NoFrame)
    scroll.setWidgetResizable(True)
    scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    scroll.setWidget(inner)
    return scroll


class Tall(QScrollArea):
    """Holds a page: as wide and as high as the room, but never lower than `least_height` of it.

    Within another page it keeps `lines` of text in sight, or all it holds if that is less.
    """

    def __init__(self, inner: QWidget, lines: int = 0, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._lines = lines
        self._inner = inner
        inner.setObjectName("scrolled")
        inner.installEventFilter(self)
        self.setWidget(inner)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)

    def minimumSizeHint(self) -> QSize:
        """Some lines of it."""
        need = least_height(self._inner, self.viewport().width()) if self._lines else 0
        return QSize(0, min(need, self._lines * self.fontMetrics().lineSpacing()))

    def keep(self, lines: int) -> None:
        """Another number of lines in sight."""
        if lines != self._lines:
            self._lines = lines
            self.updateGeometry()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow what the page needs."""
        if watched is self._inner and event.type() == QEvent.Type.LayoutRequest:
            self._fit()
            if self._lines:
                self.updateGeometry()
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the room there is."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        room = self.viewport().size()
        self._inner.resize(room.width(), max(room.height(), least_height(self._inner, room.width())))


class PageStack(QWidget):
    """Pages of which one is shown. Unlike QStackedWidget it needs no more room than the one shown."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._current: QWidget | None = None

    def addWidget(self, page: QWidget) -> None:
        """One more page, not yet shown."""
        page.setParent(self)
        page.hide()

    def currentWidget(self) -> QWidget | None:
        """The page shown, None before the first."""
        return self._current

    def setCurrentWidget(self, page: QWidget) -> None:
        """Show a page; the focus goes along where the page before had it."""
        before, self._current = self._current, page
        if page is before:
            return
        page.setGeometry(self.rect())
        page.show()
        if before is not None:
            stop = first_stop(page) if before.isAncestorOf(QApplication.focusWidget() or self) else None
            if stop is not None:
                stop.setFocus(Qt.FocusReason.OtherFocusReason)
            before.hide()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As the page shown."""
        return self._current.sizeHint() if self._current is not None else QSize(0, 0)

    def minimumSizeHint(self) -> QSize:
        """Narrow pages break their lines."""
        return QSize(0, least_height(self._current, self.width()) if self._current is not None else 0)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page has all the room."""
        super().resizeEvent(event)
        if self._current is not None:
            self._current.setGeometry(self.rect())
        if event.size().width() != event.oldSize().width():
            self.updateGeometry()

    def event(self, event: QEvent) -> bool:
        """A page that needs another height tells here."""
        if event.type() == QEvent.Type.LayoutRequest:
            self.updateGeometry()
        return super().event(event)


class Pair(QWidget):
    """Two widgets side by side where there are `least` design px for them, else one below the other."""

    def __init__(
        self, theme: Theme, first: QWidget, second: QWidget, least: int, parent: QWidget | None = None
    ) -> None:
        super().__init__(parent)
        self._theme, self._least = theme, least
        self.sides = row(first, second, spacing=24)
        for place in (0, 1):
            self.sides.setStretch(place, 1)
        self.setLayout(self.sides)
        theme.changed.connect(self._fit)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Follow the room."""
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        wide = self.width() >= self._theme.px(self._least)
        way = QBoxLayout.Direction.LeftToRight if wide else QBoxLayout.Direction.TopToBottom
        self.sides.setDirection(way)
        self.sides.setSpacing(24 if wide else 3)
