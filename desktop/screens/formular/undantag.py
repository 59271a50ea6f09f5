"""Undantag from the aktivitetskrav: a new one, or one being changed."""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.undantag import UndantagUppgifter, check_undantag, create_undantag, update_undantag
from db.queries.card_rows import UndantagRow
from desktop.context import Context
from desktop.i18n import tr
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import TextArea


class Named(Protocol):
    """Whose it is: the card, or the person of a list."""

    @property
    def namn(self) -> str:
        """The name, masked where it must be."""


class Numbered(Protocol):
    """The ärende: of the card, or the row of a list."""

    @property
    def id(self) -> int:
        """Which ärende."""

    @property
    def nummer(self) -> str:
        """Its number."""


class UndantagPresenter(FormPresenter[UndantagUppgifter]):
    """Opens the sheet over the card or a list; the check tells what becomes of the frist (R4)."""

    def __init__(
        self, over: QWidget, context: Context, card: Named, arende: Numbered, row: UndantagRow | None = None
    ) -> None:
        self._arende_id, self._id = arende.id, row.id if row else None
        title = tr("Ändra undantag") if row else tr("Nytt undantag")
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=False)
        sheet.context.setText(f"{card.namn} · {tr('Ärende')} {arende.nummer}")
        super().__init__(context, sheet)
        self.before: UndantagUppgifter | None = (
            UndantagUppgifter(row.fran, row.till, row.skal) if row else None
        )
        self.saved_text = "Undantaget är ändrat." if row else "Undantaget är registrerat."
        self.fran, self.till = (DateField(context.theme, context.today) for _ in range(2))
        self.skal = TextArea(context.theme, 3)
        fran = sheet.add("fran", tr("Från och med"), self.fran, required=True)
        sheet.add_pair(fran, sheet.add("till", tr("Till och med"), self.till))
        sheet.add("skal", tr("Skäl"), self.skal, required=True)
        self.show(self.before or UndantagUppgifter(context.today(), None, ""))
        sheet.start()

    def read(self) -> Reading[UndantagUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, fran=self.fran, till=self.till)
        fran, skal = self.fran.value(), self.skal.value()
        missing = {}
        if fran is None:
            missing["fran"] = tr("Ange första dagen.")
        if not skal:
            missing["skal"] = tr("Skriv skälet till undantaget.")
        values = UndantagUppgifter(fran, self.till.value(), skal) if fran is not None else None
        return Reading(None if faulty or missing else values, faulty, missing, values)

    def show(self, values: UndantagUppgifter) -> bool:
        """Fill the fields."""
        self.fran.set_value(values.fran)
        self.till.set_value(values.till)
        self.skal.setPlainText(values.skal)
        return True

    def find(self, session: Session, values: UndantagUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_undantag(session, self.context.aktor, self._arende_id, values, self._id)

    def write(self, values: UndantagUppgifter) -> Saved | None:
        """Register or change."""
        store, aktor = self.context.store, self.context.aktor
        if self._id is None:
            return create_undantag(store, aktor, self._arende_id, values)
        return update_undantag(store, aktor, self._id, values, self.before)
