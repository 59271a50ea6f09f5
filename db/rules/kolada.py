"""Kolada's figures as a file holds them: one row per measure, municipality and year, by kön."""

from dataclasses import dataclass

KON = {"T": "totalt", "K": "kvinnor", "M": "man"}


@dataclass(frozen=True, slots=True)
class Koladarad:
    """A figure of a municipality; a row without numbers, or marked as removed in the file, takes away the one
    that the register has."""

    kpi: str
    kommun: str
    period: str
    kvinnor: float | None = None
    man: float | None = None
    totalt: float | None = None

    @property
    def nyckel(self) -> tuple[str, str, str]:
        """What there is one row of."""
        return self.kpi, self.kommun, self.period

    @property
    def is_empty(self) -> bool:
        """Whether it holds no number."""
        return self.kvinnor is None and self.man is None and self.totalt is None
