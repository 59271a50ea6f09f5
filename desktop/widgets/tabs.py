"""Tabs with counts; those that have no room fold into a menu, so that the bar is never cut off."""

from collections.abc import Mapping

from PySide6.QtCore import QPoint, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QMenu, QPushButton, QTabBar, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.paint import draw_text, focus_ring, rounded, text_width


class Tabs(QTabBar):
    """Tabs with counts and a bar under the chosen one, which is always in sight.

    Arrow keys walk through all of them; `more` opens a menu of those folded away.
    """

    def __init__(self, theme: Theme, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._folding = False
        self.setAccessibleName(name)
        self.setDrawBase(False)
        self.setExpanding(False)
        self.setUsesScrollButtons(False)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.more = _More(theme, tr("Fler flikar"), self)
        self.more.hide()
        self.more.clicked.connect(self._open_menu)
        self.menu = QMenu(self)
        self.menu.triggered.connect(lambda action: self._choose(action.data()))
        self.currentChanged.connect(self._fold)
        theme.changed.connect(self._themed)

    def add(self, text: str, count: int | None = None) -> int:
        """A tab at the end; its index."""
        index = self.addTab(text)
        self.set_counts({index: count})
        return index

    def set_counts(self, counts: Mapping[int, int | None]) -> None:
        """The figure after the words of each tab; None hides it."""
        self._folding = True  # once for all of them, below
        for index, count in counts.items():
            figure = "" if count is None else str(count)
            if self.tabData(index) != figure:
                self.setTabData(index, figure)
                self.setAccessibleTabName(index, f"{self.tabText(index)} {figure}".strip())
                self.setTabText(index, self.tabText(index))  # Qt asks for its size again
        self._folding = False
        self._fold()

    def folded(self) -> list[int]:
        """The indices of the tabs that had no room, in order."""
        return [index for index in range(self.count()) if not self.isTabVisible(index)]

    def tabSizeHint(self, index: int) -> QSize:
        """Words, figure and room around."""
        px, figure = self._theme.px, str(self.tabData(index) or "")
        width = text_width(self._theme, self.tabText(index), "body", 600)
        width += text_width(self._theme, figure, "meta", 600) + px(6) if figure else 0
        return QSize(width + px(20), px(34))

    def sizeHint(self) -> QSize:
        """Room for every tab."""
        return QSize(sum(self._widths()), self._theme.px(34))

    def minimumSizeHint(self) -> QSize:
        """The widest tab and the way to the others."""
        return QSize(max(self._widths(), default=0) + self.more.sizeHint().width(), self._theme.px(34))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Fold and unfold with the width."""
        super().resizeEvent(event)
        self._fold()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """← → Home End go through all tabs, also those folded away."""
        last, at = self.count() - 1, self.currentIndex()
        to = {
            Qt.Key.Key_Left: at - 1, Qt.Key.Key_Right: at + 1, Qt.Key.Key_Home: 0, Qt.Key.Key_End: last,
        }.get(Qt.Key(event.key()))  # fmt: skip
        if to is None or event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier:
            super().keyPressEvent(event)
        elif 0 <= to <= last:
            self.setCurrentIndex(to)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """All tabs over one line."""
        painter, theme = QPainter(self), self._theme
        base = QRectF(0, self.height() - 1, self.width(), 1)
        painter.fillRect(base, theme.colour("border"))
        for index in range(self.count()):
            if self.isTabVisible(index):
                self._paint_tab(painter, index)

    def _paint_tab(self, painter: QPainter, index: int) -> None:
        theme, px, chosen = self._theme, self._theme.px, index == self.currentIndex()
        rect = QRectF(self.tabRect(index))
        tone, weight = ("accent_text", 600) if chosen else ("text2", 500)
        words = QRectF(rect.left() + px(10), 0, rect.width(), rect.height() - 2)
        draw_text(painter, theme, words, self.tabText(index), tone, "body", weight, elide=False)
        width = text_width(theme, self.tabText(index), "body", weight)
        figure = words.translated(width + px(6), 0)
        draw_text(painter, theme, figure, str(self.tabData(index) or ""), tone, "meta", 500, elide=False)
        if chosen:
            bar = QRectF(rect.left() + px(8), self.height() - 3, rect.width() - px(16), 3)
            rounded(painter, bar, 1.5, theme.colour("accent"), None)
            if self.hasFocus():
                focus_ring(painter, theme, rect.adjusted(2, 3, -2, -5), 6)

    def _widths(self) -> list[int]:
        return [self.tabSizeHint(index).width() for index in range(self.count())]

    def _fold(self) -> None:
        # Showing and hiding tabs lays the bar out anew, which would bring us here again.
        if self._folding or not self.count():
            return
        self._folding = True
        shown = self._fitting(self._widths())
        # Shown first: Qt would choose another tab if the chosen one were hidden for a moment.
        for wanted in (True, False):
            for index in range(self.count()):
                if (index in shown) is wanted and self.isTabVisible(index) is not wanted:
                    self.setTabVisible(index, wanted)
        self._folding = False
        self._place_more(len(shown) < self.count())
        self.update()

    def _fitting(self, widths: list[int]) -> set[int]:
        if sum(widths) <= self.width():
            return set(range(len(widths)))
        chosen = self.currentIndex()
        shown, left = {chosen}, self.width() - self.more.sizeHint().width() - widths[chosen]
        for index, width in enumerate(widths):
            if index != chosen:
                left -= width
                if left < 0:
                    break
                shown.add(index)
        return shown

    def _place_more(self, wanted: bool) -> None:
        self.more.setVisible(wanted)
        if wanted:
            right = max(self.tabRect(i).right() for i in range(self.count()) if self.isTabVisible(i))
            size = self.more.sizeHint()
            self.more.setGeometry(right + 1, 0, size.width(), size.height())

    def _open_menu(self) -> None:
        self.menu.clear()
        for index in self.folded():
            self.menu.addAction(self.accessibleTabName(index)).setData(index)
        self.menu.popup(self.more.mapToGlobal(QPoint(0, self.more.height())))

    def _choose(self, index: int) -> None:
        self.setCurrentIndex(index)
        self.setFocus(Qt.FocusReason.TabFocusReason)

    def _themed(self) -> None:
        for index in range(self.count()):
            self.setTabText(index, self.tabText(index))
        self.updateGeometry()
        self._fold()


class _More(QPushButton):
    """The word Mer after the last tab in sight."""

    def __init__(self, theme: Theme, name: str, parent: QWidget) -> None:
        super().__init__(tr("Mer"), parent)
        self._theme = theme
        self.setAccessibleName(name)
        self.setToolTip(name)
        self.setAutoDefault(False)

    def sizeHint(self) -> QSize:
        px = self._theme.px
        return QSize(text_width(self._theme, self.text(), "body", 600) + px(20 + 18), px(34))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        rect = QRectF(self.rect()).adjusted(2, 3, -2, -5)
        if self.underMouse() or self.isDown():
            rounded(painter, rect, 6, theme.colour("hover"), None)
        words = QRectF(px(10), 0, self.width(), self.height() - 2)
        draw_text(painter, theme, words, self.text(), "text2", "body", 500, elide=False)
        x = px(10) + text_width(theme, self.text(), "body", 500) + px(5)
        painter.drawPixmap(
            QPointF(x, (self.height() - 2 - px(14)) / 2), theme.pixmap("chevron-down", "text2", 14)
        )
        if self.hasFocus():
            focus_ring(painter, theme, rect, 6)
