"""The form that says that a period is gone through."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.avstamning import AvstamningUppgifter, check_avstamning, mark_klar
from db.commands.findings import Finding, Saved
from db.rules.period import Period
from desktop.context import Context
from desktop.i18n import tr
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.widgets.fields import TextArea


class KlartPresenter(FormPresenter[AvstamningUppgifter]):
    """What is left is told at once, and asks for a reason."""

    def __init__(self, over: QWidget, context: Context, signatur: str, namn: str, period: Period) -> None:
        sheet = Sheet(context.theme, over, tr("Perioden är klar"), tr("Markera klart"), again=False)
        super().__init__(context, sheet)
        self.saved_text = "Perioden är markerad som klar."
        self._signatur, self._period = signatur, period
        sheet.context.setText(f"{namn} · {period.namn}")
        self.text = TextArea(context.theme, 3)
        hint = tr("Sparas med avstämningen. Skriv inget om deltagarna.")
        sheet.add("text", tr("Anteckning"), self.text, hint)
        sheet.start()
        self.check()

    def read(self) -> Reading[AvstamningUppgifter]:
        """What the fields say."""
        return Reading(AvstamningUppgifter(self._signatur, self._period, self.text.value()))

    def find(self, session: Session, values: AvstamningUppgifter) -> Sequence[Finding]:
        """What is left, and what stops it."""
        return check_avstamning(session, self.context.aktor, values, self.context.today())

    def write(self, values: AvstamningUppgifter) -> Saved:
        """Say so."""
        context = self.context
        return mark_klar(context.store, context.aktor, values, context.today(), self.varningsskal)
