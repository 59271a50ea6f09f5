"""Ärende of ekonomiskt bistånd: a new one, and one being decided, changed or closed."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.arende import LONGEST_NUMMER, ArendeUppgifter, check_arende, create_arende, update_arende
from db.commands.findings import Finding, Saved
from db.errors import KnownError
from db.queries.card_rows import ArendeRow, Card
from db.queries.val import list_ansvariga
from db.rules.koder import Avslutsorsak, Utfall
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.inskrivning import Staff, offer_staff
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.words import first_upper
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField, TextField


class ArendePresenter(FormPresenter[ArendeUppgifter]):
    """Opens the sheet over the card; without `row` a new one, with the user as handläggare."""

    def __init__(self, over: QWidget, context: Context, card: Card, row: ArendeRow | None = None) -> None:
        self._deltagare_id, self._row = card.id, row
        title = tr("Ändra ärende") if row else tr("Nytt ärende")
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=False)
        sheet.context.setText(card.namn)
        super().__init__(context, sheet)
        self.before: ArendeUppgifter | None = _written(row) if row else None
        self.saved_text = "Ärendet är ändrat." if row else "Ärendet är registrerat."
        self._make_fields()
        self._lay_out()
        context.runner.run(Query("val", self._load, self._offer, failed=self._not_loaded, owner=sheet))

    def read(self) -> Reading[ArendeUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, ansokan=self.ansokan, beslut=self.beslut, avslutat=self.avslutat)
        nummer, ansokan = self.nummer.value(), self.ansokan.value()
        missing = {}
        if not nummer:
            missing["nummer"] = tr("Skriv ärendets nummer.")
        if ansokan is None:
            missing["ansokan"] = tr("Ange dagen för ansökan.")
        if ansokan is None:
            return Reading(None, faulty, missing)
        values = ArendeUppgifter(
            nummer, ansokan, self.beslut.value(), self.utfall.value(), self.avslutat.value(),
            self.orsak.value(), self.hinder.value(), self.handlaggare.value() or "",
        )  # fmt: skip
        return Reading(None if faulty or missing else values, faulty, missing, values)

    def show(self, values: ArendeUppgifter) -> bool:
        """Fill the fields."""
        self.nummer.setText(values.nummer)
        self.handlaggare.set_value(values.handlaggare)
        self.ansokan.set_value(values.ansokan)
        self.beslut.set_value(values.beslut)
        self.utfall.set_value(values.utfall)
        self.hinder.setText(values.forsorjningshinder)
        self.avslutat.set_value(values.avslutat)
        self.orsak.set_value(values.avslutsorsak)
        return True

    def find(self, session: Session, values: ArendeUppgifter) -> Sequence[Finding]:
        """What the register says."""
        row_id = self._row.id if self._row else None
        today = self.context.today()
        return check_arende(session, self.context.aktor, self._deltagare_id, values, today, row_id)

    def write(self, values: ArendeUppgifter) -> Saved | None:
        """Register or change."""
        store, aktor, today = self.context.store, self.context.aktor, self.context.today()
        if self._row is None:
            return create_arende(store, aktor, self._deltagare_id, values, today, self.varningsskal)
        return update_arende(store, aktor, self._row.id, values, today, self.before, self.varningsskal)

    def _make_fields(self) -> None:
        theme, today = self.context.theme, self.context.today
        self.nummer, self.hinder = TextField(LONGEST_NUMMER), TextField(400)
        self.handlaggare: ComboField[str] = ComboField(theme)
        self.ansokan, self.beslut, self.avslutat = (DateField(theme, today) for _ in range(3))
        utfall: list[tuple[str | None, str]] = [(None, tr("Inget beslut än"))]
        self.utfall: ComboField[str | None] = ComboField(
            theme, [*utfall, *((code.value, first_upper(code.value)) for code in Utfall)]
        )
        orsak: list[tuple[str | None, str]] = [(None, tr("Ingen orsak"))]
        self.orsak: ComboField[str | None] = ComboField(
            theme, [*orsak, *((code.value, first_upper(code.value)) for code in Avslutsorsak)]
        )

    def _lay_out(self) -> None:
        sheet = self.sheet
        nummer = sheet.add("nummer", tr("Ärendenummer"), self.nummer, required=True)
        sheet.add_pair(nummer, sheet.add("handlaggare", tr("Handläggare"), self.handlaggare))
        ansokan = sheet.add("ansokan", tr("Ansökan"), self.ansokan, required=True)
        beslut = sheet.add("beslut", tr("Beslut"), self.beslut)
        sheet.add_pair(ansokan, beslut)
        sheet.add("utfall", tr("Beslutet blev"), self.utfall)
        sheet.add("forsorjningshinder", tr("Försörjningshinder"), self.hinder)
        if self._row is not None:
            avslutat = sheet.add("avslutat", tr("Avslutat"), self.avslutat)
            sheet.add_pair(avslutat, sheet.add("avslutsorsak", tr("Orsak till avslutet"), self.orsak))

    def _load(self, _task: Task) -> Staff:
        with self.context.store.read(self.context.aktor) as session:
            return list_ansvariga(session, self.context.aktor)

    def _offer(self, staff: Staff) -> None:
        row, own = self._row, self.context.aktor.signatur
        offer_staff(self.handlaggare, staff, row.signatur if row else own, row.handlaggare if row else "")
        self.show(self.before or ArendeUppgifter("", self.context.today(), handlaggare=own))
        self.sheet.start()

    def _not_loaded(self, error: KnownError) -> None:
        self.context.tell_failure(error)
        self.sheet.dismiss()


def _written(row: ArendeRow) -> ArendeUppgifter:
    return ArendeUppgifter(
        row.nummer, row.ansokan, row.beslut, row.utfall, row.avslutat, row.avslutsorsak,
        row.forsorjningshinder, row.signatur,
    )  # fmt: skip
