"""Ändra uppgifter: what is written of the person whose card is shown."""

from collections.abc import Callable, Sequence
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.person import PersonUppgifter
from db.commands.uppgifter import check_uppgifter, read_uppgifter, update_deltagare
from db.errors import KnownError
from db.queries.card_rows import Card
from db.queries.dubbletter import DubblettRow, Sokt, find_dubbletter
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.dubbletter import Dubbletter
from desktop.screens.formular.personfalt import PersonFalt
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet


class UppgifterPresenter(FormPresenter[PersonUppgifter]):
    """Opens the sheet over the card; `opened` with the id of a likely double whose card is wanted."""

    saved_text = "Uppgifterna är sparade."

    def __init__(self, over: QWidget, context: Context, card: Card, opened: Callable[[int], None]) -> None:
        self._id = card.id
        sheet = Sheet(context.theme, over, tr("Ändra uppgifter"), tr("Spara"), again=False)
        sheet.context.setText(card.namn)
        super().__init__(context, sheet)
        theme = context.theme
        self.person = PersonFalt(theme, sheet, context.today)
        self.dubbletter = Dubbletter(theme, tr("Välj raden för att öppna det kortet."), "arrow-right")
        sheet.add_aside(self.dubbletter, self.dubbletter.stops)
        self.person.add_contact()
        self.person.add_background()
        self.person.add_protection()
        self.dubbletter.chosen.connect(opened)
        context.runner.run(Query("val", self._load, self._show_person, failed=self._not_loaded, owner=sheet))

    def read(self) -> Reading[PersonUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        missing: dict[str, str] = {}
        values = self.person.read(faulty, missing)
        return Reading(None if faulty or missing else values, faulty, missing)

    def find(self, session: Session, values: PersonUppgifter) -> Sequence[Finding]:
        """What the register says of the values."""
        return check_uppgifter(session, self.context.aktor, self._id, values, self.context.today())

    def write(self, values: PersonUppgifter) -> Saved | None:
        """Change them; a number that is replaced goes to the history."""
        context = self.context
        return update_deltagare(
            context.store, context.aktor, self._id, values, context.today(), self.before, self.varningsskal
        )

    def show(self, values: PersonUppgifter) -> bool:
        """Fill the fields with what is written of a person."""
        self.person.show_person(values)
        return True

    def check(self) -> None:
        """As every form, and look for those who may be the same person."""
        super().check()
        work = partial(self._look, sokt=self.person.sokt())
        self.context.runner.run(Query("dubbletter", work, self.dubbletter.show_rows, owner=self.sheet))

    def _load(self, _task: Task) -> PersonUppgifter:
        with self.context.store.read(self.context.aktor) as session:
            return read_uppgifter(session, self.context.aktor, self._id)

    def _show_person(self, values: PersonUppgifter) -> None:
        self.before = values
        self.show(values)
        self.sheet.start()

    def _not_loaded(self, error: KnownError) -> None:
        self.context.tell_failure(error)
        self.sheet.dismiss()

    def _look(self, _task: Task, *, sokt: Sokt) -> tuple[DubblettRow, ...]:
        with self.context.store.read(self.context.aktor) as session:
            return find_dubbletter(session, self.context.aktor, sokt, self._id)
