"""Following up an avslut: the month of R10, what the person lives on later, or another day for it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.uppfoljning import (
    LONGEST,
    UppfoljningUppgifter,
    Val,
    check_flytt,
    check_uppfoljning,
    move_uppfoljning,
    save_uppfoljning,
)
from db.queries.card_rows import Card, InskrivningRow, UppfoljningRow
from db.queries.passerade import PasseradRow, list_passerade
from db.rules.avslut import asks_for_month
from db.rules.koder import Uppfoljningsslag
from desktop.context import Context
from desktop.formatting import long_date
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.avslut import LIVELIHOODS
from desktop.screens.formular.passerade import PasseradNotice
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.words import first_upper
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField, TextArea, TextField

NO_ANSWER = ""


class UppfoljningPresenter(FormPresenter[UppfoljningUppgifter]):
    """Opens the sheet over the card. `row` is None for a month (R10) that nobody has planned."""

    saved_text = "Uppföljningen är sparad."

    def __init__(
        self,
        over: QWidget,
        context: Context,
        card: Card,
        inskrivning: InskrivningRow,
        row: UppfoljningRow | None,
    ) -> None:
        self._val = Val(row.id) if row is not None else Val(inskrivning_id=inskrivning.id)
        self._is_month = row is None or row.slag == Uppfoljningsslag.EN_MANAD.value
        self._asks = self._is_month and asks_for_month(inskrivning.resultat or "")
        title = f"{tr('Uppföljning efter')} {row.slag}" if row and not self._asks else tr("Bekräfta månad")
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=False)
        sheet.context.setText(f"{card.namn} · {_avslut(inskrivning)}")
        super().__init__(context, sheet)
        self.before = _written(inskrivning, row, self._is_month)
        self._make_fields(inskrivning, row)
        self._passed = PasseradNotice(context.theme, sheet)
        sheet.start()
        if self.before is not None and row is not None:
            work = partial(self._load_passed, row_id=row.id)
            context.runner.run(Query("passerade", work, self._passed.tell, owner=sheet))

    def read(self) -> Reading[UppfoljningUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, genomford=self.genomford)
        if self._asks:
            read_dates(faulty, arbete_fran=self.fran, arbete_till=self.till)
        genomford, livelihood = self.genomford.value(), self.forsorjning.value()
        missing = {} if genomford else {"genomford": tr("Ange dagen för uppföljningen.")}
        if livelihood is None:
            missing["forsorjning"] = tr("Välj vad deltagaren lever på nu.")
        if self._asks and self.manad.value() is None:
            missing["minst_en_manad"] = tr("Svara ja eller nej. Vet du inte än väntar uppföljningen kvar.")
        if faulty or missing or genomford is None:
            return Reading(None, faulty, missing)
        work = (self.fran.value(), self.till.value(), self.manad.value()) if self._asks else (None,) * 3
        return Reading(UppfoljningUppgifter(genomford, livelihood or None, self.text.value(), *work))

    def show(self, values: UppfoljningUppgifter) -> bool:
        """Fill the fields."""
        self.genomford.set_value(values.genomford)
        self.forsorjning.set_value(values.forsorjning or NO_ANSWER)
        self.text.setPlainText(values.text)
        if self._asks:
            self.manad.set_value(values.minst_en_manad)
            self.fran.set_value(values.arbete_fran)
            self.till.set_value(values.arbete_till)
        return True

    def find(self, session: Session, values: UppfoljningUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_uppfoljning(session, self.context.aktor, self._val, values, self.context.today())

    def write(self, values: UppfoljningUppgifter) -> Saved | None:
        """Carry it out, or correct it."""
        context = self.context
        return save_uppfoljning(
            context.store, context.aktor, self._val, values, context.today(), self.before, self.varningsskal
        )

    def _load_passed(self, _task: Task, *, row_id: int) -> tuple[PasseradRow, ...]:
        with self.context.store.read(self.context.aktor) as session:
            return tuple(list_passerade(session, "uppfoljning", row_id))

    def _make_fields(self, inskrivning: InskrivningRow, row: UppfoljningRow | None) -> None:
        theme, today = self.context.theme, self.context.today
        done = row is not None and row.genomford is not None
        self.genomford = DateField(theme, today, row.genomford if row and done else today())
        none = tr("Inte frågat") if self._is_month else tr("Inget svar")
        self.forsorjning: ComboField[str] = ComboField(theme, [*LIVELIHOODS, (NO_ANSWER, none)])
        chosen = (row.forsorjning if row else None) or (NO_ANSWER if done or self._is_month else None)
        self.forsorjning.set_value(chosen)
        self.text = TextArea(theme, 5)
        self.text.setPlainText(row.text if row else "")
        sheet = self.sheet
        sheet.add("genomford", tr("Dag"), self.genomford, required=True)
        if self._asks:
            self._add_month(inskrivning)
        after = first_upper(inskrivning.forsorjning_efter or "")
        hint = f"{tr('Efter avslutet')}: {after}" if after else ""
        label = tr("Vad lever deltagaren på nu?")
        sheet.add("forsorjning", label, self.forsorjning, hint, required=not self._is_month)
        sheet.add("text", tr("Vad framkom?"), self.text)

    def _add_month(self, inskrivning: InskrivningRow) -> None:
        theme, today, sheet = self.context.theme, self.context.today, self.sheet
        self.manad: ComboField[bool] = ComboField(theme, [(True, tr("Ja")), (False, tr("Nej"))])
        self.manad.set_value(inskrivning.minst_en_manad)
        self.fran = DateField(theme, today, inskrivning.arbete_fran)
        self.till = DateField(theme, today, inskrivning.arbete_till)
        sheet.add("minst_en_manad", tr("Minst en månad utan avbrott?"), self.manad, required=True)
        fran = sheet.add("arbete_fran", tr("Arbete från"), self.fran)
        sheet.add_pair(fran, sheet.add("arbete_till", tr("Arbete till"), self.till))


@dataclass(frozen=True, slots=True)
class Flytt:
    """The day that a follow-up is moved to, and why."""

    planerad: date
    skal: str


class FlyttPresenter(FormPresenter[Flytt]):
    """Moves a follow-up that is not done to another day; one without an id is the month of the inskrivning
    that nobody has planned (R10)."""

    saved_text = "Uppföljningen är flyttad."

    def __init__(self, over: QWidget, context: Context, card: Card, row: UppfoljningRow) -> None:
        self._val = Val(row.id) if row.id else Val(inskrivning_id=row.inskrivning_id)
        sheet = Sheet(context.theme, over, tr("Flytta uppföljning"), tr("Flytta"), again=False)
        planned = f"{tr('Uppföljning efter')} {row.slag}, {tr('planerad')} {long_date(row.planerad)}"
        sheet.context.setText(f"{card.namn} · {planned}")
        super().__init__(context, sheet)
        self.planerad = DateField(context.theme, context.today)
        self.skal = TextField(LONGEST)
        sheet.add("planerad", tr("Ny dag"), self.planerad, required=True)
        sheet.add("skal", tr("Varför flyttas den?"), self.skal, required=True)
        sheet.start()

    def read(self) -> Reading[Flytt]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, planerad=self.planerad)
        planerad, skal = self.planerad.value(), self.skal.value()
        missing = {} if planerad else {"planerad": tr("Ange den nya dagen.")}
        if not skal:
            missing["skal"] = tr("Skriv varför uppföljningen flyttas.")
        if faulty or missing or planerad is None:
            return Reading(None, faulty, missing)
        return Reading(Flytt(planerad, skal))

    def find(self, session: Session, values: Flytt) -> Sequence[Finding]:
        """What there is to say of the values."""
        context = self.context
        return check_flytt(session, context.aktor, self._val, values.planerad, values.skal, context.today())

    def write(self, values: Flytt) -> Saved | None:
        """Move it."""
        context = self.context
        return move_uppfoljning(
            context.store, context.aktor, self._val, values.planerad, values.skal, context.today()
        )


def _avslut(inskrivning: InskrivningRow) -> str:
    assert inskrivning.avslutad is not None
    return f"{tr('avslut')} {long_date(inskrivning.avslutad)}: {inskrivning.resultat}"


def _written(
    inskrivning: InskrivningRow, row: UppfoljningRow | None, is_month: bool
) -> UppfoljningUppgifter | None:
    """What a follow-up that is done says; None before that."""
    if row is None or row.genomford is None:
        return None
    if not is_month:
        return UppfoljningUppgifter(row.genomford, row.forsorjning, row.text)
    return UppfoljningUppgifter(
        row.genomford, row.forsorjning, row.text, inskrivning.arbete_fran, inskrivning.arbete_till,
        inskrivning.minst_en_manad,
    )  # fmt: skip
