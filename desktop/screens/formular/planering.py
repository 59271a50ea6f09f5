"""Planering: the goal, the steps and the next follow-up of the person's inskrivning."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.planering import (
    PlaneringUppgifter,
    Steguppgifter,
    check_planering,
    save_planering,
    tick_steg,
)
from db.queries.card_rows import Card, PlaneringRow
from db.rules.koder import Ansvarig
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.runner import Change
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import CheckField, ComboField, TextArea, TextField

LEAST_STEPS, EMPTY_STEPS = 4, 2
LONGEST_STEP = 200


@dataclass(frozen=True, slots=True)
class StegFalt:
    """The fields of one step; a step without words is no step."""

    text: TextField
    ansvarig: ComboField[str]
    senast: DateField
    klar: CheckField


class PlaneringForm:
    """The fields of a plan in a sheet, with room for `rows` steps."""

    def __init__(self, theme: Theme, sheet: Sheet, today: Callable[[], date], rows: int) -> None:
        self._today = today
        self.mal = TextArea(theme, 3)
        self.nasta = DateField(theme, today)
        sheet.add("mal", tr("Mål"), self.mal, required=True)
        sheet.add("nasta_uppfoljning", tr("Nästa uppföljning"), self.nasta)
        self.steg = [self._add_steg(theme, sheet, number) for number in range(1, rows + 1)]

    def show_plan(self, plan: PlaneringUppgifter) -> None:
        """Show what is written of a plan."""
        self.mal.setPlainText(plan.mal)
        self.nasta.set_value(plan.nasta_uppfoljning)
        none = Steguppgifter("")
        for number, fields in enumerate(self.steg):
            steg = plan.steg[number] if number < len(plan.steg) else none
            fields.text.setText(steg.text)
            fields.ansvarig.set_value(steg.ansvarig)
            fields.senast.set_value(steg.senast)
            fields.klar.setChecked(steg.klar is not None)

    def read(self, inskrivning_id: int, before: PlaneringUppgifter | None) -> Reading[PlaneringUppgifter]:
        """What the fields say. A step that was done keeps its day; one that is ticked now gets today's."""
        faulty: dict[str, str] = {}
        dates = {f"senast{number}": fields.senast for number, fields in enumerate(self.steg, start=1)}
        read_dates(faulty, nasta_uppfoljning=self.nasta, **dates)
        mal = self.mal.value()
        missing = {} if mal else {"mal": tr("Skriv målet med planeringen.")}
        steg = tuple(self._read_steg(n, before) for n, fields in enumerate(self.steg) if fields.text.value())
        values = PlaneringUppgifter(inskrivning_id, mal, self.nasta.value(), steg)
        return Reading(None if faulty or missing else values, faulty, missing, values)

    def _read_steg(self, number: int, before: PlaneringUppgifter | None) -> Steguppgifter:
        fields = self.steg[number]
        done = before.steg[number].klar if before is not None and number < len(before.steg) else None
        klar = (done or self._today()) if fields.klar.isChecked() else None
        ansvarig = fields.ansvarig.value() or Ansvarig.DELTAGAREN.value
        return Steguppgifter(fields.text.value(), ansvarig, fields.senast.value(), klar)

    def _add_steg(self, theme: Theme, sheet: Sheet, number: int) -> StegFalt:
        told = f"{tr('Steg')} {number}"
        fields = StegFalt(
            TextField(LONGEST_STEP),
            ComboField(theme, [(a.value, first_upper(a.value)) for a in Ansvarig]),
            DateField(theme, self._today),
            CheckField(theme, f"{told} {tr('är klart')}"),
        )
        sheet.add(f"steg{number}", told, fields.text)
        sheet.add_pair(
            sheet.add(f"ansvarig{number}", f"{told}: {tr('vem')}", fields.ansvarig),
            sheet.add(f"senast{number}", f"{told}: {tr('senast')}", fields.senast),
        )
        sheet.add_check(f"klar{number}", fields.klar)
        return fields


class PlaneringPresenter(FormPresenter[PlaneringUppgifter]):
    """Opens the sheet over the card with the plan that holds; what is saved is today's version."""

    saved_text = "Planeringen är sparad."

    def __init__(self, over: QWidget, context: Context, card: Card) -> None:
        inskrivning = card.inskrivning
        assert inskrivning is not None
        self._id = inskrivning.id
        plan = next((p for p in reversed(card.planeringar) if p.inskrivning_id == self._id), None)
        before = None if plan is None else _written(plan)
        title = tr("Ny planering") if plan is None else tr("Ändra planering")
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=False)
        sheet.context.setText(card.namn)
        super().__init__(context, sheet)
        rows = max(LEAST_STEPS, (len(plan.steg) if plan else 0) + EMPTY_STEPS)
        self.form = PlaneringForm(context.theme, sheet, context.today, rows)
        self.before = before or PlaneringUppgifter(self._id, "")
        if before is not None:
            self.form.show_plan(before)
        sheet.start()

    def read(self) -> Reading[PlaneringUppgifter]:
        """What the fields say."""
        return self.form.read(self._id, self.before)

    def show(self, values: PlaneringUppgifter) -> bool:
        """Fill the fields; False where there are more steps than room for them."""
        if len(values.steg) > len(self.form.steg):
            return False
        self.form.show_plan(values)
        return True

    def find(self, session: Session, values: PlaneringUppgifter) -> Sequence[Finding]:
        """What the register says; a follow-up that has passed unchanged is for the user to move on."""
        return check_planering(session, self.context.aktor, values, self.context.today())

    def write(self, values: PlaneringUppgifter) -> Saved | None:
        """Save today's version."""
        return save_planering(
            self.context.store, self.context.aktor, values, self.context.today(), self.before
        )


def tick(over: QWidget, context: Context, steg_id: int, *, klar: bool) -> None:
    """Note that a step is done today, or not done, with a toast to take it back."""
    day = context.today() if klar else None

    def told(saved: Saved | None) -> None:
        if saved is not None:
            text = tr("Steget är klart.") if klar else tr("Steget är inte klart.")
            context.tell_done(text, saved.changes.handelse_id)

    context.runner.run(
        Change(
            tr("Sparar"),
            lambda _task: tick_steg(context.store, context.aktor, steg_id, day),
            lambda saved: touched(saved.changes if saved else None),
            done=told,
            failed=context.tell_failure,
            owner=over,
        )
    )


def _written(plan: PlaneringRow) -> PlaneringUppgifter:
    steg = tuple(Steguppgifter(s.text, s.ansvarig, s.senast, s.klar) for s in plan.steg)
    return PlaneringUppgifter(plan.inskrivning_id, plan.mal, plan.nasta_uppfoljning, steg)
