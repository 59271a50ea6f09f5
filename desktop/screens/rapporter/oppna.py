"""How other screens ask for a report of a period."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VisaRapport:
    """Location("rapporter", VisaRapport("delegationsbeslut", "2026-11")); the period as exchange.md writes
    it."""

    namn: str
    period: str
