"""What a measurement just saved says: each answer, changed since the first and since the one before."""

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.queries.card_rows import Card
from db.rules.koder import Svarande
from desktop.i18n import tr
from desktop.screens.kort.bip import BipGrid, list_matningar, make_series
from desktop.screens.kort.bip_page import told_change
from desktop.theme import Theme
from desktop.widgets.dialog import Dialog
from desktop.widgets.text import Text

WIDTH = 760
TITLES = {Svarande.DELTAGARE: "Deltagarens svar är sparade", Svarande.HANDLAGGARE: "Dina svar är sparade"}


class BipResultat(Dialog):
    """`more`: the action is to go on with the handläggare's questions; without it there is only Stäng."""

    def __init__(
        self, theme: Theme, card: Card, inskrivning_id: int, svarande: str, more: bool, parent: QWidget
    ) -> None:
        title, close = tr(TITLES[Svarande(svarande)]), tr("Stäng")
        super().__init__(theme, title, tr("Handläggarens frågor"), cancel=close, parent=parent)
        self.setMinimumWidth(theme.px(WIDTH))
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        own = replace(card, bip=tuple(row for row in card.bip if row.inskrivning_id == inskrivning_id))
        series = make_series(own, svarande)
        self.grid = BipGrid(theme, 3, both=True)
        self.grid.set_series(series, card.bip_skala)
        latest = next(m for m in list_matningar(own.bip) if m.svarande == svarande)
        told = told_change(latest)
        first = tr("Det är den första mätningen. Förändringen visas efter nästa.")
        self.summary = Text(
            f"{tr('Sedan förra mätningen')}: {told}." if told else first, "body", "text2"
        ).wrapped()
        self.body.addWidget(self.summary)
        self.body.addWidget(self.grid)
        self.action.clicked.connect(self.accept)
        self.action.setVisible(more)
        (self.action if more else self.cancel).setFocus()
