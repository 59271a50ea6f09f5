"""BIP: the questions of the deltagare or the handläggare on one page, and what has changed since before."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from functools import partial

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.bip import BipUppgifter, answer_field, check_bip, remove_bip, save_bip
from db.commands.findings import Finding, Saved
from db.queries.card_rows import BipRow, Card
from db.rules.bip import list_indikatorer, name_indikatorer, suggest_nasta_matning
from db.rules.koder import Svarande
from desktop.context import Context
from desktop.i18n import tr
from desktop.screens.formular.at_once import save_at_once
from desktop.screens.formular.bip_resultat import BipResultat
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.kort.bip import agreed_day_of
from desktop.screens.kort.page import Akt
from desktop.screens.words import first_upper
from desktop.widgets.date_field import DateField
from desktop.widgets.scale_field import CELL, GAP, ScaleField
from desktop.widgets.text import Text

WIDTH = 600  # design px, with a scale of five
TITLES = {Svarande.DELTAGARE: "BIP: deltagarens frågor", Svarande.HANDLAGGARE: "BIP: handläggarens frågor"}


class BipPresenter(FormPresenter[BipUppgifter]):
    """Opens the sheet over the card. `datum` is the day of a measurement to change; without it today's is
    changed, or a new one made. `go_on` begins another act when the changes have been seen."""

    saved_text = "BIP är sparad."

    def __init__(
        self,
        over: QWidget,
        context: Context,
        card: Card,
        svarande: Svarande,
        go_on: Callable[[Akt], None],
        matning: tuple[int, date] | None = None,
    ) -> None:
        own = card.inskrivning
        assert own is not None
        self._over, self._card, self._svarande, self._go_on = over, card, svarande, go_on
        self._id, day = matning or (own.id, context.today())
        self._rows = [row for row in card.bip if row.inskrivning_id == self._id]
        wider = (card.bip_skala - 5) * (CELL + GAP)
        sheet = Sheet(
            context.theme, over, tr(TITLES[svarande]), tr("Spara"), again=False, width=WIDTH + max(0, wider)
        )
        sheet.context.setText(card.namn)
        super().__init__(context, sheet)
        self.before: BipUppgifter = self._find_before(day)
        self.datum = DateField(context.theme, context.today, day)
        self._suggested = self._suggest(day, self.before.nasta)
        self.nasta = DateField(context.theme, context.today, self._suggested)
        self.count = Text("", "meta", "text2")
        self.svar = self._make_questions()
        self._lay_out()
        sheet.start()
        for scale in self.svar.values():
            scale.valueChanged.connect(self._show_count)
        self.datum.value_changed.connect(self._move)

    def read(self) -> Reading[BipUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, datum=self.datum, nasta=self.nasta)
        datum = self.datum.value()
        svar = {name: scale.value() for name, scale in self.svar.items() if scale.value()}
        missing = {} if svar else {"svar1": tr("Besvara minst en fråga.")}
        if datum is None and "datum" not in faulty:
            missing["datum"] = tr("Ange dagen för mätningen.")
        if faulty or missing or datum is None:
            return Reading(None, faulty, missing)
        return Reading(BipUppgifter(self._id, datum, self._svarande.value, svar, self.nasta.value()))

    def show(self, values: BipUppgifter) -> bool:
        """Fill the answers and the next day; the day of the measurement stays. False where a question was
        answered that has no field here."""
        if not values.svar.keys() <= self.svar.keys():
            return False
        for name, scale in self.svar.items():
            scale.setValue(values.svar.get(name, 0))
        self.nasta.set_value(self._suggest(values.datum, values.nasta))
        return True

    def find(self, session: Session, values: BipUppgifter) -> Sequence[Finding]:
        """What the register says of the values."""
        return check_bip(session, self.context.aktor, values, self.context.today(), self.before)

    def write(self, values: BipUppgifter) -> Saved | None:
        """Save the answers and the next day in one act."""
        context = self.context
        saved = save_bip(context.store, context.aktor, values, context.today(), self.before)
        self._written = values
        return saved

    def _done(self, again: bool, saved: Saved | None) -> None:
        if saved is None:
            super()._done(again, saved)
            return
        self.sheet.set_busy(False)
        self.sheet.dismiss()
        show_result(self._over, self.context, self._card, self._written, saved, self._go_on)

    def _find_before(self, day: date) -> BipUppgifter:
        """What there is of the day; nobody else is to have answered meanwhile either."""
        svar = {
            row.indikator: row.varde
            for row in self._rows
            if row.svarande == self._svarande and row.datum == day
        }
        return BipUppgifter(self._id, day, self._svarande.value, svar, agreed_day_of(self._card, self._id))

    def _make_questions(self) -> dict[str, ScaleField]:
        """A scale for each question, and for what was once answered though it is not asked now."""
        before = dict(self.before.svar)
        asked = [*list_indikatorer(self._svarande)]
        asked += [name for name in before if name not in asked]
        names = name_indikatorer(self._card.bip_etiketter)
        made = {}
        for name in asked:
            label = first_upper(names.get(name, name))
            scale = ScaleField(self.context.theme, label, self._card.bip_skala)
            scale.setValue(before.get(name, 0))
            self.sheet.add_labelled(answer_field(name), label, scale)
            made[name] = scale
        return made

    def _lay_out(self) -> None:
        sheet, high = self.sheet, self._card.bip_skala
        sheet.fields.setSpacing(6)
        hint = tr("Skriv siffran för att svara och gå vidare. Förra svaret visas när du har svarat.")
        sheet.fields.insertWidget(0, Text(f"{tr('Skala')} 1–{high}. {hint}", "meta", "text2").wrapped())
        sheet.fields.addWidget(self.count)
        sheet.add_pair(
            sheet.add("datum", tr("Dag för mätningen"), self.datum, required=True),
            sheet.add("nasta", tr("Nästa mätning"), self.nasta, tr("Tre månader efter den senaste.")),
        )
        self._tell_before()
        self._show_count()

    def _tell_before(self) -> None:
        """Earlier answers of the same svarande, told by each scale once it is answered."""
        day = self.datum.value() or self.context.today()
        mine = [row for row in self._rows if row.svarande == self._svarande and row.datum < day]
        for name, scale in self.svar.items():
            earlier = [row.varde for row in sorted(mine, key=_day) if row.indikator == name]
            if not earlier:
                scale.set_before("")
                continue
            told = f"{tr('förra')} {earlier[-1]}"
            told += f" · {tr('första')} {earlier[0]}" if len(earlier) > 1 else ""
            scale.set_before(told, earlier[-1])

    def _move(self, day: date | None) -> None:
        """Another day: other answers came before it, and the next day follows unless it was chosen."""
        if day is None:
            return
        self._tell_before()
        follows = self.nasta.value() == self._suggested
        self._suggested = self._suggest(day, self.before.nasta)
        if follows:
            self.nasta.set_value(self._suggested)

    def _suggest(self, day: date, agreed: date | None = None) -> date:
        """The next day after a measurement on `day`; `agreed` is the day agreed."""
        changed = self.before.datum
        others = (row.datum for row in self._rows if row.datum != changed or row.svarande != self._svarande)
        return suggest_nasta_matning(max((day, *others)), agreed)

    def _show_count(self) -> None:
        answered = sum(scale.value() > 0 for scale in self.svar.values())
        self.count.setText(f"{answered} {tr('av')} {len(self.svar)} {tr('frågor är besvarade.')}")


def show_result(
    over: QWidget,
    context: Context,
    card: Card,
    matning: BipUppgifter,
    saved: Saved,
    go_on: Callable[[Akt], None],
) -> None:
    """Show what has changed, offer the handläggare's questions after the deltagare's, then the toast."""
    rest = tuple(
        row
        for row in card.bip
        if (row.inskrivning_id, row.datum, row.svarande)
        != (matning.inskrivning_id, matning.datum, matning.svarande)
    )
    new = (
        BipRow(matning.inskrivning_id, matning.datum, matning.svarande, indikator, varde)
        for indikator, varde in matning.svar.items()
    )
    shown = replace(card, bip=(*rest, *new))
    other = Svarande.HANDLAGGARE.value
    own = card.inskrivning is not None and matning.inskrivning_id == card.inskrivning.id
    answered = any(row.svarande == other and row.datum == matning.datum for row in rest)
    more = own and matning.svarande != other and not answered and matning.datum == context.today()
    act = saved.changes.handelse_id
    dialog = BipResultat(context.theme, shown, matning.inskrivning_id, matning.svarande, more, over)
    dialog.finished.connect(lambda _code: context.tell_done(tr(BipPresenter.saved_text), act))
    dialog.accepted.connect(lambda: go_on(Akt("bip", None, {"svarande": other})))
    dialog.open()


def remove(
    owner: QObject, context: Context, card: Card, svarande: str, inskrivning_id: int, day: date
) -> None:
    """Take a measurement away, with a toast to have it back."""
    svar = {
        row.indikator: row.varde
        for row in card.bip
        if (row.inskrivning_id, row.svarande, row.datum) == (inskrivning_id, svarande, day)
    }
    matning = BipUppgifter(inskrivning_id, day, svarande, svar)
    work = partial(remove_bip, context.store, context.aktor, matning)
    save_at_once(owner, context, work, "Mätningen är borttagen.")


def _day(row: BipRow) -> date:
    return row.datum
