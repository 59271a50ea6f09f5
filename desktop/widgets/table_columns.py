"""Which columns a table shows, in which order and how wide: remembered, and chosen in a dialog by keys."""

from collections.abc import Sequence

from PySide6.QtCore import (
    QModelIndex,
    QObject,
    QPersistentModelIndex,
    QPointF,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QListWidget,
    QListWidgetItem,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from desktop.i18n import tr
from desktop.settings import Settings
from desktop.table_model import Column
from desktop.theme import Theme
from desktop.widgets.boxes import row
from desktop.widgets.button import Button
from desktop.widgets.dialog import Dialog
from desktop.widgets.paint import draw_text, rounded
from desktop.widgets.text import Text

Index = QModelIndex | QPersistentModelIndex
ORDER = "kolumner"  # the settings' key beside the widths


class ColumnLayout(QObject):
    """The order and choice of a header's columns; with no `settings` nothing is remembered.

    The column that fills the width always shows, so that no table is without its subject.
    """

    changed = Signal()

    def __init__(
        self, header: QHeaderView, columns: Sequence[Column[object]], settings: Settings | None, setting: str
    ) -> None:
        super().__init__(header)
        self._header, self._settings, self._setting = header, settings if setting else None, setting
        self._columns = list(columns)
        self._moving = False
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(True)
        self.set_shown(self._remembered())
        header.sectionMoved.connect(lambda *_places: self._moved())

    def keys(self) -> list[str]:
        """Every column, from left to right."""
        return [self._columns[self._header.logicalIndex(at)].key for at in range(len(self._columns))]

    def shown(self) -> list[str]:
        """Those that show, from left to right."""
        return [key for key in self.keys() if not self._header.isSectionHidden(self._position(key))]

    def positions(self) -> list[int]:
        """The same as the model counts them."""
        return [self._position(key) for key in self.shown()]

    def first(self) -> list[str]:
        """Every column in the order of the program."""
        return [column.key for column in self._columns]

    def title(self, key: str) -> str:
        """What stands over the column."""
        return self._columns[self._position(key)].title

    def is_fixed(self, key: str) -> bool:
        """Whether the column always shows."""
        return self._columns[self._position(key)].stretch

    def set_shown(self, keys: Sequence[str]) -> None:
        """Show these columns in this order and hide the others; none at all is the order of the program."""
        known = [column.key for column in self._columns]
        wanted = [key for key in dict.fromkeys(keys) if key in known] or known
        wanted += [key for key in known if self.is_fixed(key) and key not in wanted]
        self._moving = True
        for at, key in enumerate([*wanted, *(key for key in known if key not in wanted)]):
            self._header.moveSection(self._header.visualIndex(self._position(key)), at)
            self._header.setSectionHidden(self._position(key), key not in wanted)
        self._moving = False
        self._remember()

    def _position(self, key: str) -> int:
        return next(i for i, column in enumerate(self._columns) if column.key == key)

    def _moved(self) -> None:
        if not self._moving:
            self._remember()

    def _remembered(self) -> list[str]:
        kept = self._settings.get(f"{self._setting}/{ORDER}", "") if self._settings else ""
        return [key for key in kept.split(" ") if key]

    def _remember(self) -> None:
        if self._settings is not None:
            own = [column.key for column in self._columns]
            self._settings.set(
                f"{self._setting}/{ORDER}", "" if self.shown() == own else " ".join(self.shown())
            )
        self.changed.emit()


class ColumnDialog(Dialog):
    """Check what shall show; Ctrl+↑ and Ctrl+↓ move. Nothing changes before Visa."""

    def __init__(self, theme: Theme, layout: ColumnLayout, parent: QWidget) -> None:
        super().__init__(theme, tr("Välj kolumner"), tr("Visa"), parent=parent)
        self._layout = layout
        self.list = QListWidget()
        self.list.setItemDelegate(_CheckRow(theme, self.list))
        self.list.setMinimumHeight(theme.px(288))
        self.list.setObjectName("list")
        self.list.setAccessibleName(tr("Kolumner"))
        self.up = Button(theme, tr("Flytta upp"), "arrow-up", keys="Ctrl+Up")
        self.down = Button(theme, tr("Flytta ned"), "arrow-down", keys="Ctrl+Down")
        self.first = Button(theme, tr("Som från början"), "rotate-ccw")
        self.up.clicked.connect(lambda: self._move(-1))
        self.down.clicked.connect(lambda: self._move(1))
        self.first.clicked.connect(self._as_first)
        help_text = tr("Mellanslag visar eller döljer kolumnen. Bredden drar du i tabellens rubrik.")
        self.body.addWidget(Text(help_text, "body", "text2").wrapped())
        self.body.addWidget(self.list)
        self.body.addLayout(row(self.up, self.down, 0, self.first))
        self.action.clicked.connect(self._accept)
        self._fill(layout.keys(), layout.shown())
        self.list.setFocus()

    def _fill(self, keys: Sequence[str], shown: Sequence[str]) -> None:
        self.list.clear()
        for key in [*shown, *(key for key in keys if key not in shown)]:
            item = QListWidgetItem(self._layout.title(key), self.list)
            item.setData(Qt.ItemDataRole.UserRole, key)
            item.setCheckState(Qt.CheckState.Checked if key in shown else Qt.CheckState.Unchecked)
            if self._layout.is_fixed(key):
                item.setFlags(item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable)
        self.list.setCurrentRow(0)

    def _move(self, step: int) -> None:
        at = self.list.currentRow()
        if 0 <= at + step < self.list.count():
            item = self.list.takeItem(at)
            self.list.insertItem(at + step, item)
            self.list.setCurrentRow(at + step)

    def _as_first(self) -> None:
        keys = self._layout.first()
        self._fill(keys, keys)

    def _accept(self) -> None:
        items = [self.list.item(at) for at in range(self.list.count())]
        shown = [i.data(Qt.ItemDataRole.UserRole) for i in items if i.checkState() is Qt.CheckState.Checked]
        self._layout.set_shown(shown)
        self.accept()


class _CheckRow(QStyledItemDelegate):
    """A box with its words, as the check boxes of forms; Qt's own has no frame in the dark."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme

    def sizeHint(self, _option: QStyleOptionViewItem, _index: Index) -> QSize:
        return QSize(self._theme.px(200), self._theme.px(31))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, px, rect = self._theme, self._theme.px, QRectF(option.rect)
        painter.save()
        if option.state & QStyle.StateFlag.State_Selected:
            rounded(painter, rect, 6, theme.colour("selected"), theme.colour("focus"), 2)
        box = QRectF(rect.left() + px(10), rect.center().y() - px(8), px(16), px(16))
        fixed = not index.flags() & Qt.ItemFlag.ItemIsUserCheckable
        if Qt.CheckState(index.data(Qt.ItemDataRole.CheckStateRole)) is Qt.CheckState.Checked:
            rounded(painter, box, 4, theme.colour("border_strong" if fixed else "accent"), None)
            mark = theme.pixmap("check", "accent_on", 12, 3)
            painter.drawPixmap(box.topLeft() + QPointF(px(2), px(2)), mark)
        else:
            rounded(painter, box, 4, theme.colour("surface"), theme.colour("border_strong"), 1.5)
        draw_text(painter, theme, rect.adjusted(px(36), 0, 0, 0), str(index.data()), "text")
        painter.restore()
