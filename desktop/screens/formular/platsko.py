"""Ställ i kö för plats, and changing what somebody waits for."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.platsko import (
    LONGEST_TEXT,
    PlatskoUppgifter,
    add_platsko,
    check_platsko,
    read_platsko,
    update_platsko,
)
from db.errors import KnownError
from db.queries.val import InsatsVal, list_insats_val
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.words import first_upper
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField, TextArea

Loaded = tuple[InsatsVal, PlatskoUppgifter | None]


class PlatskoPresenter(FormPresenter[PlatskoUppgifter]):
    """Opens the sheet over a page. `vem` is told under the title, empty for somebody masked."""

    def __init__(
        self, over: QWidget, context: Context, inskrivning_id: int, vem: str, platsko_id: int | None = None
    ) -> None:
        self._id, self._inskrivning_id = platsko_id, inskrivning_id
        title = tr("Ändra plats i kön") if platsko_id else tr("Ställ i kö för plats")
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=False)
        sheet.context.setText(vem)
        super().__init__(context, sheet)
        self.saved_text = "Platsen i kön är ändrad." if platsko_id else "Deltagaren står i kö."
        self.enhet: ComboField[int] = ComboField(context.theme)
        self.typ: ComboField[int] = ComboField(context.theme)
        self.sedan, self.start = (DateField(context.theme, context.today) for _ in range(2))
        self.text = TextArea(context.theme, 3)
        hint = tr("Välj enhet, insats eller båda.")
        sheet.add("enhet", tr("Enhet"), self.enhet, hint)
        sheet.add("insatstyp", tr("Insats"), self.typ)
        sedan = sheet.add("sedan", tr("I kö sedan"), self.sedan, required=True)
        sheet.add_pair(sedan, sheet.add("onskad_start", tr("Önskad start"), self.start))
        sheet.add("text", tr("Att tänka på"), self.text)
        context.runner.run(Query("val", self._load, self._show_choices, failed=self._not_loaded, owner=sheet))

    def read(self) -> Reading[PlatskoUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        missing: dict[str, str] = {}
        read_dates(faulty, sedan=self.sedan, onskad_start=self.start)
        sedan, text = self.sedan.value(), self.text.value()
        if sedan is None:
            missing["sedan"] = tr("Ange dagen.")
        if not self.enhet.value() and not self.typ.value():
            missing["enhet"] = tr("Välj en enhet, en insats eller båda.")
        if len(text) > LONGEST_TEXT:
            faulty["text"] = tr("Texten är för lång. Korta den.")
        if faulty or missing or sedan is None:
            return Reading(None, faulty, missing)
        enhet, typ = self.enhet.value() or None, self.typ.value() or None
        owner = self.before.inskrivning_id if self.before else self._inskrivning_id
        return Reading(PlatskoUppgifter(owner, enhet, typ, sedan, self.start.value(), text))

    def show(self, values: PlatskoUppgifter) -> bool:
        """Fill the fields."""
        self.enhet.set_value(values.enhet_id or 0)
        self.typ.set_value(values.insatstyp_id or 0)
        self.sedan.set_value(values.sedan)
        self.start.set_value(values.onskad_start)
        self.text.setPlainText(values.text)
        return True

    def find(self, session: Session, values: PlatskoUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_platsko(session, self.context.aktor, values, self.context.today(), self._id)

    def write(self, values: PlatskoUppgifter) -> Saved | None:
        """Join the queue, or change the row."""
        context, idag = self.context, self.context.today()
        if self._id is None:
            return add_platsko(context.store, context.aktor, values, idag=idag)
        return update_platsko(context.store, context.aktor, self._id, values, self.before, idag=idag)

    def _load(self, _task: Task) -> Loaded:
        context = self.context
        with context.store.read(context.aktor) as session:
            written = read_platsko(session, context.aktor, self._id) if self._id is not None else None
            return list_insats_val(session, context.aktor), written

    def _show_choices(self, loaded: Loaded) -> None:
        val, written = loaded
        self.enhet.set_items([(0, tr("Vilken som helst")), *val.enheter])
        self.typ.set_items([(0, tr("Vilken som helst")), *((key, first_upper(n)) for key, n in val.typer)])
        self.before = written
        self.show(
            written or PlatskoUppgifter(self._inskrivning_id, None, None, self.context.today(), None, "")
        )
        self.sheet.start()

    def _not_loaded(self, error: KnownError) -> None:
        self.context.tell_failure(error)
        self.sheet.dismiss()
