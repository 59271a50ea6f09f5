"""Following up an OSA placement, and changing a follow-up."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.osa_uppfoljning import (
    NyUppfoljning,
    UppfoljningUppgifter,
    check_ny_uppfoljning,
    check_uppfoljning,
    follow_up_osa,
    update_osa_uppfoljning,
)
from db.queries.card_rows import OsaUppfoljningRow
from desktop.context import Context
from desktop.formatting import short_date
from desktop.i18n import tr
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.osabeslut import Holder, Placement, placement_text
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import TextArea

LINES = 6


class FoljUppOsaPresenter(FormPresenter[NyUppfoljning]):
    """What came out, written on the earliest follow-up that is planned, and when the next one is."""

    saved_text = "Uppföljningen är sparad."

    def __init__(self, over: QWidget, context: Context, card: Holder, insats: Placement) -> None:
        self._insats_id = insats.id
        rows = (row for row in card.osa_uppfoljningar if row.insats_id == insats.id)
        planned = next((row for row in rows if row.genomford is None), None)
        self._planned_id = planned.id if planned else None
        sheet = Sheet(context.theme, over, tr("OSA-uppföljning"), tr("Spara"), again=False)
        text = placement_text(card, insats)
        if planned is not None:
            text += f"\n{tr('Planerad')} {short_date(planned.planerad, context.today())}"
        sheet.context.setText(text)
        super().__init__(context, sheet)
        self.genomford, self.nasta = (DateField(context.theme, context.today) for _ in range(2))
        self.text = TextArea(context.theme, LINES)
        self.genomford.set_value(context.today())
        sheet.add("genomford", tr("Uppföljd den"), self.genomford)
        sheet.add("text", tr("Vad ni kom fram till"), self.text)
        sheet.add("nasta", tr("Nästa uppföljning"), self.nasta)
        sheet.start()

    def read(self) -> Reading[NyUppfoljning]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, genomford=self.genomford, nasta=self.nasta)
        if faulty:
            return Reading(None, faulty)
        done, text = self.genomford.value(), self.text.value()
        if done is not None and not text:
            return Reading(None, missing={"text": tr("Skriv vad ni kom fram till.")})
        return Reading(NyUppfoljning(done, text, self.nasta.value()))

    def find(self, session: Session, values: NyUppfoljning) -> Sequence[Finding]:
        """What the register says."""
        context = self.context
        return check_ny_uppfoljning(
            session, context.aktor, self._insats_id, values, context.today(), self._planned_id
        )

    def write(self, values: NyUppfoljning) -> Saved | None:
        """Save the outcome and the next day."""
        context = self.context
        return follow_up_osa(
            context.store, context.aktor, self._insats_id, values, context.today(), self._planned_id
        )


class AndraUppfoljningPresenter(FormPresenter[UppfoljningUppgifter]):
    """Changes one follow-up, planned or done."""

    saved_text = "Uppföljningen är ändrad."

    def __init__(
        self, over: QWidget, context: Context, card: Holder, insats: Placement, row: OsaUppfoljningRow
    ) -> None:
        self._id = row.id
        sheet = Sheet(context.theme, over, tr("Ändra OSA-uppföljning"), tr("Spara"), again=False)
        sheet.context.setText(placement_text(card, insats))
        super().__init__(context, sheet)
        self.before: UppfoljningUppgifter = UppfoljningUppgifter(row.planerad, row.genomford, row.text)
        self.planerad, self.genomford = (DateField(context.theme, context.today) for _ in range(2))
        self.text = TextArea(context.theme, LINES)
        self.show(self.before)
        planerad = sheet.add("planerad", tr("Planerad"), self.planerad, required=True)
        sheet.add_pair(planerad, sheet.add("genomford", tr("Uppföljd den"), self.genomford))
        sheet.add("text", tr("Vad ni kom fram till"), self.text)
        sheet.start()

    def read(self) -> Reading[UppfoljningUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, planerad=self.planerad, genomford=self.genomford)
        planerad = self.planerad.value()
        if faulty or planerad is None:
            return Reading(None, faulty, {"planerad": tr("Ange dagen som uppföljningen är planerad.")})
        return Reading(UppfoljningUppgifter(planerad, self.genomford.value(), self.text.value()))

    def show(self, values: UppfoljningUppgifter) -> bool:
        """Fill the fields."""
        self.planerad.set_value(values.planerad)
        self.genomford.set_value(values.genomford)
        self.text.setPlainText(values.text)
        return True

    def find(self, session: Session, values: UppfoljningUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_uppfoljning(session, self.context.aktor, self._id, values, self.context.today())

    def write(self, values: UppfoljningUppgifter) -> Saved | None:
        """Change it."""
        context = self.context
        return update_osa_uppfoljning(
            context.store, context.aktor, self._id, values, context.today(), self.before
        )
