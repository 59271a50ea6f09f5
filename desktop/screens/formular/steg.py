"""To another steg of the flow on a day, and correcting when somebody came to one."""

from collections.abc import Sequence

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.steg import StegUppgifter, check_steg, move_steg, update_steg
from db.errors import KnownError
from db.queries.card_rows import Card, StegRow
from db.queries.val import list_steg_ids
from desktop.context import Context
from desktop.formatting import short_date
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField

Choices = tuple[tuple[int, str], ...]


def current_steg(card: Card, inskrivning_id: int) -> StegRow | None:
    """The last steg of an inskrivning, begun or planned."""
    return next((row for row in reversed(card.steg) if row.inskrivning_id == inskrivning_id), None)


class StegPresenter(FormPresenter[StegUppgifter]):
    """Opens the sheet over the card with the steg that comes next, today; `row` is one to correct."""

    def __init__(
        self, over: QWidget, context: Context, card: Card, inskrivning_id: int, row: StegRow | None = None
    ) -> None:
        self._inskrivning_id, self._row = inskrivning_id, row
        self._current = current_steg(card, inskrivning_id)
        sheet = Sheet(
            context.theme, over, tr("Ändra steg") if row else tr("Nytt steg"), tr("Spara"), again=False
        )
        text = card.namn
        if self._current is not None and row is None:
            since = short_date(self._current.fran, context.today())
            text += f" · {tr('nu i')} {self._current.steg} {tr('sedan')} {since}"
        sheet.context.setText(text)
        super().__init__(context, sheet)
        self.saved_text = "Steget är ändrat." if row else "Deltagaren är i ett nytt steg."
        self.steg: ComboField[int] = ComboField(context.theme)
        self.fran = DateField(context.theme, context.today, row.fran if row else context.today())
        steg = sheet.add("steg", tr("Steg"), self.steg, required=True)
        sheet.add_pair(steg, sheet.add("fran", tr("Från"), self.fran, required=True))
        context.runner.run(Query("val", self._load, self._offer, failed=self._not_loaded, owner=sheet))

    def read(self) -> Reading[StegUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, fran=self.fran)
        steg, fran = self.steg.value(), self.fran.value()
        missing = {}
        if steg is None:
            missing["steg"] = tr("Välj ett steg.")
        if fran is None:
            missing["fran"] = tr("Ange dagen.")
        if faulty or steg is None or fran is None:
            return Reading(None, faulty, missing)
        return Reading(StegUppgifter(steg, fran))

    def show(self, values: StegUppgifter) -> bool:
        """Fill the fields."""
        self.steg.set_value(values.steg_id)
        self.fran.set_value(values.fran)
        return True

    def find(self, session: Session, values: StegUppgifter) -> Sequence[Finding]:
        """What the register says."""
        row_id = self._row.id if self._row else None
        today = self.context.today()
        return check_steg(session, self.context.aktor, self._inskrivning_id, values, today, row_id)

    def write(self, values: StegUppgifter) -> Saved | None:
        """Move on or correct."""
        store, aktor, today = self.context.store, self.context.aktor, self.context.today()
        if self._row is None:
            return move_steg(store, aktor, self._inskrivning_id, values, today)
        return update_steg(store, aktor, self._row.id, values, today, self.before)

    def _load(self, _task: Task) -> Choices:
        now = self._row or self._current
        with self.context.store.read(self.context.aktor) as session:
            return list_steg_ids(session, self.context.aktor, now.steg if now else "")

    def _offer(self, found: Choices) -> None:
        self.steg.set_items(found)
        names = [namn for _, namn in found]
        if self._row is not None:
            self.steg.setCurrentIndex(names.index(self._row.steg))
            self.before = StegUppgifter(found[self.steg.currentIndex()][0], self._row.fran)
        elif self._current is not None:
            # The next in the flow; of the last one nothing follows by itself.
            place = names.index(self._current.steg) + 1
            self.steg.setCurrentIndex(place if place < len(names) else -1)
        self.sheet.start()

    def _not_loaded(self, error: KnownError) -> None:
        self.context.tell_failure(error)
        self.sheet.dismiss()
