"""Parts of the card's pages: rows under a heading in a card, with small buttons at the end of each."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from desktop.formatting import NBSP
from desktop.screens.kort.page import Akt
from desktop.theme import Theme
from desktop.widgets.boxes import Card, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.text import Line, Text

Cells = Sequence[QWidget]
Want = Callable[[Akt], None]


def add_section(
    box: Card, theme: Theme, title: str, rows: Iterable[Cells], empty: str, widths: Sequence[int] = (190, 150)
) -> None:
    """A heading and rows in columns, the third of which takes the room; `widths` in design px."""
    box.body.addWidget(Line(name="line"))
    box.body.addWidget(Text(title, "body", weight=600))
    grid = QGridLayout()
    grid.setHorizontalSpacing(18)
    grid.setVerticalSpacing(4)
    grid.setColumnStretch(2, 1)
    at = -1
    for at, cells in enumerate(rows):
        for place, cell in enumerate(cells):
            grid.addWidget(cell, at, place, Qt.AlignmentFlag.AlignTop)
    if at < 0:
        box.body.addWidget(Text(empty, "body", "text2"))
        return
    for place, width in enumerate(widths):
        grid.setColumnMinimumWidth(place, theme.px(width))
    box.body.addLayout(grid)


def act_button(
    theme: Theme, want: Want, akt: Akt, text: str, what: str = "", kind: ButtonKind = ButtonKind.SECONDARY
) -> Button:
    """A button that asks for an act; `what` is read out after its words."""
    button = Button(theme, text, kind=kind)
    if what:
        button.setAccessibleName(f"{text} {what}".replace(NBSP, " "))
    button.clicked.connect(lambda: want(akt))
    return button


def row_actions(
    theme: Theme, want: Want, row_id: int, wanted: Iterable[tuple[str, str]], what: str
) -> QWidget:
    """Small buttons at the end of a row: names of acts with their words."""
    holder = QWidget()
    buttons = [
        act_button(theme, want, Akt(name, row_id), text, what, ButtonKind.QUIET) for name, text in wanted
    ]
    holder.setLayout(row(*buttons, spacing=4))
    return holder
