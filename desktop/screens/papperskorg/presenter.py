"""The screen Papperskorg: what was removed or taken back, and having it again."""

from collections.abc import Set
from datetime import datetime, time, timedelta
from functools import partial

from PySide6.QtWidgets import QWidget

from db.history import Changes
from db.queries.papperskorg import PapperskorgPage, PapperskorgRow, list_papperskorg
from desktop.context import Context, touched
from desktop.i18n import tr
from desktop.runner import Change, Query, Task
from desktop.screens.papperskorg.view import PapperskorgView
from desktop.screens.words import first_upper
from desktop.shell.screen import Screen
from desktop.widgets.boxes import column


class PapperskorgScreen(Screen):
    """The latest first; what is restored leaves the list."""

    def __init__(self, context: Context, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._context = context
        self._after: int | None = None
        self.view = PapperskorgView(context.theme, context.settings)
        self.setLayout(column(self.view, spacing=0))
        self.view.asked.connect(self.refresh)
        self.view.more.connect(self._fetch_more)
        self.view.restore.connect(self._restore)
        self.view.table.copied.connect(self._copied)
        self.start_at = self.view.table

    def open(self, _argument: object) -> None:
        """Ask at every visit: acts are many and this is seldom looked at."""
        self.refresh()

    def concerns(self, touched: Set[str]) -> bool:
        """Any act may have removed something; what only the user's own desk keeps has not."""
        return any(name != "oppnad" for name in touched)

    def refresh(self) -> None:
        """Ask again."""
        self._run(None)

    def _fetch_more(self) -> None:
        if self._after is not None:
            self._run(self._after)

    def _run(self, fore: int | None) -> None:
        mina = self.view.whose.value() == "mina"
        work = partial(self._list, mina=mina, days=int(self.view.days.value()), fore=fore)
        done = self._show if fore is None else self._add
        self._context.runner.run(Query("papperskorg", work, done, owner=self))

    def _list(self, task: Task, *, mina: bool, days: int, fore: int | None) -> PapperskorgPage:
        """The next page with anything in it: one where all is restored says nothing, and others follow."""
        context = self._context
        sedan = datetime.combine(context.today(), time.min).astimezone() - timedelta(days)
        with context.store.read(context.aktor) as session:
            page = list_papperskorg(session, context.aktor, sedan, mina, fore)
            while not page.rows and page.after is not None:
                task.check()
                page = list_papperskorg(session, context.aktor, sedan, mina, page.after)
        return page

    def _show(self, page: PapperskorgPage) -> None:
        self._after = page.after
        self.view.show_rows(page.rows, page.after is not None)

    def _add(self, page: PapperskorgPage) -> None:
        self._after = page.after
        self.view.add_rows(page.rows, page.after is not None)

    def _copied(self, rows: list[PapperskorgRow]) -> None:
        people = {person_id for row in rows for person_id, _namn in row.personer}
        self._context.log_copy(people, tr("Papperskorg"), self)
        self._context.tell_copied(len(rows))

    def _restore(self, row: PapperskorgRow) -> None:
        context = self._context

        def work(_task: Task) -> Changes:
            from db.commands.undo import undo_act

            return undo_act(context.store, context.aktor, row.handelse_id)

        def done(changes: Changes) -> None:
            told = f"{tr('Återställt')}: {first_upper(row.text)}."
            context.tell_done(told, changes.handelse_id)
            self.refresh()

        context.runner.run(
            Change(tr("Återställer"), work, touched, done, failed=context.tell_failure, owner=self)
        )
