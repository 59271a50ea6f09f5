"""The name under the program's on the rail, whoever changes it and from where."""

from PySide6.QtCore import QObject

from desktop.context import Context
from desktop.runner import Query, Task
from desktop.shell.rail import Rail


class UnitName(QObject):
    """Asks on the worker when a setting was changed or taken back."""

    def __init__(self, context: Context, rail: Rail, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._context, self._rail = context, rail
        context.runner.changed.connect(self._changed)

    def _changed(self, touched: object, _owner: object) -> None:
        if isinstance(touched, frozenset) and any(name.startswith("installning:") for name in touched):
            self._context.runner.run(Query("enhet", self._read, self._rail.set_unit, owner=self))

    def _read(self, _task: Task) -> str:
        from db.queries.settings import load_settings

        with self._context.store.read(self._context.aktor) as session:
            return load_settings(session, self._context.aktor).kommun
