"""Ctrl+K: find anything by typing. What can be found comes from providers; this only asks and shows."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import Protocol

import shiboken6
from PySide6.QtCore import (
    QEvent,
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPoint,
    QPointF,
    QRectF,
    QSize,
    Qt,
    QTimer,
)
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import column
from desktop.widgets.fields import SearchField
from desktop.widgets.paint import draw_text, rounded, text_width

Index = QModelIndex | QPersistentModelIndex
PAUSE = 60  # ms of silence before the providers are asked
ROWS_SHOWN = 12


@dataclass(frozen=True)
class Hit:
    """Something found, and what Enter does with it."""

    text: str
    run: Callable[[], None]
    detail: str = ""
    icon: str = "arrow-right"


@dataclass(frozen=True)
class Group:
    """Hits of one kind under a heading: Deltagare, Ärenden, Kommandon."""

    title: str
    hits: tuple[Hit, ...]


Answer = Callable[[Sequence[Group]], None]


class CommandProvider(Protocol):
    """Whoever can find things. It may answer later, but on the GUI thread."""

    def ask(self, text: str, answer: Answer) -> None:
        """Find what matches and hand the groups to `answer`, once or several times."""


class CommandBox(QWidget):
    """The search box of the top bar and the list under it. Keys stay in the box while the list shows."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._providers: list[CommandProvider] = []
        self._last: list[CommandProvider] = []
        self._answers: dict[int, Sequence[Group]] = {}
        self._asked = 0
        self._before: QWidget | None = None  # where the focus was when the box was called
        self._waits = self._moved = False  # Enter pressed before any answer; a hit chosen by arrow keys
        placeholder = tr("Sök deltagare, personnummer, ärende eller skriv ett kommando")
        self.field = SearchField(theme, placeholder, keys="Ctrl+K")
        self.field.setAccessibleName(tr("Sök eller kommando"))
        self.field.installEventFilter(self)
        self.setLayout(column(self.field, spacing=0))
        self.setFocusProxy(self.field)
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        self.field.textEdited.connect(lambda _text: self._pause.start())
        self.popup, self.list = _make_popup(theme, self)
        self.list.itemClicked.connect(self._run)
        self.list.currentItemChanged.connect(self._tell_current)

    def add_provider(self, provider: CommandProvider, last: bool = False) -> None:
        """Ask this one too; groups are shown in the order of the providers, those added `last` last."""
        (self._last if last else self._providers).append(provider)

    def start(self) -> None:
        """Ctrl+K: focus, all text selected, and the commands shown."""
        if not self.field.hasFocus():
            self._before = self.window().focusWidget()
        self.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.field.selectAll()
        self._ask()

    def close_popup(self) -> None:
        """Hide the list; answers still on their way are ignored."""
        self._asked += 1
        self._pause.stop()
        self.popup.hide()

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Arrows, Enter and Esc steer the list from the box."""
        if event.type() == QEvent.Type.FocusOut:
            self.close_popup()
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            return self._steer(event.key())
        return False

    def _steer(self, key: int) -> bool:
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_PageDown: 8, Qt.Key.Key_PageUp: -8}
        if key == Qt.Key.Key_Escape:
            self._leave()
        elif key in steps and self.popup.isVisible():
            self._move(steps[Qt.Key(key)])
        elif key in steps:
            self._ask()
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._enter()
        else:
            return False
        return True

    def _enter(self) -> None:
        """Run the chosen hit; when it is still being looked for, run the first that is found."""
        if self._pause.isActive():
            self._pause.stop()
            self._ask()
        if self.popup.isVisible() and self.list.currentItem() is not None:
            self._run(self.list.currentItem())
        else:
            self._waits = self.popup.isVisible()

    def _leave(self) -> None:
        self.close_popup()
        self.field.clear()
        if self._before is not None and shiboken6.isValid(self._before):
            self._before.setFocus()

    def _ask(self) -> None:
        self._asked += 1
        self._answers = {}
        self._waits = self._moved = False
        number, text = self._asked, self.field.text().strip()
        for place, provider in enumerate([*self._providers, *self._last]):
            provider.ask(text, partial(self._answered, number, place))

    def _answered(self, number: int, place: int, groups: Sequence[Group]) -> None:
        if number != self._asked:
            return
        self._answers[place] = groups
        self._show([group for _, found in sorted(self._answers.items()) for group in found if group.hits])

    def _show(self, groups: Sequence[Group]) -> None:
        chosen = self._hit(self.list.currentItem()) if self._moved else None
        self.list.clear()
        for group in groups:
            self._add_heading(group.title)
            for hit in group.hits:
                self._add_hit(hit)
        if not groups:
            left = len(self._providers) + len(self._last) - len(self._answers)
            self._add_heading(tr("Söker…") if left else tr("Inga träffar."))
        self._place()
        self._choose(chosen)
        if self._waits and self.list.currentItem() is not None:
            self._run(self.list.currentItem())

    def _choose(self, chosen: Hit | None) -> None:
        """The hit the user had gone to, else the first."""
        rows = self._rows()
        kept = [row for row in rows if chosen is not None and self._hit(self.list.item(row)) is chosen]
        for row in (kept or rows)[:1]:
            self.list.setCurrentRow(row)

    def _add_heading(self, title: str) -> None:
        item = QListWidgetItem(title, self.list)
        item.setFlags(Qt.ItemFlag.NoItemFlags)

    def _add_hit(self, hit: Hit) -> None:
        item = QListWidgetItem(f"{hit.text} {hit.detail}".strip(), self.list)
        item.setData(Qt.ItemDataRole.UserRole, hit)

    def _place(self) -> None:
        window = self.window()
        self.popup.setParent(window)
        height = sum(self.list.sizeHintForRow(i) for i in range(min(self.list.count(), ROWS_SHOWN)))
        self.popup.resize(self.width(), height + 12)
        self.popup.move(self.mapTo(window, QPoint(0, self.height() + 2)))
        self.popup.show()
        self.popup.raise_()

    def _move(self, step: int) -> None:
        rows, current = self._rows(), self.list.currentRow()
        if not rows:
            return
        self._moved = True
        at = rows.index(current) + step if current in rows else 0
        self.list.setCurrentRow(rows[max(0, min(at, len(rows) - 1))])

    def _rows(self) -> list[int]:
        return [row for row in range(self.list.count()) if self._hit(self.list.item(row)) is not None]

    @staticmethod
    def _hit(item: QListWidgetItem | None) -> Hit | None:
        found = item.data(Qt.ItemDataRole.UserRole) if item is not None else None
        return found if isinstance(found, Hit) else None

    def _tell_current(self, item: QListWidgetItem | None, _old: QListWidgetItem | None) -> None:
        self.field.setAccessibleDescription(item.text() if item is not None else "")

    def _run(self, item: QListWidgetItem | None) -> None:
        hit = self._hit(item)
        if hit is not None:
            self._leave()
            hit.run()


class _HitDelegate(QStyledItemDelegate):
    """Icon, words, and to the right what tells one hit from another."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        heading = not isinstance(index.data(Qt.ItemDataRole.UserRole), Hit)
        return QSize(100, self._theme.px(26 if heading else 32))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px, rect = self._theme, self._theme.px, QRectF(option.rect)
        hit = index.data(Qt.ItemDataRole.UserRole)
        words = rect.adjusted(px(10), 0, -px(10), 0)
        painter.save()
        if not isinstance(hit, Hit):
            draw_text(painter, theme, words, str(index.data()), "text3", "meta", 600)
            painter.restore()
            return
        chosen = bool(option.state & QStyle.StateFlag.State_Selected)
        if chosen:
            rounded(painter, rect, 6, theme.colour("selected"), theme.colour("focus"), 2)
        icon = theme.pixmap(hit.icon, "accent_text" if chosen else "text2", 16)
        painter.drawPixmap(QPointF(words.left(), words.center().y() - px(8)), icon)
        words.setLeft(words.left() + px(26))
        right = Qt.AlignmentFlag.AlignRight
        draw_text(painter, theme, words, hit.detail, "text2", "meta", align=right)
        words.setRight(words.right() - text_width(theme, hit.detail, "meta") - px(10))
        draw_text(painter, theme, words, hit.text, "text", "body", 500)
        painter.restore()


def _make_popup(theme: Theme, owner: QWidget) -> tuple[QFrame, QListWidget]:
    popup, found = QFrame(owner), QListWidget()
    popup.setObjectName("popup")
    found.setObjectName("list")
    found.setAccessibleName(tr("Träffar"))
    found.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    found.setItemDelegate(_HitDelegate(theme, found))
    found.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    popup.setLayout(column(found, spacing=0, margins=(4, 4, 4, 4)))
    popup.hide()
    return popup, found
