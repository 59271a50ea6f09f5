"""What can be done with a plan as a whole: read in, changed, written out, taken away."""

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QFileDialog, QMenu

from db.commands.plan_import import delete_plan
from db.rules.koder import Bedomningsskala
from desktop.i18n import tr
from desktop.runner import Change, Task
from desktop.screens.formular.at_once import save_at_once
from desktop.screens.mal.menyer import add_act, open_under
from desktop.screens.mal.plan_form import HuvudPresenter, ReglerPresenter
from desktop.widgets.dialog import confirm

if TYPE_CHECKING:
    from desktop.screens.mal.presenter import MalScreen


class Planakter:
    """The acts of the plan shown, and the menus that hold them."""

    def __init__(self, screen: "MalScreen") -> None:
        self._screen, self._context = screen, screen.context

    def open_more(self) -> None:
        """Everything that can be done with the plan."""
        menu, found = QMenu(self._screen), self._screen.found
        free = found is not None and not found.locked
        judged = found is not None and found.plan is not None
        judged = judged and found.plan.bedomning is not Bedomningsskala.INGEN  # type: ignore[union-attr]
        add = partial(add_act, self._context.theme, menu)
        add(tr("Ändra planen…"), "square-pen", self.change, free)
        add(tr("Bedömningsregler…"), "target", self.change_rules, free and judged)
        menu.addSeparator()
        add(tr("Exportera planen…"), "file-down", self.export)
        add(tr("Importera värden från Kolada…"), "file-input", self._screen.inlasning.choose_kolada, free)
        menu.addSeparator()
        add(tr("Ta bort planen…"), "trash-2", self.delete, free)
        open_under(self._screen.view.more, menu)

    def open_import(self) -> None:
        """A plan from a file, or one of those that come with the program."""
        menu, inlasning = QMenu(self._screen), self._screen.inlasning
        add = partial(add_act, self._context.theme, menu)
        add(tr("Från en fil…"), "folder-open", inlasning.choose)
        menu.addSeparator()
        for kod, words in inlasning.templates():
            add(f"{tr('Mall')}: {words}", "file-text", partial(inlasning.load_template, kod))
        view = self._screen.view
        open_under(view.load if view.bild is not None else view.empty.button, menu)

    def change(self) -> None:
        """What is written of the plan as a whole."""
        found = self._screen.found
        if found is not None and found.bild is not None and not self._screen.is_locked():
            plan = found.bild.plan
            self._screen.open_form(
                partial(HuvudPresenter, self._screen, self._context, plan), f"mal/plan/{plan.id}"
            )

    def change_rules(self) -> None:
        """The printed rules of assessment."""
        found = self._screen.found
        if found is not None and found.bild is not None and not self._screen.is_locked():
            plan = found.bild.plan
            self._screen.open_form(
                partial(ReglerPresenter, self._screen, self._context, plan), f"mal/regler/{plan.id}"
            )

    def export(self) -> None:
        """The plan as TOML."""
        found = self._screen.found
        if found is None or found.bild is None or found.plan is None:
            return
        suggested = str(Path.home() / f"{found.plan.kod}.toml")
        title = tr("Exportera planen")
        path, _ = QFileDialog.getSaveFileName(self._screen, title, suggested, "TOML (*.toml)")
        if path:
            target = Path(path if Path(path).suffix else f"{path}.toml")
            self._write(found.bild.plan.id, target)

    def delete(self) -> None:
        """Take the plan away, after a question; Ångra brings it back."""
        found, context = self._screen.found, self._context
        if found is None or found.plan is None or self._screen.is_locked():
            return
        title = f"{tr('Ta bort planen')} {found.plan.kommun} {found.plan.ar}"
        text = tr("Planen tas bort med bedömningar, lägen och kommentarer. Du kan ångra.")
        if confirm(context.theme, title, text, tr("Ta bort"), danger=True, parent=self._screen):
            work = partial(delete_plan, context.store, context.aktor, found.plan.id)
            save_at_once(self._screen, context, work, "Planen är borttagen.")

    def _write(self, plan_id: int, target: Path) -> None:
        context = self._context

        def work(_task: Task) -> None:
            from db.exchange.planfil import export_plan

            export_plan(context.store, context.aktor, plan_id, target)

        told = f"{tr('Sparad')}: {target.name}"
        context.runner.run(
            Change(
                tr("Exporterar planen"), work, lambda _v: frozenset(),
                done=lambda _v: context.messages.done(told), failed=context.tell_failure,
                owner=self._screen,
            )
        )  # fmt: skip
