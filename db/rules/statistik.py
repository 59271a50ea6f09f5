"""Median, mean, share and rounding as reports print them (domain.md section 5)."""

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import fsum

Tal = int | float


def calculate_median(values: Sequence[Tal]) -> float | None:
    """The middle value; of an even number the mean of the middle two; None of nothing."""
    if not values:
        return None
    ordnade = sorted(values)
    mitt = len(ordnade) // 2
    if len(ordnade) % 2:
        return float(ordnade[mitt])
    return (ordnade[mitt - 1] + ordnade[mitt]) / 2


def calculate_mean(values: Sequence[Tal]) -> float | None:
    """The arithmetic mean, summed without rounding on the way; None of nothing."""
    if not values:
        return None
    return fsum(values) / len(values)


def share(taljare: Tal, namnare: Tal) -> float | None:
    """`taljare` of `namnare` in per cent, not rounded; None when there is nothing to share (0)."""
    if namnare == 0:
        return None
    return 100 * taljare / namnare


def round_half_up(value: Tal | Decimal | Fraction, decimals: int = 0) -> Decimal:
    """The value as printed: halves go away from zero (2,5 -> 3; -2,5 -> -3), never minus zero.

    A float is taken as its shortest decimal text, so that 44.45 is the tie that a reader sees, not the binary
    44.4500000000000028. A Fraction is rounded exactly.
    """
    steg = Decimal(1).scaleb(-decimals)
    if isinstance(value, Fraction):
        skalad = abs(value) * Fraction(10) ** decimals + Fraction(1, 2)
        avrundad = Decimal(skalad.numerator // skalad.denominator).scaleb(-decimals)
        return (avrundad if value >= 0 else -avrundad) + Decimal(0) * steg
    exakt = value if isinstance(value, Decimal) else Decimal(str(value))
    return exakt.quantize(steg, rounding=ROUND_HALF_UP) + Decimal(0)
