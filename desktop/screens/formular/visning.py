"""Visa uppgifter…: the reason that is logged before protected details are shown."""

from collections.abc import Callable
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget

from db.commands.visning import SHORTEST, log_visning
from db.errors import KnownError
from db.history import Changes
from db.queries.card_rows import Card
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.runner import Change, Task
from desktop.screens.formular.sheet import Sheet
from desktop.widgets.boxes import Notice
from desktop.widgets.fields import TextArea


class VisningPresenter(QObject):
    """Asks, logs, and then lets the card show."""

    def __init__(self, over: QWidget, context: Context, card: Card, shown: Callable[[], None]) -> None:
        sheet = Sheet(context.theme, over, tr("Visa skyddade uppgifter"), tr("Visa uppgifter"), again=False)
        super().__init__(sheet)
        self._context, self._card, self._shown, self.sheet = context, card, shown, sheet
        arende = card.arende.nummer if card.arende else ""
        sheet.context.setText(f"{tr('Ärende')} {arende}" if arende else tr("Skyddad identitet"))
        self.skal = TextArea(context.theme, 4)
        sheet.add("skal", tr("Varför behöver du se uppgifterna?"), self.skal, required=True)
        sheet.fields.addWidget(
            Notice(
                context.theme,
                "info",
                tr("Ditt namn, tiden och skälet skrivs i loggen."),
                tr("Uppgifterna döljs igen efter två minuter eller när du lämnar kortet."),
            )
        )
        sheet.save_wanted.connect(lambda _again: self._save())
        sheet.start()

    def _save(self) -> None:
        skal = self.skal.value()
        if len(skal) < SHORTEST:
            self._tell("skal", tr("Skriv varför du behöver se uppgifterna."))
            return
        self.sheet.set_busy(True)
        work = partial(self._log, skal=skal)
        self._context.runner.run(
            Change(tr("Loggar"), work, touched, self._logged, failed=self._failed, owner=self.sheet)
        )

    def _log(self, _task: Task, *, skal: str) -> Changes:
        return log_visning(self._context.store, self._context.aktor, self._card.id, skal)

    def _logged(self, _changes: Changes) -> None:
        self.sheet.dismiss()
        self._shown()

    def _failed(self, error: KnownError) -> None:
        self.sheet.set_busy(False)
        self._tell("", error.message)

    def _tell(self, name: str, text: str) -> None:
        self.sheet.show_findings({name: text}, {})
        self.sheet.focus_error()
