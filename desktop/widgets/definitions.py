"""Facts about one thing: name to the left, value to the right, in groups with headings."""

from dataclasses import dataclass

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import clear_layout, column, row
from desktop.widgets.button import IconButton
from desktop.widgets.text import IconLabel, Line, Text


@dataclass(frozen=True, slots=True)
class Definition:
    """One fact; `under` is a second line, `hidden` shows a lock instead of the value."""

    name: str
    value: str
    under: str = ""
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class DefinitionGroup:
    """Facts under a heading."""

    title: str
    facts: tuple[Definition, ...]


class DefinitionList(QWidget):
    """Shows groups of facts; everything is replaced at once. `edit` names a small button at the first
    heading, which tells `edit_wanted`."""

    edit_wanted = Signal()

    def __init__(self, theme: Theme, edit: str = "", parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._shown: tuple[DefinitionGroup, ...] | None = None
        theme.changed.connect(self._themed)
        # One and the same for all facts: made anew it would come last in the order of Tab.
        self.edit = IconButton(theme, "square-pen", edit, 24, 15, self) if edit else None
        if self.edit is not None:
            self.edit.clicked.connect(self.edit_wanted)
        self._head: QHBoxLayout | None = None
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)
        self._column.setSpacing(8)

    def set_groups(self, groups: tuple[DefinitionGroup, ...]) -> None:
        """Show these."""
        if groups == self._shown:
            return
        self._shown = groups
        if self.edit is not None and (around := self._head) is not None:
            around.removeWidget(self.edit)
        clear_layout(self._column)
        self._head = None
        for place, group in enumerate(groups):
            if place:
                self._column.addSpacing(2)
                self._column.addWidget(Line(name="line"))
            if group.title:
                heading = row(Text(group.title, "body", weight=600), 0, spacing=4)
                if not place and self.edit is not None:
                    heading.addWidget(self.edit)
                    self._head = heading
                self._column.addLayout(heading)
            self._column.addLayout(self._grid(group.facts))
        if self.edit is not None:
            self.edit.setVisible(self._head is not None)
        self._column.addStretch(1)

    def _themed(self) -> None:
        """At another text size the column of names has another width."""
        groups, self._shown = self._shown, None
        if groups is not None:
            self.set_groups(groups)

    def _grid(self, facts: tuple[Definition, ...]) -> QGridLayout:
        grid = QGridLayout()
        grid.setHorizontalSpacing(8)
        grid.setVerticalSpacing(3)
        grid.setColumnMinimumWidth(0, self._theme.px(76))
        grid.setColumnStretch(1, 1)
        for at, fact in enumerate(facts):
            top = Qt.AlignmentFlag.AlignTop
            grid.addWidget(Text(fact.name, "meta", "text3"), at, 0, top)
            value = self._hidden() if fact.hidden else Text(fact.value).wrapped().selectable()
            value.setAccessibleName(f"{fact.name}: {tr('dold uppgift') if fact.hidden else fact.value}")
            cell = column(value, spacing=0)
            if fact.under and not fact.hidden:
                cell.addWidget(Text(fact.under, "meta", "text2").wrapped())
            # Not aligned: a layout that is gets the height of its words at another width.
            grid.addLayout(cell, at, 1)
        return grid

    def _hidden(self) -> QWidget:
        holder, mark = QWidget(), IconLabel(self._theme, "lock", "text2", 13)
        holder.setLayout(row(mark, Text(tr("Dold uppgift"), "body", "text2"), 0, spacing=6))
        return holder
