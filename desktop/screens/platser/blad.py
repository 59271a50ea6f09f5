"""What stands beside the list of Platser: an enhet, the queue or a week, and the forms that they open."""

from collections.abc import Callable
from datetime import date, timedelta
from functools import partial
from typing import Any

from PySide6.QtCore import QObject, QPoint
from PySide6.QtWidgets import QMenu, QWidget

from db.commands.platsko import end_platsko
from db.errors import KnownError
from db.queries.enhet import EnhetKort, KoRow, SlutarRow, list_ko, list_slutar, read_enhet
from db.queries.platslista import MAL, NYA
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.formular.at_once import save_at_once
from desktop.screens.formular.presenter import FormPresenter
from desktop.screens.formular.sheet import Sheet
from desktop.screens.kort.page import Akt, draft_key
from desktop.screens.platser.oppna import GE, NY, form_key
from desktop.screens.platser.oppna import MAL as MAL_FORM
from desktop.screens.platser.panel import EnhetPanel, KoPanel, Panel, VeckoPanel
from desktop.shell.navigation import Location
from desktop.shell.screen import Screen


class Blad(QObject):
    """One panel or form at a time; `dag` is the day that the list shows."""

    def __init__(self, context: Context, screen: Screen, dag: Callable[[], date]) -> None:
        super().__init__(screen)
        self.context, self._screen, self._dag = context, screen, dag
        self._panel_of: int | None = None  # the enhet whose panel comes back when a form closes

    def sheet(self) -> Sheet | None:
        """What is open."""
        return next((sheet for sheet in self._screen.findChildren(Sheet) if sheet.is_open), None)

    def may_leave(self) -> bool:
        """A form with something written asks first; else it closes."""
        sheet = self.sheet()
        if sheet is not None and not sheet.may_close():
            return False
        if sheet is not None:
            self._panel_of = None
            sheet.dismiss()
        return True

    def show_enhet(self, enhet_id: int) -> None:
        """The enhet with its people and its history, beside the list."""
        if self.sheet() is not None:
            return
        panel = EnhetPanel(self.context.theme, self._screen)
        panel.act_wanted.connect(lambda key: self._from_panel(panel, enhet_id, key))
        panel.person_wanted.connect(self._open_card)
        panel.ko_wanted.connect(lambda row, at: self._queue_menu(panel, row, at))
        dag, idag = self._dag(), self.context.today()

        def show(enhet: EnhetKort) -> None:
            panel.show_enhet(enhet, dag, idag)

        def ask() -> None:
            work = partial(self._read_enhet, enhet_id=enhet_id, dag=dag)
            self.context.runner.run(Query("enhet-kort", work, show, failed=self._gone, owner=panel))

        panel.reload = ask
        ask()

    def show_ko(self) -> None:
        """Everybody who waits."""
        if self.sheet() is not None:
            return
        panel = KoPanel(self.context.theme, self._screen)
        panel.ko_wanted.connect(lambda row, at: self._queue_menu(panel, row, at))

        def ask() -> None:
            self.context.runner.run(Query("platsko", self._read_ko, show, failed=self._gone, owner=panel))

        def show(found: tuple[tuple[KoRow, ...], int]) -> None:
            panel.show_ko(*found)

        panel.reload = ask
        ask()

    def show_week(self, wanted: str) -> None:
        """Whose places come free in a week: "intern:2026-11-16"."""
        if self.sheet() is not None:
            return
        typ, _, monday = wanted.partition(":")
        fran = date.fromisoformat(monday)
        panel = VeckoPanel(self.context.theme, self._screen)
        panel.person_wanted.connect(self._open_card)

        def show(found: tuple[tuple[SlutarRow, ...], int]) -> None:
            panel.show_week(fran, typ, *found, self.context.today())

        def ask() -> None:
            work = partial(self._read_week, typ=typ, fran=fran, dag=self._dag())
            self.context.runner.run(Query("platser-vecka", work, show, failed=self._gone, owner=panel))

        panel.reload = ask
        ask()

    def add_enhet(self) -> None:
        """The form of a new enhet."""
        from desktop.screens.platser.forms import NyEnhetPresenter

        self._open_form(partial(NyEnhetPresenter, self._screen, self.context), form_key(NY))

    def give(self, enhet_id: int | None, platsko_id: int | None) -> None:
        """Step one is chosen, a place or somebody who waits; the form asks for the other."""
        from desktop.screens.platser.ge_plats import GePlatsPresenter

        dag = self._dag()
        nyckel = form_key(GE, enhet_id, platsko_id)
        self._open_form(
            partial(GePlatsPresenter, self._screen, self.context, dag, enhet_id, platsko_id), nyckel
        )

    def change_goal(self, varden: dict[str, Any]) -> None:
        """The goals, `varden` among the settings, by those who may set them."""
        from desktop.screens.platser.mal_form import MalPresenter

        before = {name: varden[name] for name in (MAL, NYA)}
        self._open_form(partial(MalPresenter, self._screen, self.context, before), form_key(MAL_FORM))

    def begin_act(self, enhet_id: int, key: str) -> None:
        """Begin something with an enhet whose panel is not open."""
        if key == "ge":
            self.give(enhet_id, None)
            return
        work = partial(self._read_enhet, enhet_id=enhet_id, dag=self._dag())
        done = partial(self._open_act, key)
        self.context.runner.run(Query("enhet-kort", work, done, failed=self._gone, owner=self._screen))

    def _from_panel(self, panel: EnhetPanel, enhet_id: int, key: str) -> None:
        """The panel gives way to the form, and comes back when that closes."""
        enhet = panel.enhet
        panel.dismiss()
        self._panel_of = enhet_id
        if key == "ge":
            self.give(enhet_id, None)
        elif enhet is not None:
            self._open_act(key, enhet)

    def _open_act(self, key: str, enhet: EnhetKort) -> None:
        from desktop.screens.platser import forms

        dag, context = self._dag(), self.context
        openers: dict[str, Callable[[], FormPresenter[Any]]] = {
            "platser": lambda: forms.PlatserPresenter(
                self._screen, context, enhet, forms.places_on(enhet, dag), self._open_card
            ),
            "kostnad": lambda: forms.KostnadPresenter(self._screen, context, enhet, dag.year),
            "uppgifter": lambda: forms.EnhetPresenter(self._screen, context, enhet),
            "stang": lambda: forms.StangningPresenter(self._screen, context, enhet, self._open_card),
        }
        self._open_form(openers[key], form_key(key, enhet.id))

    def _open_form(
        self, opener: Callable[[], FormPresenter[Any]], nyckel: str, deltagare_id: int | None = None
    ) -> None:
        """`nyckel` is what the form is called among the drafts."""
        if self.sheet() is not None:
            return
        opener().keep_draft(nyckel, deltagare_id)
        sheet = self.sheet()
        if sheet is not None:
            sheet.closed.connect(self._form_closed)

    def _form_closed(self) -> None:
        """Back to the panel that the form was opened from."""
        enhet_id, self._panel_of = self._panel_of, None
        if enhet_id is not None:
            self.show_enhet(enhet_id)

    def _queue_menu(self, panel: Panel, row: KoRow, at: QWidget) -> None:
        """What can be done with somebody who waits."""
        menu = self._menu()
        theme = self.context.theme
        enhet_id = panel.enhet.id if isinstance(panel, EnhetPanel) and panel.enhet else None
        for icon, words, act in (
            ("map-pin", tr("Ge plats…"), partial(self._give_from, panel, enhet_id, row)),
            ("square-pen", tr("Ändra…"), partial(self._change_ko, panel, enhet_id, row)),
            ("x", tr("Ta ur kön"), partial(self._leave_ko, row)),
            ("user", tr("Öppna kortet"), partial(self._open_card, row.person.id)),
        ):
            menu.addAction(theme.icon(icon), words).triggered.connect(lambda _c=False, act=act: act())
        menu.popup(at.mapToGlobal(QPoint(0, at.height())))
        menu.setActiveAction(menu.actions()[0])

    def _give_from(self, panel: Panel, enhet_id: int | None, row: KoRow) -> None:
        panel.dismiss()
        self._panel_of = enhet_id
        self.give(enhet_id, row.id)

    def _change_ko(self, panel: Panel, enhet_id: int | None, row: KoRow) -> None:
        from desktop.screens.formular.platsko import PlatskoPresenter

        panel.dismiss()
        self._panel_of = enhet_id
        vem = row.person.nummer if row.person.is_masked else row.person.namn
        nyckel = draft_key(row.person.id, Akt("andra_ko", row.id))
        opener = partial(PlatskoPresenter, self._screen, self.context, row.inskrivning_id, vem, row.id)
        self._open_form(opener, nyckel, row.person.id)

    def _leave_ko(self, row: KoRow) -> None:
        context = self.context
        work = partial(end_platsko, context.store, context.aktor, row.id, context.today())
        save_at_once(self._screen, context, work, "Deltagaren står inte längre i kön.")

    def _read_enhet(self, _task: Task, *, enhet_id: int, dag: date) -> EnhetKort:
        context = self.context
        with context.store.read(context.aktor) as session:
            return read_enhet(session, context.aktor, enhet_id, dag, context.today())

    def _read_ko(self, _task: Task) -> tuple[tuple[KoRow, ...], int]:
        context = self.context
        with context.store.read(context.aktor) as session:
            return list_ko(session, context.aktor, context.today())

    def _read_week(
        self, _task: Task, *, typ: str, fran: date, dag: date
    ) -> tuple[tuple[SlutarRow, ...], int]:
        context = self.context
        with context.store.read(context.aktor) as session:
            till = fran + timedelta(days=6)
            return list_slutar(session, context.aktor, typ, (fran, till), dag, context.today())

    def _gone(self, error: KnownError) -> None:
        sheet = self.sheet()
        if sheet is not None:
            sheet.dismiss()
        self.context.tell_failure(error)

    def _menu(self) -> QMenu:
        menu = QMenu(self._screen)
        menu.aboutToHide.connect(menu.deleteLater)
        return menu

    def _open_card(self, deltagare_id: int) -> None:
        self._panel_of = None
        self._screen.navigate.emit(Location("kort", deltagare_id))
