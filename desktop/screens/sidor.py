"""A long list by pages: all is chosen among by light keys, the rows are read as the view scrolls to them."""

from collections.abc import Callable, Sequence
from typing import Generic, TypeVar

from PySide6.QtCore import QObject
from sqlalchemy.orm import Session

from desktop.context import Context
from desktop.runner import Query, Task
from desktop.table_model import TableModel

K = TypeVar("K")
R = TypeVar("R")


class Pages(Generic[K, R]):
    """Answers the model's wish for more with the rows of the next `size` keys; `name` is the question's."""

    def __init__(
        self,
        owner: QObject,
        context: Context,
        name: str,
        model: TableModel[R],
        read: Callable[[Session, Sequence[K]], tuple[R, ...]],
        size: int,
    ) -> None:
        self._owner, self._context, self._name = owner, context, name
        self._model, self._read, self._size = model, read, size
        self.keys: tuple[K, ...] = ()  # of all rows, in order
        model.more_wanted.connect(self._fetch)

    def _fetch(self, offset: int) -> None:
        keys, context = self.keys, self._context

        def work(_task: Task) -> tuple[R, ...]:
            with context.store.read(context.aktor) as session:
                return self._read(session, keys[offset : offset + self._size])

        def done(rows: tuple[R, ...]) -> None:
            if keys is self.keys and self._model.rowCount() == offset:
                self._model.append_rows(rows)

        context.runner.run(Query(self._name, work, done, failed=context.tell_failure, owner=self._owner))
