"""Avslut of an inskrivning, with what will happen told before it is saved; and correcting one."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.avslut import (
    AvslutUppgifter,
    check_avslut,
    check_rattelse,
    close_inskrivning,
    plan_avslut,
    update_avslut,
)
from db.commands.avslut_foljder import AvslutPlan
from db.commands.findings import Finding, Saved
from db.queries.card_rows import Card, InskrivningRow
from db.rules.avslut import asks_for_month
from db.rules.koder import Forsorjning, Resultat
from db.rules.uppfoljning import FORSORJNING_EFTER
from desktop.context import Context
from desktop.formatting import long_date
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.avslut_plan import plan_lines
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.kort.avslut_texter import find_avslutshandelse
from desktop.screens.kort.facts import bistand_since
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.boxes import Notice
from desktop.widgets.date_field import DateField
from desktop.widgets.dialog import confirm
from desktop.widgets.fields import ComboField

MONTH = ((None, "Inte bekräftat än"), (True, "Ja"), (False, "Nej"))
LIVELIHOODS = tuple((f.value, first_upper(f.value)) for f in Forsorjning)


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
        unknown: list[tuple[str | None, str]] = [(None, tr("Inte angiven")), *LIVELIHOODS]
        self.fore: ComboField[str | None] = ComboField(theme, unknown)
        self.efter: ComboField[str | None] = ComboField(theme, unknown)
        self._guess: str | None = None
        self._lay_out(sheet)
        self.resultat.currentIndexChanged.connect(lambda _index: self._follow_result())
        self._show_work()

    def show_values(self, values: AvslutUppgifter) -> None:
        """Show what an avslut says. Its last day stays as it is."""
        self.avslutad.set_value(values.avslutad)
        self.avslutad.setEnabled(False)
        self.resultat.set_value(values.resultat)
        self.fran.set_value(values.arbete_fran)
        self.till.set_value(values.arbete_till)
        self.manad.set_value(values.minst_en_manad)
        self.fore.set_value(values.forsorjning_fore)
        self.efter.set_value(values.forsorjning_efter)

    @property
    def is_work(self) -> bool:
        """Whether the result chosen is work."""
        return asks_for_month(self.resultat.value() or "")

    def read(self) -> Reading[AvslutUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        missing: dict[str, str] = {}
        work = {"arbete_fran": self.fran, "arbete_till": self.till} if self.is_work else {}
        read_dates(faulty, avslutad=self.avslutad, **work)
        if self.avslutad.value() is None:
            missing["avslutad"] = tr("Ange sista dagen.")
        if self.resultat.value() is None:
            missing["resultat"] = tr("Välj vad avslutet ledde till.")
        written = self.written()
        return Reading(None if faulty or missing else written, faulty, missing, written)

    def written(self) -> AvslutUppgifter | None:
        """What is written so far, the result empty while it is not chosen; None without a last day."""
        avslutad, resultat = self.avslutad.value(), self.resultat.value() or ""
        if avslutad is None:
            return None
        work = (self.fran.value(), self.till.value(), self.manad.value()) if self.is_work else (None,) * 3
        return AvslutUppgifter(avslutad, resultat, *work, self.fore.value(), self.efter.value())

    def _follow_result(self) -> None:
        """What one usually lives on after the result, until somebody chooses otherwise."""
        self._show_work()
        resultat = self.resultat.value()
        if self.efter.value() not in (None, self._guess) or resultat is None:
            return
        if resultat in FORSORJNING_EFTER:
            self._guess = FORSORJNING_EFTER[resultat].value
        else:
            self._guess = None if resultat == Resultat.AVLIDIT else Forsorjning.EKONOMISKT_BISTAND.value
        self.efter.set_value(self._guess)

    def _show_work(self) -> None:
        for box in self._work:
            box.setVisible(self.is_work)

    def _lay_out(self, sheet: Sheet) -> None:
        sheet.add("avslutad", tr("Sista dag"), self.avslutad, required=True)
        sheet.add("resultat", tr("Vad ledde avslutet till?"), self.resultat, required=True)
        fran = sheet.add("arbete_fran", tr("Arbete från"), self.fran)
        till = sheet.add("arbete_till", tr("Arbete till"), self.till)
        sheet.add_pair(fran, till)
        hint = tr("Avslutet räknas som arbete när minst en månad är bekräftad.")
        manad = sheet.add("minst_en_manad", tr("Minst en månad utan avbrott?"), self.manad, hint)
        self._work = (fran, till, manad)
        sheet.add_pair(
            sheet.add("forsorjning_fore", tr("Försörjning före"), self.fore),
            sheet.add("forsorjning_efter", tr("Försörjning efter"), self.efter),
        )


class AvslutPresenter(FormPresenter[AvslutUppgifter]):
    """Opens the sheet over the card of a person with an open inskrivning."""

    saved_text = "Inskrivningen är avslutad."

    def __init__(self, over: QWidget, context: Context, card: Card) -> None:
        assert card.inskrivning is not None
        self._id, self._hidden = card.inskrivning.id, card.dold
        sheet = Sheet(context.theme, over, tr("Avslut"), tr("Avsluta"), again=False)
        since = long_date(card.inskrivning.inskriven)
        sheet.context.setText(f"{card.namn} · {tr('inskriven sedan')} {since}")
        super().__init__(context, sheet)
        self.form = AvslutForm(context.theme, sheet, context.today)
        self.form.fore.set_value(_before(card, card.inskrivning, context.today()))
        self.plan = Notice(context.theme, "info", tr("Det här händer när du avslutar"), " ")
        sheet.fields.addWidget(self.plan)
        sheet.start()
        self.check()

    def read(self) -> Reading[AvslutUppgifter]:
        """What the fields say."""
        return self.form.read()

    def check(self) -> None:
        """Tell at the fields, and what will happen as things are written now."""
        super().check()
        written = self.form.written()
        if written is not None:
            work = partial(self._plan, values=written)
            done = partial(self._show_plan, written.avslutad)
            self.context.runner.run(Query("avslut-plan", work, done, failed=self._failed, owner=self.sheet))

    def find(self, session: Session, values: AvslutUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_avslut(session, self.context.aktor, self._id, values, self.context.today())

    def write(self, values: AvslutUppgifter) -> Saved | None:
        """Close it."""
        context = self.context
        return close_inskrivning(context.store, context.aktor, self._id, values, context.today())

    def _plan(self, _task: Task, *, values: AvslutUppgifter) -> AvslutPlan:
        context = self.context
        with context.store.read(context.aktor) as session:
            return plan_avslut(session, context.aktor, self._id, values, context.today())

    def _show_plan(self, avslutad: date, plan: AvslutPlan) -> None:
        lines = plan_lines(plan, avslutad, self.context.today(), self._hidden)
        self.plan.set("info", tr("Det här händer när du avslutar"), "\n".join(f"• {line}" for line in lines))


class RattelsePresenter(FormPresenter[AvslutUppgifter]):
    """Corrects what a closed inskrivning says."""

    saved_text = "Avslutet är rättat."

    def __init__(self, over: QWidget, context: Context, card: Card, inskrivning: InskrivningRow) -> None:
        self._id = inskrivning.id
        sheet = Sheet(context.theme, over, tr("Rätta avslut"), tr("Spara"), again=False)
        sheet.context.setText(card.namn)
        super().__init__(context, sheet)
        self.before = written_of(inskrivning)
        self.form = AvslutForm(context.theme, sheet, context.today)
        self.form.show_values(self.before)
        sheet.boxes["avslutad"].set_hint(tr("Är dagen fel: ångra avslutet och gör om det."))
        sheet.start()
        self.form.resultat.setFocus()

    def read(self) -> Reading[AvslutUppgifter]:
        """What the fields say."""
        return self.form.read()

    def show(self, values: AvslutUppgifter) -> bool:
        """Fill the fields."""
        self.form.show_values(values)
        return True

    def find(self, session: Session, values: AvslutUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_rattelse(session, self.context.aktor, self._id, values)

    def write(self, values: AvslutUppgifter) -> Saved | None:
        """Correct it."""
        return update_avslut(self.context.store, self.context.aktor, self._id, values, self.before)


def undo_avslut(over: QWidget, context: Context, card: Card, inskrivning: InskrivningRow) -> None:
    """Take back an avslut as a whole, when the user has said so."""
    handelse_id = find_avslutshandelse(card, inskrivning.id)
    text = tr("Inskrivningen öppnas igen. Det som avslutet avslutade och avbokade kommer tillbaka.")
    if handelse_id is not None and confirm(
        context.theme, tr("Ångra avslutet?"), text, tr("Ångra avslutet"), parent=over.window()
    ):
        context.undo(handelse_id, over)


def written_of(row: InskrivningRow) -> AvslutUppgifter:
    """What a closed inskrivning says of its avslut."""
    assert row.avslutad is not None
    assert row.resultat is not None
    return AvslutUppgifter(
        row.avslutad, row.resultat, row.arbete_fran, row.arbete_till, row.minst_en_manad,
        row.forsorjning_fore, row.forsorjning_efter,
    )  # fmt: skip


def _before(card: Card, inskrivning: InskrivningRow, today: date) -> str | None:
    """What is registered, else ekonomiskt bistånd where months of it go on now."""
    if inskrivning.forsorjning_fore is not None:
        return inskrivning.forsorjning_fore
    return Forsorjning.EKONOMISKT_BISTAND.value if bistand_since(card, today) else None
