"""Övergång from an OSA placement to the next employment, in one form."""

from collections.abc import Sequence
from datetime import timedelta

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.osa_overgang import OvergangUppgifter, check_overgang, list_overgang_typer, move_from_osa
from db.errors import KnownError
from db.queries.val import list_insats_val
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.osabeslut import Holder, Placement, placement_text
from desktop.screens.words import first_upper
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField, TextField

Choices = tuple[tuple[int, str], ...]


class OvergangPresenter(FormPresenter[OvergangUppgifter]):
    """Opens the sheet over the card. An avslut to work is the other way on, and has its own form."""

    saved_text = "Övergången är registrerad."

    def __init__(self, over: QWidget, context: Context, card: Holder, insats: Placement) -> None:
        self._insats_id = insats.id
        sheet = Sheet(context.theme, over, tr("Övergång från OSA"), tr("Spara"), again=False)
        sheet.context.setText(placement_text(card, insats))
        super().__init__(context, sheet)
        theme, today = context.theme, context.today
        self.slut = DateField(theme, today, insats.slut or today())
        self.typ: ComboField[int] = ComboField(theme)
        self.start = DateField(theme, today, (insats.slut or today()) + timedelta(1))
        self.planerat_slut = DateField(theme, today)
        self.enhet: ComboField[int | None] = ComboField(theme)
        self.omfattning = TextField(3)
        self.omfattning.setText(str(insats.omfattning))
        sheet.add("slut", tr("Sista dag i OSA"), self.slut, required=True)
        sheet.add("insatstyp", tr("Går över till"), self.typ, required=True)
        sheet.add_pair(
            sheet.add("start", tr("Start"), self.start, required=True),
            sheet.add("planerat_slut", tr("Planerat slut"), self.planerat_slut),
        )
        sheet.add("enhet", tr("Enhet"), self.enhet)
        sheet.add("omfattning", tr("Omfattning i procent"), self.omfattning, required=True)
        context.runner.run(Query("val", self._load, self._offer, failed=self._not_loaded, owner=sheet))

    def read(self) -> Reading[OvergangUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, slut=self.slut, start=self.start, planerat_slut=self.planerat_slut)
        slut, typ, start = self.slut.value(), self.typ.value(), self.start.value()
        omfattning = self.omfattning.value()
        if not omfattning.isdecimal():
            faulty["omfattning"] = tr("Skriv omfattningen i procent, 1 till 100.")
        missing = {
            name: text
            for name, value, text in (
                ("slut", slut, tr("Ange sista dagen i OSA.")),
                ("insatstyp", typ, tr("Välj vad OSA går över till.")),
                ("start", start, tr("Ange första dagen.")),
            )
            if value is None
        }
        if faulty or slut is None or typ is None or start is None:
            return Reading(None, faulty, missing)
        planned = self.planerat_slut.value()
        return Reading(OvergangUppgifter(slut, typ, start, self.enhet.value(), planned, int(omfattning)))

    def find(self, session: Session, values: OvergangUppgifter) -> Sequence[Finding]:
        """What the register says."""
        context = self.context
        return check_overgang(session, context.aktor, self._insats_id, values, context.today())

    def write(self, values: OvergangUppgifter) -> Saved | None:
        """End the one and begin the other."""
        context = self.context
        return move_from_osa(
            context.store, context.aktor, self._insats_id, values, self.varningsskal, idag=context.today()
        )

    def _load(self, _task: Task) -> tuple[Choices, Choices]:
        context = self.context
        with context.store.read(context.aktor) as session:
            typer = list_overgang_typer(session, context.aktor, self._insats_id)
            return typer, list_insats_val(session, context.aktor).enheter

    def _offer(self, found: tuple[Choices, Choices]) -> None:
        typer, enheter = found
        self.typ.set_items([(key, first_upper(namn)) for key, namn in typer])
        self.typ.setCurrentIndex(0 if len(typer) == 1 else -1)
        self.enhet.set_items([(None, tr("Ingen enhet")), *enheter])
        self.sheet.start()

    def _not_loaded(self, error: KnownError) -> None:
        self.context.tell_failure(error)
        self.sheet.dismiss()
