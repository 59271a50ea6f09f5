"""Arbetsförmedlingen's decision for an OSA placement: a new one, or one being changed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.osa import (
    LONGEST_NUMMER,
    BeslutUppgifter,
    check_osa_beslut,
    create_osa_beslut,
    update_osa_beslut,
)
from db.queries.card_rows import OsaRow
from db.rules.osa import find_nasta_fran
from desktop.context import Context
from desktop.formatting import parse_kronor, written_kronor
from desktop.i18n import tr
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.osabeslut import Holder, Placement, placement_text
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import TextField


class OsaBeslutPresenter(FormPresenter[BeslutUppgifter]):
    """Opens the sheet over the card; a new decision begins the day after the latest."""

    def __init__(
        self, over: QWidget, context: Context, card: Holder, insats: Placement, beslut: OsaRow | None = None
    ) -> None:
        self._insats_id, self._id = insats.id, beslut.id if beslut else None
        title = tr("Ändra OSA-beslut") if beslut else tr("OSA-beslut")
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=beslut is None)
        sheet.context.setText(placement_text(card, insats))
        super().__init__(context, sheet)
        self.before: BeslutUppgifter | None = _written(beslut) if beslut else None
        self.saved_text = "Beslutet är ändrat." if beslut else "Beslutet är registrerat."
        self.fran, self.till = (DateField(context.theme, context.today) for _ in range(2))
        self.diarienummer = TextField(LONGEST_NUMMER, "AF-2026/12345")
        self.bidrag = TextField(12)
        earlier = [(row.fran, row.till) for row in card.osa if row.insats_id == insats.id]
        self._lay_out()
        if self.before is not None:
            self.show(self.before)
        else:
            self.fran.set_value(find_nasta_fran(insats.start, earlier))
        sheet.start()

    def read(self) -> Reading[BeslutUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, fran=self.fran, till=self.till)
        fran, till, bidrag = self.fran.value(), self.till.value(), self.bidrag.value()
        ore = parse_kronor(bidrag) if bidrag else None
        if bidrag and ore is None:
            faulty["bidrag"] = tr("Skriv bidraget i kronor, till exempel 15 000.")
        missing = {}
        if fran is None:
            missing["fran"] = tr("Ange första dagen i beslutet.")
        if till is None:
            missing["till"] = tr("Ange sista dagen i beslutet.")
        if faulty or fran is None or till is None:
            return Reading(None, faulty, missing)
        return Reading(BeslutUppgifter(fran, till, self.diarienummer.value(), ore))

    def show(self, values: BeslutUppgifter) -> bool:
        """Fill the fields."""
        self.fran.set_value(values.fran)
        self.till.set_value(values.till)
        self.diarienummer.setText(values.diarienummer)
        self.bidrag.setText(written_kronor(values.bidrag_ore))
        return True

    def find(self, session: Session, values: BeslutUppgifter) -> Sequence[Finding]:
        """What the register says."""
        context = self.context
        return check_osa_beslut(session, context.aktor, self._insats_id, values, context.today(), self._id)

    def write(self, values: BeslutUppgifter) -> Saved | None:
        """Register or change."""
        store, aktor, today = self.context.store, self.context.aktor, self.context.today()
        if self._id is None:
            return create_osa_beslut(store, aktor, self._insats_id, values, today, self.varningsskal)
        return update_osa_beslut(store, aktor, self._id, values, today, self.before, self.varningsskal)

    def begin_again(self) -> None:
        """The next decision follows on the one just saved."""
        till = self.till.value()
        assert till is not None
        self.fran.set_value(find_nasta_fran(till, [(till, till)]))
        self.till.set_value(None)
        self.diarienummer.clear()
        super().begin_again()

    def _lay_out(self) -> None:
        sheet = self.sheet
        fran = sheet.add("fran", tr("Från och med"), self.fran, required=True)
        sheet.add_pair(fran, sheet.add("till", tr("Till och med"), self.till, required=True))
        sheet.add("diarienummer", tr("Arbetsförmedlingens diarienummer"), self.diarienummer)
        sheet.add("bidrag", tr("Bidrag i kronor per månad"), self.bidrag)


def _written(row: OsaRow) -> BeslutUppgifter:
    return BeslutUppgifter(row.fran, row.till, row.diarienummer, row.bidrag_ore)
