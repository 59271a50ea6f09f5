"""The navigation rail: one item per registered screen, foldable to icons."""

from collections.abc import Iterable
from itertools import pairwise

from PySide6.QtCore import QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QPushButton, QScrollArea, QSizePolicy, QWidget

from desktop.i18n import tr
from desktop.shell.navigation import ScreenSpec, Section
from desktop.theme import Theme
from desktop.widgets.boxes import column, row
from desktop.widgets.chip import draw_pill
from desktop.widgets.paint import draw_text, focus_ring, rounded, text_width
from desktop.widgets.text import Line, Text


class RailItem(QPushButton):
    """Icon, word and count. Selected = fill, bar and heavier text."""

    def __init__(self, theme: Theme, text: str, icon: str, parent: QWidget | None = None) -> None:
        super().__init__(text, parent)
        self._theme = theme
        self._icon = icon
        self._count, self._danger, self.keys = "", False, ""
        self.folded = False
        self.setAccessibleName(text)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        theme.changed.connect(self.updateGeometry)

    def set_count(self, count: int, spoken: str = "", danger: bool = False) -> None:
        """A pill with a count, hidden at 0; `spoken` is read out after the name."""
        self._count, self._danger = (str(count) if count else ""), danger
        self.setAccessibleName(f"{self.text()}, {spoken or count}" if count else self.text())
        self.set_folded(self.folded)

    def set_folded(self, folded: bool) -> None:
        """Icon only, the word as a tooltip."""
        self.folded = folded
        self.setToolTip(self.accessibleName() if folded else "")
        self.update()

    def sizeHint(self) -> QSize:
        """The height of the tokens."""
        return QSize(self._theme.px(40), self._theme.size("rail_item"))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Up and down move along the rail, Enter opens."""
        if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
            self.focusNextPrevChild(event.key() == Qt.Key.Key_Down)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        else:
            super().keyPressEvent(event)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Fill and bar, icon, word, then pill or keys."""
        painter, theme, px = QPainter(self), self._theme, self._theme.px
        chosen, rect = self.isChecked(), QRectF(self.rect())
        if chosen or self.underMouse():
            rounded(painter, rect, 6, theme.colour("selected" if chosen else "hover"), None)
        if chosen:
            bar = QRectF(0, px(7), 3, rect.height() - 2 * px(7))
            rounded(painter, bar, 1.5, theme.colour("accent"), None)
        tone = "accent_text" if chosen else "text2"
        icon = theme.pixmap(self._icon, tone, 17, 2 if chosen else 1.75)
        x = (rect.width() - px(17)) / 2 if self.folded else px(12)
        painter.drawPixmap(QPointF(x, (rect.height() - px(17)) / 2), icon)
        if not self.folded:
            self._paint_words(painter, tone if chosen else "text", 600 if chosen else 500)
        elif self._count:
            dot = QRectF(x + px(12), (rect.height() - px(17)) / 2 - px(3), px(9), px(9))
            fill = theme.colour("danger_solid" if self._danger else "accent")
            rounded(painter, dot, dot.width() / 2, fill, theme.colour("rail"), 1.5)
        if self.hasFocus():
            focus_ring(painter, theme, rect, 6)

    def _paint_words(self, painter: QPainter, tone: str, weight: int) -> None:
        theme, px = self._theme, self._theme.px
        weight = 500 if self.keys else weight
        right = self.width() - px(10)
        if self._count or self.keys:
            text = self._count or self.keys
            width = max(px(22), text_width(theme, text, "meta", 600) + px(12))
            pill = QRectF(right - width + px(2), (self.height() - px(18)) / 2, width, px(18))
            if self._count:
                fill = "surface" if self.isChecked() else "neutral_soft"
                draw_pill(painter, theme, pill, text, self._danger, fill)
            else:
                rounded(painter, pill, 4, theme.colour("surface"), theme.colour("neutral_border"))
                centre = Qt.AlignmentFlag.AlignHCenter
                draw_text(painter, theme, pill, text, "text2", "axis", 500, centre, elide=False)
            right -= width + px(4)
        words = QRectF(px(40), 0, right - px(40), self.height())
        tone = "text2" if self.keys else tone
        draw_text(painter, theme, words, self.text(), tone, "body", 400 if self.keys else weight)


