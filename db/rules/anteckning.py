"""When a note is locked: a day after it was written, or as soon as it is signed."""

from datetime import datetime, timedelta

OPEN_FOR = timedelta(days=1)


def open_until(skapad: str) -> datetime:
    """The moment until which the author may change a note; `skapad` is UTC, ISO 8601."""
    return datetime.fromisoformat(skapad) + OPEN_FOR


def is_locked(skapad: str, signerad: str | None, nu: datetime) -> bool:
    """Whether the note can no longer be changed, only corrected by another; `nu` has a time zone."""
    return signerad is not None or nu >= open_until(skapad)
