"""A line of text that is one of a series, such as the months of a year: filled down by keys and by paste."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QGuiApplication, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QWidget

from desktop.widgets.fields import TextField


class SeriesField(TextField):
    """Ctrl+D takes what the field before holds; a pasted column or row of cells goes on into those after."""

    fill_wanted = Signal()
    pasted = Signal(list)  # the cells, of which the first is meant for this field

    def __init__(self, limit: int = 20, placeholder: str = "", parent: QWidget | None = None) -> None:
        super().__init__(limit, placeholder, parent)
        self.setAlignment(Qt.AlignmentFlag.AlignRight)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """The two keys of its own; others as in any line of text."""
        if event.key() == Qt.Key.Key_D and event.modifiers() == Qt.KeyboardModifier.ControlModifier:
            self.fill_wanted.emit()
        elif event.matches(QKeySequence.StandardKey.Paste) and self._paste_cells():
            return
        else:
            super().keyPressEvent(event)

    def _paste_cells(self) -> bool:
        cells = QGuiApplication.clipboard().text().rstrip("\r\n").replace("\t", "\n").splitlines()
        if len(cells) > 1:
            self.pasted.emit([cell.strip() for cell in cells])
        return len(cells) > 1


def link_series(fields: list[SeriesField]) -> None:
    """Let the fields fill each other in this order; fields that cannot be written in are passed over."""
    for place, field in enumerate(fields):
        field.fill_wanted.connect(lambda at=place: _fill(fields, at))
        field.pasted.connect(lambda cells, at=place: _spread(fields[at:], cells))


def _fill(fields: list[SeriesField], at: int) -> None:
    before = next((field.text() for field in reversed(fields[:at]) if field.text()), "")
    if before:
        fields[at].setText(before)


def _spread(fields: list[SeriesField], cells: list[str]) -> None:
    for field, cell in zip((field for field in fields if field.isEnabled()), cells, strict=False):
        field.setText(cell)
