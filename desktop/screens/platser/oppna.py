"""How other screens ask for an enhet, for the queue, or for a place to somebody who waits."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class VisaEnhet:
    """Location("platser", VisaEnhet(3)): the enhet with its people."""

    enhet_id: int


@dataclass(frozen=True, slots=True)
class VisaKo:
    """Location("platser", VisaKo()): everybody who waits."""


@dataclass(frozen=True, slots=True)
class GeFranKo:
    """Location("platser", GeFranKo(5)): a place to the one whose row of the queue it is."""

    platsko_id: int
