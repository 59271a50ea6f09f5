"""The screen Deltagare: asks for pages of people and shows them."""

from collections.abc import Callable, Sequence, Set
from dataclasses import dataclass
from functools import partial

from PySide6.QtWidgets import QMenu, QWidget

from db.queries.deltagare import DeltagareRow, Page, Position, Urval, search_deltagare
from db.queries.oppnad import find_fasta
from db.queries.utkast import UtkastVarden, read_utkast
from db.queries.val import list_insats_val, list_steg
from desktop.context import Context
from desktop.formatting import number, plural
from desktop.i18n import tr
from desktop.runner import Query, Task
from desktop.screens.deltagare.flera import Flera, flera_key, read_people, tell_people
from desktop.screens.deltagare.listor import ListMenu, VisaLista
from desktop.screens.deltagare.ny import Ny, ny_key
from desktop.screens.deltagare.view import MANY, DeltagareView, many_text
from desktop.screens.formular.over import FormScreen
from desktop.screens.kort.page import Oppna
from desktop.screens.pins import set_pin
from desktop.shell.navigation import Location
from desktop.widgets.boxes import column

PAGE = 100
SORT_MOST = 2_000  # rows that are fetched in order to be sorted by another column
TABLES = ("deltagare", "arende", "inskrivning", "insats", "undantag", "stegperiod", "fast")


@dataclass(frozen=True, slots=True)
class Found:
    """A page, who is pinned, and with the first page what can be filtered by."""

    page: Page
    fasta: frozenset[int]
    steg: tuple[str, ...] = ()
    enheter: tuple[tuple[int, str], ...] = ()


