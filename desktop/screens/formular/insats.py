"""Ny insats, and changing one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.insats import InsatsUppgifter, check_insats, create_insats, read_insats, update_insats
from db.commands.insatskontroll import ENDS_BEFORE
from db.errors import KnownError
from db.queries.card_rows import Card
from db.queries.passerade import PasseradRow, list_passerade
from db.queries.platser import read_platslage
from db.queries.val import InsatsVal, list_insats_val
from db.rules.belaggning import Platslage
from desktop.context import Context
from desktop.formatting import date_range, number, plural, short_date
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.passerade import PasseradNotice
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField, TextField
from desktop.widgets.schema_field import SchemaField

Loaded = tuple[InsatsVal, InsatsUppgifter | None, tuple[PasseradRow, ...]]


class InsatsForm:
    """The fields of an insats in a sheet; slut and reason only where one is changed."""

    def __init__(self, theme: Theme, sheet: Sheet, today: Callable[[], date], change: bool) -> None:
        self.typ: ComboField[int] = ComboField(theme)
        self.enhet: ComboField[int | None] = ComboField(theme)
        self.start, self.planerat_slut, self.slut = (DateField(theme, today) for _ in range(3))
        self.omfattning = TextField(3)
        self.omfattning.setText("100")
        self.schema = SchemaField(theme)
        self.orsak = TextField(200)
        sheet.add("insatstyp", tr("Insats"), self.typ, required=True)
        self.enhet_box = sheet.add("enhet", tr("Enhet"), self.enhet)
        start = sheet.add("start", tr("Start"), self.start, required=True)
        planned = sheet.add("planerat_slut", tr("Planerat slut"), self.planerat_slut)
        sheet.add_pair(start, planned)
        sheet.add("omfattning", tr("Omfattning i procent"), self.omfattning, required=True)
        sheet.add("schema", tr("Dagar"), self.schema)
        if change:
            slut = sheet.add("slut", tr("Slut"), self.slut)
            orsak = sheet.add("avbrottsorsak", tr("Orsak om den avbröts"), self.orsak)
            sheet.add_pair(slut, orsak)

    def offer(self, val: InsatsVal) -> None:
        """What can be chosen; nothing is chosen from the start."""
        self.typ.set_items([(key, first_upper(namn)) for key, namn in val.typer])
        self.enhet.set_items([(None, tr("Ingen enhet")), *val.enheter])
        self.typ.setCurrentIndex(-1)
        self.enhet.setCurrentIndex(0)

    def show_values(self, values: InsatsUppgifter) -> None:
        """Show what is written of an insats."""
        self.typ.set_value(values.insatstyp_id)
        self.enhet.set_value(values.enhet_id)
        self.start.set_value(values.start)
        self.planerat_slut.set_value(values.planerat_slut)
        self.omfattning.setText(str(values.omfattning))
        self.schema.set_value(values.schema)
        self.slut.set_value(values.slut)
        self.orsak.setText(values.avbrottsorsak)

    def read(self, inskrivning_id: int) -> Reading[InsatsUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        missing: dict[str, str] = {}
        read_dates(faulty, start=self.start, planerat_slut=self.planerat_slut, slut=self.slut)
        typ, start, omfattning = self.typ.value(), self.start.value(), self.omfattning.value()
        planned = self.planerat_slut.value()
        if start is not None and planned is not None and planned < start:
            faulty["planerat_slut"] = tr(ENDS_BEFORE)
        if not omfattning.isdecimal():
            faulty["omfattning"] = tr("Skriv omfattningen i procent, 1 till 100.")
        if self.schema.is_empty():
            faulty["schema"] = tr("Välj minst en dag.")
        if typ is None:
            missing["insatstyp"] = tr("Välj en insats.")
        if start is None:
            missing["start"] = tr("Ange första dagen.")
        if faulty or typ is None or start is None:
            return Reading(None, faulty, missing)
        return Reading(
            InsatsUppgifter(
                inskrivning_id, typ, start, self.enhet.value(), self.planerat_slut.value(), self.slut.value(),
                int(omfattning), self.orsak.value(), self.schema.value(),
            )
        )  # fmt: skip


class Platsvisare:
    """Tells at the field how many places the enhet chosen has left on the days chosen."""

    def __init__(self, context: Context, sheet: Sheet, form: InsatsForm, insats_id: int | None) -> None:
        self._context, self._sheet, self._form, self._id = context, sheet, form, insats_id

    def ask(self) -> None:
        """Ask for the enhet and the days that the fields say now."""
        form = self._form
        enhet, start = form.enhet.value(), form.start.value()
        till = form.slut.value() or form.planerat_slut.value()
        if enhet is None or start is None or (till is not None and till < start):
            form.enhet_box.set_hint("")
            return
        work = partial(self._read, enhet_id=enhet, fran=start, till=till)
        self._context.runner.run(Query("platser", work, form.enhet_box.set_hint, self._quiet, self._sheet))

    def _read(self, _task: Task, *, enhet_id: int, fran: date, till: date | None) -> str:
        context, idag = self._context, self._context.today()
        with context.store.read(context.aktor) as session:
            last = till or date.max
            lage = read_platslage(session, context.aktor, enhet_id, fran, last, self._id, idag=idag)
        return tell_platser(lage, fran, till, idag)

    def _quiet(self, _error: KnownError) -> None:
        self._form.enhet_box.set_hint("")


def tell_platser(lage: Platslage | None, fran: date, till: date | None, today: date) -> str:
    """ "3 av 8 platser lediga 3–28 mar", "… från 3 mar" without an end."""
    if lage is None:
        return tr("Antalet platser är inte angivet för de dagarna.")
    free = (
        f"{number(max(0, lage.lediga))} {tr('av')} {plural(lage.platser, 'plats', 'platser')} {tr('lediga')}"
    )
    days = f"{tr('från')} {short_date(fran, today)}" if till is None else date_range(fran, till, today)
    over = f" {number(-lage.lediga)} {tr('för många')}." if lage.lediga < 0 else ""
    return f"{free} {days}.{over}"


class InsatsPresenter(FormPresenter[InsatsUppgifter]):
    """Opens the sheet over the card; without `insats_id` a new one in the open inskrivning, which `copied`
    gives its values."""

    def __init__(
        self, over: QWidget, context: Context, card: Card, insats_id: int | None, copied: int | None = None
    ) -> None:
        self._id, self._copied = insats_id, copied
        inskrivning = card.inskrivning
        self._inskrivning_id = inskrivning.id if inskrivning is not None else 0
        title = tr("Ändra insats") if insats_id else tr("Kopiera insats") if copied else tr("Ny insats")
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=insats_id is None)
        sheet.context.setText(card.namn)
        super().__init__(context, sheet)
        self.saved_text = "Insatsen är registrerad." if insats_id is None else "Insatsen är ändrad."
        self.form = InsatsForm(context.theme, sheet, context.today, change=insats_id is not None)
        self._platser = Platsvisare(context, sheet, self.form, insats_id)
        self._passed = PasseradNotice(context.theme, sheet)
        context.runner.run(Query("val", self._load, self._show_choices, failed=self._not_loaded, owner=sheet))

    def read(self) -> Reading[InsatsUppgifter]:
        """What the fields say."""
        return self.form.read(self.before.inskrivning_id if self.before else self._inskrivning_id)

    def show(self, values: InsatsUppgifter) -> bool:
        """Fill the fields."""
        self.form.show_values(values)
        return True

    def check(self) -> None:
        """And how many places there are."""
        self._platser.ask()
        super().check()

    def find(self, session: Session, values: InsatsUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_insats(session, self.context.aktor, values, self._id, idag=self.context.today())

    def write(self, values: InsatsUppgifter) -> Saved | None:
        """Register or change."""
        store, aktor, idag = self.context.store, self.context.aktor, self.context.today()
        if self._id is None:
            return create_insats(store, aktor, values, self.varningsskal, idag=idag)
        return update_insats(store, aktor, self._id, values, self.before, skal=self.varningsskal, idag=idag)

    def begin_again(self) -> None:
        """Another for the same person: everything but the kind of insats may well be the same."""
        self.form.typ.setCurrentIndex(-1)
        super().begin_again()

    def _load(self, _task: Task) -> Loaded:
        context, row_id = self.context, self._id or self._copied
        with context.store.read(context.aktor) as session:
            written = read_insats(session, context.aktor, row_id) if row_id is not None else None
            passed = list_passerade(session, "insats", self._id) if self._id is not None else ()
            return list_insats_val(session, context.aktor), written, passed

    def _show_choices(self, loaded: Loaded) -> None:
        val, written, passed = loaded
        self.form.offer(val)
        self._passed.tell(passed)
        if written is not None and self._id is not None:
            self.before = written
            self.form.show_values(written)
        elif written is not None:
            self.form.show_values(copy_insats(written, self.context.today()))
        else:
            self.form.start.set_value(self.context.today())
        self.sheet.start()
        self._platser.ask()

    def _not_loaded(self, error: KnownError) -> None:
        self.context.tell_failure(error)
        self.sheet.dismiss()


def copy_insats(written: InsatsUppgifter, today: date) -> InsatsUppgifter:
    """The same insats begun again: the day after the one that has ended, else today, and as long."""
    start = written.slut + timedelta(1) if written.slut is not None else today
    planned = written.planerat_slut
    end = start + (planned - written.start) if planned is not None else None
    return replace(written, start=start, planerat_slut=end, slut=None, avbrottsorsak="")
