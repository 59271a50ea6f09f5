"""Ändra hushåll: the children, who lives there, and one adult more."""

from collections.abc import Sequence
from functools import partial

from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.hushall import HushallUppgifter, check_hushall, read_hushall, save_hushall
from db.commands.person import PersonUppgifter
from db.errors import ConflictError, KnownError
from db.queries.card_rows import Card
from db.queries.deltagare import DeltagareRow, read_rad
from db.queries.dubbletter import DubblettRow, Sokt, find_dubbletter
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.medsokande import MedsokandeFalt
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.widgets.fields import CheckField, FieldBox, TextField

Values = tuple[HushallUppgifter, PersonUppgifter | None]
Loaded = tuple[HushallUppgifter, tuple[DeltagareRow, ...]]


class HushallPresenter(FormPresenter[Values]):
    """Opens the sheet over the card."""

    saved_text = "Hushållet är sparat."

    def __init__(self, over: QWidget, context: Context, card: Card) -> None:
        self._id = card.id
        sheet = Sheet(context.theme, over, tr("Ändra hushåll"), tr("Spara"), again=False)
        sheet.context.setText(card.namn)
        super().__init__(context, sheet)
        self.before = HushallUppgifter()
        self._adults_at = (0, 0)  # where one more adult of the household comes
        self.barn = TextField(2)
        self.vuxna: dict[int, CheckField] = {}
        self.ny: MedsokandeFalt
        context.runner.run(Query("val", self._load, self._show_hushall, failed=self._not_loaded, owner=sheet))

    def read(self) -> Reading[Values]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        missing: dict[str, str] = {}
        new = self.ny.read(faulty, missing)
        barn = self.barn.value()
        if barn and not barn.isdecimal():
            faulty["antal_barn"] = tr("Skriv antalet med siffror.")
        if faulty or missing:
            return Reading(None, faulty, missing)
        chosen = {vuxen_id for vuxen_id, box in self.vuxna.items() if box.isChecked()}
        if self.ny.registered_id is not None:
            chosen.add(self.ny.registered_id)
        return Reading((HushallUppgifter(int(barn) if barn else None, frozenset(chosen)), new))

    def find(self, session: Session, values: Values) -> Sequence[Finding]:
        """What the register says of the values."""
        uppgifter, new = values
        return check_hushall(session, self.context.aktor, self._id, uppgifter, self.context.today(), new)

    def write(self, values: Values) -> Saved | None:
        """Change it."""
        context, (uppgifter, new) = self.context, values
        today, before = context.today(), self.before
        return save_hushall(
            context.store, context.aktor, self._id, uppgifter, today, before, new, self.varningsskal
        )

    def show(self, values: Values | HushallUppgifter) -> bool:
        """Fill the children and who lives there; one more who is written stays."""
        uppgifter = values if isinstance(values, HushallUppgifter) else values[0]
        self.barn.setText("" if uppgifter.antal_barn is None else str(uppgifter.antal_barn))
        for vuxen_id, box in self.vuxna.items():
            box.setChecked(vuxen_id in uppgifter.vuxna)
        return True

    def check(self) -> None:
        """As every form, and look for those who may be the same person as the one added."""
        super().check()
        if self.ny.is_new:
            work = partial(self._look, sokt=self.ny.person.sokt())
            self.context.runner.run(Query("dubbletter", work, self._show_doubles, owner=self.sheet))

    def _compare(self, error: ConflictError) -> bool:
        """Adults whom somebody else has moved in get a field first, which needs their names."""
        assert isinstance(error.nu, HushallUppgifter)
        new = sorted(error.nu.vuxna - self.vuxna.keys())
        if not new:
            return super()._compare(error)

        def show(rows: tuple[DeltagareRow, ...]) -> None:
            for row in rows:
                self.sheet.move_last(self._add_adult(row, lives_here=False), self._adults_at)
            super(HushallPresenter, self)._compare(error)

        work = partial(self._read_rows, ids=new)
        self.context.runner.run(Query("vuxna", work, show, failed=self._failed, owner=self.sheet))
        return True

    def _load(self, _task: Task) -> Loaded:
        context = self.context
        with context.store.read(context.aktor) as session:
            hushall = read_hushall(session, context.aktor, self._id)
            today = context.today()
            rows = [read_rad(session, context.aktor, vuxen, today) for vuxen in sorted(hushall.vuxna)]
        return hushall, tuple(rows)

    def _read_rows(self, _task: Task, *, ids: Sequence[int]) -> tuple[DeltagareRow, ...]:
        context = self.context
        with context.store.read(context.aktor) as session:
            return tuple(read_rad(session, context.aktor, id_, context.today()) for id_ in ids)

    def _add_adult(self, row: DeltagareRow, *, lives_here: bool) -> FieldBox:
        box = CheckField(self.context.theme, row.namn, row.personnummer or row.arende)
        box.setChecked(lives_here)
        self.vuxna[row.id] = box
        return self.sheet.add_check(f"vuxen{row.id}", box)

    def _show_hushall(self, loaded: Loaded) -> None:
        self.before, rows = loaded
        theme, sheet = self.context.theme, self.sheet
        sheet.add("antal_barn", tr("Antal barn i hushållet"), self.barn)
        for row in rows:
            self._add_adult(row, lives_here=True)
        self.show(self.before)
        self._adults_at = sheet.here()
        self.ny = MedsokandeFalt(theme, sheet, self.context.today, tr("Lägg till en vuxen"))
        self.ny.vald.textChanged.connect(lambda _text: self._read_chosen())
        sheet.start()

    def _not_loaded(self, error: KnownError) -> None:
        self.context.tell_failure(error)
        self.sheet.dismiss()

    def _look(self, _task: Task, *, sokt: Sokt) -> tuple[DubblettRow, ...]:
        with self.context.store.read(self.context.aktor) as session:
            return find_dubbletter(session, self.context.aktor, sokt, self._id)

    def _show_doubles(self, rows: tuple[DubblettRow, ...]) -> None:
        self.ny.dubbletter.show_rows(rows if self.ny.is_new else ())

    def _read_chosen(self) -> None:
        deltagare_id = self.ny.registered_id
        if deltagare_id is not None:
            work = partial(self._read_rad, deltagare_id=deltagare_id)
            self.context.runner.run(Query("medsökande", work, self.ny.tell_registered, owner=self.sheet))

    def _read_rad(self, _task: Task, *, deltagare_id: int) -> DeltagareRow:
        context = self.context
        with context.store.read(context.aktor) as session:
            return read_rad(session, context.aktor, deltagare_id, context.today())
