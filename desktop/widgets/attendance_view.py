"""The grid of a week, for the keyboard: letters register, Delete takes away, arrows and Shift choose."""

from collections.abc import Hashable, Sequence

from PySide6.QtCore import (
    QEvent,
    QItemSelection,
    QItemSelectionModel,
    QModelIndex,
    QRect,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QGuiApplication, QKeyEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QHeaderView, QTableView, QWidget

from desktop.theme import Theme
from desktop.widgets.attendance import (
    FIRST_SLOT,
    NAME,
    AttendanceModel,
    GridCell,
    GridRole,
    GridRow,
    Index,
    Slot,
)
from desktop.widgets.attendance_head import HEAD, AttendanceHeader
from desktop.widgets.attendance_paint import (
    LEAST_NAME,
    LEAST_SLOT,
    SHARE,
    SLOT,
    SMALL_NAME,
    SMALL_SHARE,
    SMALL_SLOT,
    WHOLE,
    AttendanceDelegate,
)

Pass = tuple[GridRow, GridCell]
Key = Qt.Key
Move = QAbstractItemView.CursorAction
_CTRL = Qt.KeyboardModifier.ControlModifier
_WITH_CTRL = _CTRL | Qt.KeyboardModifier.AltModifier | Qt.KeyboardModifier.MetaModifier
_STANDARD = (QKeySequence.StandardKey.Copy, QKeySequence.StandardKey.Paste)


class AttendanceView(QTableView):
    """`marked` with the passes chosen and a letter, empty to take away. One pass chosen: the current one."""

    marked = Signal(object, str)  # list[Pass], letter
    filled_down = Signal(object)  # list of (pass, letter)
    pasted = Signal(str)
    opened = Signal(object)  # GridRow
    current_changed = Signal(object)  # Pass or None; also told when others are chosen beside it

    def __init__(self, theme: Theme, marks: dict[str, str], name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme, self._marks = theme, marks
        self.grid = AttendanceModel(marks, self)
        self._chosen: set[tuple[int, Hashable]] = set()
        self.setAccessibleName(name)
        self.setModel(self.grid)
        self.setHorizontalHeader(AttendanceHeader(theme, self))
        self.setItemDelegate(AttendanceDelegate(theme, self))
        self._set_up()
        theme.changed.connect(self._themed)
        self._themed()

    def show_week(self, slots: Sequence[Slot], rows: Sequence[GridRow]) -> None:
        """Show a week. The person with the focus keeps it; of a week with other columns its first pass."""
        current = self.current_pass()
        column = self.currentIndex().column()
        if not self.grid.set_week(slots, rows):
            self._tell_current()
            return
        self._fit()
        place = next((i for i, r in enumerate(self.grid.rows) if current and r.key == current[0].key), -1)
        if place >= 0:
            self.setCurrentIndex(
                self.grid.index(place, min(max(column, FIRST_SLOT), self.grid.share_column - 1))
            )
        elif self.hasFocus():  # the focus was here before the rows
            self._begin()
        self._tell_current()

    def current_pass(self) -> Pass | None:
        """The person and the pass with the focus."""
        index = self.currentIndex()
        cell = self.grid.cell(index)
        return (self.grid.rows[index.row()], cell) if cell is not None else None

    def chosen_passes(self) -> list[Pass]:
        """The passes selected, by person and day; the current one where no more are."""
        found: dict[tuple[int, Hashable], Pass] = {}
        for index in sorted(self.selectedIndexes(), key=lambda i: (i.row(), i.column())):
            cell = self.grid.cell(index)
            if cell is not None:
                found.setdefault((index.row(), cell.key), (self.grid.rows[index.row()], cell))
        current = self.current_pass()
        if len(found) > 1 or current is None:
            return list(found.values())
        return [current]

    def choose(self, row_key: Hashable, slot: int) -> bool:
        """Give a person's pass the focus; False where the person is not here."""
        for place, row in enumerate(self.grid.rows):
            if row.key == row_key:
                self._move_to(self.grid.index(place, FIRST_SLOT + slot))
                return True
        return False

    def pass_rect(self, index: Index) -> QRect:
        """The whole pass in the viewport, over two slots where it has both."""
        rect, cell = self.visualRect(index), self.grid.cell(index)
        for column in (index.column() - 1, index.column() + 1):
            beside = self.grid.index(index.row(), column)
            other = self.grid.cell(beside)
            if cell is not None and other is not None and other.key == cell.key:
                rect = rect.united(self.visualRect(beside))
        return rect

    def is_chosen(self, index: Index) -> bool:
        """Whether the pass is one of several selected."""
        cell = self.grid.cell(index)
        return cell is not None and len(self._chosen) > 1 and (index.row(), cell.key) in self._chosen

    def is_current_pass(self, index: Index) -> bool:
        """Whether the pass has the focus."""
        current, cell = self.currentIndex(), self.grid.cell(index)
        mine = self.grid.cell(current)
        return cell is not None and mine is not None and (current.row(), mine.key) == (index.row(), cell.key)

    def begins_day(self, column: int) -> bool:
        """Whether a line stands to the left of the column."""
        if column == self.grid.share_column:
            return True
        return self.grid.is_slot(column) and self.grid.slots[column - FIRST_SLOT].place == 0

    def event(self, event: QEvent) -> bool:
        """Keys of the grid go before those of the window while it has the focus."""
        if (
            isinstance(event, QKeyEvent)
            and event.type() == QEvent.Type.ShortcutOverride
            and self._is_own(event)
        ):
            event.accept()
            return True
        return super().event(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Letters, Delete, Enter, copy, paste and copy down; the rest moves and selects."""
        letter = event.text().upper()
        plain = not event.modifiers() & _WITH_CTRL
        if plain and letter and letter in self._marks:
            self._mark(letter)
        elif plain and event.key() in (Key.Key_Delete, Key.Key_Backspace):
            self._mark("")
        elif plain and event.key() in (Key.Key_Return, Key.Key_Enter):
            self._open()
        elif event.matches(QKeySequence.StandardKey.Copy):
            self.copy()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.pasted.emit(QGuiApplication.clipboard().text())
        elif event.modifiers() == _CTRL and event.key() == Key.Key_D:
            self._fill_down()
        elif not (plain and event.text().isprintable() and event.text()):
            super().keyPressEvent(event)

    def copy(self) -> None:
        """The letters of the passes selected, as a sheet reads them; names stay here."""
        indexes = self.selectedIndexes()
        rows, columns = sorted({i.row() for i in indexes}), sorted({i.column() for i in indexes})
        lines = ["\t".join(self._letter(row, column) for column in columns) for row in rows]
        if lines:
            QGuiApplication.clipboard().setText("\n".join(lines))

    def moveCursor(self, action: Move, _modifiers: Qt.KeyboardModifier) -> QModelIndex:
        """From pass to pass: a whole day over two slots is one step."""
        index, grid = self.currentIndex(), self.grid
        if not grid.rows or not grid.slots:
            return QModelIndex()
        if grid.cell(index) is None:
            return grid.index(0, FIRST_SLOT)
        row, column, last = index.row(), index.column(), len(grid.rows) - 1
        page = max(1, self.viewport().height() // max(1, self.rowHeight(0)) - 1)
        down = {Move.MoveUp: -1, Move.MoveDown: 1, Move.MovePageUp: -page, Move.MovePageDown: page}
        if action in down:
            return grid.index(min(max(row + down[action], 0), last), column)
        if action in (Move.MoveHome, Move.MoveEnd):
            return grid.index(row, FIRST_SLOT if action == Move.MoveHome else grid.share_column - 1)
        return self._beside(index, -1 if action in (Move.MoveLeft, Move.MovePrevious) else 1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Coming by keyboard without a current pass starts at today, else at the first day."""
        super().focusInEvent(event)
        self._begin()
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """The ring goes."""
        super().focusOutEvent(event)
        self.viewport().update()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The name takes what the week leaves."""
        super().resizeEvent(event)
        self._fit()

    def currentChanged(self, current: Index, previous: Index) -> None:
        """The row under the ring has another ground, so both rows are drawn anew."""
        super().currentChanged(current, previous)
        self._update_rows({current.row(), previous.row()})
        self._tell_current()

    def selectionChanged(self, selected: QItemSelection, deselected: QItemSelection) -> None:
        """Keep what is selected by pass."""
        super().selectionChanged(selected, deselected)
        cells = [(index.row(), self.grid.cell(index)) for index in self.selectedIndexes()]
        before = self._chosen
        self._chosen = {(row, cell.key) for row, cell in cells if cell is not None}
        # One pass alone is not shown as selected, so the first of several changes its ground with the second.
        self._update_rows({row for row, _ in before | self._chosen})
        if len(before) > 1 or len(self._chosen) > 1:
            self._tell_current()

    def _update_rows(self, rows: set[int]) -> None:
        """Draw rows anew, and no others: a key must not cost the whole window."""
        for row in rows:
            if 0 <= row < len(self.grid.rows):
                top, height = self.rowViewportPosition(row), self.rowHeight(row)
                self.viewport().update(0, top, self.viewport().width(), height)

    def _move_to(self, index: QModelIndex) -> None:
        """The focus, and nothing else selected, whatever keys are down."""
        self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)

    def _begin(self) -> None:
        if self.current_pass() is None and self.grid.rows and self.grid.slots:
            today = next((place for place, slot in enumerate(self.grid.slots) if slot.today), 0)
            self._move_to(self.grid.index(0, FIRST_SLOT + today))

    def _is_own(self, event: QKeyEvent) -> bool:
        plain = not event.modifiers() & _WITH_CTRL
        letter = plain and (event.text().upper() in self._marks or event.key() == Key.Key_Delete)
        down = event.modifiers() == _CTRL and event.key() == Key.Key_D
        return letter or down or any(event.matches(key) for key in _STANDARD)

    def _mark(self, letter: str) -> None:
        chosen = self.chosen_passes()
        if len(chosen) > 1:
            # A range is filled where somebody is expected or something stands; a dot only by itself.
            chosen = [(row, cell) for row, cell in chosen if cell.planned or cell.mark]
        if not chosen:
            return
        one = len(chosen) == 1 and len(self._chosen) <= 1
        at = self.currentIndex()
        self.marked.emit(chosen, letter)
        if one and self.currentIndex() == at:
            self._go_down(at)

    def _go_down(self, at: QModelIndex) -> None:
        """On to the next person who has a pass in this column."""
        for row in range(at.row() + 1, len(self.grid.rows)):
            index = self.grid.index(row, at.column())
            cell = self.grid.cell(index)
            if cell is not None and (cell.planned or cell.mark):
                self.selectionModel().setCurrentIndex(index, QItemSelectionModel.SelectionFlag.ClearAndSelect)
                return

    def _fill_down(self) -> None:
        """Each column's uppermost pass to those selected below; a single pass takes the one above it."""
        indexes = self.selectedIndexes()
        rows, columns = sorted({i.row() for i in indexes}), sorted({i.column() for i in indexes})
        if len(rows) == 1 and rows[0] > 0:
            rows = [rows[0] - 1, rows[0]]
        found: dict[tuple[int, Hashable], tuple[Pass, str]] = {}
        for column in columns:
            source = self.grid.cell(self.grid.index(rows[0], column))
            for row in rows[1:]:
                cell = self.grid.cell(self.grid.index(row, column))
                if source is not None and cell is not None and (cell.planned or cell.mark):
                    found.setdefault((row, cell.key), ((self.grid.rows[row], cell), source.mark))
        if found:
            self.filled_down.emit(list(found.values()))

    def _beside(self, index: QModelIndex, step: int) -> QModelIndex:
        cell, column = self.grid.cell(index), index.column() + step
        assert cell is not None
        while self.grid.is_slot(column):
            other = self.grid.cell(self.grid.index(index.row(), column))
            if other is not None and other.key != cell.key:
                return self.grid.index(index.row(), column)
            column += step
        return index

    def _letter(self, row: int, column: int) -> str:
        cell, before = (self.grid.cell(self.grid.index(row, c)) for c in (column, column - 1))
        again = cell is not None and before is not None and cell.key == before.key
        return cell.mark if cell is not None and not again else ""

    def _open(self) -> None:
        current = self.current_pass()
        if current is not None:
            self.opened.emit(current[0])

    def _tell_current(self) -> None:
        self.current_changed.emit(self.current_pass())

    def _set_up(self) -> None:
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectItems)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setTabKeyNavigation(False)
        self.setShowGrid(False)
        self.setCornerButtonEnabled(False)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.horizontalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        self.doubleClicked.connect(self._clicked_twice)

    def _clicked_twice(self, index: QModelIndex) -> None:
        row = index.data(GridRole.ROW)
        if index.column() == NAME and row is not None:
            self.opened.emit(row)

    def _fit(self) -> None:
        px, grid = self._theme.px, self.grid
        if not grid.slots:
            return
        # A day in one column is as wide as one in two; in a narrow window both are narrower.
        wanted, whole = [WHOLE if slot.places == 1 else SLOT for slot in grid.slots], self.viewport().width()
        least, last, name = LEAST_SLOT, SHARE, LEAST_NAME
        if whole - px(last) - px(name) < px(sum(wanted)) * least / SLOT:
            least, last, name = SMALL_SLOT, SMALL_SHARE, SMALL_NAME
        share = min(1.0, max(least / SLOT, (whole - px(last) - px(name)) / max(1, px(sum(wanted)))))
        widths = [int(px(width) * share) for width in wanted]
        for place, width in enumerate(widths):
            self.setColumnWidth(FIRST_SLOT + place, width)
        self.setColumnWidth(grid.share_column, px(last))
        self.setColumnWidth(NAME, max(px(name), whole - px(last) - sum(widths)))

    def _themed(self) -> None:
        self.horizontalHeader().setMinimumSectionSize(self._theme.px(20))
        self.horizontalHeader().setFixedHeight(self._theme.px(HEAD))
        self.verticalHeader().setMinimumSectionSize(self._theme.px(20))
        self.verticalHeader().setDefaultSectionSize(self._theme.row("attendance"))
        self._fit()
