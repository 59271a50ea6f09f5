"""Saved lists of deltagare: chosen, kept by name, shared, renamed and removed from a menu."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from db.errors import DataError, KnownError
from db.history import Changes
from db.queries.deltagare import Urval
from db.queries.listor import ListaRow, list_listor
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.screens.deltagare.view import DeltagareView
from desktop.theme import Theme
from desktop.widgets.dialog import Dialog
from desktop.widgets.fields import CheckField, FieldBox, TextField

if TYPE_CHECKING:
    from db.commands.findings import Saved

SKARM = "deltagare"


@dataclass(frozen=True, slots=True)
class VisaLista:
    """Location("deltagare", VisaLista(3)): the list as it was saved."""

    lista_id: int


def read_val(view: DeltagareView) -> dict[str, Any]:
    """Filters, sorting and columns as they stand. What is searched for is no part of a list: it is a name."""
    urval, sorting = view.urval(), view.table.sorting()
    return {
        "mina": urval.mina,
        "pagaende": urval.pagaende,
        "steg": urval.steg,
        "enhet": urval.enhet_id or 0,
        "sortering": list(sorting) if sorting else [],
        "kolumner": view.table.layout_of_columns.shown(),
    }


def show_val(view: DeltagareView, val: dict[str, Any]) -> None:
    """The other way; what a later or earlier program wrote and this one does not know is passed over."""
    view.search.clear()
    view.set_urval(
        Urval(
            bool(val.get("mina", False)), bool(val.get("pagaende", False)), str(val.get("steg", "")),
            int(val.get("enhet", 0)) or None,
        )
    )  # fmt: skip
    view.table.layout_of_columns.set_shown([str(key) for key in val.get("kolumner", ())])
    sorting = val.get("sortering") or None
    view.table.set_sorting((str(sorting[0]), bool(sorting[1])) if sorting else None)


class ListMenu(QObject):
    """The button Listor and its menu."""

    def __init__(self, owner: QWidget, context: Context, view: DeltagareView) -> None:
        super().__init__(owner)
        self._owner, self._context, self._view = owner, context, view
        self.chosen: ListaRow | None = None
        self.dialog: NameDialog | None = None
        self.menu = QMenu(view.lists)
        view.lists.clicked.connect(lambda: self._ask(self._open))

    def show(self, lista_id: int) -> None:
        """Show a list, wherever it was asked for."""
        self._ask(lambda rows: self._apply_first([row for row in rows if row.id == lista_id]))

    def _ask(self, done: Callable[[tuple[ListaRow, ...]], None]) -> None:
        self._context.runner.run(Query("listor", self._read, done, owner=self))

    def _read(self, _task: Task) -> tuple[ListaRow, ...]:
        context = self._context
        with context.store.read(context.aktor) as session:
            return list_listor(session, context.aktor, SKARM)

    def _open(self, rows: tuple[ListaRow, ...]) -> None:
        self.menu.clear()
        self.chosen = next((row for row in rows if self.chosen and row.id == self.chosen.id), None)
        for title, own in ((tr("Mina listor"), True), (tr("Delade av andra"), False)):
            self._add_lists(title, [row for row in rows if row.egen is own])
        self.menu.addSeparator()
        self._add(tr("Spara som ny lista…"), self._name_new, "save")
        if self.chosen is not None:
            self._add_own(self.chosen)
            self._add(tr("Visa utan lista"), self._leave, "x")
        self.menu.popup(self._view.lists.mapToGlobal(QPoint(0, self._view.lists.height())))

    def _add_lists(self, title: str, rows: list[ListaRow]) -> None:
        if not rows:
            return
        self.menu.addAction(title).setEnabled(False)
        for row in rows:
            words = row.namn if row.egen else f"{row.namn} ({row.agare})"
            words = f"{words} · {tr('delad')}" if row.egen and row.delad else words
            act = self._add(words, partial(self._apply, row))
            if self.chosen is not None and row.id == self.chosen.id:
                act.setIcon(self._context.theme.icon("check", "accent_text", 15))

    def _add_own(self, row: ListaRow) -> None:
        if not row.egen:
            return
        self.menu.addSeparator()
        if row.val != read_val(self._view):
            self._add(f"{tr('Spara ändringarna i')} {row.namn}", partial(self._keep, row), "save")
        self._add(f"{tr('Ändra namn eller delning')}…", partial(self._rename, row), "square-pen")
        self._add(f"{tr('Ta bort')} {row.namn}", partial(self._remove, row), "trash-2")

    def _add(self, text: str, act: Callable[[], None], icon: str = "") -> Any:
        # An ampersand in a name is no mnemonic.
        action = self.menu.addAction(text.replace("&", "&&"))
        if icon:
            action.setIcon(self._context.theme.icon(icon))
        action.triggered.connect(lambda _checked=False: act())
        return action

    def _apply_first(self, rows: list[ListaRow]) -> None:
        if rows:
            self._apply(rows[0])
        else:
            self._context.messages.info(tr("Listan finns inte längre."))

    def _apply(self, row: ListaRow) -> None:
        self._choose(row)
        show_val(self._view, row.val)
        self._view.asked.emit()

    def _choose(self, row: ListaRow | None) -> None:
        self.chosen = row
        button = self._view.lists
        button.setText(f"{tr('Lista')}: {row.namn}" if row else tr("Listor"))
        button.setAccessibleName(button.text())
        button.updateGeometry()

    def _leave(self) -> None:
        self._choose(None)
        show_val(self._view, {"mina": True})
        self._view.asked.emit()

    def _name_new(self) -> None:
        def save(namn: str, delad: bool, _task: Task) -> "Saved":
            from db.commands.listor import create_lista

            return create_lista(self._context.store, self._context.aktor, SKARM, namn, val, delad)

        val = read_val(self._view)
        self._open_dialog(
            NameDialog(self._context.theme, tr("Spara som ny lista"), "", False, self._owner), save
        )

    def _rename(self, row: ListaRow) -> None:
        def save(namn: str, delad: bool, _task: Task) -> "Saved | None":
            from db.commands.listor import update_lista

            return update_lista(self._context.store, self._context.aktor, row.id, namn, delad=delad)

        title = tr("Ändra listan")
        self._open_dialog(NameDialog(self._context.theme, title, row.namn, row.delad, self._owner), save)

    def _open_dialog(self, dialog: "NameDialog", save: "Callable[[str, bool, Task], Saved | None]") -> None:
        def done(saved: "Saved | None") -> None:
            dialog.accept()
            self._told(saved, tr("Listan är sparad."))

        def accept(namn: str, delad: bool) -> None:
            work = partial(save, namn, delad)
            self._run(work, done, dialog.refuse)

        self.dialog = dialog
        dialog.wanted = accept
        dialog.open()

    def _keep(self, row: ListaRow) -> None:
        val = read_val(self._view)

        def work(_task: Task) -> "Saved | None":
            from db.commands.listor import update_lista

            return update_lista(self._context.store, self._context.aktor, row.id, val=val)

        self._run(work, lambda saved: self._told(saved, tr("Listan är sparad.")))

    def _remove(self, row: ListaRow) -> None:
        def work(_task: Task) -> Changes:
            from db.commands.listor import remove_lista

            return remove_lista(self._context.store, self._context.aktor, row.id)

        def done(changes: Changes) -> None:
            self._choose(None)
            self._context.tell_done(tr("Listan är borttagen."), changes.handelse_id)

        self._context.runner.run(
            Change(tr("Sparar"), work, touched, done, failed=self._context.tell_failure, owner=self)
        )

    def _run(
        self,
        work: "Callable[[Task], Saved | None]",
        done: "Callable[[Saved | None], None]",
        failed: Callable[[KnownError], None] | None = None,
    ) -> None:
        change = Change(
            tr("Sparar"), work, lambda saved: touched(saved.changes if saved else None), done,
            failed=failed or self._context.tell_failure, owner=self,
        )  # fmt: skip
        self._context.runner.run(change)

    def _told(self, saved: "Saved | None", text: str) -> None:
        if saved is None:
            return
        self._context.tell_done(text, saved.changes.handelse_id)
        # Read again: its name, and what it holds.
        self._ask(lambda rows: self._choose(next((row for row in rows if row.id == saved.id), None)))


class NameDialog(Dialog):
    """What a list is called and whether all may choose it; stays until it is saved."""

    wanted: Callable[[str, bool], None]

    def __init__(self, theme: Theme, title: str, namn: str, delad: bool, parent: QWidget) -> None:
        super().__init__(theme, title, tr("Spara"), parent=parent)
        self.namn = TextField(60)
        self.namn.setText(namn)
        self.box = FieldBox(theme, tr("Namn"), self.namn, required=True)
        detail = tr("Andra kan välja listan men inte ändra den.")
        self.delad = CheckField(theme, tr("Dela med alla"), detail)
        self.delad.setChecked(delad)
        self.body.addWidget(self.box)
        self.body.addWidget(self.delad)
        self.action.clicked.connect(self._accept)
        self.namn.setFocus()

    def refuse(self, error: KnownError) -> None:
        """Say at the field what is wrong with it."""
        self.set_busy(False)
        if isinstance(error, DataError) and error.field:
            self.box.set_error(error.message)
            self.namn.setFocus()
        else:
            self.fail(error.message)

    def _accept(self) -> None:
        self.set_busy(True)
        self.wanted(self.namn.value(), self.delad.isChecked())
