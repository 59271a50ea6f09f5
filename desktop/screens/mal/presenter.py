"""The screen Mål & indikatorer: asks for a plan's values, shows them, and opens what can be done."""

from collections.abc import Callable, Sequence, Set
from functools import partial
from typing import Any

from PySide6.QtWidgets import QWidget

from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query
from desktop.screens.formular.presenter import FormPresenter
from desktop.screens.formular.sheet import Sheet
from desktop.screens.mal.found import Found, read_found
from desktop.screens.mal.inlasning import Inlasning
from desktop.screens.mal.planakter import Planakter
from desktop.screens.mal.radakter import Radakter
from desktop.screens.mal.view import MalView
from desktop.shell.command_box import Hit
from desktop.shell.screen import Screen
from desktop.widgets.boxes import column

TABLES = (
    "plan", "malbedomning:", "aktivitetsstatus:", "indikatorvarde:", "koladavarde:", "insats:",
    "inskrivning:", "arende:", "deltagare:", "narvaro:", "installning:",
)  # fmt: skip
CHOSEN = "mal/plan"


class MalScreen(Screen):
    """`open` with nothing: the plan and the period are those last seen."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.context = context
        self.found: Found | None = None
        self.view = view = MalView(context.theme, context.settings, context.today())
        self.setLayout(column(view, spacing=0))
        self.start_at = view.table
        self.inlasning = Inlasning(self, context, self._imported, self._is_there)
        self.rad, self.plan = Radakter(self), Planakter(self)
        self._wanted: int | None = None
        view.plan_chosen.connect(self._choose_plan)
        view.asked.connect(self.refresh)
        view.import_wanted.connect(self.plan.open_import)
        view.more.clicked.connect(self.plan.open_more)
        view.open.clicked.connect(self.rad.open)
        view.current_changed.connect(self._show_acts)
        view.table.opened.connect(lambda _row: self.rad.open())
        view.table.fill_menu = self.rad.fill_menu

    def open(self, argument: object) -> None:
        """As it is now."""
        del argument
        self.refresh()
        self.view.table.setFocus()

    def concerns(self, touched_rows: Set[str]) -> bool:
        """Plans, what is said of them, and what the figures are worked out from."""
        return any(name.startswith(TABLES) for name in touched_rows)

    def refresh(self) -> None:
        """Ask again."""
        work = partial(read_found, self.context, self._plan_wanted(), self.view.period.value() or "")
        failed = self.context.tell_failure
        self.context.runner.run(Query("mal", work, self._show, failed, owner=self, title=tr("Räknar målen")))

    def focus_filter(self) -> None:
        """Ctrl+F: the plan."""
        self.view.plan.setFocus()

    def may_leave(self) -> bool:
        """A form with something written asks first."""
        sheet = self.sheet()
        if sheet is not None and not sheet.may_close():
            return False
        if sheet is not None:
            sheet.dismiss()
        return True

    def acts(self) -> Sequence[Hit]:
        """For the command box."""
        return (
            Hit(tr("Importera plan…"), self.inlasning.choose, "", "file-input"),
            Hit(tr("Exportera planen…"), self.plan.export, "", "file-down"),
            Hit(tr("Ändra planen…"), self.plan.change, "", "square-pen"),
        )

    def open_form(self, opener: Callable[[], FormPresenter[Any]], nyckel: str) -> None:
        """A form over the screen, unless one is open; what is written in it is kept as a draft."""
        if self.sheet() is None:
            opener().keep_draft(nyckel[:200])

    def sheet(self) -> Sheet | None:
        """The form that is open."""
        return next((sheet for sheet in self.findChildren(Sheet) if sheet.is_open), None)

    def is_locked(self) -> bool:
        """Whether the user may not change the plan, which is then told."""
        if self.found is not None and self.found.locked:
            self.context.messages.info(self.found.locked)
            return True
        return False

    def _plan_wanted(self) -> int | None:
        if self._wanted is not None:
            return self._wanted
        if self.view.plan.value() is not None:
            return self.view.plan.value()
        kept = self.context.settings.get(CHOSEN, 0)
        return kept or None

    def _choose_plan(self) -> None:
        self._wanted = None
        self.context.settings.set(CHOSEN, self.view.plan.value() or 0)
        self.view.period.set_items(())
        self.refresh()

    def _show(self, found: Found) -> None:
        self.found, self._wanted = found, None
        view = self.view
        view.show_planer(found.planer, found.plan.id if found.plan else None)
        view.load.set_disabled_because(found.locked)
        view.more.setEnabled(found.plan is not None)
        if found.plan is not None and found.bild is not None:
            view.show_periods(found.plan, found.period)
            view.show_bild(found.bild)
        self._show_acts()

    def _show_acts(self) -> None:
        rad = self.view.table.current_row() if self.view.bild is not None else None
        reason = ""
        if rad is None or (rad.mal is None and rad.is_head):
            reason = tr("Välj ett mål, ett mått eller en aktivitet först.")
        elif rad.aktivitet is None and self.found is not None:
            reason = self.found.locked
        self.view.open.set_disabled_because(reason)

    def _is_there(self, kod: str) -> bool:
        return self.found is not None and any(plan.kod == kod for plan in self.found.planer)

    def _imported(self, plan_id: int | None) -> None:
        if plan_id is not None:
            self._wanted = plan_id
            self.context.settings.set(CHOSEN, plan_id)
        self.refresh()