class Rail(QFrame):
    """Shows what is registered and nothing else."""

    chosen = Signal(str)  # key of a screen
    folded_changed = Signal(bool)

    def __init__(self, theme: Theme, unit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("rail")
        self.setAccessibleName(tr("Huvudmeny"))
        self._theme = theme
        self._items: dict[str, RailItem] = {}
        self._order: list[tuple[Section, str]] = []
        self._sections = {section: column(spacing=2) for section in Section}
        self._line, self._low_line = Line(name="line"), Line(name="line")
        self._line.hide()
        self._fold = RailItem(theme, tr("Fäll ihop"), "panel-left-close")
        self._fold.keys = "F9"
        self._fold.clicked.connect(self.toggle)
        self._logo, self._words = QLabel(), QWidget()
        self.unit = Text(unit, "meta", "text2")
        self._build()
        self._folded = False
        theme.changed.connect(self._themed)
        self._themed()

    def _build(self) -> None:
        name = Text(tr("Egenväg"), "section")
        self._words.setLayout(column(name, self.unit, spacing=0))
        self.set_unit(self.unit.text())
        head = row(self._logo, self._words, 0, spacing=8, margins=(8, 0, 0, 0))
        work, follow_up, bottom = (self._sections[section] for section in Section)
        # Where the window is low, or the text large, the items scroll rather than being cut off.
        inner = QWidget()
        inner.setObjectName("scrolled")
        inner.setLayout(column(work, self._line, follow_up, 0, bottom, spacing=8))
        scroll = QScrollArea()
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        # No bar, for which there is no room: the wheel and Tab bring the others.
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setWidget(inner)
        layout = column(head, 9, scroll, self._low_line, self._fold, spacing=8, margins=(8, 8, 8, 6))
        layout.setStretch(2, 1)
        self.setLayout(layout)

    def set_unit(self, unit: str) -> None:
        """What stands under the name of the program."""
        self.unit.setText(unit)
        self.unit.setVisible(bool(unit))

    def show_screens(self, specs: Iterable[ScreenSpec]) -> None:
        """One item per screen that has a place on the rail, in the order registered."""
        for spec in specs:
            if spec.under or spec.key in self._items:
                continue
            item = RailItem(self._theme, spec.title, spec.icon)
            item.setCheckable(True)
            item.setAutoExclusive(False)
            item.clicked.connect(lambda _checked=False, key=spec.key: self._clicked(key))
            item.set_folded(self._folded)
            self._items[spec.key] = item
            self._order.append((spec.section, spec.key))
            self._sections[spec.section].addWidget(item)
        self._chain_tabs()
        self._line.setVisible(any(section is Section.FOLLOW_UP for section, _ in self._order))

    def _chain_tabs(self) -> None:
        """Tab goes from the top down; the chain starts where the fold button was, before the top bar."""
        items = [self._items[key] for key in self.keys()]
        for before, after in pairwise([self._fold, *items]):
            QWidget.setTabOrder(before, after)
        if items:
            QWidget.setTabOrder(items[-1], self._fold)

    def select(self, key: str) -> None:
        """Mark where the user is."""
        for name, item in self._items.items():
            item.setChecked(name == key)

    def set_count(self, key: str, count: int, spoken: str = "", danger: bool = False) -> None:
        """The pill of an item; a screen that is not registered is left alone."""
        if key in self._items:
            self._items[key].set_count(count, spoken, danger)

    def keys(self) -> list[str]:
        """The keys of the items from top to bottom, for Ctrl+1…9."""
        return [key for _, key in sorted(self._order, key=lambda place: place[0])]

    def toggle(self) -> None:
        """Fold or unfold (F9)."""
        self.set_folded(not self._folded)

    def set_folded(self, folded: bool) -> None:
        """Icons only, or icons and words."""
        if folded == self._folded:
            return
        self._folded = folded
        self._themed()
        self.folded_changed.emit(folded)

    @property
    def selected(self) -> RailItem | None:
        """The item that tells where the user is."""
        return next((item for item in self._items.values() if item.isChecked()), None)

    @property
    def folded(self) -> bool:
        """True when only icons show."""
        return self._folded

    def _clicked(self, key: str) -> None:
        self._items[key].setChecked(not self._items[key].isChecked())
        self.chosen.emit(key)

    def _themed(self) -> None:
        self.setFixedWidth(self._theme.size("rail_collapsed" if self._folded else "rail"))
        self._logo.setPixmap(self._theme.logo(28))
        self._words.setVisible(not self._folded)
        for item in (*self._items.values(), self._fold):
            item.set_folded(self._folded)
