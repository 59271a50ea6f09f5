"""People with a sentence each: those that stop something under a heading of their own, first."""

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
        self._lines = QVBoxLayout()
        self._lines.setSpacing(6)
        self.setLayout(column(self._lines, spacing=6))
        self.hide()

    def show_lines(self, lines: Sequence[PersonLine], stopping: str = "") -> None:
        """Show these; `stopping` is the heading of those that stop."""
        clear_layout(self._lines)
        told: list[str] = []
        for heading, tone, stops in ((stopping, "danger", True), (tr("Att tänka på"), "text2", False)):
            part = [line for line in lines if line.stops is stops]
            if part:
                self._lines.addWidget(Text(heading, "meta", tone, 600).wrapped())
                self._add(part)
                told += [heading, *(f"{line.namn}: {line.text}" for line in part[:MOST])]
        self.setAccessibleName(" ".join(told))
        self.setVisible(bool(lines))

    def _add(self, lines: Sequence[PersonLine]) -> None:
        for line in lines[:MOST]:
            self._lines.addWidget(self._line(line))
        if len(lines) > MOST:
            rest = plural(len(lines) - MOST, tr("person till"), tr("personer till"))
            self._lines.addWidget(Text(f"{tr('och')} {rest}", "meta", "text2"))

    def _line(self, line: PersonLine) -> QWidget:
        tone = "danger" if line.stops else "warn"
        mark = IconLabel(self._theme, "circle-alert" if line.stops else "triangle-alert", tone, 14)
        words = column(
            Text(line.namn, "body", weight=500).wrapped(), Text(line.text, "meta", tone).wrapped(), spacing=0
        )
        layout = row(mark, words, spacing=8)
        layout.setStretch(1, 1)
        holder = QWidget()
        holder.setLayout(layout)
        return holder
