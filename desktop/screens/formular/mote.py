"""Nytt möte, and changing one."""

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.mote import MoteUppgifter, check_mote, create_mote, read_mote, update_mote
from db.errors import KnownError
from db.queries.card_rows import Card
from db.queries.passerade import PasseradRow, list_passerade
from db.queries.val import list_ansvariga
from db.rules.koder import Motesform, Verksamhet
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.passerade import PasseradNotice
from desktop.screens.formular.presenter import FormPresenter, Reading, read_dates
from desktop.screens.formular.sheet import Sheet
from desktop.screens.words import first_upper
from desktop.theme import Theme
from desktop.widgets.date_field import DateField
from desktop.widgets.fields import CheckField, ComboField, TextField

Loaded = tuple[tuple[tuple[str, str], ...], MoteUppgifter | None, tuple[PasseradRow, ...]]
_TIME = re.compile(r"(\d{1,2})(?:[.:]?(\d{2}))?")


def parse_time(text: str) -> str | None:
    """ "09:30" of 9.30, 09:30, 930 or 0930, "09:00" of 9; None where it is no time."""
    found = _TIME.fullmatch(text.strip())
    if found is None or int(found[1]) > 23 or int(found[2] or 0) > 59:
        return None
    return f"{int(found[1]):02}:{found[2] or '00'}"


class MoteForm:
    """The fields of a meeting in a sheet."""

    def __init__(self, theme: Theme, sheet: Sheet, today: Callable[[], date]) -> None:
        self.datum = DateField(theme, today)
        self.tid = TextField(5, "09.30")
        self.langd = TextField(4)
        self.form: ComboField[str] = ComboField(theme, [(f.value, first_upper(f.value)) for f in Motesform])
        self.verksamhet: ComboField[str] = ComboField(
            theme, [(v.value, first_upper(v.value)) for v in Verksamhet]
        )
        self.syfte, self.plats = TextField(200), TextField(200)
        self.signatur: ComboField[str] = ComboField(theme)
        self.uteblev = CheckField(theme, tr("Deltagaren uteblev"))
        datum = sheet.add("datum", tr("Datum"), self.datum, required=True)
        tid = sheet.add("tid", tr("Klockslag"), self.tid)
        sheet.add_pair(datum, tid)
        form = sheet.add("form", tr("Form"), self.form, required=True)
        langd = sheet.add("langd", tr("Längd i minuter"), self.langd)
        sheet.add_pair(form, langd)
        sheet.add("syfte", tr("Syfte"), self.syfte)
        sheet.add("plats", tr("Plats"), self.plats)
        verksamhet = sheet.add("verksamhet", tr("Verksamhet"), self.verksamhet, required=True)
        sheet.add_pair(verksamhet, sheet.add("signatur", tr("Möte med"), self.signatur))
        sheet.add_check("uteblev", self.uteblev)

    def offer(self, medarbetare: Sequence[tuple[str, str]], own: str) -> None:
        """Who can hold the meeting; one who has left still stands on the meetings held."""
        known = [signatur for signatur, _ in medarbetare]
        left = [(own, own)] if own and own not in known else []
        self.signatur.set_items([("", tr("Inte angivet")), *medarbetare, *left])

    def show_values(self, values: MoteUppgifter) -> None:
        """Show what is written of a meeting."""
        self.syfte.setText(values.syfte)
        self.plats.setText(values.plats)
        self.signatur.set_value(values.signatur)
        self.datum.set_value(values.datum)
        self.tid.setText(values.tid.replace(":", "."))
        self.langd.setText("" if values.langd is None else str(values.langd))
        self.form.set_value(values.form)
        self.verksamhet.set_value(values.verksamhet)
        self.uteblev.setChecked(values.uteblev)

    def read(self, deltagare_id: int) -> Reading[MoteUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        read_dates(faulty, datum=self.datum)
        datum, tid, langd = self.datum.value(), self.tid.value(), self.langd.value()
        parsed = parse_time(tid) if tid else ""
        if parsed is None:
            faulty["tid"] = tr("Skriv klockslaget med timme och minut, till exempel 09.30.")
        if langd and not langd.isdecimal():
            faulty["langd"] = tr("Skriv längden i minuter.")
        missing = {"datum": tr("Ange dagen för mötet.")} if datum is None else {}
        form, verksamhet = self.form.value(), self.verksamhet.value()
        if faulty or datum is None or parsed is None or form is None or verksamhet is None:
            return Reading(None, faulty, missing)
        minutes = int(langd) if langd else None
        return Reading(
            MoteUppgifter(
                deltagare_id, datum, form, verksamhet, parsed, minutes, self.uteblev.isChecked(),
                self.syfte.value(), self.plats.value(), self.signatur.value() or "",
            )
        )  # fmt: skip


class MotePresenter(FormPresenter[MoteUppgifter]):
    """Opens the sheet over the card; without `mote_id` a new one, which `copied` gives its values."""

    def __init__(
        self, over: QWidget, context: Context, card: Card, mote_id: int | None, copied: int | None = None
    ) -> None:
        self._id, self._deltagare_id, self._copied = mote_id, card.id, copied
        title = tr("Ändra möte") if mote_id else tr("Kopiera möte") if copied else tr("Nytt möte")
        sheet = Sheet(context.theme, over, title, tr("Spara"), again=mote_id is None)
        sheet.context.setText(card.namn)
        super().__init__(context, sheet)
        self.saved_text = "Mötet är registrerat." if mote_id is None else "Mötet är ändrat."
        self.form = MoteForm(context.theme, sheet, context.today)
        self._passed = PasseradNotice(context.theme, sheet)
        own = context.aktor
        self._new = MoteUppgifter(
            card.id, context.today(), Motesform.FYSISKT, Verksamhet.ARBETSMARKNAD, signatur=own.signatur
        )
        if mote_id is None and copied is None:
            self.form.offer([(own.signatur, own.namn)], own.signatur)
            self.form.show_values(self._new)
            sheet.start()
        context.runner.run(Query("val", self._load, self._show_values, failed=self._not_loaded, owner=sheet))

    def read(self) -> Reading[MoteUppgifter]:
        """What the fields say."""
        return self.form.read(self._deltagare_id)

    def show(self, values: MoteUppgifter) -> bool:
        """Fill the fields."""
        self.form.show_values(values)
        return True

    def find(self, session: Session, values: MoteUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_mote(session, self.context.aktor, values, self.context.today(), self._id)

    def write(self, values: MoteUppgifter) -> Saved | None:
        """Register or change."""
        store, aktor, today = self.context.store, self.context.aktor, self.context.today()
        if self._id is None:
            return create_mote(store, aktor, values, today, self.varningsskal)
        return update_mote(store, aktor, self._id, values, today, self.before, self.varningsskal)

    def _load(self, _task: Task) -> Loaded:
        context, row_id = self.context, self._id or self._copied
        with context.store.read(context.aktor) as session:
            staff = list_ansvariga(session, context.aktor)
            if row_id is None:
                return staff, None, ()
            written = read_mote(session, context.aktor, row_id)
            return staff, written, list_passerade(session, "mote", row_id) if self._id else ()

    def _show_values(self, loaded: Loaded) -> None:
        staff, written, passed = loaded
        self.form.offer(staff, (written or self._new).signatur)
        if written is None:
            return
        if self._id is not None:
            self.before = written
            self._passed.tell(passed)
        else:
            written = replace(written, datum=self.context.today(), uteblev=False)
        self.form.show_values(written)
        self.sheet.start()

    def _not_loaded(self, error: KnownError) -> None:
        self.context.tell_failure(error)
        self.sheet.dismiss()
