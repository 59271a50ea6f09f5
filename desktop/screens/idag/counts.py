"""The count on the rail: how much the user has to do today, whatever screen is shown."""

from collections.abc import Set

from PySide6.QtCore import QObject, QTimer

from db.queries.idag.lista import Antal
from desktop.context import Context
from desktop.formatting import plural
from desktop.runner import Query, Task
from desktop.shell.rail import Rail

PAUSE = 400  # ms after the latest change, so that a burst of changes is one question
# What the lists are made of.
TABLES = frozenset(
    (
        "deltagare", "arende", "undantag", "inskrivning", "stegperiod", "planering", "insats", "osa_beslut",
        "osa_uppfoljning", "bip", "bipplan", "uppfoljning", "narvaro", "narvaroschema", "mote", "uppskjuten",
        "installning", "insatstyp", "enhet",
    )
)  # fmt: skip


def concerns(touched: Set[str]) -> bool:
    """Whether a change of these rows can change a work list."""
    return any(name.partition(":")[0] in TABLES for name in touched)


class RailCounts(QObject):
    """Asks on the worker after each change, unless the screen Idag has just told the same."""

    def __init__(self, context: Context, rail: Rail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._rail = context, rail
        self._pause = QTimer(self)
        self._pause.setSingleShot(True)
        self._pause.setInterval(PAUSE)
        self._pause.timeout.connect(self._ask)
        context.runner.changed.connect(self._changed)
        # After the first screen has what it asked for.
        self._pause.start()

    def take(self, antal: Antal) -> None:
        """The figures, from whoever has them."""
        self._pause.stop()
        spoken = plural(antal.alla, "sak att göra", "saker att göra")
        if antal.passerade:
            spoken += f", {plural(antal.passerade, 'passerad', 'passerade')}"
        self._rail.set_count("idag", antal.alla, spoken, danger=antal.passerade > 0)

    def _changed(self, touched: object, _owner: object) -> None:
        if isinstance(touched, frozenset) and concerns(touched):
            self._pause.start()

    def _ask(self) -> None:
        self._context.runner.run(Query("idag-antal", self._read, self.take, owner=self))

    def _read(self, _task: Task) -> Antal:
        from db.queries.idag.lista import count_idag, list_idag
        from db.queries.idag.scope import Omfang

        context, today = self._context, self._context.today()
        with context.store.read(context.aktor) as session:
            return count_idag(list_idag(session, context.aktor, today, Omfang.MINA), today)
