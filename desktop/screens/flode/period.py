"""The period of the figures: chosen in a field, or with own dates."""

from datetime import date

from PySide6.QtCore import QObject, QSignalBlocker, Signal
from PySide6.QtWidgets import QWidget

from desktop.context import Context
from desktop.i18n import tr
from desktop.screens.flode.model import Perioden, Span, make_span
from desktop.widgets.boxes import row
from desktop.widgets.date_field import DateField
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import ComboField, FieldBox

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


class PeriodVal(QObject):
    """What is chosen in the field of a screen. Own dates are asked for in a dialog; where none are chosen the
    period stays what it was. `changed` when there is another, or the same is chosen again."""

    changed = Signal()

    def __init__(self, context: Context, field: ComboField[Perioden], over: QWidget) -> None:
        super().__init__(over)
        self._context, self._field, self._over = context, field, over
        self._period = field.value() or Perioden.MANAD
        self._egna: tuple[date, date] | None = None
        # Also when the same is chosen again: own dates are then asked for anew.
        field.activated.connect(lambda _index: self._choose())

    def span(self) -> Span:
        """The period as it is today."""
        return make_span(self._period, self._context.today(), self._egna)

    def _choose(self) -> None:
        period = self._field.value() or self._period
        if period is not Perioden.EGEN:
            self._period = period
            self.changed.emit()
            return
        before = self.span()
        dialog = PeriodDialog(self._context, before.fran, before.till, self._over)
        dialog.chosen.connect(self._take)
        dialog.rejected.connect(self._keep)
        dialog.open()

    def _take(self, fran: date, till: date) -> None:
        self._egna, self._period = (fran, till), Perioden.EGEN
        self.changed.emit()

    def _keep(self) -> None:
        with QSignalBlocker(self._field):
            self._field.set_value(self._period)
