"""Choosing among rows at hand, and their order."""

from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any, TypeVar

R = TypeVar("R")
F = TypeVar("F")


def choose_known(
    rows: Iterable[R],
    fits: Callable[[R], bool],
    fits_in: Callable[[R], Iterable[F]],
    flik: F,
    urgency: Callable[[R], Any],
) -> tuple[tuple[R, ...], Counter[F]]:
    """The rows of a pill that the other choices leave, the most urgent first, and how many each pill would
    leave."""
    counts: Counter[F] = Counter()
    found = []
    for row in rows:
        if fits(row):
            har = tuple(fits_in(row))
            counts.update(har)
            if flik in har:
                found.append(row)
    return tuple(sorted(found, key=urgency)), counts


def sort_known(rows: Iterable[R], by: Callable[[R], Any], falling: bool) -> tuple[R, ...]:
    """By a value; rows where it is None come last, either way. Equal rows keep their order."""
    given = tuple(rows)
    known = sorted((row for row in given if by(row) is not None), key=by, reverse=falling)
    return (*known, *(row for row in given if by(row) is None))
