"""What begins an act on the card, and the row that an act is about."""

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Protocol, TypeVar

from db.errors import NotFoundError
from db.queries.card_rows import Card
from desktop.screens.kort.page import Akt

if TYPE_CHECKING:
    from desktop.screens.kort.presenter import KortScreen

# Gives the presenter of the form it opens, whose drafts are kept, or None.
Opener = Callable[["KortScreen", Card, Akt], object]


class _HasId(Protocol):
    @property
    def id(self) -> int: ...


RowT = TypeVar("RowT", bound=_HasId)


def find_row(rows: Iterable[RowT], row_id: int | None) -> RowT:
    """The row of the card that an act is about; it may be gone since somebody asked for the act."""
    for row in rows:
        if row.id == row_id:
            return row
    raise NotFoundError("Det som skulle öppnas finns inte längre på kortet.")
