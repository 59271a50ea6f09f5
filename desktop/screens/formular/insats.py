"""Ny insats, and changing one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.insats import InsatsUppgifter, check_insats, create_insats, read_insats, update_insats
from db.errors import KnownError
from db.queries.card_rows import Card
from db.queries.val import InsatsVal, list_insats_val
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField, TextField

Loaded = tuple[InsatsVal, InsatsUppgifter | None]


class InsatsForm:
    """The fields of an insats in a sheet; slut and reason only where one is changed."""

    def __init__(self, theme: Theme, sheet: Sheet, today: object, change: bool) -> None:
        self.typ: ComboField[int] = ComboField(theme)
        self.enhet: ComboField[int | None] = ComboField(theme)
        self.start = DateField(theme, today)  # type: ignore[arg-type]
        self.planerat_slut = DateField(theme, today)  # type: ignore[arg-type]
        self.omfattning = TextField(3)
        self.omfattning.setText("100")
        self.slut = DateField(theme, today)  # type: ignore[arg-type]
        self.orsak = TextField(200)
        sheet.add("insatstyp", tr("Insats"), self.typ, required=True)
        sheet.add("enhet", tr("Enhet"), self.enhet)
        start = sheet.add("start", tr("Start"), self.start, required=True)
        planned = sheet.add("planerat_slut", tr("Planerat slut"), self.planerat_slut)
        sheet.add_pair(start, planned)
        sheet.add("omfattning", tr("Omfattning i procent"), self.omfattning, required=True)
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
        self.slut.set_value(values.slut)
        self.orsak.setText(values.avbrottsorsak)

    def read(self, inskrivning_id: int) -> Reading[InsatsUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        missing: dict[str, str] = {}
        read_dates(faulty, start=self.start, planerat_slut=self.planerat_slut, slut=self.slut)
        typ, start, omfattning = self.typ.value(), self.start.value(), self.omfattning.value()
        if not omfattning.isdecimal():
            faulty["omfattning"] = tr("Skriv omfattningen i procent, 1 till 100.")
        if typ is None:
            missing["insatstyp"] = tr("Välj en insats.")
        if start is None:
            missing["start"] = tr("Ange första dagen.")
        if faulty or typ is None or start is None:
            return Reading(None, faulty, missing)
        return Reading(
            InsatsUppgifter(
                inskrivning_id, typ, start, self.enhet.value(), self.planerat_slut.value(), self.slut.value(),
                int(omfattning), self.orsak.value(),
            )
        )  # fmt: skip


class InsatsPresenter(FormPresenter[InsatsUppgifter]):
    """Opens the sheet over the card; without `insats_id` a new one in the open inskrivning."""

    def __init__(self, over: QWidget, context: Context, card: Card, insats_id: int | None) -> None:
        self._id, self._before = insats_id, None
        self._values: InsatsUppgifter | None = None
        inskrivning = card.inskrivning
        self._inskrivning_id = inskrivning.id if inskrivning is not None else 0
        title = tr("Ny insats") if insats_id is None else tr("Ändra insats")
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=insats_id is None)
        sheet.context.setText(card.namn)
        super().__init__(context, sheet)
        self.saved_text = "Insatsen är registrerad." if insats_id is None else "Insatsen är ändrad."
        self.form = InsatsForm(context.theme, sheet, context.today, change=insats_id is not None)
        context.runner.run(Query("val", self._load, self._show_choices, failed=self._not_loaded, owner=sheet))

    def read(self) -> Reading[InsatsUppgifter]:
        """What the fields say."""
        inskrivning = self._values.inskrivning_id if self._values else self._inskrivning_id
        return self.form.read(inskrivning)

    def find(self, session: Session, values: InsatsUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_insats(session, self.context.aktor, values, self._id)

    def write(self, values: InsatsUppgifter) -> Saved | None:
        """Register or change."""
        store, aktor = self.context.store, self.context.aktor
        if self._id is None:
            return create_insats(store, aktor, values)
        return update_insats(store, aktor, self._id, values, self._values)

    def begin_again(self) -> None:
        """Another for the same person: everything but the kind of insats may well be the same."""
        self.form.typ.setCurrentIndex(-1)
        super().begin_again()

    def _load(self, _task: Task) -> Loaded:
        context = self.context
        with context.store.read(context.aktor) as session:
            written = read_insats(session, context.aktor, self._id) if self._id is not None else None
            return list_insats_val(session, context.aktor), written

    def _show_choices(self, loaded: Loaded) -> None:
        val, self._values = loaded
        self.form.offer(val)
        if self._values is not None:
            self.form.show_values(self._values)
        else:
            self.form.start.set_value(self.context.today())
        self.sheet.start()

    def _not_loaded(self, error: KnownError) -> None:
        self.context.tell_failure(error)
        self.sheet.dismiss()
