"""Anteckning: a new one, one's own while it is open, or the correction of another."""

from collections.abc import Sequence

from PySide6.QtCore import QObject
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.anteckning import (
    LONGEST_TITLE,
    AnteckningUppgifter,
    check_anteckning,
    create_anteckning,
    sign_anteckning,
    update_anteckning,
)
from db.commands.findings import Finding, Saved
from db.queries.card_rows import AnteckningRow, Card
from db.queries.mallar import MallRow, list_mallar
from desktop.context import Context, now, touched
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.widgets.boxes import row
from desktop.widgets.button import Button, ButtonKind
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import ComboField, TextArea, TextField

LINES = 14


class AnteckningPresenter(FormPresenter[AnteckningUppgifter]):
    """Opens the sheet over the card. `note` is the one to change, or with `corrects` the one to correct."""

    def __init__(
        self,
        over: QWidget,
        context: Context,
        card: Card,
        note: AnteckningRow | None = None,
        corrects: bool = False,
    ) -> None:
        self._deltagare_id, self._note, self._corrects = card.id, note, corrects
        self._changes = note is not None and not corrects
        title = tr("Rätta anteckning") if corrects else tr("Ändra anteckning") if note else tr("Anteckning")
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=False)
        sheet.context.setText(card.namn)
        super().__init__(context, sheet)
        self.before = AnteckningUppgifter(note.datum, note.text, note.rubrik) if note else None
        self.saved_text = "Rättelsen är sparad." if corrects else "Anteckningen är sparad."
        self.datum = DateField(context.theme, context.today)
        self.rubrik = TextField(LONGEST_TITLE)
        self.text = TextArea(context.theme, LINES)
        self.mall: ComboField[MallRow | None] = ComboField(context.theme, [(None, tr("Ingen mall"))])
        self.mallar = Button(context.theme, tr("Hantera mallar…"), kind=ButtonKind.QUIET)
        self._lay_out()
        if self._changes:
            sheet.start()
        else:
            self._ask_mallar()
            context.runner.changed.connect(self._changed)

    def read(self) -> Reading[AnteckningUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, datum=self.datum)
        datum, text = self.datum.value(), self.text.value()
        missing = {} if text else {"text": tr("Skriv anteckningen.")}
        if datum is None and "datum" not in faulty:
            missing["datum"] = tr("Ange dagen som anteckningen gäller.")
        if faulty or missing or datum is None:
            return Reading(None, faulty, missing)
        return Reading(AnteckningUppgifter(datum, text, self.rubrik.value()))

    def show(self, values: AnteckningUppgifter) -> bool:
        """Fill the fields."""
        self.datum.set_value(values.datum)
        self.rubrik.setText(values.rubrik)
        self.text.setPlainText(values.text)
        return True

    def find(self, _session: Session, values: AnteckningUppgifter) -> Sequence[Finding]:
        """What there is to say of the values."""
        return check_anteckning(values, self.context.today())

    def write(self, values: AnteckningUppgifter) -> Saved | None:
        """Write, change or correct."""
        store, aktor, moment = self.context.store, self.context.aktor, now(self.context)
        if self._note is not None and self._changes:
            return update_anteckning(store, aktor, self._note.id, values, moment, self.before)
        corrected = self._note.id if self._note is not None else None
        return create_anteckning(store, aktor, self._deltagare_id, values, moment, corrected)

    def _lay_out(self) -> None:
        sheet, note = self.sheet, self._note
        self.datum.set_value(note.datum if note and self._changes else self.context.today())
        if note is not None:
            self.rubrik.setText(note.rubrik)
            self.text.setPlainText(note.text if self._changes else "")
        datum = sheet.add("datum", tr("Dag"), self.datum, required=True)
        if self._changes:
            self.mall.hide()
        else:
            sheet.add_pair(datum, sheet.add("mall", tr("Mall"), self.mall))
            self.mall.currentIndexChanged.connect(self._use_mall)
            self.mallar.clicked.connect(self._manage)
            holder = QWidget()
            holder.setLayout(row(0, self.mallar))
            sheet.add_aside(holder, lambda: [self.mallar])
        sheet.add("rubrik", tr("Rubrik"), self.rubrik)
        sheet.add("text", tr("Anteckning"), self.text, required=True)

    def _manage(self) -> None:
        from desktop.screens.formular.mallar import MallDialog

        MallDialog(self.context, self.text.value(), self.sheet).open()

    def _changed(self, names: frozenset[str], _owner: object) -> None:
        if any(name.startswith("anteckningsmall:") for name in names):
            self._ask_mallar()

    def _ask_mallar(self) -> None:
        self.context.runner.run(Query("mallar", self._load, self._show_mallar, owner=self.sheet))

    def _load(self, _task: Task) -> tuple[MallRow, ...]:
        with self.context.store.read(self.context.aktor) as session:
            return list_mallar(session, self.context.aktor)

    def _show_mallar(self, mallar: tuple[MallRow, ...]) -> None:
        choices: list[tuple[MallRow | None, str]] = [(None, tr("Ingen mall"))]
        self.mall.set_items([*choices, *((mall, name_mall(mall)) for mall in mallar)])
        if not self.sheet.is_started:
            self.sheet.start()
            self.text.setFocus()

    def _use_mall(self) -> None:
        """A template never takes away what is written: it goes after it."""
        mall = self.mall.value()
        if mall is None:
            return
        written = self.text.value()
        self.text.setPlainText(f"{written}\n\n{mall.text}" if written else mall.text)
        self.rubrik.setText(self.rubrik.value() or mall.namn)
        self.text.setFocus()


def name_mall(mall: MallRow) -> str:
    """ "Samtal", or "Samtal (egen)": one's own may be called as a shared one."""
    return mall.namn if mall.delad else f"{mall.namn} ({tr('egen')})"


def sign(owner: QObject, context: Context, anteckning_id: int) -> None:
    """Sign a note, with a toast to take it back."""

    def told(saved: Saved) -> None:
        context.tell_done(tr("Anteckningen är signerad och låst."), saved.changes.handelse_id)

    context.runner.run(
        Change(
            tr("Sparar"),
            lambda _task: sign_anteckning(context.store, context.aktor, anteckning_id, now(context)),
            lambda saved: touched(saved.changes),
            done=told,
            failed=context.tell_failure,
            owner=owner,
        )
    )