class DeltagareScreen(FormScreen):
    """The newest question wins; the rows at hand stay until its answer is there. `open` with Ny registers."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._after: Position | None = None
        self._looked = False
        self.view = DeltagareView(context.theme, context.settings, context.today())
        self.view.whose.set_value(context.settings.get("deltagare/vilka", "mina"))
        self.lists = ListMenu(self, context, self.view)
        self.setLayout(column(self.view, spacing=0))
        self.view.asked.connect(self._asked)
        self.view.model.sort_wanted.connect(lambda _key, _descending: self._ask())
        self.view.table.fill_menu = self._fill_menu
        self.view.table.copied.connect(self._copied)
        self._fasta: frozenset[int] = frozenset()
        self.view.more.connect(self._fetch_more)
        self.view.opened.connect(self._open_row)
        self.view.new_wanted.connect(self.register)
        self.view.many_wanted.connect(lambda kind: self.register_many(self.view.selected_ids(), kind))
        self.start_at = self.view.search

    def open(self, argument: object) -> None:
        """Ask at the first visit; later ones find the list as it was left."""
        if not self._looked:
            self._looked = True
            self._ask()
        self.view.search.setFocus()
        if isinstance(argument, Ny):
            self.register(argument.text)
        elif isinstance(argument, Flera) and argument.ids:
            self.register_many(argument.ids, argument.kind)
        elif isinstance(argument, Flera):
            self._go_on_with(argument)
        elif isinstance(argument, VisaLista):
            self.lists.show(argument.lista_id)

    def register(self, text: str = "") -> None:
        """Open the form of a new person, begun with `text`."""
        from desktop.screens.formular.ny_deltagare import NyDeltagarePresenter

        if self._sheet() is None:
            form = NyDeltagarePresenter(self, self._context, text, self._open_card, self._registered)
            form.keep_draft(ny_key(text))

    def register_many(self, ids: Sequence[int], kind: str) -> None:
        """Open the form of the same insats or möte for many, or that hands them over; `kind` as in MANY."""
        if kind == "lamna_over":
            self._hand_over(tuple(ids))
            return
        from desktop.screens.formular.massa import open_massa

        form = open_massa(self, self._context, ids, kind)
        if form is not None:
            form.keep_draft(flera_key(kind, form.ids), beside=tell_people(form.ids))

    def _go_on_with(self, flera: Flera) -> None:
        """The draft itself tells of whom it is."""

        def read(_task: Task) -> UtkastVarden | None:
            with self._context.store.read(self._context.aktor) as session:
                return read_utkast(session, self._context.aktor, flera.utkast)

        def show(found: UtkastVarden | None) -> None:
            ids = read_people(found.varden) if found is not None else ()
            if ids:
                self.register_many(ids, flera.kind)
            else:
                self._context.messages.info(tr("Utkastet finns inte längre."))

        failed = self._context.tell_failure
        self._context.runner.run(Query("utkast för flera", read, show, failed=failed, owner=self))

    def _hand_over(self, ids: tuple[int, ...]) -> None:
        from db.queries.overlamning import list_for
        from desktop.screens.ansvar.overlamning import open_overlamning

        if ids:
            vems = plural(len(ids), tr("vald"), tr("valda"))
            open_overlamning(
                self, self._context, lambda session, aktor: list_for(session, aktor, ids), "", vems
            )

    def concerns(self, touched: Set[str]) -> bool:
        """People, and what a row tells of them."""
        return any(name.partition(":")[0] in TABLES for name in touched)

    def refresh(self) -> None:
        """Ask again, and stay at the same place."""
        self._run(None, partial(self._show, keep=True))

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

    def _run(self, after: Position | None, done: Callable[[Found], None]) -> None:
        # What is sorted here must be here, all of it.
        limit = PAGE if self.view.table.sorting() is None else SORT_MOST
        work = partial(
            self._search, text=self.view.search.text(), urval=self.view.urval(), after=after, limit=limit
        )
        self._context.runner.run(Query("deltagare", work, done, owner=self))

    def _search(self, _task: Task, *, text: str, urval: Urval, after: Position | None, limit: int) -> Found:
        context = self._context
        with context.store.read(context.aktor) as session:
            page = search_deltagare(session, context.aktor, text, context.today(), limit, after, urval)
            if after is not None:
                return Found(page, self._fasta)
            steg = list_steg(session, context.aktor)
            enheter = list_insats_val(session, context.aktor).enheter
            return Found(page, find_fasta(session, context.aktor), steg, enheter)

    def _show(self, found: Found, keep: bool = False) -> None:
        page = found.page
        if page.after is not None and self.view.table.sorting() is not None:
            most = f"{tr('Högst')} {number(SORT_MOST)} {tr('rader kan sorteras. Välj färre först.')}"
            self._context.messages.info(most)
            self.view.table.set_sorting(None)
            self._ask()
            return
        self._after, self._fasta = page.after, found.fasta
        self.view.show_choices(found.steg, found.enheter)
        if not page.rows:
            self._explain_empty()
        self.view.show_rows(page.rows, page.after is not None, keep)

    def _add(self, found: Found) -> None:
        self._after = found.page.after
        self.view.add_rows(found.page.rows, found.page.after is not None)

    def _fill_menu(self, menu: QMenu) -> None:
        """What can be done with the people chosen."""
        ids = self.view.selected_ids()
        for kind in MANY if len(ids) > 1 else ():
            act = menu.addAction(self._context.theme.icon("users-round"), many_text(kind, len(ids)))
            act.triggered.connect(lambda _checked=False, kind=kind: self.register_many(ids, kind))
        row = self.view.table.current_row()
        if not row.is_masked:
            fast = row.id in self._fasta
            act = menu.addAction(
                self._context.theme.icon("x" if fast else "pin"), tr("Lossa") if fast else tr("Fäst överst")
            )
            act.triggered.connect(lambda: set_pin(self._context, row.id, not fast, self))

    def _copied(self, rows: list[DeltagareRow]) -> None:
        self._context.log_copy([row.id for row in rows], tr("Deltagare"), self)
        self._context.tell_copied(len(rows))

    def _explain_empty(self) -> None:
        urval = self.view.urval()
        if self.view.search.text().strip():
            advice = (
                tr("Kontrollera stavningen eller välj Alla.") if urval.mina else tr("Kontrollera stavningen.")
            )
            self.view.show_empty(tr("Inga träffar."), advice, may_register=not urval.mina)
        elif urval.steg or urval.enhet_id is not None or urval.pagaende:
            self.view.show_empty(tr("Inga träffar."), tr("Ändra eller ta bort något val ovanför."))
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
