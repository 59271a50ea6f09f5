"""Own dates for the period of the figures."""

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from desktop.context import Context
from desktop.i18n import tr
from desktop.widgets.boxes import row
from desktop.widgets.date_field import DateField
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import FieldBox

FAULTY = "Skriv ett datum: åååå-mm-dd, 12/3, t för idag, +3 eller fre."


class PeriodDialog(Dialog):
    """`chosen` tells the first and the last day, and the dialog closes."""

    chosen = Signal(object, object)

    def __init__(self, context: Context, fran: date, till: date, parent: QWidget) -> None:
        super().__init__(context.theme, tr("Period med egna datum"), tr("Visa perioden"), parent=parent)
        self._context = context
        self.fran = DateField(context.theme, context.today, fran)
        self.till = DateField(context.theme, context.today, till)
        self.boxes = (
            FieldBox(context.theme, tr("Från och med"), self.fran, required=True),
            FieldBox(context.theme, tr("Till och med"), self.till, required=True),
        )
        self.body.addLayout(row(*self.boxes, spacing=12))
        self.action.clicked.connect(self._choose)
        self.fran.line.setFocus()

    def _choose(self) -> None:
        for box, field in zip(self.boxes, (self.fran, self.till), strict=True):
            box.set_error(tr(FAULTY) if field.value() is None else "")
        fran, till = self.fran.value(), self.till.value()
        if fran is None or till is None:
            return
        if fran > till:
            self.boxes[1].set_error(tr("Perioden slutar före den börjar. Välj en senare dag."))
        elif fran > self._context.today():
            self.boxes[0].set_error(tr("Perioden har inte börjat. Välj en tidigare dag."))
        else:
            self.accept()
            self.chosen.emit(fran, till)
