"""Reviewing an undantag: it stays and is looked at again, or it ends."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.undantagsgranskning import (
    Granskat,
    GranskningUppgifter,
    check_granskning,
    review_undantag,
)
from db.queries.card_rows import UndantagRow
from db.queries.undantag import UndantagNu
from db.rules.koder import Granskningsbeslut
from db.rules.undantag import GRANSKAS_EFTER
from desktop.context import Context
from desktop.formatting import date_range, short_date
from desktop.i18n import tr
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.words import first_upper
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField, TextArea

BESLUT = (
    (Granskningsbeslut.KVARSTAR, "Undantaget kvarstår"), (Granskningsbeslut.UPPHOR, "Undantaget upphör"),
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Granskas:
    """The undantag to be reviewed, its days and reason, and its latest review."""

    id: int
    fran: date
    till: date | None
    skal: str
    granskning_id: int | None = None
    granskad: date | None = None


def of_card(row: UndantagRow) -> Granskas:
    """An undantag of the card."""
    senast = row.granskningar[-1] if row.granskningar else None
    return Granskas(
        row.id, row.fran, row.till, row.skal, senast.id if senast else None, senast.datum if senast else None
    )


def of_list(row: UndantagNu) -> Granskas:
    """An undantag of the list of the aktivitetskrav."""
    return Granskas(row.id, row.fran, row.till, row.skal, row.granskning_id, row.granskad)


class GranskningPresenter(FormPresenter[GranskningUppgifter]):
    """What is asked for follows the decision: the last day of what ends, the next review of what stays."""

    def __init__(self, over: QWidget, context: Context, namn: str, nummer: str, undantag: Granskas) -> None:
        self._undantag = undantag
        sheet = Sheet(context.theme, over, tr("Granska undantag"), tr("Spara"), again=False)
        sheet.context.setText(_context(namn, nummer, undantag, context.today()))
        super().__init__(context, sheet)
        self.before: Granskat = Granskat(undantag.fran, undantag.till, undantag.granskning_id)
        theme, today = context.theme, context.today()
        self.beslut: ComboField[Granskningsbeslut] = ComboField(
            theme, [(key, tr(text)) for key, text in BESLUT]
        )
        self.datum, self.till, self.nasta = (DateField(theme, context.today) for _ in range(3))
        self.skal = TextArea(theme, 3)
        beslut = sheet.add("beslut", tr("Beslut"), self.beslut, required=True)
        sheet.add_pair(beslut, sheet.add("datum", tr("Granskat den"), self.datum, required=True))
        sheet.add("skal", tr("Skäl"), self.skal, required=True)
        self._till = sheet.add("till", tr("Undantagets sista dag"), self.till, required=True)
        self._nasta = sheet.add("nasta", tr("Nästa granskning"), self.nasta)
        self.datum.set_value(today)
        self.till.set_value(today)
        if undantag.till is None:
            self.nasta.set_value(today + timedelta(GRANSKAS_EFTER))
        self.beslut.currentIndexChanged.connect(self._fit)
        self._fit()
        sheet.start()

    def read(self) -> Reading[GranskningUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        ends = self._ends()
        read_dates(faulty, datum=self.datum, **({"till": self.till} if ends else {"nasta": self.nasta}))
        datum, skal = self.datum.value(), self.skal.value()
        missing = {}
        if datum is None:
            missing["datum"] = tr("Ange dagen för granskningen.")
        if not skal:
            missing["skal"] = tr("Skriv skälet till beslutet.")
        if ends and self.till.value() is None:
            missing["till"] = tr("Ange undantagets sista dag.")
        if faulty or missing or datum is None:
            return Reading(None, faulty, missing)
        beslut = self.beslut.value() or Granskningsbeslut.KVARSTAR
        days = {"till": self.till.value()} if ends else {"nasta": self.nasta.value()}
        return Reading(GranskningUppgifter(beslut, datum, skal, **days))

    def find(self, session: Session, values: GranskningUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_granskning(session, self.context.aktor, self._undantag.id, values, self.context.today())

    def write(self, values: GranskningUppgifter) -> Saved | None:
        """Register the review."""
        context = self.context
        ends = values.beslut is Granskningsbeslut.UPPHOR
        self.saved_text = "Undantaget upphör." if ends else "Granskningen är sparad."
        return review_undantag(
            context.store, context.aktor, self._undantag.id, values, context.today(), self.before
        )

    def _ends(self) -> bool:
        return self.beslut.value() is Granskningsbeslut.UPPHOR

    def _fit(self) -> None:
        self._till.setVisible(self._ends())
        self._nasta.setVisible(not self._ends())


def _context(namn: str, nummer: str, undantag: Granskas, today: date) -> str:
    """Who, which days, why, and when it was looked at last."""
    days = date_range(undantag.fran, undantag.till, today)
    last = f"{tr('Granskat senast')} {short_date(undantag.granskad, today)}." if undantag.granskad else ""
    told = [f"{first_upper(undantag.skal).rstrip('.')}.", last or tr("Inte granskat tidigare.")]
    return f"{namn} · {tr('Ärende')} {nummer}\n{tr('Undantag')} {days}. {' '.join(told)}"
