"""Who stands in the way of what was asked for, with the way to each and a way forward."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout, QWidget

from desktop.formatting import plural
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.boxes import clear_layout, column, row
from desktop.widgets.button import Button
from desktop.widgets.link_row import LinkRow
from desktop.widgets.text import IconLabel, Text

MOST = 30  # people that are named; of more one reads none


class HinderBox(QWidget):
    """Hidden while nothing stands in the way; `person_wanted` with an id."""

    person_wanted = Signal(int)
    way_wanted = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._people: list[LinkRow] = []
        self.title = Text("", "body", "danger", 600)
        self.rest = Text("", "meta", "text2").wrapped()
        self.way = Button(theme, "", "calendar")
        self._lines = QVBoxLayout()
        self._lines.setSpacing(0)
        head = row(IconLabel(theme, "circle-alert", "danger", 15), self.title, 0, spacing=6)
        self.setLayout(column(head, self._lines, self.rest, 2, row(self.way, 0), spacing=4))
        self.way.clicked.connect(self.way_wanted)
        self.hide()

    def show_people(self, people: Sequence[tuple[int, str]], others: int, way: str = "") -> None:
        """Those who are named, how many are not, and the words of the way forward; none of them: hide."""
        clear_layout(self._lines)
        self._people = []
        for person_id, name in people[:MOST]:
            link = LinkRow(self._theme, name, icon="arrow-right")
            link.clicked.connect(lambda _checked=False, wanted=person_id: self.person_wanted.emit(wanted))
            self._lines.addWidget(link)
            self._people.append(link)
        total = len(people) + others
        self.title.setText(f"{tr('Det gäller')} {plural(total, tr('person'), tr('personer'))}")
        self.rest.setText(self._rest(len(people), others))
        self.rest.setVisible(bool(self.rest.text()))
        self.way.setText(way)
        self.way.setAccessibleName(way)
        self.way.setVisible(bool(way))
        self.setAccessibleName(self.title.text())
        self.setVisible(total > 0)

    def stops(self) -> Sequence[QWidget]:
        """Where Tab stops."""
        return [*self._people, self.way]

    def _rest(self, named: int, others: int) -> str:
        parts = []
        if named > MOST:
            parts.append(f"{tr('och')} {plural(named - MOST, tr('person till'), tr('personer till'))}")
        if others:
            parts.append(f"{plural(others, tr('person'), tr('personer'))} {tr('som du inte kan se här')}")
        return ", ".join(parts)
