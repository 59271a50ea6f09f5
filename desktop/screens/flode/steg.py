"""The steg of the flow: a dialog that lists them, and the form of one."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget
from sqlalchemy.orm import Session

from db.commands.findings import Finding, Saved
from db.commands.flodessteg import (
    FlodesstegUppgifter,
    add_flodessteg,
    check_flodessteg,
    retire_flodessteg,
    revive_flodessteg,
    shift_flodessteg,
    update_flodessteg,
)
from db.errors import HinderError, KnownError
from db.queries.settings import NOT_ALLOWED, may_change_settings
from db.queries.tavla import Kolumn, read_kolumner
from desktop.context import Context, touched
from desktop.formatting import NBSP, number
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.screens.formular.presenter import FormPresenter, Reading
from desktop.screens.formular.sheet import Sheet
from desktop.table_model import Column, TableModel
from desktop.widgets.boxes import row
from desktop.widgets.button import Button, IconButton
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import TextField
from desktop.widgets.table import TableView

MOST_NAMES = 12  # told by name; the others are counted


@dataclass(frozen=True, slots=True)
class _Steglista:
    steg: tuple[Kolumn, ...]
    locked: bool


class StegDialog(Dialog):
    """The steg in order. `edit_wanted` tells the one to change, None for a new one; the dialog closes."""

    edit_wanted = Signal(object)

    def __init__(self, context: Context, parent: QWidget) -> None:
        super().__init__(
            context.theme, tr("Steg och gränser"), tr("Ändra…"), cancel=tr("Stäng"), parent=parent
        )
        self._context = context
        self.model: TableModel[Kolumn] = TableModel(_columns(), key=lambda k: k.id, parent=self)
        self.table = TableView(context.theme, self.model, tr("Steg"))
        self.setMinimumWidth(context.theme.px(620))
        self.table.setMinimumHeight(context.theme.px(280))
        self.table.opened.connect(self._edit)
        self.table.current_changed.connect(lambda _row: self._tell_state())
        self.new = Button(context.theme, tr("Nytt steg…"), "plus")
        self.up = IconButton(context.theme, "arrow-up", tr("Tidigare i flödet"), 30, 16)
        self.down = IconButton(context.theme, "arrow-down", tr("Senare i flödet"), 30, 16)
        self.retire = Button(context.theme, tr("Ta ur bruk"))
        self.body.addWidget(self.table, 1)
        self.body.addLayout(row(self.new, self.up, self.down, 0, self.retire))
        self.new.clicked.connect(lambda: self._leave(None))
        self.up.clicked.connect(lambda: self._shift(-1))
        self.down.clicked.connect(lambda: self._shift(1))
        self.retire.clicked.connect(self._turn)
        self.action.clicked.connect(lambda: self._edit(self.table.current_row()))
        self._locked = False
        self.ask()

    def ask(self) -> None:
        """Read the steg again."""
        self._context.runner.run(Query("flodessteg", self._read, self._show, failed=self._failed, owner=self))

    def _read(self, _task: Task) -> _Steglista:
        with self._context.store.read(self._context.aktor) as session:
            return _Steglista(read_kolumner(session), not may_change_settings(session, self._context.aktor))

    def _show(self, found: _Steglista) -> None:
        self._locked = found.locked
        at = self.table.currentIndex().row()
        self.model.set_rows(found.steg)
        if found.steg and not self.table.currentIndex().isValid():
            self.table.setCurrentIndex(self.model.index(max(at, 0), 0))
        self._tell_state()

    def _tell_state(self) -> None:
        steg = self.table.current_row()
        reason = tr(NOT_ALLOWED) if self._locked else ""
        for button in (self.action, self.new, self.retire):
            button.set_disabled_because(reason)
        for arrow in (self.up, self.down):
            arrow.setEnabled(not self._locked and steg is not None and steg.aktiv)
        self.retire.setText(tr("Ta ur bruk") if steg is None or steg.aktiv else tr("Ta i bruk"))
        self.retire.setAccessibleName(self.retire.text())

    def _edit(self, steg: Kolumn | None) -> None:
        if steg is not None and not self._locked:
            self._leave(steg)

    def _leave(self, steg: Kolumn | None) -> None:
        self.accept()
        self.edit_wanted.emit(steg)

    def _shift(self, platser: int) -> None:
        steg = self.table.current_row()
        context = self._context
        if steg is not None:
            self._run(lambda: shift_flodessteg(context.store, context.aktor, steg.id, platser), "")

    def _turn(self) -> None:
        steg = self.table.current_row()
        context = self._context
        if steg is None:
            return
        if steg.aktiv:
            act: Callable[[], Saved | None] = partial(
                retire_flodessteg, context.store, context.aktor, steg.id, context.today()
            )
            self._run(act, f"{steg.namn} {tr('är taget ur bruk.')}")
        else:
            act = partial(revive_flodessteg, context.store, context.aktor, steg.id)
            self._run(act, f"{steg.namn} {tr('är i bruk igen.')}")

    def _run(self, act: Callable[[], Saved | None], told: str) -> None:
        self.fail("")

        def done(saved: Saved | None) -> None:
            if saved is not None and told:
                self._context.tell_done(told, saved.changes.handelse_id)
            self.ask()

        self._context.runner.run(
            Change(
                tr("Sparar"), lambda _task: act(), lambda saved: touched(saved.changes if saved else None),
                done=done, failed=self._failed, owner=self,
            )
        )  # fmt: skip

    def _failed(self, error: KnownError) -> None:
        self.fail(f"{error.message} {name_people(error)}".strip())


class FlodesstegPresenter(FormPresenter[FlodesstegUppgifter]):
    """The form of a steg; `steg` is the one to change, None for a new one."""

    def __init__(self, over: QWidget, context: Context, steg: Kolumn | None) -> None:
        self._steg = steg
        sheet = Sheet(
            context.theme, over, tr("Ändra steg") if steg else tr("Nytt steg"), tr("Spara"), again=False
        )
        super().__init__(context, sheet)
        self.saved_text = "Steget är sparat."
        self.namn = TextField()
        self.dagar, self.grans = TextField(), TextField()
        sheet.add("namn", tr("Namn"), self.namn, required=True)
        sheet.add_pair(
            sheet.add("riktvarde_dagar", tr("Riktvärde, dagar"), self.dagar, tr("Tomt: inget riktvärde")),
            sheet.add("grans", tr("Gräns, antal inskrivna"), self.grans, tr("Tomt: ingen gräns")),
        )
        if steg is not None:
            self.before = FlodesstegUppgifter(steg.namn, steg.riktvarde, steg.grans)
            self.show(self.before)
        sheet.start()

    def show(self, values: FlodesstegUppgifter) -> bool:
        """Fill the fields."""
        self.namn.setText(values.namn)
        self.dagar.setText("" if values.riktvarde_dagar is None else str(values.riktvarde_dagar))
        self.grans.setText("" if values.grans is None else str(values.grans))
        return True

    def read(self) -> Reading[FlodesstegUppgifter]:
        """What the fields say."""
        faulty: dict[str, str] = {}
        numbers: dict[str, int | None] = {}
        for name, line in (("riktvarde_dagar", self.dagar), ("grans", self.grans)):
            text = line.text().strip().replace(NBSP, "").replace(" ", "")
            if text and not (text.isascii() and text.isdigit() and len(text) <= 9):
                faulty[name] = tr("Skriv ett helt tal, eller lämna tomt.")
            numbers[name] = int(text) if text and name not in faulty else None
        namn = self.namn.text().strip()
        missing = {} if namn else {"namn": tr("Skriv vad steget heter.")}
        if faulty or missing:
            return Reading(None, faulty, missing)
        return Reading(FlodesstegUppgifter(namn, numbers["riktvarde_dagar"], numbers["grans"]))

    def find(self, session: Session, values: FlodesstegUppgifter) -> Sequence[Finding]:
        """What the register says."""
        return check_flodessteg(session, self.context.aktor, values, self._steg.id if self._steg else None)

    def write(self, values: FlodesstegUppgifter) -> Saved | None:
        """Save."""
        store, aktor = self.context.store, self.context.aktor
        if self._steg is None:
            return add_flodessteg(store, aktor, values)
        return update_flodessteg(store, aktor, self._steg.id, values, self.before)


def name_people(error: KnownError) -> str:
    """ "Hodan Ek, Bo Å och 3 till"; empty where the fault is about nobody."""
    if not isinstance(error, HinderError):
        return ""
    names = [namn for _, namn in error.personer]
    rest = len(names[MOST_NAMES:]) + error.ovriga
    listed = ", ".join(names[:MOST_NAMES])
    if rest and listed:
        return f"{listed} {tr('och')} {number(rest)} {tr('till')}."
    return f"{listed}." if listed else tr("Du har inte behörighet att se vilka.")


def _columns() -> tuple[Column[Kolumn], ...]:
    return (
        Column("namn", tr("Steg"), lambda k: k.namn, 180, weight=500, tone="text", stretch=True),
        Column(
            "riktvarde", tr("Riktvärde"),
            lambda k: "" if k.riktvarde is None else f"{number(k.riktvarde)} {tr('dagar')}", 110, right=True,
        ),
        Column("grans", tr("Gräns"), lambda k: "" if k.grans is None else number(k.grans), 90, right=True),
        Column("aktiv", tr("I bruk"), lambda k: tr("Ja") if k.aktiv else tr("Nej"), 80),
    )  # fmt: skip
