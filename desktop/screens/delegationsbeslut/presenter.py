"""The screen Delegationsbeslut: a month's decisions, registered, changed and taken away, and their list."""

from collections.abc import Sequence, Set
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from db.commands.delegationsbeslut import (
    DelegationsbeslutUppgifter,
    read_delegationsbeslut,
    remove_delegationsbeslut,
)
from db.queries.delegationsbeslut import DelegationsbeslutRow, list_delegationsbeslut
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.delegationsbeslut.model import month_period
from desktop.screens.delegationsbeslut.oppna import AndraBeslut, NyttBeslut, change_key, new_key
from desktop.screens.delegationsbeslut.view import DelegationsbeslutView
from desktop.screens.formular.at_once import save_at_once
from desktop.screens.formular.delegationsbeslut import DelegationsbeslutPresenter
from desktop.screens.formular.sheet import Sheet
from desktop.screens.rapporter.oppna import VisaRapport
from desktop.shell.command_box import Hit
from desktop.shell.navigation import Location
from desktop.shell.screen import Screen
from desktop.widgets.boxes import column

TABLES = ("delegationsbeslut:", "arende:", "deltagare:")
REPORT = "delegationsbeslut"


class DelegationsbeslutScreen(Screen):
    """`open` with NyttBeslut() or AndraBeslut(5) for a form, or with nothing."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self.view = DelegationsbeslutView(context.theme, context.settings, context.today())
        self.setLayout(column(self.view, spacing=0))
        self.start_at = self.view.table
        view = self.view
        view.asked.connect(self.refresh)
        view.new_wanted.connect(self.register)
        view.change.clicked.connect(self.change)
        view.remove.clicked.connect(self.remove)
        view.printed.clicked.connect(self.show_report)
        view.table.opened.connect(lambda _row: self.change())
        view.table.copied.connect(self._copied)
        view.table.fill_menu = self._fill_menu

    def open(self, argument: object) -> None:
        """The month as it is now."""
        self.refresh()
        self.view.table.setFocus()
        if isinstance(argument, NyttBeslut):
            self.register()
        elif isinstance(argument, AndraBeslut):
            self._ask_change(argument.beslut_id)

    def concerns(self, touched: Set[str]) -> bool:
        """Decisions, and the ärenden that they name."""
        return any(name.startswith(TABLES) for name in touched)

    def refresh(self) -> None:
        """Ask again."""
        work = partial(self._read, month=self.view.shown_month())
        failed = self._context.tell_failure
        self._context.runner.run(Query("delegationsbeslut", work, self.view.set_rows, failed, owner=self))

    def focus_filter(self) -> None:
        """Ctrl+F: the month."""
        self.view.month.setFocus()

    def acts(self) -> Sequence[Hit]:
        """For the command box."""
        view = self.view
        hits = [Hit(tr("Lista till nämnden"), self.show_report, "", "file-text")]
        row = view.table.current_row()
        if row is not None and row.egen:
            name = f"{tr('delegationsbeslut')} {row.nummer}"
            hits.append(Hit(f"{tr('Ändra')} {name}", self.change, "", "square-pen"))
            hits.append(Hit(f"{tr('Ta bort')} {name}", self.remove, "", "trash-2"))
        return hits

    def may_leave(self) -> bool:
        """A form with something written keeps a draft."""
        sheet = self._sheet()
        if sheet is not None and not sheet.may_close():
            return False
        if sheet is not None:
            sheet.dismiss()
        return True

    def register(self) -> None:
        """The form of a new one; several can be registered after each other."""
        if self._sheet() is None:
            DelegationsbeslutPresenter(self, self._context).keep_draft(new_key())

    def change(self) -> None:
        """The form of the row, as it is written now."""
        row = self._chosen()
        if row is not None:
            self._ask_change(row.id)

    def remove(self) -> None:
        """Take the row away; it can be had again."""
        row, context = self._chosen(), self._context
        if row is not None:
            work = partial(remove_delegationsbeslut, context.store, context.aktor, row.id)
            told = f"{tr('Delegationsbeslut')} {row.nummer} {tr('är borttaget.')}"
            save_at_once(self, context, work, told)

    def show_report(self) -> None:
        """The month's list as it is printed."""
        period = month_period(self.view.shown_month())
        self.navigate.emit(Location("rapporter", VisaRapport(REPORT, period.text)))

    def _chosen(self) -> DelegationsbeslutRow | None:
        row: DelegationsbeslutRow | None = self.view.table.current_row()
        return row if row is not None and row.egen and self._sheet() is None else None

    def _sheet(self) -> Sheet | None:
        return next((sheet for sheet in self.findChildren(Sheet) if sheet.is_open), None)

    def _read(self, _task: Task, *, month: int) -> tuple[DelegationsbeslutRow, ...]:
        context = self._context
        with context.store.read(context.aktor) as session:
            return list_delegationsbeslut(session, context.aktor, month_period(month))

    def _ask_change(self, beslut_id: int) -> None:
        work = partial(self._read_one, beslut_id=beslut_id)
        done = partial(self._open_change, beslut_id)
        failed = self._context.tell_failure
        self._context.runner.run(Query("delegationsbeslut-ett", work, done, failed, owner=self))

    def _read_one(self, _task: Task, *, beslut_id: int) -> DelegationsbeslutUppgifter:
        context = self._context
        with context.store.read(context.aktor) as session:
            return read_delegationsbeslut(session, context.aktor, beslut_id)

    def _open_change(self, beslut_id: int, written: DelegationsbeslutUppgifter) -> None:
        if self._sheet() is None:
            form = DelegationsbeslutPresenter(self, self._context, row=(beslut_id, written))
            form.keep_draft(change_key(beslut_id))

    def _fill_menu(self, menu: QMenu) -> None:
        """The same acts as above, and the card of the ärende."""
        row = self.view.table.current_row()
        for button in (self.view.change, self.view.remove):
            action = menu.addAction(button.text())
            action.setEnabled(button.isEnabled())
            action.setToolTip(button.toolTip())
            action.triggered.connect(button.click)
        if row is not None and row.deltagare_id is not None:
            person = row.deltagare_id
            card = menu.addAction(tr("Öppna deltagarens kort"))
            card.triggered.connect(lambda: self.navigate.emit(Location("kort", person)))

    def _copied(self, rows: list[DelegationsbeslutRow]) -> None:
        people = {row.deltagare_id for row in rows if row.deltagare_id is not None}
        self._context.log_copy(people, tr("Delegationsbeslut"), self)
        self._context.tell_copied(len(rows))
