"""What the exchange tells: faults and warnings by cell, counts, and progress."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from db.errors import CancelledError


@dataclass(frozen=True, slots=True)
class Fel:
    """A fault or a warning: where (Excel's own row number; column "" for the whole row) and what to do."""

    blad: str
    rad: int
    kolumn: str
    varde: str
    meddelande: str


@dataclass(frozen=True, slots=True)
class Antal:
    """Counted rows of the workbook."""

    nya: int = 0
    andrade: int = 0
    oforandrade: int = 0
    hoppade: int = 0


@dataclass(frozen=True, slots=True)
class Granskning:
    """What an import would do: `antal` counts rows without fault; `hoppade` those a skip would leave out."""

    filnamn: str
    antal: Antal
    fel: tuple[Fel, ...]
    varningar: tuple[Fel, ...]


@dataclass(frozen=True, slots=True)
class Importresultat:
    """What an import did: `import_id` is None when nothing was written (refused, or only tried)."""

    import_id: int | None
    handelse_id: int | None
    antal: Antal
    fel: tuple[Fel, ...]
    varningar: tuple[Fel, ...]
    felfil: str | None = None


class Cancel(Protocol):
    """Anything that knows whether the user cancelled; threading.Event does."""

    def is_set(self) -> bool:
        """Whether to stop."""
        ...


Progress = Callable[[float, str], None]


@dataclass(slots=True)
class Ticker:
    """Passes progress on, never backwards, and stops the work when the user cancelled."""

    progress: Progress | None = None
    cancel: Cancel | None = None
    share: float = 0.0

    def tick(self, share: float, text: str) -> None:
        """Tell how far the work is (0–1) and what it does. Raises CancelledError."""
        if self.cancel is not None and self.cancel.is_set():
            raise CancelledError
        self.share = max(self.share, min(share, 1.0))
        if self.progress is not None:
            self.progress(self.share, text)
