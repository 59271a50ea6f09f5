"""Inställningar: how the program looks here, and what holds for the whole register. Asks nobody."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QWidget

from db.queries.settings import Installningar
from desktop.i18n import tr
from desktop.screens.installningar.facts import make_groups
from desktop.screens.installningar.keys import AKTIVITETSKRAV, BIP, OSA, RAPPORTER
from desktop.screens.kort.tabs import scrolled
from desktop.theme import Mode, Theme
from desktop.widgets.boxes import Card, Notice, PageHeader, chain_tabs, column, row
from desktop.widgets.button import Button
from desktop.widgets.choice import Segmented
from desktop.widgets.definitions import DefinitionList
from desktop.widgets.fields import ComboField
from desktop.widgets.text import Text

TITLES = {BIP: "BIP", AKTIVITETSKRAV: "Aktivitetskrav", OSA: "OSA", RAPPORTER: "Rapporter och utskrifter"}
ACTIONS = {
    BIP: "Ändra BIP…", AKTIVITETSKRAV: "Ändra aktivitetskrav…", OSA: "Ändra målet…",
    RAPPORTER: "Ändra rapporter…",
}  # fmt: skip


class InstallningarView(QWidget):
    """`mode_chosen` and `scale_chosen` act at once; `change` tells which group is to be changed."""

    mode_chosen = Signal(object)  # Mode
    scale_chosen = Signal(int)
    change = Signal(str)

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        modes = [(Mode.SYSTEM, tr("Följ datorn")), (Mode.LIGHT, tr("Ljust")), (Mode.DARK, tr("Mörkt"))]
        self.mode = Segmented(theme, tr("Utseende"), [(mode.value, text) for mode, text in modes])
        scales = [(scale, f"{scale}\u00a0%") for scale in theme.tokens.scales]
        self.scale: ComboField[int] = ComboField(theme, scales, toolbar=tr("Textstorlek"))
        self.locked = Notice(theme, "info", "")
        self.locked.hide()
        self.facts = {key: DefinitionList(theme) for key in TITLES}
        self.buttons = {key: Button(theme, tr(text), "square-pen") for key, text in ACTIONS.items()}
        self._cards = {key: self._card(key) for key in TITLES}
        self._lay_out()
        self._connect()
        self.show_look()

    def show_look(self) -> None:
        """What is chosen of the look, wherever it was chosen."""
        self.mode.set_value(self._theme.mode.value)
        self.scale.set_value(self._theme.scale)

    def show_settings(self, settings: Installningar, locked: str) -> None:
        """What holds in the register; `locked` says why the user may not change it, empty when allowed."""
        for key, groups in make_groups(settings).items():
            self.facts[key].set_groups(groups)
        for button in self.buttons.values():
            button.set_disabled_because(locked)
        self.locked.set("info", locked)
        self.locked.setVisible(bool(locked))
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Side by side where there is room, else one below the other."""
        super().resizeEvent(event)
        self._fit()

    def _card(self, key: str) -> Card:
        card = Card(self._theme, tr(TITLES[key]), self.buttons[key])
        card.body.addWidget(self.facts[key])
        return card

    def _lay_out(self) -> None:
        look = Card(self._theme, tr("Utseende på den här datorn"))
        look.body.addLayout(row(self.mode, self.scale, 0, spacing=12))
        keys = tr("Ctrl++ och Ctrl+− ändrar textstorleken var som helst, Ctrl+0 återställer den.")
        look.body.addWidget(Text(keys, "meta", "text2").wrapped())
        left = (self._cards[key] for key in (AKTIVITETSKRAV, OSA, RAPPORTER))
        self._left = column(look, *left, 0, spacing=12)
        self._right = column(self._cards[BIP], 0, spacing=12)
        self._sides = row(self._left, self._right, spacing=12)
        for place in (0, 1):
            self._sides.setStretch(place, 1)
        inner = QWidget()
        inner.setLayout(self._sides)
        header = PageHeader(
            tr("Inställningar"), tr("Utseendet är ditt eget. Resten gäller alla i registret.")
        )
        layout = column(header, self.locked, scrolled(inner), spacing=12, margins=(24, 14, 24, 12))
        layout.setStretch(2, 1)
        self.setLayout(layout)
        chain_tabs(self.scale, *(self.buttons[key] for key in (AKTIVITETSKRAV, OSA, RAPPORTER, BIP)))

    def _fit(self) -> None:
        left, right = self._left.minimumSize().width(), self._right.minimumSize().width()
        narrow = self.width() < left + right + 2 * self._theme.px(36)
        way = QBoxLayout.Direction.TopToBottom if narrow else QBoxLayout.Direction.LeftToRight
        self._sides.setDirection(way)

    def _connect(self) -> None:
        self.mode.chosen.connect(lambda key: self.mode_chosen.emit(Mode(key)))
        self.scale.activated.connect(lambda _index: self.scale_chosen.emit(self.scale.value()))
        for key, button in self.buttons.items():
            button.clicked.connect(lambda _checked=False, key=key: self.change.emit(key))
