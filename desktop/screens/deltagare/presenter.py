"""The screen Deltagare: asks for pages of people and shows them."""

from collections.abc import Set
from functools import partial

from PySide6.QtWidgets import QWidget

from db.queries.deltagare import DeltagareRow, Page, Position, Urval, search_deltagare
from desktop.context import Context
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.deltagare.ny import Ny, ny_key
from desktop.screens.deltagare.view import DeltagareView
from desktop.screens.formular.sheet import Sheet
from desktop.screens.kort.page import Oppna
from desktop.shell.navigation import Location
from desktop.shell.screen import Screen
from desktop.widgets.boxes import column

PAGE = 100
TABLES = ("deltagare", "arende", "inskrivning", "insats", "undantag", "stegperiod")


class DeltagareScreen(Screen):
    """The newest question wins; the rows at hand stay until its answer is there. `open` with Ny registers."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._after: Position | None = None
        self._looked = False
        self.view = DeltagareView(context.theme, context.settings, context.today())
        self.view.whose.set_value(context.settings.get("deltagare/vilka", "mina"))
        self.setLayout(column(self.view, spacing=0))
        self.view.asked.connect(self._asked)
        self.view.more.connect(self._fetch_more)
        self.view.opened.connect(self._open_row)
        self.view.new_wanted.connect(self.register)
        self.setFocusProxy(self.view.search)

    def open(self, argument: object) -> None:
        """Ask at the first visit; later ones find the list as it was left."""
        if not self._looked:
            self._looked = True
            self._ask()
        self.view.search.setFocus()
        if isinstance(argument, Ny):
            self.register(argument.text)

    def register(self, text: str = "") -> None:
        """Open the form of a new person, begun with `text`."""
        from desktop.screens.formular.ny_deltagare import NyDeltagarePresenter

        if self._sheet() is None:
            form = NyDeltagarePresenter(self, self._context, text, self._open_card, self._registered)
            form.keep_draft(ny_key(text))

    def may_leave(self) -> bool:
        """A form with something written keeps a draft."""
        sheet = self._sheet()
        if sheet is not None and not sheet.may_close():
            return False
        if sheet is not None:
            sheet.dismiss()
        return True

    def concerns(self, touched: Set[str]) -> bool:
        """People, and what a row tells of them."""
        return any(name.partition(":")[0] in TABLES for name in touched)

    def refresh(self) -> None:
        """Ask again."""
        self._ask()

    def focus_filter(self) -> None:
        """Ctrl+F."""
        self.view.focus_search()

    def _asked(self) -> None:
        self._context.settings.set("deltagare/vilka", self.view.whose.value())
        self._ask()

    def _ask(self) -> None:
        self._run(None, self._show)

    def _fetch_more(self) -> None:
        if self._after is not None:
            self._run(self._after, self._add)

    def _run(self, after: Position | None, done: object) -> None:
        text, urval = self.view.search.text(), self._urval()
        work = partial(self._search, text=text, urval=urval, after=after)
        self._context.runner.run(Query("deltagare", work, done, owner=self))  # type: ignore[arg-type]

    def _search(self, _task: Task, *, text: str, urval: Urval, after: Position | None) -> Page:
        context = self._context
        with context.store.read(context.aktor) as session:
            return search_deltagare(session, context.aktor, text, context.today(), PAGE, after, urval)

    def _urval(self) -> Urval:
        return Urval(mina=self.view.whose.value() == "mina", pagaende=self.view.ongoing.isChecked())

    def _show(self, page: Page) -> None:
        self._after = page.after
        if not page.rows:
            self._explain_empty()
        self.view.show_rows(page.rows, page.after is not None)

    def _add(self, page: Page) -> None:
        self._after = page.after
        self.view.add_rows(page.rows, page.after is not None)

    def _explain_empty(self) -> None:
        urval = self._urval()
        if self.view.search.text().strip():
            advice = (
                tr("Kontrollera stavningen eller välj Alla.") if urval.mina else tr("Kontrollera stavningen.")
            )
            self.view.show_empty(tr("Inga träffar."), advice, may_register=not urval.mina)
        elif urval.mina:
            self.view.show_empty(
                tr("Du har inga deltagare just nu."), tr("Välj Alla för att se hela registret.")
            )
        else:
            advice = tr("Registrera den första, eller läs in en arbetsbok under Importera.")
            self.view.show_empty(tr("Inga deltagare ännu."), advice, may_register=True)

    def _open_row(self, row: DeltagareRow) -> None:
        self._open_card(row.id)

    def _open_card(self, deltagare_id: int) -> None:
        self.navigate.emit(Location("kort", deltagare_id))

    def _registered(self, deltagare_id: int, enrolled: bool) -> None:
        """To the new card; what comes next for one who is inskriven is the planering."""
        self.navigate.emit(Location("kort", Oppna(deltagare_id, "planering" if enrolled else "")))

    def _sheet(self) -> Sheet | None:
        return next((sheet for sheet in self.findChildren(Sheet) if sheet.is_open), None)
