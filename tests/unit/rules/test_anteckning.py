"""A note is open for a day, or until it is signed."""

from datetime import UTC, datetime, timedelta

import pytest

from db.rules.anteckning import is_locked, open_until

SKAPAD = "2024-06-03T08:00:00.000000Z"
NU = datetime(2024, 6, 3, 8, tzinfo=UTC)


@pytest.mark.parametrize(
    ("later", "locked"),
    [(timedelta(0), False), (timedelta(days=1, seconds=-1), False), (timedelta(days=1), True)],
)
def test_open_for_a_day(later: timedelta, locked: bool) -> None:
    assert is_locked(SKAPAD, None, NU + later) is locked
    assert open_until(SKAPAD) == NU + timedelta(days=1)


def test_signed_is_locked_at_once() -> None:
    assert is_locked(SKAPAD, SKAPAD, NU)
