"""Parts of the card's pages: rows under a heading in a card, with small buttons at the end of each."""

from collections.abc import Callable, Iterable, Sequence

from PySide6.QtWidgets import QLabel, QWidget

from desktop.formatting import NBSP
from desktop.screens.kort.page import Akt
from desktop.theme import Theme
from desktop.widgets.boxes import Card, column, row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.chip import Chip
from desktop.widgets.text import Line, Text
from desktop.widgets.wrap import WrapRow

# The words of a row in columns, and what can be done with it.
Cells = tuple[Sequence[QWidget], Sequence[QWidget]]
Want = Callable[[Akt], None]


def add_section(
    box: Card, theme: Theme, title: str, rows: Iterable[Cells], empty: str, widths: Sequence[int] = (150, 170)
) -> None:
    """A heading and rows: words in columns of at least `widths` design px, buttons at the right end."""
    box.body.addWidget(Line(name="line"))
    box.body.addWidget(Text(title, "body", weight=600))
    lines = column(spacing=4)
    for words, actions in rows:
        parts = [_at_least(word, theme.px(width)) for word, width in zip(words, widths, strict=False)]
        lines.addWidget(WrapRow([*parts, *words[len(parts) :]], actions, spacing=18))
    if not lines.count():
        lines.addWidget(Text(empty, "body", "text2"))
    box.body.addLayout(lines)


def _at_least(cell: QWidget, width: int) -> QWidget:
    """The cell in a column; what is painted, such as a chip, keeps its own width."""
    if isinstance(cell, QLabel) and not isinstance(cell, Chip):
        cell.setMinimumWidth(width)
        return cell
    holder = QWidget()
    holder.setLayout(row(cell, 0, spacing=0))
    holder.setMinimumWidth(width)
    return holder


def add_head(box: Card, title: str, *buttons: QWidget) -> None:
    """The title of a card with its buttons, which go below where there is no room beside it."""
    box.setAccessibleName(title)
    box.body.addWidget(WrapRow((Text(title, "section").wrapped(),), buttons, spacing=8))


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
) -> list[QWidget]:
    """Small buttons at the end of a row: names of acts with their words."""
    return [act_button(theme, want, Akt(name, row_id), text, what, ButtonKind.QUIET) for name, text in wanted]
