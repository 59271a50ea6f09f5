"""The order of rows at hand."""

from collections.abc import Callable, Iterable
from typing import Any, TypeVar

R = TypeVar("R")


def sort_known(rows: Iterable[R], by: Callable[[R], Any], falling: bool) -> tuple[R, ...]:
    """By a value; rows where it is None come last, either way. Equal rows keep their order."""
    given = tuple(rows)
    known = sorted((row for row in given if by(row) is not None), key=by, reverse=falling)
    return (*known, *(row for row in given if by(row) is None))
