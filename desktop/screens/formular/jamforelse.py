"""Two cards side by side, field by field: which of the two holds."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QButtonGroup, QGridLayout, QVBoxLayout, QWidget

from db.queries.sammanslagning import Jamforelse, Par
from db.rules.personnummer import format_nummer
from desktop.formatting import long_date, plural
from desktop.i18n import tr
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.boxes import clear_layout
from desktop.widgets.radio_field import RadioField
from desktop.widgets.text import Text

LABELS = {
    "personnummer": "Nummer", "fornamn": "Förnamn", "efternamn": "Efternamn", "fodelsedatum": "Född",
    "kon": "Kön", "skyddad": "Skydd", "telefon": "Telefon", "epost": "E-post", "omrade": "Område",
    "sprak": "Språk", "tolk": "Tolk på", "utrikesfodd": "Född i", "utbildningsniva": "Utbildning",
    "hushall_id": "Hushåll",
}  # fmt: skip
CODES = frozenset({"skyddad", "utbildningsniva"})  # written with a small letter in the register
KON = {"K": "Kvinna", "M": "Man"}


class JamforelseFalt(QWidget):
    """A line for each field that anybody has; where the two differ one of them is chosen."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.here: dict[str, RadioField] = {}
        self.there: dict[str, RadioField] = {}
        self._groups: list[QButtonGroup] = []
        self._column = QVBoxLayout(self)
        self._column.setContentsMargins(0, 0, 0, 0)

    def show_two(self, two: Jamforelse) -> None:
        """Show these, with what is suggested chosen."""
        clear_layout(self._column)
        self.here, self.there, self._groups = {}, {}, []
        grid = QGridLayout()
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(14)
        grid.setVerticalSpacing(6)
        for place, text in enumerate((tr("Uppgift"), tr("Det här kortet"), tr("Det andra kortet"))):
            grid.addWidget(Text(text, "meta", "text2", 600), 0, place)
            grid.setColumnStretch(place, 2 if place else 1)
        told = [par for par in two.falt if word(par.falt, par.kvar) or word(par.falt, par.annan)]
        for line, par in enumerate(told, start=1):
            self._add(grid, line, par, par.falt in two.forslag)
        holder = QWidget()
        holder.setLayout(grid)
        self._column.addWidget(holder)

    def taken(self) -> frozenset[str]:
        """The fields whose value on the other card is to hold."""
        return frozenset(name for name, choice in self.there.items() if choice.isChecked())

    def stops(self) -> Sequence[QWidget]:
        """The chosen of each line, for Tab; arrows go to the other."""
        return [
            self.there[name] if self.there[name].isChecked() else here for name, here in self.here.items()
        ]

    def _add(self, grid: QGridLayout, line: int, par: Par, suggested: bool) -> None:
        top, label = Qt.AlignmentFlag.AlignTop, tr(LABELS[par.falt])
        grid.addWidget(Text(label, "body", weight=500), line, 0, top)
        words = [word(par.falt, value) or "–" for value in (par.kvar, par.annan)]
        if words[0] == words[1]:
            grid.addWidget(Text(words[0], "body", "text2").wrapped(), line, 1, 1, 2, top)
            return
        group = QButtonGroup(self)
        self._groups.append(group)
        sides = ((self.here, tr("det här kortet")), (self.there, tr("det andra kortet")))
        for place, (held, which) in enumerate(sides):
            choice = RadioField(self._theme, words[place])
            choice.setAccessibleName(f"{label}, {which}: {words[place]}")
            group.addButton(choice)
            held[par.falt] = choice
            grid.addWidget(choice, line, place + 1, top)
        (self.there if suggested else self.here)[par.falt].setChecked(True)


def word(falt: str, value: Any) -> str:
    """A value as it is shown; empty where there is none."""
    if value is None or value == "":
        return ""
    if falt == "personnummer":
        return format_nummer(value)
    if falt == "hushall_id":
        _, barn, vuxna = value
        told = plural(vuxna, tr("vuxen"), tr("vuxna"))
        return told if barn is None else f"{told}, {plural(barn, tr('barn'), tr('barn'))}"
    if falt == "kon":
        return tr(KON[value])
    if falt == "utrikesfodd":
        return tr("Utomlands") if value else tr("I Sverige")
    if isinstance(value, date):
        return long_date(value)
    return first_upper(str(value)) if falt in CODES else str(value)
