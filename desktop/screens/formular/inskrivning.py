"""Inskrivning of a person who is registered, and changing one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.inskrivning import (
    InskrivningUppgifter,
    check_inskrivning,
    create_inskrivning,
    update_inskrivning,
)
from db.errors import KnownError
from db.queries.card_rows import Card, InskrivningRow
from db.queries.val import list_ansvariga
from db.rules.koder import Forsorjning, HanvisadAv, Spar
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.words import first_upper
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField

Staff = tuple[tuple[str, str], ...]


def offer_staff(field: ComboField[str], staff: Staff, signatur: str, namn: str) -> None:
    """Who can be responsible, and whoever is, also where that person is no longer at work."""
    known = dict(staff)
    if signatur and signatur not in known:
        known[signatur] = namn or signatur
    field.set_items([("", tr("Ingen")), *known.items()])
    field.set_value(signatur)


class InskrivningPresenter(FormPresenter[InskrivningUppgifter]):
    """Opens the sheet over the card; without `row` a new one, today, with the user as koordinator."""

    def __init__(
        self, over: QWidget, context: Context, card: Card, row: InskrivningRow | None = None
    ) -> None:
        self._deltagare_id, self._row = card.id, row
        title = tr("Ändra inskrivning") if row else tr("Ny inskrivning")
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=False)
        sheet.context.setText(card.namn)
        super().__init__(context, sheet)
        self.before: InskrivningUppgifter | None = _written(row) if row else None
        self.saved_text = "Inskrivningen är ändrad." if row else "Deltagaren är inskriven."
        self._make_fields()
        self._lay_out()
        context.runner.run(Query("val", self._load, self._offer, failed=self._not_loaded, owner=sheet))

    def read(self) -> Reading[InskrivningUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, inskriven=self.inskriven, anvisad=self.anvisad)
        inskriven = self.inskriven.value()
        if faulty or inskriven is None:
            return Reading(None, faulty, {"inskriven": tr("Ange första dagen.")})
        return Reading(
            InskrivningUppgifter(
                inskriven, self.anvisad.value(), self.hanvisad.value(), self.spar.value() or "",
                self.koordinator.value() or "", self.forsorjning.value(),
            )
        )  # fmt: skip

    def show(self, values: InskrivningUppgifter) -> bool:
        """Fill the fields."""
        self.inskriven.set_value(values.inskriven)
        self.anvisad.set_value(values.anvisad)
        self.hanvisad.set_value(values.hanvisad_av)
        self.spar.set_value(values.spar)
        self.koordinator.set_value(values.koordinator)
        self.forsorjning.set_value(values.forsorjning_fore)
        return True

    def find(self, session: Session, values: InskrivningUppgifter) -> Sequence[Finding]:
        """What the register says."""
        row_id = self._row.id if self._row else None
        today = self.context.today()
        return check_inskrivning(session, self.context.aktor, self._deltagare_id, values, today, row_id)

    def write(self, values: InskrivningUppgifter) -> Saved | None:
        """Enrol or change."""
        store, aktor, today = self.context.store, self.context.aktor, self.context.today()
        if self._row is None:
            return create_inskrivning(store, aktor, self._deltagare_id, values, today, self.varningsskal)
        return update_inskrivning(store, aktor, self._row.id, values, today, self.before, self.varningsskal)

    def _make_fields(self) -> None:
        theme, today = self.context.theme, self.context.today
        self.inskriven, self.anvisad = DateField(theme, today), DateField(theme, today)
        self.koordinator: ComboField[str] = ComboField(theme)
        none: list[tuple[str | None, str]] = [(None, tr("Inte angivet"))]
        self.hanvisad: ComboField[str | None] = ComboField(
            theme, [*none, *((code.value, first_upper(code.value)) for code in HanvisadAv)]
        )
        self.forsorjning: ComboField[str | None] = ComboField(
            theme, [*none, *((code.value, first_upper(code.value)) for code in Forsorjning)]
        )
        spar = [code.value for code in Spar]
        if self.before is not None and self.before.spar not in ("", *spar):
            spar.append(self.before.spar)
        self.spar: ComboField[str] = ComboField(theme, [("", tr("Inget spår")), *((s, s) for s in spar)])

    def _lay_out(self) -> None:
        sheet = self.sheet
        inskriven = sheet.add("inskriven", tr("Inskriven"), self.inskriven, required=True)
        sheet.add_pair(inskriven, sheet.add("anvisad", tr("Anvisad"), self.anvisad))
        sheet.add("koordinator", tr("Koordinator"), self.koordinator)
        hanvisad = sheet.add("hanvisad_av", tr("Hänvisad av"), self.hanvisad)
        sheet.add_pair(hanvisad, sheet.add("spar", tr("Spår"), self.spar))
        sheet.add("forsorjning_fore", tr("Försörjning före"), self.forsorjning)

    def _load(self, _task: Task) -> Staff:
        with self.context.store.read(self.context.aktor) as session:
            return list_ansvariga(session, self.context.aktor)

    def _offer(self, staff: Staff) -> None:
        row, own = self._row, self.context.aktor.signatur
        offer_staff(self.koordinator, staff, row.signatur if row else own, row.koordinator if row else "")
        self.show(self.before or InskrivningUppgifter(self.context.today(), koordinator=own))
        self.sheet.start()

    def _not_loaded(self, error: KnownError) -> None:
        self.context.tell_failure(error)
        self.sheet.dismiss()


def _written(row: InskrivningRow) -> InskrivningUppgifter:
    return InskrivningUppgifter(
        row.inskriven, row.anvisad, row.hanvisad_av, row.spar, row.signatur, row.forsorjning_fore
    )
