"""Faults that a user can meet, told in Swedish; everything else is a bug of ours."""

from datetime import datetime


class KnownError(Exception):
    """A fault with a Swedish sentence for the user: what happened, what is kept, what to do."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class StoreError(KnownError):
    """The surroundings: the store is missing, locked, full, newer than the program, or not a register."""


class DataError(KnownError):
    """The user's own data break a rule; `field` names the field concerned, where there is one."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


class HinderError(DataError):
    """What was asked for would leave people without something. `personer` are those whom the acting user may
    know of, id and name; `ovriga` is how many more there are."""

    def __init__(
        self, message: str, personer: tuple[tuple[int, str], ...], ovriga: int = 0, field: str = ""
    ) -> None:
        super().__init__(message, field)
        self.personer, self.ovriga = personer, ovriga


class NotFoundError(KnownError):
    """What was asked for does not exist, or the acting user may not know that it does."""


class ConflictError(KnownError):
    """Someone changed the same thing meanwhile; nothing was saved. `nu` is what is written of it now, of the
    same kind as what was to be saved, so that a form can show both; `senast` who wrote it and when, UTC."""

    def __init__(self, message: str, nu: object = None, senast: tuple[str, datetime] | None = None) -> None:
        super().__init__(message)
        self.nu, self.senast = nu, senast


class CancelledError(KnownError):
    """The user cancelled; nothing was changed."""

    def __init__(self, message: str = "Avbrutet. Inget har ändrats.") -> None:
        super().__init__(message)
