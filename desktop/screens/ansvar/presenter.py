"""The screen Ansvar: asks for the overview, opens the things of a row, and hands people over."""

from collections.abc import Hashable, Set

from PySide6.QtWidgets import QWidget

from db.queries.ansvar import Ansvar, AnsvarRow, Efter, read_ansvar
from db.queries.idag.rows import IdagRow
from db.queries.overlamning import list_hos
from desktop.context import Context
from desktop.runner import Query, Task
from desktop.screens.ansvar.columns import name_of
from desktop.screens.ansvar.stam_av import StamAv
from desktop.screens.ansvar.view import ATT_GORA, STAM_AV, AnsvarView
from desktop.screens.formular.over import FormScreen
from desktop.screens.idag.counts import concerns
from desktop.screens.idag.texts import Val, choose_rows
from desktop.screens.idag.vagar import location_of
from desktop.widgets.boxes import column
from desktop.widgets.worklist import WorkItem

TABLES = ("medarbetare", "avstamning")
EVERYTHING = Val(uppskjutna=True)  # what the user has put off is still to be done


class AnsvarScreen(FormScreen):
    """`open` with nothing. Asks anew at every visit, as Idag does."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._ansvar: Ansvar | None = None
        self._shown: AnsvarRow | None = None
        self._by_key: dict[Hashable, IdagRow] = {}
        self.view = AnsvarView(context.theme, context.settings)
        self.view.by.set_value(context.settings.get("ansvar/visa", Efter.PERSON))
        self.stam_av = StamAv(context, self)
        self.view.add_stam_av(self.stam_av)
        self.setLayout(column(self.view, spacing=0))
        self.start_at = self.view.table()
        view = self.view
        view.by_chosen.connect(self._choose)
        view.opened.connect(self._open_row)
        view.back_wanted.connect(self._back)
        view.hand_over_wanted.connect(self.hand_over)
        view.list.opened.connect(self._open_item)
        view.tab.chosen.connect(lambda _key: self._choose_tab())
        self.stam_av.wanted.connect(self.navigate)

    def open(self, _argument: object) -> None:
        """The overview as it is now; the things of a row stay where they were."""
        self.refresh()
        self._focus()

    def concerns(self, touched: Set[str]) -> bool:
        """What the lists are made of, and staff."""
        return concerns(touched) or any(name.partition(":")[0] in TABLES for name in touched)

    def refresh(self) -> None:
        """Ask again."""
        if self.view.tab.value() == STAM_AV:
            self.stam_av.ask()
        else:
            self._context.runner.run(Query("ansvar", self._read, self._show, owner=self))

    def focus_filter(self) -> None:
        """Ctrl+F: the period, or the table."""
        (self.view.table() if self.view.tab.value() == ATT_GORA else self.stam_av.period).setFocus()

    def hand_over(self) -> None:
        """The form for all that the person chosen has."""
        from desktop.screens.ansvar.overlamning import open_overlamning

        row = self._shown or self.view.current_row()
        if row is None or self.view.efter() is not Efter.PERSON:
            return
        signatur = row.nyckel
        vems = name_of(row, Efter.PERSON)
        open_overlamning(
            self, self._context, lambda session, aktor: list_hos(session, aktor, signatur), signatur, vems
        )

    def _choose_tab(self) -> None:
        self.view.show_tab()
        self.start_at = self.view.table() if self.view.tab.value() == ATT_GORA else self.stam_av.table
        self.refresh()

    def _focus(self) -> None:
        if self.view.tab.value() == STAM_AV:
            (self.stam_av.list if self.stam_av.shows_items() else self.stam_av.table).setFocus()
        else:
            (self.view.list if self.view.shows_items() else self.view.table()).setFocus()

    def _read(self, _task: Task) -> Ansvar:
        context = self._context
        with context.store.read(context.aktor) as session:
            return read_ansvar(session, context.aktor, context.today())

    def _show(self, ansvar: Ansvar) -> None:
        self._ansvar = ansvar
        self.view.show_rows(ansvar.rows, ansvar.alla, ansvar.passerade)
        if self._shown is not None:
            self._show_items(self._shown)

    def _choose(self) -> None:
        self._context.settings.set("ansvar/visa", self.view.by.value())
        self._shown = None
        self.start_at = self.view.table()
        if self._ansvar is not None:
            self._show(self._ansvar)
        self.view.show_overview()

    def _open_row(self, row: AnsvarRow) -> None:
        self._shown = row
        self._show_items(row)
        self.view.list.setFocus()

    def _show_items(self, row: AnsvarRow) -> None:
        assert self._ansvar is not None
        rows = self._ansvar.rader(row.nyckel, self.view.efter())
        shown = choose_rows(rows, EVERYTHING, self._context.today())
        self._by_key = shown.rows
        self.view.show_items(row, shown.groups)

    def _back(self) -> None:
        self._shown = None
        self.view.show_overview()

    def _open_item(self, item: WorkItem) -> None:
        row = self._by_key.get(item.key)
        if row is not None:
            self.navigate.emit(location_of(row, self._context.today()))
