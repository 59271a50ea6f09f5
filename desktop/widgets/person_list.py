"""People with a sentence each, those that stop something first."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.formatting import plural
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import clear_layout, column, row
from desktop.widgets.text import IconLabel, Text

MOST = 40  # lines; of more one reads none


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A name and what there is to say; `stops` where the person is left out."""

    namn: str
    text: str
    stops: bool


class PersonList(QWidget):
    """Hidden while there is nobody to tell of."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.title = Text("", "meta", "text2", 600)
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.setLayout(column(self.title, self._lines, spacing=6))
        self.hide()

    def show_lines(self, lines: Sequence[PersonLine]) -> None:
        """Show these, those that stop first."""
        clear_layout(self._lines)
        ordered = sorted(lines, key=lambda line: not line.stops)
        for line in ordered[:MOST]:
            self._lines.addWidget(self._line(line))
        if len(ordered) > MOST:
            rest = plural(len(ordered) - MOST, tr("person till"), tr("personer till"))
            self._lines.addWidget(Text(f"{tr('och')} {rest}", "meta", "text2"))
        self.title.setText(tr("Att tänka på"))
        self.setAccessibleName(" ".join(f"{line.namn}: {line.text}" for line in ordered[:MOST]))
        self.setVisible(bool(lines))

    def _line(self, line: PersonLine) -> QWidget:
        tone = "danger" if line.stops else "warn"
        mark = IconLabel(self._theme, "circle-alert" if line.stops else "triangle-alert", tone, 14)
        words = column(
            Text(line.namn, "body", weight=500), Text(line.text, "meta", tone).wrapped(), spacing=0
        )
        layout = row(mark, words, spacing=8)
        layout.setStretch(1, 1)
        holder = QWidget()
        holder.setLayout(layout)
        return holder
