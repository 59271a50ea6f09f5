"""The gallery of reports: groups of items, one chosen, filtered by a search box."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QButtonGroup,
    QFrame,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from desktop.i18n import tr
from desktop.screens.rapporter.choices import Due, ReportItem
from desktop.theme import Theme
from desktop.widgets.boxes import chain_tabs, column, scrolled
from desktop.widgets.fields import SearchField
from desktop.widgets.link_row import LinkRow
from desktop.widgets.paint import draw_text, focus_ring, rounded
from desktop.widgets.text import Line, Text


class _Item(QPushButton):
    def __init__(self, theme: Theme, item: ReportItem) -> None:
        super().__init__(item.titel)
        self._theme, self.item = theme, item
        self.setCheckable(True)
        self.setAccessibleName(item.titel)
        self.setAccessibleDescription(item.rad)
        self.setToolTip(item.titel)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def sizeHint(self) -> QSize:
        return QSize(self._theme.px(120), self._theme.row("report_item"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        rect, chosen = QRectF(self.rect()), self.isChecked()
        if chosen or self.underMouse():
            rounded(painter, rect, 6, theme.colour("selected" if chosen else "hover"), None)
        if chosen:
            rounded(painter, QRectF(0, px(8), 3, rect.height() - px(16)), 1.5, theme.colour("accent"), None)
        square = QRectF(px(10), (rect.height() - px(32)) / 2, px(32), px(32))
        fill = "surface" if chosen else "neutral_soft"
        rounded(painter, square, 6, theme.colour(fill), theme.colour("neutral_border"))
        icon = theme.pixmap(self.item.icon, "accent_text" if chosen else "text2", 17)
        painter.drawPixmap(square.topLeft() + QPointF(px(7.5), px(7.5)), icon)
        words = QRectF(px(52), rect.height() / 2 - px(18), rect.width() - px(58), px(18))
        draw_text(
            painter,
            theme,
            words,
            self.item.kort,
            "accent_text" if chosen else "text",
            "body",
            600 if chosen else 500,
        )
        draw_text(painter, theme, words.translated(0, px(18)), self.item.rad, "text2", "meta")
        if self.hasFocus():
            focus_ring(painter, theme, rect, 6)


class Gallery(QFrame):
    """`chosen` with the name of a report, `due_wanted` with plan and period of a follow-up that is due."""

    chosen = Signal(str)
    due_wanted = Signal(str, str)

    def __init__(self, theme: Theme, items: Sequence[ReportItem], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self.setAccessibleName(tr("Rapporter"))
        self._theme = theme
        self.search = SearchField(theme, tr("Sök rapport"))
        self.search.textChanged.connect(self._filter)
        self.search.returnPressed.connect(self._choose_first)
        self.nothing = Text(tr("Inga träffar."), "body", "text2")
        self.nothing.hide()
        self._group = QButtonGroup(self)
        self._groups: list[tuple[Text, list[_Item]]] = []
        self._list = QVBoxLayout()
        self._list.setSpacing(2)
        self._fill(theme, items)
        self.due = QWidget()
        self._due_shown: tuple[Due, ...] = ()
        self._due = column(spacing=2, margins=(18, 6, 10, 10))
        self.due.setLayout(self._due)
        self.due.hide()
        self._lay_out()
        theme.changed.connect(self._themed)
        self._themed()

    def show_due(self, rader: Sequence[Due]) -> None:
        """What the årshjul asks for, under the reports; nothing hides it. The same again leaves the rows, and
        the focus on one of them, as they are."""
        if tuple(rader) == self._due_shown:
            return
        self._due_shown = tuple(rader)
        while (item := self._due.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        if rader:
            heading = Text(tr("Årshjul"), "meta", "text2", 600)
            heading.setContentsMargins(2, 0, 0, 0)
            self._due.addWidget(Line())
            self._due.addSpacing(6)
            self._due.addWidget(heading)
        stops: list[QWidget] = list(self._items())
        for rad in rader:
            link = LinkRow(self._theme, rad.titel, rad.under, icon="arrow-right" if rad.period else "")
            link.setEnabled(bool(rad.period))
            link.clicked.connect(partial(self.due_wanted.emit, rad.kod, rad.period))
            self._due.addWidget(link)
            stops.append(link)
        chain_tabs(*stops)
        self.due.setVisible(bool(rader))

    def set_chosen(self, name: str) -> None:
        """Mark a report without telling."""
        for item in self._items():
            item.setChecked(item.item.namn == name)

    def _themed(self) -> None:
        self.setFixedWidth(self._theme.size("report_gallery"))

    def _items(self) -> list[_Item]:
        return [item for _, items in self._groups for item in items]

    def _fill(self, theme: Theme, items: Sequence[ReportItem]) -> None:
        for item in items:
            if not self._groups or self._groups[-1][0].text() != item.grupp:
                heading = Text(item.grupp, "meta", "text2", 600)
                heading.setContentsMargins(10, 0, 0, 0)
                # Room of its own, which a low window does not take from the words.
                self._list.addSpacing(9 if self._groups else 0)
                self._list.addWidget(heading)
                self._groups.append((heading, []))
            button = _Item(theme, item)
            button.clicked.connect(lambda _checked=False, name=item.namn: self.chosen.emit(name))
            self._group.addButton(button)
            self._groups[-1][1].append(button)
            self._list.addWidget(button)
        self._list.addWidget(self.nothing)
        self._list.addStretch(1)

    def _lay_out(self) -> None:
        self._list.setContentsMargins(10, 0, 10, 12)
        scroll = scrolled(self._list)
        head = column(Text(tr("Rapporter"), "page"), self.search, spacing=10, margins=(16, 14, 14, 8))
        layout = column(head, scroll, self.due, spacing=4)
        layout.setStretch(1, 1)
        self.setLayout(layout)

    def _filter(self, text: str) -> None:
        wanted = text.strip().casefold()
        found = 0
        for heading, items in self._groups:
            hits = 0
            for item in items:
                fits = wanted in f"{item.item.titel} {item.item.rad}".casefold()
                item.setVisible(fits)
                hits += fits
            heading.setVisible(bool(hits))
            found += hits
        self.nothing.setVisible(not found)

    def _choose_first(self) -> None:
        first = next((item for item in self._items() if not item.isHidden()), None)
        if first is not None:
            first.click()
            first.setFocus(Qt.FocusReason.OtherFocusReason)
