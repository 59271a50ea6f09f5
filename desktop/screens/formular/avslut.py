"""Avslut of an inskrivning."""

from collections.abc import Callable, Sequence
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.avslut import AvslutUppgifter, asks_about_work, check_avslut, close_inskrivning
from db.commands.findings import Finding, Saved
from db.queries.card_rows import Card
from db.rules.koder import Resultat
from desktop.context import Context
from desktop.formatting import long_date
from desktop.i18n import tr
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField

MONTH = ((None, "Inte bekräftat än"), (True, "Ja"), (False, "Nej"))


class AvslutForm:
    """The fields of an avslut; those about work only where the result is work (R10)."""

    def __init__(self, theme: Theme, sheet: Sheet, today: Callable[[], date]) -> None:
        self.avslutad = DateField(theme, today, today())
        self.resultat: ComboField[str] = ComboField(
            theme, [(r.value, first_upper(r.value)) for r in Resultat]
        )
        self.resultat.setCurrentIndex(-1)
        self.fran, self.till = DateField(theme, today), DateField(theme, today)
        self.manad: ComboField[bool | None] = ComboField(theme, [(key, tr(text)) for key, text in MONTH])
        sheet.add("avslutad", tr("Sista dag"), self.avslutad, required=True)
        sheet.add("resultat", tr("Vad ledde avslutet till?"), self.resultat, required=True)
        fran = sheet.add("arbete_fran", tr("Arbete från"), self.fran)
        till = sheet.add("arbete_till", tr("Arbete till"), self.till)
        sheet.add_pair(fran, till)
        self._work = (fran, till, sheet.add("minst_en_manad", tr("Minst en månad utan avbrott?"), self.manad))
        self.resultat.currentIndexChanged.connect(lambda _index: self._show_work())
        self._show_work()

    @property
    def is_work(self) -> bool:
        """Whether the result chosen is work."""
        return asks_about_work(self.resultat.value() or "")

    def read(self) -> Reading[AvslutUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        missing: dict[str, str] = {}
        work = {"arbete_fran": self.fran, "arbete_till": self.till} if self.is_work else {}
        read_dates(faulty, avslutad=self.avslutad, **work)
        avslutad, resultat = self.avslutad.value(), self.resultat.value()
        if avslutad is None:
            missing["avslutad"] = tr("Ange sista dagen.")
        if resultat is None:
            missing["resultat"] = tr("Välj vad avslutet ledde till.")
        if faulty or avslutad is None or resultat is None:
            return Reading(None, faulty, missing)
        if not self.is_work:
            return Reading(AvslutUppgifter(avslutad, resultat))
        return Reading(
            AvslutUppgifter(avslutad, resultat, self.fran.value(), self.till.value(), self.manad.value())
        )

    def _show_work(self) -> None:
        for box in self._work:
            box.setVisible(self.is_work)


class AvslutPresenter(FormPresenter[AvslutUppgifter]):
    """Opens the sheet over the card of a person with an open inskrivning."""

    saved_text = "Inskrivningen är avslutad."

    def __init__(self, over: QWidget, context: Context, card: Card) -> None:
        assert card.inskrivning is not None
        self._id = card.inskrivning.id
        sheet = Sheet(context.theme, over, tr("Avslut"), tr("Avsluta"), again=False)
        since = long_date(card.inskrivning.inskriven)
        sheet.context.setText(f"{card.namn} · {tr('inskriven sedan')} {since}")
        super().__init__(context, sheet)
        self.form = AvslutForm(context.theme, sheet, context.today)
        sheet.start()

    def read(self) -> Reading[AvslutUppgifter]:
        """What the fields say."""
        return self.form.read()

    def find(self, session: Session, values: AvslutUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_avslut(session, self.context.aktor, self._id, values)

    def write(self, values: AvslutUppgifter) -> Saved | None:
        """Close it."""
        return close_inskrivning(self.context.store, self.context.aktor, self._id, values)
