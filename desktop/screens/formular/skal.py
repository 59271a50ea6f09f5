"""Asks why something of a protected person leaves the programme."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QWidget

from db.commands.visning import SHORTEST
from desktop.i18n import tr
from desktop.theme import Theme
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import FieldBox, TextField
from desktop.widgets.text import Text


class SkalDialog(Dialog):
    """`given` gets the reason written."""

    def __init__(
        self, theme: Theme, title: str, action: str, given: Callable[[str], None], parent: QWidget
    ) -> None:
        super().__init__(theme, title, action, parent=parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._given = given
        self.skal = TextField(200)
        self.box = FieldBox(theme, tr("Skäl"), self.skal, tr("Skälet loggas."), required=True)
        told = tr("Personen har skyddade personuppgifter. Skriv varför du behöver dokumentet.")
        self.body.addWidget(Text(told, "body", "text2").wrapped())
        self.body.addWidget(self.box)
        self.action.clicked.connect(self._accept)
        self.skal.setFocus()

    def _accept(self) -> None:
        skal = self.skal.value()
        if len(skal) < SHORTEST:
            self.box.set_error(tr("Skriv varför du behöver dokumentet."))
            self.skal.setFocus()
            return
        self.accept()
        self._given(skal)
